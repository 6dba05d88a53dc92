"""`oppfolging kalender --caldav` against a real server with a password, as two people and a phone would use it."""

from __future__ import annotations

import json
import re
import sys
import types
from typing import TYPE_CHECKING, Any

import click
import icalendar
import pytest

from cli.test_kalender import OPPSETT, deltakere, mappe, skriv_oppsett
from oppfolgingscli import publisert, skriv
from oppfolgingscli.cli import passord
from oppfolgingscli.tjener import samling
from oppfolgingscli.tjener.adresse import parse_adresse
from tjenere import BRUKER, KODET, PASSORD, Tjener, radicale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

    from hjelp import Kjor

__all__ = ["mappe"]  # a fixture
KL = ("--rolle", "kontaktlaerer")
NAV = ("--rolle", "nav_veileder")


@pytest.fixture(scope="module")
def tjener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tjener]:
    yield from radicale(tmp_path_factory.mktemp("radicale"))


@pytest.fixture(autouse=True)
def innlogget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPPFOLGING_CALDAV_BRUKER", BRUKER)
    monkeypatch.setenv("OPPFOLGING_CALDAV_PASSORD", PASSORD)


def tie(result: Result) -> Result:
    """Nothing said holds the password, in any form."""
    for text in (result.stdout, result.stderr, str(result.exception or "")):
        assert PASSORD not in text
        assert KODET not in text
    return result


def legg_ut(kjor: Kjor, mappe: Path, url: str, *ord_: str, kode: int = 0) -> dict[str, Any]:
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url, "--format", "json", *ord_))
    assert result.exit_code == kode, result.stderr
    return dict(json.loads(result.stdout)["tjener"]) if kode == 0 else {}


def tall(svar: dict[str, Any]) -> tuple[int, ...]:
    return tuple(svar[k] for k in ("lagt_inn", "endret", "slettet", "uendret"))


