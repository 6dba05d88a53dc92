"""The commands in the documents, run in a copy of an example: for docs/lag_konsoll.py, which fills in the answers, and the tests.

A document says with comments, which no reader sees, how its blocks are run. They stand on lines of their own:

    <!-- kommandoer: eksempler/oslo-helsfyr -->  what follows is run in a copy of that folder
    <!-- kommandoer: eksempler -->               … in a folder with a copy of all the examples
    <!-- kommandoer: tom -->                     … in an empty folder
    <!-- dagen: 2023-12-11 -->                   the day «today» is, from here on
    <!-- forst: oppfolging kalender -->          a command run before the next block, not shown
    <!-- tastes: D18|2023-12-11 -->              what is typed at the questions of the next block's commands
    <!-- svarkode: 3 -->                         what the last command of the next block ends with (else 0 or 1)
    <!-- vis: 12 linjer -->                      so much of each answer of the next block is shown
    <!-- kjores ikke: it needs a server -->      the next block is not run, and why

A block of TOML or CSV whose first line says ``fil=rutiner/x.toml`` is written to that file in the folder. Blocks of
``sh`` hold commands, blocks of ``console`` commands after ``$`` and what they answered.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner, Result

from oppfolgingscli.sprak import set_sprak

ROT = Path(__file__).parents[1]
OMGIVELSER = {"OPPFOLGING_SPRAK": "nb"}
#: A plan is made the quick way when a command does not say how: the other looks until its time is out.
RASKT = {"plan": {"metode": "grisk"}}
ORD = ("kommandoer", "dagen", "forst", "tastes", "svarkode", "vis", "kjores ikke")

_BEGINS = re.compile(r"^(?P<inn> *)```(?P<sprak>[\w-]*) *(?P<mer>[^`\n]*)$")
_SAYS = re.compile(rf"^ *<!-- ({'|'.join(ORD)}): (.+) -->$")


class Anvisning(NamedTuple):
    """A comment that says how something is run."""

    ord: str
    verdi: str


@dataclass(frozen=True, slots=True)
class Blokk:
    """A fenced block: where (first line, from 1), its language, the words after it, its text, and what is said above it."""

    linje: int
    sprak: str
    mer: str
    tekst: str
    sagt: tuple[Anvisning, ...] = ()

    def said(self, ord_: str) -> list[str]:
        """Return what the comments above the block say with a word."""
        return [a.verdi for a in self.sagt if a.ord == ord_]

    @property
    def fil(self) -> str | None:
        """The file the block is, when its first line says so (and it is not a log by name, as in docs/semantikk.md)."""
        words = dict(part.partition("=")[::2] for part in self.mer.split())
        return None if "logg" in words else words.get("fil")


def parts(text: str) -> Iterator[Anvisning | Blokk | str]:
    """Yield a document from the top: lines as they are, what the comments say, and the blocks. Lossless, see ``whole``."""
    lines = iter(enumerate(text.splitlines(), start=1))
    above: list[Anvisning] = []
    for number, line in lines:
        if says := _SAYS.match(line):
            above.append(Anvisning(says[1], says[2]))
            yield above[-1]
        elif begins := _BEGINS.match(line):
            inside = []
            for _nr, inner in lines:
                if inner.strip() == "```":
                    break
                inside.append(inner.removeprefix(begins["inn"]))
            body = "".join(f"{one}\n" for one in inside)
            yield Blokk(number, begins["sprak"], begins["mer"].strip(), body, tuple(above))
            above = []
        else:
            above = above if not line.strip() else []
            yield line


def blocks(text: str) -> list[Blokk]:
    """Return the blocks of a document."""
    return [part for part in parts(text) if isinstance(part, Blokk)]


def commands(block: Blokk) -> list[str]:
    """Return the commands of a block, each on one line, without comments after ``#``."""
    text = block.tekst
    if block.sprak == "console":
        text = "\n".join(re.findall(r"^\$ ((?:[^\n]*\\\n)*[^\n]*)$", text, re.MULTILINE))
    lines = text.replace("\\\n", " ").splitlines()
    return [line for line in lines if shlex.split(line, comments=True)]


