"""Expansion of ``milepael``: one point near an anchor (docs/semantikk.md, "Milepæl").

The window is [anchor + ``fra``, anchor + ``innen``], not cut to E; there is a point where it holds a date
of E. ``mal`` is the middle counted day of the window in E.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.utvid.ankere import forekomster
from oppfolgingscli.utvid.utkast import Utkast, velg_mal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.modell.rutinesett import Milepael, Versjon

_EDGES = ("skolear-start", "skolear-slutt", "semester-start", "semester-slutt", "fase-start", "fase-slutt")


def expand_milepael(g: Gyldighet, s: Subjekt, v: Versjon, f: Milepael, *, pauser: bool) -> Iterator[Utkast]:
    """Yield one draft for each time the anchor comes and its window meets E."""
    eligible = g.dager(s, v, pauser=pauser)
    if not eligible:
        return
    counter = g.tellende(v)
    for key, anchor in forekomster(g, s, f.milepael):
        first, last = window(g, f, anchor)
        inside = eligible.klipp(first, last)
        if not inside:
            continue
        x = counter.velg(inside) or list(inside)
        mal = velg_mal(x, f.helst, (len(x) + 1) // 2)
        late = g.kalender.add(date.fromordinal(last), f.sent_til).toordinal() if f.sent_til else None
        unsure = _unsure(g, f, anchor, last)
        yield Utkast(v, key, 1, True, False, first, mal, None, last, late, unsure)


def window(g: Gyldighet, f: Milepael, anchor: int) -> tuple[int, int]:
    """Return the closed window of a milestone whose anchor falls on ``anchor`` (ordinals)."""
    day = date.fromordinal(anchor)
    return g.kalender.add(day, f.fra).toordinal(), g.kalender.add(day, f.innen).toordinal()


def _unsure(g: Gyldighet, f: Milepael, anchor: int, last: int) -> list[tuple[str, str]]:
    """Return the unconfirmed dates the deadline rests on: the anchor's edge, and breaks a school-day count skips."""
    out: list[tuple[str, str]] = []
    if f.milepael.slag in _EDGES:
        out += g.kalender.ubekreftede_kanter(anchor)
    if f.innen.enhet == "skoledag":
        out += g.kalender.ubekreftede_ferier(min(anchor, last), max(anchor, last))
    return out
