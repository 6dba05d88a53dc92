"""What the parts of the summing share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from oppfolgingscli.masse.felt import Felt
    from oppfolgingscli.masse.slag import Heltall


def teller(plass: Heltall, antall: int, vekt: Heltall) -> npt.NDArray[Any]:
    """Return how much there is (by weight) in each of ``antall`` places. Whole numbers, exact below 2**53."""
    return np.bincount(plass, weights=vekt, minlength=antall)


class Rader:
    """Gathers columns (the first axis) into rows. ``rad``: the row of each column, -1 for none."""

    def __init__(self, rad: Heltall, n: int) -> None:
        """``n``: how many rows there are."""
        self.rad, self.n = rad, n
        columns = np.flatnonzero(rad >= 0)
        self.orden = columns[np.argsort(rad[columns], kind="stable")]
        self.her, self.forste = np.unique(rad[self.orden], return_index=True)

    def __call__(self, table: npt.NDArray[Any], slik: np.ufunc = np.add, tom: int = 0) -> npt.NDArray[Any]:
        """Return the rows of a table: the sum of their columns, or what ``slik`` makes of them; ``tom`` for none."""
        found = slik.reduceat(table[self.orden], self.forste, axis=0) if self.orden.size else table[:0]
        if self.her.size == self.n:
            return found
        out = np.full((self.n, table.shape[1]), tom, dtype=table.dtype)
        out[self.her] = found
        return out


def to_rows(pairs: npt.NDArray[Any], felt: Felt) -> npt.NDArray[Any]:
    """Sum what is by (pair of routine and row, subject) to (row, subject)."""
    if len(felt.verdier) == felt.i_rad.size:
        return pairs[np.argsort(felt.i_rad)]
    return Rader(felt.i_rad, len(felt.verdier))(pairs.astype(np.int32))
