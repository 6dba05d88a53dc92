"""Shares with honest uncertainty: points of one participant resemble each other, so they count for fewer. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import fsum, sqrt
from typing import Final, NamedTuple

#: The 97.5th percentile of the standard normal distribution: two-sided 95 %.
Z: Final = 1.959963984540054
#: Participants below which a share gets no interval.
FAERREST: Final = 10


class Telling(NamedTuple):
    """What one participant contributes: ``y`` on time of ``n`` judged, 0 ≤ y ≤ n, n ≥ 1."""

    y: int
    n: int


#: What the participants contribute, one by one, or counted: how many contribute alike.
Tellinger = Iterable[Telling] | Mapping[Telling, int]


def share(part: int, whole: int) -> float | None:
    """Return part/whole, 0–1; None when there is nothing to divide by."""
    return part / whole if whole else None


def mean_share(tellinger: Tellinger) -> float | None:
    """Return the mean of the participants' own shares, 0–1: each participant weighs the same. None without any."""
    counted = Counter(tellinger)
    return fsum(k * (t.y / t.n) for t, k in counted.items()) / counted.total() if counted else None


def design_effect(tellinger: Tellinger) -> float:
    """Return how much larger the variance of Σy/Σn is than if all points were independent; at least 1.

    The variance is that of a ratio estimator over clusters of unequal size,
    v = k/(k−1) · Σ(y − p·n)² / (Σn)², against p(1−p)/Σn: also what cluster-robust regression on a constant gives. It
    is 1 when p is 0 or 1, or with fewer than two participants. Summed in whole numbers, so that the order of the
    participants changes nothing. Sources: Kish, Survey Sampling (1965), for deff;
    Bennett, Woods, Liyanage and Smith, World Health Statistics Quarterly 44 (1991), 98–106, for the formula.
    """
    counted = Counter(tellinger)
    k, (on_time, total) = counted.total(), sums(counted)
    if k < 2 or on_time in (0, total):
        return 1.0
    # deff = k/(k-1) · Σ(y - p·n)² / (Σn · p(1-p)), with p = Σy/Σn, and everything times (Σn)².
    squares = sum(times * (t.y * total - on_time * t.n) ** 2 for t, times in counted.items())
    return max(1.0, k * squares / ((k - 1) * total * on_time * (total - on_time)))


def sums(tellinger: Tellinger) -> tuple[int, int]:
    """Return (Σy, Σn)."""
    counted = Counter(tellinger)
    return sum(k * t.y for t, k in counted.items()), sum(k * t.n for t, k in counted.items())


def wilson(p: float, n: float) -> tuple[float, float]:
    """Return the 95 % score interval for a share ``p`` of ``n`` (> 0, need not be whole); 0 ≤ low ≤ p ≤ high ≤ 1.

    Source: Wilson (1927); method 3 of Newcombe, Statistics in Medicine 17 (1998), 857–872.
    """
    square = Z * Z
    centre = p + square / (2 * n)
    half = Z * sqrt(p * (1 - p) / n + square / (4 * n * n))
    scale = 1 + square / n
    # The clamps take away rounding noise only: by the formula the interval never leaves [0, 1].
    return max(0.0, min((centre - half) / scale, p)), min(1.0, max((centre + half) / scale, p))


def interval(tellinger: Tellinger) -> tuple[float, float] | None:
    """Return the 95 % Wilson interval on the effective n = Σn / deff; None with fewer than ``FAERREST`` participants."""
    counted = Counter(tellinger)
    if counted.total() < FAERREST:
        return None
    on_time, total = sums(counted)
    return wilson(on_time / total, total / design_effect(counted))
