"""Adds rows at the end of a log file: one writer at a time, whole rows or none, and nothing that stood there changed.

The bytes before are the first bytes of those after. Under the lock the file is read, the rows are made from what
it holds now (so that an id is free), and the whole is written beside it, flushed to the disk and put in its place,
unless someone changed the file meanwhile; then it is done again from what they wrote.
"""

from __future__ import annotations

import csv
import os
import re
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli import skriv
from oppfolgingscli.feil import Inndatafeil, Systemfeil
from oppfolgingscli.les.fil import MAX_LOGG_BYTES, fil_feil, vis_sti
from oppfolgingscli.les.logg_fil import find_loggfiler, read_logg_bytes, read_rader
from oppfolgingscli.les.logg_kolonner import undo_defuse
from oppfolgingscli.les.tabell import Rad, decode
from oppfolgingscli.logg.dialekt import find_dialekt, new_dialekt
from oppfolgingscli.logg.rad import MAX_TEGN, Nyrad, clean_rad
from oppfolgingscli.modell.verdier import Feltfeil, parse_dato
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.les.logg_kolonner import Slag

PREFIKS: Final[dict[Slag, str]] = {"kontakter": "k", "hendelser": "h", "avtaler": "a"}
"""What the ids of new rows begin with, so that no spreadsheet takes them for numbers or dates."""

_VENT: Final = 60.0
"""Seconds to wait for others who write: each takes milliseconds, but there may be a whole school of them."""
_FORSOK: Final = 5
_PAUSE: Final = 0.005
"""Seconds between two rows from one process: the lock has no queue, and others could wait for ever for their turn."""
_BOM: Final = b"\xef\xbb\xbf"


class _Endret(Exception):
    """The file changed after it was read."""


class _Sist:
    """When this process last had a lock."""

    tid = -1.0


class Naa:
    """What a log file holds now, and the ids that are free in it."""

    def __init__(self, path: Path, slag: Slag, raw: bytes) -> None:
        """``raw``: the file's bytes, empty for a file that is not there."""
        self._path = path
        self._slag: Slag = slag
        self._raw = raw
        self._rader: list[Rad] | None = None
        self._neste = 0

    def rader(self) -> list[Rad]:
        """Return every row as it stands, corrected ones too."""
        if self._rader is None:
            self._rader = read_rader(self._path, self._slag)[0] if self._raw.strip() else []
        return self._rader

    def ny_id(self) -> str:
        """Return an id no row has: ``k1``, ``k2`` …, one more than the highest."""
        prefix = PREFIKS[self._slag]
        if not self._neste:
            self._neste = self._highest(prefix)
        self._neste += 1
        return f"{prefix}{self._neste}"

    def sist_registrert(self) -> date | None:
        """Return the day the last row was registered; None when it does not say, or there is none."""
        for cell in (self._last_registrert(), *(row["registrert"] for row in self.rader()[-1:] if self._is_book())):
            try:
                return parse_dato(cell)
            except Feltfeil:
                continue
        return None

    def _last_registrert(self) -> str:
        """Return the cell of the file's last line, which is the last of the row even when the row has several.

        Looking at one line is a thousand times as fast as reading the rows.
        """
        found = None if self._is_book() or not self._raw.strip() else find_dialekt(self._path, self._raw, self._slag)
        if found is None or "registrert" not in found[0].kolonner:
            return ""
        dialekt, text = found
        end = text[-MAX_TEGN:].rstrip()
        last = end[max(end.rfind("\n"), end.rfind("\r")) + 1 :]
        cells = next(csv.reader([last], delimiter=dialekt.delimiter), [])
        at = dialekt.kolonner.index("registrert") - len(dialekt.kolonner)
        return undo_defuse(cells[at].strip()) if len(cells) >= -at else ""

    def _highest(self, prefix: str) -> int:
        # A number in a note may count too: that only leaves some numbers out, and looking at the text is twenty
        # times as fast as looking at the rows. Eight digits are enough for any log.
        text = None if self._is_book() else decode(self._raw)
        if text is None:
            text = "\n".join(rad["id"] for rad in self.rader())
        numbers = re.findall(rf"[{prefix}{prefix.upper()}]([0-9]{{1,8}})(?![0-9])", text)
        return max(map(int, numbers), default=0)

    def _is_book(self) -> bool:
        return is_book(self._path, self._raw)


