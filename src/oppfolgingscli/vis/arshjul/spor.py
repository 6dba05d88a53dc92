"""Which track of the ring each routine has: a role's together, routines that never meet on one track.

Tracks are numbered from the outermost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppfolgingscli.vis.arshjul.innhold import Rad

_LUFT: Final = 12
"""Days between two routines on one track: room for a symbol at the edge of a short window."""


@dataclass(frozen=True, slots=True)
class Spor:
    """One track: its role and the routines on it."""

    rolle: int
    rader: tuple[Rad, ...]


def tracks(rader: Iterable[Rad]) -> list[Spor]:
    """Put routines on as few tracks as it takes, in their order."""
    out: list[tuple[int, list[Rad]]] = []
    for row in rader:
        home = next((rows for role, rows in out if role == row.rolle and not any(_meet(row, r) for r in rows)), None)
        if home is None:
            out.append((row.rolle, [row]))
        else:
            home.append(row)
    return [Spor(role, tuple(rows)) for role, rows in sorted(out, key=lambda track: track[0])]


def _meet(one: Rad, other: Rad) -> bool:
    return any(
        (b.fra - a.til).days < _LUFT and (a.fra - b.til).days < _LUFT
        for a in one.post.vinduer
        for b in other.post.vinduer
    )


def fitting(spor: Sequence[Spor], plass: int) -> tuple[list[Spor], list[Rad]]:
    """Return the tracks there is room for, and the routines there is none for.

    Those with fewest windows stay first: a deadline that comes once a year is the easiest to forget.
    """
    if len(spor) <= plass:
        return list(spor), []
    keep = sorted(range(len(spor)), key=lambda i: (sum(len(r.post.vinduer) for r in spor[i].rader), i))[:plass]
    left = [row for i, track in enumerate(spor) if i not in keep for row in track.rader]
    return [spor[i] for i in sorted(keep)], sorted(left, key=lambda row: row.nr)
