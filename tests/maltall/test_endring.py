"""How much a share changed, and how sure that is: by hand, against cluster-robust regression, and in the long run."""

from __future__ import annotations

import random
from importlib import import_module

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from maltall.test_handregnet_skolear import rapport
from oppfolgingscli.maltall.andeler import Telling
from oppfolgingscli.maltall.trend import difference
from vurder.hjelp import Prove

Bidrag = dict[str, Telling]
TELLING = st.sampled_from([Telling(y, n) for n in range(1, 13) for y in range(n + 1)])


def some(fewest: int) -> st.SearchStrategy[Bidrag]:
    """Up to twenty participants in a row, beginning with any of the first ten: two draws have some in common."""
    return st.builds(
        lambda first, these: group(first, *these), st.integers(0, 9), st.lists(TELLING, min_size=fewest, max_size=20)
    )


def group(first: int, *tellinger: tuple[int, int]) -> Bidrag:
    return {f"D{n:02}": Telling(*t) for n, t in enumerate(tellinger, first)}


def test_by_hand_when_the_same_ten_are_there_both_times() -> None:
    """First one of two each, then both for five and none for five: 10/20 to 10/20.

    The first time nobody differs from p·n; the second everybody does, by 1 of Σn = 20. Σr² = 10/400, v = 10/9 · 1/40
    = 1/36: ± 1.959964/6 = 0.326661.
    """
    change, kl = difference(group(1, *[(1, 2)] * 10), group(1, *[(2, 2)] * 5, *[(0, 2)] * 5))
    assert change == 0
    assert kl == pytest.approx((-0.326661, 0.326661), abs=1e-6)


def test_those_there_both_times_are_compared_with_themselves() -> None:
    """From 8 of 20 to 13 of 20.

    p₁ = 0.4, p₂ = 0.65. In twentieths, (y₂ − 1.3) − (y₁ − 0.8): D01 and D02 went from 1 to 2, 0.7 − 0.2 = 0.5;
    D03–D08 from 1 to 1, −0.3 − 0.2 = −0.5; D09 from 0 to 1, −0.3 + 0.8 = 0.5; D10 from 0 to 2, 0.7 + 0.8 = 1.5.
    Σr² = (2·0.25 + 6·0.25 + 0.25 + 2.25)/400 = 4.5/400, v = 10/9 · that = 0.0125: ± 1.959964·0.111803 = 0.219131.

    Had they been twenty different people, Σr² = (8·0.04 + 2·0.64 + 3·0.49 + 7·0.09)/400 = 3.7/400 and
    v = 20/19 · that = 0.009737: ± 0.193400.
    """
    before = [(1, 2)] * 8 + [(0, 2)] * 2
    after = [(2, 2)] * 2 + [(1, 2)] * 7 + [(2, 2)]
    change, kl = difference(group(1, *before), group(1, *after))
    assert change == pytest.approx(0.25)
    assert kl == pytest.approx((0.25 - 0.219131, 0.25 + 0.219131), abs=1e-6)
    _change, kl = difference(group(1, *before), group(11, *after))
    assert kl == pytest.approx((0.25 - 0.193400, 0.25 + 0.193400), abs=1e-6)


def test_under_ten_either_time_there_is_no_interval() -> None:
    ten, nine = group(1, *[(1, 2)] * 5, *[(0, 2)] * 5), group(1, *[(1, 2)] * 4, *[(0, 2)] * 5)
    assert difference(ten, nine)[1] is None
    assert difference(nine, ten)[1] is None
    assert difference(ten, group(11, *[(1, 2)] * 10))[1] is not None


def test_where_nothing_varies_there_is_nothing_to_say_about_chance() -> None:
    everything, nothing = group(1, *[(2, 2)] * 12), group(1, *[(0, 2)] * 12)
    assert difference(everything, nothing) == (-1, None)
    half = group(1, *[(2, 2)] * 6, *[(0, 2)] * 6)
    assert difference(half, half) == (0, None)


@settings(deadline=None)
@given(some(1), some(1))
def test_it_stays_in_its_range_and_turns_around(forst: Bidrag, sist: Bidrag) -> None:
    change, kl = difference(forst, sist)
    back, turned = difference(sist, forst)
    assert back == pytest.approx(-change)
    assert (kl is None) == (turned is None)
    if kl is not None and turned is not None:
        assert -1 <= kl[0] <= change <= kl[1] <= 1
        assert turned == pytest.approx((-kl[1], -kl[0]))
        assert min(len(forst), len(sist)) >= 10


