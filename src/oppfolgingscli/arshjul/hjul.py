"""What an annual wheel holds: frozen records, without participants and without people. All spans are closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from oppfolgingscli.tid.perioder import Periode, skolear_periode

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Navn, Rolle, Rutinesett, Versjon

Utlost = Literal["ved", "etter", "behov", "egne"]


@dataclass(frozen=True, slots=True)
class Merke:
    """A day something is planned for: a class meeting's ``mal``, or the middle one of the participants'."""

    dag: date
    krav: bool


@dataclass(frozen=True, slots=True)
class Vindu:
    """When a routine can be done in time, ``fra``–``til``; ``ganger``: how many times each, wished ones too."""

    fra: date
    til: date
    merker: tuple[Merke, ...] = ()
    ganger: int = 1


@dataclass(frozen=True, slots=True)
class Post:
    """A routine on the wheel. ``versjon``: the last one in force that year, for its name, role and rule.

    ``rutiner``: its id; of veiled routines that may not be told apart, all of theirs. ``lopende``: goes on through
    its windows (weekly, or at an interval), with no deadline at their end. ``trinn``: the school years of the
    course it is in, () when that says nothing.
    """

    rutiner: tuple[str, ...]
    versjon: Versjon
    lopende: bool
    vinduer: tuple[Vindu, ...]
    trinn: tuple[int, ...]
    skjermet: bool


@dataclass(frozen=True, slots=True)
class Uten:
    """A routine without dates of its own: set off (``ved``, ``etter``), when needed (``behov``).

    ``egne``: it has dates, but they are single participants' own.
    """

    rutiner: tuple[str, ...]
    versjon: Versjon
    slag: Utlost
    trinn: tuple[int, ...]
    skjermet: bool


@dataclass(frozen=True, slots=True)
class Skoleferie:
    """A break. ``fra``–``til`` as the school calendar has it; ``bredt``: with the weekends that touch it."""

    navn: str
    fra: date
    til: date
    bredt: tuple[date, date]


@dataclass(frozen=True, slots=True)
class Hjul:
    """What the wheel shows. No participants, and no people.

    ``semestre``: ("host" | "var", first, last school day). ``ferier``: in order, the summers at both ends clipped to
    the school year. ``roller``: those responsible, in the order of the set. ``skolerute``: "lagt_inn", "ubekreftet",
    "monster" (nobody has entered the year) or "ingen".
    """

    skolear: int
    klasse: str | None
    navn: Navn
    sett: Rutinesett
    trinn: int | None
    semestre: tuple[tuple[str, date, date], ...]
    ferier: tuple[Skoleferie, ...]
    eksamener: tuple[tuple[str, date], ...]
    roller: tuple[tuple[str, Rolle], ...]
    poster: tuple[Post, ...]
    uten: tuple[Uten, ...]
    skolerute: str

    @property
    def periode(self) -> Periode:
        """The school year, 1 Aug–31 Jul."""
        return skolear_periode(self.skolear)
