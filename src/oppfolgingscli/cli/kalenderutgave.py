"""One release of the calendars: numbered against the last one, and remembered when the ``with`` block is done."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.planlegg import Mote
    from oppfolgingscli.publisert import Innhold, Utgave, Utgivelse
    from oppfolgingscli.vis.kalenderfiler import Blokker, Utvalg

Spenn = tuple[date | None, date | None]
"""Two days, both included; None is no limit."""


@dataclass(frozen=True, slots=True)
class Utgitt:
    """A release, its events as bytes, and what was published before it."""

    utgivelse: Utgivelse
    blokker: Blokker
    ikke_plassert: tuple[Mote, ...]
    for_: Mapping[str, Utgave]
    _inne: Callable[[str], bool]

    def utenfor(self, uid: str) -> bool:
        """Return whether an event was not asked about: known, but on no day between --fra and --til."""
        known = self.utgivelse.tilstand.get(uid) or self.for_.get(uid)
        return known is not None and not self._inne(known.innhold.dato)


@contextmanager
def utgi(
    arbeidsmappe: Arbeidsmappe,
    moter: Sequence[Mote],
    chosen: Sequence[Utvalg],
    per: date,
    *,
    span: Spenn = (None, None),
    avlys: bool = False,
) -> Iterator[Utgitt]:
    """Number what changed; keep the state when the block ended well. Speaks the workspace's language.

    Raises:
        Inndatafeil: the published state cannot be read.
        Systemfeil: it cannot be written, or someone else is writing.
    """
    from oppfolgingscli import publisert, skriv
    from oppfolgingscli.cli import felles
    from oppfolgingscli.cli.kalender import MANGE, in_workspace_language
    from oppfolgingscli.sprak import _
    from oppfolgingscli.vis.ical import uid_for
    from oppfolgingscli.vis.kalenderfiler import Blokker
    from oppfolgingscli.vis.oppforing import Oppforinger

    shown = arbeidsmappe.oppsett.kalender.deltakernavn == "id"
    first, last = (span[0] or date.min).isoformat(), (span[1] or date.max).isoformat()

    def inside(dato: str) -> bool:
        return first <= dato <= last

    def wanted(now: Innhold, before: Innhold | None) -> bool:
        asked = inside(now.dato) or (before is not None and inside(before.dato))
        return asked and any(u.horer_til(now) for u in chosen)

    state_path = arbeidsmappe.mappe / publisert.FILNAVN
    with in_workspace_language(arbeidsmappe), skriv.lock(state_path):
        oppforinger = Oppforinger(arbeidsmappe.opplegg, vis_deltaker=shown)
        now = {uid_for(m.punkt.id): oppforinger.innhold(m) for m in moter}
        before = publisert.load(state_path)
        release = publisert.publish(before, now, wanted, per, avlys=avlys, vis_deltaker=shown)
        blocks = Blokker()
        for utgave in felles.framdrift(release.utgaver, _("Skriver hendelser"), fra=MANGE):
            blocks(utgave)
        released = {u.uid for u in release.utgaver}
        unplaced = tuple(m for m in moter if m.grunn and uid_for(m.punkt.id) in released)
        yield Utgitt(release, blocks, unplaced, before, inside)
        if release.tilstand or before:
            skriv.write_atomic(state_path, publisert.dump(release.tilstand))
