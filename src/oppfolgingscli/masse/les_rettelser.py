"""Rows that correct others (ids like ``k12.rett1``) in frames: what ``les.logg`` does with the log of one class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from oppfolgingscli.les.logg_kolonner import rettelse_av

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.masse.les_funn import Funn


def uten_rettede(ramme: pl.DataFrame, kjent: date | None, funn: Funn, fil: str) -> pl.DataFrame:
    """Leave out rows that a correction known on ``kjent`` (None: any) stands for, and what it takes out.

    Corrections of rows that are not there are counted in ``funn``.
    """
    dotted = ramme["id"].str.contains(".", literal=True)
    if not dotted.any():
        return ramme
    limit = kjent.toordinal() if kjent else None
    last: dict[tuple[int, str], int] = {}
    corrections: list[tuple[int, tuple[int, str], int, bool, bool]] = []
    rows = ramme.select("klasse", "id", "registrert").with_row_index("rad").filter(dotted)
    for rad, klasse, name, registrert in rows.iter_rows():
        correction = rettelse_av(name)
        if correction is None:
            continue
        base, number, takes_out = correction
        known = limit is None or registrert <= limit
        corrections.append((rad, (klasse, base), number, takes_out, known))
        if known:
            last[klasse, base] = max(number, last.get((klasse, base), 0))
    if not corrections:
        return ramme
    bases = pl.DataFrame(
        {"klasse": [klasse for _rad, (klasse, _id), *_rest in corrections],
         "id": [name for _rad, (_klasse, name), *_rest in corrections]},
        schema={"klasse": pl.Int64, "id": pl.String},
    )  # fmt: skip
    if alone := bases.join(ramme.select("klasse", "id"), on=["klasse", "id"], how="anti").height:
        funn.add("rettelse_uten_rad", alone, fil)
    gone = [
        rad for rad, base, number, takes_out, known in corrections if takes_out or (known and number != last[base])
    ]  # fmt: skip
    replaced = pl.DataFrame(
        {"klasse": [klasse for klasse, _id in last], "id": [name for _klasse, name in last]},
        schema={"klasse": pl.Int64, "id": pl.String},
    )
    are_corrections = {rad for rad, *_rest in corrections}
    old = ramme.select("klasse", "id").with_row_index("rad").join(replaced, on=["klasse", "id"], how="semi")["rad"]
    out = {*gone, *(rad for rad in old.to_list() if rad not in are_corrections)}
    keep = pl.repeat(value=True, n=ramme.height, eager=True).scatter(sorted(out), [False] * len(out)) if out else None
    return ramme if keep is None else ramme.filter(keep)
