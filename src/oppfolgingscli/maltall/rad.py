"""One row of a report: every measure of some judged points, as it is shown everywhere."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Rapport:
    """The rows of a class: each routine in all periods, then semester by semester; and everything together."""

    rader: tuple[Rad, ...]
    totalt: Rad
    pausedager: int
