"""The log of a group of classes as columns: which rows there are, whom they name, and what counts for a version.

What ``telling.select`` and ``telling.count`` say for one class and subject, for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from oppfolgingscli.modell.rutinesett import Antall

if TYPE_CHECKING:
    import polars as pl

    from oppfolgingscli.masse.personer import Personer
    from oppfolgingscli.masse.slag import Heltall, Maske


@dataclass(slots=True)
class Rader:
    """Rows of a log, one for each subject they name; held, known, and not after ``per``.

    ``type``: number in the kind of class's list (for events: in a list of their own). ``rutine``: number of the
    routine named, -1 for none. ``full[i]``: whether the i-th set of required roles was there. ``ider[id_rad]``: ids.
    ``alle``: rows for everyone at once.
    """

    subjekt: Heltall
    dato: Heltall
    type: Heltall
    rutine: Heltall
    ider: pl.Series
    full: Maske
    id_rad: Heltall
    alle: Maske

    def sortert(self, slekt: Heltall) -> Rader:
        """Return the rows by (subjekt, dato, kin of type, id). ``slekt``: by type, which can count for the same."""
        kin = slekt[self.type]
        order = _orden(self.subjekt, self.dato * (int(slekt.max(initial=0)) + 1) + kin)
        s, d, k = self.subjekt[order], self.dato[order], kin[order]
        same = np.flatnonzero((d[1:] == d[:-1]) & (s[1:] == s[:-1]) & (k[1:] == k[:-1]))
        if same.size:
            # Ids order only rows of one subject and day; few are.
            ties = np.unique(np.concatenate([same, same + 1]))
            rows = order[ties]
            rank = np.empty(rows.size, dtype=np.int64)
            rank[self.ider.gather(self.id_rad[rows]).arg_sort().to_numpy()] = np.arange(rows.size)
            order[ties] = rows[np.lexsort((rank, k[ties], d[ties], s[ties]))]
        return Rader(
            s, d, self.type[order], self.rutine[order], self.ider, self.full[:, order], self.id_rad[order],
            self.alle[order],
        )  # fmt: skip

    def navn(self, rader: Heltall) -> list[str]:
        """Return the ids of some rows."""
        found: list[str] = self.ider.gather(self.id_rad[rader]).to_list()
        return found


def _orden(subjekt: Heltall, dato: Heltall) -> Heltall:
    """Return the order by (subjekt, dato). One sort of numbers that hold all three, where they have room."""
    if not dato.size:
        return np.zeros(0, dtype=np.int64)
    first = int(dato.min())
    days, rows = int(dato.max()) - first + 1, dato.size
    if (int(subjekt.max()) + 1) * days * rows >= 1 << 62:
        return np.lexsort((dato, subjekt))
    packed = ((subjekt * days) + (dato - first)) * rows + np.arange(rows)
    packed.sort()
    return packed % rows


def tell(p: Personer, v: int, rader: Rader) -> tuple[Heltall, Heltall]:
    """Return which rows count for a version, as rising row numbers, and which repeat another.

    ``rader`` by (subjekt, dato, id).
    """
    slag, r = p.slag, p.slag.versjoner[v].rutine
    which = p.niva(v)
    fits = np.zeros(len(slag.typer) + 1, dtype=bool)
    fits[[slag.typer.index(t) for t in (r.type, *r.teller_ogsa)]] = True
    ok = fits[rader.type] & (rader.subjekt >= (which.start or 0)) & (rader.subjekt < which.stop)
    ok &= (rader.rutine == -1) | (rader.rutine == slag.rutine_av[v])
    if r.krever:
        ok &= rader.full[slag.krav().index(frozenset(r.krever))]
    found = np.flatnonzero(ok)
    repeats = _like(found, rader)
    found, again = found[~repeats], found[repeats]
    f = r.frekvens
    if isinstance(f, Antall) and f.minst_mellom is not None:
        open_from = slag.add(rader.dato[found], f.minst_mellom)
        found = _spredt(found, rader, open_from)
    return found, again


def _like(found: Heltall, rader: Rader) -> Maske:
    """Return which rows have the same subject, date, type and routine as one before them."""
    out = np.zeros(found.size, dtype=bool)
    s, d = rader.subjekt[found], rader.dato[found]
    same = np.flatnonzero((s[1:] == s[:-1]) & (d[1:] == d[:-1]))
    if not same.size:
        return out
    ties = np.unique(np.concatenate([same, same + 1]))
    rows = found[ties]
    types, routines = int(rader.type.max(initial=0)) + 1, int(rader.rutine.max(initial=0)) + 2
    code = (s[ties] * types + rader.type[rows]) * routines + rader.rutine[rows] + 1
    order = np.lexsort((rows, code, d[ties]))
    again = np.zeros(rows.size, dtype=bool)
    again[order[1:]] = (code[order[1:]] == code[order[:-1]]) & (d[ties][order[1:]] == d[ties][order[:-1]])
    out[ties[again]] = True
    return out


def _spredt(found: Heltall, rader: Rader, open_from: Heltall) -> Heltall:
    """Leave out rows before ``open_from`` of the last kept row of their subject."""
    s, d = rader.subjekt[found], rader.dato[found]
    near = np.flatnonzero((s[1:] == s[:-1]) & (d[1:] < open_from[:-1]))
    if not near.size:
        return found
    keep = np.ones(found.size, dtype=bool)
    for subject in np.unique(s[near]).tolist():
        a, b = np.searchsorted(s, [subject, subject + 1]).tolist()
        limit = 0
        for i in range(a, b):
            keep[i] = d[i] >= limit
            if keep[i]:
                limit = int(open_from[i])
    return found[keep]
