"""Workbooks (.xlsx) that open well in Norwegian Excel and LibreOffice: headings, filters, real dates, no formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

Verdi = str | int | float | date | None

_MIN_WIDTH: Final = 6
_MAX_WIDTH: Final = 60
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class Ark:
    """One sheet: its name, its columns' headings, and its rows. ``andeler``: columns (from 0) shown as per cent."""

    navn: str
    kolonner: tuple[str, ...]
    rader: Sequence[Sequence[Verdi]]
    andeler: frozenset[int] = frozenset()


def write_workbook(ark: Sequence[Ark]) -> bytes:
    """Make a workbook, one sheet after another. Text stays text, also when it looks like a formula."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for one in ark:
        _fill(book.create_sheet(one.navn.translate(_FORBIDDEN)[:31]), one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, ark: Ark) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    head = PatternFill("solid", fgColor="DDE5EE")
    for column, heading in enumerate(ark.kolonner, start=1):
        top = sheet.cell(1, column)
        _set(top, heading)
        top.font, top.fill, top.alignment = Font(bold=True), head, Alignment(vertical="top", wrap_text=True)
    widths = [len(heading) for heading in ark.kolonner]
    for number, row in enumerate(ark.rader, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _set(cell, value)
            if column - 1 in ark.andeler and isinstance(value, int | float):
                cell.number_format = "0 %"
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > _MAX_WIDTH)
            widths[column - 1] = max(widths[column - 1], _width(value))
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width, _MIN_WIDTH), _MAX_WIDTH) + 2
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, all columns on each
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if ark.rader:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(ark.kolonner))}{len(ark.rader) + 1}"


def _width(value: Verdi) -> int:
    """Return the letters a value takes; a share is shown as a whole per cent, however many decimals it has."""
    if isinstance(value, date):
        return 10
    return 6 if isinstance(value, float) else len(str("" if value is None else value))


def _set(cell: Cell | MergedCell, value: Verdi) -> None:
    """Put a value in a cell; text is marked as text, so that no program ever runs it."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "dd.mm.yyyy"
