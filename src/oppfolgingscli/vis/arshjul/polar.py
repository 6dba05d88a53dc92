"""Shapes on a ring: spans of days as sectors, and text along the ring that is never upside down.

Angles are degrees clockwise from the top, lengths mm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import cos, degrees, radians, sin
from typing import TYPE_CHECKING, Final

from oppfolgingscli.vis.arshjul.form import SVART
from oppfolgingscli.vis.arshjul.skrift import FAMILIE, VERSAL, width
from oppfolgingscli.vis.svg.tegning import add, number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SLACK: Final = 1.3
"""A text's path is so much longer than the text: another typeface may be wider, and would be cut."""


@dataclass(frozen=True, slots=True)
class Skive:
    """The disc: its centre, and the school year that goes once around it."""

    x: float
    y: float
    forste: date
    dager: int

    def angle(self, day: date) -> float:
        """Return where a day begins."""
        return 360 * (day - self.forste).days / self.dager

    def point(self, radius: float, angle: float) -> tuple[float, float]:
        """Return a place on the disc."""
        return self.x + radius * sin(radians(angle)), self.y - radius * cos(radians(angle))

    def at(self, radius: float, angle: float) -> str:
        """Return a place on the disc as it is written in a path."""
        x, y = self.point(radius, angle)
        return f"{number(x)} {number(y)}"

    def sector(self, indre: float, ytre: float, fra: float, til: float) -> str:
        """Return the path of a piece of a ring: a whole ring is two circles, to fill by evenodd."""
        if til - fra >= 359.9:
            return f"{self._circle(ytre)}{self._circle(indre)}"
        large = int(til - fra > 180)
        r, q = number(ytre), number(indre)
        return (
            f"M{self.at(ytre, fra)}A{r} {r} 0 {large} 1 {self.at(ytre, til)}"
            f"L{self.at(indre, til)}A{q} {q} 0 {large} 0 {self.at(indre, fra)}Z"
        )

    def _circle(self, radius: float) -> str:
        r = number(radius)
        return f"M{self.at(radius, 0)}A{r} {r} 0 1 1 {self.at(radius, 180)}A{r} {r} 0 1 1 {self.at(radius, 360)}Z"

    def spoke(self, forelder: Element, indre: float, ytre: float, vinkel: float, farge: str, tykk: float) -> None:
        """Draw a line from the middle outwards."""
        (x1, y1), (x2, y2) = self.point(indre, vinkel), self.point(ytre, vinkel)
        add(forelder, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=farge, stroke_width=tykk)

    def along(
        self,
        forelder: Element,
        tekst: str,
        radius: float,
        vinkel: float,
        storrelse: float,
        id_: str,
        *,
        fet: bool = False,
        farge: str = SVART,
    ) -> None:
        """Write a text along the ring, its middle at (radius, vinkel); on the lower half it runs the other way."""
        below = 90 < vinkel % 360 < 270
        base = radius + (1 if below else -1) * VERSAL * storrelse / 2
        long = _SLACK * width(tekst, storrelse, fet=fet)
        half = min(degrees(long / base / 2), 175)
        start, end = (vinkel + half, vinkel - half) if below else (vinkel - half, vinkel + half)
        r = number(base)
        path = f"M{self.at(base, start)}A{r} {r} 0 {int(half > 90)} {0 if below else 1} {self.at(base, end)}"
        add(forelder, "path", id=id_, d=path, fill="none")
        extra = {"font-weight": "bold"} if fet else {}
        line = add(forelder, "text", None, font_family=FAMILIE, font_size=storrelse, fill=farge, text_anchor="middle", **extra)  # fmt: skip
        add(line, "textPath", tekst, href=f"#{id_}", startOffset=radians(half) * base)

    def taken(self, tekst: str, radius: float, storrelse: float, *, fet: bool = False) -> float:
        """Return how many degrees a text along the ring takes."""
        return degrees(width(tekst, storrelse, fet=fet) / radius)
