"""A document as one HTML page that needs nothing else: contents first, then the blocks, flows as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.dokument.flyt import draw
from oppfolgingscli.vis.dokument.modell import Flyt, Overskrift, bits, clean
from oppfolgingscli.vis.html.side import render
from oppfolgingscli.vis.svg.tegning import to_text

if TYPE_CHECKING:
    from oppfolgingscli.vis.dokument.modell import Dokument


def to_html(dok: Dokument) -> str:
    """Write a document as a page in the language in use, which must be the document's."""
    numbered = {heading: number for heading, number in dok.numbered()}  # noqa: C416 - dict() of a generator of pairs reads as a copy
    drawings = {
        block: to_text(draw(block, f"flyt-{n}")) for n, block in enumerate(dok.blokker, 1) if isinstance(block, Flyt)
    }
    return render(
        "dokument.html.j2",
        dok=dok,
        slag=[type(block).__name__ for block in dok.blokker],
        nummer=numbered,
        tegninger=drawings,
        innhold=[heading for heading in numbered if heading.niva < 3],
        biter=bits,
        ren=clean,
        ankere={block.anker for block in dok.blokker if isinstance(block, Overskrift)},
        innholdsord=_("Innhold"),
    )
