"""Linear rows for pairs that should not come close upon each other (``kostnad.too_close``), made when broken.

A pair costs a step for each of two distances it does not keep. All the rows that say so are long and many, and nearly
all of them hold by themselves: the solver is given those that its last answer breaks, until it breaks none
(cutting planes; Wolsey, Integer Programming, 2nd ed., 8.5). Rows left out only make the bound lower, never wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from oppfolgingscli.planlegg.rad import Rad

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from oppfolgingscli.planlegg.lineaer import Lineaer
    from oppfolgingscli.planlegg.problem import Oppgave, Problem

_BRUTT: Final = 1e-4
"""A row broken by less than this is kept, to the solvers' precision."""


@dataclass(frozen=True, slots=True)
class Par:
    """Two meetings, their variables by day: less than ``dager`` days apart costs the variable ``steg``."""

    en: Mapping[int, int]
    to: Mapping[int, int]
    dager: int
    steg: int
    i_rekkefolge: bool

    def row(self, day: int) -> Rad:
        """Return what the day says of the pair.

        In order: the first from the day on, and the second soon after it. Else both in the stretch from the day on.
        """
        end = day + self.dager
        if self.i_rekkefolge:
            ledd = {x: 1 for d, x in self.en.items() if d >= day} | {x: 1 for d, x in self.to.items() if d < end}
        else:
            ledd = {x: 1 for own in (self.en, self.to) for d, x in own.items() if day <= d < end}
        return Rad(ledd | {self.steg: -1}, 1)

    def broken(self, values: Sequence[float]) -> Rad | None:
        """Return the row these values break the most, None when they keep all of them."""
        a = [(d, v) for d, x in self.en.items() if (v := values[x]) > _BRUTT]
        b = [(d, v) for d, x in self.to.items() if (v := values[x]) > _BRUTT]
        worst, at = 1 + values[self.steg] + _BRUTT, None
        for day in {d for d, _v in (a if self.i_rekkefolge else (*a, *b))}:
            end = day + self.dager
            if self.i_rekkefolge:
                total = sum(v for d, v in a if d >= day) + sum(v for d, v in b if d < end)
            else:
                total = sum(v for d, v in (*a, *b) if day <= d < end)
            if total > worst:
                worst, at = total, day
        return None if at is None else self.row(at)

    def rows(self, closed: Collection[int]) -> Iterator[Rad]:
        """Yield all rows that say something when the ``closed`` variables are 0."""
        a = [d for d, x in self.en.items() if x not in closed]
        b = [d for d, x in self.to.items() if x not in closed]
        for day in a if self.i_rekkefolge else sorted({*a, *b}):
            row = self.row(day)
            row.ledd = {x: c for x, c in row.ledd.items() if x not in closed or x == self.steg}
            yield row


def add_distances(problem: Problem, made: Lineaer, meetings: Mapping[str, Oppgave]) -> list[Par]:
    """Make a variable for each step of each pair, and the rows of those that keep away from a fixed one.

    Returns the pairs of two that may move.
    """
    ordered = {pair for kjede in problem.kjeder for pair in pairwise(kjede.oppgaver)}
    out = []
    for pair in problem.avstander:
        if not all(i in meetings for i in pair.oppgaver):
            continue
        one, other = (meetings[i] for i in pair.oppgaver)
        if one.fast is not None and other.fast is not None:
            continue
        for least in dict.fromkeys((pair.dager, (pair.dager + 1) // 2)):
            step = made.var(problem.vekter.tett)
            fixed = one.fast or other.fast
            if fixed is not None:
                free = other if one.fast is not None else one
                near = {x: 1 for d, x in made.dag[free.id].items() if abs(d - fixed.dag) < least}
                made.at_most(near | {step: -1}, 0)
            else:
                out.append(Par(made.dag[one.id], made.dag[other.id], least, step, pair.oppgaver in ordered))
    return out


def broken_rows(par: Sequence[Par], values: Sequence[float]) -> list[Rad]:
    """Return the rows that the values of the variables break, one at most for each pair and step."""
    return [row for p in par if (row := p.broken(values)) is not None]
