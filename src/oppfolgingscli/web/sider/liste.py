"""«Hvem skylder jeg noe?»: the same as ``oppfolging sjekk``, with a way to the log form from each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.cli.vurdert import Utvalg
from oppfolgingscli.sprak import _
from oppfolgingscli.web.svar import Side, Svar

if TYPE_CHECKING:
    from oppfolgingscli.web.kontekst import Kontekst


def liste(k: Kontekst) -> Svar:
    """Show what is owed."""
    o = Utvalg(k.grunnlag, (), (), ()).overview(k.dager)
    return Side("liste.html.j2", _("Hvem skylder jeg noe?"), {"emne": o.emne})
