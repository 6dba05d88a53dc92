"""What would help points without a place: every answer is found by solving again with that one thing changed.

Only the points that share people with them in the same weeks are solved again; the rest of the plan stands. A
change that makes another point lose its place has not helped. Smallest first: one meeting a day more, longer
days, one weekday more, a later deadline, a shorter distance.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from oppfolgingscli.planlegg.grisk import solve_greedy
from oppfolgingscli.planlegg.kostnad import weekday
from oppfolgingscli.planlegg.problem import Arsakskode, Lettelse, Lettelsesslag, Oppgave, Plass, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from oppfolgingscli.planlegg.folk import Ressurs

LENGER: Final = (30, 60, 90, 120)
"""Minutes longer a day that are tried."""
SENERE: Final = (7, 14, 21, 28)
"""Calendar days later that are tried (``bygg.SLINGRING`` is the most there can be)."""
FLERE: Final = (1, 2)
"""Meetings more a day that are tried."""
SKRITT: Final = 600
"""Work for each attempt."""
_REKKEFOLGE: Final[tuple[Lettelsesslag, ...]] = ("maks_per_dag", "tidsrom", "ukedag", "frist", "minst_mellom")

Endring = tuple[Lettelsesslag, "Ressurs | None", int, "Callable[[Problem], Problem]"]


def find_relief(
    problem: Problem, plasser: Mapping[str, Plass], kode: Arsakskode, ressurs: Ressurs | None, group: Sequence[Oppgave]
) -> tuple[Lettelse, ...]:
    """Return the changes that helped, of each kind and person the smallest that helped most."""
    ids = {o.id for o in group}
    if not all(o.minutter for o in group):
        return ()
    small, start = _around(problem, plasser, ressurs, group)
    baseline = _placed(small, start, ids)
    best: dict[tuple[str, Ressurs | None], Lettelse] = {}
    for slag, who, value, change in _changes(kode, ressurs, group, small):
        known = best.get((slag, who))
        if known is not None and known.plasserer == len(ids):
            continue
        placed = _placed(change(small), start, ids)
        if placed > max(baseline, known.plasserer if known else 0):
            best[slag, who] = Lettelse(slag, who, value, placed)
    return tuple(sorted(best.values(), key=lambda x: (-x.plasserer, _REKKEFOLGE.index(x.slag), x.verdi)))


def _placed(problem: Problem, start: Mapping[str, Plass], ids: Collection[str]) -> int:
    """Return how many of ``ids`` get a place; less those who lose theirs for it."""
    found = solve_greedy(problem, SKRITT, start, bare_plass=True)
    lost = sum(i not in found for i in start)
    return sum(i in found for i in ids) - lost


def _around(
    problem: Problem, plasser: Mapping[str, Plass], ressurs: Ressurs | None, group: Sequence[Oppgave]
) -> tuple[Problem, dict[str, Plass]]:
    """Return the part of the problem in the group's weeks, and the plan for it; others of its people stand fast."""
    people = {r for o in group for r in o.ressurser if r.slag != "deltaker" or r == ressurs}
    first, last = min(o.fra for o in group), max(o.til for o in group)
    ids = {o.id for o in group}

    def near(o: Oppgave) -> bool:
        return o.fra <= last and first <= o.til and not people.isdisjoint(o.ressurser)

    free = [
        o for o in problem.oppgaver if o.id in ids or (near(o) and o.minutter and o.fast is None and o.id in plasser)
    ]
    named = {o.id for o in free}
    theirs = {r for o in free for r in o.ressurser}
    kinds = {o.serie for o in free}
    begins, ends = min(o.fra for o in free), max(o.til for o in free) + max(SENERE)
    standing = [
        replace(o, fast=plasser[o.id], tidligere=None)
        for o in problem.oppgaver
        if o.id not in named
        and o.id in plasser
        and o.minutter
        and (o.serie in kinds or (begins <= plasser[o.id].dag <= ends and not theirs.isdisjoint(o.ressurser)))
    ]
    small = replace(problem, oppgaver=tuple(sorted((*free, *standing), key=lambda o: o.id)))
    return small, {i: p for i, p in plasser.items() if i in named}


