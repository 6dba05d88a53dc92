"""The audit for people: text, Markdown, web page and workbook, all of the same publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oppfolgingscli.revisjon.krav import Kravsvar
    from oppfolgingscli.revisjon.utgave import Utgave
    from oppfolgingscli.vis.revisjon.navn import Revisjonsnavn


@dataclass(frozen=True, slots=True)
class Revisjonsvisning:
    """All that every form of the audit is given, and all it may show.

    ``inndata``: (what, SHA-256) of what was read; ``uleste``: how many folders were not.
    """

    utgave: Utgave
    navn: Revisjonsnavn
    krav: tuple[Kravsvar, ...] = ()
    inndata: tuple[tuple[str, str], ...] = ()
    uleste: int = 0
