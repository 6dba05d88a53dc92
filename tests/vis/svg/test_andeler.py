"""Shares on time as dots on a line: where they stand, and what is hollow, square or missing."""

from __future__ import annotations

import pytest

from oppfolgingscli.vis.svg.andeler import on_time_shares
from vis.svg.rapportdata import Navn, desc, rad, tall

HALV = rad(10, 20, i_tide_kl=(0.25, 0.75), grenser=(0.0, 1.0))
MOTE = rad(3, 4, rutine="mote", niva="klasse")
BESOK = rad(2, 8, rutine="besok", dager_dekket=0.5, klokkedager=(50, 100))
TOTALT = rad(13, 24, rutine=None)


def tegn(*rows: object) -> str:
    figur = on_time_shares(rows, TOTALT, Navn(), "a")  # type: ignore[arg-type] # rows
    assert figur is not None
    return figur.bilder[0]


def test_a_dot_stands_at_its_share_and_is_hollow_without_an_interval() -> None:
    svg = tegn(HALV, MOTE)
    assert tall(svg, "pr", "cx") == [422.5]  # half way from 245 to 600
    assert tall(svg, "pr hul", "cx") == pytest.approx([511.25, 245 + 13 / 24 * 355], abs=0.01)
    assert "M333.8 45L511.2 45" in svg  # 25 % to 75 %: the interval
    assert "M245 45L600 45" in svg  # the bounds


def test_an_interval_routine_has_a_square_for_its_days() -> None:
    svg = tegn(BESOK)
    assert tall(svg, "pr hul", "x") == [418]
    assert "2 av 8 · 50\u00a0% av dagene" in svg


def test_the_text_says_every_figure() -> None:
    assert desc(tegn(HALV, MOTE, BESOK)) == (
        "Gjort i tide, av det som er bedømt. Samtale: 10 av 20 (50 %); Mote: 3 av 4 (75 %); "
        "Besok: 2 av 8 · 50 % av dagene (25 %); I alt: 13 av 24 (54 %)."
    )


def test_semesters_and_empty_rows_are_not_drawn() -> None:
    assert on_time_shares([rad(), rad(1, 2, periode="2024-var")], TOTALT, Navn(), "a") is None


def test_the_legend_explains_only_what_is_there() -> None:
    figur = on_time_shares([HALV], rad(rutine=None), Navn(), "a")
    assert figur is not None
    assert "usikkerheten" in figur.tekst
    assert "Firkanten" not in figur.tekst
    assert "hul sirkel" not in figur.tekst
