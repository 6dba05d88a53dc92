"""What planning gives: meetings with a date and a time, and all-day deadline entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from datetime import date, time

    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.rutinesett import Rutine

Grunn = Literal["ingen_dager", "ingen_felles_dag", "for_lang", "for_tett", "fullt"]
"""Why a point has no time: no allowed day in its window · no weekday on which all its people work ·
longer than the day's hours · `minst_mellom` leaves no day · every allowed day is full."""

HELDAGSENDELSER: Final = ("rapport", "varsel", "melding", "tilbakemelding", "plan", "arshjul")
"""Types that end so are something delivered, not a meeting, when the routine gives no length."""
VANLIG_VARIGHET: Final = 60
_SISTE: Final = 24 * 60 - 1


@dataclass(frozen=True, slots=True)
class Mote:
    """Where one point is placed. ``personer`` are the ids of people, or of roles without people.

    ``start`` and ``slutt`` are local times in Europe/Oslo, None for all-day entries. ``grunn`` is set on
    a meeting that found no time, and then stands as an all-day entry on its deadline. ``sted``: where the
    people have put it (None: as the practice says).
    """

    punkt: Punkt
    dato: date
    start: time | None
    slutt: time | None
    heldag: bool
    personer: tuple[str, ...]
    grunn: Grunn | None = None
    sted: str | None = None


@dataclass(frozen=True, slots=True)
class Plassert:
    """Where ``plan.csv`` has a point. ``start`` None: all day. ``slutt`` None: after the routine's length."""

    dato: date
    start: time | None
    slutt: time | None
    sted: str | None = None

    def minutter(self, varighet: int) -> tuple[int, int] | None:
        """Return [start, end) in minutes from midnight, None for all day; ``varighet`` is the routine's."""
        if self.start is None:
            return None
        start = self.start.hour * 60 + self.start.minute
        if self.slutt is not None:
            return start, self.slutt.hour * 60 + self.slutt.minute
        return start, min(start + (varighet or VANLIG_VARIGHET), _SISTE)


def varighet_for(rutine: Rutine) -> int:
    """Return the minutes a meeting of this routine takes; 0 when it is an all-day entry."""
    if rutine.varighet is not None:
        return rutine.varighet
    return 0 if rutine.type.endswith(HELDAGSENDELSER) else VANLIG_VARIGHET
