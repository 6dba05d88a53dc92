"""Rows are added at the end, in the file's own way of writing, and what stood there is still the beginning of it."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loggbygg import KONTAKTER, kontakter
from oppfolgingscli import skriv
from oppfolgingscli.feil import Inndatafeil, Systemfeil
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.les.logg_fil import read_rader
from oppfolgingscli.logg import append

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from oppfolgingscli.logg import Naa

RAD = {"dato": "2024-10-01", "type": "elevsamtale", "deltaker": "D01", "registrert": "2024-10-02"}


def _legg_til(mappe: Path, **mer: str) -> dict[str, str]:
    return append(mappe, "kontakter", lambda _now: [{**RAD, **mer}])[0]


def test_en_ny_fil_er_slik_norsk_excel_vil_ha_den(tmp_path: Path) -> None:
    _legg_til(tmp_path, notat="Møte; på «Løren»")
    assert (tmp_path / "kontakter.csv").read_bytes() == (
        b"\xef\xbb\xbf" + f"{KONTAKTER}\r\n".encode()
        + 'k1;2024-10-01;elevsamtale;;D01;;;;;;"Møte; på «Løren»";2024-10-02\r\n'.encode()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("for_", "ny"),
    [
        pytest.param(
            f"{KONTAKTER}\r\n".encode("utf-8-sig"),
            "k1;2024-10-01;elevsamtale;;D01;;;;;;på;2024-10-02\r\n".encode(),
            id="BOM",
        ),
        pytest.param(
            f"{KONTAKTER}\n".encode(), "k1;2024-10-01;elevsamtale;;D01;;;;;;på;2024-10-02\n".encode(), id="uten BOM, LF"
        ),
        pytest.param(
            f"{KONTAKTER}".encode(),
            "\r\nk1;2024-10-01;elevsamtale;;D01;;;;;;på;2024-10-02\r\n".encode(),
            id="uten siste linjeskift",
        ),
        pytest.param(
            f"{KONTAKTER}\r\nk7;01.09.2024;x;;D01;;;;;;lærer;".encode("cp1252"),
            "\r\nk8;01.10.2024;elevsamtale;;D01;;;;;;på;02.10.2024\r\n".encode("cp1252"),
            id="Windows-1252 med norske datoer",
        ),
        pytest.param(
            f"{KONTAKTER}\r\n".replace(";", "\t").encode("utf-16"),
            "k1\t2024-10-01\televsamtale\t\tD01\t\t\t\t\t\tpå\t2024-10-02\r\n".encode("utf-16-le"),
            id="UTF-16 med tabulator",
        ),
        pytest.param(
            b"sep=,\nregistrert,notat,deltaker,type,dato,id,,vaer\n",
            "2024-10-02,på,D01,elevsamtale,2024-10-01,k1,,\n".encode(),
            id="egne kolonner",
        ),
        pytest.param(
            b"\xef\xbb\xbf",
            f"{KONTAKTER}\r\nk1;2024-10-01;elevsamtale;;D01;;;;;;på;2024-10-02\r\n".encode(),
            id="tom fil",
        ),
    ],
)
def test_det_som_sto_er_begynnelsen_av_det_som_staar(tmp_path: Path, for_: bytes, ny: bytes) -> None:
    (tmp_path / "kontakter.csv").write_bytes(for_)
    _legg_til(tmp_path, notat="på")
    assert (tmp_path / "kontakter.csv").read_bytes() == for_ + ny
    logg = read_logg(tmp_path)
    assert logg.kontakter[-1].dato == date(2024, 10, 1)
    assert {f.kode for f in logg.funn} <= {"ukjent_kolonne"}


def test_id_er_den_neste_som_er_ledig(tmp_path: Path) -> None:
    kontakter(tmp_path, "k9;2024-10-01;x;;D01;;;;;;;", "K11;2024-10-01;x;;D01;;;;;;;", "007;2024-10-01;x;;D01;;;;;;;")
    assert _legg_til(tmp_path)["id"] == "k12"
    assert _legg_til(tmp_path, id="egen")["id"] == "egen"
    rows = append(tmp_path, "kontakter", lambda _now: [RAD, RAD])
    assert [row["id"] for row in rows] == ["k13", "k14"]


def test_en_ny_id_er_heller_ikke_en_av_dem_som_kommer_samtidig(tmp_path: Path) -> None:
    rows = append(tmp_path, "kontakter", lambda _now: [RAD, {**RAD, "id": "k1"}, RAD])
    assert [row["id"] for row in rows] == ["k2", "k1", "k3"]


@pytest.mark.parametrize("tall", ["01019012345", "010190 12345", "skriv 010190-12345 her"])
def test_elleve_siffer_avvises_uten_aa_gjentas(tmp_path: Path, tall: str) -> None:
    with pytest.raises(Inndatafeil) as fault:
        _legg_til(tmp_path, notat=tall)
    assert "12345" not in str(fault.value)
    assert list(tmp_path.glob("*.csv")) == []


@pytest.mark.parametrize(
    "tekst", ["a\x00b", "a\x1bb", "a\x9bb", "a\u202eb", "a\u2066b", "a\ud800", "a\ufffe", "a" * 40_000]
)
def test_det_en_celle_ikke_kan_holde_avvises(tmp_path: Path, tekst: str) -> None:
    with pytest.raises(Inndatafeil):
        _legg_til(tmp_path, notat=tekst)
    assert list(tmp_path.glob("*.csv")) == []


def test_en_fil_som_mangler_en_kolonne_faar_ikke_en_halv_rad(tmp_path: Path) -> None:
    path = tmp_path / "kontakter.csv"
    path.write_bytes(b"id;dato;type;deltaker\n")
    with pytest.raises(Inndatafeil, match=r"kontakter\.csv:1: .*«registrert»"):
        _legg_til(tmp_path)
    assert path.read_bytes() == b"id;dato;type;deltaker\n"


def test_et_tegn_filens_tegnsett_ikke_har(tmp_path: Path) -> None:
    path = tmp_path / "kontakter.csv"
    path.write_bytes(f"{KONTAKTER}\nk1;2024-10-01;x;;D01;;;;;;på;\n".encode("cp1252"))
    before = path.read_bytes()
    with pytest.raises(Inndatafeil, match="«Ł»"):
        _legg_til(tmp_path, notat="Łódź")
    assert path.read_bytes() == before


def test_en_ny_rad_havner_ikke_inne_i_et_aapent_notat(tmp_path: Path) -> None:
    path = kontakter(tmp_path, "k1;2024-10-01;x;;D01;;;;;;;", 'k2;2024-10-01;x;;D01;;;;;;"åpent;')
    before = path.read_bytes()
    with pytest.raises(Inndatafeil, match=r"kontakter\.csv:3: .*anførselstegn"):
        _legg_til(tmp_path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("merke", [".~lock.kontakter.csv#", "~$kontakter.csv"])
def test_en_fil_som_er_aapen_i_et_regneark_roeres_ikke(tmp_path: Path, merke: str) -> None:
    path = kontakter(tmp_path, "k1;2024-10-01;x;;D01;;;;;;;")
    before = path.read_bytes()
    (tmp_path / merke).touch()
    with pytest.raises(Systemfeil, match="åpen i et regneark"):
        _legg_til(tmp_path)
    assert path.read_bytes() == before
    (tmp_path / merke).unlink()
    _legg_til(tmp_path)
    assert path.read_bytes().startswith(before)


def test_det_noen_lagret_imens_blir_med(tmp_path: Path) -> None:
    path = kontakter(tmp_path, "k1;2024-10-01;x;;D01;;;;;;;")
    saved = iter([b"k2;2024-10-02;x;;D02;;;;;;;\n"])

    def make(now: Naa) -> list[Mapping[str, str]]:
        row = {**RAD, "id": now.ny_id()}
        for line in saved:  # somebody saves the file while the row is made
            path.write_bytes(path.read_bytes() + line)
        return [row]

    append(tmp_path, "kontakter", make)
    assert [k.id for k in read_logg(tmp_path).kontakter] == ["k1", "k2", "k3"]


def test_en_fil_som_aldri_er_i_ro_sies_det_fra_om(tmp_path: Path) -> None:
    path = kontakter(tmp_path)

    def make(_now: Naa) -> list[Mapping[str, str]]:
        path.write_bytes(path.read_bytes() + b"\n")
        return [RAD]

    with pytest.raises(Systemfeil, match="endrer filen"):
        append(tmp_path, "kontakter", make)
    assert read_logg(tmp_path).kontakter == ()


def test_naar_disken_sier_nei_staar_det_gamle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kontakter(tmp_path, "k1;2024-10-01;x;;D01;;;;;;;")
    before = path.read_bytes()

    def denied(_temporary: Path, _target: Path) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(skriv, "_rename", denied)
    with pytest.raises(Systemfeil):
        _legg_til(tmp_path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".tmp"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="plattform: lenker krever rettigheter")
def test_en_lenke_folges(tmp_path: Path) -> None:
    (tmp_path / "felles").mkdir()
    path = kontakter(tmp_path / "felles")
    (tmp_path / "mappe").mkdir()
    (tmp_path / "mappe" / "kontakter.csv").symlink_to(path)
    _legg_til(tmp_path / "mappe")
    assert (tmp_path / "mappe" / "kontakter.csv").is_symlink()
    assert len(read_logg(tmp_path / "felles").kontakter) == 1


SNUR = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NOTATER = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters=SNUR) | st.sampled_from("\n\t\";,'=+-@|")
).filter(lambda text: not any(c.isdecimal() for c in text))
DIALEKTER = st.tuples(
    st.sampled_from(";,\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n", "\r"])
)


@pytest.mark.treg
@settings(deadline=None)  # the disk decides
@given(
    DIALEKTER,
    st.lists(st.tuples(NOTATER, st.from_regex(r"[A-Za-z0-9][A-Za-z._-]{0,5}", fullmatch=True)), min_size=1, max_size=4),
)
def test_all_tekst_kommer_tilbake_i_alle_dialekter(
    tmp_path_factory: pytest.TempPathFactory, dialekt: tuple[str, str, str], rader: list[tuple[str, str]]
) -> None:
    delimiter, encoding, newline = dialekt
    folder = tmp_path_factory.mktemp("logg")
    path = folder / "kontakter.csv"
    sep = f"sep=|{newline}" if delimiter == "|" else ""
    path.write_bytes((sep + KONTAKTER.replace(";", delimiter) + newline).encode(encoding))
    for notat, id_ in rader:
        before = path.read_bytes()
        _legg_til(folder, notat=notat, id=id_)
        assert path.read_bytes().startswith(before)
    found, funn = read_rader(path, "kontakter")
    assert [(rad["notat"], rad["id"]) for rad in found] == [(notat.strip(), id_) for notat, id_ in rader]
    assert funn == []
    assert len(read_logg(folder).kontakter) == len(rader)


def _bok(path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.table import Table

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "kontakter"
    sheet.append(KONTAKTER.split(";"))
    sheet.append(
        ["k1", date(2024, 9, 1), "elevsamtale", None, "007", None, None, None, None, None, "notat", date(2024, 9, 1)]
    )
    sheet["B2"].number_format = "dd.mm.yyyy"
    sheet["A1"].font = Font(bold=True)
    sheet.add_table(Table(displayName="Logg", ref="A1:L2"))
    book.create_sheet("annet")["A1"] = "blir stående"
    book.save(path)


def test_i_et_regneark_kommer_raden_under_den_siste(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "kontakter.xlsx"
    _bok(path)
    _legg_til(tmp_path, notat="=1+1")
    logg = read_logg(tmp_path)
    assert [(k.id, k.dato) for k in logg.kontakter] == [("k1", date(2024, 9, 1)), ("k2", date(2024, 10, 1))]
    book = load_workbook(path)
    sheet = book["kontakter"]
    assert sheet["K3"].value == "'=1+1"
    assert sheet["K3"].data_type == "s"
    assert sheet["B3"].is_date
    assert sheet["B3"].number_format == "dd.mm.yyyy"
    assert sheet["A1"].font.bold
    assert sheet.tables["Logg"].ref == "A1:L3"
    assert book["annet"]["A1"].value == "blir stående"


@pytest.mark.parametrize("hva", ["formel", "bilde"])
def test_et_regneark_som_ville_mistet_noe_roeres_ikke(tmp_path: Path, hva: str) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "kontakter.xlsx"
    _bok(path)
    if hva == "formel":
        book = load_workbook(path)
        book["annet"]["A2"] = "=COUNTA(kontakter!A:A)"
        book.save(path)
    else:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/media/image1.png", b"png")
    before = path.read_bytes()
    with pytest.raises(Inndatafeil, match="gått tapt"):
        _legg_til(tmp_path)
    assert path.read_bytes() == before


def test_regnearket_er_helt_ogsaa_for_andre_lesere(tmp_path: Path) -> None:
    path = tmp_path / "kontakter.xlsx"
    _bok(path)
    _legg_til(tmp_path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert archive.testzip() is None
