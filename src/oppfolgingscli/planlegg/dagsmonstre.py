"""What a day of meetings and trips takes of one person: rows that let the linear bound know the clock.

For n meetings at the school and k trips in a day the shortest of each kind are laid out in every order. That tells
which (n, k) fit at all, and how many afternoon hours they cost at least; straight lines under those points hold
for every plan. Only meetings the person is first in are counted, so that no meeting is counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import product
from math import gcd
from typing import TYPE_CHECKING, Final

from oppfolgingscli.planlegg.kostnad import evening_hours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oppfolgingscli.planlegg.folk import Ressurs
    from oppfolgingscli.planlegg.lineaer import Lineaer
    from oppfolgingscli.planlegg.problem import Oppgave, Problem
    from oppfolgingscli.planlegg.rad import Ledd

_FLEST: Final = 6
"""Days with more meetings than this are not looked at."""
_BRATTEST: Final = 4
"""The steepest line: so many hours more for one meeting more."""


def add_patterns(problem: Problem, made: Lineaer, meetings: Mapping[str, Oppgave]) -> None:
    """Add what the clock costs at least to the rows of the free meetings."""
    groups: defaultdict[tuple[Ressurs, int], list[Oppgave]] = defaultdict(list)
    for o in meetings.values():
        if o.fast is None:
            for d in made.dag[o.id]:
                groups[o.ressurser[0], d].append(o)
    # Where a trip may be somebody else's doing, a trip made is not a visit held.
    shared = {
        (r, d)
        for o in meetings.values()
        for d in (o.sted if o.fast is None else (o.fast.dag,))
        for r in o.reisende
        if r != o.ressurser[0]
    }
    for (r, d), group in groups.items():
        visits = [o for o in group if o.sted.get(d) is not None and r in o.reisende]
        talks = [o for o in group if o.sted.get(d) is None or r not in o.reisende]
        kinds = (
            min((o.minutter for o in talks), default=0),
            min((o.minutter for o in visits), default=0),
        )
        hours = (min(o.tidsrom[0] for o in group), max(o.tidsrom[1] for o in group))
        most = min(problem.kapasitet[r].maks_per_dag, _FLEST)
        own = {t for o in visits if not made.minst[t := made.tur[r, d, o.sted[d]]]}
        _rows(
            made,
            dict.fromkeys((made.dag[o.id][d] for o in talks), 1),
            {} if (r, d) in shared else dict.fromkeys(sorted(own), 1),
            _lines(*kinds, *hours, most, problem.reise),
            problem.vekter.ettermiddag,
        )


def _rows(
    made: Lineaer, talks: Ledd, trips: Ledd, lines: tuple[tuple[int, int, int, int | None], ...], weight: int
) -> None:
    hours: int | None = None
    for a, b, above, limit in lines:
        ledd = {x: a for x in talks if a} | {t: b for t in trips if b}
        if limit is not None:
            made.at_most(ledd, limit)
        elif weight and sum(ledd.values()) > above:
            if hours is None:
                hours = made.free(weight)
            made.at_most(ledd | {hours: -1}, above)


@cache
def _lines(
    talk: int, visit: int, first: int, last: int, most: int, reise: int
) -> tuple[tuple[int, int, int, int | None], ...]:
    """Return lines (a, b, c, None): hours ≥ a·n + b·k − c, and (a, b, 0, m): a·n + b·k ≤ m."""
    least = {
        (n, k): _least(n, k, talk, visit, first, last, reise)
        for n in range(most + 1 if talk else 1)
        for k in range(most + 1 - n if visit else 1)
    }
    fits = {p: hours for p, hours in least.items() if hours is not None}
    out: list[tuple[int, int, int, int | None]] = []
    for a, b in product(range(_BRATTEST + 1), repeat=2):
        if (a and not talk) or (b and not visit) or not (a or b):
            continue
        reach = max(a * n + b * k for n, k in fits)
        if gcd(a, b) == 1 and any(hours is None and a * n + b * k > reach for (n, k), hours in least.items()):
            out.append((a, b, 0, reach))
        above = max(a * n + b * k - hours for (n, k), hours in fits.items())
        # A line that touches fewer points than this lies under others.
        if sum(a * n + b * k - hours == above for (n, k), hours in fits.items()) > bool(talk) + bool(visit):
            out.append((a, b, above, None))
    return tuple(out)


def _least(n: int, k: int, talk: int, visit: int, first: int, last: int, reise: int) -> int | None:
    """Return the fewest afternoon hours of n talks and k trips in a day; None when they do not fit."""
    best: int | None = None

    def lay(n: int, k: int, at: int, before: str, hours: int) -> None:
        nonlocal best
        if best is not None and hours >= best:
            return
        if n == k == 0:
            best = hours
            return
        if n:
            start = at + (reise if before == "tur" else 0)
            if start + talk <= last:
                lay(n - 1, k, start + talk, "skole", hours + evening_hours(start))
        if k:
            start = at + reise * {"": 0, "skole": 1, "tur": 2}[before]
            if start + visit <= last:
                lay(n, k - 1, start + visit, "tur", hours + evening_hours(start))

    lay(n, k, first, "", 0)
    return best
