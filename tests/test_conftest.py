"""Where everything is installed (CI), a test that is skipped is a test that failed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hjelp import KREV_ALT, ROT

if TYPE_CHECKING:
    from pathlib import Path

PROVE = """
import pytest

@pytest.mark.skipif(True, reason="node er ikke installert")
def test_mangler(): ...

@pytest.mark.skipif(True, reason="plattform: bare i Windows")
def test_annet_system(): ...

@pytest.mark.xfail(reason="venter på noe")
def test_ventet_feil(): assert False

def test_virker(): ...
"""


@pytest.mark.treg
@pytest.mark.parametrize(
    ("krev", "ventet"),
    [("", "1 passed, 2 skipped, 1 xfailed"), ("1", "1 passed, 1 skipped, 1 xfailed, 1 error")],
)
def test_et_hopp_over_er_en_feil_naar_alt_kreves(tmp_path: Path, krev: str, ventet: str) -> None:
    (tmp_path / "test_prove.py").write_text(PROVE, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "conftest", "-q", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROT / "tests"), KREV_ALT: krev},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ventet in result.stdout
    assert result.returncode == (1 if krev else 0)
