"""Every plan there is, one by one: what the solvers are held against. Shares nothing with them but the data types."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from oppfolgingscli.planlegg.kostnad import cost
from oppfolgingscli.planlegg.problem import Oppgave, Plass, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


def search(problem: Problem) -> int:
    """Return the least cost of all plans that break no rule; points may be left without a place."""
    best = [10**12]
    free = [o for o in problem.oppgaver if o.fast is None]
    placed = {o.id: o.fast for o in problem.oppgaver if o.fast is not None}
    known = {o.id: o for o in problem.oppgaver}

    least = [min([_empty(problem, o), *(p for d, p in zip(o.tillatt, o.pris, strict=True))]) for o in free]
    rest = [sum(least[k:]) for k in range(len(free) + 1)]

    def lay(k: int) -> None:
        if k == len(free):
            best[0] = min(best[0], cost(problem, placed))
            return
        # What comes on top of the days' own prices costs nothing less than nothing.
        if _sure(problem, free[:k], placed) + rest[k] >= best[0]:
            return
        o = free[k]
        for plass in _every_place(problem, o):
            if _may(problem, known, placed, o, plass):
                placed[o.id] = plass
                if _whole_trips(problem, known, placed, o, plass):
                    lay(k + 1)
                del placed[o.id]
        lay(k + 1)

    lay(0)
    return best[0]


def _sure(problem: Problem, done: list[Oppgave], placed: dict[str, Plass]) -> int:
    total = 0
    for o in done:
        plass = placed.get(o.id)
        if plass is None:
            total += _empty(problem, o)
        else:
            total += dict(zip(o.tillatt, o.pris, strict=True))[plass.dag]
    return total


def _empty(problem: Problem, o: Oppgave) -> int:
    return problem.vekter.uplassert if o.krav else problem.vekter.uplassert_onske


def _every_place(problem: Problem, o: Oppgave) -> Iterator[Plass]:
    for d in o.tillatt:
        if not (o.fra <= d <= o.til and d >= problem.per):
            continue
        if o.minutter == 0:
            yield Plass(d, None)
            continue
        if any((d - 1) % 7 not in problem.kapasitet[r].dager for r in o.ressurser):
            continue
        for s in range(0, 24 * 60, 15):
            if o.tidsrom[0] <= s and s + o.minutter <= o.tidsrom[1]:
                yield Plass(d, s)


def _may(problem: Problem, known: dict[str, Oppgave], placed: dict[str, Plass], o: Oppgave, plass: Plass) -> bool:
    if o.minutter == 0:
        return True
    return _room(problem, known, placed, o, plass) and _distance(problem, placed, o, plass)


def _room(problem: Problem, known: dict[str, Oppgave], placed: dict[str, Plass], o: Oppgave, plass: Plass) -> bool:
    a = plass.start or 0
    b = a + o.minutter
    for r in o.ressurser:
        who = problem.kapasitet[r]
        here = [known[i] for i, p in placed.items() if p.dag == plass.dag and r in known[i].ressurser]
        if len(here) >= who.maks_per_dag or any(a < y and x < b for x, y in who.opptatt.get(plass.dag, ())):
            return False
        for other in here:
            start = placed[other.id].start or 0
            mine = o.sted.get(plass.dag) if r in o.reisende else None
            theirs = other.sted.get(plass.dag) if r in other.reisende else None
            gap = 0
            if mine != theirs:
                gap = problem.reise if mine is None or theirs is None else 2 * problem.reise
            if a < start + other.minutter + gap and start < b + gap:
                return False
    return True


def _distance(problem: Problem, placed: dict[str, Plass], o: Oppgave, plass: Plass) -> bool:
    for serie in problem.serier:
        if o.id in serie.oppgaver:
            for i in serie.oppgaver:
                if i != o.id and i in placed:
                    first, second = sorted((placed[i].dag, plass.dag))
                    if second < serie.tidligst.get(first, first + 1):
                        return False
    now = {**placed, o.id: plass}
    for kjede in problem.kjeder:
        for before, after in pairwise(kjede.oppgaver):
            if o.id in {before, after} and before in now and after in now:
                d, e = now[before].dag, now[after].dag
                if not d < e <= kjede.senest.get(d, 10**9):
                    return False
    return True


def _whole_trips(
    problem: Problem, known: dict[str, Oppgave], placed: dict[str, Plass], o: Oppgave, plass: Plass
) -> bool:
    for r in o.ressurser:
        day = sorted(
            (p.start or 0, i, known[i].sted.get(p.dag) if r in known[i].reisende else None)
            for i, p in placed.items()
            if p.dag == plass.dag and r in known[i].ressurser and known[i].minutter
        )
        places = [place for _start, _id, place in day]
        runs = [place for k, place in enumerate(places) if k == 0 or places[k - 1] != place]
        away = [place for place in runs if place is not None]
        if len(away) != len(set(away)):
            return False
    return True
