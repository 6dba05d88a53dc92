"""`oppfolging revisjon` on flat data sets: the same publication as from workspaces, and every fault where it stands."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hjelp import EKSEMPLER, ROT, Kjor

pl = pytest.importorskip("polars")

from masse.flat import export  # noqa: E402 - only where polars is installed
from oppfolgingscli.masse.les import open_datasett  # noqa: E402 - as above

PER = "2025-06-20"
FORMER = ("json", "csv", "tabell", "md", "html", "xlsx")


@pytest.fixture
def flat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The examples as one data set, and beside it as workspaces."""
    for name in EKSEMPLER:
        shutil.copytree(ROT / "eksempler" / name, tmp_path / "mapper" / name)
    export((tmp_path / "mapper").iterdir(), tmp_path / "uttrekk")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "uttrekk"


def answer(kjor: Kjor, *words: str | Path, code: int = 0) -> dict[str, Any]:
    result = kjor("revisjon", *words, "--per", PER, "--format", "json")
    assert result.exit_code == code, result.stderr
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def without_input(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key != "inndata"}


@pytest.mark.treg
def test_the_examples_as_a_data_set_are_published_as_the_workspaces_are(kjor: Kjor, flat: Path) -> None:
    ours, truth = answer(kjor, flat), answer(kjor, "mapper")
    assert without_input(ours) == without_input(truth)
    assert [x["klasse"] for x in truth["inndata"]] == ["asane-2023", "helsfyr-2023", "sorumsand-2023", "vestby-2023"]
    files = [x["fil"] for x in ours["inndata"]]
    assert {"klasser.csv", "deltakere.csv", "kontakter.csv", "faser.csv", "eksamener.csv", "rutinesett/oslo"} <= set(
        files
    )
    assert all(len(x["sha256"]) == 64 and x["klasse"] is None for x in ours["inndata"])


@pytest.mark.treg
@pytest.mark.parametrize("name", EKSEMPLER)
def test_each_example_by_itself_as_it_was_known(kjor: Kjor, tmp_path: Path, name: str) -> None:
    kjent = ("--kjent", "2024-12-01")
    flat = export([ROT / "eksempler" / name], tmp_path / "uttrekk", parquet=True)
    assert without_input(answer(kjor, flat, *kjent)) == without_input(answer(kjor, ROT / "eksempler" / name, *kjent))


@pytest.mark.treg
@pytest.mark.parametrize("form", FORMER)
def test_every_form_and_the_same_bytes_wherever_it_lies(kjor: Kjor, flat: Path, form: str) -> None:
    """All but the table of what was read is also what the workspaces give."""

    def written(where: str) -> bytes:
        file = flat.parent / f"ut.{form}"
        krav = flat.parent / "krav.toml"
        krav.write_text(
            'format = 1\n[[krav]]\nmal = "i_tide_andel"\ntype = "elevsamtale"\nminst = 0.5\n', encoding="utf-8"
        )
        result = kjor("revisjon", where, "--per", PER, "--format", form, "--ut", file, "--krav", krav)
        assert result.exit_code == 0, result.stderr
        return file.read_bytes()

    first = written("uttrekk")
    shutil.move(flat, flat.parent / "annet" / "sted")
    assert written("annet") == first
    if form in ("csv", "tabell"):
        assert written("mapper") == first


@pytest.mark.treg
def test_data_sets_and_workspaces_in_one_run(kjor: Kjor, flat: Path) -> None:
    """Two schools as one extract, one as another, and one as a workspace: what all four as workspaces are."""
    truth = without_input(answer(kjor, "mapper"))
    export([flat.parent / "mapper" / name for name in EKSEMPLER[:2]], flat.parent / "inn" / "a")
    export([flat.parent / "mapper" / EKSEMPLER[2]], flat.parent / "inn" / "dypt" / "b", parquet=True)
    shutil.copytree(ROT / "eksempler" / EKSEMPLER[3], flat.parent / "inn" / "c")
    found = answer(kjor, "inn")
    assert without_input(found) == truth
    assert sum(x["klasse"] is not None for x in found["inndata"]) == 1


@pytest.mark.treg
def test_an_earlier_publication_and_a_threshold(kjor: Kjor, flat: Path) -> None:
    first = flat.parent / "forst.json"
    assert kjor("revisjon", flat, "--per", PER, "--format", "json", "--ut", first).exit_code == 0
    with (flat / "deltakere.csv").open("a", encoding="utf-8") as file:
        file.write("helsfyr-2023;D99;;;;med-grunnskole;kvp\n")
    held = answer(kjor, flat, "--forrige", first)
    assert held["etter_forrige"]
    assert next(row for row in held["rader"] if row["tabell"] == "totalt")["skjult"]
    assert answer(kjor, flat, "--terskel", "12")["skjulte_rader"] > answer(kjor, flat)["skjulte_rader"]


