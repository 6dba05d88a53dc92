"""The one way to solve a planning problem, whichever method: places, what they cost, and why some have none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from oppfolgingscli.planlegg.eksakt import has_solver, solve_exact
from oppfolgingscli.planlegg.grisk import solve_greedy
from oppfolgingscli.planlegg.kostnad import cost
from oppfolgingscli.planlegg.problem import Forslag, Losning, Oppgave, Plass, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

Metode = Literal["auto", "eksakt", "grisk"]
TIDSGRENSE: Final = 5.0
"""Seconds of work the exact method may use, when nothing else is said."""


def solve(
    problem: Problem, metode: Metode = "auto", tidsgrense: float = TIDSGRENSE, *, forklar: bool = True
) -> Losning:
    """Place every point that can be placed, and say why the others cannot.

    Args:
        problem: what to place.
        metode: ``eksakt`` proves how far from the best its plan is at most; ``grisk`` needs no library and
            proves nothing; ``auto`` is exact when the library is there.
        tidsgrense: seconds of work for the exact method, about; on a busy machine it may take longer.
        forklar: also find the causes (``arsaker``); each is found by solving again with something relaxed.

    Raises:
        Bruksfeil: ``eksakt`` without OR-Tools.
    """
    plasser = solve_greedy(problem)
    bound: int | None = None
    optimal = False
    exact = metode == "eksakt" or (metode == "auto" and has_solver())
    if exact:
        found = solve_exact(problem, tidsgrense, plasser)
        plasser, bound, optimal = found.plasser, found.grense, found.optimal
    losning = Losning(
        proposals(problem, plasser),
        tuple(o.id for o in problem.oppgaver if o.id not in plasser),
        cost(problem, plasser),
        bound,
        "optimal" if optimal else "gyldig",
        "eksakt" if exact else "grisk",
    )
    if forklar and losning.uplassert:
        from oppfolgingscli.planlegg.arsak import explain

        return replace(losning, arsaker=explain(problem, plasser))
    return losning


def proposals(problem: Problem, plasser: Mapping[str, Plass]) -> tuple[Forslag, ...]:
    """Return the places as proposals, in order of day, start (all day first) and id."""
    made = [_proposal(o, plasser[o.id]) for o in problem.oppgaver if o.id in plasser]
    return tuple(sorted(made, key=lambda f: (f.dag, -1 if f.start is None else f.start, f.oppgave)))


def _proposal(o: Oppgave, plass: Plass) -> Forslag:
    return Forslag(
        oppgave=o.id,
        dag=plass.dag,
        start=plass.start,
        slutt=None if plass.start is None else plass.start + o.minutter,
        sted=o.sted.get(plass.dag),
        fast=o.fast is not None,
        flyttet=o.tidligere is not None and o.tidligere != plass,
    )
