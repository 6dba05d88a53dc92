"""Past one machine: the audit by Dask on two local workers, over Parquet by class, is what the command says itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hjelp import ROT, Kjor

pytest.importorskip("polars")
pytest.importorskip("distributed")

BENK = ROT / "benk"


def script(name: str, *words: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, str(BENK / name), *map(str, words)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.treg
def test_two_workers_say_what_the_command_says(kjor: Kjor, tmp_path: Path) -> None:
    script("lag_masse.py", tmp_path / "csv", "--deltakere", "150", "--stokket")
    with (tmp_path / "csv" / "kontakter.csv").open("a", encoding="utf-8") as file:
        file.write("K99999;x1;2024-02-01;ukessamtale;;D01;;;;;;;\nK00001;x2;i fjor;ukessamtale;;D01;;;;;;;\n")
    script("skala_dask.py", tmp_path / "csv", "--parquet", tmp_path / "delt")
    assert len(list((tmp_path / "delt" / "kontakter").iterdir())) == 7
    told = script(
        "skala_dask.py", tmp_path / "delt", "--per", "2027-08-31", "--deler", "4", "--kontroll", "--ut", tmp_path / "dask.json"
    )  # fmt: skip
    assert "the same in every figure" in told
    here = kjor("revisjon", tmp_path / "delt", "--per", "2027-08-31", "--format", "json")
    assert here.exit_code == 0
    assert "1 rad gjelder en klasse som ikke finnes" in here.stderr
    assert (tmp_path / "dask.json").read_text(encoding="utf-8") == here.stdout
