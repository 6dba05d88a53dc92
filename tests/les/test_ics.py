"""Busy times out of other programs' calendars."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from oppfolgingscli.feil import Feil
from oppfolgingscli.les.ics import read_opptatt

if TYPE_CHECKING:
    from pathlib import Path

FRA, TIL = date(2024, 3, 1), date(2024, 4, 30)
NEW_YORK = """\
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
"""


def les(tmp_path: Path, body: str) -> tuple[dict[str, list[str]], int]:
    """Return busy times as text, by date, and how many events could not be read."""
    path = tmp_path / "kl.ics"
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    faults: list[Feil] = []
    found = read_opptatt(path, FRA, TIL, faults)
    assert not faults
    assert found is not None
    days = {
        date.fromordinal(day).isoformat(): [f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in spans]
        for day, spans in sorted(found.dager.items())
    }
    return days, found.ulest


def event(*lines: str, uid: str = "1") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20240101T000000Z", *lines, "END:VEVENT", ""))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (  # local time without a zone
            ["DTSTART:20240305T090000", "DTEND:20240305T101500"],
            {"2024-03-05": ["09:00-10:15"]},
        ),
        (  # UTC, before and after the clocks go forward on 31 March
            ["DTSTART:20240329T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4"],
            {"2024-03-29": ["09:00-10:00"], "2024-03-30": ["09:00-10:00"],
             "2024-03-31": ["10:00-11:00"], "2024-04-01": ["10:00-11:00"]},
        ),
        (  # local time stays what it is, until a date in UTC, without one that was deleted
            ["DTSTART;TZID=Europe/Oslo:20240101T120000", "DTEND;TZID=Europe/Oslo:20240101T123000",
             "RRULE:FREQ=WEEKLY;UNTIL=20240408T100000Z;BYDAY=MO", "EXDATE;TZID=Europe/Oslo:20240318T120000"],
            {d: ["12:00-12:30"] for d in ("2024-03-04", "2024-03-11", "2024-03-25", "2024-04-01", "2024-04-08")},
        ),
        (  # a meeting at nine in New York, in the two weeks when only their clocks have changed, and after
            ["DTSTART;TZID=America/New_York:20240308T090000", "DURATION:PT30M", "RRULE:FREQ=WEEKLY;COUNT=5"],
            {"2024-03-08": ["15:00-15:30"], "2024-03-15": ["14:00-14:30"], "2024-03-22": ["14:00-14:30"],
             "2024-03-29": ["14:00-14:30"], "2024-04-05": ["15:00-15:30"]},
        ),
        (  # what Outlook calls our zone
            ["DTSTART;TZID=W. Europe Standard Time:20240305T090000", "DTEND;TZID=W. Europe Standard Time:20240305T100000"],
            {"2024-03-05": ["09:00-10:00"]},
        ),
        (["DTSTART;VALUE=DATE:20240305"], {"2024-03-05": ["00:00-24:00"]}),
        (
            ["DTSTART;VALUE=DATE:20240430", "DTEND;VALUE=DATE:20240503"],
            {"2024-04-30": ["00:00-24:00"]},
        ),
        (  # over midnight
            ["DTSTART:20240305T220000", "DTEND:20240306T013000"],
            {"2024-03-05": ["22:00-24:00"], "2024-03-06": ["00:00-01:30"]},
        ),
        (
            ["DTSTART:20240305T090000", "DTEND:20240305T100000", "RDATE:20240307T090000,20240501T090000"],
            {"2024-03-05": ["09:00-10:00"], "2024-03-07": ["09:00-10:00"]},
        ),
        (["DTSTART:20240305T090000", "DTEND:20240305T100000", "TRANSP:TRANSPARENT"], {}),
        (["DTSTART:20240305T090000", "DTEND:20240305T100000", "STATUS:CANCELLED"], {}),
        (["DTSTART:20240305T090000", "DTEND:20240305T100000", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"], {}),
        (["DTSTART:20240305T090000"], {}),  # no length: takes no time
        (["DTSTART:20230305T090000", "DURATION:PT1H"], {}),
    ],
)  # fmt: skip
def test_events(tmp_path: Path, lines: list[str], expected: dict[str, list[str]]) -> None:
    assert les(tmp_path, NEW_YORK + event(*lines)) == (expected, 0)


def test_a_moved_occurrence_is_busy_where_it_went(tmp_path: Path) -> None:
    body = event("DTSTART;TZID=Europe/Oslo:20240304T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3") + event(
        "RECURRENCE-ID;TZID=Europe/Oslo:20240311T090000",
        "DTSTART;TZID=Europe/Oslo:20240312T130000",
        "DURATION:PT2H",
    )
    assert les(tmp_path, body)[0] == {
        "2024-03-04": ["09:00-10:00"],
        "2024-03-12": ["13:00-15:00"],
        "2024-03-18": ["09:00-10:00"],
    }


def test_a_cancelled_occurrence_is_free(tmp_path: Path) -> None:
    body = event("DTSTART:20240304T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2") + event(
        "RECURRENCE-ID:20240305T090000", "DTSTART:20240305T090000", "STATUS:CANCELLED"
    )
    assert les(tmp_path, body)[0] == {"2024-03-04": ["09:00-10:00"]}


def test_from_an_occurrence_on_the_series_is_another(tmp_path: Path) -> None:
    """Mondays at nine; from 18 March Tuesdays at 13, half an hour longer, but for one that is put off."""
    body = (
        event("DTSTART;TZID=Europe/Oslo:20240304T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=5")
        + event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Oslo:20240318T090000",
            "DTSTART;TZID=Europe/Oslo:20240319T130000",
            "DURATION:PT90M",
        )
        + event("RECURRENCE-ID;TZID=Europe/Oslo:20240325T090000", "DTSTART:20240327T080000", "DURATION:PT30M")
    )
    assert les(tmp_path, body)[0] == {
        "2024-03-04": ["09:00-10:00"],
        "2024-03-11": ["09:00-10:00"],
        "2024-03-19": ["13:00-14:30"],
        "2024-03-27": ["08:00-08:30"],
        "2024-04-02": ["13:00-14:30"],
    }


def test_a_series_that_is_free_from_an_occurrence_on(tmp_path: Path) -> None:
    body = event("DTSTART:20240304T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4") + event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20240306T090000", "DTSTART:20240306T090000", "TRANSP:TRANSPARENT"
    )
    assert set(les(tmp_path, body)[0]) == {"2024-03-04", "2024-03-05"}


def test_a_deleted_day_written_without_a_time(tmp_path: Path) -> None:
    body = event("DTSTART:20240304T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20240305")
    assert set(les(tmp_path, body)[0]) == {"2024-03-04", "2024-03-06"}


def test_free_busy(tmp_path: Path) -> None:
    body = (
        "BEGIN:VFREEBUSY\nUID:1\nDTSTAMP:20240101T000000Z\n"
        "FREEBUSY:20240305T080000Z/PT1H,20240305T100000Z/20240305T103000Z\n"
        "FREEBUSY;FBTYPE=FREE:20240306T080000Z/PT1H\nEND:VFREEBUSY\n"
    )
    assert les(tmp_path, body)[0] == {"2024-03-05": ["09:00-10:00", "11:00-11:30"]}


@pytest.mark.parametrize(
    "lines",
    [
        ["SUMMARY:uten tid"],
        ["DTSTART:20240304T090000", "DURATION:PT1M", "RRULE:FREQ=SECONDLY"],
        ["DTSTART:i morgen"],
        ["DTSTART:20240304T090000", "DURATION:PT1H", "RRULE:FREQ=SOMETIMES"],
    ],
)
def test_what_cannot_be_understood_is_counted(tmp_path: Path, lines: list[str]) -> None:
    good = event("DTSTART:20240305T090000", "DURATION:PT1H", uid="2")
    days, unread = les(tmp_path, event(*lines) + good)
    assert days == {"2024-03-05": ["09:00-10:00"]}
    assert unread == 1


@pytest.mark.parametrize("content", [b"hei", b"<html>", b"BEGIN:VCALENDAR\r\n", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"\xff\xfe\x00"])  # fmt: skip
def test_what_is_no_calendar_is_a_fault(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kl.ics"
    path.write_bytes(content)
    faults: list[Feil] = []
    assert read_opptatt(path, FRA, TIL, faults) is None
    assert [f.kode for f in faults] == ["ikke_kalender"]
    assert "kl.ics" in str(faults[0])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    faults: list[Feil] = []
    assert read_opptatt(tmp_path / "none.ics", FRA, TIL, faults) is None
    assert [f.kode for f in faults] == ["finnes_ikke"]
