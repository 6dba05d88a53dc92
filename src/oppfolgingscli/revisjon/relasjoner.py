"""Which rows of the audit add up to which others: all that somebody who adds and subtracts can use. Pure.

Seen from where there is anything (``Atom``), so that what adds up only because some combinations do not exist is
found too: two groups that are in one county alone, a routine set that one school alone has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from oppfolgingscli.revisjon.celle import Nokkel
from oppfolgingscli.revisjon.rader import Relasjon

if TYPE_CHECKING:
    from oppfolgingscli.revisjon.resultat import Atom

#: What rows are told apart by, besides the type: the parts of their keys.
DELINGER: Final[tuple[tuple[str, ...], ...]] = (
    ("semester",),
    ("grunnlag",),
    ("gruppe",),
    ("fylke",),
    ("fylke", "skole"),
    ("rutinesett", "rutine"),
)
#: Tables of the audit that are published, in the order they are shown and their rows are hidden.
UTGITT: Final[tuple[tuple[str, ...], ...]] = (
    (),
    ("type",),
    ("semester",),
    ("type", "semester"),
    ("grunnlag",),
    ("grunnlag", "type"),
    ("gruppe",),
    ("gruppe", "type"),
    ("fylke",),
    ("fylke", "type"),
    ("fylke", "skole"),
    ("fylke", "skole", "type"),
    ("rutinesett", "rutine"),
    ("rutinesett", "rutine", "versjon"),
)
_RUTINE: Final = ("rutinesett", "rutine")
#: A participant is in one county and one school.
_DISJUNKTE: Final = frozenset({("fylke",), ("fylke", "skole")})
_MED_TYPE: Final = {
    frozenset(visning) - {"type"}: visning for visning in UTGITT if "type" in visning and len(visning) > 1
}


def relasjoner(atomer: Iterable[Atom], rader: Collection[Nokkel]) -> list[Relasjon[Nokkel]]:
    """Return the relations between the rows that are there; ``rader``: all that are published, hidden or not."""
    finder = _Finner(sorted(set(atomer), key=str), rader)
    found = list(finder.find())
    return list(dict.fromkeys(r for r in found if r.en and r.annen and r.en != r.annen))


#: The rows an atom is counted in, as numbers, one for each division; ``_INGEN`` where it is in none.
_Rader = tuple[int, ...]
_INGEN: Final = -1


class _Finner:
    """Finds what adds up. Rows are numbers in here: there are many atoms, and few rows."""

    def __init__(self, atomer: Collection[Atom], rader: Collection[Nokkel]) -> None:
        self._atomer = atomer
        self._rader = rader
        self._delinger = [d for d in DELINGER if any(key.visning == d for key in rader)]
        self._nokler: list[Nokkel] = []
        self._nr: dict[Nokkel, int] = {}
        self._samlet = self._of_all(egen=False)
        self._egen = self._of_all(egen=True)

    def _of_all(self, *, egen: bool) -> list[_Rader]:
        """Return the rows of every atom, of all types together or of its own; each row is made once."""
        columns: list[list[int]] = []
        for deling in self._delinger:
            names = [*_MED_TYPE[frozenset(deling)]] if egen and deling != _RUTINE else [*deling]
            if egen and deling == _RUTINE:
                names = [*_RUTINE, "versjon", "type"]
            parts = attrgetter(*names) if len(names) > 1 else _one(names[0])
            made: dict[tuple[str | None, ...], int] = {}
            column = []
            for a in self._atomer:
                values = parts(a)
                if values not in made:
                    made[values] = self._number(a, deling, a.type if egen else None)
                column.append(made[values])
            columns.append(column)
        return list(zip(*columns, strict=True)) if columns else [()] * len(self._atomer)

    def _number(self, a: Atom, deling: tuple[str, ...], type_: str | None) -> int:
        row = self._row(a, deling, type_)
        if row is None:
            return _INGEN
        if row not in self._nr:
            self._nr[row] = len(self._nokler)
            self._nokler.append(row)
        return self._nr[row]

    def _keys(self, numbers: Iterable[int]) -> tuple[Nokkel, ...]:
        return tuple(self._nokler[i] for i in numbers)

    def find(self) -> Iterator[Relasjon[Nokkel]]:
        types = sorted({a.type for a in self._atomer})
        yield from self._within(self._samlet, None)
        yield Relasjon((Nokkel((), ()),), tuple(Nokkel(("type",), (t,)) for t in types), disjunkt=False)
        by_type: dict[str, list[_Rader]] = {}
        for a, own in zip(self._atomer, self._egen, strict=True):
            by_type.setdefault(a.type, []).append(own)
        for t in types:
            yield from self._within(by_type[t], t)
        for nr in range(len(self._delinger)):
            parts: dict[int, dict[int, None]] = {}
            for whole, own in dict.fromkeys(zip(self._samlet, self._egen, strict=True)):
                if whole[nr] != _INGEN:
                    parts.setdefault(whole[nr], {})[own[nr]] = None
            for row, found in parts.items():
                yield Relasjon(self._keys((row,)), self._keys(found), disjunkt=False)

    def _row(self, a: Atom, deling: tuple[str, ...], type_: str | None) -> Nokkel | None:
        """Return the row an atom is counted in; None for points of the class in a table of groups."""
        values = a._asdict()
        if any(values[name] is None for name in deling):
            return None
        if deling == _RUTINE:
            version = Nokkel((*deling, "versjon"), (a.rutinesett, a.rutine, a.versjon))
            if type_ is not None and version in self._rader:
                return version
            return Nokkel(deling, (a.rutinesett, a.rutine))
        visning = deling if type_ is None else _MED_TYPE[frozenset(deling)]
        return Nokkel(visning, tuple(values[name] for name in visning))

    def _within(self, atomer: Iterable[_Rader], type_: str | None) -> Iterator[Relasjon[Nokkel]]:
        """Yield what adds up among the rows of one type, or of all."""
        parent = Nokkel((), ()) if type_ is None else Nokkel(("type",), (type_,))
        distinct = list(dict.fromkeys(atomer))
        for nr, deling in enumerate(self._delinger):
            rows = dict.fromkeys(a[nr] for a in distinct if a[nr] != _INGEN)
            yield Relasjon((parent,), self._keys(rows), disjunkt=deling in _DISJUNKTE)
        for (i, one), (j, other) in combinations(enumerate(self._delinger), 2):
            edges = dict.fromkeys((a[i], a[j]) for a in distinct if a[i] != _INGEN and a[j] != _INGEN)
            for left, right in _components(edges):
                disjunkt = one in _DISJUNKTE and other in _DISJUNKTE
                yield Relasjon(self._keys(left), self._keys(right), disjunkt=disjunkt)


def _one(navn: str) -> Callable[[Atom], tuple[str | None, ...]]:
    return lambda a: (getattr(a, navn),)


def _components(edges: Collection[tuple[int, int]]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield the parts of a graph between two sets of rows that hang together: each adds up to the same on both sides."""
    root: dict[int, int] = {}

    def find(key: int) -> int:
        while root.setdefault(key, key) != key:
            root[key] = key = root[root[key]]
        return key

    for left, right in edges:
        root[find(left)] = find(right)
    parts: dict[int, tuple[dict[int, None], dict[int, None]]] = {}
    for left, right in edges:
        mine = parts.setdefault(find(left), ({}, {}))
        mine[0][left] = None
        mine[1][right] = None
    if len(parts) > 1:
        for one, other in parts.values():
            yield tuple(one), tuple(other)


def published(celler: Mapping[Nokkel, object]) -> list[Nokkel]:
    """Return the rows that are published, in order. A routine's versions are rows when there are two or more."""
    rows = {visning: sorted(key for key in celler if key.visning == visning) for visning in UTGITT}
    versions: dict[tuple[str, ...], int] = {}
    for key in rows["rutinesett", "rutine", "versjon"]:
        versions[key.verdier[:2]] = versions.get(key.verdier[:2], 0) + 1
    rows["rutinesett", "rutine", "versjon"] = [
        key for key in rows["rutinesett", "rutine", "versjon"] if versions[key.verdier[:2]] > 1
    ]
    return [key for visning in UTGITT for key in rows[visning]]
