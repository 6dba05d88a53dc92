"""Routine sets: one file as written (``Rutinefil``), and a set with versions and base resolved (``Rutinesett``)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from oppfolgingscli.modell import skjema as js
from oppfolgingscli.modell.anker import Anker
from oppfolgingscli.modell.felt import (
    AnkerFelt,
    Avsatt,
    Bool,
    Dato,
    Etat,
    Etiketter,
    Format,
    Grunnlag,
    Id,
    Kontakttype,
    Lengde,
    Linje,
    Linjer,
    Minutter,
    Navn,
    Niva,
    Ref,
    Refs,
    RutinesettNavn,
    SkolearNumre,
    Ytelser,
    heltall,
)
from oppfolgingscli.modell.frekvens import (
    Antall,
    Behov,
    Etter,
    Frekvens,
    Frekvensfelt,
    Hver,
    Milepael,
    Ved,
)
from oppfolgingscli.modell.ord import Ferienavn, FerieValg, fold_ord
from oppfolgingscli.modell.tabell import Felt, Tabell, Valgfelt, felt
from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene, parse_dato, parse_liste, parse_ord
from oppfolgingscli.sprak import N_, _
from oppfolgingscli.tid.varighet import Varighet

__all__ = [
    "Anker", "Antall", "Behov", "Etter", "Fase", "FaseAnker", "Frekvens", "Gjelder", "Hode", "Hver", "Milepael",
    "Navn", "Rolle", "Rutine", "Rutinefil", "Rutinesett", "Ved", "Versjon",
]  # fmt: skip

_FERIEVALG = ("aldri", "ogsa", "bare")
_FERIENAVN = ("hostferie", "juleferie", "vinterferie", "paskeferie", "sommerferie")


def slutt_for_start(start: date | None, slutt: date | None, nokkel: str = "til") -> None:
    """Raise Feltfeil when a closed span [start, slutt] ends before it begins. None: open."""
    if start is not None and slutt is not None and slutt < start:
        melding = _("slutten ({slutt}) er før starten ({start}).").format(slutt=slutt, start=start)
        raise Feltfeil("slutt_for_start", melding, _("Rett en av datoene."), (nokkel,))


class Hode(Tabell):
    """[rutinesett]: what the set is, and where its duties are written."""

    id: Id = felt(hjelp="Rutinesettets id, for eksempel oslo.")
    navn: Navn = felt(hjelp="Hva rutinesettet heter: en tekst, eller { nb = …, nn = …, en = … }.")
    kilde: Linje = felt(hjelp="Hvor rutinene er beskrevet.")
    fylke: Linje | None = felt(default=None, hjelp="Fylket rutinene gjelder i.")
    skole: Linje | None = felt(default=None, hjelp="Skolen rutinene gjelder for.")
    gjelder_fra: Dato | None = felt(
        default=None, hjelp="Rutinene gjelder fra denne datoen, når de ikke sier noe annet."
    )
    bygger_pa: RutinesettNavn | None = felt(
        default=None, hjelp="Et annet rutinesett (id eller filsti) som dette bygger på."
    )


class Rolle(Tabell):
    """[roller.x]: someone with duties."""

    navn: Navn = felt(hjelp="Hva rollen heter: en tekst, eller { nb = …, nn = …, en = … }.")
    etat: Etat = felt(hjelp="Hvor rollen hører til.")
    portefolje: Annotated[int, heltall(1, 10_000)] | None = felt(
        default=None, hjelp="Hvor mange deltakere rollen følger opp."
    )
    avsatt: Avsatt | None = felt(default=None, hjelp="Avsatt tid: andel av 37,5 timer i uka, eller timer i uka.")
    kilde: Linje | None = felt(default=None, hjelp="Hvor det står, når det er et annet sted enn settets kilde.")
    kilde_id: Linjer = felt(default=(), hjelp="Id-en i kilden, for eksempel OSL-10; én eller flere.")


class FaseAnker(Tabell):
    """A phase's edge given by an anchor and an offset from it."""

    milepael: AnkerFelt = felt(hjelp="Det det regnes fra: oppstart, fase-slutt:X, semester-start:var … eller en dato.")
    fra: Lengde = felt(default=Varighet(0, "dag"), hjelp="Så lenge etter milepælen (eller før, med minus).")


