"""A teacher at a real browser: the overdue line, the form, the file. And what axe-core says of every page."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from web.leser import drive, tjener
from web.sider import SIDER

pytestmark = [pytest.mark.treg, pytest.mark.krever_nettleser]

PER = ("--per", "2024-03-01")


def rows(klasse: Path) -> list[dict[str, str]]:
    with (klasse / "kontakter.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_foer_en_kontakt_med_tastaturet_se_linjen_ga_og_finn_raden(klasse: Path) -> None:
    before = (klasse / "kontakter.csv").read_bytes()
    fra_listen: list[list[Any]] = [
        ["goto", "/"],
        ["expect", "7 dager over*"],
        ["count", "#forfalt .linjer > li"],
        ["tab_to", "Før besøk: D01"],
        ["submit", "Enter"],
        ["focus_in", "#dato"],  # everything is filled in, and Enter sends it
        ["value", "#deltaker"],
        ["submit", "Enter"],
        ["focus_in", ".kvittering"],
        ["axe"],
        ["expect", "Rad k15 i kontakter.csv"],
        ["expect", "D01: Besøk på praksisplassen (7 dager over*)"],
        ["goto", "/"],
        ["expect_gone", "7 dager over*"],
        ["count", "#forfalt .linjer > li"],
    ]
    fra_et_tomt_skjema: list[list[Any]] = [
        ["goto", "/logg"],
        ["focus_in", "#deltaker"],
        ["type", "D77"],
        ["submit", "Enter"],
        ["focus_in", ".oppsummering"],
        ["axe"],
        ["expect", "Ukjent deltaker: D77"],
        ["expect", "Velg hva det var."],
        ["press", "Tab"],
        ["press", "Enter"],  # the summary's link leads to the field
        ["focus_in", "#deltaker"],
        ["press", "Control+a"],
        ["type", "d03"],
        ["press", "Tab"],
        ["type", "Skolens"],  # one chooses in a list by typing
        ["tab_to", "Notat"],
        ["type", "Ringte hjem"],
        ["tab_to", "Før i loggen"],
        ["submit", "Enter"],
        ["focus_in", ".kvittering"],
    ]
    with tjener(klasse, *PER) as t:
        answer = drive(t, steg=[*fra_listen, *fra_et_tomt_skjema])
    assert answer["feil"] == []
    assert (answer["steg"][2], answer["steg"][6], answer["steg"][14]) == ("3", "D01", "2")
    assert (klasse / "kontakter.csv").read_bytes().startswith(before)
    *_, first, second = rows(klasse)
    assert (first["id"], first["dato"], first["rutine"], first["deltaker"], first["deltok"]) == (
        "k15", "2024-03-01", "besok", "D01", "l1,deltaker",
    )  # fmt: skip
    assert (second["id"], second["deltaker"], second["rutine"], second["notat"]) == (
        "k16", "D03", "elevsamtale", "Ringte hjem",
    )  # fmt: skip


def test_doren_uten_nokkel_og_med_passord(klasse: Path) -> None:
    with tjener(klasse, *PER) as t:
        fremmed = replace(t, start=f"{t.origin}/deltaker")
        answer = drive(fremmed, steg=[["expect", "Du er ikke inne"], ["axe"]])
        assert answer["feil"] == []
    # Not one of the names a machine has for itself, so a password is asked for; and still only this machine.
    with tjener(klasse, *PER, "--vert", "127.0.0.2", miljo={"OPPFOLGING_WEB_PASSORD": "et langt passord"}) as t:
        steg = [
            ["focus_in", "#passord"],
            ["type", "feil passord"],
            ["submit", "Enter"],
            ["expect", "Passordet er ikke riktig."],
            ["axe"],
            ["type", "et langt passord"],
            ["submit", "Enter"],
            ["expect", "Hvem skylder jeg noe?"],
            ["tab_to", "Logg ut"],
            ["submit", "Enter"],
            ["focus_in", "#passord"],
        ]
        answer = drive(t, steg=steg)
        assert answer["feil"] == []


def test_axe_finner_ingenting_paa_noen_side(klasse: Path) -> None:
    with tjener(klasse, *PER) as t:
        answer = drive(t, axe=list(SIDER))
    assert answer["feil"] == []
    assert {path: faults for path, faults in answer["axe"].items() if faults} == {}
    assert set(answer["axe"]) == set(SIDER)
