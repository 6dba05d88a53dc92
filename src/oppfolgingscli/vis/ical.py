"""Calendar files that Outlook, Google, Apple, Thunderbird and CalDAV servers read alike (RFC 5545, 7986).

One VTIMEZONE with a yearly rule for each half of the year, written out: generated ones list transition
dates, and some readers then shift summer meetings by an hour. Escaping, folding and parameters are the
library's. No line depends on when or where it is made.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppfolgingscli.publisert import Utgave

NAVNEROM: Final = UUID("6f1c2a52-6d0e-5b8e-9a39-0c3b4f0d7e11")
"""Fixed for ever: a UID that changed would be a new event in every calendar."""

TIDSSONE: Final = "Europe/Oslo"

_VTIMEZONE: Final = """\
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
"""

# Control characters (line feed and tab aside), what breaks lines elsewhere, direction marks that could
# reorder a title, lone surrogates, and noncharacters.
_ULOVLIG: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]",
)


def uid_for(punkt_id: str) -> str:
    """Return the UID of a point's event: the same on every machine, and telling nothing."""
    return str(uuid5(NAVNEROM, punkt_id))


def kalender_bytes(navn: str, nokkel: str, hendelser: Iterable[bytes]) -> bytes:
    """Return one calendar file. ``nokkel``: what the calendar is of, for an id that stays."""
    from icalendar import Calendar

    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", "-//oppfolgingscli//oppfolging//NO")
    head.add("calscale", "GREGORIAN")
    head.add("method", "PUBLISH")
    head.add("x-wr-calname", _line(navn))
    head.add("x-wr-relcalid", str(uuid5(NAVNEROM, f"kalender:{nokkel}")))
    head.add("x-wr-timezone", TIDSSONE)
    head.add("refresh-interval", timedelta(hours=12), {"VALUE": "DURATION"})
    head.add("x-published-ttl", "PT12H")
    start, end = head.to_ical(sorted=False).split(b"END:VCALENDAR")
    return b"".join((start, _VTIMEZONE.replace("\n", "\r\n").encode(), *hendelser, b"END:VCALENDAR", end))


def ressurs_bytes(hendelse: bytes) -> bytes:
    """Return one event as a calendar server keeps it: alone, and without METHOD (RFC 4791, 4.1)."""
    zone = _VTIMEZONE.replace("\n", "\r\n").encode() if TIDSSONE.encode() in hendelse else b""
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//oppfolgingscli//oppfolging//NO\r\nCALSCALE:GREGORIAN\r\n"
    return b"".join((head, zone, hendelse, b"END:VCALENDAR\r\n"))


def hendelse_bytes(utgave: Utgave) -> bytes:
    """Return one VEVENT."""
    from icalendar import Event

    i = utgave.innhold
    summary = f"{i.tittel} – {i.vist}" if i.vist else i.tittel
    if utgave.avlyst:
        summary = _("AVLYST: {tittel}").format(tittel=summary)
    event = Event()
    event.add("uid", utgave.uid)
    event.add("sequence", utgave.sekvens)
    event.add("dtstamp", utgave.stempel)
    event.add("last-modified", utgave.stempel)
    if i.start is None or i.slutt is None:
        event.add("dtstart", i.dag)
        event.add("dtend", i.dag + timedelta(1))
    else:
        event.add("dtstart", _at(i.dag, i.start))
        event.add("dtend", _at(i.dag, i.slutt))
    event.add("summary", _line(summary))
    event.add("description", _plain("\n".join((i.beskrivelse, _("Id: {id}").format(id=i.referanse)))))
    if i.sted:
        event.add("location", _line(i.sted))
    event.add("categories", [_line(i.kategori)])
    event.add("status", "CANCELLED" if utgave.avlyst else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if i.start is None or utgave.avlyst else "OPAQUE")
    made: bytes = event.to_ical(sorted=False)
    return made


def _at(day: date, clock: str) -> datetime:
    """Return a time of day, ``"08:30"``, as local time in Norway."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(TIDSSONE))


def rens(text: str) -> str:
    """Return text without what has no place in a calendar: control characters, noncharacters, direction marks."""
    return _ULOVLIG.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _plain(text: str) -> str:
    """Return a text as it may stand in a calendar."""
    # The library takes the two characters \\N in plain text for a line break.
    return rens(text).replace("\\N", "\\n")


def _line(text: str) -> str:
    """Return a text as it may stand on one line of a calendar."""
    return " ".join(_plain(text).split())