def _parse_fasegrense(value: object) -> date | FaseAnker:
    if isinstance(value, FaseAnker):
        return value
    return FaseAnker.model_validate(value) if isinstance(value, dict) else parse_dato(value)


Fasegrense = Annotated[date | FaseAnker, Valgfelt(_parse_fasegrense, (FaseAnker,), lambda: [js.dato()])]


class Fase(Tabell):
    """[[faser]]: a part of the course, by school years (1 = the class's first) or by its closed span."""

    id: Id = felt(hjelp="Fasens id, for eksempel forkurs.")
    navn: Navn = felt(hjelp="Hva fasen heter: en tekst, eller { nb = …, nn = …, en = … }.")
    skolear: SkolearNumre = felt(default=(), hjelp="Fasens skoleår; 1 er klassens første.")
    fra: Fasegrense | None = felt(default=None, hjelp="Første dag: en dato, eller en milepæl med forskyvning.")
    til: Fasegrense | None = felt(default=None, hjelp="Siste dag: en dato, eller en milepæl med forskyvning.")
    skolerute: Bool = felt(default=True, hjelp="false: skolens ferier gjelder ikke (læretid i bedrift).")
    kilde: Linje | None = felt(default=None, hjelp="Hvor det står, når det er et annet sted enn settets kilde.")
    kilde_id: Linjer = felt(default=(), hjelp="Id-en i kilden, for eksempel OSL-10; én eller flere.")

    def _sjekk(self, skrevet: Collection[str]) -> None:
        if self.skolear and (self.fra is not None or self.til is not None):
            raise Feltfeil("to_slag", _("fasen har både skoleår og datoer."), _("Behold enten «skolear», eller «fra» og «til»."),
                           ("skolear",))  # fmt: skip
        if isinstance(self.fra, date) and isinstance(self.til, date):
            slutt_for_start(self.fra, self.til)


def _parse_ferie(value: object) -> FerieValg | tuple[Ferienavn, ...]:
    if isinstance(value, list | tuple):
        names: tuple[Ferienavn, ...] = parse_liste(value, lambda v: parse_ord(v, _FERIENAVN, N_("en kjent ferie")))
        if not names:
            raise Feltfeil(
                "tom_verdi", _("listen er tom."), _('Skriv feriene det gjelder, for eksempel ["sommerferie"].')
            )
        return names
    if isinstance(value, str) and (name := fold_ord(value)) in _FERIENAVN:
        raise Feltfeil(
            "feil_type", _("navnet på en ferie skal stå i en liste."), _('Skriv ["{navn}"].').format(navn=name)
        )
    return parse_ord(value, _FERIEVALG, N_("et ord som går an her"))  # type: ignore[return-value] # checked against the same words


Ferie = Annotated[
    FerieValg | tuple[Ferienavn, ...],
    Felt(
        _parse_ferie,
        lambda: {"anyOf": [js.ord_fra(_FERIEVALG), {"type": "array", "items": js.ord_fra(_FERIENAVN), "minItems": 1}]},
    ),
]


class Gjelder(Tabell):
    """When a routine holds: every condition that is given must be met. Empty = no condition."""

    skolear: SkolearNumre = felt(default=(), hjelp="Bare i disse skoleårene; 1 er klassens første.")
    fase: Refs = felt(default=(), hjelp="Bare i disse fasene.")
    gruppe: Etiketter = felt(default=(), hjelp="Bare for deltakere i disse gruppene.")
    ytelse: Ytelser = felt(default=(), hjelp="Bare for deltakere med disse ytelsene.")
    i_praksis: Bool = felt(default=False, hjelp="Bare mens deltakeren er i praksis.")
    ferie: Ferie = felt(default="aldri", hjelp="Ferier: aldri, ogsa, bare, eller en liste over ferier.")