def hendelser(tjener: Tjener, navn: str) -> dict[str, Any]:
    """Return the events a calendar holds, by UID; the file's name is the UID."""
    found = {}
    for file, data in tjener.filer(navn).items():
        (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
        assert file == f"{event['UID']}.ics"
        found[str(event["UID"])] = event
    return found


def titler(tjener: Tjener, navn: str) -> list[str]:
    return sorted(str(e["SUMMARY"]) for e in hendelser(tjener, navn).values())


def endre(tjener: Tjener, url: str, uid: str, fra: bytes, til: bytes) -> None:
    """Change an event as a person's own calendar program does."""
    _, data = tjener.be("GET", f"{url}{uid}.ics")
    assert fra in data
    assert tjener.be("PUT", f"{url}{uid}.ics", data.replace(fra, til))[0] in {201, 204}


def en(tjener: Tjener, navn: str, tittel: str) -> str:
    return min(uid for uid, e in hendelser(tjener, navn).items() if e["SUMMARY"] == tittel)


@pytest.mark.treg
def test_first_all_then_nothing_then_only_what_changed(tjener: Tjener, mappe: Path, kjor: Kjor) -> None:
    url = tjener.ny_kalender("fram")
    assert tall(legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-01")) == (23, 0, 0, 0)
    first = tjener.filer("fram")
    assert len(first) == 23
    assert not any(b"METHOD" in data for data in first.values())
    assert not list(mappe.glob("kalender/*"))  # no files were asked for

    assert tall(legg_ut(kjor, mappe, url, *KL, "--per", "2023-10-01")) == (0, 0, 0, 23)
    assert tjener.filer("fram") == first

    # Homework help on other days moves nothing but itself and what it stood beside.
    text = (mappe / "rutiner" / "test.toml").read_text(encoding="utf-8")
    (mappe / "rutiner" / "test.toml").write_text(
        text.replace('navn = "Leksehjelp"', 'navn = "Leksekafé"'), encoding="utf-8"
    )
    assert tall(legg_ut(kjor, mappe, url, *KL, "--per", "2023-10-02")) == (0, 11, 0, 12)
    assert titler(tjener, "fram").count("Leksekafé") == 11
    changed = [e for e in hendelser(tjener, "fram").values() if e["SUMMARY"] == "Leksekafé"]
    assert {int(e["SEQUENCE"]) for e in changed} == {1}

    # The same plan elsewhere, and as files, goes on from the same numbers.
    other = tjener.ny_kalender("fram2")
    assert tall(legg_ut(kjor, mappe, other, *NAV)) == (8, 0, 0, 0)
    assert kjor("kalender", "--mappe", mappe, *KL).exit_code == 0
    assert tall(legg_ut(kjor, mappe, url, *KL, "--per", "2023-10-03")) == (0, 0, 0, 23)


@pytest.mark.treg
def test_what_is_gone_stands_then_is_cancelled_then_deleted(tjener: Tjener, mappe: Path, kjor: Kjor) -> None:
    url = tjener.ny_kalender("avlys")
    legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-01")
    own = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:privat\r\nDTSTAMP:20230101T000000Z\r\nDTSTART:20230901T080000Z\r\nSUMMARY:Tannlege\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert tjener.be("PUT", f"{url}privat.ics", own)[0] == 201

    skriv_oppsett(mappe, deltakere(2))
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url, *KL, "--per", "2023-09-02"))
    assert "4 hendelser som er publisert før, er borte nå." in result.stderr
    assert "0 lagt inn, 0 endret, 0 slettet, 23 uendret" in result.stdout
    assert len(tjener.filer("avlys")) == 24

    assert tall(legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-03", "--avlys")) == (0, 4, 0, 19)
    gone = [e for e in hendelser(tjener, "avlys").values() if e.get("STATUS") == "CANCELLED"]
    assert {str(e["SUMMARY"]) for e in gone} == {"AVLYST: Elevsamtale – D03"}
    assert {int(e["SEQUENCE"]) for e in gone} == {1}

    assert tall(legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-04")) == (0, 0, 0, 23)
    assert tall(legg_ut(kjor, mappe, url, *KL, "--per", "2024-09-01")) == (0, 0, 4, 19)
    assert tjener.filer("avlys")["privat.ics"]
    assert len(tjener.filer("avlys")) == 20


@pytest.mark.treg
def test_people_may_change_and_delete_until_the_plan_changes(tjener: Tjener, mappe: Path, kjor: Kjor) -> None:
    url = tjener.ny_kalender("folk")
    legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-01")
    help_, talk = en(tjener, "folk", "Leksehjelp"), en(tjener, "folk", "Elevsamtale – D02")
    endre(tjener, url, help_, b"SUMMARY:Leksehjelp", b"SUMMARY:Leksehjelp (ta med kaffe)")
    assert tjener.be("DELETE", f"{url}{talk}.ics")[0] == 200
    for _ in range(2):
        result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url, *KL, "--per", "2023-09-02"))
        assert result.exit_code == 0
        assert re.search(r"1 avtale er endret av noen på tjeneren, .*: \d\d\.\d\d\.\d{4} Leksehjelp\.", result.stderr)
        assert re.search(r"1 avtale er slettet av noen på tjeneren, .*Elevsamtale – D02\.", result.stderr)
        assert "0 lagt inn, 0 endret, 0 slettet, 23 uendret" in result.stdout
    assert titler(tjener, "folk").count("Leksehjelp (ta med kaffe)") == 1
    assert len(tjener.filer("folk")) == 22

    rutiner = mappe / "rutiner" / "test.toml"
    rutiner.write_text(
        rutiner.read_text(encoding="utf-8")
        .replace('"Leksehjelp"', '"Leksekafé"')
        .replace('"Elevsamtale"', '"Samtale"'),
        encoding="utf-8",
    )
    svar = legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-03")
    assert tall(svar) == (1, 22, 0, 0)
    assert svar["overskrevet"] == [help_]
    assert svar["lagt_tilbake"] == [talk]
    assert len(titler(tjener, "folk")) == 23
    assert tall(legg_ut(kjor, mappe, url, *KL)) == (0, 0, 0, 23)


@pytest.mark.treg
def test_a_calendar_program_that_only_touches_an_event_has_not_changed_it(
    tjener: Tjener, mappe: Path, kjor: Kjor
) -> None:
    url = tjener.ny_kalender("rort")
    legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-01")
    uid = en(tjener, "rort", "Leksehjelp")
    endre(tjener, url, uid, b"END:VEVENT", b"X-MOZ-LASTACK:20230901T080000Z\r\nEND:VEVENT")
    assert tall(svar := legg_ut(kjor, mappe, url, *KL)) == (0, 0, 0, 23)
    assert svar["endret_der"] == []
    # A reminder is a person's own wish, though.
    endre(
        tjener, url, uid, b"END:VEVENT",
        b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT",
    )  # fmt: skip
    assert legg_ut(kjor, mappe, url, *KL)["endret_der"] == [uid]


