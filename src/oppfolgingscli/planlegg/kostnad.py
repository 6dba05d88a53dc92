"""What a plan costs, preference by preference: the one objective of both solvers, and of the tests.

Deliveries cost their day and nothing else. What stands fast costs nothing by itself, but its trips can be
shared, its weekday counts, and those of its kind keep away from it. See ``problem.Vekter`` for the weights.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from oppfolgingscli.planlegg.problem import MIDDAG, Oppgave, Plass, Problem, Vekter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from oppfolgingscli.planlegg.folk import Ressurs

DELER = ("uplassert", "uplassert_onske", "flyttet_dag", "flyttet_tid", "dag", "tett", "tur", "ukedag", "ettermiddag")
"""The keys of ``parts``; ``dag`` is everything in ``Oppgave.pris`` (distance, share, right place, what was held shortly before)."""


def weekday(day: int) -> int:
    """Return the weekday of an ordinal, Monday 0 (day 1 of the calendar was a Monday)."""
    return (day - 1) % 7


def evening_hours(start: int | None) -> int:
    """Return the started hours from noon to ``start``."""
    return 0 if start is None or start <= MIDDAG else -(-(start - MIDDAG) // 60)


def moved(o: Oppgave, plass: Plass, vekter: Vekter) -> int:
    """Return what it costs that the point is no longer where the earlier plan had it."""
    if o.tidligere is None or plass == o.tidligere:
        return 0
    return vekter.flyttet_dag if plass.dag != o.tidligere.dag else vekter.flyttet_tid


def unplaced(o: Oppgave, vekter: Vekter) -> int:
    """Return what it costs that the point has no place."""
    return vekter.uplassert if o.krav else vekter.uplassert_onske


def trips(o: Oppgave, day: int) -> Iterable[tuple[Ressurs, int, str]]:
    """Return the trips that placing the point on ``day`` needs: traveller, day, workplace."""
    sted = o.sted.get(day)
    return () if sted is None else ((r, day, sted) for r in o.reisende)


def too_close(gap: int, enough: int) -> int:
    """Return how many steps too close two of a kind are, ``gap`` calendar days apart: 0, 1, or 2 below half."""
    return 0 if gap >= enough else 1 if 2 * gap >= enough else 2


def off_weekday(counts: Counter[int]) -> int:
    """Return how many are off the weekday that most have."""
    return counts.total() - max(counts.values(), default=0)


def parts(problem: Problem, plasser: Mapping[str, Plass]) -> dict[str, int]:
    """Return the cost of each preference, ``DELER`` in order. ``plasser``: point id -> place, fixed ones too."""
    v = problem.vekter
    out = dict.fromkeys(DELER, 0)
    rounds: dict[str, Counter[int]] = {}
    travelled: set[tuple[Ressurs, int, str]] = set()
    for o in problem.oppgaver:
        plass = plasser.get(o.id)
        if plass is None:
            out["uplassert" if o.krav else "uplassert_onske"] += unplaced(o, v)
            continue
        if o.minutter:
            travelled.update(trips(o, plass.dag))
            rounds.setdefault(o.takt, Counter())[weekday(plass.dag)] += 1
        if o.fast is not None:
            continue
        out["dag"] += o.pris[o.tillatt.index(plass.dag)]
        out["ettermiddag"] += v.ettermiddag * evening_hours(plass.start)
        if o.tidligere is not None:
            same_day = plass.dag == o.tidligere.dag
            out["flyttet_tid" if same_day else "flyttet_dag"] += moved(o, plass, v)
    fixed = {o.id for o in problem.oppgaver if o.fast is not None}
    for pair in problem.avstander:
        a, b = (plasser.get(i) for i in pair.oppgaver)
        if a is not None and b is not None and not fixed.issuperset(pair.oppgaver):
            out["tett"] += v.tett * too_close(abs(a.dag - b.dag), pair.dager)
    out["tur"] = v.tur * len(travelled)
    out["ukedag"] = v.ukedag * sum(map(off_weekday, rounds.values()))
    return out


def cost(problem: Problem, plasser: Mapping[str, Plass]) -> int:
    """Return the whole cost of a plan: the sum of ``parts``."""
    return sum(parts(problem, plasser).values())
