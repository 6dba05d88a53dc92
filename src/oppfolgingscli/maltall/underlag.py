"""What the measures are made from: the points that are judged, and what became of every contact. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.rutinesett import Hver
from oppfolgingscli.vurder.arbeid import in_force

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.hendelse import Kontakt, Punkt
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.tid.perioder import Periode
    from oppfolgingscli.vurder import Vurdering, Vurdert

#: Statuses that are judged.
BEDOMTE: Final = ("i_tide", "for_sent", "forfalt", "mangler")


class Underlag:
    """A judgement seen as something to be counted, with a reporting lag of ``lag`` calendar days."""

    def __init__(self, vurdering: Vurdering, lag: int) -> None:
        """Index the judgement."""
        g = vurdering.gyldighet
        self.vurdering = vurdering
        self.per = vurdering.per.toordinal()
        self.siste_frist = self.per - lag
        self.subjekter = {s.id: s for s in (g.klassen, *g.deltakerne)}
        self.versjoner: dict[str, list[Versjon]] = {}
        for v in g.opplegg.rutinesett.versjoner:
            self.versjoner.setdefault(v.rutine.id, []).append(v)
        self._versjon = {(v.rutine.id, v.nr): v for v in g.opplegg.rutinesett.versjoner}
        self.pakrevde: dict[str, list[Vurdert]] = {rutine: [] for rutine in self.versjoner}
        self.kreditert: dict[str, dict[str, set[str]]] = {}
        self._datoer: dict[tuple[str, int, str], list[date]] = {}
        for x in vurdering.punkter:
            p = x.punkt
            if p.krav:
                self.pakrevde[p.rutine].append(x)
            if x.kontakt is not None:
                self.kreditert.setdefault(p.subjekt, {}).setdefault(x.kontakt.id, set()).add(p.rutine)

    def versjon(self, x: Vurdert) -> Versjon:
        """Return the version that made the point."""
        return self._versjon[x.punkt.rutine, x.punkt.versjon]

    def is_intervall(self, x: Vurdert) -> bool:
        """Whether the point is an interval routine's."""
        return isinstance(self.versjon(x).rutine.frekvens, Hver)

    def is_judged(self, x: Vurdert) -> bool:
        """Whether a required point is judged.

        Its deadline is at least the lag before ``per`` and not after the day the subject ended (points about the
        ending itself always), and it is on time, late, overdue or missing. What leaving cut short is judged
        neither when done nor when not.
        """
        frist = x.punkt.frist
        if not x.punkt.krav or x.status not in BEDOMTE or frist is None or frist.toordinal() > self.siste_frist:
            return False
        slutt = self.subjekter[x.punkt.subjekt].slutt
        return self.per <= slutt or frist.toordinal() <= slutt or x.om_slutten

    def is_excused(self, x: Vurdert) -> bool:
        """Whether a required point is exempt, with a deadline at least the lag before ``per``."""
        frist = x.punkt.frist
        return x.punkt.krav and x.status == "fritatt" and frist is not None and frist.toordinal() <= self.siste_frist

    def delivered(self, punkter: Iterable[Vurdert]) -> int:
        """Return the counted contacts in [fra, frist] of some points of one routine and subject.

        Matched or not, each once, less those credited to another routine and not to this one.
        """
        found: set[str] = set()
        for x in punkter:
            p = x.punkt
            credited = self.kreditert.get(p.subjekt, {})
            found.update(k.id for k in self._in_window(p) if p.rutine in credited.get(k.id, {p.rutine}))
        return len(found)

    def has_contact(self, x: Vurdert) -> bool:
        """Whether a contact that counts for the routine lies in [fra, frist] of the point, credited to it or not."""
        return bool(self._in_window(x.punkt))

    def _in_window(self, p: Punkt) -> Sequence[Kontakt]:
        """Return the contacts that count for the routine in [fra, frist]; none without a deadline."""
        if p.frist is None:
            return ()
        key = p.rutine, p.versjon, p.subjekt
        counted = self.vurdering.telt[key].teller  # by date
        if key not in self._datoer:
            self._datoer[key] = [k.dato for k in counted]
        days = self._datoer[key]
        return counted[bisect_left(days, p.fra) : bisect_right(days, p.frist)]

    def leftover(self, rutine: str, subjekt: str, periode: Periode | None) -> int:
        """Return the contacts that count for a routine in force that day and are credited to none of the subject's points.

        Of those dated in ``periode`` (None: all).
        """
        credited = self.kreditert.get(subjekt, {})
        found: dict[str, Kontakt] = {
            k.id: k
            for v in self.versjoner[rutine]
            if (rutine, v.nr, subjekt) in self.vurdering.telt
            for k in self.vurdering.telt[rutine, v.nr, subjekt].teller
            if k.id not in credited and in_force(v, k.dato)
        }
        return sum(periode is None or periode.fra <= k.dato <= periode.til for k in found.values())
