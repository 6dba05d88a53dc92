"""What a plan asks of people: hours for each person, role and week, against what is set aside. Pure.

The points and their dates come from planning (``planlegg.plan_moter``, or the people's own plan), so the weeks are
those of the calendars. ``measure`` is the only way in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from oppfolgingscli.belastning.bidrag import Bidrag, contributions
from oppfolgingscli.belastning.deltakere import participants, veiled
from oppfolgingscli.belastning.forutsetninger import avsatt_minutter, by_routine
from oppfolgingscli.belastning.hyppighet import frequencies, iso_week
from oppfolgingscli.belastning.rad import (
    NULL,
    SKOLEDAGER_I_UKA,
    Belastning,
    Del,
    Forutsetninger,
    Hyppighet,
    Persontall,
    Portefolje,
    Rolletall,
    Tid,
    Topp,
    Uke,
    Ukelast,
    Utenfor,
)
from oppfolgingscli.belastning.summer import parts, total
from oppfolgingscli.modell.frekvens import Antall, Behov, Etter, Hver, Milepael, Ved
from oppfolgingscli.planlegg.folk import Folk
from oppfolgingscli.planlegg.mote import varighet_for
from oppfolgingscli.tid.dagmengde import Dagmengde

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from oppfolgingscli.gyldighet import Gyldighet
    from oppfolgingscli.modell.klasse import Person
    from oppfolgingscli.planlegg.mote import Mote
    from oppfolgingscli.utvid import Utvidelse

__all__ = [
    "Belastning", "Del", "Forutsetninger", "Hyppighet", "Persontall", "Rolletall", "Tid", "Topp", "Uke", "Ukelast",
    "avsatt_minutter", "by_routine", "measure",
]  # fmt: skip

TOPPER: Final = 3
"""Weeks that are shown as a person's busiest."""


def measure(
    utvidelse: Utvidelse, moter: Sequence[Mote], personer: Mapping[str, Person], f: Forutsetninger
) -> Belastning:
    """Return the workload of a class.

    Args:
        utvidelse: what ``moter`` were placed from; its calendar and eligible days.
        moter: every point that is not exempt, with its date. Those outside the span are left out.
        personer: the people of the workspace, by id.
        f: the span (closed) and what is asked.
    """
    return _Maler(utvidelse.gyldighet, moter, personer, f).run()


