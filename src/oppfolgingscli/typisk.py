"""The typical class of a routine set: what its routines add up to, before there is a class.

A class from ``start`` to ``slutt`` with as few model participants as it takes to meet every routine's
conditions on persons, so that the one ``utvid.expand`` tells what the set plans. What a set does not say
(exam dates, when practice is, the phases of a later class) is assumed, and every assumption is handed back
as data: whoever shows a number made from it must be able to say what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.klasse import Datert, Deltaker, Fasedatoer, Klasse, Opplegg, Praksis
from oppfolgingscli.modell.rutinesett import FaseAnker, Milepael
from oppfolgingscli.tid.perioder import skolear_for, skolear_nokkel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.modell.rutinesett import Anker, Fase, Rutinesett, Versjon
    from oppfolgingscli.tid.skolekalender import SkolearData

KLASSE: Final = "typisk"
"""The id of every typical class."""

_EXAM_YEAR: Final = 3
_EXAM_WEEK: Final = 21


@dataclass(frozen=True, slots=True)
class Antakelse:
    """Something the set does not say and the typical class needs. Dates and spans are closed.

    ``kode``: "praksis" (model participants are in practice ``fra``–``til``: all the time, so that conditions on
    practice hold whenever the routines allow), "eksamen" (``navn``, assumed on ``fra``), "fase" (``navn``: the
    set's dates are another class's, moved to ``fra``–``til``; None: open), "skolear" (``navn``: a school year the
    school calendar lacks, so the usual pattern is used), "uten_skolerute" (no breaks at all are known).
    """

    kode: str
    navn: str = ""
    fra: date | None = None
    til: date | None = None


@dataclass(frozen=True, slots=True)
class Typisk:
    """A typical class, and what it takes for granted."""

    opplegg: Opplegg
    antakelser: tuple[Antakelse, ...]


def typical(
    rutinesett: Rutinesett, skolerute: tuple[SkolearData, ...] | None, skolerute_navn: str, start: date, slutt: date
) -> Typisk:
    """Make the typical class of a set from ``start`` to ``slutt`` (closed).

    ``skolerute`` None: "ingen", every working day is a school day; school years it lacks use the usual pattern.
    """
    taken: list[Antakelse] = []
    phases = {}
    for fase, dates in _moved_phases(rutinesett, start):
        phases[fase.id] = dates
        taken.append(Antakelse("fase", fase.id, dates.fra, dates.til))
    exams = {name: _exam_day(start, slutt) for name in _exams(rutinesett)}
    taken += [Antakelse("eksamen", name, day) for name, day in exams.items()]
    practice = any(_needs_practice(v) for v in rutinesett.versjoner)
    if practice:
        taken.append(Antakelse("praksis", "", start, slutt))
    if skolerute is None:
        taken.append(Antakelse("uten_skolerute"))
    else:
        entered = {year.id for year in skolerute}
        years = (skolear_nokkel(year) for year in range(skolear_for(start), skolear_for(slutt) + 1))
        taken += [Antakelse("skolear", year) for year in years if year not in entered]
    klasse = Klasse(
        id=KLASSE, navn=rutinesett.hode.navn, rutinesett=rutinesett.hode.id, skolerute=skolerute_navn,
        start=start, slutt=slutt, faser=phases, eksamen=exams,
    )  # fmt: skip
    people = tuple(
        Deltaker(
            id=f"modell-{number}",
            gruppe=(Datert(verdi=group),) if group else (),
            ytelse=(Datert(verdi=benefit),) if benefit else (),
            praksis=(Praksis(fra=start, til=slutt),) if practice else (),
        )
        for number, (group, benefit) in enumerate(models(rutinesett), 1)
    )
    return Typisk(Opplegg(klasse, people, rutinesett, skolerute, skolerute_navn), tuple(taken))


def in_force_from(rutinesett: Rutinesett) -> date | None:
    """Return the first day any of the set's routines is in force; None when they have no beginning."""
    starts = [v.fra for v in rutinesett.versjoner]
    return None if None in starts else min((day for day in starts if day), default=None)


