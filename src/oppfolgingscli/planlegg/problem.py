"""What ``plan`` is asked and what it answers: points to place, whom and what they need, and where they went.

Days are ordinals (``date.toordinal``), times are minutes from midnight in Europe/Oslo. Spans of days are
closed, spans of minutes half-open ``[start, end)``. Meetings start on whole quarters. Nothing in here decides anything;
``kostnad.py`` says what a plan costs, ``kontroll.py`` whether it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from oppfolgingscli.modell.klasse import REISETID

if TYPE_CHECKING:
    from oppfolgingscli.planlegg.folk import Ressurs
    from oppfolgingscli.planlegg.timeplan import Tidsrom

MIDDAG: Final = 12 * 60
"""A meeting that starts later is not in the morning."""


@dataclass(frozen=True, slots=True)
class Vekter:
    """What a plan costs; whole numbers, the plan with the least sum is best.

    The three first are so far apart that each comes before all that follow: a required point is placed
    before a wished one, a wished one before any meeting stays where it was, and that before every
    preference. The rest is in days: ``tur = 10`` says that a trip saved is worth meeting ten days from target.
    ``tett`` comes before the rest of them: it gives way to a place for another and to what stood before, and to
    nothing else but very many days.
    """

    uplassert: int = 1_000_000
    """A required point without a place."""
    uplassert_onske: int = 100_000
    """A wished point without a place."""
    flyttet_dag: int = 2_000
    """A meeting on another day than in the earlier plan."""
    flyttet_tid: int = 1_000
    """A meeting on the same day as in the earlier plan, at another time."""
    dag: int = 1
    """Each calendar day from the target."""
    utenfor_delen: int = 7
    """Outside the point's own share of its window (before the previous one's pace, or after its own)."""
    feil_sted: int = 30
    """A talk on one of the participant's practice days."""
    tur: int = 10
    """Each trip: one traveller to one place on one day, however many are met there."""
    ukedag: int = 2
    """Each meeting off the weekday most of its kind with the subject have."""
    tett: int = 100
    """Each pair of a kind closer than their ``Avstand``; twice that when closer than half of it."""
    ettermiddag: int = 1
    """Each started hour from 12:00 to the start."""


class Plass(NamedTuple):
    """A day and a start; ``start`` None is all day (a delivery)."""

    dag: int
    start: int | None


