"""The export as researchers open it: CSV, Parquet, Stata and SPSS say the same, and the package describes the files."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from eksport.klassen import everything, export, folders, lucky, read
from hjelp import Kjor
from oppfolgingscli import __version__
from oppfolgingscli.eksport.former import STATA_ETIKETT, STATA_NAVN, STATA_TEKST, label, numbers
from oppfolgingscli.eksport.pakke import KODEBOK
from oppfolgingscli.eksport.tabeller_logg import TABELLER
from oppfolgingscli.eksport.variabel import Tabell, Variabel
from oppfolgingscli.sprak import SPRAK, set_sprak

ALLE = (
    "--eksport-format",
    "csv",
    "--eksport-format",
    "parquet",
    "--eksport-format",
    "stata",
    "--eksport-format",
    "spss",
)
GULL = Path(__file__).with_name("datapackage.json")


def meant(v: Variabel, text: str) -> str | int | date | None:
    """What a cell of the CSV means in Python."""
    if not text:
        return None
    if v.slag == "sann":
        return text == "true"
    if v.slag == "heltall":
        return int(text)
    return date.fromisoformat(text) if v.slag == "dato" else text


def rows(ut: Path, tabell: Tabell) -> list[list[Any]]:
    return [[meant(v, row[v.navn]) for v in tabell.variabler] for row in read(ut, tabell.navn)]


@pytest.mark.parametrize("sprak", [pytest.param("nb"), pytest.param("en", marks=pytest.mark.treg)])
def test_read_back_they_say_the_same(sprak: str, kjor: Kjor, tmp_path: Path) -> None:
    pl = pytest.importorskip("polars")
    pyreadstat = pytest.importorskip("pyreadstat")
    ut = tmp_path / "ut"
    export(kjor, folders(tmp_path / "inn"), ut, *ALLE, "--sprak", sprak)
    set_sprak(sprak)
    for tabell in TABELLER:
        truth = rows(ut, tabell)
        parquet = pl.read_parquet(ut / f"{tabell.navn}.parquet")
        assert [list(row) for row in parquet.iter_rows()] == truth
        for path, reader in ((f"{tabell.navn}.dta", pyreadstat.read_dta), (f"{tabell.navn}.sav", pyreadstat.read_sav)):
            frame, meta = reader(ut / path)
            assert list(frame.columns) == [v.navn for v in tabell.variabler]
            for i, v in enumerate(tabell.variabler):
                assert meta.column_names_to_labels[v.navn] == label(v)
                mine = [back(v, x) for x in frame[v.navn].tolist()]
                assert mine == [row[i] for row in truth], f"{path}: {v.navn}"
                if v.slag in {"kode", "sann"}:
                    assert meta.variable_value_labels[v.navn] == numbers(v)
                if v.slag == "dato":
                    assert meta.original_variable_types[v.navn] in {"%td", "DATE11"}


def back(v: Variabel, x: Any) -> str | int | date | None:  # noqa: ANN401 - what pandas holds
    """What a value of Stata or SPSS means in Python."""
    if x is None or x != x or x == "":  # noqa: PLR0124 - NaN is not itself
        return None
    if v.slag == "sann":
        return bool(x)
    if v.slag == "kode":
        return v.verdier[int(x) - 1][0]
    if v.slag == "heltall":
        return int(x)
    assert isinstance(x, str | date)
    return x


def test_only_the_forms_asked_for(kjor: Kjor, tmp_path: Path) -> None:
    pytest.importorskip("polars")
    export(kjor, folders(tmp_path / "inn"), tmp_path / "ut", "--eksport-format", "parquet")
    names = {f"{t.navn}.parquet" for t in TABELLER} | {"datapackage.json", "kodebok.csv", "kodebok.html", "LESMEG.md"}
    assert set(everything(tmp_path / "ut")) == names
    package = json.loads((tmp_path / "ut" / "datapackage.json").read_bytes())
    assert {r["format"] for r in package["resources"]} == {"parquet"}
    assert "| 2 | klasser.parquet |" in (tmp_path / "ut" / "LESMEG.md").read_text(encoding="utf-8")


def test_a_log_without_rows_is_tables_without_rows(kjor: Kjor, tmp_path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    inn = folders(tmp_path / "inn")
    for path in (*inn.rglob("kontakter.csv"), *inn.rglob("hendelser.csv")):
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    export(kjor, inn, tmp_path / "ut", *ALLE)
    for tabell in ("kontakter", "hendelser"):
        assert read(tmp_path / "ut", tabell) == []
        assert len(pyreadstat.read_dta(tmp_path / "ut" / f"{tabell}.dta")[0]) == 0
        assert len(pyreadstat.read_sav(tmp_path / "ut" / f"{tabell}.sav")[0]) == 0


def test_a_text_longer_than_stata_takes_is_cut_there(kjor: Kjor, tmp_path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    inn = folders(tmp_path / "inn")
    long = "Å" * 1500
    for path in inn.rglob("lokalt.toml"):
        path.write_text(path.read_text(encoding="utf-8").replace("Plan for oppfølging", long), encoding="utf-8")
    export(kjor, inn, tmp_path / "ut", *ALLE)
    assert read(tmp_path / "ut", "rutiner")[0]["kilde"] == long
    (text, *_rest) = pyreadstat.read_dta(tmp_path / "ut" / "rutiner.dta")[0]["kilde"]
    assert text.endswith("Å…")
    assert len(text.encode()) <= STATA_TEKST


def test_the_package_is_the_contract(kjor: Kjor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte with chance that repeats itself. To make it anew: delete the file, and run the test twice."""
    lucky(monkeypatch, 20250301)
    export(kjor, folders(tmp_path / "inn"), tmp_path / "ut")
    made = (tmp_path / "ut" / "datapackage.json").read_text(encoding="utf-8")
    made = made.replace(f'"versjon": "{__version__}"', '"versjon": "0.0.0"')
    if not GULL.exists():
        GULL.write_text(made, encoding="utf-8", newline="\n")
        pytest.fail("the golden file was not there, and is made: read it")
    assert made == GULL.read_text(encoding="utf-8")


