"""The big files of a data set, row by row in batches: contacts and events as frames the columns are made of.

Takes semicolons, tabs or commas, the project's column names and their other names, any column order. Dates as
``YYYY-MM-DD`` are read by polars; any other way to write one, and every word, is understood once by the same code as
the log of a class. A row that cannot be read is a finding, counted, and left out.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from oppfolgingscli.les.logg_kolonner import KOLONNER, KREVD, Slag, undo_defuse
from oppfolgingscli.les.logg_ord import parse_loggdato, parse_rutine, parse_status, parse_type, parse_valgfri_dato
from oppfolgingscli.les.tabell import column_name, decode, find_delimiter, known_names
from oppfolgingscli.masse.kolonner import SKJEMA
from oppfolgingscli.modell.verdier import Feltfeil
from oppfolgingscli.personvern import has_fodselsnummer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Rows in one batch.
BUNT: Final = 500_000
_EPOKE: Final = date(1970, 1, 1).toordinal()
_KLASSE: Final = ("class", "klasse_id", "class_id")
_ELLEVE: Final = 11
#: Columns that are read, in the order of ``SKJEMA``; an event has no more than it needs.
_LEST: Final = (
    "klasse", "id", "dato", "type", "rutine", "deltaker", "utfort_av", "deltok", "form", "varighet", "status", "notat",
    "registrert", "oppdaget",
)  # fmt: skip


class Rader:
    """One file of rows. ``funn``: by code, how many rows could not be read, or what else is wrong."""

    def __init__(self, path: Path, slag: Slag, klasser: dict[str, int], funn: Counter[str]) -> None:
        """``klasser``: class id -> number; rows of others are findings (``ukjent_klasse``)."""
        self.path, self.slag, self.funn = path, slag, funn
        self.klasser = klasser
        self.husk: dict[str, dict[str, Any]] = {}
        self._uleste = pl.Series([], dtype=pl.Boolean)
        self.parquet = path.suffix.lower() == ".parquet"

    def bunter(self) -> Iterator[pl.DataFrame]:
        """Yield the rows in the order of the file, as ``kolonner.SKJEMA``.

        Raises:
            ValueError: the file lacks a needed column; which is the message.
        """
        frame = self.scan()
        names = self.columns(frame.collect_schema().names())
        lacking = [name for name in ("klasse", *KREVD[self.slag]) if name not in names]
        if lacking:
            raise ValueError(", ".join(lacking))
        chosen = [
            pl.col(names[name]).cast(pl.String).fill_null("").alias(name) if name in names else pl.lit("").alias(name)
            for name in _LEST
        ]
        line = 2
        for batch in frame.select(chosen).collect_batches(chunk_size=BUNT, maintain_order=True):
            yield self._read(batch, line)
            line += batch.height

    def scan(self) -> pl.LazyFrame:
        if self.parquet:
            return pl.scan_parquet(self.path)
        with self.path.open("rb") as file:
            head = decode(file.read(1 << 16).rpartition(b"\n")[0] or b"") or ""
        delimiter, skip = find_delimiter(head.splitlines(keepends=True), KOLONNER[self.slag])
        return pl.scan_csv(
            self.path, separator=delimiter, skip_lines=skip, infer_schema=False, truncate_ragged_lines=True,
            encoding="utf8-lossy", empty_string_is_null=False, glob=False,
        )  # fmt: skip

    def columns(self, found: list[str]) -> dict[str, str]:
        known = known_names({"klasse": _KLASSE, **KOLONNER[self.slag]})
        out: dict[str, str] = {}
        for raw in found:
            name = known.get(column_name(raw))
            if name is not None:
                out.setdefault(name, raw)
        return out

    def _read(self, batch: pl.DataFrame, line: int) -> pl.DataFrame:
        """Understand the cells of a batch; ``line`` is the number of its first row in the file."""
        batch = self._without_numbers(batch.with_row_index("_linje", offset=line))
        klasse = self._words(batch["klasse"], self._klasse, pl.Int64)
        unknown = klasse.is_null()
        if unknown.any():
            self.funn["ukjent_klasse"] += int(unknown.sum())
        dato = self._dates(batch["dato"], parse_loggdato)
        registrert = self._dates(batch["registrert"], parse_valgfri_dato)
        type_ = self._words(batch["type"], parse_type)
        status = self._words(batch["status"], parse_status)
        rutine = self._words(batch["rutine"], lambda text: parse_rutine(text) or "")
        bad = dato.is_null() | type_.is_null() | status.is_null() | self._uleste
        if bad.any():
            self.funn["ulest_rad"] += int((bad & ~unknown).sum())
        ids = batch["id"].str.strip_chars()
        none = ids == ""
        if none.any():
            self.funn["uten_id"] += int((none & ~bad & ~unknown).sum())
            named = pl.format("rad-{}", pl.lit(batch["_linje"]))
            ids = pl.select(pl.when(none).then(named).otherwise(pl.lit(ids))).to_series()
        out = pl.DataFrame(
            {
                "klasse": klasse, "id": ids, "dato": dato, "type": type_, "rutine": rutine,
                "deltaker": self._words(batch["deltaker"], str), "utfort_av": self._words(batch["utfort_av"], str),
                "deltok": self._words(batch["deltok"], str), "status": status, "registrert": registrert.fill_null(dato),
                "form": batch["form"].cast(pl.Categorical), "varighet": batch["varighet"].cast(pl.Categorical),
                "notat": batch["notat"], "tekst": pl.repeat(None, batch.height, dtype=pl.String, eager=True),
            },
            schema=SKJEMA,
        )  # fmt: skip
        return out.filter(~(bad | unknown)) if bad.any() or unknown.any() else out

    def _without_numbers(self, batch: pl.DataFrame) -> pl.DataFrame:
        """Leave out rows with eleven digits on end, as the log of a class does."""
        texts = [name for name in _LEST if name in batch.columns]
        longest = batch.select(pl.col(texts).str.len_bytes().max()).row(0)
        long = [name for name, n in zip(texts, longest, strict=True) if n is not None and n >= _ELLEVE]
        if not long:
            return batch
        look = batch.select(pl.any_horizontal(_may_be_number(pl.col(name)) for name in long)).to_series()
        if look.any():
            cells = batch.filter(look).select(long).rows()
            sure = pl.Series([any(has_fodselsnummer(text or "") for text in row) for row in cells], dtype=pl.Boolean)
            found = look.scatter(look.arg_true(), sure)
            self.funn["fodselsnummer"] += int(found.sum())
            batch = batch.filter(~found)
        return batch

    def _klasse(self, text: str) -> int | None:
        return self.klasser.get(text)

    def _words(
        self, column: pl.Series, parse: Callable[[str], Any], dtype: type[pl.Int64 | pl.Categorical] = pl.Categorical
    ) -> pl.Series:
        """Understand each distinct cell once; null where it cannot be."""
        known = self.husk.setdefault(column.name, {})
        coded = column.cast(pl.Categorical)
        words = coded.unique()
        distinct = words.cast(pl.String).to_list()
        for word in distinct:
            if word not in known:
                known[word] = _try(parse, word)
        meant = [known[word] for word in distinct]
        if dtype is pl.Categorical and meant == distinct:
            return coded
        codes = words.to_physical().to_numpy()
        place = np.zeros(int(codes.max(initial=0)) + 1, dtype=np.int64)
        place[codes] = np.arange(codes.size)
        return pl.Series(meant, dtype=dtype).gather(place[coded.to_physical().to_numpy()])

    def _dates(self, column: pl.Series, parse: Callable[[str], date | None]) -> pl.Series:
        """Return ordinals; null where the cell is no date. ``_uleste``: which of them say something all the same."""
        plain = column.str.to_date("%Y-%m-%d", strict=False, exact=True)
        out = plain.cast(pl.Int64) + _EPOKE
        odd = plain.is_null() & (column != "")
        self._uleste = odd
        if odd.any():
            found = self._words(column.filter(odd), lambda text: _ordinal(parse(text)), pl.Int64)
            out = out.scatter(odd.arg_true(), found)
            self._uleste = odd & out.is_null()
        return out


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _try(parse: Callable[[str], Any], word: str) -> Any:  # noqa: ANN401 - what the parser gives
    try:
        return parse(undo_defuse(word.strip()))
    except Feltfeil:
        return None


def _may_be_number(column: pl.Expr) -> pl.Expr:
    return (column.str.len_bytes() >= _ELLEVE) & column.str.contains(r"\d(\D{0,3}\d){10}")

