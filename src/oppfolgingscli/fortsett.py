"""Planning goes on from the log: interval routines from the gap that stands open, not from the class's start.

Before any contact the prediction is the whole plan. With a log, each gap that a contact ended stands on the
day it was held; the open gap's point is to be planned, or planned anew from the next Monday when its day
has gone by; and what follows is predicted from there (docs/semantikk.md, "Intervall"). Everything but interval routines stays as it was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.modell.rutinesett import Hver
from oppfolgingscli.telling import count, select
from oppfolgingscli.utvid import exemption, punktorden, to_punkt
from oppfolgingscli.utvid.hver import Klokkeregel, predict
from oppfolgingscli.utvid.intervall import gap_draft, gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.hendelse import Kontakt, Logg, Punkt
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.utvid import Utvidelse
    from oppfolgingscli.utvid.utkast import Utkast

_A_WEEK = 7


def continue_from(utvidelse: Utvidelse, logg: Logg, roller: Mapping[str, str], per: date) -> Utvidelse:
    """Return the expansion with the points of interval routines taken from the log as it stands on ``per``.

    ``roller``: person id -> role. A class without a contact log is planned from its start.
    """
    if not logg.kontakter:
        return utvidelse
    g = utvidelse.gyldighet
    start = per.toordinal() + (7 - per.weekday()) % 7  # the Monday on or after it
    versions = [v for v in g.opplegg.rutinesett.versjoner if isinstance(v.rutine.frekvens, Hver)]
    clocks = {(v.rutine.id, v.nr) for v in versions}
    picked = select(g, logg, per)
    points = [p for p in utvidelse.punkter if (p.rutine, p.versjon) not in clocks or p.grunn is not None]
    for v in versions:
        for s in (g.klassen,) if v.rutine.niva == "klasse" else g.deltakerne:
            if exemption(g, s, v.rutine.id) is None:
                held = count(g, v, picked.av.get(s.id, ()), roller).teller
                points += _points(g, s, v, held, per.toordinal(), start)
    points.sort(key=punktorden(g.opplegg.rutinesett.versjoner))
    return replace(utvidelse, punkter=tuple(points))


def _points(g: Gyldighet, s: Subjekt, v: Versjon, held: tuple[Kontakt, ...], per: int, start: int) -> Iterator[Punkt]:
    f = v.rutine.frekvens
    if not isinstance(f, Hver):
        return
    rule = Klokkeregel.of(f)
    days = g.dager(s, v)
    for gap in gaps(days, g.dager(s, v, pauser=False), held, per):
        draft = gap_draft(g, v, days, rule, gap, max(gap.passed(rule), 1))
        if draft is None:
            continue
        if gap.kontakt is not None:
            day = gap.kontakt.dato.toordinal()
            yield to_punkt(g, s, replace(draft, fra=day, mal=day, tempo=day, frist=day, sent_til=None), None)
        elif not gap.lukket:
            _plan_open(draft, start)
            yield to_punkt(g, s, draft, None)
            if draft.mal is not None:
                for later in predict(g, v, days, rule, days.plass(draft.mal), gap.nr + 1):
                    yield to_punkt(g, s, later, None)


def _plan_open(draft: Utkast, start: int) -> None:
    """Say when the open gap's point is to be planned: about its ``mal``; from ``start`` when that has gone by.

    Nothing but the passing of ``mal`` moves it, and then by whole weeks: a calendar made anew every day
    would otherwise move every meeting every day. What is overdue has until the next deadline would come.
    """
    if draft.mal is not None and draft.mal >= start:
        draft.fra = max(draft.fra, draft.mal - _A_WEEK)
        return
    draft.fra = start
    draft.mal = draft.tempo = start if draft.mal is not None else None
    if draft.frist is not None and draft.frist < start + _A_WEEK:
        draft.frist = max(draft.sent_til or 0, start + _A_WEEK)
