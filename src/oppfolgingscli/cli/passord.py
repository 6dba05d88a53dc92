"""Finds the password for a calendar server: the environment, the machine's keyring, or the person at the screen.

It is kept in memory only, and is in no message: what is shown on failure is which of the three to use.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli.publiser import BRUKER, PASSORD
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.personvern import find_fodselsnummer
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.tjener.adresse import Adresse
    from oppfolgingscli.tjener.forbindelse import Innlogging

_ULOVLIG: Final = re.compile(r"[\x00-\x1f\x7f:]")


def find_innlogging(bruker: str | None, adresse: Adresse) -> Innlogging | None:
    """Return who to log in as; None when no user was given.

    Raises:
        Bruksfeil: a user that cannot be, or no password anywhere and nobody to ask.
    """
    from oppfolgingscli.tjener.forbindelse import Innlogging

    if not bruker:
        if os.environ.get(PASSORD):
            raise Bruksfeil(
                _(
                    "{passord} er satt, men ikke brukernavnet. Skriv det med --caldav-bruker, eller sett {bruker}."
                ).format(passord=PASSORD, bruker=BRUKER),
            )
        return None
    if any(find_fodselsnummer(bruker)):
        raise Bruksfeil(_("--caldav-bruker: navnet har elleve siffer på rad. Bruk et uten fødselsnummer."))
    if _ULOVLIG.search(bruker):
        raise Bruksfeil(_("--caldav-bruker: et brukernavn kan ikke ha kolon eller styretegn i seg."))
    password = os.environ.get(PASSORD) or _fra_nokkelring(tjeneste(adresse), bruker) or _spor(bruker, adresse)
    return Innlogging(bruker, password)


def tjeneste(adresse: Adresse) -> str:
    """Return the name the password has in the keyring."""
    return f"oppfolging:{adresse.vert_port}"


def _fra_nokkelring(service: str, bruker: str) -> str | None:
    try:
        import keyring
    except ImportError:
        return None
    try:
        return keyring.get_password(service, bruker)
    except Exception:  # noqa: BLE001 - each system's keyring fails in its own way; then there are two other ways
        return None


def _spor(bruker: str, adresse: Adresse) -> str:
    if not sys.stdin.isatty():
        raise Bruksfeil(
            _(
                "Passordet til {bruker} på {vert} mangler. Sett {variabel}, eller legg det i nøkkelringen med "
                "«keyring set {tjeneste} {bruker}» (trenger «pip install oppfolgingscli[caldav]»).",
            ).format(bruker=bruker, vert=adresse.vert_port, variabel=PASSORD, tjeneste=tjeneste(adresse)),
        )
    text = _("Passord for {bruker} på {vert}").format(bruker=bruker, vert=adresse.vert_port)
    return str(click.prompt(text, hide_input=True, err=True))