@settings(deadline=None)
@given(some(10), some(10), st.randoms(use_true_random=False))
def test_the_order_of_the_participants_changes_nothing(forst: Bidrag, sist: Bidrag, rng: random.Random) -> None:
    mixed = list(sist.items())
    rng.shuffle(mixed)
    assert difference(forst, dict(mixed)) == difference(forst, sist)


@pytest.mark.treg
@settings(deadline=None)
@given(some(10), some(10))
def test_it_is_the_cluster_robust_regression_on_the_semester(forst: Bidrag, sist: Bidrag) -> None:
    """Least squares of 0 and 1 on a constant and a dummy for the last time, participants as clusters.

    The dummy's coefficient is the change. Its bare sandwich variance is Σr²; with the usual correction for few
    clusters, k/(k−1)·(N−1)/(N−2), it is v but for the last factor, which is next to 1.
    """
    rows = [
        (float(i < t.y), float(last), who)
        for last, those in ((0, forst), (1, sist))
        for who, t in those.items()
        for i in range(t.n)
    ]
    done, late, who = (np.array(column) for column in zip(*rows, strict=True))
    design = np.column_stack([np.ones(len(done)), late])
    model = import_module("statsmodels.regression.linear_model").OLS(done, design)
    numbers = np.unique(who, return_inverse=True)[1]
    bare = model.fit(cov_type="cluster", cov_kwds={"groups": numbers, "use_correction": False})
    usual = model.fit(cov_type="cluster", cov_kwds={"groups": numbers})
    n, k = len(done), len({*forst, *sist})
    variance = k / (k - 1) * bare.cov_params()[1, 1]
    assume(variance > 1e-12)
    change, kl = difference(forst, sist)
    assert change == pytest.approx(bare.params[1], abs=1e-9)
    assert usual.cov_params()[1, 1] == pytest.approx(variance * (n - 1) / (n - 2))
    half = 1.959963984540054 * np.sqrt(variance)
    assert kl == pytest.approx((max(-1, change - half), min(1, change + half)), abs=1e-9)


@pytest.mark.treg
@pytest.mark.parametrize("felles", [20, 10, 0], ids=["the same twenty", "half of them new", "all of them new"])
@pytest.mark.parametrize(("fra", "til"), [(0.5, 0.5), (0.5, 0.7), (0.85, 0.7)])
def test_with_twenty_who_differ_it_holds_what_it_promises(felles: int, fra: float, til: float) -> None:
    """Each has a share of their own both times, at the same place in the distribution; 8 points, correlation 0.3."""
    runder, spread = 4000, (1 - 0.3) / 0.3
    rng = np.random.default_rng([felles, round(100 * fra), round(100 * til)])
    place = rng.random((runder, 40 - felles))
    beta = import_module("scipy.stats").beta
    before = rng.binomial(8, beta.ppf(place[:, :20], fra * spread, (1 - fra) * spread)).tolist()
    after = rng.binomial(8, beta.ppf(place[:, -20:], til * spread, (1 - til) * spread)).tolist()
    held = 0
    for ys, later in zip(before, after, strict=True):
        _change, kl = difference(group(0, *((y, 8) for y in ys)), group(20 - felles, *((y, 8) for y in later)))
        held += kl is not None and kl[0] <= til - fra <= kl[1]
    assert 0.92 <= held / runder <= 0.97


def test_the_changes_of_a_class_are_from_its_first_semester_to_its_last(prove: Prove) -> None:
    """The talks of the school year worked by hand: 5 of 8 in the autumn, 5 of 9 in the spring, ten people in all.

    The class meetings are the class's, the visits have one semester with a deadline, and absence none.
    """
    found = rapport(prove).endringer
    assert [(x.rutine, x.fra, x.til, x.av_fra, x.av_til, x.n_deltakere) for x in found] == [
        (None, "2023-host", "2024-var", (5, 8), (5, 9), 10),
        ("samtale", "2023-host", "2024-var", (5, 8), (5, 9), 10),
    ]
    assert {(x.andel_fra, x.andel_til, x.endring, x.kl) for x in found} == {(0.625, 0.555556, -0.069444, None)}
