"""Interval routines over columns: every clock, its gaps, their points, and the days covered.

What ``utvid.intervall`` and ``maltall.klokke`` say for one clock, for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from oppfolgingscli.masse.slag import ALDRI
from oppfolgingscli.modell.rutinesett import Hver
from oppfolgingscli.utvid.hver import Klokkeregel

if TYPE_CHECKING:
    from oppfolgingscli.masse.personer import Personer
    from oppfolgingscli.masse.rader import Rader
    from oppfolgingscli.masse.slag import Heltall, Maske


@dataclass(slots=True)
class Gaper:
    """Gaps of the clocks of one version, by (subject, number). ``kontakt``: the row that ended it, -1 for the open one.

    ``slutt``: the day it ended, or is last known to stand open. ``lukket``: the days of E are over.
    """

    subjekt: Heltall
    nr: Heltall
    start: Heltall
    dager: Heltall
    kontakt: Heltall
    slutt: Heltall
    lukket: Maske


@dataclass(slots=True)
class Klokkepunkter:
    """Points of interval routines. ``status`` as a number in ``status.STATUSER``; ``kontaktdag`` -1 for none."""

    subjekt: Heltall
    versjon: Heltall
    gap: Heltall
    nr: Heltall
    fra: Heltall
    frist: Heltall
    status: Heltall
    kontaktdag: Heltall


class Klokker:
    """The clocks of one interval version for all subjects of its level."""

    def __init__(self, p: Personer, v: int) -> None:
        f = p.slag.versjoner[v].rutine.frekvens
        if not isinstance(f, Hver):
            raise TypeError(v)
        self.p, self.v = p, v
        self.regel = Klokkeregel.of(f)
        self.which = p.niva(v)
        self.forskyv = self.which.start or 0
        rom = p.rom(v)
        days = np.concatenate([rom.hele, rom.pauset]) if rom.pauset.size else rom.hele
        self.rad: Heltall = np.where(rom.pauserad >= 0, rom.hele.shape[0] + rom.pauserad, rom.rad)
        self.hel = rom.rad
        #: c(d) for each row and day, d from the day before those laid out.
        self.plass_: Heltall = np.zeros((days.shape[0], days.shape[1] + 1), dtype=np.int32)
        np.cumsum(days, axis=1, out=self.plass_[:, 1:])
        row, day = np.nonzero(days)
        self._dager = day + p.slag.fra
        self._ved: Heltall = np.searchsorted(row, np.arange(days.shape[0]))
        alle = p.slag.dager
        slutt = p.slutt[self.which]
        self.forste: Heltall = np.where(rom.hele, alle, ALDRI).min(axis=1)[rom.rad]
        # The last day of E, pauses disregarded: of those up to the subject's end.
        before = np.maximum.accumulate(np.where(rom.hele, alle, 0), axis=1)
        self.siste: Heltall = before[rom.rad, np.clip(slutt - p.slag.fra, 0, alle.size - 1)]
        self.har: Maske = self.forste <= slutt
        self.lengde: Heltall = self.plass(np.arange(slutt.size), np.full(slutt.size, p.slag.til))

    def plass(self, s: Heltall, dag: Heltall) -> Heltall:
        """Return c(dag) of subjects (by place in the level)."""
        dag = np.minimum(dag, self.p.slutt[self.which][s])
        at = np.clip(dag - self.p.slag.fra + 1, 0, self.plass_.shape[1] - 1)
        return self.plass_[self.rad[s], at].astype(np.int64)

    def nte(self, s: Heltall, n: Heltall) -> Heltall:
        """Return clock day n; ``ALDRI`` where E has no such day."""
        there = (n >= 1) & (n <= self.lengde[s])
        at = np.where(there, self._ved[self.rad[s]] + n - 1, 0)
        return np.where(there, self._dager[at] if self._dager.size else ALDRI, ALDRI)

    def gaper(self, rader: Rader, teller: Heltall, uten: Maske) -> Gaper:
        """Cut the clocks at the contacts that count (row numbers). ``uten``: subjects that have no clock."""
        per = self.p.slag.per
        s, day = rader.subjekt[teller] - self.forskyv, rader.dato[teller]
        use = self.har[s] & ~uten[s] & (self.forste[s] <= day) & (day <= self.siste[s])
        s, day, row = s[use], day[use], teller[use]
        here = self.plass(s, day)
        before = np.zeros_like(here)
        same = s[1:] == s[:-1]
        before[1:][same] = here[:-1][same]
        ends = here != before
        s, day, row, here, before = s[ends], day[ends], row[ends], here[ends], before[ends]
        is_last = np.append(s[1:] != s[:-1], True)[: s.size]
        # The open gap of each clock, after its contacts.
        open_ = np.flatnonzero(self.har & ~uten)
        count = np.bincount(s, minlength=self.har.size)
        last = np.zeros(self.har.size, dtype=np.int64)
        last[s[is_last]] = here[is_last]
        subject = np.concatenate([s, open_])
        now = self.plass(open_, np.full(open_.size, per))
        out = Gaper(
            subject, np.zeros_like(subject), np.concatenate([before, last[open_]]),
            np.concatenate([here - before, now - last[open_]]), np.concatenate([row, np.full(open_.size, -1)]),
            np.concatenate([day, np.minimum(per, self.siste[open_])]),
            np.concatenate([np.zeros(s.size, bool), per > self.siste[open_]]),
        )  # fmt: skip
        order = np.argsort(subject, kind="stable")  # those ended come in order already, the open one after them
        out = Gaper(*(getattr(out, name)[order] for name in Gaper.__slots__))
        first = np.concatenate([[0], np.cumsum(count + (self.har & ~uten))])
        out.nr = np.arange(out.subjekt.size) - first[out.subjekt] + 1
        return out

    def _frist(self, nr: Heltall, k: Heltall) -> Heltall:
        r = self.regel
        return np.where(nr > 1, k * r.senest, r.forste + (k - 1) * r.senest)

    def punkter(self, gap: Gaper, koder: dict[str, int]) -> Klokkepunkter:
        """Return the points of the gaps."""
        r = self.regel
        first = self._frist(gap.nr, np.ones_like(gap.nr))
        q = np.where(gap.dager <= first, 0, (gap.dager - first - 1) // r.senest + 1)
        ended = gap.kontakt >= 0
        plan = np.where(gap.nr == 1, min(r.hver, r.forste), r.hver)
        near = 2 * gap.dager >= 2 * plan - np.minimum(14, plan)
        last = np.where(
            ended,
            np.where(q > 0, koder["for_sent"], koder["i_tide"]),
            np.where(
                q > 0,
                np.where(gap.lukket, koder["mangler"], koder["forfalt"]),
                np.where(gap.lukket, -1, np.where(near, koder["apen"], koder["kommende"])),
            ),
        )
        n = np.maximum(q, 1)
        i = np.repeat(np.arange(n.size), n)
        k = np.arange(i.size) - np.repeat(np.cumsum(n) - n, n) + 1
        final = k == n[i]
        status = np.where(final, last[i], koder["mangler"])
        out = self._points(gap, i, k, status)
        out.kontaktdag = np.where(final & ended[i], gap.slutt[i], -1)
        keep = (out.fra != ALDRI) & (status >= 0)
        return Klokkepunkter(*(getattr(out, name)[keep] for name in Klokkepunkter.__slots__))

    def fritatte(self, uten: Maske, koder: dict[str, int]) -> Klokkepunkter:
        """Return the points of those exempt: of one gap from the first day of E to ``per``."""
        s = np.flatnonzero(uten & (self.lengde > 0))
        now = self.plass(s, np.full(s.size, self.p.slag.per))
        none = np.zeros(s.size, dtype=np.int64)
        gap = Gaper(s, none + 1, none, now, none - 1, none, none.astype(bool))
        first = self.regel.forste
        q = np.where(now <= first, 0, (now - first - 1) // self.regel.senest + 1)
        n = np.maximum(q, 1)
        i = np.repeat(np.arange(n.size), n)
        k = np.arange(i.size) - np.repeat(np.cumsum(n) - n, n) + 1
        out = self._points(gap, i, k, np.full(i.size, koder["fritatt"]))
        keep = out.fra != ALDRI
        return Klokkepunkter(*(getattr(out, name)[keep] for name in Klokkepunkter.__slots__))

    def _points(self, gap: Gaper, i: Heltall, k: Heltall, status: Heltall) -> Klokkepunkter:
        s, nr = gap.subjekt[i], gap.nr[i]
        opens = gap.start[i] + np.where(k > 1, self._frist(nr, k - 1), 0)
        return Klokkepunkter(
            s + self.forskyv, np.full(i.size, self.v), nr, k,
            self.nte(s, opens + 1), self.nte(s, gap.start[i] + self._frist(nr, k)), status, np.full(i.size, -1),
        )  # fmt: skip
