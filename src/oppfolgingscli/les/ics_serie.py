"""The occurrences of a series (RFC 5545, 3.3.10), without following it from its beginning, or for ever.

A rule may be written so that it never comes to a day, or has come to millions before the days that are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from math import prod
from typing import Any, Final

MAX_GANGER: Final = 20_000
"""Occurrences of one event; more is no calendar of a person."""
MAX_STEG: Final = 50_000
"""Days, weeks, months and years that are looked at for all the series of a calendar: about half a second."""
_FORGJEVES: Final = 20_000
"""What a rule costs that never comes to a day."""
_FLYTT: Final = 7600
"""Years that everything is moved forward. The calendar repeats itself every 400 years, weekdays too, and the library
follows a rule without days to the year 9999: that is then soon."""
_MAX_PER_DOGN: Final = 24
_FORSTE_AR: Final = 1900
_TETTHET: Final = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
"""How often a rule may repeat, and the days of its period. Every second, minute and hour is not among them."""
_PRIS: Final = {"DAILY": 1, "WEEKLY": 2, "MONTHLY": 4, "YEARLY": 12}
"""What looking at one period costs, in days of a daily rule."""


class Regelfeil(ValueError):
    """No rule a person's calendar has, or too many of them."""


class Regneskap:
    """How much of ``MAX_STEG`` is left for a calendar."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self.igjen = MAX_STEG

    def take(self, steg: float) -> None:
        """Use some of it. Raises Regelfeil when there is not enough."""
        self.igjen -= int(steg) + 1
        if self.igjen < 0:
            raise Regelfeil("MAX_STEG")


def starts(rule: Any, first: datetime, low: datetime, high: datetime, regneskap: Regneskap) -> Iterator[datetime]:  # noqa: ANN401 - the library's own kind of mapping
    """Yield the local starts of a rule in [low, high]; ``first`` is its first, without a zone.

    ``rule`` has UNTIL, if any, as local time without a zone.

    Raises:
        Regelfeil: it is no rule a person's calendar has, or there are too many of them.
    """
    from dateutil.rrule import rrulestr

    parts = dict(rule)
    freq = str((parts.get("FREQ") or [""])[0]).upper()
    step = int((parts.get("INTERVAL") or [1])[0])
    times = prod(len(parts.get(name) or [1]) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if freq not in _TETTHET or step < 1 or first.year < _FORSTE_AR or times > _MAX_PER_DOGN:
        raise Regelfeil(freq)
    begin = first if parts.get("COUNT") else _nearer(first, freq, step, low)
    until = parts.pop("UNTIL", None)
    last = min(until[0], high) if until else high
    days = max(0, (high - begin).days)
    regneskap.take(days / (_TETTHET[freq] * step) * _PRIS[freq] * times)
    if begin > last or last < low:
        return
    expanded = rrulestr(type(rule)(parts).to_ical().decode(), dtstart=_moved(begin, _FLYTT))
    n = 0
    for n, moved in enumerate(expanded, start=1):
        begins = _moved(moved, -_FLYTT)
        if begins > last or n > MAX_GANGER:
            return
        if begins >= low:
            regneskap.take(0)
            yield begins
    if n < int((parts.get("COUNT") or [1])[0]):
        regneskap.take(_FORGJEVES)


def _moved(day: datetime, years: int) -> datetime:
    return day.replace(year=day.year + years)


def _nearer(first: datetime, freq: str, step: int, low: datetime) -> datetime:
    """Return a day from which the series goes on just as from its first, some periods before ``low``."""
    if first >= low:
        return first
    if freq in {"DAILY", "WEEKLY"}:
        period = _TETTHET[freq] * step
        return first + timedelta(max(0, (low - first).days // period - 1) * period)
    # The 29th to the 31st are not in every month or year: such a series is followed from its beginning.
    if first.day > 28:
        return first
    months = step if freq == "MONTHLY" else 12 * step
    passed = (low.year - first.year) * 12 + low.month - first.month
    year, month = divmod(first.year * 12 + first.month - 1 + max(0, passed // months - 1) * months, 12)
    return first.replace(year=year, month=month + 1)


def until_local(value: date, zone: Any) -> datetime:  # noqa: ANN401 - any tzinfo
    """Return the end of a series as local time in ``zone``, without it; a day is all of it."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    return (value.astimezone(zone) if value.tzinfo and zone else value).replace(tzinfo=None)
