"""What is counted for each cell of the audit's tables: whole numbers that add up, and the measures made of them. Pure.

A participant is in one class, so the cells of the classes, added, are the cells of all: a commutative monoid, with
``Celle()`` as its zero. The measures are those of ``maltall`` and of no other definition.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from oppfolgingscli.maltall.andeler import Telling, interval, mean_share, share, sums
from oppfolgingscli.maltall.forsinkelse import Ventetid, quantile, survival
from oppfolgingscli.maltall.visninger import rounded, rounded_pair

if TYPE_CHECKING:
    from oppfolgingscli.maltall.klokke import Lengst

#: The tables of the audit, by what their rows are told apart by; ``()`` is everything together.
VISNINGER: Final[tuple[tuple[str, ...], ...]] = (
    (),
    ("type",),
    ("semester",),
    ("type", "semester"),
    ("grunnlag",),
    ("grunnlag", "type"),
    ("gruppe",),
    ("gruppe", "type"),
    ("fylke",),
    ("fylke", "type"),
    ("fylke", "skole"),
    ("fylke", "skole", "type"),
    ("rutinesett", "rutine"),
    ("rutinesett", "rutine", "versjon"),
)
#: Tables in which interval routines are in the shares, as in a report's row for one routine. In the others, which
#: pool routines, they are counted and have their days covered, but no part in the shares.
ENKELTRUTINER: Final = frozenset(v for v in VISNINGER if "rutine" in v)
#: Tables with delays: elsewhere ``ventetid`` is empty.
MED_VENTETID: Final = frozenset({("type",), ("rutinesett", "rutine")})


class Nokkel(NamedTuple):
    """Which row of which table: one of ``VISNINGER``, and the value of each of its parts.

    ``type``: the code of the version that made the point. ``semester``: ``2024-host``, of the deadline. ``grunnlag``:
    skriftlig, praksis or planlagt, of the version. ``gruppe``: the participant's on the deadline, "" for none; points
    of the class are in no row of these tables. ``versjon``: its number. ``fylke``, ``skole``: "" when not given.
    """

    visning: tuple[str, ...]
    verdier: tuple[str, ...]


@dataclass(slots=True)
class Celle:
    """The sums behind one row.

    ``i_tide`` … ``mangler``: judged points by status; ``fritatt``: exempt ones with a deadline old enough.
    ``n_deltakere``, ``n_klasser``: participants, and classes as subjects, with a judged point. ``n_fritatte``:
    participants with an exempt one and no judged one. ``n_dose``: participants with a point that is in the dose.
    ``n_klokke``: participants with a day on a clock of the row, or a gap. ``klassepunkter``: those of the judged and
    exempt points that are the class's.
    The rest, but for the clocks, is of the points that are in the shares (all in ``ENKELTRUTINER``, else not those of
    interval routines):
    ``tellinger``: how many participants contribute (on time, judged) alike; ``klassetellinger``: so for classes.
    ``gjort``: judged and done, in time or late. ``andel_fritatt``: exempt. ``gevinst``: points not on time that
    leftover contacts could have made so, Σ over (routine, subject) of the lesser; leftovers of the semester in the
    tables by semester. ``levert_kuttet``, ``levert``, ``pakrevd``: the sums of the dose.
    ``dekket``, ``dekkbare``: over (routine, subject) with a judged point of the row, interval routines too: who was
    met the first time, and how many there are. ``ventetid``: days and whether done, of required points; the tables
    in ``MED_VENTETID`` only, interval routines too.
    ``dager_dekket``, ``dager``: clock days of interval routines; ``lengst``: the longest gap.
    """

    i_tide: int = 0
    for_sent: int = 0
    forfalt: int = 0
    mangler: int = 0
    fritatt: int = 0
    n_deltakere: int = 0
    n_klasser: int = 0
    n_fritatte: int = 0
    n_dose: int = 0
    n_klokke: int = 0
    klassepunkter: int = 0
    tellinger: Counter[Telling] = field(default_factory=Counter)
    klassetellinger: Counter[Telling] = field(default_factory=Counter)
    gjort: int = 0
    andel_fritatt: int = 0
    gevinst: int = 0
    levert_kuttet: int = 0
    levert: int = 0
    pakrevd: int = 0
    dekket: int = 0
    dekkbare: int = 0
    dager_dekket: int = 0
    dager: int = 0
    lengst: Lengst | None = None
    ventetid: Counter[Ventetid] = field(default_factory=Counter)

    @property
    def bedomt(self) -> int:
        """Judged points."""
        return self.i_tide + self.for_sent + self.forfalt + self.mangler

    @property
    def andel_av(self) -> tuple[int, int]:
        """The on-time share as (on time, judged)."""
        people, classes = sums(self.tellinger), sums(self.klassetellinger)
        return people[0] + classes[0], people[1] + classes[1]

    def __iadd__(self, other: Celle) -> Self:
        for name in _TALL:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in _TELLERE:
            getattr(self, name).update(getattr(other, name))
        if other.lengst is not None:
            self.lengst = other.lengst if self.lengst is None else max(self.lengst, other.lengst)
        return self

    def __add__(self, other: Celle) -> Celle:
        out = Celle()
        out += self
        out += other
        return out

    def __bool__(self) -> bool:
        """Whether there is anything to tell: something judged, exempt, waited for or on a clock."""
        return bool(self.bedomt or self.fritatt or self.dager or self.ventetid or self.lengst)


_TELLERE: Final = ("tellinger", "klassetellinger", "ventetid")
_TALL: Final = tuple(f.name for f in fields(Celle) if f.name not in (*_TELLERE, "lengst"))

Celler = dict[Nokkel, Celle]


def merge_celler(til: Celler, fra: Celler) -> None:
    """Add the cells of ``fra`` to those of ``til``."""
    for key, celle in fra.items():
        if key not in til:
            til[key] = Celle()
        til[key] += celle


@dataclass(frozen=True, slots=True, kw_only=True)
class Maal:
    """The measures of one cell, as ``maltall.rad.Rad`` has them: shares 0–1 with at most 6 decimals; None: not there.

    ``i_tide_andel`` is of ``andel_av``; its interval and the mean of the participants' own shares are only where
    every point of it is a participant's.
    """

    bedomt: int
    i_tide: int
    for_sent: int
    forfalt: int
    mangler: int
    fritatt: int
    n_deltakere: int
    n_klasser: int
    andel_av: tuple[int, int] | None
    i_tide_andel: float | None
    i_tide_kl: tuple[float, float] | None
    i_tide_andel_snitt: float | None
    gjort_andel: float | None
    grenser: tuple[float, float] | None
    dose: float | None
    dose_ukuttet: float | None
    dekning: float | None
    dager_dekket: float | None
    klokkedager: tuple[int, int] | None
    lengste_gap: int | None
    gap_apent: bool
    forsinkelse_median: int | None
    forsinkelse_p90: int | None


def maal(c: Celle) -> Maal:
    """Return the measures of a cell (docs/semantikk.md, "Måltall")."""
    on_time, judged = c.andel_av
    curve = survival(c.ventetid)
    return Maal(
        bedomt=c.bedomt, i_tide=c.i_tide, for_sent=c.for_sent, forfalt=c.forfalt, mangler=c.mangler,
        fritatt=c.fritatt, n_deltakere=c.n_deltakere, n_klasser=c.n_klasser,
        andel_av=(on_time, judged),
        i_tide_andel=rounded(share(on_time, judged)),
        i_tide_kl=None if c.klassetellinger else rounded_pair(interval(c.tellinger)),
        i_tide_andel_snitt=rounded(mean_share(c.tellinger)),
        gjort_andel=rounded(share(c.gjort, judged)),
        grenser=rounded_pair((on_time / (judged + c.andel_fritatt), (on_time + c.gevinst) / judged)) if judged else None,
        dose=rounded(share(c.levert_kuttet, c.pakrevd)),
        dose_ukuttet=rounded(share(c.levert, c.pakrevd)),
        dekning=rounded(share(c.dekket, c.dekkbare)),
        dager_dekket=rounded(share(c.dager_dekket, c.dager)),
        klokkedager=(c.dager_dekket, c.dager) if c.dager else None,
        lengste_gap=c.lengst.dager if c.lengst else None,
        gap_apent=c.lengst is not None and c.lengst.apent,
        forsinkelse_median=quantile(curve, 0.5),
        forsinkelse_p90=quantile(curve, 0.9),
    )  # fmt: skip
