"""Calendar files that Outlook, Google, Apple, Thunderbird and CalDAV servers read alike (RFC 5545, 7986).

One VTIMEZONE with a yearly rule for each half of the year, written out: generated ones list transition
dates, and some readers then shift summer meetings by an hour. No line depends on when or where it is made.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppfolgingscli.publisert import Utgave

NAVNEROM: Final = UUID("6f1c2a52-6d0e-5b8e-9a39-0c3b4f0d7e11")
"""Fixed for ever: a UID that changed would be a new event in every calendar."""

_TIDSSONE: Final = """\
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

_OKTETTER: Final = 75
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
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//oppfolgingscli//oppfolging//NO",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(navn, one_line=True)}",
        f"X-WR-RELCALID:{uuid5(NAVNEROM, f'kalender:{nokkel}')}",
        "X-WR-TIMEZONE:Europe/Oslo",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]
    start = _lines(head) + _TIDSSONE.replace("\n", "\r\n").encode()
    return b"".join((start, *hendelser, b"END:VCALENDAR\r\n"))


def hendelse_bytes(utgave: Utgave) -> bytes:
    """Return one VEVENT."""
    i = utgave.innhold
    summary = f"{i.tittel} – {i.vist}" if i.vist else i.tittel
    if utgave.avlyst:
        summary = _("AVLYST: {tittel}").format(tittel=summary)
    description = "\n".join((i.beskrivelse, _("Id: {id}").format(id=i.referanse)))
    day = i.dato.replace("-", "")
    if i.start is None or i.slutt is None:
        after = i.dag.fromordinal(i.dag.toordinal() + 1).strftime("%Y%m%d")
        when = [f"DTSTART;VALUE=DATE:{day}", f"DTEND;VALUE=DATE:{after}"]
    else:
        start, end = i.start.replace(":", ""), i.slutt.replace(":", "")
        when = [
            f"DTSTART;TZID=Europe/Oslo:{day}T{start}00",
            f"DTEND;TZID=Europe/Oslo:{day}T{end}00",
        ]
    stamp = utgave.stempel.strftime("%Y%m%dT%H%M%SZ")
    free = i.start is None or utgave.avlyst
    lines = [
        "BEGIN:VEVENT",
        f"UID:{utgave.uid}",
        f"SEQUENCE:{utgave.sekvens}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        *when,
        f"SUMMARY:{_text(summary, one_line=True)}",
        f"DESCRIPTION:{_text(description)}",
        *([f"LOCATION:{_text(i.sted, one_line=True)}"] if i.sted else []),
        f"CATEGORIES:{_text(i.kategori, one_line=True)}",
        f"STATUS:{'CANCELLED' if utgave.avlyst else 'CONFIRMED'}",
        f"TRANSP:{'TRANSPARENT' if free else 'OPAQUE'}",
        "END:VEVENT",
    ]
    return _lines(lines)


def rens(text: str) -> str:
    """Return text without what has no place in a calendar: control characters, noncharacters, direction marks."""
    return _ULOVLIG.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@lru_cache(maxsize=4096)
def _text(text: str, *, one_line: bool = False) -> str:
    """Escape a TEXT value (RFC 5545, 3.3.11)."""
    from icalendar import vText

    clean = rens(text)
    if one_line:
        clean = " ".join(clean.split())
    # The library takes the two characters \N in plain text for a line break.
    return vText(clean.replace("\\N", "\\n")).to_ical().decode()


def _lines(lines: Iterable[str]) -> bytes:
    return b"".join(_fold(line.encode()) for line in lines)


def _fold(line: bytes) -> bytes:
    r"""Fold at 75 octets, never inside a character, nor between a backslash and what it escapes."""
    if len(line) <= _OKTETTER:
        return line + b"\r\n"
    parts: list[bytes] = []
    start, room = 0, _OKTETTER
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # the middle of a UTF-8 sequence
            end -= 1
        slashes = len(line[start:end]) - len(line[start:end].rstrip(b"\\"))
        end -= slashes % 2
        parts.append(line[start:end])
        start, room = end, _OKTETTER - 1  # the space that begins a continuation counts
    parts.append(line[start:])
    return b"\r\n ".join(parts) + b"\r\n"
