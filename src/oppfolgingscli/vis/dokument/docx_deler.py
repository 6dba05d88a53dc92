"""The parts of a Word file that python-docx has no words for: fields, links, bookmarks, numbering, text for pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document
    from docx.shape import InlineShape
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9]")


def element(name: str, /, **attributes: str) -> Any:  # noqa: ANN401 - each element has a class of its own in the library
    """Make an element of Word's own namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_paragraph(doc: Document, style: str, tekst: str = "") -> Paragraph:
    """Add a paragraph in a style."""
    paragraph = doc.add_paragraph(tekst)
    set_style(paragraph, style)
    return paragraph


def set_style(thing: Paragraph | Run, style: str) -> None:
    """Give a paragraph or a run a style by its id: to look styles up by name takes most of the time there is."""
    inner: Any = thing._element  # noqa: SLF001 - the only way to it
    inner.style = style.replace(" ", "")


def add_bits(
    paragraph: Paragraph,
    tekst: str,
    lang: str | None = None,
    *,
    sterk: bool = False,
    merke: bool = False,
    anker: str | None = None,
) -> None:
    """Add text to a paragraph; line breaks stay, ``lang`` is the language of these words (``nb-NO``)."""
    run = paragraph.add_run(tekst)
    run.bold = True if sterk or merke else None
    if merke:
        set_style(run, "Merke")
    if lang:
        run._r.get_or_add_rPr().append(element("lang", val=lang))  # noqa: SLF001 - the only way to it
    if anker:
        link = element("hyperlink", anchor=_bookmark_name(anker), history="1")
        run._r.addprevious(link)  # noqa: SLF001 - as above
        link.append(run._r)  # noqa: SLF001 - as above


def bookmark(paragraph: Paragraph, name: str) -> None:
    """Give a paragraph a name that links can lead to."""
    number = str(sum(1 for _mark in paragraph.part.element.iter(_tag("bookmarkStart"))) + 1)
    start, end = element("bookmarkStart", id=number, name=_bookmark_name(name)), element("bookmarkEnd", id=number)
    first = paragraph.runs[0]._r  # noqa: SLF001 - the only way to it
    first.addprevious(start)
    paragraph._p.append(end)  # noqa: SLF001 - as above


def _bookmark_name(anker: str) -> str:
    """Return a name Word takes: letters, digits and «_», at most 40, told apart also where these would be alike."""
    return f"{_NOT_IN_NAMES.sub('_', anker)[:31]}_{crc32(anker.encode()):08x}"


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field (PAGE, SEQ …) with what it shows until it is updated."""
    _field_mark(paragraph.add_run(), "begin")
    _instruction(paragraph.add_run(), code)
    _field_mark(paragraph.add_run(), "separate")
    paragraph.add_run(shown)
    _field_mark(paragraph.add_run(), "end")


def _field_mark(run: Run, kind: str) -> None:
    run._r.append(element("fldChar", fldCharType=kind))  # noqa: SLF001 - the only way to it


def _instruction(run: Run, code: str) -> None:
    text = element("instrText")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = f" {code} "
    run._r.append(text)  # noqa: SLF001 - the only way to it


def contents(doc: Document, entries: Iterable[tuple[int, str, str, str]]) -> None:
    """Add the contents: a field that holds (level, number, heading, bookmark), each a link to its heading."""
    listed = list(entries)
    for index, (level, number, text, anchor) in enumerate(listed):
        paragraph = add_paragraph(doc, f"toc {level}")
        if index == 0:
            _field_mark(paragraph.add_run(), "begin")
            _instruction(paragraph.add_run(), r'TOC \o "1-2" \h \z \u')
            _field_mark(paragraph.add_run(), "separate")
        add_bits(paragraph, f"{number}\t{text}", anker=anchor)
        if index == len(listed) - 1:
            _field_mark(paragraph.add_run(), "end")


def add_caption(doc: Document, ord_: str, number: int, text: str, *, over: bool = True) -> None:
    """Add «Tabell 3. …» with a number that Word counts. ``over``: it stands above what it names."""
    paragraph = add_paragraph(doc, "Caption")
    paragraph.paragraph_format.keep_with_next = over
    paragraph.add_run(f"{ord_}\u00a0")
    add_field(paragraph, rf"SEQ {ord_} \* ARABIC", str(number))
    paragraph.add_run(f". {text}")


def repeat_heading(table: Table) -> None:
    """Let the first row stand on top of each page."""
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))  # noqa: SLF001 - the only way to it
    look = table._tbl.tblPr.find(_tag("tblLook"))  # noqa: SLF001 - as above
    if look is not None:
        table._tbl.tblPr.remove(look)  # noqa: SLF001 - as above
    table._tbl.tblPr.append(  # noqa: SLF001 - as above
        element(
            "tblLook", val="00A0", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noHBand="1", noVBand="1"
        )
    )


def keep_whole(row: _Row) -> None:
    """Keep a row on one page."""
    properties: Any = row._tr.get_or_add_trPr()  # noqa: SLF001 - the only way to it
    properties.insert(0, element("cantSplit"))


def shade(cell: _Cell, colour: str) -> None:
    """Give a cell a ground of its own (``RRGGBB``)."""
    properties: Any = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - the only way to it
    properties.append(element("shd", val="clear", color="auto", fill=colour))


def describe_picture(shape: InlineShape, tittel: str, tekst: str) -> None:
    """Give a picture its title and its text for those who cannot see it."""
    properties: Any = shape._inline.docPr  # noqa: SLF001 - the only way to it
    properties.set("title", tittel)
    properties.set("descr", tekst)
    properties.set("name", tittel)


def new_numbering(doc: Document) -> int:
    """Return the number of a new list that counts from 1, alike «List Number»."""
    numbering: Any = doc.part.numbering_part.element
    style: Any = doc.styles["List Number"].element
    base = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    made = numbering.add_num(base)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def number_headings(doc: Document) -> None:
    """Let Word number the headings: 1, 1.1, 1.1.1."""
    numbering: Any = doc.part.numbering_part.element
    abstract = element("abstractNum", abstractNumId="90")
    abstract.append(element("multiLevelType", val="multilevel"))
    for level in range(3):
        one = element("lvl", ilvl=str(level))
        one.append(element("start", val="1"))
        one.append(element("numFmt", val="decimal"))
        one.append(element("pStyle", val=f"Heading{level + 1}"))
        one.append(element("suff", val="tab"))
        one.append(element("lvlText", val=".".join(f"%{n + 1}" for n in range(level + 1))))
        one.append(element("lvlJc", val="left"))
        properties = element("pPr")
        indent = str((567, 737, 907)[level])
        properties.append(element("ind", left=indent, hanging=indent))
        one.append(properties)
        abstract.append(one)
    numbering.insert(0, abstract)  # all abstractNum come before all num
    used = numbering.add_num(90).numId
    for level in range(3):
        properties = doc.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        numpr = properties.get_or_add_numPr()
        numpr.get_or_add_ilvl().val = level
        numpr.get_or_add_numId().val = used
