"""Since when a required point is missing: the day after its last chance. Pure.

Used for two things only: the exit code of ``sjekk``, and «since» among the recently missed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from oppfolgingscli.modell.frekvens import Hver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppfolgingscli.tid.dagmengde import Dagmengde
    from oppfolgingscli.vurder.resultat import Vurdering, Vurdert

#: Calendar days back from the reporting date in which a deadline that passed is «recently missed».
NYLIG: Final = 60
#: Calendar days back in which a point that became missing makes ``sjekk`` end with code 1.
SVARKODE: Final = 30


class Mistet(NamedTuple):
    """A required point that is missing, and the first day it was (``siden``)."""

    vurdert: Vurdert
    siden: date


def missed_on(*, frist: int, sent_til: int | None, slutt: int) -> int:
    """Return the first day a point not done is ``mangler`` and no longer ``forfalt``; ordinals.

    Its last chance is the last day a late contact counts (``sent_til``, None: no limit) or the last day the
    subject is enrolled (``slutt``), whichever is first, and never before the deadline itself.
    """
    last = slutt if sent_til is None else min(sent_til, slutt)
    return max(frist, last) + 1


def missed_on_clock(*, sent_til: int | None, dager: Dagmengde, siste: int) -> int:
    """Return the same for a point of an interval routine, whose clock only moves on days of E; ordinals.

    The next deadline of the gap (``sent_til``) is passed on the first day of E after it. ``siste`` is the last
    date of E, pauses disregarded: the day after, the open gap is closed.
    """
    passed = None if sent_til is None else dager.nte(dager.plass(sent_til) + 1)
    return siste + 1 if passed is None else min(passed, siste + 1)


def missed(vurdering: Vurdering, punkter: Iterable[Vurdert] | None = None) -> list[Mistet]:
    """Return the required points that are missing, in the contract's order, each with the day it became so.

    ``punkter``: those of the judgement to look at (None: all).
    """
    g = vurdering.gyldighet
    subjects = {s.id: s for s in (g.klassen, *g.deltakerne)}
    versions = {(v.rutine.id, v.nr): v for v in g.opplegg.rutinesett.versjoner}
    out: list[Mistet] = []
    for x in vurdering.punkter if punkter is None else punkter:
        p = x.punkt
        if x.status != "mangler" or not p.krav or p.frist is None:
            continue
        s, v = subjects[p.subjekt], versions[p.rutine, p.versjon]
        late = p.sent_til.toordinal() if p.sent_til else None
        if isinstance(v.rutine.frekvens, Hver):
            last = g.dager(s, v, pauser=False).siste
            day = missed_on_clock(sent_til=late, dager=g.dager(s, v), siste=last)
        else:
            day = missed_on(frist=p.frist.toordinal(), sent_til=late, slutt=s.slutt)
        out.append(Mistet(x, date.fromordinal(day)))
    return out


def recently_missed(mangler: Iterable[Mistet], per: date) -> list[Mistet]:
    """Return those with a deadline in the last ``NYLIG`` days: per - NYLIG < frist ≤ per."""
    return [
        m for m in mangler if m.vurdert.punkt.frist and 0 <= (per - m.vurdert.punkt.frist).days < NYLIG
    ]  # fmt: skip


def is_newly_missing(mangler: Iterable[Mistet], per: date) -> bool:
    """Whether any became missing in the last ``SVARKODE`` days: per - SVARKODE < since ≤ per."""
    return any(0 <= (per - m.siden).days < SVARKODE for m in mangler)
