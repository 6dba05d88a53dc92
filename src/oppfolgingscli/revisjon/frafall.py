"""How much those who left were followed up before they did, beside the others the same days. Pure, and descriptive.

No cause is looked for: follow-up may be less because somebody is leaving, or more because somebody saw it coming.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from oppfolgingscli.telling import select

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Subjekt
    from oppfolgingscli.hendelse import Logg
    from oppfolgingscli.vurder import Vurdering

#: Calendar days looked at, the last day included.
DAGER: Final = 90


@dataclass(slots=True)
class Frafall:
    """Follow-up before leaving, of some classes. ``Frafall()`` is the zero.

    ``sluttet``: participants whose last day is before the class's and not after ``per``; ``ble``: the others who had
    begun. ``kontakter``, ``dager``: contacts of those who left in their last ``DAGER`` days, and the days they were
    enrolled and not on leave then; ``uten``: those of them with no contact at all. A contact is a row that was held,
    names the participant (not everyone at once), each once.
    ``sammenlignet``: those who left of whom there were others in the class, enrolled all those days, who did not
    leave; ``egne_kontakter``, ``egne_dager``: theirs. ``andres_kontakter``, ``andres_dager``, ``andres_uten``: for
    each of them the mean of the others in the same days, added up; exact, so that the order of adding is nothing.
    """

    sluttet: int = 0
    ble: int = 0
    kontakter: int = 0
    dager: int = 0
    uten: int = 0
    sammenlignet: int = 0
    egne_kontakter: int = 0
    egne_dager: int = 0
    andres_kontakter: Fraction = Fraction(0)
    andres_dager: Fraction = Fraction(0)
    andres_uten: Fraction = Fraction(0)

    def __iadd__(self, other: Frafall) -> Frafall:  # noqa: PYI034 - no subclasses
        for f in fields(self):
            setattr(self, f.name, getattr(self, f.name) + getattr(other, f.name))
        return self


def frafall(vurdering: Vurdering, logg: Logg) -> Frafall:
    """Return how those who left one class were followed up, beside those who did not."""
    g, per = vurdering.gyldighet, vurdering.per.toordinal()
    held = select(g, logg, vurdering.per).av
    begun = [s for s in g.deltakerne if s.start <= per]
    left = [s for s in begun if s.slutt < g.slutt and s.slutt <= per]
    stayed = [s for s in begun if not (s.slutt < g.slutt and s.slutt <= per)]
    days = {s.id: sorted(k.dato.toordinal() for k in held.get(s.id, ()) if not k.alle) for s in begun}
    out = Frafall(sluttet=len(left), ble=len(stayed))
    for s in left:
        first = max(s.start, s.slutt - DAGER + 1)
        contacts, there = _between(days[s.id], first, s.slutt), _there(s, first, s.slutt)
        out.kontakter, out.dager, out.uten = out.kontakter + contacts, out.dager + there, out.uten + (not contacts)
        others = [o for o in stayed if o.start <= first and s.slutt <= o.slutt]
        if not others:
            continue
        counts = [_between(days[o.id], first, s.slutt) for o in others]
        out.sammenlignet += 1
        out.egne_kontakter, out.egne_dager = out.egne_kontakter + contacts, out.egne_dager + there
        out.andres_kontakter += Fraction(sum(counts), len(others))
        out.andres_dager += Fraction(sum(_there(o, first, s.slutt) for o in others), len(others))
        out.andres_uten += Fraction(counts.count(0), len(others))
    return out


def _between(days: list[int], first: int, last: int) -> int:
    return bisect_right(days, last) - bisect_left(days, first)


def _there(s: Subjekt, first: int, last: int) -> int:
    """Return the days from ``first`` to ``last`` the participant was not on leave."""
    return last - first + 1 - len(s.pausedager.klipp(first, last))
