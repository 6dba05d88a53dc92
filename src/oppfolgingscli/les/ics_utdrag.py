"""What is read of a calendar file, before the library that understands it sees any: a calendar may be made to fell it.

Pictures, reminders and descriptions are left out, so that a calendar of many years is read as fast as its times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_UTDRAG: Final = 2_000_000
"""Bytes that are understood of one calendar: some fifteen thousand events, which takes two seconds at most."""
MAX_LINJE: Final = 64_000
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
_LINJE: Final = re.compile(rb"([A-Za-z0-9-]+)[;:]")
_DEL: Final = re.compile(rb"(BEGIN|END):\s*([A-Za-z0-9-]+)\s*\Z", re.IGNORECASE)
_LINJESKIFT: Final = re.compile(rb"\r\n|\n|\r(?!\n)")
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


def read_utdrag(data: bytes) -> Utdrag | None:
    """Return what is needed of a calendar file; None when it is no calendar.

    Lines are unfolded (RFC 5545, 3.1). Components that are not about times, and what is in them, are left out.
    """
    if b"BEGIN:VCALENDAR" not in data[:4096].upper():
        return None
    reader = _Leser()
    for line in _unfolded(data):
        at = _DEL.match(line)
        if at is None:
            reader.line(line)
        elif at[1].upper() == b"BEGIN":
            reader.begin(at[2].upper())
        elif not reader.end(at[2].upper()):
            return None
        if reader.storrelse > MAX_UTDRAG:
            return Utdrag(b"", for_stor=True)
    if reader.apne or reader.ved_siden:
        return None  # it breaks off in the middle
    return Utdrag(b"\r\n".join(reader.ferdig) + b"\r\n", reader.hoppet)


class _Leser:
    """Gathers components line by line. ``ved_siden``: how deep we are in one that is left out."""

    def __init__(self) -> None:
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
        lines = [b"BEGIN:" + navn, *part.linjer, b"END:" + navn]
        if navn != b"VCALENDAR":
            self.storrelse += sum(map(len, lines))
        (self.apne[-1].linjer if self.apne else self.ferdig).extend(lines)
        return True


def _take(part: _Del, line: bytes) -> None:
    """Keep a line of a component when it is needed."""
    name = _LINJE.match(line)
    if name is None or part.brutt:
        return
    word = name[1].upper()
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


def _unfolded(data: bytes) -> Iterator[bytes]:
    """Yield the lines, folded ones put together; of one that is too long no more than shows it."""
    held: list[bytes] = []
    length = 0
    start = 0
    for stop, after in _breaks(data):
        piece = data[start : min(stop, start + MAX_LINJE + 1)]
        start = after
        if piece[:1] in {b" ", b"\t"} and held:
            if length <= MAX_LINJE:
                held.append(piece[1:])
                length += len(piece) - 1
            continue
        if held:
            yield b"".join(held)
        held, length = [piece], len(piece)
    if held:
        yield b"".join(held)


def _breaks(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each line ends, and where the next begins."""
    for found in _LINJESKIFT.finditer(data):
        yield found.span()
    yield len(data), len(data)
