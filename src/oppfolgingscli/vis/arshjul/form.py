"""Colours and symbols of the roles: two signs for each, so that the wheel can be read in grey too."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING, Final

from oppfolgingscli.vis.arshjul.skrift import FAMILIE, VERSAL, width
from oppfolgingscli.vis.svg.tegning import add, number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SVART: Final = "#1a1a1a"
GRA: Final = "#4a4a4a"
"""Text that is less important; 9 : 1 on white."""

FARGER: Final = ("#00558c", "#a33b00", "#00664d", "#6b3090", "#9c0d4a", "#5a5000", "#005f6b", "#4a4a4a")
"""Dark enough for white digits (at least 6 : 1), also when printed in grey."""

_TINT: Final = 0.13
"""How much of the colour a window's fill has; the rest is white."""

_FORMER: Final[tuple[tuple[tuple[float, float], ...], ...]] = (
    tuple((1.02 * sin(2 * pi * i / 48), -1.02 * cos(2 * pi * i / 48)) for i in range(48)),
    ((-0.96, -0.9), (0.96, -0.9), (0.96, 0.9), (-0.96, 0.9)),
    ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    ((0, -1.24), (1.04, -0.34), (1.04, 0.96), (-1.04, 0.96), (-1.04, -0.34)),
    ((-0.68, -0.94), (0.68, -0.94), (1.3, 0), (0.68, 0.94), (-0.68, 0.94), (-1.3, 0)),
    ((0, 1.24), (-1.04, 0.34), (-1.04, -0.96), (1.04, -0.96), (1.04, 0.34)),
    (
        (-0.55, -1.1), (0.55, -1.1), (0.55, -0.56), (1.18, -0.56), (1.18, 0.56), (0.55, 0.56), (0.55, 1.1),
        (-0.55, 1.1), (-0.55, 0.56), (-1.18, 0.56), (-1.18, -0.56), (-0.55, -0.56),
    ),
    ((-0.78, -0.94), (1.3, -0.94), (0.78, 0.94), (-1.3, 0.94)),
)  # fmt: skip
"""Circle, square, diamond, house, hexagon, shield, cross, slanted: each holds two digits. Unit: half the height."""


def colour(rolle: int) -> str:
    """Return the colour of role number ``rolle`` (from 0)."""
    return FARGER[rolle % len(FARGER)]


def form_number(rolle: int) -> int:
    """Return the shape of a role; the second round of colours gets other shapes."""
    return (rolle + rolle // len(FARGER)) % len(_FORMER)


def tint(rolle: int) -> str:
    """Return the role's colour as a pale ground for dark text."""
    channels = (int(colour(rolle)[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - value) * _TINT):02x}" for value in channels)


def symbol(
    forelder: Element, rolle: int, x: float, y: float, hoyde: float, tekst: str = "", *, hul: bool = False
) -> None:
    """Draw a role's symbol with its centre in (x, y); ``hul``: only its outline (a wish). ``tekst``: its number."""
    half = hoyde / 2
    corners = " ".join(f"{number(x + dx * half)},{number(y + dy * half)}" for dx, dy in _FORMER[form_number(rolle)])
    fill, line = ("#ffffff", colour(rolle)) if hul else (colour(rolle), "#ffffff")
    add(forelder, "polygon", points=corners, fill=fill, stroke=line, stroke_width=hoyde * (0.09 if hul else 0.05))
    if tekst:
        size = hoyde * 0.56
        text(forelder, tekst, x, y + VERSAL * size / 2, size, fet=True, farge=colour(rolle) if hul else "#ffffff", anker="middle")  # fmt: skip


def symbol_width(hoyde: float) -> float:
    """Return the width of the widest symbol."""
    return 1.3 * hoyde


def text(
    forelder: Element,
    tekst: str,
    x: float,
    y: float,
    storrelse: float,
    *,
    fet: bool = False,
    farge: str = SVART,
    anker: str = "start",
    vri: float = 0,
) -> None:
    """Write one line with its baseline at y; ``vri``: degrees clockwise about (x, y)."""
    extra = {"font-weight": "bold"} if fet else {}
    if anker != "start":
        extra["text-anchor"] = anker
    if vri:
        extra["transform"] = f"rotate({number(vri)} {number(x)} {number(y)})"
    add(forelder, "text", tekst, x=x, y=y, font_family=FAMILIE, font_size=storrelse, fill=farge, **extra)


def centred_size(tekst: str, storrelse: float, plass: float, *, fet: bool = False) -> float:
    """Return the size at which a text is no wider than ``plass``, at most ``storrelse``."""
    wide = width(tekst, storrelse, fet=fet)
    return storrelse if wide <= plass else storrelse * plass / wide
