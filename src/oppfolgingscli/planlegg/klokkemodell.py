"""The whole problem with the clock in one model for CP-SAT, over the days that are still open.

Each meeting has one start in minutes, each resource and day no overlap, and each trip is a block around the visits
to one place, with the way there and back, that nothing else of the traveller's comes into. The objective is
``kostnad.cost``, term by term.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.planlegg.problem import MIDDAG, Oppgave, Plass, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from oppfolgingscli.planlegg.folk import Ressurs
    from oppfolgingscli.planlegg.lineaer import Lineaer
    from oppfolgingscli.planlegg.rad import Rad

DETERMINISTISK: Final = 0.25
"""Units of CP-SAT's deterministic time for a second of work (measured: 3-5 seconds a unit)."""
TALMODIG: Final = 2
"""Wall clock seconds allowed for each second of work, on a machine that does other things too."""
_MANGE: Final = 500_000
"""With more terms in the rows of the distances than this, the model would be slow to build."""
_FRO: Final = 20231121


@dataclass(frozen=True, slots=True)
class Svar:
    """What CP-SAT said. ``bound``: what every plan of the model costs at least; ``seconds``: the work it took."""

    plasser: dict[str, Plass] | None
    bound: float
    seconds: float


class Klokkemodell:
    """The model of the days that are not ``closed`` (variables of ``rows`` that are 0)."""

    def __init__(self, problem: Problem, rows: Lineaer, closed: set[int]) -> None:
        from ortools.sat.python import cp_model

        self._cp: Any = cp_model
        self._m: Any = cp_model.CpModel()
        self._p = problem
        self._rows = rows
        self._closed = closed
        self._moter = [o for o in problem.oppgaver if o.minutter]
        self._x: list[Any] = [
            0 if x in closed or x in rows.timer else (1 if least else self._m.new_bool_var(""))
            for x, least in enumerate(rows.minst)
        ]
        self._terms: list[Any] = [
            price * self._x[x] for x, price in enumerate(rows.pris) if price and x not in rows.timer
        ]
        self._dag = {i: {d: self._x[x] for d, x in days.items() if x not in closed} for i, days in rows.dag.items()}
        self._start: dict[str, Any] = {}
        for row in (*rows.rader, *self._distances()):
            if not rows.timer.isdisjoint(row.ledd):
                continue
            total = sum(c * self._x[x] for x, c in row.ledd.items() if x not in closed)
            self._m.add(total == row.hoyst) if row.lik else self._m.add(total <= row.hoyst)
        for o in self._moter:
            if o.fast is None:
                self._clock(o)
        self._nobody_twice(self._trips())
        self._m.minimize(sum(self._terms) + rows.konstant)

    def _distances(self) -> Iterator[Rad]:
        """Yield the rows of the pairs, unless they are so many that only those once broken can be used."""
        open_days = sum(len({*p.en.values(), *p.to.values()} - self._closed) ** 2 for p in self._rows.par)
        if open_days <= _MANGE:
            for pair in self._rows.par:
                yield from pair.rows(self._closed)

    def _clock(self, o: Oppgave) -> None:
        """Give a meeting its start, and what the start costs."""
        m, v, days = self._m, self._p.vekter, self._dag[o.id]
        allowed = {d: self._rows.starter[o.id, d] for d in days}
        every = sorted({s for found in allowed.values() for s in found})
        if not every:
            return
        start = self._start[o.id] = m.new_int_var_from_domain(self._cp.Domain.from_values(every), "")
        for d, found in allowed.items():
            if len(found) < len(every):
                domain = self._cp.Domain.from_values(found)
                m.add_linear_expression_in_domain(start, domain).only_enforce_if(days[d])
        if v.ettermiddag and every[-1] > MIDDAG:
            hours = m.new_int_var(0, -(-(every[-1] - MIDDAG) // 60), "")
            late = m.add(60 * hours >= start - MIDDAG)
            if self._rows.tom[o.id] not in self._closed:  # whoever has no place has no afternoon either
                late.only_enforce_if(self._x[self._rows.tom[o.id]].negated())
            self._terms.append(v.ettermiddag * hours)
        before = o.tidligere
        if before is not None and before.dag in days:
            same = m.new_bool_var("")
            m.add_implication(same, days[before.dag])
            if before.start in allowed[before.dag]:
                m.add(start == before.start).only_enforce_if(same)
            else:
                m.add(same == 0)
            self._terms.append(v.flyttet_tid * (days[before.dag] - same))

    def _days_of(self, o: Oppgave) -> Mapping[int, Any]:
        return {o.fast.dag: 1} if o.fast is not None else self._dag[o.id]

    def _trips(self) -> dict[tuple[Ressurs, int], list[Any]]:
        """Make a block for each trip, with the way there and back; return them by traveller and day."""
        m, reise = self._m, self._p.reise
        visits: defaultdict[tuple[Ressurs, int, str], list[Oppgave]] = defaultdict(list)
        for o in self._moter:
            for d in self._days_of(o):
                if (sted := o.sted.get(d)) is not None:
                    for r in o.reisende:
                        visits[r, d, sted].append(o)
        blocks: defaultdict[tuple[Ressurs, int], list[Any]] = defaultdict(list)
        for trip, group in visits.items():
            if self._rows.tur[trip] in self._closed:
                continue
            r, d, _sted = trip
            made = self._x[self._rows.tur[trip]]
            first = min(_first(o) for o in group)
            last = max(_last(o) for o in group)
            begin, end = m.new_int_var(first, last, ""), m.new_int_var(first, last, "")
            for o in group:
                if o.fast is not None:
                    m.add(begin <= _first(o))
                    m.add(end >= _last(o))
                else:
                    m.add(begin <= self._start[o.id]).only_enforce_if(self._dag[o.id][d])
                    m.add(end >= self._start[o.id] + o.minutter).only_enforce_if(self._dag[o.id][d])
            size = m.new_int_var(2 * reise, last - first + 2 * reise, "")
            blocks[r, d].append(m.new_optional_interval_var(begin - reise, size, end + reise, made, ""))
        return blocks

    def _nobody_twice(self, blocks: Mapping[tuple[Ressurs, int], list[Any]]) -> None:
        here: defaultdict[tuple[Ressurs, int], list[Oppgave]] = defaultdict(list)
        for o in self._moter:
            for d in self._days_of(o):
                for r in o.ressurser:
                    here[r, d].append(o)
        intervals: dict[tuple[str, int], Any] = {}
        for (r, d), group in here.items():
            if len(group) < 2 or all(o.fast is not None for o in group):
                continue
            visits: list[tuple[Oppgave, Any]] = []
            others: list[tuple[Oppgave, Any]] = []
            for o in group:
                if (o.id, d) not in intervals:
                    intervals[o.id, d] = self._interval(o, d)
                travels = o.sted.get(d) is not None and r in o.reisende
                (visits if travels else others).append((o, intervals[o.id, d]))
            self._no_overlap([i for _o, i in visits])
            # What stands fast may be in its own way; the free ones keep clear of it by ``Lineaer.starter``.
            free = [i for o, i in others if o.fast is None]
            self._no_overlap([*free, *blocks.get((r, d), [])])

    def _no_overlap(self, intervals: list[Any]) -> None:
        if len(intervals) > 1:
            self._m.add_no_overlap(intervals)

    def _interval(self, o: Oppgave, d: int) -> Any:  # noqa: ANN401 - ortools ships no usable types
        if o.fast is not None:
            return self._m.new_fixed_size_interval_var(_first(o), o.minutter, "")
        return self._m.new_optional_fixed_size_interval_var(self._start[o.id], o.minutter, self._dag[o.id][d], "")

    def solve(self, seconds: float, given: int, start: Mapping[str, Plass]) -> Svar:
        """Return the best there is, at no more than ``given``; ``start`` is a plan to begin with."""
        self._m.add(sum(self._terms) + self._rows.konstant <= given)
        for i, days in self._dag.items():
            plass = start.get(i)
            for d, x in days.items():
                self._m.add_hint(x, plass is not None and plass.dag == d)
            if i in self._start and plass is not None and plass.start is not None:
                self._m.add_hint(self._start[i], plass.start)
        solver = self._cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = _FRO
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = DETERMINISTISK * seconds
        solver.parameters.max_time_in_seconds = TALMODIG * seconds
        status = solver.solve(self._m)
        used = solver.response_proto.deterministic_time / DETERMINISTISK
        if status == self._cp.INFEASIBLE:
            return Svar(None, given, used)
        bound = solver.best_objective_bound
        if status not in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            return Svar(None, bound, used)
        found = {
            i: Plass(d, solver.value(self._start[i]))
            for i, days in self._dag.items()
            for d, x in days.items()
            if solver.boolean_value(x)
        }
        return Svar(found, bound, used)


def _first(o: Oppgave) -> int:
    return (o.fast.start or 0) if o.fast is not None else o.tidsrom[0]


def _last(o: Oppgave) -> int:
    return (o.fast.start or 0) + o.minutter if o.fast is not None else o.tidsrom[1]
