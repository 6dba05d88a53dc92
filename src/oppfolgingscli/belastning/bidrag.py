"""From placed points to time: who spends how many minutes on which day, with trips shared where they can be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from oppfolgingscli.belastning.rad import NULL, Forutsetninger, Tid, Turer
from oppfolgingscli.modell.ord import DELTAKER
from oppfolgingscli.planlegg.folk import Folk, Ressurs
from oppfolgingscli.planlegg.mote import varighet_for
from oppfolgingscli.planlegg.steder import Steder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from oppfolgingscli.gyldighet import Gyldighet
    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.klasse import Person
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.planlegg.mote import Mote

Tur = tuple[Ressurs, int, str]
"""Who travels, the day (ordinal), and where to."""


@dataclass(frozen=True, slots=True)
class Bidrag:
    """What one point takes of one resource's time. ``vekt``: how many such there are, when the class is scaled.

    ``tid`` is weighted already. ``rolle``: the role the resource has in this point.
    """

    rolle: str
    ressurs: Ressurs
    dag: int
    punkt: Punkt
    tid: Tid
    vekt: Fraction


def contributions(
    g: Gyldighet,
    moter: Sequence[Mote],
    folk: Folk,
    personer: Mapping[str, Person],
    f: Forutsetninger,
    faktor: Fraction,
) -> tuple[list[Bidrag], Turer]:
    """Return the contributions inside the span, and the trips they take.

    Everyone in a role that is responsible or takes part is there once, whatever the number of participants in the
    meeting. ``faktor``: what is about one participant, and the participants' own time, counts so many times.
    """
    return _Teller(g, folk, personer, f, faktor).run(moter)


class _Teller:
    def __init__(
        self, g: Gyldighet, folk: Folk, personer: Mapping[str, Person], f: Forutsetninger, faktor: Fraction
    ) -> None:
        self._versjoner = {(v.rutine.id, v.nr): v for v in g.opplegg.rutinesett.versjoner}
        self._roller = g.opplegg.rutinesett.roller
        self._steder = Steder(g.opplegg.deltakere)
        self._spenn = {s.id: (s.start, s.slutt) for s in g.deltakerne}
        self._folk = folk
        self._personer = personer
        self._f = f
        self._faktor = faktor
        self._besok = self._turer = self._uten_sted = NULL

    def run(self, moter: Sequence[Mote]) -> tuple[list[Bidrag], Turer]:
        out: list[Bidrag] = []
        trips: defaultdict[Tur, list[int]] = defaultdict(list)
        for mote in moter:
            if not self._f.fra <= mote.dato <= self._f.til:
                continue
            v = self._versjoner[mote.punkt.rutine, mote.punkt.versjon]
            for one in self._of(mote, v):
                if one.tid.reise:
                    place = self._place(mote, v, one.ressurs)
                    self._besok += one.vekt
                    if place is None:
                        self._turer += one.vekt
                        self._uten_sted += one.vekt
                    else:
                        trips[place].append(len(out))
                out.append(one)
        for visits in trips.values():
            self._share(out, visits)
        return out, Turer(self._besok, self._turer, self._uten_sted)

    def _of(self, mote: Mote, v: Versjon) -> Iterator[Bidrag]:
        p, day = mote.punkt, mote.dato.toordinal()
        minutes = Fraction(self._minutes(mote, v))
        prepare, travel = Fraction(self._f.forberedelse.get(p.rutine, 0)), Fraction(self._f.reise.get(p.rutine, 0))
        for ressurs, rolle in self._present(p, day).items():
            own = ressurs.slag == "deltaker"
            weight = self._faktor if own or p.niva == "deltaker" else Fraction(1)
            yield Bidrag(
                rolle, ressurs, day, p,
                Tid(
                    minutes * weight,
                    prepare * weight if rolle == p.ansvarlig else NULL,
                    travel * weight if self._travels(ressurs, rolle) else NULL,
                ),
                weight,
            )  # fmt: skip

    def _minutes(self, mote: Mote, v: Versjon) -> int:
        """Return the length asked for, else as the plan has it, else the routine's."""
        asked = self._f.varighet.get(v.rutine.id)
        if asked is not None:
            return asked
        if mote.start is None or mote.slutt is None:
            return varighet_for(v.rutine)
        return (mote.slutt.hour - mote.start.hour) * 60 + mote.slutt.minute - mote.start.minute

    def _present(self, p: Punkt, day: int) -> dict[Ressurs, str]:
        """Return everyone in the point's roles with the first role each of them has in it."""
        subject = p.subjekt if p.niva == "deltaker" else None
        found: dict[Ressurs, str] = {}
        for rolle in (p.ansvarlig, *p.deltar):
            if subject is None and self._folk.er_deltaker(rolle):
                who = tuple(Ressurs("deltaker", s) for s, (a, b) in self._spenn.items() if a <= day <= b)
            else:
                who = self._folk.i_rolle(rolle, subject)
            for ressurs in who:
                found.setdefault(ressurs, rolle)
        return found

    def _travels(self, ressurs: Ressurs, rolle: str) -> bool:
        """Whether someone comes from elsewhere: not the participant, nor those who work at the workplace."""
        own = self._personer[ressurs.id].rolle if ressurs.slag == "person" else rolle
        found = self._roller.get(own)
        return ressurs.slag != "deltaker" and (found is None or found.etat not in {DELTAKER, "bedrift"})

    def _place(self, mote: Mote, v: Versjon, ressurs: Ressurs) -> Tur | None:
        """Return the trip: to where the plan says, else to the participant's workplace that day; None: not known."""
        p, day = mote.punkt, mote.dato.toordinal()
        place = mote.sted
        if place is None and p.niva == "deltaker" and v.rutine.gjelder.i_praksis:
            place = self._steder.workplace(p.subjekt, day)
        return (ressurs, day, " ".join(place.casefold().split())) if place else None

    def _share(self, out: list[Bidrag], visits: Sequence[int]) -> None:
        """Let one trip, the longest of them, serve all its visits in equal parts."""
        there = [out[i] for i in visits]
        longest = max(b.tid.reise / b.vekt for b in there)
        self._turer += sum((b.vekt for b in there), NULL) / len(there)
        for i, b in zip(visits, there, strict=True):
            out[i] = replace(b, tid=replace(b.tid, reise=longest * b.vekt / len(there)))
