"""From points to a ``Problem``: which days each may take, what those cost, who must be there and who travels.

The days are ``vindu.Dager``'s, the people ``folk.Folk``'s, the target ``vindu.onsket_dag``'s, as in
``kalender``. Several classes give one problem; whoever has the same key in it is the same person.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Hver
from oppfolgingscli.planlegg.avstand import Avstander
from oppfolgingscli.planlegg.folk import DELTAKER, Folk, Ressurs
from oppfolgingscli.planlegg.kapasitet import capacities
from oppfolgingscli.planlegg.mote import varighet_for
from oppfolgingscli.planlegg.problem import Avstand, Kjede, Oppgave, Plass, Problem, Serie, Vekter
from oppfolgingscli.planlegg.serier import Serier, takt
from oppfolgingscli.planlegg.steder import Steder
from oppfolgingscli.planlegg.timeplan import Tidsrom, minutter, opp_til_kvarter
from oppfolgingscli.planlegg.vindu import Dager, Vindu, helst_for, onsket_dag, vindu_for

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.klasse import Kalenderoppsett, Person
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.utvid import Utvidelse

SLINGRING: Final = 28
"""Calendar days past the deadline that are kept, to ask what a later one would help."""


@dataclass(frozen=True)
class Klassegrunnlag:
    """One class to plan.

    ``opptatt``: busy minutes by person id and day. ``tidligere``: where an earlier plan has points, by point id;
    they may move. ``faste``: held, or locked by their people; never moved, and need not obey any rule.
    ``varigheter``: minutes of points whose length is not the routine's. ``holdt``: days on which points were
    held, as far as they are known. ``utelat``: points already done.
    ``personnokkel``: the name of each person in the whole problem (default: the person's id).
    """

    utvidelse: Utvidelse
    kalender: Kalenderoppsett
    personer: Mapping[str, Person]
    opptatt: Mapping[str, Mapping[int, Sequence[Tidsrom]]] = field(default_factory=dict)
    tidligere: Mapping[str, Plass] = field(default_factory=dict)
    faste: Mapping[str, Plass] = field(default_factory=dict)
    varigheter: Mapping[str, int] = field(default_factory=dict)
    holdt: Mapping[str, int] = field(default_factory=dict)
    utelat: Collection[str] = ()
    personnokkel: Mapping[str, str] = field(default_factory=dict)


def build(
    klasser: Sequence[Klassegrunnlag],
    per: date,
    til: date | None = None,
    *,
    reise: int | None = None,
    vekter: Vekter | None = None,
) -> Problem:
    """Return the problem of planning these classes together.

    Args:
        klasser: the classes. With more than one, participants and roles without people are named
            ``KLASSE/id`` in the problem, and people by ``personnokkel``.
        per: the first day that may be planned. Points whose window has closed before it are not in the problem.
        til: leave out points whose window opens after it (None: take all). No window is cut by it.
        reise: minutes each way to a workplace (None: as the first class has it).
        vekter: what the preferences cost.
    """
    vekter = vekter or Vekter()
    oppgaver: list[Oppgave] = []
    serier: list[Serie] = []
    kjeder: list[Kjede] = []
    avstander: list[Avstand] = []
    for klasse in klasser:
        bygger = _Bygger(klasse, per.toordinal(), vekter, prefix=len(klasser) > 1)
        made = bygger.oppgaver(til)
        oppgaver += made
        serier += bygger.serier.serier(made)
        chains = bygger.serier.kjeder(made)
        kjeder += chains
        avstander += bygger.avstand.pairs(made, bygger.punkter, chains)
    oppgaver.sort(key=lambda o: o.id)
    needed = {r for o in oppgaver for r in o.ressurser}
    if reise is None:
        reise = klasser[0].kalender.reisetid
    return Problem(
        tuple(oppgaver), capacities(klasser, needed), tuple(serier), tuple(kjeder), reise, per.toordinal(), vekter,
        tuple(avstander),
    )  # fmt: skip


class _Bygger:
    """Builds one class. ``prefix``: participants and roles get the class's id before theirs."""

    def __init__(self, grunnlag: Klassegrunnlag, per: int, vekter: Vekter, *, prefix: bool) -> None:
        g = grunnlag.utvidelse.gyldighet
        self._k = grunnlag
        self._g = g
        self._id = g.opplegg.klasse.id
        self._per = per
        self._vekter = vekter
        self._prefix = prefix
        self._versjoner = {(v.rutine.id, v.nr): v for v in g.opplegg.rutinesett.versjoner}
        self._folk = Folk(g.opplegg, grunnlag.personer, grunnlag.kalender.dager)
        self._dager = Dager(g)
        self._ukedager = frozenset(grunnlag.kalender.dager)
        self._steder = Steder(g.opplegg.deltakere)
        self._spenn = {s.id: (s.start, s.slutt) for s in g.deltakerne}
        self.punkter: dict[str, Punkt] = {}
        held = {i: p.dag for i, p in grunnlag.faste.items() if p.dag < per} | dict(grunnlag.holdt)
        punkter = grunnlag.utvidelse.punkter
        self.avstand = Avstander(self._versjoner, per, {p: held[p.id] for p in punkter if p.id in held})
        self.serier = Serier(g, self._dager, self._versjoner, self.punkter, per)
        timer = grunnlag.kalender.tidsrom
        self._tidsrom = (opp_til_kvarter(minutter(timer[0])), minutter(timer[1]))

    # -- points ------------------------------------------------------------------------------------

    def oppgaver(self, til: date | None) -> list[Oppgave]:
        """Return the points to place, and the fixed ones."""
        tempo: dict[tuple[str, int, str, str], int] = {}
        kept: list[tuple[Punkt, Versjon, Vindu, Plass | None]] = []
        for p in sorted(
            (p for p in self._k.utvidelse.punkter if p.grunn is None),
            key=lambda p: (p.rutine, p.versjon, p.subjekt, p.periode, p.nr),
        ):
            versjon = self._versjoner[p.rutine, p.versjon]
            key = (p.rutine, p.versjon, p.subjekt, p.periode)
            helst = None if isinstance(versjon.rutine.frekvens, Hver) else helst_for(versjon)
            vindu = vindu_for(p, tempo.get(key), helst)
            if p.tempo:
                tempo[key] = p.tempo.toordinal()
            fast = self._k.faste.get(p.id)
            if fast is None and (p.id in self._k.utelat or vindu.til < self._per or (til and p.fra > til)):
                continue
            self.punkter[p.id] = p
            kept.append((p, versjon, vindu, fast))
        self.avstand.count([p for p, _versjon, _vindu, fast in kept if fast is None or fast.dag >= self._per])
        return [self._oppgave(*one) for one in kept]

    def _oppgave(self, p: Punkt, versjon: Versjon, vindu: Vindu, fast: Plass | None) -> Oppgave:
        minutes = self._k.varigheter.get(p.id, varighet_for(versjon.rutine))
        visit = versjon.rutine.gjelder.i_praksis
        there = self._folk.til_stede(p)
        everyone = [*there, *self._participants(p, vindu)]
        days = self._days(p, versjon, vindu, minutes)
        wanted = self._wanted(p, versjon, vindu, days, minutes)
        sted = {d: s for d in (*days, fast.dag if fast else 0) if (s := self._steder.workplace(p.subjekt, d))}
        return Oppgave(
            id=p.id,
            klasse=self._id,
            rutine=p.rutine,
            subjekt=p.subjekt,
            krav=p.krav,
            minutter=minutes,
            tidsrom=self._tidsrom,
            ressurser=tuple(dict.fromkeys(map(self._name, everyone))) if minutes else (),
            reisende=tuple(self._name(r) for r in there if self._travels(r)) if minutes and visit else (),
            navn=self._names(p, there),
            fra=vindu.fra,
            til=max(vindu.til, days[-1]) if not minutes and days else vindu.til,
            tillatt=tuple(days),
            pris=tuple(self._price(p, d, wanted, vindu, minutes, visit=visit) for d in days),
            sted=sted if visit else {},
            serie=f"{self._id}/{p.rutine}/{p.subjekt}",
            takt=takt(self._id, p, versjon),
            tidligere=self._earlier(p, minutes) if fast is None else None,
            fast=fast,
        )

    def _earlier(self, p: Punkt, minutes: int) -> Plass | None:
        found = self._k.tidligere.get(p.id)
        return found if found is not None and (found.start is not None) == (minutes > 0) else None

    def _days(self, p: Punkt, versjon: Versjon, vindu: Vindu, minutes: int) -> list[int]:
        """Return the days the rule, the calendar and the practice allow, from ``per`` on."""
        allowed = self._dager.pa_ukedager(p, versjon, self._ukedager)
        last = vindu.til if minutes == 0 else vindu.til + SLINGRING
        days = allowed[bisect_left(allowed, max(vindu.fra, self._per)) : bisect_right(allowed, last)]
        if minutes == 0:
            return days or [max(vindu.til, self._per)]
        if versjon.rutine.gjelder.i_praksis:
            days = [d for d in days if self._steder.workplace(p.subjekt, d)]
        return days

    def _wanted(self, p: Punkt, versjon: Versjon, vindu: Vindu, days: Sequence[int], minutes: int) -> int:
        """Return the day the point would like: where it is, else its share of the window; a delivery its last day."""
        earlier = self._earlier(p, minutes)
        if earlier is not None:
            return earlier.dag
        helst = helst_for(versjon)
        if minutes == 0:
            return (p.mal or p.fra).toordinal() if helst == "start" else days[-1]
        number = self._folk.nummer.get(p.subjekt, 0) if p.niva == "deltaker" else 0
        inside = days[: bisect_right(days, vindu.til)]
        return onsket_dag(p, vindu, inside, number, helst)

    def _price(self, p: Punkt, day: int, wanted: int, vindu: Vindu, minutes: int, *, visit: bool) -> int:
        v = self._vekter
        price = v.dag * abs(day - wanted)
        if minutes:
            price += v.tett * self.avstand.to_held(p, vindu.til, day)
        if minutes and p.id not in self._k.tidligere:
            if not vindu.delfra <= day <= vindu.deltil:
                price += v.utenfor_delen
            if not visit:
                price += int(v.feil_sted * self._away(p, day))
        return price

    def _away(self, p: Punkt, day: int) -> float:
        """Return the share, 0-1, of the participants in the meeting who are at a workplace that weekday."""
        if p.niva == "deltaker":
            return float(self._steder.at_work(p.subjekt, day))
        if not self._folk.med_klassen(p):
            return 0.0
        enrolled = [s for s, (start, slutt) in self._spenn.items() if start <= day <= slutt]
        return sum(self._steder.at_work(s, day) for s in enrolled) / len(enrolled) if enrolled else 0.0

    def _participants(self, p: Punkt, vindu: Vindu) -> list[Ressurs]:
        """Return the whole class when the participants take part in its meeting.

        Whoever is not enrolled on the day has no other meeting then, so it does no harm to count them.
        """
        if not self._folk.med_klassen(p):
            return []
        last = vindu.til + SLINGRING
        return [
            Ressurs("deltaker", s) for s, (start, slutt) in self._spenn.items() if start <= last and vindu.fra <= slutt
        ]

    # -- people ------------------------------------------------------------------------------------

    def _name(self, r: Ressurs) -> Ressurs:
        """Return what the resource is called in the whole problem."""
        if r.slag == "person":
            return Ressurs("person", self._k.personnokkel.get(r.id, r.id))
        return Ressurs(r.slag, f"{self._id}/{r.id}") if self._prefix else r

    def _travels(self, r: Ressurs) -> bool:
        """Whether someone comes to the workplace from elsewhere: not the participant, nor those who work there."""
        if r.slag == "deltaker":
            return False
        rolle = self._k.personer[r.id].rolle if r.slag == "person" else r.id
        found = self._g.opplegg.rutinesett.roller.get(rolle)
        return found is None or found.etat not in {DELTAKER, "bedrift"}

    def _names(self, p: Punkt, there: Sequence[Ressurs]) -> tuple[str, ...]:
        names = [r.id for r in there]
        if self._folk.med_klassen(p):
            names += [rolle for rolle in (p.ansvarlig, *p.deltar) if self._folk.er_deltaker(rolle)]
        return tuple(dict.fromkeys(names))
