"""A figure: pictures with a title, what they show in words, and the table they are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppfolgingscli.vis.svg.tegning import add

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from oppfolgingscli.vis.html.side import Tabell

#: Room a letter takes, as a part of the letters' size: an estimate that holds for ordinary names.
_LETTER: Final = 0.56


@dataclass(frozen=True, slots=True)
class Figur:
    """``tekst`` says in words, with the figures, what can be seen; ``tabell`` is what it is drawn from.

    ``bilder``: the markup of one picture, or of several that flow beside each other. ``bred``: it needs the page's
    width, and scrolls where there is less.
    """

    tittel: str
    tekst: str
    bilder: tuple[str, ...]
    tabell: Tabell | None = None
    bred: bool = False
    id: str = ""


def text_width(text: str, size: float) -> float:
    """Estimate how wide a text is, in the picture's units."""
    return len(text) * size * _LETTER


def dot(forelder: Element, x: float, y: float, *, hul: bool, firkant: bool = False) -> None:
    """Draw where a share is: a circle, a square for days covered; hollow where no interval could be worked out."""
    css = "pr hul" if hul else "pr"
    if firkant:
        add(forelder, "rect", x=x - 4.5, y=y - 4.5, width=9, height=9, class_=css)
    else:
        add(forelder, "circle", cx=x, cy=y, r=5, class_=css)


def whisker(
    forelder: Element, a: tuple[float, float], b: tuple[float, float], css: str = "kl", hette: float = 5
) -> None:
    """Draw an interval from a to b with a cap at each end; horizontal or vertical."""
    (x1, y1), (x2, y2) = a, b
    across, along = (0.0, hette) if y1 == y2 else (hette, 0.0)
    caps = " ".join(f"M{_n(x - across)} {_n(y - along)}L{_n(x + across)} {_n(y + along)}" for x, y in (a, b))
    add(forelder, "path", d=f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)} {caps}", class_=css)


def hatch(forelder: Element, id_: str) -> str:
    """Define slanted lines and return the fill that names them: what is exempt or a pause, also in black and white."""
    defs = add(forelder, "defs")
    pattern = add(
        defs, "pattern", id=id_, width=5, height=5, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
    )
    add(pattern, "path", d="M0 0V5", class_="sk")
    return f"url(#{id_})"


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
