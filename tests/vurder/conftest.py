"""What the tests of the judging share."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.register_assert_rewrite("vurder.hjelp")

from vurder.hjelp import Prove  # noqa: E402 - after the line above, so that its asserts explain themselves


@pytest.fixture
def prove(tmp_path: Path) -> Prove:
    """A folder to write a class, its routines and its log to."""
    return Prove(tmp_path)
