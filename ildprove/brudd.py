"""Writing that is stopped at any system call, and disks that say no at any of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ildprove import bruddlag, klasse, systemkall
from ildprove.klasse import OPPGAVER, Oppgave
from ildprove.ramme import Avsnitt, Valg

if TYPE_CHECKING:
    from ildprove.systemkall import Kall, Svar

TITTEL: Final = "Avbrutt skriving og disker som sier nei"
TEKST: Final = """\
Påstand: Den som drepes midt i en skriving, eller møter en disk som er full, skrivebeskyttet eller i stykker, har enten
skrevet alt eller ingenting. Det programmet har sagt at er ført, står på disken. Loggen som sto der, er begynnelsen av
loggen som står der. Etter en feil er svarkoden 4 og forklaringen én linje på norsk; etter et drap kan den samme
kommandoen kjøres en gang til.

Slik er det prøvd: Hver kommando som skriver, kjøres under `strace`, som sier hvilke systemkall den gjør i mappa fra det
første som kan endre noe. Så kjøres den på nytt for hvert av dem, og drepes (`SIGKILL`) idet kallet skal gjøres, eller
får en feil tilbake fra det: for `logg ny` og `kalender` ved hvert eneste kall, for de andre ved hvert som kan endre noe,
og med én feil fra hvert. Kommandoene er {kommandoer}. Uten strace, og i de vanlige testene, gjøres det samme av et lag
mellom programmet og disken (`ildprove/bruddlag.py`). En full disk er dessuten en ekte en, på få kilobyte, når den som
kjører, får lage den.
"""
FEIL: Final = {
    "openat": ("ENOSPC", "EACCES", "EROFS", "EMFILE"),
    "write": ("ENOSPC", "EDQUOT", "EIO", "EFBIG"),
    "fsync": ("ENOSPC", "EIO"),
    "close": ("EIO",),
    "rename": ("EACCES", "EBUSY", "ENOSPC", "EIO"),
    "chmod": ("EPERM",),
    "flock": ("ENOLCK", "EIO"),
    "mkdir": ("EACCES", "ENOSPC"),
    "getdents64": ("EIO",),
}
"""What may be said no with, by call."""
SER: Final = frozenset({"newfstatat", "fstat", "lseek", "read", "getdents64"})
"""Calls that change nothing, so that what is left is as at the call before: tried for two of the commands.

