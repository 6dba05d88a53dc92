"""Periods and their keys: ``2024-u07``, ``2024-03``, ``2024-k1``, ``2024-host``, ``2023-2024``.

``semester``: 1 Aug–31 Dec (``host``) and 1 Jan–31 Jul (``var``). ``skolear``: 1 Aug–31 Jul. Closed ranges.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

Periodeslag = Literal["uke", "maned", "kvartal", "semester", "skolear"]

_AUGUST: Final = 8


class Periode(NamedTuple):
    """One period: its key and its first and last day (both belong to it)."""

    nokkel: str
    fra: date
    til: date


def skolear_for(day: date) -> int:
    """Return the calendar year in which the school year of ``day`` began (1 Aug)."""
    return day.year if day.month >= _AUGUST else day.year - 1


def skolear_nokkel(year: int) -> str:
    """Return the key of the school year that began in August of ``year``."""
    return f"{year}-{year + 1}"


def skolear_periode(year: int) -> Periode:
    """Return the school year that began in August of ``year``."""
    return Periode(skolear_nokkel(year), date(year, 8, 1), date(year + 1, 7, 31))


def semester_periode(year: int, half: str) -> Periode:
    """Return the semester ``half`` (``host`` or ``var``) of the calendar year ``year``."""
    if half == "host":
        return Periode(f"{year}-host", date(year, 8, 1), date(year, 12, 31))
    return Periode(f"{year}-var", date(year, 1, 1), date(year, 7, 31))


def _month(day: date) -> Periode:
    first_next = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return Periode(f"{day.year:04d}-{day.month:02d}", day.replace(day=1), first_next - timedelta(1))


def _quarter(day: date) -> Periode:
    quarter = (day.month + 2) // 3
    first = date(day.year, 3 * quarter - 2, 1)
    return Periode(f"{day.year:04d}-k{quarter}", first, _month(date(day.year, 3 * quarter, 1)).til)


def periode_for(day: date, slag: Periodeslag) -> Periode:
    """Return the period of kind ``slag`` that ``day`` lies in."""
    match slag:
        case "uke":
            iso = day.isocalendar()
            monday = day - timedelta(day.weekday())
            return Periode(f"{iso.year:04d}-u{iso.week:02d}", monday, monday + timedelta(6))
        case "maned":
            return _month(day)
        case "kvartal":
            return _quarter(day)
        case "semester":
            return semester_periode(day.year, "host" if day.month >= _AUGUST else "var")
        case "skolear":
            return skolear_periode(skolear_for(day))


def perioder(slag: Periodeslag, fra: date, til: date) -> Iterator[Periode]:
    """Yield, in order, every period of kind ``slag`` that has a day in ``[fra, til]``."""
    day = fra
    while day <= til:
        period = periode_for(day, slag)
        yield period
        day = period.til + timedelta(1)
