"""Planning goes on from the log: interval routines from the gap that stands open, not from the class's start.

Before any contact the prediction is the whole plan. With a log, each gap that a contact ended stands on the
day it was held; the open gap's point is to be planned, at the earliest on ``per``; and what follows is
predicted from there (docs/semantikk.md, "Intervall"). Everything but interval routines stays as it was.
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


def continue_from(utvidelse: Utvidelse, logg: Logg, roller: Mapping[str, str], per: date) -> Utvidelse:
    """Return the expansion with the points of interval routines taken from the log as it stands on ``per``.

    ``roller``: person id -> role. A class without a contact log is planned from its start.
    """
    if not logg.kontakter:
        return utvidelse
    g = utvidelse.gyldighet
    versions = [v for v in g.opplegg.rutinesett.versjoner if isinstance(v.rutine.frekvens, Hver)]
    clocks = {(v.rutine.id, v.nr) for v in versions}
    picked = select(g, logg, per)
    points = [p for p in utvidelse.punkter if (p.rutine, p.versjon) not in clocks or p.grunn is not None]
    for v in versions:
        for s in (g.klassen,) if v.rutine.niva == "klasse" else g.deltakerne:
            if exemption(g, s, v.rutine.id) is None:
                held = count(g, v, picked.av.get(s.id, ()), roller).teller
                points += _points(g, s, v, held, per.toordinal())
    points.sort(key=punktorden(g.opplegg.rutinesett.versjoner))
    return replace(utvidelse, punkter=tuple(points))


def _points(g: Gyldighet, s: Subjekt, v: Versjon, held: tuple[Kontakt, ...], per: int) -> Iterator[Punkt]:
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
            _not_before(draft, per)
            yield to_punkt(g, s, draft, None)
            if draft.mal is not None:
                for later in predict(g, v, days, rule, days.plass(draft.mal), gap.nr + 1):
                    yield to_punkt(g, s, later, None)


def _not_before(draft: Utkast, per: int) -> None:
    """Move what is planned in a window that has begun to ``per`` at the earliest; an overdue one ends when the next would."""
    draft.fra = max(draft.fra, per)
    if draft.mal is not None:
        draft.mal = draft.tempo = max(draft.mal, per)
    if draft.frist is not None and draft.frist < per:
        draft.frist = max(draft.sent_til or per, per)
