"""What the parts of the summing share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from oppfolgingscli.masse.felt import Felt
    from oppfolgingscli.masse.slag import Heltall


def by_unit(table: npt.NDArray[Any], unit: Heltall, n: int) -> npt.NDArray[np.float64]:
    """Sum the rows of a table by unit."""
    out = np.zeros((n, table.shape[1]))
    if not table.shape[0]:
        return out
    if n == 1:
        out[0] = table.sum(axis=0, dtype=np.float64)
        return out
    order = np.argsort(unit, kind="stable")
    found, first = np.unique(unit[order], return_index=True)
    out[found] = np.add.reduceat(table[order].astype(np.float64), first, axis=0)
    return out


def to_rows(pairs: npt.NDArray[Any], felt: Felt) -> npt.NDArray[np.float64]:
    """Sum what is by (subject, pair of routine and row) to (subject, row)."""
    out = np.zeros((pairs.shape[0], len(felt.verdier)))
    for i, row in enumerate(felt.i_rad.tolist()):
        out[:, row] += pairs[:, i]
    return out