class Rutine(Tabell):
    """[[rutiner]]: one version of one duty. ``varighet`` in minutes."""

    _sjekk_delvis: ClassVar[bool] = True

    id: Id = felt(
        hjelp="Rutinens id. Den samme id-en igjen er en ny versjon, med gjelder_fra og gjelder_til som ikke overlapper."
    )
    navn: Navn = felt(hjelp="Hva rutinen heter: en tekst, eller { nb = …, nn = …, en = … }.")
    type: Kontakttype = felt(hjelp="Slaget kontakt, slik det står i loggen.")
    niva: Niva = felt(hjelp="For hver deltaker, eller for klassen under ett.")
    ansvarlig: Ref = felt(hjelp="Rollen som har ansvaret.")
    frekvens: Frekvensfelt = felt(hjelp="Hvor ofte.")
    deltar: Refs = felt(default=(), hjelp="Roller som ellers er med.")
    krever: Refs = felt(default=(), hjelp="Roller som må være med for at kontakten teller.")
    varighet: Minutter | None = felt(default=None, hjelp="Hvor lenge det varer, for eksempel 45 minutter.")
    grunnlag: Grunnlag = felt(
        default="praksis", hjelp="skriftlig: vedtatt; praksis: slik gjøres det; planlagt: ennå ikke i bruk."
    )
    kilde: Linje | None = felt(default=None, hjelp="Hvor det står, når det er et annet sted enn settets kilde.")
    kilde_id: Linjer = felt(default=(), hjelp="Id-en i kilden, for eksempel OSL-10; én eller flere.")
    antatt: Bool = felt(default=False, hjelp="true når tallet er antatt; da sier merknaden hvorfor.")
    gjelder: Gjelder = felt(default_factory=Gjelder, hjelp="Vilkår; alle må være oppfylt.")
    gjelder_fra: Dato | None = felt(default=None, hjelp="Denne versjonen gjelder fra og med.")
    gjelder_til: Dato | None = felt(default=None, hjelp="Denne versjonen gjelder til og med.")
    teller_ogsa: Etiketter = felt(default=(), hjelp="Andre slag kontakt som også teller.")

    def _sjekk(self, skrevet: Collection[str]) -> None:
        faults: list[Feltfeil] = []
        if self.niva == "klasse":
            faults.extend(
                Feltfeil(
                    "personvilkar",
                    _("en rutine for hele klassen kan ikke ha vilkår om den enkelte."),
                    _('Ta bort «{ord}», eller skriv niva = "deltaker".').format(ord=name),
                    ("gjelder", name),
                )
                for name in ("gruppe", "ytelse", "i_praksis")
                if getattr(self.gjelder, name)
            )
        try:
            slutt_for_start(self.gjelder_fra, self.gjelder_til, "gjelder_til")
        except Feltfeil as fault:
            faults.append(fault)
        if self.antatt and not self.merknad:
            faults.append(
                Feltfeil("mangler", _("et antatt tall må begrunnes."), _('Legg til merknad = "…".'), ("antatt",))
            )
        if faults:
            raise Feltfeilene(faults)


class Rutinefil(Tabell):
    """One routine file as written."""

    format: Format = felt(hjelp="Filformatet: alltid 1.")
    rutinesett: Hode = felt(hjelp="Hva rutinesettet er, og hvor pliktene står.")
    roller: dict[Id, Rolle] = felt(
        default_factory=dict, hjelp="Rollene som har oppgaver: [roller.kontaktlaerer] og så videre."
    )
    faser: tuple[Fase, ...] = felt(default=(), hjelp="Delene av løpet: [[faser]].")
    rutiner: tuple[Rutine, ...] = felt(default=(), hjelp="Rutinene: hvem skal gjøre hva, og hvor ofte: [[rutiner]].")


@dataclass(frozen=True, slots=True)
class Versjon:
    """One version of a routine, numbered by ``gjelder_fra`` from 1. ``fra``/``til`` as in force, closed; None: open."""

    rutine: Rutine
    nr: int
    fra: date | None
    til: date | None
    fil: str


@dataclass(frozen=True, slots=True)
class Rutinesett:
    """A set ready to use: the base it builds on merged in, versions in the order written."""

    hode: Hode
    roller: dict[str, Rolle]
    faser: tuple[Fase, ...]
    versjoner: tuple[Versjon, ...]

    def fase(self, fase_id: str) -> Fase | None:
        """Return the phase with this id."""
        return next((f for f in self.faser if f.id == fase_id), None)


def as_json(value: Any) -> Any:  # noqa: ANN401 - any value of a model
    """Return a model's value as JSON holds it: dates ISO, durations and anchors as written, tables as objects."""
    if isinstance(value, Tabell):
        return {name: as_json(getattr(value, name)) for name in value.feltnavn()}
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    if isinstance(value, Varighet | Anker | date):
        return str(value)
    return value
