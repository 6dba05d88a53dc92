"""A run of ``plan`` as JSON and CSV: a contract, never translated. Keys in docs/maskinsvar.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.modell.ord import UKEDAGER
from oppfolgingscli.vis.maskin import csv_text, dump, dump_rows, iso, varsel_row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import time

    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.les.plan import Planrad
    from oppfolgingscli.planlegg.folk import Ressurs
    from oppfolgingscli.planlegg.planresultat import Planlagt, Planresultat
    from oppfolgingscli.planlegg.problem import Arsak

PLAN_KEYS: Final = (
    "id", "rutine", "type", "subjekt", "krav", "dato", "start", "slutt", "sted", "personer", "tilstand", "last",
    "fra", "frist",
)  # fmt: skip
"""Keys of a planned point, in order."""


def _clock(at: time | None) -> str | None:
    return at.isoformat("minutes") if at else None


def _minutes(at: int) -> str:
    return f"{at // 60:02}:{at % 60:02}"


def plan_row(x: Planlagt) -> dict[str, Any]:
    """Return a planned point as the contract's keys and values."""
    p = x.punkt
    return {
        "id": p.id, "rutine": p.rutine, "type": p.type, "subjekt": p.subjekt, "krav": p.krav, "dato": iso(x.dato),
        "start": _clock(x.start), "slutt": _clock(x.slutt), "sted": x.sted, "personer": x.personer,
        "tilstand": x.tilstand, "last": x.rad is not None and x.rad.last, "fra": iso(p.fra), "frist": iso(p.frist),
    }  # fmt: skip


def _place(rad: Planrad | Planlagt | None) -> dict[str, Any] | None:
    return None if rad is None else {"dato": iso(rad.dato), "start": _clock(rad.start)}


def _who(r: Ressurs | None, klasse: str) -> dict[str, str] | None:
    return None if r is None else {"slag": r.slag, "id": r.id.removeprefix(f"{klasse}/")}


def _own(points: Iterable[str], klasse: str) -> list[str]:
    """Return the points of this class: who is in another's meetings is not ours to tell."""
    return [i for i in points if i.startswith(f"{klasse}/")]


def _cause(a: Arsak, klasse: str, mine: set[str]) -> dict[str, Any]:
    def week(at: tuple[int, int]) -> str:
        return f"{at[0]}-u{at[1]:02}"

    return {
        "kode": a.kode,
        "punkter": [i for i in a.oppgaver if i in mine],
        "ressurs": _who(a.ressurs, klasse),
        "antall": a.antall,
        "minutter": a.minutter,
        "mangler_minutter": a.mangler,
        "fra_uke": week(a.uker[0]),
        "til_uke": week(a.uker[1]),
        "ukedager": [UKEDAGER[d] for d in a.dager],
        "tidsrom": [_minutes(at) for at in a.tidsrom],
        "maks_per_dag": a.maks_per_dag,
        "lettelser": [
            {
                "slag": one.slag,
                "ressurs": _who(one.ressurs, klasse),
                "verdi": UKEDAGER[one.verdi] if one.slag == "ukedag" else one.verdi,
                "plasserer": one.plasserer,
            }
            for one in a.lettelser
        ],
    }


def plan_json(r: Planresultat, varsler: Iterable[Varsel], *, skrevet: bool, fil: str) -> str:
    """Render a run. ``skrevet``: whether the file was changed by it."""
    n = r.antall()
    solved = r.losning
    mine = {x.punkt.id for x in r.punkter}
    head = dump({
        "klasse": r.klasse, "per": iso(r.per), "fra": iso(r.fra), "til": iso(r.til), "metode": solved.metode,
        "status": solved.status, "mal": solved.mal, "grense": solved.grense,
        "gap": None if solved.gap is None else round(solved.gap, 6), "fil": fil, "skrevet": skrevet,
        "antall": {key: n[key] for key in ("ny", "uendret", "flyttet", "last", "holdt", "ikke_plassert")},
    })  # fmt: skip
    moves = [
        {
            "id": x.punkt.id, "fra": _place(x.rad), "til": _place(x), "grunn": x.grunn, "med": _own(x.med, r.klasse),
            "ressurs": _who(x.ressurs, r.klasse),
        }
        for x in r.flyttet
    ]  # fmt: skip
    parts: dict[str, list[Any]] = {
        "plan": [plan_row(x) for x in r.punkter],
        "flyttet": moves,
        "ikke_plassert": [x.punkt.id for x in r.i("ikke_plassert")],
        "arsaker": [_cause(a, r.klasse, mine) for a in r.arsaker],
        "brudd": [
            {"id": b.punkt, "kode": b.kode, "med": _own(b.med, r.klasse), "ressurs": _who(b.ressurs, r.klasse)}
            for b in r.brudd
        ],
        "borte": [
            *({"id": rad.punkt, "dato": iso(rad.dato), "grunn": grunn, "beholdt": False} for rad, grunn in r.borte),
            *({"id": rad.punkt, "dato": iso(rad.dato), "grunn": "finnes_ikke", "beholdt": True} for rad in r.bevart),
        ],
        "varsler": [varsel_row(v) for v in varsler],
    }
    body = "".join(f',\n"{key}":{dump_rows(rows)}' for key, rows in parts.items())
    return f"{head[:-1]}{body}}}\n"


def plan_csv(r: Planresultat) -> str:
    """Render the plan as CSV with the contract's keys as header."""
    return csv_text(PLAN_KEYS, (plan_row(x) for x in r.punkter))
