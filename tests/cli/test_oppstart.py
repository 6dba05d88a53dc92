"""Starting is cheap: --help and --version import no library they do not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

TUNGE = {"pydantic", "rich", "icalendar", "openpyxl", "babel", "dateutil", "jinja2", "polars"}


def _loaded(*words: str) -> set[str]:
    code = (
        "import sys\n"
        f"sys.argv = ['oppfolging', *{words!r}]\n"
        "from oppfolgingscli.__main__ import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print('LASTET', *sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return set(result.stdout.rpartition("LASTET ")[2].split())


@pytest.mark.parametrize("ord_", ["--help", "--version"])
def test_hjelp_og_versjon_laster_ingen_tunge_biblioteker(ord_: str) -> None:
    loaded = _loaded(ord_)
    assert "oppfolgingscli.cli" in loaded
    assert not {name.split(".")[0] for name in loaded} & TUNGE


def test_hjelpen_laster_ingen_av_kommandoene() -> None:
    from oppfolgingscli.cli import KOMMANDOER

    assert not _loaded("--help") & {entry.modul for entry in KOMMANDOER.values()}
