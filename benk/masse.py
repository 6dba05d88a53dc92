"""The audit over columns beside what it can be compared with, on data of any size, all measured in one run.

    python benk/masse.py                                   66 and 1 000 participants
    python benk/masse.py --storrelser 66 1000 10000 100000

For each size, four school years of some 62 points a participant and year: ``oppfolging revisjon`` on the CSV files,
from the start of the program to a publication as json; (a) polars reading and sorting the
same CSV; (b) the usual pandas script, where pandas is installed and up to ``--pandas`` participants (one for each
routine and participant, as such scripts are written); (c) hledger's budget report on the weekly and monthly routines,
where hledger is installed and up to ``--hledger`` participants; and for 66 ``sjekk`` on the same rows.
Each in a process of its own. Prints the median of the runs, ratios and the most memory. Nothing here passes or fails.
The aims: 100 000 participants at most 3 x (a) and under 4 GiB, at least 20 x faster than (b), at most 11 x as long as
10 000; 66 participants at most 2 x ``sjekk``.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from lag_masse import PER, PER_KLASSE, SLUTT, START
from oppstart import measure, measure_work

POLARS = """
import sys
import polars as pl
pl.read_csv(sys.argv[1] + "/kontakter.csv", separator=";", try_parse_dates=True).sort("klasse", "deltaker", "dato")
"""
PANDAS = """
import sys
import pandas as pd
log = pd.read_csv(sys.argv[1] + "/kontakter.csv", sep=";", parse_dates=["dato"], dtype=str)
log = log[log["status"].fillna("") == ""].sort_values(["klasse", "deltaker", "type", "dato"])


def gaps(group):
    between = group["dato"].diff().dt.days
    weeks = group["dato"].dt.to_period("W")
    return pd.Series({
        "contacts": len(group), "longest": between.max(), "median": between.median(),
        "over_28": int((between > 28).sum()), "weeks": weeks.nunique(), "months": group["dato"].dt.to_period("M").nunique(),
    })


