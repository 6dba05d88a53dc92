"""How closely hidden numbers are held by what is shown beside them: limits tightened until nothing more follows. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Generic, NamedTuple

from oppfolgingscli.revisjon.rader import K

if TYPE_CHECKING:
    from oppfolgingscli.revisjon.rader import Antall, Relasjon

#: More than any row has of anything.
_NO_LIMIT: Final = 1 << 60
#: Times every relation is looked at; limits that still creep after that are as far apart as they need be.
_ROUNDS: Final = 30

Spenn = list[int]


class Grenser(Generic[K]):
    """Closed limits on the participants and points of every row, for somebody who sees all but the hidden ones.

    Points add up in every relation; participants where nobody is in two rows, and elsewhere a row has no fewer than
    any of its parts and no more than all of them. A row that is there has a participant, who has a point.
    """

    def __init__(self, rader: Mapping[K, Antall], relasjoner: Sequence[Relasjon[K]], skjult: Collection[K]) -> None:
        """Find the limits."""
        self._n: dict[K, Spenn] = {}
        self._points: dict[K, Spenn] = {}
        for key, antall in rader.items():
            hidden = key in skjult
            self._n[key] = [1, _NO_LIMIT] if hidden else [antall.deltakere, antall.deltakere]
            self._points[key] = [1, _NO_LIMIT] if hidden else [antall.tap, antall.tap]
        touched = [r for r in relasjoner if any(key in skjult for key in (*r.en, *r.annen))]
        within = [w for w in _within(relasjoner) if any(key in skjult for key in w.alle)]
        for _round in range(_ROUNDS):
            steps = [self._tighten(r) for r in touched]
            steps += [self._together(key) for key in skjult]
            steps += [self._tighten_within(w) for w in within]
            if not any(steps):
                break

    def width(self, key: K) -> int:
        """Return how many numbers of participants a row may have."""
        low, high = self._n[key]
        return high - low + 1

    def _tighten(self, r: Relasjon[K]) -> bool:
        changed = _balance(self._points, r.en, r.annen)
        if r.disjunkt:
            return _balance(self._n, r.en, r.annen) or changed
        for one, parts in ((r.en, r.annen), (r.annen, r.en)):
            if len(one) == 1:
                whole, most = self._n[one[0]], _total(self._n, parts, 1)
                changed |= _limit(whole, max(self._n[key][0] for key in parts), most)
                for key in parts:
                    changed |= _limit(self._n[key], whole[0] - (most - self._n[key][1]), whole[1])
        return changed

    def _tighten_within(self, w: _Innenfor[K]) -> bool:
        """The parents of the parts have together at least those of the parts; the others of ``hel`` have the rest."""
        changed = False
        least, most = self._n[w.del_][0], self._n[w.hel][1]
        rest = [key for key in w.alle if key not in w.med]
        room = most - max(least, _total(self._n, w.med, 0)) - _total(self._n, rest, 0)
        for key in rest:
            changed |= _limit(self._n[key], 1, room + self._n[key][0])
        lacking = least - _total(self._n, w.med, 1)
        for key in w.med:
            changed |= _limit(self._n[key], lacking + self._n[key][1], _NO_LIMIT)
        return changed

    def _together(self, key: K) -> bool:
        """Nobody without a point is in a row."""
        changed = _limit(self._n[key], 1, self._points[key][1])
        return _limit(self._points[key], self._n[key][0], _NO_LIMIT) or changed


class _Innenfor(NamedTuple, Generic[K]):
    """``hel`` is divided into ``alle``, and one part of it, ``del_``, into parts of only the rows of ``med``."""

    hel: K
    alle: tuple[K, ...]
    del_: K
    med: frozenset[K]


def _within(relasjoner: Sequence[Relasjon[K]]) -> list[_Innenfor[K]]:
    """Find where something is divided among schools, and a part of it among some of them: the others have none of it."""
    divided = {(r.en[0], frozenset(r.annen)): r for r in relasjoner if r.disjunkt and len(r.en) == 1}
    owners: dict[K, set[K]] = {}
    for r in relasjoner:
        if not r.disjunkt and len(r.en) == 1:
            for key in r.annen:
                owners.setdefault(key, set()).add(r.en[0])
    by_child: dict[K, list[Relasjon[K]]] = {}
    for r in divided.values():
        for key in r.annen:
            by_child.setdefault(key, []).append(r)
    out: list[_Innenfor[K]] = []
    for r in divided.values():
        for whole in {other.en[0]: other for key in owners.get(r.annen[0], ()) for other in by_child.get(key, ())}:
            for other in divided.values():
                if other.en[0] == whole and whole in owners.get(r.en[0], {whole}):
                    mine = frozenset(key for key in other.annen if any(key in owners.get(d, ()) for d in r.annen))
                    if mine and len(mine) < len(other.annen) + 1 and all(owners.get(d, set()) & mine for d in r.annen):
                        out.append(_Innenfor(whole, other.annen, r.en[0], mine))
    return out


def _total(values: Mapping[K, Spenn], keys: Iterable[K], end: int) -> int:
    return sum(values[key][end] for key in keys)


def _balance(values: Mapping[K, Spenn], one: Sequence[K], other: Sequence[K]) -> bool:
    """Tighten what adds up to the same on both sides."""
    changed = False
    for mine, theirs in ((one, other), (other, one)):
        low, high = _total(values, theirs, 0), _total(values, theirs, 1)
        my_low, my_high = _total(values, mine, 0), _total(values, mine, 1)
        for key in mine:
            span = values[key]
            changed |= _limit(span, low - (my_high - span[1]), high - (my_low - span[0]))
    return changed


def _limit(span: Spenn, low: int, high: int) -> bool:
    """Narrow a span, and say whether it became narrower."""
    low, high = max(low, span[0]), min(high, span[1])
    # What contradicts itself says nothing: rows of exempt points alone count others than those judged.
    if low > high or [low, high] == span:
        return False
    span[0], span[1] = low, high
    return True
