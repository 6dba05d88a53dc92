"""A plan kept as a workbook (.xlsx), changed in place: formats, widths and the people's own columns stay."""

from __future__ import annotations

import io
import warnings
from copy import copy
from typing import TYPE_CHECKING, Any

from oppfolgingscli.les.logg_kolonner import defuse, undo_defuse
from oppfolgingscli.les.regneark import sheet_name
from oppfolgingscli.logg.bok import refuse_what_would_be_lost

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from oppfolgingscli.les.plan import Planfil
    from oppfolgingscli.vis.planfil import Skrivrad


def changed_book(fil: Planfil, rader: Sequence[Skrivrad], borte: AbstractSet[int]) -> bytes:
    """Return the workbook with rows changed where they stand, new ones below, and ``borte`` (line numbers) gone.

    Raises:
        Inndatafeil: it would lose something (formulas, pictures, drop-down lists).
    """
    if fil.tabell is None:
        return b""
    changes = [(rad, _changed(fil, rad)) for rad in rader if rad.gammel is not None]
    added = [rad for rad in rader if rad.gammel is None]
    changes = [(rad, names) for rad, names in changes if names]
    if not (changes or added or borte):
        return fil.tabell.raw
    refuse_what_would_be_lost(fil.path, fil.tabell.raw)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and validations openpyxl does not know
        book = load_workbook(io.BytesIO(fil.tabell.raw), rich_text=True)
        sheet: Any = book[sheet_name(book.sheetnames, fil.path)]
        for rad, names in changes:
            _set(sheet, rad.gammel.linje if rad.gammel else 0, fil.kolonner, rad, names)
        used = [line.post.linje for line in fil.linjer if any(cell.strip() for cell in line.post.celler or ())]
        last = max(used, default=fil.tabell.hode.linje)
        for number, rad in enumerate(added, start=last + 1):
            _set(sheet, number, fil.kolonner, rad, set(fil.kolonner))
            if used:
                _copy_looks(sheet, last, number)
        for number in sorted(borte, reverse=True):
            sheet.delete_rows(number)
        _stretch(sheet, last, last + len(added) - len(borte))
        out = io.BytesIO()
        book.save(out)
    return out.getvalue()


def _changed(fil: Planfil, rad: Skrivrad) -> set[str]:
    line = next(line for line in fil.linjer if rad.gammel is not None and line.post.linje == rad.gammel.linje)
    cells = line.post.celler or []
    there = {name: undo_defuse(cells[at].strip()) if at < len(cells) else "" for name, at in fil.kolonner.items()}
    return rad.changed(there) & set(fil.kolonner)


def _set(sheet: Any, row: int, place: dict[str, int], rad: Skrivrad, names: AbstractSet[str]) -> None:  # noqa: ANN401 - openpyxl has no types
    values = rad.celler()
    for name in names:
        if name not in values:
            continue
        cell = sheet.cell(row, place[name] + 1)
        if name == "dato":
            cell.value = rad.dato
            if rad.dato is not None:
                cell.number_format = "dd.mm.yyyy"
        elif name in {"start", "slutt"}:
            cell.value = rad.start if name == "start" else rad.slutt
            if cell.value is not None:
                cell.number_format = "hh:mm"
        else:
            cell.value = defuse(values[name]) or None
            if cell.value is not None:
                cell.data_type = "s"


def _copy_looks(sheet: Any, above: int, row: int) -> None:  # noqa: ANN401 - as above
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row, column).alignment = copy(sheet.cell(above, column).alignment)


def _stretch(sheet: Any, before: int, now: int) -> None:  # noqa: ANN401 - as above
    """Let tables and filters that went to the last row go to what is the last row now."""

    def moved(ref: str) -> str:
        first, _colon, end = ref.partition(":")
        letters = end.rstrip("0123456789")
        return f"{first}:{letters}{now}" if end == f"{letters}{before}" else ref

    for table in sheet.tables.values():
        table.ref = moved(table.ref)
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = moved(sheet.auto_filter.ref)
