"""Why points have no place, in numbers: who lacks how much time in which weeks. ``lettelse.py`` asks what would help.

Each point is asked the same questions in turn: is there a day at all, a weekday all its people share, room for its length,
a day they are not busy, a day far enough from its kind; else what is left is full. Points of one routine that lack
the same person's time are one cause.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.planlegg.kostnad import weekday
from oppfolgingscli.planlegg.lettelse import find_relief
from oppfolgingscli.planlegg.problem import Arsak, Arsakskode, Oppgave, Plass, Problem
from oppfolgingscli.planlegg.tavle import Tavle, candidate_days, starts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppfolgingscli.planlegg.folk import Ressurs


@dataclass(frozen=True, slots=True)
class _Funn:
    kode: Arsakskode
    ressurs: Ressurs | None


def explain(problem: Problem, plasser: Mapping[str, Plass]) -> tuple[Arsak, ...]:
    """Return the causes, the one with the most points first; every point without a place is in exactly one."""
    board = Tavle(problem)
    index = {o.id: i for i, o in enumerate(board.oppg)}
    for o in board.oppg:
        if o.fast is None and o.id in plasser:
            board.put(index[o.id], plasser[o.id])
    groups: dict[tuple[_Funn, str, str, int], list[Oppgave]] = {}
    for o in problem.oppgaver:
        if o.id not in plasser:
            found = _find(problem, board, index[o.id]) if o.minutter else _Funn("ingen_dager", None)
            groups.setdefault((found, o.klasse, o.rutine, o.minutter), []).append(o)
    causes = [
        _cause(problem, plasser, found, part)
        for (found, *_rest), group in groups.items()
        for part in _overlapping(problem, group)
    ]
    return tuple(sorted(causes, key=lambda a: (-len(a.oppgaver), a.uker, a.oppgaver)))


def window(problem: Problem, o: Oppgave) -> tuple[int, int]:
    """Return the days in which the point may still be planned, closed."""
    return max(o.fra, problem.per), o.til


def _overlapping(problem: Problem, group: Sequence[Oppgave]) -> list[list[Oppgave]]:
    """Split points whose windows do not meet: they do not compete."""
    out: list[list[Oppgave]] = []
    reached = 0
    for o in sorted(group, key=lambda o: (window(problem, o), o.id)):
        first, last = window(problem, o)
        if not out or first > reached:
            out.append([])
        out[-1].append(o)
        reached = max(reached, last)
    return out


def _find(problem: Problem, board: Tavle, i: int) -> _Funn:
    o = board.oppg[i]
    first, last = window(problem, o)
    days = [d for d in o.tillatt if first <= d <= last]
    if not days:
        return _Funn("ingen_dager", None)
    if o.minutter > o.tidsrom[1] - o.tidsrom[0] or not _fits_somewhere(o):
        return _Funn("for_lang", None)
    dager = {r: problem.kapasitet[r].dager for r in o.ressurser}
    if not any(all(weekday(d) in dager[r] for r in o.ressurser) for d in days):
        # Whoever has the fewest of these days is the one to ask.
        blame = min(o.ressurser, key=lambda r: (sum(weekday(d) in dager[r] for d in days), _rank(r)))
        return _Funn("ingen_felles_dag", blame)
    possible = candidate_days(problem, o)
    if not possible:
        return _Funn("opptatt", _busiest(problem, o, days))
    spaced = [d for d in possible if board.spaced(i, d)]
    if not spaced:
        return _Funn("for_tett", None)
    return _Funn("fullt", _fullest(board, i, spaced))


def _fits_somewhere(o: Oppgave) -> bool:
    return -(-o.tidsrom[0] // 15) * 15 + o.minutter <= o.tidsrom[1]


def _rank(r: Ressurs) -> tuple[int, str]:
    """People before roles before participants, when several lack as much."""
    return ({"person": 0, "rolle": 1}.get(r.slag, 2), r.id)


def _busiest(problem: Problem, o: Oppgave, days: Sequence[int]) -> Ressurs:
    """Return who is busy on most of the days everyone works."""

    def blocked(r: Ressurs) -> int:
        busy = problem.kapasitet[r].opptatt
        return sum(d in busy and not starts(problem, o, d) for d in days)

    return min(o.ressurser, key=lambda r: (-blocked(r), _rank(r)))


def _fullest(board: Tavle, i: int, days: Sequence[int]) -> Ressurs:
    """Return whose own meetings leave no room on the most days; of several, who has the fewest weekdays."""
    o = board.oppg[i]
    counts: Counter[Ressurs] = Counter()
    everyone = board.res[i]
    for d in days:
        for r, k in zip(o.ressurser, everyone, strict=True):
            board.res[i] = (k,)
            if next(board.free_starts(i, d), None) is None:
                counts[r] += 1
    board.res[i] = everyone
    kapasitet = board.problem.kapasitet
    return min(o.ressurser, key=lambda r: (-counts[r], len(kapasitet[r].dager), _rank(r)))


def _cause(problem: Problem, plasser: Mapping[str, Plass], found: _Funn, group: Sequence[Oppgave]) -> Arsak:
    first = min(window(problem, o)[0] for o in group)
    last = max(max(window(problem, o)) for o in group)
    r, example = found.ressurs, group[0]
    rivals = [
        o
        for o in problem.oppgaver
        if o.rutine == example.rutine
        and o.minutter == example.minutter
        and (r is None or r in o.ressurser)
        and o.fast is None
        and first <= window(problem, o)[0]
        and o.til <= last
    ]
    full = found.kode in {"fullt", "opptatt"}
    if r is not None:
        who = problem.kapasitet[r]
        weekdays, most = who.dager, who.maks_per_dag
    else:
        weekdays = frozenset(weekday(d) for o in group for d in o.tillatt)
        most = min((problem.kapasitet[k].maks_per_dag for k in example.ressurser), default=0)
    return Arsak(
        kode=found.kode,
        oppgaver=tuple(o.id for o in group),
        ressurs=r,
        antall=len(rivals) if full else len(group),
        minutter=example.minutter,
        mangler=sum(o.minutter for o in group) if full else 0,
        uker=(_week(first), _week(last)),
        dager=tuple(sorted(weekdays)),
        tidsrom=example.tidsrom,
        maks_per_dag=most,
        lettelser=find_relief(problem, plasser, found.kode, r, group),
    )


def _week(day: int) -> tuple[int, int]:
    year, week, _weekday = date.fromordinal(day).isocalendar()
    return year, week
