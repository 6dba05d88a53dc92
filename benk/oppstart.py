"""How long the commands take beside a bare click program, measured side by side in one run.

    python gjor.py benk            every command 15 times, in turn
    python gjor.py benk --antall 40

Prints medians, ratios to the bare program and the most memory each one held. Nothing here passes or
fails: a shared machine is too uneven for that. The aims: --help at most 1.5 x, utvid at most 4 x.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

EKSEMPEL = Path(__file__).resolve().parents[1] / "eksempler" / "oslo-helsfyr"
TOMT_PROGRAM = """\
import click


@click.group()
def program() -> None:
    pass


@program.command()
def hei() -> None:
    click.echo("hei")


if __name__ == "__main__":
    program()
"""


class Maalt(NamedTuple):
    """Seconds by the clock; the most memory held, in KiB, and seconds of work in all threads (None: unknown)."""

    klokke: float
    minne: int | None
    arbeid: float | None


def measure(words: list[str], ok: tuple[int, ...] = (0,)) -> tuple[float, int | None]:
    """Run a command; return seconds by the clock and the most memory it held, in KiB (None: unknown)."""
    return measure_work(words, ok)[:2]


def measure_work(words: list[str], ok: tuple[int, ...] = (0,)) -> Maalt:
    """Run a command; return what it took."""
    start = time.perf_counter()
    # Installed programs have their bytecode; a checkout gets it too, whatever the shell says.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    memory = work = None
    if hasattr(os, "wait4"):
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = code = os.waitstatus_to_exitcode(status)
        memory = usage.ru_maxrss // 1024 if sys.platform == "darwin" else usage.ru_maxrss
        work = usage.ru_utime + usage.ru_stime
    else:
        code = process.wait()
        seconds = time.perf_counter() - start
    if code not in ok:
        sys.exit(f"{' '.join(words)} ended with {code}")
    return Maalt(seconds, memory, work)


def main() -> None:
    """Measure, interleaved, so that whatever else the machine does hits all alike."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--antall", type=int, default=15, help="runs of each command")
    runs = parser.parse_args().antall
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "tomt.py")
        bare.write_text(TOMT_PROGRAM, encoding="utf-8")
        own = [sys.executable, "-m", "oppfolgingscli"]
        where = ["--mappe", str(EKSEMPEL), "--per", "2025-03-01"]
        late = ["--mappe", str(EKSEMPEL), "--per", "2025-06-20"]  # the last day of the log
        commands = {
            "bare click --help": [sys.executable, str(bare), "--help"],
            "oppfolging --version": [*own, "--version"],
            "oppfolging --help": [*own, "--help"],
            "oppfolging utvid --format json": [*own, "utvid", *where, "--format", "json"],
            "oppfolging kalender": [*own, "kalender", *where, "--ut", str(Path(folder, "kalendere"))],
            "oppfolging rapport": [*own, "rapport", *late, "--ut", str(Path(folder, "r.txt"))],
            "oppfolging rapport --ut r.html": [*own, "rapport", *late, "--ut", str(Path(folder, "r.html"))],
            "oppfolging rapport --ut r.xlsx": [*own, "rapport", *late, "--ut", str(Path(folder, "r.xlsx"))],
            "oppfolging arshjul --ut a.svg": [*own, "arshjul", *late, "--ut", str(Path(folder, "a.svg"))],
            "oppfolging handbok --ut h.docx": [*own, "handbok", *late, "--ut", str(Path(folder, "h.docx"))],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        memory: dict[str, int] = {}
        for words in commands.values():  # once without counting: bytecode and disk caches
            measure(words)
        for _ in range(runs):
            for name, words in commands.items():
                seconds, held = measure(words)
                times[name].append(seconds)
                memory[name] = max(memory.get(name, 0), held or 0)
    base = statistics.median(times["bare click --help"])
    print(f"{runs} runs of each, interleaved; Python {sys.version.split()[0]} on {sys.platform}")
    print(f"{'command':<32}{'median ms':>10}{'min ms':>9}{'ratio':>8}{'peak MiB':>10}")
    for name, taken in times.items():
        median = statistics.median(taken)
        peak = f"{memory[name] / 1024:.1f}" if memory[name] else "-"
        print(f"{name:<32}{median * 1000:>10.1f}{min(taken) * 1000:>9.1f}{median / base:>7.2f}x{peak:>10}")


if __name__ == "__main__":
    main()
