"""The board the heuristic works on: who is where when, what a place would cost, put and take back.

Everything is looked up by small integers; a cost is what the objective (``kostnad.py``) would change by.
``Tavle.cost`` is kept as meetings come and go and equals ``kostnad.cost`` at all times, deliveries aside.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from oppfolgingscli.planlegg.kostnad import evening_hours, too_close, unplaced, weekday
from oppfolgingscli.planlegg.problem import Oppgave, Plass, Problem
from oppfolgingscli.planlegg.timeplan import KVARTER, opp_til_kvarter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ALDRI: Final = 10**9

Booking = tuple[int, int, str | None, int]
"""Start, end, the workplace when the resource travels there, and whose it is."""


def candidate_days(problem: Problem, o: Oppgave) -> dict[int, int]:
    """Return the days a meeting may take, and the price of each, moves from an earlier plan included.

    In the window, from ``per`` on, on a weekday all its people work, and with a start free of their busy times.
    """
    common = frozenset(range(7)).intersection(*(problem.kapasitet[r].dager for r in o.ressurser))
    out = {}
    for day, price in zip(o.tillatt, o.pris, strict=True):
        if o.fra <= day <= o.til and day >= problem.per and weekday(day) in common and starts(problem, o, day):
            kept = o.tidligere is None or o.tidligere.dag == day
            out[day] = price + (0 if kept else problem.vekter.flyttet_dag)
    return out


def starts(problem: Problem, o: Oppgave, day: int) -> list[int]:
    """Return the starts on whole quarters at which nobody in the meeting is busy elsewhere, in order."""
    first, last = opp_til_kvarter(o.tidsrom[0]), o.tidsrom[1] - o.minutter
    found: Sequence[int] = range(first, last + 1, KVARTER)
    for r in o.ressurser:
        for a, b in problem.kapasitet[r].opptatt.get(day, ()):
            found = [s for s in found if s >= b or s + o.minutter <= a]
    return list(found)


class Tavle:
    """A plan in the making. ``oppg`` are the meetings, fixed ones too; ``frie`` the indices of those that may move."""

    def __init__(self, problem: Problem) -> None:
        """Put the fixed meetings up; all others are off the board."""
        self.problem = problem
        self.vekter = problem.vekter
        self.oppg: list[Oppgave] = [o for o in problem.oppgaver if o.minutter]
        index = {o.id: i for i, o in enumerate(self.oppg)}
        self.frie = [i for i, o in enumerate(self.oppg) if o.fast is None]
        names = {r: k for k, r in enumerate(sorted({r for o in self.oppg for r in o.ressurser}))}
        self.res = [tuple(names[r] for r in o.ressurser) for o in self.oppg]
        self._reiser = [frozenset(names[r] for r in o.reisende) for o in self.oppg]
        self._maks = [problem.kapasitet[r].maks_per_dag for r in names]
        self.dager: list[dict[int, int]] = [
            candidate_days(problem, o) if o.fast is None else {} for o in self.oppg
        ]  # by day
        self.billigst = [sorted((price, day) for day, price in days.items()) for days in self.dager]
        self.tom = [0 if o.fast else unplaced(o, self.vekter) for o in self.oppg]
        self.plass: list[Plass | None] = [None] * len(self.oppg)
        self.bok: dict[tuple[int, int], list[Booking]] = {}
        self._turer: dict[tuple[int, int, str], int] = {}
        takter = {t: k for k, t in enumerate(dict.fromkeys(o.takt for o in self.oppg))}
        self._takt = [takter[o.takt] for o in self.oppg]
        self._ukedager = [[0] * 7 for _ in takter]
        self._starter: dict[tuple[int, int], list[int]] = {}
        self._vanlige: dict[tuple[int, int, int], list[int]] = {}
        self._opptatt_dager = {(k, d) for r, k in names.items() for d in problem.kapasitet[r].opptatt}
        self._link(index)
        self.cost = sum(self.tom)
        for i, o in enumerate(self.oppg):
            if o.fast is not None:
                self._book(i, o.fast)

    def _link(self, index: Mapping[str, int]) -> None:
        n = len(self.oppg)
        self.serie: list[tuple[int, ...]] = [()] * n
        self._tidligst: list[Mapping[int, int]] = [{}] * n
        for serie in self.problem.serier:
            members = tuple(index[i] for i in serie.oppgaver if i in index)
            for i in members:
                self.serie[i] = tuple(j for j in members if j != i)
                self._tidligst[i] = serie.tidligst
        self.for_i: list[int | None] = [None] * n
        self.etter_i: list[int | None] = [None] * n
        self._senest: list[Mapping[int, int]] = [{}] * n
        for kjede in self.problem.kjeder:
            chain = [index[i] for i in kjede.oppgaver if i in index]
            for before, after in pairwise(chain):
                self.etter_i[before], self.for_i[after] = after, before
            for i in chain:
                self._senest[i] = kjede.senest
        self._naboer: list[list[tuple[int, int]]] = [[] for _ in range(n)]
        for pair in self.problem.avstander:
            a, b = (index.get(i) for i in pair.oppgaver)
            if a is not None and b is not None and (self.oppg[a].fast is None or self.oppg[b].fast is None):
                self._naboer[a].append((b, pair.dager))
                self._naboer[b].append((a, pair.dager))

    # -- asking ------------------------------------------------------------------------------------

    def spaced(self, i: int, day: int) -> bool:
        """Whether the day keeps its distance within the series, and its place in the chain."""
        plass, earliest = self.plass, self._tidligst[i]
        for j in self.serie[i]:
            other = plass[j]
            if other is not None:
                a, b = (other.dag, day) if other.dag <= day else (day, other.dag)
                if b < earliest.get(a, a + 1):
                    return False
        limits = self._senest[i]
        before = self._at(self.for_i[i])
        if before is not None and not before.dag < day <= limits.get(before.dag, _ALDRI):
            return False
        after = self._at(self.etter_i[i])
        return after is None or day < after.dag <= limits.get(day, _ALDRI)

    def _at(self, i: int | None) -> Plass | None:
        return None if i is None else self.plass[i]

    def too_close(self, i: int, day: int) -> list[int]:
        """Return the meetings that keep ``i`` from the day by distance alone."""
        out = []
        for j in {*self.serie[i], self.for_i[i], self.etter_i[i]}:
            if j is None or (other := self.plass[j]) is None:
                continue
            a, b = (other.dag, day) if other.dag <= day else (day, other.dag)
            close = j in self.serie[i] and b < self._tidligst[i].get(a, a + 1)
            if j == self.for_i[i]:
                close |= not other.dag < day <= self._senest[i].get(other.dag, _ALDRI)
            if j == self.etter_i[i]:
                close |= not day < other.dag <= self._senest[i].get(day, _ALDRI)
            if close:
                out.append(j)
        return sorted(out)

    def on_top(self, i: int, day: int) -> int:
        """Return what the day costs beside its price: a trip not made already, an odd weekday, one of its kind near."""
        counts = self._ukedager[self._takt[i]]
        out = self.vekter.ukedag if counts[(day - 1) % 7] < max(counts) else 0
        for j, enough in self._naboer[i]:
            other = self.plass[j]
            if other is not None and -enough < other.dag - day < enough:
                out += self.vekter.tett * too_close(abs(other.dag - day), enough)
        sted = self.oppg[i].sted.get(day)
        if sted is not None:
            for r in self._reiser[i]:
                if (r, day, sted) not in self._turer:
                    out += self.vekter.tur
        return out

    def start_cost(self, i: int, day: int, start: int) -> int:
        """Return what the start costs: the afternoon, and another time than in the earlier plan."""
        before = self.oppg[i].tidligere
        moved = before is not None and before.dag == day and before.start != start
        return self.vekter.ettermiddag * evening_hours(start) + (self.vekter.flyttet_tid if moved else 0)

    def free_starts(self, i: int, day: int) -> Iterator[int]:
        """Yield the starts at which everyone is free, the cheapest first (the earlier plan's, then by the clock)."""
        choices = self._choices(i, day)
        before = self.oppg[i].tidligere
        if before is not None and before.dag == day and before.start in choices:
            choices = [before.start, *(s for s in choices if s != before.start)]
        taken: list[tuple[int, int]] = []  # starts strictly between the two are no good
        trips: list[list[Booking]] = []
        length = self.oppg[i].minutter
        sted = self.oppg[i].sted.get(day)
        for r in self.res[i]:
            here = self.bok.get((r, day))
            if not here:
                continue
            if len(here) >= self._maks[r]:
                return
            mine = sted if r in self._reiser[i] else None
            for a, b, place, _j in here:
                gap = 0 if place == mine else self.problem.reise * (1 if place is None or mine is None else 2)
                taken.append((a - gap - length, b + gap))
            if len(here) > 1 and (mine is not None or any(b[2] is not None for b in here)):
                trips.append([*here, (0, 0, mine, i)])
        if not taken:
            yield from choices
            return
        for start in choices:
            if all(start <= a or start >= b for a, b in taken) and all(_whole(t, start) for t in trips):
                yield start

    def _choices(self, i: int, day: int) -> list[int]:
        """Return ``starts``; the same list for all that are alike."""
        if any((r, day) in self._opptatt_dager for r in self.res[i]):
            if (i, day) not in self._starter:
                self._starter[i, day] = starts(self.problem, self.oppg[i], day)
            return self._starter[i, day]
        o = self.oppg[i]
        key = (*o.tidsrom, o.minutter)
        if key not in self._vanlige:
            first, last = opp_til_kvarter(o.tidsrom[0]), o.tidsrom[1] - o.minutter
            self._vanlige[key] = list(range(first, last + 1, KVARTER))
        return self._vanlige[key]

    def best(self, i: int, under: int | None = None) -> tuple[int, Plass] | None:
        """Return the cheapest free place and its cost; None when there is none (cheaper than ``under``)."""
        found: tuple[int, Plass] | None = None
        limit = self.tom[i] if under is None else min(under, self.tom[i])
        for price, day in self.billigst[i]:
            if price >= limit:
                break
            cost = price + self.on_top(i, day)
            if cost >= limit or not self.spaced(i, day):
                continue
            start = next(self.free_starts(i, day), None)
            if start is None:
                continue
            cost += self.start_cost(i, day, start)
            if cost < limit:
                limit, found = cost, (cost, Plass(day, start))
        return found

    # -- doing -------------------------------------------------------------------------------------

    def put(self, i: int, plass: Plass) -> None:
        """Put a free meeting up, at a place that has been asked for."""
        if plass.start is not None:
            self.cost += self.dager[i][plass.dag] + self.start_cost(i, plass.dag, plass.start) - self.tom[i]
            self._book(i, plass)

    def _book(self, i: int, plass: Plass) -> None:
        day, start = plass
        if start is None:
            return
        self.cost += self.on_top(i, day)
        o = self.oppg[i]
        sted = o.sted.get(day)
        for r in self.res[i]:
            travels = sted is not None and r in self._reiser[i]
            self.bok.setdefault((r, day), []).append((start, start + o.minutter, sted if travels else None, i))
            if travels and sted is not None:
                self._turer[r, day, sted] = self._turer.get((r, day, sted), 0) + 1
        self._ukedager[self._takt[i]][(day - 1) % 7] += 1
        self.plass[i] = plass

    def take(self, i: int) -> Plass:
        """Take a free meeting off the board, and return where it was."""
        plass = self.plass[i]
        if plass is None or plass.start is None:
            raise KeyError(i)
        day, o = plass.dag, self.oppg[i]
        sted = o.sted.get(day)
        for r in self.res[i]:
            here = self.bok[r, day]
            here.remove(next(b for b in here if b[3] == i))
            if sted is not None and r in self._reiser[i]:
                self._turer[r, day, sted] -= 1
                if not self._turer[r, day, sted]:
                    del self._turer[r, day, sted]
        self._ukedager[self._takt[i]][(day - 1) % 7] -= 1
        self.plass[i] = None
        self.cost += self.tom[i] - self.dager[i][day] - self.start_cost(i, day, plass.start) - self.on_top(i, day)
        return plass


def _whole(day: Sequence[Booking], start: int) -> bool:
    """Whether no trip is cut in two when the last of ``day`` begins at ``start``."""
    order = sorted((*day[:-1], (start, start, day[-1][2], day[-1][3])), key=lambda b: (b[0], b[3]))
    visited: set[str] = set()
    now: str | None = None
    for _a, _b, place, _i in order:
        if place is not None and place != now:
            if place in visited:
                return False
            visited.add(place)
        now = place
    return True
