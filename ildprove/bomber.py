"""Files made on purpose to fell a program: bombs, depths, endless lines, odd encodings, and what is no file at all."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ildprove.arbeider import MINNE, SEKUNDER
from ildprove.bombefiler import BOMBER, Bombe
from ildprove.mal import check
from ildprove.ramme import HB, Avsnitt, Valg, grense, tall

TITTEL: Final = "Filer laget for å felle programmet"
_TRINN: Final = (0.5, 1.0, 2.0)
_TRINN_MB: Final = (100, 200, 300, 400, 500)
_ARBEID: Final = 10
"""Seconds of its own work after which a run is ended."""
_VENT: Final = 120.0
"""Seconds by the clock before a run is ended; on a busy machine it may only have waited."""


@dataclass(frozen=True, slots=True)
class Maling:
    """One run of the program. ``sekunder``: its own work, the start of Python too. ``minne``: MB, 0 where unknown."""

    kode: int
    sekunder: float
    minne: float
    tekst: str


def run(valg: Valg) -> Avsnitt:
    """Run the program on every bomb, in a process of its own each time."""
    chosen = [b for b in BOMBER if b.kort or not valg.kort]
    chosen = [b for b in chosen if os.name != "nt" or not b.bare_posix]
    out = Avsnitt(TITTEL, f"""\
**Påstand:** En fil som er laget for å bruke opp tiden eller minnet, blir avvist med en melding om filen og svarkode 3 (eller lest,
der det ikke er noe galt), på under {SEKUNDER:g}{HB}s og med under {MINNE}{HB}MB, oppstarten av Python medregnet.

**Slik er det prøvd:** Programmet startes for hver fil. Tiden er prosessens egen regnetid og minnet det meste den holdt, slik
systemet måler dem. Meldingen må nevne filen, og får ikke ha tegn som ikke vises, elleve siffer på rad eller noe fra Python.""")  # fmt: skip
    out.kolonner = ("Fil", "Svar", "Utfall")
    with ThreadPoolExecutor(1 if valg.kort else valg.arbeidere) as pool:
        measured = list(pool.map(lambda job: _try(job[1], valg.mappe / str(job[0])), enumerate(chosen)))
    for bombe, found in zip(chosen, measured, strict=True):
        wrong = verdict(bombe, found)
        out.feil += [f"{bombe.navn}: {one}" for one in wrong]
        cost = grense(found.sekunder, _TRINN, "s")
        held = f", {grense(found.minne, _TRINN_MB, 'MB')}" if found.minne else ""
        out.add(
            bombe.navn, f"«{_first(found.tekst)}»" if found.kode == 3 else "lest", f"kode {found.kode}, {cost}{held}"
        )
    out.etter = f"""\
Grensene som gjør dette mulig, står som konstanter med en begrunnelse i `src/oppfolgingscli/les/`. {tall(len(BOMBER))} slike filer
lages i `ildprove/bombefiler.py`.

**Ikke prøvd:** en stor fil uten noe galt i tar den tiden og det minnet radene trenger; hvor mye det er, måles av `make benk`. En
disk som svarer sent eller aldri (en nettverksmappe som er borte), venter programmet på som alle andre."""
    return out


def _try(bombe: Bombe, mappe: Path) -> Maling:
    mappe.mkdir(parents=True)
    try:
        words = bombe.lag(mappe)
        return measure([sys.executable, "-m", "oppfolgingscli", *words], mappe)
    finally:
        for path in mappe.rglob("*"):  # the large ones are in the way of the next
            with contextlib.suppress(OSError):
                if path.is_file() and path.stat().st_size > 1 << 20:
                    path.unlink()


def measure(words: list[str], mappe: Path) -> Maling:
    """Run a command in a folder; return what it said and what it took."""
    env = {**os.environ, "PYTHONUTF8": "1", "OPPFOLGING_SPRAK": "nb", "NO_COLOR": "1", "COLUMNS": "400"}
    # By way of a small process: what a process is said to have held, counts what its parent held when it began.
    launcher = [sys.executable, "-I", str(Path(__file__).with_name("start.py")), str(_VENT), str(_ARBEID), *words]
    with (mappe / "svar.txt").open("wb") as answer:
        told = subprocess.run(
            launcher, env=env, cwd=mappe, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=answer, check=True
        )
    code, seconds, memory = json.loads(told.stdout)
    text = (mappe / "svar.txt").read_text(encoding="utf-8", errors="replace")
    return Maling(code, seconds, memory, text.replace(f"{mappe.as_posix()}/", ""))


def verdict(bombe: Bombe, found: Maling) -> list[str]:
    """Return what is wrong with an answer."""
    wrong = []
    if found.kode == -99:
        wrong.append(f"did not come to an end in {_ARBEID} s")
    elif found.kode not in bombe.koder:
        wrong.append(f"ended with {found.kode}: {found.tekst[-200:]!r}")
    if found.kode == 3 and bombe.nevner not in found.tekst:
        wrong.append(f"does not name {bombe.nevner}: {found.tekst[:200]!r}")
    if found.sekunder > SEKUNDER:
        wrong.append(f"took {found.sekunder:.1f} s")
    if found.minne > MINNE:
        wrong.append(f"held {found.minne:.0f} MB")
    if len(found.tekst) > 200_000:
        wrong.append(f"said {len(found.tekst)} characters")
    wrong += [bad for line in found.tekst[:20_000].splitlines() if (bad := check(line))][:1]
    return wrong


def _first(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[0][:150] + (" …" if len(lines) > 1 or len(lines[0]) > 150 else "") if lines else ""
