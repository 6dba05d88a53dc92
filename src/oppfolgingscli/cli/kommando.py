"""Click classes of ours: help in the language in use, and commands imported when they are run.

Every command is made with `cls=Kommando` (or `Gruppe`) and `help=N_("…")`; option help is also marked
with `N_`. The texts are translated when they are shown, never when a module is imported.
"""

from __future__ import annotations

import copy
import os
import sys
from gettext import gettext
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from oppfolgingscli.sprak import N_, SPRAK, _, choose, set_sprak

if TYPE_CHECKING:
    from collections.abc import Sequence


class Kommando(click.Command):
    """A command whose help, and whose options' help, is translated when it is shown."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; without --format, the name of the file to write says which."""
        source = ctx.get_parameter_source("utformat")
        if source is click.core.ParameterSource.DEFAULT and (ut := ctx.params.get("ut")) is not None:
            (choices,) = (
                p.type.choices for p in self.params if p.name == "utformat" and isinstance(p.type, click.Choice)
            )
            suffix = ut.suffix.lower().removeprefix(".")
            ctx.params["utformat"] = suffix if suffix in choices else ctx.params["utformat"]
        return super().invoke(ctx)

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> click.Context:
        """Make the context; while a shell completes the line, the parameters know what may be written."""
        if extra.get("resilient_parsing"):
            from oppfolgingscli.cli.fullforing_ord import equip

            equip(self)
        return super().make_context(info_name, args, *rest, **extra)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Complete options and commands, with their help in the language in use."""
        return translated_items(super().shell_complete(ctx, incomplete))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description in the language in use."""
        translated(self, super().format_help_text, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the closing text in the language in use."""
        translated(self, super().format_epilog, ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the line a group shows about this command."""
        return click.Command(None, help=self.help and _(self.help)).get_short_help_str(limit)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the words after the command's name in the usage line."""
        return usage_pieces(super().collect_usage_pieces(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options with their help in the language in use."""
        write_options(self, ctx, formatter)


class Gruppe(Kommando, click.Group):
    """A group of commands of ours (`rutiner liste`, `rutiner vis` …). It takes --sprak, as its commands do."""

    command_class = Kommando

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if all(param.name != "sprak" for param in self.params):
            text = N_("Språk: bokmål, nynorsk eller engelsk.")
            self.params.append(click.Option(["--sprak"], type=click.Choice(SPRAK), expose_value=False, help=text))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


class Oppslag(NamedTuple):
    """Where a command is, and what a list says of it (a text marked with N_)."""

    modul: str
    navn: str
    hjelp: str


class LazyGroup(Gruppe):
    """The root: commands from a table, each module imported when its command is run.

    `main` also chooses the language before click reads the arguments (its complaints about them
    shall be in that language), and hands every exception to the edge (kant.py).
    """

    def __init__(self, *args: Any, tabell: dict[str, Oppslag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tabell = tabell

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the table's order: the order in which one uses them."""
        return list(self.tabell)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return the command; None if there is none."""
        entry = self.tabell.get(cmd_name)
        if entry is None:
            return None
        command = getattr(import_module(entry.modul), entry.navn)
        if not isinstance(command, click.Command):
            message = f"{entry.modul}.{entry.navn} is no command"
            raise TypeError(message)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, without importing any of them."""
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, _(entry.hjelp)) for name, entry in self.tabell.items()])

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Make the context; a reader of --help that leaves is no fault (click would exit 1)."""
        kwargs.setdefault("color", fargemiljo())
        try:
            return super().make_context(*args, **kwargs)
        except BrokenPipeError:
            raise click.exceptions.Exit(0) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that leaves early (`| head`) is no fault."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise click.exceptions.Exit(0) from None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Complete options and command names from the table."""
        from click.shell_completion import CompletionItem

        return [
            *(
                CompletionItem(name, help=_(entry.hjelp))
                for name, entry in self.tabell.items()
                if name.startswith(incomplete)
            ),
            *translated_items(click.Command.shell_complete(self, ctx, incomplete)),
        ]

    def main(  # type: ignore[override] # click has overloads on standalone_mode
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT002 - click's signature
        **extra: Any,
    ) -> int:
        """Choose the language, run, and end with one of the exit codes of the command line."""
        from oppfolgingscli.cli import kant

        if "_OPPFOLGING_COMPLETE" in os.environ:
            from oppfolgingscli.cli.fullforing_skall import register

            register()
        words = list(sys.argv[1:] if args is None else args)
        set_sprak(choose(find_sprak(words)))

        def call() -> Any:
            refuse_numbers(words)
            return super(LazyGroup, self).main(
                args=args,
                prog_name=prog_name,
                complete_var=complete_var,
                standalone_mode=False,
                **extra,
            )

        code = kant.run(call)
        if standalone_mode:
            sys.exit(code)
        return code


