"""The picture: nothing collides or is cut, nothing is too small, nothing is told that must not be."""

from __future__ import annotations

import re
from datetime import date
from struct import unpack
from typing import TYPE_CHECKING
from zlib import decompress

import pytest

from arshjul.klasse import OPPSETT, les, rutine
from hjelp import ROT
from oppfolgingscli.arshjul import Hjul, build
from oppfolgingscli.cli.arshjul import hjul_for_klasse, hjul_for_sett
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.rutinesett import bundled_ids, load_rutinesett
from oppfolgingscli.sprak import SPRAK, set_sprak
from oppfolgingscli.utvid import expand
from oppfolgingscli.vis.arshjul import draw
from oppfolgingscli.vis.arshjul.form import FARGER, form_number
from oppfolgingscli.vis.arshjul.png import to_png
from oppfolgingscli.vis.arshjul.skrift import FAMILIE, PUNKT, shorten, width, wrap
from vis.arshjul.bokser import NS, overlapping, parse, symbols, texts

if TYPE_CHECKING:
    from pathlib import Path

    from oppfolgingscli.vis.arshjul.ark import Papir, Retning

PER = date(2025, 10, 1)
EKSEMPLER = ("oslo-helsfyr", "sorumsand", "vestby", "vestland")


@pytest.fixture(scope="module")
def settene() -> dict[str, Hjul]:
    return {name: hjul_for_sett(load_rutinesett(name), None, PER) for name in bundled_ids()}


@pytest.fixture(scope="module")
def klassene() -> dict[str, Hjul]:
    return {
        f"{name}-{year}": hjul_for_klasse(open_arbeidsmappe(ROT / "eksempler" / name).opplegg, year, PER)
        for name in EKSEMPLER
        for year in (2023, 2025)
    }


def faults(svg: str, bredde: float, hoyde: float) -> list[object]:
    root = parse(svg)
    boxes = texts(root)
    names = [b for b in boxes if not b.hva.isdigit()]
    out: list[object] = [*overlapping(boxes), *overlapping([*symbols(root), *names])]
    # Symbols may stand close; what matters is that none covers a text.
    out = [pair for pair in out if pair != ("symbol", "symbol")]
    return out + [b.hva for b in boxes for x, y in b.punkter if not (4 < x < bredde - 4 and 4 < y < hoyde - 4)]


@pytest.mark.treg
@pytest.mark.parametrize("sprak", SPRAK)
@pytest.mark.parametrize("navn", ["oslo", "ost-viken", "sorumsand", "vestby", "vestland"])
def test_no_text_meets_another_on_a4(settene: dict[str, Hjul], navn: str, sprak: str) -> None:
    set_sprak(sprak)
    assert set(settene) == {"oslo", "ost-viken", "sorumsand", "vestby", "vestland"}
    assert faults(draw(settene[navn]), 297, 210) == []


@pytest.mark.treg
@pytest.mark.parametrize("sprak", SPRAK)
@pytest.mark.parametrize(("papir", "retning", "bredde", "hoyde"), [
    ("a4", "staende", 210, 297), ("a3", "liggende", 420, 297), ("a3", "staende", 297, 420),
])  # fmt: skip
def test_no_text_meets_another_on_any_sheet(
    settene: dict[str, Hjul], klassene: dict[str, Hjul], sprak: str, papir: Papir, retning: Retning, bredde: float, hoyde: float
) -> None:  # fmt: skip
    set_sprak(sprak)
    for wheel in (*settene.values(), *klassene.values()):
        assert faults(draw(wheel, papir, retning=retning), bredde, hoyde) == []


