"""Interval routines on their own clock: days covered, and the longest gap. Pure.

The clock counts the dates a routine applies to a subject, so breaks and pauses stop it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oppfolgingscli.modell.rutinesett import Hver
from oppfolgingscli.tid.dagmengde import Dagmengde
from oppfolgingscli.utvid import exemption
from oppfolgingscli.utvid.hver import Klokkeregel
from oppfolgingscli.utvid.intervall import Gap, gaps

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.tid.perioder import Periode
    from oppfolgingscli.vurder import Vurdering


@dataclass(frozen=True, slots=True)
class Klokke:
    """One subject's clock for one version up to ``per``: its days, its rule, and the gaps the contacts cut it into.

    ``type``, ``ansvarlig``: the version's. ``siste``: ordinal of the last day of the clock, pauses disregarded, or of ``per`` when that is earlier.
    """

    dager: Dagmengde
    regel: Klokkeregel
    gap: tuple[Gap, ...]
    siste: int
    subjekt: str = ""
    type: str = ""
    ansvarlig: str = ""


class Lengst(NamedTuple):
    """The longest gap in clock days; ``apent``: its clock still runs, so it will be at least that long."""

    dager: int
    apent: bool


def clocks(vurdering: Vurdering, versjoner: Iterable[Versjon]) -> Iterator[Klokke]:
    """Yield the clocks of interval versions that have begun on ``per``; a subject exempt from the routine has none."""
    g, per = vurdering.gyldighet, vurdering.per.toordinal()
    for v in versjoner:
        f = v.rutine.frekvens
        if not isinstance(f, Hver):
            continue
        for s in (g.klassen,) if v.rutine.niva == "klasse" else g.deltakerne:
            days, undisturbed = g.dager(s, v), g.dager(s, v, pauser=False)
            if not days.plass(per) or exemption(g, s, v.rutine.id) is not None:
                continue
            telt = vurdering.telt[v.rutine.id, v.nr, s.id]
            cut = gaps(days, undisturbed, telt.teller, per)
            yield Klokke(days.klipp(0, per), Klokkeregel.of(f), tuple(cut), min(per, undisturbed.siste), s.id,
                          v.rutine.type, v.rutine.ansvarlig)  # fmt: skip


def days_covered(klokker: Iterable[Klokke], periode: Periode | None = None) -> tuple[int, int]:
    """Return (covered, all) clock days up to ``per``, summed over the clocks, of those in ``periode`` (None: all).

    Clock day n is covered when n ≤ F (the time there is for the first contact), or when a contact at clock day c
    has c ≤ n ≤ c + M. A union: nothing is banked, so two contacts close together cover little more than one.
    Source: the proportion of days covered, as in AdhereR (Dima and Dediu, PLoS ONE 12 (2017), e0174426), with
    the deadline of the next contact in place of days of supply.
    """
    covered = whole = 0
    for klokke in klokker:
        first, last = 1, len(klokke.dager)
        if periode is not None:
            first = klokke.dager.plass(periode.fra.toordinal() - 1) + 1
            last = klokke.dager.plass(periode.til.toordinal())
        ends = [gap.start + gap.dager for gap in klokke.gap if gap.kontakt is not None]
        spans = [(1, klokke.regel.forste), *((c, c + klokke.regel.senest) for c in ends)]
        covered += len(Dagmengde(spans).klipp(first, last))
        whole += last - first + 1
    return covered, whole


def longest_gap(klokker: Iterable[Klokke], periode: Periode | None = None) -> Lengst | None:
    """Return the longest gap, the open one included, of those that ended in ``periode`` (None: all); None without any.

    An open gap ends, as far as is known, on ``per``, or on the last day of its clock.
    """
    found = [
        Lengst(gap.dager, gap.kontakt is None and not gap.lukket)
        for klokke in klokker
        for gap in klokke.gap
        if periode is None or periode.fra <= _end(klokke, gap) <= periode.til
    ]
    return max(found, default=None)


def _end(klokke: Klokke, gap: Gap) -> date:
    return gap.kontakt.dato if gap.kontakt else date.fromordinal(klokke.siste)
