"""What each participant takes of the others' time, and of the participant's own, by semester."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from oppfolgingscli.belastning.rad import NULL, Deltakertall, Forutsetninger, Semestertall
from oppfolgingscli.belastning.summer import semester_order
from oppfolgingscli.tid.perioder import periode_for

if TYPE_CHECKING:
    from oppfolgingscli.belastning.bidrag import Bidrag
    from oppfolgingscli.gyldighet import Gyldighet


def veiled(g: Gyldighet) -> frozenset[tuple[str, int]]:
    """Return the versions that are only for some benefits or groups: they would tell whom they are for."""
    return frozenset(
        (v.rutine.id, v.nr)
        for v in g.opplegg.rutinesett.versjoner
        if v.rutine.gjelder.ytelse or v.rutine.gjelder.gruppe
    )


def participants(
    g: Gyldighet, bidrag: Iterable[Bidrag], f: Forutsetninger, skjult: Collection[tuple[str, int]]
) -> tuple[Deltakertall, ...]:
    """Return those enrolled in the span, in the order of the file, without what ``skjult`` versions take.

    The others' time is that of points about the participant alone; a class meeting is in the participant's own time.
    """
    time: defaultdict[str, defaultdict[str, list[Fraction]]] = defaultdict(lambda: defaultdict(lambda: [NULL, NULL]))
    for b in bidrag:
        own = b.ressurs.slag == "deltaker"
        who = b.ressurs.id if own else b.punkt.subjekt if b.punkt.niva == "deltaker" else None
        if who is not None and (b.punkt.rutine, b.punkt.versjon) not in skjult:
            time[who][periode_for(date.fromordinal(b.dag), "semester").nokkel][own] += b.tid.sum
    out = []
    for s in g.deltakerne:
        if s.start > f.til.toordinal() or s.slutt < f.fra.toordinal():
            continue
        halves = tuple(Semestertall(key, *time[s.id][key]) for key in sorted(time[s.id], key=semester_order))
        out.append(
            Deltakertall(s.id, sum((h.ansatte for h in halves), NULL), sum((h.egen for h in halves), NULL), halves)
        )
    return tuple(out)