def is_book(path: Path, raw: bytes) -> bool:
    """Whether a log file is a workbook, whatever its name says."""
    return raw[:4] == b"PK\x03\x04" or path.suffix.lower() != ".csv"


def logg_path(mappe: Path, slag: Slag) -> Path:
    """Return where a log is, or will be; links are followed, so that all its writers meet at one lock."""
    found = find_loggfiler(mappe).get(slag) or mappe / f"{slag}.csv"
    return Path(os.path.realpath(found))


def append(mappe: Path, slag: Slag, make: Callable[[Naa], Sequence[Nyrad]]) -> list[dict[str, str]]:
    """Add the rows that ``make`` gives; return them as written. A row without ``id`` gets the next free one.

    ``make`` may be called several times: the last time counts.

    Raises:
        Inndatafeil: a row cannot be written, or the file is not one it can be added to.
        Systemfeil: the file is open in another program, or cannot be written; nothing is changed.
    """
    path = logg_path(mappe, slag)
    if time.monotonic() - _Sist.tid < 20 * _PAUSE:
        time.sleep(_PAUSE)
    with skriv.lock(path, timeout=_VENT):
        for _attempt in range(_FORSOK):
            try:
                return _append_once(path, slag, make)
            except _Endret:
                continue
            finally:
                _Sist.tid = time.monotonic()
    raise Systemfeil(
        _("{fil}: et annet program endrer filen nå. Ingenting er skrevet. Lukk den der, og prøv igjen.").format(
            fil=vis_sti(path)
        ),
    )


def _append_once(path: Path, slag: Slag, make: Callable[[Naa], Sequence[Nyrad]]) -> list[dict[str, str]]:
    refuse_open(path)
    raw = _read(path)
    now = Naa(path, slag, raw)
    rows = [clean_rad(slag, new) for new in make(now)]
    if not rows:
        return []
    given = {row["id"] for row in rows}
    for row in rows:
        while not row["id"]:
            free = now.ny_id()
            row["id"] = "" if free in given else free
    if raw and is_book(path, raw):
        from oppfolgingscli.logg.bok import append_to_book

        data = append_to_book(path, raw, slag, rows)
    else:
        data = _append_csv(path, raw, slag, rows)
    if len(data) > MAX_LOGG_BYTES:
        melding = _("filen blir større enn {mb} MB.").format(mb=MAX_LOGG_BYTES // 1024 // 1024)
        raise Inndatafeil([fil_feil(path, "for_stor", melding, _("Begynn på en ny arbeidsmappe."))])

    def unchanged() -> None:
        refuse_open(path)
        if _read(path) != raw:
            raise _Endret

    skriv.write_atomic(path, data, unchanged)
    return rows


def _read(path: Path) -> bytes:
    if not path.exists():
        return b""
    raw = read_logg_bytes(path)
    return path.read_bytes() if raw is None else raw


def _append_csv(path: Path, raw: bytes, slag: Slag, rows: list[dict[str, str]]) -> bytes:
    found = find_dialekt(path, raw, slag) if raw else None
    if found is None:
        dialekt = new_dialekt(path, slag)
        header = dialekt.delimiter.join(dialekt.kolonner) + dialekt.newline
        return (raw or _BOM) + header.encode() + dialekt.render(rows)
    dialekt, text = found
    between = "" if text.endswith(("\n", "\r")) else dialekt.newline
    return raw + between.encode(dialekt.encoding) + dialekt.render(rows)


def refuse_open(path: Path) -> None:
    """Raise Systemfeil when a spreadsheet has the file open: what it saves would take the place of what we add."""
    for name in (f"~${path.name}", f".~lock.{path.name}#"):
        if (path.parent / name).exists():
            melding = _(
                "{fil}: filen er åpen i et regneark. Ingenting er skrevet. Lagre og lukk den der, og prøv igjen. "
                "Er den ikke åpen hos noen, så slett {merke}.",
            )
            raise Systemfeil(melding.format(fil=vis_sti(path), merke=vis_sti(path.parent / name)))
