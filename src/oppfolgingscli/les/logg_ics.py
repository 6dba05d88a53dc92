"""Meetings in a calendar file, for the log: when they were, whether they were cancelled, and which point they are of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from oppfolgingscli.les.ics import local_time, read_calendars

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from oppfolgingscli.feil import Feil

#: The line in an event's text that says the point's id; kept when a calendar gives the event a UID of its own.
_ID: Final = re.compile(r"^\s*Id: (?P<id>[^\s/]+(?:/[^\s/]+){4})\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Kalendermote:
    """One event. Times are local; ``heldag``: it has a date only, so it is a deadline and no meeting."""

    uid: str
    start: datetime
    slutt: datetime
    heldag: bool
    avlyst: bool
    punkt_id: str | None


def read_moter(path: Path, uider: Mapping[str, str], feil: list[Feil]) -> tuple[list[Kalendermote], int] | None:
    """Return the events of a calendar, and how many could not be understood; None when the file is no calendar.

    ``uider``: the ids of points by the UID of their events. An event of no point has ``punkt_id`` None.
    """
    calendars = read_calendars(path, feil)
    if calendars is None:
        return None
    out: list[Kalendermote] = []
    unread = calendars.hoppet
    for event in (event for calendar in calendars.kalendere for event in calendar.walk("VEVENT")):
        try:
            first = event["DTSTART"].dt
            start = local_time(first)
            end = local_time(event["DTEND"].dt) if event.get("DTEND") is not None else start
            if event.get("DURATION") is not None:
                end = start + event["DURATION"].dt
        except Exception:  # noqa: BLE001 - a broken event fails in many ways deep inside the library
            unread += 1
            continue
        uid = str(event.get("UID", ""))
        said = _ID.search(str(event.get("DESCRIPTION", "")))
        point = uider.get(uid) or (said["id"] if said else None)
        cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
        out.append(Kalendermote(uid, start, end, not isinstance(first, datetime), cancelled, point))
    return out, unread
