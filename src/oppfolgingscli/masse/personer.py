"""The subjects of a group of classes as columns, and their eligible days as rows of truth values.

Participants come first, sorted by class, then each class itself. Those alike in what E depends on share a row, so
that most of a class is worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from oppfolgingscli.gyldighet import SENEST, TIDLIGST, Subjekt, _dated
from oppfolgingscli.tid.dagmengde import Dagmengde

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.masse.slag import Heltall, Maske, Slag
    from oppfolgingscli.modell.klasse import Deltaker


@dataclass(frozen=True, slots=True)
class Dagrom:
    """E of one version for the subjects of its level.

    ``hele[rad]``: E with pauses disregarded, as if all stayed to the class's end; ``rad`` per subject. ``pauset[p]``:
    the same less the pauses, for those who have any; ``pauserad`` per subject, -1 for none.
    """

    hele: Maske
    rad: Heltall
    pauset: Maske
    pauserad: Heltall


class Personer:
    """The subjects of a group of classes of one kind."""

    def __init__(
        self, slag: Slag, n_klasser: int, klasse: Heltall, start: Heltall, slutt: Heltall, preg: Heltall,
        pregene: Sequence[Deltaker],
    ) -> None:  # fmt: skip
        """Take the participants: class number, first and last day (ordinals), and which of ``pregene`` each is like.

        ``pregene``: participants for what is not dates of start and end: pauses, practice, groups, benefits, exemptions.
        """
        g = slag.g
        self.slag = slag
        self.n = klasse.size
        self.n_klasser = n_klasser
        self.klasse: Heltall = np.concatenate([klasse, np.arange(n_klasser)])
        self.start: Heltall = np.concatenate([start, np.full(n_klasser, g.start)])
        self.slutt: Heltall = np.concatenate([slutt, np.full(n_klasser, g.slutt)])
        self.preg: Heltall = np.concatenate([preg, np.full(n_klasser, len(pregene))])
        self.pregene = [self._subjekt(d) for d in pregene] + [Subjekt("", TIDLIGST, SENEST)]
        self._rom: dict[int, Dagrom] = {}
        self._fritak: dict[str, Maske] = {}

    def _subjekt(self, d: Deltaker) -> Subjekt:
        known = tuple(p for p in d.pauser if self.slag.g.is_known(p.registrert))
        return Subjekt(d.id, TIDLIGST, SENEST, d, known)

    def niva(self, v: int) -> slice:
        """Return where the subjects of a version's level are."""
        level = self.slag.versjoner[v].rutine.niva
        return slice(0, self.n) if level == "deltaker" else slice(self.n, self.n + self.n_klasser)

    @cached_property
    def har_pause(self) -> Maske:
        """Whether each subject has a known pause."""
        return np.array([bool(s.pauser) for s in self.pregene])[self.preg]

    def fritatt(self, rutine: str) -> Maske:
        """Whether each subject has a known written exemption from a routine."""
        if rutine not in self._fritak:
            known = self.slag.g.is_known
            of = [
                any(f.rutine == rutine and known(f.registrert) for f in (s.deltaker.fritak if s.deltaker else ()))
                for s in self.pregene
            ]
            self._fritak[rutine] = np.array(of)[self.preg]
        return self._fritak[rutine]

    def rom(self, v: int) -> Dagrom:
        """Return the eligible days of a version, worked out once."""
        if v not in self._rom:
            self._rom[v] = self._make(v)
        return self._rom[v]

    def _make(self, v: int) -> Dagrom:
        which = self.niva(v)
        start, last = self.start[which], np.maximum(self.slutt[which], self.slag.g.slutt)
        vilkar, vilkarsrader = self.vilkar(v)
        felles = self.slag.felles[v]
        keys, rad = unike(start, last, vilkarsrader)
        days = self.slag.dager
        hele = felles & (days >= keys[:, :1]) & (days <= keys[:, 1:2])
        if len(vilkar) > 1 or not vilkar[0].all():
            hele &= vilkar[keys[:, 2]]
        pauserad = np.full(rad.size, -1)
        har = np.flatnonzero(self.har_pause[which])
        pairs, found = unike(rad[har], self._pauseslag[self.preg[which][har]])
        pauserad[har] = found
        pauset = hele[pairs[:, 0]] & ~self._pausemasker[pairs[:, 1]]
        return Dagrom(hele, rad, pauset, pauserad)

    def vilkar(self, v: int) -> tuple[Maske, Heltall]:
        """Return the days the conditions on persons hold: distinct rows, and each subject's."""
        which = self.niva(v)
        gjelder = self.slag.versjoner[v].rutine.gjelder
        sets: dict[tuple[object, ...], int] = {}
        rows: list[Dagmengde | None] = []
        of: list[int] = []
        for s in self.pregene:
            d = s.deltaker is not None
            key = (
                s.praksisspenn if d and gjelder.i_praksis else None,
                s.grupper if d and gjelder.gruppe else None,
                s.ytelser if d and gjelder.ytelse else None,
            )
            if key not in sets:
                sets[key] = len(rows)
                days = Dagmengde([(TIDLIGST, SENEST)])
                if key[0] is not None:
                    days = days.snitt(s.praksisdager)
                if key[1] is not None:
                    days = days.snitt(_dated(s.grupper, gjelder.gruppe))
                if key[2] is not None:
                    days = days.snitt(_dated(s.ytelser, gjelder.ytelse))
                rows.append(days)
            of.append(sets[key])
        return np.array([self.slag.maske(days) for days in rows if days is not None]), np.array(of)[self.preg[which]]

    @cached_property
    def _pauser(self) -> tuple[Heltall, Maske]:
        sets: dict[tuple[tuple[int, int], ...], int] = {}
        of = [sets.setdefault(s.pausedager.spenn, len(sets)) for s in self.pregene]
        return np.array(of), np.array([self.slag.maske(Dagmengde(spenn)) for spenn in sets])

    @cached_property
    def _pausetall(self) -> Heltall:
        """By pause set and day, from the day before those laid out: days of pause up to it."""
        masks = self._pausemasker
        return np.concatenate([np.zeros((masks.shape[0], 1), dtype=np.int64), np.cumsum(masks, axis=1)], axis=1)

    def pausedager(self, subjekt: Heltall, dag: Heltall) -> Heltall:
        """Return how many days of pause each subject has had up to a day."""
        at = np.clip(dag - self.slag.fra + 1, 0, self.slag.dager.size)
        return self._pausetall[self._pauseslag[self.preg[subjekt]], at]

    @property
    def _pauseslag(self) -> Heltall:
        return self._pauser[0]

    @property
    def _pausemasker(self) -> Maske:
        return self._pauser[1]


def unike(*kolonner: Heltall) -> tuple[Heltall, Heltall]:
    """Return the distinct rows of some columns, and which of them each row is."""
    code = np.zeros(kolonner[0].size, dtype=np.int64)
    for column in kolonner:
        _values, part = np.unique(column, return_inverse=True)
        code = np.unique(code * (int(part.max(initial=0)) + 1) + part, return_inverse=True)[1]
    _values, first, where = np.unique(code, return_index=True, return_inverse=True)
    return np.stack([column[first] for column in kolonner], axis=1), where
