"""Where in its window a point would like to be: allowed days, and targets spread over the participants."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Antall, Hver, Milepael
from oppfolgingscli.tid.dagmengde import Dagmengde

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.tid.varighet import Varighet

UTEN_FRIST: Final = 14
"""Days after ``mal`` in which a point without a deadline is placed."""
NAER: Final = 28
"""Calendar days from the preferred edge over which ``helst`` spreads the participants."""
# 2^64 divided by the golden ratio: multiples of it spread over [0, 1) evenly for any number of
# participants, and a further one moves none of the others (Weyl's sequence; Knuth, TAOCP 3, 6.4).
_GOLDEN: Final = 0x9E3779B97F4A7C15
_MASK: Final = (1 << 64) - 1

_NOMINAL_PER: Final = {"uke": 7, "maned": 30, "kvartal": 91, "semester": 182, "skolear": 365}
_NOMINAL_ENHET: Final = {
    "dag": 1.0,
    "virkedag": 1.4,
    "skoledag": 2.0,
    "uke": 7.0,
    "maned": 30.0,
    "ar": 365.0,
}


@dataclass(frozen=True, slots=True)
class Vindu:
    """Closed ordinals. ``[fra, til]`` is allowed; ``[delfra, deltil]`` is this point's own share of it."""

    fra: int
    til: int
    delfra: int
    deltil: int


def nominell_bredde(versjon: Versjon) -> int:
    """Return roughly how many days a point of this version has: the narrowest are placed first.

    From the rule alone, not from the points, so that one participant's dates do not reorder the others.
    """
    match versjon.rutine.frekvens:
        case Antall() as f:
            return _NOMINAL_PER[f.per] // f.inntil
        case Hver() as f:
            return f.hver.on_clock
        case Milepael() as f:
            return round(_omtrent(f.innen) - _omtrent(f.fra))
        case _:
            return 0


def _omtrent(lengde: Varighet) -> float:
    return lengde.antall * _NOMINAL_ENHET[lengde.enhet]


def helst_for(versjon: Versjon) -> str | None:
    """Return which edge of its window a version prefers; an interval always its ``mal``, the end."""
    match versjon.rutine.frekvens:
        case Antall() | Milepael() as f:
            return f.helst
        case Hver():
            return "slutt"
        case _:
            return None


def vindu_for(punkt: Punkt, forrige_tempo: int | None, helst: str | None) -> Vindu:
    """Return the window of a point and its own share of it.

    The share runs from the day after the previous point's ``tempo`` to this one's; with ``helst`` it is
    the weeks at that edge.
    """
    fra = punkt.fra.toordinal()
    mal = punkt.mal.toordinal() if punkt.mal else fra
    til = punkt.frist.toordinal() if punkt.frist else max(mal, fra) + UTEN_FRIST
    delfra = fra if forrige_tempo is None else max(fra, forrige_tempo + 1)
    deltil = min(til, punkt.tempo.toordinal()) if punkt.tempo else til
    if helst == "start":
        deltil = min(deltil, max(mal, delfra) + NAER - 1)
    elif helst == "slutt":
        deltil = max(deltil, min(mal, til))
        delfra = max(delfra, deltil - NAER + 1)
    return Vindu(fra, til, delfra, deltil) if delfra <= deltil else Vindu(fra, til, fra, til)


def onsket_dag(punkt: Punkt, vindu: Vindu, dager: Sequence[int], nummer: int, retning: str | None) -> int:
    """Return the day a point would like: ``mal`` for number 0, the other participants spread around it.

    ``dager``: the allowed days, in order. ``retning``: ``start`` spreads forward from the start of the
    share, ``slutt`` back from its end, None to both sides of its middle.
    """
    first, last = bisect_left(dager, vindu.delfra), bisect_right(dager, vindu.deltil)
    n = last - first
    if n == 0 or (nummer == 0 and punkt.mal is not None):
        return (punkt.mal or punkt.fra).toordinal()
    share = nummer * _GOLDEN & _MASK
    if retning is None:
        share = (share + (1 << 63)) & _MASK
    index = share * n >> 64
    return dager[last - 1 - index if retning == "slutt" else first + index]


class Dager:
    """The allowed days of a version for a subject, and the day sets behind them; each computed once."""

    def __init__(self, gyldighet: Gyldighet) -> None:
        self._g = gyldighet
        self._subjekter: dict[str, Subjekt] = {s.id: s for s in gyldighet.deltakerne}
        self._e: dict[tuple[str, int, str, str], Dagmengde] = {}
        self._alle: dict[tuple[str, int, str, str], list[int]] = {}
        self._pa: dict[tuple[str, int, str, str, frozenset[int]], list[int]] = {}

    def e(self, punkt: Punkt, versjon: Versjon) -> Dagmengde:
        """Return E(s, v): the clock of interval routines."""
        key = (punkt.rutine, punkt.versjon, punkt.niva, punkt.subjekt)
        if key not in self._e:
            subjekt = self._subjekter.get(punkt.subjekt) if punkt.niva == "deltaker" else self._g.klassen
            self._e[key] = self._g.dager(subjekt, versjon) if subjekt else Dagmengde()
        return self._e[key]

    def tillatt(self, punkt: Punkt, versjon: Versjon) -> list[int]:
        """Return the school days of E (working days where breaks do not count), in order."""
        key = (punkt.rutine, punkt.versjon, punkt.niva, punkt.subjekt)
        if key not in self._alle:
            self._alle[key] = self._g.tellende(versjon).velg(self.e(punkt, versjon))
        return self._alle[key]

    def pa_ukedager(self, punkt: Punkt, versjon: Versjon, ukedager: frozenset[int]) -> list[int]:
        """Return those of ``tillatt`` that are on one of the weekdays (0 = Monday)."""
        key = (punkt.rutine, punkt.versjon, punkt.niva, punkt.subjekt, ukedager)
        if key not in self._pa:
            # Day 1 of the calendar was a Monday.
            self._pa[key] = [day for day in self.tillatt(punkt, versjon) if (day - 1) % 7 in ukedager]
        return self._pa[key]
