"""Machine output of ``rutiner sammenlign``, JSON and CSV: a contract (see vis/maskin.py for what all such output shares)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.modell.rutinesett import as_json
from oppfolgingscli.vis.maskin import csv_text, dump, dump_rows, iso
from oppfolgingscli.vis.typeord import regel_ord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from oppfolgingscli.modell.rutinesett import Rutine, Rutinesett
    from oppfolgingscli.sammenlign.dose import Ar, Linje
    from oppfolgingscli.sammenlign.side import Blokk, Celle, Sammenligning, Sett

#: Columns of the CSV, in order; then ``krav_1``, ``onske_1`` and so on for each school year of the course.
CSV_KEYS: Final = (
    "sett", "type", "niva", "har", "rutine", "versjon", "fra", "til", "slag", "regel", "ansvarlig", "deltar",
    "krever", "grunnlag", "kilde", "kilde_id", "antatt", "krav_i_alt", "onske_i_alt",
)  # fmt: skip


def sammenlign_json(s: Sammenligning) -> str:
    """Render a comparison as JSON: the sets, then one row for each kind of contact, level and set."""
    head = {"antall_skolear": s.ar, "sett": [_sett(x) for x in s.sett]}
    rows = [_row(s, b, i) for b in s.blokker for i in range(len(s.sett))]
    totals = [_total(s, b, i) for b in s.i_alt for i in range(len(s.sett))]
    return f'{dump(head)[:-1]},"rader":{dump_rows(rows)},"i_alt":{dump_rows(totals)}}}\n'


def sammenlign_csv(s: Sammenligning) -> str:
    """Render a comparison as CSV, one row for each version of a routine; ``har`` false where a set has no such."""
    years = range(s.ar)
    keys = [*CSV_KEYS, *(f"{name}_{year + 1}" for year in years for name in ("krav", "onske"))]
    rows = []
    for b in s.blokker:
        for x, cell in zip(s.sett, b.celler, strict=True):
            first = {"sett": x.nokkel, "type": b.type, "niva": b.niva}
            if cell is None:
                rows.append(dict.fromkeys(keys) | first | {"har": False})
            else:
                rows += [
                    dict.fromkeys(keys) | first | {"har": True} | _csv_line(line, x.grunnlag.rutinesett)
                    for line in cell.linjer
                ]
    return csv_text(keys, rows)


def _csv_line(line: Linje, sett: Rutinesett) -> dict[str, Any]:
    routine = rutine_row(line, sett)
    del routine["gjelder"], routine["holder"], routine["navn"], routine["frekvens"]
    routine["rutine"] = routine.pop("id")
    required, wished = routine.pop("krav"), routine.pop("onske")
    if required is not None and wished is not None:
        routine |= {"krav_i_alt": sum(required), "onske_i_alt": sum(wished)}
        routine |= {f"krav_{n}": value for n, value in enumerate(required, 1)}
        routine |= {f"onske_{n}": value for n, value in enumerate(wished, 1)}
    return routine


def _sett(x: Sett) -> dict[str, Any]:
    t = x.grunnlag.typisk
    hode, klasse = x.grunnlag.rutinesett.hode, t.opplegg.klasse
    return {
        "sett": x.nokkel,
        "id": hode.id,
        "navn": as_json(hode.navn),
        "fylke": hode.fylke,
        "skole": hode.skole,
        "kilde": hode.kilde,
        "start": iso(klasse.start),
        "slutt": iso(klasse.slutt),
        "skolerute": klasse.skolerute,
        "antakelser": [{"kode": a.kode, "navn": a.navn, "fra": iso(a.fra), "til": iso(a.til)} for a in t.antakelser],
    }


def _row(s: Sammenligning, b: Blokk, i: int) -> dict[str, Any]:
    cell = b.celler[i]
    return {
        "type": b.type,
        "niva": b.niva,
        "sett": s.sett[i].nokkel,
        "har": cell is not None,
        **_numbers(cell),
        "grunnlag": _words(cell, lambda r: (r.grunnlag,)),
        "ansvarlig": _words(cell, lambda r: (r.ansvarlig,)),
        "deltar": _words(cell, lambda r: r.deltar),
        "kilde_id": _words(cell, lambda r: r.kilde_id),
        "rutiner": [rutine_row(line, s.sett[i].grunnlag.rutinesett) for line in cell.linjer] if cell else [],
    }


def _total(s: Sammenligning, b: Blokk, i: int) -> dict[str, Any]:
    return {"niva": b.niva, "sett": s.sett[i].nokkel, "har": b.celler[i] is not None, **_numbers(b.celler[i])}


def _numbers(cell: Celle | None) -> dict[str, Any]:
    if cell is None:
        return {"skolear": [], "i_alt": None}
    return {"skolear": [year_row(a) for a in cell.ar[:-1]], "i_alt": year_row(cell.i_alt)}


def year_row(a: Ar) -> dict[str, Any]:
    """Return one school year of a cell; ``nr`` null for the whole course, spans as [least, most]."""
    return {
        "nr": a.nr or None, "krav": a.krav, "onske": a.onske, "behov": a.behov, "hendelse": a.hendelse,
        "antatt": a.antatt, "delvis": a.delvis,
    }  # fmt: skip


def _words(cell: Celle | None, part: Callable[[Rutine], Iterable[str]]) -> list[str]:
    found = (word for line in (cell.linjer if cell else ()) for word in part(line.versjon.rutine))
    return list(dict.fromkeys(found))


def rutine_row(line: Linje, sett: Rutinesett) -> dict[str, Any]:
    """Return one version of a routine, with what it plans each school year (null: nothing can be planned).

    ``regel``: how often, in words, in the language in use; whoever writes machine output speaks bokmål.
    """
    v = line.versjon
    r = v.rutine
    return {
        "id": r.id,
        "navn": as_json(r.navn),
        "versjon": v.nr,
        "fra": iso(v.fra),
        "til": iso(v.til),
        "slag": line.slag,
        "regel": regel_ord(r, sett),
        "frekvens": frequency(r),
        "gjelder": as_json(r.gjelder),
        "ansvarlig": r.ansvarlig,
        "deltar": r.deltar,
        "krever": r.krever,
        "grunnlag": r.grunnlag,
        "kilde": r.kilde,
        "kilde_id": r.kilde_id,
        "antatt": r.antatt,
        "holder": line.gjelder,
        "krav": line.krav if line.slag == "planlagt" else None,
        "onske": line.onske if line.slag == "planlagt" else None,
    }


def frequency(r: Rutine) -> dict[str, Any]:
    """Return a frequency with its kind, as ``rutiner vis`` does."""
    return {"slag": r.frekvens.slag, **as_json(r.frekvens)}
