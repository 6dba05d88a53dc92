"""What the parts of the summing share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from oppfolgingscli.masse.felt import Felt
    from oppfolgingscli.masse.slag import Heltall


def teller(plass: Heltall, antall: int, vekt: Heltall) -> npt.NDArray[np.float64]:
    """Return how much there is (by weight) in each of ``antall`` places. Whole numbers, exact below 2**53."""
    return np.bincount(plass, weights=vekt, minlength=antall)


def to_rows(pairs: npt.NDArray[Any], felt: Felt) -> npt.NDArray[Any]:
    """Sum what is by (subject, pair of routine and row) to (subject, row)."""
    if len(felt.verdier) == felt.i_rad.size:
        return pairs[:, np.argsort(felt.i_rad)]
    out = np.zeros((pairs.shape[0], len(felt.verdier)))
    for i, row in enumerate(felt.i_rad.tolist()):
        out[:, row] += pairs[:, i]
    return out
