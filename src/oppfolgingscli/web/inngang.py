"""The door: the one-time key, the password where there is one, and the page for those who have neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse, Response

from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.web.side import render
from oppfolgingscli.web.svar import Side

if TYPE_CHECKING:
    from oppfolgingscli.web.kontekst import Felter
    from oppfolgingscli.web.okt import Okt, Okter
    from oppfolgingscli.web.oppsett import Oppsett

INN: Final = "/inn"
UT: Final = "/ut"


def at_the_door(
    oppsett: Oppsett, okter: Okter, sti: str, query: Felter, form: Felter | None, okt: Okt | None, kjeks: str
) -> Response:
    """Answer somebody without a session of their own. ``okt``: one that has shown nothing, for the password form."""
    if okter.med_passord:
        return _password(oppsett, okter, sti, form, okt, kjeks)
    cookie = okter.use_key(query.en("nokkel")) if sti == "/" and form is None else None
    if cookie is not None:
        response = RedirectResponse("/", 303, headers={"referrer-policy": "no-referrer"})
        return _with_cookie(response, oppsett, cookie)
    used = "nokkel" in query
    title = _("Nøkkelen er brukt") if used else _("Du er ikke inne")
    text = [
        _("Adressen med nøkkel kan brukes én gang, i én nettleser.")
        if used
        else _("Denne siden åpnes bare for den som har startet den."),
        _("Gå til vinduet der du startet den, trykk Ctrl+C, og skriv kommandoen på nytt:"),
    ]
    side = Side("dor.html.j2", title, {"avsnitt": text, "kommando": "oppfolging web"}, kode=403)
    return _html(side, 403)


def _password(oppsett: Oppsett, okter: Okter, sti: str, form: Felter | None, okt: Okt | None, kjeks: str) -> Response:
    fault = ""
    kode = 403
    if form is not None and sti == INN and okt is not None and okt.is_own(form.en("_merke")):
        cookie = okter.log_in(kjeks, (form.verdier.get("passord") or [""])[0])
        if cookie is not None:
            return _with_cookie(RedirectResponse("/", 303), oppsett, cookie)
        wait = int(okter.wait() + 0.999)
        fault = _("Passordet er ikke riktig.")
        if wait:
            kode = 429
            fault = ngettext("For mange forsøk. Vent {n} sekund.", "For mange forsøk. Vent {n} sekunder.", wait).format(
                n=wait
            )
    elif form is not None:
        fault = _("Skjemaet var for gammelt. Prøv en gang til.")
    new = None
    if okt is None:
        new = okter.greet()
        okt = okter.find(new)
    assert okt is not None  # noqa: S101 - just made
    side = Side("passord.html.j2", _("Logg inn"), {
        "feil": fault, "til": INN, "merke": okt.merke,
        "o": {"passord": _("Passord"), "inn": _("Logg inn"), "feil": _("Feil")},
    }, kode=kode)  # fmt: skip
    response = _html(side, kode)
    return _with_cookie(response, oppsett, new) if new else response


def leave(oppsett: Oppsett, okter: Okter, kjeks: str) -> Response:
    """End the session."""
    okter.forget(kjeks)
    response = RedirectResponse("/", 303)
    response.delete_cookie(oppsett.kjeks, path="/", httponly=True, samesite="strict")
    return response


def _with_cookie(response: Response, oppsett: Oppsett, verdi: str) -> Response:
    # A session cookie of the browser's, and no Secure: there is no TLS on one's own machine.
    response.set_cookie(oppsett.kjeks, verdi, path="/", httponly=True, samesite="strict")
    return response


def _html(side: Side, kode: int) -> Response:
    return Response(render(side, None), kode, media_type="text/html; charset=utf-8")
