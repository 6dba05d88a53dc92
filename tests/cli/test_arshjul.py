"""``oppfolging arshjul`` from the outside: text, SVG, PNG and json, what it is about, and what it refuses.

The whole text and picture of a small class lie in tests/cli/arshjul; `OPPFOLGING_NY_FASIT=1` writes them anew.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from arshjul.klasse import rutine, skriv
from hjelp import ROT

if TYPE_CHECKING:
    from hjelp import Kjor

FASIT = Path(__file__).parent / "arshjul"
OSLO = ROT / "eksempler" / "oslo-helsfyr"


def check(name: str, found: str) -> None:
    path = FASIT / name
    if os.environ.get("OPPFOLGING_NY_FASIT"):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


@pytest.fixture
def liten(tmp_path: Path) -> Path:
    return skriv(tmp_path / "k1", *map(rutine, ("samtale", "mote", "hjelp", "besok", "varsel", "prat", "kvp")))


def as_json(kjor: Kjor, *words: str | Path) -> dict[str, Any]:
    result = kjor("arshjul", *words, "--format", "json")
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def test_the_whole_text(kjor: Kjor, liten: Path) -> None:
    result = kjor("arshjul", "--mappe", liten, "--per", "2024-01-15")
    assert result.exit_code == 0, result.output
    check("liten.txt", result.stdout)
    assert "--ut arshjul.png" in result.stderr
    assert kjor("arshjul", "--mappe", liten, "--per", "2024-01-15", "--stille").stderr == ""


def test_the_whole_picture(kjor: Kjor, liten: Path) -> None:
    result = kjor("arshjul", "--mappe", liten, "--skolear", "2023", "--format", "svg")
    assert result.exit_code == 0, result.output
    check("liten.svg", result.stdout)


def test_json_has_the_keys_of_the_contract(kjor: Kjor, liten: Path) -> None:
    data = as_json(kjor, "--mappe", liten, "--per", "2024-01-15")
    assert list(data) == [
        "skolear", "klasse", "rutinesett", "trinn", "skolerute", "maneder", "semestre", "ferier", "eksamener", "roller",
        "poster", "uten_dato",
    ]  # fmt: skip
    assert (data["skolear"], data["klasse"], data["rutinesett"], data["trinn"]) == ("2023-2024", "k1", "test", 1)
    assert (data["maneder"][0], data["maneder"][-1]) == ("2023-08", "2024-07")
    assert data["semestre"][0] == {"semester": "2023-host", "fra": "2023-08-21", "til": "2023-12-20"}
    assert data["ferier"][1] == {"navn": "hostferie", "fra": "2023-10-02", "til": "2023-10-06"}
    assert data["eksamener"] == [{"navn": "norsk", "dato": "2024-05-23"}]
    assert data["roller"] == ["laerer", "koordinator", "veileder"]
    talk = next(p for p in data["poster"] if p["rutine"] == "samtale")
    assert talk == {
        "nr": talk["nr"], "rutine": "samtale", "skjermet": False, "type": "samtale", "niva": "deltaker",
        "rolle": "laerer", "deltar": [], "trinn": [], "antatt": False, "lopende": False,
        "vinduer": [
            {"fra": "2023-08-21", "til": "2023-12-20", "ganger": 2,
             "planlagt": [{"dato": "2023-09-18", "krav": True}, {"dato": "2023-11-22", "krav": True}]},
            {"fra": "2024-01-02", "til": "2024-06-21", "ganger": 2,
             "planlagt": [{"dato": "2024-02-08", "krav": True}, {"dato": "2024-05-13", "krav": True}]},
        ],
    }  # fmt: skip
    assert [(item["rutine"], item["slag"], item["rolle"]) for item in data["uten_dato"]] == [
        ("varsel", "ved", "laerer"), ("prat", "behov", "veileder"),
    ]  # fmt: skip


def test_json_does_not_tell_which_benefit_a_routine_is_for(kjor: Kjor, liten: Path) -> None:
    result = kjor("arshjul", "--mappe", liten, "--skolear", "2023", "--format", "json")
    assert "kvp" not in result.stdout
    veiled = [p for p in json.loads(result.stdout)["poster"] if p["skjermet"]]
    assert [(p["rutine"], p["type"], p["lopende"]) for p in veiled] == [(None, "oppfolging", True)]


def test_json_is_the_same_in_every_language(kjor: Kjor) -> None:
    words = ("arshjul", "--mappe", OSLO, "--skolear", "2025", "--format", "json", "--sprak")
    assert len({kjor(*words, code).stdout for code in ("nb", "nn", "en")}) == 1


@pytest.mark.treg
@pytest.mark.parametrize(
    ("suffix", "begins"), [("svg", b"<svg "), ("png", b"\x89PNG"), ("json", b"{\n"), ("txt", "Årshjul".encode())]
)
def test_the_file_name_says_what_it_is(kjor: Kjor, liten: Path, tmp_path: Path, suffix: str, begins: bytes) -> None:
    ut = tmp_path / f"hjul.{suffix.upper()}"
    result = kjor("arshjul", "--mappe", liten, "--skolear", "2023", "--ut", ut)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert ut.read_bytes().startswith(begins)


def test_a3_is_larger(kjor: Kjor, liten: Path) -> None:
    text = kjor("arshjul", "--mappe", liten, "--skolear", "2023", "--format", "svg", "--papir", "A3").stdout
    assert 'width="420mm" height="297mm"' in text


@pytest.mark.treg
def test_the_school_year_is_that_of_per_or_the_nearest_the_class_has(kjor: Kjor) -> None:
    for per, year in (("2025-07-31", "2024-2025"), ("2025-08-01", "2025-2026"), ("2020-01-01", "2023-2024"), ("2031-01-01", "2026-2027")):  # fmt: skip
        assert as_json(kjor, "--mappe", OSLO, "--per", per)["skolear"] == year


@pytest.mark.treg
@pytest.mark.parametrize("written", ["2025", "2025/26", "2025-2026", "2025–26", "2025/2026"])
def test_a_school_year_as_people_write_it(kjor: Kjor, written: str) -> None:
    assert as_json(kjor, "--mappe", OSLO, "--skolear", written)["skolear"] == "2025-2026"


@pytest.mark.treg
def test_a_set_shows_all_its_school_years_side_by_side(kjor: Kjor) -> None:
    data = as_json(kjor, "--rutiner", "oslo", "--skolear", "2025")
    assert (data["klasse"], data["trinn"]) == (None, None)
    steps = {p["rutine"]: p["trinn"] for p in data["poster"]}
    assert steps["trekantsamtale-oppstart"] == [1]
    assert steps["trekantsamtale-ar3"] == [3]
    assert steps["egenrapport"] == []


def test_a_set_before_it_is_in_force_begins_with_its_first_year(kjor: Kjor) -> None:
    assert as_json(kjor, "--rutiner", "oslo", "--per", "2020-01-01")["skolear"] == "2023-2024"


def test_a_routine_file_of_ones_own(kjor: Kjor, liten: Path) -> None:
    data = as_json(kjor, "--rutiner", liten / "rutiner" / "test.toml", "--skolear", "2023")
    assert data["rutinesett"] == "test"
    assert {p["rutine"] for p in data["poster"]} >= {"samtale", "mote", "hjelp", "besok"}


def test_a_role_sees_what_it_answers_for_or_takes_part_in(kjor: Kjor) -> None:
    data = as_json(kjor, "--mappe", OSLO, "--skolear", "2025", "--rolle", "nav_veileder")
    assert {p["rutine"] for p in data["poster"]} == {"arshjul", "egenrapport", "trekantsamtale-ar3"}
    for item in (*data["poster"], *data["uten_dato"]):
        assert item["rolle"] == "nav_veileder" or "nav_veileder" in item["deltar"]


def test_english_and_nynorsk_months(kjor: Kjor) -> None:
    assert "\nDecember 2025\n" in kjor("arshjul", "--mappe", OSLO, "--skolear", "2025", "--sprak", "en").stdout
    assert "\nDesember 2025\n" in kjor("arshjul", "--mappe", OSLO, "--skolear", "2025", "--sprak", "nn").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--mappe", OSLO, "--rutiner", "oslo"), 2, "enten --mappe"),
        (("--mappe", OSLO, "--skolear", "2022"), 2, "den går fra 2023/24 til 2026/27"),
        (("--mappe", OSLO, "--skolear", "2025/27"), 2, "2025/26"),
        (("--mappe", OSLO, "--skolear", "i år"), 2, "2025/26"),
        (("--mappe", OSLO, "--rolle", "kontaktlarer"), 2, "Mente du kontaktlaerer"),
        (("--rutiner", "olso"), 3, "oslo"),
        (("--rutiner", "oslo", "--rolle", "koordinatr"), 2, "Mente du koordinator"),
        (("--rutiner", "oslo", "--skolear", "2010"), 2, "2010/11"),
        (("--mappe", OSLO, "--format", "png", "--ut", "hjul.svg"), 2, "hjul.svg"),
        (("--mappe", OSLO, "--ut", "hjul.docx"), 2, ".docx"),
        (("--mappe", OSLO, "--papir", "a5"), 2, "a4"),
    ],
)
def test_what_it_refuses(kjor: Kjor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str | Path, ...], code: int, said: str) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    result = kjor("arshjul", *words)
    assert result.exit_code == code, result.output
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told_and_nothing_written(kjor: Kjor, liten: Path, tmp_path: Path) -> None:
    result = kjor("arshjul", "--mappe", liten, "--skolear", "2023", "--ut", tmp_path / "borte" / "hjul.svg")
    assert result.exit_code == 4
    assert "borte" in result.stderr


def test_the_workspace_is_not_touched(kjor: Kjor, tmp_path: Path) -> None:
    copy = shutil.copytree(OSLO, tmp_path / "kopi")
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert kjor("arshjul", "--mappe", copy).exit_code == 0
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before
