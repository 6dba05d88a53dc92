"""Adds rows to a log kept as a workbook (.xlsx), when all of the workbook will survive it.

openpyxl keeps cells, formats and tables, but drops what it does not know (pictures, charts, macros, drop-down
lists of newer kinds) and the last results of formulas. A workbook with any of that is refused, so that nothing
is lost by logging a meeting; it can be kept as .csv, or the row be written in Excel.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from copy import copy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.feil import Inndatafeil
from oppfolgingscli.les.fil import fil_feil
from oppfolgingscli.les.logg_fil import Loggtabell, find_columns
from oppfolgingscli.les.logg_kolonner import DATOER, KOLONNER, Slag, defuse
from oppfolgingscli.les.regneark import read_rows, sheet_name
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.feil import Feil

_KEPT: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/[^/]+\.xml|xl/(workbook|styles|sharedStrings|calcChain|metadata)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/[^/]+\.xml|xl/worksheets/sheet\d+\.xml"
    r"|xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/tables/table\d+\.xml|xl/printerSettings/[^/]+"
)
_LOST_INSIDE: Final = re.compile(rb"<(\w+:)?(extLst|f|legacyDrawing|drawing|oleObjects|controls)[\s>/]")


def append_to_book(path: Path, raw: bytes, slag: Slag, rader: list[dict[str, str]]) -> bytes:
    """Return the workbook with rows added below the last one.

    Raises:
        Inndatafeil: it cannot be read, lacks a column, or would lose something.
    """
    feil: list[Feil] = []
    rows = read_rows(path, raw, feil)
    if rows is None:
        raise Inndatafeil(feil)
    refuse_what_would_be_lost(path, raw)
    header = next(((line, cells) for line, cells in rows if any(cell.strip() for cell in cells)), None)
    table = Loggtabell(path)
    where = find_columns(table, header, slag) if header else None
    if where is None or header is None:
        melding = table.funn[-1].melding if table.funn else _("filen har ingen kolonnenavn.")
        raise Inndatafeil([fil_feil(path, "mangler_kolonne", melding)])
    place = dict(zip(KOLONNER[slag], where, strict=True))
    for rad in rader:
        for name, value in rad.items():
            if value and place[name] < 0:
                melding = _("kolonnen «{navn}» mangler i filen, og uten den går noe av raden tapt.").format(navn=name)
                raise Inndatafeil(
                    [fil_feil(path, "mangler_kolonne", melding, _("Legg den til bakerst i første rad, og prøv igjen."))]
                )
    last = max(line for line, cells in rows if any(cell.strip() for cell in cells))
    return _written(path, raw, rader, place, last, has_rows=last > header[0])


def _written(
    path: Path, raw: bytes, rader: list[dict[str, str]], place: dict[str, int], last: int, *, has_rows: bool
) -> bytes:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(raw), rich_text=True)
        except Exception as error:  # it could be read, but not so that all of it can be written again
            melding = _("regnearket kan ikke leses.")
            remedy = _("Åpne det i Excel og lagre det på nytt.")
            raise Inndatafeil([fil_feil(path, "ulest_regneark", melding, remedy)]) from error
        sheet: Any = book[sheet_name(book.sheetnames, path)]
        for number, rad in enumerate(rader, start=last + 1):
            for name, value in rad.items():
                if not value:
                    continue
                cell = sheet.cell(number, place[name] + 1)
                above = sheet.cell(last, place[name] + 1)
                if name in DATOER and (day := _date(value)):
                    cell.value = day
                    if has_rows and above.is_date:
                        cell.number_format = above.number_format
                else:
                    cell.value = defuse(value)
                    cell.data_type = "s"
                if has_rows:
                    cell.alignment = copy(above.alignment)
        for table in sheet.tables.values():
            first, _colon, end = table.ref.partition(":")
            letters = end.rstrip("0123456789")
            if end == f"{letters}{last}":
                table.ref = f"{first}:{letters}{last + len(rader)}"
                if table.autoFilter is not None:
                    table.autoFilter.ref = table.ref
        out = io.BytesIO()
        book.save(out)
    return out.getvalue()


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def refuse_what_would_be_lost(path: Path, raw: bytes) -> None:
    """Raise Inndatafeil when openpyxl would drop something the workbook holds (see the top of the module)."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        lost = [name for name in names if not name.endswith("/") and not _KEPT.fullmatch(name)]
        if not lost:
            sheets = [name for name in names if name.startswith("xl/worksheets/sheet")]
            lost = [name for name in sheets if _LOST_INSIDE.search(archive.read(name))]
    if lost:
        melding = _("arbeidsboken har noe som ville gått tapt (formler, bilder, nedtrekkslister eller lignende).")
        rad = _(
            "Ingenting er skrevet. Skriv raden i Excel, eller lagre loggen som «CSV UTF-8» og ta bort arbeidsboken."
        )
        raise Inndatafeil([fil_feil(path, "bok_med_mer", melding, rad)])
