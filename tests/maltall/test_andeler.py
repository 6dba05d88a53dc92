"""Shares and their intervals, against published numbers, by hand, and as they must be for any numbers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppfolgingscli.maltall.andeler import Telling, design_effect, interval, mean_share, share, wilson

LIKE = [Telling(1, 2), Telling(1, 2)]
TELLINGER = st.lists(
    st.integers(1, 12).flatmap(lambda n: st.builds(Telling, st.integers(0, n), st.just(n))), min_size=1, max_size=30
)


@pytest.mark.parametrize(
    ("y", "n", "low", "high"),
    [  # Newcombe (1998), table I, method 3: the score interval without continuity correction
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


def test_deff_in_the_example_of_a_textbook_method() -> None:
    """Six clusters, 14 of 26: the example R's propint takes from Bennett and others (1991), by their formula.

    se = c/Σx · sqrt((Σy² − 2pΣxy + p²Σx²) / (c(c−1))), with Σy² = 48, Σxy = 73, Σx² = 130.
    """
    clusters = [Telling(y, x) for y, x in zip((2, 5, 3, 3, 1, 0), (2, 7, 4, 6, 4, 3), strict=True)]
    p = 14 / 26
    variance = (6 / 26) ** 2 * (48 - 2 * p * 73 + p * p * 130) / (6 * 5)
    assert design_effect(clusters) == pytest.approx(variance / (p * (1 - p) / 26))
    assert design_effect(clusters) == pytest.approx(1.314286, abs=1e-6)


def test_design_effect_never_makes_the_interval_narrower() -> None:
    assert design_effect([Telling(1, 2)] * 12) == 1.0  # more alike than chance would have it


@pytest.mark.parametrize("tellinger", [[Telling(3, 4)], [Telling(4, 4)] * 3, [Telling(0, 2)] * 3])
def test_design_effect_is_one_where_nothing_varies(tellinger: list[Telling]) -> None:
    assert design_effect(tellinger) == 1.0


def test_under_ten_participants_there_is_no_interval() -> None:
    assert interval([Telling(1, 2)] * 9) is None
    assert interval([Telling(1, 2)] * 10) is not None


@pytest.mark.treg
@given(TELLINGER)
def test_the_interval_holds_the_share_and_stays_between_0_and_1(tellinger: list[Telling]) -> None:
    p = sum(t.y for t in tellinger) / sum(t.n for t in tellinger)
    found = interval(tellinger)
    assert (found is None) == (len(tellinger) < 10)
    if found is not None:
        assert 0 <= found[0] <= p <= found[1] <= 1
        assert found[0] < found[1]


@pytest.mark.treg
@given(TELLINGER, st.randoms(use_true_random=False))
def test_the_order_of_the_participants_changes_nothing(tellinger: list[Telling], rng: random.Random) -> None:
    mixed = tellinger.copy()
    rng.shuffle(mixed)
    assert design_effect(mixed) == pytest.approx(design_effect(tellinger))
    assert (interval(mixed) or ()) == pytest.approx(interval(tellinger) or ())
