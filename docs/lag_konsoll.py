"""Writes what the commands in the documents answer: `python gjor.py dokumentasjon`.

A block that begins with ```` ```console ```` holds commands after ``$`` and what they answered. How and where they are
run is said in docs/kommandoblokker.py; the terminal has 80 columns.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

DOKUMENTER = Path(__file__).parent
sys.path.insert(0, str(DOKUMENTER.parent))

from docs.kommandoblokker import Blokk, run  # noqa: E402 - the line above says where


def render(text: str, see: Callable[[Blokk, list[Result]], None] = lambda _block, _results: None) -> str:
    """Return the document with every block as the program answers now; ``see`` as in ``run``."""
    answers: dict[int, list[Result]] = {}

    def keep(block: Blokk, results: list[Result]) -> None:
        see(block, results)
        if block.sprak == "console":
            answers[block.linje] = results

    run(text, keep)
    out: list[str] = []
    lines = text.splitlines(keepends=True)
    at = 0
    for block in (b for b in _consoles(text) if b.linje in answers):
        out += lines[at : block.linje]
        out.append(_filled(block, answers[block.linje]))
        at = block.linje + block.tekst.count("\n")
    return "".join([*out, *lines[at:]])


def _consoles(text: str) -> list[Blokk]:
    from docs.kommandoblokker import blocks

    return [b for b in blocks(text) if b.sprak == "console"]


def _filled(block: Blokk, results: list[Result]) -> str:
    """Return the text of a block: each command with its answer."""
    # A command goes on after a line that ends in a backslash, as in a shell.
    written = re.findall(r"^\$ ((?:[^\n]*\\\n)*[^\n]*)$", block.tekst, re.MULTILINE)
    most = [int(words.split()[0]) for words in block.said("vis")]
    shown = (_shown(result.output, most[0] if most else None) for result in results)
    return "\n".join(f"$ {command}\n{answer}" for command, answer in zip(written, shown, strict=True))


def _shown(output: str, most: int | None) -> str:
    lines = [line.rstrip() for line in output.splitlines()]
    cut = most is not None and len(lines) > most
    kept = [*lines[:most], "…"] if cut else lines
    return "".join(f"{line}\n" for line in kept)


def documents() -> list[Path]:
    """Return the documents that have such blocks."""
    return [file for file in sorted(DOKUMENTER.glob("*.md")) if "```console\n" in file.read_text(encoding="utf-8")]


def main() -> None:
    """Write the files, or with --sjekk compare them."""
    stale = []
    for file in documents():
        current = file.read_text(encoding="utf-8")
        text = render(current)
        if current == text:
            continue
        stale.append(file.name)
        if "--sjekk" not in sys.argv[1:]:
            file.write_text(text, encoding="utf-8", newline="\n")
    if stale and "--sjekk" in sys.argv[1:]:
        sys.exit(f"{', '.join(stale)} out of date: python gjor.py dokumentasjon")


if __name__ == "__main__":
    main()
