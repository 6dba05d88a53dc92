"""What the commands share: the common options, dates as people write them, the console, and output.

    @click.command(cls=Kommando, help=N_("…"))
    @felles.mappe_valg
    @felles.per_valg
    @felles.format_valg("tabell", "csv", "json")
    @felles.ut_valg
    @felles.utseende_valg
    def utvid(mappe: Path | None, per: date, utformat: str, ut: Path | None) -> None: ...

A callback returns None (exit code 0), or an exit code.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from oppfolgingscli.sprak import N_, SPRAK, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console

T = TypeVar("T")
F = TypeVar("F", bound="Callable[..., Any] | click.Command")

_META: Final = "oppfolgingscli"
_ISO: Final = re.compile(r"(?P<ar>\d{4})-(?P<maned>\d{2})-(?P<dag>\d{2})", re.ASCII)
_NORSK: Final = re.compile(r"(?P<dag>\d{1,2})\.(?P<maned>\d{1,2})\.(?P<ar>\d{4})", re.ASCII)

BREDDE_UTEN_TERMINAL: Final = 120
"""Columns of a table sent to a file or a pipe, unless COLUMNS says another number."""


def parse_dato(tekst: str) -> date:
    """Read a date as people write it: 2025-03-01 or 01.03.2025 (also 1.3.2025).

    Raises:
        ValueError: not such a date; the message is translated and says what to write.
    """
    match = _ISO.fullmatch(tekst.strip()) or _NORSK.fullmatch(tekst.strip())
    if match is None:
        raise ValueError(
            _("«{tekst}» er ikke en dato. Skriv den som 2025-03-01 eller 01.03.2025.").format(
                tekst=tekst,
            ),
        )
    try:
        return date(int(match["ar"]), int(match["maned"]), int(match["dag"]))
    except ValueError:
        raise ValueError(
            _("«{tekst}» finnes ikke i kalenderen.").format(tekst=tekst),
        ) from None


class Dato(click.ParamType[date]):
    """A date on the command line."""

    name = "DATO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail with a message that says how dates are written."""
        if isinstance(value, date):
            return value
        try:
            return parse_dato(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def i_dag() -> date:
    """Return today's date in Norway: only the command line knows what day it is."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Europe/Oslo")).date()


def mappe_valg(f: F) -> F:
    """Add --mappe: `mappe: Path | None`, None = here, then upwards."""
    return click.option(
        "--mappe",
        metavar="MAPPE",
        type=click.Path(path_type=Path),
        help=N_("Arbeidsmappen (ellers: her, så oppover)."),
    )(f)


def per_valg(f: F) -> F:
    """Add --per: `per: date`, today unless given."""
    return click.option(
        "--per",
        type=Dato(),
        default=lambda: i_dag(),  # noqa: PLW0108 - looked up when used, so that a test can set it
        help=N_("Dagen det regnes per (ellers: i dag)."),
    )(f)


def kjent_valg(f: F) -> F:
    """Add --kjent: `kjent: date | None`, None = everything is known."""
    return click.option(
        "--kjent",
        type=Dato(),
        help=N_("Regn bare med det som var registrert til og med denne dagen."),
    )(f)


def format_valg(*formater: str) -> Callable[[F], F]:
    """Add --format: `utformat: str`, one of formater; the first is the default, unless the name in --ut says another."""
    return click.option(
        "--format",
        "utformat",
        type=click.Choice(formater),
        default=formater[0],
        help=N_("Hvordan svaret skal skrives (ellers: etter navnet på filen i --ut)."),
        show_default=True,
    )


def ut_valg(f: F) -> F:
    """Add --ut: `ut: Path | None`, None = stdout."""
    return click.option(
        "--ut",
        metavar="FIL",
        type=click.Path(path_type=Path),
        help=N_("Skriv til denne filen, ikke til skjermen."),
    )(f)


def utseende_valg(f: F) -> F:
    """Add --sprak, --stille and --farge/--ingen-farge; none is passed to the callback.

    `konsoll()` and `stille()` look them up.
    """
    f = click.option(
        "--farge/--ingen-farge",
        default=None,
        expose_value=False,
        callback=_remember,
        help=N_("Med eller uten farger (ellers: farger i en terminal, når NO_COLOR ikke er satt)."),
    )(f)
    f = click.option(
        "--stille",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help=N_("Bare svaret: ingen hint og ingen oppsummering."),
    )(f)
    return click.option(
        "--sprak",
        type=click.Choice(SPRAK),
        expose_value=False,
        help=N_("Språk: bokmål, nynorsk eller engelsk."),
    )(f)


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta[f"{_META}.{param.name}"] = value
    if param.name == "farge" and value is not None:
        ctx.color = value  # click takes colours out of what it prints where nobody asked for them


def _remembered(name: str) -> Any:
    ctx = click.get_current_context(silent=True)
    return ctx.meta.get(f"{_META}.{name}") if ctx else None


def stille() -> bool:
    """Return whether --stille was given."""
    return bool(_remembered("stille"))


def konsoll(*, stderr: bool = False) -> Console:
    """Return a rich console for human output that obeys --farge, NO_COLOR and COLUMNS.

    Square brackets in names are text, not markup; numbers get no colour of their own.
    """
    import os

    from rich.console import Console

    colour = fargevalg()
    stream = sys.stderr if stderr else sys.stdout
    on_screen = stream.isatty()
    width = None if on_screen or os.environ.get("COLUMNS") else BREDDE_UTEN_TERMINAL
    return Console(
        file=stream,
        width=width,
        force_terminal=True if colour else None,
        no_color=(not colour) if colour is not None else None,
        color_system=None if colour is False else "auto",
        markup=False,
        emoji=False,
        highlight=False,
    )


def fargevalg() -> bool | None:
    """Return whether colours are asked for: --farge or --ingen-farge, else NO_COLOR, else FORCE_COLOR; None: neither.

    Any value of the variables counts, but an empty one (no-color.org, force-color.org).
    """
    from oppfolgingscli.cli.kommando import fargemiljo

    colour = _remembered("farge")
    return bool(colour) if colour is not None else fargemiljo()


def farger() -> bool:
    """Return whether plain text for people on stdout has colours: as asked for, else on a terminal that has them."""
    import os

    colour = fargevalg()
    return colour if colour is not None else os.environ.get("TERM") != "dumb" and sys.stdout.isatty()


def bredde() -> int:
    """Return the columns plain text for people on stdout has, as `konsoll()` counts them."""
    import os
    import shutil

    if not sys.stdout.isatty() and not os.environ.get("COLUMNS"):
        return BREDDE_UTEN_TERMINAL
    return shutil.get_terminal_size().columns


def si(tekst: str) -> None:
    """Tell people something on stderr (hints, what was done), unless --stille was given.

    On a screen lines break between words; in a file they stay whole.
    """
    if tekst and not stille():
        from oppfolgingscli.personvern import uten_styring

        tekst = uten_styring(tekst)
        click.echo(_folded(tekst) if sys.stderr.isatty() else tekst, err=True)


def framdrift(ting: Sequence[T], tekst: str, fra: int) -> Iterable[T]:
    """Go through things with a progress bar on stderr: only on a screen, and only when there are ``fra`` or more."""
    if stille() or len(ting) < fra or not sys.stderr.isatty():
        return ting
    return _with_bar(ting, tekst)


def _with_bar(ting: Sequence[T], tekst: str) -> Iterator[T]:
    with click.progressbar(ting, label=tekst, file=sys.stderr) as bar:
        yield from bar


def _folded(tekst: str) -> str:
    import shutil
    import textwrap

    width = max(shutil.get_terminal_size().columns, 40)
    lines = []
    for line in tekst.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(
            line, width, subsequent_indent=indent + "  " if indent else "", break_on_hyphens=False, replace_whitespace=False,
            drop_whitespace=True, break_long_words=False,
        ) or [""]  # fmt: skip
    return "\n".join(lines)


def krev_fil(ut: Path | None, melding: str) -> None:
    """Refuse to write on a screen what only a file can hold; into a pipe it may go.

    Raises:
        click.UsageError: there is no ``--ut``, and stdout is a terminal.
    """
    if ut is None and on_screen():
        raise click.UsageError(melding)


def on_screen() -> bool:
    """Whether the answer goes to a terminal, and not to a file or another program."""
    return sys.stdout.isatty()


def skriv_ut(svar: str | bytes, ut: Path | None) -> None:
    """Write machine output to a file or to stdout: UTF-8 and the same bytes on every system.

    Raises:
        Systemfeil: the file could not be written.
    """
    data = svar.encode() if isinstance(svar, str) else svar
    if ut is not None:
        from oppfolgingscli import skriv

        skriv.write_atomic(ut, data)
        return
    if sys.stdout.isatty():
        click.echo(data.decode(), nl=False)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
