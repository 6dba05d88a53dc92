"""What was last published, so that a later run knows what is new, changed and gone.

Calendars take an update only when SEQUENCE rose and DTSTAMP moved (RFC 5546, 2.1.5), and see no deletion unless
a cancellation is sent. So each UID's content, number and stamp are kept in the workspace. Pure, but for
``load``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.les.fil import read_bytes, vis_sti
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FILNAVN: Final = "kalender-publisert.json"
FORMAT: Final = 1
AVLYST_UTGAVER: Final = 2
"""In how many releases at least a cancelled event is kept in the files."""

_SYNLIG: Final = (
    "dato", "start", "slutt", "tittel", "vist", "beskrivelse", "referanse", "sted", "kategori",
)  # fmt: skip
_TEKSTLISTER: Final = frozenset({"roller", "personer"})
_KAN_MANGLE: Final = frozenset({"start", "slutt", "vist", "sted", "deltaker"})


@dataclass(frozen=True, slots=True)
class Innhold:
    """What an event says (``_SYNLIG``), and what filters ask of it. All text, as it is stored.

    ``dato`` is ISO, ``start`` and ``slutt`` are HH:MM local time (None: all day). ``vist`` is the
    participant named in the title, ``referanse`` the id in the description.
    """

    dato: str
    start: str | None
    slutt: str | None
    tittel: str
    vist: str | None
    beskrivelse: str
    referanse: str
    sted: str | None
    kategori: str
    deltaker: str | None
    roller: tuple[str, ...]
    personer: tuple[str, ...]

    @property
    def dag(self) -> date:
        """The date."""
        return date.fromisoformat(self.dato)

    def sum(self) -> str:
        """Return a hash of what can be seen in a calendar."""
        seen = json.dumps([getattr(self, name) for name in _SYNLIG], ensure_ascii=False)
        return hashlib.sha256(seen.encode()).hexdigest()[:32]

    def uten_deltaker(self) -> Innhold:
        """Return the same without naming the participant."""
        if self.vist is None:
            return self
        kept = [part for part in self.referanse.split("/") if part != self.vist]
        return replace(self, vist=None, sted=None, referanse="/".join(kept))


_FELT: Final = tuple(f.name for f in fields(Innhold))


@dataclass(frozen=True, slots=True)
class Utgave:
    """One event as it is published now. ``stempel`` is in UTC; ``avlyst`` counts the releases as cancelled."""

    uid: str
    innhold: Innhold
    sum: str
    sekvens: int
    stempel: datetime
    avlyst: int = 0


Tilstand = dict[str, Utgave]
Velger = "Callable[[Innhold], bool]"


@dataclass(slots=True)
class Utgivelse:
    """The result of ``publish``: what is in scope, in order, and the state to keep."""

    utgaver: list[Utgave]
    tilstand: Tilstand
    nye: int = 0
    endret: int = 0
    avlyst: int = 0
    borte: list[Utgave] = field(default_factory=list)


def publish(
    tilstand: Mapping[str, Utgave],
    na: Mapping[str, Innhold],
    valgt: Callable[[Innhold, Innhold | None], bool],
    per: date,
    *,
    avlys: bool,
    vis_deltaker: bool = True,
) -> Utgivelse:
    """Compare what is now with what was published, and number what changed.

    Args:
        tilstand: what was published, by UID.
        na: every event of the whole class, whatever is asked for, so that a filter makes nothing look gone.
        valgt: whether an event is asked for; its second argument is what was published before, if anything.
        per: a first publication is stamped at 00:00 UTC of this day, a change then or a second after the last.
        avlys: cancel what was published, is asked for and is gone; without it, it stays as it was.
        vis_deltaker: False takes the participant out of what is gone, too.
    """
    midnight = datetime.combine(per, time.min, UTC)
    out = Utgivelse([], dict(tilstand))

    def emit(utgave: Utgave) -> None:
        out.utgaver.append(utgave)
        out.tilstand[utgave.uid] = utgave

    def moved(old: Utgave, innhold: Innhold, avlyst: int = 0) -> Utgave:
        stamp = max(old.stempel + timedelta(seconds=1), midnight)
        return Utgave(old.uid, innhold, innhold.sum(), old.sekvens + 1, stamp, avlyst)

    for uid, innhold in na.items():
        old = tilstand.get(uid)
        if not valgt(innhold, old.innhold if old else None):
            continue
        if old is None:
            out.nye += 1
            emit(Utgave(uid, innhold, innhold.sum(), 0, midnight))
        elif old.avlyst == 0 and old.sum == innhold.sum():
            emit(replace(old, innhold=innhold))
        else:
            out.endret += 1
            emit(moved(old, innhold))
    for uid, old in tilstand.items():
        if uid in na or not valgt(old.innhold, None):
            continue
        innhold = old.innhold if vis_deltaker else old.innhold.uten_deltaker()
        if old.avlyst == 0 and avlys:
            out.avlyst += 1
            emit(moved(old, innhold, avlyst=1))
            continue
        if old.avlyst == 0:
            out.borte.append(old)
        elif old.avlyst >= AVLYST_UTGAVER and innhold.dag < per:
            continue
        count = min(old.avlyst + 1, AVLYST_UTGAVER) if old.avlyst else 0
        emit(replace(old, avlyst=count) if innhold == old.innhold else moved(old, innhold, count))
    out.utgaver.sort(key=lambda u: (u.innhold.dato, u.innhold.start or "", u.uid))
    return out


def load(path: Path) -> Tilstand:
    """Read the published state; nothing published when there is no file.

    Raises:
        Inndatafeil: there is one and it cannot be read. It is never taken for nothing: every event would
            start again at SEQUENCE 0, and calendars would ignore what has changed since.
    """
    if not path.exists():
        return {}
    faults: list[Feil] = []
    data = read_bytes(path, faults)
    if data is None:
        raise Inndatafeil(faults)
    try:
        raw = json.loads(data.decode("utf-8-sig"))
        if raw["format"] != FORMAT:
            raise Inndatafeil([_newer(path)])
        return {uid: _parse(uid, entry) for uid, entry in raw["hendelser"].items()}
    except json.JSONDecodeError as error:
        raise Inndatafeil([_broken(path, error.lineno, error.colno)]) from error
    except (UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Inndatafeil([_broken(path)]) from error


def dump(tilstand: Mapping[str, Utgave]) -> bytes:
    """Write the state as JSON, one event a line in order of UID: the same bytes for the same state."""
    lines = ",\n".join(
        f"{json.dumps(uid)}: {json.dumps(_entry(tilstand[uid]), ensure_ascii=False)}" for uid in sorted(tilstand)
    )
    return f'{{"format": {FORMAT}, "hendelser": {{\n{lines}\n}}}}\n'.encode()


def _entry(utgave: Utgave) -> dict[str, Any]:
    return {
        "sum": utgave.sum,
        "sekvens": utgave.sekvens,
        "stempel": utgave.stempel.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "avlyst": utgave.avlyst,
        **{name: getattr(utgave.innhold, name) for name in _FELT},
    }


def _parse(uid: str, entry: dict[str, Any]) -> Utgave:
    stempel = datetime.fromisoformat(entry["stempel"])
    if stempel.tzinfo != UTC:
        raise ValueError(entry["stempel"])
    values = {}
    for name in _FELT:
        value = entry[name]
        if name in _TEKSTLISTER:
            value = tuple(value)
        parts = value if isinstance(value, tuple) else (value,)
        optional = name in _KAN_MANGLE
        if not all(isinstance(part, str) or (part is None and optional) for part in parts):
            raise TypeError(name)
        values[name] = value
    innhold = Innhold(**values)
    _check_times(innhold)
    numbers = (entry["sekvens"], entry["avlyst"])
    if not isinstance(entry["sum"], str) or any(type(n) is not int or n < 0 for n in numbers):
        raise TypeError(uid)
    return Utgave(uid, innhold, entry["sum"], entry["sekvens"], stempel, entry["avlyst"])


def _check_times(innhold: Innhold) -> None:
    """Raise ValueError unless the date and times are such."""
    date.fromisoformat(innhold.dato)
    if (innhold.start is None) != (innhold.slutt is None):
        raise ValueError(innhold.dato)
    for clock in (innhold.start, innhold.slutt):
        if clock is not None:
            time.fromisoformat(clock)


def _broken(path: Path, line: int | None = None, column: int | None = None) -> Feil:
    return Feil(
        "ulest_tilstand",
        _("oversikten over hva som er publisert, kan ikke leses."),
        Sted(vis_sti(path), line, column),
        _(
            "Hent fila tilbake fra en sikkerhetskopi. Finnes ingen, flytt den bort: da publiseres alt som nytt, "
            "og kalenderne det er importert i, må tømmes først.",
        ),
    )


def _newer(path: Path) -> Feil:
    return Feil(
        "ukjent_format",
        _("oversikten over hva som er publisert, er skrevet av en annen utgave av programmet."),
        Sted(vis_sti(path)),
        _("Oppgrader programmet, og prøv igjen."),
    )
