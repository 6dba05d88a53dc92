"""Who has come in: the one-time key in the address, sessions, and what a form must bring along to be believed.

All of it is in memory, and gone when the server stops. Secrets are compared in constant time, and sessions are kept
under the hash of what the browser holds, so that looking one up tells nothing by how long it takes.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Any, Final

_HVILE: Final = 12 * 3600.0
"""Seconds without a request after which a session is over: a working day and a little."""
_MAKS: Final = 200
"""Sessions, and answers one session remembers. The oldest go first."""
_GRATIS: Final = 5
"""Wrong passwords before there is a wait."""
_LENGST: Final = 60.0


@dataclass(slots=True)
class Okt:
    """One browser. ``inne``: it has shown the key or the password. ``merke``: what its forms carry against forgery.

    ``gjort``: fingerprint of a form -> where its answer is, so that a form sent twice writes once. ``kvitteringer``: what was
    written, by the id of the receipt.
    """

    inne: bool
    merke: str = field(default_factory=lambda: token_urlsafe(32))
    sprak: str | None = None
    sist: float = 0.0
    gjort: OrderedDict[str, str] = field(default_factory=OrderedDict)
    kvitteringer: OrderedDict[str, Any] = field(default_factory=OrderedDict)

    def is_own(self, merke: str) -> bool:
        """Whether a form's mark is this session's."""
        return compare_digest(merke.encode(), self.merke.encode())


def remember(where: OrderedDict[str, Any], key: str, value: object) -> None:
    """Keep a value, and let the oldest go when there are many."""
    where[key] = value
    while len(where) > _MAKS:
        where.popitem(last=False)


class Okter:
    """The sessions of one server. ``passord``: None on one's own machine, where the one-time key is enough."""

    def __init__(self, passord: str | None = None, klokke: Callable[[], float] = time.monotonic) -> None:
        self._klokke = klokke
        self._passord = passord
        #: The one-time key; "" when it has been used, or a password is asked for instead.
        self.nokkel = "" if passord is not None else token_urlsafe(32)
        self._inne: OrderedDict[str, Okt] = OrderedDict()
        self._ute: OrderedDict[str, Okt] = OrderedDict()
        self._feil = 0
        self._sperret_til = 0.0

    @property
    def med_passord(self) -> bool:
        """Whether one comes in with a password."""
        return self._passord is not None

    def find(self, kjeks: str) -> Okt | None:
        """Return the session a browser shows the cookie of, None when there is none or it has rested too long."""
        digest = _digest(kjeks)
        for where in (self._inne, self._ute):
            okt = where.get(digest)
            if okt is None:
                continue
            if self._klokke() - okt.sist > _HVILE:
                del where[digest]
                return None
            okt.sist = self._klokke()
            where.move_to_end(digest)
            return okt
        return None

    def use_key(self, nokkel: str) -> str | None:
        """Exchange the one-time key for a new session; return its cookie, None for a wrong or used key."""
        if not self.nokkel or not compare_digest(nokkel.encode(), self.nokkel.encode()):
            return None
        self.nokkel = ""
        return self._new(inne=True)

    def greet(self) -> str:
        """Make a session for somebody who has shown nothing yet, so that the password form has a mark."""
        return self._new(inne=False)

    def wait(self) -> float:
        """Return the seconds until a password may be tried again, 0 when it may."""
        return max(0.0, self._sperret_til - self._klokke())

    def log_in(self, kjeks: str, passord: str) -> str | None:
        """Return the cookie of a new session when the password is right, else None; wrong ones cost time."""
        if self._passord is None or self.wait():
            return None
        if not compare_digest(_digest(passord).encode(), _digest(self._passord).encode()):
            self._feil += 1
            if self._feil >= _GRATIS:
                self._sperret_til = self._klokke() + min(2.0 ** (self._feil - _GRATIS), _LENGST)
            return None
        self._feil = 0
        self.forget(kjeks)
        return self._new(inne=True)

    def forget(self, kjeks: str) -> None:
        """End a session."""
        for where in (self._inne, self._ute):
            where.pop(_digest(kjeks), None)

    def _new(self, *, inne: bool) -> str:
        kjeks = token_urlsafe(32)
        where = self._inne if inne else self._ute
        where[_digest(kjeks)] = Okt(inne, sist=self._klokke())
        while len(where) > _MAKS:
            where.popitem(last=False)
        return kjeks


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
