"""A flow as a picture: events at the top, what follows from them below, with arrows between."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.dokument.modell import clean
from oppfolgingscli.vis.svg.tegning import add, drawing, number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from oppfolgingscli.vis.dokument.modell import Flyt, Node

_WIDTH: Final = 216.0
_GAP: Final = 28.0
_BETWEEN: Final = 44.0
_LINE: Final = 19.0
_PADDING: Final = 12.0
_LETTERS: Final = 25
"""Letters in a line of a box: what 192 units hold of 14 unit sans-serif, wide ones included."""

PRINT_STYLE: Final = """
text { fill: #16202b; font-size: 14px; font-family: "DejaVu Sans", sans-serif; }
rect { fill: #f3f5f8; stroke: #6b7885; stroke-width: 1.5; }
.hendelse rect { fill: #ffffff; stroke: #0a5ea8; stroke-width: 2.5; }
.navn { font-weight: 700; } .slag { fill: #0a5ea8; font-size: 12px; }
path { fill: none; stroke: #6b7885; stroke-width: 2; } .pil { fill: #6b7885; stroke: none; }
"""
"""The look on paper, for programs that do not know the page's colours."""


@dataclass(slots=True)
class _Boks:
    node: Node
    navn: list[str]
    linjer: list[str]
    hoyde: float
    x: float = 0.0
    y: float = 0.0


def draw(flyt: Flyt, id_: str) -> Element:
    """Draw a flow; its classes take their colours from the page (or from ``PRINT_STYLE``)."""
    boxes = {node.id: _box(node) for node in flyt.noder}
    rows = _rows(flyt)
    _place(flyt, boxes, rows)
    width = max(box.x for box in boxes.values()) + _WIDTH + 2
    height = max(box.y + box.hoyde for box in boxes.values()) + 2
    root = drawing(width, height, clean(flyt.tittel), clean(flyt.beskrivelse), id_)
    root.set("class", "flyt")
    root.set("width", number(width))
    root.set("height", number(height))
    for start, end in flyt.lenker:
        _arrow(root, boxes[start], boxes[end])
    for box in boxes.values():
        _draw_box(root, box)
    return root


def _box(node: Node) -> _Boks:
    name = textwrap.wrap(clean(node.tekst), _LETTERS - 3) or [""]
    lines = [part for line in node.linjer for part in textwrap.wrap(clean(line), _LETTERS)]
    over = 1 if node.hendelse else 0
    return _Boks(node, name, lines, 2 * _PADDING + _LINE * (over + len(name) + len(lines)) - 4)


def _rows(flyt: Flyt) -> list[list[str]]:
    """Return the nodes row by row: each stands below all that lead to it."""
    depth = {node.id: 0 for node in flyt.noder}
    for _round in flyt.noder:  # the longest way has fewer steps than there are nodes
        for start, end in flyt.lenker:
            depth[end] = max(depth[end], min(depth[start] + 1, len(flyt.noder)))
    found = sorted(set(depth.values()))
    return [[id_ for id_ in depth if depth[id_] == level] for level in found]


def _place(flyt: Flyt, boxes: dict[str, _Boks], rows: list[list[str]]) -> None:
    """Set each box below the middle of those that lead to it, side by side where that is full."""
    step = _WIDTH + _GAP
    y = 2.0
    for row in rows:
        wanted = {
            id_: sum(boxes[a].x for a in above) / len(above)
            for id_ in row
            if (above := [a for a, b in flyt.lenker if b == id_])
        }
        ordered = sorted(row, key=lambda id_: (wanted.get(id_, 0.0), row.index(id_)))
        nearest = 2.0
        for id_ in ordered:
            boxes[id_].x = max(nearest, wanted.get(id_, nearest))
            nearest = boxes[id_].x + step
            boxes[id_].y = y
        y += max(boxes[id_].hoyde for id_ in row) + _BETWEEN


def _arrow(root: Element, start: _Boks, end: _Boks) -> None:
    x1, y1 = start.x + _WIDTH / 2, start.y + start.hoyde
    x2, y2 = end.x + _WIDTH / 2, end.y
    bend = y2 - _BETWEEN / 2
    way = f"M{number(x1)} {number(y1)}V{number(bend)}H{number(x2)}V{number(y2 - 8)}"
    add(root, "path", d=way)
    add(root, "path", d=f"M{number(x2 - 6)} {number(y2 - 10)}h12l-6 9z", class_="pil")


def _draw_box(root: Element, box: _Boks) -> None:
    group = add(root, "g", class_="hendelse" if box.node.hendelse else "steg")
    add(group, "rect", x=box.x, y=box.y, width=_WIDTH, height=box.hoyde, rx=18 if box.node.hendelse else 4)
    y = box.y + _PADDING + 10
    if box.node.hendelse:
        add(group, "text", _("Hendelse"), x=box.x + _PADDING, y=y, class_="slag")
        y += _LINE
    for line in box.navn:
        add(group, "text", line, x=box.x + _PADDING, y=y, class_="navn")
        y += _LINE
    for line in box.linjer:
        add(group, "text", line, x=box.x + _PADDING, y=y)
        y += _LINE
