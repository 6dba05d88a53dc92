"""The audit for people: text, Markdown, web page and workbook, all of the same publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from oppfolgingscli.revisjon.krav import Kravsvar
    from oppfolgingscli.revisjon.utgave import Utgave
    from oppfolgingscli.vis.revisjon.navn import Revisjonsnavn


class Inndata(NamedTuple):
    """Something that was read, and its SHA-256: a workspace by its class, or a file of a data set."""

    klasse: str | None
    fil: str | None
    sha256: str

    @property
    def hva(self) -> str:
        """What it is called."""
        return self.klasse or self.fil or ""


@dataclass(frozen=True, slots=True)
class Revisjonsvisning:
    """All that every form of the audit is given, and all it may show.

    ``inndata``: what was read; ``uleste``: how many folders were not.
    """

    utgave: Utgave
    navn: Revisjonsnavn
    krav: tuple[Kravsvar, ...] = ()
    inndata: tuple[Inndata, ...] = ()
    uleste: int = 0
