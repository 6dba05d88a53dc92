"""Where anchors fall for one subject: start, end, phases, practice, school years, semesters, exams, dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oppfolgingscli.tid.perioder import semester_periode, skolear_for, skolear_nokkel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.modell.rutinesett import Anker


class Forekomst(NamedTuple):
    """One time an anchor comes: the key of its point and its date (ordinal)."""

    nokkel: str
    dag: int


def _school_years(g: Gyldighet) -> range:
    """Return the first calendar years of the class's school years, from the one it starts in."""
    klasse = g.opplegg.klasse
    return range(skolear_for(klasse.start), skolear_for(klasse.slutt) + 1)


def _semesters(g: Gyldighet, half: str | None) -> Iterator[tuple[int, str]]:
    for year in _school_years(g):
        if half in (None, "host"):
            yield year, "host"
        if half in (None, "var"):
            yield year + 1, "var"


def forekomster(g: Gyldighet, s: Subjekt, anker: Anker) -> list[Forekomst]:
    """Return every time the anchor comes for ``s``, in order; empty when it is missing.

    School-year and semester anchors are the first or last school day in them, for every school year of
    the class. ``slutt`` is the subject's own end: planned, or real when it has ended.
    """
    last = anker.slag.endswith("slutt")
    match anker.slag:
        case "oppstart":
            return [Forekomst("oppstart", s.start)]
        case "slutt":
            return [Forekomst("slutt", s.slutt)]
        case "dato" if anker.dato is not None:
            return [Forekomst(anker.dato.isoformat(), anker.dato.toordinal())]
        case "praksis-start":
            return [Forekomst(f"praksis-{n}", day) for n, (day, _last) in enumerate(s.praksisspenn, 1)]
        case "semester-start" | "semester-slutt":
            edges = [
                (semester_periode(year, half).nokkel, g.kalender.semester_kant(year, half, last=last))
                for year, half in _semesters(g, anker.navn)
            ]
        case "skolear-start" | "skolear-slutt":
            years = _school_years(g)
            if anker.nr is not None:
                years = range(years.start + anker.nr - 1, years.start + anker.nr)
            edges = [(skolear_nokkel(year), g.kalender.skolear_kant(year, last=last)) for year in years]
        case _:  # a phase or an exam
            day = g.klasseanker(anker)
            edges = [(anker.navn or "", date.fromordinal(day) if day else None)]
    return [Forekomst(key, day.toordinal()) for key, day in edges if day is not None]
