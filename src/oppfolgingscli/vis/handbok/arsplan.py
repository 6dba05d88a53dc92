"""In which months a routine's turns fall, for a handbook that knows the routines but no one class's dates.

The days of one class are worked out by ``utvid``; here a usual school year stands in for its dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Antall, Milepael

if TYPE_CHECKING:
    from oppfolgingscli.modell.anker import Anker
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.tid.varighet import Varighet
    from oppfolgingscli.vis.handbok.plan import Plan, Rutineplan

MANEDER: Final = (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7)
"""The months of a school year, in order."""
_PERIODS: Final = {
    "kvartal": ((8, 9), (10, 11, 12), (1, 2, 3), (4, 5, 6)),
    "semester": ((8, 9, 10, 11, 12), (1, 2, 3, 4, 5, 6)),
    "skolear": ((8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6),),
}
_EDGES: Final = {
    "oppstart": ((8, 20),), "skolear-start": ((8, 20),), "skolear-slutt": ((6, 20),),
    "semester-start": ((8, 20), (1, 3)), "semester-slutt": ((12, 20), (6, 20)),
}  # fmt: skip
"""The usual first and last school days: (month, day)."""
_DAYS: Final = {"dag": 1.0, "uke": 7.0, "maned": 30.4, "ar": 365.25, "virkedag": 1.4, "skoledag": 1.6}


@dataclass(frozen=True, slots=True)
class Gang:
    """One turn of a routine in a month: number ``nr`` of ``av`` in its period; ``onsket``: not required.

    ``skolear``: only in that school year (None: in all); ``oppstart``: only for those who begin.
    """

    maned: int
    rutine: Rutineplan
    nr: int
    av: int
    onsket: bool = False
    skolear: int | None = None
    oppstart: bool = False


def turns(plan: Plan) -> Iterator[Gang]:
    """Yield the turns that fall in known months, routine by routine."""
    for r in plan.rutiner:
        match r.rutine.frekvens:
            case Antall() as f if f.per in _PERIODS:
                for months in _PERIODS[f.per]:
                    for nr in range(1, f.inntil + 1):
                        yield Gang(_spread(months, nr, f), r, nr, f.inntil, nr > f.minst)
            case Milepael() as f:
                for maned in _months(f, plan.sett):
                    yield Gang(maned, r, 1, 1, skolear=f.milepael.nr, oppstart=f.milepael.slag == "oppstart")
            case _:
                pass


def all_year(plan: Plan) -> list[Rutineplan]:
    """Return the routines that go on through the whole year: by week, by month or by interval."""
    return [
        r for r in plan.rutiner
        if r.rutine.frekvens.slag == "hver" or (isinstance(f := r.rutine.frekvens, Antall) and f.per not in _PERIODS)
    ]  # fmt: skip


def own_dates(plan: Plan) -> list[Rutineplan]:
    """Return the milestones whose month only dates of their own can tell: leaving, exams, practice, some phases."""
    return [r for r in plan.rutiner if isinstance(f := r.rutine.frekvens, Milepael) and not _months(f, plan.sett)]


def _spread(months: tuple[int, ...], nr: int, f: Antall) -> int:
    if f.helst == "start":
        return months[0]
    if f.helst == "slutt":
        return months[-1]
    return months[int((nr - 0.5) / f.inntil * len(months))]


def _months(f: Milepael, sett: Rutinesett) -> list[int]:
    """Return the months of the deadline (the first day of the window where it is preferred early)."""
    offset = f.fra if f.helst == "start" else f.innen
    return [_shifted(month, day, offset) for month, day in _anchor(f.milepael, sett)]


def _anchor(a: Anker, sett: Rutinesett) -> tuple[tuple[int, int], ...]:
    if a.dato is not None:
        return ((a.dato.month, a.dato.day),)
    if a.slag.startswith("semester") and a.navn:
        return (_EDGES[a.slag][0 if a.navn == "host" else 1],)
    if a.slag.startswith("fase"):
        phase = sett.fase(a.navn or "")
        edge = None if phase is None else (phase.fra if a.slag == "fase-start" else phase.til)
        if isinstance(edge, date):
            return ((edge.month, edge.day),)
        return _EDGES["skolear-start" if a.slag == "fase-start" else "skolear-slutt"] if phase and phase.skolear else ()
    return _EDGES.get(a.slag, ())


def _shifted(month: int, day: int, offset: Varighet) -> int:
    return (date(2001, month, day) + timedelta(days=round(offset.antall * _DAYS[offset.enhet]))).month
