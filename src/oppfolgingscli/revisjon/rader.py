"""Rows of a publication and how they add up: what the hiding of small cells is done on. Pure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)


class Antall(NamedTuple):
    """What a row is about: ``deltakere`` participants (0: none, classes only) and ``tap``, their points.

    ``trinn``: how sorely it would be missed; what is on a lower step is hidden first.
    """

    deltakere: int
    tap: int
    trinn: int = 0


@dataclass(frozen=True, slots=True)
class Relasjon(Generic[K]):
    """The rows of ``en`` add up to the rows of ``annen``. ``disjunkt``: each participant is in one row of each side."""

    en: tuple[K, ...]
    annen: tuple[K, ...]
    disjunkt: bool
