"""Series are expanded as the library does it from their beginning, only sooner; and calendars are read in part."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from oppfolgingscli.les import ics_utdrag
from oppfolgingscli.les.ics_serie import MAX_STEG, Regelfeil, Regneskap, starts
from oppfolgingscli.les.ics_utdrag import read_utdrag

UKEDAG = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
DEL = {
    "BYDAY": st.lists(UKEDAG, min_size=1, max_size=3, unique=True).map(",".join),
    "BYMONTH": st.lists(st.integers(1, 12).map(str), min_size=1, max_size=3, unique=True).map(",".join),
    "BYMONTHDAY": st.sampled_from(["1", "15", "28", "31", "-1"]),
    "WKST": UKEDAG,
    "UNTIL": st.dates(date(2020, 1, 1), date(2027, 1, 1)).map(lambda d: f"{d:%Y%m%d}T120000"),
    "COUNT": st.integers(1, 400).map(str),
}


@st.composite
def regler(draw: st.DrawFn) -> str:
    names = draw(st.lists(st.sampled_from(sorted(DEL)), max_size=3, unique=True))
    if {"UNTIL", "COUNT"} <= set(names):
        names.remove("COUNT")
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 5))}"]
    return ";".join(parts + [f"{name}={draw(DEL[name])}" for name in names])


@pytest.mark.treg
@settings(max_examples=300, deadline=None)
@given(
    regler(),
    st.datetimes(datetime(2005, 1, 1), datetime(2026, 1, 1)).map(  # noqa: DTZ001 - local time
        lambda d: d.replace(second=0, microsecond=0)
    ),
    st.dates(date(2022, 1, 1), date(2026, 1, 1)),
)
def test_som_fra_begynnelsen(regel: str, forst: datetime, fra: date) -> None:
    low = datetime(fra.year, fra.month, fra.day)  # noqa: DTZ001 - local time
    high = low + timedelta(400)
    naive = rrulestr(regel, dtstart=forst)
    expected = []
    for n, begins in enumerate(naive):
        if begins > high or n > 15_000:
            break
        if begins >= low:
            expected.append(begins)
    regneskap = Regneskap()
    regneskap.igjen = 10**9
    assert list(starts(vRecur.from_ical(regel), forst, low, high, regneskap)) == expected


@pytest.mark.parametrize(
    "regel",
    ["FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60)))],
)
def test_regler_ingen_har(regel: str) -> None:
    low = datetime(2024, 1, 1)  # noqa: DTZ001 - local time
    with pytest.raises(Regelfeil):
        list(starts(vRecur.from_ical(regel), low, low, low + timedelta(9), Regneskap()))


def test_en_regel_uten_dager_koster_noe() -> None:
    low = datetime(2024, 1, 1)  # noqa: DTZ001 - local time
    regneskap = Regneskap()
    rule = vRecur.from_ical("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert list(starts(rule, low, low, low + timedelta(400), regneskap)) == []
    assert regneskap.igjen < MAX_STEG - 10_000
    list(starts(rule, low, low, low + timedelta(400), regneskap))
    with pytest.raises(Regelfeil):
        list(starts(rule, low, low, low + timedelta(400), regneskap))


# --- What is read of a calendar -----------------------------------------------------------------


def _kalender(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).encode()


MOTE = ("BEGIN:VEVENT", "UID:a", "DTSTART:20240902T080000Z", "SUMMARY:Et møte", "END:VEVENT")


def test_bare_tidene_leses() -> None:
    data = _kalender(
        *MOTE[:3], 'DTEND;TZID="Europe/', ' Oslo":20240902T100000', "ATTACH;VALUE=BINARY:AAAA", "BEGIN:VALARM",
        "TRIGGER:-PT5M", "END:VALARM", "DESCRIPTION:Hei\\nId: k/r/D01/2024-host/1\\n", "END:VEVENT",
    )  # fmt: skip
    found = read_utdrag(data)
    assert found is not None
    assert found.data.decode().split("\r\n") == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", "DTSTART:20240902T080000Z", 'DTEND;TZID="Europe/Oslo":20240902T100000',
        "DESCRIPTION:Id: k/r/D01/2024-host/1", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_det_som_er_utenfor_dagene_utelates() -> None:
    def has(*lines: str) -> bool:
        found = read_utdrag(_kalender("BEGIN:VEVENT", *lines, "END:VEVENT"), (date(2024, 9, 1), date(2024, 9, 30)))
        assert found is not None
        return b"VEVENT" in found.data

    assert has("DTSTART:20240902T080000Z")
    assert has("DTSTART;VALUE=DATE:20240829", "DTEND;VALUE=DATE:20240830")  # a day or two off for the time zone
    assert has("DTSTART:20230101T080000Z", "DTEND:20240915T080000Z")
    assert has("DTSTART:20230101T080000Z", "RRULE:FREQ=WEEKLY")
    assert has("DTSTART:20230101T080000Z", "DURATION:P1000D")
    assert has("DTSTART:en dag")
    assert not has("DTSTART:20230101T080000Z")
    assert not has("DTSTART;TZID=Europe/Oslo:20250101T080000", "DTEND;TZID=Europe/Oslo:20250101T090000")


def test_hva_som_ikke_er_en_kalender() -> None:
    assert read_utdrag(b"id;dato\n") is None
    assert read_utdrag(_kalender(*MOTE[:-1])) is None  # it breaks off
    assert read_utdrag(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VEVENT\r\n") is None


def test_store_hendelser_hoppes_over_og_telles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_utdrag, "MAX_LINJE", 100)
    found = read_utdrag(_kalender(*MOTE, *MOTE[:3], "EXDATE:" + "20240902," * 20, "END:VEVENT"))
    assert found is not None
    assert (found.hoppet, found.data.count(b"BEGIN:VEVENT")) == (1, 1)
    monkeypatch.setattr(ics_utdrag, "MAX_UTDRAG_ALT", 100)
    found = read_utdrag(_kalender(*MOTE * 5))
    assert found is not None
    assert found.for_stor


def test_dypt_og_ukjent_leses_ikke() -> None:
    found = read_utdrag(_kalender(*["BEGIN:VEVENT"] * 50, *["END:VEVENT"] * 50, "BEGIN:X-NOE", *MOTE, "END:X-NOE"))
    assert found is not None
    assert found.data.count(b"BEGIN:VEVENT") == ics_utdrag.MAX_DYBDE - 1
