"""A document as Markdown (CommonMark with tables), which reads well as plain text too."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.dokument.modell import (
    Avsnitt,
    Bilde,
    Boks,
    Fakta,
    Flyt,
    Liste,
    Overskrift,
    Sitat,
    Tabell,
    bits,
    clean,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oppfolgingscli.vis.dokument.modell import Blokk, Dokument, Tekst

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#~])")
_LEADING: Final = re.compile(r"^\s*(?:([-+=])|\d+(?=[.)](?:\s|$)))")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")


def to_markdown(dok: Dokument) -> str:
    """Write a document as Markdown, with links between its parts as GitHub and most editors make them."""
    numbered = [(heading, f"{number} {clean(heading.tekst)}") for heading, number in dok.numbered()]
    targets = _slugs([clean(dok.tittel), _("Innhold"), *(text for _heading, text in numbered)])[2:]
    links = {heading.anker: target for (heading, _text), target in zip(numbered, targets, strict=True)}
    parts = [f"# {escape(dok.tittel)}", _start(escape(dok.undertittel)), _facts(dok.forside, links)]
    contents = [
        f"{'  ' * (heading.niva - 1)}- [{escape(text)}](#{links[heading.anker]})"
        for heading, text in numbered
        if heading.niva < 3
    ]
    parts += ["## " + escape(_("Innhold")), "\n".join(contents)]
    titles = dict(numbered)
    for block in dok.blokker:
        parts.append(_heading(block, titles[block]) if isinstance(block, Overskrift) else _block(block, links))
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """Write text so that Markdown takes none of it for markup."""
    return _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\1", clean(text)))


def _start(text: str) -> str:
    """Keep what begins a line from being taken for a list, an underline or a rule."""
    return "\n".join(_LEADING.sub(_hold, line) for line in text.split("\n"))


def _hold(match: re.Match[str]) -> str:
    return match[0][:-1] + f"\\{match[1]}" if match[1] else f"{match[0]}\\"


def _heading(heading: Overskrift, text: str) -> str:
    # «1. x» would be a list, but not within a heading.
    return f"{'#' * (heading.niva + 1)} {escape(text)}"


def _slugs(texts: list[str]) -> list[str]:
    """Return the names headings get in links: lower case, punctuation gone, spaces as hyphens, told apart by number."""
    seen: Counter[str] = Counter()
    out = []
    for text in texts:
        kept = (c for c in text.lower() if c in " -_" or unicodedata.category(c)[0] in "LNM")
        slug = "".join("-" if c == " " else c for c in kept)
        out.append(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return out


def _inline(tekst: Tekst, links: Mapping[str, str], *, cell: bool = False) -> str:
    out = []
    for bit in bits(tekst):
        text = escape(bit.tekst)
        core = text.strip()
        if core and (bit.sterk or bit.merke):
            sign = "**" if bit.sterk else "*"
            text = text.replace(core, f"{sign}{core}{sign}", 1)
        if core and bit.anker in links:
            text = f"[{text}](#{links[bit.anker or '']})"
        out.append(text)
    return "".join(out).replace("\n", "<br>" if cell else "  \n")


def _block(block: Blokk, links: Mapping[str, str]) -> str:
    match block:
        case Avsnitt():
            text = _start(_inline(block.tekst, links))
        case Liste():
            text = _list(block, links)
        case Fakta():
            text = _facts(block.linjer, links)
        case Tabell():
            text = _table(block, links)
        case Sitat():
            text = _quote(f"{_start(escape(block.tekst))}\n\n– {escape(block.opphav)}")
        case Boks():
            text = _quote(f"**{escape(block.tittel)}** {_inline(block.tekst, links)}")
        case Flyt():
            text = f"**{escape(block.tittel)}**\n\n" + "\n".join(_flow(block))
        case Bilde():
            text = ""  # what it shows stands in words around it
        case Overskrift():
            text = ""
    return text


def _list(block: Liste, links: Mapping[str, str]) -> str:
    signs = (f"{n}." if block.nummerert else "-" for n in range(1, len(block.punkter) + 1))
    return "\n".join(
        f"{sign} " + _start(_inline(item, links)).replace("\n", "\n" + " " * (len(sign) + 1))
        for sign, item in zip(signs, block.punkter, strict=True)
    )


def _quote(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _facts(lines: tuple[tuple[str, Tekst], ...], links: Mapping[str, str]) -> str:
    return "\n".join(f"- **{escape(name)}:** " + _inline(text, links).replace("\n", "\n  ") for name, text in lines)


def _table(table: Tabell, links: Mapping[str, str]) -> str:
    lines = [
        "| " + " | ".join(escape(name).replace("\n", " ") for name in table.kolonner) + " |",
        "|" + " --- |" * len(table.kolonner),
    ]
    lines += ["| " + " | ".join(_inline(cell, links, cell=True) for cell in row) + " |" for row in table.rader]
    return f"**{escape(table.tittel)}**\n\n" + "\n".join(lines)


def _flow(flow: Flyt) -> list[str]:
    """Write a flow as a nested list: each event with what follows from it."""
    nodes = {node.id: node for node in flow.noder}
    lines: list[str] = []

    def walk(id_: str, depth: int) -> None:
        node = nodes[id_]
        name = f"**{escape(node.tekst)}**" if node.hendelse else "→ " + escape(node.tekst)
        rest = f" ({escape('; '.join(node.linjer))})" if node.linjer else ""
        lines.append(f"{'  ' * depth}- {name}{rest}")
        for start, end in flow.lenker:
            if start == id_:
                walk(end, depth + 1)

    for node in flow.noder:
        if node.hendelse:
            walk(node.id, 0)
    return lines
