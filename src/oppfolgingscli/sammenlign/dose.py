"""How much a set plans: contacts per school year of the course, from the points of its typical class.

A routine without a number (need-based, or set off by an event) has none here either: it is marked, and never
counted as zero. Where routines hold only for some groups or benefits, a figure is the span from the least to the
most a participant gets to whom any of them applies.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from oppfolgingscli.tid.perioder import skolear_for, skolear_periode
from oppfolgingscli.utvid import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.modell.rutinesett import Rutinesett, Versjon
    from oppfolgingscli.typisk import Typisk

Spenn = tuple[int, int]
"""From the least to the most, both included; alike when everybody gets the same."""

PLANLAGT: Final = ("antall", "hver", "milepael")
"""The kinds of frequency that plan contacts before anything has happened."""


@dataclass(frozen=True, slots=True)
class Ar:
    """One school year of the course in one cell (``nr`` from 1; 0: the whole course).

    ``krav`` and ``onske``: planned contacts, required and wished, None when nothing is planned then. ``behov`` and
    ``hendelse``: a need-based or an event-driven routine holds. ``antatt``: a figure rests on a number that is not
    the source's. ``delvis``: a count is scaled, since the routine held for a part of a period only.
    """

    nr: int
    krav: Spenn | None
    onske: Spenn | None
    behov: bool
    hendelse: bool
    antatt: bool
    delvis: bool


@dataclass(frozen=True, slots=True)
class Linje:
    """One version of a routine: what it plans in each school year of the course for whom it applies to.

    ``krav`` and ``onske`` have one number per school year; both are empty where nothing can be planned.
    ``gjelder``: whether it holds at all in that year. ``delvis``: the years with a scaled count.
    """

    versjon: Versjon
    gjelder: tuple[bool, ...]
    krav: tuple[int, ...]
    onske: tuple[int, ...]
    delvis: tuple[bool, ...]

    @property
    def slag(self) -> str:
        """The kind: ``planlagt``, ``behov`` or ``hendelse``."""
        slag = self.versjon.rutine.frekvens.slag
        return "planlagt" if slag in PLANLAGT else "behov" if slag == "behov" else "hendelse"

    def plans(self, year: int) -> bool:
        """Whether anything is planned in the year (0-based); a milestone only where it comes."""
        if self.slag != "planlagt" or not self.gjelder[year]:
            return False
        comes = self.versjon.rutine.frekvens.slag != "milepael"
        return comes or bool(self.krav[year] or self.onske[year])


@dataclass(frozen=True, slots=True)
class Grunnlag:
    """A set with the points of its typical class, counted: everything figures are made from."""

    rutinesett: Rutinesett
    typisk: Typisk
    linjer: tuple[Linje, ...]
    start: date
    ar: int


def count(typisk: Typisk) -> Grunnlag:
    """Expand the typical class and count its points per version and school year of the course.

    A point belongs to the school year of the day it is to be planned (``mal``, else ``fra``).
    """
    found = expand(typisk.opplegg)
    g = found.gyldighet
    klasse = typisk.opplegg.klasse
    first = skolear_for(klasse.start)
    years = skolear_for(klasse.slutt) - first + 1
    counts: Counter[tuple[str, int, str, int, bool]] = Counter()
    partial: set[tuple[str, int, str, int]] = set()
    for p in found.punkter:
        year = min(max(skolear_for(p.mal or p.fra) - first, 0), years - 1)
        counts[p.rutine, p.versjon, p.subjekt, year, p.krav] += 1
        if p.delvis:
            partial.add((p.rutine, p.versjon, p.subjekt, year))
    lines = []
    for v in typisk.opplegg.rutinesett.versjoner:
        id_, nr = v.rutine.id, v.nr
        s = _subject(g, v)
        planned = v.rutine.frekvens.slag in PLANLAGT
        span = range(years)
        lines.append(
            Linje(
                v,
                _holds(g, s, v, first, years),
                tuple(counts[id_, nr, s.id, y, True] for y in span) if planned else (),
                tuple(counts[id_, nr, s.id, y, False] for y in span) if planned else (),
                tuple((id_, nr, s.id, y) in partial for y in span),
            )
        )
    return Grunnlag(typisk.opplegg.rutinesett, typisk, tuple(lines), klasse.start, years)


def _subject(g: Gyldighet, v: Versjon) -> Subjekt:
    """Return the class, or the first model participant who meets the version's conditions on persons."""
    if v.rutine.niva == "klasse":
        return g.klassen
    wanted = v.rutine.gjelder
    for s in g.deltakerne:
        groups, benefits = ({value for _day, value in values} for values in (s.grupper, s.ytelser))
        if (not wanted.gruppe or groups & {*wanted.gruppe}) and (not wanted.ytelse or benefits & {*wanted.ytelse}):
            return s
    raise AssertionError  # pragma: no cover - typisk.models meets every condition


def _holds(g: Gyldighet, s: Subjekt, v: Versjon, first: int, years: int) -> tuple[bool, ...]:
    """Tell for each school year whether the version holds on any day; breaks do not stop what an event sets off."""
    days = g.dager(s, v, ferier=v.rutine.frekvens.slag not in ("ved", "etter"))
    spans = (skolear_periode(first + year) for year in range(years))
    return tuple(bool(days.klipp(p.fra.toordinal(), p.til.toordinal())) for p in spans)


def per_year(lines: Sequence[Linje], years: int) -> tuple[Ar, ...]:
    """Add up lines of one level: each school year of the course, and last the whole course (``nr`` 0)."""
    alike = _profiles(lines)
    out = [_one_year(lines, alike, (year,), year + 1) for year in range(years)]
    return (*out, _one_year(lines, alike, tuple(range(years)), 0))


def _one_year(lines: Sequence[Linje], alike: Sequence[Sequence[Linje]], years: tuple[int, ...], nr: int) -> Ar:
    planning = [line for line in lines if any(line.plans(y) for y in years)]
    required = [sum(line.krav[y] for line in some for y in years) for some in alike]
    wished = [sum(line.onske[y] for line in some for y in years) for some in alike]
    return Ar(
        nr,
        (min(required), max(required)) if planning and required else None,
        (min(wished), max(wished)) if planning and wished else None,
        any(line.slag == "behov" and line.gjelder[y] for line in lines for y in years),
        any(line.slag == "hendelse" and line.gjelder[y] for line in lines for y in years),
        any(line.versjon.rutine.antatt for line in planning),
        any(line.delvis[y] for line in planning for y in years),
    )


def _profiles(lines: Iterable[Linje]) -> list[list[Linje]]:
    """Return, for each kind of participant that any planned line applies to, the lines that do.

    A kind is a group and a benefit among those the conditions name, or another one ("").
    """
    planned = [line for line in lines if line.slag == "planlagt"]
    conditions = [line.versjon.rutine.gjelder for line in planned]
    groups = sorted({word for c in conditions for word in c.gruppe} | {""})
    benefits = sorted({word for c in conditions for word in c.ytelse} | {""})
    out: list[list[Linje]] = []
    for group, benefit in product(groups, benefits):
        some = [
            line
            for line, c in zip(planned, conditions, strict=True)
            if (not c.gruppe or group in c.gruppe) and (not c.ytelse or benefit in c.ytelse)
        ]
        if some and some not in out:
            out.append(some)
    return out
