"""Makes the logs of the example classes, the same every time: ``python eksempler/lag_logger.py``.

Everything is invented. The routines say what should have happened and when; the tables in ``monstre.py`` say how
much of it did, so that the logs tell what the report tells. The rules:

- Points of ``antall`` and ``milepael`` are held near their ``mal`` with the probability of the semester; some late.
- An interval is walked on its own clock: the next contact comes a random number of clock days after the last.
- Need-based contacts come at random, so many a semester on average.
- An answer is given to some of the contacts it is owed for, after a random number of days.
- Events, what they set off, leavers and agreements are written out one by one in ``monstre.py``.
- A contact falls on a working day of the person who holds it, at most four a day, never in a pause or after the
  participant left. School breaks are free, except for Nav.
- One row of Oslo's is entered twice. Most rows are written the same day, some within a week, a few one to two months later.

Every series (class, routine, subject) has a seed of its own, so one rule can be changed without moving the rest. Only
``random()`` is used, which is the same in every version of Python.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from eksempler.monstre import KLASSER, Behov, Intervall, Klassemonster, Plan, Sak, Svar

from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.utvid import exemption, expand

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Subjekt
    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.rutinesett import Rutine, Versjon

SLUTT: Final = date(2025, 6, 20)
"""The last day of the log."""
MAKS_PER_DAG: Final = 4
FORM: Final = {"rapport": "skriftlig", "varsel": "telefon", "kontakt": "telefon", "leksehjelp": "video"}

KOLONNER: Final = {
    "kontakter": ("id", "dato", "type", "rutine", "deltaker", "utfort_av", "deltok", "form", "varighet", "status", "notat", "registrert"),
    "hendelser": ("id", "dato", "type", "deltaker", "oppdaget", "notat", "registrert"),
    "avtaler": ("id", "dato", "deltaker", "tiltak", "ansvarlig", "frist", "utfort", "grunnlag", "notat", "registrert"),
}  # fmt: skip


class Tilfeldig:
    """Random numbers of one series."""

    def __init__(self, *serie: str) -> None:
        self._random = random.Random("/".join(serie)).random  # noqa: S311 - no secret

    def av(self, p: float) -> bool:
        """Return whether something with probability ``p`` happens."""
        return self._random() < p

    def mellom(self, low: int, high: int) -> int:
        """Return a whole number in [low, high]."""
        return low + int(self._random() * (high - low + 1))


class Rad(NamedTuple):
    """One row: the day it sorts by, and its cells by column."""

    dato: date
    celler: dict[str, str]


def semester(day: date) -> int:
    """Return 0 for autumn 2023, 1 for spring 2024, …"""
    return (day.year - 2023) * 2 - (0 if day.month >= 8 else 1)


class Dagbok:
    """The log of one class in the making."""

    def __init__(self, mappe: Path, monster: Klassemonster) -> None:
        opened = open_arbeidsmappe(mappe)
        self.navn, self.monster = mappe.name, monster
        self.opplegg, self.personer = opened.opplegg, opened.oppsett.personer
        utvidelse = expand(self.opplegg)
        self.punkter, self.g = utvidelse.punkter, utvidelse.gyldighet
        self.subjekter: dict[str, Subjekt] = {s.id: s for s in (self.g.klassen, *self.g.deltakerne)}
        self.rader: dict[str, list[Rad]] = {slag: [] for slag in KOLONNER}
        self.opptatt: Counter[tuple[str, date]] = Counter()
        self.brukt: set[tuple[str, str, date]] = set()
        versjoner = self.opplegg.rutinesett.versjoner
        self.delt = Counter(type_ for type_, _rutine in {(v.rutine.type, v.rutine.id) for v in versjoner})

    # -- who and when --------------------------------------------------------------------------------

    def person(self, rolle: str, s: Subjekt) -> str:
        """Return who stands for a role towards a subject; the role itself where nobody is named."""
        own = s.deltaker.personer.get(rolle) if s.deltaker else None
        return own or next((name for name, p in self.personer.items() if p.rolle == rolle), rolle)

    def dag(self, fra: date, r: Rutine, s: Subjekt, *, innen: int = 14) -> date | None:
        """Return the first day from ``fra`` on which the routine can be done with ``s``; None where there is none in time."""
        hvem = self.person(r.ansvarlig, s)
        ukedager = self.personer[hvem].dager if hvem in self.personer else None
        for n in range(innen + 1):
            d = fra + timedelta(n)
            open_ = self.g.kalender.is_skoledag(d) or (r.gjelder.ferie != "aldri" and self.g.kalender.is_virkedag(d))
            free = self.opptatt[hvem, d] < MAKS_PER_DAG or hvem not in self.personer
            free = free and (s.id, r.type, d) not in self.brukt
            there = s.start <= d.toordinal() <= s.slutt and d.toordinal() not in s.pausedager
            if open_ and free and there and d <= SLUTT and (ukedager is None or d.weekday() in ukedager):
                return d
        return None

    # -- rows ----------------------------------------------------------------------------------------

    def for_kontakt(
        self, t: Tilfeldig, d: date, r: Rutine, s: Subjekt, *, status: str = "", uten: str = "", notat: str = ""
    ) -> None:
        """Write down a contact. ``uten``: the role that was not there."""
        hvem = self.person(r.ansvarlig, s)
        self.opptatt[hvem, d] += 1
        self.brukt.add((s.id, r.type, d))
        deltok = [role if role == "deltaker" else self.person(role, s) for role in r.deltar if role != uten]
        if r.krever and uten:
            deltok.append(hvem)
        form = next((form for word, form in FORM.items() if word in r.type), "fysisk")
        late = t.mellom(25, 60) if t.av(0.04) else t.mellom(1, 6) if t.av(0.15) else 0
        self.rader["kontakter"].append(
            Rad(d, {
                "dato": str(d), "type": r.type, "rutine": r.id if self.delt[r.type] > 1 else "",
                "deltaker": s.id if s.deltaker else "", "utfort_av": hvem, "deltok": ",".join(deltok) if not status else "",
                "form": form, "varighet": f"{r.varighet} minutter" if r.varighet and not status else "", "status": status,
                "notat": notat, "registrert": str(d + timedelta(late)) if late else "",
            })
        )  # fmt: skip

    # -- the kinds of rule ---------------------------------------------------------------------------

    def points(self, rutine: str, plan: Plan) -> None:
        """Hold, or do not hold, each point of a routine that should have been planned by the end of the log."""
        for p in self.punkter:
            if p.rutine == rutine and p.grunn is None and p.mal is not None and p.mal <= SLUTT:
                self._point(p, plan, Tilfeldig(self.navn, p.id))

    def _point(self, p: Punkt, plan: Plan, t: Tilfeldig) -> None:
        r, s = self._rutine(p), self.subjekter[p.subjekt]
        if not t.av(plan.andel(semester(p.mal or p.fra), p.nr)):
            return
        wanted = self._wanted(p, plan, t)
        if t.av(plan.uteble) and (missed := self.dag(wanted, r, s)):
            self.for_kontakt(t, missed, r, s, status="ikke_mott" if t.av(0.6) else "avlyst", notat="ny tid avtalt")
            wanted = missed + timedelta(t.mellom(3, 10))
        d = self.dag(wanted, r, s)
        if d is not None:
            uten = next(iter(role for role in r.krever if role != "deltaker"), "") if t.av(plan.uten_rolle) else ""
            self.for_kontakt(t, d, r, s, uten=uten)

    @staticmethod
    def _wanted(p: Punkt, plan: Plan, t: Tilfeldig) -> date:
        """Return the day from which a point is held: near its mal; in the week, two days apart; or late."""
        mal, frist = p.mal or p.fra, p.frist or date.max
        if t.av(plan.sent):
            return frist + timedelta(t.mellom(1, 10))
        if (frist - p.fra).days < 7:
            return p.fra + timedelta(2 * (p.nr - 1) + t.mellom(0, 1))
        if mal == frist:
            return mal - timedelta(t.mellom(0, 2 * plan.spredning))
        return min(max(mal + timedelta(t.mellom(-plan.spredning, plan.spredning)), p.fra), frist)

    def _rutine(self, p: Punkt) -> Rutine:
        return next(v.rutine for v in self.opplegg.rutinesett.versjoner if (v.rutine.id, v.nr) == (p.rutine, p.versjon))

    def interval(self, v: Versjon, rule: Intervall) -> None:
        """Walk the clock of an interval routine for every subject."""
        for s in self._subjects(v):
            t = Tilfeldig(self.navn, v.rutine.id, str(v.nr), s.id)
            days, clock, last = self.g.dager(s, v), 0, self.opplegg.klasse.start
            slow = t.mellom(0, rule.ulikt)  # some are seen less often than others, all the way
            while True:
                low, high = rule.steg[semester(last)]
                target = days.nte(clock + t.mellom(low, high) + slow)
                d = target and self.dag(date.fromordinal(target), v.rutine, s)
                if not d or d > SLUTT:
                    break
                if t.av(rule.uteble):
                    self.for_kontakt(
                        t, d, v.rutine, s, status="ikke_mott" if t.av(0.5) else "utsatt", notat="ny tid avtalt"
                    )
                    clock = days.plass(d.toordinal()) - low // 2  # a new appointment comes sooner
                else:
                    self.for_kontakt(t, d, v.rutine, s)
                    clock = days.plass(d.toordinal())
                last = d

    def needed(self, v: Versjon, rule: Behov) -> None:
        """Spread need-based contacts over the days on which the routine holds."""
        for s in self._subjects(v):
            t = Tilfeldig(self.navn, v.rutine.id, str(v.nr), s.id)
            days = self.g.dager(s, v)
            for n, mean in enumerate(rule.antall):
                year, half = 2023 + (n + 1) // 2, n % 2
                first, last = ((1, 1), (6, 20)) if half else ((8, 15), (12, 20))
                here = days.klipp(date(year, *first).toordinal(), date(year, *last).toordinal())
                count = int(mean) + t.av(mean - int(mean))
                for _contact in range(count if here else 0):
                    wanted = here.nte(t.mellom(1, len(here)))
                    d = wanted and self.dag(date.fromordinal(wanted), v.rutine, s)
                    if d:
                        self.for_kontakt(t, d, v.rutine, s)

    def answers(self, v: Versjon, rule: Svar) -> None:
        """Answer some of the contacts of another type, held so far."""
        for rad in [
            rad for rad in self.rader["kontakter"] if rad.celler["type"] == rule.paa and not rad.celler["status"]
        ]:
            s = self.subjekter[rad.celler["deltaker"]]
            t = Tilfeldig(self.navn, v.rutine.id, s.id, str(rad.dato))
            if t.av(rule.andel[semester(rad.dato)]) and (
                d := self.dag(rad.dato + timedelta(t.mellom(*rule.dager)), v.rutine, s)
            ):
                self.for_kontakt(t, d, v.rutine, s)

    def _subjects(self, v: Versjon) -> Iterator[Subjekt]:
        wanted = (self.g.klassen,) if v.rutine.niva == "klasse" else self.g.deltakerne
        return (s for s in wanted if exemption(self.g, s, v.rutine.id) is None)

    def case(self, sak: Sak) -> None:
        """Write down an event and what followed: each step so many days after the one before; None: it was not done."""
        s, t = self.subjekter[sak.deltaker], Tilfeldig(self.navn, sak.deltaker, sak.hva, str(sak.dato))
        self.rader["hendelser"].append(
            Rad(sak.dato, {
                "dato": str(sak.dato), "type": sak.hva, "deltaker": s.id,
                "oppdaget": str(sak.dato + timedelta(sak.oppdaget)) if sak.oppdaget else "",
                "registrert": str(sak.dato + timedelta(sak.oppdaget + t.mellom(0, 2))),
            })
        )  # fmt: skip
        d = sak.dato + timedelta(sak.oppdaget)
        for rutine, days, uten in sak.steg:
            r = next(v.rutine for v in self.opplegg.rutinesett.versjoner if v.rutine.id == rutine)
            d += timedelta(days)
            while not self.g.kalender.is_skoledag(d):
                d += timedelta(1)
            self.for_kontakt(t, d, r, s, uten=uten)

    # -- the whole -----------------------------------------------------------------------------------

    def write(self, mappe: Path) -> dict[Path, bytes]:
        """Return the three files of the class as bytes."""
        for rutine, rule in self.monster.rutiner.items():
            for v in self.opplegg.rutinesett.versjoner:
                if v.rutine.id != rutine or (rule.versjon and v.nr != rule.versjon):
                    continue
                if isinstance(rule, Intervall):
                    self.interval(v, rule)
                elif isinstance(rule, Behov):
                    self.needed(v, rule)
                elif isinstance(rule, Svar):
                    self.answers(v, rule)
            if isinstance(rule, Plan):
                self.points(rutine, rule)
        for sak in self.monster.saker:
            self.case(sak)
        for a in self.monster.avtaler:
            done = a.dato + timedelta(a.utfort) if a.utfort is not None else None
            self.rader["avtaler"].append(
                Rad(a.dato, {
                    "dato": str(a.dato), "deltaker": a.deltaker, "tiltak": a.tiltak, "ansvarlig": a.ansvarlig,
                    "frist": str(a.dato + timedelta(a.frist)) if a.frist else "", "utfort": str(done) if done else "",
                    "grunnlag": a.grunnlag,
                })
            )  # fmt: skip
        if self.monster.dobbelt:
            rows = self.rader["kontakter"]
            rows.append(next(rad for rad in rows if rad.celler["type"] == self.monster.dobbelt))
        return {mappe / f"{slag}.csv": render(slag, rows) for slag, rows in self.rader.items()}


def render(slag: str, rader: list[Rad]) -> bytes:
    """Return a file as Norwegian Excel writes it: BOM, semicolons, CRLF; rows by date, numbered in that order."""
    columns = KOLONNER[slag]
    ordered = sorted(rader, key=lambda rad: (rad.dato, [rad.celler.get(name, "") for name in columns]))
    lines = [";".join(columns)]
    for n, rad in enumerate(ordered, 1):
        cells = {**rad.celler, "id": f"{slag[0]}{n:04}"}
        lines.append(";".join(cells.get(name, "") for name in columns))
    return b"\xef\xbb\xbf" + "".join(line + "\r\n" for line in lines).encode()


def make() -> dict[Path, bytes]:
    """Return every log file of the examples, and what is in it."""
    out: dict[Path, bytes] = {}
    for navn, monster in KLASSER.items():
        mappe = Path(__file__).parent / navn
        out |= Dagbok(mappe, monster).write(mappe)
    return out


if __name__ == "__main__":
    for path, data in make().items():
        path.write_bytes(data)
        print(path.relative_to(Path(__file__).parent), data.count(b"\n") - 1)
