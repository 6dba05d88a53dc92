"""Delay curves: the steps, the lines that share a picture, and what the words say of them."""

from __future__ import annotations

from itertools import pairwise

from oppfolgingscli.maltall.forsinkelse import Trinn
from oppfolgingscli.maltall.rad import Kurve
from oppfolgingscli.vis.svg.kurver import delays
from vis.svg.rapportdata import Navn, desc, rad

KURVE = Kurve("samtale", 4, 3, (Trinn(10, 0.75), Trinn(20, 0.25)), 100)


def test_the_curve_goes_up_where_something_was_done() -> None:
    figur = delays([KURVE], [rad(3, 4, forsinkelse_median=20)], Navn(), "k")
    assert figur is not None
    # 22 days wide (a little past the last step): day 10 is 42 + 10/22 · 276; a quarter done is 150 − 116/4.
    assert "M42 150H167.5V121H292.9V63H318" in figur.bilder[0].replace(".0", "")
    assert desc(figur.bilder[0]) == "Samtale: 3 av 4 gjort; halvparten innen 20 dager."


def test_routines_of_one_type_share_a_picture_with_a_line_of_their_own() -> None:
    rows = [rad(1, 2, rutine=f"r{i}", type="besok") for i in range(7)]
    figur = delays([Kurve(f"r{i}", 2, 1, (Trinn(i, 0.5),), 9) for i in range(7)], rows, Navn(), "k")
    assert figur is not None
    assert [svg.count('class="ku l1"') for svg in figur.bilder] == [2, 2]  # the line, and its key
    assert 'class="ku l6"' in figur.bilder[0]
    assert "R6 (1 av 2)" in figur.bilder[1]


def test_nothing_done_is_a_flat_line_that_says_so() -> None:
    figur = delays([Kurve("samtale", 5, 0, (), 30)], [rad(0, 5)], Navn(), "k")
    assert figur is not None
    assert desc(figur.bilder[0]) == "Samtale: 0 av 5 gjort; halvparten er ikke nådd."
    assert figur.tabell is not None
    assert [getattr(cell, "tekst", cell) for cell in figur.tabell.rader[0]] == [
        "Samtale", "5", "0", "ikke nådd", "ikke nådd", "–",
    ]  # fmt: skip


def test_the_table_has_every_step() -> None:
    figur = delays([KURVE], [], Navn(), "k")
    assert figur is not None
    assert figur.tabell is not None
    assert getattr(figur.tabell.rader[0][-1], "tekst", "") == "10: 25\u00a0%, 20: 75\u00a0%"


def test_days_on_the_axis_never_go_past_the_curve() -> None:
    for last in (1, 6, 7, 29, 30, 365, 800):
        from oppfolgingscli.vis.svg.kurver import _ticks

        days = list(_ticks(last))
        assert days[0] == 0
        assert days[-1] <= last
        assert len(days) <= 7
        assert len({b - a for a, b in pairwise(days)}) == 1
    assert delays([], [], Navn(), "k") is None
