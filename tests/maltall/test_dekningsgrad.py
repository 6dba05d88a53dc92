"""How often the 95 % interval holds the true share, in random classes of participants who differ."""

from __future__ import annotations

import runpy
from typing import Any

import pytest

from dokumenter import DOKUMENTER, Tabell, tabeller
from hjelp import ROT

SKRIPT: dict[str, Any] = runpy.run_path(str(ROT / "benk" / "dekningsgrad.py"))
TABELLER = tabeller((DOKUMENTER / "semantikk.md").read_text(encoding="utf-8"), "dekning")


@pytest.mark.treg
@pytest.mark.parametrize("andel", [0.15, 0.3, 0.5, 0.7, 0.85])
@pytest.mark.parametrize("punkter", [2, 4, 8, 12])
def test_twenty_participants_who_differ_get_what_the_interval_promises(punkter: int, andel: float) -> None:
    found = SKRIPT["covered"](20, punkter, andel, ulike=False)
    assert 0.92 <= found.holdt <= 0.97


@pytest.mark.treg
@pytest.mark.parametrize("andel", [0.9, 0.95])
def test_where_it_is_too_narrow_it_promises_too_much_and_not_too_little(andel: float) -> None:
    """What the document warns of: with nearly everything on time the truth may be lower than it says."""
    found = SKRIPT["covered"](15, 8, andel, ulike=False)
    assert found.holdt < 0.92
    assert found.over > 2 * found.under


def spans(table: Tabell) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the lowest and highest of each cell, by participants and share."""
    out = {}
    for row in table.rader:
        for head, cell in row.items():
            if head != "deltakere":
                low, _dash, high = cell.partition("–")
                out[row["deltakere"], head] = (int(low), int(high or low))
    return out


@pytest.mark.treg
@pytest.mark.parametrize("tabell", TABELLER, ids=lambda table: table.ord["punkter"])
def test_the_tables_of_how_often_it_holds_are_true(tabell: Tabell) -> None:
    """With fewer classes behind each figure than in the document, so a point or two may differ."""
    made = SKRIPT["rows"](korrelasjon=0.3, runder=3000, ulike=tabell.ord["punkter"] == "ulikt", alle=False)
    head = list(tabell.rader[0])
    again = Tabell("dekning", {}, [dict(zip(head, cells, strict=True)) for cells in made])
    found, written = spans(again), spans(tabell)
    assert found.keys() == written.keys()
    for cell, lowest_and_highest in written.items():
        assert found[cell] == pytest.approx(lowest_and_highest, abs=2), cell


def test_a_class_too_small_for_an_interval_is_no_miss() -> None:
    with pytest.raises(ValueError, match="no interval"):
        SKRIPT["covered"](9, 4, 0.7, runder=1, ulike=False)
