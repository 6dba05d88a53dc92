"""Which contact is credited to which point, for many subjects at once.

The matching is ``match.assign``'s. Most of it has a closed form. Take the windows of the routines whose contacts could
be each other's; a window's points share its days and its limit, the required ones come first. A contact is on time for
the windows it lies in, and in the tail of those it is late for. Let no contact of a subject be on time for two windows.

1. A window can have at most as many required points on time as it has contacts on time, and giving each window its own
   attains that for all at once. So every best matching attains it for each: where there are no more contacts on time
   than required points (the window is *tight*), all of them go to its own required points, in every best matching.
   They are of no use to the tails of others; the rest of the contacts are *free*.
2. Call a window *full* when at least as many contacts are on time for it as it has points. If no free contact in the
   tail of a window that is not full is on time for another window, or in the tail of another that is not full, then
   such a window has its contacts for itself. It can have at most as many points matched as it has contacts, the
   required ones first; a full one is all matched.
3. The same for wished points, given 2.
4. Full windows are late by 0 days. The others must match as many as they do (2, 3), and use their earliest contacts.
5. With as many matched in each window and as few days late, each point in order has the earliest contact left.

So each window's i-th contact by (dato, id), first those on time, then the free ones in its tail, goes to its i-th
point. Where the conditions fail for a subject, its windows and contacts go to ``match.assign`` itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from oppfolgingscli.masse.slag import ALDRI
from oppfolgingscli.match import Plass, assign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppfolgingscli.masse.planlagte import Nokler, Vinduer
    from oppfolgingscli.masse.rader import Rader
    from oppfolgingscli.masse.slag import Heltall, Maske, Slag

_KEY = np.int64(ALDRI + 1)


@dataclass(slots=True)
class Treff:
    """Contacts credited: the window, which of its points (from 0), and the row. ``unntak``: subjects matched exactly.

    ``lo``, ``mid``, ``hi`` per window: where in its version's rows the contacts on time begin, those late, and the rest.
    """

    vindu: Heltall
    nr: Heltall
    rad: Heltall
    lo: Heltall
    mid: Heltall
    hi: Heltall
    unntak: int


def koble(
    slag: Slag, vinduer: Vinduer, rader: Rader, telt: Mapping[int, Heltall], nokler: Mapping[int, Nokler]
) -> Treff:
    """Match the windows of routines that may compete. ``nokler``: routine number -> its keys of periods.

    Windows with no points (``antall`` 0: taken by a pause, or of those exempt) take no part.
    """
    n = vinduer.subjekt.size
    lo, mid, hi = (np.zeros(n, dtype=np.int64) for _ in range(3))
    size = rader.dato.size
    on, loose, tail = (np.zeros(size, dtype=np.int16) for _ in range(3))
    keys = rader.subjekt * _KEY + rader.dato
    places = [(v, np.flatnonzero(vinduer.versjon == v)) for v in np.flatnonzero(np.bincount(vinduer.versjon)).tolist()]
    for v, w in places:
        mine = keys[telt[v]]
        base = vinduer.subjekt[w] * _KEY
        a = np.searchsorted(mine, base + vinduer.fra[w], side="left")
        b = np.maximum(np.searchsorted(mine, base + vinduer.frist[w], side="right"), a)
        c = np.maximum(np.searchsorted(mine, base + vinduer.sent_til[w], side="right"), b)
        lo[w], mid[w], hi[w] = a, b, c
        part = vinduer.antall[w] > 0
        on[telt[v]] += _times(a[part], b[part], mine.size)
        slack = part & (b - a > vinduer.krav[w])
        loose[telt[v]] += _times(a[slack], b[slack], mine.size)
    free = (on == 0) | (loose > 0)
    for v, w in places:
        lacking = vinduer.antall[w] > mid[w] - lo[w]
        tail[telt[v]] += _times(mid[w][lacking], hi[w][lacking], telt[v].size)
    clash = (on > 1) | (free & (tail > 0) & (loose + tail > 1))
    hard = np.unique(rader.subjekt[clash])
    easy = ~np.isin(vinduer.subjekt, hard) if hard.size else np.ones(n, dtype=bool)
    # By 1, what is on time for a tight window is settled also where the rest is not, but for contacts on time for two.
    twice = np.isin(vinduer.subjekt, np.unique(rader.subjekt[on > 1])) if hard.size else ~easy
    tight = (vinduer.antall > 0) & (mid - lo <= vinduer.krav)
    settled = np.where(~twice & tight, mid - lo, 0)
    on_time = np.where(easy, np.minimum(vinduer.antall, mid - lo), settled)
    parts = [_simple(vinduer, w, easy[w], on_time[w], telt[v], free[telt[v]], lo, mid, hi) for v, w in places]
    if hard.size:
        free |= np.isin(rader.subjekt, np.unique(vinduer.subjekt[twice]))
        rest = np.flatnonzero(~easy & (hi > lo) & (vinduer.antall > settled))
        parts.append(_exact(slag, vinduer, rest, rader, telt, free, settled, nokler, (lo, mid, hi)))
    none = np.zeros(0, dtype=np.int64)
    vindu, nr, rad = (
        (np.concatenate([none, *columns]) for columns in zip(*parts, strict=True)) if parts else (none,) * 3
    )
    return Treff(vindu, nr, rad, lo, mid, hi, hard.size)


def _times(first: Heltall, after: Heltall, size: int) -> Heltall:
    """Return how many of the ranges [first, after) each of ``size`` places is in."""
    steps = np.bincount(first, minlength=size + 1) - np.bincount(after, minlength=size + 1)
    return np.cumsum(steps)[:size].astype(np.int16)


def spre(n: Heltall) -> tuple[Heltall, Heltall]:
    """Return, for runs of lengths ``n``, which run each element is of and its place in it (from 0)."""
    run = np.repeat(np.arange(n.size), n)
    return run, np.arange(run.size) - np.repeat(np.cumsum(n) - n, n)


def _simple(
    vinduer: Vinduer, w: Heltall, easy: Maske, on_time: Heltall, rows: Heltall, free: Maske,
    lo: Heltall, mid: Heltall, hi: Heltall,
) -> tuple[Heltall, Heltall, Heltall]:  # fmt: skip
    """Give each window of one version its first contacts on time, and where it is easy the free ones after them.

    ``rows``: what counts for the version. ``on_time``: how many on time each window gets.
    """
    run, nr = spre(on_time)
    vindu, place = w[run], lo[w][run] + nr
    late = np.flatnonzero(easy & (vinduer.antall[w] > on_time) & (hi[w] > mid[w]))
    if late.size:
        where = np.flatnonzero(free)
        first, after = np.searchsorted(where, [mid[w][late], hi[w][late]])
        more, of = spre(np.minimum(vinduer.antall[w][late] - on_time[late], after - first))
        vindu = np.concatenate([vindu, w[late][more]])
        nr = np.concatenate([nr, on_time[late][more] + of])
        place = np.concatenate([place, where[first[more] + of]])
    return vindu, nr, rows[place]


def _exact(
    slag: Slag, vinduer: Vinduer, w: Heltall, rader: Rader, telt: Mapping[int, Heltall], free: Maske,
    settled: Heltall, nokler: Mapping[int, Nokler], ranges: tuple[Heltall, Heltall, Heltall],
) -> tuple[Heltall, Heltall, Heltall]:  # fmt: skip
    """Match subject by subject with ``match.assign`` what is not settled."""
    lo, mid, hi = ranges
    w = w[np.argsort(vinduer.subjekt[w], kind="stable")]
    edges = np.flatnonzero(np.diff(vinduer.subjekt[w])) + 1
    admitted: dict[int, list[int]] = {}
    for i in w.tolist():
        rows = telt[int(vinduer.versjon[i])]
        tail = rows[mid[i] : hi[i]]
        admitted[i] = [*(rows[lo[i] : mid[i]].tolist() if not settled[i] else ()), *tail[free[tail]].tolist()]
    found: list[tuple[int, int, int]] = []
    for mine in np.split(w, edges):
        found += _one(slag, vinduer, mine.tolist(), rader, admitted, settled, nokler)
    out = np.array(found, dtype=np.int64).reshape(-1, 3)
    return out[:, 0], out[:, 1], out[:, 2]


def _one(
    slag: Slag, vinduer: Vinduer, mine: Sequence[int], rader: Rader, admitted: Mapping[int, Sequence[int]],
    settled: Heltall, nokler: Mapping[int, Nokler],
) -> list[tuple[int, int, int]]:  # fmt: skip
    """Match one subject's points. ``admitted``: the rows each window may still have; ``settled``: points that have theirs."""

    def order(i: int) -> tuple[object, ...]:
        v = slag.versjoner[vinduer.versjon[i]]
        names = nokler[int(slag.rutine_av[vinduer.versjon[i]])].navn
        return int(vinduer.frist[i]), v.rutine.id, v.nr, names[vinduer.periode[i]]

    mine = [i for i in mine if admitted[i]]
    rows = sorted({row for i in mine for row in admitted[i]})  # by (dato, id), as the rows are
    number = {row: i for i, row in enumerate(rows)}
    places: list[Plass] = []
    possible: list[list[int]] = []
    who: list[tuple[int, int]] = []
    for i in sorted(mine, key=order):
        fra, frist, late = int(vinduer.fra[i]), int(vinduer.frist[i]), int(vinduer.sent_til[i])
        for nr in range(int(settled[i]), int(vinduer.antall[i])):
            places.append(
                Plass(fra, None if frist == ALDRI else frist, None if late == ALDRI else late, nr < vinduer.krav[i])
            )
            possible.append([number[row] for row in admitted[i]])
            who.append((i, nr))
    chosen = assign(places, rader.dato[rows].tolist(), possible)
    return [(i, nr, rows[c]) for (i, nr), c in zip(who, chosen, strict=True) if c is not None]
