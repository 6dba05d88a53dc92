"""Sets of days as sorted, disjoint, closed intervals of ordinals: cheap to cut, count and index.

Eligible days are unions of a few dozen intervals over years; all questions asked of them (how many up
to here, which is the n-th, first and last) are answered by bisection. ``Teller`` does the same for days
of a kind (school days, working days) inside such a set, with one running count per calendar.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

Spenn = tuple[int, int]


class Dagmengde:
    """An immutable set of days. ``spenn`` are closed (first, last) ordinals, sorted, neither touching nor overlapping."""

    __slots__ = ("_before", "_starts", "spenn")

    def __init__(self, spenn: Iterable[Spenn] = ()) -> None:
        """Normalise any intervals; an interval that ends before it starts is empty."""
        merged: list[Spenn] = []
        for first, last in sorted(spenn):
            if last < first:
                continue
            if merged and first <= merged[-1][1] + 1:
                if last > merged[-1][1]:
                    merged[-1] = (merged[-1][0], last)
            else:
                merged.append((first, last))
        self.spenn: tuple[Spenn, ...] = tuple(merged)
        self._starts: list[int] | None = None
        self._before: list[int] = []

    @classmethod
    def _of(cls, spenn: list[Spenn]) -> Dagmengde:
        """Make a set of intervals that are in order already."""
        made = cls()
        made.spenn = tuple(spenn)
        return made

    def _index(self) -> list[int]:
        """Return interval starts, building the running counts on first use."""
        if self._starts is None:
            total = 0
            for first, last in self.spenn:
                self._before.append(total)
                total += last - first + 1
            self._starts = [first for first, _last in self.spenn]
        return self._starts

    def __bool__(self) -> bool:
        """Whether there is any day at all."""
        return bool(self.spenn)

    def __len__(self) -> int:
        """Return the number of days."""
        return sum(last - first + 1 for first, last in self.spenn)

    def __contains__(self, day: object) -> bool:
        """Whether the ordinal ``day`` is in the set."""
        if not isinstance(day, int):
            return False
        i = bisect_right(self._index(), day) - 1
        return i >= 0 and day <= self.spenn[i][1]

    def __iter__(self) -> Iterator[int]:
        """Yield the days in order."""
        for first, last in self.spenn:
            yield from range(first, last + 1)

    def __eq__(self, other: object) -> bool:
        """Two sets are equal when they hold the same days."""
        return isinstance(other, Dagmengde) and self.spenn == other.spenn

    def __hash__(self) -> int:
        """Hash by the days."""
        return hash(self.spenn)

    def __repr__(self) -> str:
        """Show the intervals."""
        return f"Dagmengde({list(self.spenn)})"

    @property
    def forste(self) -> int:
        """The first day. Raises IndexError when empty."""
        return self.spenn[0][0]

    @property
    def siste(self) -> int:
        """The last day. Raises IndexError when empty."""
        return self.spenn[-1][1]

    def snitt(self, other: Dagmengde) -> Dagmengde:
        """Days in both."""
        out: list[Spenn] = []
        a, b = self.spenn, other.spenn
        i = j = 0
        while i < len(a) and j < len(b):
            first = max(a[i][0], b[j][0])
            last = min(a[i][1], b[j][1])
            if first <= last:
                out.append((first, last))
            if a[i][1] < b[j][1]:
                i += 1
            else:
                j += 1
        return Dagmengde._of(out)

    def minus(self, other: Dagmengde) -> Dagmengde:
        """Days in this set and not in the other."""
        out: list[Spenn] = []
        b = other.spenn
        j = 0
        for first, last in self.spenn:
            start = first
            while j < len(b) and b[j][1] < start:
                j += 1
            k = j
            while k < len(b) and b[k][0] <= last:
                if b[k][0] > start:
                    out.append((start, b[k][0] - 1))
                start = max(start, b[k][1] + 1)
                k += 1
            if start <= last:
                out.append((start, last))
        return Dagmengde._of(out)

    def union(self, other: Dagmengde) -> Dagmengde:
        """Days in either."""
        return Dagmengde(self.spenn + other.spenn)

    def klipp(self, fra: int, til: int) -> Dagmengde:
        """Days in ``[fra, til]``."""
        spenn = self.spenn
        starts = self._index()
        i = max(bisect_right(starts, fra) - 1, 0)
        out: list[Spenn] = []
        while i < len(spenn) and spenn[i][0] <= til:
            first, last = max(spenn[i][0], fra), min(spenn[i][1], til)
            if first <= last:
                out.append((first, last))
            i += 1
        return Dagmengde._of(out)

    def plass(self, day: int) -> int:
        """Clock position c(day): the number of days of the set up to and including ``day``."""
        i = bisect_right(self._index(), day) - 1
        if i < 0:
            return 0
        first, last = self.spenn[i]
        return self._before[i] + min(day, last) - first + 1

    def nte(self, n: int) -> int | None:
        """Clock day n: the n-th day of the set, counted from 1. None when there is no such day."""
        starts = self._index()
        if n < 1 or not starts:
            return None
        i = bisect_left(self._before, n) - 1
        day = starts[i] + n - self._before[i] - 1
        return day if day <= self.spenn[i][1] else None


class Teller:
    """Counts days of one kind inside day sets. ``flags[i]`` says whether day ``base + i`` is of that kind.

    Days outside the covered span count as not of that kind.
    """

    __slots__ = ("_base", "_days", "_upto")

    def __init__(self, base: int, flags: Iterable[int]) -> None:
        """Build the running count; flags are truthy for days that count."""
        self._base = base
        self._days: list[int] = []
        self._upto: list[int] = [0]
        for offset, flag in enumerate(flags):
            if flag:
                self._days.append(base + offset)
            self._upto.append(len(self._days))

    def _count_to(self, day: int) -> int:
        """Return how many counting days lie on or before ``day``."""
        return self._upto[min(max(day - self._base + 1, 0), len(self._upto) - 1)]

    def __contains__(self, day: object) -> bool:
        """Whether the ordinal ``day`` counts."""
        return isinstance(day, int) and self._count_to(day) > self._count_to(day - 1)

    def antall(self, mengde: Dagmengde) -> int:
        """Return how many days of ``mengde`` count."""
        return sum(self._count_to(last) - self._count_to(first - 1) for first, last in mengde.spenn)

    def antall_i(self, fra: int, til: int) -> int:
        """Return how many days in ``[fra, til]`` count."""
        return self._count_to(til) - self._count_to(fra - 1) if fra <= til else 0

    def velg(self, mengde: Dagmengde) -> list[int]:
        """Return the counting days of ``mengde`` in order: x₁ … x_m."""
        out: list[int] = []
        for first, last in mengde.spenn:
            out += self._days[self._count_to(first - 1) : self._count_to(last)]
        return out

    def after(self, day: int, n: int) -> int | None:
        """Return the n-th counting day after ``day`` (before it when n < 0; ``day`` itself when 0).

        None when it lies outside the covered span.
        """
        if n == 0:
            return day
        index = self._count_to(day) + n - 1 if n > 0 else self._count_to(day - 1) + n
        return self._days[index] if 0 <= index < len(self._days) else None
