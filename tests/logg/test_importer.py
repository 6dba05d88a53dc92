"""Rows from elsewhere come once, however often they are asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hjelp import Kjor
from loggbygg import KONTAKTER, kontakter, lag_mappe
from oppfolgingscli.cli import felles
from oppfolgingscli.les.logg import read_logg

if TYPE_CHECKING:
    from pathlib import Path

BEHOLD = "k1;2024-09-01;elevsamtale;samtale;D01;;;;;;notat;2024-09-01"


@pytest.fixture
def mappe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(felles, "i_dag", lambda: date(2024, 11, 15))
    monkeypatch.chdir(lag_mappe(tmp_path / "klassen"))
    return tmp_path / "klassen"


TABELL = f"""\
{KONTAKTER}
k1;01.10.2024;Elevsamtale;samtale;D01;kontaktlærer;;;;gjennomført;et notat;
k1;01.10.2024;Elevsamtale;samtale;D01;kontaktlærer;;;;gjennomført;et notat;
x7;02.10.2024;elevsamtale;samtale;D02, 007;;;;;;;03.10.2024
;01.09.2024;elevsamtale;samtale;D01;;;;;;notat;
x8;02.10.2024;elevsamtale;samtale;D99;;;;;;;
x9;31.02.2024;elevsamtale;samtale;D01;;;;;;;
x10;02.10.2024;elevsamtale;samtale;D01;;;;;;01019012345;
"""


def test_en_tabell_to_ganger(kjor: Kjor, mappe: Path) -> None:
    path = kontakter(mappe, BEHOLD)
    before = path.read_bytes()
    (mappe / "gammel.csv").write_bytes(TABELL.encode("cp1252"))

    result = kjor("logg", "importer", "gammel.csv", "--prov")
    assert result.exit_code == 0, result.stderr
    assert "3 rader ville blitt lagt til." in result.stdout
    assert path.read_bytes() == before

    result = kjor("logg", "importer", "gammel.csv")
    assert result.exit_code == 0, result.stderr
    assert "3 rader lagt til i kontakter." in result.stdout
    after = path.read_bytes()
    assert after.decode().removeprefix(before.decode()).splitlines() == [
        "k2;2024-10-01;elevsamtale;samtale;D01;kontaktlaerer;;;;gjennomfort;et notat;2024-11-15",
        "k3;2024-10-01;elevsamtale;samtale;D01;kontaktlaerer;;;;gjennomfort;et notat;2024-11-15",
        "x7;2024-10-02;elevsamtale;samtale;D02,007;;;;;gjennomfort;;2024-10-03",
    ]
    assert "1 sto der fra før." in result.stderr
    for place in ("gammel.csv:6", "gammel.csv:7", "gammel.csv:8"):
        assert place in result.stderr
    assert "01019012345" not in result.output

    result = kjor("logg", "importer", "gammel.csv")
    assert "0 rader lagt til i kontakter." in result.stdout
    assert path.read_bytes() == after


def test_et_regneark_med_avtaler(kjor: Kjor, mappe: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Dato", "Deltakar", "Tiltak", "Frist"])
    sheet.append([date(2024, 10, 1), "007", "ringe Nav", date(2024, 10, 10)])
    book.save(mappe / "Avtaler fra i fjor.xlsx")
    for expected in ("1 rad lagt til i avtaler.", "0 rader lagt til i avtaler."):
        result = kjor("logg", "importer", "Avtaler fra i fjor.xlsx")
        assert result.exit_code == 0, result.stderr
        assert expected in result.stdout
    assert [(a.id, a.deltaker, a.frist) for a in read_logg(mappe).avtaler] == [("a1", "007", date(2024, 10, 10))]


def test_en_rettet_rad_kommer_ikke_igjen(kjor: Kjor, mappe: Path) -> None:
    (mappe / "gammel.csv").write_bytes(TABELL.encode())
    assert kjor("logg", "importer", "gammel.csv").exit_code == 0
    assert kjor("logg", "rett", "x7", "--dato", "2024-10-04").exit_code == 0
    result = kjor("logg", "importer", "gammel.csv")
    assert "0 rader lagt til" in result.stdout


def test_loggen_selv_kan_ikke_importeres(kjor: Kjor, mappe: Path) -> None:
    kontakter(mappe, BEHOLD)
    result = kjor("logg", "importer", "kontakter.csv")
    assert result.exit_code == 2
    assert "loggen selv" in result.stderr


def _kalender(kjor: Kjor, mappe: Path) -> Path:
    result = kjor("kalender", "--samlet", "--ut", "alt.ics", "--per", "2024-08-01")
    assert result.exit_code == 0, result.stderr
    return mappe / "alt.ics"


def test_motene_som_har_vaert_kommer_fra_kalenderen_en_gang(kjor: Kjor, mappe: Path) -> None:
    _kalender(kjor, mappe)
    result = kjor("logg", "importer", "alt.ics", "--prov")
    assert result.exit_code == 0, result.stderr
    assert list(mappe.glob("kontakter*")) == []
    result = kjor("logg", "importer", "alt.ics")
    assert result.exit_code == 0, result.stderr
    logg = read_logg(mappe)
    assert logg.funn == ()
    assert {(k.type, k.rutine) for k in logg.kontakter} == {("elevsamtale", "samtale"), ("klassemote", "klassemote")}
    assert {k.deltakere for k in logg.kontakter} == {("D01",), ("D02",), ("007",), ()}
    assert all(date(2024, 8, 19) <= k.dato <= date(2024, 11, 15) for k in logg.kontakter)
    assert all(k.id.startswith("ics-") and k.registrert == date(2024, 11, 15) for k in logg.kontakter)
    before = (mappe / "kontakter.csv").read_bytes()
    result = kjor("logg", "importer", "alt.ics")
    assert "0 rader lagt til i kontakter." in result.stdout
    assert "har ikke vært ennå" in result.stderr
    assert (mappe / "kontakter.csv").read_bytes() == before


def test_et_mote_som_er_fort_for_haand_eller_rettet_kommer_ikke_igjen(kjor: Kjor, mappe: Path) -> None:
    _kalender(kjor, mappe)
    assert kjor("logg", "importer", "alt.ics").exit_code == 0
    first, second = read_logg(mappe).kontakter[:2]
    kontakter(
        mappe,
        f"egen;{first.dato};{first.type};;*;;;;;ikke_mott;;",
        f"{second.id}.rett1;{second.dato};{second.type};;D02;;;;;;;",
    )
    result = kjor("logg", "importer", "alt.ics", "--prov")
    assert first.id not in result.stdout
    assert second.id not in result.stdout


def test_et_mote_som_er_tatt_ut_og_holdt_siden_er_nytt(kjor: Kjor, mappe: Path) -> None:
    path = _kalender(kjor, mappe)
    assert kjor("logg", "importer", "alt.ics").exit_code == 0
    first = read_logg(mappe).kontakter[0]
    assert kjor("logg", "rett", first.id, "--stryk").exit_code == 0
    assert "0 rader lagt til" in kjor("logg", "importer", "alt.ics").stdout
    day, moved = f"{first.dato:%Y%m%d}", f"{first.dato + timedelta(1):%Y%m%d}"
    before, event = path.read_bytes().decode().split(f"DTSTART;TZID=Europe/Oslo:{day}", 1)
    event = event.replace(day, moved, 1)  # the end of the same event
    path.write_bytes(f"{before}DTSTART;TZID=Europe/Oslo:{moved}{event}".encode())
    result = kjor("logg", "importer", "alt.ics")
    assert "1 rad lagt til" in result.stdout, result.output
    assert "0 rader lagt til" in kjor("logg", "importer", "alt.ics").stdout
    assert sum(k.dato == first.dato + timedelta(1) for k in read_logg(mappe).kontakter) == 1


def test_avlyste_fremmede_og_flyttede_moter(kjor: Kjor, mappe: Path) -> None:
    path = _kalender(kjor, mappe)
    assert kjor("logg", "importer", "alt.ics").exit_code == 0
    ids = {k.id for k in read_logg(mappe).kontakter}
    (mappe / "kontakter.csv").unlink()
    text = path.read_bytes().decode()
    events = text.split("BEGIN:VEVENT")
    mine = next(i for i, event in enumerate(events) if "DTSTART;TZID=Europe/Oslo:2024" in event)
    events[mine] = events[mine].replace("STATUS:CONFIRMED", "STATUS:CANCELLED")
    other = next(i for i, event in enumerate(events) if i > mine and "DTSTART;TZID=Europe/Oslo:2024" in event)
    lines = [
        line if not line.startswith("UID:") else "UID:ny-uid-fra-kalenderen" for line in events[other].splitlines()
    ]
    events[other] = "\r\n".join(lines) + "\r\n"  # found by the id in its text
    foreign = (
        "\r\nUID:annet\r\nDTSTAMP:20240901T000000Z\r\nDTSTART:20240901T080000Z\r\nSUMMARY:Tannlege\r\nEND:VEVENT\r\n"
    )
    path.write_bytes("BEGIN:VEVENT".join([events[0], foreign, *events[1:]]).encode())
    result = kjor("logg", "importer", "alt.ics")
    assert result.exit_code == 0, result.stderr
    assert "1 møte er avlyst." in result.stderr
    assert "1 hendelse er ikke fra denne arbeidsmappen." in result.stderr
    assert len(ids) - 1 == len(read_logg(mappe).kontakter)
    assert {k.id for k in read_logg(mappe).kontakter} < ids
