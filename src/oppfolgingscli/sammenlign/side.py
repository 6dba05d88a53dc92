"""Several routine sets side by side: for each kind of contact and level, what each set has and plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppfolgingscli.sammenlign.dose import Ar, Grunnlag, Linje, count, per_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.typisk import Typisk

NIVAER = ("deltaker", "klasse")


@dataclass(frozen=True, slots=True)
class Celle:
    """What one set has of one kind of contact. ``ar``: each school year and last the whole course (``nr`` 0)."""

    linjer: tuple[Linje, ...]
    ar: tuple[Ar, ...]

    @property
    def i_alt(self) -> Ar:
        """The whole course."""
        return self.ar[-1]


@dataclass(frozen=True, slots=True)
class Blokk:
    """One kind of contact on one level; ``celler`` in the order of the sets, None where a set has none of it."""

    type: str
    niva: str
    celler: tuple[Celle | None, ...]


@dataclass(frozen=True, slots=True)
class Sett:
    """A set in a comparison. ``nokkel`` names it: its id, with a number after it when another one has the same."""

    nokkel: str
    oppgitt: str
    grunnlag: Grunnlag


@dataclass(frozen=True, slots=True)
class Sammenligning:
    """Sets side by side. ``i_alt``: per level, the sum of all kinds of contact for each set (None: none at all).

    ``ar``: the number of school years, the most that any of them has.
    """

    sett: tuple[Sett, ...]
    ar: int
    blokker: tuple[Blokk, ...]
    i_alt: tuple[Blokk, ...]


def compare(sets: Sequence[tuple[str, Typisk]]) -> Sammenligning:
    """Put sets side by side, in the order given; each with the name it was asked for by.

    Kinds for participants come before those for the class; then what more of the sets have, what is planned,
    and the order of the alphabet. Sets are never put in order by what they plan.
    """
    found = [(asked, count(typisk)) for asked, typisk in sets]
    keys = _keys([g.rutinesett.hode.id for _asked, g in found])
    chosen = tuple(Sett(key, asked, g) for key, (asked, g) in zip(keys, found, strict=True))
    years = max((s.grunnlag.ar for s in chosen), default=0)
    kinds = dict.fromkeys((v.rutine.type, v.rutine.niva) for s in chosen for v in s.grunnlag.rutinesett.versjoner)
    blocks = [Blokk(kind, niva, tuple(_cell(s.grunnlag, niva, kind) for s in chosen)) for kind, niva in kinds]
    blocks.sort(key=_order)
    totals = tuple(Blokk("", niva, tuple(_cell(s.grunnlag, niva, None) for s in chosen)) for niva in NIVAER)
    return Sammenligning(chosen, years, tuple(blocks), totals)


def _keys(ids: Sequence[str]) -> list[str]:
    out: list[str] = []
    for id_ in ids:
        key, number = id_, 1
        while key in out:
            number += 1
            key = f"{id_}-{number}"
        out.append(key)
    return out


def _cell(g: Grunnlag, niva: str, kind: str | None) -> Celle | None:
    """Return the cell of a kind of contact, or of all of them (None)."""
    lines = tuple(
        line for line in g.linjer if line.versjon.rutine.niva == niva and kind in (None, line.versjon.rutine.type)
    )
    return Celle(lines, per_year(lines, g.ar)) if lines else None


def _order(block: Blokk) -> tuple[int, int, bool, str]:
    having = [cell for cell in block.celler if cell is not None]
    planned = any(cell.i_alt.krav for cell in having)
    return NIVAER.index(block.niva), -len(having), not planned, block.type
