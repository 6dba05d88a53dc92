"""``oppfolging utvid`` from the outside: the table, CSV and JSON, filters, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hjelp import ROT

if TYPE_CHECKING:
    from hjelp import Kjor

TILFELLE = ROT / "tests" / "tilfeller" / "01-to-per-semester-start-midt-i"
KEYS = [
    "id", "rutine", "type", "versjon", "niva", "subjekt", "periode", "nr", "krav", "delvis",
    "fra", "mal", "tempo", "frist", "sent_til", "ansvarlig", "deltar", "kilde", "kilde_id", "antatt",
]  # fmt: skip


def as_json(kjor: Kjor, *words: str | Path) -> dict[str, Any]:
    result = kjor("utvid", *words, "--format", "json")
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def test_json_has_the_keys_of_the_contract(kjor: Kjor) -> None:
    data = as_json(kjor, "--mappe", TILFELLE, "--per", "2024-01-15")
    assert list(data) == ["klasse", "rutinesett", "per", "punkter", "varsler"]
    assert (data["klasse"], data["rutinesett"], data["per"]) == ("k1", "test", "2024-01-15")
    assert list(data["punkter"][0]) == KEYS
    assert data["punkter"][0] == {
        "id": "k1/elevsamtale/D01/2023-host/1", "rutine": "elevsamtale", "type": "elevsamtale", "versjon": 1,
        "niva": "deltaker", "subjekt": "D01", "periode": "2023-host", "nr": 1, "krav": True, "delvis": False,
        "fra": "2023-08-21", "mal": "2023-09-18", "tempo": "2023-10-24", "frist": "2023-12-20",
        "sent_til": "2024-01-01", "ansvarlig": "kontaktlaerer", "deltar": [], "kilde": "regnet for hånd",
        "kilde_id": [], "antatt": False,
    }  # fmt: skip


def test_csv_is_json_in_rows(kjor: Kjor) -> None:
    data = as_json(kjor, "--mappe", TILFELLE)
    text = kjor("utvid", "--mappe", TILFELLE, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert list(rows[0]) == [*KEYS, "grunn"]
    assert [row["id"] for row in rows] == [p["id"] for p in data["punkter"]]
    assert rows[1] | {"krav": "true", "delvis": "true", "grunn": "", "kilde_id": ""} == rows[1]


def test_a_csv_file_opens_in_excel_and_text_that_looks_like_a_formula_is_text(kjor: Kjor, tmp_path: Path) -> None:
    mappe = tmp_path / "m"
    (mappe / "rutiner").mkdir(parents=True)
    for name in ("oppfolging.toml", "skolerute.toml", "rutiner/test.toml"):
        text = (TILFELLE / name).read_text("utf-8").replace('kilde = "regnet for hånd"', 'kilde = "=HYPERLINK(A1)"')
        (mappe / name).write_text(text, encoding="utf-8")
    ut = tmp_path / "punkter.csv"
    assert kjor("utvid", "--mappe", mappe, "--format", "csv", "--ut", ut).exit_code == 0
    data = ut.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid;rutine;")
    assert ";'=HYPERLINK(A1);" in data.decode("utf-8-sig")
    assert as_json(kjor, "--mappe", mappe)["punkter"][0]["kilde"] == "=HYPERLINK(A1)"


def test_the_table(kjor: Kjor) -> None:
    result = kjor("utvid", "--mappe", TILFELLE, "--sprak", "nb", "--deltaker", "D02")
    assert result.stdout == (
        "Frist       Planlegg    Åpner       Hvem  Rutine       Periode\n"
        "──────────  ──────────  ──────────  ────  ───────────  ────────────  ─\n"
        "20.12.2023  21.11.2023  23.10.2023  D02   elevsamtale  høst 2023     d\n"
        "21.06.2024  08.02.2024  02.01.2024  D02   elevsamtale  vår 2024\n"
        "21.06.2024  13.05.2024  02.01.2024  D02   elevsamtale  vår 2024 · 2\n"
        "\n"
        "  d  delvis: færre enn ellers, for rutinen gjelder bare en del av perioden\n"
        "\n"
        "Rutine       Hvem  2023/24  I alt\n"
        "───────────  ────  ───────  ─────\n"
        "elevsamtale     1        3      3\n"
        "\n"
        "3 punkter\n"
    )


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["--deltaker", "D03"], ["D03/2024-var/1", "D03/2024-var/2"]),
        (["--til", "2023-10-22"], ["D01/2023-host/1", "D01/2023-host/2"]),
        (["--fra", "21.12.2023", "--deltaker", "D01"], ["D01/2024-var/1", "D01/2024-var/2"]),
        (["--rutine", "elevsamtale", "--deltaker", "D02", "--til", "2023-12-31"], ["D02/2023-host/1"]),
    ],
)
def test_filters(kjor: Kjor, words: list[str], ids: list[str]) -> None:
    found = as_json(kjor, "--mappe", TILFELLE, *words)["punkter"]
    assert [p["id"].removeprefix("k1/elevsamtale/") for p in found] == ids


def test_an_unknown_participant_or_routine_is_a_wrong_use(kjor: Kjor) -> None:
    result = kjor("utvid", "--mappe", TILFELLE, "--deltaker", "D1", "--sprak", "nb")
    assert result.exit_code == 2
    assert "D01" in result.stderr
    assert result.stdout == ""
    assert kjor("utvid", "--mappe", TILFELLE, "--rutine", "samtale").exit_code == 2


def test_an_identity_number_on_the_command_line_is_not_repeated(kjor: Kjor) -> None:
    result = kjor("utvid", "--mappe", TILFELLE, "--deltaker", "01019012345")
    assert result.exit_code == 3
    assert "01019012345" not in result.output + result.stderr


def test_machine_output_is_the_same_in_every_language(kjor: Kjor) -> None:
    eksempel = ROT / "eksempler" / "oslo-helsfyr"
    texts = {
        kjor("utvid", "--mappe", eksempel, "--per", "2025-03-01", "--format", "json", "--sprak", code).stdout
        for code in ("nb", "nn", "en")
    }
    assert len(texts) == 1
    assert json.loads(texts.pop())["varsler"]


def test_what_was_not_known_then_is_not_there(kjor: Kjor) -> None:
    """D07's leave was registered on 7 October 2024: known before that day, both talks stand."""
    eksempel = ROT / "eksempler" / "oslo-helsfyr"
    words = ("--mappe", eksempel, "--rutine", "elevsamtale", "--deltaker", "D07")
    autumn = {
        kjent: [p["nr"] for p in as_json(kjor, *words, "--kjent", kjent)["punkter"] if p["periode"] == "2024-host"]
        for kjent in ("2024-10-06", "2024-10-07")
    }
    assert autumn == {"2024-10-06": [1, 2], "2024-10-07": [1]}


