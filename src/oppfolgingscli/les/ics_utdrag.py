"""What is read of a calendar file, before the library that understands it sees any: a calendar may be made to fell it.

Pictures, reminders and descriptions are left out, so that a calendar of many years is read as fast as its times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

MAX_UTDRAG: Final = 450_000
"""Bytes that are understood of a calendar of busy times: four thousand events in the time that is asked for."""
MAX_UTDRAG_ALT: Final = 2_000_000
"""The same where all of it is wanted: our own calendars, read back."""
MAX_LINJE: Final = 16_000
"""Bytes of one unfolded line that is needed; the event it stands in is passed over, and counted."""
MAX_LINJER: Final = 1000
"""Lines that are needed of one event."""
MAX_DYBDE: Final = 8
"""Components in components; RFC 5545 has three levels."""
_MAX_SONE: Final = 400
"""Lines of one time zone."""

_DELER: Final = frozenset((b"VCALENDAR", b"VEVENT", b"VFREEBUSY", b"VTIMEZONE", b"STANDARD", b"DAYLIGHT"))
_SONE: Final = frozenset((b"VTIMEZONE", b"STANDARD", b"DAYLIGHT"))
_HENDELSE: Final = frozenset(
    (
        *(b"UID", b"DTSTART", b"DTEND", b"DURATION", b"RRULE", b"RDATE", b"EXDATE", b"RECURRENCE-ID"),
        *(b"TRANSP", b"STATUS", b"X-MICROSOFT-CDO-BUSYSTATUS", b"FREEBUSY"),
    )
)
_SONELINJER: Final = (b"TZID", b"TZOFFSETFROM", b"TZOFFSETTO", b"TZNAME")
_BRETT: Final = (b"\r\n ", b"\r\n\t", b"\n ", b"\n\t", b"\r ", b"\r\t")
#: Only these lines are looked at; the others are passed over by the regular expression itself.
_LINJE: Final = re.compile(
    rb"^(BEGIN|END|DESCRIPTION|" + b"|".join((*sorted(_HENDELSE), *_SONELINJER)) + rb")[;:][^\r\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_NAVN: Final = re.compile(rb"[A-Za-z-]+")
_DEL: Final = re.compile(rb"(BEGIN|END):\s*([A-Za-z0-9-]+)\s*\Z", re.IGNORECASE)
_GJENTAS: Final = re.compile(rb"(?:RRULE|RDATE|RECURRENCE-ID|DURATION)[;:]", re.IGNORECASE)
_DAG: Final = re.compile(rb"(?:DTSTART|DTEND)[;:](?:[^\r\n]*:)?(\d{8})(?:T\d{6}Z?)?\s*\Z", re.IGNORECASE)
#: The line that says a point's id (see logg_ics), in a text whose line breaks are written \\n.
_ID: Final = re.compile(rb"(?:\\[nN]|:)\s*(Id: [^\s/\\]{1,100}(?:/[^\s/\\]{1,100}){4})(?=\s*(?:\\[nN]|\Z))")
_ARLIG: Final = re.compile(
    rb"RRULE:(?!.*BY(?:HOUR|MINUTE|SECOND|SETPOS|YEARDAY|WEEKNO))[^\r\n]{0,200}\Z", re.IGNORECASE
)


@dataclass(slots=True)
class Utdrag:
    """The calendar with what is needed. ``hoppet``: events that were passed over. ``for_stor``: it has too many."""

    data: bytes
    hoppet: int = 0
    for_stor: bool = False


@dataclass(slots=True)
class _Del:
    """A component while its lines are gathered; ``brutt``: it will be passed over."""

    navn: bytes
    linjer: list[bytes] = field(default_factory=list)
    brutt: bool = False


def read_utdrag(data: bytes, mellom: tuple[date, date] | None = None) -> Utdrag | None:
    """Return what is needed of a calendar file; None when it is no calendar.

    Lines are unfolded (RFC 5545, 3.1). Components that are not about times, and what is in them, are left out.
    ``mellom``: single events that are all outside of these days (closed) are left out too.
    """
    if b"BEGIN:VCALENDAR" not in data[:4096].upper():
        return None
    reader = _Leser(_span(mellom) if mellom else None)
    most = MAX_UTDRAG if mellom else MAX_UTDRAG_ALT
    for fold in _BRETT:  # a regular expression would hold every piece, of which there may be millions
        data = data.replace(fold, b"")
    for found in _LINJE.finditer(data):
        line = found.group()
        at = _DEL.match(line) if found[1].upper() in {b"BEGIN", b"END"} else None
        if at is None:
            reader.line(line)
        elif at[1].upper() == b"BEGIN":
            reader.begin(at[2].upper())
        elif not reader.end(at[2].upper()):
            return None
        if reader.storrelse > most:
            return Utdrag(b"", for_stor=True)
    if reader.apne or reader.ved_siden:
        return None  # it breaks off in the middle
    return Utdrag(b"\r\n".join(reader.ferdig) + b"\r\n", reader.hoppet)


class _Leser:
    """Gathers components line by line. ``ved_siden``: how deep we are in one that is left out."""

    def __init__(self, mellom: tuple[bytes, bytes] | None) -> None:
        self.mellom = mellom
        self.ferdig: list[bytes] = []
        self.apne: list[_Del] = []
        self.ved_siden = 0
        self.storrelse = 0
        self.hoppet = 0

    def line(self, line: bytes) -> None:
        if self.apne and not self.ved_siden:
            _take(self.apne[-1], line)

    def begin(self, navn: bytes) -> None:
        if self.ved_siden or navn not in _DELER or len(self.apne) >= MAX_DYBDE:
            self.ved_siden += 1
        else:
            self.apne.append(_Del(navn))

    def end(self, navn: bytes) -> bool:
        """Close a component; False when there is none to close."""
        if self.ved_siden:
            self.ved_siden -= 1
            return True
        if not self.apne:
            return False
        if self.apne[-1].navn != navn:
            return True
        part = self.apne.pop()
        if part.brutt:
            self.hoppet += navn not in _SONE
            return True
        if navn == b"VEVENT" and self.mellom and _outside(part.linjer, self.mellom):
            return True
        lines = [b"BEGIN:" + navn, *part.linjer, b"END:" + navn]
        if navn != b"VCALENDAR":
            self.storrelse += sum(map(len, lines))
        (self.apne[-1].linjer if self.apne else self.ferdig).extend(lines)
        return True


def _span(mellom: tuple[date, date]) -> tuple[bytes, bytes]:
    """Return the days as they are written, with room for any time zone."""
    first, last = (day.toordinal() for day in mellom)
    low, high = max(1, first - 2), min(date.max.toordinal(), last + 2)
    return date.fromordinal(low).strftime("%Y%m%d").encode(), date.fromordinal(high).strftime("%Y%m%d").encode()


def _outside(lines: list[bytes], mellom: tuple[bytes, bytes]) -> bool:
    """Whether a single event is surely over before the days, or begins after them."""
    days = []
    for line in lines:
        if _GJENTAS.match(line):
            return False
        if found := _DAG.match(line):
            days.append(found[1])
    return bool(days) and (max(days) < mellom[0] or min(days) > mellom[1])


def _take(part: _Del, line: bytes) -> None:
    """Keep a line of a component when it is needed."""
    if part.brutt:
        return
    word = _NAVN.match(line)[0].upper()  # type: ignore[index] # it was found by its name
    if part.navn in _SONE:
        # Clocks are changed once or twice a year. A rule for every second would be followed for as many years.
        if word == b"RRULE" and not (b"FREQ=YEARLY" in line.upper() and _ARLIG.match(line)):
            return
        part.brutt = len(line) > MAX_LINJE or len(part.linjer) > _MAX_SONE
        part.linjer.append(line)
    elif part.navn == b"VCALENDAR":
        return
    elif word == b"DESCRIPTION":
        if said := _ID.search(line):
            part.linjer.append(b"DESCRIPTION:" + said[1])
    elif word in _HENDELSE:
        part.brutt = len(line) > MAX_LINJE or len(part.linjer) > MAX_LINJER
        part.linjer.append(line)
