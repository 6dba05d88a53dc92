"""A school calendar file as written: first and last school day, breaks and days off, each with its source."""

import re
from collections.abc import Collection
from datetime import date
from typing import Annotated, ClassVar, Final

from oppfolgingscli.modell import skjema as js
from oppfolgingscli.modell.felt import Bool, Dato, Format, Id, Linje, Navn
from oppfolgingscli.modell.rutinesett import slutt_for_start
from oppfolgingscli.modell.tabell import Felt, Tabell, Valgfelt, felt
from oppfolgingscli.modell.verdier import (
    FIRST_YEAR,
    LAST_YEAR,
    Feltfeil,
    Feltfeilene,
    feil_type,
    parse_dato,
    parse_liste,
    vis_verdi,
)
from oppfolgingscli.sprak import _
from oppfolgingscli.tid.perioder import skolear_nokkel, skolear_periode
from oppfolgingscli.tid.skolekalender import FERIER, SkolearData

_DELER: Final = ("forste", "siste", *FERIER, "fridager")


def _parse_spenn(value: object) -> tuple[date, date]:
    """Read a break, [first, last] weekday, closed."""
    rad = _("Skriv for eksempel [2023-10-02, 2023-10-06].")
    if not isinstance(value, list | tuple):
        raise feil_type(_("en liste med to datoer"), value, rad)
    if len(value) != 2:
        raise Feltfeil("feil_antall", _("listen har {n} verdier; den skal ha to datoer.").format(n=len(value)), rad)
    days: list[date] = []
    faults: list[Feltfeil] = []
    for i, part in enumerate(value):
        try:
            days.append(parse_dato(part))
        except Feltfeil as fault:
            faults.append(Feltfeil(fault.kode, fault.melding, fault.rad, (i,)))
    if faults:
        raise Feltfeilene(faults)
    first, last = days
    if last < first:
        melding = _("ferien slutter ({slutt}) før den begynner ({start}).").format(slutt=last, start=first)
        raise Feltfeil("slutt_for_start", melding, _("Rett en av datoene."), (1,))
    return first, last


Spenn = Annotated[
    tuple[date, date],
    Felt(_parse_spenn, lambda: {"type": "array", "items": js.dato(), "minItems": 2, "maxItems": 2}),
]


class Ferier(Tabell):
    """The named breaks of a school year, weekdays, closed."""

    hostferie: Spenn | None = felt(default=None, hjelp="Høstferien: [første, siste] hverdag.")
    juleferie: Spenn | None = felt(default=None, hjelp="Juleferien: [første, siste] hverdag.")
    vinterferie: Spenn | None = felt(default=None, hjelp="Vinterferien: [første, siste] hverdag.")
    paskeferie: Spenn | None = felt(default=None, hjelp="Påskeferien: [første, siste] hverdag.")


class Bekreftelser(Tabell):
    """Which parts of a school year a source confirms."""

    forste: Bool = felt(default=True, hjelp="Første skoledag er bekreftet av kilden.")
    siste: Bool = felt(default=True, hjelp="Siste skoledag er bekreftet av kilden.")
    hostferie: Bool = felt(default=True, hjelp="Høstferien er bekreftet av kilden.")
    juleferie: Bool = felt(default=True, hjelp="Juleferien er bekreftet av kilden.")
    vinterferie: Bool = felt(default=True, hjelp="Vinterferien er bekreftet av kilden.")
    paskeferie: Bool = felt(default=True, hjelp="Påskeferien er bekreftet av kilden.")
    fridager: Bool = felt(default=True, hjelp="Fridagene er bekreftet av kilden.")


def _parse_bekreftet(value: object) -> bool | Bekreftelser:
    if isinstance(value, bool | Bekreftelser):
        return value
    if isinstance(value, dict):
        return Bekreftelser.model_validate(value)
    raise feil_type(_("true, false eller en tabell"), value, _("Skriv for eksempel {eksempel}.").format(
        eksempel="{ hostferie = true, siste = false }"))  # fmt: skip


def _parse_skolear_id(value: object) -> str:
    if isinstance(value, str) and (match := re.fullmatch(r"(\d{4})\s*[-\u2013/]\s*(\d{4})", value.strip())):
        year = int(match[1])
        if int(match[2]) == year + 1 and FIRST_YEAR <= year <= LAST_YEAR:
            return skolear_nokkel(year)
    rad = _("Skriv for eksempel «2023-2024».")
    if not isinstance(value, str):
        raise feil_type(_("en tekst"), value, rad)
    raise Feltfeil("ugyldig_skolear", _("{verdi} er ikke et skoleår.").format(verdi=vis_verdi(value)), rad)


