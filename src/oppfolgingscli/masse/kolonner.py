"""From frames of text, as the reader gives them, to the columns of one group of classes.

A frame of contacts has ``klasse`` (number in the group), ``id``, ``dato`` and ``registrert`` (ordinals), ``type``,
``rutine``, ``status`` (understood words; "" for none), ``deltaker``, ``deltok``, ``utfort_av``, ``form``, ``varighet``,
``notat`` (as written) and ``tekst`` (the row as text; null: as the cells say). A frame of events has the same as far as events do. What ``telling.select`` keeps is kept.
"""

from __future__ import annotations

import re
from datetime import date
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from oppfolgingscli.les.logg_ord import parse_deltakere, parse_folk
from oppfolgingscli.masse.rader import Rader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppfolgingscli.masse.personer import Personer
    from oppfolgingscli.masse.slag import Heltall, Maske, Slag

#: Numbers of words that are none of those looked for, of rows for the class, and of those for several.
_INGEN: Final = -9
_KLASSEN: Final = -8
_FLERE: Final = -7
_SAMMENSATT: Final = re.compile(r"[,*\s]")
#: Polars types of the columns of a log frame.
SKJEMA = {
    "klasse": pl.Int64, "id": pl.String, "dato": pl.Int64, "type": pl.Categorical, "rutine": pl.Categorical,
    "deltaker": pl.Categorical, "utfort_av": pl.Categorical, "deltok": pl.Categorical, "status": pl.Categorical,
    "registrert": pl.Int64, "form": pl.Categorical, "varighet": pl.Categorical, "notat": pl.String, "tekst": pl.String,
}  # fmt: skip


def kontaktrader(p: Personer, navn: Navn, ramme: pl.DataFrame, roller: Sequence[Mapping[str, str]]) -> Rader:
    """Return the contacts that may count, one for each subject named, sorted.

    ``roller``: per class, person -> role.
    """
    slag = p.slag
    f = _first_of_each_id(slag, ramme).filter(pl.col("status") == "gjennomfort")
    types = numre(f["type"], {name: i for i, name in enumerate(slag.typer)})
    routines = numre(f["rutine"], {"": -1} | {name: i for i, name in enumerate(slag.rutiner)})
    fits = (types > _INGEN) & (routines > _INGEN)
    if not fits.all():
        f, types, routines = f.filter(pl.Series(fits)), types[fits], routines[fits]
    at, subject = _subjects(p, navn, f)
    full = _full(slag, f, roller)
    return Rader(subject, f["dato"].to_numpy()[at], types[at], routines[at], f["id"], full[:, at], at).sortert()


def hendelsesrader(p: Personer, navn: Navn, ramme: pl.DataFrame) -> tuple[Rader, list[str]]:
    """Return the events, one for each subject named, sorted; and their types by number."""
    f = _first_of_each_id(p.slag, ramme)
    names = sorted(f["type"].unique().to_list())
    types = numre(f["type"], {name: i for i, name in enumerate(names)})
    at, subject = _subjects(p, navn, f)
    none = np.full(at.size, -1)
    full = np.zeros((0, at.size), dtype=bool)
    return Rader(subject, f["dato"].to_numpy()[at], types[at], none, f["id"], full, at).sortert(), names


def numre(kolonne: pl.Series, nummer: Mapping[str, int]) -> Heltall:
    """Return a number for each cell, ``_INGEN`` for words that have none. Each distinct word is looked up once."""
    coded = kolonne.cast(pl.Categorical)
    words = coded.unique()
    codes = words.to_physical().to_numpy()
    table = np.full(int(codes.max(initial=0)) + 1, _INGEN, dtype=np.int64)
    table[codes] = [nummer.get(word, _INGEN) for word in words.cast(pl.String).to_list()]
    return table[coded.to_physical().to_numpy()]


