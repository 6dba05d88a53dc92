"""The typeface of the pictures: how wide a text is, and how it breaks into lines.

The shipped fonts are read for their widths, so that a text that fits here fits on every machine. Lengths in mm.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from struct import unpack_from
from typing import Final

FAMILIE: Final = "'DejaVu Sans','Segoe UI',Arial,sans-serif"
PUNKT: Final = 25.4 / 72
"""Millimetres in a typographic point."""

VERSAL: Final = 0.73
"""Height of capitals and digits, in ems (DejaVu Sans)."""

_MAPPE: Final = Path(__file__).resolve().parent / "skrift"
_FILER: Final = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}


def font_files() -> list[str]:
    """Return the paths of the shipped fonts."""
    return [str(_MAPPE / name) for name in _FILER.values()]


@cache
def _advances(fet: bool) -> tuple[dict[int, float], float]:  # noqa: FBT001 - the key of a cache
    """Return the width of each character in ems, and that of the sign for a missing one.

    Source: OpenType specification, tables head, hhea, hmtx and cmap (format 4).
    """
    data = (_MAPPE / _FILER[fet]).read_bytes()
    tables = {
        data[at : at + 4].decode(): unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * unpack_from(">H", data, 4)[0], 16)
    }
    em: int = unpack_from(">H", data, tables["head"] + 18)[0]
    long = unpack_from(">H", data, tables["hhea"] + 34)[0]

    def advance(glyph: int) -> float:
        width: int = unpack_from(">H", data, tables["hmtx"] + 4 * min(glyph, long - 1))[0]
        return width / em

    cmap = tables["cmap"]
    sub = cmap + unpack_from(">I", data, cmap + 8)[0]
    segments = unpack_from(">H", data, sub + 6)[0] // 2
    ends = unpack_from(f">{segments}H", data, sub + 14)
    at = sub + 16 + 2 * segments
    starts = unpack_from(f">{segments}H", data, at)
    deltas = unpack_from(f">{segments}H", data, at + 2 * segments)
    offsets = unpack_from(f">{segments}H", data, at + 4 * segments)
    widths = {}
    for i, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = unpack_from(">H", data, at + 4 * segments + 2 * i + offset + 2 * (code - first))[0]
            widths[code] = advance((glyph + delta) & 0xFFFF)
    return widths, advance(0)


def width(tekst: str, storrelse: float, *, fet: bool = False) -> float:
    """Return how wide a text is at a size (both in mm)."""
    widths, missing = _advances(fet)
    return storrelse * sum(widths.get(ord(char), missing) for char in tekst)


def wrap(tekst: str, bredde: float, storrelse: float, *, fet: bool = False, linjer: int = 99) -> list[str]:
    """Break a text into lines no wider than ``bredde``; what ``linjer`` lines cannot hold ends in "…".

    Lines break at spaces (not at non-breaking ones); a word that is wider than the line breaks where it must.
    """
    out = [""]
    for word in tekst.split(" "):
        trial = f"{out[-1]} {word}" if out[-1] else word
        if width(trial, storrelse, fet=fet) <= bredde:
            out[-1] = trial
            continue
        if out[-1]:
            out.append("")
        for char in word:
            if out[-1] and width(out[-1] + char, storrelse, fet=fet) > bredde:
                out.append("")
            out[-1] += char
    if len(out) <= linjer:
        return out
    return [*out[: linjer - 1], shorten(" ".join(out[linjer - 1 :]), bredde, storrelse, fet=fet)]


def shorten(tekst: str, bredde: float, storrelse: float, *, fet: bool = False) -> str:
    """Return the text, cut and ended with "…" where it is too wide."""
    if width(tekst, storrelse, fet=fet) <= bredde:
        return tekst
    while tekst and width(tekst + "…", storrelse, fet=fet) > bredde:
        tekst = tekst[:-1].rstrip()
    return tekst + "…"
