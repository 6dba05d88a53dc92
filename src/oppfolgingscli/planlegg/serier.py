"""What ties a class's meetings together: series that keep ``minst_mellom``, and chains of intervals."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Antall, Hver, Milepael
from oppfolgingscli.planlegg.problem import Kjede, Serie
from oppfolgingscli.tid.varighet import Varighet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppfolgingscli.gyldighet import Gyldighet
    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.planlegg.problem import Oppgave
    from oppfolgingscli.planlegg.vindu import Dager

_EN_DAG: Final = Varighet(1, "dag")


class Serier:
    """Finds the series and chains among meetings. ``punkter``: the point of each; ``per``: the first day of the plan."""

    def __init__(
        self,
        g: Gyldighet,
        dager: Dager,
        versjoner: Mapping[tuple[str, int], Versjon],
        punkter: Mapping[str, Punkt],
        per: int,
    ) -> None:
        """Keep what the questions need."""
        self._g = g
        self._dager = dager
        self._versjoner = versjoner
        self._punkter = punkter
        self._per = per
        self._wait: dict[tuple[Varighet, int], int] = {}

    def serier(self, oppgaver: Sequence[Oppgave]) -> list[Serie]:
        """Return the series that have more than one meeting."""
        groups: defaultdict[str, list[Oppgave]] = defaultdict(list)
        for o in oppgaver:
            if o.minutter:
                groups[o.serie].append(o)
        return [self._serie(key, group) for key, group in groups.items() if len(group) > 1]

    def _serie(self, key: str, group: Sequence[Oppgave]) -> Serie:
        earliest: dict[int, int] = {}
        least = 1
        for o in group:
            p = self._punkter[o.id]
            f = self._versjoner[p.rutine, p.versjon].rutine.frekvens
            mellom = (f.minst_mellom if isinstance(f, Antall) else None) or _EN_DAG
            if mellom == _EN_DAG:
                continue
            for d in (*o.tillatt, *((o.fast.dag,) if o.fast else ())):
                earliest[d] = self._later(mellom, d)
                least = max(least, earliest[d] - d)
        return Serie(key, tuple(o.id for o in group), earliest, least)

    def _later(self, mellom: Varighet, day: int) -> int:
        if (mellom, day) not in self._wait:
            self._wait[mellom, day] = self._g.kalender.add(date.fromordinal(day), mellom).toordinal()
        return self._wait[mellom, day]

    def kjeder(self, oppgaver: Sequence[Oppgave]) -> list[Kjede]:
        """Return the chains of interval routines: what is to come, each within ``senest`` of the one before.

        The open gap's own window says how long after the last held one it may be.
        """
        groups: defaultdict[tuple[str, int, str], list[Oppgave]] = defaultdict(list)
        for o in oppgaver:
            p = self._punkter[o.id]
            held = o.fast is not None and o.fast.dag < self._per
            if o.minutter and not held and isinstance(self._versjoner[p.rutine, p.versjon].rutine.frekvens, Hver):
                groups[p.rutine, p.versjon, p.subjekt].append(o)
        return [self._kjede(group) for group in groups.values() if len(group) > 1]

    def _kjede(self, group: list[Oppgave]) -> Kjede:
        points = [self._punkter[o.id] for o in group]
        points.sort(key=lambda p: (int(p.periode), p.nr))
        versjon = self._versjoner[points[0].rutine, points[0].versjon]
        f = versjon.rutine.frekvens
        latest: dict[int, int] = {}
        if isinstance(f, Hver):
            clock, span = self._dager.e(points[0], versjon), f.senest.on_clock
            for d in {d for o in group for d in (*o.tillatt, *((o.fast.dag,) if o.fast else ()))}:
                limit = clock.nte(clock.plass(d) + span)
                if limit is not None:
                    latest[d] = limit
        return Kjede(tuple(p.id for p in points), latest)


def takt(klasse: str, p: Punkt, versjon: Versjon) -> str:
    """Return which meetings would share a weekday: the subject's of this routine; a week's first, its second …"""
    f = versjon.rutine.frekvens
    nr = f"/{p.nr}" if isinstance(f, Antall) and f.per == "uke" else ""
    key = f"{klasse}/{p.rutine}/{p.subjekt}{nr}"
    # One meeting at one milestone has no rhythm.
    return f"{key}/{p.periode}" if isinstance(f, Milepael) else key
