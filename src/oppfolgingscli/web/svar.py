"""What a page answers with: something to fill a template with, somewhere else to go, or a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Side:
    """A page. ``mal``: a template in ``maler`` that extends ``ramme.html.j2``; ``verdier``: what it is filled with.

    ``tittel`` is both the heading of the window and, in most templates, the page's; translated. ``css``: further
    style sheets by their names in ``stil.ARK``. ``kode``: the HTTP status.
    """

    mal: str
    tittel: str
    verdier: Mapping[str, Any] = field(default_factory=dict)
    css: tuple[str, ...] = ()
    kode: int = 200


@dataclass(frozen=True, slots=True)
class Videre:
    """Go on to another page of ours (303 See Other), made with ``Kontekst.url``."""

    url: str


@dataclass(frozen=True, slots=True)
class Fil:
    """Something to save: ``navn`` is what the browser calls it (ASCII, made by us, never by the reader)."""

    innhold: bytes
    medietype: str
    navn: str


Svar = Side | Videre | Fil


class Ikke(Exception):
    """There is no such thing here, or it may not be done: answered with a page. ``str()`` is a translated sentence."""

    def __init__(self, kode: int, melding: str) -> None:
        super().__init__(melding)
        self.kode = kode
