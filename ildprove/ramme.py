"""The frame of the ordeal: what a section is given, what it gives back, and the document they make together."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROT: Final = Path(__file__).resolve().parents[1]
DOKUMENT: Final = ROT / "docs" / "palitelighet.md"
HB: Final = "\u00a0"
"""Between a number and its unit."""


@dataclass(frozen=True, slots=True)
class Valg:
    """What a run is told.

    ``kort``: seconds, for every commit; else all of it. ``fro``: the seed of all chance. ``arbeidere``: processes at
    a time. ``mappe``: an empty folder that is the section's own, and is removed afterwards. ``antall``: inputs of the
    fuzzing, None for the usual number. ``minutter``: when it stops all the same.
    ``fortsett``: go on from where it stopped.
    """

    mappe: Path
    kort: bool = False
    fro: int = 20230801
    arbeidere: int = field(default_factory=lambda: max(1, min(4, os.cpu_count() or 1)))
    antall: int | None = None
    minutter: float | None = None
    fortsett: bool = False


@dataclass(frozen=True, slots=True)
class Rad:
    """One row of a section's table: what it is about, how much of it was tried, and what came of it."""

    hva: str
    provd: str
    utfall: str


@dataclass(slots=True)
class Avsnitt:
    """What a section found. ``tekst``: markdown above the table. ``etter``: markdown below it.

    ``feil``: one line for each thing that did not go as claimed; none is success.
    """

    tittel: str
    tekst: str
    rader: list[Rad] = field(default_factory=list)
    feil: list[str] = field(default_factory=list)
    etter: str = ""
    kolonner: tuple[str, str, str] = ("Hva", "Prøvd", "Utfall")

    def add(self, hva: str, provd: str | int, utfall: str) -> None:
        """Add a row; a number is written as people write it."""
        self.rader.append(Rad(hva, tall(provd) if isinstance(provd, int) else provd, utfall))

    def markdown(self) -> str:
        """Return the section as it stands in the document."""
        parts = [f"## {self.tittel}", self.tekst.strip()]
        if self.rader:
            lines = [self.kolonner, ("---", "---:", "---")]
            lines += [(_celle(r.hva), _celle(r.provd), _celle(r.utfall)) for r in self.rader]
            parts.append("\n".join("| {} | {} | {} |".format(*line) for line in lines))
        if self.feil:
            parts.append("**Gikk ikke:**\n\n" + "\n".join(f"- {line}" for line in self.feil))
        if self.etter:
            parts.append(self.etter.strip())
        return "\n\n".join(part for part in parts if part) + "\n"


def _celle(text: str) -> str:
    return " ".join(text.split("\n")).replace("|", "\\|")


def tall(n: int) -> str:
    """Return a number as Norwegians write it: 200 000."""
    return f"{n:,}".replace(",", HB)


def grense(verdi: float, trinn: Iterable[float], enhet: str) -> str:
    """Return the least of some limits that a measure is under: «< 0,5 s». Two runs then say the same."""
    steps = list(trinn)
    step = next((t for t in steps if verdi < t), None)
    sign, shown = ("<", step) if step is not None else ("≥", steps[-1])
    return f"{sign}{HB}{shown:g}".replace(".", ",") + f"{HB}{enhet}"


def read_avsnitt(dokument: str) -> dict[str, str]:
    """Return the sections of the document as it was last written, by title."""
    parts = re.split(r"(?m)^(?=## )", dokument)[1:]
    return {part.split("\n", 1)[0].removeprefix("## ").strip(): part.rstrip("\n") + "\n" for part in parts}
