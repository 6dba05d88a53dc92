"""Brings a calendar on a server up to date with the plan: only what differs, and only what is ours.

What people have done there in the meantime is seen by the ETag, and then by what the event says. It stands,
and is told, until the plan itself says something new about that event. Every attempt is written down before it
is made, so that a run that stops anywhere is completed by the next one.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from oppfolgingscli.feil import Systemfeil
from oppfolgingscli.sprak import ngettext
from oppfolgingscli.tjener import dav
from oppfolgingscli.tjener.merke import merke
from oppfolgingscli.tjener.samling import Ressurs, Samling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from oppfolgingscli.tjener.forbindelse import Forbindelse

_LAGRES_HVERT: Final = 2.0
"""Seconds between savings underway; what is not saved is only looked at once more by the next run."""
_UTEN_ETAG: Final = "*"


@dataclass(frozen=True, slots=True)
class Onsket:
    """One event as it shall be: what the plan says of it (to see that the plan changed), and its bytes."""

    plan: str
    data: bytes
    _merke: list[str] = field(default_factory=list, compare=False, repr=False)

    @property
    def merke(self) -> str:
        """A hash of what it says, made when first asked for."""
        if not self._merke:
            self._merke.append(merke(self.data))
        return self._merke[0]

    @property
    def kropp(self) -> str:
        """A hash of the bytes."""
        return hashlib.sha256(self.data).hexdigest()[:32]


class Gjort(Enum):
    """What became of one event."""

    UENDRET = auto()
    LAGT = auto()
    ENDRET = auto()
    SLETTET = auto()
    # Done, and told:
    OVERSKREVET = auto()
    LAGT_TILBAKE = auto()
    # Left as people made it, and told:
    ENDRET_DER = auto()
    SLETTET_DER = auto()
    FREMMED = auto()
    LATT_LIGGE = auto()


@dataclass(slots=True)
class Utfall:
    """What was done, each UID under one heading."""

    uid: dict[Gjort, list[str]] = field(default_factory=lambda: {kind: [] for kind in Gjort})

    def antall(self, *slag: Gjort) -> int:
        """Return how many there are of these kinds."""
        return sum(len(self.uid[kind]) for kind in slag)


class Ajour:
    """One calendar being brought up to date. ``lagre`` keeps the state; it is called before, underway and after."""

    def __init__(self, linje: Forbindelse, der: dav.Innhold, samling: Samling, lagre: Callable[[], None]) -> None:
        self._linje = linje
        self._der = der
        self._kjent = samling.ressurser
        self._lagre = lagre
        self.utfall = Utfall()

    def run(
        self,
        onsket: Mapping[str, Onsket],
        bort: Iterable[str],
        framdrift: Callable[[Sequence[str]], Iterable[str]] = iter,
    ) -> Utfall:
        """Put what differs, then delete those of ``bort`` that are ours.

        Raises:
            Systemfeil: the server refused, or went away; what was done until then is kept and stays done.
        """
        work = [uid for uid, wanted in onsket.items() if not self._same(uid, wanted)]
        work += [uid for uid in bort if uid in self._kjent and uid not in onsket]
        for uid in work:
            self._note(uid, onsket.get(uid))
        done = 0
        saved = time.monotonic()
        if work:
            self._lagre()
        try:
            for uid in framdrift(work):
                self._one(uid, onsket.get(uid))
                done += 1
                if time.monotonic() - saved > _LAGRES_HVERT:
                    self._lagre()
                    saved = time.monotonic()
        except Systemfeil as error:
            raise Systemfeil(f"{error} {_progress(done, len(work))}") from None
        finally:
            if work:
                self._lagre()
        return self.utfall

    def _same(self, uid: str, wanted: Onsket) -> bool:
        """Return whether nothing has happened here or there, and count it."""
        known = self._kjent.get(uid)
        same = (
            known is not None
            and not known.pa_vei
            and known.kropp == wanted.kropp
            and known.etag is not None
            and self._der.ressurser.get(_navn(uid)) == known.etag
        )
        if same:
            self._count(Gjort.UENDRET, uid)
        return same

    def _note(self, uid: str, wanted: Onsket | None) -> None:
        """Write down what may soon be on the server, beside what is known to be; or that it may soon be gone."""
        known = self._kjent.get(uid, Ressurs())
        if wanted is None:
            self._kjent[uid] = replace(known, plan="")
            return
        new = wanted.merke
        if new not in {known.merke, *known.pa_vei}:
            self._kjent[uid] = replace(known, pa_vei=(*known.pa_vei, new))

    def _one(self, uid: str, wanted: Onsket | None) -> None:
        name = _navn(uid)
        there = name in self._der.ressurser
        etag = self._der.ressurser.get(name)
        for _attempt in range(2):
            done = self._put(uid, wanted, etag, there=there) if wanted else self._delete(uid, etag, there=there)
            if done is not None:
                self._count(done, uid)
                return
            # Someone else was there between our looking and our writing: look again.
            found = dav.hent(self._linje, self._der.adresse, name)
            there, etag = found is not None, None
        raise dav.konflikt(self._linje)

    def _put(self, uid: str, wanted: Onsket, etag: str | None, *, there: bool) -> Gjort | None:
        """Bring one event up to date; None when it changed there under our hands."""
        known = self._kjent[uid]
        changed = known.lagt and known.plan != wanted.plan
        if there and (etag is None or etag != known.etag):
            found = dav.hent(self._linje, self._der.adresse, _navn(uid))
            there = found is not None
            if found is not None:
                etag = found[1]
                return self._put_over(uid, wanted, merke(found[0]), etag, changed=changed)
        if there:
            return Gjort.ENDRET if self._send(uid, wanted, etag or _UTEN_ETAG) else None
        if known.lagt and not changed:
            self._forget_attempts(uid)
            return Gjort.SLETTET_DER
        if not self._send(uid, wanted, None):
            return None
        return Gjort.LAGT_TILBAKE if changed else Gjort.LAGT

    def _put_over(self, uid: str, wanted: Onsket, says: str, etag: str | None, *, changed: bool) -> Gjort | None:
        """Bring one event up to date that is not there as we know it, but says this."""
        known = self._kjent[uid]
        if says == wanted.merke:  # ours after all: an attempt that arrived, or the server's own rewriting
            arrived = says != known.merke
            self._confirm(uid, wanted, etag)
            return (Gjort.ENDRET if known.lagt else Gjort.LAGT) if arrived else Gjort.UENDRET
        ours = says in {known.merke, *known.pa_vei}
        if not ours and not known.lagt:
            del self._kjent[uid]
            return Gjort.FREMMED
        if not ours and not changed:
            self._forget_attempts(uid)
            return Gjort.ENDRET_DER
        if not self._send(uid, wanted, etag or _UTEN_ETAG):
            return None
        return Gjort.ENDRET if ours else Gjort.OVERSKREVET

    def _delete(self, uid: str, etag: str | None, *, there: bool) -> Gjort | None:
        """Take one event away; None when it changed there under our hands."""
        known = self._kjent[uid]
        if there and (etag is None or etag != known.etag):
            found = dav.hent(self._linje, self._der.adresse, _navn(uid))
            there = found is not None
            if found is not None:
                etag = found[1]
                if merke(found[0]) not in {known.merke, *known.pa_vei}:
                    del self._kjent[uid]  # it is theirs now
                    return Gjort.LATT_LIGGE
        if there and not dav.slett(self._linje, self._der.adresse, _navn(uid), etag or _UTEN_ETAG):
            return None
        del self._kjent[uid]
        return Gjort.SLETTET

    def _send(self, uid: str, wanted: Onsket, etag: str | None) -> bool:
        taken, new = dav.legg(self._linje, self._der.adresse, _navn(uid), wanted.data, etag)
        if taken:
            self._confirm(uid, wanted, new)
        return taken

    def _confirm(self, uid: str, wanted: Onsket, etag: str | None) -> None:
        self._kjent[uid] = Ressurs(wanted.plan, wanted.kropp, wanted.merke, etag)

    def _forget_attempts(self, uid: str) -> None:
        self._kjent[uid] = replace(self._kjent[uid], pa_vei=())

    def _count(self, kind: Gjort, uid: str) -> None:
        self.utfall.uid[kind].append(uid)


def _navn(uid: str) -> str:
    """Return the resource's name: the UID, so that it is the same for ever."""
    return f"{uid}.ics"


def _progress(done: int, total: int) -> str:
    if total == 0:
        return ""
    return ngettext(
        "{gjort} av {n} endring er gjort. Kjør igjen, så tas resten.",
        "{gjort} av {n} endringer er gjort. Kjør igjen, så tas resten.",
        total,
    ).format(gjort=done, n=total)
