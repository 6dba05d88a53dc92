"""A layer between the program and the disk, in this process: at the k-th call it is killed, or told no.

A killed program does nothing more, so nothing that would clean up after it gets to: every later call is stopped too.
What a kernel does for the dead, which is to close what was open, is let through.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Self

from ildprove import klasse, prosess

if TYPE_CHECKING:
    from ildprove.klasse import Oppgave
    from ildprove.prosess import Utfall

KALL: Final = ("open", "fsync", "replace", "rename", "unlink", "chmod", "mkdir", "listdir", "fdopen")
"""Names in ``os`` through which everything is written (``skriv.py``, pathlib and the lock)."""
FEIL: Final = (errno.ENOSPC, errno.EACCES, errno.EIO)


class Drept(BaseException):
    """The program is dead. No handler of ours catches it."""


@dataclass(slots=True)
class Lag:
    """What is to happen at call number ``ved`` about a folder: ``kode`` None is death, else the error. 0: only count."""

    mappe: Path
    ved: int = 0
    kode: int | None = None
    antall: int = 0
    dod: bool = False

    def call(self, path: object) -> None:
        """Count a call about a path, and let happen what is to happen."""
        if self.dod:
            raise Drept
        if not isinstance(path, int) and not str(path).startswith(str(self.mappe)):
            return
        self.antall += 1
        if self.antall != self.ved:
            return
        if self.kode is None:
            self.dod = True
            raise Drept
        raise OSError(self.kode, os.strerror(self.kode), str(path))


class _Fil:
    """A file whose writes are calls too."""

    def __init__(self, file: IO[bytes], lag: Lag) -> None:
        self._file, self._lag = file, lag

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a file has
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        """Write half, and then what is to happen: the rest only if nothing does."""
        half = len(data) // 2
        self._file.write(data[:half])
        self._lag.call(0)
        return half + self._file.write(data[half:])


@contextmanager
def lag(mappe: Path, ved: int = 0, kode: int | None = None) -> Iterator[Lag]:
    """Put the layer in between for as long as the block lasts."""
    layer = Lag(mappe, ved, kode)
    real: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in KALL}

    def between(name: str) -> Callable[..., Any]:
        def call(path: Any = ".", *rest: Any, **named: Any) -> Any:  # noqa: ANN401 - as in os
            if name == "fdopen":
                file = real[name](path, *rest, **named)
                return _Fil(file, layer) if rest == ("wb",) else file
            layer.call(path)
            return real[name](path, *rest, **named)

        return call

    for name in KALL:
        setattr(os, name, between(name))
    try:
        yield layer
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def kjor(ord_: Sequence[str], mappe: Path, ved: int = 0, kode: int | None = None) -> tuple[Utfall, Lag]:
    """Run a command line with the layer in between."""
    with lag(mappe, ved, kode) as layer:
        return prosess.kjor(*ord_, stopper=(Drept,)), layer


@dataclass(slots=True)
class Funnet:
    """How often a command was killed and refused, and what went wrong."""

    drept: int = 0
    nektet: int = 0
    feil: list[str] = field(default_factory=list)


def try_all(mappe: Path, oppgave: Oppgave, koder: Sequence[int] = FEIL) -> Funnet:
    """Kill a way to write at every call, and let every call fail with every code."""
    mappe.mkdir(parents=True)
    clean = klasse.lag_mappe(mappe / "ren", regneark=oppgave.regneark)
    before = klasse.files(clean)
    sample = klasse.copy(clean, mappe / "0")
    done, layer = kjor(oppgave.words(sample), sample)
    after = klasse.files(sample)
    out = Funnet()
    if done.kode or before == after:
        out.feil.append(f"`{oppgave.navn}` gjorde ingenting: {done}")
    for number in range(1, layer.antall + 1):
        for code in (None, *koder):
            folder = klasse.copy(clean, mappe / f"{number}-{code}")
            ended, reached = kjor(oppgave.words(folder), folder, number, code)
            if reached.antall < number:
                out.feil.append(f"`{oppgave.navn}`: kall {number} ble ikke nådd")
            left = klasse.files(folder)
            wrong = _whole(before, after, left)
            if code is None:
                out.drept += 1
                wrong += _again(oppgave, folder, left, before)
            else:
                out.nektet += 1
                wrong += _refused(ended, folder, changed=left != before)
            out.feil += [f"`{oppgave.navn}`, kall {number}, {code and errno.errorcode[code]}: {line}" for line in wrong]
    return out


def _whole(before: dict[str, bytes], after: dict[str, bytes], left: dict[str, bytes]) -> list[str]:
    """Return the names of files that are neither as before nor as after."""
    wrong = []
    for name in {*before, *after, *left}:
        choices = [before.get(name), after.get(name)]
        same = left.get(name) in choices
        if not same and name.endswith(".xlsx") and name in left:
            same = klasse.rows_of(left[name]) == klasse.rows_of(after[name])
        if not same:
            wrong.append(f"{name} er verken den gamle eller den nye")
    return wrong


def _again(oppgave: Oppgave, folder: Path, left: dict[str, bytes], before: dict[str, bytes]) -> list[str]:
    """Run the command again after a kill. Returns what it did wrong."""
    ended, _layer = kjor(oppgave.words(folder), folder)
    refused = oppgave.navn == "logg rett" and left != before  # to correct the same again is refused
    wrong = [] if ended.kode == (2 if refused else 0) else [f"neste kjøring: {ended.kode} {ended.stderr.strip()}"]
    now = klasse.files(folder)
    return wrong + [
        f"{name} mistet noe"
        for name in left
        if name.startswith(("kontakter", "hendelser", "avtaler")) and not klasse.goes_on(left[name], now[name])
    ]


def _refused(ended: Utfall, folder: Path, *, changed: bool) -> list[str]:
    """Return what was wrong with how a command took a no."""
    wrong = []
    if ended.kode not in {0, 3, 4} or "Traceback" in ended.stderr or "ikke var laget for" in ended.stderr:
        wrong.append(f"{ended.kode} {ended.stderr.strip()}")
    if ended.kode in {3, 4} and not ended.stderr.strip():
        wrong.append("uten forklaring")
    if ended.kode == 0 and not changed:
        wrong.append("sa at det gikk, men ingenting er skrevet")
    if left := klasse.unfinished(folder):
        wrong.append(f"etterlot {left}")
    return wrong
