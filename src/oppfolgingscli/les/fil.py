"""Bytes from disk, with every way that can go wrong as a fault for the person who named the file."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from oppfolgingscli.feil import Feil, Sted
from oppfolgingscli.personvern import rens, skjul
from oppfolgingscli.sprak import N_, _

#: No file a person writes is near this; a larger one is the wrong file.
MAX_BYTES: Final = 20 * 1024 * 1024
#: A log grows for years, and one file may hold thousands of participants: ten thousand for a year take 22 MB.
MAX_LOGG_BYTES: Final = 40 * 1024 * 1024
#: Bytes of one line: a spreadsheet's cell holds 32 767 characters, and no row of ours has more than a few such cells.
MAX_LINJE: Final = 250_000
#: Lines of one file; a log of ten thousand participants for a year has 300 000.
MAX_LINJER: Final = 1_000_000
#: Cells of one file: as many columns as a log has, on every line.
MAX_CELLER: Final = 12_000_000


def finnes(path: Path) -> bool:
    """Whether there is something at a path; a path that no system could have (too long, with a nul in it) has nothing."""
    return os.path.exists(path)  # noqa: PTH110 - pathlib's raises where the name is too long


def er_fil(path: Path) -> bool:
    """Whether there is an ordinary file at a path. As ``finnes``."""
    return os.path.isfile(path)  # noqa: PTH113 - as above


def er_mappe(path: Path) -> bool:
    """Whether there is a folder at a path. As ``finnes``."""
    return os.path.isdir(path)  # noqa: PTH112 - as above


def mange(n: int) -> str:
    """Return a large number as people write it: 100 000."""
    return f"{n:,}".replace(",", "\u00a0")


def vis_sti(path: Path) -> str:
    """Return how a path is shown: from here when it lies here, else as given; ``/`` on every system.

    Without identity numbers, and without what a terminal would obey.
    """
    try:
        shown = path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except (OSError, ValueError, RuntimeError):
        shown = path.as_posix()
    return rens(shown)


def fil_feil(path: Path, kode: str, melding: str, rad: str | None = None) -> Feil:
    """Make a fault about a whole file."""
    return Feil(kode, melding[:1].upper() + melding[1:], Sted(vis_sti(path)), rad)


def read_bytes(path: Path, feil: list[Feil], grense: int = MAX_BYTES) -> bytes | None:
    """Return the bytes of a file of at most ``grense`` bytes; None when it cannot be read, with the reason in ``feil``."""
    try:
        fault = _no_file(path, grense)
        data = b"" if fault else _read(path, grense)
        if len(data) > grense:  # it grew while it was read
            fault = _too_large(path, grense)
    except FileNotFoundError:  # it went away
        fault = fil_feil(path, "finnes_ikke", _("filen finnes ikke."), _near_file(path))
    except PermissionError:
        melding = _("du har ikke lov til å lese filen.")
        fault = fil_feil(
            path, "ingen_tilgang", melding, _("Endre rettighetene, eller lukk programmet som har den åpen.")
        )
    except (OSError, ValueError) as error:
        grunn = _grunn(error)
        fault = fil_feil(path, "ulest_fil", _("filen kan ikke leses ({grunn}).").format(grunn=grunn))
    else:
        if fault is None and not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
            fault = fil_feil(path, "tom_fil", _("filen er tom."), _("Er dette rett fil? Ble den lagret?"))
    if fault is None:
        return data
    feil.append(fault)
    return None


_GRUNNER: Final = {
    errno.EIO: N_("disken svarer ikke som den skal"),
    errno.EMFILE: N_("for mange filer er åpne på maskinen"),
    errno.ENFILE: N_("for mange filer er åpne på maskinen"),
    errno.ENOSPC: N_("det er ikke plass på disken"),
    errno.ENOMEM: N_("maskinen har ikke nok minne"),
    errno.ETIMEDOUT: N_("mappa på nettet svarer ikke"),
}


def _grunn(error: OSError | ValueError) -> str:
    """Return why a file cannot be read; where it is rare, in the system's own words."""
    if not isinstance(error, OSError) or not error.errno:
        return str(error)
    return _(_GRUNNER[error.errno]) if error.errno in _GRUNNER else os.strerror(error.errno)


def _no_file(path: Path, grense: int) -> Feil | None:
    """Return the fault of a path that is no file we would read; None when it is one."""
    if er_mappe(path):
        return fil_feil(path, "er_mappe", _("dette er en mappe, ikke en fil."), _("Skriv hele stien til filen."))
    if not finnes(path):
        return fil_feil(path, "finnes_ikke", _("filen finnes ikke."), _near_file(path))
    if not er_fil(path):  # a pipe or a device may never end
        return fil_feil(path, "ikke_fil", _("dette er ikke en vanlig fil."), _("Skriv stien til en fil."))
    return _too_large(path, grense) if path.stat().st_size > grense else None


def check_lines(path: Path, raw: bytes, linjer: int = MAX_LINJER) -> Feil | None:
    """Return what is wrong with a text when it has longer or more lines than any person's file; None when it has not.

    Such a file is refused before it is decoded: as text it may take eight times as much memory.
    """
    if max(map(raw.count, (b";", b",", b"\t"))) > MAX_CELLER:
        return fil_feil(path, "for_stor", _("filen har for mange celler til å leses."), _("Er dette rett fil?"))
    if max(raw.count(b"\n"), raw.count(b"\r")) > linjer:
        melding = _("filen har mer enn {n} linjer.").format(n=mange(linjer))
        return fil_feil(path, "for_stor", melding, _("Er dette rett fil?"))
    start = 0
    while len(raw) - start > MAX_LINJE:
        # From one break to the last within reach of it, so that only a few of them are looked at.
        at = max(raw.rfind(b"\n", start, start + MAX_LINJE), raw.rfind(b"\r", start, start + MAX_LINJE))
        if at < 0:
            line = raw.count(b"\n", 0, start) + 1
            melding = _("Linjen er for lang: mer enn {n} tegn.").format(n=mange(MAX_LINJE))
            return Feil("for_stor", melding, Sted(vis_sti(path), line), _("Er dette rett fil?"))
        start = at + 1
    return None


def _too_large(path: Path, grense: int) -> Feil:
    melding = _("filen er større enn {mb} MB.").format(mb=grense // 1024 // 1024)
    return fil_feil(path, "for_stor", melding, _("Er dette rett fil?"))


def _read(path: Path, grense: int) -> bytes:
    """Return what is in a file, and at most a byte more than ``grense``: it may grow while it is read."""
    with path.open("rb") as file:
        data = file.read(os.fstat(file.fileno()).st_size + 1)
        while len(data) <= grense and (more := file.read(1 << 20)):
            data += more
    return data


def _near_file(path: Path) -> str | None:
    """Suggest the file beside it that is named most like the one asked for."""
    from oppfolgingscli.modell.ord import nearest

    try:
        names = [p.name for p in path.parent.iterdir() if p.is_file()] if er_mappe(path.parent) else None
    except (OSError, ValueError):
        return None
    if names is None:
        return _("Mappen {mappe} finnes heller ikke.").format(mappe=vis_sti(path.parent))
    near = nearest(path.name, names)
    return _("Mente du «{ord}»?").format(ord=skjul(near)) if near else None
