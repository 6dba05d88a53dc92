"""A workspace: the class, its participants and people as written (``Oppsett``), and as the core takes them (``Opplegg``)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, ClassVar, Final

from oppfolgingscli.modell import skjema as js
from oppfolgingscli.modell.felt import (
    Dato,
    Deltakernavn,
    Epost,
    Etikett,
    Format,
    Id,
    Linje,
    Navn,
    Ref,
    Reisetid,
    Sluttarsak,
    Sprak,
    Tidsrom,
    Ukedager,
    heltall,
)
from oppfolgingscli.modell.rutinesett import Rutinesett, slutt_for_start
from oppfolgingscli.modell.tabell import Tabell, Valgfelt, felt, read_liste
from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene, feil_type, parse_etikett, parse_linje
from oppfolgingscli.sprak import _
from oppfolgingscli.tid.skolekalender import SkolearData

REISETID: Final = 30
"""Minutes each way to a workplace, when nothing else is said. Assumed: no source gives it."""


class Fasedatoer(Tabell):
    """The class's own dates for a phase; None: as in the routine set."""

    fra: Dato | None = None
    til: Dato | None = None

    def _sjekk(self, skrevet: Collection[str]) -> None:
        slutt_for_start(self.fra, self.til)


class Klasse(Tabell):
    """[klasse]: one class from ``start`` to ``slutt``, both included."""

    id: Id
    navn: Navn
    rutinesett: Linje = felt(hjelp="Id-en til et medfølgende rutinesett, eller en filsti herfra.")
    skolerute: Linje = felt(hjelp="Id-en til en medfølgende skolerute, en filsti herfra, eller «ingen».")
    start: Dato
    slutt: Dato
    faser: dict[Ref, Fasedatoer] = felt(default_factory=dict, hjelp="Klassens egne datoer for fasene.")
    eksamen: dict[Ref, Dato] = felt(default_factory=dict, hjelp="Eksamensdatoer.")

    def _sjekk(self, skrevet: Collection[str]) -> None:
        slutt_for_start(self.start, self.slutt, "slutt")


class Kalenderoppsett(Tabell):
    """[kalender]: when meetings may be, and what they show. ``dager``: weekdays, Monday 0."""

    tidsrom: Tidsrom = felt(default=(time(8, 30), time(15, 0)), hjelp="Møter legges innenfor dette tidsrommet.")
    dager: Ukedager = felt(default=(0, 1, 2, 3, 4), hjelp="Ukedager det kan være møter.")
    maks_per_dag: Annotated[int, heltall(1, 100)] = felt(default=4, hjelp="Høyst så mange møter på én person en dag.")
    reisetid: Reisetid = felt(default=REISETID, hjelp="Reisetiden hver vei til en praksisplass, når besøk planlegges.")
    deltakernavn: Deltakernavn = felt(default="id", hjelp="Hva kalenderne viser om deltakeren: id eller ingen.")


class Person(Tabell):
    """[personer.x]: a person who stands for a role."""

    navn: Linje
    rolle: Ref
    epost: Epost | None = None
    dager: Ukedager | None = felt(default=None, hjelp="Ukedagene personen kan ha møter.")
    opptatt: Linje | None = felt(default=None, hjelp="En .ics-fil med opptatte tider, filsti herfra.")


class Datert(Tabell):
    """A value that holds from ``fra`` (None: from the start) until the next."""

    fra: Dato | None = None
    verdi: Etikett


class Praksis(Tabell):
    """A practice period, closed; ``til`` None: open."""

    fra: Dato
    til: Dato | None = None
    ukedager: Ukedager = ()
    sted: Linje | None = None

    def _sjekk(self, skrevet: Collection[str]) -> None:
        slutt_for_start(self.fra, self.til)


