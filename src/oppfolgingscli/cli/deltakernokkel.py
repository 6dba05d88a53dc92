"""The key between people and ids: only where one asks for it, and never in a workspace."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli.feil import Bruksfeil, Feil, Inndatafeil
from oppfolgingscli.les.fil import vis_sti
from oppfolgingscli.les.ider import OPPSETT
from oppfolgingscli.les.logg_kolonner import defuse, undo_defuse
from oppfolgingscli.les.tabell import read_tabell
from oppfolgingscli.modell.verdier import Feltfeil, parse_id
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppfolgingscli.les.tabell import Kolonner

KOLONNER: Final[Kolonner] = {"id": (), "navn": ("namn", "name"), "rad": ("row",)}
_BOM: Final = "\ufeff"


def check_place(path: Path, mappe: Path) -> None:
    """Refuse a key in the workspace, or in any other.

    Raises:
        Bruksfeil: it would lie where those see it who shall only see ids.
    """
    here = path.absolute().resolve()
    folders = [mappe.absolute().resolve(), *(folder for folder in here.parents if (folder / OPPSETT).is_file())]
    for folder in folders:
        if here.is_relative_to(folder):
            message = _("Nøkkelen {fil} ville ligget i arbeidsmappen {mappe}, sammen med id-ene.")
            hint = _("Velg et sted bare du har tilgang til.")
            raise Bruksfeil(f"{message.format(fil=vis_sti(path), mappe=vis_sti(folder))} {hint}")
    if path.suffix.lower() != ".csv":
        raise Bruksfeil(_("Nøkkelen skrives som .csv: velg et navn som slutter på .csv."))


def read_nokkel(path: Path) -> list[tuple[str, str]]:
    """Return (id, name) for each person in a key; nobody when there is none yet.

    Raises:
        Inndatafeil: the file is there, and is no key.
    """
    if not path.exists():
        return []
    feil: list[Feil] = []
    table = read_tabell(path, KOLONNER, ("id", "navn"), feil)
    found: list[tuple[str, str]] = []
    if table is not None:
        for row in table.rader:
            try:
                found.append((parse_id(row["id"]), " ".join(undo_defuse(row["navn"]).split())))
            except Feltfeil as fault:
                feil.append(table.feil(row, "id", fault.kode, fault.melding, fault.rad))
    if feil:
        raise Inndatafeil(feil)
    return found


def write_nokkel(path: Path, rader: Iterable[tuple[str, str, int | None]]) -> None:
    """Write a key of (id, name, row of the list), readable by its owner only where the system knows such a thing.

    Raises:
        Systemfeil: it could not be written.
    """
    from oppfolgingscli import skriv

    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(KOLONNER)
    for id_, name, row in rader:
        writer.writerow((id_, defuse(name), "" if row is None else row))
    if not path.exists():
        with suppress(OSError):  # what is wrong is said by the writing below; a file that exists keeps its mode
            path.touch(mode=0o600)
    try:
        skriv.write_atomic(path, (_BOM + out.getvalue()).encode())
    except BaseException:
        with suppress(OSError):
            if path.stat().st_size == 0:
                path.unlink()
        raise
