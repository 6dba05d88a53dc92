"""What classes that share calendar, span, phases and routines have in common, as arrays over days.

A day set of ``gyldighet`` becomes one truth value for each day from ``fra`` to ``til`` (closed ordinals), so that the
eligible days of many participants are a few operations on whole arrays. Nothing is defined here: rules 1-4 of E come
from ``Gyldighet``, durations from ``Skolekalender.add``.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from oppfolgingscli.gyldighet import SENEST, Gyldighet
from oppfolgingscli.modell.rutinesett import Behov, Etter, Hver, Milepael, Ved
from oppfolgingscli.tid.dagmengde import Dagmengde
from oppfolgingscli.tid.perioder import perioder

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from oppfolgingscli.modell.klasse import Opplegg
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.tid.perioder import Periode, Periodeslag
    from oppfolgingscli.tid.varighet import Varighet

    Heltall = npt.NDArray[np.signedinteger[Any]]
    Maske = npt.NDArray[np.bool_]

#: Days of margin around the school calendar: a summer break that begins or ends outside it.
MARG: Final = 400
#: No limit: later than every date.
ALDRI: Final = SENEST


class Slag:
    """One kind of class. ``per`` and ``kjent`` as for ``vurder``; the participants of ``opplegg`` play no part."""

    def __init__(self, opplegg: Opplegg, per: date, kjent: date | None, fra: int = SENEST) -> None:
        """Lay out the days and the versions; ``opplegg`` is any class of the kind. ``fra``: the first day needed."""
        self.g = Gyldighet(opplegg, kjent)
        self.per = per.toordinal()
        self.kjent = kjent
        kalender = self.g.kalender
        self.fra = min(min(kalender.fra.toordinal(), self.g.start) - MARG, fra)
        self.til = max(kalender.til.toordinal(), self.g.slutt, self.per) + MARG
        self.dager: Heltall = np.arange(self.fra, self.til + 1)
        self.versjoner: tuple[Versjon, ...] = opplegg.rutinesett.versjoner
        self.rutiner: list[str] = list(dict.fromkeys(v.rutine.id for v in self.versjoner))
        self.typer: list[str] = sorted({t for v in self.versjoner for t in (v.rutine.type, *v.rutine.teller_ogsa)})

    def fra_og_med(self, dag: int) -> Slag:
        """Return the same kind with days laid out from ``dag``; itself where they are already."""
        if dag >= self.fra:
            return self
        return Slag(self.g.opplegg, date.fromordinal(self.per), self.kjent, dag)

    @cached_property
    def rutine_av(self) -> Heltall:
        """For each version the number of its routine."""
        return np.array([self.rutiner.index(v.rutine.id) for v in self.versjoner], dtype=np.int64)

    @cached_property
    def slekt(self) -> Heltall:
        """For each type its kin: types that count for the same routine, or set off the same duty, are of one."""
        kin = list(range(len(self.typer)))
        for v in self.versjoner:
            f = v.rutine.frekvens
            routines = {v.rutine.id, *(f.etter if isinstance(f, Etter) else ())}
            together = {
                kin[self.typer.index(t)]
                for w in self.versjoner
                if w.rutine.id in routines
                for t in (w.rutine.type, *w.rutine.teller_ogsa)
            }
            kin = [min(together) if k in together else k for k in kin]
        return np.array(kin, dtype=np.int64)

    def av_slag(self, *slag: type) -> list[int]:
        """Return the numbers of the versions with a frequency of these kinds."""
        return [i for i, v in enumerate(self.versjoner) if isinstance(v.rutine.frekvens, slag)]

    @cached_property
    def intervaller(self) -> frozenset[int]:
        """The versions with an interval."""
        return frozenset(self.av_slag(Hver))

    @cached_property
    def utloste(self) -> frozenset[int]:
        """The versions whose points are set off by events or contacts."""
        return frozenset(self.av_slag(Ved, Etter))

    @cached_property
    def uten_punkter(self) -> frozenset[int]:
        """The versions that make no points."""
        return frozenset(self.av_slag(Behov))

    def maske(self, dager: Dagmengde) -> Maske:
        """Return a day set as truth values."""
        out = np.zeros(self.dager.size, dtype=bool)
        for first, last in dager.spenn:
            a, b = max(first, self.fra) - self.fra, min(last, self.til) - self.fra
            if a <= b:
                out[a : b + 1] = True
        return out

    @cached_property
    def felles(self) -> list[Maske]:
        """Per version the part of E that is the same for every subject."""
        return [self.maske(self.g.felles(v)) for v in self.versjoner]

    @cached_property
    def uten_ferier(self) -> list[Maske]:
        """The same with breaks disregarded."""
        return [self.maske(self.g.felles(v, ferier=False)) for v in self.versjoner]

    @cached_property
    def tellende(self) -> list[Maske]:
        """Per version the days that count in m and D."""
        alle = Dagmengde([(self.fra, self.til)])
        made: dict[int, Maske] = {}
        for v in self.versjoner:
            counter = self.g.tellende(v)
            if id(counter) not in made:
                made[id(counter)] = np.zeros(self.dager.size, dtype=bool)
                made[id(counter)][np.array(counter.velg(alle), dtype=np.int64) - self.fra] = True
        return [made[id(self.g.tellende(v))] for v in self.versjoner]

    @cached_property
    def i_kraft(self) -> list[tuple[int, int]]:
        """Per version the closed span it is in force."""
        return [
            (v.fra.toordinal() if v.fra else 1, v.til.toordinal() if v.til else ALDRI) for v in self.versjoner
        ]  # fmt: skip

    def tillatt(self, v: int) -> Maske:
        """Return the days that breaks leave open for a version (rule 4)."""
        return self.maske(self.g.tillatt_av_ferie(self.versjoner[v]))

    def perioder(self, slag: Periodeslag) -> list[Periode]:
        """Return the periods that cover all the days."""
        return list(perioder(slag, date.fromordinal(self.fra), date.fromordinal(self.til)))

    @cached_property
    def semestre(self) -> list[Periode]:
        """The semesters that cover all the days."""
        return self.perioder("semester")

    @cached_property
    def _semesterstart(self) -> Heltall:
        return np.array([p.fra.toordinal() for p in self.semestre])

    def semester(self, dager: Heltall) -> Heltall:
        """Return the number of the semester of each day; the number of semesters where there is no day (``ALDRI``)."""
        found = np.searchsorted(self._semesterstart, dager, side="right") - 1
        return np.where(dager == ALDRI, len(self.semestre), found)

    def kan(self, dager: Heltall) -> Maske:
        """Whether days lie among those laid out."""
        return (self.fra <= dager) & (dager <= self.til)

    def add(self, dager: Heltall, varighet: Varighet) -> Heltall:
        """Return the days ``varighet`` after ``dager``, as ``Skolekalender.add`` has it."""
        if varighet.enhet in ("dag", "uke"):
            return dager + varighet.antall * (7 if varighet.enhet == "uke" else 1)
        unique, where = np.unique(dager, return_inverse=True)
        found = [self.g.kalender.add(date.fromordinal(day), varighet).toordinal() for day in unique.tolist()]
        return np.array(found, dtype=np.int64)[where] if found else dager

    def krav(self) -> Sequence[frozenset[str]]:
        """Return the sets of roles that versions require, each once."""
        return list(dict.fromkeys(frozenset(v.rutine.krever) for v in self.versjoner if v.rutine.krever))

    @staticmethod
    def anker(v: Versjon) -> str | None:
        """Return the kind of anchor of a milestone."""
        f = v.rutine.frekvens
        return f.milepael.slag if isinstance(f, Milepael) else None
