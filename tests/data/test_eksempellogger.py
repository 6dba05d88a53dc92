"""The example logs are as their generator makes them, and tell what the report tells."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from eksempler.lag_logger import KOLONNER, SLUTT, make

from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.personvern import has_fodselsnummer
from oppfolgingscli.tid.perioder import periode_for
from oppfolgingscli.vurder import Vurdering, vurder

EKSEMPLER: Final = Path(__file__).parents[2] / "eksempler"
MAPPER: Final = ("oslo-helsfyr", "sorumsand", "vestby", "vestland")
PER: Final = date(2025, 6, 20)


@cache
def judged(name: str) -> Vurdering:
    opened = open_arbeidsmappe(EKSEMPLER / name)
    roller = {person: p.rolle for person, p in opened.oppsett.personer.items()}
    return vurder(opened.opplegg, read_logg(EKSEMPLER / name), roller, PER)


@cache
def rows(name: str, slag: str) -> tuple[dict[str, str], ...]:
    with (EKSEMPLER / name / f"{slag}.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))


def share(name: str, rutine: str, semester: str, *statuses: str) -> float:
    """The share of the required points due in a semester that have one of the statuses (or were on time)."""
    found = [
        x.status
        for x in judged(name).punkter
        if x.punkt.rutine == rutine and x.punkt.krav and periode_for(x.punkt.frist or x.punkt.fra, "semester").nokkel == semester
        and x.status not in ("fritatt", "ikke_aktuelt", "kommende")
    ]  # fmt: skip
    return sum(status in (statuses or ("i_tide",)) for status in found) / len(found)


def test_the_files_are_up_to_date() -> None:
    """Run `python eksempler/lag_logger.py` when routines, calendars or participants have changed."""
    for path, data in make().items():
        assert path.read_bytes() == data, f"{path.name} in {path.parent.name} is stale"


@pytest.mark.parametrize("name", MAPPER)
def test_they_open_in_norwegian_excel(name: str) -> None:
    for slag, columns in KOLONNER.items():
        raw = (EKSEMPLER / name / f"{slag}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf" + ";".join(columns).encode() + b"\r\n")
        assert raw.count(b"\r\n") == raw.count(b"\n") == len(rows(name, slag)) + 1
        assert not has_fodselsnummer(raw.decode("utf-8-sig"))


@pytest.mark.parametrize("name", MAPPER)
def test_every_row_is_read_and_known(name: str) -> None:
    """Two school years; the only findings are the row of Oslo's that is entered twice."""
    logg = read_logg(EKSEMPLER / name)
    assert len(logg.kontakter) == len(rows(name, "kontakter"))
    assert {k.dato.year for k in logg.kontakter} == {2023, 2024, 2025}
    assert max(k.dato for k in logg.kontakter) <= SLUTT
    assert [v.kode for v in judged(name).funn] == (["duplikat"] if name == "oslo-helsfyr" else [])


@pytest.mark.parametrize("name", MAPPER)
def test_notes_say_nothing_of_anybody(name: str) -> None:
    notes = {row["notat"] for slag in KOLONNER for row in rows(name, slag)}
    assert notes <= {"", "ny tid avtalt"}


@pytest.mark.parametrize("name", MAPPER)
def test_life_as_it_is(name: str) -> None:
    """No-shows and cancellations, rows written down weeks later, agreements done, late and open."""
    statuses = {row["status"] for row in rows(name, "kontakter")}
    assert {"", "ikke_mott"} < statuses
    late = [k for k in read_logg(EKSEMPLER / name).kontakter if (k.registrert - k.dato).days > 20]
    assert 0.01 < len(late) / len(rows(name, "kontakter")) < 0.08
    assert {"i_tide", "for_sent"} <= {x.status for x in judged(name).avtaler}
    assert {"apen", "forfalt"} & {x.status for x in judged(name).avtaler}


def test_oslo_keeps_its_talks_but_visits_thin_out() -> None:
    assert share("oslo-helsfyr", "elevsamtale", "2024-host") > 0.75
    visits = [share("oslo-helsfyr", "praksisbesok", s) for s in ("2024-var", "2024-host", "2025-var")]
    assert visits == sorted(visits, reverse=True)
    assert visits[0] - visits[-1] > 0.2


def test_oslo_self_reports_come_but_fewer_and_fewer_are_answered() -> None:
    assert share("oslo-helsfyr", "egenrapport", "2024-host") > 0.7
    first, last = (share("oslo-helsfyr", "tilbakemelding-egenrapport", s) for s in ("2023-host", "2025-var"))
    assert first > 0.6
    assert last < 0.4


def test_oslo_leavers_with_and_without_a_final_report() -> None:
    reports = Counter(x.status for x in judged("oslo-helsfyr").punkter if x.punkt.rutine == "sluttrapport")
    assert reports == {"i_tide": 4, "apen": 3}


def test_oslo_talks_without_the_counsellor_do_not_count() -> None:
    by_id = {row["id"]: row for row in rows("oslo-helsfyr", "kontakter")}
    lacking = [by_id[key] for key in judged("oslo-helsfyr").ufullstendige]
    assert {row["type"] for row in lacking} == {"trekantsamtale", "avklaringsmote"}
    assert all("v1" not in row["deltok"] for row in lacking)


def test_oslo_high_absence_with_and_without_notice() -> None:
    notices = {x.status for x in judged("oslo-helsfyr").punkter if x.punkt.rutine == "varsel-hoyt-fravaer"}
    assert {"i_tide", "apen"} <= notices


def test_sorumsand_the_coordinator_is_there_every_month() -> None:
    visits = [
        x.status
        for x in judged("sorumsand").punkter
        if x.punkt.rutine == "koordinator-pa-skolen" and x.punkt.fra <= PER
    ]
    assert visits == ["i_tide"] * 11


def test_sorumsand_visits_were_frequent_and_then_by_need() -> None:
    by_year = Counter(
        row["dato"] < "2024-08" for row in rows("sorumsand", "kontakter") if row["type"] == "bedriftsbesok"
    )
    assert by_year[True] > 2 * by_year[False]
    assert sum(row["type"] == "trekantsamtale" for row in rows("sorumsand", "kontakter")) == 4


def test_vestby_visits_about_every_third_week() -> None:
    assert share("vestby", "praksisbesok", "2024-host") > 0.85
    assert share("vestby", "praksisbesok", "2025-var") < 0.7


def test_vestland_the_contact_with_nav_drops_in_the_second_year() -> None:
    assert share("vestland", "nav-samtale-kvp", "2024-var") == 1
    assert share("vestland", "nav-samtale-kvp", "2025-var") < 0.4
    coordinator = Counter(
        row["dato"] < "2024-08" for row in rows("vestland", "kontakter") if row["type"] == "koordinatorbesok"
    )
    assert coordinator[True] > 3 * coordinator[False]


def test_vestland_leavers_with_and_without_a_last_talk() -> None:
    talks = {x.punkt.subjekt: x.status for x in judged("vestland").punkter if x.punkt.rutine == "sluttsamtale"}
    assert {name: talks[name] for name in ("D03", "D08", "D12")} == {"D03": "mangler", "D08": "i_tide", "D12": "i_tide"}
