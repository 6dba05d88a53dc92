"""Keeps the judgement between two requests, until a file of the workspace changes: an edit in Excel shows on reload."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli.cli.vurdert import Grunnlag, judge
from oppfolgingscli.les.rutinesett import find_bundled
from oppfolgingscli.sprak import sprak

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.sprak import FlerspraakligNavn

_FERSK: Final = 2_000_000_000
"""Nanoseconds: a file written so lately may be written again without its time changing (FAT counts in two seconds)."""
_MAKS_FILER: Final = 2000
_MAKS: Final = 6
"""Judgements kept: a day or two, in three languages."""

Bilde = tuple[tuple[str, int, int], ...]
"""What the files look like from outside: path, time of the last change, size."""


class Lager:
    """One workspace. ``mappe``: the folder with ``oppfolging.toml``."""

    def __init__(self, mappe: Path) -> None:
        self.mappe = mappe
        #: What the class is called, None until the workspace could be opened.
        self.klasse: str | Mapping[str, str] | FlerspraakligNavn | None = None
        self._kjent: dict[tuple[date, str], tuple[Bilde, tuple[Path, ...], Grunnlag]] = {}

    def get(self, per: date) -> Grunnlag:
        """Return the judgement on ``per`` in the language in use, made anew when a file has changed.

        Raises:
            Oppfolgingsfeil: as ``judge``.
        """
        key = (per, sprak())
        held = self._kjent.get(key)
        if held is not None and held[0] == picture(held[1]):
            return held[2]
        self._kjent.pop(key, None)
        before = picture((self.mappe,))
        found = judge(self.mappe, per, None, maskin=False)
        self.klasse = found.arbeidsmappe.oppsett.klasse.navn
        folders = _folders(self.mappe, found.arbeidsmappe)
        seen = picture(folders)
        # Changed while it was read, or so lately that the next change could look the same: not kept.
        if before == picture((self.mappe,)) and not any(
            time.time_ns() - mtime < _FERSK for _path, mtime, _size in seen
        ):
            while len(self._kjent) >= _MAKS:
                self._kjent.pop(next(iter(self._kjent)))
            self._kjent[key] = (seen, folders, found)
        return found

    def forget(self) -> None:
        """Judge anew next time, whatever the files look like."""
        self._kjent.clear()


def picture(folders: tuple[Path, ...]) -> Bilde:
    """Look at the files in folders, and at those one folder further down; hidden ones are nobody's input."""
    out: list[tuple[str, int, int]] = []
    for folder in folders:
        _look(folder, 1, out)
    if len(out) > _MAKS_FILER:  # not all were looked at: never like another picture
        out.append(("", time.time_ns(), 0))
    return tuple(sorted(out))


def _look(folder: Path, depth: int, out: list[tuple[str, int, int]]) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or len(out) > _MAKS_FILER:
                    continue
                if entry.is_dir():
                    if depth:
                        _look(Path(entry.path), depth - 1, out)
                    continue
                found = Path(entry.path).stat()  # entry.stat() may be stale on Windows
                out.append((entry.path, found.st_mtime_ns, found.st_size))
    except OSError:
        out.append((str(folder), 0, -1))


def _folders(mappe: Path, arbeidsmappe: Arbeidsmappe) -> tuple[Path, ...]:
    """Return the folders the workspace reads from: its own, and those of files it names elsewhere."""
    oppsett = arbeidsmappe.oppsett
    found = [mappe]
    for name, kind in ((oppsett.klasse.rutinesett, "rutiner"), (oppsett.klasse.skolerute, "skoleruter")):
        path = find_bundled(str(name), kind, mappe)
        if path is not None:
            found.append(path.parent)
    if isinstance(oppsett.deltakere, str):
        found.append((mappe / oppsett.deltakere.strip().replace("\\", "/")).parent)
    return tuple(dict.fromkeys(Path(os.path.normpath(path)) for path in found))
