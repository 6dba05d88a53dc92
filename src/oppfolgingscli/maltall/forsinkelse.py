"""How long until it was done, when some of it is not done yet: the Kaplan–Meier estimate. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

#: Rounding noise in a product of shares, when a curve is compared with a level it may land on exactly.
_NOISE: Final = 1e-9


class Ventetid(NamedTuple):
    """One point: ``dager`` (calendar days, ≥ 0) until the contact, or (``gjort`` False) until it was last seen undone."""

    dager: int
    gjort: bool


class Trinn(NamedTuple):
    """One step of the curve: from ``dager`` on, ``igjen`` (0–1) of the points are estimated to be undone."""

    dager: int
    igjen: float


def survival(ventetider: Iterable[Ventetid] | Mapping[Ventetid, int]) -> list[Trinn]:
    """Return the curve of the share still undone, a step for each day on which something was done.

    ``ventetider``: one by one, or counted: how many are alike.

    The product over those days of 1 − done/at risk. What was last seen undone on a day is at risk that day.
    Source: Kaplan and Meier, Journal of the American Statistical Association 53 (1958), 457–481.
    """
    done: Counter[int] = Counter()
    leaving: Counter[int] = Counter()
    for (days, is_done), times in Counter(ventetider).items():
        leaving[days] += times
        done[days] += times * is_done
    at_risk, left = leaving.total(), 1.0
    curve: list[Trinn] = []
    for days in sorted(leaving):
        if done[days]:
            left *= 1 - done[days] / at_risk
            curve.append(Trinn(days, left))
        at_risk -= leaving[days]
    return curve


def quantile(kurve: Sequence[Trinn], andel: float) -> int | None:
    """Return the first day on which at least ``andel`` (0–1) is estimated to be done; None: not reached."""
    return next((t.dager for t in kurve if t.igjen <= 1 - andel + _NOISE), None)