def test_exempt_points_say_why(kjor: Kjor) -> None:
    eksempel = ROT / "eksempler" / "oslo-helsfyr"
    (point,) = as_json(kjor, "--mappe", eksempel, "--rutine", "trekantsamtale-oppstart", "--deltaker", "D26")["punkter"]
    assert point["grunn"].startswith("kom fra et annet løp")


def test_oppsummert_is_only_the_counts(kjor: Kjor) -> None:
    result = kjor("utvid", "--mappe", TILFELLE, "--oppsummert", "--sprak", "nb")
    assert result.stdout == (
        "Rutine       Hvem  2023/24  I alt\n"
        "───────────  ────  ───────  ─────\n"
        "elevsamtale     3        9      9\n"
        "\n"
        "9 punkter\n"
    )


def test_a_class_without_participants_has_none_to_suggest(kjor: Kjor, tmp_path: Path) -> None:
    assert kjor("ny", tmp_path / "k", "--rutiner", "vestby", "--skolerute", "akershus").exit_code == 0
    result = kjor(
        "logg", "ny", "--mappe", tmp_path / "k", "--deltaker", "D01", "--type", "elevsamtale", "--dato", "2026-10-01"
    )
    assert result.exit_code == 2
    assert "ukjent deltaker: D01. Det finnes ingen ennå." in result.stderr
    checked = kjor("sjekk", "--mappe", tmp_path / "k", "--per", "2026-10-01")
    assert "Klassen har ingen deltakere ennå" in checked.stderr
    assert "Klassen har ingen deltakere ennå" not in kjor("sjekk", "--mappe", TILFELLE, "--per", "2024-01-15").stderr
