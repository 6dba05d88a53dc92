"""What changed: over time, with a new version of a routine, and what differs between groups. Pure.

Each time the difference of two shares with its interval, by the same formula as a report's. The sums do not know who
is in both, so everyone counts as two people: where the same people are, the interval is rather too wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from oppfolgingscli.maltall.andeler import sums
from oppfolgingscli.maltall.trend import difference
from oppfolgingscli.maltall.visninger import DESIMALER, rounded_pair

if TYPE_CHECKING:
    from oppfolgingscli.maltall.andeler import Telling
    from oppfolgingscli.revisjon.celle import Celle, Nokkel


@dataclass(frozen=True, slots=True)
class Endring:
    """The on-time share of two rows, ``til`` − ``fra`` (−1 to 1). ``av_fra``, ``av_til``: (on time, judged).

    ``kl``: the 95 % interval; None with fewer than ten participants on either side, or when nothing varies.
    """

    fra: Nokkel
    til: Nokkel
    av_fra: tuple[int, int]
    av_til: tuple[int, int]
    andel_fra: float
    andel_til: float
    endring: float
    kl: tuple[float, float] | None

    @property
    def er_sikker(self) -> bool:
        """Whether the interval is all on one side of nothing."""
        return self.kl is not None and (self.kl[0] > 0 or self.kl[1] < 0)


def changes(vist: Mapping[Nokkel, Celle]) -> tuple[Endring, ...]:
    """Return, by type, the change from the first semester to the last of those shown."""
    rows: dict[str, list[Nokkel]] = {}
    for key in vist:
        if key.visning == ("type", "semester"):
            rows.setdefault(key.verdier[0], []).append(key)
    found = (_change(vist, *_ends(sorted(keys, key=_time))) for keys in rows.values() if len(keys) > 1)
    return tuple(change for change in found if change is not None)


def version_changes(vist: Mapping[Nokkel, Celle]) -> tuple[Endring, ...]:
    """Return, by routine, the change from each version to the next of those shown."""
    rows: dict[tuple[str, ...], list[Nokkel]] = {}
    for key in vist:
        if key.visning == ("rutinesett", "rutine", "versjon"):
            rows.setdefault(key.verdier[:2], []).append(key)
    found = (
        _change(vist, a, b)
        for keys in rows.values()
        for a, b in pairwise(sorted(keys, key=lambda key: int(key.verdier[2])))
    )
    return tuple(change for change in found if change is not None)


def groups_apart(vist: Mapping[Nokkel, Celle]) -> tuple[Endring, ...]:
    """Return, by type, the pairs of groups that differ by more than chance; the one with less first."""
    rows: dict[str, list[Nokkel]] = {}
    for key in vist:
        if key.visning == ("gruppe", "type"):
            rows.setdefault(key.verdier[1], []).append(key)

    def pairs() -> Iterator[Endring]:
        for keys in rows.values():
            for a, b in combinations(sorted(keys), 2):
                change = _change(vist, a, b)
                if change is not None and change.er_sikker:
                    turned = _change(vist, b, a) if change.endring < 0 else change
                    assert turned is not None  # noqa: S101 - the same two shares
                    yield turned

    return tuple(pairs())


def _time(key: Nokkel) -> tuple[str, bool]:
    year, half = key.verdier[-1].split("-")
    return year, half == "host"


def _ends(keys: list[Nokkel]) -> tuple[Nokkel, Nokkel]:
    return keys[0], keys[-1]


def _change(vist: Mapping[Nokkel, Celle], fra: Nokkel, til: Nokkel) -> Endring | None:
    a, b = vist[fra].tellinger, vist[til].tellinger
    if not a or not b:
        return None
    change, kl = difference(_apart("a", a.elements()), _apart("b", b.elements()))
    (y1, n1), (y2, n2) = sums(a), sums(b)
    return Endring(fra, til, (y1, n1), (y2, n2), round(y1 / n1, DESIMALER), round(y2 / n2, DESIMALER),
                   round(change, DESIMALER), rounded_pair(kl))  # fmt: skip


def _apart(side: str, tellinger: Iterator[Telling]) -> dict[str, Telling]:
    """Name each by side and number, in an order that is always the same."""
    return {f"{side}{i:09}": t for i, t in enumerate(sorted(tellinger))}
