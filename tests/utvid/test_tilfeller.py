"""The hand-made cases: their `utvid` parts, and the windows their `sjekk` parts state."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.utvid import expand
from oppfolgingscli.vis.maskin import punkt_row

TILFELLER = sorted(path.parent for path in (Path(__file__).parents[1] / "tilfeller").glob("*/forventet.json"))
KEY = ("rutine", "subjekt", "periode", "nr", "versjon")
WINDOW = ("fra", "mal", "tempo", "frist", "sent_til", "krav", "delvis")


def runs(mappe: Path) -> list[dict[str, Any]]:
    data = json.loads((mappe / "forventet.json").read_text("utf-8"))
    found: list[dict[str, Any]] = data["kjoringer"]
    return found


def key(row: dict[str, Any]) -> tuple[object, ...]:
    return tuple(row.get(name, 1) for name in KEY)


def expanded(mappe: Path, kjent: str | None) -> dict[tuple[object, ...], dict[str, Any]]:
    opplegg = open_arbeidsmappe(mappe).opplegg
    known = date.fromisoformat(kjent) if kjent else None
    return {key(row): row for row in map(punkt_row, expand(opplegg, known).punkter)}


def test_there_are_cases() -> None:
    assert len(TILFELLER) == 6


@pytest.mark.parametrize("mappe", TILFELLER, ids=lambda path: path.name)
def test_utvid(mappe: Path) -> None:
    for run in runs(mappe):
        if "utvid" not in run:
            continue
        found = expanded(mappe, run["kjent"])
        assert set(found) == {key(row) for row in run["utvid"]}
        for row in run["utvid"]:
            assert {name: found[key(row)][name] for name in row} == row


@pytest.mark.parametrize("mappe", TILFELLER, ids=lambda path: path.name)
def test_windows_that_no_log_moves(mappe: Path) -> None:
    clocks = {
        v.rutine.id
        for v in open_arbeidsmappe(mappe).opplegg.rutinesett.versjoner
        if v.rutine.frekvens.slag not in ("antall", "milepael")
    }
    for run in runs(mappe):
        found = expanded(mappe, run["kjent"])
        for row in run["sjekk"]:
            if row["rutine"] not in clocks:
                stated = {name: row[name] for name in WINDOW if name in row}
                assert {name: found[key(row)][name] for name in stated} == stated


def test_the_first_gap_of_an_interval_is_as_in_the_log() -> None:
    """Before any visit the prediction and the log's first open gap are one: fra, mal and frist of D02."""
    mappe = next(path for path in TILFELLER if path.name.startswith("03"))
    first = expanded(mappe, None)["praksisbesok", "D02", "1", 1, 1]
    assert (first["fra"], first["mal"], first["frist"], first["sent_til"]) == (
        "2023-08-28", "2023-09-17", "2023-09-24", "2023-10-31",
    )  # fmt: skip
