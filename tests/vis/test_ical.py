"""Calendar files, line by line: what RFC 5545 asks, and what programs trip over."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st

from oppfolgingscli.publisert import Innhold, Utgave
from oppfolgingscli.vis.ical import hendelse_bytes, kalender_bytes, rens, uid_for

STEMPEL = datetime(2024, 1, 2, tzinfo=UTC)


def innhold(**endret: object) -> Innhold:
    values: dict[str, Any] = {
        "dato": "2024-01-10",
        "start": "08:30",
        "slutt": "09:15",
        "tittel": "Skolens samtale",
        "vist": "D01",
        "beskrivelse": "Ansvarlig: Kontaktlærer.",
        "referanse": "k/elevsamtale/D01/2024-var/1",
        "sted": None,
        "kategori": "elevsamtale",
        "deltaker": "D01",
        "roller": ("kontaktlaerer", "deltaker"),
        "personer": ("kl", "D01"),
    }
    return Innhold(**(values | endret))


def utgave(avlyst: int = 0, sekvens: int = 0, **endret: object) -> Utgave:
    i = innhold(**endret)
    return Utgave(uid_for(i.referanse), i, i.sum(), sekvens, STEMPEL, avlyst)


def les(data: bytes) -> list[Any]:
    """Read a file with the library's strict parser; return the events."""
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def fil(*utgaver: Utgave, navn: str = "Klassen") -> bytes:
    return kalender_bytes(navn, "k/alle", map(hendelse_bytes, utgaver))


HELE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//oppfolgingscli//oppfolging//NO
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Klassen
X-WR-RELCALID:5fb3e3af-074e-53ee-b09c-9f11ee03d7fd
X-WR-TIMEZONE:Europe/Oslo
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT12H
BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:93590fa6-193b-5f7a-ae4e-f8886e0d0cae
SEQUENCE:0
DTSTAMP:20240102T000000Z
LAST-MODIFIED:20240102T000000Z
DTSTART;TZID=Europe/Oslo:20240110T083000
DTEND;TZID=Europe/Oslo:20240110T091500
SUMMARY:Skolens samtale – D01
DESCRIPTION:Ansvarlig: Kontaktlærer.\\nId: k/elevsamtale/D01/2024-var/1
CATEGORIES:elevsamtale
STATUS:CONFIRMED
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
UID:46c36c72-4715-5520-b4fb-375faa5683e1
SEQUENCE:2
DTSTAMP:20240102T000000Z
LAST-MODIFIED:20240102T000000Z
DTSTART;VALUE=DATE:20231231
DTEND;VALUE=DATE:20240101
SUMMARY:AVLYST: Egenrapport
DESCRIPTION:Ansvarlig: Kontaktlærer.\\nId: k/egenrapport/2023-host/1
LOCATION:Barnehage 3
CATEGORIES:egenrapport
STATUS:CANCELLED
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""


def test_a_whole_file() -> None:
    rapport = utgave(
        avlyst=1, sekvens=2, dato="2023-12-31", start=None, slutt=None, tittel="Egenrapport",
        vist=None, kategori="egenrapport", referanse="k/egenrapport/2023-host/1", sted="Barnehage 3",
    )  # fmt: skip
    assert fil(utgave(), rapport).decode() == HELE.replace("\n", "\r\n")


def test_the_uid_is_the_points_alone_and_tells_nothing() -> None:
    assert uid_for("k/r/D01/2024-var/1") == uid_for("k/r/D01/2024-var/1")
    assert uid_for("k/r/D01/2024-var/1") != uid_for("k/r/D01/2024-var/2")
    assert re.fullmatch(r"[0-9a-f-]{36}", uid_for("klasse-æ/r/D01/1/1"))


@pytest.mark.parametrize("length", range(55, 95))
@pytest.mark.parametrize("char", ["å", "€", "😀", "\\", ",", "a"])
def test_lines_are_75_octets_at_most_and_whole_characters(length: int, char: str) -> None:
    title = "a" * length + char * 40
    data = fil(utgave(tittel=title, vist=None))
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
    (event,) = les(data)
    assert str(event["SUMMARY"]) == title


def test_line_endings_and_no_byte_order_mark() -> None:
    data = fil(utgave(beskrivelse="a\r\nb\rc\nd"))
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert b"DESCRIPTION:a\\nb\\nc\\nd\\nId" in data


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Møte\r\nATTENDEE:mailto:x@y.example", "Møte ATTENDEE:mailto:x@y.example"),
        ("END:VEVENT\nBEGIN:VEVENT", "END:VEVENT BEGIN:VEVENT"),
        ('a;b,c\\d:e"f', 'a;b,c\\d:e"f'),
        ("\x00\x07\x1b[31mrød\x7f\x85", "[31mrød"),
        ("\ufeff\ufffe\uffff\U0001fffe\ufdd0x\u2028y\u202egnp.exe", "xygnp.exe"),
        ("👩‍🏫 og 🏳️‍🌈 på besøk", "👩‍🏫 og 🏳️‍🌈 på besøk"),
        ("tabulator\tog   mellomrom ", "tabulator og mellomrom"),
        ("C:\\Navn", "C:\\navn"),
    ],
)  # fmt: skip
def test_hostile_names_stay_inside_their_line(title: str, shown: str) -> None:
    data = fil(utgave(tittel=title, vist=None, sted=title, kategori=title), navn=title)
    (event,) = les(data)
    assert not event.errors
    assert str(event["SUMMARY"]) == shown
    assert str(event["LOCATION"]) == shown
    assert [str(c) for c in event["CATEGORIES"].cats] == [shown]
    assert "ATTENDEE" not in event
    assert data.count(b"\r\nX-WR-CALNAME:") == 1
    assert vobject.readOne(data.decode()).vevent.summary.value == shown


def test_half_a_character_is_dropped() -> None:
    assert rens("\ud800halv") == "halv"


@given(st.text(), st.text())
@example("\\N", "\\\\n\\;")
@example("😀" * 40, "å\n" * 80)
def test_any_text_comes_back(title: str, text: str) -> None:
    data = fil(utgave(tittel=title, vist="D1", beskrivelse=text))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (event,) = les(data)
    assert not event.errors
    expected = " ".join(rens(f"{title} – D1").split()).replace("\\N", "\\n")
    assert str(event["SUMMARY"]) == expected
    assert str(event["DESCRIPTION"]).startswith(rens(text).replace("\\N", "\\n"))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_the_library_folds_and_escapes_the_same_text_alike(text: str) -> None:
    """Written again by the library and read once more, nothing has changed."""
    first = icalendar.Calendar.from_ical(fil(utgave(beskrivelse=text)))
    again = icalendar.Calendar.from_ical(first.to_ical())
    assert first == again
