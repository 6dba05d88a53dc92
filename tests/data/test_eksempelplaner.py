"""The plans of the examples, looked at row by row in plan.csv itself: can they be held?"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from datetime import date, time
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from hjelp import ROT
from oppfolgingscli.cli.arbeid import planned
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.plan import read_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor

EKSEMPLER = (
    ("oslo-helsfyr", "2023-08-21"),
    ("oslo-helsfyr", "2023-11-20"),
    ("sorumsand", "2024-10-01"),
    ("vestby", "2024-10-01"),
    ("vestland", "2024-10-01"),
)


@pytest.mark.treg
@pytest.mark.parametrize(("eksempel", "per"), EKSEMPLER)
def test_a_school_year_can_be_held(eksempel: str, per: str, tmp_path: Path, kjor: Kjor) -> None:
    mappe = tmp_path / eksempel
    shutil.copytree(ROT / "eksempler" / eksempel, mappe)
    result = kjor("plan", "--mappe", mappe, "--per", per, "--metode", "grisk", "--format", "json")
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    out = set(answer["ikke_plassert"])
    assert out == {i for a in answer["arsaker"] for i in a["punkter"]}
    assert out == set(), answer["arsaker"]

    opened = open_arbeidsmappe(mappe)
    oppsett, kalender = opened.oppsett, planned(opened, date.fromisoformat(per)).kalender
    windows = {p["id"]: (p["fra"], p["frist"]) for p in answer["plan"]}
    rows = read_plan(mappe).rader
    assert {r.punkt for r in rows} == set(windows)
    busy: defaultdict[tuple[str, date], list[tuple[time, time, str]]] = defaultdict(list)
    for r in rows:
        assert r.dato is not None
        assert r.dato >= date.fromisoformat(per)
        fra, frist = windows[r.punkt]
        assert fra <= r.dato.isoformat(), r
        assert frist is None or r.dato.isoformat() <= frist, r
        if r.start is None or r.slutt is None:
            continue
        assert kalender.is_virkedag(r.dato)
        assert oppsett.kalender.tidsrom[0] <= r.start < r.slutt <= oppsett.kalender.tidsrom[1]
        for who in r.personer:
            person = oppsett.personer.get(who)
            days = (person.dager if person else None) or oppsett.kalender.dager
            assert r.dato.weekday() in days, (who, r)
            if who != "deltaker":  # the whole class: looked at by participant in the other rows
                busy[who, r.dato].append((r.start, r.slutt, r.punkt))
    for (who, day), meetings in busy.items():
        assert len(meetings) <= oppsett.kalender.maks_per_dag, (who, day)
        for (a, b, p), (c, d, q) in combinations(meetings, 2):
            assert b <= c or d <= a, (who, day, p, q)