def refuse_numbers(words: Sequence[str]) -> None:
    """Refuse identity numbers on the command line and in our environment variables, before anything is done.

    A password is let through: it is neither shown nor kept, and who has one may not be able to choose it.

    Raises:
        Inndatafeil: there is one. It is not repeated.
    """
    ours = [value for name, value in os.environ.items() if name.startswith("OPPFOLGING_") and "PASSORD" not in name]
    for word in (*words, *ours):
        if sum(map(str.isdigit, word)) < 10:  # the least there is in one
            continue
        from oppfolgingscli.feil import Feil, Inndatafeil
        from oppfolgingscli.personvern import has_fodselsnummer

        if has_fodselsnummer(word):
            melding = _(
                "Et av ordene i kommandoen har elleve siffer på rad. Det kan være et fødselsnummer, og slikt skal verken "
                "skrives her eller stå i navn på filer. Ingenting er gjort."
            )
            raise Inndatafeil([Feil("fodselsnummer", melding, None, _("Bruk en oppdiktet id, for eksempel D01."))])


def fargemiljo() -> bool | None:
    """Return what the environment says of colours: NO_COLOR before FORCE_COLOR, None when it says nothing."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def find_sprak(args: Sequence[str]) -> str | None:
    """Return what the last --sprak says, wherever it stands; None when there is none.

    Click judges the value later; here an unknown one only counts as none.
    """
    found = None
    for position, word in enumerate(args):
        if word == "--":
            break
        if word == "--sprak" and position + 1 < len(args):
            found = args[position + 1]
        elif word.startswith("--sprak="):
            found = word.removeprefix("--sprak=")
    return found if found in SPRAK else None


def translated_items(items: list[Any]) -> list[Any]:
    """Put the help of completions into the language in use."""
    for item in items:
        item.help = _(item.help) if item.help else None
    return items


def translated(command: click.Command, write: Any, *args: Any) -> None:
    """Call a writer of the command's own texts while these are in the language in use."""
    original = command.help, command.epilog
    command.help = _(command.help) if command.help else None
    command.epilog = _(command.epilog) if command.epilog else None
    try:
        write(*args)
    finally:
        command.help, command.epilog = original


def usage_pieces(pieces: list[str]) -> list[str]:
    """Put click's fixed English words of the usage line into the language in use."""
    words = {"[OPTIONS]": _("[VALG]"), "COMMAND [ARGS]...": _("KOMMANDO [ARGUMENTER] …")}
    return [words.get(piece, piece) for piece in pieces]


def option_rows(command: click.Command, ctx: click.Context) -> list[tuple[str, str]]:
    """Return how each option is written, with its help in the language in use."""
    help_option = command.get_help_option(ctx)
    rows = []
    for param in command.get_params(ctx):
        if not isinstance(param, click.Option):
            continue
        shown = copy.copy(param)  # click finds parameters by identity, so the real one stays
        if param is help_option:
            shown.help = gettext("Show this message and exit.")
        elif param.help:
            shown.help = _(param.help)
        if record := shown.get_help_record(ctx):
            rows.append(record)
    return rows


def write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the section of options."""
    if rows := option_rows(command, ctx):
        with formatter.section(gettext("Options")):
            formatter.write_dl(rows)
