"""What a document is made of: blocks of text that know nothing of the form they will be written in.

All text is plain: each renderer escapes it. Numbers before headings and tables are the renderers' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_NOT_ALLOWED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of running text. A line break in ``tekst`` is a new line within the paragraph or cell.

    ``merke``: a mark such as «antatt». ``sprak``: the language, where it is not the document's own.
    ``anker``: the heading it leads to.
    """

    tekst: str
    sterk: bool = False
    merke: bool = False
    sprak: str | None = None
    anker: str | None = None


Tekst = str | tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class Overskrift:
    """A heading; ``niva`` 1 is a chapter. ``anker``: its name in links, unique in the document, without spaces."""

    niva: int
    tekst: str
    anker: str


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A paragraph."""

    tekst: Tekst


@dataclass(frozen=True, slots=True)
class Liste:
    """A list; ``nummerert``: the order matters."""

    punkter: tuple[Tekst, ...]
    nummerert: bool = False


@dataclass(frozen=True, slots=True)
class Fakta:
    """Facts about one thing: what it is called, and what it is."""

    linjer: tuple[tuple[str, Tekst], ...]


@dataclass(frozen=True, slots=True)
class Tabell:
    """A table. ``hode``: the first cell of a row is its heading. ``bredder``: the columns' shares of the width."""

    tittel: str
    kolonner: tuple[str, ...]
    rader: tuple[tuple[Tekst, ...], ...]
    hode: bool = True
    bredder: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitat:
    """Somebody else's words, and whose they are."""

    tekst: str
    opphav: str
    sprak: str | None = None


@dataclass(frozen=True, slots=True)
class Boks:
    """Something the reader must not miss."""

    tittel: str
    tekst: Tekst


@dataclass(frozen=True, slots=True)
class Node:
    """A box in a flow: an event (``hendelse``) or a step, with the lines below its name."""

    id: str
    tekst: str
    linjer: tuple[str, ...] = ()
    hendelse: bool = False


@dataclass(frozen=True, slots=True)
class Flyt:
    """What leads to what. ``lenker``: pairs (from, to) of node ids; there is no way back to a node.

    ``beskrivelse`` says the same in words, for those who cannot see the picture.
    """

    tittel: str
    beskrivelse: str
    noder: tuple[Node, ...]
    lenker: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bilde:
    """A picture as SVG markup that escapes its own text. ``tekst`` says what it shows, in words."""

    tittel: str
    tekst: str
    svg: str


Blokk = Overskrift | Avsnitt | Liste | Fakta | Tabell | Sitat | Boks | Flyt | Bilde


@dataclass(frozen=True, slots=True)
class Dokument:
    """A document in one language (``sprak``: nb, nn or en). ``forside``: facts below the title."""

    tittel: str
    undertittel: str
    sprak: str
    forside: tuple[tuple[str, Tekst], ...]
    blokker: tuple[Blokk, ...]

    def numbered(self) -> Iterator[tuple[Overskrift, str]]:
        """Yield the headings with their numbers: 1, 1.1, 1.1.1."""
        counts = [0, 0, 0]
        for block in self.blokker:
            if isinstance(block, Overskrift):
                counts[block.niva - 1] += 1
                counts[block.niva :] = [0] * (3 - block.niva)
                yield block, ".".join(map(str, counts[: block.niva]))


def bits(tekst: Tekst) -> tuple[Bit, ...]:
    """Return a text as bits, without characters that no form can hold."""
    parts = (Bit(tekst),) if isinstance(tekst, str) else tekst
    return tuple(Bit(clean(b.tekst), b.sterk, b.merke, b.sprak, b.anker) for b in parts)


def plain(tekst: Tekst) -> str:
    """Return a text as one string."""
    return "".join(b.tekst for b in bits(tekst))


def clean(tekst: str) -> str:
    """Return a text without control characters and marks of writing direction, which can disguise what it says."""
    return _NOT_ALLOWED.sub("", tekst.replace("\r\n", "\n").replace("\t", " "))
