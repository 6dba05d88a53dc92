"""The sheet: paper sizes, and where on it the wheel, the title and the columns of the legend are. Lengths in mm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Papir = Literal["a4", "a3"]
Retning = Literal["auto", "liggende", "staende"]

PAPIR: Final[dict[str, tuple[float, float, float]]] = {"a4": (210, 297, 1), "a3": (297, 420, 1.25)}
"""Width and height upright (ISO 216), and how much larger than on A4 the text is: A3 is read from further away."""

_MARG: Final = 8.0
_STEG: Final = 1.5
_SPALTE: Final = 50.0
"""The narrowest column of the legend, on A4."""

_MINSTE: Final = 0.62
"""The smallest wheel, as a part of the largest."""


@dataclass(frozen=True, slots=True)
class Felt:
    """A rectangle: its upper left corner, width and height."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Ark:
    """One way to use a sheet. ``k``: size of text against A4. ``topp``: the title's place, when not in a column."""

    w: float
    h: float
    k: float
    x: float
    y: float
    radius: float
    spalter: tuple[Felt, ...]
    topp: Felt | None


def sheets(papir: Papir, retning: Retning) -> Iterator[Ark]:
    """Yield the ways to try, the best first: the largest wheel that leaves room for the legend."""
    if retning in ("auto", "liggende"):
        yield from _landscape(papir)
    if retning in ("auto", "staende"):
        yield from _portrait(papir)


def _radii(largest: float, k: float) -> Iterator[float]:
    radius = largest
    while radius >= largest * _MINSTE:
        yield radius
        radius -= _STEG * k


def _columns(area: Felt, k: float) -> tuple[Felt, ...]:
    gap = 4 * k
    count = max(1, int((area.w + gap) // (_SPALTE * k + gap)))
    wide = (area.w - gap * (count - 1)) / count
    return tuple(Felt(area.x + i * (wide + gap), area.y, wide, area.h) for i in range(count))


def _landscape(papir: Papir) -> Iterator[Ark]:
    h, w, k = PAPIR[papir]
    margin = _MARG * k
    for radius in _radii(h / 2 - margin, k):
        left = margin + 2 * radius + 6 * k
        area = Felt(left, margin, w - margin - left, h - 2 * margin)
        yield Ark(w, h, k, margin + radius, h / 2, radius, _columns(area, k), None)


def _portrait(papir: Papir) -> Iterator[Ark]:
    w, h, k = PAPIR[papir]
    margin = _MARG * k
    for radius in _radii(w / 2 - margin, k):
        top = Felt(margin, margin, w - 2 * margin, 20 * k)
        y = margin + top.h + radius
        area = Felt(margin, y + radius + 5 * k, w - 2 * margin, 0)
        area = Felt(area.x, area.y, area.w, h - margin - area.y)
        yield Ark(w, h, k, w / 2, y, radius, _columns(area, k), top)
