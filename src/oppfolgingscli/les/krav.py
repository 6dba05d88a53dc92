"""Requirements from their file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from oppfolgingscli.feil import Inndatafeil
from oppfolgingscli.les.toml import read_dokument, validate
from oppfolgingscli.modell.krav import Kravfil

if TYPE_CHECKING:
    from oppfolgingscli.feil import Feil
    from oppfolgingscli.modell.krav import Krav


def read_krav(path: Path) -> tuple[Krav, ...]:
    """Read a file of requirements.

    Raises:
        Inndatafeil: with every fault in it.
    """
    feil: list[Feil] = []
    dok = read_dokument(path, feil)
    found = validate(dok, Kravfil, feil) if dok is not None else None
    if found is None or feil:
        raise Inndatafeil(feil)
    return found.krav
