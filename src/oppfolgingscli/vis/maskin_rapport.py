"""Machine output of ``rapport``, JSON and CSV: a contract (see vis/maskin.py for what all such output shares)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.vis.maskin import csv_text, dump, dump_rows, iso

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.maltall import Rad, Rapport
    from oppfolgingscli.maltall.rad import Bedomt, Deltakerlinje, Utsagn

#: Keys of a row, in order.
RAD_KEYS: Final = (
    "rutine", "type", "niva", "periode", "n_deltakere", "bedomt", "i_tide", "for_sent", "forfalt", "mangler", "fritatt",
    "i_tide_andel", "i_tide_kl", "gjort_andel", "dose", "dose_ukuttet", "dekning", "dager_dekket",
    "forsinkelse_median", "forsinkelse_p90", "lengste_gap", "grenser", "ansvarlig", "i_tide_andel_snitt",
)  # fmt: skip


def rad_row(rad: Rad) -> dict[str, Any]:
    """Return a row as the contract's keys and values."""
    return {key: getattr(rad, key) for key in RAD_KEYS}


def rapport_json(rapport: Rapport, klasse: str, per: date, lag: int, *, uten_id: bool = False) -> str:
    """Render a report: the contract's keys, then all that tables, pictures and findings are made from.

    ``uten_id``: nothing about one participant or one employee. A routine that is only for some benefits or groups
    never stands beside a participant, whichever.
    """
    head = dump({"klasse": klasse, "per": iso(per), "lag": lag})
    views = {
        name: [
            {
                "nokkel": row.nokkel,
                **rad_row(row.rad),
                "andel_av": row.rad.andel_av,
                "dager": row.rad.klokkedager,
                "apent": row.rad.gap_apent,
            }
            for row in rows
        ]
        for name, rows in rapport.visninger.items()
    }
    if uten_id:
        views["person"] = []
    parts = {
        "rader": dump_rows(rad_row(rad) for rad in rapport.rader),
        "totalt": dump(rad_row(rapport.totalt)),
        "pausedager": dump(rapport.pausedager),
        "visninger": "{" + ",\n".join(f"{dump(name)}:{dump_rows(rows)}" for name, rows in views.items()) + "}",
        "klokker": dump_rows(_clock(rad) for rad in rapport.rader if rad.klokkedager is not None),
        "endringer": dump_rows(asdict(change) for change in rapport.endringer),
        "kurver": dump_rows(asdict(curve) for curve in rapport.kurver),
        "utsagn": dump_rows(_finding(u) for u in rapport.utsagn),
        "deltakere": dump_rows(() if uten_id else (_course(d) for d in rapport.deltakere)),
        "underlag": dump_rows(_point(b, uten_id=uten_id) for b in rapport.underlag),
    }
    return head[:-1] + "".join(f",\n{dump(key)}:{text}" for key, text in parts.items()) + "}\n"


def _clock(rad: Rad) -> dict[str, Any]:
    return {"rutine": rad.rutine, "periode": rad.periode, "dager": rad.klokkedager, "apent": rad.gap_apent}


def _finding(u: Utsagn) -> dict[str, Any]:
    return {"kode": u.kode, "rutine": u.rutine, "tall": dict(u.tall), "folger": [_finding(x) for x in u.folger]}


def _course(d: Deltakerlinje) -> dict[str, Any]:
    return {
        "deltaker": d.deltaker, "start": iso(d.start), "slutt": iso(d.slutt),
        "pauser": [(iso(first), iso(last)) for first, last in d.pauser],
        "kontakter": [
            {"id": k.id, "dato": iso(k.dato), "type": None if k.skjermet else k.type, "kreditert": k.kreditert}
            for k in d.kontakter
        ],
        "maneder": [asdict(m) for m in d.maneder],
    }  # fmt: skip


def _point(b: Bedomt, *, uten_id: bool) -> dict[str, Any]:
    """A contact's id may be made from a participant's, so it goes with the participant."""
    p = b.punkt
    named = p.niva == "klasse" or not (uten_id or b.skjermet)
    return {
        "id": p.id if named else None, "rutine": p.rutine, "subjekt": p.subjekt if named else None, "periode": p.periode,
        "fra": iso(p.fra), "frist": iso(p.frist), "status": b.status, "kontakt": b.kontakt if named else None,
        "kontakt_dato": iso(b.kontakt_dato), "dager_sen": b.dager_sen, "bedomt": b.bedomt,
    }  # fmt: skip


def rapport_csv(rapport: Rapport) -> str:
    """Render the rows as CSV, with the contract's keys as header. The total is not a row: it would be summed again."""
    return csv_text(RAD_KEYS, map(rad_row, rapport.rader))
