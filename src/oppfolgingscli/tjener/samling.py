"""What we have put in each calendar on a server, so that a later run touches only that, and only when it must.

No password and no name is kept: addresses, UIDs, hashes and ETags.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.les.fil import read_bytes, vis_sti
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILNAVN: Final = "kalender-caldav.json"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Ressurs:
    """One event as we last put it; all text empty when none of our attempts was ever answered.

    ``plan``: what the plan said of it, and its number; empty when it should be gone. ``kropp``: a hash of the bytes. ``merke``: a hash of what
    it says (merke.py). ``etag``: the server's name for that version, None when it gave none.
    ``pa_vei``: what attempts without an answer said; any of them may have arrived.
    """

    plan: str = ""
    kropp: str = ""
    merke: str = ""
    etag: str | None = None
    pa_vei: tuple[str, ...] = ()

    @property
    def lagt(self) -> bool:
        """Whether the server said that it took it, and we have not asked it to let go of it since."""
        return bool(self.plan)


@dataclass(slots=True)
class Samling:
    """One calendar on a server: which choice it holds, and our events there by UID."""

    valg: str
    ressurser: dict[str, Ressurs] = field(default_factory=dict)


def load(path: Path) -> dict[str, Samling]:
    """Read what we have put where, by address; nothing when there is no file.

    Raises:
        Inndatafeil: there is one and it cannot be read. It is never taken for nothing: what is ours would be lost.
    """
    if not path.exists():
        return {}
    faults: list[Feil] = []
    data = read_bytes(path, faults)
    if data is None:
        raise Inndatafeil(faults)
    try:
        raw = json.loads(data.decode("utf-8-sig"))
        if raw["format"] != FORMAT:
            raise Inndatafeil([_newer(path)])
        return {url: _parse(entry) for url, entry in raw["samlinger"].items()}
    except (UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Inndatafeil([_broken(path)]) from error


def dump(samlinger: Mapping[str, Samling]) -> bytes:
    """Write the state as JSON, in order of address and UID: the same bytes for the same state."""
    out = {
        "format": FORMAT,
        "samlinger": {
            url: {
                "valg": samlinger[url].valg,
                "ressurser": {uid: asdict(r) for uid, r in sorted(samlinger[url].ressurser.items())},
            }
            for url in sorted(samlinger)
        },
    }
    return (json.dumps(out, ensure_ascii=False, indent=1) + "\n").encode()


def _parse(entry: dict[str, Any]) -> Samling:
    found = {}
    for uid, raw in entry["ressurser"].items():
        texts = (raw["plan"], raw["kropp"], raw["merke"], *raw["pa_vei"])
        if not all(isinstance(text, str) for text in texts) or not isinstance(raw["etag"], str | None):
            raise TypeError(uid)
        if "/" in uid or "\\" in uid:  # it becomes the last part of an address
            raise ValueError(uid)
        found[uid] = Ressurs(raw["plan"], raw["kropp"], raw["merke"], raw["etag"], tuple(raw["pa_vei"]))
    if not isinstance(entry["valg"], str):
        raise TypeError(entry["valg"])
    return Samling(entry["valg"], found)


def _broken(path: Path) -> Feil:
    return Feil(
        "ulest_tilstand",
        _("oversikten over hva som er lagt på kalendertjenere, kan ikke leses."),
        Sted(vis_sti(path)),
        _(
            "Hent fila tilbake fra en sikkerhetskopi. Finnes ingen, tøm kalenderen på tjeneren, flytt fila bort, "
            "og kjør igjen.",
        ),
    )


def _newer(path: Path) -> Feil:
    return Feil(
        "ukjent_format",
        _("oversikten over hva som er lagt på kalendertjenere, er skrevet av en annen utgave av programmet."),
        Sted(vis_sti(path)),
        _("Oppgrader programmet, og prøv igjen."),
    )
