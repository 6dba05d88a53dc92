"""Checks a finished plan against every hard rule, pair by pair: slow, plain, and knows nothing of the solvers.

Tests and the benchmark run it on everything the solvers give. What two fixed meetings do to each other is
told too, with ``bare_faste``: their people put them there.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal

from oppfolgingscli.planlegg.timeplan import KVARTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oppfolgingscli.planlegg.folk import Ressurs
    from oppfolgingscli.planlegg.problem import Forslag, Oppgave, Problem

Konfliktkode = Literal[
    "ukjent", "to_ganger", "flyttet_fast", "dag", "ukedag", "tid", "sted", "opptatt", "maks_per_dag", "to_steder",
    "reise", "delt_tur", "minst_mellom", "senest", "bade_plassert_og_ikke",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Konflikt:
    """One rule that is broken, by which points, for whom and when. ``bare_faste``: only by fixed ones."""

    kode: Konfliktkode
    oppgaver: tuple[str, ...]
    ressurs: Ressurs | None = None
    dag: int | None = None
    bare_faste: bool = False


def check(problem: Problem, forslag: Sequence[Forslag], uplassert: Sequence[str] = ()) -> list[Konflikt]:
    """Return every breach of a hard rule; an empty list says that the plan can be held."""
    known = {o.id: o for o in problem.oppgaver}
    out = [Konflikt("ukjent", (f.oppgave,)) for f in forslag if f.oppgave not in known]
    seen: set[str] = set(uplassert)
    out += [Konflikt("ukjent", (i,)) for i in uplassert if i not in known]
    placed: list[tuple[Oppgave, Forslag]] = []
    for f in forslag:
        if f.oppgave in seen:
            out.append(Konflikt("bade_plassert_og_ikke" if f.oppgave in uplassert else "to_ganger", (f.oppgave,)))
        seen.add(f.oppgave)
        if f.oppgave in known:
            placed.append((known[f.oppgave], f))
    out += [Konflikt("ukjent", (i,)) for i in known if i not in seen]
    for o, f in placed:
        out += _alone(problem, o, f)
    out += _together(problem, placed)
    out += _apart(problem, {f.oppgave: f for _o, f in placed})
    return out


def _alone(problem: Problem, o: Oppgave, f: Forslag) -> Iterator[Konflikt]:
    ids = (o.id,)
    if o.fast is not None:
        if (f.dag, f.start) != o.fast:
            yield Konflikt("flyttet_fast", ids, dag=f.dag)
        return
    if f.dag not in o.tillatt or not max(o.fra, problem.per) <= f.dag <= o.til:
        yield Konflikt("dag", ids, dag=f.dag)
    if f.sted != o.sted.get(f.dag):
        yield Konflikt("sted", ids, dag=f.dag)
    if o.minutter == 0:
        if f.start is not None or f.slutt is not None:
            yield Konflikt("tid", ids, dag=f.dag)
        return
    if f.start is None or f.slutt is None or f.slutt - f.start != o.minutter or f.start % KVARTER:
        yield Konflikt("tid", ids, dag=f.dag)
        return
    if f.start < o.tidsrom[0] or f.slutt > o.tidsrom[1]:
        yield Konflikt("tid", ids, dag=f.dag)
    for r in o.ressurser:
        who = problem.kapasitet[r]
        if (f.dag - 1) % 7 not in who.dager:
            yield Konflikt("ukedag", ids, r, f.dag)
        if any(f.start < b and a < f.slutt for a, b in who.opptatt.get(f.dag, ())):
            yield Konflikt("opptatt", ids, r, f.dag)


def _together(problem: Problem, placed: Sequence[tuple[Oppgave, Forslag]]) -> Iterator[Konflikt]:
    """Yield what meetings of one resource on one day do to each other."""
    days: dict[tuple[Ressurs, int], list[tuple[Oppgave, Forslag]]] = {}
    for o, f in placed:
        if f.start is not None:
            for r in o.ressurser:
                days.setdefault((r, f.dag), []).append((o, f))
    for (r, day), here in sorted(days.items()):
        if len(here) > problem.kapasitet[r].maks_per_dag:
            fixed = all(f.fast for _o, f in here)
            yield Konflikt("maks_per_dag", tuple(o.id for o, _f in here), r, day, fixed)
        for (o, f), (p, g) in combinations(here, 2):
            ids, fixed = (o.id, p.id), f.fast and g.fast
            where = (f.sted if r in o.reisende else None, g.sted if r in p.reisende else None)
            gap = 0 if where[0] == where[1] else problem.reise * (1 if None in where else 2)
            if not _apart_by(f, g, 0):
                yield Konflikt("to_steder", ids, r, day, fixed)
            elif not _apart_by(f, g, gap):
                yield Konflikt("reise", ids, r, day, fixed)
        yield from _broken_trips(r, day, here)


def _apart_by(f: Forslag, g: Forslag, gap: int) -> bool:
    """Whether one ends at least ``gap`` minutes before the other begins; deliveries are in nobody's way."""
    if f.start is None or g.start is None or f.slutt is None or g.slutt is None:
        return True
    return f.slutt + gap <= g.start or g.slutt + gap <= f.start


def _broken_trips(r: Ressurs, day: int, here: Sequence[tuple[Oppgave, Forslag]]) -> Iterator[Konflikt]:
    """Yield trips to one workplace that something else comes in between of."""
    order = sorted(here, key=lambda item: (item[1].start or 0, item[0].id))
    places = [f.sted if r in o.reisende else None for o, f in order]
    visited: set[str] = set()
    for i, (before, now) in enumerate(pairwise([None, *places])):
        if now is not None and now != before and now in visited:
            ids = tuple(o.id for o, _f in order[: i + 1])
            yield Konflikt("delt_tur", ids, r, day, all(f.fast for _o, f in order))
        if now is not None:
            visited.add(now)


def _apart(problem: Problem, placed: dict[str, Forslag]) -> Iterator[Konflikt]:
    """Yield meetings of a series too close, and intervals too long or the wrong way round."""
    for serie in problem.serier:
        here = sorted((placed[i] for i in serie.oppgaver if i in placed), key=lambda f: (f.dag, f.oppgave))
        for f, g in combinations(here, 2):
            if g.dag < serie.tidligst.get(f.dag, f.dag + 1):
                yield Konflikt("minst_mellom", (f.oppgave, g.oppgave), dag=g.dag, bare_faste=f.fast and g.fast)
    for kjede in problem.kjeder:
        for before, after in pairwise(kjede.oppgaver):
            if before in placed and after in placed:
                f, g = placed[before], placed[after]
                if not f.dag < g.dag <= kjede.senest.get(f.dag, g.dag):
                    yield Konflikt("senest", (before, after), dag=g.dag, bare_faste=f.fast and g.fast)
