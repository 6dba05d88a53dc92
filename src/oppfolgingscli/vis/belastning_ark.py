"""A workload as a workbook: the findings, a sheet for each table, and what the figures rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.belastningnoter import notes
from oppfolgingscli.vis.belastningord import headline, peaks, statements, typical
from oppfolgingscli.vis.belastningtabeller import tables
from oppfolgingscli.vis.regneark import Ark, write_workbook

if TYPE_CHECKING:
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning, Oversikt, Rute
    from oppfolgingscli.vis.regneark import Verdi

_SHARES = frozenset({"andel_av_avsatt", "andel"})


def to_xlsx(v: Belastningsvisning) -> bytes:
    """Write a workload as a workbook. Hours are numbers; how often there is time is in words."""
    found = [headline(v), *(line for s in (*statements(v), *peaks(v)) for line in s.split("\n"))]
    if v.belastning.deltakere:
        found.append(typical(v))
    names = {
        "roller": _("Roller"), "personer": _("Personer"), "hyppighet": _("Hvor ofte"), "topper": _("Travle uker"),
        "rutiner": _("Rutiner"), "uker": _("Uker"), "deltakere": _("Deltakere"),
    }  # fmt: skip
    sheets = [Ark(_("Funn"), (_("Funn"),), [[line] for line in found])]
    sheets += [_sheet(t, names[t.id]) for t in tables(v)]
    sheets.append(Ark(_("Forklaring"), (_("Det tallene bygger på"),), [[line] for line in notes(v)]))
    return write_workbook(sheets)


def _sheet(t: Oversikt, name: str) -> Ark:
    cells = t.rader[0][1]
    shares = frozenset(i for i, c in enumerate(cells) if c.felt in _SHARES)
    return Ark(
        name, tuple(_heading(k) for k in t.kolonner), [[_value(c) for c in row] for _key, row in t.rader], shares
    )


def _heading(text: str) -> str:
    """Return a heading that no program takes for a formula: roles are named by whoever wrote the set."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _value(c: Rute) -> Verdi:
    """Return a figure as a number: hours with two decimals, shares exact; what is worded, in words."""
    if c.felt in _SHARES or c.felt in {"uker_over", "skoledager"}:
        return c.verdi
    if c.felt in {"mulig_hel", "alene_hel", "uke", "mest_uke"}:
        return c.tekst
    if c.felt == "fra" and isinstance(c.verdi, str):
        from datetime import date

        return date.fromisoformat(c.verdi)
    return round(c.verdi, 2) if isinstance(c.verdi, float) else c.verdi
