"""A workload as text on the screen, with small bars, and as Markdown."""

from __future__ import annotations

import re
from fractions import Fraction
from textwrap import fill
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.belastningnoter import notes
from oppfolgingscli.vis.belastningord import headline, peaks, statements, typical
from oppfolgingscli.vis.belastningtabeller import frequencies, participants, people, roles, routines, tables
from oppfolgingscli.vis.belastningtall import hours, week_words
from oppfolgingscli.vis.rapport import shorten
from oppfolgingscli.vis.spalter import layout, least_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppfolgingscli.belastning.rad import Rolletall
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning, Oversikt

_MD: Final = re.compile(r"([\\`*_\[\]<>|#~])")
_BAR: Final = 10
_ROMSLIG: Final = 100
_I_SETNINGEN: Final = (5, 7)
"""Columns of a role left out where there is little room: set aside in all, and weeks over. The finding has them."""
_NAME: Final = 20
_MINST: Final = 4
"""Columns a table keeps however little room there is."""
FULL: Final = "█"
OVER: Final = "▓"
LEDIG: Final = "░"


def render(v: Belastningsvisning, bredde: int, *, bare_svaret: bool = False) -> str:
    """Write a workload as text. ``bredde``: columns there are. ``bare_svaret``: the tables alone."""
    parts = [_filled([headline(v)], bredde)]
    if not v.belastning.uker:
        parts.append(_filled([_("Ingen møter og ingen skoledager i denne tiden.")], bredde))
    if not bare_svaret:
        parts.append("".join(_bullet(line, bredde) for line in statements(v)))
    parts += [f"{t.tittel}\n{_role_table(t, bredde)}" for t in (roles(v), people(v)) if t.rader]
    if not bare_svaret and v.topper:
        parts.append("".join(_bullet(line, bredde) for line in peaks(v)))
    parts += [f"{t.tittel}\n{_table(t, bredde)}" for t in (frequencies(v), routines(v)) if t.rader and _fits(t, bredde)]
    parts += _weeks(v, bredde)
    each = participants(v)
    if each.rader:
        parts.append(each.tittel + "\n" + _table(each, bredde))
    if not bare_svaret:
        words = [typical(v)] if v.belastning.deltakere else []
        parts.append("".join(_bullet(line, bredde) for line in (*words, *notes(v))))
    return "\n".join(parts)


def _filled(lines: Iterable[str], width: int) -> str:
    return "".join(fill(line, width, break_on_hyphens=False) + "\n" for line in lines)


def _bullet(line: str, width: int) -> str:
    first, *rest = line.split("\n")
    out = fill(first, width, initial_indent="• ", subsequent_indent="  ", break_on_hyphens=False) + "\n"
    return out + "".join(
        fill(x, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False) + "\n" for x in rest
    )


def _fits(t: Oversikt, width: int) -> bool:
    """Whether there is room for a table of many columns; what it says stands in the findings too."""
    return t.id != "hyppighet" or width >= _ROMSLIG


def _table(t: Oversikt, width: int) -> str:
    """Write a table; where there is too little room its last columns are left out."""
    head, rows = list(t.kolonner), [[c.tekst for c in cells] for _key, cells in t.rader]
    while len(head) > _MINST and least_width(head, rows) > width:
        head, rows = head[:-1], [row[:-1] for row in rows]
    return layout(head, rows, width, t.tall)


def _role_table(t: Oversikt, width: int) -> str:
    """Write a table of roles or people with a bar of what is used; columns that are empty for all are left out."""
    keep = [i for i in range(len(t.kolonner)) if i < 2 or any(cells[i].verdi is not None for _k, cells in t.rader)]
    if width < _ROMSLIG:
        keep = [i for i in keep if i not in _I_SETNINGEN]
    used = t.kolonner.index(_("Brukt"))
    head: list[str] = []
    right = set()
    rows: list[list[str]] = [[] for _row in t.rader]
    for i in keep:
        if i in t.tall:
            right.add(len(head))
        head += [t.kolonner[i], ""] if i == used else [t.kolonner[i]]
        for row, (_key, cells) in zip(rows, t.rader, strict=True):
            row.append(cells[i].tekst)
            if i == used:
                share = cells[i].verdi
                row.append(bar(Fraction(share), Fraction(1), _BAR) if isinstance(share, int | float) else "")
    return layout(head, rows, width, right)


