"""What a run of ``plan`` comes to: every point with where it is, where it was, and why it is no longer there. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TYPE_CHECKING, Final, Literal

from oppfolgingscli.planlegg.kontroll import check
from oppfolgingscli.planlegg.mote import Plassert
from oppfolgingscli.planlegg.problem import Forslag, Plass, Problem
from oppfolgingscli.planlegg.timeplan import KVARTER

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.les.plan import Planrad
    from oppfolgingscli.planlegg.folk import Ressurs
    from oppfolgingscli.planlegg.kontroll import Konflikt
    from oppfolgingscli.planlegg.planrader import Bortegrunn, Oppdrag
    from oppfolgingscli.planlegg.problem import Arsak, Losning, Oppgave

Tilstand = Literal["ny", "uendret", "flyttet", "last", "holdt", "ikke_plassert"]
"""New in the plan · as before · elsewhere than before · locked by its people · held already · no place."""
Flyttegrunn = Literal[
    "dagen_er_gatt", "holdt", "utenfor_vinduet", "dag", "ukedag", "tid", "opptatt", "maks_per_dag", "to_steder", "reise",
    "delt_tur", "minst_mellom", "senest", "lengde", "vek",
]  # fmt: skip
"""Why a point is not where the plan had it. ``vek``: nothing was wrong with it, but others had to have the place."""

_ORDEN: Final = (
    "dag", "ukedag", "tid", "opptatt", "to_steder", "reise", "maks_per_dag", "delt_tur", "minst_mellom", "senest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planlagt:
    """One point of this run. ``rad``: its row before. ``med``: the points, and ``ressurs`` who, it collided with."""

    punkt: Punkt
    tilstand: Tilstand
    dato: date | None
    start: time | None
    slutt: time | None
    sted: str | None
    personer: tuple[str, ...]
    rad: Planrad | None = None
    grunn: Flyttegrunn | None = None
    med: tuple[str, ...] = ()
    ressurs: Ressurs | None = None


@dataclass(frozen=True, slots=True)
class Brudd:
    """A locked row that breaks a rule, and which: kept, and told."""

    punkt: str
    kode: str
    med: tuple[str, ...] = ()
    ressurs: Ressurs | None = None


@dataclass(frozen=True, slots=True)
class Planresultat:
    """Everything a run came to. ``losning`` covers other classes' meetings too; ``punkter`` only this one's."""

    klasse: str
    per: date
    fra: date
    til: date
    punkter: tuple[Planlagt, ...]
    arsaker: tuple[Arsak, ...]
    brudd: tuple[Brudd, ...]
    borte: tuple[tuple[Planrad, Bortegrunn], ...]
    bevart: tuple[Planrad, ...]
    losning: Losning

    def antall(self) -> Counter[str]:
        """Return how many points are in each state."""
        return Counter(p.tilstand for p in self.punkter)

    @property
    def flyttet(self) -> list[Planlagt]:
        """Return what is no longer where the plan had it; what has lost its place too."""
        return [p for p in self.punkter if p.grunn is not None]

    def i(self, *tilstander: Tilstand) -> list[Planlagt]:
        """Return the points in some states."""
        return [p for p in self.punkter if p.tilstand in tilstander]


def summarize(
    oppdrag: Oppdrag, problem: Problem, losning: Losning, klasse: str, per: date, til: date, steder: Collection[str]
) -> Planresultat:
    """Say for each point where it is and what became of its row.

    ``steder``: the places of practice in the class; another place in a row is the people's own, and is kept.
    """
    tasks = {o.id: o for o in problem.oppgaver}
    placed = {f.oppgave: f for f in losning.forslag}
    own = _Samlet(oppdrag, problem, tasks, placed, steder)
    points = [own.point(p) for p in oppdrag.punkter.values() if p.id in oppdrag.planlegges or p.id in oppdrag.holdt]
    points.sort(key=lambda x: (x.dato or date.max, x.start or time.min, x.punkt.id))
    breaches = [b for x in points if x.tilstand == "last" for b in own.breaches(x)]
    causes = tuple(a for a in losning.arsaker if any(i in oppdrag.planlegges for i in a.oppgaver))
    return Planresultat(
        klasse, per, oppdrag.start, til, tuple(points), causes, tuple(breaches), tuple(oppdrag.borte),
        tuple(oppdrag.bevart), losning,
    )  # fmt: skip


class _Samlet:
    def __init__(
        self,
        oppdrag: Oppdrag,
        problem: Problem,
        tasks: Mapping[str, Oppgave],
        placed: Mapping[str, Forslag],
        steder: Collection[str],
    ) -> None:
        self._oppdrag, self._problem, self._tasks, self._placed, self._steder = oppdrag, problem, tasks, placed, steder
        self._per_dag: dict[int, list[str]] = {}
        for f in placed.values():
            self._per_dag.setdefault(f.dag, []).append(f.oppgave)

    def point(self, p: Punkt) -> Planlagt:
        """Return what became of a point."""
        rad = self._oppdrag.rad.get(p.id)
        o, f = self._tasks.get(p.id), self._placed.get(p.id)
        people = o.navn if o is not None else rad.personer if rad is not None else ()
        if rad is not None and p.id in self._oppdrag.holdt:
            day = self._oppdrag.holdt[p.id]
            return Planlagt(p, "holdt", day, rad.start, rad.slutt, rad.sted, people, rad, "holdt")
        if rad is not None and rad.last and rad.dato is not None:
            span = Plassert(rad.dato, rad.start, rad.slutt).minutter(o.minutter if o else 0)
            end = _time(span[1]) if span else None
            return Planlagt(p, "last", rad.dato, rad.start, end, rad.sted, people, rad)
        if o is None or f is None:
            lost = Planlagt(p, "ikke_plassert", None, None, None, rad.sted if rad else None, people, rad)
            if o is None or rad is None or rad.dato is None:
                return lost
            grunn, med, ressurs = self._why(p, o, rad)
            return replace(lost, grunn=grunn, med=med, ressurs=ressurs)
        return self._with_place(p, o, f, rad)

    def _with_place(self, p: Punkt, o: Oppgave, f: Forslag, rad: Planrad | None) -> Planlagt:
        people = o.navn
        day, start, end = date.fromordinal(f.dag), _time(f.start), _time(f.slutt)
        if rad is not None and rad.dato == day and rad.start is not None and self._may_keep_time(o, f, rad.start):
            start = rad.start
            if f.start is not None and f.slutt is not None:
                end = _time(start.hour * 60 + start.minute + f.slutt - f.start)
            else:
                end = rad.slutt
        sted = self._place(p, f, rad)
        at = Planlagt(p, "ny", day, start, end, sted, people, rad)
        if rad is None or rad.dato is None:
            return at
        if (rad.dato, rad.start) == (day, start):
            same = rad.slutt is None or rad.slutt == end
            return replace(at, tilstand="uendret") if same else replace(at, tilstand="flyttet", grunn="lengde")
        if rad.dato == day and rad.start is None:  # the people chose the day, and left the time to us
            return at
        grunn, med, ressurs = self._why(p, o, rad)
        return replace(at, tilstand="flyttet", grunn=grunn, med=med, ressurs=ressurs)

    def _place(self, p: Punkt, f: Forslag, rad: Planrad | None) -> str | None:
        if rad is not None and rad.sted and rad.sted not in self._steder:
            return rad.sted
        return f.sted if f.sted != p.subjekt else None  # a workplace without a name is called by the participant

    def _may_keep_time(self, o: Oppgave, f: Forslag, start: time) -> bool:
        """Whether a time off the quarters can stand: the plan has it at the quarter before, and nothing is in the way."""
        minutes = start.hour * 60 + start.minute
        if o.minutter == 0:
            return True
        if f.start is None or not 0 <= minutes - f.start < KVARTER:
            return False
        return minutes == f.start or not self._objections(_stretched(o, minutes), Plass(f.dag, f.start))

    def _why(self, p: Punkt, o: Oppgave, rad: Planrad) -> tuple[Flyttegrunn, tuple[str, ...], Ressurs | None]:
        """Return the first reason why the row's place could not stand."""
        day = rad.dato or date.min
        if day < self._oppdrag.start:
            return "dagen_er_gatt", (), None
        if day < p.fra or (p.frist is not None and day > p.frist):
            return "utenfor_vinduet", (), None
        found = {k.kode: k for k in reversed(self._objections_at(o, day, rad.start))}
        for kode in _ORDEN:
            if kode in found:
                k = found[kode]
                return kode, tuple(i for i in k.oppgaver if i != o.id), k.ressurs
        return "vek", (), None

    def breaches(self, x: Planlagt) -> list[Brudd]:
        """Return what a locked row breaks, each rule once."""
        o = self._tasks.get(x.punkt.id)
        if o is None or x.dato is None:
            return []
        out: dict[str, Brudd] = {}
        if x.dato < self._oppdrag.start:
            out["dagen_er_gatt"] = Brudd(x.punkt.id, "dagen_er_gatt")
        elif x.dato < x.punkt.fra or (x.punkt.frist is not None and x.dato > x.punkt.frist):
            out["utenfor_vinduet"] = Brudd(x.punkt.id, "utenfor_vinduet")
        for k in self._objections_at(o, x.dato, x.start):
            told = k.kode == "ukedag" and "dag" in out
            if k.kode in _ORDEN and not told and not (k.kode == "dag" and out) and (x.start or k.kode == "dag"):
                out.setdefault(k.kode, Brudd(x.punkt.id, k.kode, tuple(i for i in k.oppgaver if i != o.id), k.ressurs))
        return list(out.values())

    def _objections_at(self, o: Oppgave, day: date, start: time | None) -> list[Konflikt]:
        """Return what is wrong with a time as people write it, also off the quarters."""
        if start is None or not o.minutter:
            return self._objections(o, Plass(day.toordinal(), None))
        minutes = start.hour * 60 + start.minute
        return self._objections(_stretched(o, minutes), Plass(day.toordinal(), minutes // KVARTER * KVARTER))

    def _objections(self, o: Oppgave, plass: Plass) -> list[Konflikt]:
        """Return what is wrong with placing one point somewhere, all others where they are."""
        near = {i for i in self._per_dag.get(plass.dag, ()) if set(self._tasks[i].ressurser) & set(o.ressurser)}
        series = [s for s in self._problem.serier if o.id in s.oppgaver]
        chains = [k for k in self._problem.kjeder if o.id in k.oppgaver]
        near.update(i for s in series for i in s.oppgaver)
        near.update(i for k in chains for i in k.oppgaver)
        near.discard(o.id)
        others = [i for i in sorted(near) if i in self._placed]
        tasks = (replace(o, fast=None), *(self._tasks[i] for i in others))
        part = Problem(
            tasks, self._problem.kapasitet, tuple(series), tuple(chains), self._problem.reise, self._problem.per,
            self._problem.vekter,
        )  # fmt: skip
        end = None if plass.start is None else plass.start + o.minutter
        there = Forslag(o.id, plass.dag, plass.start, end, o.sted.get(plass.dag), fast=False, flyttet=False)
        found = check(part, [there, *(self._placed[i] for i in others)])
        return [k for k in found if o.id in k.oppgaver]


def _stretched(o: Oppgave, start: int) -> Oppgave:
    """Return the point as it takes time from the quarter before ``start`` on."""
    return replace(o, minutter=o.minutter + start % KVARTER)


def _time(minutes: int | None) -> time | None:
    return None if minutes is None else time(*divmod(min(minutes, 24 * 60 - 1), 60))
