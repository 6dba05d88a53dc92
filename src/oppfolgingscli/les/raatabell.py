"""A table with the text of every row kept: for files of which a part is changed and the rest stays byte for byte."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from oppfolgingscli.feil import Feil, Inndatafeil
from oppfolgingscli.les.fil import check_lines, fil_feil
from oppfolgingscli.les.logg_fil import read_logg_bytes
from oppfolgingscli.les.tabell import Kolonner, decode_as, find_delimiter, lines_from
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BOM: Final = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
MAX_LINJER: Final = 300_000
"""Lines of a file whose rows are kept; a plan of a thousand participants has some ten thousand."""
_MAX_BROKEN: Final = 1000
"""Rows with broken quotes in one file; more, and it is no table."""


@dataclass(frozen=True, slots=True)
class Post:
    """One row. ``linje`` counts from 1; ``tekst`` is the row as it stands, line break and all ("" in a workbook).

    ``celler`` None: an open quotation mark; the row cannot be taken apart.
    """

    linje: int
    tekst: str
    celler: list[str] | None
    skille: str = ""

    def column(self, cell: int) -> int:
        """Return the column at which a cell begins, from 1: the character in a .csv, the cell in a workbook."""
        if not self.skille:
            return cell + 1
        at, quoted = 0, False
        for i, c in enumerate(self.tekst):
            if at == cell:
                return i + 1
            if c == '"':
                quoted = not quoted
            elif c == self.skille and not quoted:
                at += 1
        return len(self.tekst.rstrip("\r\n")) + 1


@dataclass(slots=True)
class Raatabell:
    """A table as read. ``raw`` is the file; ``innledning`` what stands above the header (a ``sep=`` line)."""

    raw: bytes
    hode: Post
    poster: list[Post] = field(default_factory=list)
    bok: bool = False
    encoding: str = "utf-8"
    bom: bool = True
    skille: str = ";"
    linjeskift: str = "\r\n"
    innledning: str = ""

    def encode(self, text: str) -> bytes:
        """Return the text in the file's encoding; as UTF-8 with a BOM when that lacks a character."""
        try:
            return (_BOM.get(self.encoding, b"") if self.bom else b"") + text.encode(self.encoding)
        except UnicodeEncodeError:
            return _BOM["utf-8"] + text.encode()


def read_raatabell(path: Path, kolonner: Kolonner) -> Raatabell | None:
    """Read a table (.csv, .xlsx); None for a file with nothing in it.

    Raises:
        Inndatafeil: it is no table.
        Systemfeil: another program holds it.
    """
    raw = read_logg_bytes(path)
    if raw is None:
        return None
    if path.suffix.lower() != ".csv" or raw[:4] == b"PK\x03\x04":
        return _book(path, raw)
    if (fault := check_lines(path, raw, MAX_LINJER)) is not None:
        raise Inndatafeil([fault])
    decoded = decode_as(raw)
    if decoded is None:
        melding = _("filen har et tegnsett som ikke kan leses.")
        raise Inndatafeil([fil_feil(path, "ukjent_tegnsett", melding, _("Lagre den som «CSV UTF-8»."))])
    text, encoding = decoded
    lines = io.StringIO(text, newline="").readlines()
    delimiter, offset = find_delimiter(lines, kolonner)
    start = next((i for i in range(offset, len(lines)) if lines[i].strip(" \t\r\n;,")), None)
    if start is None:
        return None
    records = _records(path, lines, delimiter, start)
    header = next(records)
    ending = header.tekst[len(header.tekst.rstrip("\r\n")) :] or "\r\n"
    bom = encoding in _BOM and raw.startswith(_BOM[encoding])
    return Raatabell(
        raw, header, list(records), False, encoding, bom, delimiter, ending, "".join(lines[:start])
    )  # fmt: skip


def _records(path: Path, lines: list[str], delimiter: str, at: int) -> Iterator[Post]:
    """Yield the rows with their text.

    Strict, so that a quotation mark too many is found where it stands and does not swallow the rows after it.
    """
    for _attempt in range(_MAX_BROKEN):
        reader = csv.reader(lines_from(lines, at), delimiter=delimiter, strict=True)
        first = start = at
        try:
            for cells in reader:
                end = first + reader.line_num
                yield Post(start + 1, "".join(lines[start:end]), cells, delimiter)
                start = end
        except csv.Error:
            yield Post(start + 1, lines[start], _alone(lines[start], delimiter), delimiter)
            at = start + 1
        else:
            return
    melding = _("det er for mange rader med anførselstegn som ikke er avsluttet.")
    raise Inndatafeil([fil_feil(path, "ulest_rad", melding, _("Åpne den i regnearket og lagre den på nytt."))])


def _alone(line: str, delimiter: str) -> list[str] | None:
    """Return the cells of a line read by itself, with quotation marks in odd places; None when one is left open."""
    if line.count('"') % 2:
        return None
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return None


def _book(path: Path, raw: bytes) -> Raatabell | None:
    from oppfolgingscli.les.regneark import read_rows

    feil: list[Feil] = []
    rows = read_rows(path, raw, feil)
    if rows is None:
        raise Inndatafeil(feil)
    posts = [Post(line, "", cells) for line, cells in rows]
    start = next((i for i, post in enumerate(posts) if any(cell.strip() for cell in post.celler or ())), None)
    return None if start is None else Raatabell(raw, posts[start], posts[start + 1 :], bok=True)
