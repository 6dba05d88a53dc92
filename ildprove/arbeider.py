"""One process of the fuzzing: makes inputs, tries them, and says what went wrong; its keeper sees when it hangs."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ildprove.mal import BRUTT, KORPUS, MAL, Mal, attempt, prepare
from ildprove.mutasjon import Mutator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import SpawnProcess

SEKUNDER: Final = 2.0
"""The most one input may take."""
MINNE: Final = 500
"""The most memory a process may hold, in MB of 1 000 000 bytes."""
HENGER: Final = 90.0
"""Seconds after which a process that answers nothing is ended; on a busy machine it may only have waited."""
BUNT: Final = 250
SPRAK: Final = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class Bunt:
    """Inputs ``fra`` up to ``til`` of a target."""

    mal: int
    fra: int
    til: int
    fro: int


@dataclass(slots=True)
class Funn:
    """What came of some inputs. ``feil``: (target, number, input, what was wrong)."""

    antall: int = 0
    lengst: float = 0.0
    minne: float = 0.0
    godtatt: int = 0
    feil: list[tuple[str, int, bytes, str]] = field(default_factory=list)

    def add(self, other: Funn) -> None:
        """Take in another."""
        self.antall += other.antall
        self.godtatt += other.godtatt
        self.lengst, self.minne = max(self.lengst, other.lengst), max(self.minne, other.minne)
        self.feil += other.feil


def read_korpus(mal: Mal, *, brutt: bool = False) -> list[bytes]:
    """Return the files a target's inputs are made from, in the same order everywhere; ``brutt``: what once broke it too.

    What once broke it is not broken further: then each file found would change all that is tried after it.
    """
    folders = [KORPUS / mal.korpus, *([BRUTT / mal.fil.replace(".", "-")] if brutt else [])]
    files = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()) if path.is_file()]
    return [path.read_bytes() for path in files]


def peak() -> float:
    """Return the most memory this process has held, in MB; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def inputs(bunt: Bunt) -> Iterator[tuple[int, bytes]]:
    """Yield the numbered inputs of a batch: each from its own number, so that one can be made again alone."""
    mal = MAL[bunt.mal]
    korpus = read_korpus(mal)
    for n in range(bunt.fra, bunt.til):
        yield n, Mutator(f"{bunt.fro}/{mal.navn}/{n}", korpus, mal.format).make()


def try_one(mal: Mal, path: Path, raw: bytes, sprak: str) -> tuple[str | None, float]:
    """Try one input; return what was wrong, and the seconds of work it took."""
    from oppfolgingscli.sprak import set_sprak

    set_sprak(sprak)
    path.write_bytes(raw)
    began, worked = time.perf_counter(), time.process_time()
    wrong = attempt(mal, path.parent)
    # On a busy machine the clock runs while others work, so it is the less of the two that is the program's own.
    took = min(time.perf_counter() - began, time.process_time() - worked)
    if wrong is None and took > SEKUNDER:
        wrong = f"took {took:.1f} s"
    return wrong, took


def try_batch(bunt: Bunt, mappe: Path, puls: Any = None) -> Funn:  # noqa: ANN401 - a shared array, or nothing
    """Try a batch. ``puls``: where the number under way and when it began is told."""
    mal, out = MAL[bunt.mal], Funn()
    path = prepare(mal, mappe)
    for n, raw in inputs(bunt):
        if puls is not None:
            puls[0], puls[1] = n, int(time.monotonic() * 1000)
        before = peak()
        wrong, took = try_one(mal, path, raw, SPRAK[n // BUNT % len(SPRAK)])
        after = peak()
        if wrong is None and after > MINNE and after > before:
            wrong = f"took {after:.0f} MB"
        if wrong is not None:
            out.feil.append((mal.navn, n, raw, wrong))
        out.antall += 1
        out.lengst, out.minne = max(out.lengst, took), max(out.minne, after)
    return out


def _work(oppgaver: Any, svar: Any, puls: Any, mappe: str) -> None:  # noqa: ANN401 - pipes of multiprocessing
    """Try batches as they come, until None."""
    os.chdir(mappe)
    while (bunt := oppgaver.recv()) is not None:
        with tempfile.TemporaryDirectory(dir=mappe, ignore_cleanup_errors=True) as folder:
            found = try_batch(bunt, Path(folder), puls)
        puls[1] = 0
        svar.send(found)


class Vokter:
    """Keeps one worker: gives it batches, and ends it when it hangs."""

    def __init__(self, mappe: Path) -> None:
        """``mappe``: a folder of the worker's own."""
        self.mappe = mappe
        mappe.mkdir(parents=True, exist_ok=True)
        self.bunt: Bunt | None = None
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        self.puls = context.Array("q", [0, 0], lock=False)
        self.hit, self._til = context.Pipe()
        svar_inn, self._svar_ut = context.Pipe()
        self.svar = svar_inn
        self.prosess: SpawnProcess = context.Process(
            target=_work, args=(self._til, self._svar_ut, self.puls, str(self.mappe)), daemon=True
        )
        self.prosess.start()
        self._til.close()
        self._svar_ut.close()

    def give(self, bunt: Bunt) -> None:
        """Let the worker have a batch."""
        self.bunt, self.puls[1] = bunt, 0
        self.hit.send(bunt)

    def look(self) -> tuple[Funn | None, Bunt | None]:
        """Return what the worker found, and what is left of its batch when it was ended; (None, None): still at it."""
        bunt = self.bunt
        if bunt is None:
            return None, None
        if self.svar.poll(0):
            try:
                found: Funn = self.svar.recv()
            except (EOFError, OSError):
                pass
            else:
                self.bunt = None
                return found, None
        number, began = self.puls[0], self.puls[1]
        hangs = began and time.monotonic() - began / 1000 > HENGER
        if self.prosess.is_alive() and not hangs:
            return None, None
        wrong = f"did not answer in {HENGER:.0f} s" if hangs else f"the process died ({self.prosess.exitcode})"
        self.stop()
        raw = next((raw for n, raw in inputs(Bunt(bunt.mal, number, number + 1, bunt.fro)) if n == number), b"")
        lost = Funn(antall=number + 1 - bunt.fra, feil=[(MAL[bunt.mal].navn, number, raw, wrong)])
        self.bunt = None
        self._start()
        rest = Bunt(bunt.mal, number + 1, bunt.til, bunt.fro)
        return lost, rest if rest.fra < rest.til else None

    def stop(self) -> None:
        """End the worker."""
        self.prosess.kill()
        self.prosess.join()
