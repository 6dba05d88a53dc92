"""The addresses of calendars one subscribes to: each a secret that nobody can guess, and the same for ever.

Whoever has an address can read the calendar, so it tells nothing of whose it is. Kept in the workspace.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.les.fil import read_bytes, vis_sti
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from pathlib import Path

FILNAVN: Final = "kalender-abonnement.json"
FORMAT: Final = 1
_TEGN: Final = "abcdefghjkmnpqrstuvwxyz"
"""No digits, so that none are eleven in a row; no i, l or o, which are read wrongly from paper."""
_LENGDE: Final = 28  # 126 bits
_HEMMELIG: Final = re.compile(f"[{_TEGN}]{{{_LENGDE}}}")


@dataclass(slots=True)
class Abonnement:
    """What was given out: the folder's address on the web, each calendar's secret name, and retired names."""

    adresse: str | None = None
    navn: dict[str, str] = field(default_factory=dict)
    gamle: list[str] = field(default_factory=list)

    def navn_for(self, nokkel: str) -> str:
        """Return the secret name of a calendar, made the first time it is asked for."""
        return self.navn.setdefault(nokkel, ny_hemmelig())

    def retire(self, nokkel: str) -> None:
        """Give a calendar a new name from now on; the old one's file is known as ours, to be deleted."""
        old = self.navn.pop(nokkel, None)
        if old is not None:
            self.gamle.append(old)

    def egne_filer(self) -> set[str]:
        """Return every file name that was ever given out from here."""
        return {filnavn(name) for name in (*self.navn.values(), *self.gamle)}


def nokkel_for(slag: str, id_: str, del_: str = "") -> str:
    """Return what a calendar is called in the state: ``rolle:kontaktlaerer``, or with its part after another colon."""
    return ":".join((slag, id_, *([del_] if del_ else [])))


def filnavn(navn: str) -> str:
    """Return the file name of a calendar."""
    return f"{navn}.ics"


def ny_hemmelig() -> str:
    """Return a new name that cannot be guessed."""
    return "".join(secrets.choice(_TEGN) for _ in range(_LENGDE))


def load(path: Path) -> Abonnement:
    """Read the addresses given out; none when there is no file.

    Raises:
        Inndatafeil: there is one and it cannot be read. New addresses would leave every subscriber behind.
    """
    if not path.exists():
        return Abonnement()
    faults: list[Feil] = []
    data = read_bytes(path, faults)
    if data is None:
        raise Inndatafeil(faults)
    try:
        raw = json.loads(data.decode("utf-8-sig"))
        if raw["format"] == FORMAT:
            return _parse(raw)
    except (UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Inndatafeil([_broken(path)]) from error
    raise Inndatafeil([_newer(path)])


def dump(abonnement: Abonnement) -> bytes:
    """Write the state as JSON, in order: the same bytes for the same state."""
    out = {
        "format": FORMAT,
        "adresse": abonnement.adresse,
        "navn": dict(sorted(abonnement.navn.items())),
        "gamle": sorted(abonnement.gamle),
    }
    return (json.dumps(out, ensure_ascii=False, indent=1) + "\n").encode()


def _parse(raw: dict[str, Any]) -> Abonnement:
    navn, gamle, adresse = dict(raw["navn"]), list(raw["gamle"]), raw["adresse"]
    # They become file names, and files of these names are deleted: nothing but what we make ourselves.
    if not all(isinstance(name, str) and _HEMMELIG.fullmatch(name) for name in (*navn.values(), *gamle)):
        raise ValueError("navn")
    if len({*navn.values(), *gamle}) != len(navn) + len(gamle) or not isinstance(adresse, str | None):
        raise ValueError("navn")
    return Abonnement(adresse, navn, gamle)


def _broken(path: Path) -> Feil:
    return Feil(
        "ulest_tilstand",
        _("oversikten over adressene til abonnementene kan ikke leses."),
        Sted(vis_sti(path)),
        _("Hent fila tilbake fra en sikkerhetskopi. Finnes ingen, flytt den bort: da får alle nye adresser."),
    )


def _newer(path: Path) -> Feil:
    return Feil(
        "ukjent_format",
        _("oversikten over adressene til abonnementene er skrevet av en annen utgave av programmet."),
        Sted(vis_sti(path)),
        _("Oppgrader programmet, og prøv igjen."),
    )
