"""Eligible days E(s, v): on which dates a version of a routine applies to a subject.

A date counts when the version is in force, the subject enrolled, every condition of ``gjelder`` holds, the
date is in no break (unless the routine or the phase says breaks count) and in no pause of the subject.
Weekends and single holidays inside term time stay in. See docs/semantikk.md, "Hvem og når".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.rutinesett import Milepael
from oppfolgingscli.tid.dagmengde import Dagmengde, Teller
from oppfolgingscli.tid.perioder import skolear_for, skolear_periode
from oppfolgingscli.tid.skolekalender import Skolekalender, bygg_kalender

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppfolgingscli.modell.klasse import Datert, Deltaker, Opplegg, Pause
    from oppfolgingscli.modell.rutinesett import Anker, Fase, FaseAnker, Versjon

#: Ordinals no calendar here reaches: open ends of closed intervals.
TIDLIGST: Final = 1
SENEST: Final = 3_000_000


def _number(day: date | None, otherwise: int) -> int:
    return day.toordinal() if day else otherwise


def _in_order(values: Iterable[Datert]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted((_number(value.fra, TIDLIGST), value.verdi) for value in values))


def _dated(values: Sequence[tuple[int, str]], wanted: Sequence[str]) -> Dagmengde:
    """Return the days on which the dated value in force is one of ``wanted``; it holds until the next."""
    starts = [*(start for start, _value in values), SENEST]
    return Dagmengde((starts[i], starts[i + 1] - 1) for i, (_start, value) in enumerate(values) if value in wanted)


@dataclass(frozen=True)
class Subjekt:
    """A participant, or the class itself (``deltaker`` None). Ordinals; ``pauser`` are those that are known."""

    id: str
    start: int
    slutt: int
    deltaker: Deltaker | None = None
    pauser: tuple[Pause, ...] = ()

    @cached_property
    def pausedager(self) -> Dagmengde:
        """Every day in a known pause."""
        return Dagmengde((p.fra.toordinal(), _number(p.til, SENEST)) for p in self.pauser)

    @cached_property
    def praksisspenn(self) -> tuple[tuple[int, int], ...]:
        """The practice periods, in order of their first day; an open one ends with the calendar."""
        praksis = self.deltaker.praksis if self.deltaker else ()
        return tuple(sorted((p.fra.toordinal(), _number(p.til, SENEST)) for p in praksis))

    @cached_property
    def praksisdager(self) -> Dagmengde:
        """Every day in a practice period; its weekdays do not matter here."""
        return Dagmengde(self.praksisspenn)

    @cached_property
    def grupper(self) -> tuple[tuple[int, str], ...]:
        """The dated groups as (first day, value), in order."""
        return _in_order(self.deltaker.gruppe if self.deltaker else ())

    @cached_property
    def ytelser(self) -> tuple[tuple[int, str], ...]:
        """The dated benefits as (first day, value), in order."""
        return _in_order(self.deltaker.ytelse if self.deltaker else ())

    @cached_property
    def preg(self) -> tuple[object, ...]:
        """All that E can depend on when no condition is about persons: subjects alike in it share E."""
        return (self.deltaker is None, self.start, self.slutt, self.pausedager.spenn)

    @cached_property
    def personpreg(self) -> tuple[object, ...]:
        """All that E, and the dates of anchors, can depend on at all."""
        return (*self.preg, self.praksisspenn, self.grupper, self.ytelser)


class Gyldighet:
    """Answers E(s, v) for one class, with what was known on ``kjent`` (None: everything)."""

    def __init__(self, opplegg: Opplegg, kjent: date | None = None) -> None:
        """Build the calendar of the class, with a school year of margin on each side."""
        klasse = opplegg.klasse
        self.opplegg = opplegg
        self.kjent = kjent
        self.kalender: Skolekalender = bygg_kalender(opplegg.skolerute, klasse.start, klasse.slutt)
        self.start = klasse.start.toordinal()
        self.slutt = klasse.slutt.toordinal()
        self._alle = Dagmengde([(self.kalender.fra.toordinal(), self.kalender.til.toordinal())])
        self._personlig: dict[tuple[str, int], bool] = {}
        self._dager: dict[tuple[object, ...], Dagmengde] = {}
        self._tillatt: dict[tuple[str, int], Dagmengde] = {}
        self._felles: dict[tuple[str, int, bool], Dagmengde] = {}
        self._faser = {fase.id: fase for fase in opplegg.rutinesett.faser}
        self._fasespenn: dict[str, tuple[Dagmengde, bool]] = {}

    @cached_property
    def klassen(self) -> Subjekt:
        """The class as a subject."""
        return Subjekt(self.opplegg.klasse.id, self.start, self.slutt)

    @cached_property
    def deltakerne(self) -> tuple[Subjekt, ...]:
        """The participants as subjects, in the order of the file, with the pauses known at ``kjent``."""
        return tuple(self._subjekt(deltaker) for deltaker in self.opplegg.deltakere)

    def _subjekt(self, deltaker: Deltaker) -> Subjekt:
        return Subjekt(
            deltaker.id,
            _number(deltaker.start, self.start),
            _number(deltaker.slutt, self.slutt),
            deltaker,
            tuple(p for p in deltaker.pauser if self.is_known(p.registrert)),
        )

    def is_known(self, registrert: date | None) -> bool:
        """Whether something registered then is there at ``kjent``; without a date it always is."""
        return self.kjent is None or registrert is None or registrert <= self.kjent

    # -- phases ------------------------------------------------------------------------------------

    def skolear_nr(self, nr: int) -> tuple[int, int]:
        """Return school year ``nr`` of the class (1 = the one it starts in), 1 Aug–31 Jul, as ordinals."""
        period = skolear_periode(skolear_for(self.opplegg.klasse.start) + nr - 1)
        return period.fra.toordinal(), period.til.toordinal()

    def fase(self, fase_id: str) -> Dagmengde:
        """Return the days of a phase; the class's own dates replace the set's."""
        return self._fase(fase_id)[0]

    def fase_ved_skolear(self, fase_id: str) -> bool:
        """Whether the phase is given by school years alone, so that its anchors are school days."""
        return self._fase(fase_id)[1]

    def _fase(self, fase_id: str) -> tuple[Dagmengde, bool]:
        if fase_id not in self._fasespenn:
            self._fasespenn[fase_id] = (Dagmengde(), False)  # a phase that refers to itself is empty
            fase = self._faser.get(fase_id)
            if fase is not None:
                self._fasespenn[fase_id] = self._resolve_fase(fase)
        return self._fasespenn[fase_id]

    def _resolve_fase(self, fase: Fase) -> tuple[Dagmengde, bool]:
        own = self.opplegg.klasse.faser.get(fase.id)
        fra = (own.fra if own else None) or fase.fra
        til = (own.til if own else None) or fase.til
        years = Dagmengde(self.skolear_nr(nr) for nr in fase.skolear)
        if fra is None and til is None and years:
            return years, True
        first = self._fasedato(fra) if fra else (years.forste if years else self.start)
        last = self._fasedato(til) if til else (years.siste if years else self.slutt)
        if first is None or last is None:
            return Dagmengde(), False
        return Dagmengde([(first, last)]), False

    def _fasedato(self, value: date | FaseAnker) -> int | None:
        if isinstance(value, date):
            return value.toordinal()
        day = self.klasseanker(value.milepael)
        return None if day is None else self.kalender.add(date.fromordinal(day), value.fra).toordinal()

    def klasseanker(self, anker: Anker) -> int | None:
        """Return the date of an anchor that is the same for the whole class and comes once; None otherwise."""
        klasse = self.opplegg.klasse
        year = skolear_for(klasse.start) + (anker.nr or 1) - 1
        last = anker.slag.endswith("slutt")
        match anker.slag:
            case "oppstart" | "slutt":
                return self.slutt if last else self.start
            case "dato":
                return _number(anker.dato, 0) or None
            case "eksamen":
                found = klasse.eksamen.get(anker.navn or "")
                return found.toordinal() if found else None
            case "skolear-start" | "skolear-slutt":
                edge = self.kalender.skolear_kant(year, last=last)
                return edge.toordinal() if edge else None
            case "fase-start" | "fase-slutt":
                return self.fasekant(anker.navn or "", last=last)
        return None

    def fasekant(self, fase_id: str, *, last: bool) -> int | None:
        """Return the first or last day of a phase: of one given by school years, its first or last school day."""
        days, by_year = self._fase(fase_id)
        if not days:
            return None
        if by_year:
            school = self.kalender.skoledager.velg(days)
            return school[-1 if last else 0] if school else None
        return days.siste if last else days.forste

    @cached_property
    def uten_skolerute(self) -> Dagmengde:
        """Days of phases outside the school's breaks (apprenticeship)."""
        out = Dagmengde()
        for fase in self.opplegg.rutinesett.faser:
            if not fase.skolerute:
                out = out.union(self.fase(fase.id))
        return out

    def preg(self, subjekt: Subjekt, versjon: Versjon) -> tuple[object, ...]:
        """Return what decides the points of this version for the subject: those alike in it get alike points.

        Most of a class is alike, so what is worked out for one serves the others.
        """
        key = (versjon.rutine.id, versjon.nr)
        if key not in self._personlig:
            r, f = versjon.rutine.gjelder, versjon.rutine.frekvens
            practice = isinstance(f, Milepael) and f.milepael.slag == "praksis-start"
            self._personlig[key] = bool(r.i_praksis or r.gruppe or r.ytelse or practice)
        return subjekt.personpreg if self._personlig[key] else subjekt.preg

    # -- E(s, v) -----------------------------------------------------------------------------------

    def tillatt(self, versjon: Versjon) -> Dagmengde:
        """Return the dates that breaks leave open for this version (rule 4)."""
        ferie = versjon.rutine.gjelder.ferie
        breaks = self.kalender.feriedager
        if ferie == "aldri":
            return self._alle.minus(breaks.minus(self.uten_skolerute))
        if ferie == "ogsa":
            return self._alle
        if ferie == "bare":
            return breaks
        return Dagmengde((f.fra, f.til) for f in self.kalender.ferier if f.navn in ferie)

    def tillatt_av_ferie(self, versjon: Versjon) -> Dagmengde:
        """Return ``tillatt``, cached per version."""
        key = (versjon.rutine.id, versjon.nr)
        if key not in self._tillatt:
            self._tillatt[key] = self.tillatt(versjon)
        return self._tillatt[key]

    @cached_property
    def _skoledager(self) -> Teller:
        return self.kalender.teller_med(self.uten_skolerute)

    def tellende(self, versjon: Versjon) -> Teller:
        """Return the days that count for this version: school days, or working days where breaks count."""
        return self._skoledager if versjon.rutine.gjelder.ferie == "aldri" else self.kalender.virkedager

    def felles(self, versjon: Versjon, *, ferier: bool = True) -> Dagmengde:
        """Return the part of E that is the same for every subject: in force, school year, phase, breaks.

        ``ferier`` False leaves the breaks out of it.
        """
        key = (versjon.rutine.id, versjon.nr, ferier)
        if key not in self._felles:
            days = Dagmengde([(_number(versjon.fra, TIDLIGST), _number(versjon.til, SENEST))])
            gjelder = versjon.rutine.gjelder
            if gjelder.skolear:
                days = days.snitt(Dagmengde(self.skolear_nr(nr) for nr in gjelder.skolear))
            if gjelder.fase:
                phases = Dagmengde()
                for fase_id in gjelder.fase:
                    phases = phases.union(self.fase(fase_id))
                days = days.snitt(phases)
            self._felles[key] = days.snitt(self.tillatt_av_ferie(versjon)) if ferier else days
        return self._felles[key]

    def dager(
        self, subjekt: Subjekt, versjon: Versjon, *, pauser: bool = True, blir: bool = False, ferier: bool = True
    ) -> Dagmengde:
        """Return E(subjekt, versjon).

        ``pauser`` False disregards pauses, ``ferier`` False breaks; ``blir`` True takes it that a participant
        who left stayed to the class's planned end.
        """
        key = (versjon.rutine.id, versjon.nr, pauser, blir, ferier, self.preg(subjekt, versjon))
        if key not in self._dager:
            self._dager[key] = self._find(subjekt, versjon, pauser=pauser, blir=blir, ferier=ferier)
        return self._dager[key]

    def _find(self, subjekt: Subjekt, versjon: Versjon, *, pauser: bool, blir: bool, ferier: bool) -> Dagmengde:
        last = max(subjekt.slutt, self.slutt) if blir else subjekt.slutt
        days = self.felles(versjon, ferier=ferier).klipp(subjekt.start, last)
        gjelder = versjon.rutine.gjelder
        if subjekt.deltaker is not None:
            if gjelder.i_praksis:
                days = days.snitt(subjekt.praksisdager)
            if gjelder.gruppe:
                days = days.snitt(_dated(subjekt.grupper, gjelder.gruppe))
            if gjelder.ytelse:
                days = days.snitt(_dated(subjekt.ytelser, gjelder.ytelse))
        if pauser and subjekt.pauser:
            days = days.minus(subjekt.pausedager)
        return days