@dataclass(frozen=True, slots=True)
class Kapasitet:
    """What one resource can take. ``dager``: weekdays, Monday 0; ``opptatt``: busy times by day, not ours.

    ``ressurs`` is unique over all classes of the problem: the one who builds it decides who is the same person.
    """

    ressurs: Ressurs
    dager: frozenset[int]
    maks_per_dag: int
    opptatt: Mapping[int, tuple[Tidsrom, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Oppgave:
    """One point to place.

    ``id`` is the point's. ``minutter`` 0 is a delivery: it takes a date and nobody's time. ``tillatt``: the days
    the rule, the calendar and the practice allow, in order, from ``fra`` to some weeks past ``til`` (those are
    only for asking what a later deadline would help); the people's weekdays are not in it. ``pris``: what each of
    those days costs by itself. ``sted``: by day, the workplace (a visit); a day without is at the school.
    ``ressurser`` must all be there; ``reisende``, among them, travel to ``sted``. ``serie``: the same routine
    with the same subject; ``takt``: those that would share a weekday. ``tidligere``: where an earlier plan
    has it; ``fast``: it stands there whatever it collides with (held, or locked by its people).
    """

    id: str
    klasse: str
    rutine: str
    subjekt: str
    krav: bool
    minutter: int
    tidsrom: Tidsrom
    ressurser: tuple[Ressurs, ...]
    reisende: tuple[Ressurs, ...]
    navn: tuple[str, ...]
    """The people, roles and participants as their workspace names them (``Mote.personer``)."""
    fra: int
    til: int
    tillatt: tuple[int, ...]
    pris: tuple[int, ...]
    sted: Mapping[int, str]
    serie: str
    takt: str
    tidligere: Plass | None = None
    fast: Plass | None = None


@dataclass(frozen=True, slots=True)
class Serie:
    """Meetings of one routine with one subject: ``tidligst[d]`` is the first day another may be after ``d``.

    A day that is not in ``tidligst`` has the day after. ``minst``: what the rule says, in calendar days, about.
    """

    id: str
    oppgaver: tuple[str, ...]
    tidligst: Mapping[int, int]
    minst: int = 1


@dataclass(frozen=True, slots=True)
class Kjede:
    """Consecutive points of an interval: each after the one before, and no later than ``senest[d]`` when that is on d."""

    oppgaver: tuple[str, ...]
    senest: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Avstand:
    """Two meetings of one routine with one subject, and how many calendar days apart is far enough.

    A preference, not a rule: closer costs ``Vekter.tett``. Two of a chain come in its order, others in either.
    """

    oppgaver: tuple[str, str]
    dager: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a plan must respect. ``oppgaver`` in the order of their ids; ``kapasitet`` by resource.

    ``reise``: minutes each way between the school and a workplace. ``per``: the first day that may be planned.
    """

    oppgaver: tuple[Oppgave, ...]
    kapasitet: Mapping[Ressurs, Kapasitet]
    serier: tuple[Serie, ...] = ()
    kjeder: tuple[Kjede, ...] = ()
    reise: int = REISETID
    per: int = 0
    vekter: Vekter = field(default_factory=Vekter)
    avstander: tuple[Avstand, ...] = ()


@dataclass(frozen=True, slots=True)
class Forslag:
    """Where one point went. ``start``/``slutt`` None: all day. ``flyttet``: an earlier plan had it elsewhere."""

    oppgave: str
    dag: int
    start: int | None
    slutt: int | None
    sted: str | None
    fast: bool
    flyttet: bool


Arsakskode = Literal["ingen_dager", "ingen_felles_dag", "for_lang", "for_tett", "opptatt", "fullt"]
"""No allowed day in the window · no weekday on which all its people work · longer than the day ·
``minst_mellom`` or the interval leaves no day · busy times leave none · capacity is used up."""
Lettelsesslag = Literal["ukedag", "maks_per_dag", "tidsrom", "frist", "minst_mellom"]


@dataclass(frozen=True, slots=True)
class Lettelse:
    """One change that was tried, and helped: with it alone ``plasserer`` of the cause's points found a place.

    ``verdi``: ukedag: the weekday (Monday 0) · maks_per_dag: the new number, for all · tidsrom: minutes longer a day ·
    frist: calendar days later · minst_mellom: the new distance in calendar days.
    """

    slag: Lettelsesslag
    ressurs: Ressurs | None
    verdi: int
    plasserer: int


@dataclass(frozen=True, slots=True)
class Arsak:
    """Why some points have no place, in numbers.

    ``oppgaver``: the points without a place. ``ressurs``: who has too little, None when it is nobody's time.
    ``antall`` points must share ``uker`` (closed, ISO year and week) with that resource; together they need
    ``mangler`` minutes more than there are (0 where it is not minutes that lack). ``dager`` and ``tidsrom``
    are the resource's (else the points'), ``maks_per_dag`` its limit. ``lettelser``: the smallest first.
    """

    kode: Arsakskode
    oppgaver: tuple[str, ...]
    ressurs: Ressurs | None
    antall: int
    minutter: int
    mangler: int
    uker: tuple[tuple[int, int], tuple[int, int]]
    dager: tuple[int, ...]
    tidsrom: Tidsrom
    maks_per_dag: int
    lettelser: tuple[Lettelse, ...] = ()


Status = Literal["optimal", "gyldig"]
"""``optimal``: proven to be the least. ``gyldig``: it holds, and nobody knows whether a better one exists."""


@dataclass(frozen=True, slots=True)
class Losning:
    """A plan. ``mal``: what it costs; ``grense``: what every plan costs at least (None: not known)."""

    forslag: tuple[Forslag, ...]
    uplassert: tuple[str, ...]
    mal: int
    grense: int | None
    status: Status
    metode: Literal["eksakt", "grisk"]
    arsaker: tuple[Arsak, ...] = ()

    @property
    def gap(self) -> float | None:
        """How far from the least it may be: (mal − grense)/mal, 0–1; None when no bound is known."""
        if self.grense is None:
            return None
        return max(0, self.mal - self.grense) / self.mal if self.mal else 0.0