def _first_of_each_id(slag: Slag, ramme: pl.DataFrame) -> pl.DataFrame:
    """Keep the rows known at ``kjent`` and not after ``per``; of rows of a class that share an id the earliest."""
    f = ramme.filter(pl.col("dato") <= slag.per)
    if slag.kjent is not None:
        f = f.filter(pl.col("registrert") <= slag.kjent.toordinal())
    # Equal ids have equal hashes; where two hashes are equal, the ids themselves are compared.
    hashes = f.select("klasse", "id").hash_rows()
    if hashes.n_unique() == f.height:
        return f
    again = f.select(pl.struct("klasse", "id").is_duplicated()).to_series()
    if not again.any():
        return f
    twice = f.filter(again).with_columns(_som_tekst()).sort("dato", "tekst", maintain_order=True)
    twice = twice.unique(["klasse", "id"], keep="first", maintain_order=True)
    return pl.concat([f.filter(~again), twice])


def _som_tekst() -> pl.Expr:
    """Return the row as text, which orders rows that share an id and a date: as it was given, else its cells."""
    cells = ("type", "rutine", "deltaker", "utfort_av", "deltok", "form", "varighet", "status", "notat")
    words = [pl.col(name).cast(pl.String) for name in cells]
    day = (pl.col("registrert") - date(1970, 1, 1).toordinal()).cast(pl.Date).cast(pl.String)
    whole = pl.concat_str(*words, pl.when(pl.col("registrert") != pl.col("dato")).then(day).otherwise(pl.lit("")), separator=";")
    return pl.coalesce("tekst", whole).alias("tekst")


def _subjects(p: Personer, navn: Navn, f: pl.DataFrame) -> tuple[Heltall, Heltall]:
    """Return (row, subject) for every subject each row names."""
    klasse = f["klasse"].to_numpy()
    names = numre(f["deltaker"], navn.ord)
    code = klasse * max(len(navn.ord), 1) + names
    found = np.searchsorted(navn.koder, code)
    known = (names >= 0) & (np.append(navn.koder, -1)[found] == code)
    one = np.flatnonzero(known)
    class_ = np.flatnonzero(names == _KLASSEN)
    parts = [(one, navn.subjekt[found[one]]), (class_, klasse[class_] + p.n)]
    several = np.flatnonzero(names == _FLERE)
    if several.size:
        rows = f.select("klasse", "deltaker", "dato")[several].with_columns(
            pl.col("deltaker").cast(pl.String), pl.Series("rad", several)
        )
        more = _several(p, navn.ramme, rows)
        parts.append((more["rad"].to_numpy(), more["subjekt"].to_numpy()))
    at, subject = (np.concatenate(column) for column in zip(*parts, strict=True))
    return at, subject


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
    asked = f.select(*keys).with_row_index("rad").filter(pl.col("deltok") != "")
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


@dataclass(frozen=True, slots=True)
class Navn:
    """The participants by class and id. ``koder`` (rising) and ``subjekt``; ``ord``: id -> number in the codes.

    ``ramme``: the same as ``klasse``, ``deltaker``, ``subjekt``.
    """

    ramme: pl.DataFrame
    ord: Mapping[str, int]
    koder: Heltall
    subjekt: Heltall


class _Ord(dict[str, int]):
    """Numbers of ids; "" is the class, and what is not one plain id is to be read."""

    def get(self, key: str, default: int | None = None) -> int:  # type: ignore[override] # never None
        if key == "":
            return _KLASSEN
        found = super().get(key)
        if found is not None:
            return found
        return _FLERE if _SAMMENSATT.search(key) else _INGEN if default is None else default


def deltakernavn(klasse: Heltall, ider: Sequence[str]) -> Navn:
    """Return the participants by number; ``klasse`` rising."""
    frame = pl.DataFrame(
        {"klasse": klasse, "deltaker": ider, "subjekt": np.arange(len(ider))},
        schema={"klasse": pl.Int64, "deltaker": pl.String, "subjekt": pl.Int64},
    )
    words = _Ord((word, i) for i, word in enumerate(dict.fromkeys(ider)))
    code = klasse * max(len(words), 1) + np.array([words[word] for word in ider], dtype=np.int64)
    order = np.argsort(code)
    return Navn(frame, words, code[order], order)
