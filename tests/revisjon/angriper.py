"""A publication made of random people, and an attacker who has read it and knows linear algebra and programming.

The attacker sees which rows there are, every figure of those that are shown, and nothing of those that are hidden. It
knows that a row that is there is about somebody, and how the rows are made: points of people, each in one school.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped] # ships no types

from oppfolgingscli.revisjon.celle import Celle, Nokkel
from oppfolgingscli.revisjon.forrige import Forrige
from oppfolgingscli.revisjon.rader import Antall
from oppfolgingscli.revisjon.relasjoner import UTGITT, relasjoner
from oppfolgingscli.revisjon.resultat import Atom
from oppfolgingscli.revisjon.skjerm import is_small, skjul


def keys_of(a: Atom) -> Iterator[Nokkel]:
    """Every published row an atom is in, said again from scratch."""
    values = a._asdict()
    for visning in UTGITT:
        if all(values[name] is not None for name in visning):
            yield Nokkel(visning, tuple(values[name] for name in visning))


@dataclass
class Verden:
    """Who has how many points where: participant -> atom -> points."""

    folk: dict[int, dict[Atom, int]]
    rader: dict[Nokkel, Antall] = field(init=False)

    def __post_init__(self) -> None:
        people: dict[Nokkel, set[int]] = {}
        points: dict[Nokkel, int] = {}
        for who, mine in self.folk.items():
            for atom, n in mine.items():
                for key in keys_of(atom):
                    people.setdefault(key, set()).add(who)
                    points[key] = points.get(key, 0) + n
        self.rader = {key: Antall(len(people[key]), points[key]) for key in sorted(people)}

    @property
    def atomer(self) -> list[Atom]:
        return sorted({a for mine in self.folk.values() for a in mine})

    def celler(self) -> dict[Nokkel, Celle]:
        """The rows as cells, for what only looks at the counts."""
        return {key: Celle(n_deltakere=n.deltakere, i_tide=n.tap) for key, n in self.rader.items()}

    def hide(self, terskel: int) -> frozenset[Nokkel]:
        return skjul(self.rader, relasjoner(self.atomer, self.rader), terskel)


def verden(rng: random.Random) -> Verden:
    """Some counties with some schools; groups and routine sets that follow the county, the school or nothing."""
    types, halves = "ab"[: rng.randint(1, 2)] + "c", ["2023-host", "2024-var", "2024-host"][: rng.randint(1, 3)]
    folk: dict[int, dict[Atom, int]] = {}
    local_groups, local_sets = rng.random() < 0.5, rng.choice(["fylke", "skole", "felles"])
    for f in range(rng.randint(1, 3)):
        for s in range(rng.randint(1, 3)):
            for _ in range(rng.choice([1, 2, 3, 4, 5, 6, 8, 15])):
                group = rng.choice(["", "x", "y"]) + (f"{f}" if local_groups else "")
                sett = {"fylke": f"s{f}", "skole": f"s{f}{s}", "felles": "s"}[local_sets]
                mine = {
                    Atom(f"F{f}", f"S{s}", group, half, t, "praksis" if t == "a" else "skriftlig", sett, f"r{t}", "1"):
                    rng.randint(1, 4)
                    for t in types for half in halves if rng.random() < 0.6
                }  # fmt: skip
                if mine:
                    folk[len(folk)] = mine
    return Verden(folk)


def determined(v: Verden, hidden: frozenset[Nokkel]) -> list[Nokkel]:
    """Which hidden rows are a linear combination of the shown ones, whatever the points: exact, over the rationals."""
    place = {a: i for i, a in enumerate(v.atomer)}
    base: dict[int, dict[int, Fraction]] = {}
    for key in v.rader:
        if key not in hidden:
            _reduce(_vector(v, key, place), base, keep=True)
    return [key for key in sorted(hidden) if not _reduce(_vector(v, key, place), base, keep=False)]


def _vector(v: Verden, key: Nokkel, place: Mapping[Atom, int]) -> dict[int, Fraction]:
    return {i: Fraction(1) for a, i in place.items() if key in keys_of(a)}


def _reduce(row: dict[int, Fraction], base: dict[int, dict[int, Fraction]], *, keep: bool) -> dict[int, Fraction]:
    while row:
        pivot = min(row)
        if pivot not in base:
            # What is left may still hold other pivots, which do not make it nothing.
            if keep:
                base[pivot] = {i: x / row[pivot] for i, x in row.items()}
            return row
        times = row[pivot]
        for i, x in base[pivot].items():
            left = row.get(i, Fraction(0)) - times * x
            if left:
                row[i] = left
            else:
                row.pop(i, None)
    return row


class Angriper:
    """Bounds on the number of participants of hidden rows, by linear programming over all that is published.

    Unknown: the points of every atom, and the participants of every row. Known: the points and participants of shown
    rows; that points are at least participants, and participants at least one; that schools have nobody in common; and that
    a row has no more participants than its parts together, and no fewer than any of them.
    """

    def __init__(self, v: Verden, hidden: frozenset[Nokkel]) -> None:
        atoms, rows = v.atomer, list(v.rader)
        self._n = {key: len(atoms) + i for i, key in enumerate(rows)}
        size = len(atoms) + len(rows)
        equal: list[tuple[np.ndarray, float]] = []
        upper: list[tuple[np.ndarray, float]] = []
        sets = {key: {i for i, a in enumerate(atoms) if key in keys_of(a)} for key in rows}
        for key in rows:
            points = np.zeros(size)
            points[list(sets[key])] = 1
            if key not in hidden:
                equal.append((points, v.rader[key].tap))
            fewer = -points
            fewer[self._n[key]] = 1
            upper.append((fewer, 0))  # participants <= points
        for r in relasjoner(atoms, v.rader):
            for one, other in ((r.en, r.annen), (r.annen, r.en)):
                if len(one) > 1:
                    continue
                line = np.zeros(size)
                line[self._n[one[0]]] = 1
                line[[self._n[key] for key in other]] -= 1
                (equal if r.disjunkt else upper).append((line, 0))
                for key in other:
                    part = np.zeros(size)
                    part[self._n[key]], part[self._n[one[0]]] = 1, -1
                    upper.append((part, 0))
        self._eq, self._le = equal, upper
        self._bounds: list[tuple[float, float | None]] = [(0, None)] * len(atoms)
        self._bounds += [(1, None) if key in hidden else (v.rader[key].deltakere,) * 2 for key in rows]

    def bounds(self, key: Nokkel) -> tuple[int, float]:
        """Return the fewest and most participants a row may have."""
        out = []
        for sign in (1, -1):
            goal = np.zeros(len(self._bounds))
            goal[self._n[key]] = sign
            found = linprog(
                goal, A_ub=np.array([x for x, _y in self._le]), b_ub=[y for _x, y in self._le],
                A_eq=np.array([x for x, _y in self._eq]) if self._eq else None,
                b_eq=[y for _x, y in self._eq] if self._eq else None, bounds=self._bounds, method="highs",
            )  # fmt: skip
            out.append(float("inf") if found.status == 3 else sign * float(found.fun))
        return int(np.ceil(out[0] - 1e-6)), np.floor(out[1] + 1e-6)


def small(v: Verden, hidden: frozenset[Nokkel], terskel: int) -> list[Nokkel]:
    return [key for key in sorted(hidden) if is_small(v.rader[key].deltakere, terskel)]


def forrige_of(v: Verden, hidden: frozenset[Nokkel]) -> Forrige:
    """The publication as a later one is told of it; the points stand for every count."""
    rows = {key: None if key in hidden else _counts(n) for key, n in v.rader.items()}
    return Forrige(date(2025, 6, 1), rows)


def _counts(n: Antall) -> tuple[int, ...]:
    return n.deltakere, n.tap, n.tap, 0, 0, 0, 0


def alone(
    first: Verden, hidden_first: frozenset[Nokkel], second: Verden, hidden: frozenset[Nokkel], new: int, terskel: int
) -> list[object]:
    """What two publications tell of one participant alone, or of a row that is hidden for being small in one of them.

    Unknown: what stands in each place without the participant, the same both times; and the participant's own. Told is
    every combination of shown rows in which nothing but the participant's is left, and every small row that is one.
    """
    places = {a: i for i, a in enumerate(second.atomer)}
    own = {a: len(places) + i for i, a in enumerate(sorted(second.folk[new]))}

    def vector(v: Verden, key: Nokkel) -> dict[int, Fraction]:
        row = {places[a]: Fraction(1) for a in v.atomer if key in keys_of(a)}
        if v is second:
            row |= {own[a]: Fraction(1) for a in own if key in keys_of(a)}
        return row

    base: dict[int, dict[int, Fraction]] = {}
    both = ((first, hidden_first), (second, hidden))
    for v, gone in both:
        for key in v.rader:
            if key not in gone:
                _reduce(vector(v, key), base, keep=True)
    # The places come first, so a row whose pivot is one of the participant's own has nothing else in it.
    told: list[object] = [pivot for pivot in base if pivot >= len(places)]
    told += [
        key for v, gone in both for key in small(v, gone, terskel) if not _reduce(vector(v, key), base, keep=False)
    ]
    return told
