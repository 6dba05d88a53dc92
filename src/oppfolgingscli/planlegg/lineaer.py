"""The planning problem without clock times, as linear rows: what every plan costs at least, and what cannot be best.

A day is a 0/1 variable for each meeting; capacity counts meetings and minutes, travel included; distances are
cliques. The rows hold for every plan, so the relaxation bounds all of them, and a choice whose reduced cost lifts
that bound over a plan already known is in no better one (reduced-cost fixing; Wolsey, Integer Programming,
2nd ed., 7.7). ``eksakt.py`` adds the clock to what is left.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from oppfolgingscli.planlegg.avstandsrader import Par, add_distances
from oppfolgingscli.planlegg.dagsmonstre import add_patterns
from oppfolgingscli.planlegg.kostnad import trips, unplaced, weekday
from oppfolgingscli.planlegg.rad import Ledd, Rad
from oppfolgingscli.planlegg.tavle import Tavle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppfolgingscli.planlegg.folk import Ressurs
    from oppfolgingscli.planlegg.problem import Kjede, Oppgave, Problem, Serie

_ALDRI: Final = 10**9


@dataclass
class Lineaer:
    """The variables, their prices and lower bounds, and the rows.

    All variables are whole and lie in [``minst``, 1], but those in ``timer``: afternoon hours, 0 or more.
    """

    pris: list[int] = field(default_factory=list)
    minst: list[int] = field(default_factory=list)
    rader: list[Rad] = field(default_factory=list)
    dag: dict[str, dict[int, int]] = field(default_factory=dict)
    """Point id -> day -> variable."""
    starter: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    """(point id, day) -> starts that what stands fast, and busy times, leave open."""
    tom: dict[str, int] = field(default_factory=dict)
    tur: dict[tuple[Ressurs, int, str], int] = field(default_factory=dict)
    timer: set[int] = field(default_factory=set)
    """Lower bounds on what the clock costs; a model that has the clock leaves them out."""
    par: list[Par] = field(default_factory=list)
    """Pairs that should not come close; what they cost is in rows made when they are needed."""
    konstant: int = 0

    def var(self, price: int, least: int = 0) -> int:
        """Make a variable."""
        self.pris.append(price)
        self.minst.append(least)
        return len(self.pris) - 1

    def free(self, price: int) -> int:
        """Make a variable for afternoon hours."""
        x = self.var(price)
        self.timer.add(x)
        return x

    def at_most(self, ledd: Ledd, limit: int) -> None:
        """Add a row, unless it always holds."""
        if sum(c for c in ledd.values() if c > 0) > limit:
            self.rader.append(Rad(ledd, limit))


def relax(problem: Problem) -> Lineaer:
    """Return the rows every plan obeys. What stands fast takes its room, and is no variable."""
    made = Lineaer()
    board = Tavle(problem)
    for i in board.frie:
        o = board.oppg[i]
        days = {}
        for d, price in board.dager[i].items():
            if board.spaced(i, d) and (found := list(board.free_starts(i, d))):
                days[d] = made.var(price)
                made.starter[o.id, d] = sorted(found)
        made.dag[o.id] = days
        made.tom[o.id] = made.var(unplaced(o, problem.vekter))
        made.rader.append(Rad(dict.fromkeys((*days.values(), made.tom[o.id]), 1), 1, lik=True))
    meetings = {o.id: o for o in board.oppg}
    _trips(problem, made, meetings)
    _capacity(problem, made, meetings)
    add_patterns(problem, made, meetings)
    _weekdays(problem, made, meetings)
    for serie in problem.serier:
        _series(made, serie)
    for kjede in problem.kjeder:
        _chain(made, kjede)
    made.par = add_distances(problem, made, meetings)
    return made


def _on_day(made: Lineaer, o: Oppgave) -> Mapping[int, int | None]:
    """Return the days a meeting may be on and their variables; None for where it stands fast."""
    return {o.fast.dag: None} if o.fast is not None else made.dag[o.id]


def _trips(problem: Problem, made: Lineaer, meetings: Mapping[str, Oppgave]) -> None:
    visits: defaultdict[tuple[Ressurs, int, str], list[int | None]] = defaultdict(list)
    for o in meetings.values():
        for d, x in _on_day(made, o).items():
            for trip in trips(o, d):
                visits[trip].append(x)
    for trip, xs in visits.items():
        t = made.tur[trip] = made.var(problem.vekter.tur, 1 if None in xs else 0)
        for x in xs:
            if x is not None:
                made.at_most({x: 1, t: -1}, 0)


def _capacity(problem: Problem, made: Lineaer, meetings: Mapping[str, Oppgave]) -> None:
    here: defaultdict[tuple[Ressurs, int], list[Oppgave]] = defaultdict(list)
    for o in meetings.values():
        for d in _on_day(made, o):
            for r in o.ressurser:
                here[r, d].append(o)
    travels: defaultdict[tuple[Ressurs, int], list[int]] = defaultdict(list)
    for (r, d, _sted), t in made.tur.items():
        travels[r, d].append(t)
    for (r, d), group in here.items():
        free = [o for o in group if o.fast is None]
        if not free:
            continue
        limit = problem.kapasitet[r].maks_per_dag - (len(group) - len(free))
        made.at_most({made.dag[o.id][d]: 1 for o in free}, max(0, limit))
        # A fixed meeting may stand outside everyone's hours, so it is left out here.
        hours = max(o.tidsrom[1] for o in free) - min(o.tidsrom[0] for o in free)
        back = travels.get((r, d), [])
        ledd = {made.dag[o.id][d]: o.minutter for o in free}
        if len(free) == len(group) and back:
            # The way to the first and from the last may lie outside the hours.
            made.at_most(ledd | dict.fromkeys(back, 2 * problem.reise), hours + 2 * problem.reise)
        else:
            made.at_most(ledd, hours)
        busy = _busy(problem, r, d, free)
        if busy:
            made.at_most({made.dag[o.id][d]: o.minutter for o in free}, hours - busy)


def _busy(problem: Problem, r: Ressurs, day: int, free: Sequence[Oppgave]) -> int:
    """Return the minutes of the points' hours in which the resource is busy elsewhere."""
    first, last = min(o.tidsrom[0] for o in free), max(o.tidsrom[1] for o in free)
    total, reached = 0, first
    for a, b in sorted(problem.kapasitet[r].opptatt.get(day, ())):
        total += max(0, min(b, last) - max(a, reached))
        reached = max(reached, min(b, last))
    return total


