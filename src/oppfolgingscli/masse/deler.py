"""A data set in parts, for engines that run over several machines: whole classes each, added to the sums of the whole.

    parts = divide(datasett, 16)
    sums = added(sum_part(mappe, part, per, ukjente=nr == 0) for nr, part in enumerate(parts))

What is given and returned pickles. Nothing hangs on which classes are in which part, or on the order they are added in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.feil import Feil, Inndatafeil
from oppfolgingscli.masse.les import open_datasett
from oppfolgingscli.revisjon.klassevei import LAG

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from oppfolgingscli.masse.les import Datasett
    from oppfolgingscli.revisjon.resultat import Samlet


def divide(data: Datasett, antall: int) -> list[list[str]]:
    """Return the ids of the classes in at most ``antall`` parts with about as many participants in each; none empty."""
    people = [0] * len(data.klasser)
    for nr in data.folk.klasse.tolist():
        people[nr] += 1
    parts: list[tuple[int, list[str]]] = [(0, []) for _part in range(max(1, min(antall, len(people))))]
    for nr in sorted(range(len(people)), key=lambda i: (-people[i], data.klasser[i].klasse.id)):
        least = min(range(len(parts)), key=lambda i: (parts[i][0], i))
        size, ids = parts[least]
        parts[least] = size + people[nr], [*ids, data.klasser[nr].klasse.id]
    return [ids for _size, ids in parts]


def sum_part(
    mappe: Path, klasser: Collection[str], per: date, kjent: date | None = None, lag: int = LAG, *, ukjente: bool = False
) -> Samlet:  # fmt: skip
    """Return the sums of some classes of a data set.

    ``ukjente``: count the rows about no class at all; say so of one part.

    Raises:
        Inndatafeil: the data set has faults.
    """
    feil: list[Feil] = []
    data = open_datasett(mappe, feil, klasser, ukjente=ukjente)
    if data is None:
        raise Inndatafeil(feil)
    return data.samlet(per, kjent, lag)
