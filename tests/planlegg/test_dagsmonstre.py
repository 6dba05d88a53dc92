"""The lines the linear bound knows the clock by, against every order of the meetings of a day."""

from __future__ import annotations

import pytest

from oppfolgingscli.planlegg.dagsmonstre import _least, _lines
from oppfolgingscli.planlegg.kostnad import evening_hours


def test_timene_som_ikke_kan_unngaas() -> None:
    # Three trips of an hour, half an hour each way: 08:30, 10:30, 12:30.
    assert _least(0, 3, 45, 60, 510, 900, 30) == 1
    # With a talk: first of all, and the trips are at 09:45, 11:45 and 13:45; after them it would be at 14:00.
    assert _least(1, 3, 45, 60, 510, 900, 30) == 2
    assert _least(4, 0, 45, 60, 510, 900, 30) == 0
    # A fourth trip would begin at 14:30 and end at 15:30.
    assert _least(0, 4, 45, 60, 510, 900, 30) is None
    assert [evening_hours(m) for m in (None, 720, 721, 780, 781)] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("talk", [0, 30, 45, 90])
@pytest.mark.parametrize("visit", [0, 45, 60])
@pytest.mark.parametrize("reise", [0, 30])
@pytest.mark.parametrize("first", [510, 645])
def test_linjene_ligger_under_alle_dager(talk: int, visit: int, reise: int, first: int) -> None:
    most = 4
    for n in range(most + 1 if talk else 1):
        for k in range(most + 1 - n if visit else 1):
            hours = _least(n, k, talk, visit, first, 900, reise)
            if hours is None:
                continue
            for a, b, above, limit in _lines(talk, visit, first, 900, most, reise):
                if limit is None:
                    assert a * n + b * k - above <= hours
                else:
                    assert a * n + b * k <= limit
