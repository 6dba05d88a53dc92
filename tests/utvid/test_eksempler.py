"""The four example classes: counts per routine and school year, each worked out by hand.

School years are those of the day each point should be planned (`mal`). The sums in the comments use the
bundled school calendars.
"""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from oppfolgingscli.hendelse import Punkt
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.tid.perioder import skolear_for
from oppfolgingscli.utvid import expand

EKSEMPLER = Path(__file__).parents[2] / "eksempler"


@cache
def points(name: str) -> tuple[Punkt, ...]:
    return expand(open_arbeidsmappe(EKSEMPLER / name).opplegg).punkter


def per_year(name: str, rutine: str, subjekt: str | None = None, *, krav: bool = True) -> list[int]:
    counts = Counter(
        skolear_for(p.mal or p.fra)
        for p in points(name)
        if p.rutine == rutine and p.krav is krav and p.grunn is None and subjekt in (None, p.subjekt)
    )
    return [counts[year] for year in range(2023, 2027)]


# -- Oslo ---------------------------------------------------------------------------------------------


def test_oslo_one_participant_there_all_the_time() -> None:
    """D01: 2 + 2 talks, 1 + 1 self-reports, 1 status report, 4 + 4 visits once in practice (from January of year 1)."""
    assert per_year("oslo-helsfyr", "elevsamtale", "D01") == [4, 4, 4, 4]
    assert per_year("oslo-helsfyr", "egenrapport", "D01") == [2, 2, 2, 2]
    assert per_year("oslo-helsfyr", "statusrapport-var", "D01") == [1, 1, 1, 1]
    assert per_year("oslo-helsfyr", "praksisbesok", "D01") == [4, 8, 8, 8]
    assert per_year("oslo-helsfyr", "trekantsamtale-oppstart", "D01") == [1, 0, 0, 0]
    assert per_year("oslo-helsfyr", "trekantsamtale-ar3", "D01") == [0, 0, 1, 0]


def test_oslo_without_grunnskole_practice_begins_in_year_two() -> None:
    assert per_year("oslo-helsfyr", "praksisbesok", "D16") == [0, 8, 8, 8]


def test_oslo_the_class() -> None:
    """Status meetings every month with school days, August to June: 11. Homework help twice a week.

    Weeks with school days: 2023/24: 34–51 but week 40: 17; 1–25 but 8 and 13: 23; 40 weeks. 2024/25: 17 and
    2–25 but 8 and 16: 22. 2025/26: 17 and 2–25 but 8 and 14: 22. 2026/27: 17 and 1–24 but 8 and 12: 22.
    """
    assert per_year("oslo-helsfyr", "statusmote") == [11, 11, 11, 11]
    assert per_year("oslo-helsfyr", "evalueringsmote") == [2, 2, 2, 2]
    assert per_year("oslo-helsfyr", "arshjul") == [2, 2, 2, 2]
    assert per_year("oslo-helsfyr", "leksehjelp") == [2 * 40, 2 * 39, 2 * 39, 2 * 39]


def test_oslo_talks_of_all() -> None:
    """Two for everyone with a day in the semester; leaving changes no count.

    Autumn 2023: 25 starters: 50. Spring 2024: D19 left 15 Dec, D26 joined 8 Jan (m = 105 of 109: 2): 25: 50.
    Autumn 2024: D04, D17, D18, D19 are gone: 22: 44, but D07 is on leave 35 of 85 school days:
    floor(2·50/85 + ½) = 1: 43. Spring 2025: D09 and D20 left: 20: 40; D12 is ill 25 of 105: floor(2.02) = 2.
    2025/26: 19 are left: 38 + 38, but D21 is on leave 55 of 106: floor(2·51/106 + ½) = 1: 75. 2026/27: 76.
    """
    assert per_year("oslo-helsfyr", "elevsamtale") == [50 + 50, 43 + 40, 38 + 37, 38 + 38]


def test_oslo_self_reports_of_all() -> None:
    """One each: 25 + 25; 22 + 20; 19 + 19 but D21 floor(51/106 + ½) = 0; 19 + 19."""
    assert per_year("oslo-helsfyr", "egenrapport") == [50, 42, 37, 38]


