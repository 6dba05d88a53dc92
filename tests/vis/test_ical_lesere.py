"""Every example's calendars, read by four independent programs, which must all say the same as we do."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from hjelp import ROT
from oppfolgingscli import publisert
from oppfolgingscli.cli import kalender
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.utvid import expand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from oppfolgingscli.publisert import Utgave

EKSEMPLER = sorted(p.parent.name for p in (ROT / "eksempler").glob("*/oppfolging.toml"))
OSLO = ZoneInfo("Europe/Oslo")
PER = date(2026, 1, 15)


@dataclass(frozen=True)
class Kalendere:
    """The calendars of one example: one file with everything, one for each role, and what was meant."""

    mappe: Path
    alle: Path
    roller: list[Path]
    utgaver: dict[str, Utgave]


@pytest.fixture(
    scope="module", params=[pytest.param(e, marks=() if e == "sorumsand" else pytest.mark.treg) for e in EKSEMPLER]
)
def eksempel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kalendere:
    mappe = tmp_path_factory.mktemp("lesere") / request.param
    shutil.copytree(ROT / "eksempler" / request.param, mappe, ignore=shutil.ignore_patterns("kalender*"))
    arbeidsmappe = open_arbeidsmappe(mappe)
    moter = kalender.place(arbeidsmappe, expand(arbeidsmappe.opplegg))
    assert len(moter) > 200
    whole = kalender.choose(arbeidsmappe, together=True)
    kalender.write(arbeidsmappe, moter, whole, mappe, "alle", PER)
    done = kalender.write(arbeidsmappe, moter, kalender.choose(arbeidsmappe), mappe / "kalender", None, PER)
    roller = [done.mappe / file.navn for file in done.filer]
    state = publisert.load(mappe / publisert.FILNAVN)
    return Kalendere(mappe, mappe / "alle.ics", roller, state)


def instants(utgave: Utgave) -> tuple[str, str]:
    """Return start and end as we mean them: UTC instants, or dates with the end the day after."""
    i = utgave.innhold
    if i.start is None or i.slutt is None:
        return i.dato, (i.dag + timedelta(1)).isoformat()
    return tuple(  # type: ignore[return-value]
        datetime.fromisoformat(f"{i.dato}T{clock}").replace(tzinfo=OSLO).astimezone(UTC).isoformat()
        for clock in (i.start, i.slutt)
    )


def summary(utgave: Utgave) -> str:
    i = utgave.innhold
    return f"{i.tittel} – {i.vist}" if i.vist else i.tittel


def said(start: date, end: date) -> tuple[str, str]:
    """Return what a reader says, in the same form."""
    return tuple(  # type: ignore[return-value]
        when.astimezone(UTC).isoformat() if isinstance(when, datetime) else when.isoformat() for when in (start, end)
    )


def wanted(eksempel: Kalendere) -> dict[str, tuple[str, tuple[str, str]]]:
    return {uid: (summary(u), instants(u)) for uid, u in eksempel.utgaver.items()}


@pytest.mark.treg
def test_icalendar_finds_no_fault(eksempel: Kalendere) -> None:
    for path in (eksempel.alle, *eksempel.roller):
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        events: list[Any] = calendar.walk("VEVENT")
        for component in calendar.walk():
            assert not component.errors
        assert len(calendar.walk("VTIMEZONE")) == 1
        assert len({str(e["UID"]) for e in events}) == len(events)
        found = {str(e["UID"]): (str(e["SUMMARY"]), said(e["DTSTART"].dt, e["DTEND"].dt)) for e in events}
        everything = wanted(eksempel)
        assert found == {uid: everything[uid] for uid in found}
    assert wanted(eksempel).keys() == {
        str(e["UID"]) for e in icalendar.Calendar.from_ical(eksempel.alle.read_bytes()).walk("VEVENT")
    }


def test_vobject_reads_the_same(eksempel: Kalendere) -> None:
    calendar = vobject.readOne(eksempel.alle.read_text(encoding="utf-8"))
    assert calendar.validate(lambda *_: None) is not False
    found = {e.uid.value: (e.summary.value, said(e.dtstart.value, e.dtend.value)) for e in calendar.vevent_list}
    assert found == wanted(eksempel)


@pytest.mark.krever_node
def test_ical_js_reads_the_same(eksempel: Kalendere) -> None:
    run = subprocess.run(
        ["node", ROT / "tests" / "js" / "les_ics.mjs", eksempel.alle, *eksempel.roller],
        capture_output=True,
        check=True,
        timeout=120,
        env={**os.environ, "TZ": "America/Los_Angeles"},  # the reader's own zone must not matter
    )
    everything = wanted(eksempel)
    whole, *roller = json.loads(run.stdout)

    def told(event: dict[str, Any]) -> tuple[str, tuple[str, str]]:
        when = (event["start"], event["end"])
        if "T" in event["start"]:
            when = said(*(datetime.fromisoformat(w) for w in when))
        return event["summary"], when

    assert {e["uid"]: told(e) for e in whole["events"]} == everything
    for one in (whole, *roller):
        assert one["method"] == "PUBLISH"
        assert not any(e["recurring"] for e in one["events"])
        assert all(told(e) == everything[e["uid"]] for e in one["events"])
        assert all(e["sequence"] == 0 for e in one["events"])


def test_summer_and_winter_meetings_are_at_the_same_local_hour(eksempel: Kalendere) -> None:
    events: list[Any] = icalendar.Calendar.from_ical(eksempel.alle.read_bytes()).walk("VEVENT")
    hours: defaultdict[timedelta, set[int]] = defaultdict(set)
    for e in events:
        start = e["DTSTART"].dt
        if isinstance(start, datetime):
            offset = start.utcoffset()
            assert offset is not None
            hours[offset].add(start.hour)
            assert 8 <= start.hour < 15
    assert set(hours) == {timedelta(hours=1), timedelta(hours=2)}
    assert hours[timedelta(hours=1)] & hours[timedelta(hours=2)] >= {8, 9, 10}


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a CalDAV server of our own on a free loopback port; the address of a user's home."""
    folder = tmp_path_factory.mktemp("radicale")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = folder / "config"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[storage]\n"
        f"filesystem_folder = {folder / 'data'}\n[logging]\nlevel = error\n",
        encoding="utf-8",
    )
    log = (folder / "log").open("wb")
    server = subprocess.Popen([sys.executable, "-m", "radicale", "--config", str(config)], stdout=log, stderr=log)
    home = f"http://127.0.0.1:{port}/u/"
    try:
        for _ in range(200):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                dav("OPTIONS", home)
                break
            assert server.poll() is None, (folder / "log").read_text()
            time.sleep(0.05)
        yield home
    finally:
        server.kill()
        server.wait(10)
        log.close()


