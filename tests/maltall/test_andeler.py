"""Shares and their intervals, against published numbers, by hand, and as they must be for any numbers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dokumenter import DOKUMENTER, Tabell, tabeller
from oppfolgingscli.maltall.andeler import Telling, design_effect, interval, mean_share, share, wilson

LIKE = [Telling(1, 2), Telling(1, 2)]
TELLINGER = st.lists(
    st.integers(1, 12).flatmap(lambda n: st.builds(Telling, st.integers(0, n), st.just(n))), min_size=1, max_size=30
)


@pytest.mark.parametrize(
    ("y", "n", "low", "high"),
    [  # Newcombe 1998, table I, method 3 (score, without continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_as_published(y: int, n: int, low: float, high: float) -> None:
    assert wilson(y / n, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_takes_in_the_ends_and_stays_inside() -> None:
    assert wilson(0.0, 5)[0] == 0.0
    assert wilson(1.0, 5)[1] == 1.0


def test_an_empty_denominator_is_nothing_and_not_zero() -> None:
    assert share(0, 0) is None
    assert mean_share([]) is None
    assert share(0, 3) == 0.0


def test_the_mean_lets_each_participant_weigh_the_same() -> None:
    assert mean_share([Telling(1, 1), Telling(0, 9)]) == 0.5


def test_design_effect_by_hand() -> None:
    """Ten participants with four points each, five with all on time and five with none.

    p = 0.5, every (y − 2)² = 4, v = 10/9 · 40/1600 = 1/36, deff = (1/36) · 40 / 0.25 = 4.4444: the forty points are
    worth 40/4.4444 = 9. Wilson at 4.5 of 9: 0.5 ± 1.96·sqrt(0.25/9 + 3.8415/324)/(1 + 3.8415/9) = 0.5 ± 0.2735.
    """
    split = [Telling(4, 4)] * 5 + [Telling(0, 4)] * 5
    assert design_effect(split) == pytest.approx(40 / 9)
    assert interval(split) == pytest.approx((0.2265, 0.7735), abs=1e-4)


def test_design_effect_never_makes_the_interval_narrower() -> None:
    assert design_effect([Telling(1, 2)] * 12) == 1.0  # more alike than chance would have it


@pytest.mark.parametrize("tellinger", [[Telling(3, 4)], [Telling(4, 4)] * 3, [Telling(0, 2)] * 3])
def test_design_effect_is_one_where_nothing_varies(tellinger: list[Telling]) -> None:
    assert design_effect(tellinger) == 1.0


def test_under_ten_participants_there_is_no_interval() -> None:
    assert interval([Telling(1, 2)] * 9) is None
    assert interval([Telling(1, 2)] * 10) is not None


@given(TELLINGER)
def test_the_interval_holds_the_share_and_stays_between_0_and_1(tellinger: list[Telling]) -> None:
    p = sum(t.y for t in tellinger) / sum(t.n for t in tellinger)
    found = interval(tellinger)
    assert (found is None) == (len(tellinger) < 10)
    if found is not None:
        assert 0 <= found[0] <= p <= found[1] <= 1
        assert found[0] < found[1]


@given(TELLINGER, st.randoms(use_true_random=False))
def test_the_order_of_the_participants_changes_nothing(tellinger: list[Telling], rng: random.Random) -> None:
    mixed = tellinger.copy()
    rng.shuffle(mixed)
    assert design_effect(mixed) == pytest.approx(design_effect(tellinger))
    assert (interval(mixed) or ()) == pytest.approx(interval(tellinger) or ())


def covered(participants: int, points: int, icc: float, p: float, rounds: int, seed: int) -> float:
    """Return how often the interval holds the true share, when a participant's own share varies (beta-binomial)."""
    rng = random.Random(seed)  # noqa: S311 - a simulation
    spread = (1 - icc) / icc
    hits = 0
    for _round in range(rounds):
        own = [rng.betavariate(p * spread, (1 - p) * spread) for _one in range(participants)]
        found = interval([Telling(sum(rng.random() < q for _point in range(points)), points) for q in own])
        assert found is not None
        hits += found[0] <= p <= found[1]
    return hits / rounds


@pytest.mark.treg
@pytest.mark.parametrize("p", [0.5, 0.7, 0.85])
@pytest.mark.parametrize("points", [3, 8])
def test_the_interval_holds_what_it_promises_for_twenty_participants_who_differ(points: int, p: float) -> None:
    assert 0.92 <= covered(20, points, 0.3, p, 4000, seed=1) <= 0.97


(HOLDER,) = tabeller((DOKUMENTER / "semantikk.md").read_text(encoding="utf-8"), "dekning")


def held(table: Tabell) -> list[tuple[int, float, int]]:
    """Return (participants, share, times in a hundred) of each cell."""
    return [
        (int(row["deltakere"]), int(head.removeprefix("andel ").removesuffix(" %")) / 100, int(cell))
        for row in table.rader
        for head, cell in row.items()
        if head != "deltakere"
    ]


@pytest.mark.treg
@pytest.mark.parametrize(("participants", "p", "times"), held(HOLDER))
def test_the_table_of_how_often_it_holds_is_true(participants: int, p: float, times: int) -> None:
    assert 100 * covered(participants, 8, 0.3, p, 3000, seed=5) == pytest.approx(times, abs=2)
