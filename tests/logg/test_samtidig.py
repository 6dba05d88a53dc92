"""Many writers at once, and writers killed at any moment: every acknowledged row is there, and the file always reads."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.les.logg_fil import read_rader

ARBEIDER = Path(__file__).with_name("arbeider.py")


def _start(mappe: Path, navn: str, antall: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(ARBEIDER), str(mappe), navn, str(antall)], stdout=subprocess.PIPE)


@pytest.mark.parametrize(
    ("prosesser", "rader"),
    [(8, 20), pytest.param(50, 60, marks=pytest.mark.treg)],
)
def test_mange_skriver_samtidig_og_ingen_rad_blir_borte(tmp_path: Path, prosesser: int, rader: int) -> None:
    workers = [_start(tmp_path, f"P{number}", rader) for number in range(prosesser)]
    said = [worker.communicate()[0].decode().split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * prosesser
    found, funn = read_rader(tmp_path / "kontakter.csv", "kontakter")
    assert funn == []
    assert len(found) == prosesser * rader
    assert sorted(rad["id"] for rad in found) == sorted(id_ for ids in said for id_ in ids)
    assert len({rad["id"] for rad in found}) == prosesser * rader
    assert len({rad["notat"] for rad in found}) == prosesser * rader
    assert {rad["notat"].partition("\n")[2] for rad in found} == {"møte; «ja»"}


@pytest.mark.skipif(sys.platform == "win32", reason="plattform: kill -9 finnes ikke")
@pytest.mark.parametrize("ganger", [10, pytest.param(80, marks=pytest.mark.treg)])
def test_den_som_drepes_mens_den_skriver_har_skrevet_hele_rader(tmp_path: Path, ganger: int) -> None:
    chance = random.Random(11)  # noqa: S311 - a moment, not a secret
    acknowledged: set[str] = set()
    for run in range(ganger):
        worker = _start(tmp_path, f"R{run}", 10_000)
        assert worker.stdout is not None
        first = worker.stdout.readline()
        time.sleep(chance.random() * 0.1)
        worker.kill()
        rest = worker.stdout.read()
        worker.stdout.close()
        worker.wait()
        # A line without its end was never told to anyone.
        acknowledged.update((first + rest).decode().rpartition("\n")[0].split("\n"))
        found, funn = read_rader(tmp_path / "kontakter.csv", "kontakter")
        assert funn == []
        ids = [rad["id"] for rad in found]
        assert acknowledged <= set(ids)
        assert len(set(ids)) == len(ids)
        assert len(ids) <= len(acknowledged) + run + 1  # at most the one in hand each time
    assert read_logg(tmp_path).funn == ()
