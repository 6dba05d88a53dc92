"""The people's plan and this run's points: which row is whose, which may move, and which stand. Pure.

Points keep their ids from run to run, but for interval routines: there a contact renumbers what follows it, so
rows are matched to points by order and date (docs/semantikk.md, "Intervall").
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from oppfolgingscli.modell.frekvens import Antall, Hver
from oppfolgingscli.planlegg.mote import Plassert, varighet_for
from oppfolgingscli.planlegg.problem import Plass
from oppfolgingscli.planlegg.radfolge import in_order
from oppfolgingscli.planlegg.timeplan import KVARTER, minutter
from oppfolgingscli.utvid import punktorden

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.les.plan import Planrad
    from oppfolgingscli.modell.klasse import Kalenderoppsett
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.utvid import Utvidelse
    from oppfolgingscli.vurder import Vurdering, Vurdert

ETTERSLEP: Final = 70
"""Days in which what is overdue, or open without a deadline, is placed: as soon as can be, also after a summer."""

Bortegrunn = Literal["finnes_ikke", "fritatt", "ikke_aktuelt"]
"""Why a row has no point to stand for: no such point · exempt · the participant has left."""


@dataclass(frozen=True, slots=True)
class Kobling:
    """``rad``: each point's row. ``uten``: the rows that are no point's."""

    rad: dict[str, Planrad]
    uten: tuple[Planrad, ...]


def match_rows(rader: Iterable[Planrad], punkter: Sequence[Punkt], versjoner: Iterable[Versjon]) -> Kobling:
    """Return which row is which point's: by id; for interval routines by order and date (``radfolge``).

    A row without a date goes by its id.
    """
    intervals = {v.rutine.id: v.rutine.frekvens.hver.on_clock for v in versjoner if isinstance(v.rutine.frekvens, Hver)}
    by_id = {p.id: p for p in punkter}
    matched: dict[str, Planrad] = {}
    rest: list[Planrad] = []
    loose: defaultdict[tuple[str, str], list[Planrad]] = defaultdict(list)
    undated: list[Planrad] = []
    for rad in rader:
        if rad.rutine in intervals:
            if rad.dato is None:
                undated.append(rad)
            else:
                loose[rad.rutine, rad.subjekt].append(rad)
        elif rad.punkt in by_id:
            matched[rad.punkt] = rad
        else:
            rest.append(rad)
    groups: defaultdict[tuple[str, str], list[Punkt]] = defaultdict(list)
    for p in punkter:
        if (p.rutine, p.subjekt) in loose:
            groups[p.rutine, p.subjekt].append(p)
    for key, rows in loose.items():
        taken = in_order(rows, groups[key], intervals[key[0]])
        matched.update({p: rows[i] for i, p in taken.items()})
        rest += [row for i, row in enumerate(rows) if i not in taken]
    for rad in undated:
        if rad.punkt in by_id and rad.punkt not in matched:
            matched[rad.punkt] = rad
        else:
            rest.append(rad)
    return Kobling(matched, tuple(rest))


def followed(kobling: Kobling, utvidelse: Utvidelse, per: date) -> dict[str, Plassert]:
    """Return where the plan has each point that it gives a date; an interval's held ones stand on their own day."""
    versions = utvidelse.gyldighet.opplegg.rutinesett.versjoner
    intervals = {v.rutine.id for v in versions if isinstance(v.rutine.frekvens, Hver)}
    points = {p.id: p for p in utvidelse.punkter}
    out = {}
    for point, rad in kobling.rad.items():
        p = points[point]
        held = p.rutine in intervals and is_done(p, None, per, interval=True)
        if rad.dato is not None and (not held or rad.dato == p.fra):
            out[point] = Plassert(rad.dato, rad.start, rad.slutt, rad.sted)
    return out


