"""What changed between routine sets as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.html.side import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.vis.endringer import Del


def to_html(deler: Sequence[Del]) -> str:
    """Write the parts as a page."""
    words = {"tittel": _("Endringer i rutinene"), "grunnlag": _("Det tallene bygger på"), "til": _("ble til")}
    return render("endringer.html.j2", deler=deler, ordene=words)
