"""One linear row, for the modules that make rows."""

from __future__ import annotations

from dataclasses import dataclass

Ledd = dict[int, int]
"""Variable -> coefficient."""


@dataclass
class Rad:
    """One row: the sum of ``ledd`` is at most ``hoyst`` (or exactly, when ``lik``)."""

    ledd: Ledd
    hoyst: int
    lik: bool = False
