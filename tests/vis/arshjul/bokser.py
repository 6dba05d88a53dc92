"""Where the texts and symbols of a picture are: boxes computed from the markup and the shipped font alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import atan2, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, fromstring

from oppfolgingscli.vis.arshjul.skrift import width

if TYPE_CHECKING:
    from collections.abc import Iterator

Punkt = tuple[float, float]
NS = "{http://www.w3.org/2000/svg}"
OPP, NED = 0.76, 0.24
"""How far letters reach over and under the baseline, in ems (DejaVu Sans: capitals 0.73, descenders 0.24)."""


@dataclass(frozen=True)
class Boks:
    """A text or a symbol as convex quadrilaterals."""

    hva: str
    deler: tuple[tuple[Punkt, ...], ...]

    @property
    def punkter(self) -> list[Punkt]:
        return [p for part in self.deler for p in part]


def parse(svg: str) -> Element:
    return fromstring(svg)  # noqa: S314 - our own picture


def texts(root: Element) -> list[Boks]:
    paths = {e.get("id", ""): e.get("d", "") for e in root.iter(f"{NS}path")}
    return [_box(e, paths) for e in root.iter(f"{NS}text")]


def symbols(root: Element) -> list[Boks]:
    out = []
    for e in root.iter(f"{NS}polygon"):
        points = tuple((float(x), float(y)) for x, y in (pair.split(",") for pair in e.get("points", "").split()))
        out.append(Boks("symbol", (_hull(points),)))
    return out


def _hull(points: tuple[Punkt, ...]) -> tuple[Punkt, ...]:
    """Return the convex hull (Andrew's monotone chain): of the cross, what it stands in."""
    ordered = sorted(set(points))
    halves = []
    for row in (ordered, ordered[::-1]):
        half: list[Punkt] = []
        for p in row:
            while len(half) > 1 and _turn(half[-2], half[-1], p) <= 0:
                half.pop()
            half.append(p)
        halves.append(half[:-1])
    return (*halves[0], *halves[1])


def _turn(a: Punkt, b: Punkt, c: Punkt) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _box(e: Element, paths: dict[str, str]) -> Boks:
    size = float(e.get("font-size", ""))
    bold = e.get("font-weight") == "bold"
    along = e.find(f"{NS}textPath")
    if along is not None:
        text = along.text or ""
        wide = width(text, size, fet=bold)
        middle = float(along.get("startOffset", ""))
        return Boks(text, tuple(_along(paths[along.get("href", "")[1:]], middle - wide / 2, middle + wide / 2, size)))
    text = e.text or ""
    x, y, wide = float(e.get("x", "")), float(e.get("y", "")), width(text, size, fet=bold)
    left = x - wide / 2 if e.get("text-anchor") == "middle" else x
    corners = [
        (left, y - OPP * size),
        (left + wide, y - OPP * size),
        (left + wide, y + NED * size),
        (left, y + NED * size),
    ]
    turn = re.fullmatch(r"rotate\((\S+) \S+ \S+\)", e.get("transform", ""))
    if turn:
        a = radians(float(turn[1]))
        corners = [
            (x + (px - x) * cos(a) - (py - y) * sin(a), y + (px - x) * sin(a) + (py - y) * cos(a)) for px, py in corners
        ]
    return Boks(text, (tuple(corners),))


def _along(path: str, fra: float, til: float, size: float) -> Iterator[tuple[Punkt, ...]]:
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", path)]
    x1, y1, r, _r, _turn, large, sweep, x2, y2 = numbers
    cx, cy = _centre((x1, y1), (x2, y2), r, large=bool(large), sweep=bool(sweep))
    sign = 1 if sweep else -1
    first = degrees(atan2(y1 - cy, x1 - cx))
    length = r * radians((sign * (degrees(atan2(y2 - cy, x2 - cx)) - first)) % 360)
    assert fra >= -0.01, "text is cut off at the beginning of its path"
    assert til <= length + 0.01, "text is cut off at the end of its path"
    steps = 1 + int((til - fra) / r / radians(5))
    angles = [radians(first) + sign * (fra + (til - fra) * i / steps) / r for i in range(steps + 1)]
    over, under = r + sign * OPP * size, r - sign * NED * size
    for a, b in pairwise(angles):
        yield tuple((cx + q * cos(v), cy + q * sin(v)) for q, v in ((over, a), (over, b), (under, b), (under, a)))


def _centre(a: Punkt, b: Punkt, r: float, *, large: bool, sweep: bool) -> Punkt:
    """Return the centre of an arc (SVG 1.1, F.6.5, a circle without rotation)."""
    mx, my = (a[0] - b[0]) / 2, (a[1] - b[1]) / 2
    half = hypot(mx, my)
    factor = (max(r * r - half * half, 0) ** 0.5) / half * (-1 if large == sweep else 1)
    return factor * my + (a[0] + b[0]) / 2, -factor * mx + (a[1] + b[1]) / 2


def overlapping(boxes: list[Boks], luft: float = 0.02) -> list[tuple[str, str]]:
    """Return the pairs of boxes that meet by more than ``luft`` mm."""
    out = []
    frames = [(*_frame(b.punkter), b) for b in boxes]
    for one, other in combinations(frames, 2):
        (ax, ay, bx, by, a), (cx, cy, dx, dy, b) = one, other
        if ax < dx and cx < bx and ay < dy and cy < by and any(_meet(p, q, luft) for p in a.deler for q in b.deler):
            out.append((a.hva, b.hva))
    return out


def _frame(points: list[Punkt]) -> tuple[float, float, float, float]:
    return min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)


def _meet(a: tuple[Punkt, ...], b: tuple[Punkt, ...], luft: float) -> bool:
    """Whether two convex shapes meet: no line along one of their sides parts them."""
    for shape in (a, b):
        for p, q in pairwise((*shape, shape[0])):
            nx, ny = q[1] - p[1], p[0] - q[0]
            size = hypot(nx, ny) or 1
            pa = [(x * nx + y * ny) / size for x, y in a]
            pb = [(x * nx + y * ny) / size for x, y in b]
            if max(pa) <= min(pb) + luft or max(pb) <= min(pa) + luft:
                return False
    return True
