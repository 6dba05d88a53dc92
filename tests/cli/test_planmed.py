"""Two classes that share people: `plan --med`."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from cli.test_plan import OPPSETT, PER, RUTINER, lag, les, plan
from oppfolgingscli.cli.planmed import shared_people
from oppfolgingscli.modell.klasse import Person

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor


def folk(**personer: tuple[str, str | None]) -> dict[str, Person]:
    return {i: Person(navn=navn, rolle="kl", epost=epost) for i, (navn, epost) in personer.items()}


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        (folk(kl=("Lærer A", "a@skole.example")), {"kl": "kl"}),
        (folk(x7=("A. Lærer", "A@Skole.example ".strip())), {"x7": "kl"}),  # the address is the same
        (folk(kl=("Lærer A", "b@skole.example")), {}),  # id and name agree, but not the addresses
        (folk(kl=("Lærer  a", None)), {"kl": "kl"}),  # no address there: id and name
        (folk(kl=("Lærer B", None)), {}),
        (folk(x7=("Lærer A", None)), {}),
        # a shared mailbox is nobody's own
        (folk(kl=("Lærer A", "a@skole.example"), v1=("Veileder", "a@skole.example")), {"kl": "kl"}),
    ],
)
def test_who_is_the_same_person(theirs: dict[str, Person], expected: dict[str, str]) -> None:
    ours = folk(kl=("Lærer A", "a@skole.example"), v1=("Veileder A", "v@nav.example"))
    assert shared_people(ours, theirs) == expected


def to_klasser(tmp_path: Path, **annen: str) -> tuple[Path, Path]:
    a = lag(tmp_path / "a")
    oppsett = OPPSETT.replace('id = "klassen"', 'id = "andre"').replace('opptatt = "kl.ics"\n', "")
    for before, after in annen.items():
        oppsett = oppsett.replace(before.replace("_", "."), after)
    return a, lag(tmp_path / "b", oppsett=oppsett)


def moter(mappe: Path) -> list[tuple[str, str, str]]:
    return [(r["dato"], r["start"], r["slutt"]) for r in les(mappe) if r["start"]]


def test_nobody_is_in_two_classes_at_once(tmp_path: Path, kjor: Kjor) -> None:
    a, b = to_klasser(tmp_path)
    plan(kjor, a)
    plan(kjor, b)
    alone = moter(b)
    plan(kjor, b, "--med", a)
    assert len(moter(b)) == len(alone) == 8
    for (d1, s1, e1), (d2, s2, e2) in combinations([*moter(a), *moter(b)], 2):
        assert d1 != d2 or e1 <= s2 or e2 <= s1
    # Without the other class they would have met: the classes are alike.
    assert set(alone) & set(moter(a))


def test_what_moved_for_another_class_says_so_without_naming_anyone(tmp_path: Path, kjor: Kjor) -> None:
    a, b = to_klasser(tmp_path)
    plan(kjor, a)
    plan(kjor, b)
    result = kjor("plan", "--mappe", b, "--per", PER, "--metode", "grisk", "--med", a, "--prov")
    assert "Kontaktlærer er i et annet møte da (et møte i en annen klasse)" in result.stdout
    assert "møter i andre klasser er regnet med som opptatt tid" in result.stderr
    machine = kjor("plan", "--mappe", b, "--per", PER, "--metode", "grisk", "--med", a, "--prov", "--format", "json")
    assert "klassen/" not in machine.stdout
    assert {m["grunn"] for m in json.loads(machine.stdout)["flyttet"]} == {"to_steder"}


def test_a_class_without_a_plan_counts_as_its_calendar_shows_it(tmp_path: Path, kjor: Kjor) -> None:
    a, b = to_klasser(tmp_path)
    plan(kjor, b, "--med", a)
    assert not (a / "plan.csv").exists()
    shown = json.loads(kjor("kalender", "--mappe", a, "--per", PER, "--format", "json").stdout)
    assert shown["moter"] == 8
    answer: dict[str, Any] = plan(kjor, a, "--med", b)
    assert answer["antall"]["ikke_plassert"] == 0


@pytest.mark.treg
def test_what_has_no_place_there_takes_no_time_here(tmp_path: Path, kjor: Kjor) -> None:
    """The teacher has room for one class. The first stays where it is, however little the other got."""
    one = "[kalender]\nmaks_per_dag = 1\n"
    narrow = OPPSETT.replace('"tirsdag", "torsdag"', '"tirsdag"') + one
    a = lag(tmp_path / "a", 25, narrow)
    b = lag(tmp_path / "b", 25, narrow.replace('id = "klassen"', 'id = "andre"'))
    plan(kjor, a)
    before = les(a)
    assert plan(kjor, b, "--med", a)["antall"]["ikke_plassert"] > 20
    assert plan(kjor, a, "--med", b)["flyttet"] == []
    assert les(a) == before


def test_a_class_with_nobody_in_common(tmp_path: Path, kjor: Kjor) -> None:
    a, b = to_klasser(tmp_path, **{"a@skole_example": "c@skole.example"})
    result = kjor("plan", "--mappe", a, "--per", PER, "--med", b)
    assert result.exit_code == 2
    assert "ingen personer er felles" in result.stderr


def test_the_most_a_day_counts_over_the_classes(tmp_path: Path, kjor: Kjor) -> None:
    assert "[kalender]" not in RUTINER
    one = "[kalender]\nmaks_per_dag = 1\n"
    a = lag(tmp_path / "a", oppsett=OPPSETT + one)
    b = lag(tmp_path / "b", oppsett=OPPSETT.replace('id = "klassen"', 'id = "andre"') + one)
    plan(kjor, a)
    plan(kjor, b, "--med", a)
    days = [day for day, _start, _end in (*moter(a), *moter(b))]
    assert len(days) == len(set(days)) == 16
