"""The bundled data is found in a checkout and in an installed package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hatch_build
from hjelp import ROT
from oppfolgingscli import ressurser

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("navn", ressurser.DATAMAPPER)
def test_i_et_uttrekk_er_det_mappene_oeverst(navn: str) -> None:
    assert ressurser.datamappe(navn) == ROT / navn
    assert any(ressurser.datamappe(navn).iterdir())


def test_installert_er_det_mappen_i_pakken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ressurser, "_PAKKE", tmp_path / "site-packages" / "oppfolgingscli")
    bundled = tmp_path / "site-packages" / "oppfolgingscli" / "data" / "rutiner"
    bundled.mkdir(parents=True)
    assert ressurser.datamappe("rutiner") == bundled


def test_byggingen_legger_ved_de_samme_mappene() -> None:
    assert hatch_build.DATA == ressurser.DATAMAPPER


def test_ukjent_mappe() -> None:
    with pytest.raises(ValueError, match="hemmelig"):
        ressurser.datamappe("hemmelig")
