"""The expansion once more, day by day with plain sets: slow, and simple enough to be read beside the semantics.

Shares nothing with the program but the models and the school calendar's lists of breaks and days off.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from math import ceil, floor
from typing import Any

from dateutil.easter import easter

from oppfolgingscli.modell.klasse import Deltaker, Opplegg
from oppfolgingscli.modell.rutinesett import Versjon
from oppfolgingscli.tid.varighet import Varighet

DAY = timedelta(1)


@dataclass(frozen=True)
class Naivt:
    """What is compared of a point."""

    rutine: str
    subjekt: str
    versjon: int
    periode: str
    nr: int
    krav: bool
    delvis: bool
    fra: date
    mal: date | None
    tempo: date | None
    frist: date | None
    sent_til: date | None


class Kalender:
    """School days and breaks as sets of dates."""

    def __init__(self, opplegg: Opplegg) -> None:
        k = opplegg.klasse
        first = (k.start.year if k.start.month >= 8 else k.start.year - 1) - 1
        last = (k.slutt.year if k.slutt.month >= 8 else k.slutt.year - 1) + 1
        self.days = list(span(date(first, 8, 1), date(last + 1, 7, 31)))
        self.holidays = {d for y in range(first, last + 3) for d in red_days(y)}
        self.work = {d for d in self.days if d.weekday() < 5 and d not in self.holidays}
        self.breaks: dict[str, set[date]] = {}
        self.school = set(self.work)
        if opplegg.skolerute is None:
            return
        data = {year.id: year for year in opplegg.skolerute}
        previous_last: date | None = None
        off: set[date] = set()
        for y in range(first - 1, last + 2):
            year = data.get(f"{y}-{y + 1}")
            if year:
                start, end, breaks = year.forste, year.siste, year.ferier
                off |= set(year.fridager)
            else:
                start, end, breaks = date.fromisocalendar(y, 34, 1), date.fromisocalendar(y + 1, 25, 5), usual(y)
            for name, (a, b) in breaks.items():
                self.breaks.setdefault(name, set()).update(widened(a, b))
            if previous_last:
                self.breaks.setdefault("sommerferie", set()).update(span(previous_last + DAY, start - DAY))
            previous_last = end
        all_breaks = set().union(*self.breaks.values())
        self.school -= all_breaks | off

    @cached_property
    def all_breaks(self) -> set[date]:
        return set().union(*self.breaks.values()) if self.breaks else set()

    def add(self, d: date, v: Varighet) -> date:
        n = v.antall
        if v.enhet in ("dag", "uke"):
            return d + DAY * (n * (7 if v.enhet == "uke" else 1))
        if v.enhet in ("maned", "ar"):
            months = d.year * 12 + d.month - 1 + n * (12 if v.enhet == "ar" else 1)
            y, m = months // 12, months % 12 + 1
            return date(y, m, min(d.day, calendar.monthrange(y, m)[1]))
        kind = self.work if v.enhet == "virkedag" else self.school
        while n:
            step = DAY if n > 0 else -DAY
            d += step
            if d in kind:
                n -= 1 if n > 0 else -1
        return d


def span(a: date, b: date) -> Iterator[date]:
    while a <= b:
        yield a
        a += DAY


def red_days(year: int) -> set[date]:
    e = easter(year)
    moving = {e + DAY * n for n in (-3, -2, 0, 1, 39, 49, 50)}
    return moving | {date(year, 1, 1), date(year, 5, 1), date(year, 5, 17), date(year, 12, 25), date(year, 12, 26)}


def usual(y: int) -> dict[str, tuple[date, date]]:
    e = easter(y + 1)
    return {
        "hostferie": (date.fromisocalendar(y, 40, 1), date.fromisocalendar(y, 40, 5)),
        "vinterferie": (date.fromisocalendar(y + 1, 8, 1), date.fromisocalendar(y + 1, 8, 5)),
        "juleferie": (date(y, 12, 22), date(y + 1, 1, 1)),
        "paskeferie": (e - 6 * DAY, e + DAY),
    }


def widened(a: date, b: date) -> Iterator[date]:
    while (a - DAY).weekday() >= 5:
        a -= DAY
    while (b + DAY).weekday() >= 5:
        b += DAY
    return span(a, b)


@cache
def period_key(d: date, per: str) -> str:
    if per == "uke":
        iso = d.isocalendar()
        return f"{iso.year}-u{iso.week:02}"
    if per == "maned":
        return f"{d.year}-{d.month:02}"
    if per == "kvartal":
        return f"{d.year}-k{ceil(d.month / 3)}"
    if per == "semester":
        return f"{d.year}-{'host' if d.month >= 8 else 'var'}"
    first = d.year if d.month >= 8 else d.year - 1
    return f"{first}-{first + 1}"


class Naiv:
    """The whole expansion for one class."""

    def __init__(self, opplegg: Opplegg) -> None:
        self.o = opplegg
        self.k = Kalender(opplegg)
        self.phases: dict[str, set[date]] = {}
        self.periods: dict[str, dict[str, list[date]]] = {}
        self.eligible: dict[object, list[date]] = {}
        self.first_school_year = int(period_key(opplegg.klasse.start, "skolear")[:4])

    def school_year(self, d: date) -> int:
        return int(period_key(d, "skolear")[:4]) - self.first_school_year + 1

    def in_phase(self, d: date, phase_id: str) -> bool:
        if phase_id not in self.phases:
            self.phases[phase_id] = {x for x in self.k.days if self._in_phase(x, phase_id)}
        return d in self.phases[phase_id]

    def _in_phase(self, d: date, phase_id: str) -> bool:
        phase = self.o.rutinesett.fase(phase_id)
        assert phase is not None
        own = self.o.klasse.faser.get(phase_id)
        a = own.fra if own and own.fra else phase.fra
        b = own.til if own and own.til else phase.til
        assert a is None or isinstance(a, date)
        assert b is None or isinstance(b, date)
        if not a and not b:
            return self.school_year(d) in phase.skolear
        by_year = bool(phase.skolear)
        after = a <= d if a else not by_year or self.school_year(d) >= min(phase.skolear)
        before = d <= b if b else not by_year or self.school_year(d) <= max(phase.skolear)
        if not by_year:
            after = after and (bool(a) or d >= self.o.klasse.start)
            before = before and (bool(b) or d <= self.o.klasse.slutt)
        return after and before

    def outside_breaks(self, d: date) -> bool:
        return any(not f.skolerute and self.in_phase(d, f.id) for f in self.o.rutinesett.faser)

    def rule4(self, d: date, v: Versjon) -> bool:
        ferie = v.rutine.gjelder.ferie
        in_break = d in self.k.all_breaks
        if ferie == "aldri":
            return not in_break or self.outside_breaks(d)
        if ferie == "ogsa":
            return True
        if ferie == "bare":
            return in_break
        return any(d in self.k.breaks.get(name, set()) for name in ferie)

    def counts(self, d: date, v: Versjon) -> bool:
        work = v.rutine.gjelder.ferie != "aldri" or self.outside_breaks(d)
        return d in (self.k.work if work else self.k.school)

    def in_e(  # noqa: PLR0911 - one reason to say no after another
        self, d: date, s: Deltaker | None, v: Versjon, *, pauses: bool, stays: bool
    ) -> bool:
        k, g = self.o.klasse, v.rutine.gjelder
        start = (s.start if s else None) or k.start
        end = (s.slutt if s else None) or k.slutt
        if stays:
            end = max(end, k.slutt)
        if not (start <= d <= end) or (v.fra and d < v.fra) or (v.til and d > v.til):
            return False
        if g.skolear and self.school_year(d) not in g.skolear:
            return False
        if g.fase and not any(self.in_phase(d, f) for f in g.fase):
            return False
        if not self.rule4(d, v):
            return False
        if s is None:
            return True
        if g.i_praksis and not any(p.fra <= d <= (p.til or date.max) for p in s.praksis):
            return False
        for values, wanted in ((s.gruppe, g.gruppe), (s.ytelse, g.ytelse)):
            if wanted:
                held = [x for x in values if (x.fra or date.min) <= d]
                latest = max(held, key=lambda x: x.fra or date.min, default=None)
                if latest is None or latest.verdi not in wanted:
                    return False
        return not (pauses and any(p.fra <= d <= (p.til or date.max) for p in s.pauser))

    def e(self, s: Deltaker | None, v: Versjon, *, pauses: bool = True, stays: bool = False) -> list[date]:
        key = (s.id if s else None, v.rutine.id, v.nr, pauses, stays)
        if key not in self.eligible:
            self.eligible[key] = [d for d in self.k.days if self.in_e(d, s, v, pauses=pauses, stays=stays)]
        return self.eligible[key]

    def period_days(self, key: str, per: str) -> list[date]:
        if per not in self.periods:
            self.periods[per] = {}
            for d in self.k.days:
                self.periods[per].setdefault(period_key(d, per), []).append(d)
        return self.periods[per][key]

    def antall(self, s: Deltaker | None, v: Versjon, *, pauses: bool) -> Iterator[dict[str, Any]]:
        f: Any = v.rutine.frekvens
        whole, real = self.e(s, v, pauses=False, stays=True), self.e(s, v, pauses=pauses)
        counted = self.e(s, v, pauses=pauses, stays=True)
        real_days, counted_days, whole_days = set(real), set(counted), set(whole)
        for key in dict.fromkeys(period_key(d, f.per) for d in whole):
            period = self.period_days(key, f.per)
            if not any(d in real_days for d in period):
                continue
            x = [d for d in period if d in counted_days and self.counts(d, v)]
            full = [d for d in period if self.rule4(d, v) and self.counts(d, v)]
            m, big_d = len(x), len(full)
            if m == 0:
                continue
            minst, n = f.minst, f.inntil
            if m != big_d:
                minst, n = floor(minst * m / big_d + 0.5), floor(n * m / big_d + 0.5)
            window = [d for d in period if d in whole_days]
            for j in range(1, n + 1):
                mal = x[ceil((j - 0.5) * m / n) - 1]
                if f.helst:
                    mal = x[-1] if f.helst == "slutt" else x[0]
                yield {
                    "periode": key, "nr": j, "krav": j <= minst, "delvis": m != big_d, "fra": window[0], "mal": mal,
                    "tempo": x[ceil(j * m / n) - 1], "frist": window[-1],
                    "own": self.k.add(window[-1], f.sent_til) if f.sent_til else None,
                }  # fmt: skip

    def hver(self, s: Deltaker | None, v: Versjon) -> Iterator[dict[str, Any]]:
        f: Any = v.rutine.frekvens
        days = self.e(s, v)

        def clock(n: int) -> date | None:
            return days[n - 1] if 1 <= n <= len(days) else None

        def length(d: Varighet) -> int:
            return (
                d.antall * {"dag": 1, "uke": 7, "ar": 365}[d.enhet]
                if d.enhet != "maned"
                else floor(d.antall * 365 / 12 + 0.5)
            )

        tau, big_m, first = length(f.hver), length(f.senest), length(f.forste_innen)
        b, gap = 0, 1
        while True:
            h = min(tau, first) if gap == 1 else tau
            deadline = first if gap == 1 else big_m
            mal = clock(b + h)
            if mal is None:
                return
            yield {
                "periode": str(gap), "nr": 1, "krav": True, "delvis": False, "fra": clock(b + 1), "mal": mal,
                "tempo": mal, "frist": clock(b + deadline), "late": clock(b + deadline + big_m),
            }  # fmt: skip
            b, gap = b + h, gap + 1

    def anchors(  # noqa: C901, PLR0912 - one branch an anchor
        self, s: Deltaker | None, v: Versjon
    ) -> Iterator[tuple[str, date]]:
        f: Any = v.rutine.frekvens
        a, k = f.milepael, self.o.klasse
        kind, edge = a.slag.rpartition("-")[::2] if "-" in a.slag else (a.slag, "")
        last = edge == "slutt"
        if a.slag == "oppstart":
            yield "oppstart", (s.start if s else None) or k.start
        elif a.slag == "slutt":
            yield "slutt", (s.slutt if s else None) or k.slutt
        elif a.slag == "dato":
            yield a.dato.isoformat(), a.dato
        elif a.slag == "eksamen":
            if a.navn in k.eksamen:
                yield a.navn, k.eksamen[a.navn]
        elif a.slag == "praksis-start":
            for n, p in enumerate(sorted((s.praksis if s else ()), key=lambda p: p.fra), 1):
                yield f"praksis-{n}", p.fra
        elif kind == "fase":
            phase = self.o.rutinesett.fase(a.navn)
            days = [d for d in self.k.days if self.in_phase(d, a.navn)]
            own = k.faser.get(a.navn)
            if phase and phase.skolear and not (own and (own.fra or own.til)):
                days = [d for d in days if d in self.k.school]
            if days:
                yield a.navn, days[-1 if last else 0]
        else:
            end_year = self.school_year(k.slutt)
            per = {"skolear": "skolear", "semester": "semester"}[kind]
            groups: dict[str, list[date]] = {}
            for d in self.k.days:
                if d in self.k.school and 1 <= self.school_year(d) <= max(end_year, a.nr or 0):
                    groups.setdefault(period_key(d, per), []).append(d)
            for key, days in groups.items():
                number = self.school_year(days[0])
                if a.nr is not None and number != a.nr:
                    continue
                if a.navn and not key.endswith(a.navn):
                    continue
                yield key, days[-1 if last else 0]

    def milepael(self, s: Deltaker | None, v: Versjon, *, pauses: bool) -> Iterator[dict[str, Any]]:
        f: Any = v.rutine.frekvens
        eligible = self.e(s, v, pauses=pauses)
        for key, anchor in self.anchors(s, v):
            a, b = self.k.add(anchor, f.fra), self.k.add(anchor, f.innen)
            inside = [d for d in eligible if a <= d <= b]
            if not inside:
                continue
            x = [d for d in inside if self.counts(d, v)] or inside
            mal = x[ceil(len(x) / 2) - 1]
            if f.helst:
                mal = x[-1] if f.helst == "slutt" else x[0]
            yield {
                "periode": key, "nr": 1, "krav": True, "delvis": False, "fra": a, "mal": mal, "tempo": None, "frist": b,
                "own": self.k.add(b, f.sent_til) if f.sent_til else None,
            }  # fmt: skip

    def routine(
        self, s: Deltaker | None, versions: list[Versjon], *, pauses: bool
    ) -> tuple[list[tuple[Versjon, dict[str, Any]]], set[date]]:
        made: list[tuple[Versjon, dict[str, Any]]] = []
        windows: set[date] = set()
        anchors: set[tuple[str, str]] = set()
        for v in versions:
            f: Any = v.rutine.frekvens
            if f.slag == "antall":
                rows = list(self.antall(s, v, pauses=pauses))
                windows |= {r["fra"] for r in rows}
            elif f.slag == "milepael":
                rows = [r for r in self.milepael(s, v, pauses=pauses) if (f.milepael.slag, r["periode"]) not in anchors]
                anchors |= {(f.milepael.slag, r["periode"]) for r in rows}
                windows |= {r["fra"] for r in rows}
            elif f.slag == "hver":
                rows = list(self.hver(s, v))
                windows |= set(self.e(s, v)[:1])
            else:
                continue
            made += [(v, r) for r in rows]
        return made, windows

    def expand(self) -> tuple[set[Naivt], set[Naivt]]:
        points: set[Naivt] = set()
        excused: set[Naivt] = set()
        groups: dict[str, list[Versjon]] = {}
        for v in self.o.rutinesett.versjoner:
            groups.setdefault(v.rutine.id, []).append(v)
        for versions in groups.values():
            subjects: list[Deltaker | None] = [None] if versions[0].rutine.niva == "klasse" else list(self.o.deltakere)
            for s in subjects:
                made, _ = self.routine(s, versions, pauses=True)
                without, windows = self.routine(s, versions, pauses=False)
                name = s.id if s else self.o.klasse.id
                here = {self.finish(name, v, r, windows) for v, r in made}
                ids = {(p.versjon, p.periode, p.nr) for p in here}
                points |= here
                excused |= {
                    self.finish(name, v, r, windows)
                    for v, r in without
                    if v.rutine.frekvens.slag != "hver" and (v.nr, r["periode"], r["nr"]) not in ids
                }
        return points, excused

    def finish(self, subject: str, v: Versjon, r: dict[str, Any], windows: set[date]) -> Naivt:
        if "late" in r:
            late = r["late"]
        elif r["own"]:
            late = r["own"]
        else:
            later = sorted(w for w in windows if w > r["frist"])
            late = later[0] - DAY if later else None
        return Naivt(
            v.rutine.id, subject, v.nr, r["periode"], r["nr"], r["krav"], r["delvis"], r["fra"], r["mal"], r["tempo"],
            r["frist"], late,
        )  # fmt: skip
