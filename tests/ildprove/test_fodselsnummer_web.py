"""The forms of the local page refuse identity numbers in every way they can be written."""

from __future__ import annotations

import random
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hjelp import ROT
from ildprove.fodselsnummer import numre, skrivemater
from web.tjener import Nettleser

if TYPE_CHECKING:
    from pathlib import Path

NUMMER = dict(numre(random.Random(32), 1))["2032-serien"]  # noqa: S311 - a number of nobody, not a secret
MATER = list(skrivemater(NUMMER))
HELT = {"deltaker": "D01", "hva": "besok", "dato": "2024-03-01"}


@pytest.mark.parametrize(
    "mater", [pytest.param(MATER[::20], id="noen"), pytest.param(MATER, id="alle", marks=pytest.mark.treg)]
)
def test_skjemaet_nekter_og_gjentar_ikke(tmp_path: Path, mater: list[tuple[str, str]]) -> None:
    folder = shutil.copytree(ROT / "tests" / "cli" / "sjekk" / "klasse", tmp_path / "k")
    leser = Nettleser(folder, date(2024, 3, 1))
    assert leser.fyll("/logg", **HELT, notat="et notat").kode == 303
    log = folder / "kontakter.csv"
    before = log.read_bytes()
    for way, text in mater:
        answer = leser.fyll("/logg", **HELT, notat=text)
        assert answer.kode == 422, way
        assert text not in answer.html, way
        assert NUMMER[:6] not in answer.html, way
        assert NUMMER[6:] not in answer.html, way
    assert log.read_bytes() == before
