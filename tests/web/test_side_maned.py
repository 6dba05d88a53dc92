"""The month: what `kalender` writes and `sjekk` judges, day by day."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from hjelp import ROT, Kjor
from web.tjener import Nettleser

_DAG = re.compile(r'<td class="(dag[^"]*)"(?: aria-current="date")?>(.*?)</td>', re.DOTALL)
_NAR = re.compile(r'<time datetime="([\d-]+)">')
_MOTE = re.compile(r'<li class="mote[^"]*">\s*<span class="tid">(\d\d\.\d\d)–\d\d\.\d\d</span>')


def days(n: Nettleser, adresse: str) -> dict[str, tuple[str, str]]:
    """The days of a month: date -> (classes, markup)."""
    svar = n.get(adresse)
    assert svar.kode == 200, svar.tekst
    found = ((classes, cell, _NAR.search(cell)) for classes, cell in _DAG.findall(svar.html))
    return {when[1]: (classes, cell) for classes, cell, when in found if when}


def test_hver_dag_staar_en_gang_i_uker_som_begynner_paa_mandag(leser: Nettleser) -> None:
    found = days(leser, "/maned?maned=2024-02")
    assert list(found) == [f"2024-02-{n:02d}" for n in range(1, 30)]
    html = leser.get("/maned?maned=2024-02").html
    assert re.findall(r'scope="row" class="uke"><span class="ukeord">uke </span>(\d+)', html) == [
        "5",
        "6",
        "7",
        "8",
        "9",
    ]
    assert re.findall(r'<th scope="col">(\w+)</th>', html) == [
        "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag",
    ]  # fmt: skip


def test_dagen_i_dag_ferier_og_helligdager(leser: Nettleser) -> None:
    march = days(leser, "/maned")  # 1 March 2024
    assert [day for day, (classes, _cell) in march.items() if "i-dag" in classes.split()] == ["2024-03-01"]
    assert "Påskeferie" in march["2024-03-26"][1]
    assert "Skjærtorsdag" in march["2024-03-28"][1]
    assert "fri" in march["2024-03-26"][0].split()
    assert "fri" not in march["2024-03-05"][0].split()
    assert "Fridag" in days(leser, "/maned?maned=2025-05")["2025-05-02"][1]
    assert "ikke bekreftet" not in leser.get("/maned").tekst


def test_det_som_ikke_er_bekreftet_er_merket(leser: Nettleser, klasse: Path) -> None:
    rute = klasse / "rute.toml"
    rute.write_text(rute.read_text(encoding="utf-8").replace("bekreftet = true", "bekreftet = false"), encoding="utf-8")
    svar = leser.get("/maned")
    assert "Påskeferie (ikke bekreftet)" in svar.tekst
    assert "Noen datoer i skoleruta er ikke bekreftet" in svar.tekst


@pytest.mark.treg
@pytest.mark.parametrize("eksempel", ["oslo-helsfyr", "vestby"])
def test_moetene_er_de_kalenderfilene_har(kjor: Kjor, eksempel: str, tmp_path: Path) -> None:
    mappe = tmp_path / "k"
    mappe.mkdir()
    for file in (ROT / "eksempler" / eksempel).glob("*.*"):
        if file.suffix in (".toml", ".csv"):
            (mappe / file.name).write_bytes(file.read_bytes())
    per = "2024-11-01"
    done = kjor("kalender", "--mappe", mappe, "--samlet", "--ut", tmp_path / "alt.ics", "--per", per)
    assert done.exit_code == 0, done.output
    ics = (tmp_path / "alt.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    starts = re.findall(r"DTSTART;TZID=Europe/Oslo:(\d{8})T(\d{2})(\d{2})", ics)
    n = Nettleser(mappe, date.fromisoformat(per))
    for month in ("2024-11", "2025-01"):
        said = Counter(
            (day, time)
            for day, (_classes, cell) in days(n, f"/maned?maned={month}").items()
            for time in _MOTE.findall(cell)
        )
        written = Counter(
            (f"{d[:4]}-{d[4:6]}-{d[6:]}", f"{h}.{m}") for d, h, m in starts if f"{d[:4]}-{d[4:6]}" == month
        )
        assert said
        # What is exempt or not needed any more stands in files already sent, but not on the wall.
        assert not said - written


def test_planen_bestemmer_hvor_et_moete_staar(leser: Nettleser, klasse: Path) -> None:
    assert "Møtene er forslag" in leser.get("/maned").tekst
    (klasse / "plan.csv").write_text(
        "punkt;dato;start;slutt\nk/elevsamtale/D03/2024-var/2;2024-05-15;13:10;13:40\n", encoding="utf-8"
    )
    cell = days(leser, "/maned?maned=2024-05")["2024-05-15"][1]
    assert "13.10–13.40" in cell
    assert '<a href="/deltaker/D03">D03</a>' in cell
    assert "plan.csv" in leser.get("/maned").tekst
    assert "Møtene er forslag" not in leser.get("/maned").tekst


def test_frister_samles_og_sier_hvor_mange_som_er_gjort(leser: Nettleser) -> None:
    cell = days(leser, "/maned?maned=2023-12")["2023-12-20"][1]
    text = " ".join(re.sub(r"<[^>]+>", " ", cell).split())
    assert re.search(r"frist Skolens samtale med deltakeren \d av \d gjort", text), text
    assert re.search(r'<a href="/deltaker/D02">D02</a> mangler', cell), cell


def test_bare_en_rolle(leser: Nettleser) -> None:
    alt, teacher = leser.get("/maned?maned=2023-09"), leser.get("/maned?maned=2023-09&rolle=veileder")
    assert '<option value="veileder" selected>' in teacher.html
    assert "Skolens samtale med deltakeren" in alt.tekst
    assert "Skolens samtale med deltakeren" not in teacher.tekst
    assert "maned=2023-10" in teacher.html
    assert "rolle=veileder" in teacher.html.partition('rel="next"')[2].partition(">")[0]
    assert leser.get("/maned?rolle=finnes-ikke").kode == 404


@pytest.mark.parametrize("maned", ["2024-13", "2024-00", "0000-01", "mars", "2024-1", "1999-01", "2024-11-01", "<b>"])
def test_en_maned_som_ikke_finnes_er_en_side(leser: Nettleser, maned: str) -> None:
    svar = leser.get(f"/maned?maned={maned}")
    assert svar.kode == 404
    assert "<b>" not in svar.html.partition("</header>")[2].partition("<footer")[0]


@pytest.mark.treg
def test_bla_til_kalenderen_er_slutt(leser: Nettleser) -> None:
    adresse = "/maned?maned=2023-08"
    seen: list[str] = []
    while adresse and len(seen) < 60:
        html = leser.get(adresse).html
        seen.append(adresse)
        found = re.search(r'rel="next" href="([^"]+)"', html)
        adresse = found[1].replace("&amp;", "&") if found else ""
    assert 22 < len(seen) < 60
