"""Which contact is credited to which point: an exact assignment per subject (docs/semantikk.md, "Kobling").

Of all ways to pair contacts with points (each with at most one of the other), the one is taken that

1. has the most required points on time,
2. then the most required points matched,
3. then the most wished points matched,
4. then the fewest days late in all,
5. then, point by point in order, the earliest contact (dato, id); none only where there is none.

The five aims are one number per pair, with whole-number weights so far apart that a lower aim can never
outweigh a higher one; Python's integers have no limit, so nothing is rounded. The best total is found by
the Hungarian method with potentials (Kuhn 1955; Munkres 1957; successive shortest paths as in Jonker and
Volgenant 1987), on each connected group of points and contacts by itself.

Fast path: where every point of a group can take every contact of it and all have the same deadline, the
i-th contact by (dato, id) goes to the i-th point. That is optimal: the required points come first in
order, so they get the contacts on time first (1, 2) before the wished ones (3); contacts on time precede
late ones, and of the late ones the earliest are used (4); and no point can have an earlier contact unless
one before it in order gives it up (5). It needs the required points to come before the wished ones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plass:
    """A point to be filled: its closed window and late limit as ordinals (None: no frist, no limit)."""

    fra: int
    frist: int | None
    sent_til: int | None
    krav: bool

    def admits(self, day: int) -> bool:
        """Whether a contact on ``day`` may count here."""
        return self.fra <= day and (self.sent_til is None or day <= self.sent_til)

    def admitted(self, rows: Sequence[int], days: Sequence[int]) -> Sequence[int]:
        """Return those of ``rows``, on ``days`` in rising order, that may count here."""
        end = len(days) if self.sent_til is None else bisect_right(days, self.sent_til)
        return rows[bisect_left(days, self.fra) : end]

    def late(self, day: int) -> int:
        """Calendar days after the deadline; 0 on time."""
        return max(0, day - self.frist) if self.frist is not None else 0


def assign(plasser: Sequence[Plass], dager: Sequence[int], mulig: Sequence[Sequence[int]]) -> list[int | None]:
    """Return for each point the index of the contact credited to it, or None.

    ``plasser``: the points in the contract's order. ``dager``: the contacts' days (ordinals), in order of
    (dato, id). ``mulig[i]``: indexes, rising, of the contacts that point i may take.
    """
    result: list[int | None] = [None] * len(plasser)
    for points, contacts in _groups(mulig):
        if _is_simple(points, contacts, plasser, mulig):
            for point, contact in zip(points, contacts, strict=False):
                result[point] = contact
        else:
            for point, best in zip(points, _exact(points, contacts, plasser, dager, mulig), strict=True):
                result[point] = best
    return result


def _groups(mulig: Sequence[Sequence[int]]) -> list[tuple[list[int], list[int]]]:
    """Split points and contacts into connected groups; points that can take nothing are left out."""
    owner: dict[int, int] = {}
    parent = list(range(len(mulig)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for point, contacts in enumerate(mulig):
        for contact in contacts:
            if contact in owner:
                parent[find(point)] = find(owner[contact])
            else:
                owner[contact] = point
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for point, contacts in enumerate(mulig):
        if contacts:
            groups.setdefault(find(point), ([], []))[0].append(point)
    for contact, point in owner.items():
        groups[find(point)][1].append(contact)
    return [(points, sorted(contacts)) for points, contacts in groups.values()]


def _is_simple(
    points: Sequence[int], contacts: Sequence[int], plasser: Sequence[Plass], mulig: Sequence[Sequence[int]]
) -> bool:
    """Whether the fast path is optimal for the group: see the module's docstring."""
    first = plasser[points[0]].frist
    wished = False
    for point in points:
        place = plasser[point]
        if place.frist != first or len(mulig[point]) != len(contacts) or (place.krav and wished):
            return False
        wished = wished or not place.krav
    return True


def _exact(
    points: Sequence[int],
    contacts: Sequence[int],
    plasser: Sequence[Plass],
    dager: Sequence[int],
    mulig: Sequence[Sequence[int]],
) -> list[int | None]:
    """Solve one group as an assignment of points to contacts or to nothing."""
    n, m = len(points), len(contacts)
    column = {contact: j for j, contact in enumerate(contacts)}
    ranks = m + 1
    order_unit = ranks**n  # one day late weighs more than every choice of earlier contacts
    longest = max((plasser[i].late(dager[c]) for i in points for c in mulig[i]), default=0)
    wish_unit = order_unit * (longest * n + 1)
    match_unit = wish_unit * (n + 1)
    time_unit = match_unit * (n + 1)
    impossible = time_unit * (n + 1) * 4
    costs: list[list[int]] = []
    for position, i in enumerate(points):
        place, weight = plasser[i], ranks ** (n - 1 - position)
        row = [impossible] * m + [m * weight] * n  # the last n columns: nobody
        for c in mulig[i]:
            late = place.late(dager[c])
            gain = (match_unit + (0 if late else time_unit)) if place.krav else wish_unit
            row[column[c]] = late * order_unit + column[c] * weight - gain
        costs.append(row)
    chosen = _hungarian(costs)
    return [contacts[j] if j < m else None for j in chosen]


def _hungarian(  # noqa: C901, PLR0912 - one algorithm, as in the literature
    costs: Sequence[Sequence[int]],
) -> list[int]:
    """Return for each row the column of a cheapest assignment; no more rows than columns.

    Rows are added one by one along shortest augmenting paths; ``u`` and ``v`` are the dual potentials.
    O(rows² · columns) steps.
    """
    n, m = len(costs), len(costs[0])
    u, v = [0] * (n + 1), [0] * (m + 1)
    row_of = [0] * (m + 1)  # 1-based; 0 is free
    for i in range(1, n + 1):
        row_of[0] = i
        j0 = 0
        shortest: list[int | None] = [None] * (m + 1)
        way, done = [0] * (m + 1), [False] * (m + 1)
        while True:
            done[j0] = True
            i0, delta, j1 = row_of[j0], None, 0
            row, ui = costs[i0 - 1], u[i0]
            for j in range(1, m + 1):
                if done[j]:
                    continue
                reduced = row[j - 1] - ui - v[j]
                best = shortest[j]
                if best is None or reduced < best:
                    shortest[j], way[j] = reduced, j0
                    best = reduced
                if delta is None or best < delta:
                    delta, j1 = best, j
            step = delta or 0
            for j in range(m + 1):
                if done[j]:
                    u[row_of[j]] += step
                    v[j] -= step
                else:
                    length = shortest[j]
                    if length is not None:
                        shortest[j] = length - step
            j0 = j1
            if row_of[j0] == 0:
                break
        while j0:
            row_of[j0], j0 = row_of[way[j0]], way[j0]
    chosen = [0] * n
    for j in range(1, m + 1):
        if row_of[j]:
            chosen[row_of[j] - 1] = j - 1
    return chosen
