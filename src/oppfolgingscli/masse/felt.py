"""The cross of everything rows are told apart by, as columns: version, semester and group of every line.

A *kolonne* is one (version, semester, group); a *felt* says which columns one table sums, and into which rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from oppfolgingscli.masse.slag import ALDRI
from oppfolgingscli.revisjon.celle import ENKELTRUTINER, VISNINGER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.masse.personer import Personer
    from oppfolgingscli.masse.slag import Heltall, Maske, Slag
    from oppfolgingscli.revisjon.resultat import Klasse

AV_KLASSEN: Final = ("fylke", "skole", "klasse", "rutinesett")
AV_VERSJONEN: Final = ("type", "grunnlag", "rutine", "versjon")


def verdi(slag: Slag, v: int, navn: str) -> str:
    """Return what a version has for one part of a key."""
    r = slag.versjoner[v].rutine
    return {"type": r.type, "grunnlag": r.grunnlag, "rutine": r.id, "versjon": str(slag.versjoner[v].nr)}[navn]


class Grupper:
    """Which group each participant is in, day by day; 0 is none."""

    def __init__(self, p: Personer) -> None:
        self.p = p
        labels = {"": 0}
        self.spenn: list[tuple[tuple[int, int], ...]] = [
            tuple((start, labels.setdefault(label, len(labels))) for start, label in s.grupper) for s in p.pregene
        ]
        self.navn = list(labels)
        self._fast = np.array([self._one(spenn) for spenn in self.spenn])

    @staticmethod
    def _one(spenn: tuple[tuple[int, int], ...]) -> int:
        """Return the only group there is, -1 when it changes."""
        if not spenn:
            return 0
        return spenn[0][1] if len(spenn) == 1 and spenn[0][0] <= 1 else -1

    @cached_property
    def skifter(self) -> Maske:
        """Whether the group of each subject changes."""
        return (self._fast < 0)[self.p.preg]

    def av(self, subjekt: Heltall, dag: Heltall) -> Heltall:
        """Return the group of each subject on a day."""
        preg = self.p.preg[subjekt]
        out = self._fast[preg]
        for i in np.unique(preg[out < 0]).tolist():
            mine = np.flatnonzero(preg == i)
            starts = np.array([start for start, _label in self.spenn[i]])
            labels = np.array([0, *(label for _start, label in self.spenn[i])])
            out[mine] = labels[np.searchsorted(starts, dag[mine], side="right")]
        return out


@dataclass(frozen=True, slots=True)
class Felt:
    """What the tables with the same parts of a point need: for each column its row, -1 for none.

    ``rad``; ``verdier``: the values of each row, in the order of ``deler``. ``rutinerad``: for each column which
    (routine, row) it is, -1 for none; ``rutine``, ``i_rad``: of each of those. ``delt``: whether interval routines are
    in the shares. ``semester``: whether leftovers are of the semester; ``halvar``: the semester of each (routine, row).
    """

    deler: tuple[str, ...]
    rad: Heltall
    verdier: list[tuple[str, ...]]
    rutinerad: Heltall
    rutine: Heltall
    i_rad: Heltall
    halvar: Heltall
    delt: bool
    semester: bool


class Kolonner:
    """The columns of a group of classes; ``brukt`` are (version, semester, group) of each."""

    def __init__(self, p: Personer, grupper: Grupper, versjon: Heltall, semester: Heltall, gruppe: Heltall) -> None:
        self.p, self.slag, self.grupper = p, p.slag, grupper
        self.n_semestre = len(p.slag.semestre) + 1
        self.n_grupper = len(grupper.navn)
        code = self._code(versjon, semester, gruppe)
        size = len(p.slag.versjoner) * self.n_semestre * self.n_grupper
        there = np.zeros(size, dtype=bool)
        there[code] = True
        self._koder = np.flatnonzero(there)
        self._nr = np.cumsum(there) - 1
        self.versjon = self._koder // (self.n_semestre * self.n_grupper)
        self.semester = self._koder // self.n_grupper % self.n_semestre
        self.gruppe = self._koder % self.n_grupper

    @property
    def antall(self) -> int:
        """How many there are."""
        return int(self._koder.size)

    def _code(self, versjon: Heltall, semester: Heltall, gruppe: Heltall) -> Heltall:
        return (versjon * self.n_semestre + semester) * self.n_grupper + gruppe

    def nr(self, versjon: Heltall, semester: Heltall, gruppe: Heltall) -> Heltall:
        """Return the number of the column of each line."""
        return self._nr[self._code(versjon, semester, gruppe)]

    def felt(self, deler: tuple[str, ...], niva: str, *, delt: bool) -> Felt:
        """Return how the columns of a level of subjects are summed for tables with these parts."""
        rows: dict[tuple[str, ...], int] = {}
        pairs: dict[tuple[int, int], int] = {}
        rad = np.full(self.antall, -1)
        rutinerad = np.full(self.antall, -1)
        halvar: list[int] = []
        for c, (v, sem, g) in enumerate(
            zip(self.versjon.tolist(), self.semester.tolist(), self.gruppe.tolist(), strict=True)
        ):
            r = self.slag.versjoner[v].rutine
            if r.niva != niva or ("gruppe" in deler and niva == "klasse"):
                continue
            if "semester" in deler and sem == self.n_semestre - 1:
                continue
            key = tuple(self._part(v, sem, g, name) for name in deler)
            rad[c] = rows.setdefault(key, len(rows))
            pair = (int(self.slag.rutine_av[v]), int(rad[c]))
            if pair not in pairs:
                pairs[pair] = len(pairs)
                halvar.append(sem)
            rutinerad[c] = pairs[pair]
        return Felt(
            deler, rad, list(rows), rutinerad, np.array([x for x, _row in pairs], dtype=np.int64),
            np.array([row for _x, row in pairs], dtype=np.int64), np.array(halvar, dtype=np.int64), delt,
            "semester" in deler,
        )  # fmt: skip

    def deler(self, kolonne: int) -> dict[str, str]:
        """Return all parts of a column; no ``semester`` where there is no deadline, no ``gruppe`` of a class."""
        v, sem, g = int(self.versjon[kolonne]), int(self.semester[kolonne]), int(self.gruppe[kolonne])
        out = {name: verdi(self.slag, v, name) for name in AV_VERSJONEN}
        if self.slag.versjoner[v].rutine.niva == "deltaker":
            out["gruppe"] = self.grupper.navn[g]
        if sem < self.n_semestre - 1:
            out["semester"] = self.slag.semestre[sem].nokkel
        return out

    def _part(self, v: int, sem: int, g: int, name: str) -> str:
        if name == "semester":
            return self.slag.semestre[sem].nokkel
        return self.grupper.navn[g] if name == "gruppe" else verdi(self.slag, v, name)


def punktdeler(visning: Sequence[str]) -> tuple[str, ...]:
    """Return the parts of a table's key that are of the point."""
    return tuple(name for name in visning if name not in AV_KLASSEN)


