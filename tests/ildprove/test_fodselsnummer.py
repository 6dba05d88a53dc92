"""Numbers of every series are made by the rules, and refused at every kind of place."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ildprove import klasse, prosess
from ildprove.fodselsnummer import SERIER, judge, numre, skrivemater, try_place
from ildprove.steder import STEDER, SVAR
from oppfolgingscli.personvern import has_fodselsnummer, may_have_fodselsnummer, skjul

if TYPE_CHECKING:
    from pathlib import Path

NUMRE = list(numre(random.Random(11), 4))  # noqa: S311 - numbers of nobody, not secrets


def test_numrene_er_gyldige_etter_reglene() -> None:
    """Skatteetaten: the weighted sums with the check digits are 0 modulo 11; from 2032 the first may be 0 to 3."""
    series = {serie.navn: serie for serie in SERIER}
    for name, number in NUMRE:
        digits = [int(c) for c in number]
        first = sum(w * d for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), digits, strict=False)) % 11
        assert sum(w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), digits, strict=True)) % 11 == 0
        if name == "FH-numre":
            assert number[0] in "89"
            assert first == 0
            continue
        serie = series[name]
        assert first in serie.rester
        date(2000, int(number[2:4]) - serie.maned, min(int(number[:2]) - serie.dag, 28))
    assert {name for name, _number in NUMRE} == {*series, "FH-numre"}


@pytest.mark.parametrize(("serie", "number"), NUMRE[::4], ids=[name for name, _number in NUMRE[::4]])
def test_hver_skrivemate_blir_sett_og_skjult(serie: str, number: str) -> None:
    for way, text in skrivemater(number):
        assert has_fodselsnummer(text), way
        assert may_have_fodselsnummer(f"k1;2024-10-01;{text};x\r\n"), way
        assert not has_fodselsnummer(skjul(text)), way
        assert number[6:] not in skjul(text), way


@pytest.mark.parametrize("name", [n for n, _number in NUMRE[::4]])
def test_nullen_et_regneark_tok_bort(name: str) -> None:
    """Ten digits that stand alone are a number when they are valid with the 0, and else are not."""
    rng = random.Random(name)  # noqa: S311 - as above
    with_zero = [
        n for _k in range(200) for series, n in numre(rng, 1) if series == name and n.startswith("0") and n[1] != "0"
    ]
    for number in with_zero[:5]:
        assert has_fodselsnummer(number[1:])
        assert not has_fodselsnummer(f"ring {number[1:]}")
        wrong = f"{number[1:10]}{(int(number[10]) + 5) % 10}"
        assert not has_fodselsnummer(wrong)


@pytest.mark.parametrize(
    "place",
    [
        "logg ny --notat", "sjekk --mappe", "kontakter.csv: deltaker", "avtaler.csv: tiltak", "oppfolging.toml: skrevet med \\u",
        "plan.csv: merknad", "et regneark å importere", "spørsmål i logg ny: notat", "spørsmål i logg rett: form", "hjelpen",
    ],
)  # fmt: skip
def test_stedet_nekter_og_gjentar_ikke(tmp_path: Path, place: str) -> None:
    number = NUMRE[5][1]
    chosen = [(number, "slik", number), (number, "med tankestrek", f"{number[:6]}–{number[6:]}")]
    assert try_place((tmp_path, place, chosen)) == (place, 2, [])


@pytest.mark.treg
@pytest.mark.parametrize("place", STEDER)
def test_hvert_sted(tmp_path: Path, place: str) -> None:
    number = NUMRE[9][1]
    chosen = [(number, "slik", number), (number, "med skråstrek", f"{number[:6]}/{number[6:]}")]
    assert try_place((tmp_path, place, chosen)) == (place, 2, [])


def test_dommeren_ser_det_som_slipper_gjennom(tmp_path: Path) -> None:
    """A judge that never finds anything would be no use."""
    number = NUMRE[0][1]
    taken = judge(number, number, prosess.Utfall(0, "ført", ""), {}, {"kontakter.csv": number.encode()}, str(tmp_path))
    assert taken == ["ble tatt imot (0)", "ble skrevet", "ble gjentatt i kontakter.csv"]
    for said in (number, f"{number[:6]} {number[6:]}", f"«{number[6:]}»", " ".join(number)):
        refused = prosess.Utfall(3, "", f"elleve siffer på rad: {said}")
        assert judge(number, number, refused, {}, {}, str(tmp_path)) == ["ble gjentatt i svaret"]
    assert judge(number, number, prosess.Utfall(3, "", "elleve siffer"), {}, {}, str(tmp_path)) == []


def test_svarene_paa_sporsmaal_blir_virkelig_spurt_om(tmp_path: Path) -> None:
    """Without a number in it the same answers write a row."""
    folder = klasse.lag_mappe(tmp_path / "k")
    words = STEDER["spørsmål i logg ny: notat"][1](folder, "et notat")
    answer = prosess.kjor(*words, svar=(folder / SVAR).read_text(encoding="utf-8"))
    assert answer.kode == 0, answer
    assert b"et notat" in (folder / "kontakter.csv").read_bytes()
