"""Hides small cells: which rows of a publication must not be shown, so that none that is small can be worked out. Pure.

Whole rows are hidden. A row is *small* when it is about 1 to ``terskel`` − 1 participants. It is hidden, and so are
others (*complementary*), chosen the same way every time with least lost: of the rows that will do, one of the least
important (``trinn``), then one that needs the fewest others hidden in turn, then the one with the fewest points. A row that is not there is about nobody, and says so: zero is no secret, as in official statistics, where
an empty cell shows where something is not done.

What holds of all that is published together, whoever adds and subtracts its rows:

1. no small row is determined by the linear relations between the rows (solved, not guessed, modulo a prime so
   large that a wrong answer is out of the question); a complementary one may be, when that gives no small one away;
2. no relation gives the sum of hidden rows that together are about fewer than ``terskel`` participants;
3. for each small row as many numbers of participants remain possible as there are small numbers, ``terskel`` − 1:
   whoever narrows them down from every relation in turn (``grenser``) is no wiser than «1 to ``terskel`` − 1».

Sources: Hundepool et al., Statistical Disclosure Control (2012), chapter 4 (secondary suppression, linked tables,
protection levels); Eurostat, Guidelines on confidentiality. Not protected against: somebody who knows the figures of
most of those counted; and two publications about nearly the same people, unless the second is told of the first
(``tvunget``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, Generic

from oppfolgingscli.revisjon.grenser import Grenser
from oppfolgingscli.revisjon.rader import Antall, K, Relasjon

#: Fewest participants a figure may be about, unless the user says otherwise, and the least the user may say.
TERSKEL: Final = 5
LAVESTE_TERSKEL: Final = 3
#: How many times as many numbers of participants must seem possible for a small row as there are small numbers: the
#: limits are found one relation at a time, and somebody who solves them all at once may come somewhat closer.
_ROM: Final = 3
#: Rows of a publication from which on several are covered before the relations are solved again, which takes its time.
_MANGE: Final = 500
#: A Mersenne prime: the relations have whole numbers near zero, and no determinant of theirs is a multiple of it.
_PRIME: Final = 2**61 - 1


def skjul(
    rader: Mapping[K, Antall],
    relasjoner: Sequence[Relasjon[K]],
    terskel: int = TERSKEL,
    tvunget: Collection[K] = (),
    kjente: Collection[K] = (),
    uvist: Collection[K] = (),
) -> frozenset[K]:
    """Return the rows to hide.

    ``tvunget``: rows that must be hidden whatever their size. ``kjente``: rows that are known from elsewhere, so that
    hiding them covers nothing. ``uvist``: rows that are published nowhere, though they are part of others; to work out
    one that is not small does no harm. Rows about no participants are always shown, and count as known.

    Raises:
        ValueError: the threshold is below ``LAVESTE_TERSKEL``.
    """
    if terskel < LAVESTE_TERSKEL:
        raise ValueError(terskel)
    return _Skjuler(rader, relasjoner, terskel, tvunget, kjente, uvist).run()


def is_small(n: int, terskel: int) -> bool:
    """Whether a figure is about too few: at least one participant, and fewer than the threshold."""
    return 0 < n < terskel


class _Skjuler(Generic[K]):
    def __init__(
        self,
        rader: Mapping[K, Antall],
        relasjoner: Sequence[Relasjon[K]],
        terskel: int,
        tvunget: Collection[K],
        kjente: Collection[K],
        uvist: Collection[K],
    ) -> None:
        self._rader = rader
        self._terskel = terskel
        self._kjente = frozenset(kjente)
        # In the order of the rows, so that the choice never depends on how a set is laid out.
        self._nr = {key: i for i, key in enumerate(rader)}
        self._relasjoner = relasjoner
        self._i: dict[K, list[int]] = {}
        for i, relasjon in enumerate(relasjoner):
            for key in (*relasjon.en, *relasjon.annen):
                self._i.setdefault(key, []).append(i)
        self._vernet = {key for key, antall in rader.items() if is_small(antall.deltakere, terskel)}
        self._vernet |= {key for key in tvunget if key in rader}
        self._fri = {key for key in uvist if key in rader} - self._vernet
        self._skjult = self._vernet | self._fri
        #: How many members of each relation are hidden.
        self._treff = [sum(key in self._skjult for key in (*r.en, *r.annen)) for r in relasjoner]

    def run(self) -> frozenset[K]:
        waiting = set(range(len(self._relasjoner)))
        while True:
            while waiting:
                first = min(waiting)
                waiting.remove(first)
                waiting |= self._mend(first)
            # Nothing is left to hide around a row only when everything near it about people is hidden.
            # One at a time: what is hidden for one may do for the next. Where there are many, one in each part of the
            # publication.
            for key in self._given_away():
                if waiting.isdisjoint(self._i.get(key, ())) and (not waiting or len(self._rader) > _MANGE):
                    waiting |= self._cover(key)
            if not waiting:
                return frozenset(self._skjult)

    def _given_away(self) -> Iterator[K]:
        """Yield the hidden rows that are determined, then the small ones that are held too closely, in order."""
        yield from self._determined()
        limits = Grenser(self._rader, self._relasjoner, self._skjult)
        for key, antall in self._rader.items():
            if is_small(antall.deltakere, self._terskel) and limits.width(key) < _ROM * (self._terskel - 1):
                yield key

    def _mend(self, i: int) -> set[int]:
        """Hide one row more if a relation gives something away; return the relations to look at again."""
        relasjon = self._relasjoner[i]
        if not self._treff[i] or not self._leaks(relasjon):
            return set()
        candidates = [key for key in (*relasjon.en, *relasjon.annen) if self._may_hide(key)]
        if not candidates:
            return set()  # everything about people is hidden here
        candidates.sort(key=self._cost)
        enough = (key for key in candidates if not self._leaks(relasjon, key))
        return self._hide(next(enough, candidates[0]))

    def _may_hide(self, key: K) -> bool:
        return key not in self._skjult and key not in self._kjente and self._rader[key].deltakere > 0

    def _cost(self, key: K) -> tuple[int, int, int, int]:
        alone = sum(not self._treff[i] for i in self._i.get(key, ()))
        return self._rader[key].trinn, alone, self._rader[key].tap, self._nr[key]

    def _hide(self, key: K) -> set[int]:
        self._skjult.add(key)
        for i in self._i[key]:
            self._treff[i] += 1
        return set(self._i[key])

    def _leaks(self, relasjon: Relasjon[K], also: K | None = None) -> bool:
        one, other = ([k for k in side if k in self._skjult or k == also] for side in (relasjon.en, relasjon.annen))
        if one and other:
            return False  # only the difference is known
        hidden = one or other
        if not hidden:
            return False
        if self._fri.issuperset(hidden):
            return False
        counts = [self._rader[key].deltakere for key in hidden]
        if len(hidden) == 1:
            return True
        if not relasjon.disjunkt:
            return max(counts) < self._terskel  # the same few may be in all of them
        return sum(counts) < max(self._terskel, self._terskel + len(hidden) - 2)

    def _determined(self) -> list[K]:
        """Return, in order, the rows to protect that have one value only in every solution of the relations."""
        found = [key for row in self._equations().values() if len(row) == 1 for key in row if key in self._vernet]
        return sorted(found, key=self._nr.__getitem__)

    def _equations(self) -> dict[K, dict[K, int]]:
        """Return the relations between the hidden rows in reduced echelon form, by pivot."""
        out: dict[K, dict[K, int]] = {}
        users: dict[K, set[K]] = {}
        for relasjon in self._relasjoner:
            row: dict[K, int] = {}
            for side, sign in ((relasjon.en, 1), (relasjon.annen, -1)):
                for key in side:
                    if key in self._skjult:
                        row[key] = row.get(key, 0) + sign
            row = {key: value % _PRIME for key, value in row.items() if value}
            for pivot in [key for key in row if key in out]:
                _subtract(row, out[pivot], row[pivot])
            if not row:
                continue
            pivot = min(row, key=self._nr.__getitem__)
            inverse = pow(row[pivot], -1, _PRIME)
            row = {key: value * inverse % _PRIME for key, value in row.items()}
            for user in users.get(pivot, set()).copy():
                if pivot in out[user]:
                    added = _subtract(out[user], row, out[user][pivot])
                    for key in added:
                        users.setdefault(key, set()).add(user)
            out[pivot] = row
            for key in row:
                users.setdefault(key, set()).add(pivot)
        return out

    def _cover(self, known: K) -> set[int]:
        """Hide the cheapest row that shares a relation with a determined one, or with what is hidden around it."""
        seen, edge = {known}, [known]
        while edge:
            near = {k for key in edge for i in self._i.get(key, ()) for k in self._members(i)} - seen
            candidates = [key for key in near if self._may_hide(key)]
            if candidates:
                return self._hide(min(candidates, key=self._cost))
            seen |= near
            edge = sorted(near & self._skjult, key=self._nr.__getitem__)
        return set()

    def _members(self, i: int) -> Iterable[K]:
        return (*self._relasjoner[i].en, *self._relasjoner[i].annen)


def _subtract(row: dict[K, int], other: Mapping[K, int], times: int) -> list[K]:
    """Take ``times`` an equation from another, in place; return what is new in it."""
    new: list[K] = []
    for key, value in other.items():
        left = (row.get(key, 0) - times * value) % _PRIME
        if left:
            if key not in row:
                new.append(key)
            row[key] = left
        else:
            row.pop(key, None)
    return new