def test_every_routine_is_on_the_sheet_and_no_text_is_under_seven_points(settene: dict[str, Hjul]) -> None:
    for wheel in settene.values():
        root = parse(draw(wheel))
        sizes = [float(e.get("font-size", "")) for e in root.iter(f"{NS}text")]
        assert min(sizes) >= round(7 * PUNKT, 2)
        shown = [e.text for e in root.iter(f"{NS}text")]
        assert "Ikke plass i hjulet." not in shown
        assert not any((text or "").startswith("… og") for text in shown)
        for number in range(1, len(wheel.poster) + 1):
            assert shown.count(str(number)) >= 2  # on the wheel and in the legend


def test_a3_is_read_from_further_away(klassene: dict[str, Hjul]) -> None:
    root = parse(draw(klassene["oslo-helsfyr-2025"], "a3"))
    assert min(float(e.get("font-size", "")) for e in root.iter(f"{NS}text")) >= 8.7 * PUNKT


def test_the_sheet_has_its_real_size_and_the_text_alternative_lists_it_all(klassene: dict[str, Hjul]) -> None:
    root = parse(draw(klassene["oslo-helsfyr-2025"]))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("297mm", "210mm", "0 0 297 210")
    title, desc = root.findtext(f"{NS}title"), root.findtext(f"{NS}desc") or ""
    assert title == "Årshjul 2025/26 – Barne- og ungdomsarbeiderklassen på Helsfyr"
    assert (
        "2 Skolens samtale med deltakeren (Kontaktlærer; 2 ganger i semesteret; 18.\u00a0aug.–19.\u00a0des., " in desc
    )
    assert "Høstferie 29.\u00a0sep.–3.\u00a0okt. (uke 40)" in desc
    assert "Varsel til Nav om høyt fravær (Skolen)" in desc


def test_in_a_page_the_picture_scales_and_its_names_are_its_own(klassene: dict[str, Hjul]) -> None:
    svg = draw(klassene["vestby-2025"], i_side=True, id_="hjul2")
    root = parse(svg)
    assert root.get("width") is None
    ids = [e.get("id", "") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("hjul2-") for name in ids)
    assert set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg)) <= {(n, "") for n in ids} | {("", n) for n in ids}


def test_the_same_wheel_is_the_same_bytes(klassene: dict[str, Hjul]) -> None:
    again = hjul_for_klasse(open_arbeidsmappe(ROT / "eksempler" / "vestland").opplegg, 2025, PER)
    assert draw(again) == draw(klassene["vestland-2025"])


def test_no_participants_and_no_people(klassene: dict[str, Hjul]) -> None:
    for name in EKSEMPLER:
        svg = draw(klassene[f"{name}-2023"])
        workspace = open_arbeidsmappe(ROT / "eksempler" / name)
        for person in workspace.oppsett.personer.values():
            assert person.navn not in svg
            assert person.epost is None or person.epost not in svg
        assert re.search(r"\bD\d\d\b", svg) is None
        for word in ("kvp", "KVP", "tiltakspenger", "statlige", "statlege", "aap"):
            assert word not in svg


def test_benefits_are_told_neither_by_name_nor_by_rule(klassene: dict[str, Hjul]) -> None:
    desc = parse(draw(klassene["vestland-2023"])).findtext(f"{NS}desc") or ""
    assert "Oppfølgingssamtale med Nav-veileder (Nav-veileder; " in desc
    assert desc.count("Oppfølgingssamtale") == 1
    assert "3. måned" not in desc


NASTY = "<script>alert('x')</script>&\"'"


@pytest.mark.treg
def test_markup_in_names_is_text(tmp_path: Path) -> None:
    setup = OPPSETT.replace('navn = "Testklassen"', f"navn = '''{NASTY}'''")
    wheel = build(
        [expand(les(tmp_path, rutine("samtale", navn=NASTY), rutine("prat", navn=NASTY), oppsett=setup))], 2023
    )
    svg = draw(wheel)
    assert "<script" not in svg
    root = parse(svg)
    assert {e.tag.removeprefix(NS) for e in root.iter()} <= {
        "svg", "title", "desc", "rect", "path", "circle", "line", "polygon", "text", "textPath", "defs", "pattern",
    }  # fmt: skip
    assert NASTY in (root.findtext(f"{NS}title") or "")
    assert to_png(svg).startswith(b"\x89PNG")


