"""What was written in the log, for other programs: the cells of the new rows, without the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.sprak import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from oppfolgingscli.les.logg_kolonner import Slag


def svar_valg(f: Callable[..., Any]) -> Callable[..., Any]:
    """Add --format for a command that does something and says what: `utformat: str`, tekst or json."""
    return click.option(
        "--format", "utformat", type=click.Choice(["tekst", "json"]), default="tekst", show_default=True,
        help=N_("Hvordan svaret skal skrives."),
    )(f)  # fmt: skip


def skriv_rader(slag: Slag, rader: Iterable[Mapping[str, str]], **mer: object) -> None:
    """Print the rows as JSON, a cell that is empty as null; ``mer``: further keys of the answer."""
    from oppfolgingscli.les.logg_kolonner import KOLONNER
    from oppfolgingscli.vis import maskin

    keys = [name for name in KOLONNER[slag] if name != "notat"]
    rows = maskin.dump_rows({key: row.get(key) or None for key in keys} for row in rader)
    head = maskin.dump({"logg": slag, **mer})
    felles.skriv_ut(f'{head[:-1]},\n"rader":{rows}}}\n', None)
