"""Writes docs/kommandoer.md from the commands themselves: `python gjor.py dokumentasjon`.

With --sjekk nothing is written; the exit code is 1 when the file is out of date.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oppfolgingscli.cli import rot
from oppfolgingscli.sprak import set_sprak

if TYPE_CHECKING:
    from collections.abc import Iterator

FIL = Path(__file__).with_name("kommandoer.md")
BREDDE = 100
INNLEDNING = """\
# Kommandoene

*Denne filen er laget av programmet selv (`python gjor.py dokumentasjon`). Rett hjelpetekstene i koden, ikke her.*

Svarkoder: 0 ferdig · 1 noe er forfalt · 2 feil bruk · 3 feil i filene · 4 maskinen sa nei · 130 avbrutt.
"""


def commands(command: click.Command, ctx: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """Yield a command and all below it, in the order they are listed."""
    yield command, ctx
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            if below is not None and not below.hidden:
                yield from commands(below, click.Context(below, info_name=name, parent=ctx))


def render() -> str:
    """Return the whole file."""
    set_sprak("nb")
    top = click.Context(rot, info_name="oppfolging", terminal_width=BREDDE, max_content_width=BREDDE)
    parts = [INNLEDNING]
    for command, ctx in commands(rot, top):
        text = command.get_help(ctx).rstrip()
        parts.append(f"## `{ctx.command_path}`\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def main() -> None:
    """Write the file, or with --sjekk compare it."""
    text = render()
    if "--sjekk" in sys.argv[1:]:
        current = FIL.read_text(encoding="utf-8") if FIL.exists() else ""
        if current != text:
            sys.exit(f"{FIL.name} is out of date: python gjor.py dokumentasjon")
        return
    FIL.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
