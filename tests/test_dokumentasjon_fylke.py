"""docs/nytt-fylke.md: every routine file in it is read, and the dates it promises are those that come out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docs.kommandoblokker import blocks

from dokumenter import DOKUMENTER, Tabell, tabeller
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.utvid import Utvidelse, expand

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Punkt

TEKST = (DOKUMENTER / "nytt-fylke.md").read_text(encoding="utf-8")
DELER = re.split(r"(?=^<!-- kommandoer: )", TEKST, flags=re.MULTILINE)[1:]
NAVN = ["fylket", "sykmeldte", "forskriften"]


@pytest.fixture(params=DELER, ids=NAVN)
def del_(request: pytest.FixtureRequest) -> str:
    assert len(DELER) == len(NAVN)
    return str(request.param)


@pytest.fixture
def utvidet(del_: str, tmp_path: Path) -> Utvidelse:
    for block in blocks(del_):
        if block.fil:
            (tmp_path / block.fil).parent.mkdir(exist_ok=True)
            (tmp_path / block.fil).write_text(block.tekst, encoding="utf-8")
    opened = open_arbeidsmappe(tmp_path)
    assert opened.varsler == ()
    return expand(opened.opplegg)


def _shown(value: object) -> str:
    return {True: "ja", False: "nei"}[value] if isinstance(value, bool) else str(value)


def _within(punkt: Punkt, table: Tabell) -> bool:
    return punkt.subjekt in table.ord["subjekt"].split(",") and punkt.frist is not None and (
        punkt.frist <= date.fromisoformat(table.ord.get("til", "9999-12-31"))
    )  # fmt: skip


def test_datoene_er_de_som_star(del_: str, utvidet: Utvidelse) -> None:
    (table,) = tabeller(del_, "ventet")
    columns = [c for c in table.rader[0] if c != "fordi"]
    found = [[_shown(getattr(p, c)) for c in columns] for p in utvidet.punkter if _within(p, table)]
    assert sorted(found) == sorted([row[c] for c in columns] for row in table.rader)


def test_hver_rutine_har_sin_egen_kilde_og_det_antatte_en_grunn(utvidet: Utvidelse) -> None:
    versions = utvidet.gyldighet.opplegg.rutinesett.versjoner
    ids = [key for v in versions for key in v.rutine.kilde_id]
    assert len(ids) == len(set(ids)) == len(versions)
    for v in versions:
        assert v.rutine.kilde
        assert not v.rutine.antatt or "antatt" in (v.rutine.merknad or "").lower(), v.rutine.id


def test_paragrafene_er_de_fristene_star_i() -> None:
    cited = re.findall(r"§§? (\d+-\d+(?: a\b)?)(?: og (\d+-\d+))?", TEKST)
    assert {paragraph for pair in cited for paragraph in pair if paragraph} == {"4-6", "8-7 a", "8-8", "15-1", "15-8"}


def test_det_som_ble_sagt_i_intervjuet_er_med_i_filen() -> None:
    notes = re.findall(r"^> \*\*(\d\d:\d\d)\*\*", TEKST, re.MULTILINE)
    (file,) = (b.tekst for b in blocks(DELER[0]) if b.fil == "rutiner/fjordvik.toml")
    assert notes == re.findall(r'^kilde = "(?:Håndboken, punkt 4\.1; i|I)ntervjuet, (\d\d:\d\d)"$', file, re.MULTILINE)
