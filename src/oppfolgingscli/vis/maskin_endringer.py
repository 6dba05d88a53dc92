"""Machine output of ``rutiner endringer``, JSON and CSV: a contract (see vis/maskin.py for what all such output shares)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.modell.rutinesett import as_json
from oppfolgingscli.sammenlign.dose import per_year
from oppfolgingscli.vis.maskin import csv_text, dump, dump_rows, iso
from oppfolgingscli.vis.maskin_sammenlign import rutine_row, year_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.sammenlign.dose import Linje
    from oppfolgingscli.sammenlign.endringer import Forskjell, Hendt, Rutineendring

#: Columns of the CSV, in order: one row for each field that changed, one where nothing but the frequency did.
CSV_KEYS: Final = (
    "del", "dato", "rutine", "type", "niva", "slag", "hyppighet", "felt", "fra", "til", "krav_for", "krav_etter",
    "onske_for", "onske_etter",
)  # fmt: skip


def endringer_json(sett: Rutinesett, hendt: Sequence[Hendt] | None, forskjell: Forskjell | None) -> str:
    """Render what changed as JSON: ``over_tid`` (null when two sets were asked for) and ``forskjell`` (null: none)."""
    events = None if hendt is None else [{"dato": iso(h.dato), **_change(h.endring, sett, sett)} for h in hendt]
    head = {"sett": sett.hode.id, "bygger_pa": sett.hode.bygger_pa}
    over_time = "null" if events is None else dump_rows(events)
    difference = "null" if forskjell is None else _difference(forskjell)
    return f'{dump(head)[:-1]},"over_tid":{over_time},"forskjell":{difference}}}\n'


def _difference(f: Forskjell) -> str:
    klasse = f.til.typisk.opplegg.klasse
    head = {
        "fra": f.fra.rutinesett.hode.id,
        "til": f.til.rutinesett.hode.id,
        "start": iso(klasse.start),
        "slutt": iso(klasse.slutt),
        "skolerute": klasse.skolerute,
        "antall_skolear": f.ar,
    }
    maybe = [{"fra": k.endring.for_[0].versjon.rutine.id, "til": k.endring.etter[0].versjon.rutine.id, "likhet": k.likhet,
              "hyppighet": k.endring.hyppighet, "felt": _fields(k.endring)} for k in f.kanskje]  # fmt: skip
    phases, roles = ([{"id": p.id, "fra": p.fra, "til": p.til} for p in parts] for parts in (f.faser, f.roller))
    return (
        f'{dump(head)[:-1]},"rutiner":{dump_rows(_change(r, f.fra.rutinesett, f.til.rutinesett) for r in f.rutiner)},'
        f'"kanskje":{dump_rows(maybe)},"faser":{dump_rows(phases)},"roller":{dump_rows(roles)}}}'
    )


def _change(r: Rutineendring, a: Rutinesett, b: Rutinesett) -> dict[str, Any]:
    routine = (r.etter or r.for_)[-1].versjon.rutine
    return {
        "rutine": r.rutine,
        "navn": as_json(routine.navn),
        "type": routine.type,
        "niva": routine.niva,
        "slag": r.slag,
        "hyppighet": r.hyppighet or None,
        "felt": _fields(r),
        "for": _side(r.for_, a),
        "etter": _side(r.etter, b),
    }


def _fields(r: Rutineendring) -> list[dict[str, Any]]:
    return [{"felt": f.felt, "fra": f.fra, "til": f.til} for f in r.felt]


def _side(lines: Sequence[Linje], sett: Rutinesett) -> dict[str, Any] | None:
    if not lines:
        return None
    years = per_year(lines, len(lines[0].gjelder))
    return {
        "skolear": [year_row(a) for a in years[:-1]],
        "i_alt": year_row(years[-1]),
        "rutiner": [rutine_row(line, sett) for line in lines],
    }


def endringer_csv(hendt: Sequence[Hendt] | None, forskjell: Forskjell | None) -> str:
    """Render what changed as CSV; ``del`` is ``over_tid`` or ``forskjell``."""
    rows = [row for h in hendt or () for row in _rows("over_tid", iso(h.dato), h.endring)]
    rows += [row for r in (forskjell.rutiner if forskjell else ()) for row in _rows("forskjell", None, r)]
    return csv_text(CSV_KEYS, rows)


def _rows(part: str, day: str | None, r: Rutineendring) -> Iterator[dict[str, Any]]:
    routine = (r.etter or r.for_)[-1].versjon.rutine
    first: dict[str, Any] = {
        "del": part, "dato": day, "rutine": r.rutine, "type": routine.type, "niva": routine.niva, "slag": r.slag,
        "hyppighet": r.hyppighet or None,
    }  # fmt: skip
    for name, lines in (("for", r.for_), ("etter", r.etter)):
        if lines and any(line.slag == "planlagt" for line in lines):
            total = per_year(lines, len(lines[0].gjelder))[-1]
            first |= {f"krav_{name}": _span(total.krav), f"onske_{name}": _span(total.onske)}
    for f in r.felt or (None,):
        yield first if f is None else first | {"felt": f.felt, "fra": _cell(f.fra), "til": _cell(f.til)}


def _span(value: Iterable[int] | None) -> str | int | None:
    """Write a span in one cell: one number where least and most are alike."""
    numbers = sorted(set(value or ()))
    if not numbers:
        return None
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def _cell(value: Any) -> Any:  # noqa: ANN401 - a value of any field
    return dump(value) if isinstance(value, dict | list) else value
