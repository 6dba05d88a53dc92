"""The hours of small classes, worked out by hand: the routines above, the minutes of every week below."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from belastning.klasser import skriv_klasse
from hjelp import Kjor

UKER = ["2024-u36", "2024-u37", "2024-u38", "2024-u39"]

SAMTALE_OG_MOTE = """
[[rutiner]]
id = "samtale"
navn = "Samtale"
type = "elevsamtale"
niva = "deltaker"
ansvarlig = "laerer"
deltar = ["deltaker"]
varighet = "45 minutter"
frekvens = { antall = 1, per = "uke" }

[[rutiner]]
id = "mote"
navn = "Møte"
type = "statusmote"
niva = "klasse"
ansvarlig = "veileder"
deltar = ["laerer", "deltaker"]
frekvens = { milepael = "oppstart", innen = "4 dager", helst = "start" }

[[rutiner]]
id = "rapport"
navn = "Rapport"
type = "statusrapport"
niva = "deltaker"
ansvarlig = "laerer"
frekvens = { milepael = "slutt", fra = "-4 dager", innen = "0 dager" }

[[rutiner]]
id = "hjelp"
navn = "Hjelp"
type = "hjelp"
niva = "deltaker"
ansvarlig = "laerer"
frekvens = { behov = true }
"""
PERSONER = """
[personer.l1]
navn = "Lærer Q"
rolle = "laerer"
[personer.v1]
navn = "Veileder Q"
rolle = "veileder"
[personer.v2]
navn = "Veileder R"
rolle = "veileder"
"""


def measured(kjor: Kjor, mappe: Path, *words: str) -> dict[str, Any]:
    result = kjor("belastning", "--mappe", mappe, "--per", "2024-09-02", "--format", "json", *words)
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert isinstance(answer, dict)
    return answer


def role(answer: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(r for r in answer["roller"] if r["rolle"] == id_)


def weeks(row: dict[str, Any], key: str = "timer") -> list[float]:
    return [u[key] for u in row["uker"]]


@pytest.fixture
def klassen(tmp_path: Path) -> Path:
    return skriv_klasse(tmp_path, SAMTALE_OG_MOTE, 2, personer=PERSONER)


def test_every_week_of_every_role(kjor: Kjor, klassen: Path) -> None:
    """Two talks of 45 minutes a week, one meeting of an hour in week 36.

    lærer     2 x 45 = 90 min = 1.5 h a week, and 1 h in week 36:   2.5 1.5 1.5 1.5  =  7 h
    veileder  two people, an hour each in week 36:                  2                =  2 h
    deltaker  two of them: 45 each a week, and an hour each:        3.5 1.5 1.5 1.5  =  8 h
    """
    answer = measured(kjor, klassen)
    assert [u["uke"] for u in answer["uker"]] == UKER
    assert (answer["skoledager"], answer["skoleuker"], answer["deltakere_snitt"]) == (20, 4, 2)
    assert weeks(role(answer, "laerer")) == [2.5, 1.5, 1.5, 1.5]
    assert weeks(role(answer, "veileder")) == [2, 0, 0, 0]
    assert weeks(role(answer, "deltaker")) == [3.5, 1.5, 1.5, 1.5]
    laerer = role(answer, "laerer")
    # 10 % of 37.5 hours is 3.75 a week, 15 in four weeks; 7 of 15.
    assert (laerer["timer"], laerer["avsatt_i_uka"], laerer["avsatt"], laerer["i_uka"]) == (7, 3.75, 15, 1.75)
    assert (laerer["andel_av_avsatt"], laerer["uker_over"]) == (round(7 / 15, 6), 0)
    people = {(p["rolle"], p["person"]): p["timer"] for p in answer["personer"]}
    assert people == {("laerer", "l1"): 7, ("veileder", "v1"): 1, ("veileder", "v2"): 1}
    assert answer["deltakere"] == [
        {"deltaker": d, "timer": 3, "egne_timer": 4, "semestre": [{"semester": "2024-host", "timer": 3, "egne_timer": 4}]}
        for d in ("D01", "D02")
    ]  # fmt: skip
    assert answer["per_deltaker"] == {"timer": 3, "egne_timer": 4}
    assert answer["uten_tid"] == ["rapport"]
    assert answer["vanlig_tid"] == ["mote"]
    assert answer["utenfor"] == [{"rutine": "hjelp", "grunn": "behov"}]


def test_the_busiest_week_and_what_makes_it(kjor: Kjor, klassen: Path) -> None:
    """The mean of the teacher's four weeks is 1.75 hours: only week 36 is above it."""
    (peak,) = [t for t in measured(kjor, klassen)["topper"] if t["rolle"] == "laerer"]
    assert (peak["person"], peak["uke"], peak["timer"]) == ("l1", "2024-u36", 2.5)
    assert [(d["rutine"], d["antall"], d["timer"]) for d in peak["deler"] if d["timer"]] == [
        ("samtale", 2, 1.5), ("mote", 1, 1),
    ]  # fmt: skip


