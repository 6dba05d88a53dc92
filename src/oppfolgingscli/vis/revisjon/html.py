"""The audit as a page that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.vis.html.side import render
from oppfolgingscli.vis.revisjon.dokument import page

if TYPE_CHECKING:
    from oppfolgingscli.vis.revisjon import Revisjonsvisning


def to_html(v: Revisjonsvisning) -> str:
    """Write the audit as a page, in the language in use."""
    return render("rapport.html.j2", r=page(v))
