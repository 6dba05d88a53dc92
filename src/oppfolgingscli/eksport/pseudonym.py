"""From a class's own rows to those that leave: random ids, dates moved or left out, and nothing that is not a variable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.eksport.tabeller import ANDRE
from oppfolgingscli.eksport.tabeller_logg import TABELLER

if TYPE_CHECKING:
    from oppfolgingscli.eksport.nokkel import Navngiver
    from oppfolgingscli.eksport.rader import Klasserader, Rad
    from oppfolgingscli.eksport.variabel import Tabell

#: The tables whose rows get an id of their own: variable and what the id begins with.
_EGNE: Final = {"kontakter": ("kontakt", "ko"), "hendelser": ("hendelse", "he"), "punkter": ("punkt", "pu")}

_NAVN: Final = {tabell.navn: tuple(v.navn for v in tabell.variabler) for tabell in TABELLER}
#: What sorts as no value does, for each kind of variable rows are sorted by.
_TOMT: Final[dict[str, Any]] = {"id": "", "ord": "", "kode": "", "dato": date.min, "heltall": 0}


@dataclass(frozen=True, slots=True)
class Grovhet:
    """What is coarse in an export. ``grupper``, ``fylker``: those with enough participants to be named.

    ``uker``: the most weeks dates are moved, 0 for not at all.
    """

    grupper: frozenset[str]
    fylker: frozenset[str]
    uker: int = 0


def rader_ut(klasse: Klasserader, navngiver: Navngiver, grovhet: Grovhet) -> dict[str, list[Rad]]:
    """Return the rows of a class as they leave, by table, sorted by what says nothing."""
    work = _Klasse(klasse, navngiver, grovhet)
    out = {}
    for tabell in TABELLER:
        if tabell.navn != "rutiner":
            rows = [work.row(tabell, row) for row in klasse.tabeller[tabell.navn] if work.is_in(tabell, row)]
            first = [(name, _TOMT[tabell.variabel(name).slag]) for name in tabell.rekkefolge]
            out[tabell.navn] = sorted(rows, key=lambda row, first=first: [row[name] or none for name, none in first])  # type: ignore[misc] # the rows of one table
    return out


def without_veiled(tabell: Tabell, rad: Rad) -> Rad:
    """Return a row with its variables only, without what a veiled routine must not tell when it is of one."""
    get = rad.get
    if not get("skjermet", False):
        return {name: get(name) for name in _NAVN[tabell.navn]}
    return {v.navn: None if v.skjermes else get(v.navn) for v in tabell.variabler}


class _Klasse:
    def __init__(self, klasse: Klasserader, navngiver: Navngiver, grovhet: Grovhet) -> None:
        self.id, self.giver, self.grovhet = klasse.klasse.id, navngiver, grovhet
        self.kontakter: dict[tuple[str, str], str] = {}
        self.moter: dict[str, str] = {}

    def is_in(self, tabell: Tabell, rad: Rad) -> bool:
        """Whether a row is in: with dates moved, what is about everybody stands at the class alone.

        Else the same meetings in everybody's list would tell how far each list is moved from the others.
        """
        moved = self.grovhet.uker and tabell.navn in {"kontakter", "hendelser"}
        return not (moved and rad["_alle"] and rad["_deltaker"] is not None)

    def row(self, tabell: Tabell, rad: Rad) -> Rad:
        full = dict(rad)
        who = rad.get("_deltaker")
        full["klasse"] = self.giver.klasse(self.id)
        full["deltaker"] = self.giver.deltaker(self.id, who)
        full["ansatt"] = self.giver.ansatt(self.id, rad.get("_ansatt"))
        if tabell.navn == "klasser":
            full["skole"] = self.giver.skole(rad["_skole"])
            full["fylke"] = _coarse(rad["fylke"], self.grovhet.fylker)
        full["verdi"] = full["gruppe"] = _coarse(rad.get("_gruppe"), self.grovhet.grupper)
        if tabell.navn in _EGNE:
            name, prefix = _EGNE[tabell.navn]
            full[name] = self.giver.rad(prefix)
        if tabell.navn == "kontakter":
            self.kontakter[rad["_kontakt"]] = full["kontakt"]
            if rad["_mote"] is not None:
                full["mote"] = self.moter.setdefault(rad["_mote"], "") or self._mote(rad["_mote"])
        if tabell.navn == "punkter" and rad["_kontakt"] is not None:
            full["kontakt"] = self.kontakter.get(rad["_kontakt"])
        out = without_veiled(tabell, full)
        if self.grovhet.uker:
            weeks = timedelta(weeks=self.giver.uker(self.id, who, self.grovhet.uker))
            for v in tabell.variabler:
                if v.flytting == "tom":
                    out[v.navn] = None
                elif v.flytting == "flyttes" and out[v.navn] is not None:
                    out[v.navn] += weeks
        return out

    def _mote(self, id_: str) -> str:
        self.moter[id_] = self.giver.rad("mo")
        return self.moter[id_]


def _coarse(value: str | None, known: frozenset[str]) -> str | None:
    return None if not value else value if value in known else ANDRE
