"""Every finding a check may count has words of its own, in every language."""

from __future__ import annotations

import re

import pytest

from hjelp import ROT
from oppfolgingscli.les.logg_kolonner import FUNN
from oppfolgingscli.sprak import set_sprak
from oppfolgingscli.vis.sjekkord import finding_words

KILDE = ROT / "src" / "oppfolgingscli"
# Not seen by a check: only the calendars read busy times.
ANDRE = {"ulest_opptatt"}


def codes() -> set[str]:
    found = set(FUNN)
    for path in KILDE.rglob("*.py"):
        found.update(re.findall(r'Varsel\(\s*"([a-z_]+)"', path.read_text(encoding="utf-8")))
    return found - ANDRE


def test_there_are_codes() -> None:
    assert {"duplikat", "maneder_pa_klokke", "ulest_rad", "vindu_uten_dager"} <= codes()


@pytest.mark.parametrize("sprak", ["nb", "nn", "en"])
def test_every_code_has_words(sprak: str) -> None:
    set_sprak(sprak)
    for code in codes():
        for n in (1, 3):
            text = finding_words(code, n)
            assert text.startswith(f"{n} ")
            assert "_" not in text
