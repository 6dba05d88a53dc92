"""The ordeal: every section in its short form, and the document it makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ildprove.__main__ import AVSNITT, load, titler
from ildprove.arbeider import read_korpus, try_one
from ildprove.mal import BRUTT, KORPUS, MAL, check, prepare
from ildprove.mutasjon import Mutator
from ildprove.ramme import DOKUMENT, Avsnitt, Valg, grense, read_avsnitt, tall

RASKE = {"fuzz"}
"""Sections whose short form takes less than two seconds."""


@pytest.mark.treg
@pytest.mark.parametrize(
    "navn", [pytest.param(navn, marks=() if navn in RASKE else pytest.mark.treg) for navn in AVSNITT]
)
def test_avsnittet_i_kort_form(navn: str, tmp_path: Path) -> None:
    found = load(navn).run(Valg(tmp_path, kort=True, arbeidere=1))
    assert found.feil == []
    assert found.rader
    assert found.tittel == load(navn).TITTEL


def test_dokumentet_har_avsnittene_kommandoen_lager() -> None:
    text = DOKUMENT.read_text(encoding="utf-8")
    sections = read_avsnitt(text)
    assert list(sections) == titler()
    assert "Gikk ikke" not in text
    inputs = re.search(r"\| \*\*Til sammen\*\* \| ([\d\u00a0]+) \| ingen feilet", sections[load("fuzz").TITTEL])
    assert inputs is not None
    assert int(inputs[1].replace("\u00a0", "")) >= 200_000


def test_et_avsnitt_som_markdown() -> None:
    section = Avsnitt("Tittel", "Påstand.", kolonner=("A", "B", "C"))
    section.add("x|y", 210_000, "ingen feilet")
    assert section.markdown() == (
        "## Tittel\n\nPåstand.\n\n| A | B | C |\n| --- | ---: | --- |\n| x\\|y | 210\u00a0000 | ingen feilet |\n"
    )
    section.feil.append("nr. 3: henger")
    assert "**Gikk ikke:**\n\n- nr. 3: henger" in section.markdown()
    assert list(read_avsnitt("# Topp\n\n" + section.markdown())) == ["Tittel"]


def test_tall_og_grenser() -> None:
    assert tall(200_000) == "200\u00a0000"
    assert grense(0.31, (0.1, 0.5, 1), "s") == "<\u00a00,5\u00a0s"
    assert grense(3, (0.1, 0.5, 1), "s") == "≥\u00a01\u00a0s"


# --- The corpus ---------------------------------------------------------------------------------


@pytest.mark.parametrize("mal", MAL, ids=lambda mal: mal.navn)
def test_korpuset_og_alt_som_en_gang_felte_noe(mal: object, tmp_path: Path) -> None:
    target = next(m for m in MAL if m is mal)
    path = prepare(target, tmp_path)
    files = read_korpus(target, brutt=True)
    assert files
    assert {raw: wrong for raw in files if (wrong := try_one(target, path, raw, "nb")[0])} == {}


def test_hver_mappe_i_korpuset_har_et_mal() -> None:
    used = {mal.korpus for mal in MAL} | {"arbeidsmappe", BRUTT.name}
    assert {path.name for path in KORPUS.iterdir() if path.is_dir()} == used
    names = {mal.fil.replace(".", "-") for mal in MAL}
    assert {path.name for path in BRUTT.iterdir()} <= names


def test_det_samme_froet_gir_de_samme_filene() -> None:
    for mal in MAL:
        files = read_korpus(mal)
        made = [Mutator(f"1/{mal.navn}/{n}", files, mal.format).make() for n in range(5)]
        assert made == [Mutator(f"1/{mal.navn}/{n}", files, mal.format).make() for n in range(5)]
        assert any(raw not in files for raw in made)


def test_hva_en_melding_ikke_kan_ha() -> None:
    assert check("kontakter.csv:3: datoen mangler.") is None
    assert check("id: 01010112345") == "eleven digits are repeated"
    assert check("ukjent \x1b[31m") == "U+001B in a message"
    assert check("<class 'int'>") is not None
