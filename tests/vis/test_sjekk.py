"""The parts of a check: the subject line, next steps, findings in words, and workbooks no program runs."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from oppfolgingscli.hendelse import Varsel
from oppfolgingscli.les.rutinesett import bundled_ids, load_rutinesett
from oppfolgingscli.sprak import set_sprak
from oppfolgingscli.vis.nestesteg import next_step
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.vis.regneark import Ark, write_workbook
from oppfolgingscli.vis.sjekk import render
from oppfolgingscli.vis.sjekkord import findings_summary, heading, when
from oppfolgingscli.vis.sjekkoversikt import SEKSJONER, Oversikt, Rad, arrange

if TYPE_CHECKING:
    from collections.abc import Sequence

PER = date(2024, 3, 1)


def rad(subjekt: str = "D01", **changes: Any) -> Rad:  # noqa: ANN401 - any field of a row
    values: dict[str, Any] = {
        "hva": "Samtale", "antall": 1, "status": "forfalt", "dager": 3, "frist": date(2024, 2, 27),
        "ansvarlig": "Lærer Q", "neste": "avtal samtale",
    } | changes  # fmt: skip
    return Rad(subjekt, **values)


def oversikt(klasse: str = "k", funn: Sequence[Varsel] = (), **seksjoner: Sequence[Rad]) -> Oversikt:
    return Oversikt(klasse, PER, 14, {name: tuple(seksjoner.get(name, ())) for name in SEKSJONER}, tuple(funn))


def test_the_subject_line_fits_however_much_there_is() -> None:
    full = oversikt(
        "en-klasse-2023",
        forfalt=[rad(antall=112)],
        avtaler=[rad(), rad()],
        mistet=[rad(status="mangler", antall=40)],
        bak=[rad(status="apen", antall=17)],
        snart=[rad(status="apen", antall=23)],
    )
    assert full.emne == "en-klasse-2023 01.03.2024: 112 forfalt, 2 avtaler forfalt, 40 nylig mistet"
    assert oversikt(snart=[rad(status="apen", antall=23)]).emne == "k 01.03.2024: 23 innen 14 dager"
    assert oversikt().emne == "k 01.03.2024: alt er i rute"


@given(st.lists(st.integers(0, 2000), min_size=6, max_size=6), st.text("abc-", min_size=1, max_size=30))
def test_the_subject_line_never_says_whom(counts: list[int], klasse: str) -> None:
    rows: dict[str, Any] = {
        name: [rad("D77", antall=n)] if n else [] for name, n in zip(SEKSJONER, counts, strict=True)
    }
    line = oversikt(klasse, **rows).emne
    assert len(line) <= 78
    assert "D77" not in line
    assert "\n" not in line


def test_the_most_pressing_participant_comes_first() -> None:
    rows = [
        rad("D01", dager=2), rad("D02", dager=9), rad("D01", dager=7),
        rad("D03", dager=None, status="apen"), rad("D04", dager=-2, status="apen"), rad("D04", dager=-1, status="apen"),
    ]  # fmt: skip
    assert [[(r.subjekt, r.dager) for r in group] for group in arrange(rows)] == [
        [("D02", 9)], [("D01", 7), ("D01", 2)], [("D04", -1), ("D04", -2)], [("D03", None)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("section", "changes", "said"),
    [
        ("forfalt", {"dager": 1}, "1 dag over"),
        ("forfalt", {"dager": 12, "pa_klokka": True}, "12 dager over*"),
        ("snart", {"dager": 0, "status": "apen"}, "i dag"),
        ("snart", {"dager": -1, "status": "apen"}, "i morgen"),
        ("snart", {"dager": -9, "status": "apen"}, "om 9 dager"),
        ("bak", {"dager": 4, "status": "apen"}, "4 dager bak"),
        ("bak", {"dager": 4, "status": "apen", "rekker_ikke": True}, "rekker ikke alt"),
        ("bak", {"dager": None, "status": "apen", "rekker_ikke": True}, "rekker ikke alt"),
        ("uten_frist", {"dager": 1, "status": "apen", "frist": None}, "ventet 1 dag"),
        ("avtaler", {"dager": None, "status": "apen", "frist": None}, "ingen frist"),
        ("mistet", {"siden": date(2024, 2, 1), "status": "mangler"}, "mangler fra 1. februar"),
        ("mistet", {"siden": date(2023, 12, 31), "status": "mangler"}, "mangler fra 31. desember 2023"),
    ],
)
def test_how_long(section: str, changes: dict[str, Any], said: str) -> None:
    assert when(rad(**changes), section, PER) == said


def test_days_of_a_clock_are_explained_once() -> None:
    text = render(oversikt(forfalt=[rad(pa_klokka=True), rad("D02", pa_klokka=True)]), 100)
    assert text.count("3 dager over*") == 2
    assert text.count("regnet uten ferier og pauser") == 1
    assert "*" not in render(oversikt(forfalt=[rad()]), 100)


@given(st.integers(1, 200), st.text("abc æøå-", max_size=60), st.text("abc æøå", max_size=90))
def test_no_line_is_wider_than_the_screen(width: int, hva: str, ansvarlig: str) -> None:
    text = render(oversikt(forfalt=[rad(hva=hva.strip() or "x", ansvarlig=" ".join(ansvarlig.split()))]), width)
    assert max(map(len, text.splitlines())) <= max(width, 40)


def test_terminal_codes_in_the_files_are_shown_as_marks() -> None:
    funn = [Varsel("ulest_rad", "kontakter.csv:2", "hei \x1b[31mrødt"), Varsel("noe_nytt", "x", "y")]
    text = render(oversikt(funn=funn), 80, alle_funn=True)
    assert "\x1b" not in text
    assert "1 rad kan ikke leses" in text
    assert "1 noe nytt" in text


def test_findings_are_counted_by_kind() -> None:
    funn = [Varsel("duplikat", "", ""), Varsel("ulest_rad", "", ""), Varsel("duplikat", "", "")]
    assert findings_summary(funn) == "2 rader står to ganger, 1 rad kan ikke leses"


@pytest.mark.parametrize("sett", bundled_ids())
def test_every_routine_we_ship_has_a_next_step(sett: str) -> None:
    """Only what is neither a talk, a meeting, a visit, a report nor a notice gets the general one."""
    from oppfolgingscli.hendelse import Punkt

    loaded = load_rutinesett(sett)
    general = set()
    for v in loaded.versjoner:
        r = v.rutine
        point = Punkt(
            "k/r/D01/x/1", r.id, r.type, 1, r.niva, "D01", "x", 1, krav=True, delvis=False, fra=PER, mal=None,
            tempo=None, frist=None, sent_til=None, ansvarlig=r.ansvarlig, deltar=r.deltar, kilde=None, kilde_id=(),
            antatt=False,
        )  # fmt: skip
        step = next_step(point, loaded)
        assert step
        if step == "gjør det, og før det i loggen":
            general.add(r.type)
        if r.type == "varsel" and "nav_veileder" in r.deltar:
            assert step == "varsle Nav"
    assert general <= {"leksehjelp", "bistand", "undervisningsdeltakelse"}


@pytest.mark.parametrize(
    ("kode", "med_ar", "uten_ar"),
    [("nb", "1. mars 2024", "1. mars"), ("nn", "1. mars 2024", "1. mars"), ("en", "1 March 2024", "1 March")],
)
def test_dates_as_people_say_them(kode: str, med_ar: str, uten_ar: str) -> None:
    set_sprak(kode)
    assert dag_ord(PER) == dag_ord(PER, date(2025, 1, 1)) == med_ar
    assert dag_ord(PER, date(2024, 12, 31)) == uten_ar


def test_headings_count_days() -> None:
    assert heading("snart", 1) == "Frist innen 1 dag"
    assert heading("snart", 14) == "Frist innen 14 dager"


@pytest.mark.parametrize("text", ["=1+1", "+47", "-1", "@SUM(A1)", '=HYPERLINK("x")', "vanlig"])
def test_text_in_a_workbook_is_never_run(text: str) -> None:
    data = write_workbook([Ark("Ark: 1/2 [x]", ("Tekst", "Dag", "Tall"), [[text, PER, 3], [None, None, None]])])
    book: Any = load_workbook(io.BytesIO(data))
    sheet = book["Ark  1 2  x "]
    cell, day, number = sheet[2]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", text != "vanlig")
    assert (day.value.date(), day.number_format, number.value) == (PER, "dd.mm.yyyy", 3)
    assert sheet.auto_filter.ref == "A1:C3"