def _parse_datoer(value: object) -> tuple[date, ...]:
    if not isinstance(value, list | tuple):
        raise feil_type(_("en liste med datoer"), value, _("Skriv for eksempel [2023-11-20, 2024-05-10]."))
    days: tuple[date, ...] = parse_liste(value, parse_dato)
    return days


class Skolear(Tabell):
    """[[skolear]]: one school year. ``forste`` and ``siste``: the first and last school day."""

    _sjekk_delvis: ClassVar[bool] = True

    id: Annotated[
        str, Felt(_parse_skolear_id, lambda: {"type": "string", "pattern": r"^\s*\d{4}\s*[-\u2013/]\s*\d{4}\s*$"})
    ] = felt(hjelp="Skoleåret, for eksempel 2023-2024.")
    forste: Dato = felt(hjelp="Første skoledag.")
    siste: Dato = felt(hjelp="Siste skoledag.")
    ferier: Ferier = felt(default_factory=Ferier, hjelp="Feriene, [første, siste] hverdag.")
    fridager: Annotated[
        tuple[date, ...],
        Felt(_parse_datoer, lambda: {"type": "array", "items": js.dato()}),
    ] = felt(default=(), hjelp="Enkeltdager uten skole (helligdagene trenger ikke stå her).")
    kilde: Linje | None = felt(default=None, hjelp="Hvor datoene står: en nettadresse eller en forskrift.")
    bekreftet: Annotated[bool | Bekreftelser, Valgfelt(_parse_bekreftet, (Bekreftelser,), lambda: [{"type": "boolean"}])] = felt(
        default=True, hjelp="Om kilden bekrefter datoene; en tabell sier det for hver del.",
    )  # fmt: skip

    def _sjekk(self, skrevet: Collection[str]) -> None:
        faults: list[Feltfeil] = []
        try:
            slutt_for_start(self.forste, self.siste, "siste")
        except Feltfeil as fault:
            faults.append(fault)
        span = skolear_periode(int(self.id[:4]))
        days: list[tuple[tuple[str | int, ...], date]] = [(("forste",), self.forste), (("siste",), self.siste)]
        for name in FERIER:
            for i, day in enumerate(getattr(self.ferier, name) or ()):
                days.append((("ferier", name, i), day))
        days += [(("fridager", i), day) for i, day in enumerate(self.fridager)]
        for sti, day in days:
            if not span.fra <= day <= span.til:
                melding = _("{dato} er ikke i skoleåret {skolear}.").format(dato=day, skolear=self.id)
                rad = _("Skoleåret går fra {fra} til {til}.").format(fra=span.fra, til=span.til)
                faults.append(Feltfeil("utenfor", melding, rad, sti))
        if faults:
            raise Feltfeilene(faults)

    def data(self) -> SkolearData:
        """Return the school year as the calendar takes it."""
        sure = self.bekreftet
        if isinstance(sure, Bekreftelser):
            unsure = frozenset(part for part in _DELER if not getattr(sure, part))
        else:
            unsure = frozenset() if sure else frozenset(_DELER)
        breaks = {name: span for name in FERIER if (span := getattr(self.ferier, name)) is not None}
        return SkolearData(self.id, self.forste, self.siste, breaks, self.fridager, self.kilde or "", unsure)


class Skolerutehode(Tabell):
    """[skolerute]: whose calendar it is."""

    id: Id = felt(hjelp="Skolerutas id, for eksempel oslo.")
    navn: Navn = felt(hjelp="Hva skoleruta heter: en tekst, eller { nb = …, nn = …, en = … }.")


class Skolerute(Tabell):
    """One school calendar file as written."""

    format: Format = felt(hjelp="Filformatet: alltid 1.")
    skolerute: Skolerutehode = felt(hjelp="Hvem skoleruta gjelder for.")
    skolear: tuple[Skolear, ...] = felt(default=(), hjelp="Skoleårene: [[skolear]].")

    def skolear_data(self) -> tuple[SkolearData, ...]:
        """Return the school years as the calendar takes them, in order."""
        return tuple(sorted((year.data() for year in self.skolear), key=lambda year: year.id))
