"""Which meetings of a routine should not come close upon each other, and how far apart is far enough.

``minst_mellom`` is a rule; this is a preference for those without one. What is to happen every three weeks
looks silly a week apart, and so do two talks of a semester on consecutive days. One measure for both: half of the
pace. The pace of an interval is the interval; that of n points of a period is the n-th part of it, or of
what is left of it. So it asks for no more than the windows have room for.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from oppfolgingscli.modell.frekvens import Antall, Hver
from oppfolgingscli.planlegg.kostnad import too_close
from oppfolgingscli.planlegg.problem import Avstand
from oppfolgingscli.planlegg.vindu import nominell_bredde

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.planlegg.problem import Kjede, Oppgave

Gruppe = tuple[str, str, str]
"""Routine, subject and period; for intervals, whose points follow each other through the years, no period."""


def group_of(p: Punkt, versjon: Versjon) -> Gruppe | None:
    """Return whom the point should keep away from; None when it need not from any, or ``minst_mellom`` says it."""
    match versjon.rutine.frekvens:
        case Hver():
            return p.rutine, p.subjekt, ""
        case Antall(minst_mellom=None):
            return p.rutine, p.subjekt, p.periode
        case _:
            return None


class Avstander:
    """The distances of one class. Days are ordinals, distances calendar days."""

    def __init__(self, versjoner: Mapping[tuple[str, int], Versjon], per: int, holdt: Mapping[Punkt, int]) -> None:
        """``per``: the first day that may be planned. ``holdt``: what was held before, and when."""
        self._versjoner = versjoner
        self._per = per
        self._holdt: defaultdict[Gruppe, list[int]] = defaultdict(list)
        for p, day in holdt.items():
            group = self._group(p)
            if group is not None:
                self._holdt[group].append(day)
        self._apne: dict[Gruppe, int] = {}

    def _group(self, p: Punkt) -> Gruppe | None:
        return group_of(p, self._versjoner[p.rutine, p.versjon])

    def count(self, punkter: Sequence[Punkt]) -> None:
        """Note the points that are to be placed: they share what is left of their period."""
        self._apne.clear()
        for p in punkter:
            group = self._group(p)
            if group is not None:
                self._apne[group] = self._apne.get(group, 0) + 1

    def enough(self, p: Punkt, til: int) -> int:
        """Return the distance that is enough for a point whose window closes on ``til``; 0: none is asked for."""
        group = self._group(p)
        if group is None:
            return 0
        pace = nominell_bredde(self._versjoner[p.rutine, p.versjon])
        if group[2]:
            left = til - max(p.fra.toordinal(), self._per) + 1
            pace = min(pace, left // max(1, self._apne.get(group, 1)))
        return (pace + 1) // 2

    def to_held(self, p: Punkt, til: int, day: int) -> int:
        """Return how many steps too close the day is to what was held (``kostnad.too_close``)."""
        group = self._group(p)
        held = self._holdt.get(group) if group is not None else None
        if not held:
            return 0
        enough = self.enough(p, til)
        return sum(too_close(abs(day - other), enough) for other in held)

    def pairs(
        self, oppgaver: Sequence[Oppgave], punkter: Mapping[str, Punkt], kjeder: Sequence[Kjede]
    ) -> list[Avstand]:
        """Return the pairs that may come too close: neighbours in a chain, and any two of one period."""
        known = {o.id: o for o in oppgaver if o.minutter}
        return [
            Avstand((a.id, b.id), enough)
            for a, b in self._candidates(known, punkter, kjeder)
            if (enough := min(self.enough(punkter[o.id], o.til) for o in (a, b))) > 1
            and (a.fast is None or b.fast is None)
            and _may_meet(a, b, enough)
        ]

    def _candidates(
        self, known: Mapping[str, Oppgave], punkter: Mapping[str, Punkt], kjeder: Sequence[Kjede]
    ) -> Iterator[tuple[Oppgave, Oppgave]]:
        for kjede in kjeder:
            for a, b in pairwise(kjede.oppgaver):
                yield known[a], known[b]
        groups: defaultdict[Gruppe, list[Oppgave]] = defaultdict(list)
        for o in known.values():
            if o.fast is not None and o.fast.dag < self._per:
                continue  # in ``to_held``
            group = self._group(punkter[o.id])
            if group is not None and group[2]:
                groups[group].append(o)
        for members in groups.values():
            yield from combinations(members, 2)


def _may_meet(a: Oppgave, b: Oppgave, enough: int) -> bool:
    """Whether any two of their days are closer than that."""
    (a1, a2), (b1, b2) = _span(a), _span(b)
    return b1 - a2 < enough and a1 - b2 < enough


def _span(o: Oppgave) -> tuple[int, int]:
    return (o.fast.dag, o.fast.dag) if o.fast is not None else (o.fra, o.til)
