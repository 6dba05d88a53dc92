"""One line to one server: kept open, timed, and with the password for that server only.

The standard library's HTTP is enough for four methods, and knows the machine's own certificates and proxy.
"""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import unquote, urlsplit

from oppfolgingscli.feil import Systemfeil
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.tjener.adresse import er_egen_maskin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oppfolgingscli.tjener.adresse import Adresse

TIDSGRENSE: float = 30
"""Seconds without a sign of life before we give up."""
SVARTID: float = 180
"""Seconds for one whole answer, however it drips."""
MAKS_SVAR: Final = 64 * 1024 * 1024
MAKS_VENT: Final = 30
"""Seconds we wait when a server asks us to; longer is for people to decide."""
_FORSOK: Final = 3
_VIDERESENDT: Final = frozenset({301, 302, 303, 307, 308})
_MAKS_VIDERE: Final = 5
_BIT: Final = 64 * 1024
_BRUTT: Final = (http.client.HTTPException, ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError)


@dataclass(frozen=True, slots=True)
class Innlogging:
    """Who we are. The password is in no text made of this."""

    bruker: str
    passord: str = field(repr=False)

    def hode(self) -> str:
        """Return the header's value (RFC 7617)."""
        return "Basic " + base64.b64encode(f"{self.bruker}:{self.passord}".encode()).decode("ascii")


@dataclass(frozen=True, slots=True)
class Svar:
    """An answer: its status, headers with names in lower case, body, and where it came from in the end."""

    status: int
    hoder: Mapping[str, str]
    data: bytes
    adresse: Adresse


