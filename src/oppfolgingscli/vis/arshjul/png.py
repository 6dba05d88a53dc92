"""Makes pixels of the picture, the same on every machine: the shipped fonts and no others."""

from __future__ import annotations

from struct import pack
from typing import Final
from zlib import crc32

from oppfolgingscli.vis.arshjul.skrift import font_files

DPI: Final = 300
"""Pixels an inch: what a printer can show of thin lines."""

_HEADER: Final = 8 + 25
"""The signature and the first chunk (IHDR) of every PNG."""


def to_png(svg: str) -> bytes:
    """Return a picture drawn with a size in mm as PNG, of so many pixels, and saying so, that it prints at that size."""
    from resvg_py import svg_to_bytes

    data = bytes(
        svg_to_bytes(
            svg_string=svg,
            dpi=DPI,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=font_files(),
            sans_serif_family="DejaVu Sans",
            font_family="DejaVu Sans",
        )
    )
    per_metre = round(DPI / 0.0254)
    body = b"pHYs" + pack(">IIB", per_metre, per_metre, 1)
    return data[:_HEADER] + pack(">I", 9) + body + pack(">I", crc32(body)) + data[_HEADER:]
