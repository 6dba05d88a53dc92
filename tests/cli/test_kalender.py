"""`oppfolging kalender` from the outside: files, releases, cancellations, filters and faults."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from oppfolgingscli import publisert, skriv
from oppfolgingscli.feil import Systemfeil

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor

RUTINER = """
format = 1
[rutinesett]
id = "test"
navn = "Testrutiner"
kilde = "Håndboka"
[roller.kontaktlaerer]
navn = "Kontaktlærer"
etat = "skole"
[roller.nav_veileder]
navn = { nb = "Nav-veileder", en = "Nav counsellor" }
etat = "nav"
[[rutiner]]
id = "elevsamtale"
navn = { nb = "Elevsamtale", en = "Talk" }
type = "elevsamtale"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
deltar = ["deltaker"]
varighet = "45 minutter"
frekvens = { antall = 2, per = "semester" }
[[rutiner]]
id = "egenrapport"
navn = "Egenrapport"
type = "egenrapport"
niva = "deltaker"
ansvarlig = "deltaker"
deltar = ["nav_veileder"]
frekvens = { antall = 1, per = "semester" }
[[rutiner]]
id = "leksehjelp"
navn = "Leksehjelp"
type = "leksehjelp"
niva = "klasse"
ansvarlig = "kontaktlaerer"
deltar = ["deltaker"]
frekvens = { antall = 1, per = "måned" }
[[rutiner]]
id = "statusmote"
navn = "Statusmøte"
type = "statusmote"
niva = "klasse"
ansvarlig = "nav_veileder"
frekvens = { antall = 1, per = "semester" }
"""

OPPSETT = """
format = 1
[klasse]
id = "klassen-2023"
navn = "Klassen på Sletta"
rutinesett = "rutiner/test.toml"
skolerute = "oslo"
start = 2023-08-21
slutt = 2024-06-21
[personer.kl]
navn = "Lærer A"
rolle = "kontaktlaerer"
dager = ["tirsdag", "torsdag"]
"""


@pytest.fixture
def mappe(tmp_path: Path) -> Path:
    folder = tmp_path / "klassen"
    (folder / "rutiner").mkdir(parents=True)
    (folder / "rutiner" / "test.toml").write_text(RUTINER, encoding="utf-8")
    skriv_oppsett(folder, deltakere(3))
    return folder


def deltakere(n: int, **mer: str) -> str:
    return "".join(f'[[deltakere]]\nid = "D{i:02d}"\n{mer.get(f"D{i:02d}", "")}\n' for i in range(1, n + 1))


def skriv_oppsett(mappe: Path, ekstra: str, oppsett: str = OPPSETT) -> None:
    (mappe / "oppfolging.toml").write_text(oppsett + ekstra, encoding="utf-8")


def hendelser(path: Path) -> dict[str, Any]:
    """Return the events of a file by UID."""
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(e["UID"]): e for e in events}


def blokker(path: Path) -> dict[bytes, bytes]:
    """Return each event's own bytes by UID."""
    found = re.findall(rb"BEGIN:VEVENT.*?END:VEVENT\r\n", path.read_bytes(), re.DOTALL)
    return {block.split(b"UID:")[1].split(b"\r\n")[0]: block for block in found}


def titler(path: Path) -> set[str]:
    return {str(e["SUMMARY"]) for e in hendelser(path).values()}


def filer(mappe: Path) -> list[str]:
    return sorted(p.name for p in mappe.glob("kalender/*"))


def test_one_file_for_each_role_and_what_is_said(mappe: Path, kjor: Kjor) -> None:
    result = kjor("kalender", "--mappe", mappe, "--per", "2024-01-15")
    assert result.exit_code == 0, result.stderr
    assert filer(mappe) == ["klassen-2023-rolle-kontaktlaerer.ics", "klassen-2023-rolle-nav_veileder.ics"]
    # 3 × 4 talks and homework help in 11 months; 3 × 2 self-reports and 2 status meetings.
    assert re.search(r"rolle-kontaktlaerer\.ics +23 +0 +0 +skrevet", result.stdout)
    assert re.search(r"rolle-nav_veileder\.ics +2 +6 +0 +skrevet", result.stdout)
    assert "I alt 25 møter og 6 frister: 31 nye, 0 endret, 0 avlyst nå." in result.stdout
    assert "egen, tom kalender" in result.stderr
    kl = mappe / "kalender" / "klassen-2023-rolle-kontaktlaerer.ics"
    assert b"X-WR-CALNAME:Klassen p\xc3\xa5 Sletta \xe2\x80\x93 Kontaktl\xc3\xa6rer\r\n" in kl.read_bytes()
    assert titler(kl) == {"Elevsamtale – D01", "Elevsamtale – D02", "Elevsamtale – D03", "Leksehjelp"}
    for e in hendelser(kl).values():
        assert e["DTSTART"].dt.weekday() in {1, 3}
        assert e["DTSTAMP"].to_ical() == b"20240115T000000Z"
        assert e["TRANSP"] == "OPAQUE"
    nav = hendelser(mappe / "kalender" / "klassen-2023-rolle-nav_veileder.ics").values()
    reports = [e for e in nav if e["CATEGORIES"].cats[0] == "egenrapport"]
    assert {e["TRANSP"] for e in reports} == {"TRANSPARENT"}
    assert all((e["DTEND"].dt - e["DTSTART"].dt).days == 1 for e in reports)


