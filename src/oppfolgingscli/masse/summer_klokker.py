"""Clocks over columns: days covered and the longest gap, in all and by semester and group (``maltall.klokke``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from oppfolgingscli.maltall.klokke import Lengst
from oppfolgingscli.masse.felt import AV_VERSJONEN, enheter, klassedeler, verdi
from oppfolgingscli.revisjon.celle import VISNINGER

if TYPE_CHECKING:
    from oppfolgingscli.masse.felt import Grupper
    from oppfolgingscli.masse.klokker import Gaper, Klokker
    from oppfolgingscli.masse.slag import Heltall
    from oppfolgingscli.masse.summer import Summer


@dataclass(slots=True)
class Spenn:
    """Spans of clocks: the subject (by place in its level), the closed days, and which semester or group it is."""

    subjekt: Heltall
    fra: Heltall
    til: Heltall
    del_: Heltall


@dataclass(slots=True)
class _Del:
    versjon: int
    spenn: Spenn
    dekket: Heltall
    dager: Heltall
    lengst: Heltall
    """Longest gap times 2, plus 1 when it is open; -1 for none."""


def klokkedeler(s: Summer) -> None:
    """Add what the clocks say to the cells."""
    kinds: dict[str, list[_Del]] = {"": [], "semester": [], "gruppe": []}
    grupper = s.kolonner.grupper
    for v, k in s.a.klokker.items():
        gap = s.a.gaper[v]
        level = s.slag.versjoner[v].rutine.niva
        uten = s.p.fritatt(s.slag.versjoner[v].rutine.id)[k.which]
        slutt = s.p.slutt[k.which]
        now = k.plass(np.arange(slutt.size), np.full(slutt.size, s.slag.per))
        who = np.flatnonzero((now > 0) & ~uten)
        parts = _Deler(s, k, gap, who)
        whole = Spenn(
            who, np.full(who.size, s.slag.fra), np.full(who.size, s.slag.til), np.zeros(who.size, dtype=np.int64)
        )
        kinds[""].append(parts.av(v, whole))
        kinds["semester"].append(parts.av(v, _halves(s, who)))
        if level == "deltaker":
            kinds["gruppe"].append(parts.av(v, _groups(s, grupper, who)))
    for visning in VISNINGER:
        kind = "semester" if "semester" in visning else "gruppe" if "gruppe" in visning else ""
        _add(s, visning, kinds[kind], kind)


def _halves(s: Summer, who: Heltall) -> Spenn:
    halves = s.slag.semestre
    n = len(halves)
    return Spenn(
        np.repeat(who, n), np.tile([p.fra.toordinal() for p in halves], who.size),
        np.tile([p.til.toordinal() for p in halves], who.size), np.tile(np.arange(n), who.size),
    )  # fmt: skip


def _groups(s: Summer, grupper: Grupper, who: Heltall) -> Spenn:
    """Return each group of a participant with the span it held for (``maltall.visninger.group_spans``)."""
    p = s.p
    steady = who[~grupper.skifter[who]]
    out = [(steady, p.start[steady], p.slutt[steady], grupper.av(steady, p.start[steady]))]
    rows: list[tuple[int, int, int, int]] = []
    for i in who[grupper.skifter[who]].tolist():
        start, slutt = int(p.start[i]), int(p.slutt[i])
        starts = [(max(a, start), label) for a, label in grupper.spenn[int(p.preg[i])] if a <= slutt]
        if not starts or starts[0][0] > start:
            starts.insert(0, (start, 0))
        for j, (a, label) in enumerate(starts):
            last = starts[j + 1][0] - 1 if j + 1 < len(starts) else slutt
            if a <= last:
                rows.append((i, a, last, label))
    if rows:
        more = np.array(rows, dtype=np.int64)
        out.append((more[:, 0], more[:, 1], more[:, 2], more[:, 3]))
    return Spenn(*(np.concatenate(column) for column in zip(*out, strict=True)))


class _Deler:
    """The clocks of one version, ready to be cut."""

    def __init__(self, s: Summer, k: Klokker, gap: Gaper, who: Heltall) -> None:
        self.s, self.k = s, k
        per = s.slag.per
        self.now = k.plass(np.arange(k.har.size), np.full(k.har.size, per))
        use = np.zeros(k.har.size, dtype=bool)
        use[who] = True
        rows = np.flatnonzero(use[gap.subjekt])
        self.subjekt, self.slutt = gap.subjekt[rows], gap.slutt[rows]
        apent = (gap.kontakt[rows] < 0) & ~gap.lukket[rows]
        self.lengst = gap.dager[rows] * 2 + apent
        ended = rows[gap.kontakt[rows] >= 0]
        # Clock day n is covered when n <= F, or c <= n <= c + M: disjoint parts, each up to where the one before ends.
        first, span = k.regel.forste, k.regel.senest
        c = gap.start[ended] + gap.dager[ended]
        subject = gap.subjekt[ended]
        before = np.full(c.size, first)
        same = subject[1:] == subject[:-1]
        before[1:][same] = np.maximum(first, c[:-1][same] + span)
        self.delsubjekt = np.concatenate([who, subject])
        self.delfra = np.concatenate([np.ones(who.size, dtype=np.int64), np.maximum(c, before + 1)])
        self.deltil = np.concatenate([np.full(who.size, first), c + span])
        order = np.lexsort((self.delfra, self.delsubjekt))
        self.delsubjekt, self.delfra, self.deltil = (x[order] for x in (self.delsubjekt, self.delfra, self.deltil))
        keep = self.delfra <= self.deltil
        self.delsubjekt, self.delfra, self.deltil = (x[keep] for x in (self.delsubjekt, self.delfra, self.deltil))

    def av(self, v: int, spenn: Spenn) -> _Del:
        """Cut the clocks into spans."""
        s = spenn.subjekt
        per = np.int64(self.s.slag.per)
        first = self.k.plass(s, np.minimum(spenn.fra - 1, per)) + 1
        last = self.k.plass(s, np.minimum(spenn.til, per))
        dager = last - first + 1
        dekket = self._covered(s, last) - self._covered(s, first - 1)
        return _Del(v, spenn, dekket, dager, self._longest(spenn))

    def _covered(self, s: Heltall, n: Heltall) -> Heltall:
        """Return how many of clock days 1 … n are covered."""
        big = np.int64(1) << 32
        lengths = np.concatenate([[0], np.cumsum(self.deltil - self.delfra + 1)])
        keys = self.delsubjekt * big + self.delfra
        begin = np.searchsorted(keys, s * big, side="left")
        end = np.searchsorted(keys, s * big + n, side="right")
        total = lengths[end] - lengths[begin]
        inside = end > begin
        over = np.maximum(self.deltil[np.maximum(end - 1, 0)] - n, 0) if keys.size else np.zeros(s.size, dtype=np.int64)
        return np.where(inside, total - np.where(inside, over, 0), 0)

    def _longest(self, spenn: Spenn) -> Heltall:
        """Return the longest gap of those that ended in each span."""
        big = np.int64(1) << 32
        order = np.lexsort((self.slutt, self.subjekt))
        keys = (self.subjekt * big + self.slutt)[order]
        value = np.append(self.lengst[order], -1)
        a = np.searchsorted(keys, spenn.subjekt * big + spenn.fra, side="left")
        b = np.searchsorted(keys, spenn.subjekt * big + spenn.til, side="right")
        out = np.full(a.size, -1)
        some = np.flatnonzero(b > a)
        if some.size:
            edges = np.stack([a[some], b[some]], axis=1).ravel()
            out[some] = np.maximum.reduceat(value, edges)[::2]
        return out


def _add(s: Summer, visning: tuple[str, ...], deler: list[_Del], kind: str) -> None:
    parts = klassedeler(visning)
    unit_of, units = enheter(s.klasser, parts)
    people: dict[int, set[int]] = {}
    for d in deler:
        use = np.flatnonzero((d.dager > 0) | (d.lengst >= 0))
        if not use.size:
            continue
        v, niva = d.versjon, s.slag.versjoner[d.versjon].rutine.niva
        subject = d.spenn.subjekt[use] + (s.p.n if niva == "klasse" else 0)
        unit, part = unit_of[s.p.klasse[subject]], d.spenn.del_[use]
        most = int(part.max()) + 1
        code, where = np.unique(unit * most + part, return_inverse=True)
        dekket = np.bincount(where, weights=d.dekket[use])
        dager = np.bincount(where, weights=d.dager[use])
        lengst = np.full(code.size, -1)
        np.maximum.at(lengst, where, d.lengst[use])
        own = {name: verdi(s.slag, v, name) for name in AV_VERSJONEN}
        for i, key in enumerate(code.tolist()):
            if kind == "semester":
                own["semester"] = s.slag.semestre[key % most].nokkel
            elif kind == "gruppe":
                own["gruppe"] = s.kolonner.grupper.navn[key % most]
            celle = s.celle(visning, dict(zip(parts, units[key // most], strict=True)), own)
            celle.dager_dekket += round(dekket[i])
            celle.dager += round(dager[i])
            if lengst[i] >= 0:
                found = Lengst(int(lengst[i]) // 2, bool(lengst[i] % 2))
                celle.lengst = found if celle.lengst is None else max(celle.lengst, found)
            if niva == "deltaker":
                mine = subject[where == i]
                people.setdefault(id(celle), set()).update(mine.tolist())
                celle.n_klokke = len(people[id(celle)])