def with_set_off(utvidelse: Utvidelse, vurdering: Vurdering) -> Utvidelse:
    """Return the expansion with the points that an event or a contact has set off, which only a log can give."""
    known = {p.id for p in utvidelse.punkter}
    plain = {p.id for p in vurdering.utvidelse.punkter} | {p.id for p in vurdering.utvidelse.fritatte}
    clocks = {
        v.rutine.id for v in utvidelse.gyldighet.opplegg.rutinesett.versjoner if isinstance(v.rutine.frekvens, Hver)
    }
    more = [
        x.punkt
        for x in vurdering.punkter
        if x.punkt.rutine not in clocks
        and x.punkt.id not in known
        and x.punkt.id not in plain
        and x.punkt.grunn is None
    ]
    if not more:
        return utvidelse
    order = punktorden(utvidelse.gyldighet.opplegg.rutinesett.versjoner)
    return replace(utvidelse, punkter=tuple(sorted((*utvidelse.punkter, *more), key=order)))


@dataclass(slots=True)
class Oppdrag:
    """What is to be planned from ``start`` on, and what the people's plan says about it.

    ``planlegges``: ids of the points to place. ``rad``: the row of each point that has one. ``borte``: rows without
    a point, and why; ``bevart``: locked ones, which stay. ``varigheter``: minutes, where a row says another length.
    ``holdt``: points held before their row's day, with the day they were held. ``holdt_dag``: the day (ordinal) every
    point that has been held was held.
    """

    utvidelse: Utvidelse
    start: date
    punkter: dict[str, Punkt]
    planlegges: set[str] = field(default_factory=set)
    rad: dict[str, Planrad] = field(default_factory=dict)
    borte: list[tuple[Planrad, Bortegrunn]] = field(default_factory=list)
    bevart: list[Planrad] = field(default_factory=list)
    tidligere: dict[str, Plass] = field(default_factory=dict)
    faste: dict[str, Plass] = field(default_factory=dict)
    varigheter: dict[str, int] = field(default_factory=dict)
    utelat: set[str] = field(default_factory=set)
    holdt: dict[str, date] = field(default_factory=dict)
    holdt_dag: dict[str, int] = field(default_factory=dict)


def prepare(
    utvidelse: Utvidelse,
    vurdering: Vurdering,
    rader: Sequence[Planrad],
    kalender: Kalenderoppsett,
    start: date,
    til: date,
    i_fred: Collection[str] = (),
) -> Oppdrag:
    """Say what is to be planned in [start, til], and what stands.

    Args:
        utvidelse: the points, gone on from the log (``fortsett``).
        vurdering: the judgement, on ``per``.
        rader: the rows of the plan.
        kalender: the class's hours.
        start: the first day that may be planned.
        til: points whose window opens later are left as they are.
        i_fred: points that are left alone, whatever.
    """
    whole = with_set_off(utvidelse, vurdering)
    judged = {x.punkt.id: x for x in vurdering.punkter}
    versions = whole.gyldighet.opplegg.rutinesett.versjoner
    intervals = {v.rutine.id for v in versions if isinstance(v.rutine.frekvens, Hver)}
    points = []
    out = Oppdrag(whole, start, {}, utelat=set(i_fred))
    for p in whole.punkter:
        state = None if p.rutine in intervals else judged.get(p.id)
        if p.grunn is not None:
            points.append(p)
        elif is_done(p, state, vurdering.per, interval=p.rutine in intervals):
            out.utelat.add(p.id)
            points.append(p)
            if p.rutine in intervals:
                out.holdt_dag[p.id] = p.fra.toordinal()
            elif state is not None and state.kontakt is not None:
                out.holdt_dag[p.id] = state.kontakt.dato.toordinal()
        else:
            points.append(_reopened(p, state, start))
    out.utvidelse = replace(whole, punkter=tuple(points))
    out.punkter = {p.id: p for p in points}
    kobling = match_rows(rader, points, versions)
    out.rad = kobling.rad
    out.planlegges = {
        p.id
        for p in points
        if p.grunn is None and p.id not in out.utelat and p.fra <= til and (p.frist is None or p.frist >= start)
    }
    _say_gone(out, kobling, judged, vurdering.per)
    for point, rad in out.rad.items():
        p, state = out.punkter[point], judged.get(point)
        day = state.kontakt.dato if state is not None and state.kontakt is not None else p.fra
        held = p.rutine in intervals or (state is not None and state.kontakt is not None)
        if held and point in out.utelat and rad.dato is not None and rad.dato > vurdering.per and not rad.last:
            out.holdt[point] = day
    _say_where(out, kalender, {(v.rutine.id, v.nr): v for v in versions})
    _hold_the_last(out, vurdering, kalender, {(v.rutine.id, v.nr): v for v in versions})
    return out


