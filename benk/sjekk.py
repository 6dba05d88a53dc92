"""How long `sjekk` takes beside a bare click program, for classes of any size, measured in one run.

    python gjor.py benk                       (runs this after the start-up benchmark)
    python benk/sjekk.py --storrelser 26 1000 10000

Prints medians, ratios to the bare program and to the class of 26, and the most memory. Nothing here passes
or fails. The aims: one class at most 4 x the bare program, 1 000 participants under 15 x one class, and
growth in step with the data up to 10 000.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from oppstart import TOMT_PROGRAM, measure

PER = "2026-05-20"
ONE_CLASS = 26


def main() -> None:
    """Make the classes, measure in turn, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--storrelser", type=int, nargs="+", default=[ONE_CLASS, 1000], help="participants")
    parser.add_argument("--antall", type=int, default=7, help="runs of each")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "tomt.py")
        bare.write_text(TOMT_PROGRAM, encoding="utf-8")
        commands = {"bare click --help": [sys.executable, str(bare), "--help"]}
        rows: dict[str, int] = {}
        for n in given.storrelser:
            name = f"sjekk, {n} participants"
            # In a process of its own: a child's peak memory counts what its parent held when it began.
            maker = [sys.executable, str(Path(__file__).with_name("lag_klasse.py"))]
            subprocess.run(
                [*maker, str(Path(folder, str(n))), "--deltakere", str(n)], check=True, stderr=subprocess.DEVNULL
            )
            log = Path(folder, str(n), "kontakter.csv").read_bytes()
            rows[name] = log.count(b"\n") - 1
            where = ["--mappe", str(Path(folder, str(n))), "--per", PER, "--ut", str(Path(folder, f"{n}.txt"))]
            commands[name] = [sys.executable, "-m", "oppfolgingscli", "sjekk", *where]
        times: dict[str, list[float]] = {name: [] for name in commands}
        memory: dict[str, int] = {}
        for words in commands.values():
            measure(words, ok=(0, 1))
        for _ in range(given.antall):
            for name, words in commands.items():
                seconds, peak = measure(words, ok=(0, 1))
                times[name].append(seconds)
                memory[name] = max(memory.get(name, 0), peak or 0)
    base = statistics.median(times["bare click --help"])
    one = statistics.median(times.get(f"sjekk, {ONE_CLASS} participants", [base]))
    print(f"{given.antall} runs of each, in turn; Python {sys.version.split()[0]} on {sys.platform}")
    print(f"{'command':<28}{'contacts':>10}{'median ms':>11}{'to bare':>9}{'to one class':>14}{'peak MiB':>10}")
    for name, runs in times.items():
        median = statistics.median(runs)
        print(
            f"{name:<28}{rows.get(name, ''):>10}{median * 1000:>11.1f}{median / base:>8.1f}x"
            f"{median / one:>13.1f}x{memory[name] / 1024:>10.1f}"
        )


if __name__ == "__main__":
    main()