people = log.groupby(["klasse", "deltaker", "type"], dropna=False)[["dato"]].apply(gaps)
print(people.groupby("type").mean(numeric_only=True))
"""
OURS = "ours: revisjon"
SORT = "(a) polars read and sort"
SJEKK = "sjekk, the same rows"
PUNKTER = ("ukessamtale", "manedssamtale")


def hledger_journal(data: Path, journal: Path) -> None:
    """Write the weekly and monthly contacts as transactions of one unit, with budgets of one a week and one a month."""
    import csv

    people: set[str] = set()
    with (data / "kontakter.csv").open(encoding="utf-8") as rows, journal.open("w", encoding="utf-8") as out:
        for row in csv.DictReader(rows, delimiter=";"):
            if row["type"] in PUNKTER:
                who = f"{row['type']}:{row['klasse']}:{row['deltaker']}"
                people.add(who)
                out.write(f"{row['dato']} k\n  {who}  1 k\n  log\n")
        for who in sorted(people):
            every = "weekly from 2023-08-21" if who.startswith(PUNKTER[0]) else "monthly from 2023-08-01"
            out.write(f"~ {every} to 2027-06-01\n  {who}  1 k\n  log\n")


def main() -> None:
    """Make the data sets, measure in turn, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--storrelser", type=int, nargs="+", default=[66, 1000], help="participants")
    parser.add_argument("--antall", type=int, default=3, help="runs of each")
    parser.add_argument("--pandas", type=int, default=10_000, help="most participants for the pandas script")
    parser.add_argument("--hledger", type=int, default=1000, help="most participants for hledger")
    parser.add_argument("--mappe", type=Path, help="keep the data sets here, and use those that are there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.mappe or Path(temporary)
        print(f"{given.antall} runs of each, in turn; Python {sys.version.split()[0]} on {sys.platform}")
        print(
            f"{'participants':>12} {'what':<26}{'median s':>10}{'work s':>9}{'to (a)':>9}{'to ours':>9}{'peak MiB':>10}"
        )
        before: tuple[int, float, float] | None = None
        for n in given.storrelser:
            data = folder / str(n)
            if not (data / "kontakter.csv").is_file():
                maker = [
                    sys.executable,
                    str(Path(__file__).with_name("lag_masse.py")),
                    str(data),
                    "--deltakere",
                    str(n),
                ]
                subprocess.run(maker, check=True, stderr=subprocess.DEVNULL)
            before = _size(n, data, given, Path(temporary), before)


def _size(
    n: int, data: Path, given: argparse.Namespace, temporary: Path, before: tuple[int, float, float] | None
) -> tuple[int, float, float]:
    commands = {
        OURS: [
            *(sys.executable, "-m", "oppfolgingscli", "revisjon", str(data), "--per", str(PER)),
            *("--format", "json", "--ut", str(temporary / "revisjon.json")),
        ],
        SORT: [sys.executable, "-c", POLARS, str(data)],
    }
    if n <= given.pandas and _has_pandas():
        commands["(b) pandas groupby-apply"] = [sys.executable, "-c", PANDAS, str(data)]
    hledger = shutil.which("hledger")
    if n <= given.hledger and hledger:
        journal = temporary / f"{n}.journal"
        hledger_journal(data, journal)
        commands["(c) hledger budget"] = [
            hledger, "-f", str(journal), "balance", "--budget", "--monthly", "--begin", "2023-08-01", "--end", "2027-07-01",
        ]  # fmt: skip
    times: dict[str, list[float]] = {name: [] for name in commands}
    work: dict[str, list[float]] = {name: [] for name in commands}
    memory = dict.fromkeys(commands, 0)
    for _ in range(given.antall):
        for name, words in commands.items():
            found = measure_work(words)
            times[name].append(found.klokke)
            work[name].append(found.arbeid or 0)
            memory[name] = max(memory[name], found.minne or 0)
    if n <= 3 * PER_KLASSE:
        times[SJEKK] = [_sjekk(data, temporary, memory) for _ in range(given.antall)]
    ours, cpu = statistics.median(times[OURS]), statistics.median(work[OURS])
    base = statistics.median(times[SORT])
    for name, runs in times.items():
        median = statistics.median(runs)
        busy = f"{statistics.median(work[name]):>9.2f}" if name in work else f"{'':>9}"
        print(
            f"{n:>12} {name:<26}{median:>10.2f}{busy}{median / base:>8.1f}x{median / ours:>8.1f}x{memory[name] / 1024:>10.0f}"
        )
    if before:
        print(
            f"{'':>12} ours, to {before[0]}: {ours / before[1]:.1f}x the time and {cpu / max(before[2], 1e-9):.1f}x the "
            f"work for {n / before[0]:.0f}x the participants"
        )
    return n, ours, cpu


def _has_pandas() -> bool:
    found = subprocess.run([sys.executable, "-c", "import pandas"], check=False, capture_output=True)
    return found.returncode == 0


def _workspace(data: Path, folder: Path) -> None:
    """Write the whole data set as one class in a workspace, with the same rows."""
    import csv

    folder.mkdir()
    shutil.copy(data / "benk.toml", folder / "benk.toml")
    (folder / "oppfolging.toml").write_text(
        'format = 1\ndeltakere = "deltakere.csv"\n[klasse]\nid = "k"\nnavn = "k"\nrutinesett = "benk.toml"\n'
        f'skolerute = "oslo"\nstart = {START}\nslutt = {SLUTT}\n',
        encoding="utf-8",
    )
    for name, who in (
        ("deltakere", "id"),
        ("perioder", "deltaker"),
        ("kontakter", "deltaker"),
        ("hendelser", "deltaker"),
    ):
        with (
            (data / f"{name}.csv").open(encoding="utf-8") as rows,
            (folder / f"{name}.csv").open("w", encoding="utf-8") as out,
        ):
            reader = csv.DictReader(rows, delimiter=";")
            names = [x for x in reader.fieldnames or () if x != "klasse"]
            writer = csv.DictWriter(out, names, delimiter=";", extrasaction="ignore")
            writer.writeheader()
            for row in reader:
                row[who] = f"{row['klasse']}-{row[who]}" if row[who] else ""
                if name in {"kontakter", "hendelser"}:
                    row["id"] = f"{row['klasse']}-{row['id']}"
                writer.writerow(row)


def _sjekk(data: Path, temporary: Path, memory: dict[str, int]) -> float:
    """Return the seconds of ``sjekk`` on the same rows as one class."""
    folder = temporary / f"sjekk{data.name}"
    if not folder.exists():
        _workspace(data, folder)
    words = ["--mappe", str(folder), "--per", str(PER), "--ut", str(temporary / "sjekk.txt")]
    seconds, peak = measure([sys.executable, "-m", "oppfolgingscli", "sjekk", *words], ok=(0, 1))
    memory[SJEKK] = max(memory.get(SJEKK, 0), peak or 0)
    return seconds


if __name__ == "__main__":
    main()
