"""The tables of a list from another system: every sheet of a workbook, or a .csv, and which row has the headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli.les.deltakerliste_ord import kind_of
from oppfolgingscli.les.fil import fil_feil
from oppfolgingscli.les.tabell import DELIMITERS, Linje, column_name, decode
from oppfolgingscli.modell.ord import fold, nearest
from oppfolgingscli.personvern import rens
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.feil import Feil

_TOPP: Final = 30
"""Rows among which the heading is looked for: lists begin with a title and a date."""
MAKS_ARK: Final = 12
"""Sheets that are looked through for the list; with more than these one must say which."""


def read_sheets(path: Path, raw: bytes, ark: str | None, feil: list[Feil]) -> dict[str, list[Linje]] | None:
    """Return the rows of each sheet by its name; of a .csv one without a name."""
    if path.suffix.lower() in {".xls", ".ods", ".xlsb", ".numbers", ".pdf", ".doc", ".docx"}:
        melding = _("dette slaget fil kan ikke leses ({slag}).").format(slag=path.suffix.lower())
        feil.append(fil_feil(path, "ukjent_filtype", melding, _("Lagre den som .xlsx eller .csv.")))
        return None
    if raw[:4] != b"PK\x03\x04" and path.suffix.lower() not in {".xlsx", ".xlsm"}:
        text = decode(raw)
        if text is None:
            melding = _("filen har et tegnsett som ikke kan leses.")
            feil.append(fil_feil(path, "ukjent_tegnsett", melding, _("Lagre den som «CSV UTF-8».")))
            return None
        return {"": _csv_rows(text)}
    from oppfolgingscli.les.regneark import read_rows

    names: list[str] = []

    def choose(found: Sequence[str], _path: Path) -> str:
        names[:] = found
        return found[len(sheets)] if ark is None else _named(found, ark)

    sheets: dict[str, list[Linje]] = {}
    try:
        while not names or (ark is None and len(sheets) < min(len(names), MAKS_ARK)):
            rows = read_rows(path, raw, feil, choose)
            if rows is None:
                return None
            sheets[names[len(sheets)] if ark is None else _named(names, ark)] = rows
            if ark is not None:
                break
    except _IngenSlik as error:
        near = nearest(ark or "", names)
        rad = _("Mente du «{ord}»?").format(ord=near) if near else _("Arkene er {ord}.").format(ord=", ".join(names))
        feil.append(fil_feil(path, "ukjent_ark", str(error), rens(rad)))
        return None
    return sheets


class _IngenSlik(BaseException):
    """No such sheet; no Exception, for those mean a broken workbook to the reader of workbooks."""


def _named(names: Sequence[str], ark: str) -> str:
    found = {fold(name).lower(): name for name in names}.get(fold(ark).lower())
    if found is None:
        raise _IngenSlik(_("regnearket har ikke noe ark som heter {navn}.").format(navn=f"«{rens(ark)}»"))
    return found


def _csv_rows(text: str) -> list[Linje]:
    lines = io.StringIO(text, newline="").readlines()
    offset, delimiter = 0, ""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip("\r\n")) > 4:
        offset, delimiter = 1, lines[0][4]
    best: tuple[int, list[Linje]] = (-1, [])
    for candidate in (delimiter,) if delimiter else DELIMITERS:
        rows: list[Linje] = []
        reader = csv.reader(lines[offset:], delimiter=candidate)
        line = 1
        try:
            for cells in reader:
                rows.append((line + offset, cells))
                line = reader.line_num + 1
        except csv.Error:
            continue
        score = max((_score(cells) for _line, cells in rows[:_TOPP]), default=0)
        if score > best[0]:
            best = (score, rows)
    return best[1]


def likeliest(sheets: dict[str, list[Linje]]) -> tuple[str | None, list[Linje]]:
    """Return the first sheet of those whose heading has most names we know."""

    def rank(name: str) -> int:
        return max((_score(cells) for _line, cells in sheets[name][:_TOPP]), default=0)

    chosen = max(sheets, key=rank)
    return chosen or None, sheets[chosen]


def _score(cells: Sequence[str]) -> int:
    return sum(kind_of(column_name(cell)) not in {"", "ukjent"} for cell in cells)


def find_header(rows: list[Linje]) -> int | None:
    """Return which row has the headings: the one with most names we know; of equals the first."""
    scores = [_score(cells) for _line, cells in rows[:_TOPP]]
    best = max(scores, default=0)
    return scores.index(best) if best else None