def _changes(
    kode: Arsakskode, ressurs: Ressurs | None, group: Sequence[Oppgave], problem: Problem
) -> Iterator[Endring]:
    """Yield what to try, each kind from the smallest change on; only what can matter for this cause."""
    ids = frozenset(o.id for o in group)
    if ressurs is not None and kode in {"fullt", "for_tett", "opptatt"}:
        for more in FLERE:
            most = problem.kapasitet[ressurs].maks_per_dag + more
            yield "maks_per_dag", ressurs, most, partial(_more_a_day, most=most)
    if kode not in {"ingen_dager", "ingen_felles_dag"}:
        for minutes in LENGER:
            yield "tidsrom", ressurs, minutes, partial(_longer, r=ressurs, ids=ids, minutes=minutes)
    if kode not in {"ingen_dager", "for_lang"}:
        yield from _weekdays(ressurs, group, problem)
    if kode != "for_lang":
        for days in SENERE:
            yield "frist", None, days, partial(_later, ids=ids, days=days)
    if kode not in {"ingen_dager", "ingen_felles_dag", "for_lang"}:
        most = max((s.minst for s in problem.serier if not ids.isdisjoint(s.oppgaver)), default=1)
        for least in sorted({most * 3 // 4, most // 2, most // 4, 1} - {0, most}, reverse=True):
            yield "minst_mellom", None, least, partial(_closer, ids=ids, least=least)


def _weekdays(ressurs: Ressurs | None, group: Sequence[Oppgave], problem: Problem) -> Iterator[Endring]:
    """Yield one weekday more, for whoever lacks the time; else for each of the people."""
    people = sorted({r for o in group for r in o.ressurser if r.slag != "deltaker"})
    if ressurs in people:
        people = [ressurs] + [r for r in people if r != ressurs]
    for r in people:
        for w in sorted({weekday(d) for o in group for d in o.tillatt}):
            if w not in problem.kapasitet[r].dager:
                yield "ukedag", r, w, partial(_one_more_weekday, r=r, w=w)


def _more_a_day(p: Problem, most: int) -> Problem:
    """Let everyone have as many: the limit is the workspace's, not one person's."""
    return replace(
        p, kapasitet={r: replace(who, maks_per_dag=max(most, who.maks_per_dag)) for r, who in p.kapasitet.items()}
    )


def _one_more_weekday(p: Problem, r: Ressurs, w: int) -> Problem:
    who = p.kapasitet[r]
    return replace(p, kapasitet={**p.kapasitet, r: replace(who, dager=who.dager | {w})})


def _longer(p: Problem, r: Ressurs | None, ids: frozenset[str], minutes: int) -> Problem:
    def change(o: Oppgave) -> Oppgave:
        if o.id in ids or (r is not None and r in o.ressurser):
            return replace(o, tidsrom=(o.tidsrom[0], o.tidsrom[1] + minutes))
        return o

    return replace(p, oppgaver=tuple(map(change, p.oppgaver)))


def _later(p: Problem, ids: frozenset[str], days: int) -> Problem:
    oppgaver = tuple(replace(o, til=o.til + days) if o.id in ids else o for o in p.oppgaver)
    chains = tuple(
        replace(k, senest={d: s + days for d, s in k.senest.items()}) if not ids.isdisjoint(k.oppgaver) else k
        for k in p.kjeder
    )
    return replace(p, oppgaver=oppgaver, kjeder=chains)


def _closer(p: Problem, ids: frozenset[str], least: int) -> Problem:
    return replace(
        p,
        serier=tuple(
            replace(s, tidligst={d: min(e, d + least) for d, e in s.tidligst.items()}, minst=min(s.minst, least))
            if not ids.isdisjoint(s.oppgaver)
            else s
            for s in p.serier
        ),
    )
