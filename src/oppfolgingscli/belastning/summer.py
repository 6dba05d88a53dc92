"""Sums of contributions: their time, and what each routine takes of it."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from oppfolgingscli.belastning.rad import NULL, Del, Tid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppfolgingscli.belastning.bidrag import Bidrag


def total(bidrag: Iterable[Bidrag]) -> Tid:
    """Return the time of all of them together."""
    found = Tid()
    for b in bidrag:
        found += b.tid
    return found


def parts(bidrag: Iterable[Bidrag]) -> tuple[Del, ...]:
    """Return what each routine takes, the most first. A point counts once, however many people are in it."""
    time: defaultdict[str, Tid] = defaultdict(Tid)
    points: defaultdict[str, dict[str, Fraction]] = defaultdict(dict)
    for b in bidrag:
        time[b.punkt.rutine] += b.tid
        known = points[b.punkt.rutine].get(b.punkt.id, NULL)
        points[b.punkt.rutine][b.punkt.id] = max(known, b.vekt)
    made = (Del(id_, sum(points[id_].values(), NULL), tid) for id_, tid in time.items())
    return tuple(sorted(made, key=lambda d: (-d.tid.sum, d.rutine)))


def semester_order(key: str) -> tuple[str, bool]:
    """Sort key of semesters: ``2024-var`` before ``2024-host``."""
    year, _dash, half = key.partition("-")
    return year, half == "host"
