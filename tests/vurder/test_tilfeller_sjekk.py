"""The hand-worked cases, judged through the command line as people run it: `sjekk --format json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from hjelp import Kjor

TILFELLER = sorted(path.parent for path in (Path(__file__).parents[1] / "tilfeller").glob("*/forventet.json"))
KEY = ("rutine", "subjekt", "periode", "nr", "versjon")
KJORINGER = [
    pytest.param(mappe, run, id=f"{mappe.name}-{run['per']}")
    for mappe in TILFELLER
    for run in json.loads((mappe / "forventet.json").read_text("utf-8"))["kjoringer"]
    if "sjekk" in run
]


def key(row: dict[str, Any]) -> tuple[object, ...]:
    return tuple(row.get(name, 1) for name in KEY)


def test_there_are_runs() -> None:
    assert len(KJORINGER) >= 6


@pytest.mark.parametrize(("mappe", "run"), KJORINGER)
def test_sjekk(kjor: Kjor, mappe: Path, run: dict[str, Any]) -> None:
    known = ["--kjent", run["kjent"]] if run["kjent"] else []
    result = kjor("sjekk", "--mappe", mappe, "--per", run["per"], *known, "--format", "json")
    assert result.exit_code in (0, 1), result.stderr
    found = json.loads(result.stdout)
    points = {key(row): row for row in found["punkter"]}
    assert len(points) == len(found["punkter"])
    for row in run["sjekk"]:
        got = points.get(key(row))
        assert got is not None, row
        assert {name: got[name] for name in row} == row
    for name in ("utover_plan", "ufullstendige", "ikke_talt", "pausedager"):
        assert found[name] == run.get(name, found[name])


@pytest.mark.parametrize(("mappe", "run"), KJORINGER)
def test_only_points_that_have_begun_are_matched_or_are_next(kjor: Kjor, mappe: Path, run: dict[str, Any]) -> None:
    """The contract's list is complete: of what has not begun there is one of each routine and subject at most."""
    result = kjor("sjekk", "--mappe", mappe, "--per", run["per"], "--format", "json")
    coming = [
        (row["rutine"], row["subjekt"]) for row in json.loads(result.stdout)["punkter"] if row["fra"] > run["per"]
    ]
    assert len(coming) == len(set(coming))
