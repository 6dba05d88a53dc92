"""The class of the tests of `sjekk`, and a browser in front of it: on 1 March 2024 it owes some of everything."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from hjelp import ROT
from web.tjener import Nettleser

PER = date(2024, 3, 1)


@pytest.fixture
def klasse(tmp_path: Path) -> Path:
    """Four participants, seven routines, and a log (tests/cli/sjekk/klasse)."""
    return Path(shutil.copytree(ROT / "tests" / "cli" / "sjekk" / "klasse", tmp_path / "klasse"))


@pytest.fixture
def leser(klasse: Path) -> Nettleser:
    """A browser that is let in."""
    return Nettleser(klasse, PER)
