"""Which rows of the audit add up to which others: all that somebody who adds and subtracts can use. Pure.

Seen from where there is anything (``Atom``), so that what adds up only because some combinations do not exist is
found too: two groups that are in one county alone, a routine set that one school alone has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
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


#: The rows an atom is counted in, by division: of all types together, or of its own.
_Rader = dict[tuple[str, ...], Nokkel]


class _Finner:
    def __init__(self, atomer: Collection[Atom], rader: Collection[Nokkel]) -> None:
        self._atomer = atomer
        self._rader = rader
        self._delinger = [d for d in DELINGER if any(key.visning == d for key in rader)]
        self._samlet = [self._rows(a, None) for a in atomer]
        self._egen = [self._rows(a, a.type) for a in atomer]

    def _rows(self, a: Atom, type_: str | None) -> _Rader:
        return {deling: row for deling in self._delinger if (row := self._row(a, deling, type_)) is not None}

    def find(self) -> Iterator[Relasjon[Nokkel]]:
        types = sorted({a.type for a in self._atomer})
        yield from self._within(self._samlet, None)
        yield Relasjon((Nokkel((), ()),), tuple(Nokkel(("type",), (t,)) for t in types), disjunkt=False)
        for t in types:
            yield from self._within([own for a, own in zip(self._atomer, self._egen, strict=True) if a.type == t], t)
        for deling in self._delinger:
            parts: dict[Nokkel, dict[Nokkel, None]] = {}
            for whole, own in zip(self._samlet, self._egen, strict=True):
                if deling in whole:
                    parts.setdefault(whole[deling], {})[own[deling]] = None
            for row, found in parts.items():
                yield Relasjon((row,), tuple(found), disjunkt=False)

    def _row(self, a: Atom, deling: tuple[str, ...], type_: str | None) -> Nokkel | None:
        """Return the row an atom is counted in; None for points of the class in a table of groups."""
        values = a._asdict()
        if any(values[name] is None for name in deling):
            return None
        if deling == ("rutinesett", "rutine"):
            version = Nokkel((*deling, "versjon"), (a.rutinesett, a.rutine, a.versjon))
            if type_ is not None and version in self._rader:
                return version
            return Nokkel(deling, (a.rutinesett, a.rutine))
        visning = deling if type_ is None else _MED_TYPE[frozenset(deling)]
        return Nokkel(visning, tuple(values[name] for name in visning))

    def _within(self, atomer: Collection[_Rader], type_: str | None) -> Iterator[Relasjon[Nokkel]]:
        """Yield what adds up among the rows of one type, or of all."""
        parent = Nokkel((), ()) if type_ is None else Nokkel(("type",), (type_,))
        for deling in self._delinger:
            rows = dict.fromkeys(a[deling] for a in atomer if deling in a)
            yield Relasjon((parent,), tuple(rows), disjunkt=deling in _DISJUNKTE)
        for one, other in combinations(self._delinger, 2):
            edges = dict.fromkeys((a[one], a[other]) for a in atomer if one in a and other in a)
            for left, right in _components(edges):
                yield Relasjon(left, right, disjunkt=one in _DISJUNKTE and other in _DISJUNKTE)


def _components(edges: Collection[tuple[Nokkel, Nokkel]]) -> Iterator[tuple[tuple[Nokkel, ...], tuple[Nokkel, ...]]]:
    """Yield the parts of a graph between two sets of rows that hang together: each adds up to the same on both sides."""
    root: dict[Nokkel, Nokkel] = {}

    def find(key: Nokkel) -> Nokkel:
        while root.setdefault(key, key) != key:
            root[key] = key = root[root[key]]
        return key

    for left, right in edges:
        root[find(left)] = find(right)
    parts: dict[Nokkel, tuple[dict[Nokkel, None], dict[Nokkel, None]]] = {}
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
