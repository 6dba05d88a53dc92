"""A report as text on the screen, and as Markdown: findings in words, then tables with every denominator in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.funnord import statements
from oppfolgingscli.vis.rapportkolonner import TOM, followed, given, surer
from oppfolgingscli.vis.rapportvisning import VIEWS, changed, closing, headline, not_yet, shown, view
from oppfolgingscli.vis.tabell import columns

if TYPE_CHECKING:
    from oppfolgingscli.vis.rapportkolonner import Kolonne
    from oppfolgingscli.vis.rapportvisning import Rapportvisning, Visning

_NAME: Final = 40
"""Letters of a routine's name in a table on the screen."""
_MD: Final = re.compile(r"([\\`*_\[\]<>|#])")


def shorten(name: str, most: int) -> str:
    """Take words out of the middle of a long name: its end tells routines apart as often as its beginning does."""
    if len(name) <= most:
        return name
    words, tail, head = name.split(), "", ""
    while words and len(words[-1]) + 1 + len(tail) <= most // 2:
        tail = f"{words.pop()} {tail}".rstrip()
    for word in words:
        if len(f"{head} {word}".lstrip()) + len(" … ") + len(tail) > most:
            break
        head = f"{head} {word}".lstrip()
    return f"{head} … {tail}" if head and tail else name[: most - 1].rstrip() + "…"


def _cells(visning: Visning, cols: Sequence[Kolonne], most: int | None = None) -> list[list[str]]:
    """Return the cells of a view. ``most``: letters of a name, which then stands once above its periods."""
    out: list[list[str]] = []
    before = ""
    for line in visning.linjer:
        first = list(line.forst)
        if most is not None:
            first[0], before = ("" if len(first) > 1 and first[0] == before else shorten(first[0], most)), first[0]
        out.append([*first, *(c.tekst(line.rad) for c in cols)])
    return out


def _legend(cols: Sequence[Kolonne]) -> list[tuple[str, str]]:
    return [(c.navn, c.forklaring) for c in cols if c.navn] + [(TOM, _("det er ingenting å regne av"))]


def _table(visning: Visning, cols: Sequence[Kolonne]) -> str:
    header = (*visning.forst, *(c.navn for c in cols))
    lead = len(visning.forst)
    left = set(range(lead)) | {i for i, c in enumerate(cols, start=lead) if not c.navn}
    return columns(header, _cells(visning, cols, _NAME), right=[i for i in range(len(header)) if i not in left])


def render(v: Rapportvisning, bredde: int, etter: Sequence[str] = ("rutine",), *, bare_svaret: bool = False) -> str:
    """Write a report as text: the findings, and the views asked for, each table no wider than the names allow.

    ``bredde``: columns there are for running text. ``bare_svaret``: the tables alone, without findings and what
    the columns mean.
    """
    parts = [headline(v) + "\n"]
    if not bare_svaret and (words := statements(v.rapport, v.navn)):
        parts.append("".join(fill(line, bredde, initial_indent="• ", subsequent_indent="  ") + "\n" for line in words))
    explained: dict[str, Kolonne] = {}
    for id_ in etter:
        visning = view(v, id_)
        if not visning.linjer:
            continue
        if len(etter) > 1:
            parts.append(visning.tittel + "\n")
        for cols in (shown(visning, followed()), shown(visning, given())):
            if cols:
                parts.append(_table(visning, cols))
                explained |= {c.felt: c for c in cols}
    parts.append("\n".join(fill(line, bredde) for line in (*closing(v), *not_yet(v))) + "\n")
    if not bare_svaret:
        legend = _legend(list(explained.values()))
        width = max(len(name) for name, _text in legend)
        parts.append("".join(f"  {name.ljust(width)}  {words}\n" for name, words in legend))
    return "\n".join(parts)


def to_markdown(v: Rapportvisning, etter: Sequence[str] = VIEWS) -> str:
    """Write a report as Markdown: the findings, a table for each view, and what the columns mean."""
    parts = ["# " + _("Måltall"), md_escape(headline(v))]
    if words := statements(v.rapport, v.navn):
        parts.append("\n".join(f"- {md_escape(line)}" for line in words))
    explained: dict[str, Kolonne] = {}
    for id_ in etter:
        visning = view(v, id_)
        if not visning.linjer:
            continue
        cols = [c for c in shown(visning, (*followed(), *surer(), *given())) if c.navn]
        explained |= {c.felt: c for c in cols}
        header = (*visning.forst, *(c.navn for c in cols))
        parts += [f"## {visning.tittel}", md_escape(visning.forklaring).capitalize() + ".",
                  md_table(header, _cells(visning, cols), len(visning.forst))]  # fmt: skip
    if rows := changed(v):
        header = (_("Rutine"), _("Hva"), _("Fra"), _("Til"), _("Prosentpoeng"), _("Usikkerhet"))
        parts += ["## " + _("Endring fra første til siste semester"), md_table(header, [r[:6] for r in rows], 4)]
    parts += [md_escape(line) for line in (*closing(v), *not_yet(v))]
    parts.append("\n".join(f"- **{name}**: {text}" for name, text in _legend(list(explained.values()))))
    return "\n\n".join(parts) + "\n"


def md_table(header: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> str:
    """Write a table; the columns from ``left`` on are figures, to the right."""
    rule = [" --- " if i < left else " ---: " for i in range(len(header))]
    lines = ["| " + " | ".join(header) + " |", "|" + "|".join(rule) + "|"]
    return "\n".join(lines + ["| " + " | ".join(md_escape(cell) for cell in row) + " |" for row in rows])


def md_escape(text: str) -> str:
    """Write text so that Markdown takes none of it for markup."""
    return _MD.sub(r"\\\1", text)
