"""How often what is set aside for a role carries each of its rhythmic routines, with every number it is made from.

For one role and one routine, over the span:

* school weeks = days on which the routine applies to somebody (school days, or working days where breaks count) / 5;
* available = set aside a week x school weeks, less what the plan's other routines take of the role in those weeks;
* one contact = the role's minutes on the routine / its contacts, so that shared trips count as they are shared;
* an interval: subject-weeks x one contact / available = weeks between two contacts of the same subject;
* a count: available / (one contact x subject-periods) = contacts of one subject a period.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from oppfolgingscli.belastning.rad import NULL, SKOLEDAGER_I_UKA, Forutsetninger, Hyppighet
from oppfolgingscli.modell.frekvens import Antall, Hver
from oppfolgingscli.planlegg.mote import varighet_for
from oppfolgingscli.tid.perioder import perioder
from oppfolgingscli.utvid import exemption

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from oppfolgingscli.belastning.bidrag import Bidrag
    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.tid.dagmengde import Dagmengde

_DAGER: int = 7


def frequencies(
    g: Gyldighet,
    f: Forutsetninger,
    bidrag: Sequence[Bidrag],
    avsatt: Mapping[str, tuple[Fraction, int]],
    faktor: Fraction,
) -> tuple[Hyppighet, ...]:
    """Return one for each rhythmic routine of each role with something set aside, in the order of the set.

    ``avsatt``: by role, minutes a week for one person, and how many people it has.
    """
    of_role: defaultdict[str, list[Bidrag]] = defaultdict(list)
    for b in bidrag:
        of_role[b.rolle].append(b)
    out = []
    for rolle, (week, people) in avsatt.items():
        for v in g.opplegg.rutinesett.versjoner:
            if rolle in (v.rutine.ansvarlig, *v.rutine.deltar):
                made = _frequency(g, f, v, rolle, of_role[rolle], week * people, people, faktor)
                if made is not None:
                    out.append(made)
    return tuple(out)


def _frequency(
    g: Gyldighet, f: Forutsetninger, v: Versjon, rolle: str, bidrag: Sequence[Bidrag], week: Fraction, people: int, faktor: Fraction
) -> Hyppighet | None:  # fmt: skip
    rule = v.rutine.frekvens
    if not isinstance(rule, Antall | Hver):
        return None
    days = _eligible(g, f, v)
    if not days:
        return None
    scale = faktor if v.rutine.niva == "deltaker" else Fraction(1)
    every = {day for _s, some in days for day in some}
    weeks = Fraction(len(every), SKOLEDAGER_I_UKA)
    subject_weeks = Fraction(sum(len(some) for _s, some in days), SKOLEDAGER_I_UKA) * scale
    in_weeks = {_monday(day) for day in every}
    available = week * weeks
    others = sum(
        (b.tid.sum for b in bidrag if (b.punkt.rutine, b.punkt.versjon) != (v.rutine.id, v.nr) and _monday(b.dag) in in_weeks),
        NULL,
    )  # fmt: skip
    left = max(available - others, NULL)
    contact = _one_contact(f, v, rolle, bidrag, people)
    wanted: Fraction
    possible: Fraction | None
    alone: Fraction | None
    if isinstance(rule, Hver):
        rounds, wanted = subject_weeks, Fraction(rule.hver.on_clock, _DAGER)
        possible = rounds * contact / left if left else None
        alone = rounds * contact / available if available else None
        enough = possible is not None and possible <= wanted
    else:
        rounds, wanted = _subject_periods(g, f, v, rule, days) * scale, Fraction(rule.minst)
        possible = left / (contact * rounds) if contact and rounds else None
        alone = available / (contact * rounds) if contact and rounds else None
        enough = possible is None or possible >= wanted
    if not contact:
        return None
    return Hyppighet(
        rolle, v.rutine.id, v.nr, "hver" if isinstance(rule, Hver) else "antall",
        "uke" if isinstance(rule, Hver) else rule.per, v.rutine.niva, wanted, subject_weeks / weeks, weeks, rounds,
        contact, available, others, left, possible, alone, enough,
    )  # fmt: skip


def _eligible(g: Gyldighet, f: Forutsetninger, v: Versjon) -> list[tuple[Subjekt, list[int]]]:
    """Return the counted days of the span on which the version applies, for each subject that has any."""
    counter = g.tellende(v)
    out = []
    for s in (g.klassen,) if v.rutine.niva == "klasse" else g.deltakerne:
        if exemption(g, s, v.rutine.id) is None:
            days = counter.velg(_span(g.dager(s, v), f))
            if days:
                out.append((s, days))
    return out


def _span(days: Dagmengde, f: Forutsetninger) -> Dagmengde:
    return days.klipp(f.fra.toordinal(), f.til.toordinal())


def _subject_periods(
    g: Gyldighet, f: Forutsetninger, v: Versjon, rule: Antall, days: Sequence[tuple[Subjekt, list[int]]]
) -> Fraction:
    """Return the periods of all subjects together; a part of one counts by its counted days, as in the expansion."""
    counter, allowed = g.tellende(v), g.tillatt_av_ferie(v)
    total = NULL
    for period in perioder(rule.per, f.fra, f.til):
        a, b = period.fra.toordinal(), period.til.toordinal()
        whole = counter.antall(allowed.klipp(a, b))
        if whole:
            total += Fraction(sum(1 for _s, some in days for day in some if a <= day <= b), whole)
    return total


def _one_contact(f: Forutsetninger, v: Versjon, rolle: str, bidrag: Sequence[Bidrag], people: int) -> Fraction:
    """Return the role's minutes on one contact: the plan's mean; where it has none, as one alone would take."""
    own = [b for b in bidrag if (b.punkt.rutine, b.punkt.versjon) == (v.rutine.id, v.nr)]
    points = dict(_weights(own))
    if points:
        return sum((b.tid.sum for b in own), NULL) / sum(points.values(), NULL)
    id_ = v.rutine.id
    minutes = f.varighet.get(id_, varighet_for(v.rutine)) + f.reise.get(id_, 0)
    minutes += f.forberedelse.get(id_, 0) if rolle == v.rutine.ansvarlig else 0
    return Fraction(minutes * (people if v.rutine.niva == "klasse" else 1))


def _weights(bidrag: Sequence[Bidrag]) -> Iterator[tuple[str, Fraction]]:
    return ((b.punkt.id, b.vekt) for b in bidrag)


def _monday(day: int) -> int:
    """Return the Monday of the ISO week a day is in, as an ordinal (day 1 of the calendar was a Monday)."""
    return day - (day - 1) % _DAGER


def iso_week(day: int) -> str:
    """Return the key of the ISO week a day (ordinal) is in: ``2024-u34``."""
    year, week, _weekday = date.fromordinal(day).isocalendar()
    return f"{year}-u{week:02d}"
