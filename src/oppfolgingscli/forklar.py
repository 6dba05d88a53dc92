"""Why a point is as it is: its days, its window, and what was thought of each contact. Pure.

Everything is taken from the judgement itself; only the reasons a contact was *not* credited are worked out
here, in the order in which the rules ask (docs/semantikk.md, "Loggen" and "Kobling").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Antall, Etter, Hver, Milepael, Ved
from oppfolgingscli.telling import names
from oppfolgingscli.tid.perioder import periode_for
from oppfolgingscli.utvid.hver import Klokkeregel

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.hendelse import Hendelse, Kontakt, Logg, Punkt
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.vurder import Vurdering, Vurdert

#: Why a contact is or is not credited to a point, in the order they are asked.
GRUNNER: Final = (
    "kreditert", "annen_type", "annen_rutine", "etter_kjent", "etter_per", "avlyst", "ikke_mott", "utsatt",
    "ufullstendig", "duplikat", "for_naer", "fritatt", "brukt", "for_tidlig", "for_sen", "utenfor_klokka",
    "annen_valgt",
)  # fmt: skip
#: Calendar days outside a window in which contacts of the right kind are still of interest.
_MARGIN: Final = timedelta(60)


@dataclass(frozen=True, slots=True)
class Kontaktdom:
    """A contact and why it is credited to the point or not (one of ``GRUNNER``).

    ``punkt``: the point it is credited to instead. ``mangler``: required roles that were not there.
    """

    kontakt: Kontakt
    grunn: str
    punkt: str | None = None
    mangler: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dager:
    """The eligible days E in a window: first and last date, how many count, and what cut them.

    ``antall`` of ``av``: counted days (school days, or working days where breaks count) in E, of those in
    the whole period or window; for intervals clock days, of calendar days. Breaks and pauses are closed spans, cut to the window.
    """

    forste: date | None
    siste: date | None
    antall: int
    av: int
    ferier: tuple[tuple[str, date, date], ...]
    pauser: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Klokke:
    """An interval's clock: clock days passed in the gap, to the deadline, and the contact that opened it."""

    gatt: int
    frist: int
    apnet_av: Kontakt | None


@dataclass(frozen=True, slots=True)
class Forklaring:
    """Everything there is to say about one point.

    ``sent_til_fra``: "rutinen" (its own rule), "neste_frist", "neste_vindu" or "ingen". ``utlost_av``: the
    event or contact that set it off.
    """

    vurdert: Vurdert
    versjon: Versjon
    dager: Dager
    sent_til_fra: str
    klokke: Klokke | None
    utlost_av: Kontakt | Hendelse | None
    kontakter: tuple[Kontaktdom, ...]


@dataclass(frozen=True, slots=True)
class Svar:
    """The explanations of what was asked for: a subject (``subjekt``), or one point (None)."""

    vurdering: Vurdering
    subjekt: str | None
    forklaringer: tuple[Forklaring, ...]


def find(vurdering: Vurdering, id_: str) -> tuple[str | None, list[Vurdert]] | None:
    """Find the subject or the point with an id; a point's id may leave out the class. None: there is none.

    Returns the subject asked for (None when it was a point) and its points.
    """
    g = vurdering.gyldighet
    if any(s.id == id_ for s in (g.klassen, *g.deltakerne)):
        return id_, [x for x in vurdering.punkter if x.punkt.subjekt == id_]
    wanted = {id_, f"{g.opplegg.klasse.id}/{id_}"}
    found = [x for x in vurdering.punkter if x.punkt.id in wanted]
    return (None, found) if found else None


def explain(
    vurdering: Vurdering, logg: Logg, roller: Mapping[str, str], subjekt: str | None, punkter: Sequence[Vurdert]
) -> Svar:
    """Explain points of one subject. ``roller``: person id -> role."""
    work = _Arbeid(vurdering, logg, roller, punkter[0].punkt.subjekt) if punkter else None
    return Svar(vurdering, subjekt, tuple(work.explain(x) for x in punkter) if work else ())


