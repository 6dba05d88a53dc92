"""Reads calendars that are not ours: the busy times of a person, from an .ics of any program.

Recurring events are expanded in their own time zone, so that a meeting at nine stays at nine (RFC 5545, 3.8.5);
moved and deleted occurrences are heeded. What marks no time as taken is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, cast
from zoneinfo import ZoneInfo

from oppfolgingscli.feil import Feil, Sted
from oppfolgingscli.les.fil import fil_feil, read_bytes, vis_sti
from oppfolgingscli.les.ics_serie import Regneskap, starts, until_local
from oppfolgingscli.les.ics_utdrag import read_utdrag
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_Komponent = Any  # the library's types are unions of thirty kinds of values
HER: Final = ZoneInfo("Europe/Oslo")
_DOGN: Final = 24 * 60
_LEDIG: Final = frozenset({"FREE", "WORKINGELSEWHERE"})


@dataclass(slots=True)
class Opptatt:
    """Busy times by day (ordinal), in minutes from midnight local time, half-open.

    ``ulest`` counts the events that could not be understood.
    """

    dager: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    ulest: int = 0

    def add(self, start: datetime, end: datetime, fra: date, til: date) -> None:
        """Add a span of local time, cut to [fra, til] and at each midnight."""
        day = max(start.date(), fra)
        while day <= til and datetime.combine(day, time.min) < end:
            first = _minutes(start) if day == start.date() else 0
            last = _minutes(end) if day == end.date() else _DOGN
            if first < last:
                self.dager.setdefault(day.toordinal(), []).append((first, last))
            day += timedelta(1)


def read_opptatt(path: Path, fra: date, til: date, feil: list[Feil]) -> Opptatt | None:
    """Return the busy times in [fra, til]; None when it is no calendar, with the fault added to ``feil``."""
    calendars = read_calendars(path, feil, (fra, til))
    if calendars is None:
        return None
    out = Opptatt()
    out.ulest = calendars.hoppet
    account = Regneskap()
    for calendar in calendars.kalendere:
        _read_calendar(calendar, out, fra, til, account)
    for spans in out.dager.values():
        spans.sort()
    return out


@dataclass(frozen=True, slots=True)
class Kalendere:
    """The calendars of a file. ``hoppet``: events too large to be read."""

    kalendere: list[_Komponent]
    hoppet: int = 0


def read_calendars(path: Path, feil: list[Feil], mellom: tuple[date, date] | None = None) -> Kalendere | None:
    """Return the calendars in a file; None when it is no calendar, with the fault added to ``feil``.

    ``mellom``: events outside of these days (closed) may be left out.
    """
    from icalendar import Calendar

    data = read_bytes(path, feil)
    if data is None:
        return None
    extract = read_utdrag(data, mellom)
    if extract is not None and extract.for_stor:
        melding = _("kalenderen har flere hendelser enn det som kan leses.")
        feil.append(fil_feil(path, "for_stor", melding, _("Eksporter en kortere periode, og prøv igjen.")))
        return None
    calendars: list[_Komponent]
    try:
        calendars = list(Calendar.from_ical(extract.data, multiple=True)) if extract is not None else []
    except Exception:  # noqa: BLE001 - a broken calendar fails in many ways deep inside the library
        calendars = []
    if extract is None or not calendars or any(c.name != "VCALENDAR" for c in calendars):
        feil.append(
            Feil(
                "ikke_kalender",
                _("dette er ikke en kalenderfil som kan leses."),
                Sted(vis_sti(path)),
                _("Eksporter kalenderen på nytt som .ics."),
            ),
        )
        return None
    return Kalendere(calendars, extract.hoppet)


def _read_calendar(calendar: _Komponent, out: Opptatt, fra: date, til: date, account: Regneskap) -> None:
    events = list(calendar.walk("VEVENT"))
    changes: dict[str, _Endringer] = {}
    for event in events:
        with suppress(Exception):  # what is broken is counted below
            _note_change(event, changes)
    for changed in changes.values():
        changed.fra_na_av.sort(key=itemgetter(0))
    for event in events:
        changed = changes.get(str(event.get("UID")), _Endringer())
        if not _takes_time(event) and not changed.fra_na_av:
            continue
        try:
            for start, end in _occurrences(event, changed, fra, til, account):
                out.add(start, end, fra, til)
        except Exception:  # noqa: BLE001 - as where the calendar is read; the other events still count
            out.ulest += 1
    for busy in calendar.walk("VFREEBUSY"):
        try:
            for start, end in _free_busy(busy):
                out.add(start, end, fra, til)
        except Exception:  # noqa: BLE001 - as above
            out.ulest += 1


def _note_change(event: _Komponent, changes: dict[str, _Endringer]) -> None:
    """Note what an event says of the series it belongs to."""
    moved_from = event.get("RECURRENCE-ID")
    if moved_from is None:
        return
    changed = changes.setdefault(str(event.get("UID")), _Endringer())
    changed.byttet.add(local_time(moved_from.dt))
    if str(moved_from.params.get("RANGE", "")).upper() == "THISANDFUTURE" and event.get("DTSTART") is not None:
        changed.fra_na_av.append((local_time(moved_from.dt), event))


@dataclass(slots=True)
class _Endringer:
    """What is changed in a series: the occurrences that are replaced, and from when all later ones are as another.

    ``fra_na_av`` is in order of time when it is asked.
    """

    byttet: set[datetime] = field(default_factory=set)
    fra_na_av: list[tuple[datetime, _Komponent]] = field(default_factory=list)

    def later(self, start: datetime) -> tuple[datetime, _Komponent] | None:
        """Return the last change that holds for the occurrence, if any (RANGE=THISANDFUTURE, RFC 5545, 3.2.13)."""
        n = bisect_right(self.fra_na_av, start, key=itemgetter(0))
        return self.fra_na_av[n - 1] if n else None


def _takes_time(event: _Komponent) -> bool:
    word = {name: str(event.get(name, "")).upper() for name in ("TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS")}
    return (
        word["TRANSP"] != "TRANSPARENT"
        and word["STATUS"] != "CANCELLED"
        and word["X-MICROSOFT-CDO-BUSYSTATUS"] not in _LEDIG
    )


def _occurrences(
    event: _Komponent, changed: _Endringer, fra: date, til: date, account: Regneskap
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the local start and end of every occurrence that touches [fra, til]."""
    first = event["DTSTART"].dt
    length = _length(event, first)
    if event.get("RECURRENCE-ID") is not None or not (event.get("RRULE") or event.get("RDATE")):
        if _takes_time(event):
            start = local_time(first)
            yield start, start + length if _is_day(first) else local_time(first + length)
        return
    gone = list(_dates(event.get("EXDATE")))
    excluded = {local_time(day) for day in gone} | changed.byttet
    # A deleted day without a time takes the occurrence of that day, whenever it begins: several programs write so.
    days = {day for day in gone if _is_day(day)}
    for begins in _starts(event, first, length, fra, til, account):
        start = local_time(begins)
        if start in excluded or (begins.date() if isinstance(begins, datetime) else begins) in days:
            continue
        if (change := changed.later(start)) is not None:
            if _takes_time(change[1]):
                moved = change[1]["DTSTART"].dt
                start += local_time(moved) - change[0]
                yield start, start + _length(change[1], moved)
        elif _takes_time(event):
            yield start, start + length if _is_day(begins) else local_time(begins + length)


