"""Meetings of a kind keep half of their pace apart where the windows allow it: each distance counted by hand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from oppfolgingscli.planlegg.bygg import Klassegrunnlag, build
from oppfolgingscli.planlegg.kontroll import check
from oppfolgingscli.planlegg.kostnad import cost, parts, too_close
from oppfolgingscli.planlegg.losning import solve
from oppfolgingscli.planlegg.problem import Plass
from planlegg.bygg import bygg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oppfolgingscli.planlegg.problem import Losning, Problem

SAMTALE = """
[personer.kl]
navn = "Læreren"
rolle = "kontaktlaerer"

[[rutiner]]
id = "samtale"
type = "samtale"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
deltar = ["deltaker"]
varighet = "45 minutter"
frekvens = {frekvens}
"""
TO_I_SEMESTERET = '{ antall = 2, per = "semester" }'
HVER_TREDJE_UKE = '{ hver = "3 uker" }'
METODER = ["grisk", "eksakt"]


def problem(
    frekvens: str, per: date, til: date, deltakere: int = 1, holdt: Mapping[str, date] | None = None
) -> Problem:
    v = bygg(SAMTALE.replace("{frekvens}", frekvens), deltakere)
    held = {i: d.toordinal() for i, d in (holdt or {}).items()}
    return build([Klassegrunnlag(v.utvidelse, v.kalender, v.personer, holdt=held, utelat=set(held))], per, til)


def plan(p: Problem, metode: str) -> tuple[Losning, list[date]]:
    if metode == "eksakt":
        pytest.importorskip("ortools")
    losning = solve(p, "eksakt" if metode == "eksakt" else "grisk", 20)
    assert check(p, losning.forslag, losning.uplassert) == []
    assert losning.mal == cost(p, {f.oppgave: Plass(f.dag, f.start) for f in losning.forslag})
    return losning, [date.fromordinal(f.dag) for f in losning.forslag]


@pytest.mark.parametrize(("gap", "steps"), [(0, 2), (5, 2), (6, 1), (10, 1), (11, 0), (40, 0)])
def test_for_naer_i_to_trinn(gap: int, steps: int) -> None:
    assert too_close(gap, 11) == steps


@pytest.mark.parametrize(
    ("frekvens", "per", "expected"),
    [
        (HVER_TREDJE_UKE, date(2023, 9, 1), {11}),  # 21 days, and half of that
        (TO_I_SEMESTERET, date(2023, 8, 21), {31}),  # 122 days to 20 December: 61 each
        (TO_I_SEMESTERET, date(2023, 11, 20), {8}),  # 31 days are left: 15 each
        (TO_I_SEMESTERET, date(2023, 12, 18), set()),  # three days left: a day apart is all there is
        ('{ antall = 2, per = "semester", minst_mellom = "3 dager" }', date(2023, 8, 21), set()),  # said by the rule
        ('{ antall = 1, per = "semester" }', date(2023, 8, 21), set()),
    ],
)
def test_halve_takten(frekvens: str, per: date, expected: set[int]) -> None:
    assert {a.dager for a in problem(frekvens, per, date(2023, 12, 31)).avstander} == expected


@pytest.mark.treg
@pytest.mark.parametrize("metode", METODER)
def test_to_i_samme_semester_sent_paa_hosten(metode: str) -> None:
    # Both are late, and both would rather be at once.
    p = problem(TO_I_SEMESTERET, date(2023, 11, 20), date(2023, 12, 20), 5)
    losning, _days = plan(p, metode)
    assert losning.uplassert == ()
    for d in range(1, 6):
        one, two = sorted(f.dag for f in losning.forslag if f"/D{d:02d}/" in f.oppgave)
        assert two - one >= 8


@pytest.mark.parametrize("metode", METODER)
def test_faste_mellomrom_kommer_ikke_en_uke_etter_hverandre(metode: str) -> None:
    p = problem(HVER_TREDJE_UKE, date(2023, 9, 11), date(2023, 12, 20), 8)
    losning, _days = plan(p, metode)
    for d in range(1, 9):
        days = sorted(f.dag for f in losning.forslag if f"/D{d:02d}/" in f.oppgave)
        assert len(days) > 3
        assert all(b - a >= 11 for a, b in pairwise(days))


@pytest.mark.parametrize("metode", METODER)
def test_det_som_nettopp_er_holdt_teller(metode: str) -> None:
    first = "k/samtale/D01/2023-host/1"
    open_ = problem(TO_I_SEMESTERET, date(2023, 11, 20), date(2023, 12, 20))
    assert {o.id for o in open_.oppgaver} == {first, "k/samtale/D01/2023-host/2"}
    p = problem(TO_I_SEMESTERET, date(2023, 11, 20), date(2023, 12, 20), holdt={first: date(2023, 11, 17)})
    # One is left of 31 days: half of them after 17 November.
    _losning, [day] = plan(p, metode)
    assert day >= date(2023, 12, 3)


@pytest.mark.parametrize("metode", METODER)
def test_vinduet_gaar_foran(metode: str) -> None:
    p = problem(TO_I_SEMESTERET, date(2023, 12, 14), date(2023, 12, 20))
    # Seven days, three each: two apart is enough, and there is room for it.
    losning, [one, two] = plan(p, metode)
    assert (two - one).days >= 2
    assert parts(p, {f.oppgave: Plass(f.dag, f.start) for f in losning.forslag})["tett"] == 0


def test_det_som_sto_for_naer_blir_staaende() -> None:
    v = bygg(SAMTALE.replace("{frekvens}", TO_I_SEMESTERET), 1)
    earlier = {
        f"k/samtale/D01/2023-host/{n}": Plass(date(2023, 11, 20 + n).toordinal(), 510) for n in (1, 2)
    }  # fmt: skip
    k = Klassegrunnlag(v.utvidelse, v.kalender, v.personer, tidligere=earlier)
    p = build([k], date(2023, 11, 20), date(2023, 12, 20))
    losning, days = plan(p, "grisk")
    assert [f for f in losning.forslag if f.flyttet] == []
    assert days == [date(2023, 11, 21), date(2023, 11, 22)]
    assert parts(p, earlier)["tett"] == 2 * p.vekter.tett
