"""The heuristic: no library, the same answer every time, about a second for a class.

1. What an earlier plan has, stays where it can. 2. The rest one by one, those with the fewest days first, each on
its cheapest free place. 3. What found none pushes another aside, which pushes another (ejection chains). 4. Local
improvement: move one; swap with one that is in the way; take a handful of neighbours off and put them back in the best
of all ways (branch and bound) – a problem no larger than a handful is thereby solved to the end.
Work is counted in steps, not seconds, so that the answer does not depend on the machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppfolgingscli.planlegg.klynge import DAGER, Klynge
from oppfolgingscli.planlegg.problem import Plass, Problem
from oppfolgingscli.planlegg.tavle import Tavle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DYBDE: Final = 3
"""How long an ejection chain may be."""
RUNDER: Final = 4
"""At most so many rounds of moves and swaps; most problems stand still after two."""
LIKE: Final = 3
"""When so many alike could not be made room for, it is not tried for the rest of them."""
KLYNGE: Final = 5
"""So many neighbours are put back together."""
SKRITT: Final = 20
"""Steps of work for each meeting, beside the first pass: a step tries one meeting in all its places."""
KLYNGESKRITT: Final = 400
"""Steps for one handful."""
SMA_SKRITT: Final = 6_000
"""Steps for the whole of a small problem."""
_SMATT: Final = 7
"""With so few meetings every start is tried, not only the first free one of the day."""


def solve_greedy(
    problem: Problem, skritt: int | None = None, start: Mapping[str, Plass] | None = None, *, bare_plass: bool = False
) -> dict[str, Plass]:
    """Return a place for every point that found one, fixed ones and deliveries included.

    ``skritt``: how much work may be put into it beside the first pass (None: by the size). ``start``: a plan to
    go on from, instead of the earlier one of the points. ``bare_plass``: only find a place for each, not a better one.
    """
    plan = _Grisk(problem, skritt, start)
    plan.run(bare_plass=bare_plass)
    out = deliveries(problem)
    for o, plass in zip(plan.tavle.oppg, plan.tavle.plass, strict=True):
        if plass is not None:
            out[o.id] = plass
    return out


def deliveries(problem: Problem) -> dict[str, Plass]:
    """Return the dates of what is delivered: it is in nobody's way, so each has its cheapest day."""
    v = problem.vekter
    out = {}
    for o in problem.oppgaver:
        if o.minutter:
            continue
        if o.fast is not None:
            out[o.id] = o.fast
            continue
        inside = [(price, day) for day, price in zip(o.tillatt, o.pris, strict=True) if o.fra <= day <= o.til]
        kept = o.tidligere.dag if o.tidligere else None
        if inside:
            out[o.id] = Plass(
                min(inside, key=lambda c: (c[0] + (v.flyttet_dag if kept not in {None, c[1]} else 0), c[1]))[1], None
            )
    return out


