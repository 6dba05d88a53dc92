"""A comparison of sets for the terminal, and as Markdown."""

from __future__ import annotations

import re
from textwrap import fill
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.spalter import grid, layout, least_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from oppfolgingscli.vis.html.side import Celle
    from oppfolgingscli.vis.sammenlign import Oversikt, Rad, Slag, Visning

_MD: Final = re.compile(r"([\\`*_\[\]<>|#~])")
_IN: Final = " " * 4


def render(v: Visning, bredde: int, *, bare_svaret: bool = False) -> str:
    """Write a comparison as text ``bredde`` columns wide. ``bare_svaret``: the tables only."""
    parts = [v.tittel + "\n"]
    if not bare_svaret:
        parts.append(_filled(v.ingress, bredde))
    parts.append(_defined(v.sett, bredde))
    for overview in v.oversikter:
        parts.append(f"{overview.tittel}\n" + _filled([overview.undertekst], bredde))
        parts += [layout(*table, bredde) for table in _pieces(overview, bredde)]
    if v.bare_en:
        parts.append(only_heading() + "\n" + _defined(v.bare_en, bredde))
    parts += [_block(kind, v.arstall, bredde) for kind in v.slag]
    if not bare_svaret:
        parts += [_("Tegn og ord") + "\n" + _defined(v.tegn, bredde), _("Det tallene bygger på") + "\n" + _bullets(v.noter, bredde)]  # fmt: skip
    return "\n".join(parts)


def only_heading() -> str:
    """Head the list of what one set has and no other."""
    return _("Bare ett av settene har")


def _filled(sentences: Iterable[str], width: int) -> str:
    return "".join(fill(text, width, break_on_hyphens=False) + "\n" for text in sentences)


def _bullets(sentences: Iterable[str], width: int) -> str:
    return "".join(
        fill(text, width, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False) + "\n"
        for text in sentences
    )


def _defined(pairs: Sequence[tuple[str, str]], width: int) -> str:
    first = max((len(name) for name, _text in pairs), default=0) + 4
    return "".join(
        fill(
            text, width, initial_indent=f"  {name}".ljust(first), subsequent_indent=" " * first, break_on_hyphens=False
        )
        + "\n"
        for name, text in pairs
    )


def _pieces(o: Oversikt, width: int) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Cut an overview into tables that fit, each with as many sets as the others."""
    sets = range(1, len(o.kolonner))
    for pieces in range(1, len(sets) + 1):
        size = -(-len(sets) // pieces)
        tables = [_part(o, sets[start : start + size]) for start in range(0, len(sets), size)]
        if all(least_width(*table) <= width for table in tables) or size == 1:
            yield from tables
            return


def _part(o: Oversikt, sets: Sequence[int]) -> tuple[list[str], list[list[str]]]:
    header = [o.kolonner[0], *(o.kolonner[i] for i in sets)]
    return header, [[_text(row[0]), *(_text(row[i]) for i in sets)] for row in o.rader]


def _text(cell: str | Celle) -> str:
    return cell if isinstance(cell, str) else cell.tekst


def _block(kind: Slag, years: Sequence[str], width: int) -> str:
    """Write one kind of contact: numbers in columns, and under each routine what the numbers stand for."""
    seen: set[str] = set()
    rows = []
    for rad in kind.rader:
        label = f"  {rad.id}" if rad.sett in seen else rad.sett
        seen.add(rad.sett)
        rows.append((label, *(_text(c) for c in rad.ar)))
    head, body = grid((_("Sett"), *years), rows, width)
    out = [kind.tittel, *head]
    for rad, lines in zip(kind.rader, body, strict=True):
        out += lines
        if rad.rutine:
            out.append(fill(_in_words(rad), width, initial_indent=_IN, subsequent_indent=_IN, break_on_hyphens=False))
    return "\n".join(out) + "\n" + (_lacking(kind.har_ikke, width) if kind.har_ikke else "")


def _lacking(sets: str, width: int) -> str:
    return _filled([_("Har ikke: {sett}").format(sett=sets)], width)


def _in_words(rad: Rad) -> str:
    who = rad.ansvarlig
    if rad.deltar and rad.deltar != "–":
        who += " " + _("(med {roller})").format(roller=rad.deltar)
    return f"{rad.rutine}: {rad.ofte}. {who}. {rad.grunnlag.capitalize()} [{rad.kilde}]"


def to_markdown(v: Visning) -> str:
    """Write a comparison as Markdown."""
    parts = [f"# {escape(v.tittel)}", *map(escape, v.ingress), _md_list(v.sett)]
    for overview in v.oversikter:
        rows = [[_text(cell) for cell in row] for row in overview.rader]
        parts += [f"## {escape(overview.tittel)}", escape(overview.undertekst), md_table(overview.kolonner, rows)]
    if v.bare_en:
        parts += [f"## {escape(only_heading())}", _md_list(v.bare_en)]
    parts.append("## " + _("Slag for slag"))
    for kind in v.slag:
        summed = all(not rad.rutine for rad in kind.rader)
        rows = [[rad.sett, *(_text(c) for c in rad.ar), *(() if summed else details(rad))] for rad in kind.rader]
        header = (_("Sett"), *v.arstall, *(() if summed else detail_headings()))
        parts += [f"### {escape(kind.tittel)}", md_table(header, rows)]
        if kind.har_ikke:
            parts.append(escape(_("Har ikke: {sett}").format(sett=kind.har_ikke)))
    parts += ["## " + _("Tegn og ord"), _md_list(v.tegn)]
    parts += ["## " + _("Det tallene bygger på"), "\n".join(f"- {escape(text)}" for text in v.noter)]
    return "\n\n".join(parts) + "\n"


def detail_headings() -> tuple[str, ...]:
    """Head the columns that say what, how often, who, on what ground and where it is written."""
    return (_("Rutine"), _("Hvor ofte"), _("Ansvarlig"), _("Med"), _("Grunnlag"), _("Kilde"))


def details(rad: Rad) -> tuple[str, ...]:
    """Return what stands in those columns."""
    return (rad.rutine or _("i alt"), rad.ofte, rad.ansvarlig, rad.deltar, rad.grunnlag, rad.kilde)


def md_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table as Markdown; whatever could be markup is escaped."""
    lines = ["| " + " | ".join(escape(cell) for cell in header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _md_list(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- **{escape(name)}**: {escape(text)}" for name, text in pairs)


def escape(text: str) -> str:
    """Make sure that nothing in a text is Markdown."""
    return _MD.sub(r"\\\1", text)
