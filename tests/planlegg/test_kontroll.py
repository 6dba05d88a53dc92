"""The check finds every kind of conflict: a plan that holds, broken in one place at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from oppfolgingscli.planlegg.folk import Ressurs
from oppfolgingscli.planlegg.kontroll import check
from oppfolgingscli.planlegg.problem import Forslag, Kapasitet, Kjede, Oppgave, Plass, Problem, Serie

if TYPE_CHECKING:
    from collections.abc import Sequence

MON = 738_001 + (1 - 738_001) % 7  # a Monday: day 1 was one
KL, D1, D2 = Ressurs("person", "kl"), Ressurs("deltaker", "D1"), Ressurs("deltaker", "D2")
DAYS = tuple(range(MON, MON + 5))
ALL = frozenset(range(5))


def meeting(name: str, who: Ressurs, *, visit: str | None = None, fast: Plass | None = None) -> Oppgave:
    sted = dict.fromkeys(DAYS, visit) if visit else {}
    return Oppgave(
        name, "k", "r", who.id, True, 60, (510, 900), (KL, who), (KL,) if visit else (), ("kl", who.id),
        DAYS[0], DAYS[3], DAYS, (0,) * 5, sted, f"r/{who.id}", f"r/{who.id}", None, fast,
    )  # fmt: skip


OPPGAVER = (meeting("a", D1), meeting("b", D1), meeting("c", D2, visit="Kantina"), meeting("d", D2, visit="Bakeriet"))
PROBLEM = Problem(
    OPPGAVER,
    {
        KL: Kapasitet(KL, ALL - {1}, 3, {MON: ((840, 870),)}),
        D1: Kapasitet(D1, ALL, 4),
        D2: Kapasitet(D2, ALL, 4),
    },
    (Serie("r/D1", ("a", "b"), {d: d + 2 for d in DAYS}, 2),),
    (Kjede(("c", "d"), {d: d + 2 for d in DAYS}),),
    reise=30,
    per=MON,
)


def at(name: str, day: int, start: int, sted: str | None = None) -> Forslag:
    return Forslag(name, MON + day, start, start + 60, sted, fast=False, flyttet=False)


HOLDS = (at("a", 0, 510), at("c", 0, 600, "Kantina"), at("b", 2, 510), at("d", 2, 600, "Bakeriet"))


def changed(**by: Forslag) -> tuple[Forslag, ...]:
    return tuple(by.get(f.oppgave, f) for f in HOLDS)


def codes(forslag: Sequence[Forslag], problem: Problem = PROBLEM, uplassert: Sequence[str] = ()) -> set[str]:
    return {k.kode for k in check(problem, forslag, uplassert)}


def test_planen_holder() -> None:
    assert check(PROBLEM, HOLDS) == []
    assert check(PROBLEM, HOLDS[:3], ["d"]) == []


@pytest.mark.parametrize(
    ("forslag", "expected"),
    [
        (HOLDS[:3], {"ukjent"}),
        ((*HOLDS, at("x", 3, 510)), {"ukjent"}),
        ((*HOLDS, HOLDS[0]), {"to_ganger", "minst_mellom", "to_steder"} - {"minst_mellom"}),
        (changed(a=at("a", 4, 510)), {"dag"}),
        (changed(a=at("a", 1, 510), b=at("b", 3, 510)), {"ukedag"}),
        (changed(a=at("a", 0, 480)), {"tid"}),
        (changed(a=at("a", 0, 515)), {"tid", "reise"}),
        (changed(a=at("a", 0, 855)), {"tid", "opptatt"}),
        (changed(a=at("a", 0, 825)), {"opptatt"}),
        (changed(c=at("c", 0, 600, "Skolen")), {"sted"}),
        (changed(a=at("a", 0, 600)), {"to_steder"}),
        (changed(a=at("a", 0, 525)), {"reise"}),
        (changed(b=at("b", 0, 690)), {"minst_mellom"}),
        (changed(d=at("d", 3, 510, "Bakeriet")), {"senest"}),
        (changed(c=at("c", 3, 510, "Kantina")), {"senest"}),
        (changed(c=replace(at("c", 0, 600, "Kantina"), slutt=700)), {"tid"}),
    ],
)  # fmt: skip
def test_ett_brudd_om_gangen(forslag: tuple[Forslag, ...], expected: set[str]) -> None:
    assert codes(forslag) == expected


def test_flere_enn_dagen_taaler() -> None:
    tight = replace(PROBLEM, kapasitet={**PROBLEM.kapasitet, KL: replace(PROBLEM.kapasitet[KL], maks_per_dag=1)})
    assert codes(HOLDS, tight) == {"maks_per_dag"}


def test_en_tur_delt_i_to() -> None:
    oppgaver = (OPPGAVER[0], OPPGAVER[2], meeting("e", D1, visit="Kantina"))
    problem = replace(PROBLEM, oppgaver=oppgaver, serier=(), kjeder=(), reise=0)
    whole = [at("c", 0, 510, "Kantina"), at("e", 0, 570, "Kantina"), at("a", 0, 630)]
    assert codes(whole, problem) == set()
    assert codes([at("c", 0, 510, "Kantina"), at("a", 0, 570), at("e", 0, 630, "Kantina")], problem) == {"delt_tur"}


def test_det_faste_skal_staa_der_det_staar_og_hefter_for_seg_selv() -> None:
    one, two = meeting("a", D1, fast=Plass(MON, 510)), meeting("f", D2, fast=Plass(MON, 540))
    problem = replace(PROBLEM, oppgaver=(one, two), serier=(), kjeder=())
    standing = [replace(at("a", 0, 510), fast=True), replace(at("f", 0, 540), fast=True)]
    [found] = check(problem, standing)
    assert (found.kode, found.bare_faste, found.ressurs) == ("to_steder", True, KL)
    assert "flyttet_fast" in codes([standing[0], replace(at("f", 1, 540), fast=True)], problem)


def test_bade_plassert_og_ikke() -> None:
    assert codes(HOLDS, uplassert=["a"]) == {"bade_plassert_og_ikke"}
