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
    RutinesettNavn,
    SkoleruteNavn,
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

    fra: Dato | None = felt(default=None, hjelp="Fasens første dag for klassen.")
    til: Dato | None = felt(default=None, hjelp="Fasens siste dag for klassen.")

    def _sjekk(self, skrevet: Collection[str]) -> None:
        slutt_for_start(self.fra, self.til)


class Klasse(Tabell):
    """[klasse]: one class from ``start`` to ``slutt``, both included."""

    id: Id = felt(hjelp="Klassens id: kort og fast, den er med i alle punkters id.")
    navn: Navn = felt(hjelp="Det folk kaller klassen.")
    rutinesett: RutinesettNavn = felt(hjelp="Id-en til et medfølgende rutinesett, eller en filsti herfra.")
    skolerute: SkoleruteNavn = felt(hjelp="Id-en til en medfølgende skolerute, en filsti herfra, eller «ingen».")
    start: Dato = felt(hjelp="Klassens første dag.")
    slutt: Dato = felt(hjelp="Klassens siste planlagte dag.")
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

    navn: Linje = felt(hjelp="Navnet, slik det skal stå i kalenderne.")
    rolle: Ref = felt(hjelp="Rollen i rutinesettet som personen har.")
    epost: Epost | None = felt(default=None, hjelp="E-postadressen, til innkallinger.")
    dager: Ukedager | None = felt(default=None, hjelp="Ukedagene personen kan ha møter.")
    opptatt: Linje | None = felt(default=None, hjelp="En .ics-fil med opptatte tider, filsti herfra.")


class Datert(Tabell):
    """A value that holds from ``fra`` (None: from the start) until the next."""

    fra: Dato | None = felt(default=None, hjelp="Gjelder fra denne dagen til den neste begynner; tom: fra starten.")
    verdi: Etikett = felt(hjelp="Gruppen eller ytelsen.")


class Praksis(Tabell):
    """A practice period, closed; ``til`` None: open."""

    fra: Dato = felt(hjelp="Første dag i praksis.")
    til: Dato | None = felt(default=None, hjelp="Siste dag i praksis; uten den er praksisen åpen.")
    ukedager: Ukedager = felt(default=(), hjelp="Ukedagene deltakeren er i praksis.")
    sted: Linje | None = felt(default=None, hjelp="Praksisplassen.")

    def _sjekk(self, skrevet: Collection[str]) -> None:
        slutt_for_start(self.fra, self.til)


class Pause(Tabell):
    """Leave, illness …, closed; ``til`` None: open. Known from ``registrert`` (None: always)."""

    fra: Dato = felt(hjelp="Første dag av pausen.")
    til: Dato | None = felt(default=None, hjelp="Siste dag av pausen; uten den er pausen åpen.")
    grunn: Linje = felt(default="pause", hjelp="Et nøkternt ord, for eksempel permisjon. Aldri helseopplysninger.")
    registrert: Dato | None = felt(default=None, hjelp="Dagen pausen ble kjent; uten den var den alltid kjent.")

    def _sjekk(self, skrevet: Collection[str]) -> None:
        slutt_for_start(self.fra, self.til)


class Fritak(Tabell):
    """A routine that does not apply to a participant. Known from ``registrert`` (None: always)."""

    rutine: Ref = felt(hjelp="Rutinen som ikke gjelder for deltakeren.")
    grunn: Linje = felt(default="fritak", hjelp="Hvorfor, nøkternt. Aldri helseopplysninger.")
    registrert: Dato | None = felt(default=None, hjelp="Dagen fritaket ble kjent; uten den var det alltid kjent.")


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


Daterte = Annotated[tuple[Datert, ...], Valgfelt(_parse_daterte, (Datert,), lambda: [js.ref()], liste=True)]
DaterteYtelser = Annotated[
    tuple[Datert, ...], Valgfelt(_parse_daterte, (Datert,), lambda: [js.merkelapp(js.YTELSER)], liste=True)
]


class Deltaker(Tabell):
    """[[deltakere]]: a participant under a pseudonymous id. ``start``/``slutt`` None: the class's."""

    _sjekk_delvis: ClassVar[bool] = True

    id: Id = felt(hjelp="En id som ikke sier hvem det er, for eksempel D01. Aldri fødselsnummer eller navn.")
    start: Dato | None = felt(default=None, hjelp="Deltakerens første dag, når den er en annen enn klassens.")
    slutt: Dato | None = felt(default=None, hjelp="Bare når deltakeren sluttet før klassen.")
    sluttarsak: Sluttarsak | None = felt(default=None, hjelp="Hvorfor deltakeren sluttet før klassen.")
    gruppe: Daterte = felt(default=(), hjelp="Gruppen, eller en liste der hver verdi gjelder fra en dag.")
    ytelse: DaterteYtelser = felt(default=(), hjelp="Ytelsen, eller en liste der hver verdi gjelder fra en dag.")
    praksis: tuple[Praksis, ...] = felt(default=(), hjelp="Periodene i praksis.")
    pauser: tuple[Pause, ...] = felt(default=(), hjelp="Permisjon og annet fravær som stanser oppfølgingen.")
    personer: dict[Ref, Ref] = felt(default_factory=dict, hjelp="Hvem som har hvilken rolle for denne deltakeren.")
    fritak: tuple[Fritak, ...] = felt(default=(), hjelp="Rutiner som ikke gjelder for deltakeren.")

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

    format: Format = felt(hjelp="Filformatet: alltid 1.")
    klasse: Klasse = felt(hjelp="Klassen, og hvilke rutiner og hvilken skolerute den følger.")
    sprak: Sprak = felt(default="nb", hjelp="Språket i kalenderne og andre filer til folk.")
    kalender: Kalenderoppsett = felt(
        default_factory=Kalenderoppsett, hjelp="Når møter kan være, og hva kalenderne viser."
    )
    personer: dict[Id, Person] = felt(default_factory=dict, hjelp="Personene bak rollene: [personer.kl] og så videre.")
    deltakere: Annotated[
        tuple[Deltaker, ...] | str,
        Valgfelt(
            _parse_deltakere,
            (Deltaker,),
            lambda: [js.med_forslag(js.tekst(), ("deltakere.csv", "deltakere.xlsx"))],
            liste=True,
        ),
    ] = felt(default=(), hjelp="Deltakerne: navnet på en tabell (deltakere.csv eller .xlsx), eller [[deltakere]].")


@dataclass(frozen=True, slots=True)
class Opplegg:
    """What the core takes: everything about one class that is not log. ``skolerute`` None: "ingen"."""

    klasse: Klasse
    deltakere: tuple[Deltaker, ...]
    rutinesett: Rutinesett
    skolerute: tuple[SkolearData, ...] | None
    skolerute_navn: str
