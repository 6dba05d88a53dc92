"""What a workload is made of: plain records. Time is in minutes, exact; weeks are ISO weeks, Monday to Sunday.

Hours are for those who show figures; nothing here is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final, Literal

NULL: Final = Fraction(0)
SKOLEDAGER_I_UKA: Final = 5
"""School days in a whole week: what is set aside a week is set aside by the school day."""


@dataclass(frozen=True, slots=True)
class Tid:
    """Minutes in meetings, preparing them, and on the way."""

    mote: Fraction = NULL
    forberedelse: Fraction = NULL
    reise: Fraction = NULL

    def __add__(self, other: Tid) -> Tid:
        """Return both together."""
        return Tid(self.mote + other.mote, self.forberedelse + other.forberedelse, self.reise + other.reise)

    @property
    def sum(self) -> Fraction:
        """All of it, in minutes."""
        return self.mote + self.forberedelse + self.reise


@dataclass(frozen=True, slots=True)
class Forutsetninger:
    """What is asked. ``fra``–``til`` closed. Minutes by routine id; ``avsatt``: minutes a week by role, for each person.

    ``deltakere``: reckon as if there were so many (None: those there are). ``varighet`` replaces the plan's lengths.
    ``forberedelse``: for whoever is responsible, each meeting. ``reise``: there and back, each trip.
    """

    fra: date
    til: date
    deltakere: int | None = None
    varighet: Mapping[str, int] = field(default_factory=dict)
    forberedelse: Mapping[str, int] = field(default_factory=dict)
    reise: Mapping[str, int] = field(default_factory=dict)
    avsatt: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Uke:
    """One ISO week: ``2024-u34``, Monday and Sunday, and its school days inside the span."""

    nokkel: str
    fra: date
    til: date
    skoledager: int


@dataclass(frozen=True, slots=True)
class Ukelast:
    """One week of a role or a person. ``avsatt``: minutes set aside, by the role's days in it; None: nothing is said."""

    uke: str
    tid: Tid
    avsatt: Fraction | None


@dataclass(frozen=True, slots=True)
class Del:
    """What one routine takes of a role's time. ``antall``: contacts (not whole when the class is scaled)."""

    rutine: str
    antall: Fraction
    tid: Tid


@dataclass(frozen=True, slots=True)
class Portefolje:
    """A role that follows up more than one class: ``antall`` people for each person in the role.

    ``deltakere``: this class's, for each person. ``per_deltaker``: minutes a week on one participant, class
    meetings apart. ``hele``: the same for all ``antall``.
    """

    antall: int
    deltakere: Fraction
    per_deltaker: Fraction
    hele: Fraction


@dataclass(frozen=True, slots=True)
class Rolletall:
    """A role: all its people together.

    ``personer``: their ids, none when the role stands for itself. ``antall``: how many they are (of participants: how
    many are enrolled on average). ``avsatt_i_uka``: minutes a whole week; ``avsatt``: in all the weeks.
    ``dager``: the days the role can be at work for the class: its school days, and the working days on which one of
    the role's rhythmic routines goes on in breaks. ``onsket``: the part of ``tid`` that is wished and not required.
    ``uker_over``: weeks above what is set aside.
    """

    rolle: str
    deltaker: bool
    personer: tuple[str, ...]
    antall: Fraction
    dager: int
    tid: Tid
    onsket: Fraction
    uker: tuple[Ukelast, ...]
    avsatt_i_uka: Fraction | None
    avsatt: Fraction | None
    uker_over: int
    rutiner: tuple[Del, ...]
    portefolje: Portefolje | None

    @property
    def antall_uker(self) -> Fraction:
        """The role's days as whole weeks."""
        return Fraction(self.dager, SKOLEDAGER_I_UKA)


@dataclass(frozen=True, slots=True)
class Persontall:
    """One person in a role; ``person`` None: the role without people. Never a participant."""

    rolle: str
    person: str | None
    tid: Tid
    uker: tuple[Ukelast, ...]


@dataclass(frozen=True, slots=True)
class Topp:
    """A week with much to do for one person (``person`` None: for the role together), and what makes it, most first."""

    rolle: str
    person: str | None
    uke: str
    tid: Tid
    deler: tuple[Del, ...]


@dataclass(frozen=True, slots=True)
class Hyppighet:
    """How often what is set aside for a role carries one routine.

    ``uker``: school weeks in which the routine applies to somebody. ``omganger``: rounds' worth of subjects – for an
    interval subject-weeks, for a count subject-periods. ``minutter``: one contact, of the role's people together.
    ``avsatt``: minutes in ``uker``; ``annet``: what the plan's other routines take in them; ``igjen``: the rest.
    ``mulig``: weeks between two contacts (interval; None: no time at all) or contacts a period (count); ``alene``: the
    same were all of it this routine's. ``regel``: what the rule says, in the same unit.
    """

    rolle: str
    rutine: str
    versjon: int
    slag: Literal["hver", "antall"]
    per: str
    niva: str
    regel: Fraction
    subjekter: Fraction
    uker: Fraction
    omganger: Fraction
    minutter: Fraction
    avsatt: Fraction
    annet: Fraction
    igjen: Fraction
    mulig: Fraction | None
    alene: Fraction | None
    rekker: bool


@dataclass(frozen=True, slots=True)
class Semestertall:
    """One participant's semester: minutes the others spend on the participant, and the participant's own."""

    semester: str
    ansatte: Fraction
    egen: Fraction


@dataclass(frozen=True, slots=True)
class Deltakertall:
    """One participant in the span; nothing of routines that are only for some benefits or groups."""

    deltaker: str
    ansatte: Fraction
    egen: Fraction
    semestre: tuple[Semestertall, ...]


@dataclass(frozen=True, slots=True)
class Turer:
    """Trips that take time: visits, the trips they take, and the visits whose place is not known."""

    besok: Fraction
    turer: Fraction
    uten_sted: Fraction


Utenfor = Literal["behov", "utlost"]
"""Why a routine gives no time here: need-based, or set off by events and contacts."""


@dataclass(frozen=True, slots=True)
class Belastning:
    """The workload of a class over a span.

    ``skoleuker``: school days in the span by five. ``deltakere``: enrolled on average, as scaled; ``faktor``: the
    scale. ``per_deltaker``: minutes of the others, and of the participant, for a typical participant over the span.
    ``topper``: the busiest weeks of each person, ``rolletopper`` of each role together.
    ``skjult``: whether something is left out of ``deltakertall`` because it would tell of a benefit or a group.
    ``uten_tid``: routines with points and no time; ``vanlig_tid``: with the usual length, for they say none.
    """

    forutsetninger: Forutsetninger
    uker: tuple[Uke, ...]
    skoledager: int
    deltakere: Fraction
    faktor: Fraction
    roller: tuple[Rolletall, ...]
    personer: tuple[Persontall, ...]
    topper: tuple[Topp, ...]
    rolletopper: tuple[Topp, ...]
    hyppighet: tuple[Hyppighet, ...]
    deltakertall: tuple[Deltakertall, ...]
    per_deltaker: tuple[Fraction, Fraction]
    skjult: bool
    turer: Turer
    utenfor: tuple[tuple[str, Utenfor], ...]
    uten_tid: tuple[str, ...]
    vanlig_tid: tuple[str, ...]
    uten_plass: int

    @property
    def skoleuker(self) -> Fraction:
        """School weeks in the span."""
        return Fraction(self.skoledager, SKOLEDAGER_I_UKA)
