"""The tables of a workload, with the same figures in every form: cells know their text, value and key in JSON."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.belastninghyppighet import possible, rhythm
from oppfolgingscli.vis.belastningord import what_makes
from oppfolgingscli.vis.belastningtall import hours, percent_of, short, week_words
from oppfolgingscli.vis.belastningvisning import Oversikt, Rute
from oppfolgingscli.vis.ord import dag_ord, periode_ord
from oppfolgingscli.vis.rapportkolonner import TOM

if TYPE_CHECKING:
    from oppfolgingscli.belastning.rad import Hyppighet, Rolletall, Ukelast
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning

_TIME: Final = 60


def tables(v: Belastningsvisning) -> list[Oversikt]:
    """Return every table with something in it."""
    every = (roles(v), people(v), frequencies(v), busiest(v), routines(v), weeks(v), participants(v))
    return [t for t in every if t.rader]


def value(minutes: Fraction | None) -> float | None:
    """Return minutes as hours with six decimals, as machine output has them."""
    return None if minutes is None else round(float(minutes / _TIME), 6)


def _hours(minutes: Fraction | None, felt: str, desimaler: int = 1) -> Rute:
    return Rute(hours(minutes, desimaler), value(minutes), felt)


def _share(part: Fraction, whole: Fraction | None, felt: str) -> Rute:
    if not whole:
        return Rute(TOM, None, felt)
    return Rute(percent_of(part, whole), round(float(part / whole), 6), felt)


def _busiest_of(uker: Sequence[Ukelast]) -> tuple[Rute, Rute]:
    most = max(uker, key=lambda u: u.tid.sum, default=None)
    if most is None or not most.tid.sum:
        return Rute(TOM, None, "mest_timer"), Rute("", None, "mest_uke")
    return _hours(most.tid.sum, "mest_timer"), Rute(week_words(most.uke), most.uke, "mest_uke")


def _people_in(v: Belastningsvisning, r: Rolletall) -> Rute:
    if r.deltaker:
        words = short(r.antall)
        if r.antall.denominator != 1:
            words = _("i snitt {n}").format(n=words)
        return Rute(words, round(float(r.antall), 6), "antall")
    if v.uten_id or not r.personer:
        return Rute(short(r.antall) if r.personer else TOM, float(r.antall) if r.personer else None, "antall")
    return Rute(", ".join(r.personer), ", ".join(r.personer), "personer")


def _role_row(first: Sequence[Rute], uker: Sequence[Ukelast], tid: Fraction, school: Fraction, key: str, aside: Fraction | None, whole: Fraction | None, over: int | None) -> tuple[str, Sequence[Rute]]:  # fmt: skip
    each = tid / school if school else None
    return key, [
        *first, _hours(tid, "timer"), _hours(each, "i_uka", 2), _hours(aside, "avsatt_i_uka", 2), _hours(whole, "avsatt"),
        _share(tid, whole, "andel_av_avsatt"), Rute(TOM if over is None else str(over), over, "uker_over"),
        *_busiest_of(uker),
    ]  # fmt: skip


def _heads(*first: str) -> tuple[str, ...]:
    return (
        *first,
        _("Timer"),
        _("I uka"),
        _("Avsatt i uka"),
        _("Avsatt i alt"),
        _("Brukt"),
        _("Uker over"),
        _("Mest"),
        _("I"),
    )


def roles(v: Belastningsvisning) -> Oversikt:
    """One row a role, the participants last."""
    rows = []
    for r in (*v.staff(), *(r for r in v.belastning.roller if r.deltaker and r.tid.sum)):
        first = (Rute(v.navn.rolle(r.rolle), v.navn.rolle(r.rolle), "rolle"), _people_in(v, r))
        over = r.uker_over if r.avsatt_i_uka is not None else None
        rows.append(
            _role_row(first, r.uker, r.tid.sum, r.antall_uker, f"rolle/{r.rolle}", r.avsatt_i_uka, r.avsatt, over)
        )
    return Oversikt("roller", _("Timer for hver rolle"), _heads(_("Rolle"), _("Hvem")), rows, frozenset(range(2, 9)))


def people(v: Belastningsvisning) -> Oversikt:
    """One row a person, of the roles that have several; nothing without ids."""
    rows = []
    for p in v.personer:
        r = v.roller[p.rolle]
        if p.person is None or len(r.personer) < 2:
            continue
        aside = None if r.avsatt_i_uka is None else r.avsatt_i_uka / r.antall
        whole = None if r.avsatt is None else r.avsatt / r.antall
        over = None if aside is None else sum(u.avsatt is not None and u.tid.sum > u.avsatt for u in p.uker)
        first = (Rute(v.navn.rolle(p.rolle), v.navn.rolle(p.rolle), "rolle"), Rute(p.person, p.person, "person"))
        rows.append(
            _role_row(first, p.uker, p.tid.sum, r.antall_uker, f"person/{p.rolle}/{p.person}", aside, whole, over)
        )
    return Oversikt("personer", _("Timer for hver person, der flere deler en rolle"), _heads(_("Rolle"), _("Person")), rows, frozenset(range(2, 9)))  # fmt: skip


def _number(value_: Fraction | None, felt: str, desimaler: int = 2) -> Rute:
    return Rute(TOM, None, felt) if value_ is None else Rute(short(value_, desimaler), round(float(value_), 6), felt)


def _times(h: Hyppighet, verdi: Fraction | None, felt: str) -> Rute:
    whole = None if verdi is None else max(ceil(verdi), 1) if h.slag == "hver" else floor(verdi)
    return Rute(possible(h, verdi), whole, felt)


def frequencies(v: Belastningsvisning) -> Oversikt:
    """How often there is time, with every number of the arithmetic."""
    rows = []
    for h in v.belastning.hyppighet:
        name, role, rule = v.navn.rutine(h.rutine), v.navn.rolle(h.rolle), rhythm(v, h)
        rows.append((
            f"hyppighet/{h.rolle}/{v.navn.plass(h.rutine)}/{h.versjon}",
            [
                Rute(role, role, "rolle"), Rute(name, name, "rutine"), Rute(rule, rule, "regel"),
                _times(h, h.mulig, "mulig_hel"), _times(h, h.alene, "alene_hel"), _number(h.subjekter, "subjekter", 1),
                _number(h.minutter, "minutter", 1), _number(h.uker, "uker", 1), _hours(h.avsatt, "avsatt"),
                _hours(h.annet, "annet"), _hours(h.igjen, "igjen"), _number(h.mulig, "mulig"),
            ],
        ))  # fmt: skip
    heads = (
        _("Rolle"), _("Rutine"), _("Rutinen sier"), _("Det er tid til"), _("Alene"), _("Deltakere"), _("Minutter"), _("Uker"),
        _("Avsatt"), _("Annet"), _("Igjen"), _("Regnet"),
    )  # fmt: skip
    return Oversikt("hyppighet", _("Hvor ofte det er tid til"), heads, rows, frozenset(range(5, 12)))


def busiest(v: Belastningsvisning) -> Oversikt:
    """The busiest weeks, and what makes them."""
    uker = {u.nokkel: u for u in v.belastning.uker}
    rows = []
    for t in v.topper:
        u = uker[t.uke]
        who = t.person or TOM
        role, makes = v.navn.rolle(t.rolle), what_makes(v, t)
        week = week_words(t.uke, year=True)
        rows.append((
            f"topp/{t.rolle}/{t.person or ''}/{t.uke}",
            [
                Rute(role, role, "rolle"), Rute(who, t.person, "person"), Rute(week, t.uke, "uke"),
                Rute(dag_ord(u.fra), u.fra.isoformat(), "fra"), _hours(t.tid.sum, "timer"), Rute(makes, makes, "deler"),
            ],
        ))  # fmt: skip
    heads = (_("Rolle"), _("Hvem"), _("Uke"), _("Fra"), _("Timer"), _("Hva"))
    return Oversikt("topper", _("De travleste ukene"), heads, rows, frozenset({4}))


def routines(v: Belastningsvisning) -> Oversikt:
    """What takes the time: role by routine; preparation and travel where there is any."""
    extra = any(r.tid.forberedelse or r.tid.reise for r in v.belastning.roller)
    rows = []
    for r in v.belastning.roller:
        for d in r.rutiner:
            if not d.tid.sum:
                continue
            role, name = v.navn.rolle(r.rolle), v.navn.rutine(d.rutine)
            cells = [
                Rute(role, role, "rolle"), Rute(name, name, "rutine"), _number(d.antall, "antall", 1),
                _hours(d.tid.sum, "timer"),
            ]  # fmt: skip
            if extra:
                cells += [
                    _hours(d.tid.mote, "mote"), _hours(d.tid.forberedelse, "forberedelse"), _hours(d.tid.reise, "reise"),
                ]  # fmt: skip
            cells.append(_share(d.tid.sum, r.tid.sum, "andel"))
            rows.append((f"rutine/{r.rolle}/{v.navn.plass(d.rutine)}", cells))
    more = (_("I møter"), _("Forberedelse"), _("Reise")) if extra else ()
    heads = (_("Rolle"), _("Rutine"), _("Antall"), _("Timer"), *more, _("Del av rollen"))
    return Oversikt("rutiner", _("Hva tiden går til"), heads, rows, frozenset(range(2, len(heads))))


def weeks(v: Belastningsvisning) -> Oversikt:
    """Hours a week, a column for each role; what is set aside beside the roles that have any."""
    shown = v.staff()
    heads = [_("Uke"), _("Fra"), _("Skoledager")]
    for r in shown:
        heads.append(v.navn.rolle(r.rolle))
        if r.avsatt_i_uka is not None:
            heads.append(_("Avsatt"))
    rows = []
    for i, u in enumerate(v.belastning.uker):
        cells = [
            Rute(week_words(u.nokkel, year=True), u.nokkel, "uke"), Rute(dag_ord(u.fra), u.fra.isoformat(), "fra"),
            Rute(str(u.skoledager), u.skoledager, "skoledager"),
        ]  # fmt: skip
        for r in shown:
            last = r.uker[i]
            cells.append(_hours(last.tid.sum, f"{r.rolle}/timer"))
            if last.avsatt is not None:
                cells.append(_hours(last.avsatt, f"{r.rolle}/avsatt", 2))
        rows.append((f"uke/{u.nokkel}", cells))
    return Oversikt("uker", _("Timer for hver uke"), tuple(heads), rows, frozenset(range(2, len(heads))))


def participants(v: Belastningsvisning) -> Oversikt:
    """Hours for each participant, by semester; nothing where participants may not be shown one by one."""
    keys = list(dict.fromkeys(s.semester for d in v.deltakere for s in d.semestre))
    keys.sort(key=lambda key: (key.partition("-")[0], key.endswith("host")))
    rows = []
    for d in v.deltakere:
        found = {s.semester: s for s in d.semestre}
        halves = [_hours(found[k].ansatte if k in found else Fraction(0), f"{k}/timer") for k in keys]
        rows.append((
            f"deltaker/{d.deltaker}",
            [Rute(d.deltaker, d.deltaker, "deltaker"), *halves, _hours(d.ansatte, "timer"), _hours(d.egen, "egne_timer")],
        ))  # fmt: skip
    heads = (_("Deltaker"), *(periode_ord(k).capitalize() for k in keys), _("I alt"), _("Egen tid"))
    return Oversikt("deltakere", _("Timer for hver deltaker"), heads, rows, frozenset(range(1, len(heads))))
