"""How commands that are about a routine set, and not a class, get its typical class."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.tid.skolekalender import SkolearData
    from oppfolgingscli.typisk import Typisk

    Rute = tuple[str, tuple[SkolearData, ...]]

VANLIG: Final = "vanlig"
"""The name of the school calendar where the county has none of its own: the usual pattern, breaks and all."""

_SLINGRING: Final = timedelta(31)
_SKOLEAR: Final = 4


def load_typical(sett_id_or_path: str, start: int | None, per: date, base: Path | None = None) -> Typisk:
    """Load a routine set and make its typical class (typisk.typical).

    Args:
        sett_id_or_path: the id of a bundled set, or a path, from ``base`` when given.
        start: the calendar year the class starts in (August). None: the one `ny` would suggest on ``per``, or the
            first one in which the set is in force, when that is later.
        per: today, or the day asked for.
        base: the folder a path is relative to; None: the working directory.

    Raises:
        Inndatafeil: the set has faults, or there is none.
    """
    from oppfolgingscli.les.rutinesett import load_rutinesett

    rutinesett = load_rutinesett(sett_id_or_path, base)
    if start is None:
        from oppfolgingscli.cli.ny import default_span

        start = max(default_span(per)[0].year, first_year(rutinesett) or 0)
    return typical_for(rutinesett, start)


def first_year(rutinesett: Rutinesett) -> int | None:
    """Return the calendar year of the first August class a set is for, None when it has always been in force.

    A set that takes effect within a month after an ordinary start is for the class of that year.
    """
    from oppfolgingscli.cli.ny import default_span
    from oppfolgingscli.typisk import in_force_from

    first = in_force_from(rutinesett)
    if first is None:
        return None
    ordinary = default_span(date(first.year, 8, 1))[0]
    return first.year if first <= ordinary + _SLINGRING else first.year + 1


def typical_for(rutinesett: Rutinesett, start: int, skolerute: Rute | None = None, slutt: date | None = None) -> Typisk:
    """Make the typical class of a set that starts in the August of ``start``, over four school years.

    ``skolerute``: the name and school years of the calendar; None: the county's, where one is bundled. The class
    begins and ends with it. One that ends in a phase outside the school's breaks (apprenticeship) goes on until
    31 July: no last school day ends that. ``slutt``: the last day, whatever those say.
    """
    from oppfolgingscli.cli.ny import default_span
    from oppfolgingscli.gyldighet import Gyldighet
    from oppfolgingscli.tid.perioder import skolear_periode
    from oppfolgingscli.tid.skolekalender import bygg_kalender
    from oppfolgingscli.typisk import typical

    name, years = skolerute or skolerute_for(rutinesett)
    kalender = bygg_kalender(years, *default_span(date(start, 8, 1)))
    first, last = kalender.year(start).forste, slutt or kalender.year(start + _SKOLEAR - 1).siste
    made = typical(rutinesett, years, name, first, last)
    if slutt or last.toordinal() not in Gyldighet(made.opplegg).uten_skolerute:
        return made
    return typical(rutinesett, years, name, first, skolear_periode(start + _SKOLEAR - 1).til)


def typical_pair(a: Rutinesett, b: Rutinesett, start: int) -> tuple[Typisk, Typisk]:
    """Make the typical classes of two sets that are to be compared: over the same days, with the same calendar.

    Where the counties' calendars differ, neither is used but the usual pattern: a rule that is the same in both
    then plans the same in both.
    """
    calendars = skolerute_for(a), skolerute_for(b)
    rute = calendars[0] if calendars[0][0] == calendars[1][0] else (VANLIG, ())
    ends = [typical_for(sett, start, rute).opplegg.klasse.slutt for sett in (a, b)]
    return typical_for(a, start, rute, max(ends)), typical_for(b, start, rute, max(ends))


def skolerute_for(rutinesett: Rutinesett) -> Rute:
    """Return the name and the school years of the bundled calendar of the set's county; the usual pattern if none."""
    from oppfolgingscli.cli.ny import INGEN, guess_skolerute
    from oppfolgingscli.feil import Feil, Inndatafeil
    from oppfolgingscli.les.skolerute import read_skolerute
    from oppfolgingscli.ressurser import datamappe

    folder = datamappe("skoleruter")
    chosen = guess_skolerute(rutinesett, sorted(path.stem for path in folder.glob("*.toml")))
    if chosen == INGEN:
        return VANLIG, ()
    feil: list[Feil] = []
    rute = read_skolerute(folder / f"{chosen}.toml", feil)
    if rute is None:
        raise Inndatafeil(feil)
    return chosen, rute.skolear_data()
