"""A class, its people and its routines from one TOML text, for tests of planning and calendars."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from oppfolgingscli.modell.klasse import Deltaker, Kalenderoppsett, Klasse, Opplegg, Person
from oppfolgingscli.modell.rutinesett import Fase, Hode, Rolle, Rutine, Rutinesett, Versjon
from oppfolgingscli.planlegg import Mote, plan_moter
from oppfolgingscli.tid.skolekalender import SkolearData
from oppfolgingscli.utvid import Utvidelse, expand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

START, SLUTT = date(2023, 8, 21), date(2027, 6, 18)


@dataclass(frozen=True)
class Verden:
    """One workspace, expanded."""

    opplegg: Opplegg
    kalender: Kalenderoppsett
    personer: dict[str, Person]
    utvidelse: Utvidelse

    def plan(self, opptatt: Mapping[str, Mapping[int, Sequence[tuple[int, int]]]] | None = None) -> tuple[Mote, ...]:
        return plan_moter(self.utvidelse, self.kalender, self.personer, opptatt)


def bygg(tekst: str, deltakere: Sequence[Deltaker] | int = 0) -> Verden:
    """Build from ``[klasse] [kalender] [personer] [roller] [[faser]] [[rutiner]] [[deltakere]]``, all optional.

    ``deltakere``: a number makes D01, D02 … enrolled all the time.
    """
    return bygg_av(tomllib.loads(tekst), deltakere)


def bygg_av(data: dict[str, Any], deltakere: Sequence[Deltaker] | int = 0) -> Verden:
    """Build from what a TOML text would give."""
    klasse = Klasse(
        **{
            "id": "k",
            "navn": "Klassen",
            "rutinesett": "r",
            "skolerute": "usual",
            "start": START,
            "slutt": SLUTT,
            **data.get("klasse", {}),
        }
    )
    versjoner: list[Versjon] = []
    for raw in data.get("rutiner", []):
        rutine = Rutine(**{"navn": raw["id"].capitalize(), **raw})
        nr = 1 + sum(v.rutine.id == rutine.id for v in versjoner)
        versjoner.append(Versjon(rutine, nr, rutine.gjelder_fra, rutine.gjelder_til, "rutiner/test.toml"))
    roller = {i: Rolle(**{"navn": i, "etat": "skole", **r}) for i, r in data.get("roller", {}).items()}
    for v in versjoner:
        for rolle in (v.rutine.ansvarlig, *v.rutine.deltar):
            roller.setdefault(
                rolle,
                Rolle(navn=rolle, etat="deltaker" if rolle == "deltaker" else "skole"),
            )
    if isinstance(deltakere, int):
        deltakere = [Deltaker(id=f"D{n:02d}") for n in range(1, deltakere + 1)]
    opplegg = Opplegg(
        klasse,
        (*(Deltaker(**d) for d in data.get("deltakere", [])), *deltakere),
        Rutinesett(
            Hode(id="r", navn="Rutinene", kilde="Kilden"),
            roller,
            tuple(Fase(**f) for f in data.get("faser", [])),
            tuple(versjoner),
        ),
        None if klasse.skolerute == "ingen" else (OSLO_2023,),
        klasse.skolerute,
    )
    personer = {i: Person(**{"navn": i, **p}) for i, p in data.get("personer", {}).items()}
    return Verden(opplegg, Kalenderoppsett(**data.get("kalender", {})), personer, expand(opplegg))


OSLO_2023 = SkolearData(
    "2023-2024",
    date(2023, 8, 21),
    date(2024, 6, 21),
    {
        "hostferie": (date(2023, 10, 2), date(2023, 10, 6)),
        "juleferie": (date(2023, 12, 21), date(2024, 1, 1)),
        "vinterferie": (date(2024, 2, 19), date(2024, 2, 23)),
        "paskeferie": (date(2024, 3, 25), date(2024, 4, 1)),
    },
    (date(2024, 5, 10),),
)
