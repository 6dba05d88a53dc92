"""The common options: dates as people write them, colour, width, and output that is the same everywhere."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando, find_sprak

if TYPE_CHECKING:
    from pathlib import Path


@given(st.dates(min_value=date(1000, 1, 1)))
def test_en_dato_leses_slik_folk_skriver_den(dag: date) -> None:
    assert felles.parse_dato(dag.isoformat()) == dag
    assert felles.parse_dato(f"{dag:%d.%m.%Y}") == dag
    assert felles.parse_dato(f" {dag.day}.{dag.month}.{dag.year} ") == dag


@pytest.mark.parametrize(
    "tekst", ["", "2025", "20250301", "2025-3-1", "1/3/2025", "01.03.25", "2025-W10-1", "i dag", "٢٠٢٥-٠٣-٠١"]
)
def test_det_som_ikke_er_en_dato_faar_vite_hvordan_den_skrives(tekst: str) -> None:
    with pytest.raises(ValueError, match=r"2025-03-01 eller 01\.03\.2025"):
        felles.parse_dato(tekst)


@pytest.mark.parametrize("tekst", ["2025-02-29", "31.04.2025", "2025-13-01", "0000-01-01"])
def test_en_dag_som_ikke_finnes(tekst: str) -> None:
    with pytest.raises(ValueError, match="finnes ikke i kalenderen"):
        felles.parse_dato(tekst)


@click.command(cls=Kommando)
@felles.per_valg
@felles.kjent_valg
@felles.ut_valg
@felles.utseende_valg
def _vis(per: date, kjent: date | None, ut: Path | None) -> None:
    felles.si("hint")
    console = felles.konsoll()
    console.print(f"{per} {kjent} [bold]", style="red")
    if ut:
        felles.skriv_ut("æøå\n", ut)


def _run(*words: str) -> str:
    result = CliRunner().invoke(_vis, words)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_per_er_i_dag_naar_den_ikke_er_gitt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(felles, "i_dag", lambda: date(2025, 3, 1))
    assert _run() == "2025-03-01 None [bold]\n"
    assert _run("--per", "24.12.2024", "--kjent", "2024-12-01") == "2024-12-24 2024-12-01 [bold]\n"


def test_farger_bare_naar_noen_ser_dem_eller_ber_om_dem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    words = ("--per", "2025-03-01")
    assert "\x1b[" not in _run(*words)
    assert "\x1b[31m" in _run(*words, "--farge")
    assert "\x1b[" not in _run(*words, "--ingen-farge")


def test_stille_gir_bare_svaret() -> None:
    loud = CliRunner().invoke(_vis, ["--per", "2025-03-01"])
    quiet = CliRunner().invoke(_vis, ["--per", "2025-03-01", "--stille"])
    assert (loud.stderr, quiet.stderr) == ("hint\n", "")
    assert quiet.stdout == loud.stdout


def test_en_fil_skrives_i_utf8(tmp_path: Path) -> None:
    _run("--per", "2025-03-01", "--ut", str(tmp_path / "svar.txt"))
    assert (tmp_path / "svar.txt").read_bytes() == "æøå\n".encode()


def test_svaret_paa_stdout_er_utf8_i_alle_tegnsett() -> None:
    code = "from oppfolgingscli.cli.felles import skriv_ut; skriv_ut('æ\\n', None)"
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={"PYTHONIOENCODING": "latin-1", "SYSTEMROOT": "C:\\Windows"},
        check=True,
    )
    assert result.stdout == "æ\n".encode()


@pytest.mark.parametrize(
    ("ord_", "ventet"),
    [
        (["--sprak", "nn", "utvid"], "nn"),
        (["utvid", "--sprak=en"], "en"),
        (["--sprak", "nn", "utvid", "--sprak", "en"], "en"),
        (["--sprak"], None),
        (["--sprak", "sv"], None),
        (["utvid", "--", "--sprak", "en"], None),
    ],
)
def test_spraakflagget_finnes_hvor_det_enn_staar(ord_: list[str], ventet: str | None) -> None:
    assert find_sprak(ord_) == ventet


def test_alle_kommandoer_har_en_hjelpetekst_som_kan_oversettes() -> None:
    """A help text that is left out would be the English docstring, in every language."""
    from oppfolgingscli.cli import KOMMANDOER, rot

    pending: list[click.Command] = [rot]
    ctx = click.Context(rot)
    pending += [found for name in KOMMANDOER if (found := rot.get_command(ctx, name))]
    assert len(pending) == len(KOMMANDOER) + 1
    while pending:
        command = pending.pop()
        assert isinstance(command, Kommando), command.name
        assert command.help, command.name
        assert command.help != (command.callback.__doc__ or "").strip(), command.name
        for param in command.params:
            assert isinstance(param, click.Argument) or getattr(param, "help", None), param
        if isinstance(command, click.Group) and command.name != rot.name:
            pending += command.commands.values()
