"""School calendars: breaks with their weekends, summers, unknown school years, no calendar."""

from datetime import date, timedelta

from oppfolgingscli.tid.skolekalender import SkolearData, bygg_kalender, vanlig_monster

OSLO = SkolearData(
    id="2023-2024",
    forste=date(2023, 8, 21),
    siste=date(2024, 6, 21),
    ferier={
        "hostferie": (date(2023, 10, 2), date(2023, 10, 6)),
        "juleferie": (date(2023, 12, 21), date(2024, 1, 1)),
        "vinterferie": (date(2024, 2, 19), date(2024, 2, 23)),
        "paskeferie": (date(2024, 3, 25), date(2024, 4, 1)),
    },
    fridager=(date(2024, 5, 10),),
)


def test_a_break_runs_over_the_weekends_that_touch_it() -> None:
    k = bygg_kalender([OSLO], date(2023, 8, 21), date(2024, 6, 21))
    assert k.i_ferie(date(2023, 9, 29)) is None
    assert k.i_ferie(date(2023, 9, 30)) == "hostferie"  # Saturday before
    assert k.i_ferie(date(2023, 10, 8)) == "hostferie"  # Sunday after
    assert k.i_ferie(date(2023, 10, 9)) is None
    assert k.i_ferie(date(2023, 12, 20)) is None  # begins on a Thursday: no weekend touches it
    assert k.i_ferie(date(2024, 1, 2)) is None
    assert k.i_ferie(date(2024, 3, 23)) == "paskeferie"
    assert k.i_ferie(date(2024, 4, 2)) is None  # ends on a Monday


def test_school_days_of_the_autumn_2023() -> None:
    k = bygg_kalender([OSLO], date(2023, 8, 21), date(2024, 6, 21))
    days = [date(2023, 8, 1) + timedelta(n) for n in range(153)]
    assert sum(k.is_skoledag(day) for day in days) == 83
    assert not k.is_skoledag(date(2024, 5, 10))  # a single day off
    assert k.i_ferie(date(2024, 5, 10)) is None  # but no break
    assert not k.is_skoledag(date(2024, 5, 1))
    assert k.semester_kant(2023, "host", last=True) == date(2023, 12, 20)
    assert k.semester_kant(2024, "var", last=False) == date(2024, 1, 2)
    assert k.skolear_kant(2023, last=True) == date(2024, 6, 21)


def test_summer_runs_to_the_next_first_day_also_when_that_is_only_the_usual_pattern() -> None:
    k = bygg_kalender([OSLO], date(2023, 8, 21), date(2024, 6, 21))
    assert k.i_ferie(date(2024, 6, 22)) == "sommerferie"
    assert k.i_ferie(date(2024, 8, 18)) == "sommerferie"
    assert k.is_skoledag(date(2024, 8, 19))  # Monday of ISO week 34
    assert k.is_entered(2023)
    assert not k.is_entered(2024)


def test_the_usual_pattern() -> None:
    p = vanlig_monster(2024)
    assert (p.forste, p.siste) == (date(2024, 8, 19), date(2025, 6, 20))
    assert p.ferier["hostferie"] == (date(2024, 9, 30), date(2024, 10, 4))
    assert p.ferier["vinterferie"] == (date(2025, 2, 17), date(2025, 2, 21))
    assert p.ferier["juleferie"] == (date(2024, 12, 22), date(2025, 1, 1))
    assert p.ferier["paskeferie"] == (date(2025, 4, 14), date(2025, 4, 21))
    assert "siste" in p.ubekreftet


def test_a_christmas_break_from_a_sunday_takes_the_saturday_too() -> None:
    k = bygg_kalender([], date(2024, 8, 19), date(2025, 6, 20))
    assert k.i_ferie(date(2024, 12, 21)) == "juleferie"
    assert k.i_ferie(date(2024, 12, 20)) is None
    assert k.i_ferie(date(2025, 1, 2)) is None


def test_no_school_calendar_means_every_working_day_is_a_school_day() -> None:
    k = bygg_kalender(None, date(2023, 8, 21), date(2024, 6, 21))
    assert k.is_skoledag(date(2023, 10, 4))
    assert k.is_skoledag(date(2024, 7, 31))
    assert not k.is_skoledag(date(2024, 5, 17))
    assert k.i_ferie(date(2024, 7, 10)) is None
    assert k.skolear_kant(2023, last=False) == date(2023, 8, 1)
    assert k.skolear_kant(2023, last=True) == date(2024, 7, 31)
    assert k.is_entered(2030)


def test_unconfirmed_edges_are_known_by_the_date_they_come_from() -> None:
    unsure = SkolearData(OSLO.id, OSLO.forste, OSLO.siste, OSLO.ferier, ubekreftet=frozenset({"siste", "juleferie"}))
    k = bygg_kalender([unsure], date(2023, 8, 21), date(2024, 6, 21))
    assert k.ubekreftede_kanter(date(2024, 6, 21).toordinal()) == [("2023-2024", "siste")]
    assert k.ubekreftede_kanter(date(2023, 12, 20).toordinal()) == [("2023-2024", "juleferie")]
    assert k.ubekreftede_kanter(date(2024, 1, 2).toordinal()) == [("2023-2024", "juleferie")]
    assert k.ubekreftede_kanter(date(2023, 9, 29).toordinal()) == []
    assert k.ubekreftede_ferier(date(2023, 12, 1).toordinal(), date(2023, 12, 31).toordinal()) == [
        ("2023-2024", "juleferie"),
    ]
