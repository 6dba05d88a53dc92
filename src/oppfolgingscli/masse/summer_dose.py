"""Dose over columns: contacts delivered against required (``maltall.mal.dose_sums``)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from oppfolgingscli.masse.summer_felles import Rader

if TYPE_CHECKING:
    import numpy.typing as npt

    from oppfolgingscli.masse.felt import Felt
    from oppfolgingscli.masse.slag import Heltall, Maske
    from oppfolgingscli.masse.summer import Summer

    Tabell = npt.NDArray[np.int64]


class Dose:
    """Delivered and required, by column and class.

    Where one period of a routine has windows in several columns or versions, which of them are one and the same
    depends on the row: those are kept apart, in ``delte``.
    """

    def __init__(self, s: Summer) -> None:
        self.a, self.p, self.slag = s.a, s.p, s.slag
        u, w = s.a.utfall, s.a.vinduer
        dosed = s.i_dose[s.kolonne] & u.bedomt
        required = np.bincount(u.vindu[dosed], weights=u.antall[dosed], minlength=w.fra.size).astype(np.int64)
        column = np.full(w.fra.size, -1)
        column[u.vindu[dosed]] = s.kolonne[dosed]
        self.windows = np.flatnonzero(required)
        self.required = required[self.windows]
        self.column = column[self.windows]
        self.delivered = self._delivered(self.windows)
        # Only a routine with several versions can have two windows in one period.
        several = np.bincount(s.slag.rutine_av, minlength=1) > 1
        routine = s.slag.rutine_av[w.versjon[self.windows]]
        rows = np.flatnonzero(several[routine])
        again = np.zeros(self.windows.size, dtype=bool)
        self.delte: list[list[int]] = []
        if rows.size:
            self._tell_apart(s, rows, routine[rows], again)
        alone = np.flatnonzero(~again)
        place = self.column * len(s.klasser) + s.p.klasse[w.subjekt[self.windows]]
        delivered, required_ = self.delivered, self.required
        #: By column and class, what needs no telling apart: capped, delivered, required.
        self.tabeller = tuple(
            s.by_class(alone, x, place) for x in (np.minimum(delivered, required_), delivered, required_)
        )

    def _tell_apart(self, s: Summer, rows: Heltall, routine: Heltall, again: Maske) -> None:
        """Note the windows (of ``rows``) that share subject, routine and period with others."""
        w = s.a.vinduer
        windows = self.windows[rows]
        code = (w.subjekt[windows] * len(s.slag.rutiner) + routine) * (1 + int(w.periode.max(initial=0)))
        _codes, where, times = np.unique(code + w.periode[windows], return_inverse=True, return_counts=True)
        shared = np.flatnonzero(times[where] > 1)
        again[rows[shared]] = True
        order = shared[np.argsort(where[shared], kind="stable")]
        edges = np.flatnonzero(np.diff(where[order])) + 1
        self.delte = [part.tolist() for part in np.split(rows[order], edges) if part.size]

    def _delivered(self, windows: Heltall) -> Heltall:
        """Count the contacts of each window, less those credited to another routine."""
        a, w = self.a, self.a.vinduer
        out = a.treff.mid[windows] - a.treff.lo[windows]
        for v in np.flatnonzero(np.bincount(w.versjon[windows])).tolist():
            gone = self._elsewhere(v)
            if not gone.any():
                continue
            mine = np.flatnonzero(w.versjon[windows] == v)
            elsewhere = np.concatenate([[0], np.cumsum(gone)])
            at = windows[mine]
            out[mine] -= elsewhere[a.treff.mid[at]] - elsewhere[a.treff.lo[at]]
        return out

    def _elsewhere(self, v: int) -> Heltall:
        """Return for the rows that count for a version whether each is credited to other routines only."""
        a, rows = self.a, self.a.telt[v]
        routine = int(self.slag.rutine_av[v])
        to_points, to_clocks = a.kreditert[rows], a.i_intervall[rows]
        own = (to_points == routine) | ((to_clocks >> routine) & 1 == 1)
        found: Heltall = (((to_points >= 0) | (to_clocks != 0)) & ~own).astype(np.int64)
        return found

    def _rows(self, i: int) -> set[int]:
        """Return the rows delivered in a window."""
        a, window = self.a, int(self.windows[i])
        v = int(a.vinduer.versjon[window])
        lo, mid = int(a.treff.lo[window]), int(a.treff.mid[window])
        there = ~self._elsewhere(v)[lo:mid].astype(bool)
        return set(a.telt[v][lo:mid][there].tolist())

    def av(self, felt: Felt, which: slice) -> tuple[Tabell, Tabell, Tabell]:
        """Return by (row, class) Σ min(delivered, required), Σ delivered, Σ required."""
        rows_of = Rader(felt.rad, len(felt.verdier))
        capped, delivered, required = (rows_of(table) for table in self.tabeller)
        w = self.a.vinduer
        for together in self.delte:
            subject = int(w.subjekt[self.windows[together[0]]])
            if not which.start <= subject < which.stop:
                continue
            klasse = int(self.p.klasse[subject])
            needed: Counter[int] = Counter()
            rows: dict[int, set[int]] = {}
            for i in together:
                row = int(felt.rad[self.column[i]])
                if row >= 0:
                    needed[row] += int(self.required[i])
                    rows.setdefault(row, set()).update(self._rows(i))
            for row, n in needed.items():
                capped[row, klasse] += min(n, len(rows[row]))
                delivered[row, klasse] += len(rows[row])
                required[row, klasse] += n
        return capped, delivered, required