def takes_effect(rutinesett: Rutinesett) -> frozenset[date | None]:
    """Return the days that are the set's beginning: a routine in force from one of them has been there all along.

    Its own date; without one, the first of its routines'; and for a set that builds on another, the base's too.
    """
    own = rutinesett.hode.gjelder_fra
    first = in_force_from(rutinesett)
    return frozenset({None, first} if own is None else {None, own, first} if rutinesett.hode.bygger_pa else {None, own})


def models(rutinesett: Rutinesett) -> list[tuple[str, str]]:
    """Return the (group, benefit) of each model participant, "" for none: few that together meet every condition.

    Greedy (most conditions met first, then the order of the file), and those that others make needless are
    taken away: a handful of benefits and groups needs no better.
    """
    wanted = list(
        dict.fromkeys(
            (v.rutine.gjelder.gruppe, v.rutine.gjelder.ytelse)
            for v in rutinesett.versjoner
            if v.rutine.niva == "deltaker"
        )
    )
    groups = list(dict.fromkeys(word for some, _benefits in wanted for word in some)) or [""]
    benefits = list(dict.fromkeys(word for _groups, some in wanted for word in some)) or [""]
    candidates = list(product(groups, benefits))
    chosen: list[tuple[str, str]] = []
    left = set(wanted)
    while left:
        best = max(candidates, key=lambda c: sum(_meets(c, w) for w in left))
        chosen.append(best)
        left = {w for w in left if not _meets(best, w)}
    for one in chosen[:]:
        others = [c for c in chosen if c != one]
        if others and all(any(_meets(c, w) for c in others) for w in wanted):
            chosen = others
    return sorted(chosen, key=candidates.index) or [("", "")]


def _meets(model: tuple[str, str], wanted: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    return all(not words or value in words for value, words in zip(model, wanted, strict=True))


def _anchors(rutinesett: Rutinesett) -> Iterator[Anker]:
    """Yield every anchor that routines and phases are reckoned from."""
    for v in rutinesett.versjoner:
        if isinstance(v.rutine.frekvens, Milepael):
            yield v.rutine.frekvens.milepael
    for fase in rutinesett.faser:
        for edge in (fase.fra, fase.til):
            if isinstance(edge, FaseAnker):
                yield edge.milepael


def _exams(rutinesett: Rutinesett) -> list[str]:
    return sorted({anker.navn for anker in _anchors(rutinesett) if anker.slag == "eksamen" and anker.navn})


def _exam_day(start: date, slutt: date) -> date:
    """Assume exams late in May of the third school year, or of the last one of a shorter course."""
    year = min(skolear_for(start) + _EXAM_YEAR, max(skolear_for(slutt), skolear_for(start)) + 1)
    return min(max(date.fromisocalendar(year, _EXAM_WEEK, 3), start), slutt)


def _needs_practice(v: Versjon) -> bool:
    f = v.rutine.frekvens
    return v.rutine.gjelder.i_praksis or (isinstance(f, Milepael) and f.milepael.slag == "praksis-start")


def _moved_phases(rutinesett: Rutinesett, start: date) -> Iterator[tuple[Fase, Fasedatoer]]:
    """Yield the phases whose dates are those of another class, with the dates they get.

    A set's dates fit the class that starts in the school year the set takes effect. Whole years are moved, and
    only dates: what is reckoned from an anchor follows the class by itself.
    """
    first = rutinesett.hode.gjelder_fra
    years = skolear_for(start) - skolear_for(first) if first else 0
    if not years:
        return
    for fase in rutinesett.faser:
        fra = _later(fase.fra, years) if isinstance(fase.fra, date) else None
        til = _later(fase.til, years) if isinstance(fase.til, date) else None
        if fra or til:
            yield fase, Fasedatoer(fra=fra, til=til)


def _later(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)