@dataclass(slots=True)
class Kjoring:
    """A document being run, in a terminal that is ``bredde`` columns wide."""

    mappe: Path
    fargerikt: bool = False
    bredde: int = 80

    def follow(self, a: Anvisning) -> None:
        """Do what a comment says about all that follows."""
        if a.ord == "kommandoer":
            os.chdir(self._folder(a.verdi))
        elif a.ord == "dagen":
            _set_today(date.fromisoformat(a.verdi))

    def run(self, block: Blokk) -> list[Result]:
        """Run the commands of a block, and write the file it is; raise ValueError when something is not as it should."""
        if block.fil is not None:
            path = Path(block.fil)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.tekst, encoding="utf-8", newline="\n")
            return []
        for command in block.said("forst"):
            _expect(self.answer(command), command, None)
        typed = "".join(f"{word}\n" for word in "|".join(block.said("tastes")).split("|"))
        found = []
        lines = commands(block)
        for nr, command in enumerate(lines, start=1):
            result = self.answer(command, typed if block.said("tastes") else None)
            code = block.said("svarkode") if nr == len(lines) else []
            _expect(result, command, int(code[0]) if code else None)
            found.append(result)
        return found

    def answer(self, command: str, typed: str | None = None) -> Result:
        """Run one command and return what it answered. All but a few that prepare a folder must be ours."""
        from oppfolgingscli.cli import rot

        program, *words = shlex.split(command, comments=True)
        if _prepare(program, words):
            return CliRunner().invoke(rot, ["--version"])
        if program != "oppfolging":
            raise ValueError(f"not a command of ours: {command}")
        colour = "" if self.fargerikt else "1"
        env = {**OMGIVELSER, "COLUMNS": str(self.bredde), "NO_COLOR": colour}
        return CliRunner(env=env).invoke(
            rot, words, prog_name="oppfolging", input=typed, color=self.fargerikt, default_map=RASKT
        )

    def _folder(self, name: str) -> Path:
        at = Path(tempfile.mkdtemp(dir=self.mappe))
        if name == "tom":
            return at
        source = ROT / name
        if name == "eksempler":
            for example in sorted(source.glob("*/oppfolging.toml")):
                _copy(example.parent, at / name / example.parent.name)
            return at
        _copy(source, at / source.name)
        return at / source.name


def _prepare(program: str, words: list[str]) -> bool:
    """Do what little a shell must: ``cd A``, ``cp -r A B`` and ``sed -i s/a/b/ FILE``; False for anything else."""
    match program, words:
        case "cd", [folder]:
            os.chdir(folder)
        case "cp", ["-r", source, target]:
            shutil.copytree(source, target)
        case "sed", ["-i", expression, name]:
            _s, old, new, _end = expression.split("/")
            file = Path(name)
            file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8", newline="\n")
        case _:
            return False
    return True


def _copy(source: Path, target: Path) -> None:
    """Copy what is committed of an example: not what somebody has left there."""
    target.mkdir(parents=True)
    for file in sorted(source.iterdir()):
        if file.suffix in (".toml", ".csv"):
            shutil.copy(file, target)


def _expect(result: Result, command: str, code: int | None) -> None:
    if result.exit_code not in ((0, 1) if code is None else (code,)) or (
        result.exception is not None and not isinstance(result.exception, SystemExit)
    ):
        raise ValueError(f"{command}\n{result.output}\n{result.exception!r}") from result.exception


def _set_today(day: date) -> None:
    from oppfolgingscli.cli import felles

    felles.i_dag = lambda: day


@contextmanager
def running(*, fargerikt: bool = False, bredde: int = 80) -> Iterator[Kjoring]:
    """Give somewhere to run the commands of a document, and leave everything as it was afterwards."""
    from oppfolgingscli.cli import felles

    set_sprak("nb")
    here, today = Path.cwd(), felles.i_dag
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            yield Kjoring(Path(folder), fargerikt, bredde)
        finally:
            felles.i_dag = today
            os.chdir(here)


def run(text: str, see: Callable[[Blokk, list[Result]], None] = lambda _block, _results: None) -> None:
    """Run all that a document has to run, from the top; ``see`` gets each block with what its commands answered."""
    with running() as kjoring:
        started = False
        for part in parts(text):
            if isinstance(part, Anvisning):
                kjoring.follow(part)
                started |= part.ord == "kommandoer"
            elif isinstance(part, Blokk) and not part.said("kjores ikke"):
                if part.sprak in ("sh", "console") and not started:
                    raise ValueError(f"line {part.linje}: nothing says where the commands are run")
                if started and (part.sprak in ("sh", "console") or part.fil):
                    try:
                        see(part, kjoring.run(part))
                    except ValueError as fault:
                        raise ValueError(f"line {part.linje}: {fault}") from fault
