"""The option that rewrites the gallery's expected messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--oppdater-galleri",
        action="store_true",
        help="Skriv meldingene i tests/feil på nytt. Les dem etterpå.",
    )