def bar(part: Fraction, whole: Fraction | None, bredde: int, most: Fraction | None = None) -> str:
    """Draw a part as a bar: ``whole`` is what is set aside, and what is above it is hatched.

    ``most``: the longest there is, which fills ``bredde`` (None: ``whole`` does, and what is above goes on).
    """
    scale = most if most is not None else whole
    if not scale:
        return ""
    length = round(bredde * part / scale)
    if part and not length:
        length = 1
    if whole is None:
        return FULL * length
    line = round(bredde * whole / scale)
    inside = min(length, line)
    over = max(length - line, 1 if part > whole else 0)
    return FULL * inside + LEDIG * (line - inside) + OVER * min(over, bredde)


def _weeks(v: Belastningsvisning, width: int) -> list[str]:
    """Write hours week by week for as many roles as there is room for: those with something set aside, then the busiest."""
    every = sorted((r for r in v.staff() if r.tid.sum), key=lambda r: (r.avsatt_i_uka is None, -r.tid.sum))
    if not every or not v.belastning.uker:
        return []
    some = every[:1]
    for r in every[1:]:
        if least_width(*_week_table(v, [*some, r])) > width:
            break
        some.append(r)
    head, rows = _week_table(v, some)
    out = _("Timer for hver uke") + "\n" + layout(head, rows, width, range(1, len(head), 2))
    if any(r.avsatt_i_uka is not None for r in some):
        key = _("{full} innenfor det avsatte  {ledig} ledig  {over} over").format(full=FULL, ledig=LEDIG, over=OVER)
        out += key + "\n"
    if left := [v.navn.rolle(r.rolle) for r in every[len(some) :]]:
        words = _("Det er også timer for {roller}; se dem uke for uke med --format html, xlsx eller csv.")
        out += _filled([words.format(roller=", ".join(left))], width)
    return [out]


def _week_table(v: Belastningsvisning, some: Sequence[Rolletall]) -> tuple[list[str], list[list[str]]]:
    head = [_("Uke")]
    for r in some:
        head += [_("Timer"), shorten(v.navn.rolle(r.rolle), _NAME)]
    most = {r.rolle: max(max(u.tid.sum, u.avsatt or Fraction(0)) for u in r.uker) for r in some}
    rows = []
    for i, u in enumerate(v.belastning.uker):
        row = [week_words(u.nokkel, year=True)]
        for r in some:
            last = r.uker[i]
            row += [hours(last.tid.sum) if last.tid.sum else "", bar(last.tid.sum, last.avsatt, _BAR, most[r.rolle])]
        rows.append(row)
    return head, rows


def to_markdown(v: Belastningsvisning) -> str:
    """Write a workload as Markdown: the findings, every table, and what the figures rest on."""
    parts = ["# " + _("Belastning"), _escape(headline(v)), "\n".join(f"- {_escape(line)}" for line in statements(v))]
    for t in tables(v):
        parts += [f"## {_escape(t.tittel)}", _md_table(t)]
    if v.belastning.deltakere:
        parts.append(_escape(typical(v)))
    parts += ["## " + _("Det tallene bygger på"), "\n".join(f"- {_escape(line)}" for line in notes(v))]
    return "\n\n".join(parts) + "\n"


def _md_table(t: Oversikt) -> str:
    rule = [" ---: " if i in t.tall else " --- " for i in range(len(t.kolonner))]
    lines = ["| " + " | ".join(_escape(k) for k in t.kolonner) + " |", "|" + "|".join(rule) + "|"]
    rows = ("| " + " | ".join(_escape(c.tekst) for c in cells) + " |" for _key, cells in t.rader)
    return "\n".join([*lines, *rows])


def _escape(text: str) -> str:
    return _MD.sub(r"\\\1", text).replace("\n", " ")
