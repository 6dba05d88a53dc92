"""Spreadsheets (.xlsx): the cells as people see them, without formulas and without trusting the file."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli.les.fil import fil_feil
from oppfolgingscli.modell.ord import fold
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.feil import Feil

#: A workbook is a zip file; this is the most it may grow to when it is opened.
MAX_UNPACKED: Final = 200 * 1024 * 1024


def read_rows(
    path: Path, raw: bytes, feil: list[Feil], velg: Callable[[Sequence[str], Path], str] | None = None
) -> list[tuple[int, list[str]]] | None:
    """Return the rows of one sheet, with their row numbers.

    ``velg`` returns the name of the sheet; without it, it is the one named as the file, else the first.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        size = None
    if size is None:
        feil.append(
            fil_feil(
                path,
                "ulest_regneark",
                _("dette er ikke et regneark (.xlsx)."),
                _("Åpne det i Excel og lagre det på nytt."),
            )
        )
        return None
    if size > MAX_UNPACKED:
        melding = _("regnearket er for stort når det pakkes ut.")
        feil.append(fil_feil(path, "for_stor", melding, _("Kopier radene over i et nytt, tomt regneark.")))
        return None
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations openpyxl does not know
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheet = book[(velg or sheet_name)(book.sheetnames, path)]
            sheet.reset_dimensions()  # some writers get them wrong
            rows = [(i, [_text(v) for v in row]) for i, row in enumerate(sheet.iter_rows(values_only=True), start=1)]
            book.close()
    except Exception:  # noqa: BLE001 - a broken workbook fails in many ways deep inside the library
        feil.append(
            fil_feil(
                path, "ulest_regneark", _("regnearket kan ikke leses."), _("Åpne det i Excel og lagre det på nytt.")
            )
        )
        return None
    return rows


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