def test_faults_are_told_all_at_once_where_they_stand_and_do_not_stop_the_others(kjor: Kjor, flat: Path) -> None:
    broken = flat.parent / "inn" / "a"
    export([flat.parent / "mapper" / "vestby"], broken)
    shutil.copytree(ROT / "eksempler" / "vestland", flat.parent / "inn" / "b")
    klasser = (broken / "klasser.csv").read_text(encoding="utf-8-sig")
    (broken / "klasser.csv").write_text(
        klasser + "k2;finnes-ikke;oslo;2023-08-21;i fjor\nk3;oslo;borte.toml;2024-08-21;2023-08-21\n", encoding="utf-8"
    )
    (broken / "eksamener.csv").write_text("klasse;eksamen;dato\nk9;norsk;2025-05-23\n", encoding="utf-8")
    (broken / "faser.csv").write_text("klasse;fase;fra;til\nvestby-2023;laretdi;2025-05-23;\n", encoding="utf-8")
    (broken / "hendelser.csv").write_text("klasse;dato;hva\n", encoding="utf-8")
    (broken / "deltakere.csv").unlink()
    (broken / "kontakter.parquet").write_bytes(b"PAR1 ikke noe")
    result = kjor("revisjon", "inn", "--per", PER, "--format", "json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["klasser"] == 1
    for words in (
        "deltakere.csv: deltakere.csv finnes ikke. Har dere ingen",
        "kontakter.parquet: Både kontakter.csv og kontakter.parquet",
        "hendelser.csv:1: Kolonnen «type» mangler.",
        "hendelser.csv:1: Kolonnen «deltaker» mangler.",
        "klasser.csv:3: slutt:",
        "klasser.csv:3: rutinesett:",
        "klasser.csv:4: skolerute:",
        "eksamener.csv:2: klasse: klassen «k9» finnes ikke.",
        "faser.csv:2: fase: fasen «laretdi» finnes ikke",
        "1 mappe er ikke med.",
    ):
        assert words in result.stderr, result.stderr


@pytest.mark.treg
def test_rows_that_cannot_be_read_are_told_and_counted(kjor: Kjor, flat: Path) -> None:
    before = answer(kjor, flat)
    with (flat / "kontakter.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("vestby-2023;x1;32.13.2024;samtale;;D01;;;;;;;\n" * 7)
        file.write("ukjent-2023;x2;2024-02-01;samtale;;D01;;;;;;;\n")
        file.write('vestby-2023;x3;2024-02-01;"samtale;;D01;;;;;;;\n')
        file.write("vestby-2023;x4;2024-02-01;samtale;;01010112345;;;;;;;\n")
    with (flat / "perioder.csv").open("a", encoding="utf-8") as file:
        file.write("vestby-2023;D77;pause;2024-01-01;;;;;\nvestby-2023;D01;fritak;;;finnes-ikke;;;\n")
        file.write("vestby-2023;D01;reise;2024-01-01;;;;;\n")
    result = kjor("revisjon", flat, "--per", PER, "--format", "json")
    assert result.exit_code == 0
    after = json.loads(result.stdout)
    assert after["rader"] == before["rader"]
    found = {f["kode"]: f["antall"] for f in after["logg"]}
    assert found["ulest_rad"] == 8
    lines = len((flat / "kontakter.csv").read_text(encoding="utf-8").splitlines())
    first = lines - 9
    assert (
        f"kontakter.csv: 8 rader kan ikke leses, og er ikke med (rad {lines - 1}, {first}, {first + 1}" in result.stderr
    )
    assert "kontakter.csv: 1 rad gjelder en klasse som ikke finnes, og er ikke med" in result.stderr
    assert "kontakter.csv: 1 rad har elleve siffer på rad" in result.stderr
    assert "perioder.csv: 3 perioder kan ikke leses eller gjelder ingen deltaker" in result.stderr
    assert "01010112345" not in result.stderr + result.stdout


@pytest.mark.treg
@pytest.mark.parametrize("tegnsett", ["cp1252", "utf-16"])
def test_files_as_norwegian_excel_writes_them(kjor: Kjor, flat: Path, tegnsett: str) -> None:
    """The letter that is no ASCII comes long after where a reader would stop looking."""
    path = flat / "kontakter.csv"
    text = path.read_text(encoding="utf-8-sig")
    row = "vestby-2023;{};2024-02-01;besøk;;;kl;;;;;;\n"
    text += row.format("y").replace("ø", "o") * 2000 + row.format("z")
    path.write_text(text, encoding="utf-8")
    truth = answer(kjor, flat)
    path.write_bytes(text.replace(";", "\t").replace("\n", "\r\n").encode(tegnsett))
    found = answer(kjor, flat)
    assert without_input(found) == without_input(truth)


def test_a_file_that_is_almost_utf_8(kjor: Kjor, flat: Path) -> None:
    path = flat / "kontakter.csv"
    data = path.read_bytes()
    at = data.count(b"\n") + 2
    path.write_bytes(
        data + "vestby-2023;a;2024-02-01;besøk;;;;;;;;;\n".encode() + b"vestby-2023;b;2024-02-01;bes\xf8k;;;;;;;;;\n"
    )
    result = kjor("revisjon", flat, "--per", PER)
    assert result.exit_code == 3
    assert f"kontakter.csv:{at}: Linjen har tegn som ikke er UTF-8" in result.stderr


@pytest.mark.treg
def test_columns_that_are_not_read_are_told(kjor: Kjor, flat: Path) -> None:
    path = flat / "deltakere.csv"
    head, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([f"{head};postnummer", *(f"{row};0123" for row in rows)]), encoding="utf-8")
    result = kjor("revisjon", flat, "--per", PER, "--format", "json")
    assert result.exit_code == 0
    assert "deltakere.csv: leser ikke «postnummer»." in result.stderr


@pytest.mark.treg
def test_without_the_extra_it_says_what_to_install(kjor: Kjor, flat: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "polars" else there(name))
    result = kjor("revisjon", flat, "--per", PER)
    assert result.exit_code == 2
    assert 'polars, som ikke er installert. Kjør: pip install "oppfolgingscli[revisjon]"' in result.stderr
    assert kjor("revisjon", "mapper/vestby", "--per", PER).exit_code == 0


@pytest.mark.treg
def test_the_same_extract_twice_and_one_class_in_two_extracts(kjor: Kjor, flat: Path) -> None:
    shutil.copytree(flat, flat.parent / "inn" / "a")
    shutil.copytree(flat, flat.parent / "inn" / "b")
    result = kjor("revisjon", "inn", "--per", PER, "--format", "json")
    assert result.exit_code == 3
    assert "kopi av inn/a" in result.stderr
    assert json.loads(result.stdout)["klasser"] == 4
    with (flat.parent / "inn" / "b" / "kontakter.csv").open("a", encoding="utf-8") as file:
        file.write("vestby-2023;nye;2024-02-01;samtale;;D01;;;;;;;\n")
    assert answer(kjor, "inn")["klasser"] == 8


@pytest.mark.treg
def test_two_routine_sets_of_one_id_are_two(kjor: Kjor, flat: Path) -> None:
    oslo = (ROT / "src/oppfolgingscli/data/rutiner/oslo.toml") if (ROT / "src/oppfolgingscli/data").is_dir() else None
    from oppfolgingscli.ressurser import datamappe

    text = (oslo or datamappe("rutiner") / "oslo.toml").read_text(encoding="utf-8")
    (flat / "egen.toml").write_text(text.replace("45 minutter", "50 minutter", 1), encoding="utf-8")
    klasser = (flat / "klasser.csv").read_text(encoding="utf-8-sig")
    (flat / "klasser.csv").write_text(klasser + "ny;egen.toml;oslo;2023-08-21;2027-06-18\n", encoding="utf-8")
    with (flat / "deltakere.csv").open("a", encoding="utf-8") as file:
        file.write("".join(f"ny;D{n};;;;;\n" for n in range(10, 30)))
    sets = {row["rutinesett"] for row in answer(kjor, flat)["rader"] if row["rutinesett"]}
    assert sum(name.startswith("oslo-") for name in sets) == 2
    assert "oslo" not in sets


def blocks(tekst: str) -> dict[str, str]:
    """The blocks of a document that are named files."""
    return dict(re.findall(r"^```\w+ (\S+\.\w+)\n(.*?)^```", tekst, re.MULTILINE | re.DOTALL))


@pytest.mark.treg
def test_the_register_of_the_document(kjor: Kjor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The script of docs/revisjon.md makes of the register's files what the audit reads."""
    monkeypatch.chdir(tmp_path)
    for name, text in blocks((ROT / "docs" / "revisjon.md").read_text(encoding="utf-8")).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    exec(compile((tmp_path / "til_uttrekk.py").read_text(encoding="utf-8"), "til_uttrekk.py", "exec"), {})  # noqa: S102 - ours
    found = answer(kjor, "uttrekk", "--terskel", "3")
    assert found["klasser"] == 2
    log = {f["kode"]: f["antall"] for f in found["logg"]}
    assert log["ulest_rad"] == log["ukjent_klasse"] == log["ukjent_type"] == 0
    data = open_datasett(tmp_path / "uttrekk", [])
    assert data is not None
    assert data.samlet(date.fromisoformat(PER)).kvalitet.kontakter == 3