class _Arbeid:
    """Explains the points of one subject."""

    def __init__(self, vurdering: Vurdering, logg: Logg, roller: Mapping[str, str], subjekt: str) -> None:
        self.vurdering = vurdering
        self.g: Gyldighet = vurdering.gyldighet
        self.roller = roller
        self.s: Subjekt = next(s for s in (self.g.klassen, *self.g.deltakerne) if s.id == subjekt)
        self.versjoner = {(v.rutine.id, v.nr): v for v in self.g.opplegg.rutinesett.versjoner}
        self.kontakter = sorted((k for k in logg.kontakter if names(k, self.s)), key=lambda k: (k.dato, k.id))
        self.utlosere: dict[str, Kontakt | Hendelse] = {
            row.id: row for rows in (reversed(logg.kontakter), reversed(logg.hendelser)) for row in rows
        }
        self.brukt: dict[tuple[bool, str], list[Punkt]] = {}
        self.gap: dict[tuple[str, int, str], Kontakt] = {}
        for x in vurdering.punkter:
            p = x.punkt
            if p.subjekt == subjekt and x.kontakt is not None:
                chained = isinstance(self.versjoner[p.rutine, p.versjon].rutine.frekvens, Hver)
                self.brukt.setdefault((chained, x.kontakt.id), []).append(p)
                if chained:
                    self.gap[p.rutine, p.versjon, p.periode] = x.kontakt

    def explain(self, x: Vurdert) -> Forklaring:
        """Explain one point."""
        p = x.punkt
        v = self.versjoner[p.rutine, p.versjon]
        f = v.rutine.frekvens
        trigger = self.utlosere.get(p.periode) if isinstance(f, Ved | Etter) else None
        clock = self._clock(x, v, f) if isinstance(f, Hver) else None
        return Forklaring(x, v, self._days(p, v), _late_limit(p, v), clock, trigger, tuple(self._judge_all(x, v)))

    def _days(self, p: Punkt, v: Versjon) -> Dager:
        """Return the eligible days in the window, what counts in them, and what cut them."""
        g, s = self.g, self.s
        first, last = p.fra.toordinal(), (p.frist or self.vurdering.per).toordinal()
        inside = g.dager(s, v).klipp(first, last)
        counter = g.tellende(v)
        whole = g.tillatt_av_ferie(v).klipp(first, last)
        f = v.rutine.frekvens
        if isinstance(f, Ved | Etter):
            inside = g.dager(s, v, pauser=False, ferier=False).klipp(first, last)
        elif isinstance(f, Antall):
            span = periode_for(p.fra, f.per)
            whole = g.tillatt_av_ferie(v).klipp(span.fra.toordinal(), span.til.toordinal())
            inside = g.dager(s, v, blir=True).klipp(span.fra.toordinal(), span.til.toordinal())
        day = date.fromordinal
        breaks = [
            (b.navn, day(max(b.fra, first)), day(min(b.til, last)))
            for b in g.kalender.ferier
            if b.fra <= last and b.til >= first and not g.tillatt_av_ferie(v).klipp(max(b.fra, first), min(b.til, last))
        ]
        pauses = [(day(a), day(b)) for a, b in s.pausedager.klipp(first, last).spenn]
        return Dager(
            day(inside.forste) if inside else None,
            day(inside.siste) if inside else None,
            len(inside) if isinstance(f, Hver) else counter.antall(inside),
            last - first + 1 if isinstance(f, Hver) else counter.antall(whole),
            tuple(breaks), tuple(pauses),
        )  # fmt: skip

    def _clock(self, x: Vurdert, v: Versjon, f: Hver) -> Klokke:
        """Return how far the clock has come in the gap of a point: to the contact that ended it, or to ``per``."""
        p, rule = x.punkt, Klokkeregel.of(f)
        gap = int(p.periode)
        opened = self.gap.get((p.rutine, p.versjon, str(gap - 1)))
        closed = self.gap.get((p.rutine, p.versjon, p.periode))
        days = self.g.dager(self.s, v)
        start = days.plass(opened.dato.toordinal()) if opened else 0
        end = days.plass((closed.dato if closed else self.vurdering.per).toordinal())
        return Klokke(end - start, rule.frist(gap, p.nr), opened)

    def _judge_all(self, x: Vurdert, v: Versjon) -> Iterable[Kontaktdom]:
        """Judge the contacts of interest: of the right kind near the window, of any kind inside it."""
        p = x.punkt
        end = p.sent_til or max(self.vurdering.per, p.frist or p.fra)
        kinds = {v.rutine.type, *v.rutine.teller_ogsa}
        for k in self.kontakter:
            right = k.type in kinds and k.rutine in (None, v.rutine.id)
            margin = _MARGIN if right and not isinstance(v.rutine.frekvens, Hver) else timedelta(0)
            if k == x.kontakt or p.fra - margin <= k.dato <= end + margin:
                yield self._judge(k, x, v, kinds)

    def _judge(self, k: Kontakt, x: Vurdert, v: Versjon, kinds: set[str]) -> Kontaktdom:
        p = x.punkt
        chained = isinstance(v.rutine.frekvens, Hver)
        others = [
            q for q in self.brukt.get((chained, k.id), ())
            if not chained or (q.rutine, q.versjon) == (p.rutine, p.versjon)
        ]  # fmt: skip
        if k == x.kontakt:
            return Kontaktdom(k, "kreditert")
        if (reason := self._refusal(k, v, kinds)) is not None:
            return Kontaktdom(k, reason, mangler=self._lacking(k, v) if reason == "ufullstendig" else ())
        if x.status == "fritatt":
            return Kontaktdom(k, "fritatt")
        if others:
            return Kontaktdom(k, "brukt", punkt=others[0].id)
        return Kontaktdom(k, "utenfor_klokka" if chained else _outside(k, p) or "annen_valgt")

    def _refusal(self, k: Kontakt, v: Versjon, kinds: set[str]) -> str | None:
        """Return why a contact does not count for a version at all; None when it does."""
        telt = self.vurdering.telt[v.rutine.id, v.nr, self.s.id]
        asked = (
            (k.type not in kinds, "annen_type"),
            (k.rutine not in (None, v.rutine.id), "annen_rutine"),
            (not self.g.is_known(k.registrert), "etter_kjent"),
            (k.dato > self.vurdering.per, "etter_per"),
            (k.status != "gjennomfort", k.status),
            (k in telt.ufullstendige, "ufullstendig"),
            (k in telt.for_naer, "for_naer"),
            (k not in telt.teller, "duplikat"),
        )
        return next((reason for holds, reason in asked if holds), None)

    def _lacking(self, k: Kontakt, v: Versjon) -> tuple[str, ...]:
        there = {self.roller.get(name, name) for name in (*k.deltok, *k.utfort_av)}
        return tuple(role for role in v.rutine.krever if role not in there)


def _outside(k: Kontakt, p: Punkt) -> str | None:
    """Say on which side of the window a contact lies; None where it is inside."""
    if k.dato < p.fra:
        return "for_tidlig"
    return "for_sen" if p.sent_til is not None and k.dato > p.sent_til else None


def _late_limit(p: Punkt, v: Versjon) -> str:
    """Say where ``sent_til`` comes from."""
    f = v.rutine.frekvens
    if p.sent_til is None:
        return "ingen"
    if isinstance(f, Hver):
        return "neste_frist"
    own = f.sent_til if isinstance(f, Antall | Milepael | Ved | Etter) else None
    return "rutinen" if own else "neste_vindu"
