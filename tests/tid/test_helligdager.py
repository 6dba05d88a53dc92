"""Public holidays against an independent package, and the dates people get wrong."""

from datetime import date, timedelta

import holidays
import pytest

from oppfolgingscli.tid.helligdager import helligdager, is_helligdag, is_virkedag


@pytest.mark.parametrize("year", range(1990, 2061))
def test_same_days_as_the_holidays_package(year: int) -> None:
    others = holidays.country_holidays("NO", years=year)
    assert set(helligdager(year)) == {day for day in others if day.year == year}


def test_17_may_2027_is_also_whit_monday_and_counts_once() -> None:
    assert is_helligdag(date(2027, 5, 17))
    assert len(helligdager(2027)) == 11


def test_days_are_listed_in_order() -> None:
    assert list(helligdager(2026)) == sorted(helligdager(2026))


@pytest.mark.parametrize(
    ("day", "work"),
    [
        (date(2024, 3, 27), True),  # Wednesday before Easter
        (date(2024, 3, 28), False),  # Maundy Thursday
        (date(2024, 12, 24), True),  # Christmas Eve is no public holiday
        (date(2024, 12, 31), True),
        (date(2024, 2, 29), True),
        (date(2024, 5, 18), False),  # Saturday
    ],
)
def test_working_days(day: date, *, work: bool) -> None:
    assert is_virkedag(day) is work


def test_a_week_without_holidays_has_five_working_days() -> None:
    monday = date(2024, 9, 2)
    assert sum(is_virkedag(monday + timedelta(n)) for n in range(7)) == 5
