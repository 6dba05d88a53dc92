"""School calendars from their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from oppfolgingscli.les.toml import read_dokument, validate
from oppfolgingscli.modell.skolerute import Skolerute
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.feil import Feil


def read_skolerute(path: Path, feil: list[Feil]) -> Skolerute | None:
    """Read a school calendar; None when there are faults, which are added to ``feil``."""
    dok = read_dokument(path, feil)
    if dok is None:
        return None
    before = len(feil)
    rute = validate(dok, Skolerute, feil)
    if rute is None:
        return None
    seen: set[str] = set()
    for i, year in enumerate(rute.skolear):
        if year.id in seen:
            feil.append(dok.feil("like_id", _("skoleåret står to ganger."), ("skolear", i, "id"), _("Behold bare det ene.")))
        seen.add(year.id)
    return rute if len(feil) == before else None
