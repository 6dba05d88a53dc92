"""What the tests of the measures share."""

from __future__ import annotations

from pathlib import Path

import pytest

from vurder.hjelp import Prove


@pytest.fixture
def prove(tmp_path: Path) -> Prove:
    """A folder to write a class, its routines and its log to."""
    return Prove(tmp_path)
