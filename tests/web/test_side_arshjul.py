"""The annual wheel in the browser: the command's own picture, and every line of its text version."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hjelp import Kjor
from web.conftest import PER
from web.tjener import Nettleser


def test_hver_linje_av_teksten_staar_paa_siden(leser: Nettleser, klasse: Path, kjor: Kjor) -> None:
    text = kjor("arshjul", "--mappe", klasse, "--per", PER.isoformat()).stdout
    page = leser.get("/arshjul").tekst.replace("\u00a0", " ")
    lines = [line.strip(" ·") for line in text.replace("\u00a0", " ").splitlines() if line.strip(" –")]
    assert len(lines) > 30
    for line in lines:
        for part in re.split(r"  +", line):
            assert part in page, part


@pytest.mark.parametrize(("kind", "papir"), [("svg", "a4"), ("svg", "a3"), ("png", "a4")])
def test_filene_er_de_kommandoen_skriver(
    leser: Nettleser, klasse: Path, kjor: Kjor, kind: str, papir: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Pixels take seconds, and are tested where they are made: here it is enough that both ask for the same.
    monkeypatch.setattr("oppfolgingscli.vis.arshjul.png.to_png", lambda svg: b"png of " + svg.encode())
    svar = leser.get(f"/arshjul?format={kind}&papir={papir}&skolear=2024&rolle=laerer")
    fil = tmp_path / f"a.{kind}"
    kjor("arshjul", "--mappe", klasse, "--skolear", "2024", "--rolle", "laerer", "--papir", papir, "--ut", fil)
    assert svar.innhold == fil.read_bytes()
    assert svar.hoder["content-disposition"] == f'attachment; filename="arshjul-2024-{papir}.{kind}"'


def test_et_annet_skolear_og_en_rolle(leser: Nettleser) -> None:
    svar = leser.get("/arshjul?skolear=2024&rolle=veileder")
    assert "Årshjul 2024/25" in svar.tekst
    assert "Skolens samtale med deltakeren" not in svar.tekst
    assert '<option value="2024" selected>2024/25</option>' in svar.html


@pytest.mark.parametrize(
    "valg", ["skolear=1999", "skolear=x", "rolle=noe", "format=pdf", "format=svg&papir=a5", "skolear=2023/24"]
)
def test_det_som_ikke_finnes_er_en_side(leser: Nettleser, valg: str) -> None:
    assert leser.get(f"/arshjul?{valg}").kode == 404
