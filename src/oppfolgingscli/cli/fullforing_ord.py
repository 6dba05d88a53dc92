"""What a shell suggests for an option's value: ids of the workspace, routine sets, today's date.

Only used while completing (`resilient_parsing`): `equip` gives a command's parameters their sources, by name.
Whatever goes wrong gives no suggestions, never a message: the user is in the middle of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.shell_completion import CompletionItem

from oppfolgingscli.les import ider
from oppfolgingscli.sprak import navn as i_spraket

if TYPE_CHECKING:
    from oppfolgingscli.les.ider import Navn

Forslag = Iterable[tuple[str, Any]]
Kilde = Callable[[click.Context], Forslag]


class _Rom:
    """The workspace of the line being typed."""

    def __init__(self, ctx: click.Context) -> None:
        given = ctx.params.get("mappe")
        self.mappe = ider.find_mappe(Path(given) if given else None)
        self.oppsett = ider.read_oppsett(self.mappe)

    def navn(self, ctx: click.Context) -> Navn:
        """Return what the routine set names: the one on the line, else the class's."""
        given = ctx.params.get("id_") or (ctx.params.get("rutiner") if _command(ctx) in _SETT else None)
        if isinstance(given, str):
            return ider.rutinesett(given, None)
        klasse = self.oppsett.get("klasse")
        return ider.rutinesett(klasse.get("rutinesett") if isinstance(klasse, dict) else None, self.mappe)


_SETT: Final = frozenset({"ny", "handbok", "arshjul", "belastning"})
"""The commands whose --rutiner is a routine set; elsewhere it is routines."""


def _command(ctx: click.Context) -> str:
    """Return the command being typed, without the program's name: "logg ny"."""
    return ctx.command_path.partition(" ")[2]


def _sets(ctx: click.Context) -> Forslag:
    room = _Rom(ctx)
    own = ider.egne_rutinefiler(room.mappe) if _command(ctx) != "ny" else []
    return [(id_, None) for id_ in (*ider.medfolgende("rutiner"), *own)]


def _calendars(ctx: click.Context) -> Forslag:  # noqa: ARG001 - called as the other sources
    return [(id_, None) for id_ in (*ider.medfolgende("skoleruter"), "ingen")]


def _participants(ctx: click.Context) -> Forslag:
    room = _Rom(ctx)
    return [(id_, None) for id_ in ider.deltakere(room.oppsett, room.mappe)] if room.mappe else []


def _roles(ctx: click.Context) -> Forslag:
    return _Rom(ctx).navn(ctx).roller.items()


def _people(ctx: click.Context) -> Forslag:
    if _command(ctx) == "logg vis":
        return _anyone(ctx)
    return ider.personer(_Rom(ctx).oppsett).items()


def _anyone(ctx: click.Context) -> Forslag:
    room = _Rom(ctx)
    return {**ider.personer(room.oppsett), **room.navn(ctx).roller, "deltaker": None}.items()


def _role_or_person(ctx: click.Context) -> Forslag:
    room = _Rom(ctx)
    return {**ider.personer(room.oppsett), **room.navn(ctx).roller}.items()


def _routines(ctx: click.Context) -> Forslag:
    if _command(ctx) in _SETT:
        return _sets(ctx)
    return _Rom(ctx).navn(ctx).rutiner.items()


def _kinds(ctx: click.Context) -> Forslag:
    names = _Rom(ctx).navn(ctx)
    kinds = {"logg hendelse": names.hendelser, "logg ny": names.typer}.get(_command(ctx), names.typer | names.hendelser)
    return [(kind, None) for kind in sorted(kinds)]


def _rows(ctx: click.Context) -> Forslag:
    room = _Rom(ctx)
    return [(id_, None) for id_ in ider.loggrader(room.mappe, ctx.params.get("logg"))] if room.mappe else []


def _agreements(ctx: click.Context) -> Forslag:
    if _command(ctx) != "logg avtale":
        return _today(ctx)  # of `logg rett` it is the day
    room = _Rom(ctx)
    return [(id_, None) for id_ in ider.loggrader(room.mappe, "avtaler")] if room.mappe else []


def _today(ctx: click.Context) -> Forslag:  # noqa: ARG001 - called as the other sources
    from oppfolgingscli.cli.felles import i_dag

    return [(i_dag().isoformat(), None)]


def _topics(ctx: click.Context) -> Forslag:  # noqa: ARG001 - called as the other sources
    from oppfolgingscli.cli.hjelp import choices

    return choices()


KILDER: Final[dict[str, Kilde]] = {
    "ansvarlig": _role_or_person,
    "deltaker": _participants,
    "deltakere": _participants,
    "deltok": _anyone,
    "emne": _topics,
    "forklar": _participants,
    "id_": _sets,
    "id2": _sets,
    "ider": _sets,
    "personer": _people,
    "rad_id": _rows,
    "roller": _roles,
    "rutine": _routines,
    "rutiner": _routines,
    "skolerute": _calendars,
    "type_": _kinds,
    "typer": _kinds,
    "utfort": _agreements,
    "utfort_av": _role_or_person,
}
"""By the name of the parameter in the callback."""
DATOER: Final = frozenset({"per", "fra", "til", "kjent", "dato", "frist", "oppdaget"})
MAPPER: Final = frozenset({"mappe", "mapper", "andre", "abonnement"})


def kilde(param: click.Parameter) -> Kilde | None:
    """Return where suggestions for a parameter come from; None where click itself knows, or nobody does."""
    taken = (click.Choice, click.types.IntRange, click.types.FloatRange)
    if isinstance(param.type, taken) or getattr(param, "is_flag", False):
        return None
    return _today if param.name in DATOER else KILDER.get(param.name or "")


def equip(command: click.Command) -> None:
    """Give the parameters of a command that is being completed their suggestions."""
    for param in command.params:
        if param.name in MAPPER:
            _replace(param, _folders)
        elif (source := kilde(param)) is not None:
            _replace(param, _from(source))


def _replace(param: click.Parameter, complete: Callable[[click.Context, str], list[CompletionItem[Any]]]) -> None:
    param.shell_complete = complete  # type: ignore[assignment] # the program ends after one completion


def _folders(ctx: click.Context, incomplete: str) -> list[CompletionItem[Any]]:  # noqa: ARG001 - as click calls it
    return [CompletionItem(incomplete, type="dir")]


def _from(source: Kilde) -> Callable[[click.Context, str], list[CompletionItem[Any]]]:
    def complete(ctx: click.Context, incomplete: str) -> list[CompletionItem[Any]]:
        try:
            found = list(source(ctx))
        except Exception:  # noqa: BLE001 - a file in any state must not print into the line being typed
            return []
        folded = incomplete.casefold()
        return [
            CompletionItem(id_, help=i_spraket(name) if isinstance(name, str | dict) and name else None)
            for id_, name in found
            if id_.casefold().startswith(folded)
        ]

    return complete
