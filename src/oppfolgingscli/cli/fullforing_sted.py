"""Where a shell's completion belongs on this machine, and how it is put there and taken away again.

Fish and bash have a folder that is looked in. Elsewhere the script lies in a folder of ours, and a marked block in
the shell's own start-up file names it: written once, however often one asks, and nothing else is touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oppfolgingscli import skriv

BEGYNN: Final = "# >>> oppfolging >>>"
SLUTT: Final = "# <<< oppfolging <<<"
_BASH_COMPLETION: Final = (
    "/usr/share/bash-completion/bash_completion",
    "/etc/bash_completion",
    "/opt/homebrew/etc/profile.d/bash_completion.sh",
    "/usr/local/etc/profile.d/bash_completion.sh",
)
_PROFILE_TIMEOUT: Final = 20
"""Seconds; PowerShell takes a few to start on a slow machine."""


@dataclass(frozen=True, slots=True)
class Sted:
    """Where things go. ``oppstart``: start-up files that must name the script, with the line that does; may be none."""

    skript: Path
    oppstart: tuple[Path, ...] = ()
    linje: str = ""


def find_sted(skall: str) -> Sted:
    """Return where the completion of a shell belongs for this user."""
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    if skall == "fish":
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return Sted(config / "fish" / "completions" / "oppfolging.fish")
    if skall == "bash":
        if any(Path(path).is_file() for path in _BASH_COMPLETION):
            own = os.environ.get("BASH_COMPLETION_USER_DIR")
            folder = Path(own) if own else data / "bash-completion"
            return Sted(folder / "completions" / "oppfolging")
        path = data / "oppfolging" / "fullforing.bash"
        return Sted(path, (home / ".bashrc",), f'[ -f "{_posix(path)}" ] && . "{_posix(path)}"')
    if skall == "zsh":
        path = data / "oppfolging" / "fullforing.zsh"
        folder = Path(os.environ.get("ZDOTDIR") or home)
        return Sted(path, (folder / ".zshrc",), f'[ -f "{_posix(path)}" ] && . "{_posix(path)}"')
    return _powershell(home, data)


def _powershell(home: Path, data: Path) -> Sted:
    """Return PowerShell's place; the line has no letters of the user's name, for 5.1 may read it in another code page."""
    local = os.environ.get("LOCALAPPDATA")
    if sys.platform == "win32" and local:
        path = Path(local) / "oppfolging" / "fullforing.ps1"
        return Sted(path, _profiles(home), '. "$env:LOCALAPPDATA\\oppfolging\\fullforing.ps1"')
    path = data / "oppfolging" / "fullforing.ps1"
    return Sted(path, _profiles(home), f'. "{_posix(path)}"')


def _profiles(home: Path) -> tuple[Path, ...]:
    """Return the profile of each PowerShell there is, as it says itself: the documents folder may be anywhere."""
    found: list[Path] = []
    for program in ("pwsh", "powershell"):
        if (exe := shutil.which(program)) is None:
            continue
        ask = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; $PROFILE.CurrentUserAllHosts"
        try:
            answer = subprocess.run(  # noqa: S603 - a fixed command
                [exe, "-NoProfile", "-NonInteractive", "-Command", ask],
                capture_output=True, timeout=_PROFILE_TIMEOUT, check=True,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            continue
        if text := answer.stdout.decode("utf-8", errors="replace").strip().strip("\ufeff"):
            found.append(Path(text))
    if found:
        return tuple(dict.fromkeys(found))
    if sys.platform == "win32":
        return (home / "Documents" / "WindowsPowerShell" / "profile.ps1",)
    return (home / ".config" / "powershell" / "profile.ps1",)


def _posix(path: Path) -> str:
    return path.as_posix()


def install(sted: Sted, skript: str) -> list[Path]:
    """Write the script, and name it where it must be named; return the files that changed.

    Raises:
        Systemfeil: a file could not be written.
    """
    changed = []
    skriv.make_folder(sted.skript.parent)
    if skriv.write_atomic(sted.skript, skript.encode()):
        changed.append(sted.skript)
    block = f"{BEGYNN}\n{sted.linje}\n{SLUTT}\n"
    changed += [path for path in sted.oppstart if _rewrite(path, block)]
    return changed


def remove(sted: Sted) -> list[Path]:
    """Take away what ``install`` wrote; return the files that changed.

    Raises:
        Systemfeil: a file could not be written or deleted.
    """
    changed = [path for path in sted.oppstart if path.is_file() and _rewrite(path, "")]
    if skriv.remove(sted.skript):
        changed.append(sted.skript)
    return changed


def _rewrite(path: Path, block: str) -> bool:
    """Put the marked block at the end of a text file, or in place of the one that is there; "" takes it away."""
    from oppfolgingscli.les.tabell import decode_as

    skriv.make_folder(path.parent)
    raw = path.read_bytes() if path.is_file() else b""
    found = decode_as(raw) if raw else ("", "utf-8")
    text, encoding = found or (raw.decode("latin-1"), "latin-1")
    newline = "\r\n" if "\r\n" in text else "\n"
    start, end = text.find(BEGYNN), text.find(SLUTT)
    if start >= 0 and end > start:
        rest = text[end + len(SLUTT) :].removeprefix("\r").removeprefix("\n")
        new = text[:start] + block.replace("\n", newline) + rest
    elif not block:
        return False
    else:
        before = text if not text or text.endswith("\n") else text + newline
        new = before + block.replace("\n", newline)
    bom = next((b for b in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff") if raw.startswith(b)), b"")
    return skriv.write_atomic(path, bom + new.encode(encoding))
