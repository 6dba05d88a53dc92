"""Coverage over columns: who was met the first time they should be (``maltall.mal.covered``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from oppfolgingscli.masse.motor import KODE
from oppfolgingscli.masse.summer_felles import Rader, to_rows
from oppfolgingscli.modell.rutinesett import Antall, Hver

if TYPE_CHECKING:
    import numpy.typing as npt

    from oppfolgingscli.masse.felt import Felt
    from oppfolgingscli.masse.slag import Heltall, Maske
    from oppfolgingscli.masse.summer import Summer

_INGEN = np.iinfo(np.int64).max


class Dekning:
    """By column and subject the first judged point, and the first point of an interval routine.

    ``forste``: (deadline, version) as one number, times 4, plus 2 for an interval routine, plus 1 for met.
    ``apning``: (version, gap, number) as one number, times 2, plus 1 for on time.
    """

    def __init__(self, s: Summer) -> None:
        a = s.a
        u = a.utfall
        numbers = np.array([v.nr for v in s.slag.versjoner])
        most = int(numbers.max(initial=0)) + 1
        interval = np.array([v in s.slag.intervaller for v in range(numbers.size)])[u.versjon]
        window = np.maximum(u.vindu, 0)
        has = a.treff.mid > a.treff.lo
        met = np.where(interval, False, has[window] if has.size else False)
        judged = np.flatnonzero(u.bedomt)
        judged = judged[_first_in_line(s, judged)]
        key = ((u.frist[judged] * most + numbers[u.versjon[judged]]) * 2 + interval[judged]) * 2 + met[judged]
        self.forste = np.full(s.size[0] * s.size[1], _INGEN)
        np.minimum.at(self.forste, s.plass[judged], key)
        self.forste = self.forste.reshape(s.size)
        self.apning: Heltall | None = None
        if interval.any():
            rows = np.flatnonzero(interval & (u.status != KODE["fritatt"]))
            gaps, points = int(u.gap.max()) + 1, int(u.nr.max()) + 1
            key = ((numbers[u.versjon[rows]] * gaps + u.gap[rows]) * points + u.nr[rows]) * 2
            key += u.status[rows] == KODE["i_tide"]
            self.apning = np.full(s.size[0] * s.size[1], _INGEN)
            np.minimum.at(self.apning, s.plass[rows], key)
            self.apning = self.apning.reshape(s.size)

    def av(self, felt: Felt, which: slice) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Return by (row, subject) how many routines were met the first time, and of how many."""
        least = Rader(felt.rutinerad, felt.rutine.size)
        first = least(self.forste[:, which], np.minimum, _INGEN)
        there: Maske = first != _INGEN
        met = there & (first % 2 == 1)
        if self.apning is not None:
            by_clock = there & (first // 2 % 2 == 1)
            if by_clock.any():
                opening = least(self.apning[:, which], np.minimum, _INGEN)
                met = np.where(by_clock, opening % 2 == 1, met)
        return to_rows(met, felt), to_rows(there, felt)


def _first_in_line(s: Summer, judged: Heltall) -> Maske:
    """Leave out lines of windows with the same subject, version and deadline as one that comes before them in order.

    The key of the period decides. Points of interval routines have their own first (``apning``).
    """
    u = s.a.utfall
    keep = np.ones(judged.size, dtype=bool)
    # Periods do not overlap: windows of one version can only share a deadline when something sets them off.
    free = np.array([not isinstance(v.rutine.frekvens, Antall | Hver) for v in s.slag.versjoner])
    some = np.flatnonzero(free[u.versjon[judged]])
    order = some[np.lexsort((u.frist[judged[some]], s.plass[judged[some]]))]
    rows = judged[order]
    same = (s.plass[rows][1:] == s.plass[rows][:-1]) & (u.frist[rows][1:] == u.frist[rows][:-1])
    differs = same & (u.vindu[rows][1:] != u.vindu[rows][:-1])
    if not differs.any():
        return keep
    run = np.concatenate([[0], np.cumsum(~same)])
    groups: dict[int, list[int]] = {}
    for i in np.flatnonzero(np.isin(run, run[1:][differs])).tolist():
        groups.setdefault(int(run[i]), []).append(i)

    w = s.a.vinduer

    def rank(i: int) -> str:
        window = int(u.vindu[rows[i]])
        return s.a.nokler[int(s.slag.rutine_av[int(w.versjon[window])])].navn[int(w.periode[window])]

    for tie in groups.values():
        best = u.vindu[rows[min(tie, key=rank)]]
        for i in tie:
            keep[order[i]] = u.vindu[rows[i]] == best
    return keep
