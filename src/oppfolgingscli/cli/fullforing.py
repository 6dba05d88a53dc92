"""`oppfolging fullforing`: the shell completes commands, options and ids; prints its script, or puts it in place."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from oppfolgingscli.cli.fullforing_sted import Sted

SKALL: Final = ("bash", "zsh", "fish", "powershell")


@click.command(
    cls=Kommando,
    help=N_(
        "La skallet fullføre kommandoer, valg og id-er når du trykker Tab: rutinesett, deltakere, roller og rutiner i "
        "arbeidsmappen du står i. Skriver skriptet til skjermen; --installer legger det der skallet leser det."
    ),
)
@click.argument("skall", type=click.Choice(SKALL), required=False)
@click.option("--installer", is_flag=True, help=N_("Legg skriptet der skallet leser det. Kan gjøres flere ganger."))
@click.option("--fjern", is_flag=True, help=N_("Ta det bort igjen."))
@felles.ut_valg
@felles.utseende_valg
def fullforing(skall: str | None, installer: bool, fjern: bool, ut: Path | None) -> None:  # noqa: D103 - the help text is above, translated
    from oppfolgingscli.cli import fullforing_skall, fullforing_sted

    if installer and fjern:
        raise click.UsageError(_("Velg enten --installer eller --fjern."))
    chosen = skall or guess()
    if chosen is None:
        raise click.UsageError(_("Fant ikke ut hvilket skall du bruker. Skriv ett av dem: {skall}.").format(
            skall=", ".join(SKALL)))  # fmt: skip
    place = fullforing_sted.find_sted(chosen)
    if installer:
        changed = fullforing_sted.install(place, fullforing_skall.script(chosen))
        _tell(changed, _("Skrevet: {fil}"), _("Alt var på plass fra før: {fil}"), place)
        felles.si(_started(chosen))
        return
    if fjern:
        _tell(fullforing_sted.remove(place), _("Endret eller slettet: {fil}"), _("Det var ikke noe å ta bort."), place)
        return
    felles.skriv_ut(fullforing_skall.script(chosen), ut)
    felles.si(_where(chosen, place))


def guess() -> str | None:
    """Return the shell one is likely to sit in; None when nothing tells."""
    name = PurePosixPath(os.environ.get("SHELL", "").replace("\\", "/")).name.removesuffix(".exe")
    if name in SKALL:
        return name
    if sys.platform == "win32" or "pwsh" in name:
        return "powershell"
    return None


def _tell(changed: list[Path], ord_: str, ellers: str, place: Sted) -> None:
    for path in changed:
        click.echo(ord_.format(fil=path))
    if not changed:
        click.echo(ellers.format(fil=place.skript))


def _started(skall: str) -> str:
    """Say what remains to be done."""
    lines = [_("Åpne et nytt vindu, skriv «oppfolging » og trykk Tab.")]
    if skall == "powershell":
        lines.append(
            _(
                "Sier PowerShell at skript ikke er tillatt, må du én gang kjøre: "
                "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned"
            )
        )
    return "\n".join(lines)


def _where(skall: str, place: Sted) -> str:
    lines = [_("Skriptet hører hjemme i {fil}.").format(fil=place.skript)]
    lines += [
        _("Linjen «{linje}» hører hjemme i {fil}.").format(linje=place.linje, fil=path) for path in place.oppstart
    ]
    lines.append(_("«oppfolging fullforing {skall} --installer» gjør det for deg.").format(skall=skall))
    return "\n".join(lines)
