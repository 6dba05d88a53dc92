"""A workload as tables, the same figures in every form: cells know their text, their value and their key in JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oppfolgingscli.sprak import navn
from oppfolgingscli.vis.rapportnavn import Rapportnavn

if TYPE_CHECKING:
    from oppfolgingscli.belastning.rad import Belastning, Deltakertall, Persontall, Rolletall, Topp
    from oppfolgingscli.modell.klasse import Opplegg
    from oppfolgingscli.modell.rutinesett import Versjon


class Rute(NamedTuple):
    """A cell: as people read it, as a workbook has it, and its key in machine output."""

    tekst: str
    verdi: str | float | None
    felt: str = ""


@dataclass(frozen=True, slots=True)
class Oversikt:
    """A table. ``rader``: a key that finds the row again, and its cells. ``tall``: columns of figures."""

    id: str
    tittel: str
    kolonner: tuple[str, ...]
    rader: Sequence[tuple[str, Sequence[Rute]]]
    tall: frozenset[int]


@dataclass(frozen=True)
class Belastningsvisning:
    """What every form of a workload is made from, in the language in use.

    ``fra_plan``: there is a plan.csv, and it is followed. ``antatt``: sentences about a class that is not there.
    ``uten_id``: nothing of one participant or one employee.
    """

    belastning: Belastning
    opplegg: Opplegg
    per: date
    fra_plan: bool = False
    antatt: Sequence[str] = ()
    uten_id: bool = False
    navn: Rapportnavn = field(init=False)
    roller: Mapping[str, Rolletall] = field(init=False)
    versjoner: Mapping[tuple[str, int], Versjon] = field(init=False)

    def __post_init__(self) -> None:
        """Look up the names once."""
        sett = self.opplegg.rutinesett
        object.__setattr__(self, "navn", Rapportnavn(sett))
        object.__setattr__(self, "roller", {r.rolle: r for r in self.belastning.roller})
        object.__setattr__(self, "versjoner", {(v.rutine.id, v.nr): v for v in sett.versjoner})

    @property
    def klasse(self) -> str:
        """The name of the class, or of the set a class is thought up from."""
        return navn(self.opplegg.klasse.navn)

    @property
    def deltakere(self) -> Sequence[Deltakertall]:
        """The participants that may be shown one by one: those there are, with ids."""
        return () if self.uten_id or self.antatt else self.belastning.deltakertall

    @property
    def personer(self) -> Sequence[Persontall]:
        """The people that may be shown one by one."""
        return () if self.uten_id else self.belastning.personer

    @property
    def topper(self) -> Sequence[Topp]:
        """The busiest weeks: of each person, or of each role together where people may not be shown."""
        return self.belastning.rolletopper if self.uten_id else self.belastning.topper

    def niva(self, rutine: str) -> str:
        """Whether a routine is for each participant or for the class: deltaker, klasse."""
        return next(v.rutine.niva for (id_, _nr), v in self.versjoner.items() if id_ == rutine)

    def staff(self) -> list[Rolletall]:
        """Return the roles that are not the participants' own, with something to do or something set aside."""
        return [r for r in self.belastning.roller if not r.deltaker and (r.tid.sum or r.avsatt_i_uka is not None)]
