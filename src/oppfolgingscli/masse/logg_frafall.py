"""Follow-up before leaving over columns: what ``revisjon.frafall`` says of each class, added."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from oppfolgingscli.masse.kobling import spre
from oppfolgingscli.revisjon.frafall import DAGER, Frafall

if TYPE_CHECKING:
    from oppfolgingscli.masse.personer import Personer
    from oppfolgingscli.masse.rader import Rader
    from oppfolgingscli.masse.slag import Heltall

_KEY = np.int64(1) << 24


def frafall(p: Personer, rader: Rader) -> Frafall:
    """Return how those who left were followed up, beside those of their class who did not. ``rader``: held contacts."""
    per, end = p.slag.per, p.slag.g.slutt
    start, slutt, klasse = p.start[: p.n], p.slutt[: p.n], p.klasse[: p.n]
    begun = start <= per
    left = begun & (slutt < end) & (slutt <= per)
    stayed = begun & ~left
    own = np.flatnonzero((rader.subjekt < p.n) & ~rader.alle)
    keys = rader.subjekt[own] * _KEY + rader.dato[own]
    s = np.flatnonzero(left)
    first = np.maximum(start[s], slutt[s] - DAGER + 1)
    contacts, there = _between(keys, s, first, slutt[s]), _there(p, s, first, slutt[s])
    out = Frafall(
        sluttet=int(left.sum()), ble=int(stayed.sum()), kontakter=int(contacts.sum()), dager=int(there.sum()),
        uten=int((contacts == 0).sum()),
    )  # fmt: skip
    # Everyone who stayed, beside everyone of the class who left.
    begin = np.searchsorted(klasse, klasse[s], side="left")
    run, place = spre(np.searchsorted(klasse, klasse[s], side="right") - begin)
    other = begin[run] + place
    fits = stayed[other] & (start[other] <= first[run]) & (slutt[s[run]] <= slutt[other])
    run, other = run[fits], other[fits]
    theirs = _between(keys, other, first[run], slutt[s[run]])
    days = _there(p, other, first[run], slutt[s[run]])
    many = np.bincount(run, minlength=s.size)
    compared = many > 0
    out.sammenlignet = int(compared.sum())
    out.egne_kontakter, out.egne_dager = int(contacts[compared].sum()), int(there[compared].sum())
    for n in np.unique(many[compared]).tolist():
        mine = many[run] == n
        out.andres_kontakter += Fraction(int(theirs[mine].sum()), n)
        out.andres_dager += Fraction(int(days[mine].sum()), n)
        out.andres_uten += Fraction(int((theirs[mine] == 0).sum()), n)
    return out


def _between(keys: Heltall, s: Heltall, first: Heltall, last: Heltall) -> Heltall:
    """Return how many contacts each participant has in a closed span."""
    return np.searchsorted(keys, s * _KEY + last, side="right") - np.searchsorted(keys, s * _KEY + first, side="left")


def _there(p: Personer, s: Heltall, first: Heltall, last: Heltall) -> Heltall:
    """Return the days from ``first`` to ``last`` each participant was not on leave."""
    return last - first + 1 - (p.pausedager(s, last) - p.pausedager(s, first - 1))
