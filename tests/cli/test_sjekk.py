"""`oppfolging sjekk`: what a teacher sees, what a program gets, and the exit code.

The class in tests/cli/sjekk/klasse has four participants, seven routines and a log with some of everything:
overdue, behind, due soon, agreements, a no-show, a row that cannot be read. The whole output is kept beside
it; `OPPFOLGING_NY_FASIT=1` writes it anew.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from oppfolgingscli.vis.maskin import PUNKT_KEYS
from oppfolgingscli.vis.maskin_sjekk import VURDERT_KEYS

if TYPE_CHECKING:
    from hjelp import Kjor

SJEKK = Path(__file__).parent / "sjekk"
KLASSE = SJEKK / "klasse"
HER = ("sjekk", "--mappe", KLASSE, "--per", "2024-03-01")
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def same_as_kept(name: str, text: str) -> None:
    path = SJEKK / name
    if os.environ.get("OPPFOLGING_NY_FASIT"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def answer(kjor: Kjor, *words: str) -> dict[str, Any]:
    result = kjor(*HER, "--format", "json", *words)
    assert result.exit_code in (0, 1), result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


# -- for the eye ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words", "width"),
    [
        ("80.txt", (), 80),
        ("120.txt", (), 120),
        ("40.txt", ("--stille",), 40),
        ("alle-funn.txt", ("--funn", "--stille", "--deltaker", "D04"), 80),
        ("rolle.txt", ("--rolle", "laerer"), 80),
        ("forklar-D03.txt", ("--forklar", "D03"), 80),
        ("forklar-D01.txt", ("--forklar", "D01"), 80),
        ("forklar-besok.txt", ("--forklar", "besok/D01/2/1"), 80),
        ("sjekk.md", ("--format", "md"), 80),
        ("sjekk.csv", ("--format", "csv"), 80),
    ],
)
def test_the_whole_output(
    kjor: Kjor, monkeypatch: pytest.MonkeyPatch, name: str, words: tuple[str, ...], width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    result = kjor(*HER, *words)
    assert result.exit_code == (0 if "--forklar" in words or "D04" in words else 1), result.stderr
    same_as_kept(name, result.stdout)
    if name.endswith(".txt"):
        assert max(map(len, result.stdout.splitlines())) <= width
        assert all(line == line.rstrip() for line in result.stdout.splitlines())


def test_nothing_about_benefits_health_or_notes_is_on_the_screen(kjor: Kjor) -> None:
    for words in ((), ("--format", "md"), ("--forklar", "D02")):
        text = kjor(*HER, *words).stdout.lower()
        assert "sykdom" not in text
        assert "hemmelig" not in text
        assert "kvp" not in text.replace("k/kvp-samtale", "")


def test_in_colours_it_says_the_same(kjor: Kjor) -> None:
    plain = kjor(*HER).stdout
    colours = kjor(*HER, "--farge").stdout
    assert colours != plain
    assert ANSI.sub("", colours) == plain


def test_the_subject_line_alone(kjor: Kjor) -> None:
    result = kjor(*HER, "--emne")
    assert result.stdout == "k 01.03.2024: 3 forfalt, 1 avtale forfalt, 1 nylig mistet, 1 på etterskudd\n"
    assert len(result.stdout) <= 78
    assert result.exit_code == 1
    assert kjor(*HER).stdout.splitlines()[0] == result.stdout.strip()


def test_quiet_is_only_the_list(kjor: Kjor) -> None:
    text = kjor(*HER, "--stille").stdout
    assert text.startswith("Forfalt (3)\n")
    assert "Funn" not in text
    assert "Pausedager" not in text


def test_all_is_well(kjor: Kjor) -> None:
    result = kjor(*HER[:-1], "2023-09-10", "--deltaker", "D01")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "k 10.09.2023: alt er i rute"
    assert lines[2].startswith("Ingenting er forfalt")
    assert "D01" not in result.stdout


def test_in_english_only_the_words_change(kjor: Kjor) -> None:
    assert answer(kjor) == answer(kjor, "--sprak", "en")


# -- machine output ------------------------------------------------------------------------------------


def test_the_keys_are_the_contracts(kjor: Kjor) -> None:
    found = answer(kjor)
    assert list(found) == [
        "klasse", "per", "kjent", "punkter", "avtaler", "utover_plan", "ufullstendige", "ikke_talt", "funn",
        "pausedager", "nylig_mistet",
    ]  # fmt: skip
    assert {tuple(a) for a in found["avtaler"]} == {
        ("id", "deltaker", "tiltak", "ansvarlig", "frist", "status", "dager_sen")
    }
    assert {tuple(f) for f in found["funn"]} == {("kode", "sted", "melding")}
    for point in found["punkter"]:
        assert [key for key in point if key not in ("grunn", "oppdaget_etter")] == [*PUNKT_KEYS, *VURDERT_KEYS]
        assert ("grunn" in point) == (point["status"] == "fritatt")
    assert (found["klasse"], found["per"], found["kjent"]) == ("k", "2024-03-01", None)
    assert found["pausedager"] == {"D02": 21}
    assert found["ufullstendige"] == ["k03"]
    assert found["nylig_mistet"] == ["k/statusmote/k/2024-02/1"]
    assert {row["id"]: row["grunn"] for row in found["ikke_talt"]} == {
        "k04": "ikke_mott", "k08": "avlyst", "k10": "duplikat", "k14": "ukjent_deltaker",
    }  # fmt: skip


def test_each_point_says_what_became_of_it(kjor: Kjor) -> None:
    points = {row["id"].removeprefix("k/"): row for row in answer(kjor)["punkter"]}
    visit = points["besok/D01/2/1"]
    assert (visit["status"], visit["dager_sen"], visit["kontakt"], visit["forsok"]) == ("forfalt", 7, None, ["k08"])
    talk = points["elevsamtale/D01/2024-var/1"]
    assert (talk["status"], talk["dager_sen"], talk["kontakt"], talk["kontakt_dato"]) == (
        "i_tide",
        0,
        "k12",
        "2024-02-14",
    )
    assert points["elevsamtale/D04/2024-var/1"]["status"] == "ikke_aktuelt"
    assert points["varsel/D02/h1/1"]["oppdaget_etter"] == 1


def test_csv_is_the_same_points(kjor: Kjor, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kjor(*HER, "--format", "csv").stdout), delimiter=";"))
    points = answer(kjor)["punkter"]
    assert [row["id"] for row in rows] == [point["id"] for point in points]
    assert [row["status"] for row in rows] == [point["status"] for point in points]
    kjor(*HER, "--format", "csv", "--ut", tmp_path / "ut.csv")
    assert (tmp_path / "ut.csv").read_bytes().startswith(b"\xef\xbb\xbfid;rutine;")


def test_known_on_a_day(kjor: Kjor) -> None:
    """What was registered later is not there: a row without its own date was registered the day it is about."""
    assert answer(kjor)["ikke_talt"] != (late := answer(kjor, "--kjent", "2024-02-13"))["ikke_talt"]
    assert {row["id"] for row in late["ikke_talt"] if row["grunn"] == "etter_kjent"} == {"k08", "k12", "k14"}


def test_the_workbook(kjor: Kjor, tmp_path: Path) -> None:
    assert kjor(*HER, "--format", "xlsx", "--ut", tmp_path / "ut.xlsx").exit_code == 1
    book: Any = load_workbook(tmp_path / "ut.xlsx")
    assert book.sheetnames == [
        "Forfalt", "På etterskudd", "Frist innen 14 dager", "Avtaler", "Venter, uten frist", "Nylig mistet", "Funn i filene", "Pausedager", "Forklaring",
    ]  # fmt: skip
    sheet = book["Forfalt"]
    head = [cell.value for cell in sheet[1]]
    assert head == ["Hvem", "Hva", "Antall", "Dager over", "Frist", "Ansvarlig", "Neste steg", "Forsøkt", "Merknad"]
    row = dict(zip(head, (cell.value for cell in sheet[3]), strict=True))
    assert (row["Hvem"], row["Dager over"], row["Frist"].date()) == ("D01", 7, date(2024, 2, 14))
    assert sheet.auto_filter.ref == "A1:I4"
    assert sheet.freeze_panes == "A2"
    agreements = {cell.value: cell for cell in book["Avtaler"]["B"]}
    formula = agreements["=1+1 skjema"]
    assert (formula.data_type, formula.quotePrefix) == ("s", True)
    explained = {(a.value, b.value) for a, b, _c in book["Forklaring"].iter_rows(min_row=2)}
    assert {("Forfalt", name) for name in head} <= explained


def test_a_workbook_is_not_for_the_screen(kjor: Kjor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oppfolgingscli.cli.felles.on_screen", lambda: True)
    result = kjor(*HER, "--format", "xlsx")
    assert result.exit_code == 2
    assert "--ut FIL.xlsx" in result.stderr


# -- what is mine --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "points", "agreements", "code"),
    [
        (("--rolle", "veileder"), {"D02": "kvp-samtale"}, ["a2"], 1),
        (("--person", "v1"), {"D02": "kvp-samtale"}, ["a2"], 1),
        (("--rolle", "laerer"), {"D01": "besok", "D03": "varsel"}, ["a1", "a3", "a4"], 1),
        (("--person", "l1", "--deltaker", "D01"), {"D01": "besok"}, ["a3"], 1),
        (("--deltaker", "D04"), {}, [], 0),
        (("--rolle", "deltaker"), {}, [], 0),
        (("--rolle", "deltaker", "--person", "v1"), {"D02": "kvp-samtale"}, ["a2"], 1),
    ],
)
def test_only_mine(
    kjor: Kjor, words: tuple[str, ...], points: dict[str, str], agreements: list[str], code: int
) -> None:
    result = kjor(*HER, "--format", "json", *words)
    found = json.loads(result.stdout)
    assert {row["subjekt"]: row["rutine"] for row in found["punkter"] if row["status"] == "forfalt"} == points
    assert sorted(row["id"] for row in found["avtaler"]) == agreements
    assert result.exit_code == code


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rolle", "larer"), "Mente du laerer"),
        (("--person", "lx"), "Finnes: l1, v1."),
        (("--deltaker", "D1"), "Mente du D01"),
        (("--forklar", "D11"), "Mente du D01"),
        (("--forklar", "k/besok/D01/9/1"), "Mente du k/besok/D01/"),
        (("--forklar", "D01", "--format", "csv"), "tekst eller json"),
        (("--emne", "--format", "json"), "--emne"),
        (("--dager", "-1"), "--dager"),
    ],
)
def test_wrong_words_are_wrong_usage(kjor: Kjor, words: tuple[str, ...], said: str) -> None:
    result = kjor(*HER, *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


# -- exit codes and findings ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("per", "code"),
    [
        ("2024-01-01", 0),  # the autumn's second talk of D02 and D03 can be done until today
        ("2024-01-02", 1),  # … and is lost
        ("2024-01-31", 1),
        ("2024-02-01", 0),  # thirty days after
    ],
)
def test_what_was_lost_lately_is_an_exit_code_too(kjor: Kjor, per: str, code: int) -> None:
    words = ("sjekk", "--mappe", KLASSE, "--per", per, "--deltaker", "D03")
    found = json.loads(kjor(*words, "--format", "json").stdout)
    overdue = any(row["status"] == "forfalt" for row in (*found["punkter"], *found["avtaler"]))
    assert overdue == (per == "2024-01-01")
    assert kjor(*words).exit_code == (1 if overdue else code)


def test_strict_stops_at_rows_that_cannot_be_read(kjor: Kjor) -> None:
    result = kjor(*HER, "--strengt", "--format", "json")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "kontakter.csv:14" in result.stderr


def test_all_findings(kjor: Kjor) -> None:
    counted = kjor(*HER).stdout
    assert "Funn i filene: 1 rad kan ikke leses" in counted
    assert "kontakter.csv:14" not in counted
    assert "kontakter.csv:14: " in kjor(*HER, "--funn").stdout


def test_no_log_at_all(kjor: Kjor, tmp_path: Path) -> None:
    for name in ("oppfolging.toml", "test.toml", "rute.toml"):
        (tmp_path / name).write_bytes((KLASSE / name).read_bytes())
    result = kjor("sjekk", "--mappe", tmp_path, "--per", "2023-08-25", "--emne")
    assert (result.exit_code, result.stdout) == (0, "k 25.08.2023: 1 innen 14 dager\n")