@pytest.mark.treg
@pytest.mark.parametrize("kommer_fram", ["before", "after"])
def test_a_run_that_stops_anywhere_is_completed_by_the_next(
    tjener: Tjener, mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch, kommer_fram: str
) -> None:
    """Killed at the fifth event, before it was sent or after it had arrived, and with nothing saved since the start."""
    from oppfolgingscli.tjener import dav

    url = tjener.ny_kalender("stopp")
    put, write, calls = dav.legg, skriv.write_atomic, []

    def killed(*args: Any) -> tuple[bool, str | None]:  # noqa: ANN401 - whatever it is called with
        calls.append(args)
        if len(calls) < 5:
            return put(*args)
        if kommer_fram == "after":
            put(*args)
        raise KeyboardInterrupt

    def once(path: Path, data: bytes, check: Callable[[], None] | None = None) -> bool:
        return False if path.name == samling.FILNAVN and calls else write(path, data, check)

    with monkeypatch.context() as broken:
        broken.setattr(dav, "legg", killed)
        broken.setattr(skriv, "write_atomic", once)
        result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url, *KL, "--per", "2023-09-01"))
        assert result.exit_code == 130
    there = len(tjener.filer("stopp"))
    assert there == (5 if kommer_fram == "after" else 4)

    svar = legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-02")
    assert tall(svar) == (23, 0, 0, 0)
    assert svar["fremmed"] == []
    assert len(tjener.filer("stopp")) == 23
    assert {int(e["SEQUENCE"]) for e in hendelser(tjener, "stopp").values()} == {0}
    assert tall(legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-03")) == (0, 0, 0, 23)


@pytest.mark.treg
def test_without_its_memory_it_recognises_its_own_and_touches_nothing_else(
    tjener: Tjener, mappe: Path, kjor: Kjor
) -> None:
    url = tjener.ny_kalender("minne")
    legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-01")
    uid = en(tjener, "minne", "Leksehjelp")
    endre(tjener, url, uid, b"SUMMARY:Leksehjelp", b"SUMMARY:Flyttet til onsdag")
    (mappe / samling.FILNAVN).unlink()
    svar = legg_ut(kjor, mappe, url, *KL, "--per", "2023-09-01")
    assert svar["fremmed"] == [uid]
    assert tall(svar) == (22, 0, 0, 1)
    assert titler(tjener, "minne").count("Flyttet til onsdag") == 1


@pytest.mark.treg
def test_one_calendar_holds_one_choice_and_can_be_emptied(tjener: Tjener, mappe: Path, kjor: Kjor) -> None:
    url = tjener.ny_kalender("valg")
    assert legg_ut(kjor, mappe, url, "--deltaker", "D01", "--deltaker", "D02")["lagt_inn"] == 23
    assert tall(legg_ut(kjor, mappe, url, "--deltaker", "D02", "--deltaker", "D01")) == (0, 0, 0, 23)
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url, *NAV))
    assert result.exit_code == 2
    assert "har «--deltaker D01 --deltaker D02», og nå er det bedt om «--rolle nav_veileder»" in result.stderr
    endre(tjener, url, (uid := en(tjener, "valg", "Leksehjelp")), b"SUMMARY:Leksehjelp", b"SUMMARY:Min")
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url, "--caldav-fjern"))
    assert "0 lagt inn, 0 endret, 22 slettet, 1 uendret" in result.stdout
    assert "får stå. Slett den der" in result.stderr
    assert list(tjener.filer("valg")) == [f"{uid}.ics"]
    assert tall(legg_ut(kjor, mappe, url, *NAV)) == (8, 0, 0, 0)


@pytest.mark.treg
def test_dates_choose_what_is_brought_up_to_date(tjener: Tjener, mappe: Path, kjor: Kjor) -> None:
    url = tjener.ny_kalender("datoer")
    assert legg_ut(kjor, mappe, url)["lagt_inn"] == 31
    rutiner = mappe / "rutiner" / "test.toml"
    rutiner.write_text(rutiner.read_text(encoding="utf-8").replace('"Leksehjelp"', '"Leksekafé"'), encoding="utf-8")
    svar = legg_ut(kjor, mappe, url, "--fra", "2024-01-01", "--til", "2024-06-30")
    assert (svar["slettet"], svar["endret"]) == (0, 6)
    assert titler(tjener, "datoer").count("Leksehjelp") == 5


@pytest.mark.treg
def test_a_file_imported_before_is_told(tjener: Tjener, mappe: Path, kjor: Kjor) -> None:
    url = tjener.ny_kalender("importert")
    legg_ut(kjor, mappe, url, *NAV)
    _name, data = min(tjener.filer("importert").items())
    url2 = tjener.ny_kalender("importert2")
    assert tjener.be("PUT", f"{url2}et-annet-navn.ics", data)[0] == 201
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url2, *NAV))
    assert result.exit_code == 4
    assert "Er den importert fra en fil? Lag en ny, tom kalender" in result.stderr
    assert re.search(r"\d av 8 endringer er gjort\. Kjør igjen, så tas resten\.", result.stderr)
    assert tjener.be("DELETE", f"{url2}et-annet-navn.ics")[0] == 200
    legg_ut(kjor, mappe, url2, *NAV)
    assert tjener.filer("importert2").keys() == tjener.filer("importert").keys()


