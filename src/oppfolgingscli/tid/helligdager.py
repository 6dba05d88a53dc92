"""Norwegian public holidays, from the date of Easter.

Source: lov 24. februar 1995 nr. 12 om helligdager og helligdagsfred § 2 and lov 26. april 1947 nr. 1 om
1. og 17. mai som høgtidsdager; Easter by dateutil (Gregorian computus). Sundays that are no feast day of
their own are not listed; no working day is ever a Sunday.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

from oppfolgingscli.sprak import N_

_FROM_EASTER: Final = (
    (-3, N_("skjærtorsdag")),
    (-2, N_("langfredag")),
    (0, N_("første påskedag")),
    (1, N_("andre påskedag")),
    (39, N_("Kristi himmelfartsdag")),
    (49, N_("første pinsedag")),
    (50, N_("andre pinsedag")),
)
_FIXED: Final = (
    (1, 1, N_("første nyttårsdag")),
    (5, 1, N_("arbeidernes dag")),
    (5, 17, N_("grunnlovsdagen")),
    (12, 25, N_("første juledag")),
    (12, 26, N_("andre juledag")),
)
_SATURDAY: Final = 5


@cache
def paskedag(year: int) -> date:
    """Return Easter Sunday of ``year`` (1583–4099, as dateutil)."""
    from dateutil.easter import easter

    return easter(year)


@cache
def helligdager(year: int) -> dict[date, str]:
    """Return the public holidays of ``year`` and their names (bokmål, marked for translation), by date."""
    easter = paskedag(year)
    days = [(easter + timedelta(offset), name) for offset, name in _FROM_EASTER]
    days += [(date(year, month, day), name) for month, day, name in _FIXED]
    out: dict[date, str] = {}
    for day, name in sorted(days):
        out.setdefault(day, name)  # two feasts may share a day: 17 May 2027 is also Whit Monday
    return out


def is_helligdag(day: date) -> bool:
    """Whether ``day`` is a public holiday."""
    return day in helligdager(day.year)


def is_virkedag(day: date) -> bool:
    """Whether ``day`` is a working day: Monday to Friday and no public holiday."""
    return day.weekday() < _SATURDAY and not is_helligdag(day)
