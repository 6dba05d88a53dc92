"""What an installed program is made of: the packages it needs, with versions and checksums from the lock file."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROT = Path(__file__).resolve().parent.parent
LAAS = ROT / "requirements.lock"
NAVN = "oppfolgingscli"
SYSTEMER: tuple[dict[str, str | AbstractSet[str]], ...] = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
"""The bill is the same whatever system it is made on."""


@dataclass(slots=True)
class Pakke:
    """One package. ``trenger``: the names of those it needs itself. ``sjekksummer``: SHA-256 of each file it comes as.

    ``lisens``: what the package itself says, "" when it is not installed here (it is for another system).
    """

    navn: str
    versjon: str
    sjekksummer: tuple[str, ...] = ()
    lisens: str = ""
    trenger: set[str] = field(default_factory=set)


def locked(laas: Path = LAAS) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return name -> (version, SHA-256 sums) of every package in a lock file."""
    text = laas.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {
        canonicalize_name(line.split("==")[0]): (
            re.split(r"[ ;]", line.split("==")[1])[0],
            tuple(sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))),
        )
        for line in lines
    }


def needs(navn: str) -> set[str]:
    """Return the names of the packages one needs, on whatever system; extras are not counted.

    A package that is not installed here needs nothing we know of.
    """
    try:
        requirements = [Requirement(text) for text in distribution(navn).requires or ()]
    except PackageNotFoundError:
        return set()
    out: set[str] = set()
    for requirement in requirements:
        marker = requirement.marker
        if marker is None or ("extra" not in str(marker) and any(marker.evaluate(system) for system in SYSTEMER)):
            out.add(canonicalize_name(requirement.name))
    return out


def licence(navn: str) -> str:
    """Return the licence a package says it has: an SPDX expression where it is one, else its own words, else ""."""
    try:
        about = distribution(navn).metadata.json
    except PackageNotFoundError:
        return ""
    said = str(about.get("license_expression") or about.get("license") or "").strip()
    if said and "\n" not in said and len(said) < 60:
        return said
    classifiers = [line for line in about.get("classifier", []) if line.startswith("License ::")]
    return "; ".join(line.rpartition(" :: ")[2] for line in classifiers)


def installed_with(laas: Path = LAAS) -> dict[str, Pakke]:
    """Return what comes with the program when it is installed without extras, the program itself not counted.

    Raises:
        LookupError: something that is needed is not in the lock file.
    """
    lock = locked(laas)
    out: dict[str, Pakke] = {}
    waiting = sorted(needs(NAVN))
    while waiting:
        name = waiting.pop()
        if name in out:
            continue
        if name not in lock:
            raise LookupError(f"{name} is not in {laas.name}")
        version, sums = lock[name]
        out[name] = Pakke(name, version, sums, licence(name), needs(name))
        waiting += sorted(out[name].trenger)
    return dict(sorted(out.items()))
