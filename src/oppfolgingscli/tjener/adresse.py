"""Web addresses of calendars: https, no secrets in them, and always the same text for the same place."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.personvern import find_fodselsnummer
from oppfolgingscli.sprak import _

_PORTER: Final = {"https": 443, "http": 80}
_I_STI: Final = "/%:@!$&'()*+,;=~"
"""What RFC 3986 lets stand in a path as it is, beside letters and digits."""
_STYRETEGN: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


@dataclass(frozen=True, slots=True)
class Adresse:
    """An address of a folder: ``sti`` is percent-encoded and ends with a slash. No user, no query."""

    skjema: str
    vert: str
    port: int
    sti: str

    @property
    def opphav(self) -> tuple[str, str, int]:
        """Who answers: credentials go to this one and no other."""
        return self.skjema, self.vert, self.port

    @property
    def vert_port(self) -> str:
        """Host, and the port when it is not the usual one."""
        host = f"[{self.vert}]" if ":" in self.vert else self.vert
        return host if self.port == _PORTER[self.skjema] else f"{host}:{self.port}"

    def __str__(self) -> str:
        """Write the address."""
        return f"{self.skjema}://{self.vert_port}{self.sti}"

    def resolve(self, href: str) -> Adresse | None:
        """Return where a link on this place leads; None when it is no web address."""
        try:
            parts = urlsplit(urljoin(str(self), href.strip()))
            if parts.scheme not in _PORTER or not parts.hostname:
                return None
            port = parts.port or _PORTER[parts.scheme]
        except ValueError:
            return None
        return Adresse(parts.scheme, parts.hostname.lower(), port, _sti(parts.path))

    def under(self, navn: str) -> Adresse:
        """Return the address of a resource in this folder (without the slash)."""
        return replace(self, sti=self.sti + quote(navn, safe=""))


def siste_ledd(sti: str) -> str:
    """Return the decoded name of the last part of a path."""
    return unquote(sti.rstrip("/").rpartition("/")[2])


def parse_adresse(tekst: str, valg: str) -> Adresse:
    """Read an address given to the option ``valg``. What was written is never repeated: it may hold a password.

    Raises:
        Bruksfeil: no web address; not https, other than to this machine itself; with a user, password or query in it.
    """
    text = tekst.strip()
    if any(find_fodselsnummer(text)):
        raise Bruksfeil(_("{valg}: adressen har elleve siffer på rad. Bruk en uten fødselsnummer.").format(valg=valg))
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii") if not _er_ip(parts.hostname) else parts.hostname
    except ValueError:
        parts, port, host = urlsplit(""), None, ""
    if parts.scheme not in _PORTER or not host or _STYRETEGN.search(text):
        raise Bruksfeil(
            _("{valg}: skriv hele adressen, som https://sky.example.no/kalendere/klassen/.").format(valg=valg)
        )
    if parts.username is not None or parts.password is not None:
        raise Bruksfeil(
            _(
                "{valg}: adressen har brukernavn eller passord i seg. Ta det ut: "
                "adresser blir liggende i historikk og logger.",
            ).format(valg=valg),
        )
    if parts.query or parts.fragment:
        raise Bruksfeil(_("{valg}: adressen kan ikke ha «?» eller «#» i seg.").format(valg=valg))
    if parts.scheme == "http" and not er_egen_maskin(host):
        raise Bruksfeil(
            _("{valg}: adressen må begynne med https. Med http kan alle på nettet lese passordet.").format(valg=valg)
        )
    return Adresse(parts.scheme, host.lower(), port or _PORTER[parts.scheme], _sti(parts.path))


def er_egen_maskin(vert: str) -> bool:
    """Return whether a host is this machine itself, which no network is between."""
    if vert == "localhost":
        return True
    return _er_ip(vert) and ipaddress.ip_address(vert).is_loopback


def _er_ip(vert: str | None) -> bool:
    try:
        ipaddress.ip_address(vert or "")
    except ValueError:
        return False
    return True


def _sti(sti: str) -> str:
    encoded = quote(sti, safe=_I_STI)
    return encoded if encoded.endswith("/") else f"{encoded}/"
