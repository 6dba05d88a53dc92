"""The audit as text on the screen, and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.html.side import Celle, Tabell
from oppfolgingscli.vis.rapport import md_escape as escape
from oppfolgingscli.vis.rapport import md_table, shorten
from oppfolgingscli.vis.revisjon.dokument import page
from oppfolgingscli.vis.revisjon.funn import findings, headline, hidden, requirement
from oppfolgingscli.vis.revisjon.tabeller import table, tables
from oppfolgingscli.vis.tabell import columns

if TYPE_CHECKING:
    from oppfolgingscli.vis.revisjon import Revisjonsvisning

_ON_SCREEN: Final = ("type", "fylke", "skole", "grunnlag", "gruppe", "semester")
_COLUMNS: Final = ("n_deltakere", "bedomt", "i_tide", "i_tide_andel", "i_tide_kl", "dager_dekket", "dekning")
_NAME: Final = 40


def render(v: Revisjonsvisning, bredde: int, *, bare_svaret: bool = False) -> str:
    """Write the audit as text: the findings, the requirements, and the tables of one division each.

    ``bredde``: columns there are for running text. ``bare_svaret``: the tables and the requirements alone.
    """
    parts = [headline(v) + "\n"]
    if not bare_svaret:
        for title, lines in findings(v):
            parts.append(title + "\n" + "".join(_bullet(line, bredde) for line in lines))
    if v.krav:
        parts.append(_("Krav") + "\n" + "".join(_bullet(requirement(v, s), bredde) for s in v.krav))
    parts += [
        t.tittel + "\n\n" + _table(table(v, t, _COLUMNS)) for t in tables(v) if t.id in _ON_SCREEN and len(t.linjer) > 1
    ]
    parts.append(fill(hidden(v), bredde) + "\n")
    if not bare_svaret:
        parts.append(
            fill(_("Alle tabeller, definisjoner og grenser: --ut FIL.html (eller .md, .xlsx, .json)."), bredde) + "\n"
        )
    return "\n".join(parts)


def _bullet(line: str, bredde: int) -> str:
    return fill(line, bredde, initial_indent="• ", subsequent_indent="  ") + "\n"


def _text(cell: str | Celle) -> str:
    return cell.tekst if isinstance(cell, Celle) else cell


def _table(t: Tabell) -> str:
    rows = [
        [shorten(_text(cell), _NAME) if i not in t.tall else _text(cell) for i, cell in enumerate(row)]
        for row in t.rader
    ]
    return columns(list(t.kolonner), rows, right=list(t.tall))


def to_markdown(v: Revisjonsvisning) -> str:
    """Write the whole audit as Markdown."""
    side = page(v)
    parts = [f"# {escape(side.tittel)}", escape(side.ingress), escape(side.obs), escape(side.laget)]
    for d in side.deler:
        parts.append(f"## {escape(d.tittel)}")
        parts += [escape(text) for text in d.avsnitt]
        for title, lines in d.lister:
            parts += [f"### {escape(title)}", _list(lines)]
        if d.punkter:
            parts.append(_list(d.punkter))
        for figure in d.figurer:
            parts += [f"### {escape(figure.tittel)}", escape(figure.tekst)]
            if figure.tabell is not None:
                parts.append(_markdown(figure.tabell))
        for t in d.tabeller:
            parts += [f"### {escape(t.tittel)}", *([escape(t.undertekst)] if t.undertekst else []), _markdown(t)]
        if d.ordliste:
            parts.append("\n".join(f"- **{escape(name)}**: {escape(text)}" for name, text in d.ordliste))
        parts += [escape(text) for text in d.etter]
    return "\n\n".join(parts) + "\n"


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {escape(line)}" for line in lines)


def _markdown(t: Tabell) -> str:
    left = min(t.tall, default=len(t.kolonner))
    return md_table(t.kolonner, [[_text(cell) for cell in row] for row in t.rader], left)
