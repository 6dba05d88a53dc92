"""What a report holds: rows of measures, and all that its tables, pictures and findings are made from.

Every output shows these figures and no others. Frozen; shares are 0–1 with at most 6 decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.maltall.forsinkelse import Trinn


@dataclass(frozen=True, slots=True, kw_only=True)
class Rad:
    """The measures of one routine in one period (``periode`` None: all), or of everything (``rutine`` None).

    Shares are 0–1 with at most 6 decimals; None is an empty denominator, or a measure the row does not have.
    ``n_deltakere``: participants with a judged point; in the rows of a class-level routine the class, as 1.
    Delays are calendar days, gaps clock days. The fields up to ``i_tide_andel_snitt`` are those of machine output,
    in its order.
    """

    rutine: str | None
    type: str | None
    niva: str | None
    periode: str | None
    n_deltakere: int
    bedomt: int
    i_tide: int
    for_sent: int
    forfalt: int
    mangler: int
    fritatt: int
    i_tide_andel: float | None
    i_tide_kl: tuple[float, float] | None
    gjort_andel: float | None
    dose: float | None
    dose_ukuttet: float | None
    dekning: float | None
    dager_dekket: float | None
    forsinkelse_median: int | None
    forsinkelse_p90: int | None
    lengste_gap: int | None
    grenser: tuple[float, float] | None
    ansvarlig: str | None
    i_tide_andel_snitt: float | None
    #: Shares: (on time, of how many). In the row of everything interval routines are left out of it.
    andel_av: tuple[int, int]
    #: Whether the longest gap is open: at least that long.
    gap_apent: bool = False
    #: (covered, all) clock days, of interval routines.
    klokkedager: tuple[int, int] | None = None
    #: Points the delay is estimated from: those that have opened and are not exempt.
    ventetider: int = 0


@dataclass(frozen=True, slots=True)
class Gruppe:
    """One row of a view: everything that shares a type, role, person, semester or group (``nokkel``; "" = none).

    The row pools routines, so it has no routine, coverage or delay, and shares leave interval routines out.
    """

    nokkel: str
    rad: Rad


@dataclass(frozen=True, slots=True)
class Endring:
    """How a share changed from the first to the last semester with something judged (``rutine`` None: everything).

    ``mal``: ``i_tide_andel``, or ``dager_dekket`` of an interval routine. ``av_fra``, ``av_til``: (part, whole).
    ``endring``: the difference, −1 to 1; ``kl``: its 95 % interval, None with fewer than ten participants or
    when nothing varies.
    """

    rutine: str | None
    mal: str
    fra: str
    til: str
    av_fra: tuple[int, int]
    av_til: tuple[int, int]
    andel_fra: float
    andel_til: float
    endring: float
    kl: tuple[float, float] | None
    n_deltakere: int


@dataclass(frozen=True, slots=True)
class Kurve:
    """How long it took: of ``antall`` points ``gjort`` are done; ``trinn``: the estimated share still undone.

    ``siste``: the longest time any of them was watched, calendar days; the curve says nothing after it.
    """

    rutine: str
    antall: int
    gjort: int
    trinn: tuple[Trinn, ...]
    siste: int


@dataclass(frozen=True, slots=True)
class Utsagn:
    """A finding: what kind (``kode``), about which routine (None: everything), and its figures by name.

    ``folger``: findings that belong in the same sentence.
    """

    kode: str
    rutine: str | None
    tall: Mapping[str, int | float | str | None]
    folger: tuple[Utsagn, ...] = ()


@dataclass(frozen=True, slots=True)
class Bedomt:
    """A required point behind the figures. ``bedomt``: it is judged, and so in a denominator.

    ``skjermet``: the routine is only for some benefits or groups, so the row would tell which about its subject.
    """

    punkt: Punkt
    status: str
    kontakt: str | None
    kontakt_dato: date | None
    dager_sen: int | None
    bedomt: bool
    skjermet: bool


@dataclass(frozen=True, slots=True)
class Linjekontakt:
    """A contact that counts for some routine. ``kreditert``: a point was done by it. ``skjermet``: as in ``Bedomt``."""

    id: str
    dato: date
    type: str
    kreditert: bool
    skjermet: bool


@dataclass(frozen=True, slots=True)
class Maned:
    """One participant's month (``2024-03``): judged points with their deadline in it, contacts, and days.

    Without what is ``skjermet``: a count of four beside three that are named would tell there is a fourth.

    ``dager``: calendar days enrolled in it up to ``per``; ``pausedager``: those of them in a pause.
    """

    maned: str
    i_tide: int
    bedomt: int
    kontakter: int
    pausedager: int
    dager: int


@dataclass(frozen=True, slots=True)
class Deltakerlinje:
    """One participant's course up to ``per``: closed pauses, contacts, required points, and months, by date."""

    deltaker: str
    start: date
    slutt: date
    pauser: tuple[tuple[date, date], ...]
    kontakter: tuple[Linjekontakt, ...]
    punkter: tuple[Bedomt, ...]
    maneder: tuple[Maned, ...]


@dataclass(frozen=True, slots=True)
class Rapport:
    """The rows of a class: each routine in all periods, then semester by semester; and everything together.

    ``visninger``: by ``type``, ``rolle``, ``person``, ``semester`` and ``gruppe``. ``underlag``: every required
    point that has opened, so that any figure can be counted again.
    """

    rader: tuple[Rad, ...]
    totalt: Rad
    pausedager: int
    visninger: Mapping[str, tuple[Gruppe, ...]] = field(default_factory=dict)
    endringer: tuple[Endring, ...] = ()
    kurver: tuple[Kurve, ...] = ()
    utsagn: tuple[Utsagn, ...] = ()
    deltakere: tuple[Deltakerlinje, ...] = ()
    underlag: tuple[Bedomt, ...] = ()
