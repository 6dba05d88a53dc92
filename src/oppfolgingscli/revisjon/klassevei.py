"""The cells of one class from its judgement: the definition every faster way to them must agree with. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.maltall.klokke import clocks, days_covered, longest_gap
from oppfolgingscli.maltall.mal import by_subject, covered, dose_sums, gain, tellinger, waiting_times
from oppfolgingscli.maltall.underlag import Underlag
from oppfolgingscli.maltall.visninger import group_of, group_spans, having
from oppfolgingscli.modell.rutinesett import Antall, Milepael
from oppfolgingscli.revisjon.celle import ENKELTRUTINER, MED_VENTETID, VISNINGER, Celle, Celler, Nokkel
from oppfolgingscli.revisjon.frafall import frafall
from oppfolgingscli.revisjon.kvalitet import kvalitet
from oppfolgingscli.revisjon.resultat import Atom, Klasse, Klasseresultat
from oppfolgingscli.tid.perioder import Periode, periode_for, perioder

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Logg
    from oppfolgingscli.maltall.andeler import Telling
    from oppfolgingscli.maltall.klokke import Klokke
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.vurder import Vurdering, Vurdert

#: Days after its deadline a point is judged, unless the user says otherwise: what is logged is logged by then.
LAG = 14


@dataclass(slots=True)
class _Rader:
    """What one routine has in one cell: required points, and those of them that are judged or exempt."""

    pakrevde: list[Vurdert] = field(default_factory=list)
    bedomte: list[Vurdert] = field(default_factory=list)
    fritatte: list[Vurdert] = field(default_factory=list)


def klasseresultat(
    vurdering: Vurdering, lag: int = LAG, klasse: Klasse | None = None, logg: Logg | None = None
) -> Klasseresultat:
    """Return the sums of one class; ``klasse``: who it is (None: as its files say).

    ``logg``: what the judgement was made from; without it nothing is said of the log itself, or of who left.

    ``lag``: calendar days from a deadline until the point is judged, as in ``maltall.measure``.
    """
    who = klasse or klasse_for(vurdering)
    out = Klasseresultat(who, celler(vurdering, lag, who), atomer(vurdering, lag, who))
    if logg is not None:
        out.kvalitet, out.frafall = kvalitet(vurdering, logg), frafall(vurdering, logg)
    return out


def klasse_for(vurdering: Vurdering) -> Klasse:
    """Return who the class is: its id, and the county and school of its routine set."""
    opplegg = vurdering.gyldighet.opplegg
    hode = opplegg.rutinesett.hode
    return Klasse(opplegg.klasse.id, hode.fylke or "", hode.skole or "", hode.id)


def celler(vurdering: Vurdering, lag: int, klasse: Klasse) -> Celler:
    """Return the cells of a class; a cell with nothing to tell is not there."""
    u = Underlag(vurdering, lag)
    found: dict[Nokkel, dict[str, _Rader]] = {}
    for rutine, points in u.pakrevde.items():
        for x in points:
            judged, excused = u.is_judged(x), u.is_excused(x)
            values = _of_point(u, klasse, x)
            for key in _keys(values):
                rader = found.setdefault(key, {}).setdefault(rutine, _Rader())
                rader.pakrevde.append(x)
                if judged:
                    rader.bedomte.append(x)
                if excused:
                    rader.fritatte.append(x)
    out = {key: _celle(u, key, rutiner) for key, rutiner in found.items()}
    on_clock: dict[Nokkel, set[str]] = {}
    for versions in u.versjoner.values():
        for v in versions:
            for klokke in clocks(vurdering, [v]):
                for key, part in _on_clock(u, klasse, v, klokke):
                    out[key] = out.get(key, Celle()) + part
                    if v.rutine.niva == "deltaker":
                        on_clock.setdefault(key, set()).add(klokke.subjekt)
    for key, people in on_clock.items():
        out[key].n_klokke = len(people)
    return {key: celle for key, celle in out.items() if celle}


def atomer(vurdering: Vurdering, lag: int, klasse: Klasse) -> set[Atom]:
    """Return where the class has a judged or exempt point."""
    u = Underlag(vurdering, lag)
    out: set[Atom] = set()
    for points in u.pakrevde.values():
        for x in points:
            if u.is_judged(x) or u.is_excused(x):
                values = _of_point(u, klasse, x)
                parts = {name: values.get(name) for name in Atom._fields if name != "intervall"}
                out.add(Atom(**parts, intervall=u.is_intervall(x)))  # type: ignore[arg-type] # only the group may be None
    return out


def _of_class(klasse: Klasse, v: Versjon) -> dict[str, str]:
    return {
        "klasse": klasse.id, "fylke": klasse.fylke, "skole": klasse.skole, "rutinesett": klasse.rutinesett,
        "rutine": v.rutine.id, "versjon": str(v.nr), "type": v.rutine.type, "grunnlag": v.rutine.grunnlag,
    }  # fmt: skip


def _of_point(u: Underlag, klasse: Klasse, x: Vurdert) -> dict[str, str]:
    p = x.punkt
    values = _of_class(klasse, u.versjon(x))
    if p.frist is not None:
        values["semester"] = periode_for(p.frist, "semester").nokkel
    if p.niva == "deltaker":
        values["gruppe"] = group_of(u.subjekter[p.subjekt], p.frist or p.fra)
    return values


def _keys(values: dict[str, str]) -> Iterator[Nokkel]:
    for visning in VISNINGER:
        if all(name in values for name in visning):
            yield Nokkel(visning, tuple(values[name] for name in visning))


def _celle(u: Underlag, key: Nokkel, rutiner: dict[str, _Rader]) -> Celle:
    period = _semester(key)
    c = Celle()
    pool: list[Vurdert] = []
    judged = [x for rader in rutiner.values() for x in rader.bedomte]
    for rutine, rader in rutiner.items():
        in_share = [x for x in rader.bedomte if key.visning in ENKELTRUTINER or not u.is_intervall(x)]
        pool += in_share
        c.fritatt += len(rader.fritatte)
        c.andel_fritatt += sum(key.visning in ENKELTRUTINER or not u.is_intervall(x) for x in rader.fritatte)
        c.gevinst += gain(u, rutine, in_share, period)
        capped, delivered, required = dose_sums(u, in_share)
        c.levert_kuttet, c.levert, c.pakrevd = c.levert_kuttet + capped, c.levert + delivered, c.pakrevd + required
        met, subjects = covered(u, rader.bedomte, rader.pakrevde)
        c.dekket, c.dekkbare = c.dekket + met, c.dekkbare + subjects
        if key.visning in MED_VENTETID:
            c.ventetid.update(waiting_times(u, rader.pakrevde))
    c.i_tide, c.for_sent = having("i_tide", judged), having("for_sent", judged)
    c.forfalt, c.mangler = having("forfalt", judged), having("mangler", judged)
    c.gjort = having("i_tide", pool) + having("for_sent", pool)
    c.klassepunkter = sum(len(_of_level((*r.bedomte, *r.fritatte), "klasse")) for r in rutiner.values())
    c.n_deltakere, c.n_klasser = (len(by_subject(_of_level(judged, niva))) for niva in ("deltaker", "klasse"))
    mine = {x.punkt.subjekt for x in _of_level(judged, "deltaker")}
    excused = (x for rader in rutiner.values() for x in _of_level(rader.fritatte, "deltaker"))
    c.n_fritatte = len({x.punkt.subjekt for x in excused} - mine)
    dosed = (x for x in _of_level(pool, "deltaker") if isinstance(u.versjon(x).rutine.frekvens, Antall | Milepael))
    c.n_dose = len({x.punkt.subjekt for x in dosed})
    c.tellinger.update(_tellinger(pool, "deltaker"))
    c.klassetellinger.update(_tellinger(pool, "klasse"))
    return c


def _semester(key: Nokkel) -> Periode | None:
    if "semester" not in key.visning:
        return None
    name = key.verdier[key.visning.index("semester")]
    year, half = name.split("-")
    return periode_for(date(int(year), 8 if half == "host" else 1, 1), "semester")


def _of_level(points: Sequence[Vurdert], niva: str) -> list[Vurdert]:
    return [x for x in points if x.punkt.niva == niva]


def _tellinger(points: Sequence[Vurdert], niva: str) -> list[Telling]:
    return tellinger(_of_level(points, niva))


def _on_clock(u: Underlag, klasse: Klasse, v: Versjon, klokke: Klokke) -> Iterator[tuple[Nokkel, Celle]]:
    values = _of_class(klasse, v)
    subject = u.subjekter[klokke.subjekt] if v.rutine.niva == "deltaker" else None
    first, last = klokke.dager.forste, max(klokke.dager.siste, klokke.siste)
    halves = [*perioder("semester", date.fromordinal(first), date.fromordinal(last))]
    for visning in VISNINGER:
        parts: list[tuple[str, Periode | None]] = [("", None)]
        if "semester" in visning:
            parts = [(half.nokkel, half) for half in halves]
        elif "gruppe" in visning:
            parts = [*group_spans(subject)] if subject else []
        for name, span in parts:
            key = Nokkel(visning, tuple(values.get(part, name) for part in visning))
            covered_, whole = days_covered((klokke,), span)
            gap = longest_gap((klokke,), span)
            if whole or gap is not None:
                yield key, Celle(dager_dekket=covered_, dager=whole, lengst=gap)
