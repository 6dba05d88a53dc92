"""The application a server runs: one request at a time, in the reader's language, from cookie to answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, Router

from oppfolgingscli.feil import Bruksfeil, Oppfolgingsfeil
from oppfolgingscli.sprak import SPRAK, set_sprak, sprak
from oppfolgingscli.web import feilsider, inngang
from oppfolgingscli.web.kontekst import Felter, Kontekst
from oppfolgingscli.web.lager import Lager
from oppfolgingscli.web.ruter import RUTER, Rute
from oppfolgingscli.web.side import render
from oppfolgingscli.web.stil import ADRESSE, read_ark
from oppfolgingscli.web.svar import Fil, Ikke, Side, Svar, Videre
from oppfolgingscli.web.vern import MAX_KROPP, Vern

if TYPE_CHECKING:
    from oppfolgingscli.web.okt import Okt, Okter
    from oppfolgingscli.web.oppsett import Oppsett
    from oppfolgingscli.web.vern import App, Receive, Scope, Send

_MAKS_FELT: Final = 500
_TALMODIGHET: Final = 10.0
"""Seconds the body of a request may take: it comes from a browser beside us."""
MERKE: Final = "_merke"
"""The hidden field that carries the session's mark."""
_INGEN: Final = replace(RUTER[0])
"""Where one is on a page that is not there: none of the menu's, with the list's address for the links."""
_SPRAKLAS: Final = Lock()
"""The language in use is one for the process, so answers are made one at a time. There is one reader, or a few."""


def create_app(oppsett: Oppsett, okter: Okter) -> App:
    """Return the ASGI application of one workspace. ``okter`` holds the key that lets the first reader in."""
    return Vern(
        Router([*_Sider(oppsett, okter).routes()]),
        oppsett,
        lambda scope, kode, grunn: _Avvist(oppsett, okter, scope, kode, grunn),
    )


class _Sider:
    """Answers requests. Everything that reads files or makes text is done in a thread, under the language's lock."""

    def __init__(self, oppsett: Oppsett, okter: Okter) -> None:
        self._oppsett = oppsett
        self._okter = okter
        self._lager = Lager(oppsett.mappe)

    def routes(self) -> list[Route]:
        """Return the table for the router: the style sheets, the pages, and everything else."""
        pages = [Route(rute.sti, _Endepunkt(self, rute)) for rute in RUTER]
        return [Route(ADRESSE, _Ark()), *pages, Route("/{sti:path}", _Endepunkt(self, None))]

    async def answer(self, request: Request, rute: Rute | None) -> Response:
        """Answer one request."""
        body = b""
        if request.method == "POST":
            try:
                body = await asyncio.wait_for(_read_body(request), _TALMODIGHET)
            except (TimeoutError, ClientDisconnect):
                return Response(status_code=408)
            if len(body) > MAX_KROPP:
                return await run_in_threadpool(_speaking, self._oppsett.sprak, lambda: self._refused(413, "for_stor"))
        return await run_in_threadpool(self._enter, request, rute, body)

    def _enter(self, request: Request, rute: Rute | None, body: bytes) -> Response:
        query = Felter.clean(_fields(request.scope["query_string"]))
        kjeks = request.cookies.get(self._oppsett.kjeks, "")
        okt = self._okter.find(kjeks) if kjeks else None
        asked = query.en("sprak")
        if okt is not None and asked in SPRAK:
            okt.sprak = asked
        code = (okt.sprak if okt else None) or (asked if asked in SPRAK else self._oppsett.sprak)
        form = Felter.clean(_fields(body)) if request.method == "POST" else None
        return _speaking(code, lambda: self._admit(request, rute, query, form, okt, kjeks))

    def _admit(  # noqa: PLR0911 - one return for each thing that may be in the way
        self, request: Request, rute: Rute | None, query: Felter, form: Felter | None, okt: Okt | None, kjeks: str
    ) -> Response:
        """Let in whoever has a session, the key or the password; everybody else gets a page that says how."""
        if okt is None or not okt.inne:
            return inngang.at_the_door(self._oppsett, self._okter, request.url.path, query, form, okt, kjeks)
        if "nokkel" in query:  # the address once more, in a browser that is in already
            return RedirectResponse("/", 303)
        if form is not None and not okt.is_own(form.en(MERKE)):
            return self._refused(403, "merke")
        if form is not None and request.url.path == inngang.UT:
            return inngang.leave(self._oppsett, self._okter, kjeks)
        if rute is None:
            return self._page(feilsider.missing(), self._context(_INGEN, okt, {}, Felter()))
        if form is not None and not rute.skriver:
            return self._refused(405, "metode")
        path = {name: str(value) for name, value in request.path_params.items()}
        if Felter.clean({"sti": list(path.values())}).nektet:
            return self._page(feilsider.missing(), self._context(_INGEN, okt, {}, Felter()))
        return self._make(rute, self._context(rute, okt, path, query, form))

    def _context(
        self, rute: Rute, okt: Okt, path: dict[str, str], query: Felter, form: Felter | None = None
    ) -> Kontekst:
        return Kontekst(self._oppsett, self._lager, okt, rute, path, query, form)

    def _make(self, rute: Rute, k: Kontekst) -> Response:
        """Make the page; whatever goes wrong becomes a page too."""
        try:
            answer: Svar = rute.load()(k)
            return self._page(answer, k)
        except Ikke as error:
            return self._page(feilsider.told(error.kode, str(error)), k)
        except Bruksfeil as error:
            return self._page(feilsider.told(404, str(error)), k)
        except Oppfolgingsfeil as error:
            return self._page(feilsider.of_files(error, self._oppsett.mappe), k)
        except Exception as error:  # noqa: BLE001 - this is the edge: no reader meets a traceback
            return self._page(feilsider.unexpected(error), k)

    def _page(self, answer: Svar, k: Kontekst | None) -> Response:
        if isinstance(answer, Videre):
            return RedirectResponse(answer.url, 303)
        if isinstance(answer, Fil):
            heads = {"content-disposition": f'attachment; filename="{answer.navn}"'}
            return Response(answer.innhold, media_type=answer.medietype, headers=heads)
        return _html(answer, k, med_passord=self._okter.med_passord)

    def _refused(self, kode: int, grunn: str) -> Response:
        return self._page(feilsider.refused(kode, grunn), None)


