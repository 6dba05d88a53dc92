"""Reading one TOML file: what is accepted, and that nothing escapes the search for identity numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from oppfolgingscli.feil import Feil
from oppfolgingscli.les.toml import _SYNTAX, read_dokument


def _read(path: Path, raw: bytes) -> tuple[object, list[Feil]]:
    file = path / "x.toml"
    file.write_bytes(raw)
    feil: list[Feil] = []
    dok = read_dokument(file, feil)
    return (dok.data if dok else None), feil


@pytest.mark.parametrize("raw", [b"a = 1\nb = '\xc3\xa6'\n", b"\xef\xbb\xbfa = 1\r\nb = '\xc3\xa6'\r\n"])
def test_utf8_med_og_uten_bom_og_begge_linjeskift(tmp_path: Path, raw: bytes) -> None:
    assert _read(tmp_path, raw) == ({"a": 1, "b": "æ"}, [])


@pytest.mark.parametrize(
    "text",
    [
        'a = "01019012345"',
        "# ring 010190 12345",
        "a = 01019012345",  # not TOML either: both faults
        "a = 1_019_012_3451",
        'a = "0101901234\\u0035"',
        '"010190-12345" = 1',
        "a = 10190123451",
        'a = """01019\\\n   012345"""',
    ],
)
def test_elleve_siffer_blir_funnet_overalt_og_aldri_gjentatt(tmp_path: Path, text: str) -> None:
    _data, feil = _read(tmp_path, text.encode())
    assert feil[0].kode == "fodselsnummer"
    assert feil[0].sted is not None
    assert feil[0].sted.linje == 1
    assert not any(digits in str(f) for f in feil for digits in ("010190", "012345", "1019012"))


def test_stedet_for_et_tegn_som_ikke_er_utf8(tmp_path: Path) -> None:
    _data, feil = _read(tmp_path, "a = 'æ'\nb = 'æ".encode() + b"\xe6'\n")
    (fault,) = feil
    assert fault.sted is not None
    assert (fault.kode, fault.sted.linje, fault.sted.kolonne) == ("ikke_utf8", 2, 7)


@pytest.mark.parametrize(
    "text",
    [
        "a", "a =", "= 1", "a = [1", "a = {b = 1", 'a = "b', "a = 'b", 'a = """b', "a = 1 2", "a = 1\na = 2", "[a]\n[a]",
        "a = 1\n[a]", "a = {b = 1, b = 2}", "a = {}\na.b = 1", "[a", "[[a]", 'a = "\\x"', 'a = "\\u12"', 'a = "\\ud800"',
        "a = 2024-02-30", "a = \x01", "\x01", "a = 1\n[[a]]", "å = 1", "a.b = 1\n[a]\nb = 2",
    ],
)  # fmt: skip
def test_syntaksfeil_sies_pa_norsk_med_linje(tmp_path: Path, text: str) -> None:
    _data, feil = _read(tmp_path, text.encode())
    (fault,) = feil
    assert fault.kode == "toml"
    assert fault.sted is not None
    assert fault.sted.linje
    assert fault.rad
    assert "ikke gyldig TOML her" not in fault.melding, "this fault has a sentence of its own"


def test_setningene_dekker_hver_sin_feil() -> None:
    begins = [entry[0] for entry in _SYNTAX]
    assert len(set(begins)) == len(begins)


def test_uhyrlig_dype_verdier_er_en_feil(tmp_path: Path) -> None:
    _data, feil = _read(tmp_path, b"a = " + b"[" * 20_000)
    assert [fault.kode for fault in feil] == ["toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="plattform: rettigheter finnes ikke slik her")
def test_en_fil_uten_lesetilgang(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text("a = 1", encoding="utf-8")
    file.chmod(0)
    try:
        file.read_bytes()
    except PermissionError:
        feil: list[Feil] = []
        assert read_dokument(file, feil) is None
        assert [fault.kode for fault in feil] == ["ingen_tilgang"]
    else:
        pytest.skip("root kan lese alt")
    finally:
        file.chmod(0o600)


def test_en_lenke_i_ring_er_en_feil(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    try:
        file.symlink_to(file)
    except OSError:
        pytest.skip("plattform: lenker er ikke lov her")
    feil: list[Feil] = []
    assert read_dokument(file, feil) is None
    assert len(feil) == 1
