"""One month of the class: each day's meetings, deadlines, holidays and breaks, ready to be laid out in weeks.

The meetings are those of ``kalender``: ``plan.csv`` where there is one, else what the program places. Deadlines and
what became of them come from the judgement. Nothing is worked out here but the order of the days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.ord import naturlig
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.tid.helligdager import helligdager
from oppfolgingscli.tid.perioder import periode_for
from oppfolgingscli.vis.arshjul.innhold import ferie_ord
from oppfolgingscli.vis.ord import status_ord
from oppfolgingscli.vis.skjerming import title

if TYPE_CHECKING:
    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.planlegg import Mote
    from oppfolgingscli.tid.skolekalender import Skolekalender
    from oppfolgingscli.vurder import Vurdert

_GJORT: Final = frozenset({"i_tide", "for_sent"})
_UTE: Final = frozenset({"fritatt", "ikke_aktuelt", "ikke_brukt"})
"""Statuses of points that are nobody's deadline any more."""


@dataclass(frozen=True, slots=True)
class Hvem:
    """Whom an entry is about, and what became of it; ``id`` is "" for the class."""

    id: str
    navn: str
    status: str = ""
    statusord: str = ""


@dataclass(frozen=True, slots=True)
class Oppslag:
    """One entry of a day. ``slag``: "mote" or "frist". ``tid``: «09.00–09.45» or "". ``status``: gjort, forfalt, mangler or "".

    ``antall``: how many it is about, in words; "" where it is one. ``folk``: who is to be there, in words.
    """

    slag: str
    tid: str
    hva: str
    hvem: tuple[Hvem, ...]
    status: str = ""
    statusord: str = ""
    antall: str = ""
    folk: str = ""


@dataclass(frozen=True, slots=True)
class Dag:
    """One day. ``navn``: the holiday's or the break's, "" for none; ``ubekreftet``: no source confirms the break.

    ``fortsetter``: the same break as the day before in the week, and nothing else to say.
    """

    dato: date
    med: bool
    i_dag: bool
    skoledag: bool
    helligdag: bool
    ferie: bool
    navn: str
    ubekreftet: bool
    oppslag: tuple[Oppslag, ...]
    fortsetter: bool = False


@dataclass(frozen=True, slots=True)
class Uke:
    """A week, Monday first, with its number (ISO 8601)."""

    nr: int
    dager: tuple[Dag, ...]


def weeks(found: Grunnlag, moter: Iterable[Mote], maned: date, rolle: str | None) -> tuple[Uke, ...]:
    """Return the weeks that touch the month of ``maned``.

    ``rolle``: only what this role is responsible for or takes part in, as in its calendar.
    """
    v = found.vurdering
    month = periode_for(maned, "maned")
    make = _Maned(found, lambda p: rolle is None or rolle in (p.ansvarlig, *p.deltar))
    entries = make.entries(moter, month.fra, month.til)
    first = month.fra - timedelta(month.fra.weekday())
    out = []
    while first <= month.til:
        days = [first + timedelta(n) for n in range(7)]
        made = [_day(day, maned, v.per, v.gyldighet.kalender, entries.get(day, ())) for day in days]
        out.append(Uke(first.isocalendar().week, tuple(_follow_on(made))))
        first += timedelta(7)
    return tuple(out)


def _follow_on(days: Sequence[Dag]) -> Iterable[Dag]:
    """Mark the days of a week that only go on with a break."""
    before = ""
    for day in days:
        name = day.navn if day.med and day.ferie else ""
        alike = bool(name) and name == before and not day.oppslag and not day.i_dag
        yield replace(day, fortsetter=True) if alike else day
        before = name


def _day(day: date, maned: date, per: date, kalender: Skolekalender, oppslag: tuple[Oppslag, ...]) -> Dag:
    holiday = helligdager(day.year).get(day)
    number = day.toordinal()
    break_ = next((f for f in kalender.ferier if f.fra <= number <= f.til), None)
    inside = kalender.fra <= day <= kalender.til
    name = _(holiday) if holiday else ferie_ord(break_.navn) if break_ else ""
    if not name and inside and day.weekday() < 5 and not kalender.is_skoledag(day) and kalender.is_virkedag(day):
        name = _("fridag")
    return Dag(
        day, (day.year, day.month) == (maned.year, maned.month), day == per, not inside or kalender.is_skoledag(day),
        holiday is not None, break_ is not None, name[:1].upper() + name[1:],
        break_ is not None and holiday is None and break_.ubekreftet, oppslag,
    )  # fmt: skip


