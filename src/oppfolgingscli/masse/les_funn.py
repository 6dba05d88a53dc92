"""What is read of a data set, and what was found wrong with its rows: counts, and where the first of them stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

#: Rows of each finding that are told by number.
NEVNES: Final = 5


@dataclass(slots=True)
class Funn:
    """Rows that could not be read, or that something else is wrong with, counted. ``Funn()`` is none.

    ``antall``: by code. ``rader``: by (file, code) the numbers of the first rows, the header being row 1.
    """

    antall: Counter[str] = field(default_factory=Counter)
    rader: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    i_fil: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, kode: str, n: int, fil: str, rader: Sequence[int] = ()) -> None:
        """Count ``n`` rows of a file; ``rader``: the numbers of the first of them."""
        if n:
            self.antall[kode] += n
            self.i_fil[fil, kode] += n
            known = self.rader.setdefault((fil, kode), [])
            known.extend(rader[: NEVNES - len(known)])

    def copy(self) -> Funn:
        """Return the same, to go back to."""
        return Funn(Counter(self.antall), {k: list(v) for k, v in self.rader.items()}, Counter(self.i_fil))


@dataclass(frozen=True, slots=True)
class Utvalg:
    """Which classes are read. ``numre``: their numbers by id. ``andre``: classes whose rows are passed over in silence.

    ``andre`` None: all but these are. Rows of a class that is in neither are findings.
    """

    numre: dict[str, int]
    andre: frozenset[str] | None = frozenset()

    @property
    def er_alle(self) -> bool:
        """Whether no row is passed over."""
        return self.andre is not None and not self.andre

    def holder(self, klasse: pl.Expr) -> pl.Expr:
        """Return which rows are not passed over."""
        if self.andre is None:
            return klasse.is_in(list(self.numre))
        return klasse.is_in(list(self.andre)).not_().fill_null(value=True)
