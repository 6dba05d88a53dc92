"""`oppfolging hjelp`: topics with worked examples, the help of a command, and the manual page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli import __version__
from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.vis.emner import Emne
    from oppfolgingscli.vis.manual import Kommandohjelp

_FELLES: Final = ("--sprak", "--stille", "--farge", "--help")


@click.command(
    cls=Kommando,
    help=N_(
        "Vis hjelp om et emne, med eksempler som virker, eller om en kommando. Uten EMNE vises listen over emner. "
        "--man skriver alt som en manualside."
    ),
)
@click.argument("emne", metavar="[EMNE]", nargs=-1)
@click.option("--man", is_flag=True, help=N_("Skriv en manualside (roff) om hele programmet: «man -l fil» viser den."))
@felles.format_valg("tekst", "md", "json")
@felles.ut_valg
@felles.utseende_valg
@click.pass_context
def hjelp(ctx: click.Context, emne: tuple[str, ...], man: bool, utformat: str, ut: Path | None) -> None:  # noqa: D103 - the help text is above, translated
    if man:
        if emne:
            raise click.UsageError(_("--man er om hele programmet; skriv den uten emne."))
        from oppfolgingscli.vis.manual import manual

        root = ctx.find_root()
        felles.skriv_ut(manual(__version__, _words(root.command.help), _every(root), _shared(root)), ut)
        return
    if not emne:
        felles.skriv_ut(_list(utformat), ut)
        return
    topic, command = _topic(emne), _command(ctx, emne)
    if topic is None and command is None:
        raise Bruksfeil(_unknown(ctx, " ".join(emne)))
    felles.skriv_ut(_render(topic, command, utformat), ut)


def choices() -> list[tuple[str, str]]:
    """Return the topics and the commands, each with what it is: what a shell suggests."""
    from oppfolgingscli.cli import KOMMANDOER
    from oppfolgingscli.vis.emner import topics

    found = {name: _(entry.hjelp) for name, entry in KOMMANDOER.items()}
    return list((found | {topic.id: topic.tittel for topic in topics().values()}).items())


def _topic(words: tuple[str, ...]) -> Emne | None:
    from oppfolgingscli.vis.emner import find_topic

    return find_topic(" ".join(words))


def _command(ctx: click.Context, words: tuple[str, ...]) -> click.Context | None:
    """Return the context of the command the words name ("logg", "ny"); None when there is none."""
    here = ctx.find_root()
    for word in words:
        group = here.command
        below = group.get_command(here, word.lower()) if isinstance(group, click.Group) else None
        if below is None:
            return None
        here = type(here)(below, info_name=word.lower(), parent=here)
    return here


def _unknown(ctx: click.Context, word: str) -> str:
    from oppfolgingscli.personvern import rens
    from oppfolgingscli.vis.emner import nearest_topic

    root = ctx.find_root()
    group = root.command
    near = nearest_topic(word, group.list_commands(root) if isinstance(group, click.Group) else [])
    hint = _("Mente du «{ord}»?").format(ord=near) if near else _("«oppfolging hjelp» viser emnene.")
    return _("Det er ikke noe emne som heter «{ord}».").format(ord=rens(word)) + " " + hint


def _list(utformat: str) -> str:
    from oppfolgingscli.vis import maskin
    from oppfolgingscli.vis.emner import topics

    found = topics()
    if utformat == "json":
        return f'{{"emner":{maskin.dump_rows({"id": t.id, "tittel": t.tittel} for t in found.values())}}}\n'
    if utformat == "md":
        return "".join(f"- `{t.id}`: {t.tittel}\n" for t in found.values())
    width = max(map(len, found))
    lines = [_("Emner:"), *(f"  {t.id:<{width}}  {t.tittel}" for t in found.values()), ""]
    lines += [
        _("«oppfolging hjelp EMNE» viser et av dem, «oppfolging hjelp KOMMANDO» viser hjelpen til en kommando."),
        _("«oppfolging --help» viser kommandoene."),
    ]
    return "\n".join(lines) + "\n"


def _render(topic: Emne | None, command: click.Context | None, utformat: str) -> str:
    from oppfolgingscli.vis import emner, maskin

    shown = command.get_help() + "\n" if command is not None else ""
    if utformat == "json":
        return (
            maskin.dump(
                {
                    "id": topic.id if topic else None,
                    "tittel": topic.tittel if topic else None,
                    "tekst": "\n\n".join(topic.avsnitt) if topic else None,
                    "eksempler": topic.kommandoer if topic else [],
                    "kommando": shown or None,
                }
            )
            + "\n"
        )
    if utformat == "md":
        text = emner.as_md(topic) if topic else ""
        block = f"```text\n{shown}```\n" if shown else ""
        return "\n".join(part for part in (text, block) if part)
    text = emner.as_text(topic, felles.bredde(), farger=felles.farger()) if topic else ""
    return "\n".join(part for part in (text, shown) if part)


def _every(ctx: click.Context, sti: str = "oppfolging") -> Iterator[Kommandohjelp]:
    """Yield the help of every command below, in the order they are listed."""
    from oppfolgingscli.vis.manual import Kommandohjelp

    group = ctx.command
    for name in group.list_commands(ctx) if isinstance(group, click.Group) else []:
        command = group.get_command(ctx, name) if isinstance(group, click.Group) else None
        if command is None or command.hidden:
            continue
        below = type(ctx)(command, info_name=name, parent=ctx)
        path = f"{sti} {name}"
        usage = " ".join([path, *command.collect_usage_pieces(below)])
        yield Kommandohjelp(path, usage, _words(command.help), _options(command, below), _words(command.epilog))
        yield from _every(below, path)


def _words(text: str | None) -> str:
    """Return a command's own text in the language in use; nothing for none."""
    return _(text) if text else ""


def _options(command: click.Command, ctx: click.Context) -> list[tuple[str, str]]:
    """Return the options that are the command's own; those they all have are told once."""
    from oppfolgingscli.cli.kommando import option_rows

    return [row for row in option_rows(command, ctx) if not _is_shared(row)]


def _shared(root: click.Context) -> list[tuple[str, str]]:
    """Return the options that every command has."""
    from oppfolgingscli.cli.kommando import option_rows

    here = root.command.get_command(root, "hjelp") if isinstance(root.command, click.Group) else None
    return [row for row in option_rows(here, root) if _is_shared(row)] if here is not None else []


def _is_shared(row: tuple[str, str]) -> bool:
    return row[0].split()[0].rstrip(",") in _FELLES
