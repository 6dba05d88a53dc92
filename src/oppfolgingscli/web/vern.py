"""Who may ask, and what every answer says: the guard around the whole application.

Host names are an allow-list, so that a page elsewhere cannot reach the server by pointing its own name here (DNS
rebinding); forms must come from our own pages (Fetch Metadata and Origin); requests are small and few of kind; and
every answer, also of a fault, carries the headers that keep it out of caches, frames and other sites.
Sources: RFC 9110, RFC 6454 (Origin), W3C Fetch Metadata and CSP Level 3, OWASP ASVS 4.0 (V3, V4, V13, V14).
"""

from __future__ import annotations

import ipaddress
import os
import socket
from typing import TYPE_CHECKING, Final

from oppfolgingscli.web.oppsett import ALLE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, MutableMapping
    from typing import Any

    from oppfolgingscli.web.oppsett import Oppsett

    Scope = MutableMapping[str, Any]
    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_KROPP: Final = 256 * 1024
"""Bytes in the body of a request: a log row at its very longest is half of it."""
MAX_ADRESSE: Final = 4096
"""Bytes in path and query together."""
METODER: Final = ("GET", "HEAD", "POST")

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
HODER: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Not no-referrer: a browser without Fetch Metadata then says «Origin: null» of our own forms too. To other
    # sites this one tells as little.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-embedder-policy", b"require-corp"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cache-control", b"no-store"),
    (b"x-robots-tag", b"noindex, nofollow"),
)
"""On every answer."""


class Vern:
    """ASGI around ASGI. ``avvis``: makes the answer to what is refused, from (scope, status, the reason's code)."""

    def __init__(self, app: App, oppsett: Oppsett, avvis: Callable[[Scope, int, str], App]) -> None:
        self._app = app
        self._oppsett = oppsett
        self._avvis = avvis
        self._hosts = frozenset(allowed_hosts(oppsett))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":  # no websockets, and no lifespan
            return
        reason = self._refusal(scope)
        app = self._avvis(scope, *reason) if reason else self._app

        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                given = {name.lower() for name, _value in message.get("headers", ())}
                message["headers"] = [*message.get("headers", ()), *(h for h in HODER if h[0] not in given)]
            await send(message)

        try:
            await app(scope, receive, send_with_headers)
        except Exception:  # noqa: BLE001 - even the page about a fault may fail; then the fewest words, and no traceback
            if not started:
                start = {"type": "http.response.start", "status": 500, "headers": [(b"content-type", b"text/plain")]}
                await send_with_headers(start)
                await send_with_headers({"type": "http.response.body", "body": b"500\n"})

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return the status and the reason's code for a request that is refused, None for one that may go on."""
        headers = _headers(scope)
        if not self._is_for_us(headers.get("host", [])):
            return 421, "vert"
        if scope["method"] not in METODER:
            return 405, "metode"
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > MAX_ADRESSE:
            return 414, "adresse"
        length = headers.get("content-length", ["0"])
        if len(length) != 1 or not length[0].isdecimal() or int(length[0][:12]) > MAX_KROPP:
            return 413, "for_stor"
        if scope["method"] == "POST" and not self._is_from_us(headers):
            return 403, "fremmed"
        return None

    def _is_for_us(self, host: list[str]) -> bool:
        if len(host) != 1:
            return False
        if host[0].lower() in self._hosts:
            return True
        # Listening everywhere, any number will do: rebinding needs a name.
        name, _colon, port = host[0].rpartition(":")
        return self._oppsett.vert in ALLE and port == str(self._oppsett.port) and _is_address(name)

    @staticmethod
    def _is_from_us(headers: dict[str, list[str]]) -> bool:
        """Whether a form was sent from a page of ours: what the browser says of it must say so, and none denies it."""
        site = headers.get("sec-fetch-site", [])
        origin = headers.get("origin", [])
        own = f"http://{headers['host'][0].lower()}"
        if not site and not origin:
            return False  # every browser of the last ten years says one of the two
        return all(s == "same-origin" for s in site) and all(o.lower() == own for o in origin)


def allowed_hosts(oppsett: Oppsett) -> Iterable[str]:
    """Yield what the Host header may say, in small letters, with the port (without it for port 80)."""
    names = {oppsett.vert}
    if oppsett.er_lokal or oppsett.vert in ALLE:
        names |= {"127.0.0.1", "localhost", "::1"}
    if not oppsett.er_lokal:
        own = socket.gethostname()
        names |= {own, own.partition(".")[0], f"{own.partition('.')[0]}.local"}
    for name in names - set(ALLE) - {""}:
        written = f"[{name}]" if ":" in name else name
        yield f"{written}:{oppsett.port}".lower()
        if oppsett.port == 80:
            yield written.lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _headers(scope: Scope) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        out.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1").strip())
    return out


def open_socket(vert: str, port: int) -> socket.socket:
    """Return a socket that listens, ours alone; port 0 is any free one.

    Raises:
        OSError: the port is taken, or the address is not this machine's.
    """
    family, kind, proto, _name, address = socket.getaddrinfo(vert, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, kind, proto)
    try:
        if os.name == "nt":  # there SO_REUSEADDR lets another program take over the port
            found.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", -5), 1)
        else:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)  # from now on the address works, if not at once
    except OSError:
        found.close()
        raise
    found.setblocking(False)
    return found
