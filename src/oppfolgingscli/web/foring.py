"""What the three forms of the log have in common: shown, read, written at the end of the log, and told of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from oppfolgingscli.cli import felles
from oppfolgingscli.logg import Klokke, append
from oppfolgingscli.sprak import _
from oppfolgingscli.web.kvittering import write_and_tell
from oppfolgingscli.web.ordvalg import Ordvalg
from oppfolgingscli.web.skjema import Leser, Skjema, already, send, show

if TYPE_CHECKING:
    from oppfolgingscli.les.logg_kolonner import Slag
    from oppfolgingscli.web.kontekst import Kontekst
    from oppfolgingscli.web.svar import Svar


def answer(
    k: Kontekst,
    slag: Slag,
    form: Callable[[Kontekst, Ordvalg], Skjema],
    row: Callable[[Leser, Ordvalg], dict[str, str]],
) -> Svar:
    """Show the form, or write the row it holds to the log of its kind; a form sent twice writes once."""
    if k.skjema is not None and (done := already(k)):
        return done
    ord_ = Ordvalg(k.grunnlag)
    skjema = form(k, ord_)
    if k.skjema is None:
        return show(skjema, k)
    leser = Leser(k.skjema)
    read = row(leser, ord_)

    def write() -> dict[str, str]:
        clock = Klokke(felles.i_dag())
        (written,) = append(k.mappe, slag, lambda now: [{**read, "registrert": clock.registrert(now)}])
        return written

    return send(k, skjema, leser, lambda: write_and_tell(k, slag, write))


def tabs(k: Kontekst, her: str) -> list[tuple[str, str, bool]]:
    """Return the ways between the three forms: words, address, whether it is this one."""
    felter = k.skjema if k.skjema is not None else k.sporring
    kept = {"deltaker": felter.en("deltaker"), "tilbake": felter.en("tilbake")}
    return [
        (_("En kontakt"), k.url("logg", **kept), her == "logg"),
        (_("En hendelse"), k.url("hendelse", **kept), her == "hendelse"),
        (_("En avtale"), k.url("avtale", **kept), her == "avtale"),
    ]
