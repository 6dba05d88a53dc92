"""Participants by month: the four kinds of cell, pauses, and the table behind."""

from __future__ import annotations

import re
from datetime import date

import pytest

from oppfolgingscli.maltall.rad import Deltakerlinje, Maned
from oppfolgingscli.vis.svg.varmekart import heat_map, level
from vis.svg.rapportdata import desc


def linje(id_: str, *maneder: Maned) -> Deltakerlinje:
    return Deltakerlinje(id_, date(2024, 1, 1), date(2024, 12, 31), (), (), (), maneder)


@pytest.mark.parametrize(
    ("i_tide", "bedomt", "kind"), [(2, 2, "alt"), (1, 2, "noe"), (1, 3, "lite"), (0, 1, "lite"), (0, 0, "ingen")]
)
def test_half_is_the_line_between_some_and_few(i_tide: int, bedomt: int, kind: str) -> None:
    assert level(Maned("2024-01", i_tide, bedomt, 0, 0, 31)) == kind


def test_each_kind_has_a_sign_beside_its_colour() -> None:
    figur = heat_map(
        [linje("D01", Maned("2024-01", 2, 2, 2, 0, 31), Maned("2024-02", 1, 2, 1, 0, 29)),
         linje("D02", Maned("2024-02", 0, 1, 0, 0, 29), Maned("2024-03", 0, 0, 1, 0, 31))], "v",
    )  # fmt: skip
    assert figur is not None
    (svg,) = figur.bilder
    assert [svg.count(f'class="c {kind}"') for kind in ("alt", "noe", "lite", "ingen")] == [1, 1, 1, 1]
    assert svg.count('class="hj"') == 1
    assert svg.count('class="ri"') == 1
    assert re.search(
        r'<path d="M110.8 [^"]+" class="c lite"', svg
    )  # February of the second row: 76 + 33 and a thick edge
    assert desc(svg) == (
        "2 deltakere i 3 måneder. Av månedene med noe å bedømme var alt i tide i 1, minst halvparten i 1 og under "
        "halvparten i 1."
    )


def test_a_pause_is_hatched_as_wide_as_it_was_long() -> None:
    figur = heat_map([linje("D01", Maned("2024-01", 0, 0, 0, 31, 31), Maned("2024-02", 1, 1, 1, 7, 28))], "v")
    assert figur is not None
    svg = figur.bilder[0]
    assert svg.count('fill="url(#v-p)"') == 2
    assert '<rect x="77" y="41" width="31" height="21" fill="url(#v-p)"' in svg
    assert 'width="7.75" height="5" fill="url(#v-p)"' in svg
    assert figur.tabell is not None
    assert [getattr(c, "tekst", c) for c in figur.tabell.rader[0]] == ["D01", "p31", "1/1 k1 p7"]


def test_nobody_is_no_picture() -> None:
    assert heat_map([], "v") is None
