"""Which row of the plan is which point of an interval routine: both in their order, as many as can be, the nearest.

A contact renumbers all that follows it, so ids alone do not say it; but a row that lies in the window of the point it
names is as good as on it, so nothing changes hands when nothing has happened.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.les.plan import Planrad

Verdi = tuple[int, int, int]
"""How many rows have a point, how many locked ones, and the days between them, negated: the largest is best."""


def in_order(rows: Sequence[Planrad], punkter: Sequence[Punkt], interval: int) -> dict[int, str]:
    """Return the point of each row, by the row's number.

    A later row has a later point; a row is not taken for a point further away than one interval (calendar days),
    unless it lies in its window. Rows without a date are left out. Alignment as in Needleman and Wunsch (1970).
    """
    dated = sorted((r.dato, not r.last, i) for i, r in enumerate(rows) if r.dato is not None)
    order = [rows[i] for _day, _unlocked, i in dated]
    points = sorted(punkter, key=lambda p: (about(p), p.id))
    # best[r][k]: the first r rows against the first k points.
    best: list[list[Verdi]] = [[(0, 0, 0)] * (len(points) + 1)]
    for row in order:
        above, now = best[-1], [(0, 0, 0)]
        for k, p in enumerate(points):
            now.append(max(now[k], above[k + 1], _paired(above[k], row, p, interval)))
        best.append(now)
    out = {}
    r, k = len(order), len(points)
    while r and k:
        if best[r][k] == best[r][k - 1]:
            k -= 1
        elif best[r][k] == best[r - 1][k]:
            r -= 1
        else:
            r, k = r - 1, k - 1
            out[dated[r][2]] = points[k].id
    return out


def _paired(before: Verdi, row: Planrad, p: Punkt, interval: int) -> Verdi:
    """Return what it is worth to give the row the point; nothing more when it may not have it."""
    if row.dato is None:
        return before
    away = abs((row.dato - about(p)).days)
    # What was held has the day it was held as its window.
    slack = timedelta(interval // 2 if p.fra == p.frist else 0)
    inside = p.fra - slack <= row.dato <= (p.frist or about(p)) + slack
    if away > interval and not inside:
        return before
    count, locked, near = before
    return count + 1, locked + row.last, near - (0 if inside and row.punkt == p.id else away)


def about(p: Punkt) -> date:
    """Return the day a point is about."""
    return p.mal or p.frist or p.fra
