"""What changed between routine sets, for the terminal and as Markdown."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.sammenlign_tekst import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.vis.endringer import Del, Post, Seksjon

_IN: Final = " " * 6


def render(deler: Sequence[Del], bredde: int, *, bare_svaret: bool = False) -> str:
    """Write the parts as text ``bredde`` columns wide. ``bare_svaret``: without what the numbers rest on."""
    parts = []
    for part in deler:
        parts.append(f"{part.tittel}\n" + _fill(part.ingress, bredde))
        parts += [_section(s, bredde) for s in part.seksjoner]
        if part.noter and not bare_svaret:
            parts.append("".join(_fill(text, bredde) for text in part.noter))
    return "\n".join(parts)


def _fill(text: str, width: int, first: str = "", rest: str = "") -> str:
    return fill(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False) + "\n"


def _section(s: Seksjon, width: int) -> str:
    text = s.tittel + "\n" + (_fill(s.tekst, width, "  ", "  ") if s.tekst else "")
    return text + "".join(_post(p, width) for p in s.poster)


def _post(p: Post, width: int) -> str:
    lines = _fill(f"{p.navn} ({p.om})", width, "  - ", "    ")
    for label, before, after in p.linjer:
        lines += _fill(line(label, before, after), width, _IN, _IN + "  ")
    return lines


def line(label: str, before: str, after: str) -> str:
    """Write one line of a routine: «ansvarlig: Skolen → Koordinator», or what it is where there is only now."""
    return f"{label}: {before} → {after}" if before else f"{label}: {after}"


def to_markdown(deler: Sequence[Del]) -> str:
    """Write the parts as Markdown."""
    parts = []
    for part in deler:
        parts += [f"# {escape(part.tittel)}", escape(part.ingress)]
        for s in part.seksjoner:
            parts.append(f"## {escape(s.tittel)}")
            if s.tekst:
                parts.append(escape(s.tekst))
            if s.poster:
                parts.append("\n".join(_md_post(p) for p in s.poster))
        if part.noter:
            parts += ["## " + _("Det tallene bygger på"), "\n".join(f"- {escape(text)}" for text in part.noter)]
    return "\n\n".join(parts) + "\n"


def _md_post(p: Post) -> str:
    lines = [f"- **{escape(p.navn)}** ({escape(p.om)})"]
    return "\n".join([*lines, *(f"  - {escape(line(*parts))}" for parts in p.linjer)])
