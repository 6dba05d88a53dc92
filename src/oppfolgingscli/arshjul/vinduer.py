"""From points to windows: one expansion seen from one school year, merged over its participants."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from statistics import median_low
from typing import TYPE_CHECKING, Final

from oppfolgingscli.arshjul.hjul import Merke, Vindu
from oppfolgingscli.modell.frekvens import Antall, Hver
from oppfolgingscli.tid.perioder import skolear_for, skolear_periode
from oppfolgingscli.utvid import exemption

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.utvid import Utvidelse

FERREST: Final = 3
"""A window is a class's when at least so many participants share it (all of them, in a smaller class)."""

_NEXT_DOOR: Final = 3
"""Days between two stretches that are shown as one: a weekend is no break."""


class Kilde:
    """One expansion, seen from one school year."""

    def __init__(self, utvidelse: Utvidelse, skolear: int, *, modell: bool) -> None:
        self.g: Gyldighet = utvidelse.gyldighet
        self.ar = skolear_periode(skolear)
        self.trinn = skolear - skolear_for(self.g.opplegg.klasse.start) + 1
        self.ferrest = 1 if modell else min(FERREST, max(1, len(self.g.deltakerne)))
        self.punkter: dict[tuple[str, int], list[Punkt]] = defaultdict(list)
        for p in utvidelse.punkter:
            if p.grunn is None and p.fra <= self.ar.til and (p.frist is None or p.frist >= self.ar.fra):
                self.punkter[p.rutine, p.versjon].append(p)

    def points(self, v: Versjon) -> list[Punkt]:
        """Return the version's points with a day in the year, without those somebody is exempt from."""
        return self.punkter.get((v.rutine.id, v.nr), [])

    def applies(self, v: Versjon) -> bool:
        """Whether the version holds for anybody on any day of the year."""
        return any(self._dager(s, v) for s in self._subjects(v))

    def shared(self, versjoner: Iterable[Versjon]) -> list[tuple[date, date]]:
        """Return the stretches of the year on which enough subjects with points have these interval versions."""
        count: Counter[int] = Counter()
        klasse = False
        for day_set in self._day_sets(versjoner):
            count.update(day_set[1])
            klasse = klasse or day_set[0]
        needed = 1 if klasse else self.ferrest
        return _stretches(date.fromordinal(day) for day in sorted(count) if count[day] >= needed)

    def _day_sets(self, versjoner: Iterable[Versjon]) -> Iterator[tuple[bool, set[int]]]:
        days: dict[str, set[int]] = defaultdict(set)
        klasse = False
        for v in versjoner:
            have = {p.subjekt for p in self.points(v)}
            for s in self._subjects(v):
                if s.id in have:
                    klasse = klasse or s.deltaker is None
                    days[s.id].update(d for a, b in self._dager(s, v) for d in range(a, b + 1))
        for found in days.values():
            yield klasse, found

    def _dager(self, s: Subjekt, v: Versjon) -> tuple[tuple[int, int], ...]:
        if exemption(self.g, s, v.rutine.id) is not None:
            return ()
        year = self.ar.fra.toordinal(), self.ar.til.toordinal()
        return tuple(self.g.dager(s, v).klipp(*year).spenn)

    def _subjects(self, v: Versjon) -> tuple[Subjekt, ...]:
        return (self.g.klassen,) if v.rutine.niva == "klasse" else self.g.deltakerne


def _is_weekly(v: Versjon) -> bool:
    f = v.rutine.frekvens
    return isinstance(f, Antall) and f.per == "uke"


def is_ongoing(versjoner: Sequence[Versjon]) -> bool:
    """Whether a routine goes on through its windows, week by week or at an interval."""
    return all(isinstance(v.rutine.frekvens, Hver) or _is_weekly(v) for v in versjoner)


def windows(versjoner: Sequence[Versjon], source: Kilde) -> list[Vindu]:
    """Return the windows these versions of a routine have for the class that year, in order and apart."""
    clocks = [v for v in versjoner if isinstance(v.rutine.frekvens, Hver)]
    out = [Vindu(a, b, tuple(_clock_marks(clocks, source, a, b))) for a, b in source.shared(clocks)]
    for v in versjoner:
        if v in clocks:
            continue
        found = [w for points in _by_period(source.points(v)) for w in _components(points, source)]
        if _is_weekly(v):
            found = [Vindu(a, b) for a, b in _stretches(day for w in found for day in _days(w.fra, w.til))]
        out += found
    return merged(out)


def _clock_marks(clocks: Sequence[Versjon], source: Kilde, fra: date, til: date) -> Iterator[Merke]:
    """Yield the planned days of a class's own interval; participants' are no common days."""
    for v in clocks:
        for p in source.points(v):
            if p.niva == "klasse" and p.mal is not None and fra <= p.mal <= til:
                yield Merke(p.mal, p.krav)


def _by_period(points: Iterable[Punkt]) -> Iterator[list[Punkt]]:
    groups: dict[str, list[Punkt]] = defaultdict(list)
    for p in points:
        groups[p.periode].append(p)
    yield from groups.values()


def _components(points: Sequence[Punkt], source: Kilde) -> Iterator[Vindu]:
    """Yield the windows of one period, those that overlap merged; without those that are only somebody's own."""
    ordered = sorted((p for p in points if p.frist is not None), key=lambda p: (p.fra, p.frist, p.id))
    while ordered:
        end = ordered[0].frist or date.max
        size = 0
        for p in ordered:
            if p.fra > end:
                break
            end = max(end, p.frist or end)
            size += 1
        together, ordered = ordered[:size], ordered[size:]
        if together[0].niva == "klasse" or len({p.subjekt for p in together}) >= source.ferrest:
            yield Vindu(together[0].fra, end, tuple(_marks(together)), max(p.nr for p in together))


def _marks(points: Iterable[Punkt]) -> Iterator[Merke]:
    """Yield one mark for each number in the window: the class's day, or the (lower) median of the participants'."""
    by_number: dict[int, list[Punkt]] = defaultdict(list)
    for p in points:
        by_number[p.nr].append(p)
    for _nr, same in sorted(by_number.items()):
        days = [p.mal.toordinal() for p in same if p.mal is not None]
        if days:
            yield Merke(date.fromordinal(median_low(days)), any(p.krav for p in same))


def merged(windows: Iterable[Vindu]) -> list[Vindu]:
    """Return windows in order, those that overlap as one."""
    out: list[Vindu] = []
    for w in sorted(windows, key=lambda w: (w.fra, w.til)):
        if out and w.fra <= out[-1].til:
            last = out[-1]
            marks = dict.fromkeys(sorted((*last.merker, *w.merker), key=lambda m: (m.dag, not m.krav)))
            out[-1] = Vindu(last.fra, max(last.til, w.til), tuple(marks), max(last.ganger, w.ganger))
        else:
            out.append(w)
    return out


def _days(fra: date, til: date) -> Iterator[date]:
    return (fra + timedelta(n) for n in range((til - fra).days + 1))


def _stretches(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return days (in order) as spans; what is a weekend apart is one."""
    out: list[tuple[date, date]] = []
    for day in days:
        if out and (day - out[-1][1]).days <= _NEXT_DOOR:
            out[-1] = (out[-1][0], max(day, out[-1][1]))
        else:
            out.append((day, day))
    return out
