"""Finds workspaces and flat data sets in folders of folders, and tells two of them apart by what is in them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.les.arbeidsmappe import OPPSETT
from oppfolgingscli.les.fil import finnes, vis_sti
from oppfolgingscli.les.logg_fil import find_loggfiler
from oppfolgingscli.modell.rutinesett import as_json
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.tid.skolekalender import SkolearData


#: Tables of a flat data set: the one it must have, and those one of which makes a folder with it a data set.
KLASSER: Final = frozenset({"klasser.csv", "klasser.parquet"})
RADER: Final = frozenset(
    f"{navn}{ending}" for navn in ("deltakere", "kontakter") for ending in (".csv", ".parquet", "")
)


class Kilder(NamedTuple):
    """What was found in some folders, by path: workspaces, and flat data sets of many classes."""

    arbeidsmapper: list[Path]
    datasett: list[Path]


def find_kilder(mapper: Iterable[Path]) -> Kilder:
    """Return every workspace and data set in some folders, by path. Nothing is looked for in one.

    A workspace has ``oppfolging.toml``; a data set has not, but ``klasser`` and ``deltakere`` or ``kontakter``. Hidden
    folders are passed over, and links are not followed. A folder that is named twice counts once.

    Raises:
        Bruksfeil: a folder does not exist, or there is nothing in any of them.
    """
    wanted = list(mapper)
    found: dict[Path, tuple[Path, bool]] = {}
    for folder in wanted:
        if not finnes(folder):
            raise Bruksfeil(_("{mappe} finnes ikke.").format(mappe=vis_sti(folder)))
        for path, is_flat in _walk(folder):
            found.setdefault(path.resolve(), (path, is_flat))
    if not found:
        where = ", ".join(vis_sti(folder) for folder in wanted)
        raise Bruksfeil(
            _(
                "Fant ingen arbeidsmapper i {mapper}: ingen mappe der har en {fil}, og ingen har klasser.csv med "
                "deltakere.csv og kontakter.csv."
            ).format(mapper=where, fil=OPPSETT)
        )
    rows = [found[key] for key in sorted(found)]
    return Kilder([p for p, is_flat in rows if not is_flat], [p for p, is_flat in rows if is_flat])


def _walk(folder: Path) -> Iterator[tuple[Path, bool]]:
    if folder.is_file() and (folder.name == OPPSETT or folder.name.lower() in KLASSER):
        yield folder.parent, folder.name != OPPSETT
        return
    for here, folders, files in os.walk(folder):
        names = {name.lower() for name in (*files, *folders)}
        is_flat = OPPSETT not in files and bool(names & KLASSER) and bool(names & RADER)
        if OPPSETT in files or is_flat:
            folders.clear()
            yield Path(here), is_flat
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
    out.update(_calendar(arbeidsmappe.opplegg.skolerute))
    return out.hexdigest()


def calendar_fingerprint(skolerute: Iterable[SkolearData] | None) -> str:
    """Return the SHA-256 of what a school calendar says."""
    return sha256(_calendar(skolerute)).hexdigest()


def _calendar(skolerute: Iterable[SkolearData] | None) -> bytes:
    years = [
        (year.id, year.forste, year.siste, sorted(year.ferier.items()), year.fridager, sorted(year.ubekreftet))
        for year in skolerute or ()
    ]
    return "".join(map(repr, years)).encode()
