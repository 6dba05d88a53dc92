"""A handful of meetings taken off the board and put back in the best way there is: branch and bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppfolgingscli.planlegg.problem import Plass

if TYPE_CHECKING:
    from oppfolgingscli.planlegg.tavle import Tavle

DAGER: Final = 12
"""Days tried in a step, unless the problem is small."""


class Klynge:
    """Takes a few meetings off the board and puts them back in the best way found within its steps."""

    def __init__(self, tavle: Tavle, group: list[int], skritt: int, *, small: bool) -> None:
        self._t = tavle
        self._group = sorted(group, key=lambda i: (len(tavle.dager[i]), i))
        self._left = skritt
        self._small = small
        self.brukt = 0
        self._best_cost = tavle.cost
        self._best = {i: tavle.plass[i] for i in group}
        least = [min(tavle.billigst[i][0][0] if tavle.billigst[i] else tavle.tom[i], tavle.tom[i]) for i in self._group]
        # What those still off the board may give back at most, from each position on.
        self._gain = [0] * (len(group) + 1)
        for k in range(len(group) - 1, -1, -1):
            self._gain[k] = self._gain[k + 1] + tavle.tom[self._group[k]] - least[k]

    def run(self) -> None:
        """Leave the board no dearer than it was."""
        t, total = self._t, self._left
        for i in self._group:
            if t.plass[i] is not None:
                t.take(i)
        self._search(0)
        for i in self._group:
            plass = self._best[i]
            if plass is not None:
                t.put(i, plass)
        self.brukt = total - self._left

    def _search(self, k: int) -> None:
        t = self._t
        if t.cost - self._gain[k] >= self._best_cost:
            return
        if k == len(self._group):
            self._best_cost = t.cost
            self._best = {i: t.plass[i] for i in self._group}
            return
        if self._left <= 0:
            return
        self._left -= 1
        i = self._group[k]
        room = self._best_cost - t.cost + self._gain[k] + t.tom[i]
        room -= t.tom[i] - (t.billigst[i][0][0] if t.billigst[i] else t.tom[i])
        for _cost, plass in self._options(i, room):
            t.put(i, plass)
            self._search(k + 1)
            t.take(i)
        self._search(k + 1)

    def _options(self, i: int, under: int) -> list[tuple[int, Plass]]:
        """Return places for ``i`` that cost less than ``under``, the cheapest first."""
        t = self._t
        out: list[tuple[int, Plass]] = []
        for price, day in t.billigst[i]:
            if price >= under or (not self._small and len(out) >= DAGER):
                break
            if not t.spaced(i, day):
                continue
            on_top = t.on_top(i, day)
            for start in t.free_starts(i, day):
                cost = price + on_top + t.start_cost(i, day, start)
                if cost < under:
                    out.append((cost, Plass(day, start)))
                if not self._small:
                    break
        return sorted(out)