def _weekdays(problem: Problem, made: Lineaer, meetings: Mapping[str, Oppgave]) -> None:
    groups: defaultdict[str, list[Oppgave]] = defaultdict(list)
    for o in meetings.values():
        groups[o.takt].append(o)
    for group in groups.values():
        days = sorted({weekday(d) for o in group for d in _on_day(made, o)})
        if len(group) < 2 or len(days) < 2:
            continue
        chosen = {w: made.var(0) for w in days}
        made.rader.append(Rad(dict.fromkeys(chosen.values(), 1), 1, lik=True))
        for o in group:
            off = made.var(problem.vekter.ukedag)
            for w in days:
                on = {x: 1 for d, x in _on_day(made, o).items() if weekday(d) == w and x is not None}
                if o.fast is not None and weekday(o.fast.dag) == w:
                    made.rader.append(Rad({chosen[w]: -1, off: -1}, -1))
                elif on:
                    made.at_most(on | {chosen[w]: -1, off: -1}, 0)


def _series(made: Lineaer, serie: Serie) -> None:
    """Let at most one meeting of the series lie in each stretch in which any two would be too close."""
    by_day: defaultdict[int, list[int]] = defaultdict(list)
    for i in serie.oppgaver:
        for d, x in made.dag.get(i, {}).items():
            by_day[d].append(x)
    days = sorted(by_day)
    for k, d in enumerate(days):
        ledd = dict.fromkeys(by_day[d], 1)
        first_free = end = serie.tidligst.get(d, d + 1)
        for e in days[k + 1 :]:
            if e >= first_free:
                break
            if e >= end:  # another version's shorter distance came in between
                made.at_most(dict.fromkeys((*by_day[d], *by_day[e]), 1), 1)
                continue
            ledd |= dict.fromkeys(by_day[e], 1)
            end = min(end, serie.tidligst.get(e, e + 1))
        made.at_most(ledd, 1)


def _chain(made: Lineaer, kjede: Kjede) -> None:
    """Put consecutive points in order, each within ``senest`` of the one before, when both have a place."""
    for first, second in pairwise(kjede.oppgaver):
        a, b = made.dag.get(first), made.dag.get(second)
        if not a or not b:
            continue  # one stands fast, or has no days: ``relax`` has kept the other's days right
        for d in b:
            made.at_most({x: 1 for e, x in a.items() if e >= d} | {y: 1 for e, y in b.items() if e <= d}, 1)
        rows: dict[tuple[int, ...], Ledd] = {}
        for d in a:
            limit = kjede.senest.get(d, _ALDRI)
            # A later meeting lets the next one be later, so those before d rule out no less.
            before = {x: 1 for e, x in a.items() if e <= d and kjede.senest.get(e, _ALDRI) <= limit}
            if late := tuple(y for e, y in b.items() if e > limit):
                # Of rows that rule out the same days the last has the others in it.
                rows[late] = rows.get(late, {}) | before
        for late, before in rows.items():
            made.at_most(before | dict.fromkeys(late, 1), 1)
