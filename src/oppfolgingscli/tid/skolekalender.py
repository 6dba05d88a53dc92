"""One school's calendar over a span of years: school days, breaks, first and last days.

A school year that nobody has entered uses the usual pattern (``vanlig_monster``), and says so through
``Skolear.monster``. Breaks run over the weekends that touch them; ``sommerferie`` is everything between
one last school day and the next first one. Source: the project's docs/semantikk.md, chapter on dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from oppfolgingscli.tid.dagmengde import Dagmengde, Teller
from oppfolgingscli.tid.helligdager import helligdager, paskedag
from oppfolgingscli.tid.perioder import Periode, semester_periode, skolear_for, skolear_nokkel, skolear_periode

if TYPE_CHECKING:
    from oppfolgingscli.tid.varighet import Varighet

FERIER: Final = ("hostferie", "juleferie", "vinterferie", "paskeferie")
SOMMERFERIE: Final = "sommerferie"
_SATURDAY: Final = 5
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class SkolearData:
    """One school year as entered. Ranges are closed; ``ubekreftet`` names the parts no source confirms.

    Parts: ``forste``, ``siste``, ``fridager`` and the names of the breaks.
    """

    id: str
    forste: date
    siste: date
    ferier: dict[str, tuple[date, date]] = field(default_factory=dict)
    fridager: tuple[date, ...] = ()
    kilde: str = ""
    ubekreftet: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ferie:
    """One break as it counts, weekends that touch it included. Closed ordinals.

    ``fra_fra`` and ``til_fra`` name the entered date its first and last day come from, as
    ``(school year, part)``; ``*_ubekreftet`` say that no source confirms that date.
    """

    navn: str
    fra: int
    til: int
    fra_fra: tuple[str, str]
    til_fra: tuple[str, str]
    fra_ubekreftet: bool
    til_ubekreftet: bool

    @property
    def ubekreftet(self) -> bool:
        """Whether the length of the break rests on an unconfirmed date."""
        return self.fra_ubekreftet or self.til_ubekreftet


def vanlig_monster(year: int) -> SkolearData:
    """Return the usual pattern for the school year that begins in August of ``year``; nothing confirmed."""
    easter = paskedag(year + 1)

    def week(iso_year: int, number: int) -> tuple[date, date]:
        return date.fromisocalendar(iso_year, number, 1), date.fromisocalendar(iso_year, number, 5)

    return SkolearData(
        id=skolear_nokkel(year),
        forste=date.fromisocalendar(year, 34, 1),
        siste=date.fromisocalendar(year + 1, 25, 5),
        ferier={
            "hostferie": week(year, 40),
            "juleferie": (date(year, 12, 22), date(year + 1, 1, 1)),
            "vinterferie": week(year + 1, 8),
            "paskeferie": (easter - timedelta(6), easter + timedelta(1)),
        },
        ubekreftet=frozenset({"forste", "siste", *FERIER}),
    )


def _with_weekends(first: int, last: int) -> tuple[int, int]:
    """Widen ``[first, last]`` over the weekends that touch it."""
    before = date.fromordinal(first - 1).weekday()
    if before >= _SATURDAY:
        first -= before - _SATURDAY + 1
    after = date.fromordinal(last + 1).weekday()
    if after >= _SATURDAY:
        last += 7 - after
    return first, last


class Skolekalender:
    """School days, working days and breaks from ``fra`` to ``til`` (closed, whole school years).

    ``ingen`` is the calendar of ``skolerute = "ingen"``: every working day is a school day, there are no
    breaks, school years run 1 Aug–31 Jul.
    """

    def __init__(self, skolear: Sequence[SkolearData] | None, fra: date, til: date) -> None:
        """Cover at least ``[fra, til]``; the school years are widened to whole ones."""
        first_year, last_year = skolear_for(fra), skolear_for(til)
        self.ingen = skolear is None
        self.fra = skolear_periode(first_year).fra
        self.til = skolear_periode(last_year).til
        self._entered = {data.id: data for data in skolear or ()}
        self._years: dict[int, SkolearData] = {}
        self._base = self.fra.toordinal()
        size = self.til.toordinal() - self._base + 1
        self.ferier: tuple[Ferie, ...] = () if self.ingen else tuple(self._breaks(first_year, last_year))
        self.feriedager = Dagmengde((f.fra, f.til) for f in self.ferier)
        self._flag_days(size)

    def _breaks(self, first_year: int, last_year: int) -> list[Ferie]:
        out = [self._summer(first_year - 1)]
        for year in range(first_year, last_year + 1):
            data = self.year(year)
            for name, (first, last) in sorted(data.ferier.items(), key=lambda item: item[1]):
                a, b = _with_weekends(first.toordinal(), last.toordinal())
                source, unsure = (data.id, name), name in data.ubekreftet
                out.append(Ferie(name, a, b, source, source, unsure, unsure))
            out.append(self._summer(year))
        return out

    def _summer(self, year: int) -> Ferie:
        """Return the break between the school years that begin in ``year`` and the year after."""
        data, after = self.year(year), self.year(year + 1)
        return Ferie(
            SOMMERFERIE,
            data.siste.toordinal() + 1,
            after.forste.toordinal() - 1,
            (data.id, "siste"),
            (after.id, "forste"),
            "siste" in data.ubekreftet,
            "forste" in after.ubekreftet,
        )

    def _flag_days(self, size: int) -> None:
        first_weekday = self.fra.weekday()
        work = bytearray(1 if (first_weekday + i) % 7 < _SATURDAY else 0 for i in range(size))
        for year in range(self.fra.year, self.til.year + 1):
            for day in helligdager(year):
                if self.fra <= day <= self.til:
                    work[day.toordinal() - self._base] = 0
        school = bytearray(work)
        for f in self.ferier:
            a, b = max(f.fra - self._base, 0), min(f.til - self._base, size - 1)
            if a <= b:
                school[a : b + 1] = bytes(b - a + 1)
        if not self.ingen:
            for data in self._years.values():
                for day in data.fridager:
                    if self.fra <= day <= self.til:
                        school[day.toordinal() - self._base] = 0
        self.virkedag_flagg = bytes(work)
        self.skoledag_flagg = bytes(school)
        self.virkedager = Teller(self._base, work)
        self.skoledager = self.virkedager if self.ingen else Teller(self._base, school)

    def teller_med(self, virkedager_i: Dagmengde) -> Teller:
        """Count school days, but working days on the days of ``virkedager_i``."""
        if not virkedager_i or self.ingen:
            return self.skoledager
        flags = bytearray(self.skoledag_flagg)
        for first, last in virkedager_i.klipp(self._base, self.til.toordinal()).spenn:
            a, b = first - self._base, last - self._base + 1
            flags[a:b] = self.virkedag_flagg[a:b]
        return Teller(self._base, flags)

    def year(self, year: int) -> SkolearData:
        """Return the school year that begins in August of ``year``: as entered, else the usual pattern."""
        if year not in self._years:
            entered = self._entered.get(skolear_nokkel(year))
            self._years[year] = entered or vanlig_monster(year)
        return self._years[year]

    def is_entered(self, year: int) -> bool:
        """Whether somebody has entered this school year (always true for ``ingen``)."""
        return self.ingen or skolear_nokkel(year) in self._entered

    def _edge(self, period: Periode, *, last: bool) -> date | None:
        days = self.skoledager.velg(Dagmengde([(period.fra.toordinal(), period.til.toordinal())]))
        return date.fromordinal(days[-1 if last else 0]) if days else None

    def skolear_kant(self, year: int, *, last: bool) -> date | None:
        """Return the first (or last) school day of a school year; None outside the covered span."""
        return self._edge(skolear_periode(year), last=last)

    def semester_kant(self, year: int, half: str, *, last: bool) -> date | None:
        """Return the first (or last) school day of a semester; None outside the covered span."""
        return self._edge(semester_periode(year, half), last=last)

    def ubekreftede_kanter(self, day: int) -> list[tuple[str, str]]:
        """Return the unconfirmed dates that make ``day`` (ordinal) the last before or first after a break."""
        before = [f.fra_fra for f in self.ferier if f.fra_ubekreftet and f.fra == day + 1]
        after = [f.til_fra for f in self.ferier if f.til_ubekreftet and f.til == day - 1]
        return before + after

    def ubekreftede_ferier(self, fra: int, til: int) -> list[tuple[str, str]]:
        """Return the unconfirmed dates of breaks that touch ``[fra, til]`` (ordinals)."""
        out: list[tuple[str, str]] = []
        for f in self.ferier:
            if f.fra <= til and f.til >= fra:
                out += [f.fra_fra] * f.fra_ubekreftet + [f.til_fra] * f.til_ubekreftet
        return list(dict.fromkeys(out))

    def is_skoledag(self, day: date) -> bool:
        """Whether ``day`` is a school day."""
        return day.toordinal() in self.skoledager

    def is_virkedag(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        return day.toordinal() in self.virkedager

    def i_ferie(self, day: date) -> str | None:
        """Return the name of the break ``day`` lies in, if any."""
        number = day.toordinal()
        return next((f.navn for f in self.ferier if f.fra <= number <= f.til), None)

    def add(self, day: date, varighet: Varighet) -> date:
        """Return the day ``varighet`` from ``day`` (semantics: docs/semantikk.md, durations on a date).

        Months and years are calendar arithmetic clamped to the month's last day; n working or school days
        are the n-th such day after it (before it, when negative), the day itself not counted. Beyond the
        covered span the span's edge is used.
        """
        n = varighet.antall
        match varighet.enhet:
            case "dag":
                return day + timedelta(n)
            case "uke":
                return day + timedelta(7 * n)
            case "maned":
                return _add_months(day, n)
            case "ar":
                return _add_months(day, 12 * n)
            case "virkedag" | "skoledag":
                counter = self.virkedager if varighet.enhet == "virkedag" else self.skoledager
                found = counter.after(day.toordinal(), n)
                if found is None:
                    return self.til if n > 0 else self.fra
                return date.fromordinal(found)


def _add_months(day: date, n: int) -> date:
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError  # pragma: no cover - every month has 28 days


def bygg_kalender(skolear: Sequence[SkolearData] | None, fra: date, til: date) -> Skolekalender:
    """Build the calendar for ``[fra, til]`` with a whole school year of margin on each side."""
    return Skolekalender(skolear, date(fra.year - 1, fra.month, 1), date(til.year + 1, til.month, 28))
