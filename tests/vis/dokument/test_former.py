"""One content, three forms: what Markdown, HTML and Word say is the same, and text is never taken for anything else."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import docx
import pytest

from oppfolgingscli.vis.dokument.docx import to_docx
from oppfolgingscli.vis.dokument.flyt import draw
from oppfolgingscli.vis.dokument.html import to_html
from oppfolgingscli.vis.dokument.md import escape, to_markdown
from oppfolgingscli.vis.dokument.modell import (
    Avsnitt,
    Bilde,
    Bit,
    Boks,
    Dokument,
    Fakta,
    Flyt,
    Liste,
    Node,
    Overskrift,
    Sitat,
    Tabell,
)
from oppfolgingscli.vis.svg.tegning import to_text

if TYPE_CHECKING:
    from oppfolgingscli.vis.dokument.modell import Blokk

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FELLE = '<script>alert(1)</script> | `rm` *a* [b](http://c) =1+1 &amp; "d" </text>\u202e\x07'
"""Markup, a table's edge, code, emphasis, a link, a formula, an entity, quotes, a turned direction and a bell."""
VIST = '<script>alert(1)</script> | `rm` *a* [b](http://c) =1+1 &amp; "d" </text>'


def document(*blokker: Blokk, sprak: str = "nb") -> Dokument:
    return Dokument("Håndbok", "for klassen", sprak, (("Kilde", "kap. 3"),), blokker)


ALT = document(
    Overskrift(1, "Formål", "formal"),
    Avsnitt((Bit("Se "), Bit("rollene", anker="roller"), Bit("."))),
    Overskrift(2, "Bruk", "bruk"),
    Liste(("en", ("to"), (Bit("tre", sterk=True),)), nummerert=True),
    Overskrift(1, "Roller", "roller"),
    Fakta((("Ansvarlig", "Skolen"), ("Når", (Bit("ved behov "), Bit("(antatt)", merke=True))))),
    Tabell("Roller", ("Rolle", "Navn"), (("Lærer", ""), ("Nav", "to\nlinjer"))),
    Sitat("Slik er det.", "noen", "nn"),
    Boks("Merk:", "dette"),
    Flyt(
        "Fravær",
        "Fravær: varsel.",
        (Node("event:f", "Fravær", hendelse=True), Node("varsel", "Varsel", ("Skolen",))),
        (("event:f", "varsel"),),
    ),
)


