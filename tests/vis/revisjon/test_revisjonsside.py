"""The audit's page in a real browser: axe-core, from workspaces and with almost everything hidden."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import nettleser
from hjelp import EKSEMPLER, ROT, Kjor


@pytest.mark.treg
@pytest.mark.krever_nettleser
def test_axe_finds_nothing(kjor: Kjor, tmp_path: Path) -> None:
    for name in EKSEMPLER:
        shutil.copytree(ROT / "eksempler" / name, tmp_path / "inn" / name)
    krav = tmp_path / "krav.toml"
    krav.write_text(
        'format = 1\n[[krav]]\ntype = "elevsamtale"\nmal = "i_tide_andel"\nminst = 0.99\n'
        '[[krav]]\ngrunnlag = "skriftlig"\nmal = "gjort_andel"\nminst = 0.5\n',
        encoding="utf-8",
    )
    pages = []
    for name, words in {
        "nb": ("--krav", krav),
        "en": ("--sprak", "en", "--terskel", "30"),
    }.items():
        pages.append(tmp_path / f"{name}.html")
        result = kjor("revisjon", tmp_path / "inn", "--per", "2025-06-20", "--ut", pages[-1], *words)
        assert result.exit_code == (1 if name == "nb" else 0), result.stderr
    assert nettleser.axe(pages) == {page: [] for page in pages}
