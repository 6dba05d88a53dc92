"""What one server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

LOKALT: Final = ("127.0.0.1", "localhost", "::1")
"""Names of this machine for itself."""
ALLE: Final = ("0.0.0.0", "::")  # noqa: S104 - recognised here, never the default
"""What stands for every address the machine has."""


@dataclass(frozen=True, slots=True)
class Oppsett:
    """``mappe``: the workspace. ``per``: the day it is judged on, None for whatever day it is when somebody asks.

    ``sprak``: the language until a reader chooses another. ``vert``, ``port``: where the server listens.
    ``dager``: how far «soon» reaches.
    """

    mappe: Path
    per: date | None = None
    sprak: str = "nb"
    vert: str = "127.0.0.1"
    port: int = 0
    dager: int = 14

    @property
    def er_lokal(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.vert in LOKALT

    @property
    def kjeks(self) -> str:
        """Return the session cookie's name: cookies know no ports, and two servers must not share one."""
        return f"oppfolging_{self.port}"

    @property
    def adresse(self) -> str:
        """Return the address people write, without a path. For every address: this machine's own name for itself."""
        host = "127.0.0.1" if self.vert in ALLE else self.vert
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
