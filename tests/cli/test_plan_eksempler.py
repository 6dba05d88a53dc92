"""`plan` on the examples, as their coordinators would run it: nothing silly, and the same again the next time."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from hjelp import ROT

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor

EKSEMPLER = [
    ("vestby", "2024-10-01", {"praksisbesok": 11}),  # every third week: half of it
    ("vestland", "2025-01-07", {"praksisbesok": 7, "nav-samtale-kvp": 46}),  # every second week; every third month
    ("sorumsand", "2024-01-08", {"praksisbesok": 7, "statusmote": 15}),
    ("oslo-helsfyr", "2023-11-20", {"elevsamtale": 8}),  # two, and 31 days left of the semester
]


@pytest.mark.treg
@pytest.mark.parametrize(("navn", "per", "minst"), EKSEMPLER)
def test_ingen_tett_paa_hverandre_og_ingen_flyttes_neste_gang(
    tmp_path: Path, kjor: Kjor, navn: str, per: str, minst: dict[str, int]
) -> None:
    mappe = tmp_path / navn
    shutil.copytree(ROT / "eksempler" / navn, mappe)
    first, again = (_plan(kjor, mappe, per) for _ in range(2))
    assert first["antall"]["ikke_plassert"] == 0
    days: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    for row in first["plan"]:
        days[row["rutine"], row["subjekt"]].append(date.fromisoformat(row["dato"]))
    for (rutine, _subjekt), found in days.items():
        assert all((b - a).days >= minst.get(rutine, 0) for a, b in pairwise(sorted(found)))
    assert again["antall"] == first["antall"] | {"ny": 0, "uendret": first["antall"]["ny"]}
    assert (again["flyttet"], again["borte"]) == ([], [])


def _plan(kjor: Kjor, mappe: Path, per: str) -> dict[str, Any]:
    result = kjor("plan", "--mappe", mappe, "--per", per, "--metode", "grisk", "--format", "json")
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer
