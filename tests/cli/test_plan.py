"""`oppfolging plan` and what `kalender` makes of plan.csv, from the outside."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from oppfolgingscli import skriv
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
navn = { nb = "Kontaktlærer", nn = "Kontaktlærar", en = "Contact teacher" }
etat = "skole"
[[rutiner]]
id = "elevsamtale"
navn = { nb = "Elevsamtale", nn = "Elevsamtale", en = "Talk" }
type = "elevsamtale"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
deltar = ["deltaker"]
varighet = "45 minutter"
frekvens = { antall = 1, per = "semester" }
[[rutiner]]
id = "egenrapport"
navn = "Egenrapport"
type = "egenrapport"
niva = "deltaker"
ansvarlig = "deltaker"
frekvens = { antall = 1, per = "semester" }
"""
OPPSETT = """
format = 1
[klasse]
id = "klassen"
navn = "Klassen på Sletta"
rutinesett = "rutiner/test.toml"
skolerute = "oslo"
start = 2024-08-19
slutt = 2025-06-20
[personer.kl]
navn = "Lærer A"
epost = "a@skole.example"
rolle = "kontaktlaerer"
dager = ["tirsdag", "torsdag"]
opptatt = "kl.ics"
"""
PER = "2024-09-02"
HODE = "punkt;rutine;deltaker;dato;start;slutt;sted;personer;last;merknad"


def lag(mappe: Path, antall: int = 4, oppsett: str = OPPSETT, opptatt: str = "", rutiner: str = RUTINER) -> Path:
    (mappe / "rutiner").mkdir(parents=True, exist_ok=True)
    (mappe / "rutiner" / "test.toml").write_text(rutiner, encoding="utf-8")
    people = "".join(f'[[deltakere]]\nid = "D{i:02d}"\n' for i in range(1, antall + 1))
    (mappe / "oppfolging.toml").write_text(oppsett + people, encoding="utf-8")
    busy = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{opptatt}END:VCALENDAR\n"
    (mappe / "kl.ics").write_bytes(busy.replace("\n", "\r\n").encode())
    return mappe


@pytest.fixture
def mappe(tmp_path: Path) -> Path:
    return lag(tmp_path / "klassen")


def syk(dag: str) -> str:
    return f"BEGIN:VEVENT\nUID:syk\nDTSTAMP:20240901T000000Z\nDTSTART;VALUE=DATE:{dag.replace('-', '')}\nEND:VEVENT\n"


def les(mappe: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((mappe / "plan.csv").read_text(encoding="utf-8-sig")), delimiter=";"))


def samtaler(mappe: Path) -> dict[str, tuple[str, str]]:
    return {r["deltaker"]: (r["dato"], r["start"]) for r in les(mappe) if "/elevsamtale/" in r["punkt"] and "host" in r["punkt"]}  # fmt: skip


def endre(mappe: Path, punkt: str, **celler: str) -> None:
    """Change cells of a row as a person in a spreadsheet would."""
    rows = les(mappe)
    for row in rows:
        if row["punkt"] == punkt:
            row.update(celler)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    (mappe / "plan.csv").write_text(out.getvalue(), encoding="utf-8-sig", newline="")


def plan(kjor: Kjor, mappe: Path, *mer: str | Path, per: str = PER) -> dict[str, Any]:
    result = kjor("plan", "--mappe", mappe, "--per", per, "--metode", "grisk", "--format", "json", *mer)
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_every_point_of_the_school_year_has_a_row(mappe: Path, kjor: Kjor) -> None:
    answer = plan(kjor, mappe)
    assert (answer["fra"], answer["til"], answer["skrevet"]) == (PER, "2025-07-31", True)
    assert answer["antall"] == {"ny": 16, "uendret": 0, "flyttet": 0, "last": 0, "holdt": 0, "ikke_plassert": 0}
    text = (mappe / "plan.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf" + HODE.encode() + b"\r\n")
    rows = les(mappe)
    assert Counter(r["rutine"] for r in rows) == {"Elevsamtale": 8, "Egenrapport": 8}
    for r in rows:
        if r["rutine"] == "Elevsamtale":
            assert date.fromisoformat(r["dato"]).weekday() in {1, 3}
            assert r["personer"] == f"kl,{r['deltaker']}"
            assert r["start"] < r["slutt"]
        else:
            assert (r["start"], r["slutt"]) == ("", "")
    assert [r["dato"] for r in rows] == sorted(r["dato"] for r in rows)
    # The teacher is in one meeting at a time.
    assert len({(r["dato"], r["start"]) for r in rows if r["start"]}) == 8


def test_a_second_run_changes_nothing(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    before = (mappe / "plan.csv").read_bytes()
    answer = plan(kjor, mappe)
    assert answer["antall"]["uendret"] == 16
    assert answer["skrevet"] is False
    assert (mappe / "plan.csv").read_bytes() == before


def test_a_trial_writes_nothing(mappe: Path, kjor: Kjor) -> None:
    result = kjor("plan", "--mappe", mappe, "--per", PER, "--metode", "grisk", "--prov")
    assert result.exit_code == 0
    assert not (mappe / "plan.csv").exists()
    assert "ingenting er skrevet" in result.stderr


def test_one_sick_day_moves_only_what_was_that_day(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    before = les(mappe)
    day = next(r["dato"] for r in before if r["start"])
    lag(mappe, opptatt=syk(day))
    answer = plan(kjor, mappe)
    hit = {r["punkt"] for r in before if r["start"] and r["dato"] == day}
    assert {m["id"] for m in answer["flyttet"]} == hit
    assert {(m["grunn"], m["ressurs"]["id"], m["fra"]["dato"]) for m in answer["flyttet"]} == {("opptatt", "kl", day)}
    after = les(mappe)
    assert [r for r in after if r["punkt"] not in hit] == [r for r in before if r["punkt"] not in hit]
    assert all(r["dato"] != day for r in after if r["punkt"] in hit)


def test_what_people_change_stays_where_it_can_be_held(mappe: Path, kjor: Kjor) -> None:
    """A Tuesday of their own, written as Norwegian Excel does, with a note and a place; and a Saturday."""
    plan(kjor, mappe)
    own = "klassen/elevsamtale/D02/2024-host/1"
    endre(mappe, own, dato="22.10.2024", start="13.00", slutt="", sted="Rom 4", merknad="ta med mappa")
    lordag = "klassen/elevsamtale/D03/2024-host/1"
    endre(mappe, lordag, dato="2024-10-26")
    answer = plan(kjor, mappe)
    assert [(m["id"], m["grunn"], m["fra"]["dato"]) for m in answer["flyttet"]] == [(lordag, "dag", "2024-10-26")]
    row = next(r for r in les(mappe) if r["punkt"] == own)
    assert (row["dato"], row["start"], row["slutt"], row["sted"], row["merknad"]) == (
        "22.10.2024", "13.00", "13:45", "Rom 4", "ta med mappa",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("celler", "grunn"),
    [
        ({"dato": "2024-10-23"}, "ukedag"),
        ({"dato": "2024-10-01"}, "dag"),  # høstferie
        ({"dato": "2025-01-07"}, "utenfor_vinduet"),
        ({"dato": "2024-10-22", "start": "07:30", "slutt": "08:15"}, "tid"),
        ({"dato": "2024-10-22", "start": "10:00", "slutt": "11:30"}, "lengde"),
        ({"dato": "2024-10-24", "start": "10:20", "slutt": "11:05"}, "to_steder"),
        ({"dato": "2024-10-31", "start": "10:00", "slutt": "10:45"}, "opptatt"),
        ({"dato": "2024-10-22", "start": "10:00", "slutt": ""}, None),
        ({"dato": "2024-10-22", "start": "", "slutt": ""}, None),
    ],
)
def test_why_a_row_could_not_stand(mappe: Path, kjor: Kjor, celler: dict[str, str], grunn: str | None) -> None:
    """D01 has the teacher at 10:30 on 24 October, and there is a course on the 31st."""
    plan(kjor, mappe)
    endre(mappe, "klassen/elevsamtale/D01/2024-host/1", dato="2024-10-24", start="10:30", slutt="11:15", last="ja")
    lag(mappe, opptatt=syk("2024-10-31"))
    own = "klassen/elevsamtale/D02/2024-host/1"
    endre(mappe, own, **celler)
    moved = {m["id"]: m["grunn"] for m in plan(kjor, mappe)["flyttet"]}
    assert moved.get(own) == grunn


def test_a_time_off_the_quarters_is_theirs(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    own = "klassen/elevsamtale/D02/2024-host/1"
    endre(mappe, own, dato="2024-10-22", start="09:20", slutt="10:05")
    assert plan(kjor, mappe)["antall"]["uendret"] == 16


def test_a_locked_row_stays_whatever_it_breaks(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    own = "klassen/elevsamtale/D02/2024-host/1"
    endre(mappe, own, dato="2024-10-26", start="19:00", slutt="20:30", last="ja")
    answer = plan(kjor, mappe)
    assert answer["antall"]["last"] == 1
    assert {(b["id"], b["kode"]) for b in answer["brudd"]} == {(own, "dag"), (own, "tid")}
    row = next(r for r in les(mappe) if r["punkt"] == own)
    assert (row["dato"], row["start"], row["slutt"]) == ("2024-10-26", "19:00", "20:30")
    shown = kjor("plan", "--mappe", mappe, "--per", PER, "--metode", "grisk").stdout
    assert "Elevsamtale D02, lø 26.10.2024 19:00: " in shown
    assert "Raden er låst og blir stående." in shown


def test_what_was_held_is_never_moved(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    held, early = "klassen/elevsamtale/D01/2024-host/1", "klassen/elevsamtale/D02/2024-host/1"
    endre(mappe, held, dato="2024-09-10")
    endre(mappe, early, dato="2024-12-03")
    (mappe / "kontakter.csv").write_text(
        "id;dato;type;rutine;deltaker\nk1;2024-09-11;elevsamtale;;D01\nk2;2024-09-12;elevsamtale;;D02\n",
        encoding="utf-8",
    )
    answer = plan(kjor, mappe, per="2024-10-01")
    rows = {r["punkt"]: r["dato"] for r in les(mappe)}
    assert rows[held] == "2024-09-10"
    assert rows[early] == "2024-09-12"
    assert [(m["id"], m["grunn"]) for m in answer["flyttet"]] == [(early, "holdt")]
    assert not {held, early} & {p["id"] for p in answer["plan"] if p["tilstand"] != "holdt"}


def test_a_day_that_has_gone_by_without_a_word_is_planned_anew(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    own = "klassen/elevsamtale/D01/2024-host/1"
    endre(mappe, own, dato="2024-09-10")
    answer = plan(kjor, mappe, per="2024-10-01")
    assert (own, "dagen_er_gatt") in {(m["id"], m["grunn"]) for m in answer["flyttet"]}
    assert next(r["dato"] for r in les(mappe) if r["punkt"] == own) >= "2024-10-01"


def test_rows_of_those_who_left_are_shown_and_dropped_but_not_locked_ones(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    endre(mappe, "klassen/elevsamtale/D04/2025-var/1", last="ja")
    lag(mappe, 3)
    answer = plan(kjor, mappe)
    gone = {(b["id"], b["grunn"], b["beholdt"]) for b in answer["borte"]}
    assert gone == {
        ("klassen/elevsamtale/D04/2024-host/1", "finnes_ikke", False),
        ("klassen/egenrapport/D04/2024-host/1", "finnes_ikke", False),
        ("klassen/egenrapport/D04/2025-var/1", "finnes_ikke", False),
        ("klassen/elevsamtale/D04/2025-var/1", "finnes_ikke", True),
    }
    assert [r["punkt"] for r in les(mappe) if r["deltaker"] == "D04"] == ["klassen/elevsamtale/D04/2025-var/1"]


def test_a_row_that_cannot_be_read_is_left_alone(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    own = "klassen/elevsamtale/D02/2024-host/1"
    endre(mappe, own, dato="snart")
    answer = plan(kjor, mappe)
    assert own not in {p["id"] for p in answer["plan"]}
    [found] = [v for v in answer["varsler"] if v["kode"] == "ulest_rad"]
    assert found["sted"].startswith("plan.csv:")
    assert [r["dato"] for r in les(mappe) if r["punkt"] == own] == ["snart"]


def test_eleven_digits_stop_it_and_are_never_said(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    endre(mappe, "klassen/elevsamtale/D02/2024-host/1", merknad="01020345678")
    before = (mappe / "plan.csv").read_bytes()
    result = kjor("plan", "--mappe", mappe, "--per", PER)
    assert result.exit_code == 3
    assert "plan.csv:" in result.stderr
    assert "01020345678" not in result.output
    assert (mappe / "plan.csv").read_bytes() == before


@pytest.mark.treg
def test_when_there_is_no_room_it_says_so_in_words(tmp_path: Path, kjor: Kjor) -> None:
    """One Tuesday morning a week, one talk a day, the autumn's last three weeks: twenty talks, three places."""
    oppsett = OPPSETT.replace('"tirsdag", "torsdag"', '"tirsdag"') + "[kalender]\nmaks_per_dag = 1\n"
    mappe = lag(tmp_path / "full", 20, oppsett)
    answer = plan(kjor, mappe, per="2024-12-02")
    out = set(answer["ikke_plassert"])
    assert {i for i in out if "elevsamtale" not in i} == set()
    assert len([i for i in out if "2024-host" in i]) == 17
    explained = [i for a in answer["arsaker"] for i in a["punkter"]]
    assert sorted(explained) == sorted(out)
    cause = next(a for a in answer["arsaker"] if any("2024-host" in i for i in a["punkter"]))
    assert cause["kode"] == "fullt"
    assert cause["ressurs"] == {"slag": "person", "id": "kl"}
    assert cause["ukedager"] == ["tirsdag"]
    assert cause["lettelser"]
    empty = [r for r in les(mappe) if not r["dato"]]
    assert {r["punkt"] for r in empty} == out
    text = kjor("plan", "--mappe", mappe, "--per", "2024-12-02", "--metode", "grisk", "--prov").stdout
    assert "Uten plass (" in text
    assert "Kontaktlærer har tirsdag 08:30–15:00" in text
    assert "Det minste som hjelper: " in text


def test_a_row_that_lost_its_place_is_shown_with_where_it_was(tmp_path: Path, kjor: Kjor) -> None:
    mappe = lag(tmp_path / "liten", 1)
    plan(kjor, mappe, per="2024-12-17")
    lag(mappe, 1, opptatt=syk("2024-12-17") + syk("2024-12-19").replace("UID:syk", "UID:syk2"))
    answer = plan(kjor, mappe, per="2024-12-17")
    [lost] = answer["flyttet"]
    assert (lost["id"], lost["til"]) == ("klassen/elevsamtale/D01/2024-host/1", {"dato": None, "start": None})
    assert lost["grunn"] == "opptatt"
    assert answer["ikke_plassert"] == [lost["id"]]
    assert next(r["dato"] for r in les(mappe) if r["punkt"] == lost["id"]) == ""


def test_a_day_people_give_a_row_without_a_place_is_used(tmp_path: Path, kjor: Kjor) -> None:
    oppsett = OPPSETT.replace('"tirsdag", "torsdag"', '"tirsdag"') + "[kalender]\nmaks_per_dag = 1\n"
    mappe = lag(tmp_path / "full", 5, oppsett)
    answer = plan(kjor, mappe, per="2024-12-02")
    own = answer["ikke_plassert"][0]
    endre(mappe, own, dato="2024-12-10", start="12:00", last="ja")
    again = plan(kjor, mappe, per="2024-12-02")
    assert next(p for p in again["plan"] if p["id"] == own)["tilstand"] == "last"
    # The day is theirs now; another had to leave it.
    assert [m["grunn"] for m in again["flyttet"]] in (["maks_per_dag"], [])


def kalender(kjor: Kjor, mappe: Path, *mer: str) -> dict[str, Any]:
    result = kjor("kalender", "--mappe", mappe, "--per", PER, "--samlet", *mer)
    assert result.exit_code == 0, result.stderr
    [file] = (mappe / "kalender").glob("*.ics")
    events: list[Any] = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    return {f"{e['SUMMARY']} {e['DTSTART'].dt:%Y}": e for e in events}


def test_the_calendar_follows_the_plan(mappe: Path, kjor: Kjor) -> None:
    before = kalender(kjor, mappe)
    plan(kjor, mappe)
    endre(mappe, "klassen/elevsamtale/D02/2024-host/1", dato="2024-10-22", start="13:00", slutt="14:00", sted="Rom 4")
    after = kalender(kjor, mappe)
    own = after["Elevsamtale – D02 2024"]
    assert (f"{own['DTSTART'].dt:%Y-%m-%d %H:%M}", f"{own['DTEND'].dt:%H:%M}") == ("2024-10-22 13:00", "14:00")
    assert own["LOCATION"] == "Rom 4"
    assert (own["UID"], own["SEQUENCE"]) == (before["Elevsamtale – D02 2024"]["UID"], 1)
    for r in les(mappe):
        if r["start"] and "host" in r["punkt"]:
            shown = after[f"Elevsamtale – {r['deltaker']} 2024"]["DTSTART"].dt
            assert f"{shown:%Y-%m-%d %H:%M}" == f"{r['dato']} {r['start']}"
    again = kalender(kjor, mappe)
    assert {e["SEQUENCE"] for e in again.values()} <= {0, 1}


def test_what_is_not_in_the_plan_is_placed_around_it(mappe: Path, kjor: Kjor) -> None:
    """Only D01's row, on the very time the calendar would have given D02."""
    at = kalender(kjor, mappe)["Elevsamtale – D02 2024"]["DTSTART"].dt
    row = f"klassen/elevsamtale/D01/2024-host/1;;;{at:%d.%m.%Y};{at:%H.%M};;;;;\n"
    (mappe / "plan.csv").write_text(f"{HODE}\n{row}", encoding="cp1252")
    after = kalender(kjor, mappe)
    assert after["Elevsamtale – D01 2024"]["DTSTART"].dt == at
    assert after["Elevsamtale – D02 2024"]["DTSTART"].dt != at


def test_findings_in_the_plan_are_told_by_the_calendar(mappe: Path, kjor: Kjor) -> None:
    (mappe / "plan.csv").write_text(f"{HODE}\nklassen/elevsamtale/D01/2024-host/1;;;i morgen;;;;;;\n", encoding="utf-8")
    result = kjor("kalender", "--mappe", mappe, "--per", PER)
    assert result.exit_code == 0
    assert "plan.csv:2:39" in result.stderr


def test_a_file_changed_meanwhile_is_not_written_over(mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(kjor, mappe)
    lag(mappe, 5)
    ready = skriv.write_atomic

    def meddle(path: Path, data: bytes, check: Any = None) -> bool:  # noqa: ANN401 - as write_atomic has it
        path.write_bytes(b"punkt;dato;start\n")
        return ready(path, data, check)

    monkeypatch.setattr(skriv, "write_atomic", meddle)
    result = kjor("plan", "--mappe", mappe, "--per", PER, "--metode", "grisk")
    assert result.exit_code == 4
    assert "ble endret" in result.stderr
    assert (mappe / "plan.csv").read_bytes() == b"punkt;dato;start\n"


def test_a_full_disk_leaves_the_old_plan(mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(kjor, mappe)
    before = (mappe / "plan.csv").read_bytes()
    lag(mappe, 5)

    def full(*_args: object) -> bool:
        raise Systemfeil("full")

    monkeypatch.setattr(skriv, "write_atomic", full)
    assert kjor("plan", "--mappe", mappe, "--per", PER, "--metode", "grisk").exit_code == 4
    assert (mappe / "plan.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--fra", "2024-10-01", "--til", "2024-09-01"), "er før --fra"),
        (("--til", "2024-08-25"), "er før den første dagen som kan planlegges"),
        (("--med", "."), "er med fra før"),
    ],
)
def test_wrong_use(mappe: Path, kjor: Kjor, words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mappe)
    result = kjor("plan", "--per", PER, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_only_what_was_asked_for_is_planned(mappe: Path, kjor: Kjor) -> None:
    answer = plan(kjor, mappe, "--til", "2024-12-31")
    assert {p["id"].split("/")[3] for p in answer["plan"]} == {"2024-host"}
    before = les(mappe)
    answer = plan(kjor, mappe, "--fra", "2025-01-02")
    assert {p["id"].split("/")[3] for p in answer["plan"]} == {"2025-var"}
    assert les(mappe)[: len(before)] == before


def test_in_the_summer_it_is_the_next_school_year(tmp_path: Path, kjor: Kjor) -> None:
    mappe = lag(tmp_path / "lang", oppsett=OPPSETT.replace("2025-06-20", "2026-06-19"))
    assert plan(kjor, mappe, "--prov", per="2025-07-01")["til"] == "2026-07-31"


def test_formats_and_languages(mappe: Path, kjor: Kjor, tmp_path: Path) -> None:
    plan(kjor, mappe)
    table = kjor(
        "plan", "--mappe", mappe, "--per", PER, "--metode", "grisk", "--format", "csv", "--ut", tmp_path / "p.csv"
    )
    assert table.exit_code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "p.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    assert [r["id"] for r in rows] == [r["punkt"] for r in les(mappe)]
    md = kjor("plan", "--mappe", mappe, "--per", PER, "--metode", "grisk", "--format", "md").stdout
    assert md.startswith("# Plan for Klassen på Sletta\n")
    assert md.count("| Elevsamtale |") == 9
    english = kjor("plan", "--mappe", mappe, "--per", PER, "--metode", "grisk", "--sprak", "en")
    assert "Talk" in english.stdout


def test_on_a_narrow_screen_nothing_is_wider_than_it(mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(kjor, mappe)
    endre(mappe, "klassen/elevsamtale/D03/2024-host/1", dato="2024-10-26")
    monkeypatch.setenv("COLUMNS", "60")
    shown = kjor("plan", "--mappe", mappe, "--per", PER, "--metode", "grisk", "--prov").stdout
    assert "Elevsamtale D03: lø 26.10.2024 " in shown
    assert max(map(len, shown.splitlines())) <= 60


def test_a_workbook_does_as_well(mappe: Path, kjor: Kjor) -> None:
    from openpyxl import Workbook, load_workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HODE.split(";"))
    sheet.append(["klassen/elevsamtale/D02/2024-host/1", None, None, date(2024, 10, 22), "13.00"])
    book.save(mappe / "plan.xlsx")
    answer = plan(kjor, mappe)
    assert (answer["fil"], answer["antall"]["ny"], answer["antall"]["uendret"]) == ("plan.xlsx", 15, 1)
    assert not (mappe / "plan.csv").exists()
    after = load_workbook(mappe / "plan.xlsx").active
    assert after is not None
    assert after.max_row == 17
    assert plan(kjor, mappe)["antall"]["uendret"] == 16


def test_notes_and_names_go_nowhere(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    endre(mappe, "klassen/elevsamtale/D02/2024-host/1", merknad="skilsmisse")
    for words in (("--format", "json"), ("--format", "csv"), ("--format", "md"), ()):
        result = kjor("plan", "--mappe", mappe, "--per", PER, "--metode", "grisk", *words)
        assert "skilsmisse" not in result.output
        assert "Lærer A" not in result.output
        assert "skole.example" not in result.output
    kalender(kjor, mappe)
    assert all(b"skilsmisse" not in file.read_bytes() for file in mappe.glob("kalender/*"))
    assert "Lærer A" not in (mappe / "plan.csv").read_text(encoding="utf-8-sig")


def test_the_same_plan_every_time(mappe: Path, kjor: Kjor) -> None:
    plan(kjor, mappe)
    first = (mappe / "plan.csv").read_bytes()
    (mappe / "plan.csv").unlink()
    plan(kjor, mappe)
    assert (mappe / "plan.csv").read_bytes() == first
