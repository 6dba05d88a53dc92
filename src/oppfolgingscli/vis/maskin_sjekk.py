"""Machine output of ``sjekk``, JSON and CSV: a contract (see vis/maskin.py for what all such output shares)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.vis.maskin import PUNKT_KEYS, csv_text, dump, dump_rows, iso, punkt_row

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.vurder import Vurdering, Vurdert, VurdertAvtale

#: What a judged point has after the keys of a point. ``grunn`` follows on exempt ones, ``oppdaget_etter`` on events.
VURDERT_KEYS: Final = ("status", "flagg", "kontakt", "kontakt_dato", "dager_sen", "forsok")


def included(vurdering: Vurdering) -> list[Vurdert]:
    """Return the points a check shows, in the contract's order.

    Those that have opened (fra ≤ per), those matched, those of an open gap, and of each routine and subject
    the next one: the first by (fra, frist, id) that has not opened. No deadline sorts last.
    """
    per = vurdering.per
    coming: dict[tuple[str, str], tuple[tuple[date, date, str], Vurdert]] = {}
    for x in vurdering.punkter:
        p = x.punkt
        if p.fra > per:
            key, rank = (p.rutine, p.subjekt), (p.fra, p.frist or date.max, p.id)
            if key not in coming or rank < coming[key][0]:
                coming[key] = (rank, x)
    following = {x.punkt.id for _rank, x in coming.values()}
    return [
        x
        for x in vurdering.punkter
        if x.punkt.fra <= per or x.kontakt is not None or x.apent_gap or x.punkt.id in following
    ]


def vurdert_row(x: Vurdert) -> dict[str, Any]:
    """Return a judged point as the contract's keys and values."""
    row = punkt_row(x.punkt)
    row |= {
        "status": x.status,
        "flagg": x.flagg,
        "kontakt": x.kontakt.id if x.kontakt else None,
        "kontakt_dato": iso(x.kontakt.dato) if x.kontakt else None,
        "dager_sen": x.dager_sen,
        "forsok": x.forsok,
    }
    if x.oppdaget_etter is not None:
        row["oppdaget_etter"] = x.oppdaget_etter
    return row


def avtale_row(x: VurdertAvtale) -> dict[str, Any]:
    """Return an agreed measure as the contract's keys and values."""
    a = x.avtale
    return {
        "id": a.id, "deltaker": a.deltaker, "tiltak": a.tiltak, "ansvarlig": a.ansvarlig,
        "frist": iso(a.frist), "status": x.status, "dager_sen": x.dager_sen,
    }  # fmt: skip


def sjekk_json(
    vurdering: Vurdering,
    punkter: Iterable[Vurdert],
    avtaler: Iterable[VurdertAvtale],
    mistet: Iterable[str],
    funn: Sequence[Varsel],
) -> str:
    """Render a check. ``punkter``, ``avtaler`` and ``mistet`` (ids) are those asked for; the rest is the class's."""
    head = dump({
        "klasse": vurdering.gyldighet.opplegg.klasse.id, "per": iso(vurdering.per), "kjent": iso(vurdering.kjent),
    })  # fmt: skip
    lists = {
        "punkter": dump_rows(vurdert_row(x) for x in punkter),
        "avtaler": dump_rows(avtale_row(x) for x in avtaler),
        "utover_plan": dump(vurdering.utover_plan),
        "ufullstendige": dump(vurdering.ufullstendige),
        "ikke_talt": dump_rows({"id": key, "grunn": why} for key, why in vurdering.ikke_talt),
        "funn": dump_rows({"kode": v.kode, "sted": v.sted, "melding": v.melding} for v in funn),
        "pausedager": dump(vurdering.pausedager),
        "nylig_mistet": dump(list(mistet)),
    }
    body = "".join(f',\n"{key}":{value}' for key, value in lists.items())
    return f"{head[:-1]}{body}}}\n"


def sjekk_csv(punkter: Iterable[Vurdert]) -> str:
    """Render judged points as CSV, one a row, with the contract's keys as header."""
    header = (*PUNKT_KEYS, *VURDERT_KEYS, "oppdaget_etter", "grunn")
    return csv_text(header, map(vurdert_row, punkter))
