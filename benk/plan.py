"""How long planning takes, how good it is, and what a sick day moves. CPU time, measured in one run.

    python benk/plan.py                    (the examples, a class of 26, five classes together, a sick day)
    python benk/plan.py --tidsgrense 20    (more time for the exact method)

Everything either method gives is checked pair by pair (``planlegg/kontroll.py``). Nothing here passes or fails. The
aims: a class of 26 over a school year under 1 s by the heuristic, under 5 s exactly (or with the gap stated); five
classes that share people under 30 s; after a sick day only that day's meetings of the one who is ill move.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.modell.klasse import Klasse
from oppfolgingscli.planlegg.bygg import Klassegrunnlag, build
from oppfolgingscli.planlegg.folk import Ressurs
from oppfolgingscli.planlegg.kontroll import check
from oppfolgingscli.planlegg.losning import TIDSGRENSE, solve
from oppfolgingscli.planlegg.problem import Plass
from oppfolgingscli.utvid import expand

if TYPE_CHECKING:
    from oppfolgingscli.planlegg.problem import Losning, Problem

EKSEMPLER = Path(__file__).resolve().parent.parent / "eksempler"
NAVN = ("oslo-helsfyr", "sorumsand", "vestby", "vestland")
STORST = "oslo-helsfyr"
FELLES = {"ta", "adm", "pf2"}
"""The people whom the five classes share; each has its own teachers otherwise."""
TREDJE = (date(2025, 8, 1), date(2026, 7, 31))
FORSTE = (date(2023, 8, 1), date(2024, 7, 31))


@dataclass(frozen=True)
class Maling:
    """One run of one method."""

    losning: Losning
    sekunder: float
    konflikter: int


def grunnlag(name: str, number: int | None = None) -> Klassegrunnlag:
    """Open an example; with a number as one of several classes, whose people are its own but for ``FELLES``."""
    mappe = open_arbeidsmappe(EKSEMPLER / name)
    opplegg = mappe.opplegg
    people = mappe.oppsett.personer
    key: dict[str, str] = {}
    if number is not None:
        fields = {f: getattr(opplegg.klasse, f) for f in ("navn", "rutinesett", "skolerute", "start", "slutt")}
        klasse = Klasse(id=f"{opplegg.klasse.id}-{number}", **fields)
        opplegg = replace(opplegg, klasse=klasse)
        key = {p: p if p in FELLES else f"{number}-{p}" for p in people}
    return Klassegrunnlag(expand(opplegg), mappe.oppsett.kalender, people, personnokkel=key)


def measure(problem: Problem, metode: str, tidsgrense: float) -> Maling:
    """Solve and check."""
    start = process_time()
    losning = solve(problem, "eksakt" if metode == "eksakt" else "grisk", tidsgrense)
    used = process_time() - start
    return Maling(losning, used, len(check(problem, losning.forslag, losning.uplassert)))


def show(name: str, problem: Problem, tidsgrense: float) -> Losning:
    """Print one line for each method; return the exact plan."""
    for metode in ("grisk", "eksakt"):
        m = measure(problem, metode, tidsgrense)
        gap = "" if m.losning.gap is None else f"{100 * m.losning.gap:.2f}%"
        bound = "" if m.losning.grense is None else str(m.losning.grense)
        print(
            f"{name:<28}{metode:<8}{len(problem.oppgaver):>7}{len(m.losning.uplassert):>9}{m.losning.mal:>9}"
            f"{bound:>9}{gap:>8}{m.sekunder:>8.2f}{m.konflikter:>11}"
        )
    return m.losning


def ill(klasse: Klassegrunnlag, losning: Losning, problem: Problem) -> tuple[Klassegrunnlag, str, int, int]:
    """Return the class with the busiest teacher ill on their fullest day, who and when, and how many meetings fall out."""
    people = {o.id: o.ressurser for o in problem.oppgaver}
    days: dict[tuple[str, int], int] = {}
    for f in losning.forslag:
        for r in people[f.oppgave]:
            if r.slag == "person" and f.start is not None:
                days[r.id, f.dag] = days.get((r.id, f.dag), 0) + 1
    who, day = max(sorted(days), key=lambda key: days[key])
    earlier = {f.oppgave: Plass(f.dag, f.start) for f in losning.forslag}
    return replace(klasse, opptatt={who: {day: [(0, 24 * 60)]}}, tidligere=earlier), who, day, days[who, day]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tidsgrense", type=float, default=TIDSGRENSE, help="seconds for the exact method")
    limit = parser.parse_args().tidsgrense
    print(f"Python {sys.version.split()[0]} on {sys.platform}; CPU seconds; exact: {limit:g} s of work")
    print(
        f"{'problem':<28}{'method':<8}{'points':>7}{'unplaced':>9}{'cost':>9}{'bound':>9}{'gap':>8}{'CPU s':>8}{'conflicts':>11}"
    )
    for name in NAVN:
        show(f"{name} 2025/26", build([grunnlag(name)], *TREDJE), limit)
    one = grunnlag(STORST)
    problem = build([one], *FORSTE)
    plan = show("26 participants, 2023/24", problem, limit)
    show("five classes, 2025/26", build([grunnlag(STORST, n) for n in range(1, 6)], *TREDJE), limit)
    sick, who, day, out = ill(one, plan, problem)
    again = build([sick], *FORSTE)
    for metode in ("grisk", "eksakt"):
        m = measure(again, metode, limit)
        moved = [f for f in m.losning.forslag if f.flyttet]
        people = {o.id: o.ressurser for o in again.oppgaver}
        must = sum(Ressurs("person", who) in people[f.oppgave] and f.oppgave in _on(plan, day) for f in moved)
        print(
            f"{who} ill on {date.fromordinal(day)}, {metode}: {out} meetings fall out, {len(moved)} moved ({must} of them), "
            f"{len(m.losning.uplassert)} unplaced, {m.konflikter} conflicts, {m.sekunder:.2f} s"
        )


def _on(plan: Losning, day: int) -> set[str]:
    return {f.oppgave for f in plan.forslag if f.dag == day}


if __name__ == "__main__":
    main()
