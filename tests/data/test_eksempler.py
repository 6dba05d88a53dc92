"""The example classes have the size, the leavers and the structure of the trial, and only invented people."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

EKSEMPLER: Final = Path(__file__).parents[2] / "eksempler"
MAPPER: Final = ("oslo-helsfyr", "sorumsand", "vestby", "vestland")


def les(mappe: str) -> dict[str, Any]:
    oppsett = tomllib.loads((EKSEMPLER / mappe / "oppfolging.toml").read_text(encoding="utf-8"))
    if isinstance(oppsett["deltakere"], str):
        oppsett["deltakere"] = tabell(mappe, oppsett["deltakere"])
    return oppsett


def tabell(mappe: str, navn: str) -> list[dict[str, str]]:
    with (EKSEMPLER / mappe / navn).open(encoding="utf-8", newline="") as fil:
        return list(csv.DictReader(fil, delimiter=";"))


# What the report counts: taken in, and why people left.
@pytest.mark.parametrize(
    ("mappe", "antall", "arsaker"),
    [
        ("oslo-helsfyr", 26, {"fodselspermisjon": 1, "veiledet-ut": 2, "eget-valg": 4}),
        ("sorumsand", 13, {"sprak": 1, "familie": 1}),
        ("vestby", 13, {}),
        ("vestland", 14, {"flytting": 1, "graviditet": 1, "veiledet-ut": 1}),
    ],
)
def test_storrelse_og_frafall(mappe: str, antall: int, arsaker: dict[str, int]) -> None:
    deltakere = les(mappe)["deltakere"]
    sluttet = [d for d in deltakere if d.get("slutt")]

    assert [d["id"] for d in deltakere] == [f"D{n:02d}" for n in range(1, antall + 1)]
    assert Counter(d["sluttarsak"] for d in sluttet) == arsaker


def test_i_oslo_er_nitten_igjen_og_en_kom_til() -> None:
    deltakere = les("oslo-helsfyr")["deltakere"]

    assert sum(not d["slutt"] for d in deltakere) == 19
    assert [d["id"] for d in deltakere if d["start"]] == ["D26"]
    assert Counter(d["gruppe"] for d in deltakere)["uten-grunnskole"] == 10


def test_i_oslo_begynner_praksis_etter_gruppe() -> None:
    gruppe = {d["id"]: d["gruppe"] for d in les("oslo-helsfyr")["deltakere"]}
    forste: dict[str, str] = {}
    for rad in tabell("oslo-helsfyr", "perioder.csv"):
        if rad["slag"] == "praksis":
            forste.setdefault(rad["deltaker"], rad["fra"])

    assert {fra for d, fra in forste.items() if gruppe[d] == "uten-grunnskole"} == {"2024-08-26"}
    assert all(fra < "2024-02" for d, fra in forste.items() if gruppe[d] == "med-grunnskole")


def test_i_vestby_er_det_en_praksisdag_mer_for_hvert_ar() -> None:
    for deltaker in les("vestby")["deltakere"]:
        assert [len(p["ukedager"]) for p in deltaker["praksis"]] == [1, 2, 3, 4]
        assert deltaker["praksis"][0]["fra"].month == 1


def test_i_vestland_er_alle_frafall_i_forkurset() -> None:
    slutt = [d["slutt"] for d in les("vestland")["deltakere"] if "slutt" in d]

    assert max(slutt) <= date(2024, 6, 21)


@pytest.mark.parametrize("mappe", MAPPER)
def test_klassen_folger_skoleruta_fra_forste_til_siste_dag(mappe: str) -> None:
    klasse = les(mappe)["klasse"]
    rute = EKSEMPLER.parent / "skoleruter" / f"{klasse['skolerute']}.toml"
    skolear = tomllib.loads(rute.read_text(encoding="utf-8"))["skolear"]

    assert klasse["start"] == skolear[0]["forste"]
    assert klasse["slutt"] == skolear[3]["siste"]


@pytest.mark.parametrize("mappe", MAPPER)
def test_folkene_er_oppdiktet(mappe: str) -> None:
    personer = les(mappe)["personer"]
    filer = [f for f in (EKSEMPLER / mappe).iterdir() if f.suffix in {".toml", ".csv"}]
    tekst = "".join(f.read_text(encoding="utf-8") for f in filer)

    assert all(p["epost"].endswith(".example") for p in personer.values())
    assert all(re.fullmatch(r".+ [A-Z]", p["navn"]) for p in personer.values())
    assert not re.search(r"(?<!\d)(?:\d[ .-]?){10}\d(?!\d)", tekst), "looks like a national id number"