def test_the_same_input_gives_the_same_bytes_on_any_day_and_machine(
    mappe: Path, tmp_path: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kjor("kalender", "--mappe", mappe, "--per", "2024-01-15")
    before = {p.name: p.read_bytes() for p in mappe.rglob("*") if p.is_file()}
    times = {p: p.stat().st_mtime_ns for p in mappe.rglob("*.ics")}
    monkeypatch.setenv("OPPFOLGING_SPRAK", "en")  # another user, on another day
    again = kjor("kalender", "--mappe", mappe, "--per", "2024-03-01")
    assert again.exit_code == 0
    assert "unchanged" in again.stdout or "uendret" in again.stdout
    assert {p.name: p.read_bytes() for p in mappe.rglob("*") if p.is_file()} == before
    assert {p: p.stat().st_mtime_ns for p in mappe.rglob("*.ics")} == times

    other = tmp_path / "annen"
    (other / "rutiner").mkdir(parents=True)
    for name in ("oppfolging.toml", "rutiner/test.toml"):
        (other / name).write_bytes((mappe / name).read_bytes())
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    kjor("kalender", "--mappe", other, "--per", "2024-01-15")
    assert {p.name: p.read_bytes() for p in other.rglob("*") if p.is_file()} == before


def test_one_moved_meeting_changes_only_that_event(mappe: Path, kjor: Kjor) -> None:
    kjor("kalender", "--mappe", mappe, "--per", "2024-01-15")
    path = mappe / "kalender" / "klassen-2023-rolle-kontaktlaerer.ics"
    before = blokker(path)
    uid, event = next((u, e) for u, e in hendelser(path).items() if e["SUMMARY"] == "Elevsamtale – D02")
    day = event["DTSTART"].dt.date()
    pause = f'pauser = [{{ fra = {day}, til = {day}, grunn = "sykdom" }}]'
    skriv_oppsett(mappe, deltakere(3, D02=pause))
    result = kjor("kalender", "--mappe", mappe, "--per", "2024-02-01", "--format", "json")
    answer = json.loads(result.stdout)
    after = blokker(path)
    changed = [u for u in after if after[u] != before[u]]
    assert changed == [uid.encode()]
    assert (answer["nye"], answer["endret"], answer["avlyst_na"]) == (0, 1, 0)
    assert b"SEQUENCE:1\r\nDTSTAMP:20240201T000000Z\r\nLAST-MODIFIED:20240201T000000Z" in after[changed[0]]
    assert hendelser(path)[uid]["DTSTART"].dt.date() != day
    assert b"sykdom" not in path.read_bytes()


def test_what_is_gone_is_told_and_then_cancelled(mappe: Path, kjor: Kjor) -> None:
    path = mappe / "kalender" / "klassen-2023-rolle-kontaktlaerer.ics"
    kjor("kalender", "--mappe", mappe, "--per", "2023-09-01")
    before = path.read_bytes()
    skriv_oppsett(mappe, deltakere(2))

    told = kjor("kalender", "--mappe", mappe, "--per", "2023-09-02")
    assert "6 hendelser som er publisert før, er borte nå" in told.stderr
    assert "--avlys" in told.stderr
    assert path.read_bytes() == before

    done = kjor("kalender", "--mappe", mappe, "--per", "2023-09-02", "--avlys")
    assert done.exit_code == 0
    assert "6 avlyst nå" in done.stdout
    gone = [e for e in hendelser(path).values() if e["STATUS"] == "CANCELLED"]
    assert {str(e["SUMMARY"]) for e in gone} == {"AVLYST: Elevsamtale – D03"}
    assert {int(e["SEQUENCE"]) for e in gone} == {1}
    assert {str(e["TRANSP"]) for e in gone} == {"TRANSPARENT"}
    cancelled = path.read_bytes()

    # Kept in the next release, flag or not.
    kjor("kalender", "--mappe", mappe, "--per", "2023-09-03")
    assert path.read_bytes() == cancelled

    # And back again, one higher.
    skriv_oppsett(mappe, deltakere(3))
    kjor("kalender", "--mappe", mappe, "--per", "2023-09-04")
    back = [e for e in hendelser(path).values() if e["SUMMARY"] == "Elevsamtale – D03"]
    assert {(int(e["SEQUENCE"]), str(e["STATUS"])) for e in back} == {(2, "CONFIRMED")}


def test_filters_choose_files_and_dates_and_cancel_nothing_else(mappe: Path, kjor: Kjor) -> None:
    kjor("kalender", "--mappe", mappe, "--per", "2023-09-01")
    skriv_oppsett(mappe, deltakere(2))
    result = kjor(
        "kalender", "--mappe", mappe, "--per", "2023-09-02", "--avlys", "--rolle", "nav_veileder",
        "--fra", "01.01.2024", "--til", "2024-06-30", "--ut", mappe / "utvalg",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    events = hendelser(mappe / "utvalg" / "klassen-2023-rolle-nav_veileder.ics").values()
    assert {str(e["SUMMARY"]) for e in events} == {
        "Egenrapport – D01", "Egenrapport – D02", "AVLYST: Egenrapport – D03", "Statusmøte",
    }  # fmt: skip
    state = publisert.load(mappe / publisert.FILNAVN)
    assert sum(u.avlyst > 0 for u in state.values()) == 1


def test_files_for_participants_and_people(mappe: Path, kjor: Kjor) -> None:
    skriv_oppsett(mappe, deltakere(2, D02="slutt = 2024-01-31"))
    result = kjor("kalender", "--mappe", mappe, "--deltaker", "alle", "--person", "kl")
    assert result.exit_code == 0, result.stderr
    assert filer(mappe) == [
        "klassen-2023-deltaker-D01.ics", "klassen-2023-deltaker-D02.ics", "klassen-2023-person-kl.ics",
    ]  # fmt: skip
    folder = mappe / "kalender"
    assert titler(folder / "klassen-2023-deltaker-D01.ics") == {
        "Elevsamtale – D01", "Egenrapport – D01", "Leksehjelp",
    }  # fmt: skip
    d02 = hendelser(folder / "klassen-2023-deltaker-D02.ics").values()
    help_days = [e["DTSTART"].dt.date().isoformat() for e in d02 if e["SUMMARY"] == "Leksehjelp"]
    assert len(help_days) == 6
    assert max(help_days) <= "2024-01-31"
    assert titler(folder / "klassen-2023-person-kl.ics") == {
        "Elevsamtale – D01", "Elevsamtale – D02", "Leksehjelp",
    }  # fmt: skip


def test_one_file_for_all(mappe: Path, kjor: Kjor) -> None:
    one = mappe / "alt sammen.ics"
    assert kjor("kalender", "--mappe", mappe, "--ut", one).exit_code == 0
    assert len(hendelser(one)) == 31
    assert kjor("kalender", "--mappe", mappe, "--samlet").exit_code == 0
    assert filer(mappe) == ["klassen-2023-alle.ics"]
    assert blokker(mappe / "kalender" / "klassen-2023-alle.ics") == blokker(one)
    two = kjor("kalender", "--mappe", mappe, "--ut", mappe / "to.ics", "--deltaker", "D01", "--deltaker", "D02")
    assert two.exit_code == 0
    assert len(titler(mappe / "to.ics")) == 5


def test_names_can_be_left_out(mappe: Path, kjor: Kjor) -> None:
    skriv_oppsett(mappe, '[kalender]\ndeltakernavn = "ingen"\n' + deltakere(3))
    kjor("kalender", "--mappe", mappe)
    for path in mappe.glob("kalender/*.ics"):
        assert not re.search(rb"D0\d", path.read_bytes())
    assert titler(mappe / "kalender" / "klassen-2023-rolle-kontaktlaerer.ics") == {"Elevsamtale", "Leksehjelp"}


def test_the_language_is_the_workspaces_unless_asked(mappe: Path, kjor: Kjor) -> None:
    skriv_oppsett(mappe, deltakere(1), 'sprak = "en"\n' + OPPSETT)
    kjor("kalender", "--mappe", mappe)
    path = mappe / "kalender" / "klassen-2023-rolle-kontaktlaerer.ics"
    assert titler(path) == {"Talk – D01", "Leksehjelp"}
    kjor("kalender", "--mappe", mappe, "--sprak", "nb")
    assert titler(path) == {"Elevsamtale – D01", "Leksehjelp"}


def test_busy_times_come_from_a_persons_calendar(mappe: Path, kjor: Kjor) -> None:
    busy = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20230101T000000Z\r\n"
        "DTSTART;TZID=Europe/Oslo:20230801T080000\r\nDTEND;TZID=Europe/Oslo:20230801T160000\r\n"
        "RRULE:FREQ=WEEKLY;BYDAY=TU\r\nSUMMARY:Undervisning\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:2\r\nDTSTAMP:20230101T000000Z\r\nSUMMARY:Uten tid\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (mappe / "kl.ics").write_bytes(busy.encode())
    skriv_oppsett(mappe, 'opptatt = "kl.ics"\n' + deltakere(3))
    result = kjor("kalender", "--mappe", mappe)
    assert result.exit_code == 0, result.stderr
    assert "1 hendelse kunne ikke tolkes" in result.stderr
    events = hendelser(mappe / "kalender" / "klassen-2023-rolle-kontaktlaerer.ics").values()
    assert {e["DTSTART"].dt.weekday() for e in events} == {3}
    assert "Undervisning" not in (mappe / publisert.FILNAVN).read_text(encoding="utf-8")

    (mappe / "kl.ics").write_bytes(b"ikke en kalender")
    result = kjor("kalender", "--mappe", mappe)
    assert result.exit_code == 3
    assert "kl.ics" in result.stderr
    assert "ikke en kalenderfil" in result.stderr


def test_what_found_no_time_is_told_with_the_reason(mappe: Path, kjor: Kjor) -> None:
    skriv_oppsett(mappe, '[kalender]\ntidsrom = "08:30-09:15"\nmaks_per_dag = 1\n' + deltakere(3))
    result = kjor("kalender", "--mappe", mappe, "--stille", "--per", "2024-01-15")
    assert "13 møter fant ingen tid, og står som heldagshendelser på fristen:" in result.stderr
    assert "Leksehjelp, 11: møtet er lengre enn tidsrommet i [kalender] (klassen-2023 31.08.2023" in result.stderr
    assert "importer" not in result.stderr.lower()  # --stille keeps the hints away
    answer = json.loads(kjor("kalender", "--mappe", mappe, "--format", "json").stdout)
    assert len(answer["ikke_plassert"]) == 13
    assert answer["ikke_plassert"][0]["grunn"] == "for_lang"


def test_json_says_what_was_written(mappe: Path, kjor: Kjor) -> None:
    result = kjor("kalender", "--mappe", mappe, "--format", "json", "--per", "2024-01-15", "--rolle", "nav_veileder")
    answer = json.loads(result.stdout)
    (one,) = answer["filer"]
    assert (answer["klasse"], answer["per"]) == ("klassen-2023", "2024-01-15")
    assert {k: one[k] for k in ("slag", "id", "del", "moter", "frister", "avlyst", "skrevet")} == {
        "slag": "rolle", "id": "nav_veileder", "del": None, "moter": 2, "frister": 6, "avlyst": 0, "skrevet": True,
    }  # fmt: skip
    assert one["fil"].endswith("/klassen/kalender/klassen-2023-rolle-nav_veileder.ics")
    assert one["bytes"] == (mappe / "kalender" / "klassen-2023-rolle-nav_veileder.ics").stat().st_size


@pytest.mark.parametrize(
    ("ord_", "says"),
    [
        (["--rolle", "kontaktlerer"], "Mente du kontaktlaerer"),
        (["--person", "kx"], "ukjent person"),
        (["--deltaker", "D99"], "ukjent deltaker"),
        (["--fra", "2024-02-01", "--til", "2024-01-01"], "er før --fra"),
        (["--fra", "2024-02-30"], "finnes ikke i kalenderen"),
    ],
)
def test_wrong_usage(mappe: Path, kjor: Kjor, ord_: list[str], says: str) -> None:
    result = kjor("kalender", "--mappe", mappe, *ord_)
    assert result.exit_code == 2
    assert says in result.stderr
    assert not (mappe / "kalender").exists()
    assert not (mappe / publisert.FILNAVN).exists()


def test_a_state_that_cannot_be_read_stops_before_anything_is_written(mappe: Path, kjor: Kjor) -> None:
    (mappe / publisert.FILNAVN).write_text('{"format": 1,\n "hendelser": ', encoding="utf-8")
    result = kjor("kalender", "--mappe", mappe)
    assert result.exit_code == 3
    assert re.search(r"kalender-publisert\.json:2:\d+: ", result.stderr)
    assert "sikkerhetskopi" in result.stderr
    assert not (mappe / "kalender").exists()
    assert (mappe / publisert.FILNAVN).read_text(encoding="utf-8").endswith('"hendelser": ')


def test_a_stop_between_files_and_state_publishes_the_same_again(
    mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = skriv.write_atomic

    def full(path: Path, data: bytes) -> bool:
        if path.name == publisert.FILNAVN:
            raise Systemfeil("ikke plass")
        return write(path, data)

    with monkeypatch.context() as broken:
        broken.setattr(skriv, "write_atomic", full)
        assert kjor("kalender", "--mappe", mappe, "--per", "2024-01-15").exit_code == 4
    before = {p.name: p.read_bytes() for p in mappe.glob("kalender/*")}
    assert before
    assert kjor("kalender", "--mappe", mappe, "--per", "2024-01-15").exit_code == 0
    assert {p.name: p.read_bytes() for p in mappe.glob("kalender/*")} == before


def test_a_folder_that_cannot_be_made(mappe: Path, kjor: Kjor) -> None:
    (mappe / "kalender").write_text("en fil", encoding="utf-8")
    result = kjor("kalender", "--mappe", mappe)
    assert result.exit_code == 4
    assert "kalender" in result.stderr
    assert not (mappe / publisert.FILNAVN).exists()
