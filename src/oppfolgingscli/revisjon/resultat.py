"""The audit of a class, and of many: added together, in any order, it is the audit of the whole. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from oppfolgingscli.revisjon.celle import Celler, merge_celler
from oppfolgingscli.revisjon.frafall import Frafall
from oppfolgingscli.revisjon.kvalitet import Kvalitet


class Klasse(NamedTuple):
    """Who a class is. ``id`` is its own among those audited; ``fylke`` and ``skole`` are "" when not known."""

    id: str
    fylke: str
    skole: str
    rutinesett: str


class Atom(NamedTuple):
    """A place in the cross of everything rows are told apart by, where there is a judged or exempt point.

    Which rows are sums of which others is seen from these. ``gruppe`` None: points of the class. ``intervall``: of an
    interval routine, and so in the shares of its own row only.
    """

    fylke: str
    skole: str
    gruppe: str | None
    semester: str
    type: str
    grunnlag: str
    rutinesett: str
    rutine: str
    versjon: str
    intervall: bool = False


@dataclass(slots=True)
class Klasseresultat:
    """The sums of one class. ``atomer``: where its judged and exempt points are."""

    klasse: Klasse
    celler: Celler
    atomer: set[Atom] = field(default_factory=set)
    kvalitet: Kvalitet = field(default_factory=Kvalitet)
    frafall: Frafall = field(default_factory=Frafall)


@dataclass(slots=True)
class Samlet:
    """The sums of some classes. ``Samlet()`` is the zero."""

    klasser: set[Klasse] = field(default_factory=set)
    celler: Celler = field(default_factory=dict)
    atomer: set[Atom] = field(default_factory=set)
    kvalitet: Kvalitet = field(default_factory=Kvalitet)
    frafall: Frafall = field(default_factory=Frafall)

    def add(self, r: Klasseresultat) -> None:
        """Take in one class more.

        Raises:
            ValueError: a class with its id is in already; its participants would count twice.
        """
        self += Samlet({r.klasse}, r.celler, r.atomer, r.kvalitet, r.frafall)

    def __iadd__(self, other: Samlet) -> Self:
        twice = {k.id for k in self.klasser} & {k.id for k in other.klasser}
        if twice:
            raise ValueError(f"counted twice: {sorted(twice)}")
        self.klasser |= other.klasser
        merge_celler(self.celler, other.celler)
        self.atomer |= other.atomer
        self.kvalitet += other.kvalitet
        self.frafall += other.frafall
        return self


def merge(resultater: Iterable[Klasseresultat]) -> Samlet:
    """Return the sums of many classes, one at a time: the memory used is that of the cells, not of the classes."""
    out = Samlet()
    for r in resultater:
        out.add(r)
    return out


def added(deler: Iterable[Samlet]) -> Samlet:
    """Return the sums of parts that share no class; the parts stay as they are, so that they can be used again."""
    out = Samlet()
    for part in deler:
        out += part
    return out