class Side(HTMLParser):
    """What a page says: its headings, cells, texts, and the elements it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[str] = []
        self.cells: list[str] = []
        self.elements: set[str] = set()
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.feed(page)
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        if (href := found.get("href")) and href.startswith("#"):
            self.targets.add(href[1:])
        if tag in {"h2", "h3", "h4"}:
            self.headings.append("")
        if tag in {"td", "th"}:
            self.cells.append("")
        if tag == "br" and self.cells:
            self.cells[-1] += "\n"
        if tag not in {"meta", "br", "link", "img"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"h2", "h3", "h4"} & set(self.open):
            self.headings[-1] += data
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data


def md_headings(text: str) -> list[str]:
    """Return the headings, without numbers and what keeps them from being markup."""
    found = re.findall(r"^#{2,4} (.+)$", text, re.MULTILINE)
    return [_plain(re.sub(r"^[\d.]+ ", "", line)) for line in found if line != "Innhold"]


def md_cells(text: str) -> list[str]:
    cells = []
    for line in text.splitlines():
        if line.startswith("|") and not line.startswith("| ---"):
            cells += [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    return [_plain(cell) for cell in cells]


def _plain(cell: str) -> str:
    cell = re.sub(r"(?<!\\)\[(.*?)(?<!\\)\]\(#.*?\)", r"\1", cell).replace("<br>", "\n")
    cell = re.sub(r"(?<!\\)\*", "", cell)
    return re.sub(r"\\(.)", r"\1", cell.replace("&amp;amp;", "&amp;")).strip()


def docx_headings(data: bytes) -> list[str]:
    opened = docx.Document(io.BytesIO(data))
    return [p.text for p in opened.paragraphs if p.style is not None and (p.style.name or "").startswith("Heading")]


def docx_cells(data: bytes) -> list[str]:
    opened = docx.Document(io.BytesIO(data))
    return [cell.text.strip() for table in opened.tables for row in table.rows for cell in row.cells]


def without_numbers(headings: list[str]) -> list[str]:
    return [re.sub(r"^\d+(\.\d+)*", "", heading) for heading in headings if heading != "Innhold"]


def assert_same(dok: Dokument) -> None:
    """Every heading and every cell is the same in the three forms."""
    md, page, word = to_markdown(dok), Side(to_html(dok)), to_docx(dok)
    assert md_headings(md) == docx_headings(word) == without_numbers(page.headings)
    cells = [cell.strip() for cell in page.cells]
    assert md_cells(md) == cells
    assert docx_cells(word) == cells


def test_de_tre_formene_sier_det_samme() -> None:
    assert_same(ALT)


def test_markdown() -> None:
    assert to_markdown(ALT) == (
        "# Håndbok\n\nfor klassen\n\n- **Kilde:** kap. 3\n\n## Innhold\n\n"
        "- [1 Formål](#1-formål)\n  - [1.1 Bruk](#11-bruk)\n- [2 Roller](#2-roller)\n\n"
        "## 1 Formål\n\nSe [rollene](#2-roller).\n\n### 1.1 Bruk\n\n1. en\n2. to\n3. **tre**\n\n"
        "## 2 Roller\n\n- **Ansvarlig:** Skolen\n- **Når:** ved behov *(antatt)*\n\n"
        "**Roller**\n\n| Rolle | Navn |\n| --- | --- |\n| Lærer |  |\n| Nav | to<br>linjer |\n\n"
        "> Slik er det.\n>\n> – noen\n\n> **Merk:** dette\n\n"
        "**Fravær**\n\n- **Fravær**\n  - → Varsel (Skolen)\n"
    )


@pytest.mark.parametrize(
    ("tekst", "skrevet"),
    [
        ("1. mars 2025", "1\\. mars 2025"),
        ("- ikke en liste", "\\- ikke en liste"),
        ("+ heller ikke", "\\+ heller ikke"),
        ("=====", "\\====="),
        ("# ingen overskrift", "\\# ingen overskrift"),
        ("> intet sitat", "\\> intet sitat"),
        ("3.2 er et kapittel", "3.2 er et kapittel"),
    ],
)
def test_en_linje_begynner_ikke_noe_annet_i_markdown(tekst: str, skrevet: str) -> None:
    assert to_markdown(document(Avsnitt(tekst))).splitlines()[-1] == skrevet


def test_navn_som_ser_ut_som_koder_er_bare_tekst() -> None:
    dok = document(
        Overskrift(1, FELLE, "felle"),
        Avsnitt(FELLE),
        Liste((FELLE,)),
        Fakta(((FELLE, FELLE),)),
        Tabell(FELLE, (FELLE, "b"), ((FELLE, FELLE),)),
        Sitat(FELLE, FELLE),
        Boks(FELLE, FELLE),
        Flyt(FELLE, FELLE, (Node("a", FELLE, (FELLE,), hendelse=True),), ()),
    )
    assert_same(dok)
    page = to_html(dok)
    assert "script" not in Side(page).elements
    assert "http://c" not in re.findall(r'(?:href|src)="([^"]*)"', page)
    assert docx_headings(to_docx(dok)) == [VIST]
    assert docx_cells(to_docx(dok)) == [VIST, "b", VIST, VIST]
    for form in (to_markdown(dok), page):
        assert "\u202e" not in form
        assert "\x07" not in form
    assert "<script>" not in re.sub(r"\\<", "", to_markdown(dok))
    ET.fromstring(to_text(draw(dok.blokker[-1], "f")))  # type: ignore[arg-type] # noqa: S314 - the last block is the flow; the text is our own


def test_overskriftene_er_nummerert_og_lenkene_finner_fram() -> None:
    page = Side(to_html(ALT))
    assert page.headings == ["Innhold", "1Formål", "1.1Bruk", "2Roller"]
    assert page.targets <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_like_overskrifter_faar_hver_sin_lenke_i_markdown() -> None:
    dok = document(Overskrift(1, "A b?", "a"), Overskrift(2, "A", "b"), Avsnitt((Bit("x", anker="b"),)))
    assert "[x](#11-a)" in to_markdown(dok)


@pytest.mark.parametrize(("sprak", "kode"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_word_vet_hvilket_spraak_det_er(sprak: str, kode: str) -> None:
    parts = word_parts(to_docx(document(Avsnitt((Bit("a"), Bit("b", sprak="nb"))), sprak=sprak)))
    lang = parts["word/styles.xml"].find(f".//{W}rPrDefault//{W}lang")
    assert lang is not None
    assert lang.get(f"{W}val") == kode
    assert [e.get(f"{W}val") for e in parts["word/document.xml"].iter(f"{W}lang")] == ["nb-NO"]


def word_parts(data: bytes) -> dict[str, ET.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xml")]
        return {name: ET.fromstring(archive.read(name)) for name in names}  # noqa: S314 - made by ourselves


def test_word_dokumentet_er_a4_med_sidetall_og_innhold() -> None:
    data = to_docx(ALT)
    opened: Any = docx.Document(io.BytesIO(data))
    section = opened.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    parts = word_parts(data)
    footer = next(part for name, part in parts.items() if name.startswith("word/footer"))
    fields = [(e.text or "").split()[0] for e in footer.iter(f"{W}instrText")]
    assert fields == ["PAGE", "NUMPAGES"]
    body = parts["word/document.xml"]
    assert [(e.text or "").split()[0] for e in body.iter(f"{W}instrText")] == ["TOC", "SEQ", "SEQ"]
    marks = {e.get(f"{W}name") for e in body.iter(f"{W}bookmarkStart")}
    assert len(marks) == 3
    assert {e.get(f"{W}anchor") for e in body.iter(f"{W}hyperlink")} == marks
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", mark or "", re.ASCII) for mark in marks)


def test_like_begynnelser_faar_ulike_bokmerker() -> None:
    long = "rutine-" + "x" * 60
    dok = document(Overskrift(1, "A", long + ".a"), Overskrift(1, "B", long + "-a"), Overskrift(1, "C", long.upper()))
    body = word_parts(to_docx(dok))["word/document.xml"]
    names = [(e.get(f"{W}name") or "").lower() for e in body.iter(f"{W}bookmarkStart")]
    assert len(set(names)) == 3


def test_tabeller_gjentar_overskriften_og_bildet_har_tekst() -> None:
    body = word_parts(to_docx(ALT))["word/document.xml"]
    for table in body.iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
    alt = [e.attrib["descr"] for e in body.iter() if e.tag.endswith("}docPr")]
    assert alt == ["Fravær: varsel."]


def test_et_bilde_er_svg_i_html_og_et_bilde_med_tekst_i_word() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="#f00"/></svg>'
    dok = document(Bilde("Hjul", "Et rødt felt.", svg))
    assert svg in to_html(dok)
    shape = docx.Document(io.BytesIO(to_docx(dok))).inline_shapes[0]
    assert (round(shape.width.mm), round(shape.height.mm)) == (165, 82)
    assert shape._inline.docPr.get("descr") == "Et rødt felt."


def test_hver_nummerert_liste_begynner_paa_en() -> None:
    body = word_parts(to_docx(document(Liste(("a",), nummerert=True), Liste(("b",), nummerert=True))))
    lists = [e.get(f"{W}val") for e in body["word/document.xml"].iter(f"{W}numId")]
    assert len(lists) == len(set(lists)) == 2
    numbering = {e.get(f"{W}numId"): e for e in body["word/numbering.xml"].iter(f"{W}num")}
    for one in lists:
        start = numbering[one].find(f"{W}lvlOverride/{W}startOverride")
        assert start is not None
        assert start.get(f"{W}val") == "1"


def test_samme_dokument_gir_de_samme_bytene() -> None:
    assert to_docx(ALT) == to_docx(ALT)


def test_alle_stiler_som_brukes_finnes() -> None:
    parts = word_parts(to_docx(ALT))
    known = {e.get(f"{W}styleId") for e in parts["word/styles.xml"].iter(f"{W}style")}
    used = {
        e.get(f"{W}val")
        for name in ("word/document.xml", "word/numbering.xml")
        for tag in ("pStyle", "rStyle", "tblStyle")
        for e in parts[name].iter(f"{W}{tag}")
    }
    assert {"Heading1", "ListNumber", "Fakta", "Tabelltekst", "Merke", "toc1", "Caption"} <= used <= known


def test_malen_til_biblioteket_er_borte() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(ALT))) as archive:
        assert [name for name in archive.namelist() if "thumbnail" in name] == []
        assert b'w:name="compatibilityMode"' in archive.read("word/settings.xml")
        assert b'w:val="14"' not in archive.read("word/settings.xml")


def test_word_filen_sier_ikke_hvem_eller_hva_som_laget_den() -> None:
    core = word_parts(to_docx(ALT))["docProps/core.xml"]
    texts = {e.tag.split("}")[1]: e.text or "" for e in core.iter()}
    assert texts["title"] == "Håndbok"
    assert {texts.get(key, "") for key in ("creator", "lastModifiedBy", "description", "keywords")} == {""}


def test_en_flyt_tegner_hver_boks_under_dem_som_forer_til_den() -> None:
    flow = Flyt(
        "F",
        "b",
        (Node("x", "X", hendelse=True), Node("y", "Y", hendelse=True), Node("a", "A"), Node("b", "B"), Node("c", "C")),
        (("x", "a"), ("y", "b"), ("a", "c"), ("b", "c"), ("x", "c")),
    )
    svg = ET.fromstring(to_text(draw(flow, "f")))  # noqa: S314 - our own
    ns = "{http://www.w3.org/2000/svg}"
    boxes = {}
    for group in svg.iter(f"{ns}g"):
        rect = group.find(f"{ns}rect")
        name = next(t.text for t in group.iter(f"{ns}text") if t.get("class") == "navn")
        assert rect is not None
        boxes[name] = tuple(float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
    for start, end in (("X", "A"), ("Y", "B"), ("A", "C"), ("B", "C")):
        assert boxes[start][1] + boxes[start][3] < boxes[end][1]
    assert abs(boxes["C"][0] - (boxes["A"][0] + boxes["B"][0]) / 2) < boxes["C"][2]
    rows = sorted(boxes.values())
    assert not any(
        a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
        for i, a in enumerate(rows)
        for b in rows[i + 1 :]
    )


def test_escape_gjor_ingenting_med_vanlig_tekst() -> None:
    assert escape("Trekantsamtale ved oppstart – «antatt», 10 % (kap. 3.1)") == (
        "Trekantsamtale ved oppstart – «antatt», 10 % (kap. 3.1)"
    )
