"""What an earlier publication means for a new one: what the two, taken from each other, would tell of a few. Pure.

Two publications that are alike but for one participant would, subtracted, be that participant's figures. So a row
that was hidden stays hidden, a row that has changed while its participants are nearly as many is held back, and a
row that has not changed is known and covers nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppfolgingscli.revisjon.relasjoner import UTGITT

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.revisjon.celle import Celle, Nokkel

#: Days between two publications up to which all their rows are compared; beyond, only those of past semesters, which
#: stand still: in the others everybody has something new.
NAER: Final = 31
#: The counts of a row that are compared.
TALL: Final = ("n_deltakere", "bedomt", "i_tide", "for_sent", "forfalt", "mangler", "fritatt")


@dataclass(frozen=True, slots=True)
class Forrige:
    """An earlier publication: its day, and its rows; None for a hidden one, else the counts of ``TALL``."""

    per: date
    rader: Mapping[Nokkel, tuple[int, ...] | None]


def compare(
    forrige: Forrige, celler: Mapping[Nokkel, Celle], per: date, terskel: int
) -> tuple[frozenset[Nokkel], frozenset[Nokkel]]:
    """Return the rows that must be hidden in a publication of ``celler`` for ``per``, and those that are known."""
    near = abs((per - forrige.per).days) <= NAER
    hide: set[Nokkel] = set()
    known: set[Nokkel] = set()
    for key, celle in celler.items():
        if key.visning not in UTGITT or key not in forrige.rader or not (near or "semester" in key.visning):
            continue
        before, now = forrige.rader[key], tuple(getattr(celle, name) for name in TALL)
        if before is None:
            hide.add(key)
        elif before == now:
            known.add(key)
        elif abs(now[0] - before[0]) < terskel:
            hide.add(key)
    return frozenset(hide), frozenset(known)
