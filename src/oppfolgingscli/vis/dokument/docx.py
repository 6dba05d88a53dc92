"""A document for Word: real headings and styles, repeated table headings, captions, contents and text for pictures.

Headings are numbered by Word itself, so that a chapter put in moves the others. The contents are a field with what
it holds written out: right from the start, and with page numbers once somebody updates it.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.arshjul.skrift import font_files
from oppfolgingscli.vis.dokument.docx_deler import (
    add_bits,
    add_caption,
    add_paragraph,
    bookmark,
    contents,
    describe_picture,
    keep_whole,
    new_numbering,
    repeat_heading,
    set_style,
    shade,
)
from oppfolgingscli.vis.dokument.docx_stil import LANG, TEKSTBREDDE, set_up
from oppfolgingscli.vis.dokument.flyt import PRINT_STYLE, draw
from oppfolgingscli.vis.dokument.modell import (
    Avsnitt,
    Bilde,
    Boks,
    Fakta,
    Flyt,
    Liste,
    Overskrift,
    Sitat,
    Tabell,
    bits,
    clean,
)
from oppfolgingscli.vis.svg.tegning import to_text

if TYPE_CHECKING:
    from docx.document import Document

    from oppfolgingscli.vis.dokument.modell import Blokk, Dokument, Tekst

_EMU_PER_UNIT: Final = 9525
"""A unit of a picture is a CSS pixel, 1/96 inch."""
_PIXELS: Final = 1400
"""The width of a picture that fills the page: 215 to the inch."""
_LED_TO: Final = (Liste, Tabell, Flyt, Bilde, Boks)
_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)


def to_docx(dok: Dokument) -> bytes:
    """Write a document as .docx; the same document gives the same bytes."""
    writer = _Skriver(dok)
    out = io.BytesIO()
    writer.write().save(out)
    return _same_each_time(out.getvalue())


def _same_each_time(data: bytes) -> bytes:
    """Return the archive without the time it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _FIXED_TIME), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Skriver:
    """Writes one document."""

    def __init__(self, dok: Dokument) -> None:
        import docx

        self._dok = dok
        self._doc: Document = docx.Document()
        self._anchors = {b.anker for b in dok.blokker if isinstance(b, Overskrift)}
        self._tables = 0
        self._figures = 0
        set_up(self._doc, dok)

    def write(self) -> Document:
        doc, dok = self._doc, self._dok
        add_paragraph(self._doc, "Title", clean(dok.tittel))
        add_paragraph(self._doc, "Subtitle", clean(dok.undertittel))
        self._facts(dok.forside)
        add_paragraph(self._doc, "TOC Heading", _("Innhold"))
        contents(doc, [(h.niva, number, clean(h.tekst), h.anker) for h, number in dok.numbered() if h.niva < 3])
        for block, following in zip(dok.blokker, (*dok.blokker[1:], None), strict=True):
            self._block(block, new_page=block is dok.blokker[0], leads=isinstance(following, _LED_TO))
        return doc

    def _block(self, block: Blokk, *, new_page: bool, leads: bool) -> None:
        """Write a block; ``leads``: it belongs to the one below, on the same page."""
        doc = self._doc
        match block:
            case Overskrift():
                heading = add_paragraph(doc, f"Heading {block.niva}", clean(block.tekst))
                heading.paragraph_format.page_break_before = True if new_page else None
                bookmark(heading, block.anker)
            case Avsnitt():
                paragraph = doc.add_paragraph()
                paragraph.paragraph_format.keep_with_next = leads or None
                self._text(paragraph, block.tekst)
            case Liste():
                numbering = new_numbering(doc) if block.nummerert else None
                for item in block.punkter:
                    paragraph = add_paragraph(doc, "List Number" if block.nummerert else "List Bullet")
                    if numbering is not None:
                        properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no other way to restart a list
                        properties.get_or_add_numPr().get_or_add_ilvl().val = 0
                        properties.get_or_add_numPr().get_or_add_numId().val = numbering
                    self._text(paragraph, item)
            case Fakta():
                self._facts(block.linjer, leads=leads)
            case Tabell():
                self._table(block)
            case Sitat():
                quote = add_paragraph(self._doc, "Quote")
                add_bits(quote, clean(block.tekst), LANG.get(block.sprak or ""))
                quote.paragraph_format.keep_with_next = True
                add_paragraph(self._doc, "Sitatkilde", f"– {clean(block.opphav)}")
            case Boks():
                box = add_paragraph(self._doc, "Merknadsboks")
                box.add_run(clean(block.tittel) + " ").bold = True
                self._text(box, block.tekst)
            case Flyt():
                svg = draw(block, "flyt")
                wide = float(svg.get("width", "0"))
                png = _png(to_text(svg), round(wide * 2.5), PRINT_STYLE)
                self._picture(png, wide, block.tittel, block.beskrivelse)
            case Bilde():
                self._picture(_png(block.svg, _PIXELS), None, block.tittel, block.tekst)

    def _text(self, paragraph: Any, tekst: Tekst) -> None:  # noqa: ANN401 - python-docx has two paragraph types alike
        for bit in bits(tekst):
            anchor = bit.anker if bit.anker in self._anchors else None
            add_bits(paragraph, bit.tekst, LANG.get(bit.sprak or ""), sterk=bit.sterk, merke=bit.merke, anker=anchor)

    def _facts(self, lines: tuple[tuple[str, Tekst], ...], *, leads: bool = False) -> None:
        for name, text in lines:
            paragraph = add_paragraph(self._doc, "Fakta")
            paragraph.paragraph_format.keep_with_next = (leads or name != lines[-1][0]) or None
            paragraph.add_run(clean(name) + ":").bold = True
            paragraph.add_run("\t")
            self._text(paragraph, text)

    def _table(self, table: Tabell) -> None:
        from docx.shared import Mm

        self._tables += 1
        add_caption(self._doc, _("Tabell"), self._tables, clean(table.tittel))
        made = self._doc.add_table(1, len(table.kolonner), style="Table Grid")
        made.autofit = False
        shares = table.bredder or (1,) * len(table.kolonner)
        widths = [Mm(round(TEKSTBREDDE * share / sum(shares), 1)) for share in shares]
        for cell, name in zip(made.rows[0].cells, table.kolonner, strict=True):
            set_style(cell.paragraphs[0], "Tabelltekst")
            cell.paragraphs[0].add_run(clean(name)).bold = True
            shade(cell, "DDE5EE")
        repeat_heading(made)
        for row in table.rader:
            added = made.add_row()
            keep_whole(added)
            if "" in row:
                added.height = Mm(9)  # room to write by hand
            cells = added.cells
            for number, (cell, text) in enumerate(zip(cells, row, strict=True)):
                paragraph = cell.paragraphs[0]
                set_style(paragraph, "Tabelltekst")
                self._text(paragraph, text)
                if number == 0 and table.hode:
                    for run in paragraph.runs:
                        run.bold = True
        for row_ in made.rows:
            for cell, width in zip(row_.cells, widths, strict=True):
                cell.width = width
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        add_paragraph(self._doc, "Luft")

    def _picture(self, png: bytes, wide: float | None, tittel: str, tekst: str) -> None:
        from docx.shared import Emu, Mm

        most = Mm(TEKSTBREDDE)
        width = most if wide is None else min(most, Emu(round(wide * _EMU_PER_UNIT)))
        paragraph = self._doc.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=width)
        self._figures += 1
        describe_picture(shape, clean(tittel), clean(tekst))
        add_caption(self._doc, _("Figur"), self._figures, clean(tittel), over=False)


def _png(svg: str, width: int, style: str | None = None) -> bytes:
    """Make pixels of a picture. The shipped fonts: it is the same whatever is installed."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=width, style_sheet=style, background="#ffffff", skip_system_fonts=True,
            font_files=font_files(), font_family="DejaVu Sans", sans_serif_family="DejaVu Sans",
        )
    )  # fmt: skip
