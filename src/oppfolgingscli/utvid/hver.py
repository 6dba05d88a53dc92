"""Expansion of ``hver`` … ``senest``: predicted points on the clock of E, with no contacts known.

The clock counts the dates of E, so breaks and pauses stop it. Each predicted gap starts at the ``mal`` of
the one before; the points end where ``mal`` would no longer be a day of E (docs/semantikk.md, "Intervall").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppfolgingscli.utvid.utkast import Utkast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.modell.rutinesett import Hver, Versjon
    from oppfolgingscli.tid.dagmengde import Dagmengde


@dataclass(frozen=True, slots=True)
class Klokkeregel:
    """An interval rule in clock days: ``hver`` τ, ``senest`` M, ``forste_innen`` F."""

    hver: int
    senest: int
    forste: int

    @classmethod
    def of(cls, f: Hver) -> Klokkeregel:
        """Read the rule's durations as clock days."""
        return cls(f.hver.on_clock, f.senest.on_clock, f.forste_innen.on_clock)

    def plan(self, gap: int) -> int:
        """Clock days from the start of gap number ``gap`` to when its contact is planned (h)."""
        return min(self.hver, self.forste) if gap == 1 else self.hver

    def frist(self, gap: int, k: int = 1) -> int:
        """Clock days from the start of gap ``gap`` to its k-th deadline: T(k)."""
        return k * self.senest if gap > 1 else self.forste + (k - 1) * self.senest


def expand_hver(g: Gyldighet, s: Subjekt, v: Versjon, f: Hver) -> Iterator[Utkast]:
    """Yield the predicted drafts of a ``hver`` version, gap by gap."""
    yield from predict(g, v, g.dager(s, v), Klokkeregel.of(f))


def predict(
    g: Gyldighet, v: Versjon, days: Dagmengde, rule: Klokkeregel, start: int = 0, gap: int = 1
) -> Iterator[Utkast]:
    """Yield predicted gaps from clock position ``start`` (0: before the first day), numbered from ``gap``."""
    while True:
        planned = start + rule.plan(gap)
        mal = days.nte(planned)
        fra = days.nte(start + 1)
        if mal is None or fra is None:
            return
        deadline = start + rule.frist(gap)
        frist = days.nte(deadline)
        unsure = g.kalender.ubekreftede_ferier(fra, frist) if frist else []
        late = days.nte(start + rule.frist(gap, 2))
        yield Utkast(v, str(gap), 1, True, False, fra, mal, mal, frist, late, unsure)
        start, gap = planned, gap + 1
