"""Interval routines against the log: gaps on the clock of E, each ended by a contact, the last one open.

A gap starts at b = c(the contact that opened it); its k-th deadline is b + T(k). A contact after g clock
days with q deadlines behind it gives q - 1 missing points and one late by g - T(q) clock days; with q = 0
one on time. The open gap on ``per`` is judged the same way (docs/semantikk.md, "Intervall").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppfolgingscli.utvid.hver import Klokkeregel
from oppfolgingscli.utvid.utkast import Utkast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.hendelse import Kontakt
    from oppfolgingscli.modell.rutinesett import Hver, Versjon
    from oppfolgingscli.tid.dagmengde import Dagmengde


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap on the clock: where it starts, how long it is, and the contact that ended it (None: open).

    ``dager`` is in clock days. ``lukket``: the days of E are over, so an open gap can no longer be met.
    """

    nr: int
    start: int
    dager: int
    kontakt: Kontakt | None
    lukket: bool = False

    def passed(self, rule: Klokkeregel) -> int:
        """Return q: how many deadlines lie behind when the gap ends (or stands open)."""
        first = rule.frist(self.nr)
        return 0 if self.dager <= first else (self.dager - first - 1) // rule.senest + 1


@dataclass(frozen=True, slots=True)
class Intervallutkast:
    """A draft with the status its clock gives it, the contact credited, and clock days late."""

    utkast: Utkast
    status: str
    kontakt: Kontakt | None = None
    dager_sen: int | None = None


def gaps(days: Dagmengde, undisturbed: Dagmengde, contacts: Sequence[Kontakt], per: int) -> list[Gap]:
    """Cut the clock of ``days`` into gaps at the contacts; the last one, open on ``per``, comes last.

    ``undisturbed``: the same days with pauses disregarded; a contact outside its first and last day, or one
    on the clock position where the gap began, ends nothing. ``contacts`` by (dato, id), none after ``per``.
    """
    if not undisturbed:
        return []
    out: list[Gap] = []
    start, nr = 0, 1
    for k in contacts:
        day = k.dato.toordinal()
        if not undisturbed.forste <= day <= undisturbed.siste:
            continue
        here = days.plass(day)
        if here == start:
            continue
        out.append(Gap(nr, start, here - start, k))
        start, nr = here, nr + 1
    out.append(Gap(nr, start, days.plass(per) - start, None, lukket=per > undisturbed.siste))
    return out


def evaluate(
    g: Gyldighet, s: Subjekt, v: Versjon, f: Hver, contacts: Sequence[Kontakt], per: int
) -> Iterator[Intervallutkast]:
    """Yield the points of a ``hver`` version for ``s`` on ``per``, given the contacts that count for it."""
    rule = Klokkeregel.of(f)
    days = g.dager(s, v)
    for gap in gaps(days, g.dager(s, v, pauser=False), contacts, per):
        yield from _points(g, v, days, rule, gap)


def evaluate_exempt(g: Gyldighet, s: Subjekt, v: Versjon, f: Hver, per: int) -> Iterator[Intervallutkast]:
    """Yield the points of one gap from the first day of E to ``per``: what an exemption takes away."""
    rule = Klokkeregel.of(f)
    days = g.dager(s, v)
    if days:
        gap = Gap(1, 0, days.plass(per), None)
        for k in range(1, max(1, gap.passed(rule)) + 1):
            draft = gap_draft(g, v, days, rule, gap, k)
            if draft is not None:
                yield Intervallutkast(draft, "fritatt")


def _points(g: Gyldighet, v: Versjon, days: Dagmengde, rule: Klokkeregel, gap: Gap) -> Iterator[Intervallutkast]:
    q = gap.passed(rule)
    for k in range(1, q):
        draft = gap_draft(g, v, days, rule, gap, k)
        if draft is not None:
            yield Intervallutkast(draft, "mangler")
    draft = gap_draft(g, v, days, rule, gap, max(q, 1))
    if draft is None:
        return
    if gap.kontakt is not None:
        late = gap.dager - rule.frist(gap.nr, q) if q else 0
        yield Intervallutkast(draft, "for_sent" if q else "i_tide", gap.kontakt, late)
    elif q:
        late = gap.dager - rule.frist(gap.nr, q)
        yield Intervallutkast(draft, "mangler") if gap.lukket else Intervallutkast(draft, "forfalt", None, late)
    elif not gap.lukket:
        plan = rule.plan(gap.nr)
        near = 2 * gap.dager >= 2 * plan - min(14, plan)
        yield Intervallutkast(draft, "apen" if near else "kommende")


def gap_draft(g: Gyldighet, v: Versjon, days: Dagmengde, rule: Klokkeregel, gap: Gap, k: int) -> Utkast | None:
    """Return point k of a gap; None where E has not even its first day."""
    opens = gap.start + (rule.frist(gap.nr, k - 1) if k > 1 else 0)
    fra = days.nte(opens + 1)
    if fra is None:
        return None
    mal = days.nte(opens + (rule.plan(gap.nr) if k == 1 else rule.hver))
    frist = days.nte(gap.start + rule.frist(gap.nr, k))
    late = days.nte(gap.start + rule.frist(gap.nr, k + 1))
    unsure = g.kalender.ubekreftede_ferier(fra, frist) if frist else []
    return Utkast(v, str(gap.nr), k, True, False, fra, mal, mal, frist, late, unsure)
