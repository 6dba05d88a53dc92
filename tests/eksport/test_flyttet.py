"""Dates moved: a whole number of weeks for each participant, known to the key alone, and nothing left to find it by."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from eksport.klassen import export, folders, read
from hjelp import Kjor
from oppfolgingscli.eksport.tabeller_logg import TABELLER

DATOER = ("start", "slutt", "fra", "til", "frist", "dato")


@pytest.fixture
def to(kjor: Kjor, tmp_path: Path) -> tuple[Path, Path, dict[str, int]]:
    """The same class with its own dates and with moved ones, by one key; and how many weeks each is moved."""
    inn = folders(tmp_path / "inn")
    export(kjor, inn, tmp_path / "ekte", "--nokkel", tmp_path / "n.json")
    export(kjor, inn, tmp_path / "flyttet", "--nokkel", tmp_path / "n.json", "--flytt-datoer", "50")
    key = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))
    weeks = {
        one["id"]: one["uker"] for k in key["klasser"].values() for one in k["deltakere"].values() if "uker" in one
    }
    weeks |= {k["id"]: k["uker"] for k in key["klasser"].values() if "uker" in k}
    return tmp_path / "ekte", tmp_path / "flyttet", weeks


def days(ut: Path, table: str) -> dict[tuple[str, str], list[date]]:
    """The days of each participant's rows of a table, by what they are of, in order."""
    out: dict[tuple[str, str], list[date]] = defaultdict(list)
    for row in read(ut, table):
        if row["dato"] and row.get("skjermet") != "true":
            who = row["deltaker"] or row["klasse"]
            out[who, row["type"]].append(date.fromisoformat(row["dato"]))
    return {key: sorted(value) for key, value in out.items()}


def test_each_is_moved_its_own_whole_number_of_weeks(to: tuple[Path, Path, dict[str, int]]) -> None:
    real, moved, weeks = to
    assert all(1 <= abs(n) <= 7 for n in weeks.values())
    compared = 0
    for table in ("kontakter", "hendelser"):
        before, after = days(real, table), days(moved, table)
        for (who, kind), mine in after.items():
            shifted = [(day - date.resolution * 7 * weeks[who]) for day in mine]
            # What everybody took part in is at the class alone, so there may be fewer.
            assert set(shifted) <= set(before[who, kind])
            assert [d.weekday() for d in mine] == [d.weekday() for d in shifted]
            compared += len(mine)
    assert compared >= 12


def test_nothing_is_left_that_a_school_calendar_could_undo_it_with(to: tuple[Path, Path, dict[str, int]]) -> None:
    """No real day stands anywhere, and no distance from a real day to one that is moved."""
    _real, moved, _weeks = to
    for tabell in TABELLER:
        if tabell.navn == "rutiner":
            continue
        for v in tabell.variabler:
            values = {row[v.navn] for row in read(moved, tabell.navn)}
            if v.flytting == "tom":
                assert values == {""}, v.navn
            if v.slag == "dato":
                assert v.flytting, f"{tabell.navn}.{v.navn} has a day, and nothing is said of moving it"
    ties = {"kontakt", "dager_sen", "ventedager", "periode", "mote"}
    assert ties <= {v.navn for t in TABELLER for v in t.variabler if v.flytting == "tom"}
    contacts = [row for row in read(moved, "kontakter") if row["deltaker"]]
    assert {row["n_nevnt"] for row in contacts} == {"1", "2"}  # none is of those that were for all


def test_the_measures_do_not_change(to: tuple[Path, Path, dict[str, int]]) -> None:
    real, moved, _weeks = to
    names = (
        "deltaker",
        "rutine",
        "semester",
        "status",
        "bedomt",
        "unntatt",
        "gjort",
        "sen_gruppe",
        "levert",
        "levert_kuttet",
    )
    first, second = (sorted([row[n] for n in names] for row in read(ut, "punkter")) for ut in (real, moved))
    assert first == second
    assert len(first) > 40


def test_how_far_is_nowhere_but_in_the_key(to: tuple[Path, Path, dict[str, int]]) -> None:
    _real, moved, _weeks = to
    package = json.loads((moved / "datapackage.json").read_bytes())["oppfolgingscli"]
    assert package["datoer_flyttet"] is True
    assert package["flyttet_hoyst_uker"] == 7
    assert "uker" not in {name for t in TABELLER for row in read(moved, t.navn) for name in row}


def test_with_the_key_the_move_is_the_same_each_time(kjor: Kjor, tmp_path: Path) -> None:
    """Else two exports would tell how far each is moved, less the other; and real dates beside moved ones do."""
    inn = folders(tmp_path / "inn")
    key = tmp_path / "n.json"
    for ut in ("a", "b"):
        export(kjor, inn, tmp_path / ut, "--nokkel", key, "--flytt-datoer", "70")
    assert days(tmp_path / "a", "kontakter") == days(tmp_path / "b", "kontakter")
    assert "den som får begge" in export(kjor, inn, tmp_path / "c", "--nokkel", key)


def test_by_default_twelve_weeks(kjor: Kjor, tmp_path: Path) -> None:
    export(kjor, folders(tmp_path / "inn"), tmp_path / "ut", "--flytt-datoer")
    package = json.loads((tmp_path / "ut" / "datapackage.json").read_bytes())["oppfolgingscli"]
    assert package["flyttet_hoyst_uker"] == 12
