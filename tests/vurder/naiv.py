"""The judging once more, day by day and by trying every way to pair: slow, and to be read beside the semantics.

Shares the models, the naive expansion and the naive calendar; nothing of the program's own judging.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import floor
from typing import Any

from oppfolgingscli.hendelse import Hendelse, Kontakt, Logg
from oppfolgingscli.modell.klasse import Deltaker, Fritak, Opplegg, Pause
from oppfolgingscli.modell.rutinesett import Versjon
from oppfolgingscli.tid.varighet import Varighet
from utvid.naiv import Naiv, Naivt

Nokkel = tuple[str, str, int, str, int]
Svar = tuple[str, str | None, int | None, bool]
"""Status, the contact credited, days late, and whether behind the plan."""


class UtenFerie(Naiv):
    """Where breaks are waived: an event counts on any day."""

    def rule4(self, d: date, v: Versjon) -> bool:
        return True


@dataclass(frozen=True)
class Punkt:
    """What is needed of a point to judge it."""

    v: Versjon
    periode: str
    nr: int
    krav: bool
    fra: date
    tempo: date | None
    frist: date | None
    sent_til: date | None
    fritatt: bool


def known(opplegg: Opplegg, kjent: date | None) -> Opplegg:
    """Leave out the pauses and exemptions registered later."""

    def there(x: Pause | Fritak) -> bool:
        return kjent is None or x.registrert is None or x.registrert <= kjent

    participants = tuple(
        d.model_copy(update={"pauser": tuple(filter(there, d.pauser)), "fritak": tuple(filter(there, d.fritak))})
        for d in opplegg.deltakere
    )
    return replace(opplegg, deltakere=participants)


class Naivdommer:
    """Everything about one class on one day."""

    def __init__(self, opplegg: Opplegg, logg: Logg, roller: dict[str, str], per: date, kjent: date | None) -> None:
        self.o = known(opplegg, kjent)
        self.n, self.utenferie = Naiv(self.o), UtenFerie(self.o)
        self.roller, self.per = roller, per
        self.kontakter = [k for k in self.first(logg.kontakter, kjent) if k.status == "gjennomfort"]
        self.hendelser = self.first(logg.hendelser, kjent)
        self.svar: dict[Nokkel, Svar] = {}
        self.kreditert: set[str] = set()
        self.talt_etter_plan: set[str] = set()

    def first(self, rows: Sequence[Any], kjent: date | None) -> list[Any]:
        here = [r for r in rows if r.dato <= self.per and (kjent is None or r.registrert <= kjent)]
        return [r for r in here if r == min((x for x in here if x.id == r.id), key=lambda x: (x.dato, x.tekst))]

    def span(self, s: Deltaker | None) -> tuple[date, date]:
        k = self.o.klasse
        return (s and s.start) or k.start, (s and s.slutt) or k.slutt

    def names(self, row: Kontakt | Hendelse, s: Deltaker | None) -> bool:
        if s is None:
            return row.alle or not row.deltakere
        start, end = self.span(s)
        return s.id in row.deltakere or (row.alle and start <= row.dato <= end)

    def counted(self, s: Deltaker | None, v: Versjon) -> list[Kontakt]:
        r = v.rutine
        here = []
        for k in self.kontakter:
            if k.type not in (r.type, *r.teller_ogsa) or k.rutine not in (None, r.id) or not self.names(k, s):
                continue
            there = {self.roller.get(x, x) for x in (*k.deltok, *k.utfort_av)}
            if k.deltok and any(role not in there for role in r.krever):
                continue
            here.append(k)
        here = [k for k in here if not any(x.id < k.id and self.same(x, k) for x in here)]
        here.sort(key=lambda k: (k.dato, k.id))
        spacing = getattr(r.frekvens, "minst_mellom", None)
        kept: list[Kontakt] = []
        for k in here:
            if not (spacing and kept and k.dato < self.n.k.add(kept[-1].dato, spacing)):
                kept.append(k)
        return kept

    @staticmethod
    def same(a: Kontakt, b: Kontakt) -> bool:
        return (a.type, a.rutine, a.dato) == (b.type, b.rutine, b.dato)

    @staticmethod
    def in_force(v: Versjon, d: date) -> bool:
        return (v.fra is None or v.fra <= d) and (v.til is None or d <= v.til)

    # -- the whole -----------------------------------------------------------------------------------

    def judge(self) -> None:
        points, excused = self.n.expand()
        for s in (None, *self.o.deltakere):
            niva = "deltaker" if s else "klasse"
            versions = [v for v in self.o.rutinesett.versjoner if v.rutine.niva == niva]
            name = s.id if s else self.o.klasse.id
            exempt = {f.rutine for f in s.fritak} if s else set()
            counted = {(v.rutine.id, v.nr): self.counted(s, v) for v in versions}
            for v in versions:
                if v.rutine.frekvens.slag != "behov":
                    self.talt_etter_plan |= {k.id for k in counted[v.rutine.id, v.nr] if self.in_force(v, k.dato)}
                if v.rutine.frekvens.slag == "hver":
                    self.interval(s, name, v, counted[v.rutine.id, v.nr], exempt=v.rutine.id in exempt)
            own = [self.of(p, versions, fritatt=p.rutine in exempt) for p in points if p.subjekt == name]
            own += [self.of(p, versions, fritatt=True) for p in excused if p.subjekt == name]
            own = [p for p in own if p.v.rutine.frekvens.slag != "hver"]
            for v in versions:
                own += self.set_off(s, v, versions, counted, exempt=v.rutine.id in exempt)
            self.match(s, name, own, counted)

    @staticmethod
    def of(p: Naivt, versions: list[Versjon], *, fritatt: bool) -> Punkt:
        v = next(v for v in versions if (v.rutine.id, v.nr) == (p.rutine, p.versjon))
        return Punkt(v, p.periode, p.nr, p.krav, p.fra, p.tempo, p.frist, p.sent_til, fritatt)

    # -- ved, etter ----------------------------------------------------------------------------------

    def set_off(
        self,
        s: Deltaker | None,
        v: Versjon,
        versions: list[Versjon],
        counted: dict[Any, list[Kontakt]],
        *,
        exempt: bool,
    ) -> Iterator[Punkt]:
        f: Any = v.rutine.frekvens
        if f.slag == "ved":
            here = [h for h in self.hendelser if h.type in f.ved and self.names(h, s)]
            here = [h for h in here if not any((x.type, x.dato) == (h.type, h.dato) and x.id < h.id for x in here)]
            triggers = {(h.dato, h.id) for h in here if h.dato <= self.span(s)[1]}
        elif f.slag == "etter":
            triggers = {
                (k.dato, k.id)
                for w in versions
                if w.rutine.id in f.etter
                for k in counted[w.rutine.id, w.nr]
                if self.in_force(w, k.dato)
            }
        else:
            return
        to = date.min
        for day, key in sorted(triggers):
            if not self.utenferie.in_e(day, s, v, pauses=False, stays=False) or (f.samle and day <= to):
                continue
            to = self.n.k.add(day, f.samle) if f.samle else to
            frist = self.n.k.add(day, f.innen) if f.innen else None
            late = self.n.k.add(frist, f.sent_til) if frist and f.sent_til else None
            yield Punkt(v, key, 1, True, day, None, frist, late, exempt)

    # -- matching and status -------------------------------------------------------------------------

    def match(self, s: Deltaker | None, name: str, points: list[Punkt], counted: dict[Any, list[Kontakt]]) -> None:
        points.sort(key=lambda p: (p.frist or date.max, p.v.rutine.id, p.v.nr, p.periode, p.nr))
        contacts = sorted({k.id: k for ks in counted.values() for k in ks}.values(), key=lambda k: (k.dato, k.id))
        choices = [[None, *self.may_take(k, points, counted)] for k in contacts]
        best = min(self.ways(choices), key=lambda way: self.value(way, points, contacts))
        taken = {i: k for i, k in zip(best, contacts, strict=True) if i is not None}
        for i, p in enumerate(points):
            k = taken.get(i)
            if k:
                self.kreditert.add(k.id)
            status, late = self.status(s, p, k)
            waiting = status in ("apen", "kommende") and p.krav
            key = (p.v.rutine.id, name, p.v.nr, p.periode, p.nr)
            self.svar[key] = (status, k.id if k else None, late, bool(waiting and p.tempo and self.per > p.tempo))

    @staticmethod
    def may_take(k: Kontakt, points: list[Punkt], counted: dict[Any, list[Kontakt]]) -> list[int]:
        return [
            i
            for i, p in enumerate(points)
            if not p.fritatt
            and k in counted[p.v.rutine.id, p.v.nr]
            and p.fra <= k.dato
            and (p.sent_til is None or k.dato <= p.sent_til)
        ]

    def ways(self, choices: list[list[int | None]], used: frozenset[int] = frozenset()) -> Iterator[list[int | None]]:
        if not choices:
            yield []
            return
        for choice in choices[0]:
            if choice is None or choice not in used:
                for rest in self.ways(choices[1:], used if choice is None else used | {choice}):
                    yield [choice, *rest]

    @staticmethod
    def value(way: list[int | None], points: list[Punkt], contacts: list[Kontakt]) -> tuple[Any, ...]:
        made = {i: number for number, i in enumerate(way) if i is not None}
        late = {i: max(0, (contacts[n].dato - (points[i].frist or date.max)).days) for i, n in made.items()}
        return (
            -sum(points[i].krav and late[i] == 0 for i in made),
            -sum(points[i].krav for i in made),
            -sum(not points[i].krav for i in made),
            sum(late.values()),
            [made.get(i, len(contacts)) for i in range(len(points))],
        )

    def status(  # noqa: PLR0911 - one row of the table after another
        self, s: Deltaker | None, p: Punkt, k: Kontakt | None
    ) -> tuple[str, int | None]:
        f: Any = p.v.rutine.frekvens
        end = self.span(s)[1]
        ended = self.per > end
        about_end = (f.slag == "ved" and "avbrudd" in f.ved) or (f.slag == "milepael" and f.milepael.slag == "slutt")
        if p.fritatt:
            return "fritatt", None
        if k:
            late = (k.dato - p.frist).days if p.frist else 0
            return ("for_sent", late) if late > 0 else ("i_tide", 0)
        if ended and (p.frist is None or p.frist > end) and not about_end:
            return "ikke_aktuelt", None
        if self.per < p.fra:
            return "kommende", None
        if p.frist is None or self.per <= p.frist:
            return "apen", None
        if not p.krav:
            return "ikke_brukt", None
        if (p.sent_til is None or self.per <= p.sent_til) and not ended:
            return "forfalt", (self.per - p.frist).days
        return "mangler", None

    # -- intervals, day by day -----------------------------------------------------------------------

    def interval(self, s: Deltaker | None, name: str, v: Versjon, contacts: list[Kontakt], *, exempt: bool) -> None:
        f: Any = v.rutine.frekvens
        days, undisturbed = set(self.n.e(s, v)), self.n.e(s, v, pauses=False)
        if not undisturbed:
            return
        tau, m, first = (self.clock(x) for x in (f.hver, f.senest, f.forste_innen))
        gap, since = 1, 0  # the number of the gap, and the dates of E in it so far
        begun = 0  # dates of E before it
        if not exempt:
            for d in self.n.k.days:
                if not undisturbed[0] <= d <= min(self.per, undisturbed[-1]):
                    continue
                since += d in days
                for k in contacts:
                    if k.dato == d and since:
                        self.close(name, v, gap, begun, since, (tau, m, first), sorted(days), k)
                        gap, begun, since = gap + 1, begun + since, 0
        else:
            since = sum(d <= self.per for d in days)
        closed = self.per > undisturbed[-1] and not exempt
        self.leave_open(name, v, gap, begun, since, (tau, m, first), sorted(days), closed=closed, exempt=exempt)

    @staticmethod
    def clock(d: Varighet) -> int:
        if d.enhet == "maned":
            return floor(d.antall * 365 / 12 + 0.5)
        return d.antall * {"dag": 1, "uke": 7, "ar": 365}[d.enhet]

    @staticmethod
    def limit(gap: int, k: int, m: int, first: int) -> int:
        if k == 0:
            return 0
        return first + (k - 1) * m if gap == 1 else k * m

    def behind(self, gap: int, g: int, m: int, first: int) -> int:
        k = 0
        while self.limit(gap, k + 1, m, first) < g:
            k += 1
        return k

    def close(
        self,
        name: str,
        v: Versjon,
        gap: int,
        begun: int,
        g: int,
        rule: tuple[int, int, int],
        days: list[date],
        k: Kontakt,
    ) -> None:
        self.kreditert.add(k.id)
        _tau, m, first = rule
        q = self.behind(gap, g, m, first)
        for nr in range(1, q):
            self.answer(
                name, v, gap, nr, begun + self.limit(gap, nr - 1, m, first), days, ("mangler", None, None, False)
            )
        nr = max(q, 1)
        late = g - self.limit(gap, q, m, first) if q else 0
        done: Svar = ("for_sent" if q else "i_tide", k.id, late, False)
        self.answer(name, v, gap, nr, begun + self.limit(gap, nr - 1, m, first), days, done)

    def leave_open(
        self, name: str, v: Versjon, gap: int, begun: int, g: int, rule: tuple[int, int, int], days: list[date], *,
        closed: bool, exempt: bool,
    ) -> None:  # fmt: skip
        tau, m, first = rule
        q = self.behind(gap, g, m, first)
        h = min(tau, first) if gap == 1 else tau
        for nr in range(1, max(q, 1) + 1):
            begins = begun + self.limit(gap, nr - 1, m, first)
            answer: Svar
            if exempt:
                answer = ("fritatt", None, None, False)
            elif nr < q or (closed and q):
                answer = ("mangler", None, None, False)
            elif q:
                answer = ("forfalt", None, g - self.limit(gap, q, m, first), False)
            elif closed:
                return
            else:
                planned = days[begins + h - 1] if begins + h <= len(days) else None
                status = "apen" if g >= h - min(7, h / 2) else "kommende"
                answer = (status, None, None, bool(planned and self.per > planned))
            self.answer(name, v, gap, nr, begins, days, answer)

    def answer(self, name: str, v: Versjon, gap: int, nr: int, begins: int, days: list[date], answer: Svar) -> None:
        if begins < len(days):  # else E has not even the first day of the point
            self.svar[v.rutine.id, name, v.nr, str(gap), nr] = answer