class _Maler:
    def __init__(self, g: Gyldighet, moter: Sequence[Mote], personer: Mapping[str, Person], f: Forutsetninger) -> None:
        self._g = g
        self._f = f
        self._moter = moter
        self._personer = personer
        self._folk = Folk(g.opplegg, personer, range(7))
        self._versjoner = {(v.rutine.id, v.nr): v for v in g.opplegg.rutinesett.versjoner}
        # The days somebody works with the class: its school days, working days in phases outside the breaks.
        fra, til = max(f.fra.toordinal(), g.start), min(f.til.toordinal(), g.slutt)
        school = g.kalender.teller_med(g.uten_skolerute)
        self._skoledager = school.velg(Dagmengde([(fra, til)])) if fra <= til else []
        self._enrolled = self._mean_enrolled()
        self._faktor = Fraction(f.deltakere) / self._enrolled if f.deltakere and self._enrolled else Fraction(1)
        self._bidrag, self._turer = contributions(g, moter, self._folk, personer, f, self._faktor)
        self._avsatt = self._set_aside()

    def run(self) -> Belastning:
        self._uker = self._weeks()
        roller = self._roles()
        people = self._people()
        skjult = veiled(self._g)
        return Belastning(
            self._f, self._uker, len(self._skoledager), self._enrolled * self._faktor, self._faktor, roller, people,
            tuple(t for one in people for t in self._peaks(one.rolle, one.person, one.uker)),
            tuple(t for r in roller if not r.deltaker for t in self._peaks(r.rolle, None, r.uker)),
            frequencies(self._g, self._f, self._bidrag, self._avsatt, self._faktor),
            participants(self._g, self._bidrag, self._f, skjult) if self._faktor == 1 else (), self._typical(),
            any((b.punkt.rutine, b.punkt.versjon) in skjult for b in self._bidrag), self._turer, tuple(self._outside()),
            self._without_time(), self._usual_length(), sum(m.grunn is not None and self._inside(m) for m in self._moter),
        )  # fmt: skip

    def _inside(self, mote: Mote) -> bool:
        return self._f.fra <= mote.dato <= self._f.til

    def _mean_enrolled(self) -> Fraction:
        """Return how many are enrolled on average over the school days of the span (any of them, when it has none)."""
        spans = [(s.start, s.slutt) for s in self._g.deltakerne]
        if not self._skoledager:
            fra, til = self._f.fra.toordinal(), self._f.til.toordinal()
            return Fraction(sum(a <= til and fra <= b for a, b in spans))
        days = sum(sum(a <= day <= b for day in self._skoledager) for a, b in spans)
        return Fraction(days, len(self._skoledager))

    # -- weeks ---------------------------------------------------------------------------------------

    def _weeks(self) -> tuple[Uke, ...]:
        """Return every ISO week from the first to the last with a school day, something set aside, or something to do."""
        days = [*self._skoledager, *(b.dag for b in self._bidrag)]
        days += [day for rolle in self._avsatt for day in self._days_of(rolle)]
        if not days:
            return ()
        school = Counter(iso_week(day) for day in self._skoledager)
        monday = date.fromordinal(min(days) - (min(days) - 1) % 7)
        out = []
        while monday.toordinal() <= max(days):
            key = iso_week(monday.toordinal())
            out.append(Uke(key, monday, monday + timedelta(6), school[key]))
            monday += timedelta(7)
        return tuple(out)

    def _days_of(self, rolle: str) -> list[int]:
        """Return the days a role can be at work for the class, in order."""
        fra, til = max(self._f.fra.toordinal(), self._g.start), min(self._f.til.toordinal(), self._g.slutt)
        days = set(self._skoledager)
        for v in self._g.opplegg.rutinesett.versjoner:
            rhythmic = isinstance(v.rutine.frekvens, Antall | Hver | Milepael)
            if rhythmic and v.rutine.gjelder.ferie != "aldri" and rolle in (v.rutine.ansvarlig, *v.rutine.deltar):
                days.update(self._g.tellende(v).velg(self._g.felles(v).klipp(fra, til)))
        return sorted(days)

    def _per_week(self, bidrag: Iterable[Bidrag], week: Fraction | None, days: Iterable[int]) -> tuple[Ukelast, ...]:
        found: defaultdict[str, Tid] = defaultdict(Tid)
        for b in bidrag:
            found[iso_week(b.dag)] += b.tid
        number = Counter(iso_week(day) for day in days)
        return tuple(
            Ukelast(u.nokkel, found[u.nokkel], None if week is None else week * Fraction(number[u.nokkel], SKOLEDAGER_I_UKA))
            for u in self._uker
        )  # fmt: skip

    # -- roles and people ----------------------------------------------------------------------------

    def _people_of(self, rolle: str) -> tuple[str, ...]:
        """Return the people of a role: those of the workspace, and whoever stands for it for a participant."""
        fixed = [r.id for r in self._folk.i_rolle(rolle, None) if r.slag == "person"]
        others = sorted({b.ressurs.id for b in self._bidrag if b.rolle == rolle and b.ressurs.slag == "person"})
        return tuple(dict.fromkeys((*fixed, *others)))

    def _set_aside(self) -> dict[str, tuple[Fraction, int]]:
        """Return, for each role something is set aside for, minutes a week for one person, and how many they are."""
        out = {}
        for id_, rolle in self._g.opplegg.rutinesett.roller.items():
            week = self._f.avsatt.get(id_)
            if week is None and rolle.avsatt is not None:
                week = avsatt_minutter(rolle.avsatt)
            if week is not None and not self._folk.er_deltaker(id_):
                out[id_] = (week, max(len(self._people_of(id_)), 1))
        return out

    def _roles(self) -> tuple[Rolletall, ...]:
        own: defaultdict[str, list[Bidrag]] = defaultdict(list)
        for b in self._bidrag:
            own[b.rolle].append(b)
        known = self._g.opplegg.rutinesett.roller
        order = [r for r, rolle in known.items() if r in own or r in self._avsatt or rolle.portefolje]
        order += [r for r in own if r not in known]
        staff = [r for r in order if not self._folk.er_deltaker(r)]
        return tuple(self._role(r, own[r]) for r in (*staff, *(r for r in order if r not in staff)))

    def _role(self, rolle: str, bidrag: list[Bidrag]) -> Rolletall:
        participant = self._folk.er_deltaker(rolle)
        people = () if participant else self._people_of(rolle)
        count = self._enrolled * self._faktor if participant else Fraction(max(len(people), 1))
        aside = self._avsatt.get(rolle)
        week = None if aside is None else aside[0] * aside[1]
        days = self._days_of(rolle)
        weeks = self._per_week(bidrag, week, days)
        return Rolletall(
            rolle, participant, people, count, len(days), total(bidrag), total(b for b in bidrag if not b.punkt.krav).sum, weeks, week,
            None if week is None else week * Fraction(len(days), SKOLEDAGER_I_UKA),
            sum(u.avsatt is not None and u.tid.sum > u.avsatt for u in weeks),
            parts(bidrag), None if participant else self._portfolio(rolle, bidrag, count, len(days)),
        )  # fmt: skip

    def _portfolio(self, rolle: str, bidrag: list[Bidrag], people: Fraction, days: int) -> Portefolje | None:
        found = self._g.opplegg.rutinesett.roller.get(rolle)
        number = found.portefolje if found else None
        enrolled = self._enrolled * self._faktor
        if number is None or not days or not enrolled:
            return None
        minutes = total(b for b in bidrag if b.punkt.niva == "deltaker").sum
        each = minutes / enrolled / Fraction(days, SKOLEDAGER_I_UKA)
        return Portefolje(number, enrolled / people, each, each * number)

    def _people(self) -> tuple[Persontall, ...]:
        own: defaultdict[tuple[str, str | None], list[Bidrag]] = defaultdict(list)
        for b in self._bidrag:
            if b.ressurs.slag != "deltaker":
                own[b.rolle, b.ressurs.id if b.ressurs.slag == "person" else None].append(b)
        out = []
        for (rolle, person), bidrag in own.items():
            week = self._avsatt[rolle][0] if rolle in self._avsatt else None
            out.append(Persontall(rolle, person, total(bidrag), self._per_week(bidrag, week, self._days_of(rolle))))
        order = list(self._g.opplegg.rutinesett.roller)
        return tuple(
            sorted(out, key=lambda x: (order.index(x.rolle) if x.rolle in order else len(order), x.person or ""))
        )

    def _peaks(self, rolle: str, person: str | None, uker: Iterable[Ukelast]) -> list[Topp]:
        """Return the busiest weeks, the busiest first; of those alike the earliest. ``person`` None: the whole role.

        Busy is more than the mean of the weeks with something to do: where all are alike, none is.
        """
        some = [u for u in uker if u.tid.sum]
        mean = sum((u.tid.sum for u in some), NULL) / max(len(some), 1)
        busy = sorted((u for u in some if u.tid.sum > mean), key=lambda u: -u.tid.sum)[:TOPPER]
        out = []
        for u in busy:
            there = [b for b in self._bidrag if b.rolle == rolle and iso_week(b.dag) == u.uke]
            own = there if person is None else [b for b in there if b.ressurs.id == person]
            out.append(Topp(rolle, person, u.uke, u.tid, parts(own)))
        return out

    # -- participants --------------------------------------------------------------------------------

    def _typical(self) -> tuple[Fraction, Fraction]:
        """Return the others' minutes, and the participant's own, for a typical participant: the mean."""
        enrolled = self._enrolled * self._faktor
        if not enrolled:
            return NULL, NULL
        others = total(b for b in self._bidrag if b.ressurs.slag != "deltaker" and b.punkt.niva == "deltaker").sum
        own = total(b for b in self._bidrag if b.ressurs.slag == "deltaker").sum
        return others / enrolled, own / enrolled

    # -- what is not in it ---------------------------------------------------------------------------

    def _outside(self) -> Iterable[tuple[str, Utenfor]]:
        """Yield the routines in force in the span that have no time because nobody knows how often they come."""
        counted = {b.punkt.rutine for b in self._bidrag}
        fra, til = self._f.fra.toordinal(), self._f.til.toordinal()
        seen: set[str] = set()
        for v in self._g.opplegg.rutinesett.versjoner:
            rule = v.rutine.frekvens
            if not isinstance(rule, Behov | Ved | Etter) or v.rutine.id in counted | seen:
                continue
            if self._g.felles(v).klipp(max(fra, self._g.start), min(til, self._g.slutt)):
                seen.add(v.rutine.id)
                yield v.rutine.id, "behov" if isinstance(rule, Behov) else "utlost"

    def _planned(self) -> list[tuple[str, int]]:
        return sorted({(b.punkt.rutine, b.punkt.versjon) for b in self._bidrag}, key=list(self._versjoner).index)

    def _without_time(self) -> tuple[str, ...]:
        """Return the planned routines that take no time at all: deliveries nobody has said a length of."""
        spent: defaultdict[str, Fraction] = defaultdict(Fraction)
        for b in self._bidrag:
            spent[b.punkt.rutine] += b.tid.sum
        return tuple(dict.fromkeys(id_ for id_, _nr in self._planned() if not spent[id_]))

    def _usual_length(self) -> tuple[str, ...]:
        """Return the planned routines that say no length and are reckoned with the usual one."""
        return tuple(dict.fromkeys(
            id_ for id_, nr in self._planned()
            if self._versjoner[id_, nr].rutine.varighet is None and id_ not in self._f.varighet
            and varighet_for(self._versjoner[id_, nr].rutine)
        ))  # fmt: skip