def is_done(p: Punkt, state: Vurdert | None, per: date, *, interval: bool) -> bool:
    """Whether nothing is left to plan: held, too late, or the participant has left.

    ``fortsett`` gives an interval's held ones the day they were held as their whole window.
    """
    if interval:
        return p.fra == p.frist and p.fra <= per
    return state is not None and (state.kontakt is not None or state.status not in {"apen", "kommende", "forfalt"})


def _reopened(p: Punkt, state: Vurdert | None, start: date) -> Punkt:
    """Give what is overdue, or has waited without a deadline, a window from ``start`` on: as soon as can be."""
    overdue = state is not None and state.status == "forfalt" and p.frist is not None and p.frist < start
    waiting = p.frist is None and (p.mal or p.fra) < start
    if not overdue and not waiting:
        return p
    last = start + timedelta(ETTERSLEP)
    if p.sent_til is not None:
        last = min(last, p.sent_til)
    return replace(p, mal=start, tempo=None, frist=last)


def _say_gone(out: Oppdrag, kobling: Kobling, judged: Mapping[str, Vurdert], per: date) -> None:
    """Sort the rows that stand for nothing any more; what is behind us is left as it is."""
    gone: list[tuple[Planrad, Bortegrunn]] = [(rad, "finnes_ikke") for rad in kobling.uten]
    excused = {p.id for p in out.utvidelse.fritatte}
    for point, rad in list(out.rad.items()):
        state = judged.get(point)
        if out.punkter[point].grunn is not None or (state is not None and state.status == "fritatt"):
            gone.append((rad, "fritatt"))
        elif state is not None and state.status == "ikke_aktuelt":
            gone.append((rad, "ikke_aktuelt"))
        else:
            continue
        del out.rad[point]
    for rad, grunn in gone:
        if rad.dato is not None and rad.dato < per:
            continue
        if rad.last:
            out.bevart.append(rad)
        else:
            out.borte.append((rad, "fritatt" if rad.punkt in excused else grunn))


def _say_where(out: Oppdrag, kalender: Kalenderoppsett, versions: Mapping[tuple[str, int], Versjon]) -> None:
    """Say which rows stand and which may move."""
    first = -(-minutter(kalender.tidsrom[0]) // KVARTER) * KVARTER
    for point, rad in out.rad.items():
        p = out.punkter[point]
        if rad.dato is None or point in out.holdt:
            continue
        length = varighet_for(versions[p.rutine, p.versjon].rutine)
        span = Plassert(rad.dato, rad.start, rad.slutt).minutter(length)
        day = rad.dato.toordinal()
        if point in out.planlegges and not rad.last:
            if rad.dato >= out.start:
                # A row with a day and no time: the day is what was chosen.
                start = span[0] // KVARTER * KVARTER if span else first
                out.tidligere[point] = Plass(day, start if length else None)
        elif rad.dato >= out.start or (rad.last and point in out.planlegges):
            out.faste[point] = Plass(day, span[0] if span else None)
            if (span[1] - span[0] if span else 0) != length:
                out.varigheter[point] = span[1] - span[0] if span else 0


def _hold_the_last(
    out: Oppdrag, vurdering: Vurdering, kalender: Kalenderoppsett, versions: Mapping[tuple[str, int], Versjon]
) -> None:
    """Let the last one held of each routine with a least distance stand on its day, so that the next keeps it."""
    last: dict[tuple[str, str], tuple[date, str]] = {}
    for x in vurdering.punkter:
        f = versions[x.punkt.rutine, x.punkt.versjon].rutine.frekvens
        if x.kontakt is not None and isinstance(f, Antall) and f.minst_mellom and x.punkt.id in out.punkter:
            key = (x.punkt.rutine, x.punkt.subjekt)
            last[key] = max(last.get(key, (date.min, "")), (x.kontakt.dato, x.punkt.id))
    for day, point in last.values():
        out.faste[point] = Plass(day.toordinal(), minutter(kalender.tidsrom[0]))
