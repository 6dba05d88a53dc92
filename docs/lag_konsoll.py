"""Writes what the commands in docs/larer.md answer: `python gjor.py dokumentasjon`.

A block that begins with ```` ```console ```` holds commands after ``$`` and what they answered. All of them are run in
order, in one copy of the example the document names in its first lines, in a terminal of 80 columns.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

from oppfolgingscli.cli import rot
from oppfolgingscli.sprak import set_sprak

FIL = Path(__file__).with_name("larer.md")
_BLOKK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EKSEMPEL = re.compile(r"^<!-- konsoll: (\S+) -->$", re.MULTILINE)
_SURROUNDINGS = {"COLUMNS": "80", "OPPFOLGING_SPRAK": "nb", "NO_COLOR": "1"}


def render(text: str) -> str:
    """Return the document with every block as the program answers now."""
    example = _EKSEMPEL.search(text)
    if example is None:
        message = "no example is named"
        raise ValueError(message)
    set_sprak("nb")
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for file in (Path(__file__).parents[1] / example[1]).iterdir():
            if file.suffix in (".toml", ".csv"):
                shutil.copy(file, folder)
        os.chdir(folder)
        try:
            return _BLOKK.sub(lambda block: f"```console\n{_answers(block[1])}```", text)
        finally:
            os.chdir(here)


def _answers(block: str) -> str:
    """Run the commands of a block, and return each with its answer."""
    # A command goes on after a line that ends in a backslash, as in a shell.
    commands = re.findall(r"^\$ ((?:[^\n]*\\\n)*[^\n]*)$", block, re.MULTILINE)
    return "\n".join(f"$ {command}\n{_answer(command)}" for command in commands)


def _answer(command: str) -> str:
    program, *words = shlex.split(command.replace("\\\n", " "))
    if program != "oppfolging":
        message = f"not a command of ours: {command}"
        raise ValueError(message)
    result = CliRunner(env=_SURROUNDINGS).invoke(rot, words, prog_name="oppfolging")
    if result.exit_code not in (0, 1):
        raise ValueError(result.output)
    return "".join(line.rstrip() + "\n" for line in result.output.splitlines())


def main() -> None:
    """Write the file, or with --sjekk compare it."""
    current = FIL.read_text(encoding="utf-8")
    text = render(current)
    if "--sjekk" in sys.argv[1:]:
        if current != text:
            sys.exit(f"{FIL.name} is out of date: python gjor.py dokumentasjon")
        return
    FIL.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
