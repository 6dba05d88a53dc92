"""The exact solver, by OR-Tools (optional extra ``oppfolgingscli[plan]``): bounds first, then everything at once.

1. The heuristic's plan is the one to beat. 2. ``lineaer.py`` gives rows that every plan obeys; GLOP's relaxation bounds
them all from below, and rules out the days no better plan can use. 3. SCIP finds the best days by those rows: every
plan costs at least that. 4. The heuristic finds starts on those days, and places what the clock had no room
for. Costs that no more than 3 says, it is proven best. 5. Otherwise what is left goes into one model with
days and starts (``klokkemodell.py``). Nothing is decided in stages: ``optimal`` means least of all plans.

One worker, fixed seeds, and limits counted in the solvers' own steps: the same problem gives the same plan, unless
a machine is so slow that the wall clock has to stop it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.planlegg.avstandsrader import broken_rows
from oppfolgingscli.planlegg.grisk import deliveries, solve_greedy
from oppfolgingscli.planlegg.klokkemodell import TALMODIG, Klokkemodell
from oppfolgingscli.planlegg.kostnad import cost, off_weekday, weekday
from oppfolgingscli.planlegg.lineaer import relax
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oppfolgingscli.planlegg.lineaer import Lineaer
    from oppfolgingscli.planlegg.problem import Plass, Problem
    from oppfolgingscli.planlegg.rad import Rad

SMATT: Final = 400
"""With fewer days to choose among, all in all, everything goes into one model at once."""
_SLINGRING: Final = 1e-4
"""What the numbers of GLOP and SCIP may be off by, with room to spare (their own tolerance is 1e-6 relative)."""
_LP_SEKUND: Final = 6e-6
"""Seconds of work GLOP takes for each coefficient (measured)."""
_SCIP_SEKUND: Final = 25e-6
"""And SCIP, at its root."""
_SCIP_TALMODIG: Final = 1.5
"""Wall clock seconds for each second of work, as ``TALMODIG``."""
_NODER: Final = 200
"""So many nodes SCIP may look at for each second of work."""
_RUNDER: Final = 12
"""So many times GLOP is given the distances its last answer broke."""
_OMGANGER: Final = 3
"""And SCIP."""
_HALV: Final = 0.5
_KORT: Final = 1.0
"""Seconds of work each part gets at least."""
_FORARBEID: Final = 1.5e-3
"""Seconds of work for each meeting that the rows, the models and the heuristic take beside the solvers (measured)."""


@dataclass(frozen=True, slots=True)
class Eksakt:
    """What was found: the places, and the least any plan can cost."""

    plasser: dict[str, Plass]
    mal: int
    grense: int
    optimal: bool


def has_solver() -> bool:
    """Whether OR-Tools is installed."""
    from importlib.util import find_spec

    return find_spec("ortools") is not None


def solve_exact(problem: Problem, tidsgrense: float, start: Mapping[str, Plass]) -> Eksakt:
    """Return the best plan found within about ``tidsgrense`` seconds of work, never dearer than ``start``.

    Raises:
        Bruksfeil: OR-Tools is not installed.
    """
    if not has_solver():
        raise Bruksfeil(
            _(
                "Den eksakte metoden trenger OR-Tools, som ikke er installert. "
                "Installer «oppfolgingscli[plan]», eller velg metoden «grisk», som ikke trenger noe."
            )
        )
    return _Loser(problem, tidsgrense, start).run()


class _Loser:
    def __init__(self, problem: Problem, seconds: float, start: Mapping[str, Plass]) -> None:
        self._p = problem
        self._left = seconds
        self._rows = relax(problem)
        self._size = sum(len(row.ledd) for row in self._rows.rader)
        self._standing = deliveries(problem) | {o.id: o.fast for o in problem.oppgaver if o.fast is not None}
        # What deliveries cost is in no row: what the whole costs without a meeting, less what the rows say of that.
        self._rows.konstant = cost(problem, self._standing) - _empty(problem, self._rows)
        self._best = dict(start)
        self._value = cost(problem, start)
        self._bound = self._relaxed = 0.0
        self._reduced: list[float] = []

    def run(self) -> Eksakt:
        self._relaxed, self._reduced = _relaxation(self._rows, self._left)
        self._bound = self._relaxed
        self._left -= _LP_SEKUND * self._size + _FORARBEID * len(self._rows.dag)
        if not self._done() and sum(map(len, self._rows.dag.values())) > SMATT:
            self._days_first()
        if not self._done():
            self._at_once(max(_KORT, self._left))
        least = min(ceil(self._bound - _SLINGRING), self._value)
        return Eksakt(self._best, self._value, least, optimal=least == self._value)

    def _done(self) -> bool:
        return ceil(self._bound - _SLINGRING) >= self._value

    def _closed(self) -> set[int]:
        """Return the variables that are 0 in every plan better than the best known, and not 1 in that one."""
        return {
            x
            for x, rc in enumerate(self._reduced)
            if not self._rows.minst[x] and rc > _SLINGRING and ceil(self._relaxed + rc - _SLINGRING) > self._value
        }

    def _days_first(self) -> None:
        """Find the best days by the rows, then the best starts on those days."""
        for _round in range(_OMGANGER):
            values, bound = _days(self._rows, self._closed(), max(_KORT, self._left))
            self._left -= _SCIP_SEKUND * self._size
            self._bound = max(self._bound, bound)
            if values is None:
                return
            starts = solve_greedy(self._only({x for x, v in enumerate(values) if v > _HALV}))
            self._keep(starts)
            if not self._done():
                self._keep(solve_greedy(self._p, start=starts))
            more = broken_rows(self._rows.par, values)
            if self._done() or not more or self._left <= _KORT:
                return
            self._rows.rader += more

    def _only(self, days: set[int]) -> Problem:
        """Return the problem in which each meeting may have no day but the one that was chosen for it."""
        chosen = {i: d for i, found in self._rows.dag.items() for d, x in found.items() if x in days}
        return replace(
            self._p,
            oppgaver=tuple(
                replace(o, tillatt=(d,), pris=(o.pris[o.tillatt.index(d)],)) if (d := chosen.get(o.id)) else o
                for o in self._p.oppgaver
                if o.fast is not None or not o.minutter or o.id in chosen
            ),
        )

    def _at_once(self, seconds: float) -> None:
        """Solve what is left in one model, which has every plan that may be better."""
        answer = Klokkemodell(self._p, self._rows, self._closed()).solve(seconds, self._value, self._best)
        self._bound = max(self._bound, answer.bound)
        if answer.plasser is not None:
            self._keep(self._standing | answer.plasser)

    def _keep(self, plasser: Mapping[str, Plass]) -> None:
        value = cost(self._p, plasser)
        if value < self._value:
            self._best, self._value = dict(plasser), value


def _empty(problem: Problem, rows: Lineaer) -> int:
    """Return what the rows say a plan without a single free meeting costs: fixed trips and weekdays included."""
    rounds: dict[str, Counter[int]] = {}
    for o in problem.oppgaver:
        if o.minutter and o.fast is not None:
            rounds.setdefault(o.takt, Counter())[weekday(o.fast.dag)] += 1
    fixed = sum(price for price, least in zip(rows.pris, rows.minst, strict=True) if least)
    out = sum(rows.pris[x] for x in rows.tom.values()) + fixed
    return out + problem.vekter.ukedag * sum(map(off_weekday, rounds.values()))


def _load(name: str, rows: Lineaer, closed: set[int]) -> tuple[Any, list[Any]]:
    """Return one of the linear solvers that come with OR-Tools, with the rows in it, and its variables."""
    from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]  # ships none

    solver = pywraplp.Solver.CreateSolver(name)
    variables = []
    for x, least in enumerate(rows.minst):
        if x in rows.timer:
            variables.append(solver.NumVar(0.0, solver.infinity(), ""))
        else:
            variables.append(solver.IntVar(float(least), 0.0 if x in closed else 1.0, ""))
    objective = solver.Objective()
    for variable, price in zip(variables, rows.pris, strict=True):
        objective.SetCoefficient(variable, price)
    for row in rows.rader:
        _add(solver, variables, row, closed)
    return solver, variables


def _add(solver: Any, variables: list[Any], row: Rad, closed: set[int]) -> None:  # noqa: ANN401 - ortools ships no types
    made = solver.Constraint(float(row.hoyst) if row.lik else -solver.infinity(), float(row.hoyst))
    for x, c in row.ledd.items():
        if x not in closed:
            made.SetCoefficient(variables[x], c)


def _relaxation(rows: Lineaer, seconds: float) -> tuple[float, list[float]]:
    """Return GLOP's lower bound and the reduced costs; when it did not finish in time, that nothing is known."""
    solver, variables = _load("GLOP", rows, set())
    # Prices are never negative, so the empty plan is where the dual method may begin: ten times as fast here.
    solver.SetSolverSpecificParametersAsString("use_dual_simplex: true")
    value, reduced = 0.0, [0.0] * len(variables)
    for _round in range(_RUNDER):
        left = int(1000 * TALMODIG * seconds) - solver.wall_time()
        if left <= 0:
            break
        solver.SetTimeLimit(left)
        if solver.Solve() != solver.OPTIMAL:
            break
        value, reduced = solver.Objective().Value() + rows.konstant, [v.reduced_cost() for v in variables]
        more = broken_rows(rows.par, [v.solution_value() for v in variables])
        if not more:
            break
        rows.rader += more
        for row in more:
            _add(solver, variables, row, set())
    return value, reduced


def _days(rows: Lineaer, closed: set[int], seconds: float) -> tuple[list[float] | None, float]:
    """Return the values SCIP chose (None: it found none), and its lower bound."""
    solver, variables = _load("SCIP", rows, closed)
    # SCIP counts no steps of its own but nodes, and most of the work is at the first.
    solver.SetTimeLimit(int(1000 * _SCIP_TALMODIG * seconds))
    solver.SetSolverSpecificParametersAsString(f"limits/totalnodes = {max(1, int(_NODER * seconds))}")
    status = solver.Solve()
    if status not in (solver.OPTIMAL, solver.FEASIBLE):
        return None, 0.0
    return [v.solution_value() for v in variables], solver.Objective().BestBound() + rows.konstant
