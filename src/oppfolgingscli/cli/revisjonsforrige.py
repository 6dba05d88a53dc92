"""An earlier publication of the audit, from the json it was written as."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from oppfolgingscli.feil import Feil, Inndatafeil
from oppfolgingscli.les.fil import fil_feil, read_bytes
from oppfolgingscli.revisjon.celle import Nokkel
from oppfolgingscli.revisjon.forrige import TALL, Forrige
from oppfolgingscli.sprak import _


def read_forrige(path: Path) -> Forrige:
    """Read an earlier publication.

    Raises:
        Inndatafeil: it is no json that ``revisjon`` has written.
    """
    feil: list[Feil] = []
    raw = read_bytes(path, feil)
    if raw is None:
        raise Inndatafeil(feil)
    try:
        data = json.loads(raw.decode("utf-8-sig"))
        rows = dict(_row(one) for one in data["rader"])
        return Forrige(date.fromisoformat(data["per"]), rows)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        melding = _("filen er ikke en utgave som «oppfolging revisjon» har skrevet.")
        rad = _("Bruk filen fra --format json.")
        raise Inndatafeil([fil_feil(path, "ukjent_filtype", melding, rad)]) from error


def _row(one: dict[str, Any]) -> tuple[Nokkel, tuple[int, ...] | None]:
    visning = () if one["tabell"] == "totalt" else tuple(one["tabell"].split("+"))
    key = Nokkel(visning, tuple(str(one[name]) for name in visning))
    return key, None if one["skjult"] else tuple(int(one[name]) for name in TALL)
