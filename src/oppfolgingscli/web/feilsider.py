"""Pages for what went wrong, in the reader's language: what it is, and what to do. Never a traceback."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING

import click

from oppfolgingscli.cli.kant import FEILSOK
from oppfolgingscli.feil import Inndatafeil, Oppfolgingsfeil
from oppfolgingscli.les.fil import vis_sti
from oppfolgingscli.personvern import skjul
from oppfolgingscli.sprak import _
from oppfolgingscli.web.svar import Side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def _page(kode: int, tittel: str, avsnitt: Sequence[str], feil: Sequence[tuple[str, str, str]] = ()) -> Side:
    words = {"feil": _("Det som må rettes"), "hjem": _("Til listen")}
    return Side("feil.html.j2", tittel, {"avsnitt": avsnitt, "feil": feil, "o": words}, kode=kode)


def missing() -> Side:
    """There is no such page."""
    return _page(404, _("Siden finnes ikke"), [_("Det er ingen side på denne adressen.")])


def told(kode: int, melding: str) -> Side:
    """A page said no, and why."""
    title = _("Fant det ikke") if kode == 404 else _("Det går ikke")
    return _page(kode, title, [_sentence(skjul(melding))])


def of_files(error: Oppfolgingsfeil, mappe: Path) -> Side:
    """The workspace has faults (every one is listed, its files by their names in the folder), or the machine said no."""
    if isinstance(error, Inndatafeil):
        here = f"{vis_sti(mappe)}{os.sep}"
        faults = [(str(f.sted or "").removeprefix(here), f.melding, f.rad or "") for f in error.feil]
        text = [_("Arbeidsmappen kan ikke leses slik den er nå. Rett dette i filene, og last siden på nytt.")]
        return _page(503, _("Noe i filene må rettes"), text, faults)
    return _page(500, _("Maskinen sa nei"), [_sentence(skjul(str(error))), _("Last siden på nytt når det er ordnet.")])


def refused(kode: int, grunn: str) -> Side:
    """The guard refused. ``grunn``: one of the codes in ``vern.py`` and ``app.py``."""
    title = {
        "metode": _("Det går ikke her"),
        "for_stor": _("For stort"),
        "adresse": _("Adressen er for lang"),
    }.get(grunn, _("Avvist"))
    text = {
        "vert": _("Adressen i nettleseren er ikke den siden ble startet med. Bruk den som står i vinduet."),
        "metode": _("Denne siden kan ikke brukes slik."),
        "adresse": _("Skriv noe kortere."),
        "for_stor": _("Skjemaet er større enn noe en logg kan holde. Ingenting er skrevet."),
        "fremmed": _("Skjemaet kom ikke fra en av sidene her. Ingenting er skrevet."),
        "merke": _("Skjemaet er for gammelt, eller kom fra et annet sted. Ingenting er skrevet. Åpne siden på nytt."),
    }[grunn]
    return _page(kode, title, [text])


def unexpected(error: Exception) -> Side:
    """Something the program was not made for; where, goes to the window it was started in, when that is asked for."""
    if os.environ.get(FEILSOK):
        click.echo("".join(traceback.format_exception(error)).rstrip(), err=True)
    text = _(
        "Programmet møtte noe det ikke var laget for ({slag}). Stopp det, start det igjen med {variabel}=1 for å se hvor, "
        "og meld gjerne fra."
    )
    return _page(500, _("Noe gikk galt"), [text.format(slag=type(error).__name__, variabel=FEILSOK)])


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
