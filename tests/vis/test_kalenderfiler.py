"""Names every system takes, and calendars split before they grow too large."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oppfolgingscli.publisert import Utgave
from oppfolgingscli.vis.ical import hendelse_bytes
from oppfolgingscli.vis.kalenderfiler import (
    MAKS_BYTES,
    Utvalg,
    del_opp,
    filnavn,
    gamle_deler,
    lag_filer,
)
from vis.test_ical import utgave


def utvalg(slag: str = "rolle", id_: str = "kl") -> Utvalg:
    return Utvalg(slag, id_, "Klassen", lambda _i: True)  # type: ignore[arg-type]


def mange(n: int, tekst: int = 100) -> list[Utgave]:
    """One meeting a day from 1 August 2023."""
    return [
        utgave(
            dato=(date(2023, 8, 1) + timedelta(i)).isoformat(),
            beskrivelse="x" * tekst,
            referanse=f"k/r/D01/{i}/1",
        )
        for i in range(n)
    ]


@pytest.mark.parametrize(
    ("klasse", "valg", "expected"),
    [
        ("helsfyr-2023", utvalg(), "helsfyr-2023-rolle-kl"),
        ("helsfyr-2023", utvalg("alle", "alle"), "helsfyr-2023-alle"),
        ("con", utvalg(), "con-rolle-kl"),
        ("CON.", utvalg(), "_CON.-rolle-kl"),
        ("com1.x", utvalg(), "_com1.x-rolle-kl"),
        ("..", utvalg("deltaker", "D."), "-deltaker-D"),
        ("a/b\\c:d", utvalg(id_="x?*<>|"), "a_b_c_d-rolle-x_____"),
        ("blåbær", utvalg(), "blåbær-rolle-kl"),
    ],
)
def test_file_names(klasse: str, valg: Utvalg, expected: str) -> None:
    assert filnavn(klasse, valg) == expected


def test_ids_that_differ_only_in_case_get_files_of_their_own() -> None:
    made = lag_filer("k", [utvalg(id_="kl"), utvalg(id_="KL"), utvalg(id_="Kl")], mange(1))
    assert [f.navn for f in made] == ["k-rolle-kl.ics", "k-rolle-KL-2.ics", "k-rolle-Kl-2-2.ics"]


def test_a_calendar_without_events_makes_no_file() -> None:
    assert lag_filer("k", [Utvalg("rolle", "kl", "K", lambda _i: False)], mange(3)) == []


@pytest.mark.treg
def test_small_calendars_are_whole_and_large_ones_split_by_school_year() -> None:
    assert [f.navn for f in lag_filer("k", [utvalg()], mange(1000))] == ["k-rolle-kl.ics"]
    large = lag_filer("k", [utvalg()], mange(1000, 1500))
    assert [f.navn for f in large] == [
        "k-rolle-kl-2023-2024.ics", "k-rolle-kl-2024-2025.ics", "k-rolle-kl-2025-2026.ics",
    ]  # fmt: skip
    assert sum(len(f.utgaver) for f in large) == 1000
    assert all(len(f.data) < MAKS_BYTES for f in large)
    assert "X-WR-CALNAME:Klassen · skoleåret 2024/25".encode() in large[1].data
    calendar_ids = {f.data.split(b"X-WR-RELCALID:")[1][:36] for f in large}
    assert len(calendar_ids) == 3


@pytest.mark.treg
def test_a_school_year_too_large_is_split_again() -> None:
    one = len(hendelse_bytes(mange(1, 1500)[0]))
    parts = del_opp(mange(300, 1500), hendelse_bytes, 2_000 + 150 * one)
    assert [key for key, _ in parts] == [
        "2023-08", "2023-09", "2023-10", "2023-11", "2023-12", "2024-var",
    ]  # fmt: skip
    assert [u for _, part in parts for u in part] == mange(300, 1500)
    assert [key for key, _ in del_opp(mange(3), hendelse_bytes, 10)] == ["2023-08"]


@pytest.mark.treg
def test_files_left_from_before_a_split_are_found() -> None:
    large = lag_filer("k", [utvalg()], mange(1000, 1500))
    there = [
        "k-rolle-kl.ics", "k-rolle-kl-2023-2024.ics", "k-rolle-kl-2019-2020.ics", "k-rolle-kl-2024-host.ics",
        "k-rolle-kl2.ics", "k-rolle-annen.ics", "notat.txt",
    ]  # fmt: skip
    assert gamle_deler(there, large) == [
        "k-rolle-kl-2019-2020.ics", "k-rolle-kl-2024-host.ics", "k-rolle-kl.ics",
    ]  # fmt: skip
    assert gamle_deler(there, []) == []
