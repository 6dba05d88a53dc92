"""The audit as a workbook: a sheet for each table, with filters, and the methods on one of their own."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.html.side import Celle, Tabell
from oppfolgingscli.vis.regneark import Ark, Verdi, write_workbook
from oppfolgingscli.vis.revisjon.dokument import legend, sections
from oppfolgingscli.vis.revisjon.funn import findings, headline, hidden, requirement
from oppfolgingscli.vis.revisjon.kolonner import used
from oppfolgingscli.vis.revisjon.metode import definitions
from oppfolgingscli.vis.revisjon.navn import headings
from oppfolgingscli.vis.revisjon.tabeller import tables

if TYPE_CHECKING:
    from oppfolgingscli.vis.revisjon import Revisjonsvisning

_TIME: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def to_xlsx(v: Revisjonsvisning) -> bytes:
    """Write the audit as a workbook. Hidden figures are «:», so a column with some is not all numbers."""
    lines: list[list[Verdi]] = [["", headline(v)], ["", hidden(v)]]
    lines += [[title, line] for title, found in findings(v) for line in found]
    lines += [[_("Krav"), requirement(v, s)] for s in v.krav]
    sheets = [Ark(_("Funn"), (_("Om"), _("Funn")), lines)]
    for t in tables(v):
        cols = used(t.linjer)
        lead = headings(t.deler)
        rows: list[list[Verdi]] = [[*v.navn.rad(line.nokkel), *(c.tall(line) for c in cols)] for line in t.linjer]
        shares = frozenset(i for i, c in enumerate(cols, start=len(lead)) if c.andel)
        sheets.append(Ark(t.tittel, (*lead, *(c.navn for c in cols)), rows, shares))
    for d in sections(v):
        if d.id in ("endring", "logg"):
            sheets += [_plain(t) for t in d.tabeller]
    explained: list[list[Verdi]] = [[name, text] for name, text in (*legend(), *definitions(v))]
    explained += [[one.hva, one.sha256] for one in v.inndata]
    sheets.append(Ark(_("Metode"), (_("Ord"), _("Hva det er")), explained))
    return without_time(write_workbook(sheets))


def without_time(data: bytes) -> bytes:
    """Return a workbook that does not say when it was made, so that the same figures are the same bytes."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            content = old.read(one)
            if one.filename == "docProps/core.xml":
                content = _TIME.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            entry = ZipInfo(one.filename)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            new.writestr(entry, content)
    return out.getvalue()


def _plain(t: Tabell) -> Ark:
    rows: list[list[Verdi]] = [[_value(cell) for cell in row] for row in t.rader]
    return Ark(t.tittel, tuple(t.kolonner), rows)


def _value(cell: str | Celle) -> Verdi:
    text = cell.tekst if isinstance(cell, Celle) else cell
    return int(text) if text.isascii() and text.isdecimal() else text
