"""From frames of text, as the reader gives them, to the columns of one group of classes.

A frame of contacts has ``klasse`` (number in the group), ``id``, ``dato`` and ``registrert`` (ordinals), ``type``,
``rutine``, ``status`` (understood words; "" for none), ``deltaker``, ``deltok``, ``utfort_av`` (as written) and
``tekst`` (the row as text). A frame of events has the same as far as events do. What ``telling.select`` keeps is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from oppfolgingscli.les.logg_ord import parse_deltakere, parse_folk
from oppfolgingscli.masse.rader import Rader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppfolgingscli.masse.personer import Personer
    from oppfolgingscli.masse.slag import Heltall, Maske, Slag

#: Polars types of the columns of a log frame.
SKJEMA = {
    "klasse": pl.Int64, "id": pl.String, "dato": pl.Int64, "type": pl.String, "rutine": pl.String,
    "deltaker": pl.String, "utfort_av": pl.String, "deltok": pl.String, "status": pl.String, "registrert": pl.Int64,
    "tekst": pl.String,
}  # fmt: skip


def kontaktrader(p: Personer, navn: pl.DataFrame, ramme: pl.DataFrame, roller: Sequence[Mapping[str, str]]) -> Rader:
    """Return the contacts that may count, one for each subject named, sorted.

    ``navn``: participants as ``klasse``, ``deltaker``, ``subjekt``. ``roller``: per class, person -> role.
    """
    slag = p.slag
    f = _first_of_each_id(slag, ramme).filter(pl.col("status") == "gjennomfort")
    types = pl.DataFrame(
        {"type": slag.typer, "typenr": range(len(slag.typer))}, schema={"type": pl.String, "typenr": pl.Int64}
    )
    routines = pl.DataFrame(
        {"rutine": ["", *slag.rutiner], "rutinenr": range(-1, len(slag.rutiner))},
        schema={"rutine": pl.String, "rutinenr": pl.Int64},
    )
    f = f.join(types, on="type", how="inner").join(routines, on="rutine", how="inner").with_row_index("rad")
    who = _subjects(p, navn, f)
    full = _full(slag, f, roller)
    at = who["rad"].to_numpy()
    return Rader(
        who["subjekt"].to_numpy(), f["dato"].to_numpy()[at], f["typenr"].to_numpy()[at], f["rutinenr"].to_numpy()[at],
        f["id"].to_numpy()[at], full[:, at],
    ).sortert()  # fmt: skip


def hendelsesrader(p: Personer, navn: pl.DataFrame, ramme: pl.DataFrame) -> tuple[Rader, list[str]]:
    """Return the events, one for each subject named, sorted; and their types by number."""
    f = _first_of_each_id(p.slag, ramme).with_row_index("rad")
    names = sorted(f["type"].unique().to_list())
    types = pl.DataFrame({"type": names, "typenr": range(len(names))}, schema={"type": pl.String, "typenr": pl.Int64})
    f = f.join(types, on="type", how="left", maintain_order="left")
    who = _subjects(p, navn, f)
    at = who["rad"].to_numpy()
    none = np.full(at.size, -1)
    rows = Rader(
        who["subjekt"].to_numpy(), f["dato"].to_numpy()[at], f["typenr"].to_numpy()[at], none, f["id"].to_numpy()[at],
        np.zeros((0, at.size), dtype=bool),
    ).sortert()  # fmt: skip
    return rows, names


def _first_of_each_id(slag: Slag, ramme: pl.DataFrame) -> pl.DataFrame:
    """Keep the rows known at ``kjent`` and not after ``per``; of rows of a class that share an id the earliest."""
    f = ramme.filter(pl.col("dato") <= slag.per)
    if slag.kjent is not None:
        f = f.filter(pl.col("registrert") <= slag.kjent.toordinal())
    again = f.select(pl.struct("klasse", "id").is_duplicated()).to_series()
    if not again.any():
        return f
    twice = f.filter(again).sort("dato", "tekst", maintain_order=True).unique(["klasse", "id"], keep="first")
    return pl.concat([f.filter(~again), twice])


def _subjects(p: Personer, navn: pl.DataFrame, f: pl.DataFrame) -> pl.DataFrame:
    """Return (``rad``, ``subjekt``) for every subject each row names."""
    rows = f.select("rad", "klasse", "deltaker", "dato").with_columns(pl.col("rad").cast(pl.Int64))
    odd = pl.col("deltaker").str.contains(r"[,*\s]")
    one = rows.filter(~odd & (pl.col("deltaker") != "")).join(navn, on=["klasse", "deltaker"], how="inner")
    none = rows.filter(pl.col("deltaker") == "").with_columns((pl.col("klasse") + p.n).alias("subjekt"))
    parts = [one.select("rad", "subjekt"), none.select("rad", "subjekt")]
    several = rows.filter(odd)
    if several.height:
        parts.append(_several(p, navn, several))
    return pl.concat(parts)


def _several(p: Personer, navn: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    words = rows["deltaker"].unique().to_list()
    read = {word: parse_deltakere(word) for word in words}
    lists = pl.DataFrame(
        {
            "deltaker": words,
            "navn": [list(read[w][0]) for w in words],
            "alle": [read[w][1] for w in words],
            "ingen": [read[w] == ((), False) for w in words],
        },
        schema={"deltaker": pl.String, "navn": pl.List(pl.String), "alle": pl.Boolean, "ingen": pl.Boolean},
    )
    rows = rows.join(lists, on="deltaker", how="left", maintain_order="left")
    named = rows.explode("navn").drop("deltaker").rename({"navn": "deltaker"}).drop_nulls("deltaker")
    named = named.join(navn, on=["klasse", "deltaker"], how="inner").select("rad", "subjekt")
    # "*": the class, and those enrolled on the day.
    everyone = rows.filter("alle").select("rad", "klasse", "dato")
    spans = pl.DataFrame(
        {"klasse": p.klasse[: p.n], "subjekt": np.arange(p.n), "start": p.start[: p.n], "slutt": p.slutt[: p.n]}
    )
    enrolled = everyone.join(spans, on="klasse", how="inner").filter(pl.col("dato").is_between("start", "slutt"))
    class_ = rows.filter(pl.col("alle") | pl.col("ingen")).with_columns((pl.col("klasse") + p.n).alias("subjekt"))
    parts = [named, enrolled.select("rad", "subjekt"), class_.select("rad", "subjekt")]
    return pl.concat(parts).unique(maintain_order=True)


def _full(slag: Slag, f: pl.DataFrame, roller: Sequence[Mapping[str, str]]) -> Maske:
    """Return, for each set of required roles and row, whether they were there, as far as ``deltok`` is filled in."""
    sets = slag.krav()
    out = np.ones((len(sets), f.height), dtype=bool)
    if not sets or not f.height:
        return out
    own = any(roller)
    keys = ["deltok", "utfort_av", *(["klasse"] if own else [])]
    asked = f.select(*keys, "rad").filter(pl.col("deltok") != "")
    distinct = asked.select(keys).unique(maintain_order=True).with_row_index("nr")
    there: list[set[str]] = []
    for row in distinct.iter_rows(named=True):
        deltok = parse_folk(row["deltok"])
        people = roller[row["klasse"]] if own else {}
        there.append({people.get(x, x) for x in (*deltok, *parse_folk(row["utfort_av"]))} if deltok else set())
    blank = [not parse_folk(word) for word in distinct["deltok"].to_list()]
    at = asked.join(distinct, on=keys, how="left", maintain_order="left")
    rad, nr = at["rad"].to_numpy(), at["nr"].to_numpy()
    for i, wanted in enumerate(sets):
        ok = np.array([b or wanted <= found for b, found in zip(blank, there, strict=True)], dtype=bool)
        out[i, rad] = ok[nr]
    return out


def deltakernavn(klasse: Heltall, ider: Sequence[str]) -> pl.DataFrame:
    """Return the participants as ``klasse``, ``deltaker`` and ``subjekt``, by number."""
    return pl.DataFrame(
        {"klasse": klasse, "deltaker": ider, "subjekt": np.arange(len(ider))},
        schema={"klasse": pl.Int64, "deltaker": pl.String, "subjekt": pl.Int64},
    )
