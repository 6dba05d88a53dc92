"""The hand-worked cases, measured through the command line as people run it: `rapport --format json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from hjelp import Kjor

KJORINGER = [
    pytest.param(path.parent, run, id=f"{path.parent.name}-{run['per']}")
    for path in sorted((Path(__file__).parents[1] / "tilfeller").glob("*/forventet.json"))
    for run in json.loads(path.read_text("utf-8"))["kjoringer"]
    if "rapport" in run
]


def test_there_are_runs() -> None:
    assert len(KJORINGER) >= 2


@pytest.mark.parametrize(("mappe", "run"), KJORINGER)
def test_rapport(kjor: Kjor, mappe: Path, run: dict[str, Any]) -> None:
    known = ["--kjent", run["kjent"]] if run["kjent"] else []
    result = kjor("rapport", "--mappe", mappe, "--per", run["per"], *known, "--format", "json")
    assert result.exit_code == 0, result.stderr
    rows = {row["rutine"]: row for row in json.loads(result.stdout)["rader"] if row["periode"] is None}
    for rutine, expected in run["rapport"].items():
        assert {key: rows[rutine][key] for key in expected} == expected