def test_the_package_tells_of_the_files_there_are(kjor: Kjor, tmp_path: Path) -> None:
    pytest.importorskip("pyreadstat")
    export(kjor, folders(tmp_path / "inn"), tmp_path / "ut", *ALLE)
    files = everything(tmp_path / "ut")
    package = json.loads(files["datapackage.json"])
    for r in package["resources"]:
        data = files.pop(r["path"])
        assert r["bytes"] == len(data)
        assert r["hash"] == f"sha256:{sha256(data).hexdigest()}"
    assert set(files) == {"datapackage.json", "kodebok.csv", "kodebok.html", "LESMEG.md"}


@pytest.mark.treg  # the library itself takes some seconds to load
@pytest.mark.parametrize("words", [(), ("--flytt-datoer", "70")])
def test_a_tool_for_such_packages_finds_nothing_wrong(words: tuple[str, ...], kjor: Kjor, tmp_path: Path) -> None:
    """Types, required values, codes, keys, references and hashes; and it does find what is wrong."""
    frictionless = pytest.importorskip("frictionless")
    forms = ALLE if not words else ()
    export(kjor, folders(tmp_path / "inn"), tmp_path / "ut", *forms, *words)
    report = frictionless.validate(str(tmp_path / "ut" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    path = tmp_path / "ut" / "hendelser.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("avbrudd", "avbrutt"), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "ut" / "datapackage.json"))
    assert {"constraint-error", "hash-count"} <= {kind for (kind,) in report.flatten(["type"])}


def test_every_variable_is_in_the_codebook(kjor: Kjor, tmp_path: Path) -> None:
    export(kjor, folders(tmp_path / "inn"), tmp_path / "ut")
    with (tmp_path / "ut" / "kodebok.csv").open(encoding="utf-8-sig", newline="") as file:
        book = list(csv.DictReader(file, delimiter=";"))
    assert list(book[0]) == list(KODEBOK)
    assert [(row["tabell"], row["variabel"]) for row in book] == [
        (t.navn, v.navn) for t in TABELLER for v in t.variabler
    ]
    assert all(row["etikett"] and row["kilde"] for row in book)
    status = next(row for row in book if (row["tabell"], row["variabel"]) == ("punkter", "status"))
    assert status["verdier"].startswith("i_tide = 1 = i tide; for_sent = 2 = for sent; ")
    page = (tmp_path / "ut" / "kodebok.html").read_text(encoding="utf-8")
    assert all(v.navn in page for t in TABELLER for v in t.variabler)


@pytest.mark.parametrize("sprak", SPRAK)
def test_what_stata_takes(sprak: str) -> None:
    """Names of at most 32 letters that begin with one; labels of at most 80."""
    set_sprak(sprak)
    for tabell in TABELLER:
        assert len({v.navn for v in tabell.variabler}) == len(tabell.variabler)
        for v in tabell.variabler:
            assert re.fullmatch(rf"[a-z][a-z0-9_]{{0,{STATA_NAVN - 1}}}", v.navn)
            assert 0 < len(label(v)) <= STATA_ETIKETT
            assert all(len(word) <= 120 for word in numbers(v).values())  # SPSS


def test_the_definition_holds_together() -> None:
    names = {t.navn: t for t in TABELLER}
    for t in TABELLER:
        here = {v.navn for v in t.variabler}
        assert set(t.nokkel) | set(t.rekkefolge) <= here
        for f in t.fremmed:
            assert set(f.felt) <= here
            assert f.dens == names[f.tabell].nokkel
        for v in t.variabler:
            assert bool(v.verdier) == (v.slag == "kode")
            assert not (v.krevd and (v.skjermes or v.flytting == "tom")), "required, and left out"
