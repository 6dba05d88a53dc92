"""What a judgement of a class holds: points with their status, agreements, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.gyldighet import Gyldighet
    from oppfolgingscli.hendelse import Avtale, Kontakt, Punkt, Varsel
    from oppfolgingscli.telling import Telt
    from oppfolgingscli.utvid import Utvidelse


@dataclass(frozen=True, slots=True)
class Vurdert:
    """A point with what became of it. ``dager_sen``: calendar days; clock days for interval routines.

    ``forsok``: ids of no-shows and cancellations in its window. ``oppdaget_etter``: days from the event to
    its discovery. ``om_slutten``: the point is about the subject's ending, and never cut off by it.
    """

    punkt: Punkt
    status: str
    kontakt: Kontakt | None = None
    dager_sen: int | None = None
    flagg: tuple[str, ...] = ()
    forsok: tuple[str, ...] = ()
    oppdaget_etter: int | None = None
    apent_gap: bool = False
    om_slutten: bool = False


@dataclass(frozen=True, slots=True)
class VurdertAvtale:
    """An agreed measure with its status."""

    avtale: Avtale
    status: str
    dager_sen: int | None


@dataclass(slots=True)
class Vurdering:
    """Everything known about a class on ``per``; points in the contract's order.

    ``telt``: (rutine, versjon, subjekt) -> the contacts that count. ``kreditert``: ids of contacts credited.
    """

    per: date
    kjent: date | None
    utvidelse: Utvidelse
    punkter: list[Vurdert] = field(default_factory=list)
    avtaler: list[VurdertAvtale] = field(default_factory=list)
    utover_plan: list[str] = field(default_factory=list)
    ufullstendige: list[str] = field(default_factory=list)
    ikke_talt: list[tuple[str, str]] = field(default_factory=list)
    funn: list[Varsel] = field(default_factory=list)
    pausedager: dict[str, int] = field(default_factory=dict)
    telt: dict[tuple[str, int, str], Telt] = field(default_factory=dict)

    @property
    def gyldighet(self) -> Gyldighet:
        """Eligible days and calendar the points were made with."""
        return self.utvidelse.gyldighet
