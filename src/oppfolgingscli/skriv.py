"""Writes files: whole or not at all, one writer at a time, and only when something changed.

The only place that writes. A reader, or a machine that loses power, sees the old file or the new one.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli.feil import Systemfeil
from oppfolgingscli.personvern import skjul, uten_styring
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from filelock import BaseFileLock

_FULL: Final = N_("{fil}: det er ikke plass på disken. Frigjør plass og prøv igjen.")
_NO_ACCESS: Final = N_("{fil}: du har ikke lov til å skrive her. Velg en annen mappe, eller be om tilgang.")
_NO_ACCESS_OR_IN_USE: Final = N_(
    "{fil}: filen er åpen i et annet program, eller du har ikke lov til å skrive her. "
    "Lukk den der, eller velg en annen mappe.",
)
_IN_USE: Final = N_("{fil}: filen er åpen i et annet program. Lukk den der og prøv igjen.")
_READ_ONLY: Final = N_("{fil}: disken kan bare leses. Velg en annen mappe.")
_IS_FOLDER: Final = N_("{fil}: dette er en mappe, ikke en fil. Velg et annet navn.")
_NO_FOLDER: Final = N_("{fil}: mappen finnes ikke, eller en del av stien er en fil.")
_TOO_LONG: Final = N_("{fil}: navnet er for langt. Velg et kortere navn.")
_BROKEN: Final = N_("{fil}: disken svarer ikke som den skal. Prøv igjen, eller velg en annen mappe.")
_TOO_MANY: Final = N_("{fil}: for mange filer er åpne på maskinen. Lukk noen programmer og prøv igjen.")
_OTHER: Final = N_("{fil}: kunne ikke skrive filen ({grunn}).")

_MESSAGES: Final = {
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,
    errno.EFBIG: _FULL,
    errno.EIO: _BROKEN,
    errno.EBUSY: _IN_USE,
    getattr(errno, "ETXTBSY", errno.EBUSY): _IN_USE,
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.EROFS: _READ_ONLY,
    errno.EISDIR: _IS_FOLDER,
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.ENAMETOOLONG: _TOO_LONG,
}
# ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION: what Windows says of a file open in Excel or Outlook.
_WINDOWS_IN_USE: Final = frozenset({32, 33})
_WINDOWS_DENIED: Final = 5
_RESERVERT: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_UFERDIG: Final = re.compile(r"[0-9a-f]{12}\.tmp")
_PRIVATE: Final = 0o600
_NO_LOCKS: Final = frozenset(
    getattr(errno, name, errno.ENOSYS) for name in ("ENOLCK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP")
)
_FORLATT: Final = 600.0
"""Seconds after which an unfinished file is left behind by somebody who was stopped."""
_WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts to replace a file on Windows: virus scanners hold new files for a moment."""


def write_atomic(path: Path, data: bytes, check: Callable[[], None] | None = None, *, privat: bool = False) -> bool:
    """Write ``data`` to ``path``, whole or not at all; return False when it already held exactly that.

    The folder must exist. An existing file keeps its mode; a symbolic link keeps pointing where it did.
    ``check`` is called when all is ready for the replacement; what it raises stops it. ``privat``: the file is its
    owner's alone (mode 0600) from its first byte, where the file system has modes.

    Raises:
        Systemfeil: the file could not be written; the old one, if any, is untouched.
    """
    target = Path(os.path.realpath(path))  # Path.resolve raises on a loop of links, this does not
    try:
        mode = _existing_mode(target)
        if mode is not None and (not privat or mode == _PRIVATE) and _holds(target, data):
            return False
        _replace(target, data, _PRIVATE if privat else mode, check)
    except OSError as error:
        raise Systemfeil(_message(path, error)) from error
    return True


def is_reserved(navn: str) -> bool:
    """Whether Windows keeps a file's name for a device: files are shared with those who have it.

    Source: Microsoft, «Naming Files, Paths, and Namespaces».
    """
    return _RESERVERT.match(navn) is not None


def make_folder(path: Path) -> None:
    """Make a folder and those above it, unless it is there.

    Raises:
        Systemfeil: it could not be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Systemfeil(_message(path, error)) from error


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Make a folder of files, all of it or nothing: fill the one given, which gets its name when the block ends.

    ``path`` may be there already when it is empty. What the block raises leaves nothing behind; an ``OSError`` in it
    is one of ours.

    Raises:
        Systemfeil: it could not be made, or there is something in it.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}.tmp")
    try:
        make_folder(target.parent)
        temporary.mkdir()
        _remove_abandoned(temporary)
        yield temporary
        if target.is_dir():
            target.rmdir()  # Windows replaces no folder; one that is not empty stays, and is an error
        _rename(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise Systemfeil(_message(path, error)) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def remove(path: Path) -> bool:
    """Delete a file; return False when it was not there.

    Raises:
        Systemfeil: it is there and cannot be deleted.
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Systemfeil(_message(path, error)) from error
    return True


