"""The report as a page: every figure can be found again, nothing is fetched, and nothing is told that should not be."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

import nettleser
from hjelp import EKSEMPLER, HVERT_EKSEMPEL, ROT, Kjor
from maltall.eksempel import DELTAKERE, PER, RADER, RUTINER, skriv_eksempel
from oppfolgingscli.cli.vurdert import judge
from oppfolgingscli.maltall import measure
from oppfolgingscli.sprak import set_sprak
from oppfolgingscli.vis.rapport_html import to_html
from oppfolgingscli.vis.rapportkolonner import counts, followed, given, surer
from oppfolgingscli.vis.rapportnavn import Rapportnavn
from oppfolgingscli.vis.rapportvisning import VIEWS, Rapportvisning, view
from vurder.hjelp import Prove

VOND = '"><script>alert(1)</script>'
VOID = {"meta", "br", "hr", "img", "input", "link"}


class Leser(HTMLParser):
    """Reads a page: cells by (rad, felt), ids, and whether every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.celler: dict[tuple[str, str], list[str]] = {}
        self.id: list[str] = []
        self.overskrifter: list[str] = []
        self._open: list[str] = []
        self._cell: tuple[str, str] | None = None
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if "id" in found:
            self.id.append(found["id"])
        if tag not in VOID:
            self._open.append(tag)
        if "data-rad" in found:
            self._cell = (found["data-rad"], found.get("data-felt", ""))
            self.celler.setdefault(self._cell, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag in ("td", "th", "b"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self.celler[self._cell][-1] += data.replace("\u00a0", " ")
        if self._open and self._open[-1] in ("h1", "h2", "h3"):
            self.overskrifter.append(data)


def lag(mappe: Path, per: str = "2025-06-30", *, uten_id: bool = False) -> tuple[str, Rapportvisning]:
    """Make the page of a workspace."""
    day = date.fromisoformat(per)
    found = judge(mappe, day, None, maskin=False)
    sett = found.vurdering.gyldighet.opplegg.rutinesett
    v = Rapportvisning(measure(found.vurdering), "k", day, 0, Rapportnavn(sett), uten_id)
    return to_html(v, found.vurdering, found.funn), v


@pytest.fixture
def klassen(tmp_path: Path) -> Path:
    skriv_eksempel(Prove(tmp_path))
    return tmp_path


def test_the_figures_worked_by_hand_stand_on_the_page(klassen: Path) -> None:
    cells = Leser(lag(klassen, PER)[0]).celler
    by_hand = {
        ("r0/alle", "andel_av"): "14 av 20", ("r0/alle", "i_tide_andel"): "70 %", ("r0/alle", "i_tide_kl"): "46 %–86 %",
        ("r0/alle", "dose"): "70 % (75 %)", ("r0/alle", "fritatt"): "2", ("r0/alle", "grenser"): "64 %–75 %",
        ("r0/alle", "forsinkelse_median"): "91", ("r0/alle", "forsinkelse_p90"): "ikke nådd",
        ("r1/alle", "andel_av"): "2 av 7", ("r1/alle", "dager_dekket"): "60 % av 212", ("r1/alle", "lengste_gap"): "106",
        ("totalt", "bedomt"): "27", ("totalt", "mangler"): "9", ("totalt", "pausedager"): "5",
        ("D08/2023-12", ""): "1/2 k1", ("D03/2023-10", ""): "p5",
    }  # fmt: skip
    for key, words in by_hand.items():
        assert words in cells[key], (key, cells[key])


@pytest.mark.parametrize("navn", HVERT_EKSEMPEL)
def test_every_view_stands_on_the_page_cell_by_cell(navn: str) -> None:
    page, v = lag(ROT / "eksempler" / navn)
    cells = Leser(page).celler
    cols = [c for c in (*followed(), *given(), *surer(), *counts()) if c.navn]
    seen = 0
    for id_ in VIEWS:
        for line in view(v, id_).linjer:
            for c in cols:
                for found in cells.get((line.nokkel, c.felt), []):
                    assert found == c.tekst(line.rad).replace("\u00a0", " "), (line.nokkel, c.felt)
                    seen += 1
    assert seen > 200


@pytest.mark.parametrize("navn", HVERT_EKSEMPEL)
def test_the_points_behind_a_routine_can_be_counted(navn: str) -> None:
    page, v = lag(ROT / "eksempler" / navn)
    for rad in v.rapport.rader:
        if rad.periode is None and rad.bedomt:
            fold = page.split(f'<details id="punkter-{v.navn.plass(rad.rutine)}">')[1].split("</details>")[0]
            rows = re.findall(r"<tr>.*?</tr>", fold)[1:]
            judged = [row for row in rows if row.endswith("<td>ja</td></tr>")]
            assert len(judged) == rad.bedomt
            assert sum("<td>i tide</td>" in row for row in judged) == rad.i_tide


@pytest.mark.treg
@pytest.mark.parametrize("sprak", ["nb", "nn", "en"])
def test_the_page_of_a_large_class_after_four_years_can_be_sent_by_email(sprak: str) -> None:
    set_sprak(sprak)
    page, _v = lag(ROT / "eksempler" / "oslo-helsfyr", "2027-06-18")
    assert 900_000 < len(page.encode()) < 1_000_000  # so large that the end tags one may leave out are left out
    assert "</td>" not in page


@pytest.mark.parametrize("navn", HVERT_EKSEMPEL)
def test_a_page_is_small_and_asks_for_nothing(navn: str) -> None:
    page, _v = lag(ROT / "eksempler" / navn)
    assert len(page.encode()) < 1_000_000
    assert set(re.findall(r"https?://[^\"<\s]*", page)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<(script|link|img|iframe|object|embed|form)\b|\bon\w+=|\bstyle=|@import|url\((?!#)", page)
    read = Leser(page)
    assert len(set(read.id)) == len(read.id)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(read.id)


def test_names_and_ids_are_never_markup(tmp_path: Path) -> None:
    rules = RUTINER.replace('"Samtale"', f"'{VOND}'").replace('type = "besok"', 'type = "besok"\n    krever = []')
    log = "\n".join(["id;dato;type;deltaker", *(row.replace("D01-", "<img src=x>-") for row in RADER)])
    Prove(tmp_path).skriv(rules, log, deltakere=DELTAKERE, til="2024-06-21")
    page, _v = lag(tmp_path, PER)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;img src=x&gt;-2023-09-20" in page
    Leser(page)


def test_no_reason_is_told(klassen: Path) -> None:
    page, _v = lag(klassen, PER)
    assert "D12" in page
    assert "fritatt" in page
    for word in ("permisjon", "egen avtale"):
        assert word not in page


def test_without_ids_nobody_is_on_the_page(klassen: Path, kjor: Kjor) -> None:
    page, _v = lag(klassen, PER, uten_id=True)
    assert not re.search(r"\bD\d\d\b", page)
    assert "Deltaker for deltaker" not in page
    assert "Etter person" not in page
    assert "utelatt" in page
    answer = kjor("rapport", "--mappe", klassen, "--per", PER, "--format", "html", "--uten-id")
    assert not re.search(r"\bD\d\d\b", answer.stdout)


@pytest.mark.parametrize("navn", HVERT_EKSEMPEL)
def test_without_ids_the_examples_have_none_either(navn: str) -> None:
    page, v = lag(ROT / "eksempler" / navn, uten_id=True)
    for linje in v.rapport.deltakere:
        assert not re.search(rf"\b{re.escape(linje.deltaker)}\b", page)
    assert f"punkter-{v.navn.plass('statusmote')}" in page or navn in ("vestby", "vestland")


def test_what_is_only_for_some_stands_without_its_subject() -> None:
    page, v = lag(ROT / "eksempler" / "vestland")
    veiled = [b for b in v.rapport.underlag if b.skjermet]
    assert veiled
    for b in veiled:
        assert b.punkt.id not in page
    assert not re.search(r"\bkvp\b|tiltakspenge|arbeidsavklaring|\baap\b|nav-samtale-", page.lower())
    part = page.split('<section id="deltakere"')[1].split("</section>")[0]
    assert f"{len(veiled)} punkter fra rutiner som bare gjelder noen ytelser eller grupper" in part
    for name in {v.navn.rutine(b.punkt.rutine) for b in veiled}:
        assert name not in part


def test_a_class_with_nothing_yet_has_a_page(tmp_path: Path) -> None:
    Prove(tmp_path).skriv(RUTINER, deltakere=DELTAKERE, til="2024-06-21")
    page, _v = lag(tmp_path, "2023-08-01")
    assert "0 bedømt" in page
    Leser(page)


@pytest.mark.treg
@pytest.mark.krever_nettleser
def test_axe_finds_nothing_in_any_view(tmp_path: Path) -> None:
    pages = []
    for name in EKSEMPLER:
        pages.append(tmp_path / f"{name}.html")
        pages[-1].write_text(lag(ROT / "eksempler" / name)[0], encoding="utf-8", newline="\n")
    pages.append(tmp_path / "uten-id.html")
    pages[-1].write_text(lag(ROT / "eksempler" / "vestland", uten_id=True)[0], encoding="utf-8", newline="\n")
    assert nettleser.axe(pages) == {page: [] for page in pages}
