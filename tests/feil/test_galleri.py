"""The gallery: bad files as people make them, and the complete message each one gives.

Each folder holds the files, `forventet.txt` with all of stderr, and perhaps `kommando.txt` (else the folder is
checked with `rutiner valider .`). After a change of wording: `pytest tests/feil -n0 --oppdater-galleri`, and read.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hjelp import Kjor
from oppfolgingscli.personvern import has_fodselsnummer

HER = Path(__file__).parent
TILFELLER = sorted(path for path in HER.iterdir() if path.name[:2].isdigit())
SKIKK = {"forventet.txt", "kommando.txt"}


def command(folder: Path) -> list[str]:
    """Return the words after `oppfolging`."""
    file = folder / "kommando.txt"
    return shlex.split(file.read_text(encoding="utf-8")) if file.exists() else ["rutiner", "valider", "."]


@pytest.mark.parametrize("tilfelle", TILFELLER, ids=lambda path: path.name)
def test_meldingen_er_som_ventet(
    tilfelle: Path,
    tmp_path: Path,
    kjor: Kjor,
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
) -> None:
    work = tmp_path / "her"
    shutil.copytree(tilfelle, work, ignore=shutil.ignore_patterns(*SKIKK))
    monkeypatch.chdir(work)
    result = kjor(*command(tilfelle))
    if pytestconfig.getoption("--oppdater-galleri", default=False):
        (tilfelle / "forventet.txt").write_text(result.stderr, encoding="utf-8", newline="\n")
    assert result.exit_code == 3, result.output
    assert "Traceback" not in result.output
    assert result.stderr == (tilfelle / "forventet.txt").read_text(encoding="utf-8")
    assert not has_fodselsnummer(result.output.replace("\n", " | "))


@pytest.mark.treg
@pytest.mark.parametrize("navn", ["tom-fil", "feil-i-tre-filer", "elleve-siffer-i-id"])
def test_programmet_selv_gir_samme_melding(navn: str, tmp_path: Path) -> None:
    """A few of them through a process of their own: exit code and bytes as the shell sees them."""
    folder = next(path for path in TILFELLER if path.name[3:] == navn)
    work = tmp_path / "her"
    shutil.copytree(folder, work, ignore=shutil.ignore_patterns(*SKIKK))
    words = [sys.executable, "-m", "oppfolgingscli", *command(folder)]
    done = subprocess.run(words, cwd=work, capture_output=True, check=False)
    assert done.returncode == 3
    assert done.stderr.decode() == (folder / "forventet.txt").read_text(encoding="utf-8")


def test_galleriet_er_stort_nok() -> None:
    assert len(TILFELLER) >= 45
    assert all((folder / "forventet.txt").read_text(encoding="utf-8").strip() for folder in TILFELLER)
