"""The audit as a workbook: a sheet for each table, with filters, and the methods on one of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    explained += [[what, value] for what, value in v.inndata]
    sheets.append(Ark(_("Metode"), (_("Ord"), _("Hva det er")), explained))
    return write_workbook(sheets)


def _plain(t: Tabell) -> Ark:
    rows: list[list[Verdi]] = [[_value(cell) for cell in row] for row in t.rader]
    return Ark(t.tittel, tuple(t.kolonner), rows)


def _value(cell: str | Celle) -> Verdi:
    text = cell.tekst if isinstance(cell, Celle) else cell
    return int(text) if text.isascii() and text.isdecimal() else text
