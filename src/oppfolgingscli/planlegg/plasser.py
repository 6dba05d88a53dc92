"""Places points: one pass, narrowest routines first, each point on the best free day near its target.

Nothing is ever moved again, and the order depends on the rules and on who joined when. So a joiner, or
one point with new dates, disturbs others only where they meet.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from datetime import date, time
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Antall, Hver
from oppfolgingscli.planlegg.folk import Folk, Ressurs
from oppfolgingscli.planlegg.mote import Grunn, Mote, Plassert, varighet_for
from oppfolgingscli.planlegg.timeplan import Tidsrom, Timeplan
from oppfolgingscli.planlegg.vindu import (
    Dager,
    Vindu,
    helst_for,
    nominell_bredde,
    onsket_dag,
    vindu_for,
)
from oppfolgingscli.tid.varighet import Varighet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.klasse import Kalenderoppsett, Person
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.utvid import Utvidelse

# What a day costs, in days away from the target.
_SAMME_GRUPPE: Final = 3  # another participant's same talk lies there
_SAMME_DELTAKER: Final = 2  # the participant has another meeting that day
_UTENFOR_DELEN: Final = 7  # before the previous point's pace, or after its own
_FEIL_STED: Final = 30  # a visit off the practice days, or a talk on one
_OVER_GRENSEN: Final = 1000  # so long after the last that the interval is broken

_EN_DAG: Final = Varighet(1, "dag")


def plan_moter(
    utvidelse: Utvidelse,
    kalender: Kalenderoppsett,
    personer: Mapping[str, Person],
    opptatt: Mapping[str, Mapping[int, Sequence[Tidsrom]]] | None = None,
    plan: Mapping[str, Plassert] | None = None,
) -> tuple[Mote, ...]:
    """Give every point a date, and every meeting a time; exempt points are left out.

    Args:
        utvidelse: the points, with the calendar and the eligible days they were made from.
        kalender: hours, weekdays and how many meetings a day holds for one person.
        personer: the people of the workspace, by id.
        opptatt: busy times by person id and day (ordinal), in minutes from midnight, half-open.
        plan: by point id, where the people's own plan has it; the rest is placed around those.

    Returns:
        One ``Mote`` for each point that is not exempt, in order of date, start and point id. What found
        no time stands on its deadline, with ``grunn``.
    """
    return _Planlegger(utvidelse, kalender, personer, opptatt or {}).run(plan or {})


class _Planlegger:
    def __init__(
        self,
        utvidelse: Utvidelse,
        kalender: Kalenderoppsett,
        personer: Mapping[str, Person],
        opptatt: Mapping[str, Mapping[int, Sequence[Tidsrom]]],
    ) -> None:
        g = utvidelse.gyldighet
        self._punkter = [p for p in utvidelse.punkter if p.grunn is None]
        self._kalender = g.kalender
        self._versjoner = {(v.rutine.id, v.nr): v for v in g.opplegg.rutinesett.versjoner}
        self._folk = Folk(g.opplegg, personer, kalender.dager)
        self._dager = Dager(g)
        self._timeplan = Timeplan(
            kalender.tidsrom,
            kalender.maks_per_dag,
            {Ressurs("person", person): days for person, days in opptatt.items()},
        )
        self._praksis = {d.id: d.praksis for d in g.opplegg.deltakere if d.praksis}
        self._spenn = {s.id: (s.start, s.slutt) for s in g.deltakerne}
        self._gruppe: defaultdict[tuple[str, int, str, int], defaultdict[int, int]] = defaultdict(
            lambda: defaultdict(int)
        )
        self._tempo: dict[tuple[str, int, str, str], int] = {}
        self._plassert: defaultdict[tuple[str, str], list[int]] = defaultdict(list)

    def run(self, plan: Mapping[str, Plassert]) -> tuple[Mote, ...]:
        bredde = {key: nominell_bredde(v) for key, v in self._versjoner.items()}
        ordered = sorted(
            self._punkter,
            key=lambda p: (
                p.niva != "klasse",
                bredde[p.rutine, p.versjon],
                self._rang(p),
                p.rutine,
                p.versjon,
                p.fra,
                p.frist or date.max,
                p.nr,
                p.id,
            ),
        )
        moter = {p.id: self._follow(p, plan[p.id]) for p in ordered if p.id in plan}
        for p in ordered:
            vindu = self._vindu(p)  # of those in the plan too: the next of the kind begins after their share
            if p.id not in moter:
                moter[p.id] = self._place(p, vindu)
        return tuple(sorted(moter.values(), key=moteorden))

    def _follow(self, punkt: Punkt, plassert: Plassert) -> Mote:
        """Put a point where the plan has it, whatever is there."""
        ressurser = self._folk.til_stede(punkt)
        span = plassert.minutter(varighet_for(self._versjoner[punkt.rutine, punkt.versjon].rutine))
        if span is not None:
            self._note(punkt, ressurser, plassert.dato.toordinal(), span[0], span[1] - span[0])
        return self._mote(punkt, ressurser, plassert.dato, span, sted=plassert.sted)

    def _vindu(self, punkt: Punkt) -> Vindu:
        versjon = self._versjoner[punkt.rutine, punkt.versjon]
        key = (punkt.rutine, punkt.versjon, punkt.subjekt, punkt.periode)
        helst = None if isinstance(versjon.rutine.frekvens, Hver) else helst_for(versjon)
        vindu = vindu_for(punkt, self._tempo.get(key), helst)
        if punkt.tempo:
            self._tempo[key] = punkt.tempo.toordinal()
        return vindu

    def _rang(self, punkt: Punkt) -> int:
        return self._folk.rang.get(punkt.subjekt, 0) if punkt.niva == "deltaker" else 0

    def _place(self, punkt: Punkt, vindu: Vindu) -> Mote:
        versjon = self._versjoner[punkt.rutine, punkt.versjon]
        ressurser = self._folk.til_stede(punkt)
        varighet = varighet_for(versjon.rutine)
        if varighet == 0:
            return self._mote(punkt, ressurser, punkt.frist or punkt.mal or punkt.fra, None)
        found = self._search(punkt, versjon, vindu, ressurser, varighet)
        if isinstance(found, str):
            return self._mote(punkt, ressurser, punkt.frist or date.fromordinal(vindu.til), None, found)
        day, start = found
        self._note(punkt, ressurser, day, start, varighet)
        return self._mote(punkt, ressurser, date.fromordinal(day), (start, start + varighet))

    def _mote(
        self,
        punkt: Punkt,
        ressurser: Sequence[Ressurs],
        day: date,
        span: Tidsrom | None,
        grunn: Grunn | None = None,
        sted: str | None = None,
    ) -> Mote:
        start, end = (time(*divmod(span[0], 60)), time(*divmod(span[1], 60))) if span else (None, None)
        return Mote(punkt, day, start, end, span is None, self._names(punkt, ressurser), grunn, sted)

    def _search(
        self,
        punkt: Punkt,
        versjon: Versjon,
        vindu: Vindu,
        ressurser: Sequence[Ressurs],
        varighet: int,
    ) -> tuple[int, int] | Grunn:
        """Return (day, start) of the cheapest day with room, else why there is none."""
        if not self._timeplan.rommer(varighet):
            return "for_lang"
        ukedager = self._folk.felles_dager(ressurser)
        dager = self._dager.pa_ukedager(punkt, versjon, ukedager)
        lo, hi = bisect_left(dager, vindu.fra), bisect_right(dager, vindu.til)
        if lo == hi:
            alle = self._dager.tillatt(punkt, versjon)
            any_day = bisect_right(alle, vindu.til) > bisect_left(alle, vindu.fra)
            return "ingen_felles_dag" if any_day else "ingen_dager"
        nummer = self._folk.nummer.get(punkt.subjekt, 0) if punkt.niva == "deltaker" else 0
        wanted = onsket_dag(punkt, vindu, dager, nummer, helst_for(versjon))
        wanted = self._after_the_last(punkt, versjon, vindu, wanted)
        grense = self._interval_limit(punkt, versjon, vindu)
        gruppe = self._gruppe[punkt.rutine, punkt.versjon, punkt.periode, punkt.nr]
        mellom = _minst_mellom(versjon)
        plass = nummer + _salt(punkt.rutine)
        best: tuple[int, int] | None = None
        best_cost = -1
        spaced = False
        for day in _outward(dager, lo, hi, wanted):
            away = abs(day - wanted)
            if best is not None and away >= best_cost:
                break
            if not self._is_spaced(punkt, day, mellom):
                continue
            spaced = True
            cost = away + _SAMME_GRUPPE * gruppe.get(day, 0)
            if not vindu.delfra <= day <= vindu.deltil:
                cost += _UTENFOR_DELEN
            if day > grense:
                cost += _OVER_GRENSEN + day - grense
            if punkt.niva == "deltaker":
                cost += self._cost_for_participant(punkt, versjon, day)
            if best is not None and cost >= best_cost:
                continue
            start = self._timeplan.ledig(self._everyone(punkt, ressurser, day), day, varighet, plass)
            if start is not None:
                best, best_cost = (day, start), cost
        if best is not None:
            return best
        return "fullt" if spaced else "for_tett"

    def _cost_for_participant(self, punkt: Punkt, versjon: Versjon, day: int) -> int:
        busy = self._timeplan.antall(Ressurs("deltaker", punkt.subjekt), day)
        right = self._right_place(punkt.subjekt, day, at_practice=versjon.rutine.gjelder.i_praksis)
        return _SAMME_DELTAKER * busy + (0 if right else _FEIL_STED)

    def _interval_limit(self, punkt: Punkt, versjon: Versjon, vindu: Vindu) -> int:
        """Return the last day that keeps an interval, counted from where the previous point was placed."""
        frekvens = versjon.rutine.frekvens
        last = self._last_placed(punkt, vindu)
        if not isinstance(frekvens, Hver) or punkt.periode == "1" or last is None:
            return vindu.til
        clock = self._dager.e(punkt, versjon)
        limit = clock.nte(clock.plass(last) + frekvens.senest.on_clock)
        return vindu.til if limit is None else min(vindu.til, limit)

    def _last_placed(self, punkt: Punkt, vindu: Vindu) -> int | None:
        """Return the last day the routine is placed on for the subject; the plan may have later ones too."""
        placed = self._plassert[punkt.rutine, punkt.subjekt]
        i = bisect_right(placed, vindu.til)
        return placed[i - 1] if i else None

    def _after_the_last(self, punkt: Punkt, versjon: Versjon, vindu: Vindu, wanted: int) -> int:
        """Return the day wanted; one interval after the last placed when it comes less than half of one after.

        So it may where a log has moved the beginning: the share of the window a participant has in the
        prediction says nothing about when the last one was held.
        """
        frekvens = versjon.rutine.frekvens
        before = self._last_placed(punkt, vindu)
        if not isinstance(frekvens, Hver) or before is None:
            return wanted
        clock, interval = self._dager.e(punkt, versjon), frekvens.hver.on_clock
        last = clock.plass(before)
        if 2 * (clock.plass(wanted) - last) >= interval:
            return wanted
        return clock.nte(last + interval) or wanted

    def _is_spaced(self, punkt: Punkt, day: int, mellom: Varighet) -> bool:
        """Whether the day keeps ``minst_mellom`` to the same routine's other meetings with the subject."""
        placed = self._plassert[punkt.rutine, punkt.subjekt]
        if not placed:
            return True
        i = bisect_left(placed, day)
        if i > 0 and day < self._later(placed[i - 1], mellom):
            return False
        return i == len(placed) or placed[i] >= self._later(day, mellom)

    def _later(self, day: int, mellom: Varighet) -> int:
        if mellom.enhet == "dag":
            return day + mellom.antall
        return self._kalender.add(date.fromordinal(day), mellom).toordinal()

    def _right_place(self, deltaker: str, day: int, *, at_practice: bool) -> bool:
        """Whether a visit falls on a practice day, or any other meeting off the fixed ones."""
        periods = self._praksis.get(deltaker)
        if not periods:
            return True
        weekday = (day - 1) % 7
        for p in periods:
            if p.fra.toordinal() <= day and (p.til is None or day <= p.til.toordinal()):
                if at_practice and (not p.ukedager or weekday in p.ukedager):
                    return True
                if not at_practice and weekday in p.ukedager:
                    return False
        return not at_practice

    def _everyone(self, punkt: Punkt, ressurser: Sequence[Ressurs], day: int) -> Sequence[Ressurs]:
        """Return who must be free that day; the whole class when the participants take part in its meeting."""
        if not self._folk.med_klassen(punkt):
            return ressurser
        enrolled = [Ressurs("deltaker", s) for s, (start, slutt) in self._spenn.items() if start <= day <= slutt]
        return [*ressurser, *enrolled]

    def _note(self, punkt: Punkt, ressurser: Sequence[Ressurs], day: int, start: int, varighet: int) -> None:
        self._timeplan.book(self._everyone(punkt, ressurser, day), day, start, varighet)
        self._gruppe[punkt.rutine, punkt.versjon, punkt.periode, punkt.nr][day] += 1
        insort(self._plassert[punkt.rutine, punkt.subjekt], day)

    def _names(self, punkt: Punkt, ressurser: Sequence[Ressurs]) -> tuple[str, ...]:
        names = tuple(r.id for r in ressurser)
        if not self._folk.med_klassen(punkt):
            return names
        roles = [r for r in (punkt.ansvarlig, *punkt.deltar) if self._folk.er_deltaker(r)]
        return tuple(dict.fromkeys((*names, *roles)))


def moteorden(mote: Mote) -> tuple[date, time, str]:
    """Sort key: date, start (all-day first), point id."""
    return (mote.dato, mote.start or time.min, mote.punkt.id)


def _outward(dager: Sequence[int], lo: int, hi: int, wanted: int) -> Iterator[int]:
    """Yield ``dager[lo:hi]`` by distance from ``wanted``, the earlier of two first."""
    right = bisect_left(dager, wanted, lo, hi)
    left = right - 1
    while left >= lo or right < hi:
        if right >= hi or (left >= lo and wanted - dager[left] <= dager[right] - wanted):
            yield dager[left]
            left -= 1
        else:
            yield dager[right]
            right += 1


def _minst_mellom(versjon: Versjon) -> Varighet:
    """Return the least distance; two of a kind on one day would count as one."""
    frekvens = versjon.rutine.frekvens
    return (isinstance(frekvens, Antall) and frekvens.minst_mellom) or _EN_DAG


def _salt(rutine: str) -> int:
    """Return a small number that differs between routines, the same on every machine (hash() is not)."""
    return sum(rutine.encode())
