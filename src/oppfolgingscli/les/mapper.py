"""Finds workspaces in folders of folders, and tells two of them apart by what is in them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.les.arbeidsmappe import OPPSETT
from oppfolgingscli.les.fil import vis_sti
from oppfolgingscli.les.logg_fil import find_loggfiler
from oppfolgingscli.modell.rutinesett import as_json
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.modell.rutinesett import Rutinesett


def find_arbeidsmapper(mapper: Iterable[Path]) -> list[Path]:
    """Return every workspace in some folders, by path: a folder with ``oppfolging.toml``. Nothing is looked for in one.

    Hidden folders are passed over, and links are not followed. A folder that is named twice counts once.

    Raises:
        Bruksfeil: a folder does not exist, or there is no workspace in any of them.
    """
    wanted = list(mapper)
    found: dict[Path, Path] = {}
    for folder in wanted:
        if not folder.exists():
            raise Bruksfeil(_("{mappe} finnes ikke.").format(mappe=vis_sti(folder)))
        for path in _walk(folder):
            found.setdefault(path.resolve(), path)
    if not found:
        where = ", ".join(vis_sti(folder) for folder in wanted)
        raise Bruksfeil(
            _("Fant ingen arbeidsmapper i {mapper}: ingen mappe der har en {fil}.").format(mapper=where, fil=OPPSETT)
        )
    return [found[key] for key in sorted(found)]


def _walk(folder: Path) -> Iterator[Path]:
    if folder.name == OPPSETT and folder.is_file():
        yield folder.parent
        return
    for here, folders, files in os.walk(folder):
        if OPPSETT in files:
            folders.clear()
            yield Path(here)
        folders[:] = sorted(name for name in folders if not name.startswith("."))


def fingerprint(sett: Rutinesett) -> str:
    """Return the SHA-256 of what a routine set says, wherever its files are."""
    versions = [[as_json(v.rutine), v.nr, str(v.fra), str(v.til)] for v in sett.versjoner]
    parts = [as_json(sett.hode), as_json(sett.roller), as_json(sett.faser), versions]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def contents(arbeidsmappe: Arbeidsmappe) -> str:
    """Return the SHA-256 of all that an audit reads of a workspace: its files, its routine set and its school calendar.

    The names of files count, but not where they are.
    """
    mappe, oppsett = arbeidsmappe.mappe, arbeidsmappe.oppsett
    paths = [mappe / OPPSETT, *find_loggfiler(mappe).values()]
    if isinstance(oppsett.deltakere, str):
        people = mappe / oppsett.deltakere.strip().replace("\\", "/")
        paths += [people, *sorted(people.parent.glob("perioder.*"))]
    out = sha256()
    for path in paths:
        if path.is_file():
            data = path.read_bytes()
            out.update(f"{path.name}\0{len(data)}\0".encode() + data)
    out.update(fingerprint(arbeidsmappe.opplegg.rutinesett).encode())
    for year in arbeidsmappe.opplegg.skolerute or ():
        parts = (year.id, year.forste, year.siste, sorted(year.ferier.items()), year.fridager, sorted(year.ubekreftet))
        out.update(repr(parts).encode())
    return out.hexdigest()
