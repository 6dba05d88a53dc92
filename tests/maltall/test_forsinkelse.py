"""Delays, against a published example, by hand, and as they must be for any numbers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppfolgingscli.maltall.forsinkelse import Ventetid, quantile, survival

# Weeks in remission; + is not over yet. Freireich and others (Blood 21, 1963), the example of most textbooks; the curve
# as printed in the NAG Library's manual, example of g12aac (kaplanmeier).
MEDISIN = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
# The first group of the data set aml of R's survival package (Miller, Survival Analysis), and its survfit, 3.8.3.
VEDLIKEHOLD = "9 13 13+ 18 23 28+ 31 34 45+ 48 161+"
VENTETIDER = st.lists(st.builds(Ventetid, st.integers(0, 60), st.booleans()), max_size=40)


def les(text: str) -> list[Ventetid]:
    return [Ventetid(int(word.rstrip("+")), not word.endswith("+")) for word in text.split()]


def test_kaplan_meier_is_as_published() -> None:
    found = [(t.dager, round(t.igjen, 3)) for t in survival(les(MEDISIN))]
    assert found == [(6, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (16, 0.627), (22, 0.538), (23, 0.448)]


def test_kaplan_meier_is_that_of_r() -> None:
    found = survival(les(VEDLIKEHOLD))
    assert [t.dager for t in found] == [9, 13, 18, 23, 31, 34, 48]
    assert [t.igjen for t in found] == pytest.approx(
        [0.90909090909, 0.81818181818, 0.71590909091, 0.61363636364, 0.49090909091, 0.36818181818, 0.18409090909]
    )


def test_medians_can_be_read_off_the_curves() -> None:
    """0.538 is left on day 22 and 0.448 on day 23; 0.614 on day 23 and 0.491 on day 31.

    Of the 21 on placebo nine are done before day 8 and thirteen on it.
    """
    assert quantile(survival(les(MEDISIN)), 0.5) == 23
    assert quantile(survival(les(VEDLIKEHOLD)), 0.5) == 31
    assert quantile(survival(les(PLACEBO)), 0.5) == 8


def test_not_reached_is_an_answer() -> None:
    assert quantile(survival(les(MEDISIN)), 0.9) is None
    assert quantile(survival(les("3+ 4+")), 0.5) is None
    assert quantile(survival([]), 0.5) is None


def test_a_level_met_exactly_is_reached() -> None:
    assert quantile(survival(les("1 2 3 4 5 6 7 8 9 10")), 0.9) == 9
    assert quantile(survival(les("1 2 3 4 5 6 7 8 9 10")), 0.5) == 5


def test_what_is_last_seen_undone_on_a_day_was_waiting_that_day() -> None:
    assert survival(les("5 5+")) == [(5, 0.5)]


@given(VENTETIDER)
def test_the_curve_only_falls(ventetider: list[Ventetid]) -> None:
    curve = survival(ventetider)
    left = [1.0, *(t.igjen for t in curve)]
    assert all(0 <= after < before for before, after in pairwise(left))
    assert [t.dager for t in curve] == sorted({v.dager for v in ventetider if v.gjort})


@given(VENTETIDER)
def test_with_everything_done_it_is_the_plain_share(ventetider: list[Ventetid]) -> None:
    done = [v._replace(gjort=True) for v in ventetider]
    for step in survival(done):
        assert step.igjen == pytest.approx(sum(v.dager > step.dager for v in done) / len(done))


@given(VENTETIDER)
def test_ninety_percent_takes_no_less_than_half(ventetider: list[Ventetid]) -> None:
    curve = survival(ventetider)
    median, p90 = quantile(curve, 0.5), quantile(curve, 0.9)
    assert p90 is None or (median is not None and median <= p90)