def klassedeler(visning: Sequence[str]) -> tuple[str, ...]:
    """Return the parts of a table's key that are of the class."""
    return tuple(name for name in visning if name in AV_KLASSEN)


def alle_deler() -> dict[tuple[tuple[str, ...], bool], list[tuple[str, ...]]]:
    """Return the tables by what parts of a point they have, and whether interval routines are in their shares."""
    out: dict[tuple[tuple[str, ...], bool], list[tuple[str, ...]]] = {}
    for visning in VISNINGER:
        out.setdefault((punktdeler(visning), visning in ENKELTRUTINER), []).append(visning)
    return out


def enheter(klasser: Sequence[Klasse], deler: tuple[str, ...]) -> tuple[Heltall, list[tuple[str, ...]]]:
    """Return for each class which unit (county, school …) it is in, and the values of each unit."""
    units: dict[tuple[str, ...], int] = {}
    of = []
    for k in klasser:
        values = {"fylke": k.fylke, "skole": k.skole, "klasse": k.id, "rutinesett": k.rutinesett}
        of.append(units.setdefault(tuple(values[name] for name in deler), len(units)))
    return np.array(of, dtype=np.int64), list(units)


def dag_for(frist: Heltall, fra: Heltall) -> Heltall:
    """Return the day that decides the group: the deadline, else the first day."""
    return np.where(frist == ALDRI, fra, frist)
