"""Durations as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppfolgingscli.tid.skolekalender import bygg_kalender
from oppfolgingscli.tid.varighet import Varighet, parse_tidsbruk, parse_varighet


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("3 uker", 3, "uke"),
        ("1 uke", 1, "uke"),
        ("2 veker", 2, "uke"),
        ("5 virkedager", 5, "virkedag"),
        ("5 virkedagar", 5, "virkedag"),
        ("10 dager", 10, "dag"),
        ("2 måneder", 2, "maned"),
        ("2 maneder", 2, "maned"),
        ("1 månad", 1, "maned"),
        ("1 år", 1, "ar"),
        ("8 skoledager", 8, "skoledag"),
        ("8 skuledagar", 8, "skoledag"),
        ("-8 uker", -8, "uke"),
        ("\u22128 uker", -8, "uke"),
        ("  3   uker ", 3, "uke"),
        ("3uker", 3, "uke"),
        ("0 dager", 0, "dag"),
        ("1 Måned", 1, "maned"),
    ],
)
def test_read(text: str, number: int, unit: str) -> None:
    assert parse_varighet(text) == Varighet(number, unit)  # type: ignore[arg-type] # parametrised


@pytest.mark.parametrize("text", ["", "uker", "3", "3 kvartal", "tre uker", "3,5 uker", "3 uker til", "99999 dager"])
def test_refused(text: str) -> None:
    with pytest.raises(ValueError, match="varighet"):
        parse_varighet(text)


@given(st.integers(-500, 500), st.sampled_from(["dag", "uke", "maned", "ar", "virkedag", "skoledag"]))
def test_what_is_written_can_be_read(number: int, unit: str) -> None:
    value = Varighet(number, unit)  # type: ignore[arg-type] # sampled from the units
    assert parse_varighet(str(value)) == value


@pytest.mark.parametrize(
    ("text", "days"),
    # floor(n·365/12 + ½): 30.4 -> 30, 60.8 -> 61, 91.25 -> 91, 182.5 + ½ -> 183
    [("3 uker", 21), ("1 måned", 30), ("2 måneder", 61), ("3 måneder", 91), ("6 måneder", 183), ("1 år", 365)],
)
def test_on_an_interval_clock(text: str, days: int) -> None:
    assert parse_varighet(text).on_clock == days


def test_working_days_cannot_run_on_a_clock() -> None:
    with pytest.raises(ValueError, match="intervallklokke"):
        _ = parse_varighet("3 virkedager").on_clock


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45 minutter", 45),
        ("45 min", 45),
        ("1 time", 60),
        ("2 timer", 120),
        ("1,5 timer", 90),
        ("1.5 timar", 90),
        ("1 time 30 minutter", 90),
        ("1 time og 15 min", 75),
        ("1t 30min", 90),
        ("0 minutter", 0),
    ],
)
def test_time_spent(text: str, minutes: int) -> None:
    assert parse_tidsbruk(text) == minutes


@pytest.mark.parametrize("text", ["", "45", "en time", "25 timer", "1 dag", "-5 minutter"])
def test_time_spent_refused(text: str) -> None:
    with pytest.raises(ValueError, match="«"):
        parse_tidsbruk(text)


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2024-01-31", "1 måned", "2024-02-29"),
        ("2023-01-31", "1 måned", "2023-02-28"),
        ("2024-02-29", "1 år", "2025-02-28"),
        ("2024-12-31", "2 måneder", "2025-02-28"),
        ("2024-03-31", "-1 måned", "2024-02-29"),
        ("2024-01-15", "-1 måned", "2023-12-15"),
        ("2024-03-26", "3 virkedager", "2024-04-03"),  # over Easter
        ("2024-05-15", "3 virkedager", "2024-05-22"),  # over 17 May and Whit Monday
        ("2024-04-27", "3 virkedager", "2024-05-02"),  # from a Saturday, over 1 May
        ("2024-04-03", "-3 virkedager", "2024-03-26"),
        ("2024-04-06", "-1 virkedager", "2024-04-05"),
        ("2024-04-06", "0 virkedager", "2024-04-06"),
        ("2024-12-28", "1 uke", "2025-01-04"),
    ],
)
def test_from_a_date(start: str, text: str, end: str) -> None:
    calendar = bygg_kalender(None, date(2023, 8, 1), date(2025, 7, 31))
    assert calendar.add(date.fromisoformat(start), parse_varighet(text)) == date.fromisoformat(end)
