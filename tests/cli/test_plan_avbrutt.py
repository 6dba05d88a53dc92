"""Killed at any moment, plan.csv is the old plan or the new one."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from cli.test_plan import PER, lag, plan
from oppfolgingscli.les.plan import read_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor

SKRIVER = """
import sys
from pathlib import Path
from oppfolgingscli.cli import rot
mappe, per = Path(sys.argv[1]), sys.argv[2]
both = [Path(p).read_text(encoding="utf-8") for p in sys.argv[3:5]]
n = 0
while True:
    (mappe / "oppfolging.toml").write_text(both[n % 2], encoding="utf-8")
    rot(["plan", "--mappe", str(mappe), "--per", per, "--metode", "grisk", "--stille"], standalone_mode=False)
    n += 1
    print(n, flush=True)
"""


@pytest.mark.treg
@pytest.mark.skipif(sys.platform == "win32", reason="plattform: kill -9 finnes ikke")
def test_killed_in_a_loop(tmp_path: Path, kjor: Kjor) -> None:
    """A process plans for 5 and for 30 participants by turns, without end; it is killed twenty times."""
    known = set()
    texts = []
    mappe = tmp_path / "klassen"
    for n in (5, 30):
        lag(mappe, n)
        (tmp_path / f"{n}.toml").write_bytes((mappe / "oppfolging.toml").read_bytes())
        texts.append(str(tmp_path / f"{n}.toml"))
    for text in (*texts, *texts, *texts):  # until the two plans no longer change each other
        (mappe / "oppfolging.toml").write_bytes((tmp_path / text).read_bytes())
        plan(kjor, mappe)
        known.add((mappe / "plan.csv").read_bytes())
    chance = random.Random(7)  # noqa: S311 - when to kill, not a secret
    seen = set()
    for _kill in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", SKRIVER, str(mappe), PER, *texts],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        ) as worker:  # fmt: skip
            assert worker.stdout is not None
            assert worker.stdout.readline()  # under way: the first plan is written
            time.sleep(chance.random() / 2)
            worker.kill()
        now = (mappe / "plan.csv").read_bytes()
        assert now in known
        seen.add(now)
        assert read_plan(mappe).funn == []
    assert len(seen) > 1