def _html(side: Side, k: Kontekst | None, *, med_passord: bool = False) -> Response:
    return Response(render(side, k, med_passord=med_passord), side.kode, media_type="text/html; charset=utf-8")


class _Endepunkt:
    """ASGI for one route; a class, so that the router leaves all methods to us and a 405 is a page as well."""

    def __init__(self, sider: _Sider, rute: Rute | None) -> None:
        self._sider = sider
        self._rute = rute

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._sider.answer(request, self._rute)
        await response(scope, receive, send)


class _Ark:
    """ASGI for the style sheets. They say nothing about anybody, so that the page at the door may have them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        css = read_ark(scope["path_params"]["navn"])
        response = Response(status_code=404) if css is None else Response(css, media_type="text/css; charset=utf-8")
        await response(scope, receive, send)


class _Avvist:
    """ASGI for what the guard refuses."""

    def __init__(self, oppsett: Oppsett, okter: Okter, scope: Scope, kode: int, grunn: str) -> None:
        kjeks = Request(scope).cookies.get(oppsett.kjeks, "")
        okt = okter.find(kjeks) if kjeks else None
        self._sprak = (okt.sprak if okt else None) or oppsett.sprak
        self._kode = kode
        self._grunn = grunn

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await run_in_threadpool(
            _speaking, self._sprak, lambda: _html(feilsider.refused(self._kode, self._grunn), None)
        )
        await response(scope, receive, send)


def _speaking(code: str, make: Callable[[], Response]) -> Response:
    """Make an answer in a language, alone."""
    with _SPRAKLAS:
        before = sprak()
        try:
            set_sprak(code)
            return make()
        finally:
            set_sprak(before)


async def _read_body(request: Request) -> bytes:
    """Read a body, but never more than a little over what is allowed."""
    out = bytearray()
    async for chunk in request.stream():
        out += chunk
        if len(out) > MAX_KROPP:
            break
    return bytes(out)


def _fields(raw: bytes) -> dict[str, list[str]]:
    """Read ``a=b&c=d``; what cannot be read is nothing."""
    try:
        return parse_qs(raw.decode("latin-1"), keep_blank_values=True, errors="replace", max_num_fields=_MAKS_FELT)
    except ValueError:
        return {}