def test_scenarios_by_flags(kjor: Kjor, klassen: Path) -> None:
    """
        --varighet elevsamtale=90       2 x 90 = 3 h a week, 4 h in week 36
        --forberedelse samtale=15       2 x 15 = 0.5 h a week more, the teacher's: the participants prepare nothing
        --varighet rapport=30           2 reports at the end: an hour more in week 39
        --avsatt laerer=5t              5 h a week, 20 in all
        --deltakere 6                   three times as many: 3 x 1.5 = 4.5 h a week; the meeting is one
    """  # fmt: skip
    assert weeks(role(measured(kjor, klassen, "--varighet", "elevsamtale=90"), "laerer")) == [4, 3, 3, 3]
    longer = measured(kjor, klassen, "--varighet", "samtale=1,5 timer", "--varighet", "elevsamtale=10")
    assert weeks(role(longer, "laerer")) == [4, 3, 3, 3]  # the routine's own before its type
    prepared = measured(kjor, klassen, "--forberedelse", "samtale=15")
    assert weeks(role(prepared, "laerer")) == [3, 2, 2, 2]
    assert weeks(role(prepared, "laerer"), "forberedelse") == [0.5] * 4
    assert weeks(role(prepared, "deltaker")) == [3.5, 1.5, 1.5, 1.5]
    assert weeks(role(measured(kjor, klassen, "--varighet", "rapport=30"), "laerer")) == [2.5, 1.5, 1.5, 2.5]
    aside = role(measured(kjor, klassen, "--avsatt", "laerer=5t"), "laerer")
    assert (aside["avsatt_i_uka"], aside["avsatt"]) == (5, 20)
    more = measured(kjor, klassen, "--deltakere", "6")
    assert (more["faktor"], more["deltakere_snitt"], more["deltakere"]) == (3, 6, [])
    assert weeks(role(more, "laerer")) == [5.5, 4.5, 4.5, 4.5]
    assert weeks(role(more, "veileder")) == [2, 0, 0, 0]
    assert weeks(role(more, "deltaker")) == [10.5, 4.5, 4.5, 4.5]
    assert more["per_deltaker"] == {"timer": 3, "egne_timer": 4}


def test_a_portfolio_larger_than_the_class(kjor: Kjor, tmp_path: Path) -> None:
    """Four participants, two talks of 30 minutes in four weeks with the veileder, who may have 50.

    4 x 30 x 2 = 240 min / 4 participants / 4 weeks = 15 min a week each; 50 x 15 min = 12.5 hours a week.
    """
    talk = SAMTALE_OG_MOTE.replace('ansvarlig = "laerer"', 'ansvarlig = "veileder"', 1).replace("45", "30")
    talk = talk.replace('{ antall = 1, per = "uke" }', '{ antall = 2, per = "maned", minst_mellom = "1 uke" }')
    found = role(measured(kjor, skriv_klasse(tmp_path, talk, 4)), "veileder")
    assert found["portefolje"] == {"antall": 50, "deltakere": 4, "per_deltaker": 0.25, "hele": 12.5}


BESOK = """
[[rutiner]]
id = "besok"
navn = "Besøk"
type = "bedriftsbesok"
niva = "deltaker"
ansvarlig = "laerer"
deltar = ["deltaker", "vertskap"]
varighet = "60 minutter"
frekvens = { antall = 1, per = "uke" }
gjelder = { i_praksis = true }
"""


@pytest.mark.parametrize(
    ("sted", "reise", "turer"),
    [
        ("Kantine 1", [0.5] * 4, {"besok": 8, "turer": 4, "uten_sted": 0}),
        ("Kantine {n}", [1] * 4, {"besok": 8, "turer": 8, "uten_sted": 0}),
    ],
)
def test_one_trip_serves_those_at_the_same_place_the_same_day(
    kjor: Kjor, tmp_path: Path, sted: str, reise: list[float], turer: dict[str, int]
) -> None:
    """Two participants in practice on Wednesdays, a visit each a week, half an hour there and back.

    The participants and the host are there already, and do not travel.
    """
    practice = 'praksis = [{{ fra = 2024-09-02, ukedager = ["onsdag"], sted = "' + sted + '" }}]'
    answer = measured(kjor, skriv_klasse(tmp_path, BESOK, 2, praksis=practice), "--reise", "bedriftsbesok=30")
    assert weeks(role(answer, "laerer"), "reise") == reise
    assert weeks(role(answer, "laerer"), "mote") == [2] * 4
    assert sum(weeks(role(answer, "deltaker"), "reise") + weeks(role(answer, "vertskap"), "reise")) == 0
    assert answer["turer"] == turer
    shared = sum(d["timer"] - d["egne_timer"] - 4 for d in answer["deltakere"])  # the host's 4 hours apart
    assert shared == sum(reise)


def test_plan_csv_decides_days_lengths_and_places(kjor: Kjor, tmp_path: Path) -> None:
    """The first visit of each is moved to Friday of week 36, 90 minutes, at one place: one trip."""
    practice = 'praksis = [{{ fra = 2024-09-02, ukedager = ["onsdag"], sted = "Kantine {n}" }}]'
    skriv_klasse(tmp_path, BESOK, 2, praksis=practice)
    rows = ["punkt;rutine;deltaker;dato;start;slutt;sted;last"]
    rows += [
        f"k/besok/D{n:02d}/2024-u36/1;Besøk;D{n:02d};2024-09-06;{h}:00;{h + 1}:30;Torget;ja"
        for n, h in ((1, 9), (2, 12))
    ]
    (tmp_path / "plan.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    answer = measured(kjor, tmp_path, "--reise", "besok=30")
    assert answer["fra_plan"] is True
    assert weeks(role(answer, "laerer"), "mote") == [3, 2, 2, 2]
    assert weeks(role(answer, "laerer"), "reise") == [0.5, 1, 1, 1]
