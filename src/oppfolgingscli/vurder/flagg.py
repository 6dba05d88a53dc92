"""Flags on points that wait: behind their pace, or more than the days left can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.modell.rutinesett import Antall, Milepael

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.hendelse import Kontakt, Punkt
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.telling import Telt
    from oppfolgingscli.vurder.resultat import Vurdert


def with_flags(
    g: Gyldighet, s: Subjekt, judged: list[Vurdert], telt: Mapping[tuple[str, int], Telt], per: int
) -> list[Vurdert]:
    """Flag required points that wait: ``bak_plan`` past their pace, ``rekker_ikke`` when the days left cannot hold them.

    The days left are those of E from ``per`` (or the window's first day) to the deadline, at least
    ``minst_mellom`` (else a day) after one another and after the last contact that counted.
    """
    versions = {(v.rutine.id, v.nr): v for v in g.opplegg.rutinesett.versjoner}
    waiting: dict[tuple[str, int, str], list[Vurdert]] = {}
    for x in judged:
        if x.punkt.krav and x.status in ("apen", "kommende") and x.punkt.frist is not None:
            waiting.setdefault((x.punkt.rutine, x.punkt.versjon, x.punkt.periode), []).append(x)
    flags: dict[str, tuple[str, ...]] = {}
    for (rutine, nr, _periode), group in waiting.items():
        v, first = versions[rutine, nr], group[0].punkt
        short = isinstance(v.rutine.frekvens, Antall | Milepael) and not _fits(
            g, s, v, first, len(group), telt[rutine, nr].teller, per
        )
        for x in group:
            behind = x.punkt.tempo is not None and per > x.punkt.tempo.toordinal()
            flags[x.punkt.id] = ("bak_plan",) * behind + ("rekker_ikke",) * short
    return [replace(x, flagg=flags[x.punkt.id]) if flags.get(x.punkt.id) else x for x in judged]


def _fits(g: Gyldighet, s: Subjekt, v: Versjon, p: Punkt, n: int, counted: tuple[Kontakt, ...], per: int) -> bool:
    """Whether ``n`` more contacts find room in the window from ``per`` on."""
    f = v.rutine.frekvens
    spacing = f.minst_mellom if isinstance(f, Antall) else None
    frist = p.frist.toordinal() if p.frist else per
    eligible, first = g.dager(s, v), max(per, p.fra.toordinal())
    last = counted[-1].dato if counted else None
    if spacing is None:  # a day apart: as many as there are days left
        first = max(first, last.toordinal() + 1) if last else first
        return eligible.plass(frist) - eligible.plass(first - 1) >= n
    left = eligible.klipp(first, frist)
    for _i in range(n):
        day = left.forste if left else None
        if last is not None and left:
            left = left.klipp(g.kalender.add(last, spacing).toordinal(), frist)
            day = left.forste if left else None
        if day is None:
            return False
        last = date.fromordinal(day)
    return True
