"""What is generated is what the program would generate now."""

from __future__ import annotations

import subprocess
import sys

from hjelp import ROT


def test_kommandoene_er_beskrevet_slik_de_er_naa() -> None:
    """docs/kommandoer.md is the help of the commands. What they answer: test_dokumentasjon_kommandoer.py."""
    result = subprocess.run(
        [sys.executable, str(ROT / "docs" / "lag_kommandoer.py"), "--sjekk"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
