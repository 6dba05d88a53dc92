"""Who is busy when: bookings and busy times per person and day, and the search for a free start.

Minutes are counted from midnight, local time. Starts lie on whole quarters.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import time

    from oppfolgingscli.planlegg.folk import Ressurs

KVARTER: Final = 15
Tidsrom = tuple[int, int]


def minutter(at: time) -> int:
    """Return the minutes from midnight."""
    return at.hour * 60 + at.minute


def opp_til_kvarter(minutes: int) -> int:
    """Round up to the quarter."""
    return -(-minutes // KVARTER) * KVARTER


class Timeplan:
    """The bookings of everyone. Days are ordinals; intervals are half-open ``[start, end)``."""

    def __init__(
        self,
        tidsrom: tuple[time, time],
        maks_per_dag: int,
        opptatt: Mapping[Ressurs, Mapping[int, Sequence[Tidsrom]]],
    ) -> None:
        """``tidsrom``: the hours in which meetings may lie; ``opptatt``: busy times that are not ours."""
        self.fra = opp_til_kvarter(minutter(tidsrom[0]))
        self.til = minutter(tidsrom[1])
        self._maks = maks_per_dag
        self._tatt: dict[Ressurs, dict[int, list[Tidsrom]]] = {}
        self._antall: defaultdict[tuple[Ressurs, int], int] = defaultdict(int)
        for ressurs, days in opptatt.items():
            own = self._tatt.setdefault(ressurs, {})
            for day, busy in days.items():
                own.setdefault(day, []).extend(busy)

    def rommer(self, varighet: int) -> bool:
        """Whether a meeting of ``varighet`` minutes fits into a day at all."""
        return self.fra + varighet <= self.til

    def ledig(self, ressurser: Iterable[Ressurs], day: int, varighet: int, plass: int) -> int | None:
        """Return the free start nearest to the preferred one, None when the day has none for all of them.

        ``plass`` numbers the meetings of the day from the first start on; it wraps around at what a day
        may hold, so mornings come first.
        """
        busy: list[Tidsrom] = []
        for ressurs in ressurser:
            if self._antall.get((ressurs, day), 0) >= self._maks:
                return None
            if own := self._tatt.get(ressurs):
                busy += own.get(day, ())
        last = self.til - varighet
        step = opp_til_kvarter(varighet)
        places = max(1, min(self._maks, (last - self.fra) // step + 1))
        wanted = self.fra + plass % places * step
        if not busy or _is_free(busy, wanted, varighet):
            return wanted
        starts = sorted(range(self.fra, last + 1, KVARTER), key=lambda start: (abs(start - wanted), start))
        return next((start for start in starts if _is_free(busy, start, varighet)), None)

    def book(self, ressurser: Iterable[Ressurs], day: int, start: int, varighet: int) -> None:
        """Note a meeting for everyone in it."""
        for ressurs in ressurser:
            self._tatt.setdefault(ressurs, {}).setdefault(day, []).append((start, start + varighet))
            self._antall[(ressurs, day)] += 1

    def antall(self, ressurs: Ressurs, day: int) -> int:
        """Return how many of our meetings someone has on a day."""
        return self._antall.get((ressurs, day), 0)


def _is_free(busy: Sequence[Tidsrom], start: int, varighet: int) -> bool:
    end = start + varighet
    return all(end <= a or b <= start for a, b in busy)
