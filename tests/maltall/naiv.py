"""The measures once more, day by day and contact by contact: slow, and to be read beside the semantics.

Goes on from the naive judging, so nothing of the program's own measuring, judging or expanding is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from oppfolgingscli.hendelse import Kontakt
from oppfolgingscli.modell.klasse import Deltaker
from oppfolgingscli.modell.rutinesett import Versjon
from utvid.naiv import period_key
from vurder.naiv import Naivdommer, Punkt, Svar
from vurder.strategier import Sak

BEDOMTE = ("i_tide", "for_sent", "forfalt", "mangler")
Vente = tuple[int, bool]
Regel = tuple[int, int, int]


def kaplan_meier(ventetider: list[Vente], andel: Fraction) -> int | None:
    """Return the first day on which at least ``andel`` is estimated to be done, by exact arithmetic."""
    left = Fraction(1)
    for day in sorted({days for days, done in ventetider if done}):
        at_risk = sum(days >= day for days, _done in ventetider)
        left *= 1 - Fraction(sum(done and days == day for days, done in ventetider), at_risk)
        if left <= 1 - andel:
            return day
    return None


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


@dataclass(frozen=True)
class Linje:
    """A required point with its answer."""

    v: Versjon
    subjekt: str
    periode: str
    nr: int
    fra: date
    frist: date | None
    status: str
    kontakt: str | None


@dataclass(frozen=True)
class Mellomrom:
    """A gap of ``g`` clock days that ended, as far as is known, on ``slutt``."""

    rutine: str
    g: int
    slutt: date


class Naivmaler(Naivdommer):
    """Remembers of the naive judging what the measures are made from."""

    def __init__(self, sak: Sak, roller: dict[str, str]) -> None:
        super().__init__(sak.opplegg, sak.logg, roller, sak.per, None)
        self.linjer: list[Linje] = []
        self.gap: list[Mellomrom] = []
        self.endte: dict[tuple[str, str, int], list[Kontakt]] = defaultdict(list)
        self.teller: dict[tuple[str, str, int], list[Kontakt]] = {}
        self.subjekter = {s.id if s else self.o.klasse.id: s for s in (None, *self.o.deltakere)}
        for name, s in self.subjekter.items():
            for v in self.o.rutinesett.versjoner:
                if (s is None) == (v.rutine.niva == "klasse"):
                    self.teller[v.rutine.id, name, v.nr] = self.counted(s, v)

    # -- what the judging says -----------------------------------------------------------------------

    def match(self, s: Deltaker | None, name: str, points: list[Punkt], counted: dict[Any, list[Kontakt]]) -> None:
        super().match(s, name, points, counted)
        for p in points:
            status, contact, _late, _behind = self.svar[p.v.rutine.id, name, p.v.nr, p.periode, p.nr]
            if p.krav:
                self.linjer.append(Linje(p.v, name, p.periode, p.nr, p.fra, p.frist, status, contact))

    def close(
        self, name: str, v: Versjon, gap: int, begun: int, g: int, rule: Regel, days: list[date], k: Kontakt
    ) -> None:
        super().close(name, v, gap, begun, g, rule, days, k)
        self.gap.append(Mellomrom(v.rutine.id, g, k.dato))
        self.endte[v.rutine.id, name, v.nr].append(k)

    def leave_open(
        self, name: str, v: Versjon, gap: int, begun: int, g: int, rule: Regel, days: list[date], *,
        closed: bool, exempt: bool,
    ) -> None:  # fmt: skip
        super().leave_open(name, v, gap, begun, g, rule, days, closed=closed, exempt=exempt)
        if not exempt and begun + g:
            undisturbed = self.n.e(self.subjekter[name], v, pauses=False)
            self.gap.append(Mellomrom(v.rutine.id, g, min(self.per, undisturbed[-1])))

    def answer(self, name: str, v: Versjon, gap: int, nr: int, begins: int, days: list[date], answer: Svar) -> None:
        super().answer(name, v, gap, nr, begins, days, answer)
        f: Any = v.rutine.frekvens
        ends = begins + self.clock(f.forste_innen if (gap, nr) == (1, 1) else f.senest)
        if begins < len(days):
            frist = days[ends - 1] if ends <= len(days) else None
            self.linjer.append(Linje(v, name, str(gap), nr, days[begins], frist, answer[0], answer[1]))

    # -- the measures --------------------------------------------------------------------------------

    def order(self, x: Linje) -> tuple[Any, ...]:
        interval = x.v.rutine.frekvens.slag == "hver"
        return (x.frist or date.max, x.v.nr, int(x.periode) if interval else x.periode, x.nr)

    def due(self, x: Linje, lag: int) -> bool:
        return x.frist is not None and x.frist <= self.per - timedelta(lag)

    def judged(self, x: Linje, lag: int) -> bool:
        f: Any = x.v.rutine.frekvens
        about_end = (f.slag == "ved" and "avbrudd" in f.ved) or (f.slag == "milepael" and f.milepael.slag == "slutt")
        end = self.span(self.subjekter[x.subjekt])[1]
        return x.status in BEDOMTE and self.due(x, lag) and (about_end or (x.frist or date.max) <= end)

    def row(self, rutine: str, periode: str | None, lag: int) -> dict[str, Any]:
        def here(d: date | None) -> bool:
            return periode is None or (d is not None and period_key(d, "semester") == periode)

        lines = sorted((x for x in self.linjer if x.v.rutine.id == rutine and here(x.frist)), key=self.order)
        judged = [x for x in lines if self.judged(x, lag)]
        excused = sum(x.status == "fritatt" and self.due(x, lag) for x in lines)
        on_time = sum(x.status == "i_tide" for x in judged)
        late = sum(x.status == "for_sent" for x in judged)
        versions = [v for v in self.o.rutinesett.versjoner if v.rutine.id == rutine]
        subjects = sorted({x.subjekt for x in judged})
        waits = self.waits(lines)
        covered, days = self.days_covered(versions, here)
        clock = any(v.rutine.frekvens.slag == "hver" for v in versions)
        gaps = [x.g for x in self.gap if x.rutine == rutine and here(x.slutt)]
        own = [[x.status == "i_tide" for x in judged if x.subjekt == s] for s in subjects]
        mean = sum(Fraction(sum(x), len(x)) for x in own) / len(own) if own else None
        return {
            "n_deltakere": len(subjects), "bedomt": len(judged), "fritatt": excused, "i_tide": on_time,
            "for_sent": late, "forfalt": sum(x.status == "forfalt" for x in judged),
            "mangler": sum(x.status == "mangler" for x in judged),
            "i_tide_andel": share(on_time, len(judged)), "gjort_andel": share(on_time + late, len(judged)),
            **self.dose(judged),
            "dekning": share(sum(self.met(s, lines, judged) for s in subjects), len(subjects)),
            "dager_dekket": share(covered, days) if clock else None,
            "forsinkelse_median": kaplan_meier(waits, Fraction(1, 2)),
            "forsinkelse_p90": kaplan_meier(waits, Fraction(9, 10)),
            "lengste_gap": max(gaps, default=None),
            "grenser": self.bounds(versions, judged, excused, here) if judged else None,
            "i_tide_andel_snitt": None if mean is None or versions[0].rutine.niva == "klasse" else round(float(mean), 6),
        }  # fmt: skip

    def dose(self, judged: list[Linje]) -> dict[str, float | None]:
        groups: dict[tuple[str, str, str], list[Linje]] = defaultdict(list)
        for x in judged:
            if x.v.rutine.frekvens.slag in ("antall", "milepael"):
                groups[x.v.rutine.id, x.subjekt, x.periode].append(x)
        capped = uncapped = required = 0
        for points in groups.values():
            delivered = {k.id for x in points for k in self.in_window(x) if self.mine(k, x)}
            capped += min(len(delivered), len(points))
            uncapped += len(delivered)
            required += len(points)
        return {"dose": share(capped, required), "dose_ukuttet": share(uncapped, required)}

    def in_window(self, x: Linje) -> list[Kontakt]:
        counted = self.teller[x.v.rutine.id, x.subjekt, x.v.nr]
        return [k for k in counted if x.frist is not None and x.fra <= k.dato <= x.frist]

    def credited(self, subjekt: str) -> dict[str, set[str]]:
        """Return, by contact, the routines whose points of the subject it is credited to; wished points too."""
        found: dict[str, set[str]] = defaultdict(set)
        for (rutine, name, _version, _periode, _nr), (_status, contact, _late, _behind) in self.svar.items():
            if name == subjekt and contact is not None:
                found[contact].add(rutine)
        return found

    def mine(self, k: Kontakt, x: Linje) -> bool:
        to = self.credited(x.subjekt)[k.id]
        return not to or x.v.rutine.id in to

    def met(self, subjekt: str, lines: list[Linje], judged: list[Linje]) -> bool:
        first = next(x for x in judged if x.subjekt == subjekt)
        if first.v.rutine.frekvens.slag != "hver":
            return bool(self.in_window(first))
        clock = [
            x for x in lines
            if x.subjekt == subjekt and x.v.rutine.frekvens.slag == "hver" and x.status != "fritatt"
        ]  # fmt: skip
        return min(clock, key=lambda x: (x.v.nr, int(x.periode), x.nr)).status == "i_tide"

    def days_covered(self, versions: list[Versjon], here: Callable[[date], bool]) -> tuple[int, int]:
        covered = days = 0
        for v in versions:
            f: Any = v.rutine.frekvens
            for name, s in self.subjekter.items():
                exempt = s is not None and any(x.rutine == v.rutine.id for x in s.fritak)
                if f.slag != "hver" or (s is None) != (v.rutine.niva == "klasse") or exempt:
                    continue
                e = self.n.e(s, v)
                at = [sum(d <= k.dato for d in e) for k in self.endte[v.rutine.id, name, v.nr]]
                for n, day in enumerate(e, 1):
                    if day <= self.per and here(day):
                        days += 1
                        covered += n <= self.clock(f.forste_innen) or any(
                            c <= n <= c + self.clock(f.senest) for c in at
                        )
        return covered, days

    def waits(self, lines: list[Linje]) -> list[Vente]:
        dates = {k.id: k.dato for k in self.kontakter}
        out = []
        for x in lines:
            last = min(self.per, self.span(self.subjekter[x.subjekt])[1])
            if x.status == "fritatt":
                continue
            if x.kontakt is not None:
                out.append(((dates[x.kontakt] - x.fra).days, True))
            elif x.fra <= last:
                out.append(((last - x.fra).days, False))
        return out

    def bounds(
        self, versions: list[Versjon], judged: list[Linje], excused: int, here: Callable[[date], bool]
    ) -> tuple[float, float]:
        on_time = sum(x.status == "i_tide" for x in judged)
        gain = 0
        for s in {x.subjekt for x in judged}:
            credited = self.credited(s)
            left = {
                k.id
                for v in versions
                for k in self.teller[v.rutine.id, s, v.nr]
                if self.in_force(v, k.dato) and here(k.dato) and k.id not in credited
            }
            gain += min(len(left), sum(x.subjekt == s and x.status != "i_tide" for x in judged))
        return round(on_time / (len(judged) + excused), 6), round((on_time + gain) / len(judged), 6)
