"""Run as a program: adds rows to a log, and says each when it is on the disk. ``--dag``: what the clock says."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from oppfolgingscli.logg import Klokke, append


def main() -> None:
    """Add rows, each with a note nobody else writes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mappe", type=Path)
    parser.add_argument("navn")
    parser.add_argument("antall", type=int)
    parser.add_argument("--dag", type=date.fromisoformat, default=date(2024, 10, 2))
    given = parser.parse_args()
    clock = Klokke(given.dag)
    for number in range(given.antall):
        row = {"dato": "2024-10-01", "type": "elevsamtale", "deltaker": "D01", "notat": f"{given.navn} nr. {number}"}
        (written,) = append(
            given.mappe,
            "kontakter",
            lambda now, row=row: [{**row, "registrert": clock.registrert(now)}],  # type: ignore[misc] # bound now
        )
        sys.stdout.buffer.write(f"{written['id']}\t{written['registrert']}\n".encode())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