def test_many_routines_and_long_names_still_do_not_collide(tmp_path: Path) -> None:
    long = "Samtale om alt som kan tenkes å være viktig for deltakeren, praksisplassen og skolen denne våren"
    many = [rutine("samtale", navn=f"{long} {n}").replace('"samtale"', f'"samtale-{n}"') for n in range(30)]
    wheel = build([expand(les(tmp_path, *many))], 2023)
    for papir, w, h in (("a4", 297, 210), ("a3", 420, 297)):
        svg = draw(wheel, "a3" if papir == "a3" else "a4", retning="liggende")
        assert faults(svg, w, h) == []
        assert "Ikke plass i hjulet." in svg
        assert re.search(r"… og \d+ linjer til", svg)


def test_each_role_has_its_own_sign() -> None:
    signs = [(FARGER[n % len(FARGER)], form_number(n)) for n in range(56)]
    assert len(set(signs)) == 56
    assert len({form_number(n) for n in range(8)}) == 8


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("colour", FARGER)
def test_white_digits_can_be_read_on_every_colour(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 6


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the filtered scan lines of a PNG (RFC 2083)."""
    wide, high = unpack(">II", png[16:24])
    at, data = 8, b""
    while at < len(png):
        size, kind = unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += 12 + size
    return wide, high, decompress(data)


@pytest.mark.treg
@pytest.mark.parametrize(
    ("papir", "size"), [("a4", (3508, 2480)), pytest.param("a3", (4961, 3508), marks=pytest.mark.treg)]
)
def test_a_png_has_the_pixels_of_its_paper_and_says_its_size(
    klassene: dict[str, Hjul], papir: Papir, size: tuple[int, int]
) -> None:
    png = to_png(draw(klassene["vestby-2025"], papir))
    wide, high, lines = pixels(png)
    assert (wide, high) == size
    assert len(lines) - lines.count(0) > 100_000  # a blank sheet filters to nothing but noughts
    at = png.index(b"pHYs")
    per_metre, _same, unit = unpack(">IIB", png[at + 4 : at + 13])
    assert (per_metre, unit) == (11811, 1)  # 300 an inch
    assert abs(wide / per_metre - (0.297 if papir == "a4" else 0.42)) < 0.0005


def test_text_shows_in_a_png_without_the_machines_fonts() -> None:
    def ink(body: str) -> int:
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="10mm" viewBox="0 0 20 10">{body}</svg>'
        return sum(1 for value in pixels(to_png(svg))[2] if value)

    blank = ink("")
    for char in "åØæšŋ–→…":
        assert ink(f'<text x="2" y="7" font-size="6" font-family="{FAMILIE}">{char}</text>') > blank


def test_widths_are_the_fonts_own() -> None:
    # Advances in DejaVu Sans 2.37, of 2048 units an em: W 2025, i 569, space 651; bold W 2259.
    assert width("Wi ", 2048) == pytest.approx(2025 + 569 + 651)
    assert width("W", 2048, fet=True) == pytest.approx(2259)


def test_lines_break_at_spaces_and_long_words_where_they_must() -> None:
    assert wrap("aaa bbb ccc", width("aaa bbb", 10), 10) == ["aaa bbb", "ccc"]
    assert wrap("aaa\u00a0bbb ccc", width("aaa\u00a0bbb", 10), 10) == ["aaa\u00a0bbb", "ccc"]
    assert wrap("aaaaaa", width("aaaa", 10), 10) == ["aaaa", "aa"]
    assert wrap("aaa bbb ccc ddd", width("aaa bbb", 10), 10, linjer=1) == [
        shorten("aaa bbb ccc ddd", width("aaa bbb", 10), 10)
    ]
    assert shorten("aaa bbb ccc", width("aaa bbb", 10), 10).endswith("…")