@pytest.mark.parametrize(
    ("subjekt", "periode", "count"),
    [
        ("D04", "2024-var", 3),  # practice 8 Jan–31 May: 18 + 16 + 16 + 21 + 19 = 90 of 109: 4·90/109 = 3.3
        ("D26", "2024-var", 3),  # practice from 22 Jan: 109 - 14 - 5 = 90 of 109
        ("D07", "2024-host", 2),  # practice from 26 Aug, leave of 35 days: 85 - 5 - 35 = 45 of 85: 2.1
        ("D09", "2024-host", 3),  # practice to 29 Nov: 85 - 5 - 15 = 65 of 85: 3.06
        ("D20", "2024-host", 1),  # practice 26 Aug–27 Sep: 25 of 85: 1.2
        ("D12", "2025-var", 3),  # ill 25 days, practice to 13 Jun: 105 - 25 - 5 = 75 of 105: 2.86
        ("D22", "2025-var", 1),  # practice to 14 Feb: 20 + 10 = 30 of 105: 1.14
        ("D21", "2026-var", 2),  # leave of 55 days, practice to 12 Jun: 106 - 55 - 5 = 46 of 106: 1.74
        ("D01", "2024-host", 4),  # practice from 26 Aug: 80 of 85: 3.76
    ],
)
def test_oslo_visits_in_part_of_a_semester(subjekt: str, periode: str, count: int) -> None:
    found = [
        p for p in points("oslo-helsfyr") if (p.rutine, p.subjekt, p.periode) == ("praksisbesok", subjekt, periode)
    ]
    assert len(found) == count
    assert all(p.delvis for p in found)


def test_oslo_visits_of_all() -> None:
    """Spring 2024: D01–D15 and D26 in practice: 16·4, D04 and D26 one fewer: 62.

    2024/25: autumn 22: 88 - 2 (D07) - 1 (D09) - 3 (D20) = 82; spring 20: 80 - 1 (D12) - 3 (D22) = 76.
    2025/26: 19·8 - 2 (D21) = 150. 2026/27: 19·8 = 152.
    """
    assert per_year("oslo-helsfyr", "praksisbesok") == [62, 82 + 76, 150, 152]


def test_oslo_start_and_end_of_year_three() -> None:
    """At the start: 25, and the joiner D26 is exempt. At the end of year three the 19 who are left."""
    assert per_year("oslo-helsfyr", "trekantsamtale-oppstart") == [25, 0, 0, 0]
    assert per_year("oslo-helsfyr", "trekantsamtale-ar3") == [0, 0, 19, 0]
    exempt = [p for p in points("oslo-helsfyr") if p.grunn is not None]
    assert [(p.rutine, p.subjekt) for p in exempt] == [("trekantsamtale-oppstart", "D26")]


def test_oslo_status_reports() -> None:
    """Those there in the four weeks before the last school day: 2024: 25 but D17, and D19 is gone: 24 with D26; 2025: 19."""
    assert per_year("oslo-helsfyr", "statusrapport-var") == [24, 19, 19, 19]


# -- Vestby -------------------------------------------------------------------------------------------


def test_vestby_visits_every_third_week() -> None:
    """Clock days in practice, 21 to a visit. 2023/24: 8 Jan–14 Jun is 159, less 9 and 10 of breaks: 140: 6.

    2024/25: 26 Aug–13 Jun is 292, less 9 + 13 + 9 + 11: 250: 390 in all: 18 - 6 = 12.
    2025/26: 25 Aug–12 Jun is 292, less 9 + 16 + 9 + 10: 248: 638: 30 - 18 = 12.
    2026/27: 24 Aug–11 Jun is 292, less 9 + 16 + 9 + 10: 248: 886: 42 - 30 = 12.
    """
    assert per_year("vestby", "praksisbesok", "D01") == [6, 12, 12, 12]


def test_vestby_a_pause_stops_the_clock() -> None:
    """D04 is on leave 33 days of autumn 2024: 357 clock days: 17 - 6 = 11, then 605: 28 - 17 = 11, 853: 40 - 28 = 12."""
    assert per_year("vestby", "praksisbesok", "D04") == [6, 11, 11, 12]


def test_vestby_one_participant_is_exempt_from_visits() -> None:
    exempt = {p.subjekt for p in points("vestby") if p.rutine == "praksisbesok" and p.grunn is not None}
    assert len(exempt) == 1
    assert len({p.subjekt for p in points("vestby") if p.rutine == "praksisbesok"} - exempt) == 12


