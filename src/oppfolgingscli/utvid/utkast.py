"""What one version makes for one subject, before ids and late limits are known: drafts of points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.modell.rutinesett import Versjon


#: What the points of one draft share: routine, end of the id, and the fields before and after the subject.
Ferdig = tuple[str, str, tuple[str, str, int, str], tuple[Any, ...]]


@dataclass(slots=True)
class Utkast:
    """A point in the making. Days are ordinals. ``sent_til`` is set here only when the version says so itself.

    ``frist_bygger_pa`` names the entered, unconfirmed dates of the school calendar that the deadline
    rests on, as (school year, part). ``ferdig`` is set when the first point is made of it: see ``to_punkt``.
    """

    versjon: Versjon
    periode: str
    nr: int
    krav: bool
    delvis: bool
    fra: int
    mal: int | None
    tempo: int | None
    frist: int | None
    sent_til: int | None = None
    frist_bygger_pa: list[tuple[str, str]] = field(default_factory=list)
    ferdig: Ferdig | None = None


def velg_mal(x: Sequence[int], helst: str | None, number: int) -> int:
    """Return the day to plan a point: the ``number``-th counted day (from 1), or the first or last (``helst``)."""
    if helst is None:
        return x[number - 1]
    return x[0] if helst == "start" else x[-1]


@dataclass(slots=True)
class Rutineutkast:
    """All drafts of one routine for one subject, over its versions, and where its windows open.

    ``vinduer`` are the first days of the windows; a late contact for one window may count until the day
    before the next one opens.
    """

    utkast: list[Utkast] = field(default_factory=list)
    vinduer: set[int] = field(default_factory=set)
