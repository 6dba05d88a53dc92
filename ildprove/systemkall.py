"""Runs the program under strace: which system calls a command makes about a folder, and what if one of them fails.

Linux only; without strace ``finnes()`` is False. The counts hold from run to run because nothing about a run is left
to chance: the hash seed is fixed, nothing is compiled on the way, and the calls are counted by name.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ildprove.ramme import ROT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KALL: Final = (
    "openat", "read", "write", "lseek", "fsync", "fdatasync", "close", "flock", "fcntl", "rename", "renameat", "renameat2",
    "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmod", "fchmodat", "ftruncate", "newfstatat", "fstat",
    "getdents64",
)  # fmt: skip
"""The calls a write is made of, and those in between."""
_LINJE: Final = re.compile(r"^\d+\s+(?P<navn>\w+)\((?P<resten>.*)$")


@dataclass(frozen=True, slots=True)
class Kall:
    """The ``nr``-th call of a name, counted from 1."""

    navn: str
    nr: int


@dataclass(frozen=True, slots=True)
class Svar:
    """How a run ended: -9 when it was killed."""

    kode: int
    stdout: str
    stderr: str


def finnes() -> bool:
    """Whether strace is here and may be used."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-f", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


def omgivelser(**mer: str) -> dict[str, str]:
    """Return an environment in which two runs do the same."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPPFOLGING_", "PYTHON", "LANG"))}
    return {
        **kept, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "OPPFOLGING_SPRAK": "nb", "NO_COLOR": "1",
        "PYTHONPATH": str(ROT / "src"), **mer,
    }  # fmt: skip


def kjor(ord_: Sequence[str], *, foran: Sequence[str] = (), frist: float = 120, **mer: str) -> Svar:
    """Run the program with the words of a command line, after ``foran`` (strace and its options)."""
    done = subprocess.run(
        [*foran, sys.executable, "-m", "oppfolgingscli", *ord_],
        capture_output=True,
        check=False,
        timeout=frist,
        env=omgivelser(**mer),
    )
    return Svar(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def kall_om(mappe: Path, ord_: Sequence[str], spor: Path) -> list[Kall]:
    """Return the calls a command makes about a folder, or to say something on stdout, from the first that may change it."""
    done = kjor(
        ord_, foran=("strace", "-f", "-y", "-qq", "-s", "300", "-e", f"trace={','.join(KALL)}", "-o", str(spor))
    )
    if done.kode:
        message = f"{' '.join(ord_)}: {done.kode} {done.stderr}"
        raise RuntimeError(message)
    seen: Counter[str] = Counter()
    out: list[Kall] = []
    for line in spor.read_text(encoding="utf-8", errors="replace").splitlines():
        match = _LINJE.match(line)
        if match is None or "resumed>" in line:
            continue
        seen[match["navn"]] += 1
        name, rest = match["navn"], match["resten"]
        said = name == "write" and rest.startswith("1<")
        if not (said or str(mappe) in rest):
            continue
        if out or name in {"flock", "mkdir", "rename", "unlink", "write"} or "O_CREAT" in rest:
            out.append(Kall(name, seen[name]))
    return out


def med(kall: Kall, hva: str) -> tuple[str, ...]:
    """Return what to put before a command so that ``hva`` (``signal=KILL``, ``error=ENOSPC``) befalls a call."""
    return (
        "strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={kall.navn}",
        "-e", f"inject={kall.navn}:{hva}:when={kall.nr}",
    )  # fmt: skip


def med_alltid(navn: str, hva: str) -> tuple[str, ...]:
    """Return the same for every call of a name."""
    return ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={navn}", "-e", f"inject={navn}:{hva}")