@contextmanager
def lock(path: Path, *, timeout: float = 10) -> Iterator[None]:
    """Be the only one to write ``path`` for the time of the ``with`` block; wait ``timeout`` seconds for it.

    Raises:
        Systemfeil: someone else is writing and did not finish in time, or the lock cannot be made.
    """
    from filelock import Timeout

    try:
        guard = _acquired(path, timeout)
    except Timeout as error:
        melding = _("{fil}: et annet vindu eller program skriver her nå. Vent til det er ferdig, og prøv igjen.")
        if _lock_file(path).exists():
            melding += " " + _("Er ingen andre i gang, så slett {merke}.")
        raise Systemfeil(melding.format(fil=_shown(path), merke=_shown(_lock_file(path)))) from error
    except OSError as error:
        raise Systemfeil(_message(path, error)) from error
    try:
        yield
    finally:
        guard.release()


def _lock_file(path: Path) -> Path:
    """Return the file that is the lock where the disk has none."""
    return path.with_name(f".{path.name}.laas")


def _acquired(path: Path, timeout: float) -> BaseFileLock:
    """Return a lock that is held. Where the disk has no locks (some shared folders), a file that is there is one."""
    from filelock import FileLock, SoftFileLock

    guard: BaseFileLock = FileLock(path.with_name(f".{path.name}.lock"), fallback_to_soft=False)
    try:
        guard.acquire(timeout=timeout)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        guard = SoftFileLock(_lock_file(path))  # of this machine's dead it rids itself
        guard.acquire(timeout=timeout)
    return guard


def _existing_mode(target: Path) -> int | None:
    """Return the permission bits of the file, None when there is none. A folder is an error."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    return stat.S_IMODE(found)


def _holds(target: Path, data: bytes) -> bool:
    if target.stat().st_size != len(data):
        return False
    try:
        return target.read_bytes() == data
    except PermissionError:  # may be written, may not be read
        return False


def _replace(target: Path, data: bytes, mode: int | None, check: Callable[[], None] | None) -> None:
    # Same folder, so that the replacement is a rename within one file system.
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}.tmp")
    # Mode 0o666 less the umask, as any program's new file; what is private is so before anything is in it.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, _PRIVATE if mode == _PRIVATE else 0o666)
    try:
        _remove_abandoned(temporary)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            with suppress(OSError):  # file systems without modes
                temporary.chmod(mode)
        if check is not None:
            check()
        _rename(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _remove_abandoned(temporary: Path) -> None:
    """Delete what a writer of the same file left behind when it was killed: it takes room, and holds the file's content.

    Ages are told by the file system's own clock, which several machines may share.
    """
    begins = temporary.name[: -len("0123456789ab.tmp")]
    with suppress(OSError):
        now = temporary.stat().st_mtime
        for name in os.listdir(temporary.parent):  # noqa: PTH208 - names only, three times as fast
            if not name.startswith(begins) or name == temporary.name or not _UFERDIG.fullmatch(name, len(begins)):
                continue
            other = temporary.with_name(name)
            if abs(now - other.stat().st_mtime) > _FORLATT:
                shutil.rmtree(other) if other.is_dir() else other.unlink()


def _rename(temporary: Path, target: Path) -> None:
    if sys.platform == "win32":
        for wait in _WAITS:
            try:
                temporary.replace(target)
            except PermissionError:
                time.sleep(wait)
            else:
                return
    temporary.replace(target)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut; Windows has no way to ask for it."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # some network file systems refuse
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _message(path: Path, error: OSError) -> str:
    winerror = getattr(error, "winerror", None)
    if winerror in _WINDOWS_IN_USE:
        return _(_IN_USE).format(fil=_shown(path))
    if winerror == _WINDOWS_DENIED:
        return _(_NO_ACCESS_OR_IN_USE).format(fil=_shown(path))
    known = _MESSAGES.get(error.errno or 0)
    if known:
        return _(known).format(fil=_shown(path))
    return _(_OTHER).format(fil=_shown(path), grunn=error.strerror or _shown(error))


def _shown(what: object) -> str:
    return uten_styring(skjul(str(what)))
