"""An event is known again however a server writes it, and never after anybody has changed it."""

from __future__ import annotations

import pytest

from oppfolgingscli.tjener.merke import merke
from oppfolgingscli.vis.ical import hendelse_bytes, ressurs_bytes
from vis.test_ical import utgave

VART = ressurs_bytes(hendelse_bytes(utgave(beskrivelse="Ansvarlig: Kontaktlærer. " * 5)))


def linjer(data: bytes) -> list[bytes]:
    return data.replace(b"\r\n ", b"").split(b"\r\n")


@pytest.mark.parametrize(
    "skrevet_om",
    [
        VART.replace(b"\r\n", b"\n"),
        b"\r\n".join(linjer(VART)),  # unfolded
        VART.replace(b"PRODID:-//oppfolgingscli//oppfolging//NO", b"PRODID:-//Sabre//Sabre VObject 4.5//EN"),
        VART.replace(b"DTSTAMP:2", b"DTSTAMP:1").replace(b"LAST-MODIFIED:2", b"LAST-MODIFIED:1"),
        VART.replace(b"STATUS:CONFIRMED\r\nTRANSP:OPAQUE", b"TRANSP:OPAQUE\r\nSTATUS:CONFIRMED"),
        VART.replace(b"END:VEVENT", b"CREATED:20240101T000000Z\r\nX-MOZ-LASTACK:20240101T000000Z\r\nEND:VEVENT"),
    ],
)
def test_the_same_in_another_layout(skrevet_om: bytes) -> None:
    assert skrevet_om != VART
    assert merke(skrevet_om) == merke(VART)


def test_the_same_hour_in_another_zone_is_the_same() -> None:
    local = next(line for line in linjer(VART) if line.startswith(b"DTSTART;"))
    assert local == b"DTSTART;TZID=Europe/Oslo:20240110T083000"
    assert merke(VART.replace(local, b"DTSTART:20240110T073000Z")) == merke(VART)


@pytest.mark.parametrize(
    ("fra", "til"),
    [
        (b"SUMMARY:", b"SUMMARY:Flyttet: "),
        (b"T083000", b"T080000"),
        (b"20240110", b"20240111"),
        (b"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
        (b"TRANSP:OPAQUE", b"TRANSP:TRANSPARENT"),
        (b"SEQUENCE:0", b"SEQUENCE:1"),
        (b"END:VEVENT", b"LOCATION:Rom 2\r\nEND:VEVENT"),
        (b"END:VEVENT", b"RRULE:FREQ=DAILY\r\nEND:VEVENT"),
        (b"END:VEVENT", b"ATTENDEE:mailto:a@b.example\r\nEND:VEVENT"),
        (
            b"END:VEVENT",
            b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:x\r\nEND:VALARM\r\nEND:VEVENT",
        ),
        (b"END:VCALENDAR", b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR"),
    ],
)
def test_another_thing_said_is_another(fra: bytes, til: bytes) -> None:
    assert fra in VART
    assert merke(VART.replace(fra, til)) != merke(VART)


@pytest.mark.parametrize("tull", [b"", b"<html>", b"\xff\xfe", b"BEGIN:VCALENDAR", b"BEGIN:VEVENT\r\nDTSTART:x"])
def test_nonsense_is_told_apart(tull: bytes) -> None:
    assert merke(tull) not in {merke(VART), merke(tull + b"x")}


def test_a_resource_is_one_event_without_method_and_with_the_zone_it_needs() -> None:
    assert VART.count(b"BEGIN:VEVENT") == VART.count(b"BEGIN:VTIMEZONE") == 1
    assert b"METHOD" not in VART
    assert b"VTIMEZONE" not in ressurs_bytes(hendelse_bytes(utgave(start=None, slutt=None)))
