"""Make a workspace of any size for the benchmarks: participants, practice and three years of contacts.

    python benk/lag_klasse.py MAPPE --deltakere 1000

The same size always gives the same files. Contacts lie near the day each point should be planned; one in
eight is left out, one in eight is late. Nobody in it exists.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import date, timedelta
from pathlib import Path

from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.utvid import expand

OPPSETT = """\
format = 1
deltakere = "deltakere.csv"

[klasse]
id = "benk"
navn = "Benk"
rutinesett = "oslo"
skolerute = "oslo"
start = 2023-08-21
slutt = 2027-06-18
"""
TIL = date(2026, 6, 19)
"""The log ends here: three school years."""


def make(mappe: Path, n: int) -> int:
    """Write the workspace for n participants; return the number of contacts."""
    mappe.mkdir(parents=True, exist_ok=True)
    ids = [f"D{i:05d}" for i in range(1, n + 1)]
    (mappe / "oppfolging.toml").write_text(OPPSETT, encoding="utf-8")
    rows = ["id;start;slutt;sluttarsak;gruppe;ytelse"]
    rows += [f"{d};;;;{'med' if i % 3 else 'uten'}-grunnskole;tiltakspenger" for i, d in enumerate(ids)]
    (mappe / "deltakere.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    rows = ["deltaker;slag;fra;til;verdi;sted;grunn;registrert"]
    for i, d in enumerate(ids):
        rows.append(f"{d};praksis;2024-01-08;;;Sted {i % 40};;")
        if i % 10 == 0:
            rows.append(f"{d};pause;2024-10-14;2024-11-22;;;permisjon;2024-10-10")
    (mappe / "perioder.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    lines = list(contacts(mappe))
    header = "id;dato;type;rutine;deltaker;utfort_av;deltok;form;varighet;status;notat;registrert"
    (mappe / "kontakter.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return len(lines)


def contacts(mappe: Path) -> list[str]:
    """Return one row for most points planned before TIL, in order of date."""
    luck = random.Random(20231121)  # noqa: S311 - invented data, the same each time
    found: list[tuple[date, str]] = []
    opplegg = open_arbeidsmappe(mappe).opplegg
    for p in expand(opplegg).punkter:
        if p.mal is None or luck.randrange(8) == 0:
            continue
        late = 40 if luck.randrange(8) == 0 else 0
        day = p.mal + timedelta(luck.randrange(-5, 6) + late)
        if day <= TIL:
            subject = "" if p.niva == "klasse" else p.subjekt
            found.append((day, f"{p.type};;{subject};{p.ansvarlig};;;;;;"))
    found.sort()
    return [f"k{i};{day};{rest}" for i, (day, rest) in enumerate(found, 1)]


def main() -> None:
    """Make one workspace."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("mappe", type=Path)
    parser.add_argument("--deltakere", type=int, default=26)
    given = parser.parse_args()
    print(f"{make(given.mappe, given.deltakere)} kontakter", file=sys.stderr)


if __name__ == "__main__":
    main()
