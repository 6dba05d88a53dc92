"""Tables for the terminal: points and what they add up to, as plain columns that also pipe well.

Written without rich: a class has thousands of points, and a table of plain columns is there at once,
can be searched and cut, and never depends on the width of the screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _, dato_kort, navn, ngettext
from oppfolgingscli.tid.perioder import skolear_for, skolear_nokkel
from oppfolgingscli.vis.ord import periode_ord

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.hendelse import Punkt, Varsel
    from oppfolgingscli.modell.rutinesett import Rutinesett

_EMPTY: Final = "–"
_GAP: Final = "  "


def columns(header: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Lay out rows under a header in columns wide enough for the longest; ``right``: numbers of right-set columns."""
    table = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    rule = tuple("─" * width for width in widths)
    lines = []
    for row in (table[0], rule, *table[1:]):
        cells = [
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(_GAP.join(cells).rstrip())
    return "\n".join(lines) + "\n"


def _day(value: date | None) -> str:
    return dato_kort(value) if value else _EMPTY


def routine_names(rutinesett: Rutinesett) -> dict[str, str]:
    """Return the names of the routines in the language in use (of the last version of each)."""
    return {v.rutine.id: navn(v.rutine.navn) for v in rutinesett.versjoner}


def points_table(punkter: Sequence[Punkt], rutinesett: Rutinesett, unsure: frozenset[str]) -> str:
    """Render points, one a line, with marks explained below. ``unsure``: ids resting on unconfirmed dates."""
    names = routine_names(rutinesett)
    used: set[str] = set()
    rows = []
    for p in punkter:
        marks = _marks(p, unsure=p.id in unsure)
        used.update(marks)
        number = f"{periode_ord(p.periode)} · {p.nr}" if p.nr > 1 else periode_ord(p.periode)
        rows.append((
            _day(p.frist), _day(p.mal), _day(p.fra), p.subjekt, names[p.rutine], number, "".join(sorted(marks)),
        ))  # fmt: skip
    header = (_("Frist"), _("Planlegg"), _("Åpner"), _("Hvem"), _("Rutine"), _("Periode"), "")
    legend = [f"  {mark}  {text}" for mark, text in _legend().items() if mark in used]
    return columns(header, rows) + ("\n" + "\n".join(legend) + "\n" if legend else "")


def _marks(p: Punkt, *, unsure: bool) -> set[str]:
    flags = {"a": p.antatt, "d": p.delvis, "ø": not p.krav, "u": unsure, "f": p.grunn is not None}
    return {mark for mark, is_set in flags.items() if is_set}


def _legend() -> dict[str, str]:
    return {
        "a": _("antatt: tallet står ikke i kilden, se rutinefila"),
        "d": _("delvis: færre enn ellers, for rutinen gjelder bare en del av perioden"),
        "f": _("fritatt: skal ikke planlegges"),
        "u": _("ubekreftet: fristen bygger på en dato i skoleruta som ikke er bekreftet"),
        "ø": _("ønsket, ikke et krav"),
    }


def summary_table(punkter: Iterable[Punkt], rutinesett: Rutinesett) -> str:
    """Render how many points each routine gives per school year (of the day to plan it), wished ones in brackets."""
    names = routine_names(rutinesett)
    counts: Counter[tuple[str, int, bool]] = Counter()
    subjects: dict[str, set[str]] = {}
    for p in punkter:
        if p.grunn is None:
            counts[p.rutine, skolear_for(p.mal or p.fra), p.krav] += 1
            subjects.setdefault(p.rutine, set()).add(p.subjekt)
    years = sorted({year for _rutine, year, _krav in counts})
    rows = []
    for rutine in dict.fromkeys(v.rutine.id for v in rutinesett.versjoner):
        if rutine not in subjects:
            continue
        cells = [_count(counts[rutine, year, True], counts[rutine, year, False]) for year in years]
        total = _count(
            sum(counts[rutine, year, True] for year in years), sum(counts[rutine, year, False] for year in years)
        )
        rows.append((names[rutine], str(len(subjects[rutine])), *cells, total))
    header = (_("Rutine"), _("Hvem"), *(skolear_nokkel(year).replace("-20", "/") for year in years), _("I alt"))
    return columns(header, rows, right=range(1, len(header)))


def _count(required: int, wished: int) -> str:
    if not wished:
        return str(required or _EMPTY)
    return f"{required} (+{wished})"


def warnings_text(varsler: Iterable[Varsel]) -> str:
    """Render warnings, one a line."""
    lines = [f"{v.sted}: {v.melding}" for v in varsler]
    if not lines:
        return ""
    head = ngettext("{antall} varsel:", "{antall} varsler:", len(lines)).format(antall=len(lines))
    return "\n".join([head, *(f"  {line}" for line in lines)]) + "\n"