class Forbindelse:
    """A connection to the host of an address; other hosts are never spoken to."""

    def __init__(self, adresse: Adresse, innlogging: Innlogging | None) -> None:
        self.adresse = adresse
        self.innlogging = innlogging
        self._linje: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.lukk()

    def lukk(self) -> None:
        """Hang up."""
        if self._linje is not None:
            with suppress(OSError):
                self._linje.close()
            self._linje = None

    def be(self, metode: str, adresse: Adresse, data: bytes = b"", hoder: Mapping[str, str] | None = None) -> Svar:
        """Ask, following redirects within the same server, and waiting a little when asked to.

        Raises:
            Systemfeil: no answer, no trusted answer, or a redirect to another server.
        """
        for attempt in range(1, _FORSOK + 1):
            svar = self._folg(metode, adresse, data, hoder or {})
            wait = _vent(svar)
            if wait is None or attempt == _FORSOK:
                break
            time.sleep(wait)
        return svar

    def _folg(self, metode: str, adresse: Adresse, data: bytes, hoder: Mapping[str, str]) -> Svar:
        for _step in range(_MAKS_VIDERE):
            svar = self._en(metode, adresse, data, hoder)
            if svar.status not in _VIDERESENDT:
                return svar
            target = adresse.resolve(svar.hoder.get("location", ""))
            if target is None or target.opphav != self.adresse.opphav:
                raise Systemfeil(self._annet_sted(target))
            adresse = target
        raise Systemfeil(_("{vert} sender oss i ring. Se etter at adressen er riktig.").format(vert=self._vert))

    def _annet_sted(self, target: Adresse | None) -> str:
        where = target.vert_port if target else ""
        if self.innlogging and self.innlogging.passord.lower() in where:  # never shown, whoever says it
            where = ""
        if where and target and target.vert == self.adresse.vert:
            where = f"{target.skjema}://{where}"
        if not where:
            return _("{vert} sender oss til et annet sted. Se etter at adressen er riktig.").format(vert=self._vert)
        return _(
            "{vert} sender oss videre til {annen}. Passordet er ikke sendt dit. "
            "Er det riktig sted, så skriv den adressen.",
        ).format(vert=self._vert, annen=where)

    @property
    def _vert(self) -> str:
        return self.adresse.vert_port

    def _en(self, metode: str, adresse: Adresse, data: bytes, hoder: Mapping[str, str]) -> Svar:
        """Ask once; again on a new line when a kept one was closed by the server in the meantime."""
        headers = {"User-Agent": "oppfolging", "Content-Length": str(len(data)), **hoder}
        if self.innlogging:
            headers["Authorization"] = self.innlogging.hode()
        kept = self._linje is not None
        while True:
            try:
                return self._spor(metode, adresse, data, headers)
            except _BRUTT as error:
                self.lukk()
                if kept:
                    kept = False
                    continue
                raise Systemfeil(self._feiltekst(error)) from None
            except (OSError, ValueError) as error:  # ValueError: a host or header no one can write
                self.lukk()
                raise Systemfeil(self._feiltekst(error)) from None

    def _spor(self, metode: str, adresse: Adresse, data: bytes, headers: Mapping[str, str]) -> Svar:
        if self._linje is None:
            self._linje = self._ny_linje()
        line = self._linje
        line.request(metode, adresse.sti, body=data or None, headers=dict(headers))
        answer = line.getresponse()
        deadline = time.monotonic() + SVARTID
        parts: list[bytes] = []
        size = 0
        while part := answer.read1(_BIT):
            parts.append(part)
            size += len(part)
            if size > MAKS_SVAR or time.monotonic() > deadline:
                raise TimeoutError
        if answer.length:  # it promised more
            raise http.client.IncompleteRead(b"".join(parts), answer.length)
        found = {name.lower(): value for name, value in answer.getheaders()}
        answer.close()  # read1 leaves it open, and the line could not be used again
        if answer.will_close:
            self.lukk()
        return Svar(answer.status, found, b"".join(parts), adresse)

    def _ny_linje(self) -> http.client.HTTPConnection:
        host, port = self.adresse.vert, self.adresse.port
        if self.adresse.skjema == "http":  # to this machine only: no proxy is between
            return http.client.HTTPConnection(host, port, timeout=TIDSGRENSE)
        context = ssl.create_default_context()
        proxy = _proxy(host)
        if proxy is None:
            return http.client.HTTPSConnection(host, port, timeout=TIDSGRENSE, context=context)
        proxy_host, proxy_port, proxy_headers = proxy
        line = http.client.HTTPSConnection(proxy_host, proxy_port, timeout=TIDSGRENSE, context=context)
        line.set_tunnel(host, port, proxy_headers)
        return line

    def _feiltekst(self, error: Exception) -> str:
        n = int(TIDSGRENSE)
        match error:
            case ssl.SSLCertVerificationError():
                text = _(
                    "Sertifikatet til {vert} er ikke til å stole på ({grunn}). Passordet er ikke sendt. "
                    "Se etter at adressen er riktig, og spør den som har tjeneren.",
                )
                return text.format(vert=self._vert, grunn=error.verify_message)
            case ConnectionRefusedError():
                text = _("{vert} tar ikke imot. Er adressen riktig, og er tjeneren i gang?")
            case _ if isinstance(error, _BRUTT):
                text = _("{vert} brøt forbindelsen før svaret var helt. Prøv igjen.")
            case ssl.SSLError():
                text = _("Fikk ingen sikker forbindelse med {vert}. Er adressen riktig?")
            case socket.gaierror():
                text = _("Finner ikke {vert}. Er adressen riktig skrevet, og er du på nett?")
            case TimeoutError():
                text = ngettext(
                    "{vert} svarte ikke på {n} sekund. Prøv igjen senere.",
                    "{vert} svarte ikke på {n} sekunder. Prøv igjen senere.",
                    n,
                )
            case _:
                text = _("Får ikke kontakt med {vert}. Er du på nett, og er adressen riktig?")
        return text.format(vert=self._vert, n=n)


def _proxy(vert: str) -> tuple[str, int, dict[str, str]] | None:
    """Return the machine's own proxy for https to a host, as (host, port, headers); None when there is none."""
    if er_egen_maskin(vert) or urllib.request.proxy_bypass(vert):
        return None
    text = urllib.request.getproxies().get("https", "")
    parts = urlsplit(text if "//" in text else f"//{text}")
    if not parts.hostname:
        return None
    headers = {}
    if parts.username is not None:
        who = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Proxy-Authorization"] = "Basic " + base64.b64encode(who.encode()).decode("ascii")
    return parts.hostname, parts.port or 8080, headers


def _vent(svar: Svar) -> float | None:
    """Return how many seconds a busy server asks us to wait; None when it does not, or asks for too much."""
    if svar.status not in {429, 503}:
        return None
    try:
        seconds = float(svar.hoder.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds <= MAKS_VENT else None