def _starts(
    event: _Komponent, first: date, length: timedelta, fra: date, til: date, account: Regneskap
) -> Iterator[date]:
    """Yield the starts by RRULE and RDATE, with the time zone of the first."""
    zone = first.tzinfo if isinstance(first, datetime) else None
    naive = _naive(first, zone)
    low = datetime.combine(fra, time.min) - length - timedelta(1)
    high = datetime.combine(til, time.max) + timedelta(1)
    rules = event.get("RRULE")
    for rule in rules if isinstance(rules, list) else [rules] if rules else []:
        if until := rule.get("UNTIL"):
            rule["UNTIL"] = [until_local(until[0], zone)]
        for begins in starts(rule, naive, low, high, account):
            yield _like(begins, first, zone)
    if not rules:
        yield first
    yield from (day for day in _dates(event.get("RDATE")) if low <= _naive(day, zone) <= high)


def _length(event: _Komponent, first: date) -> timedelta:
    if event.get("DTEND") is not None:
        length = event["DTEND"].dt - first
    elif event.get("DURATION") is not None:
        length = event["DURATION"].dt
    else:
        length = timedelta(0 if isinstance(first, datetime) else 1)
    return cast("timedelta", length)


def _free_busy(busy: _Komponent) -> Iterator[tuple[datetime, datetime]]:
    periods = busy.get("FREEBUSY")
    for item in periods if isinstance(periods, list) else [periods] if periods else []:
        if item.params.get("FBTYPE", "BUSY").upper() == "FREE":
            continue
        for period in getattr(item, "dts", [item]):
            yield local_time(period.start), local_time(period.end)


def _dates(value: Any) -> Iterable[date]:  # noqa: ANN401 - what the library gives: none, one, or several
    for item in value if isinstance(value, list) else [value] if value is not None else []:
        for entry in item.dts:
            day = entry.dt
            yield day[0] if isinstance(day, tuple) else day


def local_time(day: date) -> datetime:
    """Return local wall time; times without a zone are local already."""
    if not isinstance(day, datetime):
        return datetime.combine(day, time.min)
    return (day.astimezone(HER) if day.tzinfo else day).replace(tzinfo=None)


def _naive(day: date, zone: Any) -> datetime:  # noqa: ANN401 - any tzinfo
    """Return the wall time in ``zone``, without it."""
    if not isinstance(day, datetime):
        return datetime.combine(day, time.min)
    return (day.astimezone(zone) if day.tzinfo and zone else day).replace(tzinfo=None)


def _like(begins: datetime, first: date, zone: Any) -> date:  # noqa: ANN401 - any tzinfo
    return begins.replace(tzinfo=zone) if isinstance(first, datetime) else begins.date()


def _is_day(day: date) -> bool:
    return not isinstance(day, datetime)


def _minutes(at: datetime) -> int:
    """Return whole minutes from midnight: an end within a minute takes all of it."""
    return at.hour * 60 + at.minute + (1 if at.second else 0)
