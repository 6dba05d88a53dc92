"""Planning from the log: visits every third week, at the latest after four, no school calendar in the way."""

from datetime import date
from pathlib import Path

import pytest

from oppfolgingscli.fortsett import continue_from
from oppfolgingscli.hendelse import Punkt
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.utvid import expand

SETT = """
format = 1
[rutinesett]
id = "t"
navn = "T"
kilde = "test"
[roller.kl]
navn = "Kontaktlærer"
etat = "skole"
[[rutiner]]
id = "besok"
navn = "Besøk"
type = "besok"
niva = "deltaker"
ansvarlig = "kl"
frekvens = { hver = "3 uker", senest = "4 uker" }
[[rutiner]]
id = "samtale"
navn = "Samtale"
type = "samtale"
niva = "deltaker"
ansvarlig = "kl"
frekvens = { antall = 1, per = "semester" }
"""
OPPSETT = """
format = 1
[klasse]
id = "k"
navn = "K"
rutinesett = "sett.toml"
skolerute = "ingen"
start = 2024-01-01
slutt = 2024-06-30
[[deltakere]]
id = "D01"
"""
LOGG = "id;dato;type;rutine;deltaker;utfort_av;deltok;form;varighet;status;notat;registrert\n"


def plan(tmp_path: Path, per: str, *rows: str) -> list[Punkt]:
    (tmp_path / "sett.toml").write_text(SETT, encoding="utf-8")
    (tmp_path / "oppfolging.toml").write_text(OPPSETT, encoding="utf-8")
    if rows:
        body = "".join(f"k{n};{day};besok;;D01;kl;;;;;;\n" for n, day in enumerate(rows, 1))
        (tmp_path / "kontakter.csv").write_text(LOGG + body, encoding="utf-8")
    utvidelse = expand(open_arbeidsmappe(tmp_path).opplegg)
    return list(continue_from(utvidelse, read_logg(tmp_path), {}, date.fromisoformat(per)).punkter)


def visits(points: list[Punkt]) -> list[tuple[str, str, str, str]]:
    return [
        (p.id.removeprefix("k/besok/D01/"), str(p.fra), str(p.mal), str(p.frist)) for p in points if p.rutine == "besok"
    ]


def test_without_a_log_the_plan_is_the_prediction(tmp_path: Path) -> None:
    assert visits(plan(tmp_path, "2024-03-01"))[:2] == [
        ("1/1", "2024-01-01", "2024-01-21", "2024-01-28"),
        ("2/1", "2024-01-22", "2024-02-11", "2024-02-18"),
    ]


def test_held_visits_stand_on_their_day_and_the_rest_goes_on_from_the_open_gap(tmp_path: Path) -> None:
    """Held 15 Jan and 10 Feb. The third gap opens 11 Feb: plan 2 March, at the latest 9 March; then 23 March …"""
    assert visits(plan(tmp_path, "2024-02-20", "2024-01-15", "2024-02-10"))[:4] == [
        ("1/1", "2024-01-15", "2024-01-15", "2024-01-15"),
        ("2/1", "2024-02-10", "2024-02-10", "2024-02-10"),
        ("3/1", "2024-02-24", "2024-03-02", "2024-03-09"),
        ("4/1", "2024-03-03", "2024-03-23", "2024-03-30"),
    ]


def test_an_overdue_visit_is_planned_from_the_next_monday(tmp_path: Path) -> None:
    """Held 15 Jan; the deadline 12 Feb is past on Tuesday 20 Feb. Monday 26 Feb, until the next deadline, 11 March."""
    assert visits(plan(tmp_path, "2024-02-20", "2024-01-15"))[1:3] == [
        ("2/1", "2024-02-26", "2024-02-26", "2024-03-11"),
        ("3/1", "2024-02-27", "2024-03-18", "2024-03-25"),
    ]


def test_from_one_day_to_the_next_the_plan_stays(tmp_path: Path) -> None:
    """Until the planned day itself, 2 March, has gone by; then the week decides, not the day."""
    held = ("2024-01-15", "2024-02-10")
    first = visits(plan(tmp_path, "2024-02-12", *held))
    assert all(visits(plan(tmp_path, per, *held)) == first for per in ("2024-02-20", "2024-02-26"))
    week = [visits(plan(tmp_path, per, *held)) for per in ("2024-03-05", "2024-03-08", "2024-03-11")]
    assert week[0] == week[1] == week[2] != first


def test_nothing_is_planned_after_the_end(tmp_path: Path) -> None:
    assert visits(plan(tmp_path, "2024-07-10", "2024-01-15")) == [("1/1", "2024-01-15", "2024-01-15", "2024-01-15")]


def test_other_routines_are_as_they_were(tmp_path: Path) -> None:
    before = [p for p in plan(tmp_path, "2024-02-20") if p.rutine == "samtale"]
    after = [p for p in plan(tmp_path, "2024-02-20", "2024-01-15") if p.rutine == "samtale"]
    assert before == after
    assert len(after) == 1


@pytest.mark.parametrize("per", ["2024-02-20", "2024-05-01"])
def test_no_point_twice(tmp_path: Path, per: str) -> None:
    ids = [p.id for p in plan(tmp_path, per, "2024-01-15", "2024-02-10", "2024-02-11")]
    assert len(ids) == len(set(ids))
