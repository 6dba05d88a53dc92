"""What a file may hold: everything a person writes, and nothing that would use up the time or the memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ildprove import bombefiler
from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.hendelse import Varsel
from oppfolgingscli.les import fil, logg_fil, plan, regneark, tabell, toml
from oppfolgingscli.les.fil import check_lines, read_bytes
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.les.plan import read_plan
from oppfolgingscli.les.regneark import read_rows
from oppfolgingscli.les.rutinesett import read_rutinesett
from oppfolgingscli.les.tabell import read_tabell
from oppfolgingscli.les.toml import read_dokument


def _toml(mappe: Path, text: str) -> list[str]:
    (mappe / "a.toml").write_text(text, encoding="utf-8")
    feil: list[Feil] = []
    read_dokument(mappe / "a.toml", feil)
    return [str(f).removeprefix(mappe.as_posix()) for f in feil]


# --- Lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "ventet"),
    [
        (b"a;b\r\n" * 50, None),
        (b"a" * 99 + b"\n" + b"b" * 99, None),
        (b"a\n" * 30 + b"b" * 150 + b"\na\n", (31, "Linjen er for lang: mer enn 100 tegn.")),
        (b"a" * 101, (1, "Linjen er for lang: mer enn 100 tegn.")),
        (b"a\r" * 60, None),
        (b"a\n" * 1001, (None, "Filen har mer enn 1\u00a0000 linjer.")),
        (b"\r" * 1001, (None, "Filen har mer enn 1\u00a0000 linjer.")),
    ],
)
def test_linjene_i_en_fil(monkeypatch: pytest.MonkeyPatch, raw: bytes, ventet: tuple[int | None, str] | None) -> None:
    monkeypatch.setattr(fil, "MAX_LINJE", 100)
    found = check_lines(Path("t.csv"), raw, 1000)
    assert ventet == (None if found is None or found.sted is None else (found.sted.linje, found.melding))


def test_for_mange_celler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fil, "MAX_CELLER", 10)
    assert check_lines(Path("t.csv"), b"a;b\n" * 10) is None
    assert check_lines(Path("t.csv"), b"a;b\n" * 11) is not None


def test_en_fil_som_vokser_mens_den_leses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a" * 50)
    monkeypatch.setattr(fil, "_no_file", lambda *_: None)  # the size was asked for, and then it grew
    feil: list[Feil] = []
    assert read_bytes(path, feil, 40) is None
    assert [f.kode for f in feil] == ["for_stor"]


def test_en_fil_som_blir_borte_foer_den_leses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fil, "_no_file", lambda *_: None)
    feil: list[Feil] = []
    assert read_bytes(tmp_path / "t.csv", feil) is None
    assert [f.kode for f in feil] == ["finnes_ikke"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_et_ror_leses_ikke(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "t.csv")
    feil: list[Feil] = []
    assert read_bytes(tmp_path / "t.csv", feil) is None
    assert [f.kode for f in feil] == ["ikke_fil"]


# --- TOML ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ventet"),
    [
        ("x = " + "9" * 5000, "/a.toml:1:5: Tallet har for mange sifre. Sett anførselstegn rundt tekst."),
        ("x = 0x" + "f" * 300, "/a.toml:1:5: Tallet har for mange sifre."),
        ("a" + ".a" * 50 + " = 1", "/a.toml:1:2: Nøkkelen har for mange ledd."),
        ("[a" + " . 'b'" * 50 + "]", "/a.toml:1:4: Nøkkelen har for mange ledd."),
        ("x = [" + "1," * 30_001 + "]", "/a.toml: Filen har for mange verdier til å leses. Bruk en tabell (deltakere.csv) når deltakerne er mange."),
    ],
)  # fmt: skip
def test_toml_ingen_ville_skrevet(tmp_path: Path, text: str, ventet: str) -> None:
    assert _toml(tmp_path, text) == [ventet]


def test_toml_noen_kan_ha_skrevet(tmp_path: Path) -> None:
    assert _toml(tmp_path, 'x = "a.b.c.d.e.f.g.h"\ny = 123456\n"a.b".c.d = 0xffff\n') == []


def test_av_mange_feil_vises_de_foerste(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml, "MAX_FEIL", 3)
    path = tmp_path / "a.toml"
    path.write_text("[rutinesett]\n" + "".join(f"x{i} = 1\n" for i in range(50)), encoding="utf-8")
    feil: list[Feil] = []
    read_rutinesett(path, feil)
    assert sum(f.kode == "ukjent_nokkel" for f in feil) <= 3
    assert any(f.kode == "flere_feil" for f in feil)


def test_et_sett_som_gir_for_mange_punkter(tmp_path: Path) -> None:
    _class = bombefiler._ROUTINE
    head = 'format = 1\n[rutinesett]\nid = "x"\nnavn = "X"\nkilde = "x"\ngjelder_fra = 2024-08-01\n'
    head += '[roller.kontaktlaerer]\nnavn = "K"\netat = "skole"\n'
    for frekvens, ok in (('antall = 90, per = "uke"', True), ('antall = 100, per = "uke"', False)):
        (tmp_path / "a.toml").write_text(head + _class.format(i=1, frekvens=frekvens), encoding="utf-8")
        feil: list[Feil] = []
        read_rutinesett(tmp_path / "a.toml", feil)
        assert [f.kode for f in feil] == ([] if ok else ["for_mange_punkter"])


# --- Tables -------------------------------------------------------------------------------------


def test_en_tabell_med_bare_feil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabell, "MAX_FEIL", 5)
    (tmp_path / "t.csv").write_bytes(b"id\n" + b"x;y\n" * 100)
    feil: list[Feil] = []
    read_tabell(tmp_path / "t.csv", {"id": ()}, ("id",), feil)
    assert [f.kode for f in feil] == [*["for_mange_celler"] * 5, "flere_feil"]


def test_en_tabell_med_flere_kolonner_enn_noen_har(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (tabell,):
        monkeypatch.setattr(module, "MAX_KOLONNER", 20)
    head = b"id;dato;type;deltaker;punkt;start" + b";a" * 20 + b"\n"
    for name in ("t.csv", "kontakter.csv", "plan.csv"):
        (tmp_path / name).write_bytes(head)
    feil: list[Feil] = []
    read_tabell(tmp_path / "t.csv", {"id": ()}, ("id",), feil)
    with pytest.raises(Inndatafeil) as log:
        read_logg(tmp_path)
    with pytest.raises(Inndatafeil) as plan_:
        read_plan(tmp_path)
    assert [f.kode for f in (*feil, *log.value.feil, *plan_.value.feil)] == ["for_stor"] * 3


def test_en_logg_der_ingen_rader_kan_leses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logg_fil, "MAX_FUNN", 10)
    path = tmp_path / "kontakter.csv"
    path.write_bytes(b"id;dato;type;deltaker\n" + b"k;i fjor;x;D01\n" * 10)
    assert len(read_logg(tmp_path).funn) == 10
    path.write_bytes(b"id;dato;type;deltaker\n" + b"k;i fjor;x;D01\n" * 11)
    with pytest.raises(Inndatafeil) as found:
        read_logg(tmp_path)
    assert [f.kode for f in found.value.feil] == ["for_mange_feil"]


def test_en_plan_der_ingen_rader_kan_leses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "MAX_FUNN", 10)
    (tmp_path / "plan.csv").write_bytes(b"punkt;dato;start\n" + b"".join(b"p%d;i fjor;\n" % i for i in range(11)))
    with pytest.raises(Inndatafeil) as found:
        read_plan(tmp_path)
    assert [f.kode for f in found.value.feil] == ["for_mange_feil"]


# --- Workbooks ----------------------------------------------------------------------------------


def _rows(path: Path) -> tuple[list[tuple[int, list[str]]] | None, list[str]]:
    feil: list[Feil] = []
    rows = read_rows(path, path.read_bytes(), feil)
    return rows, [f.kode for f in feil]


@pytest.mark.parametrize(
    ("lag", "koder"),
    [
        (bombefiler._laughs, ["ulest_regneark"]),
        (bombefiler._quadratic, ["ulest_regneark"]),
        (bombefiler._external, ["ulest_regneark"]),
        (bombefiler._nested_zip, ["ulest_regneark"]),
        (bombefiler._sparse_rows, ["for_stor"]),
        (bombefiler._many_rows, ["for_stor"]),
        (bombefiler._attributes, ["for_stor"]),
        (lambda path: bombefiler._styles(path, 60_000), ["for_stor"]),
    ],
)
def test_regneark_laget_for_aa_felle_programmet(tmp_path: Path, lag: object, koder: list[str]) -> None:
    path = tmp_path / "kontakter.xlsx"
    lag(path)  # type: ignore[operator] # one of the makers above
    assert _rows(path) == (None, koder)


def test_et_ark_med_noe_langt_til_hoyre(tmp_path: Path) -> None:
    path = tmp_path / "kontakter.xlsx"
    bombefiler._book(path, '<row r="3"><c r="A3"><v>7</v></c><c r="XFD3"><v>1</v></c></row>')
    rows, koder = _rows(path)
    assert koder == []
    assert rows is not None
    assert [(line, [cell for cell in cells if cell]) for line, cells in rows] == [
        (1, ["dato", "type", "deltaker"]), (3, ["7"]),
    ]  # fmt: skip
    assert len(rows[1][1]) == regneark.MAX_KOLONNER


# --- Messages -----------------------------------------------------------------------------------


def test_feil_og_funn_kan_alltid_vises() -> None:
    fault = Feil("x", "her: \x1b[31m\u202e 01010112345", Sted("a\nb.csv", 3), "slik: \x00")
    assert str(fault) == "a�b.csv:3: her: �[31m� ••••••••••• slik: �"
    found = Varsel("x", "a\x1bb.csv:3", "ukjent \u2066type")
    assert (found.sted, found.melding) == ("a�b.csv:3", "ukjent �type")
