"""`oppfolging rapport`: what people read, what machines read, and that they are the same figures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from hjelp import Kjor
from maltall.eksempel import PER, skriv_eksempel
from maltall.test_handregnet import BESOK, SAMTALE, TOTALT
from oppfolgingscli.vis.maskin_rapport import RAD_KEYS
from vurder.hjelp import Prove


@pytest.fixture
def klassen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    skriv_eksempel(Prove(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text(kjor: Kjor, *words: str) -> str:
    result = kjor("rapport", "--per", PER, *words)
    assert result.exit_code == 0, result.stderr
    assert isinstance(result.stdout, str)
    return result.stdout


def as_json(kjor: Kjor, *words: str) -> dict[str, Any]:
    answer = json.loads(text(kjor, "--format", "json", *words))
    assert isinstance(answer, dict)
    return answer


@pytest.mark.usefixtures("klassen")
def test_json_is_the_contract(kjor: Kjor) -> None:
    answer = as_json(kjor)
    assert list(answer)[:6] == ["klasse", "per", "lag", "rader", "totalt", "pausedager"]
    assert (answer["klasse"], answer["per"], answer["lag"], answer["pausedager"]) == ("k", PER, 0, 5)
    rows = {(row["rutine"], row["periode"]): row for row in answer["rader"]}
    wanted = ((rows["samtale", None], SAMTALE), (rows["besok", None], BESOK), (answer["totalt"], TOTALT))
    for row, by_hand in wanted:
        assert tuple(row) == RAD_KEYS
        for key, value in by_hand.items():
            assert row[key] == (list(value) if isinstance(value, tuple) else value), key


@pytest.mark.usefixtures("klassen")
def test_the_table_has_the_same_figures_with_what_they_are_counted_from(kjor: Kjor) -> None:
    table = text(kjor).replace("\u00a0", " ")
    assert "k per 10. januar 2024. Bedømt: det som hadde frist til og med 10. januar 2024." in table
    assert "14 av 20  ███████░░░   70 %   46 %–86 %   75 %        2" in table  # samtale
    assert "2 av 7  ███░░░░░░░   29 %           –   43 %        0" in table  # besok
    assert "70 % (75 %)     90 %             –          91  ikke nådd       –" in table
    assert "–     50 %   60 % av 212   ikke nådd  ikke nådd     106" in table
    assert "I alt 27 bedømt: 16 i tide, 2 for sent, 0 forfalt, 9 mangler." in table
    assert "Av dem er 7 fra rutiner med faste mellomrom." in table
    assert "Pausedager (teller ikke): 5 dager." in table
    assert "• Hjelp: ved behov, ikke bedømt: " in table
    assert "Ingenting å bedømme ennå" not in table


@pytest.mark.usefixtures("klassen")
def test_markdown_has_a_table_for_each_view_with_the_same_cells(kjor: Kjor) -> None:
    answer = text(kjor, "--format", "md").replace("\u00a0", " ")
    assert answer.startswith("# Måltall\n\nk per 10. januar 2024.")
    for table in answer.split("\n\n"):
        rows = [line for line in table.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in rows}) <= 1
    assert (
        "| Samtale | alle | 10 | 14 av 20 | 70 % | 46 %–86 % | 75 % | 2 | 64 %–75 % | 70 % | 70 % (75 %) | 90 % | – | 91 "
        "| ikke nådd | – |"
    ) in answer.splitlines()


@pytest.mark.usefixtures("klassen")
def test_the_views_asked_for_and_no_others(kjor: Kjor) -> None:
    both = text(kjor, "--etter", "type", "--etter", "rolle")
    assert "Etter slag" in both
    assert "Etter rolle" in both
    assert "høst 2023" not in both
    refused = kjor("rapport", "--per", PER, "--etter", "type", "--format", "json")
    assert (refused.exit_code, refused.stdout) == (2, "")


@pytest.mark.usefixtures("klassen")
def test_csv_has_a_row_for_each_row_and_no_total(kjor: Kjor) -> None:
    rows = list(csv.DictReader(io.StringIO(text(kjor, "--format", "csv")), delimiter=";"))
    assert [(row["rutine"], row["periode"], row["bedomt"]) for row in rows] == [
        ("samtale", "", "20"), ("samtale", "2023-host", "20"), ("besok", "", "7"), ("besok", "2023-host", "7"),
        ("hjelp", "", "0"),
    ]  # fmt: skip
    assert (rows[0]["grenser"], rows[0]["dager_dekket"]) == ("0.636364,0.75", "")


@pytest.mark.usefixtures("klassen")
def test_a_role_and_a_routine_narrow_rows_and_total_alike(kjor: Kjor) -> None:
    for words in (("--rolle", "veileder"), ("--rutine", "besok"), ("--rutine", "besok", "--rolle", "veileder")):
        answer = as_json(kjor, *words)
        assert {row["rutine"] for row in answer["rader"]} == {"besok"}
        assert answer["totalt"]["bedomt"] == 7
    nothing = as_json(kjor, "--rutine", "besok", "--rolle", "laerer")
    assert (nothing["rader"], nothing["totalt"]["bedomt"], nothing["totalt"]["i_tide_andel"]) == ([], 0, None)
    assert "I alt 0 bedømt" in text(kjor, "--rutine", "besok", "--rolle", "laerer")


@pytest.mark.usefixtures("klassen")
@pytest.mark.parametrize(
    ("words", "hint"),
    [(("--rutine", "besøk"), "Mente du besok?"), (("--rolle", "larer"), "laerer"), (("--lag", "-1"), "--lag")],
)
def test_wrong_use_is_said_with_what_was_meant(kjor: Kjor, words: tuple[str, ...], hint: str) -> None:
    result = kjor("rapport", "--per", PER, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr


@pytest.mark.usefixtures("klassen")
def test_the_lag_moves_the_last_deadline_that_is_judged(kjor: Kjor) -> None:
    assert as_json(kjor, "--lag", "24")["lag"] == 24
    assert as_json(kjor, "--lag", "24")["totalt"]["bedomt"] == 6
    assert "til og med 17. desember 2023" in text(kjor, "--lag", "24")


@pytest.mark.usefixtures("klassen")
def test_missing_work_is_no_failure_of_the_command(kjor: Kjor) -> None:
    assert as_json(kjor)["totalt"]["mangler"] > 0  # and exit code 0


def test_what_was_not_known_is_not_counted(kjor: Kjor, klassen: Path) -> None:
    log = klassen / "kontakter.csv"
    head, *rest = log.read_text("utf-8").splitlines()
    late = [f"{line}2024-01-05" if line.startswith("D08-2023-09-20") else line for line in rest]
    log.write_text("\n".join([head, *late]) + "\n", encoding="utf-8")
    assert as_json(kjor)["totalt"] == as_json(kjor, "--kjent", "2024-01-05")["totalt"]
    assert as_json(kjor, "--kjent", "2024-01-04")["totalt"]["i_tide"] == 15


def test_it_can_be_written_to_a_file(kjor: Kjor, klassen: Path) -> None:
    assert text(kjor, "--format", "csv", "--ut", "r.csv") == ""
    assert (klassen / "r.csv").read_bytes() == b"\xef\xbb\xbf" + text(kjor, "--format", "csv").encode()


@pytest.mark.usefixtures("klassen")
def test_only_the_answer_when_asked_to_be_quiet(kjor: Kjor) -> None:
    assert "det er ingenting å regne av" in text(kjor)
    assert "det er ingenting å regne av" not in text(kjor, "--stille")


@pytest.mark.usefixtures("klassen")
@pytest.mark.parametrize("sprak", ["nn", "en"])
def test_people_read_their_own_language_and_machines_the_same_bytes(kjor: Kjor, sprak: str) -> None:
    assert text(kjor, "--format", "json", "--sprak", sprak) == text(kjor, "--format", "json", "--sprak", "nb")
    table = text(kjor, "--sprak", sprak)
    assert {"nn": "ved behov, ikkje dømt", "en": "when needed, not judged"}[sprak] in table
    assert ("70%" in table) == (sprak == "en")
