"""Run the ordeal and write docs/palitelighet.md: `python gjor.py palitelighet [--kort] [--bare NAVN]`.

Every section is a module of this package with ``TITTEL`` (its heading in the document) and ``run(valg) -> Avsnitt``.
The exit code is 1 when anything went otherwise than claimed.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, Protocol, cast

from ildprove.ramme import DOKUMENT, Avsnitt, Valg, read_avsnitt

AVSNITT: Final[dict[str, str]] = {
    "fuzz": "ildprove.fuzz",
    "bomber": "ildprove.bomber",
    "prefiks": "ildprove.prefiks",
    "brudd": "ildprove.brudd",
    "omgivelser": "ildprove.omgivelser",
    "innsmugling": "ildprove.innsmugling",
    "terminal": "ildprove.terminal",
    "fodselsnummer": "ildprove.fodselsnummer",
}
"""The sections in the order of the document: what `--bare` calls each, and its module."""

INNLEDNING: Final = """\
# Hva programmet tåler

<!-- Skrevet av «python gjor.py palitelighet». Rett teksten i ildprove/, ikke her. -->

Programmet leser filer som andre har laget, og fører en logg noen skal stå til ansvar for. Dette dokumentet sier hva
det tåler, hvordan det er prøvd, og hva som ikke er prøvd. Tallene er skrevet av en kommando som alle kan kjøre:

    python gjor.py palitelighet

Alt som er tilfeldig, er trukket fra et frø, så to kjøringer prøver det samme. Tider og minne står som grenser og ikke
som målinger, for de siste er maskinens. `--kort` tar sekunder og kjøres ved hver endring; `--bare NAVN` kjører ett
avsnitt, og svarkoden er 1 hvis noe ikke gikk som påstått.
"""


class Modul(Protocol):
    """What a section's module has."""

    TITTEL: str

    def run(self, valg: Valg) -> Avsnitt:
        """Try it all and tell."""


def load(navn: str) -> Modul:
    """Return the module of a section."""
    return cast("Modul", importlib.import_module(AVSNITT[navn]))


def titler() -> list[str]:
    """Return the headings of the document, in order."""
    return [load(navn).TITTEL for navn in AVSNITT]


def run(navn: str, valg: Valg) -> Avsnitt:
    """Run one section, in a folder of its own."""
    module = load(navn)
    began = time.monotonic()
    print(f"{module.TITTEL} …", file=sys.stderr, flush=True)
    found = module.run(valg)
    outcome = "bestått" if not found.feil else f"{len(found.feil)} gikk ikke"
    print(f"  {outcome}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    for line in found.feil:
        print(f"  - {line}", file=sys.stderr, flush=True)
    return found


def write(funnet: dict[str, Avsnitt]) -> None:
    """Write the document; what was not run now stays as it was."""
    before = read_avsnitt(DOKUMENT.read_text(encoding="utf-8")) if DOKUMENT.exists() else {}
    parts = [INNLEDNING]
    for navn in AVSNITT:
        text = funnet[navn].markdown() if navn in funnet else before.get(load(navn).TITTEL)
        if text is not None:
            parts.append(text)
    DOKUMENT.write_text("\n".join(parts), encoding="utf-8", newline="\n")


def main() -> int:
    """Read what is asked for, run it, write it, and tell with the exit code."""
    parser = argparse.ArgumentParser(prog="gjor.py palitelighet", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kort", action="store_true", help="bare noen sekunder; skriver ikke dokumentet")
    parser.add_argument("--bare", action="append", choices=list(AVSNITT), metavar="NAVN", help=", ".join(AVSNITT))
    parser.add_argument("--uten-dokument", action="store_true", help="skriv på skjermen i stedet for dokumentet")
    parser.add_argument("--fro", type=int, default=Valg(Path()).fro, help="frøet alt tilfeldig trekkes fra")
    parser.add_argument("--arbeidere", type=int, default=Valg(Path()).arbeidere, help="prosesser samtidig")
    parser.add_argument("--minutter", type=float, help="stopp fuzzingen etter så lenge, og si hvor langt den kom")
    parser.add_argument("--fortsett", action="store_true", help="fortsett fuzzingen der den stoppet sist")
    parser.add_argument("--antall", type=int, help="inndata i fuzzingen (200 000 og litt til når det ikke står)")
    given = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    found: dict[str, Avsnitt] = {}
    for navn in given.bare or AVSNITT:
        with tempfile.TemporaryDirectory(prefix=f"ildprove-{navn}-", ignore_cleanup_errors=True) as folder:
            valg = Valg(
                Path(folder), given.kort, given.fro, given.arbeidere, given.antall, given.minutter, given.fortsett
            )
            found[navn] = run(navn, valg)
    if given.kort or given.uten_dokument:
        for section in found.values():
            print(section.markdown())
    else:
        write(found)
        print(f"Skrev {DOKUMENT.name}.", file=sys.stderr)
    return 1 if any(section.feil for section in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