class Pause(Tabell):
    """Leave, illness …, closed; ``til`` None: open. Known from ``registrert`` (None: always)."""

    fra: Dato
    til: Dato | None = None
    grunn: Linje = "pause"
    registrert: Dato | None = None

    def _sjekk(self, skrevet: Collection[str]) -> None:
        slutt_for_start(self.fra, self.til)


class Fritak(Tabell):
    """A routine that does not apply to a participant. Known from ``registrert`` (None: always)."""

    rutine: Ref
    grunn: Linje = "fritak"
    registrert: Dato | None = None


def _parse_daterte(value: object) -> tuple[Datert, ...]:
    if isinstance(value, str):
        return (Datert(verdi=parse_etikett(value)),)
    if isinstance(value, tuple) and all(isinstance(v, Datert) for v in value):
        return value
    if not isinstance(value, list | tuple):
        raise feil_type(
            _("en tekst eller en liste"), value, _('Skriv for eksempel [{ fra = 2023-08-21, verdi = "…" }].')
        )
    return read_liste(value, Datert.model_validate)


Daterte = Annotated[
    tuple[Datert, ...],
    Valgfelt(_parse_daterte, (Datert,), lambda: [js.ref()], liste=True),
]


class Deltaker(Tabell):
    """[[deltakere]]: a participant under a pseudonymous id. ``start``/``slutt`` None: the class's."""

    _sjekk_delvis: ClassVar[bool] = True

    id: Id
    start: Dato | None = None
    slutt: Dato | None = felt(default=None, hjelp="Bare når deltakeren sluttet før klassen.")
    sluttarsak: Sluttarsak | None = None
    gruppe: Daterte = ()
    ytelse: Daterte = ()
    praksis: tuple[Praksis, ...] = ()
    pauser: tuple[Pause, ...] = ()
    personer: dict[Ref, Ref] = felt(default_factory=dict, hjelp="Hvem som har hvilken rolle for denne deltakeren.")
    fritak: tuple[Fritak, ...] = ()

    def _sjekk(self, skrevet: Collection[str]) -> None:
        faults: list[Feltfeil] = []
        for name, values in (("gruppe", self.gruppe), ("ytelse", self.ytelse)):
            dates: set[date | None] = set()
            for i, value in enumerate(values):
                if value.fra in dates:
                    rad = _("Behold bare den ene.")
                    faults.append(Feltfeil("overlapper", _("det er to verdier fra samme dag."), rad, (name, i)))
                dates.add(value.fra)
        try:
            slutt_for_start(self.start, self.slutt, "slutt")
        except Feltfeil as fault:
            faults.append(fault)
        if faults:
            raise Feltfeilene(faults)


def _parse_deltakere(value: object) -> tuple[Deltaker, ...] | str:
    if isinstance(value, str):
        return parse_linje(value)
    if isinstance(value, tuple) and all(isinstance(v, Deltaker) for v in value):
        return value
    if not isinstance(value, list | tuple):
        raise feil_type(_("en filsti eller en liste"), value, _('Skriv for eksempel deltakere = "deltakere.csv".'))
    return read_liste(value, Deltaker.model_validate)


class Oppsett(Tabell):
    """``oppfolging.toml`` as written. ``deltakere``: the participants, or the name of the file that has them."""

    format: Format
    klasse: Klasse
    sprak: Sprak = "nb"
    kalender: Kalenderoppsett = felt(default_factory=Kalenderoppsett)
    personer: dict[Id, Person] = felt(default_factory=dict)
    deltakere: Annotated[
        tuple[Deltaker, ...] | str, Valgfelt(_parse_deltakere, (Deltaker,), lambda: [js.tekst()], liste=True)
    ] = ()


@dataclass(frozen=True, slots=True)
class Opplegg:
    """What the core takes: everything about one class that is not log. ``skolerute`` None: "ingen"."""

    klasse: Klasse
    deltakere: tuple[Deltaker, ...]
    rutinesett: Rutinesett
    skolerute: tuple[SkolearData, ...] | None
    skolerute_navn: str
