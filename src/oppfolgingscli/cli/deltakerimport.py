"""From a list of people to rows of deltakere.csv: who is new, which ids they get, and the table with them added."""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli import skriv
from oppfolgingscli.feil import Bruksfeil, Feil, Inndatafeil, Sted, Systemfeil
from oppfolgingscli.les.deltakere import DELTAKERE
from oppfolgingscli.les.fil import fil_feil, vis_sti
from oppfolgingscli.les.logg_kolonner import defuse
from oppfolgingscli.les.tabell import column_name, decode_as, find_delimiter, known_names
from oppfolgingscli.logg.tilfoy import refuse_open
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.les.deltakerliste import Liste, Listerad

KOLONNER: Final = ("id", "start", "slutt", "sluttarsak", "gruppe", "ytelse")
_NUMMERERT: Final = re.compile(r"(?P<ord>.*?)(?P<nr>[0-9]{1,9})\Z")
_FORSOK: Final = 5


@dataclass(slots=True)
class Utfall:
    """What an import comes to. ``nye`` and ``kjente``: id and row; ``like``: names that stand on several rows."""

    nye: list[tuple[str, Listerad]] = field(default_factory=list)
    kjente: list[tuple[str, Listerad]] = field(default_factory=list)
    #: In the key, and not in this list: nothing is done with them.
    borte: list[str] = field(default_factory=list)
    like: int = 0


def match_rows(
    liste: Liste, *, finnes: Collection[str], nokkel: Sequence[tuple[str, str]], prefiks: str, stokk: bool
) -> Utfall:
    """Decide who is new and what they are called.

    Args:
        liste: the people.
        finnes: the ids in the workspace.
        nokkel: (id, name) from the key; a name there is the same person here, the first of a name the first.
        prefiks: what new ids begin with.
        stokk: give the new ids in random order, so that they do not follow the alphabet as lists do.
    """
    out = Utfall()
    known: dict[str, list[str]] = {}
    for id_, name in nokkel:
        known.setdefault(_same(name), []).append(id_)
    names = [_same(row.navn) for row in liste.rader if row.navn]
    out.like = len(names) - len(set(names))
    fresh: list[Listerad] = []
    for row in liste.rader:
        ids = known.get(_same(row.navn)) if row.navn else None
        if ids:
            id_ = ids.pop(0)
            (out.kjente if id_ in finnes else out.nye).append((id_, row))
        elif row.id:
            (out.kjente if row.id in finnes else out.nye).append((row.id, row))
        else:
            fresh.append(row)
    out.borte = [id_ for ids in known.values() for id_ in ids]
    taken = {*finnes, *(id_ for id_, _name in nokkel), *(id_ for id_, _row in out.nye)}
    ids = new_ids(len(fresh), taken, prefiks)
    if stokk:
        secrets.SystemRandom().shuffle(ids)
    out.nye += zip(ids, fresh, strict=True)
    return out


def new_ids(antall: int, tatt: Collection[str], prefiks: str) -> list[str]:
    """Return so many free ids in order: D01, D02 … after the highest, as wide as those that are there."""
    numbers = [
        match for id_ in tatt if (match := _NUMMERERT.fullmatch(id_)) and match["ord"].lower() == prefiks.lower()
    ]
    highest = max((int(match["nr"]) for match in numbers), default=0)
    width = max((len(match["nr"]) for match in numbers), default=max(2, len(str(antall))))
    return [f"{prefiks}{number:0{width}d}" for number in range(highest + 1, highest + antall + 1)]


def _same(name: str) -> str:
    """Return a name as names are compared: «Hansen, Kari» is «Kari Hansen»."""
    last, comma, first = name.partition(",")
    whole = f"{first} {last}" if comma else name
    return " ".join(whole.casefold().split())


def rows_of(utfall: Utfall) -> list[dict[str, str]]:
    """Return the new participants as rows, by id: the order of the list is nobody's business."""
    from oppfolgingscli.modell.ord import naturlig

    return [{"id": id_, **row.verdier} for id_, row in sorted(utfall.nye, key=lambda pair: naturlig(pair[0]))]


def new_table(rader: Sequence[dict[str, str]]) -> str:
    """Return a whole table, as `ny` writes it."""
    lines = [";".join(KOLONNER), *(";".join(rad.get(name, "") for name in KOLONNER) for rad in rader)]
    return "\n".join(lines) + "\n"


def add_rows(path: Path, rader: Sequence[dict[str, str]]) -> None:
    """Add participants to a table that is there, one writer at a time; what stands there is not changed.

    Raises:
        Inndatafeil: the table lacks a column that is needed, or is none.
        Systemfeil: it is open in a spreadsheet, or cannot be written; nothing is changed.
    """
    with skriv.lock(path):
        for _attempt in range(_FORSOK):
            refuse_open(path)
            raw = path.read_bytes() if path.exists() else b""
            data = _added(path, raw, rader)
            if _unchanged_write(path, raw, data):
                return
    raise Systemfeil(
        _("{fil}: et annet program endrer filen nå. Ingenting er skrevet. Lukk den der, og prøv igjen.").format(
            fil=vis_sti(path)
        )
    )


class _Endret(Exception):
    """The file changed after it was read."""


def _unchanged_write(path: Path, raw: bytes, data: bytes) -> bool:
    def check() -> None:
        refuse_open(path)
        if (path.read_bytes() if path.exists() else b"") != raw:
            raise _Endret

    try:
        skriv.write_atomic(path, data, check)
    except _Endret:
        return False
    return True


def _added(path: Path, raw: bytes, rader: Sequence[dict[str, str]]) -> bytes:
    """Return the table's bytes with rows after them, written as the table is."""
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        return new_table(rader).encode()
    decoded = decode_as(raw)
    if decoded is None:
        melding = _("filen har et tegnsett som ikke kan leses.")
        raise Inndatafeil([fil_feil(path, "ukjent_tegnsett", melding, _("Lagre den som «CSV UTF-8»."))])
    text, encoding = decoded
    lines = io.StringIO(text, newline="").readlines()
    delimiter, offset = find_delimiter(lines, DELTAKERE)
    at = next(i for i in range(offset, len(lines)) if lines[i].strip())
    known = known_names(DELTAKERE)
    columns = [known.get(column_name(cell), "") for cell in next(csv.reader([lines[at]], delimiter=delimiter))]
    if lacking := sorted({name for rad in rader for name, value in rad.items() if value} - set(columns)):
        melding = _("Kolonnen «{navn}» mangler i filen, og uten den går noe av raden tapt.")
        place = Sted(vis_sti(path), at + 1)
        rad_ = _("Legg den til bakerst i første rad, og prøv igjen.")
        raise Inndatafeil([Feil("mangler_kolonne", melding.format(navn=name), place, rad_) for name in lacking])
    ending = lines[at][len(lines[at].rstrip("\r\n")) :] or "\n"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending)
    for rad in rader:
        writer.writerow([defuse(rad.get(name, "")) for name in columns])
    between = "" if text.endswith(("\n", "\r")) else ending
    try:
        return raw + (between + out.getvalue()).encode(encoding)
    except UnicodeEncodeError as error:  # an id or a group of ASCII letters never gets here
        raise Bruksfeil(str(error)) from error
