"""Machine output of ``belastning``, JSON and CSV: a contract (see vis/maskin.py for what all such output shares).

Hours have at most six decimals; what is exact in the core is rounded here, and nowhere else.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.vis.maskin import csv_text, dump, dump_rows, iso, varsel_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from oppfolgingscli.belastning.rad import Del, Hyppighet, Persontall, Rolletall, Tid, Topp, Ukelast
    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning

CSV_KEYS: Final = (
    "rolle", "person", "uke", "fra", "til", "skoledager", "timer", "mote", "forberedelse", "reise", "avsatt",
)  # fmt: skip
_TIME: Final = 60


def number(value: Fraction | None) -> float | int | None:
    """Return an exact number with six decimals; whole ones as integers."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else round(float(value), 6)


def hours(minutes: Fraction | None) -> float | int | None:
    """Return minutes as hours."""
    return None if minutes is None else number(minutes / _TIME)


def belastning_json(v: Belastningsvisning, varsler: Iterable[Varsel]) -> str:
    """Render a workload; without ids ``personer``, ``deltakere`` and ``varsler``, which may name people, are empty."""
    b = v.belastning
    head = {
        "klasse": v.opplegg.klasse.id, "rutinesett": v.opplegg.rutinesett.hode.id, "per": iso(v.per),
        "fra": iso(b.forutsetninger.fra), "til": iso(b.forutsetninger.til), "tenkt_klasse": bool(v.antatt),
        "fra_plan": v.fra_plan, "skoledager": b.skoledager, "skoleuker": number(b.skoleuker),
        "deltakere_snitt": number(b.deltakere), "faktor": number(b.faktor), "forutsetninger": _asked(v),
        "per_deltaker": {"timer": hours(b.per_deltaker[0]), "egne_timer": hours(b.per_deltaker[1])},
        "turer": {"besok": number(b.turer.besok), "turer": number(b.turer.turer), "uten_sted": number(b.turer.uten_sted)},
        "utenfor": [{"rutine": id_, "grunn": why} for id_, why in b.utenfor], "uten_tid": b.uten_tid,
        "vanlig_tid": b.vanlig_tid, "uten_plass": b.uten_plass, "skjult": b.skjult,
    }  # fmt: skip
    parts = {
        "uker": [{"uke": u.nokkel, "fra": iso(u.fra), "til": iso(u.til), "skoledager": u.skoledager} for u in b.uker],
        "roller": [_role(v, r) for r in b.roller],
        "personer": [_person(p) for p in v.personer],
        "topper": [_peak(t) for t in v.topper],
        "hyppighet": [_frequency(h) for h in b.hyppighet],
        "deltakere": [
            {
                "deltaker": d.deltaker, "timer": hours(d.ansatte), "egne_timer": hours(d.egen),
                "semestre": [
                    {"semester": s.semester, "timer": hours(s.ansatte), "egne_timer": hours(s.egen)} for s in d.semestre
                ],
            }
            for d in v.deltakere
        ],
        "varsler": [] if v.uten_id else [varsel_row(one) for one in varsler],
    }  # fmt: skip
    body = ",\n".join(f'"{key}":{dump_rows(rows)}' for key, rows in parts.items())
    return f"{dump(head)[:-1]},\n{body}}}\n"


def _asked(v: Belastningsvisning) -> dict[str, Any]:
    f = v.belastning.forutsetninger
    return {
        "deltakere": f.deltakere, "varighet": dict(f.varighet), "forberedelse": dict(f.forberedelse),
        "reise": dict(f.reise), "avsatt": {role: hours(minutes) for role, minutes in f.avsatt.items()},
    }  # fmt: skip


def _time(t: Tid) -> dict[str, Any]:
    return {
        "timer": hours(t.sum), "mote": hours(t.mote), "forberedelse": hours(t.forberedelse), "reise": hours(t.reise),
    }  # fmt: skip


def _weeks(uker: Iterable[Ukelast]) -> list[dict[str, Any]]:
    return [{"uke": u.uke, **_time(u.tid), "avsatt": hours(u.avsatt)} for u in uker]


def _parts(deler: Iterable[Del]) -> list[dict[str, Any]]:
    return [{"rutine": d.rutine, "antall": number(d.antall), **_time(d.tid)} for d in deler]


def _role(v: Belastningsvisning, r: Rolletall) -> dict[str, Any]:
    school = r.antall_uker
    p = r.portefolje
    return {
        "rolle": r.rolle, "deltaker": r.deltaker, "personer": None if v.uten_id else r.personer, "antall": number(r.antall),
        "dager": r.dager, **_time(r.tid), "onsket": hours(r.onsket), "i_uka": hours(r.tid.sum / school) if school else None,
        "avsatt_i_uka": hours(r.avsatt_i_uka), "avsatt": hours(r.avsatt),
        "andel_av_avsatt": number(r.tid.sum / r.avsatt) if r.avsatt else None,
        "uker_over": None if r.avsatt_i_uka is None else r.uker_over,
        "portefolje": None if p is None else {
            "antall": p.antall, "deltakere": number(p.deltakere), "per_deltaker": hours(p.per_deltaker), "hele": hours(p.hele),
        },
        "rutiner": _parts(r.rutiner), "uker": _weeks(r.uker),
    }  # fmt: skip


def _person(p: Persontall) -> dict[str, Any]:
    return {"rolle": p.rolle, "person": p.person, **_time(p.tid), "uker": _weeks(p.uker)}


def _peak(t: Topp) -> dict[str, Any]:
    return {"rolle": t.rolle, "person": t.person, "uke": t.uke, "timer": hours(t.tid.sum), "deler": _parts(t.deler)}


def _frequency(h: Hyppighet) -> dict[str, Any]:
    return {
        "rolle": h.rolle, "rutine": h.rutine, "versjon": h.versjon, "slag": h.slag, "per": h.per, "niva": h.niva,
        "regel": number(h.regel), "mulig": number(h.mulig), "alene": number(h.alene), "rekker": h.rekker,
        "subjekter": number(h.subjekter), "uker": number(h.uker), "omganger": number(h.omganger),
        "minutter": number(h.minutter), "avsatt": hours(h.avsatt), "annet": hours(h.annet), "igjen": hours(h.igjen),
    }  # fmt: skip


def belastning_csv(v: Belastningsvisning) -> str:
    """Render a row for each person and week; for each role and week where people may not be shown; then participants.

    The participants stand together, as their role: a row with weeks for one of them could tell of a benefit.
    """
    uker = {u.nokkel: u for u in v.belastning.uker}
    rows: list[Mapping[str, Any]] = []

    def put(rolle: str, person: str | None, weeks: Sequence[Ukelast]) -> None:
        for w in weeks:
            u = uker[w.uke]
            rows.append({
                "rolle": rolle, "person": person, "uke": w.uke, "fra": iso(u.fra), "til": iso(u.til),
                "skoledager": u.skoledager, **_time(w.tid), "avsatt": hours(w.avsatt),
            })  # fmt: skip

    shown = {p.rolle for p in v.personer}
    for p in v.personer:
        put(p.rolle, p.person, p.uker)
    for r in v.belastning.roller:
        if r.rolle not in shown:
            put(r.rolle, None, r.uker)
    return csv_text(CSV_KEYS, (dict(row) for row in rows))
