"""Which events go into which calendar file: by role, person or participant, and in parts when too large."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from oppfolgingscli.skriv import is_reserved
from oppfolgingscli.tid.perioder import periode_for
from oppfolgingscli.vis.ical import hendelse_bytes, kalender_bytes
from oppfolgingscli.vis.ord import periode_ord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from oppfolgingscli.publisert import Innhold, Utgave
    from oppfolgingscli.tid.perioder import Periodeslag

Slag = Literal["alle", "rolle", "person", "deltaker"]

MAKS_BYTES: Final = 1_000_000
"""Google Calendar takes no larger file."""
_DELES_ETTER: Final[tuple[Periodeslag, ...]] = ("skolear", "semester", "maned")
_HODE: Final = 2_000  # more than the head and the time zone take
_USIKKER: Final = re.compile(r"[^\w.-]")


@dataclass(frozen=True, slots=True)
class Utvalg:
    """One calendar: whose it is, its name for people, and which events belong to it."""

    slag: Slag
    id: str
    navn: str
    horer_til: Callable[[Innhold], bool]


@dataclass(frozen=True, slots=True)
class Kalenderfil:
    """One file to write. ``del_`` is the period's key when a calendar had to be split, else empty."""

    utvalg: Utvalg
    del_: str
    navn: str
    utgaver: tuple[Utgave, ...]
    data: bytes


class Blokker:
    """Events as bytes, each made once however many files it goes into."""

    def __init__(self) -> None:
        self._laget: dict[str, bytes] = {}

    def __call__(self, utgave: Utgave) -> bytes:
        """Return the event."""
        made = self._laget.get(utgave.uid)
        if made is None:
            made = self._laget[utgave.uid] = hendelse_bytes(utgave)
        return made


def lag_filer(
    klasse: str,
    utvalg: Sequence[Utvalg],
    utgaver: Sequence[Utgave],
    stamme: str | None = None,
    blokker: Blokker | None = None,
) -> list[Kalenderfil]:
    """Return the files of the chosen calendars; a calendar without events gives none.

    ``stamme``: the file name without its ending, when there is one calendar and its name is given.
    ``blokker``: events that may be made already.
    """
    blokker = blokker or Blokker()
    files = []
    taken: set[str] = set()
    for valg in utvalg:
        own = [u for u in utgaver if valg.horer_til(u.innhold)]
        if not own:
            continue
        stem = stamme or filnavn(klasse, valg)
        while stem.lower() in taken:  # ids that differ only in case are one name on Windows and macOS
            stem += "-2"
        taken.add(stem.lower())
        for key, part in del_opp(own, blokker):
            name = f"{valg.navn} · {periode_ord(key)}" if key else valg.navn
            ident = "/".join((klasse, valg.slag, valg.id, *([key] if key else [])))
            data = kalender_bytes(name, ident, map(blokker, part))
            files.append(Kalenderfil(valg, key, f"{stem}-{key}.ics" if key else f"{stem}.ics", tuple(part), data))
    return files


def del_opp(
    utgaver: Sequence[Utgave], blokker: Callable[[Utgave], bytes], maks: int = MAKS_BYTES
) -> list[tuple[str, list[Utgave]]]:
    """Split events into parts under ``maks`` bytes: by school year, then semester, then month.

    Returns (key, events) in order; one part with an empty key when nothing needs splitting.
    """

    def split(part: list[Utgave], key: str, kinds: tuple[Periodeslag, ...]) -> list[tuple[str, list[Utgave]]]:
        if not kinds or _HODE + sum(len(blokker(u)) for u in part) <= maks:
            return [(key, part)]
        groups: dict[str, list[Utgave]] = {}
        for u in part:
            groups.setdefault(periode_for(u.innhold.dag, kinds[0]).nokkel, []).append(u)
        # Events are in order of date, so the groups are too.
        return [found for sub, events in groups.items() for found in split(events, sub, kinds[1:])]

    return split(list(utgaver), "", _DELES_ETTER)


def filnavn(klasse: str, utvalg: Utvalg) -> str:
    """Return a file name without its ending that every system takes."""
    tail = "alle" if utvalg.slag == "alle" else f"{utvalg.slag}-{utvalg.id}"
    name = _USIKKER.sub("_", f"{klasse}-{tail}").strip(". ")
    return f"_{name}" if is_reserved(name) else name


def gamle_deler(finnes: Iterable[str], filer: Sequence[Kalenderfil]) -> list[str]:
    """Return file names from an earlier run, of the same calendars, that this run does not write.

    A calendar that outgrew its file is split, and the whole one would stay beside the parts.
    """
    written = {file.navn for file in filer}
    stems = {re.escape(_stem(file)) for file in filer}
    if not stems:
        return []
    key = r"(-\d{4}-(\d{4}|host|var|\d{2}))?\.ics"
    pattern = re.compile(f"({'|'.join(sorted(stems))}){key}")
    return sorted(name for name in finnes if name not in written and pattern.fullmatch(name))


def _stem(file: Kalenderfil) -> str:
    name = file.navn.removesuffix(".ics")
    return name.removesuffix(f"-{file.del_}") if file.del_ else name
