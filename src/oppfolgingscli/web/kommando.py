"""``oppfolging web``: the list, the log form and the pictures in a browser, from this machine to itself."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.feil import Bruksfeil, Systemfeil
from oppfolgingscli.personvern import has_fodselsnummer
from oppfolgingscli.sprak import N_, _, sprak

if TYPE_CHECKING:
    import socket

PASSORD: Final = "OPPFOLGING_WEB_PASSORD"
_KORTEST: Final = 10
"""Characters a password has at least: it may be guessed at from other machines."""


@click.command(
    cls=Kommando,
    help=N_(
        "Vis lister, deltakere, rapport og skjemaet for loggen i nettleseren. Siden finnes bare på denne maskinen, og "
        "stoppes med Ctrl+C."
    ),
    epilog=N_(
        "Adressen har en nøkkel som brukes én gang. Med --vert kan andre maskiner nå siden; da kreves et passord, i "
        "OPPFOLGING_WEB_PASSORD eller på spørsmål, og trafikken er ikke kryptert."
    ),
)
@felles.mappe_valg
@click.option("--per", type=felles.Dato(), help=N_("Dagen det regnes per (ellers: dagen i dag, hele tiden)."))
@click.option("--dager", metavar="N", type=click.IntRange(0, 366), default=14, show_default=True,
              help=N_("Vis også det som har frist innen så mange dager."))  # fmt: skip
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), default=0, help=N_("Porten (ellers: en som er ledig).")
)
@click.option("--vert", default="127.0.0.1", metavar="ADRESSE", show_default=True,
              help=N_("Adressen å lytte på. En annen enn denne maskinens egen krever passord."))  # fmt: skip
@click.option("--ikke-apne", is_flag=True, help=N_("Ikke åpne nettleseren; skriv bare adressen."))
@felles.utseende_valg
def web(  # noqa: D103 - the help text is above, translated
    mappe: Path | None,
    per: date | None,
    dager: int,
    port: int,
    vert: str,
    ikke_apne: bool,  # noqa: FBT001 - click hands flags to callbacks as bools
) -> None:
    from oppfolgingscli.les.arbeidsmappe import OPPSETT, find_arbeidsmappe
    from oppfolgingscli.web.okt import Okter
    from oppfolgingscli.web.oppsett import Oppsett

    folder = find_arbeidsmappe(mappe)
    if not (folder / OPPSETT).is_file():
        raise Bruksfeil(
            _("{mappe} er ingen arbeidsmappe: den har ingen {fil}. Lag en med «oppfolging ny».").format(
                mappe=folder, fil=OPPSETT
            )
        )
    word = None if Oppsett(folder, vert=vert).er_lokal else find_passord()
    listener = _listen(vert, port)
    oppsett = Oppsett(folder.resolve(), per, sprak(), vert, int(listener.getsockname()[1]), dager)
    okter = Okter(word)
    address = f"{oppsett.adresse}/" + (f"?nokkel={okter.nokkel}" if okter.nokkel else "")
    click.echo(address)
    felles.si(_("Trykk Ctrl+C her for å stoppe."))
    if word is not None:
        felles.si(_("Andre maskiner kan nå siden, og trafikken er ikke kryptert. Bruk bare et nett du stoler på."))
    _serve(oppsett, okter, listener, None if ikke_apne else address)


def find_passord() -> str:
    """Return the password others must give: the environment's, else asked for twice at the screen.

    Raises:
        Bruksfeil: there is none and nobody to ask, it is too short, or it may be an identity number.
    """
    word = os.environ.get(PASSORD, "")
    if not word:
        if not sys.stdin.isatty():
            raise Bruksfeil(
                _("Uten passord er siden bare for denne maskinen. Sett {variabel}, eller ta bort --vert.").format(
                    variabel=PASSORD
                )
            )
        word = str(click.prompt(_("Passord for siden"), hide_input=True, confirmation_prompt=True, err=True))
    if len(word) < _KORTEST:
        raise Bruksfeil(_("Passordet er for kort: minst {n} tegn.").format(n=_KORTEST))
    if has_fodselsnummer(word):  # no form here takes it
        raise Bruksfeil(_("Passordet har elleve siffer på rad. Bruk et uten."))
    return word


def _listen(vert: str, port: int) -> socket.socket:
    from oppfolgingscli.web.vern import open_socket

    try:
        return open_socket(vert, port)
    except OSError as error:
        what = _("{vert}:{port} kan ikke brukes ({grunn}). Velg en annen --port, eller la programmet finne en.")
        raise Systemfeil(what.format(vert=vert, port=port, grunn=error.strerror or error)) from error


def _serve(oppsett: Any, okter: Any, listener: socket.socket, open_: str | None) -> None:  # noqa: ANN401 - see web()
    import uvicorn

    from oppfolgingscli.web.app import create_app

    class Server(uvicorn.Server):
        """Opens the browser when the door is open, not before."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if open_ is not None:
                _open_browser(open_)

    config = uvicorn.Config(
        create_app(oppsett, okter),
        http="h11",
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        log_level="critical",
        access_log=False,  # an address may hold the key
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=16 * 1024,
        limit_concurrency=512,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
    )
    Server(config).run(sockets=[listener])


def _open_browser(address: str) -> None:
    """Open the browser from a thread of its own: some take their time, and the server is to answer meanwhile."""
    import threading
    import webbrowser

    threading.Thread(target=lambda: webbrowser.open(address), daemon=True).start()