class _Maned:
    """Makes the entries of one month."""

    def __init__(self, found: Grunnlag, wanted: Callable[[Punkt], bool]) -> None:
        v = found.vurdering
        sett = v.gyldighet.opplegg.rutinesett
        self._wanted = wanted
        self._titler = {(x.rutine.id, x.nr): title(x) for x in sett.versjoner}
        self._punkter = v.punkter
        self._status: Mapping[str, Vurdert] = {x.punkt.id: x for x in v.punkter}
        self._folk = {id_: person.navn for id_, person in found.arbeidsmappe.oppsett.personer.items()}

    def entries(self, moter: Iterable[Mote], fra: date, til: date) -> dict[date, tuple[Oppslag, ...]]:
        """Return the entries by day: meetings in order of time, then what is due."""
        out: dict[date, list[Oppslag]] = {}
        due: dict[tuple[date, str], dict[str, Hvem]] = {}
        for mote in sorted(moter, key=lambda m: (m.dato, m.start is None, m.start or 0, m.punkt.id)):
            if not (fra <= mote.dato <= til and self._wanted(mote.punkt)) or self._gone(mote.punkt):
                continue
            if mote.heldag and mote.dato == mote.punkt.frist:
                self._due(due, mote.punkt)
            else:
                out.setdefault(mote.dato, []).append(self._meeting(mote))
        for x in self._punkter:
            p = x.punkt
            if p.frist is not None and fra <= p.frist <= til and self._wanted(p) and not self._gone(p):
                self._due(due, p)
        for (day, what), who in due.items():
            out.setdefault(day, []).append(_deadline(what, list(who.values())))
        return {day: tuple(entries) for day, entries in out.items()}

    def _gone(self, p: Punkt) -> bool:
        x = self._status.get(p.id)
        return p.grunn is not None or (x is not None and x.status in _UTE)

    def _due(self, due: dict[tuple[date, str], dict[str, Hvem]], p: Punkt) -> None:
        assert p.frist is not None  # noqa: S101 - asked for by the caller
        due.setdefault((p.frist, self._title(p)), {})[p.id] = self._who(p)

    def _who(self, p: Punkt) -> Hvem:
        x = self._status.get(p.id)
        status, words = ("", "")
        if x is not None and x.status in _GJORT:
            status, words = "gjort", _("gjort")
        elif x is not None and x.status in ("forfalt", "mangler"):
            status, words = x.status, status_ord(x.status)
        return Hvem(*((p.subjekt, p.subjekt) if p.niva == "deltaker" else ("", _("klassen"))), status, words)

    def _title(self, p: Punkt) -> str:
        return self._titler[p.rutine, p.versjon]

    def _meeting(self, mote: Mote) -> Oppslag:
        p, who = mote.punkt, self._who(mote.punkt)
        span = f"{mote.start:%H.%M}–{mote.slutt:%H.%M}" if mote.start and mote.slutt else ""
        if mote.grunn is not None:
            span = _("uten tid")
        people = ", ".join(filter(None, (self._folk.get(id_, "") for id_ in mote.personer)))
        return Oppslag("mote", span, self._title(p), (who,), who.status, who.statusord, folk=people)


def _deadline(what: str, who: list[Hvem]) -> Oppslag:
    """Return a deadline that several may share; those it is still due for come first."""
    order = {"forfalt": 0, "mangler": 1, "": 2, "gjort": 3}
    who.sort(key=lambda h: (order[h.status], naturlig(h.id)))
    left = [h for h in who if h.status != "gjort"]
    worst = who[0].status
    n, done = len(who), len(who) - len(left)
    count = ""
    if n > 1:
        each_once = who[0].id and len({h.id for h in who}) == n
        text = ngettext("{n} deltaker", "{n} deltakere", n) if each_once else ngettext("{n} gang", "{n} ganger", n)
        text = _("{gjort} av {n} gjort") if done else text
        count = text.format(gjort=done, n=n)
    words = {"forfalt": _("forfalt"), "mangler": _("mangler"), "gjort": _("gjort"), "": ""}[worst]
    return Oppslag(
        "frist",
        _("frist"),
        what,
        tuple(dict.fromkeys(who)) if n > 1 and who[0].id else tuple(who),
        worst,
        words,
        antall=count,
    )
