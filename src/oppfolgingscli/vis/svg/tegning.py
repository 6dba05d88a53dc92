"""What every picture is made with: elements that cannot break out of their attributes, a title and a text alternative.

ElementTree escapes all text, so an id or a name is never markup.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

_NS: Final = "http://www.w3.org/2000/svg"


def drawing(bredde: float, hoyde: float, tittel: str, beskrivelse: str, id_: str) -> Element:
    """Return the root of a picture ``bredde`` x ``hoyde`` in its own units, which scales to the place it is given.

    ``tittel`` and ``beskrivelse`` are its text alternative; ``id_`` tells it apart from others on the page.
    """
    root = Element("svg", {"xmlns": _NS, "viewBox": f"0 0 {number(bredde)} {number(hoyde)}", "role": "img",
                           "aria-labelledby": f"{id_}-t", "aria-describedby": f"{id_}-d"})  # fmt: skip
    add(root, "title", tittel, id=f"{id_}-t")
    add(root, "desc", beskrivelse, id=f"{id_}-d")
    return root


def add(forelder: Element, slag: str, tekst: str | None = None, **egenskaper: float | str) -> Element:
    """Put an element into another; ``_`` in a name is ``-`` in SVG, a last ``_`` is dropped (``class_``)."""
    attrs = {
        key.rstrip("_").replace("_", "-"): value if isinstance(value, str) else number(value)
        for key, value in egenskaper.items()
    }
    child = SubElement(forelder, slag, attrs)
    child.text = tekst
    return child


def box(forelder: Element, x: float, y: float, bredde: float, hoyde: float, class_: str) -> Element:
    """Put in a rectangle, written as a path: there are thousands, and a path takes two thirds of the room."""
    wide = number(round(bredde, 1))
    path = f"M{number(round(x, 1))} {number(round(y, 1))}h{wide}v{number(round(hoyde, 1))}h-{wide}z"
    return add(forelder, "path", d=path, class_=class_)


def number(value: float) -> str:
    """Write a coordinate with at most two decimals: what is finer cannot be seen, and fills the file."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def to_text(tegning: Element) -> str:
    """Write a picture as markup that can stand in a page, or alone in a file."""
    return tostring(tegning, encoding="unicode")