For the others one error from each call is tried, too.
"""
ALLE_KALL: Final = ("logg ny", "kalender")
_DREPT: Final = -9


def run(valg: Valg) -> Avsnitt:
    """Stop and refuse everything, and see what is left."""
    out = Avsnitt(TITTEL, TEKST.format(kommandoer=", ".join(f"`{o.navn}`" for o in OPPGAVER)))
    if valg.kort or not systemkall.finnes():
        _in_process(valg, out)
        return out
    killed = refused = 0
    kinds = set()
    for number, oppgave in enumerate(OPPGAVER):
        prove = Prove(valg.mappe / str(number), oppgave)
        kills = [kall for kall in prove.kall if kall.navn not in SER or oppgave.navn in ALLE_KALL]
        most = None if oppgave.navn in ALLE_KALL else 1
        faults = [(kall, fault) for kall in prove.kall for fault in FEIL.get(kall.navn, ())[:most]]
        kinds |= {kall.navn for kall in kills}
        with ThreadPoolExecutor(valg.arbeidere) as pool:
            out.feil += [line for found in pool.map(prove.kill, kills) for line in found]
            out.feil += [line for found in pool.map(prove.refuse, faults) for line in found]
        killed, refused = killed + len(kills), refused + len(faults)
        out.add(
            f"`{oppgave.navn}`: drept ved et systemkall", len(kills), "alt eller ingenting; neste kjøring gjør resten"
        )
        out.add(
            f"`{oppgave.navn}`: feil fra et systemkall", len(faults), "det gamle eller det nye; svarkode 4, én linje"
        )
    if filled := _full_disk(valg, out):
        out.add("En ekte disk med for lite plass, i trinn på 4 kB", filled, "som over")
    out.add("En ekte disk som bare kan leses", _read_only(valg, out) or "ikke her", "svarkode 4, ingenting rørt")
    out.etter = (
        f"Til sammen drept {killed} ganger og nektet {refused} ganger, ved {len(kinds)} slag systemkall: "
        f"{', '.join(f'`{name}`' for name in sorted(kinds))}. Strømbrudd er ikke prøvd; at filen og mappa er `fsync`-et før noe "
        "sies å være ført, er prøvd av at kallene er der og drepes ved."
    )
    return out


class Prove:
    """One way to write, the files before and after it, and its system calls."""

    def __init__(self, mappe: Path, oppgave: Oppgave) -> None:
        self.mappe, self.oppgave = mappe, oppgave
        mappe.mkdir()
        self.ren = klasse.lag_mappe(mappe / "ren", regneark=oppgave.regneark)
        self.for_ = klasse.files(self.ren)
        # Copied to a path of the same length, so that the same calls are made.
        sample = self.copy("spor")
        self.kall = systemkall.kall_om(sample, oppgave.words(sample), mappe / "spor.txt")
        self.etter = klasse.files(sample)

    def copy(self, navn: str) -> Path:
        """Return a copy of the workspace as it was."""
        return klasse.copy(self.ren, self.mappe / navn.rjust(24, "-"))

    def kill(self, kall: Kall) -> list[str]:
        """Kill the command at a call, and run it again. Returns what went wrong."""
        folder = self.copy(f"d{kall.navn}{kall.nr}")
        answer = systemkall.kjor(self.oppgave.words(folder), foran=systemkall.med(kall, "signal=KILL"))
        left = klasse.files(folder)
        wrong = self.whole(left, told=bool(answer.stdout.strip()))
        if answer.kode != _DREPT:
            wrong.append(f"ble ikke drept ({answer.kode})")
        again = systemkall.kjor(self.oppgave.words(folder))
        wrong += self.after(left, klasse.files(folder), again)
        return self._named(f"drept ved {kall.navn} {kall.nr}", wrong)

    def refuse(self, what: tuple[Kall, str]) -> list[str]:
        """Let a call fail. Returns what went wrong."""
        kall, fault = what
        folder = self.copy(f"f{kall.navn}{kall.nr}{fault}")
        answer = systemkall.kjor(self.oppgave.words(folder), foran=systemkall.med(kall, f"error={fault}"))
        wrong = self.whole(klasse.files(folder), told=answer.kode == 0)
        wrong += readable(answer)
        if answer.kode not in {0, 3, 4}:
            wrong.append(f"svarkode {answer.kode}")
        if left := klasse.unfinished(folder):
            wrong.append(f"etterlot {left}")
        return self._named(f"{fault} fra {kall.navn} {kall.nr}", wrong)

    def whole(self, left: dict[str, bytes], *, told: bool) -> list[str]:
        """Return what is neither as before nor as after, and what was told but is not there."""
        every = {*self.for_, *self.etter}
        wrong = [f"{name} er noe annet" for name in {*left} - every]
        for name in every:
            found = left.get(name)
            if found not in {self.for_.get(name), self.etter.get(name)} and not self._is_same_book(name, found):
                wrong.append(f"{name} er verken den gamle eller den nye")
            if told and self.for_.get(name) != self.etter.get(name) and found == self.for_.get(name):
                wrong.append(f"{name} er ikke skrevet, men ble sagt å være det")
        return wrong

    def _is_same_book(self, name: str, found: bytes | None) -> bool:
        """Whether a workbook has the same rows: the time in it differs from run to run."""
        return (
            name.endswith(".xlsx") and found is not None and klasse.rows_of(found) == klasse.rows_of(self.etter[name])
        )

    def after(self, before: dict[str, bytes], now: dict[str, bytes], answer: Svar) -> list[str]:
        """Return what a second run did wrong: the log goes on, and everything else is as if nothing had happened."""
        log = self.oppgave.skriver
        done = before != self.for_ and self.oppgave.navn == "logg rett"  # to correct the same again is refused
        wrong = [] if answer.kode == (2 if done else 0) else [f"neste kjøring: {answer.kode} {answer.stderr.strip()}"]
        wrong += [
            f"{name} mistet noe i neste kjøring"
            for name in before
            if name.startswith(("kontakter", "hendelser", "avtaler"))
            and not klasse.goes_on(before[name], now.get(name, b""))
        ]
        if log is None and now != self.etter:
            wrong.append(f"neste kjøring ga noe annet: {[n for n in now if now[n] != self.etter.get(n)]}")
        return wrong

    def _named(self, what: str, wrong: Sequence[str]) -> list[str]:
        return [f"`{self.oppgave.navn}`, {what}: {line}" for line in wrong]


def readable(answer: Svar) -> list[str]:
    """Return what a person could not read in an answer."""
    text = answer.stderr
    if "Traceback" in text or "ikke var laget for" in text:
        return [f"uforklart feil: {text.strip().splitlines()[-1]}"]
    last = (text.strip().splitlines() or [""])[-1]
    if answer.kode and not last.startswith("Feil: ") and answer.kode != 3:
        return [f"svarkode {answer.kode} uten forklaring: {text!r}"]
    if any(word in last for word in ("error", "denied", "No space", "too large", "Device")):
        return [f"forklart på engelsk: {last}"]
    return []


def _in_process(valg: Valg, out: Avsnitt) -> None:
    """Do the same with the layer in between: quick, and everywhere."""
    stopped = refused = 0
    for number, oppgave in enumerate(OPPGAVER[:1] if valg.kort else OPPGAVER):
        found = bruddlag.try_all(valg.mappe / str(number), oppgave)
        stopped, refused = stopped + found.drept, refused + found.nektet
        out.feil += found.feil
    out.add("Drept ved et kall til disken", stopped, "alt eller ingenting; neste kjøring gjør resten")
    out.add("Feil fra et kall til disken", refused, "det gamle eller det nye; svarkode 4, én linje")


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[bool]:
    """Mount a small disk of its own on a folder; False when this user or system may not."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    allowed = sys.platform == "linux" and os.geteuid() == 0
    done = allowed and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield done
    finally:
        if done:
            subprocess.run(["umount", str(folder)], capture_output=True, check=False)