class _Grisk:
    def __init__(self, problem: Problem, skritt: int | None, start: Mapping[str, Plass] | None) -> None:
        self._given = {o.id: o.tidligere for o in problem.oppgaver} if start is None else start
        self.tavle = Tavle(problem)
        self._skritt = max(SMA_SKRITT, SKRITT * len(self.tavle.frie)) if skritt is None else skritt
        self._small = len(self.tavle.frie) <= _SMATT

    def run(self, *, bare_plass: bool) -> None:
        t = self.tavle
        self._keep()
        waiting = [i for i in t.frie if t.plass[i] is None]
        waiting.sort(key=lambda i: (-t.tom[i], len(t.dager[i]), t.billigst[i][:1], t.oppg[i].id))
        for i in waiting:
            found = t.best(i)
            if found is not None:
                t.put(i, found[1])
        self._push([i for i in waiting if t.plass[i] is None])
        for _ in range(0 if bare_plass else RUNDER):
            before = t.cost
            self._move()
            self._swap()
            self._clusters()
            if t.cost == before or self._skritt <= 0:
                break
        if not bare_plass:
            self._push([i for i in waiting if t.plass[i] is None])

    def _keep(self) -> None:
        """Put what an earlier plan has where it was; of two in each other's way the one with fewer days goes first."""
        t = self.tavle
        for i in sorted(t.frie, key=lambda i: (len(t.dager[i]), t.oppg[i].id)):
            was = self._given.get(t.oppg[i].id)
            if was is None or was.start is None or was.dag not in t.dager[i] or not t.spaced(i, was.dag):
                continue
            if was.start in t.free_starts(i, was.dag):
                t.put(i, was)

    # -- making room -------------------------------------------------------------------------------

    def _push(self, waiting: Iterable[int]) -> None:
        failed: dict[tuple[object, ...], int] = {}
        for i in waiting:
            kind = self._kind(i)
            if failed.get(kind, 0) >= LIKE:
                continue
            for depth in range(1, DYBDE + 1):
                budget = min(self._skritt, 300 * depth)
                self._skritt -= budget
                left = [budget]
                done = self._insert(i, depth, frozenset(), left)
                self._skritt += left[0]
                if done:
                    break
            else:
                failed[kind] = failed.get(kind, 0) + 1

    def _kind(self, i: int) -> tuple[object, ...]:
        """Return what two meetings have in common that need the same people on the same days for as long."""
        o = self.tavle.oppg[i]
        return (o.minutter, *(r for r in o.ressurser if r.slag != "deltaker"), *self.tavle.dager[i])

    def _insert(self, i: int, depth: int, moved: frozenset[int], left: list[int]) -> bool:
        """Put ``i`` up, pushing others aside in a chain of at most ``depth``; False leaves all as it was."""
        t = self.tavle
        found = t.best(i)
        left[0] -= 1
        if found is not None:
            t.put(i, found[1])
            return True
        if depth == 0 or left[0] <= 0:
            return False
        for _price, day in t.billigst[i]:
            for j in self._in_the_way(i, day):
                if j in moved:
                    continue
                was = t.take(j)
                start = next(t.free_starts(i, day), None) if t.spaced(i, day) else None
                if start is not None:
                    t.put(i, Plass(day, start))
                    if self._insert(j, depth - 1, moved | {i}, left):
                        return True
                    t.take(i)
                t.put(j, was)
            if left[0] <= 0:
                return False
        return False

    def _in_the_way(self, i: int, day: int) -> list[int]:
        """Return whom to move so that ``i`` may have the day: the one too close, else anyone its people meet then."""
        t = self.tavle
        close = t.too_close(i, day)
        if close:
            return close if len(close) == 1 and t.oppg[close[0]].fast is None else []
        here = {b[3] for r in t.res[i] for b in t.bok.get((r, day), ())}
        return sorted(j for j in here if t.oppg[j].fast is None)

    # -- improving ---------------------------------------------------------------------------------

    def _worst_first(self) -> list[int]:
        """Return the meetings that cost more than they must, those with most to gain first."""
        t = self.tavle
        gain = []
        for i in t.frie:
            least = t.billigst[i][0][0] if t.billigst[i] else t.tom[i]
            now = self._cost_of(i)
            if now > least:
                gain.append((least - now, t.oppg[i].id, i))
        return [i for _gain, _id, i in sorted(gain)]

    def _cost_of(self, i: int) -> int:
        t = self.tavle
        plass = t.plass[i]
        if plass is None:
            return t.tom[i]
        before = t.cost
        t.take(i)
        out = t.tom[i] - (t.cost - before)
        t.put(i, plass)
        return out

    def _move(self) -> None:
        t = self.tavle
        for i in self._worst_first():
            was, now = t.plass[i], self._cost_of(i)
            if was is not None:
                t.take(i)
            found = t.best(i, now)
            self._skritt -= 1
            if found is not None:
                t.put(i, found[1])
            elif was is not None:
                t.put(i, was)

    def _swap(self) -> None:
        for i in self._worst_first():
            if self._skritt <= 0:
                return
            self._swap_one(i)

    def _swap_one(self, i: int) -> None:
        """Give ``i`` a cheaper day by moving one other, when the two together get cheaper."""
        t = self.tavle
        was, now, before = t.plass[i], self._cost_of(i), t.cost
        if was is not None:
            t.take(i)
        for price, day in t.billigst[i][: 2 * DAGER]:
            if price >= now or self._skritt <= 0:
                break
            for j in self._in_the_way(i, day):
                place = t.take(j)
                start = next(t.free_starts(i, day), None) if t.spaced(i, day) else None
                if start is not None:
                    t.put(i, Plass(day, start))
                    found = t.best(j, before - t.cost + t.tom[j])
                    self._skritt -= 1
                    if found is not None:
                        t.put(j, found[1])
                        return
                    t.take(i)
                t.put(j, place)
        if was is not None:
            t.put(i, was)

    # -- a handful at a time -----------------------------------------------------------------------

    def _clusters(self) -> None:
        t = self.tavle
        if self._small:
            if self._skritt > 0:
                Klynge(t, list(t.frie), min(SMA_SKRITT, self._skritt), small=True).run()
                self._skritt = 0  # it has been all there is to do
            return
        failed: dict[tuple[object, ...], int] = {}
        for i in self._worst_first():
            if self._skritt <= 0:
                return
            out = t.plass[i] is None
            kind = self._kind(i) if out else ()
            if failed.get(kind, 0) >= LIKE:
                continue
            group = self._neighbours(i)
            if len(group) > 1:
                work = Klynge(t, group, min(3 * KLYNGESKRITT if out else KLYNGESKRITT, self._skritt), small=False)
                work.run()
                self._skritt -= work.brukt
            if out and t.plass[i] is None:
                failed[kind] = failed.get(kind, 0) + 1

    def _neighbours(self, i: int) -> list[int]:
        """Return ``i`` and those most in its way on the days it would rather have."""
        t = self.tavle
        now = self._cost_of(i)
        counts: dict[int, int] = {}
        for rank, (price, day) in enumerate(t.billigst[i][:DAGER]):
            if price >= now:
                break
            for j in {b[3] for r in t.res[i] for b in t.bok.get((r, day), ())}:
                counts[j] = counts.get(j, 0) + DAGER - rank
        linked = (*t.serie[i], *(j for j in (t.for_i[i], t.etter_i[i]) if j is not None))
        for other in linked:
            if t.plass[other] is not None:
                counts[other] = counts.get(other, 0) + 1
        near = sorted((j for j in counts if j != i and t.oppg[j].fast is None), key=lambda j: (-counts[j], j))
        return [i, *near[: KLYNGE - 1 if t.plass[i] is not None else KLYNGE + 2]]
