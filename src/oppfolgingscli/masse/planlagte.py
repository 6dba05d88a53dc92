"""Points of ``antall`` and ``milepael`` for many subjects: windows with how many there are in each.

What ``utvid.antall``, ``utvid.milepael`` and ``utvid._set_late_limits`` say for one subject, for all of them: a
*vindu* is the points of one version and period, which share their window, deadline and late limit. Only what the
audit needs is worked out: no ``mal`` or ``tempo``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from oppfolgingscli.masse.slag import ALDRI
from oppfolgingscli.modell.rutinesett import Antall, Hver, Milepael
from oppfolgingscli.utvid.ankere import forekomster

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Self

    from oppfolgingscli.masse.personer import Personer
    from oppfolgingscli.masse.slag import Heltall, Maske


@dataclass(slots=True)
class Vinduer:
    """Windows of one routine. Days are ordinals, ``ALDRI`` for none.

    ``subjekt``; ``versjon`` (its number in the kind of class); ``periode``: number in ``nokler`` of the routine;
    ``krav`` of the ``antall`` points are required, the first ones; ``tatt``, ``borte``: required points that a pause took away, and all that it took.
    ``om_slutten``: about the ending itself.
    """

    subjekt: Heltall
    versjon: Heltall
    periode: Heltall
    fra: Heltall
    frist: Heltall
    sent_til: Heltall
    krav: Heltall
    antall: Heltall
    tatt: Heltall
    borte: Heltall
    om_slutten: Maske

    def velg(self, rader: Heltall | Maske) -> Self:
        """Return some of the windows."""
        return type(self)(*(getattr(self, f.name)[rader] for f in fields(self)))

    @classmethod
    def sammen(cls, deler: Sequence[Vinduer]) -> Vinduer:
        """Return windows end to end."""
        if not deler:
            none = np.zeros(0, dtype=np.int64)
            return cls(*(none,) * 10, none.astype(bool))
        return cls(*(np.concatenate([getattr(d, f.name) for d in deler]) for f in fields(cls)))


class Nokler:
    """The keys of periods (as in point ids) by number, for one routine."""

    def __init__(self) -> None:
        self.navn: list[str] = []
        self._nr: dict[str, int] = {}

    def nr(self, navn: str) -> int:
        """Return the number of a key."""
        if navn not in self._nr:
            self._nr[navn] = len(self.navn)
            self.navn.append(navn)
        return self._nr[navn]


def planlagte(p: Personer, versjoner: Sequence[int], nokler: Nokler) -> Vinduer:
    """Return the windows of one routine's ``antall`` and ``milepael`` versions, with their late limits.

    A window where a pause took every point away is there with ``antall`` 0.
    """
    deler: list[Vinduer] = []
    apner: list[tuple[Heltall, Heltall]] = []
    anker: dict[tuple[str, str], tuple[Maske, Maske]] = {}
    for v in versjoner:
        f = p.slag.versjoner[v].rutine.frekvens
        if isinstance(f, Antall):
            made = _antall(p, v, f, nokler)
            apner.append((made.subjekt, made.fra))
        elif isinstance(f, Milepael):
            made = _milepael(p, v, f, nokler, anker, apner)
        elif isinstance(f, Hver):
            apner.append(_apner_klokka(p, v))
            continue
        else:
            continue
        deler.append(made)
    out = Vinduer.sammen(deler)
    _set_late_limits(out, apner)
    return out


def _scaled(n: int, m: Heltall, whole: Heltall) -> Heltall:
    return (2 * n * m + whole) // np.maximum(2 * whole, 1)


def _antall(p: Personer, v: int, f: Antall, nokler: Nokler) -> Vinduer:
    slag, rom, which = p.slag, p.rom(v), p.niva(v)
    periods = slag.perioder(f.per)
    starts = np.maximum(np.array([period.fra.toordinal() for period in periods]) - slag.fra, 0)
    counted = slag.tellende[v]
    whole = np.add.reduceat((slag.tillatt(v) & counted).astype(np.int64), starts)
    days = slag.dager
    fra = np.minimum.reduceat(np.where(rom.hele, days, ALDRI), starts, axis=1)
    frist = np.maximum.reduceat(np.where(rom.hele, days, 0), starts, axis=1)
    m = np.add.reduceat((rom.hele & counted).astype(np.int64), starts, axis=1)
    minst, inntil = _counts(f, m, whole)
    slutt = p.slutt[which]
    here = np.flatnonzero((inntil > 0).any(axis=0))  # most periods lie outside the class's years
    a, b = (int(here[0]), int(here[-1]) + 1) if here.size else (0, 0)
    periods, starts, whole = periods[a:b], starts[a : b + 1], whole[a:b]
    fra, frist, minst, inntil = fra[:, a:b], frist[:, a:b], minst[:, a:b], inntil[:, a:b]
    there = (inntil > 0)[rom.rad] & (fra[rom.rad] <= slutt[:, None])
    flat = np.flatnonzero(there)
    s, period = flat // max(b - a, 1), flat % max(b - a, 1)
    w = rom.rad[s] * (b - a) + period
    krav, antall = minst.ravel()[w], inntil.ravel()[w]
    tatt, borte = np.zeros(s.size, dtype=np.int64), np.zeros(s.size, dtype=np.int64)
    pauserad = rom.pauserad[s]
    har = np.flatnonzero(pauserad >= 0)
    if har.size:
        forste = np.minimum.reduceat(np.where(rom.pauset, days, ALDRI), starts, axis=1)[:, : b - a]
        m = np.add.reduceat((rom.pauset & counted).astype(np.int64), starts, axis=1)[:, : b - a]
        minst_p, inntil_p = _counts(f, m, whole)
        at = pauserad[har] * (b - a) + period[har]
        left = forste.ravel()[at] <= slutt[s[har]]
        n = np.where(left, inntil_p.ravel()[at], 0)
        tatt[har], borte[har] = np.maximum(krav[har] - n, 0), antall[har] - n
        krav[har], antall[har] = np.where(left, minst_p.ravel()[at], 0), n
    last = frist.ravel()[w]
    late = slag.add(last, f.sent_til) if f.sent_til else np.full(s.size, ALDRI + 1)
    number = np.array([nokler.nr(period.nokkel) for period in periods], dtype=np.int64)
    return Vinduer(
        s + (which.start or 0), np.full(s.size, v), number[period], fra.ravel()[w], last, late, krav, antall, tatt, borte,
        np.zeros(s.size, dtype=bool),
    )  # fmt: skip


def _counts(f: Antall, m: Heltall, whole: Heltall) -> tuple[Heltall, Heltall]:
    """Return how many are required and how many in all, by m of D; none where m is 0."""
    full = m == whole
    minst = np.where(full, f.minst, _scaled(f.minst, m, whole))
    inntil = np.where(full, f.inntil, _scaled(f.inntil, m, whole))
    return np.where(m > 0, minst, 0), np.where(m > 0, inntil, 0)


def _milepael(
    p: Personer, v: int, f: Milepael, nokler: Nokler, anker: dict[tuple[str, str], tuple[Maske, Maske]],
    apner: list[tuple[Heltall, Heltall]],
) -> Vinduer:  # fmt: skip
    """Return a milestone's windows, and add to ``apner`` where they open.

    ``anker``: by kind and key, who has its point already, pauses disregarded and not.
    """
    slag, rom, which = p.slag, p.rom(v), p.niva(v)
    slutt = p.slutt[which]
    next_hele = _next(rom.hele, slag.dager)
    next_pauset = _next(rom.pauset, slag.dager)
    har = rom.pauserad >= 0
    deler = []
    for key, day, has in _forekomster(p, v, f):
        first, last = slag.add(day, f.fra), slag.add(day, f.innen)
        end = np.minimum(last, slutt)
        at = np.clip(first - slag.fra, 0, slag.dager.size - 1)
        # Beyond the days laid out there are no days of E.
        whole = has & (first <= slag.til) & (next_hele[rom.rad, at] <= end)
        real = whole.copy()
        if har.any():
            real[har] &= next_pauset[rom.pauserad[har], at[har]] <= end[har]
        taken = anker.setdefault((f.milepael.slag, key), (np.zeros(slutt.size, bool), np.zeros(slutt.size, bool)))
        whole &= ~taken[0]
        real &= ~taken[1]
        taken[0][:] |= whole
        taken[1][:] |= real
        # A pause moves no window: what opens is as it is without it.
        opens = np.flatnonzero(whole)
        apner.append((opens + (which.start or 0), first[opens]))
        s = np.flatnonzero(whole | real)
        late = slag.add(last[s], f.sent_til) if f.sent_til else np.full(s.size, ALDRI + 1)
        made = real[s].astype(np.int64)
        about_end = np.full(s.size, f.milepael.slag == "slutt")
        where = (s + (which.start or 0), np.full(s.size, v), np.full(s.size, nokler.nr(key)))
        deler.append(Vinduer(*where, first[s], last[s], late, made, made, 1 - made, 1 - made, about_end))
    return Vinduer.sammen(deler)


def _next(rows: Maske, days: Heltall) -> Heltall:
    """Return for each row and day the first day of the row from it on; ``ALDRI`` where there is none."""
    found = np.where(rows, days, ALDRI)
    return np.minimum.accumulate(found[:, ::-1], axis=1)[:, ::-1]


def _forekomster(p: Personer, v: int, f: Milepael) -> Iterator[tuple[str, Heltall, Maske]]:
    """Yield each time the anchor comes: its key, the day for each subject, and who has it."""
    which = p.niva(v)
    n = p.slutt[which].size
    everyone = np.ones(n, dtype=bool)
    match f.milepael.slag:
        case "oppstart":
            yield "oppstart", p.start[which], everyone
        case "slutt":
            yield "slutt", p.slutt[which], everyone
        case "praksis-start":
            spans = [s.praksisspenn for s in p.pregene]
            for i in range(max(map(len, spans), default=0)):
                has = np.array([len(x) > i for x in spans])[p.preg[which]]
                day = np.array([x[i][0] if len(x) > i else p.slag.fra for x in spans])[p.preg[which]]
                yield f"praksis-{i + 1}", day, has
        case _:  # the same for all
            for key, when in forekomster(p.slag.g, p.slag.g.klassen, f.milepael):
                yield key, np.full(n, when), everyone


def _apner_klokka(p: Personer, v: int) -> tuple[Heltall, Heltall]:
    """Return the subjects of an interval version, and the first day of E of each; ``ALDRI`` for none."""
    rom, which = p.rom(v), p.niva(v)
    days = p.slag.dager
    forste = np.where(rom.hele, days, ALDRI).min(axis=1)[rom.rad]
    har = np.flatnonzero(rom.pauserad >= 0)
    if har.size:
        forste[har] = np.where(rom.pauset, days, ALDRI).min(axis=1)[rom.pauserad[har]]
    forste[forste > p.slutt[which]] = ALDRI
    return np.arange(which.start or 0, which.stop), forste


def _set_late_limits(vinduer: Vinduer, apner: Sequence[tuple[Heltall, Heltall]]) -> None:
    """Give windows without a limit of their own the day before the next window of the routine opens."""
    lacking = np.flatnonzero(vinduer.sent_til > ALDRI)
    if not lacking.size:
        return
    base = np.int64(ALDRI + 1)
    starts = np.sort(np.concatenate([subject * base + day for subject, day in apner]))
    subject, frist = vinduer.subjekt[lacking], vinduer.frist[lacking]
    at = np.searchsorted(starts, subject * base + frist, side="right")
    following = np.append(starts, np.iinfo(np.int64).max)[at]
    same = (following // base == subject) & (following % base < ALDRI)
    vinduer.sent_til[lacking] = np.where(same, following % base - 1, ALDRI)
