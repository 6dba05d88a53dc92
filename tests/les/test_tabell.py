"""Tables as they come out of spreadsheets and other programs."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from oppfolgingscli.feil import Feil
from oppfolgingscli.les import regneark
from oppfolgingscli.les.tabell import decode, read_tabell

if TYPE_CHECKING:
    from pathlib import Path

KOLONNER = {"id": ("deltaker", "participant"), "start": ("oppstart",), "notat": ()}


def _read(tmp_path: Path, raw: bytes, name: str = "t.csv") -> tuple[list[tuple[int, str, str, str]], list[Feil]]:
    file = tmp_path / name
    file.write_bytes(raw)
    feil: list[Feil] = []
    table = read_tabell(file, KOLONNER, ("id",), feil)
    return [(r.linje, r["id"], r["start"], r["notat"]) for r in table.rader] if table else [], feil


ROWS = [(2, "007", "2024-01-08", "blå; grønn"), (3, "D02", "", "")]


@pytest.mark.parametrize(
    "text",
    [
        'id;start;notat\n007;2024-01-08;"blå; grønn"\nD02;;\n',
        "id,start,notat\r\n007,2024-01-08,blå; grønn\r\nD02,,\r\n",
        "id\tstart\tnotat\n007\t2024-01-08\tblå; grønn\nD02\t\t\n",
        'notat;Oppstart;Deltaker;;\n"blå; grønn"; 2024-01-08 ;007;;\n;;D02;;\n',
        '"ID";"START";"Notat"\n"007";"2024-01-08";"blå; grønn"\n"D02"\n',
        'id;start;notat\n007;2024-01-08;"blå; grønn"\nD02;;\n\n;;\n   \n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_samme_tabell_i_mange_former(tmp_path: Path, text: str, encoding: str) -> None:
    assert _read(tmp_path, text.encode(encoding)) == (ROWS, [])


def test_sep_linjen_bestemmer_og_linjene_telles_med(tmp_path: Path) -> None:
    rows, feil = _read(tmp_path, b"sep=,\r\nid,start,notat\r\n7,,a;b\r\n")
    assert (rows, feil) == ([(3, "7", "", "a;b")], [])


def test_linjeskift_i_anforselstegn(tmp_path: Path) -> None:
    rows, feil = _read(tmp_path, b'id;start;notat\nD01;;"to\nlinjer"\nD02;;ett "ord" til\n')
    assert feil == []
    assert rows == [(2, "D01", "", "to\nlinjer"), (4, "D02", "", 'ett "ord" til')]


def test_windows_1252_leses_men_aldri_foran_utf8() -> None:
    assert decode("Bø".encode()) == "Bø"
    assert decode("Bø €".encode("cp1252")) == "Bø €"
    assert decode(b"\x81\x8d") is None


def test_elleve_siffer_i_en_celle_er_en_feil_og_blir_borte(tmp_path: Path) -> None:
    rows, feil = _read(tmp_path, b"id;start;notat\nD01;;010190 12345\n01019012345;;\n")
    assert rows == [(2, "D01", "", "")]
    assert [(f.kode, f.sted and f.sted.linje) for f in feil] == [("fodselsnummer", 2), ("fodselsnummer", 3)]


def test_to_celler_ved_siden_av_hverandre_er_ikke_elleve_siffer(tmp_path: Path) -> None:
    assert _read(tmp_path, b"id\tstart\n007\t20240108\n")[1] == []


@pytest.mark.parametrize(
    ("text", "kode"),
    [
        ("navn;start\nx;\n", {"ukjent_kolonne", "mangler"}),
        ("id;start;oppstart\nx;;\n", {"like_kolonner"}),
        ("id;start\nx;;;y\n", {"for_mange_celler"}),
        ('id;start\nx;"y\nz;\n', {"ulest_rad"}),
        ("id;01019012345\nx;\n", {"fodselsnummer"}),
        ("\n\n ; \n", {"tom_fil"}),
        ("id;notat\nx;" + "y" * 200_000 + "\n", {"ulest_rad"}),
    ],
)
def test_feil_i_tabellen(tmp_path: Path, text: str, kode: set[str]) -> None:
    _rows, feil = _read(tmp_path, text.encode())
    assert {f.kode for f in feil} == kode


def _workbook(rows: list[list[object]], title: str = "t") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Noe annet"
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_regneark_med_datoer_tall_og_tomme_rader(tmp_path: Path) -> None:
    raw = _workbook([
        ["Deltaker", "start", "notat", None],
        [7.0, date(2024, 1, 8), True, None],
        [None, None, None, None],
        ["007", datetime(2024, 1, 8), 2.5, None],  # noqa: DTZ001 - as Excel has it
    ])  # fmt: skip
    rows, feil = _read(tmp_path, raw, "t.xlsx")
    assert feil == []
    assert rows == [(2, "7", "2024-01-08", "ja"), (4, "007", "2024-01-08", "2.5")]


def test_et_regneark_med_feil_navn_leses_likevel(tmp_path: Path) -> None:
    rows, feil = _read(tmp_path, _workbook([["id"], ["D01"]]), "t.csv")
    assert (rows, feil) == ([(2, "D01", "", "")], [])


def test_et_regneark_som_sveller_blir_ikke_pakket_ut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regneark, "MAX_DEL", 400)
    rows, feil = _read(tmp_path, _workbook([["id"], ["D01"]]), "t.xlsx")
    assert rows == []
    assert [f.kode for f in feil] == ["for_stor"]


def test_et_odelagt_regneark_er_en_feil(tmp_path: Path) -> None:
    raw = _workbook([["id"], ["D01"]])
    rows, feil = _read(tmp_path, raw[: len(raw) // 2], "t.xlsx")
    assert rows == []
    assert [f.kode for f in feil] == ["ulest_regneark"]
