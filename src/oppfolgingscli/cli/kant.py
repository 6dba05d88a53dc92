"""The edge: the only place that turns exceptions into text on stderr and an exit code.

0 done · 1 overdue found · 2 wrong usage · 3 bad input · 4 the system failed · 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from gettext import gettext
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

OK: Final = 0
FORFALT: Final = 1
BRUK: Final = 2
INNDATA: Final = 3
SYSTEM: Final = 4
AVBRUTT: Final = 130  # 128 + SIGINT, as shells have it

FEILSOK: Final = "OPPFOLGING_FEILSOK"
"""Environment variable; not empty: unexpected errors show their traceback."""

_OS_FEIL: Final = {
    errno.ENOSPC: N_("Det er ikke plass på disken"),
    errno.EDQUOT: N_("Diskkvoten er brukt opp"),
    errno.EFBIG: N_("Det er ikke plass på disken"),
    errno.EIO: N_("Disken svarer ikke som den skal"),
    errno.EACCES: N_("Du har ikke tilgang"),
    errno.EPERM: N_("Du har ikke tilgang"),
    errno.EROFS: N_("Disken kan bare leses"),
    errno.ENOENT: N_("Finnes ikke"),
    errno.EISDIR: N_("Dette er en mappe, ikke en fil"),
    errno.ENOTDIR: N_("En del av stien er en fil, ikke en mappe"),
    errno.EEXIST: N_("Finnes fra før"),
    errno.ENAMETOOLONG: N_("Navnet er for langt"),
}


def run(call: Callable[[], object]) -> int:
    """Run a command and return its exit code; whatever went wrong is told on stderr.

    A call may return an exit code itself (an int); any other value means done.
    """
    prepare_streams()
    try:
        value = call()
        sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 - this is the edge
        return _tell(error)
    except KeyboardInterrupt:
        _say(_("Avbrutt."))
        return AVBRUTT
    return value if isinstance(value, int) and not isinstance(value, bool) else OK


def prepare_streams() -> None:
    """Let stdout and stderr take every letter, whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if sys.platform == "win32" and "PYTHONIOENCODING" not in os.environ:
            reconfigure(encoding="utf-8", errors="replace")
        else:
            reconfigure(errors="replace")


def _tell(error: Exception) -> int:  # noqa: PLR0911 - one return for each kind
    from oppfolgingscli.feil import Inndatafeil, Oppfolgingsfeil

    match error:
        case BrokenPipeError():  # the program that reads our output has had enough
            _close_stdout()
            return OK
        case click.Abort():
            _say(_("Avbrutt."))
            return AVBRUTT
        case click.UsageError():
            return _tell_usage(error)
        case click.ClickException():
            _say_error(error.format_message())
            return SYSTEM
        case Inndatafeil():
            from oppfolgingscli.personvern import skjul

            for fault in error.feil:
                _say(skjul(str(fault)))
            return INNDATA
        case Oppfolgingsfeil():
            _say_error(str(error))
            return error.exit_code
        case OSError():
            _say_error(_os_message(error))
            return SYSTEM
        case MemoryError():
            _say_error(_("Maskinen har ikke nok minne til dette."))
            return SYSTEM
    return _tell_unexpected(error)


def _tell_usage(error: click.UsageError) -> int:
    from oppfolgingscli.personvern import skjul, uten_styring

    message = error.format_message()
    hidden = uten_styring(skjul(message))
    if hidden != message:
        error = click.UsageError(hidden, ctx=error.ctx)
    error.show()
    return BRUK


def _tell_unexpected(error: Exception) -> int:
    if os.environ.get(FEILSOK):
        import traceback

        from oppfolgingscli.personvern import skjul

        _say(skjul("".join(traceback.format_exception(error)).rstrip()))
        return SYSTEM
    first_line = (str(error).splitlines() or [""])[0]
    _say_error(
        _(
            "Programmet møtte noe det ikke var laget for ({slag}: {tekst}). "
            "Kjør en gang til med {variabel}=1 for å se hvor, og meld gjerne fra.",
        ).format(slag=type(error).__name__, tekst=first_line, variabel=FEILSOK),
    )
    return SYSTEM


def _os_message(error: OSError) -> str:
    known = _OS_FEIL.get(error.errno or 0)
    what = _(known) if known else (error.strerror or str(error))
    return f"{error.filename}: {what}." if error.filename is not None else f"{what}."


def _say_error(message: str) -> None:
    from oppfolgingscli.personvern import skjul

    _say(gettext("Error: {message}").format(message=skjul(message)))


def _say(text: str) -> None:
    """Say something on stderr, without what a file's name or content would make the terminal do."""
    from oppfolgingscli.personvern import uten_styring

    text = uten_styring(text)
    with suppress(OSError):  # nobody reads stderr; the exit code still tells
        click.echo(text, err=True)


def _close_stdout() -> None:
    """Point stdout nowhere, so that the interpreter's last flush does not complain."""
    try:
        target = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, target)
    os.close(nowhere)
