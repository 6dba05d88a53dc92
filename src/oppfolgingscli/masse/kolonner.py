"""From frames of text, as the reader gives them, to the columns of one group of classes.

A frame of contacts has ``klasse`` (number in the group), ``id``, ``dato`` and ``registrert`` (ordinals), ``type``,
``rutine``, ``status`` (understood words; "" for none), ``deltaker``, ``deltok``, ``utfort_av``, ``form``, ``varighet``,
``notat`` (as written) and ``tekst`` (the row as text; null: as the cells say). A frame of events has the same as far as events do. What ``telling.select`` keeps is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from oppfolgingscli.les.logg_ord import parse_deltakere, parse_folk
from oppfolgingscli.masse.kobling import spre
from oppfolgingscli.masse.rader import Rader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppfolgingscli.masse.personer import Personer
    from oppfolgingscli.masse.slag import Heltall, Maske, Slag

#: Numbers of words that are none of those looked for, and of the class.
_INGEN: Final = -9
_KLASSEN: Final = -8
#: Polars types of the columns of a log frame.
SKJEMA = {
    "klasse": pl.Int64, "id": pl.String, "dato": pl.Int64, "type": pl.Categorical, "rutine": pl.Categorical,
    "deltaker": pl.Categorical, "utfort_av": pl.Categorical, "deltok": pl.Categorical, "status": pl.Categorical,
    "registrert": pl.Int64, "form": pl.Categorical, "varighet": pl.Categorical, "notat": pl.String, "tekst": pl.String,
}  # fmt: skip


@dataclass(slots=True)
class Nevnt:
    """Whom the rows of a frame name, as pairs of row and subject.

    ``rad``, ``subjekt``: participants named by id. ``alle_rad``, ``alle_subjekt``: those enrolled on the day where the
    row says ``*``. ``ukjent_rad``, ``ukjent``: names of nobody in the class, each name of a class by its own number.
    ``klassen``: rows that are the class's, ``*`` too. ``alle``: rows with ``*``. ``antall``: how many ids each row has.
    """

    rad: Heltall
    subjekt: Heltall
    alle_rad: Heltall
    alle_subjekt: Heltall
    ukjent_rad: Heltall
    ukjent: Heltall
    klassen: Maske
    alle: Maske
    antall: Heltall


@dataclass(slots=True)
class Bok:
    """A log as frames and columns: the rows known and not after ``per``, in the order of ``ramme``.

    ``forst``: the first of those that share an id. ``type``, ``rutine``: numbers, below -1 for unknown words.
    """

    ramme: pl.DataFrame
    dato: Heltall
    klasse: Heltall
    forst: Maske
    type: Heltall
    rutine: Heltall
    nevnt: Nevnt


def read_bok(p: Personer, navn: Navn, ramme: pl.DataFrame, typer: Sequence[str]) -> Bok:
    """Understand a frame; ``typer``: the types that have numbers."""
    slag = p.slag
    f = ramme.filter(pl.col("dato") <= slag.per)
    if slag.kjent is not None:
        f = f.filter(pl.col("registrert") <= slag.kjent.toordinal())
    types = numre(f["type"], {name: i for i, name in enumerate(typer)})
    routines = numre(f["rutine"], {"": -1} | {name: i for i, name in enumerate(slag.rutiner)})
    return Bok(
        f, f["dato"].to_numpy(), f["klasse"].to_numpy(), _first_of_each_id(f), types, routines, _nevnt(p, navn, f)
    )


def kontaktrader(p: Personer, bok: Bok, roller: Sequence[Mapping[str, str]]) -> Rader:
    """Return the contacts that may count, one for each subject named, sorted. ``roller``: per class, person -> role."""
    held = (bok.ramme["status"] == "gjennomfort").to_numpy()
    use = bok.forst & held & (bok.type >= 0) & (bok.rutine > _INGEN)
    return _rader(p, bok, use, _full(p.slag, bok.ramme, roller), p.slag.slekt)


def hendelsesrader(p: Personer, bok: Bok) -> Rader:
    """Return the events, one for each subject named, sorted."""
    none = np.zeros((0, bok.dato.size), dtype=bool)
    return _rader(p, bok, bok.forst, none, np.zeros(int(bok.type.max(initial=0)) + 1, dtype=np.int64))


def _rader(p: Personer, bok: Bok, use: Maske, full: Maske, slekt: Heltall) -> Rader:
    who = bok.nevnt
    class_ = np.flatnonzero(who.klassen)
    at = np.concatenate([who.rad, who.alle_rad, class_])
    subject = np.concatenate([who.subjekt, who.alle_subjekt, bok.klasse[class_] + p.n])
    if who.alle_rad.size:  # who is named and enrolled is named once
        pairs = np.unique(at * (p.n + p.n_klasser) + subject)
        at, subject = pairs // (p.n + p.n_klasser), pairs % (p.n + p.n_klasser)
    if not use.all():
        keep = use[at]
        at, subject = at[keep], subject[keep]
    return Rader(
        subject, bok.dato[at], bok.type[at], bok.rutine[at], bok.ramme["id"], full[:, at], at, who.alle[at]
    ).sortert(slekt)


def _first_of_each_id(f: pl.DataFrame) -> Maske:
    """Return which rows are the first, by (dato, text), of those of a class that share an id."""
    # Equal ids have equal hashes; where two hashes are equal, the ids themselves are compared.
    out = np.ones(f.height, dtype=bool)
    if f.select("klasse", "id").hash_rows().n_unique() == f.height:
        return out
    again = f.select(pl.struct("klasse", "id").is_duplicated()).to_series()
    twice = f.with_row_index("rad").filter(again).with_columns(som_tekst()).sort("dato", "tekst", maintain_order=True)
    later = twice.filter(pl.struct("klasse", "id").is_first_distinct().not_())
    out[later["rad"].to_numpy()] = False
    return out


def numre(kolonne: pl.Series, nummer: Mapping[str, int]) -> Heltall:
    """Return a number for each cell, ``_INGEN`` for words that have none. Each distinct word is looked up once."""
    coded = kolonne.cast(pl.Categorical)
    words = coded.unique()
    codes = words.to_physical().to_numpy()
    table = np.full(int(codes.max(initial=0)) + 1, _INGEN, dtype=np.int64)
    table[codes] = [nummer.get(word, _INGEN) for word in words.cast(pl.String).to_list()]
    found: Heltall = table[coded.to_physical().to_numpy()]
    return found


def som_tekst() -> pl.Expr:
    """Return the row as text, which orders rows that share an id and a date: as it was given, else its cells."""
    cells = ("type", "rutine", "deltaker", "utfort_av", "deltok", "form", "varighet", "status", "notat")
    words = [pl.col(name).cast(pl.String) for name in cells]
    day = (pl.col("registrert") - date(1970, 1, 1).toordinal()).cast(pl.Date).cast(pl.String)
    whole = pl.concat_str(
        *words, pl.when(pl.col("registrert") != pl.col("dato")).then(day).otherwise(pl.lit("")), separator=";"
    )
    return pl.coalesce("tekst", whole).alias("tekst")


def _nevnt(p: Personer, navn: Navn, f: pl.DataFrame) -> Nevnt:
    klasse = f["klasse"].to_numpy()
    names = numre(f["deltaker"], navn.ord)
    code = klasse * max(len(navn.ord), 1) + names
    found = np.searchsorted(navn.koder, code)
    known = (names >= 0) & (np.append(navn.koder, -1)[found] == code)
    one = np.flatnonzero(known)
    none: Heltall = np.zeros(0, dtype=np.int64)
    out = Nevnt(
        one, navn.subjekt[found[one]], none, none, none, none, names == _KLASSEN, np.zeros(names.size, dtype=bool),
        (names != _KLASSEN).astype(np.int64),
    )  # fmt: skip
    odd = np.flatnonzero(~known & (names != _KLASSEN))
    if odd.size:
        _odd(p, navn, f, odd, out)
    return out


def _odd(p: Personer, navn: Navn, f: pl.DataFrame, odd: Heltall, out: Nevnt) -> None:
    """Read the cells that are not one known id, and add what they say to ``out``."""
    cells = f["deltaker"].gather(odd).cast(pl.String).to_list()
    classes = f["klasse"].gather(odd).to_list()
    read: dict[str, tuple[tuple[str, ...], bool]] = {}
    strangers: dict[tuple[int, str], int] = {}
    named: list[tuple[int, int]] = []
    unknown: list[tuple[int, int]] = []
    for rad, klasse, cell in zip(odd.tolist(), classes, cells, strict=True):
        if cell not in read:
            read[cell] = parse_deltakere(cell)
        ids, everyone = read[cell]
        out.alle[rad], out.klassen[rad], out.antall[rad] = everyone, everyone or not ids, len(ids)
        for name in ids:
            subject = navn.nr.get((klasse, name))
            if subject is None:
                unknown.append((rad, strangers.setdefault((klasse, name), len(strangers))))
            else:
                named.append((rad, subject))
    both = np.array(named, dtype=np.int64).reshape(-1, 2)
    out.rad, out.subjekt = np.concatenate([out.rad, both[:, 0]]), np.concatenate([out.subjekt, both[:, 1]])
    both = np.array(unknown, dtype=np.int64).reshape(-1, 2)
    out.ukjent_rad, out.ukjent = both[:, 0], both[:, 1]
    everyone_ = np.flatnonzero(out.alle)
    klasse_, dato = f["klasse"].to_numpy()[everyone_], f["dato"].to_numpy()[everyone_]
    first = np.searchsorted(p.klasse[: p.n], klasse_, side="left")
    run, place = spre(np.searchsorted(p.klasse[: p.n], klasse_, side="right") - first)
    subject_ = first[run] + place
    there = (p.start[subject_] <= dato[run]) & (dato[run] <= p.slutt[subject_])
    out.alle_rad, out.alle_subjekt = everyone_[run[there]], subject_[there]


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
    """The participants by class and id. ``koder`` (rising) and ``subjekt``; ``ord``: id -> number in the codes."""

    ord: Mapping[str, int]
    koder: Heltall
    subjekt: Heltall
    nr: Mapping[tuple[int, str], int]


class _Ord(dict[str, int]):
    """Numbers of ids; "" is the class, and what is not one plain id has none."""

    def get(self, key: str, default: int | None = None) -> int:  # type: ignore[override] # never None
        found = super().get(key, default)
        return _KLASSEN if key == "" else _INGEN if found is None else found


def deltakernavn(klasse: Heltall, ider: Sequence[str]) -> Navn:
    """Return the participants by number; ``klasse`` rising."""
    words = _Ord((word, i) for i, word in enumerate(dict.fromkeys(ider)))
    code = klasse * max(len(words), 1) + np.array([words[word] for word in ider], dtype=np.int64)
    order = np.argsort(code)
    numbers = {pair: i for i, pair in enumerate(zip(klasse.tolist(), ider, strict=True))}
    return Navn(words, code[order], order, numbers)
