"""A whole file looked through before it is read: its SHA-256, its character set, and whether it has quotation marks.

A piece at a time: a gigabyte takes a second or two, and a letter in another character set may stand on the last line.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.les.fil import fil_feil, vis_sti
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: Bytes looked at together.
BIT: Final = 1 << 22
#: Bytes in which UTF-16 without a mark is known by its zeros.
HODE: Final = 1 << 16
PARQUET: Final = ".parquet"
#: Æ, ø, å in UTF-8: in Windows-1252 they would be two letters nobody writes together.
_AEOEAA: Final = re.compile(rb"\xc3[\x85\x86\x98\xa5\xa6\xb8]")
_BOM: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Bytes:
    """What was seen of a file. ``anforsel``: there may be quotation marks in it."""

    tegnsett: str
    sha256: str
    anforsel: bool


def look_through(path: Path, parts: Sequence[Path]) -> Bytes:
    """Look through a file (of a folder: the names and contents of its files).

    Raises:
        Inndatafeil: UTF-8 that is broken somewhere, or no character set at all.
    """
    out = hashlib.sha256()
    if parts[0].suffix.lower() == PARQUET:
        for part in parts:
            if part != path:
                out.update(f"{part.relative_to(path).as_posix()}\0{part.stat().st_size}\0".encode())
            with part.open("rb") as file:
                while piece := file.read(BIT):
                    out.update(piece)
        return Bytes("utf-8", out.hexdigest(), anforsel=False)
    seen = _Tegn()
    quotes = False
    with path.open("rb") as file:
        while piece := file.read(BIT):
            out.update(piece)
            seen.add(piece)
            quotes = quotes or b'"' in piece
    seen.add(b"", final=True)
    if seen.brutt is not None and (seen.flertegn or seen.bom):
        melding = _("linjen har tegn som ikke er UTF-8, slik resten av filen er.")
        sted = Sted(vis_sti(path), _line(path, seen.brutt))
        raise Inndatafeil(
            [Feil("ukjent_tegnsett", melding[:1].upper() + melding[1:], sted, _("Lagre den som «CSV UTF-8»."))]
        )
    return Bytes(seen.tegnsett(path), out.hexdigest(), quotes)


def _line(path: Path, byte: int) -> int:
    """Return the line a byte is on, from 1."""
    line = 1
    with path.open("rb") as file:
        while byte > 0 and (piece := file.read(min(BIT, byte))):
            line += piece.count(b"\n")
            byte -= len(piece)
    return line


class _Tegn:
    """What the bytes of a text may be: as ``les.tabell.decode_as``, of a file too large to hold.

    ``brutt``: where the first byte is that is not UTF-8. ``flertegn``: there are letters of several bytes too, so
    that UTF-8 is what it is meant to be.
    """

    def __init__(self) -> None:
        self.bom = ""
        self.nuller = [0, 0]
        self.sett = 0
        self.brutt: int | None = None
        self.flertegn = False
        self._first = True
        self._rest = b""

    def add(self, piece: bytes, *, final: bool = False) -> None:
        """Look at the next piece."""
        if self._first:
            self._first = False
            self.bom = next((name for bom, name in _BOM if piece.startswith(bom)), "")
            if not self.bom and b"\x00" in piece[:HODE]:
                self.nuller = [piece[:HODE:2].count(0), piece[1:HODE:2].count(0)]
        if self.bom.startswith("utf-16") or any(self.nuller):
            return
        if self.brutt is not None:
            self.flertegn = self.flertegn or _AEOEAA.search(piece) is not None
            return
        if piece.isascii() and not self._rest:
            self.sett += len(piece)
            return
        text = self._rest + piece
        self._rest = b""
        try:
            text.decode()
        except UnicodeDecodeError as fault:
            if fault.end == len(text) and len(text) - fault.start < 4 and not final:
                self._rest = text[fault.start :]  # a letter that goes on in the next piece
            else:
                self.brutt = self.sett + fault.start
                self.flertegn = self.flertegn or _AEOEAA.search(text) is not None
            text = text[: fault.start]
        # The mark of the byte order is no letter.
        self.flertegn = self.flertegn or not text.removeprefix(codecs.BOM_UTF8).isascii()
        self.sett += len(text)

    def tegnsett(self, path: Path) -> str:
        """Return the character set.

        Raises:
            Inndatafeil: it is none of them.
        """
        if self.bom or any(self.nuller):
            even, odd = self.nuller
            return self.bom or ("utf-16-le" if odd > even else "utf-16-be")
        if self.brutt is None:
            return "utf-8"
        with path.open(encoding="cp1252", newline="") as file:
            try:
                while file.read(BIT):
                    pass
            except UnicodeDecodeError as fault:
                melding = _("filen har et tegnsett som ikke kan leses.")
                raise Inndatafeil(
                    [fil_feil(path, "ukjent_tegnsett", melding, _("Lagre den som «CSV UTF-8»."))]
                ) from fault
        return "cp1252"
