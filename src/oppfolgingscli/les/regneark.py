"""Spreadsheets (.xlsx): the cells as people see them, without formulas and without trusting the file."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli.les.fil import fil_feil
from oppfolgingscli.modell.ord import fold
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.feil import Feil

MAX_DEL: Final = 30_000_000
"""Bytes one part of a workbook (it is a zip file) may grow to when it is opened."""
MAX_TEGN: Final = 300_000
"""``<`` in the XML of a sheet or of the texts: some 70 000 cells, 6000 rows of a log, read in a second or two."""
MAX_TEGN_ANDRE: Final = 50_000
"""``<`` in other parts that are read: styles, the list of sheets."""
MAX_DELER: Final = 2000
"""Parts in a workbook."""
MAX_RADER: Final = 1_048_576
MAX_KOLONNER: Final = 100
"""Columns that are read where a sheet has cells far to the right; no table of ours has twenty."""
MAX_TEKST: Final = 10_000_000
"""Characters in all the cells together, each text as often as it stands."""
_MANGE_ATTRIBUTTER: Final = 2000
"""Attributes on few elements: an element has some ten, and what thousands cost grows with their square."""
_CHUNK: Final = 1 << 20
_STORE: Final = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_LEST: Final = re.compile(r"\[content_types\]\.xml|.*\.rels|xl/(styles|workbook)\.xml", re.IGNORECASE)
#: No workbook has a document type; what is declared in one is only for bombs. In UTF-16 too.
_DOKTYPE: Final = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C|E\x00?N\x00?T)", re.IGNORECASE)
_LANGT_NED: Final = re.compile(rb"(?<=\s)r=[\"'](?:[A-Za-z]{0,4})(\d{7,})[\"']")
_LANGT_TIL_HOYRE: Final = re.compile(rb"(?<=\s)r=[\"'](?:[A-Z]{3,}|[D-Z][A-Z])\d")


def read_rows(
    path: Path, raw: bytes, feil: list[Feil], velg: Callable[[Sequence[str], Path], str] | None = None
) -> list[tuple[int, list[str]]] | None:
    """Return the rows of one sheet that have something in them, with their row numbers.

    ``velg`` returns the name of the sheet; without it, it is the one named as the file, else the first.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            broad = _look(archive)
    except _ForStor:
        melding = _("regnearket er for stort til å leses.")
        rad = _("Kopier radene over i et nytt, tomt regneark, eller lagre det som «CSV UTF-8».")
        feil.append(fil_feil(path, "for_stor", melding, rad))
        return None
    except Exception:  # noqa: BLE001 - a broken package fails in many ways
        feil.append(_unread(path, _("dette er ikke et regneark (.xlsx).")))
        return None
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations openpyxl does not know
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheet = book[(velg or sheet_name)(book.sheetnames, path)]
            sheet.reset_dimensions()  # some writers get them wrong
            found = sheet.iter_rows(values_only=True, max_col=MAX_KOLONNER if broad else None)
            rows = list(_texts(found))
            book.close()
    except _ForStor:
        feil.append(fil_feil(path, "for_stor", _("regnearket er for stort til å leses.")))
        return None
    except Exception:  # noqa: BLE001 - a broken workbook fails in many ways deep inside the library
        feil.append(_unread(path, _("regnearket kan ikke leses.")))
        return None
    return rows


class _ForStor(Exception):
    """The workbook is larger than we read."""


def _unread(path: Path, melding: str) -> Feil:
    return fil_feil(path, "ulest_regneark", melding, _("Åpne det i Excel og lagre det på nytt."))


def _look(archive: zipfile.ZipFile) -> bool:
    """Look through the parts that will be read, as bytes; return whether the sheets reach far to the right.

    What a package says of its own sizes may be untrue, so it is unpacked a piece at a time and counted.

    Raises:
        _ForStor: there is more than we read.
    """
    parts = archive.infolist()
    if len(parts) > MAX_DELER:
        raise _ForStor
    broad = False
    for part in parts:
        large = _STORE.fullmatch(part.filename) is not None
        if not large and not _LEST.fullmatch(part.filename):
            continue
        most = MAX_TEGN if large else MAX_TEGN_ANDRE
        size = tags = 0
        before = b""
        with archive.open(part) as file:
            while piece := file.read(_CHUNK):
                size += len(piece)
                tags += piece.count(b"<")
                if size > MAX_DEL or tags > most or piece.count(b"=") > _MANGE_ATTRIBUTTER + 20 * piece.count(b"<"):
                    raise _ForStor
                text = before + piece  # a name may stand across the border
                if _DOKTYPE.search(text):
                    raise ValueError(part.filename)
                if large:
                    broad = broad or _LANGT_TIL_HOYRE.search(text) is not None
                    if any(int(found[1][:20]) > MAX_RADER for found in _LANGT_NED.finditer(text)):
                        raise _ForStor
                before = piece[-40:]
    return broad


def _texts(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    """Yield rows as texts, those with something in them. Raises _ForStor when they are too much together."""
    length = 0
    for i, row in enumerate(rows, start=1):
        if row.count(None) == len(row):
            continue
        texts = ["" if value is None else _text(value) for value in row]
        length += sum(map(len, texts))
        if length > MAX_TEKST:
            raise _ForStor
        yield i, texts


def sheet_name(names: Sequence[str], path: Path) -> str:
    """Return which sheet of a workbook is read: the one named as the file, else the first."""
    return {fold(name).lower(): name for name in names}.get(fold(path.stem).lower(), names[0])


def _text(value: object) -> str:
    """Return a cell as text: dates ISO, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
