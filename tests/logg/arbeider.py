"""Run as a program by test_samtidig: adds rows to a log, and says each when it is on the disk."""

from __future__ import annotations

import sys
from pathlib import Path

from oppfolgingscli.logg import append


def main(mappe: Path, navn: str, antall: int) -> None:
    """Add ``antall`` rows, each with a note nobody else writes."""
    for number in range(antall):
        row = {
            "dato": "2024-10-01",
            "type": "elevsamtale",
            "deltaker": "D01",
            "notat": f"{navn} {chr(97 + number % 26)}{number}\nmøte; «ja»",
            "registrert": "2024-10-02",
        }
        (written,) = append(mappe, "kontakter", lambda _now, row=row: [row])  # type: ignore[misc] # bound now
        sys.stdout.buffer.write(f"{written['id']}\n".encode())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