def test_vestby_development_talks() -> None:
    """3 required and a 4th wished for 13. 2024/25: two are away 25 of some 190 school days: 3·0.87 = 2.6: 3, 4·0.87 = 3.5.

    D04, 7 Oct–8 Nov 2024: 25 of 191: floor(4·166/191 + ½) = floor(3.98) = 3: the wish falls away. D09,
    10 Mar–11 Apr 2025: 25 of 191: the same. All the 3 required stay: floor(3·166/191 + ½) = 3.
    """
    assert per_year("vestby", "elevsamtale") == [39, 39, 39, 39]
    assert per_year("vestby", "elevsamtale", krav=False) == [13, 11, 13, 13]


# -- Sørumsand ----------------------------------------------------------------------------------------


def test_sorumsand_status_meetings_on_a_clock_that_stops_in_breaks() -> None:
    """30 clock days to a meeting. 310 - 9 - 14 - 9 - 10 = 268: 8. 306 - 9 - 13 - 9 - 11 = 264: 532: 17 - 8 = 9.

    306 - 9 - 16 - 9 - 10 = 262: 794: 26 - 17 = 9. The same again: 1056: 35 - 26 = 9.
    """
    assert per_year("sorumsand", "statusmote") == [8, 9, 9, 9]


def test_sorumsand_talks() -> None:
    """Two a school year for 13; D05 left 26 Apr 2024 and D11 15 Nov 2024, after which 12 and 11. Pauses of 20 and 34
    school days leave floor(2·0.9 + ½) = 2 and floor(2·0.82 + ½) = 2."""
    assert per_year("sorumsand", "elevsamtale") == [26, 24, 22, 22]


def test_sorumsand_visits_are_need_based_from_the_second_year() -> None:
    years = per_year("sorumsand", "praksisbesok")
    assert years[0] > 0
    assert years[1:] == [0, 0, 0]


def test_sorumsand_koordinator_at_the_school_every_month_from_year_two() -> None:
    assert per_year("sorumsand", "koordinator-pa-skolen") == [0, 11, 11, 11]


# -- Vestland -----------------------------------------------------------------------------------------


def test_vestland_ansvarsgruppe() -> None:
    """Three required and a fourth wished each half-year."""
    assert per_year("vestland", "ansvarsgruppe") == [6, 6, 6, 6]
    assert per_year("vestland", "ansvarsgruppe", krav=False) == [2, 2, 2, 2]


def test_vestland_norwegian_teacher_every_week_of_the_first_year() -> None:
    """Weeks with school days 2023/24 in Bergen: 33–51 but 41: 18; 1–25 but 9 and 13: 23: 41."""
    assert per_year("vestland", "norsklaerer-i-helsefag") == [41, 0, 0, 0]


def test_vestland_meetings_that_are_only_planned_begin_in_year_three() -> None:
    assert per_year("vestland", "statusmote") == [0, 0, 2, 0]
    assert per_year("vestland", "statusmote", krav=False) == [0, 0, 2, 0]


def test_vestland_talk_at_the_end_for_everyone() -> None:
    """Three left in the first year, eleven are planned to June 2027."""
    assert per_year("vestland", "sluttsamtale") == [3, 0, 0, 11]


# -- all ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["oslo-helsfyr", "vestby", "sorumsand", "vestland"])
def test_nothing_is_planned_in_july_unless_breaks_count(name: str) -> None:
    opplegg = open_arbeidsmappe(EKSEMPLER / name).opplegg
    summer = {v.rutine.id for v in opplegg.rutinesett.versjoner if v.rutine.gjelder.ferie != "aldri"}
    phases = [f.id for f in opplegg.rutinesett.faser if not f.skolerute]
    july = {p.rutine for p in points(name) if p.mal is not None and p.mal.month == 7}
    assert july <= summer or phases, "only what runs through breaks, or lies in an apprenticeship"
    if not phases:
        assert july <= summer


@pytest.mark.parametrize("name", ["oslo-helsfyr", "vestby", "sorumsand", "vestland"])
def test_points_come_in_the_order_of_the_contract(name: str) -> None:
    dates = [p.frist or date.max for p in points(name)]
    assert dates == sorted(dates)
    assert len({p.id for p in points(name)}) == len(points(name))
