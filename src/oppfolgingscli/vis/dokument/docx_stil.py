"""How a document looks in Word: A4, fonts every office has, one look for headings, tables, quotations and boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.dokument.docx_deler import add_field, element, number_headings
from oppfolgingscli.vis.dokument.modell import clean

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

    from oppfolgingscli.vis.dokument.modell import Dokument

LANG: Final = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
TEKSTBREDDE: Final = 165.0
"""Width of the text in mm: A4 less the margins."""
_FONT: Final = "Calibri"
_KNOWN: Final = frozenset({
    "Title", "Subtitle", "TOC Heading", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Caption", "Quote",
})  # fmt: skip
"""The styles of python-docx's template that are used; the others are made."""
_BLUE: Final = "0A3F75"
_GREY: Final = "4B5866"


def set_up(doc: Document, dok: Dokument) -> None:
    """Make an empty document ours: page, language, styles, page numbers and properties."""
    _page(doc)
    _language(doc, LANG[dok.sprak])
    _styles(doc)
    number_headings(doc)
    _plain_contents_heading(doc)
    _footer(doc, clean(dok.tittel))
    _properties(doc, dok)
    _own_file(doc)


def _page(doc: Document) -> None:
    from docx.shared import Mm

    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = Mm(25)
    section.right_margin = Mm(210 - 25 - TEKSTBREDDE)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)


def _language(doc: Document, code: str) -> None:
    from docx.oxml.ns import qn

    styles: Any = doc.styles.element
    for found in styles.iter(qn("w:lang")):
        found.set(qn("w:val"), code)
        found.set(qn("w:eastAsia"), code)
    settings: Any = doc.settings.element
    for found in settings.iter(qn("w:themeFontLang")):
        found.set(qn("w:val"), code)


def _styles(doc: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt, RGBColor

    normal = _style(doc, "Normal")
    _font(normal, 11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    for name, size, colour, before, after in (
        ("Title", 26, _BLUE, 30, 4), ("Subtitle", 13, _GREY, 0, 18), ("TOC Heading", 14, _BLUE, 24, 6),
        ("Heading 1", 18, _BLUE, 24, 6), ("Heading 2", 14, _BLUE, 18, 4), ("Heading 3", 12, "16202B", 14, 3),
        ("List Bullet", 11, None, 0, 3), ("List Number", 11, None, 0, 3), ("Caption", 9.5, "16202B", 10, 4),
        ("Quote", 10.5, "16202B", 6, 0), ("Fakta", 11, None, 0, 3), ("Tabelltekst", 9.5, None, 2, 2),
        ("Sitatkilde", 9.5, _GREY, 0, 8), ("Merknadsboks", 10.5, None, 8, 8), ("Luft", 4, None, 0, 4),
        ("toc 1", 11, None, 0, 2), ("toc 2", 10.5, None, 0, 1),
    ):  # fmt: skip
        style = _style(doc, name) if name in _KNOWN else _new(doc, name)
        heading = name.startswith(("Heading", "TOC")) or name == "Caption"
        _font(style, size, colour, bold=heading or None, italic=name == "Quote" or None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if heading or name == "Title":
            style.paragraph_format.keep_with_next = True
        if name in {"Title", "Subtitle"}:
            style.font.bold = style.font.italic = False
    _no_border(_style(doc, "Title"))
    for name in ("Quote", "Sitatkilde"):
        _style(doc, name).paragraph_format.left_indent = Mm(8)
    facts = _style(doc, "Fakta").paragraph_format
    facts.left_indent, facts.first_line_indent = Mm(42), Mm(-42)
    facts.tab_stops.add_tab_stop(Mm(42))
    _style(doc, "Tabelltekst").paragraph_format.line_spacing = 1.0
    _style(doc, "Merknadsboks").paragraph_format.left_indent = Mm(3)
    _border(_style(doc, "Merknadsboks"))
    for level, (edge, hanging) in enumerate(((8, 8), (19, 11)), 1):
        entry = _style(doc, f"toc {level}").paragraph_format
        entry.left_indent, entry.first_line_indent, entry.line_spacing = Mm(edge), Mm(-hanging), 1.0
        entry.tab_stops.add_tab_stop(Mm(edge))
    mark = doc.styles.add_style("Merke", WD_STYLE_TYPE.CHARACTER)
    mark.font.bold = True
    mark.font.color.rgb = RGBColor.from_string("7A4A00")


def _style(doc: Document, name: str) -> ParagraphStyle:
    found: Any = doc.styles[name]
    style: ParagraphStyle = found
    return style


def _new(doc: Document, name: str) -> ParagraphStyle:
    from docx.enum.style import WD_STYLE_TYPE

    made: Any = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc "))
    made.base_style = doc.styles["Normal"]
    style: ParagraphStyle = made
    return style


def _font(
    style: ParagraphStyle,
    size: float,
    colour: str | None = None,
    *,
    bold: bool | None = None,
    italic: bool | None = None,
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = _FONT
    properties: Any = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), _FONT)
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold, italic
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)


def _plain_contents_heading(doc: Document) -> None:
    """The heading above the contents is no chapter: without number, and not in the contents."""
    properties: Any = _style(doc, "TOC Heading").element.get_or_add_pPr()
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_numId().val = 0
    for old in properties.findall(element("outlineLvl").tag):
        properties.remove(old)
    properties.append(element("outlineLvl", val="9"))


def _no_border(style: ParagraphStyle) -> None:
    from docx.oxml.ns import qn

    properties: Any = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _border(style: ParagraphStyle) -> None:
    properties: Any = style.element.get_or_add_pPr()
    border = element("pBdr")
    border.append(element("left", val="single", sz="24", space="8", color="8A5A00"))
    ground = element("shd", val="clear", color="auto", fill="F3F5F8")
    spacing = properties.find(element("spacing").tag)
    for part in (border, ground):
        if spacing is not None:
            spacing.addprevious(part)  # the order is fixed by the standard
        else:
            properties.insert(0, part)


def _footer(doc: Document, title: str) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph = doc.sections[0].footer.paragraphs[0]
    _font(_style(doc, "Footer"), 9, _GREY)
    for stop in list(_style(doc, "Footer").paragraph_format.tab_stops):
        stop.position = Mm(TEKSTBREDDE)
        stop.alignment = WD_TAB_ALIGNMENT.RIGHT
    paragraph.add_run(title + "\t")
    before, between = _("Side {side} av {antall}").split("{side}")
    middle, after = between.split("{antall}")
    paragraph.add_run(before)
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(middle)
    add_field(paragraph, "NUMPAGES", "1")
    paragraph.add_run(after)


def _own_file(doc: Document) -> None:
    """Drop what the library's template says of itself: the picture of its first page, and an older Word's ways."""
    relations = doc.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[name]
    settings: Any = doc.settings.element
    for found in settings.iter(element("compatSetting").tag):
        if found.get(f"{{{found.nsmap['w']}}}name") == "compatibilityMode":
            found.set(f"{{{found.nsmap['w']}}}val", "15")


def _properties(doc: Document, dok: Dokument) -> None:
    from datetime import UTC, datetime

    properties = doc.core_properties
    properties.title = clean(dok.tittel)[:255]
    properties.subject = clean(dok.undertittel)[:255]
    properties.language = LANG[dok.sprak]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
