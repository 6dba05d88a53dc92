"""Consoles and systems: any code page, colours only where they are asked for, Windows line ends, long paths."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from hjelp import ROT, Kjor
from oppfolgingscli.cli import rot

VESTBY = ROT / "eksempler" / "vestby"
PER = ("--per", "2024-05-06")

HJELP_OG_FEIL = (
    ("--help",),
    ("hjelp", "sjekk"),
    ("rutiner", "vis", "vestby"),
    ("rutiner", "vis", "vestbyå"),
    ("sjekk", *PER),
)
TEGNSETT = ("cp1252", "cp850", "ascii", "ascii:strict", "utf-8")


def program(*words: str, cwd: Path = VESTBY, **env: str) -> subprocess.CompletedProcess[bytes]:
    clean = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LANGUAGE"}}
    return subprocess.run(
        [sys.executable, "-m", "oppfolgingscli", *words],
        cwd=cwd, env={**clean, "OPPFOLGING_SPRAK": "nb", **env}, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.treg
@pytest.mark.parametrize("ord_", HJELP_OG_FEIL, ids=" ".join)
def test_intet_tegnsett_stopper_et_svar(ord_: tuple[str, ...]) -> None:
    """Whatever the console can show, the answer comes and the exit code is the same; æ may be a question mark."""
    codes, lines = set(), set()
    for name in TEGNSETT:
        result = program(*ord_, PYTHONIOENCODING=name, PYTHONUTF8="0", LC_ALL="C")
        assert b"Traceback" not in result.stderr
        assert b"Error" not in result.stderr
        codes.add(result.returncode)
        lines.add(len(result.stdout.splitlines()))
    assert len(codes) == 1
    assert len(lines) == 1
    assert codes <= {0, 1, 2, 3}


def test_maskinsvar_er_utf8_uansett_tegnsett() -> None:
    result = program("rutiner", "vis", "vestby", "--format", "json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (
        "vidareg" in json.dumps(json.loads(result.stdout.decode()), ensure_ascii=False) or "ø" in result.stdout.decode()
    )


@pytest.mark.skipif(sys.platform == "win32", reason="plattform: Windows har ikke slike navn")
def test_et_filnavn_som_ikke_er_tekst_stopper_ingen_melding() -> None:
    result = program("sjekk", "--mappe", os.fsdecode(b"m\xe5ned"))
    assert result.returncode == 3
    assert b"Traceback" not in result.stderr


# --- Colours -----------------------------------------------------------------------------------

FARGERIKE = [
    ("--help",),
    ("hjelp",),
    ("hjelp", "logg"),
    ("rutiner", "liste"),
    ("rutiner", "vis", "vestby"),
    ("rutiner", "sammenlign", "vestby", "oslo"),
    ("rutiner", "finnes-ikke"),
    ("utvid",),
    ("sjekk", *PER),
    ("sjekk", "--forklar", "D02", *PER),
    ("rapport", *PER),
    ("arshjul", *PER),
    ("belastning", *PER),
    ("plan", "--prov", "--metode", "grisk", *PER),
    ("logg", "vis"),
    ("sjekk", "--deltaker", "finnes-ikke"),
]


@pytest.mark.treg
@pytest.mark.parametrize("ord_", FARGERIKE, ids=" ".join)
def test_no_color_gar_foran_force_color(kjor: Kjor, monkeypatch: pytest.MonkeyPatch, ord_: tuple[str, ...]) -> None:
    monkeypatch.chdir(VESTBY)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b" not in kjor(*ord_).output


@pytest.mark.treg
@pytest.mark.parametrize(
    ("miljo", "ord_", "farger"),
    [
        ({}, (), False),
        ({"FORCE_COLOR": "1"}, (), True),
        ({"FORCE_COLOR": ""}, (), False),
        ({"FORCE_COLOR": "1"}, ("--ingen-farge",), False),
        ({"NO_COLOR": "1"}, ("--farge",), True),
        ({"NO_COLOR": ""}, ("--farge",), True),
    ],
)
@pytest.mark.parametrize("kommando", [("sjekk", *PER), ("hjelp", "logg"), ("rutiner", "liste")], ids=" ".join)
def test_farger_nar_man_ber_om_dem(
    kjor: Kjor, monkeypatch: pytest.MonkeyPatch, kommando: tuple[str, ...], miljo: dict[str, str], ord_: tuple[str, ...], *, farger: bool,
) -> None:  # fmt: skip
    monkeypatch.chdir(VESTBY)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in miljo.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in kjor(*kommando, *ord_).stdout) == farger


def test_maskinsvar_har_aldri_farger(kjor: Kjor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(VESTBY)
    monkeypatch.setenv("FORCE_COLOR", "1")
    for words in (("sjekk", *PER), ("rutiner", "liste"), ("utvid",), ("logg", "vis")):
        assert "\x1b" not in kjor(*words, "--format", "json").stdout


# --- --format ----------------------------------------------------------------------------------

UTEN_FORMAT = {"web", "demo", "fullforing", "rutiner skjema"}
"""A server; a tour for people; a script; what is JSON already."""
IKKE_JSON = {"handbok"}
"""A document; the routine set behind it is `rutiner vis --format json`."""


def _commands(command: click.Command, path: str, ctx: click.Context) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name in command.list_commands(ctx):
        below = command.get_command(ctx, name)
        assert below is not None
        yield from _commands(below, f"{path} {name}".strip(), click.Context(below, info_name=name, parent=ctx))


def test_alle_kommandoer_som_svarer_kan_svare_json() -> None:
    lacking = set()
    for path, command in _commands(rot, "", click.Context(rot, info_name="oppfolging")):
        formats = [p.type.choices for p in command.params if p.name == "utformat" and isinstance(p.type, click.Choice)]
        if path not in UTEN_FORMAT | IKKE_JSON and not (formats and "json" in formats[0]):
            lacking.add(path)
    assert lacking == set()


# --- Other systems' files ----------------------------------------------------------------------


def test_linjeskift_fra_windows_gir_det_samme(kjor: Kjor, tmp_path: Path) -> None:
    """Every file of a workspace with CRLF, and with a BOM as Notepad writes it."""
    for name, bom in (("lf", b""), ("crlf", b""), ("bom", b"\xef\xbb\xbf")):
        shutil.copytree(VESTBY, tmp_path / name)
        for file in (tmp_path / name).iterdir():
            text = file.read_bytes().replace(b"\r\n", b"\n")
            file.write_bytes(bom + (text.replace(b"\n", b"\r\n") if name != "lf" else text))
    answers = [
        kjor("sjekk", "--mappe", tmp_path / name, *PER, "--format", "json").stdout for name in ("lf", "crlf", "bom")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0]) > 1000


def test_omvendte_skrastreker_i_filstier(kjor: Kjor, tmp_path: Path) -> None:
    """A path written as Windows shows it is the same path everywhere."""
    kjor("ny", tmp_path / "bua", "--rutiner", "oslo", "--per", "2026-03-01")
    (tmp_path / "bua" / "lister").mkdir()
    (tmp_path / "bua" / "deltakere.csv").write_text("id\nD01\n", encoding="utf-8")
    (tmp_path / "bua" / "deltakere.csv").rename(tmp_path / "bua" / "lister" / "deltakere.csv")
    setup = tmp_path / "bua" / "oppfolging.toml"
    text = setup.read_text(encoding="utf-8").replace('"deltakere.csv"', "'lister\\deltakere.csv'")
    setup.write_text(text, encoding="utf-8")
    assert {
        p["subjekt"]
        for p in json.loads(kjor("utvid", "--mappe", tmp_path / "bua", "--format", "json").stdout)["punkter"]
    } == {
        "bua",
        "D01",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="plattform: Windows har en egen grense på 260 tegn")
def test_lange_stier(kjor: Kjor, tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["en-mappe-med-et-ganske-langt-navn"] * 12)
    deep.mkdir(parents=True)
    assert len(str(deep)) > 300
    assert kjor("ny", deep / "bua", "--rutiner", "oslo").exit_code == 0
    assert kjor("kalender", "--mappe", deep / "bua", "--rolle", "kontaktlaerer").exit_code == 0
    result = kjor("sjekk", "--mappe", deep / "bua", "--ut", deep / ("x" * 300 + ".json"))
    assert result.exit_code == 4
    assert "navnet er for langt" in result.stderr
