"""Both solvers against every plan there is, on small problems with every rule in them."""

from __future__ import annotations

import pytest

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.planlegg.kontroll import check
from oppfolgingscli.planlegg.losning import solve
from oppfolgingscli.planlegg.problem import Losning, Problem
from planlegg.tilfeldig import make
from planlegg.uttommende import search

ANTALL = 200


def _holds(problem: Problem, losning: Losning) -> None:
    conflicts = [k for k in check(problem, losning.forslag, losning.uplassert) if not k.bare_faste]
    assert conflicts == []


@pytest.mark.treg
@pytest.mark.parametrize("start", range(0, ANTALL, 20))
def test_eksakt_er_det_beste_av_alle_og_grisk_naer(start: int) -> None:
    pytest.importorskip("ortools")
    for number in range(start, start + 20):
        problem = make(number)
        best = search(problem)
        exact = solve(problem, "eksakt", 20, forklar=False)
        greedy = solve(problem, "grisk", forklar=False)
        _holds(problem, exact)
        _holds(problem, greedy)
        assert (exact.status, exact.mal, exact.grense, exact.gap) == ("optimal", best, best, 0), number
        assert best <= greedy.mal <= 1.1 * best, number


@pytest.mark.parametrize("number", range(12))
def test_de_forste_av_dem(number: int) -> None:
    pytest.importorskip("ortools")
    problem = make(number, most=3, days=5)
    best = search(problem)
    assert solve(problem, "eksakt", 20, forklar=False).mal == best
    assert best <= solve(problem, "grisk", forklar=False).mal <= 1.1 * best


def test_uten_biblioteket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oppfolgingscli.planlegg.eksakt.has_solver", lambda: False)
    monkeypatch.setattr("oppfolgingscli.planlegg.losning.has_solver", lambda: False)
    with pytest.raises(Bruksfeil, match=r"oppfolgingscli\[plan\]"):
        solve(make(1), "eksakt")
    losning = solve(make(1), "auto")
    assert (losning.metode, losning.grense, losning.gap, losning.status) == ("grisk", None, None, "gyldig")


@pytest.mark.treg
@pytest.mark.parametrize("number", range(1000, 1010))
def test_storre_tilfeller_holder_begge_veier(number: int) -> None:
    pytest.importorskip("ortools")
    problem = make(number, most=16, days=10)
    exact, greedy = solve(problem, "eksakt", 20), solve(problem, "grisk")
    _holds(problem, exact)
    _holds(problem, greedy)
    assert exact.status == "optimal"
    assert exact.mal <= greedy.mal
    # One meeting more or less is what the two may differ by here; each costs a million.
    assert len(greedy.uplassert) <= len(exact.uplassert) + 1
    assert sorted(i for a in greedy.arsaker for i in a.oppgaver) == sorted(greedy.uplassert)
