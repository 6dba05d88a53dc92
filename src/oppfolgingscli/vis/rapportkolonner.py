"""The columns of a report: heading, what it is, and how its figure is written; the same in every form of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from oppfolgingscli.sprak import _, sprak

if TYPE_CHECKING:
    from oppfolgingscli.maltall import Rad

TOM: Final = "–"
_NBSP: Final = "\u00a0"
_BAR: Final = 10

Tall = int | float | None


class Kolonne(NamedTuple):
    """A column. ``felt``: the key of its figure in machine output; ``tekst``: the cell for people.

    ``verdi``: the figure itself, the first where a cell shows two.
    """

    felt: str
    navn: str
    forklaring: str
    tekst: Callable[[Rad], str]
    verdi: Callable[[Rad], Tall]


def percent(value: float | None) -> str:
    """Write a share as whole per cent: «82 %», English "82%"; «–» for an empty denominator.

    What is not all is never written as 100 %, and what is not nothing never as 0 %.
    """
    if value is None:
        return TOM
    whole = round(100 * value)
    if whole == 100 and value < 1:
        whole = 99
    elif whole == 0 and value > 0:
        whole = 1
    return f"{whole}%" if sprak() == "en" else f"{whole}{_NBSP}%"


def points(value: float) -> str:
    """Write a difference between two shares as whole percentage points with a sign: «−42», «+8»."""
    whole = round(100 * value)
    return f"{'−' if whole < 0 else '+' if whole > 0 else ''}{abs(whole)}"


def bar(value: float | None) -> str:
    """Draw a share as a bar of ten; nothing for an empty denominator."""
    if value is None:
        return ""
    full = round(_BAR * value)
    return "█" * full + "░" * (_BAR - full)


def _number(value: int | None) -> str:
    return TOM if value is None else str(value)


def share_of(part: int, whole: int) -> str:
    """Write a part and its whole: «31 av 38»; «–» when there is nothing to divide by."""
    return _("{antall} av {alle}").format(antall=part, alle=whole) if whole else TOM


def _days(rad: Rad) -> str:
    if rad.klokkedager is None or rad.dager_dekket is None:
        return TOM
    return _("{prosent} av {dager}").format(prosent=percent(rad.dager_dekket), dager=rad.klokkedager[1])


def span(values: tuple[float, float] | None) -> str:
    """Write an interval of shares: «66 %–84 %»."""
    return TOM if values is None else f"{percent(values[0])}–{percent(values[1])}"


def _dose(rad: Rad) -> str:
    if rad.dose == rad.dose_ukuttet or rad.dose_ukuttet is None:
        return percent(rad.dose)
    return f"{percent(rad.dose)} ({percent(rad.dose_ukuttet)})"


def _gap(rad: Rad) -> str:
    return TOM if rad.lengste_gap is None else f"{'≥' if rad.gap_apent else ''}{rad.lengste_gap}"


def _delay(value: int | None, rad: Rad) -> str:
    return _number(value) if value is not None or not rad.ventetider else _("ikke nådd")


def counts() -> tuple[Kolonne, ...]:
    """Return the columns of what is judged, status by status: the figures all shares are made from."""
    return (
        Kolonne("bedomt", _("Bedømt"), _("alt som er bedømt"), lambda r: str(r.bedomt), lambda r: r.bedomt),
        Kolonne("i_tide", _("I tide"), _("gjort innen fristen"), lambda r: str(r.i_tide), lambda r: r.i_tide),
        Kolonne("for_sent", _("For sent"), _("gjort etter fristen"), lambda r: str(r.for_sent), lambda r: r.for_sent),
        Kolonne(
            "forfalt",
            _("Forfalt"),
            _("over fristen, men kan ennå gjøres"),
            lambda r: str(r.forfalt),
            lambda r: r.forfalt,
        ),
        Kolonne(
            "mangler",
            _("Mangler"),
            _("over fristen, og for sent å gjøre"),
            lambda r: str(r.mangler),
            lambda r: r.mangler,
        ),
    )


def followed() -> tuple[Kolonne, ...]:
    """Return the columns about whether it was done."""
    return (
        Kolonne(
            "n_deltakere",
            _("Hvem"),
            _("deltakere med noe som er bedømt (for en klasserutine: klassen, 1)"),
            lambda r: str(r.n_deltakere),
            lambda r: r.n_deltakere,
        ),
        Kolonne(
            "andel_av",
            _("I tide"),
            _("gjort innen fristen, av alt som er bedømt"),
            lambda r: share_of(*r.andel_av),
            lambda r: r.andel_av[0] if r.andel_av[1] else None,
        ),
        Kolonne("soyle", "", "", lambda r: bar(r.i_tide_andel), lambda r: r.i_tide_andel),
        Kolonne(
            "i_tide_andel",
            _("Andel"),
            _("den samme andelen i prosent"),
            lambda r: percent(r.i_tide_andel),
            lambda r: r.i_tide_andel,
        ),
        Kolonne(
            "i_tide_kl",
            _("Usikkerhet"),
            _("andelen ligger trolig mellom disse (95 prosent sikkert); bare når det er minst ti deltakere"),
            lambda r: span(r.i_tide_kl),
            lambda r: r.i_tide_kl[0] if r.i_tide_kl else None,
        ),
        Kolonne(
            "gjort_andel",
            _("Gjort"),
            _("gjort i tide eller for sent, av alt som er bedømt"),
            lambda r: percent(r.gjort_andel),
            lambda r: r.gjort_andel,
        ),
        Kolonne(
            "fritatt", _("Fritatt"), _("fritatt, og derfor ikke bedømt"), lambda r: str(r.fritatt), lambda r: r.fritatt
        ),
    )


def given() -> tuple[Kolonne, ...]:
    """Return the columns about how much, how often and how soon."""
    return (
        Kolonne(
            "dose",
            _("Dose"),
            _("kontakter innen fristen, av så mange som er bedømt (i parentes: når de ekstra også telles)"),
            _dose,
            lambda r: r.dose,
        ),
        Kolonne(
            "dekning",
            _("Dekning"),
            _("deltakere som ble møtt den første gangen de skulle, av dem med noe som er bedømt"),
            lambda r: percent(r.dekning),
            lambda r: r.dekning,
        ),
        Kolonne(
            "dager_dekket",
            _("Dager dekket"),
            _("dager med kontakt ofte nok, av alle dagene rutinen gjaldt"),
            _days,
            lambda r: r.dager_dekket,
        ),
        Kolonne(
            "forsinkelse_median",
            _("Halvparten"),
            _("dager fra det åpnet til halvparten var gjort"),
            lambda r: _delay(r.forsinkelse_median, r),
            lambda r: r.forsinkelse_median,
        ),
        Kolonne(
            "forsinkelse_p90",
            _("Ni av ti"),
            _("dager fra det åpnet til ni av ti var gjort"),
            lambda r: _delay(r.forsinkelse_p90, r),
            lambda r: r.forsinkelse_p90,
        ),
        Kolonne(
            "lengste_gap",
            _("Lengst"),
            _("lengste tid uten kontakt, i dager uten ferier og pauser (≥: det varer ennå)"),
            _gap,
            lambda r: r.lengste_gap,
        ),
    )


def surer() -> tuple[Kolonne, ...]:
    """Return the columns that say how far the share could be off: there is room for them in wide tables only."""
    return (
        Kolonne(
            "grenser",
            _("Grenser"),
            _("så lav eller høy kunne andelen vært: ingen fritak var rett, eller hver kontakt til overs hadde truffet"),
            lambda r: span(r.grenser),
            lambda r: r.grenser[0] if r.grenser else None,
        ),
        Kolonne(
            "i_tide_andel_snitt",
            _("Snitt"),
            _("snittet av deltakernes egne andeler, så hver deltaker teller likt"),
            lambda r: percent(r.i_tide_andel_snitt),
            lambda r: r.i_tide_andel_snitt,
        ),
    )