def dav(method: str, url: str, body: bytes = b"", kind: str = "text/calendar") -> bytes:
    assert url.startswith("http://127.0.0.1:")
    request = urllib.request.Request(url, data=body or None, method=method)  # noqa: S310 - loopback
    request.add_header("Content-Type", f"{kind}; charset=utf-8")
    request.add_header("Depth", "1")
    request.add_header("Authorization", "Basic " + base64.b64encode(b"u:u").decode())
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - loopback
        assert 200 <= answer.status < 300
        return bytes(answer.read())


@pytest.mark.treg
def test_a_caldav_server_takes_them_and_gives_them_back(eksempel: Kalendere, radicale: str) -> None:
    """One meeting at a time, as a client puts them; and a whole role's calendar at once, as an import does."""
    head, *blocks = eksempel.roller[0].read_bytes().split(b"BEGIN:VEVENT")
    blocks[-1] = blocks[-1].removesuffix(b"END:VCALENDAR\r\n")
    # A stored object has no METHOD (RFC 4791, 4.1).
    head = head.replace(b"METHOD:PUBLISH\r\n", b"")
    collection = f"{radicale}{eksempel.mappe.name}/"
    dav("MKCALENDAR", collection)
    some = blocks[:: max(1, len(blocks) // 25)]
    for block in some:
        uid = block.split(b"UID:")[1].split(b"\r\n")[0].decode()
        dav("PUT", f"{collection}{uid}.ics", head + b"BEGIN:VEVENT" + block + b"END:VCALENDAR\r\n")
        back = icalendar.Calendar.from_ical(dav("GET", f"{collection}{uid}.ics"))
        (event,) = back.walk("VEVENT")
        mine: Any = event
        utgave = eksempel.utgaver[uid]
        assert str(mine["SUMMARY"]) == summary(utgave)
        assert said(mine["DTSTART"].dt, mine["DTEND"].dt) == instants(utgave)
        assert int(mine["SEQUENCE"]) == 0

    query = (
        b'<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data/>'
        b'</D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter>'
        b"</C:filter></C:calendar-query>"
    )
    report = dav("REPORT", collection, query, "application/xml")
    assert report.count(b"BEGIN:VEVENT") == len(some)

    whole = f"{radicale}{eksempel.mappe.name}-hel/"
    # Only some events: the server takes a tenth of a second for each.
    data = b"BEGIN:VEVENT".join((eksempel.roller[0].read_bytes().split(b"BEGIN:VEVENT")[0], *some))
    data += b"END:VCALENDAR\r\n"
    dav("PUT", whole, data)
    events: list[Any] = icalendar.Calendar.from_ical(dav("GET", whole)).walk("VEVENT")
    assert len(events) == len(some) >= 20
    for e in events:
        utgave = eksempel.utgaver[str(e["UID"])]
        assert said(e["DTSTART"].dt, e["DTEND"].dt) == instants(utgave)