def _full_disk(valg: Valg, out: Avsnitt) -> int:
    """Write a row on disks with less and less room. Returns how many there were."""
    folder = valg.mappe / "full"
    tried = 0
    outcomes = set()
    with mounted(folder, "size=256k") as done:
        for free in range(12) if done else ():
            for left in folder.iterdir():
                _remove(left)
            mappe = klasse.lag_mappe(folder / "k")
            before = klasse.files(mappe)
            _fill(folder / "fyll", free * 4096)
            answer = systemkall.kjor(OPPGAVER[0].words(mappe))
            now = klasse.files(mappe)
            tried += 1
            outcomes.add(answer.kode)
            wrong = readable(answer)
            if (answer.kode, now == before) not in {(4, True), (0, False)} or not klasse.goes_on(
                before["kontakter.csv"], now["kontakter.csv"]
            ):
                wrong.append(f"svarkode {answer.kode}, men filene er {'u' if now == before else ''}endret")
            if klasse.unfinished(mappe):
                wrong.append(f"etterlot {klasse.unfinished(mappe)}")
            out.feil += [f"{free * 4} kB ledig: {line}" for line in wrong]
    if tried and outcomes != {0, 4}:
        out.feil.append(f"den ekte disken ble aldri både full og ikke: {outcomes}")
    return tried


def _fill(path: Path, free: int) -> None:
    """Fill the disk a file is on, but for so many bytes."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
        file.truncate(max(0, file.tell() - free))


def _remove(path: Path) -> None:
    import shutil

    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _read_only(valg: Valg, out: Avsnitt) -> int:
    """Run every command on a disk that cannot be written. Returns how many there were."""
    folder = valg.mappe / "lese"
    tried = 0
    with mounted(folder, "size=4m") as done:
        if not done:
            return 0
        for number, oppgave in enumerate(OPPGAVER):
            klasse.lag_mappe(folder / str(number), regneark=oppgave.regneark)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        for number, oppgave in enumerate(OPPGAVER):
            before = klasse.files(folder / str(number))
            answer = systemkall.kjor(oppgave.words(folder / str(number)))
            tried += 1
            wrong = readable(answer)
            if answer.kode != 4 or klasse.files(folder / str(number)) != before:
                wrong.append(f"svarkode {answer.kode}: {answer.stderr.strip()}")
            out.feil += [f"`{oppgave.navn}` på en disk som bare kan leses: {line}" for line in wrong]
    return tried
