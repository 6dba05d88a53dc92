"""Expansion of ``antall`` per ``per``: a count in each period (docs/semantikk.md, "Antall per periode").

For each period the counted days D that breaks allow, and the m of them in E, decide the count: as written
when m = D, otherwise ⌊n·m/D + ½⌋ and marked ``delvis``. The window is the first to last date of the period
in E with pauses disregarded; a participant who left is taken as if they stayed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.tid.perioder import perioder
from oppfolgingscli.utvid.utkast import Utkast, velg_mal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.modell.rutinesett import Antall, Versjon


def _scaled(n: int, m: int, whole: int) -> int:
    """Return ⌊n·m/whole + ½⌋ in whole numbers."""
    return (2 * n * m + whole) // (2 * whole)


def _ceil(a: int, b: int) -> int:
    return -(-a // b)


def expand_antall(g: Gyldighet, s: Subjekt, v: Versjon, f: Antall, *, pauser: bool) -> Iterator[Utkast]:
    """Yield the drafts of an ``antall`` version, period by period. ``pauser`` False: as if there were none."""
    whole = g.dager(s, v, pauser=False, blir=True)
    if not whole:
        return
    real = g.dager(s, v, pauser=pauser)
    counted_days = g.dager(s, v, pauser=pauser, blir=True)
    counter = g.tellende(v)
    allowed = g.tillatt_av_ferie(v)
    for period in perioder(f.per, date.fromordinal(whole.forste), date.fromordinal(whole.siste)):
        a, b = period.fra.toordinal(), period.til.toordinal()
        if not real.klipp(a, b):
            continue
        x = counter.velg(counted_days.klipp(a, b))
        m = len(x)
        if m == 0:
            continue
        d = counter.antall(allowed.klipp(a, b))
        minst, inntil = (f.minst, f.inntil) if m == d else (_scaled(f.minst, m, d), _scaled(f.inntil, m, d))
        if inntil == 0:
            continue
        window = whole.klipp(a, b)
        fra, frist = window.forste, window.siste
        late = g.kalender.add(date.fromordinal(frist), f.sent_til).toordinal() if f.sent_til else None
        unsure = g.kalender.ubekreftede_kanter(frist)
        for j in range(1, inntil + 1):
            mal = velg_mal(x, f.helst, _ceil((2 * j - 1) * m, 2 * inntil))
            tempo = x[_ceil(j * m, inntil) - 1]
            yield Utkast(v, period.nokkel, j, j <= minst, m != d, fra, mal, tempo, frist, late, unsure)
