"""Quotation marks in a large text table: rows in which they stand wrong are found, mended or left out, one by one.

A reader of columns gives up, or takes many rows for one cell, where a person forgot to close a quotation. Only lines
with a quotation mark in them cost anything.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import IO

#: Lines one cell may go over; a quotation open for longer is not closed where it was meant to be.
LINJER: Final = 40


@dataclass(slots=True)
class Anforsel:
    """What is wrong with the quotation marks of a file. ``uleste``: numbers of lines that no row can be made of."""

    uleste: list[int] = field(default_factory=list)
    rettede: int = 0

    @property
    def er_hel(self) -> bool:
        """Whether the file can be read as it is."""
        return not self.uleste and not self.rettede


def check(path: Path, tegnsett: str, skille: str) -> Anforsel:
    """Look through a file; nothing is written."""
    out = Anforsel()
    for _text in _rows(path, tegnsett, skille, out):
        pass
    return out


def rewrite(path: Path, tegnsett: str, skille: str, ut: IO[str]) -> None:
    """Write the rows that can be read, their quotation marks put right."""
    for text in _rows(path, tegnsett, skille, Anforsel()):
        ut.write(text)


def _rows(path: Path, tegnsett: str, skille: str, out: Anforsel) -> Iterator[str]:
    d = re.escape(skille)
    cell = rf'(?:"(?:[^"]|"")*+"|[^"{d}\r\n]*+)'
    good = re.compile(rf"{cell}(?:{d}{cell})*+\r?\n?")
    with path.open(encoding=tegnsett, newline="\n") as file:
        held: list[str] = []
        number = 0
        lines = iter(file)
        while True:
            line = held.pop(0) if held else next(lines, None)
            if line is None:
                return
            number += 1
            if number == 1:
                line = line.removeprefix("\ufeff")
            if '"' not in line or good.fullmatch(line):
                yield line
                continue
            whole, used = _longer(line, held, lines, good)
            if whole is not None:
                number += used
                yield whole
            elif line.count('"') % 2:
                out.uleste.append(number)
            else:
                try:
                    cells = next(csv.reader([line], delimiter=skille), [])
                except csv.Error:  # a lone carriage return, or a cell beyond all measure
                    out.uleste.append(number)
                    continue
                text = io.StringIO()
                csv.writer(text, delimiter=skille, lineterminator="\n").writerow(cells)
                out.rettede += 1
                yield text.getvalue()


def _longer(line: str, held: list[str], lines: Iterator[str], good: re.Pattern[str]) -> tuple[str | None, int]:
    """Return the row that begins on a line and goes on after it, and how many more lines it takes; None when none does."""
    text = line
    for n in range(LINJER):
        if n == len(held):
            more = next(lines, None)
            if more is None:
                return None, 0
            held.append(more)
        text += held[n]
        if '"' in held[n] and good.fullmatch(text):
            del held[: n + 1]
            return text, n + 1
    return None, 0
