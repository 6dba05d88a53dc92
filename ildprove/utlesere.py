"""What there is in an output besides text: elements, attributes, properties, formulas. Two texts must give the same."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any, Final
from xml.etree import ElementTree as ET

Bygning = set[str]
"""What an output is built of, each kind of thing once."""

_FORMEL: Final = re.compile(r"[\s\u200b]*[=+\-@＝＋－＠]")
_TALL: Final = re.compile(r"[+-]?\d[\d .,]*%?")
_ADRESSE: Final = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Bygning = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(f"<{tag}>")
        for name, value in attrs:
            self.found.add(f"<{tag} {name}>")
            if name.startswith("on"):
                self.found.add(f"ADVARSEL {name}={value}")
            scheme = _ADRESSE.match(value or "")
            if name in {"href", "src", "action", "xlink:href"} and scheme:
                self.found.add(f"<{tag} {name}={scheme[1]}:>")

    def handle_comment(self, data: str) -> None:
        self.found.add("<!-- -->")

    def handle_decl(self, decl: str) -> None:
        self.found.add(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.found.add(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.found.add(f"<![{data}]>")


def html(raw: bytes) -> Bygning:
    """Return the elements, attributes and schemes of addresses in a page."""
    parser = _Html()
    parser.feed(raw.decode())
    parser.close()
    return parser.found


def xml(raw: bytes) -> Bygning:
    """Return the elements and attributes of XML."""
    found: Bygning = set()
    for node in ET.fromstring(raw).iter():  # noqa: S314 - the program has just made it
        found.add(f"<{node.tag}>")
        found |= {f"<{node.tag} {name}>" for name in node.attrib}
    return found


def markdown(raw: bytes) -> Bygning:
    """Return the elements of the page a Markdown reader makes."""
    from markdown import markdown as render  # type: ignore[import-untyped] # it has no types

    page: str = render(raw.decode(), extensions=["tables", "fenced_code", "sane_lists"])
    return html(page.encode())


def semikolon(raw: bytes) -> Bygning:
    """Return the columns of a table, and its formulas and crooked rows."""
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    found = set(rows[0])
    for row in rows[1:]:
        if len(row) != len(rows[0]):
            found.add(f"ADVARSEL {len(row)} celler")
        found |= {f"FORMEL {cell}" for cell in row if _FORMEL.match(cell) and not _TALL.fullmatch(cell)}
    return found | {f"{len(rows)} rader"}


def regneark(raw: bytes) -> Bygning:
    """Return the parts, sheets and formulas of a workbook."""
    from openpyxl import load_workbook

    found: Bygning = set()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        found |= {re.sub(r"\d+", "N", name) for name in archive.namelist()}
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                found |= xml(archive.read(name))
    for sheet in load_workbook(io.BytesIO(raw)).worksheets:
        for row in sheet.iter_rows():
            found |= {f"FORMEL {cell.value}" for cell in row if cell.data_type == "f"}
    return found


def dokument(raw: bytes) -> Bygning:
    """Return the parts, elements and addresses of a document."""
    found: Bygning = set()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            found.add(name)
            if name.endswith((".xml", ".rels")):
                found |= xml(archive.read(name))
            if name.endswith(".rels"):
                for node in ET.fromstring(archive.read(name)):  # noqa: S314 - as above
                    scheme = _ADRESSE.match(node.get("Target", ""))
                    found |= {f"adresse {scheme[1]}:"} if scheme else set()
    return found


def tre(raw: bytes) -> Bygning:
    """Return the keys of JSON, by their path, and the kind of each value."""
    return set(_paths(json.loads(raw), ""))


def _paths(value: Any, at: str) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _paths(item, f"{at}.{name}")
    elif isinstance(value, list):
        yield f"{at}[]"
        for item in value:
            yield from _paths(item, f"{at}[]")
    else:
        yield at


def kalender(raw: bytes) -> Bygning:
    """Return the components and properties that two readers find in a calendar, and how many events."""
    import icalendar
    import vobject

    found: Bygning = set()
    first = icalendar.Calendar.from_ical(raw)
    for part in first.walk():
        found |= {f"{part.name}.{name.upper()}" for name, _value in part.property_items(recursive=False)}
        found |= {f"{part.name}.{name.upper()};{key}" for name, v in part.items() for key in getattr(v, "params", {})}
    found.add(f"{len(first.walk('VEVENT'))} hendelser")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        second = vobject.readOne(raw.decode())
    found |= {f"vobject {part.name}.{name}" for part in second.getChildren() for name in getattr(part, "contents", {})}
    found.add(f"vobject {len(second.contents['vevent'])} hendelser")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw) or any(len(line) > 75 for line in raw.split(b"\r\n")):
        found.add("ADVARSEL linjer")
    return found


def tekst(raw: bytes) -> Bygning:
    """Return nothing: text for a screen is only text. What a terminal obeys is looked for elsewhere."""
    raw.decode()
    return set()


UTLESERE: Final[dict[str, Callable[[bytes], Bygning]]] = {
    "html": html, "svg": xml, "md": markdown, "csv": semikolon, "xlsx": regneark, "docx": dokument, "json": tre,
    "ics": kalender, "txt": tekst,
}  # fmt: skip
