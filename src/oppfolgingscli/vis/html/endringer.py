"""What changed between routine sets as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.endringer_tekst import headings, rows
from oppfolgingscli.vis.html.side import Tabell, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.vis.endringer import Del


def to_html(deler: Sequence[Del]) -> str:
    """Write the parts as a page."""
    parts = [
        (d, [(s, Tabell(f"{s.tittel}: {d.tittel}", headings(s), rows(s)) if s.poster else None) for s in d.seksjoner])
        for d in deler
    ]
    return render(
        "endringer.html.j2", tittel=_("Endringer i rutinene"), deler=parts, grunnlag=_("Det tallene bygger på")
    )
