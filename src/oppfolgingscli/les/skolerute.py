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
    seen: set[str] = set()
    years = dok.data.get("skolear")
    for i, year in enumerate(years if isinstance(years, list) else ()):
        name = year.get("id") if isinstance(year, dict) else None
        if not isinstance(name, str):
            continue
        if name.strip() in seen:
            feil.append(
                dok.feil("like_id", _("skoleåret står to ganger."), ("skolear", i, "id"), _("Behold bare det ene."))
            )
        seen.add(name.strip())
    return rute if len(feil) == before else None
