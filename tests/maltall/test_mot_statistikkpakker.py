"""Intervals, design effects and delays against what statsmodels and scipy make of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from oppfolgingscli.maltall.andeler import Telling, design_effect, interval, wilson
from oppfolgingscli.maltall.forsinkelse import Ventetid, quantile, survival

pytestmark = pytest.mark.treg  # importing statsmodels takes a couple of seconds

TELLING = st.integers(1, 12).flatmap(lambda n: st.builds(Telling, st.integers(0, n), st.just(n)))
TELLINGER = st.lists(TELLING, min_size=2, max_size=30)
VENTETIDER = st.lists(st.builds(Ventetid, st.integers(0, 40), st.booleans()), min_size=1, max_size=40)
slow = settings(deadline=None)


def stats() -> Any:  # noqa: ANN401 - scipy ships no types
    return import_module("scipy.stats")


def statsmodels(name: str) -> Any:  # noqa: ANN401 - nor does statsmodels
    return import_module(f"statsmodels.{name}")


def points(tellinger: Sequence[Telling]) -> tuple[Any, Any]:
    """Return every point as 0 or 1, and the number of its participant."""
    done = [float(i < t.y) for t in tellinger for i in range(t.n)]
    who = [number for number, t in enumerate(tellinger) for _point in range(t.n)]
    return np.array(done), np.array(who)


# -- Wilson ------------------------------------------------------------------------------------------


@slow
@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_that_of_scipy_and_statsmodels(y_of_n: tuple[int, int]) -> None:
    y, n = y_of_n
    found = wilson(y / n, n)
    theirs = stats().binomtest(y, n).proportion_ci(0.95, method="wilson")
    assert found == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert found == pytest.approx(
        statsmodels("stats.proportion").proportion_confint(y, n, 0.05, method="wilson"), abs=1e-12
    )


@slow
@given(st.lists(TELLING, min_size=10, max_size=30))
def test_wilson_on_a_broken_number_of_points_is_that_of_statsmodels(tellinger: list[Telling]) -> None:
    """The effective n is seldom whole. p·n_eff of n_eff, the formula the same."""
    y, n = sum(t.y for t in tellinger), sum(t.n for t in tellinger)
    effective = n / design_effect(tellinger)
    assert interval(tellinger) == pytest.approx(
        statsmodels("stats.proportion").proportion_confint(y / n * effective, effective, 0.05, method="wilson"),
        abs=1e-9,
    )


# -- design effect -----------------------------------------------------------------------------------


@slow
@given(TELLINGER)
def test_the_variance_is_the_cluster_robust_one_of_a_regression_on_nothing(tellinger: list[Telling]) -> None:
    """Least squares of 0 and 1 on a constant, participants as clusters.

    The estimate is p = Σy/Σn, the sandwich variance (1/Σn)·Σ(y − p·n)²·(1/Σn), and the usual correction for few
    clusters k/(k−1)·(N−1)/(N−K), with K = 1 parameter: k/(k−1). That is v, exactly.
    """
    done, who = points(tellinger)
    n, k = len(done), len(tellinger)
    p = done.mean()
    assume(0 < p < 1)
    least_squares = statsmodels("regression.linear_model").OLS
    fit = least_squares(done, np.ones(n)).fit(cov_type="cluster", cov_kwds={"groups": who})
    bare = least_squares(done, np.ones(n)).fit(cov_type="cluster", cov_kwds={"groups": who, "use_correction": False})
    variance = fit.cov_params()[0, 0]
    assert fit.params[0] == pytest.approx(p)
    assert variance == pytest.approx(k / (k - 1) * bare.cov_params()[0, 0])
    assert design_effect(tellinger) == pytest.approx(max(1, variance * n / (p * (1 - p))))


@slow
@given(TELLINGER)
def test_logistic_regression_says_the_same_by_another_way(tellinger: list[Telling]) -> None:
    """On the log-odds scale; back by the delta method, dp/db = p(1 − p)."""
    done, who = points(tellinger)
    n, p = len(done), done.mean()
    assume(0 < p < 1)
    glm = statsmodels("genmod.generalized_linear_model")
    fit = glm.GLM(done, np.ones(n), family=glm.families.Binomial()).fit(
        tol=1e-12, cov_type="cluster", cov_kwds={"groups": who}
    )
    variance = fit.cov_params()[0, 0] * (p * (1 - p)) ** 2
    assert design_effect(tellinger) == pytest.approx(max(1, variance * n / (p * (1 - p))), rel=1e-6)


# -- delays ------------------------------------------------------------------------------------------


def left(ventetider: Sequence[Ventetid], days: int) -> float:
    """Return the height of our curve on a day."""
    return next((t.igjen for t in reversed(survival(ventetider)) if t.dager <= days), 1.0)


def split(ventetider: Sequence[Ventetid]) -> tuple[list[int], list[int]]:
    return [v.dager for v in ventetider if v.gjort], [v.dager for v in ventetider if not v.gjort]


@slow
@given(VENTETIDER)
def test_the_curve_is_that_of_scipy(ventetider: list[Ventetid]) -> None:
    done, censored = split(ventetider)
    theirs = stats().ecdf(stats().CensoredData(done, right=censored)).sf
    for days in range(42):
        assert left(ventetider, days) == pytest.approx(theirs.evaluate(days), abs=1e-12)


@slow
@given(VENTETIDER)
def test_the_curve_and_its_quantiles_are_those_of_statsmodels(ventetider: list[Ventetid]) -> None:
    assume(any(v.gjort for v in ventetider))
    theirs = statsmodels("duration.survfunc").SurvfuncRight(
        [v.dager for v in ventetider], [int(v.gjort) for v in ventetider]
    )
    curve = survival(ventetider)
    assert [t.dager for t in curve] == list(theirs.surv_times)
    assert [t.igjen for t in curve] == pytest.approx(list(theirs.surv_prob), abs=1e-12)
    for share in (0.1, 0.5, 0.9):
        if any(abs(t.igjen - (1 - share)) < 1e-9 for t in curve):
            continue  # exactly that share is done: theirs waits for more than it
        found = quantile(curve, share)
        assert np.isnan(theirs.quantile(share)) if found is None else theirs.quantile(share) == found


def test_nothing_done_is_a_curve_without_steps() -> None:
    waiting = [Ventetid(3, gjort=False), Ventetid(9, gjort=False)]
    assert survival(waiting) == []
    assert list(stats().ecdf(stats().CensoredData([], right=[3, 9])).sf.evaluate([0, 3, 9])) == [1, 1, 1]
