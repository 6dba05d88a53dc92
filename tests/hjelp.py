"""Names the tests import: where the project is, and the shape of the `kjor` fixture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from click.testing import Result

ROT = Path(__file__).resolve().parents[1]
"""The project's top folder."""

ICAL_JS = ROT / "tests" / "js" / "node_modules" / "ical.js"

KREV_ALT = "OPPFOLGING_KREV_ALT"
"""Environment variable set where everything is installed: a skip is then a failure …"""

UTENFOR_OSS = ("plattform:", "root")
"""… unless its reason has one of these words: another system, or a user who may do everything."""


EKSEMPLER = ("oslo-helsfyr", "sorumsand", "vestby", "vestland")
"""The example classes. What runs on all of them runs on one at every save, and on the others with the slow tests."""

HVERT_EKSEMPEL = [pytest.param(name, marks=() if name == "vestby" else pytest.mark.treg) for name in EKSEMPLER]
"""The same, for ``parametrize``."""


class Kjor(Protocol):
    """Run a command line in this process: `kjor("utvid", "--mappe", mappe)`."""

    def __call__(self, *ord_: str | Path, stdin: str | None = None) -> Result: ...