@pytest.mark.parametrize(
    ("hvor", "bruker", "kode", "sier"),
    [
        ("finnes-ikke/", BRUKER, 4, "det er ingen kalender på adressen"),
        ("", BRUKER, 4, "adressen er en mappe med kalendere. Velg en av dem: http://127.0.0.1:"),
        ("../ola/kal/", BRUKER, 4, "du har ikke lov"),
        ("", "ola", 4, "tok ikke imot brukernavnet og passordet"),
        ("", "ka:ri", 2, "kolon"),
        ("", "01020312345", 3, "elleve siffer"),
    ],
)
def test_refused(tjener: Tjener, mappe: Path, kjor: Kjor, hvor: str, bruker: str, kode: int, sier: str) -> None:
    tjener.ny_kalender("en")
    url = tjener.hjem.replace(f"/{BRUKER}/", "/ola/kal/") if "ola" in hvor else tjener.hjem + hvor
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url, "--caldav-bruker", bruker))
    assert (result.exit_code, result.stdout) == (kode, "")
    assert sier in result.stderr
    assert "01020312345" not in result.stderr
    assert not (mappe / publisert.FILNAVN).exists()
    assert not (mappe / samling.FILNAVN).exists()


def test_without_a_user_the_server_asks_for_one(
    tjener: Tjener, mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = tjener.ny_kalender("uten")
    monkeypatch.delenv("OPPFOLGING_CALDAV_BRUKER")
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url))
    assert (result.exit_code, "OPPFOLGING_CALDAV_PASSORD er satt, men ikke brukernavnet" in result.stderr) == (2, True)
    monkeypatch.delenv("OPPFOLGING_CALDAV_PASSORD")
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url))
    assert result.exit_code == 4
    assert "vil vite hvem du er. Skriv brukernavnet med --caldav-bruker" in result.stderr


def test_the_password_comes_from_the_keyring_or_the_person(
    tjener: Tjener, mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = tjener.ny_kalender("ring")
    monkeypatch.delenv("OPPFOLGING_CALDAV_PASSORD")
    place = tjener.hjem.split("/")[2]

    ring = types.ModuleType("keyring")
    kept = {(f"oppfolging:{place}", BRUKER): PASSORD}
    ring.get_password = lambda service, user: kept.get((service, user))  # type: ignore[attr-defined] # a made-up module
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert legg_ut(kjor, mappe, url, *NAV)["lagt_inn"] == 8

    kept.clear()
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url, *NAV))
    assert result.exit_code == 2
    assert f"keyring set oppfolging:{place} {BRUKER}" in result.stderr

    monkeypatch.setitem(sys.modules, "keyring", None)  # not installed
    assert kjor("kalender", "--mappe", mappe, "--caldav", url, *NAV).exit_code == 2

    asked = []

    def prompt(text: str, **valg: bool) -> str:
        asked.append((text, valg))
        return PASSORD

    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(isatty=lambda: True))
    login = passord.find_innlogging(BRUKER, parse_adresse(url, "--caldav"))
    assert login is not None
    assert login.passord == PASSORD
    assert PASSORD not in repr(login)
    assert asked == [(f"Passord for {BRUKER} på {place}", {"hide_input": True, "err": True})]


@pytest.mark.treg
def test_the_memory_holds_no_password_and_no_name(tjener: Tjener, mappe: Path, kjor: Kjor) -> None:
    url = tjener.ny_kalender("tilstand")
    legg_ut(kjor, mappe, url, "--person", "kl")
    for path in mappe.rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            assert PASSORD.encode() not in text
            assert KODET.encode() not in text
    state = (mappe / samling.FILNAVN).read_text(encoding="utf-8")
    assert "Lærer A" not in state
    assert "D01" not in state
    (mappe / samling.FILNAVN).write_text(state.replace('"merke"', '"mark"', 1), encoding="utf-8")
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url, "--person", "kl"))
    assert result.exit_code == 3
    assert "kalender-caldav.json: oversikten over hva som er lagt på kalendertjenere, kan ikke leses." in result.stderr


@pytest.mark.treg
def test_names_of_participants_can_be_left_out(tjener: Tjener, mappe: Path, kjor: Kjor) -> None:
    skriv_oppsett(mappe, '[kalender]\ndeltakernavn = "ingen"\n' + deltakere(3), OPPSETT)
    url = tjener.ny_kalender("skjult")
    legg_ut(kjor, mappe, url)
    assert not any(re.search(rb"D0\d", data) for data in tjener.filer("skjult").values())
