"""How often the 95 % interval of `rapport` holds the true share, in random classes: the tables of docs/semantikk.md.

    python benk/dekningsgrad.py                    as in the document: lowest–highest over the numbers of points
    python benk/dekningsgrad.py --alle             every number of points by itself
    python benk/dekningsgrad.py --korrelasjon 0.1  when points of one participant resemble each other less

Each participant has a share of their own, drawn from a beta distribution around the true one, and their points are
on time with that probability (beta-binomial: the correlation between two points of one participant is the one
given). The same seed every time; by symmetry a share of 30 % is held as often as one of 70 %.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from oppfolgingscli.maltall.andeler import Telling, interval

DELTAKERE: Final = (10, 12, 15, 20, 26, 40)
PUNKTER: Final = (2, 4, 8, 12)
ANDELER: Final = (0.5, 0.7, 0.85, 0.9, 0.95)
KORRELASJON: Final = 0.3
RUNDER: Final = 10_000


class Treff(NamedTuple):
    """Shares of the classes, 0–1: the interval held the truth, lay above it, lay below it."""

    holdt: float
    over: float
    under: float


def covered(
    deltakere: int, punkter: int, andel: float, *, korrelasjon: float = KORRELASJON, runder: int = RUNDER, ulike: bool
) -> Treff:
    """Return how often the interval of ``deltakere`` (≥ 10) participants holds the true ``andel`` (0–1, open).

    ``punkter``: judged points of each; with ``ulike`` anything from 1 to 2·punkter − 1, all equally likely.
    """
    rng = np.random.default_rng([deltakere, punkter, round(100 * andel), int(ulike)])
    shape = (runder, deltakere)
    spread = (1 - korrelasjon) / korrelasjon
    own = rng.beta(andel * spread, (1 - andel) * spread, shape)
    n = rng.integers(1, 2 * punkter, shape) if ulike else np.full(shape, punkter)
    y = rng.binomial(n, own)
    over = under = 0
    for ys, ns in zip(y.tolist(), n.tolist(), strict=True):
        found = interval([Telling(a, b) for a, b in zip(ys, ns, strict=True)])
        if found is None:
            msg = f"no interval for {deltakere} participants"
            raise ValueError(msg)
        over += found[0] > andel
        under += found[1] < andel
    return Treff(1 - (over + under) / runder, over / runder, under / runder)


def span(values: Sequence[float]) -> str:
    """Return the lowest and highest of some shares as whole percent: «92–95», or «94» when they are the same."""
    low, high = round(100 * min(values)), round(100 * max(values))
    return str(low) if low == high else f"{low}–{high}"


def rows(*, korrelasjon: float, runder: int, ulike: bool, alle: bool) -> Iterator[list[str]]:
    """Yield the cells of the table, row by row, as they are made."""
    for k in DELTAKERE:
        found = {
            n: [covered(k, n, p, korrelasjon=korrelasjon, runder=runder, ulike=ulike).holdt for p in ANDELER]
            for n in PUNKTER
        }
        if alle:
            yield from ([str(k), str(n), *(f"{100 * x:.1f}" for x in held)] for n, held in found.items())
        else:
            yield [str(k), *(span(held) for held in zip(*found.values(), strict=True))]


def main() -> None:
    """Print both tables as Markdown: the same number of points for everyone, and different numbers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runder", type=int, default=RUNDER, help="random classes behind each figure")
    parser.add_argument("--korrelasjon", type=float, default=KORRELASJON, help="between 0 and 1, not either")
    parser.add_argument("--alle", action="store_true", help="every number of points by itself, with one decimal")
    given = parser.parse_args()
    head = ["deltakere", *(["punkter"] if given.alle else []), *(f"{100 * p:.0f} %" for p in ANDELER)]
    for ulike in (False, True):
        print(f"\n<!-- dekning: punkter={'ulikt' if ulike else 'likt'} -->")
        print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
        for cells in rows(korrelasjon=given.korrelasjon, runder=given.runder, ulike=ulike, alle=given.alle):
            print(f"| {' | '.join(cells)} |")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
