"""The big files of a data set, row by row in batches: contacts and events as frames the columns are made of.

Takes semicolons, tabs or commas, the project's column names and their other names, any column order. Dates as
``YYYY-MM-DD`` are read by polars; any other way to write one, and every word, is understood once by the same code as
the log of a class. A row that cannot be read is a finding, counted, and left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from oppfolgingscli.feil import Inndatafeil
from oppfolgingscli.les.fil import fil_feil
from oppfolgingscli.les.logg_kolonner import KOLONNER, KREVD, undo_defuse
from oppfolgingscli.les.logg_ord import parse_loggdato, parse_rutine, parse_status, parse_type, parse_valgfri_dato
from oppfolgingscli.masse.kolonner import SKJEMA
from oppfolgingscli.masse.les_filer import as_text
from oppfolgingscli.masse.les_funn import NEVNES
from oppfolgingscli.modell.verdier import Feltfeil
from oppfolgingscli.personvern import has_fodselsnummer
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from oppfolgingscli.les.tabell import Kolonner
    from oppfolgingscli.masse.les_filer import Tabellfil
    from oppfolgingscli.masse.les_funn import Funn, Utvalg

#: Rows in one batch.
BUNT: Final = 500_000
_KLASSE: Final = ("class", "klasse_id", "class_id")
_SIFRE: Final = 10
"""Digits in the shortest thing that may be an identity number: a spreadsheet drops a 0 at the front."""
#: Columns of free text, different from row to row.
_FRI: Final = ("id", "notat")
_TOM: Final = -1
#: Columns that are read, in the order of ``SKJEMA``; an event has no more than it needs.
_LEST: Final = (
    "klasse", "id", "dato", "type", "rutine", "deltaker", "utfort_av", "deltok", "form", "varighet", "status", "notat",
    "registrert", "oppdaget",
)  # fmt: skip


#: The columns of each big file, by its name.
RADKOLONNER: Final[dict[str, Kolonner]] = {
    slag: {"klasse": _KLASSE, **KOLONNER[slag]} for slag in ("kontakter", "hendelser")
}
RADKREVD: Final = {slag: ("klasse", *KREVD[slag]) for slag in ("kontakter", "hendelser")}


class Rader:
    """One file of rows. ``funn``: the rows that could not be read, or that something else is wrong with."""

    def __init__(self, fil: Tabellfil, utvalg: Utvalg, funn: Funn) -> None:
        """Read the rows of some classes; those of classes nobody knows are findings (``ukjent_klasse``)."""
        self.fil, self.funn, self.utvalg = fil, funn, utvalg
        self.husk: dict[str, dict[str, Any]] = {}

    def bunter(self) -> Iterator[pl.DataFrame]:
        """Yield the rows in the order of the file, as ``kolonner.SKJEMA``.

        Raises:
            Inndatafeil: the file is no table.
        """
        names = self.fil.kolonner
        # Few words many times: told apart as they are read.
        words = {raw: pl.Categorical for name, raw in names.items() if name not in _FRI}
        line = self.fil.hopp + 2
        self.funn.add("ulest_rad", len(self.fil.uleste), self.fil.vis, self.fil.uleste)
        try:
            with self.fil.scan(words) as frame:
                schema = self.fil.schema(frame)
                if not self.utvalg.er_alle:
                    klasse = as_text(names["klasse"], schema).cast(pl.String)
                    frame = frame.filter(self.utvalg.holder(klasse))  # noqa: PLW2901 - the same rows, fewer
                chosen = [self._column(name, schema).alias(name) for name in _LEST]
                for batch in frame.select(chosen).collect_batches(chunk_size=BUNT, maintain_order=True):
                    yield self._read(batch, line)
                    line += batch.height
        except pl.exceptions.PolarsError as fault:
            melding = _("Filen kan ikke leses som en tabell, etter linje {n}.").format(n=line)
            raise Inndatafeil([fil_feil(self.fil.path, "ulest_fil", melding)]) from fault

    def _column(self, name: str, schema: Mapping[str, pl.DataType]) -> pl.Expr:
        raw = self.fil.kolonner.get(name)
        dtype = pl.String if name in _FRI else pl.Categorical
        if raw is None:
            return pl.lit("", dtype=dtype)
        return pl.col(raw) if schema[raw] == dtype else as_text(raw, schema).cast(dtype)

    def _read(self, batch: pl.DataFrame, line: int) -> pl.DataFrame:
        """Understand the cells of a batch; ``line`` is the number of its first row in the file."""
        batch = batch.with_row_index("_linje", offset=line).with_columns(pl.col(_FRI).fill_null(""))
        self._tell_apart(batch)
        batch = self._without_numbers(batch)
        klasse = self._words(batch["klasse"], self._klasse, pl.Int64)
        unknown = klasse.is_null()
        if unknown.any():
            told = pl.all_horizontal(
                pl.col(name).cast(pl.String).fill_null("") == "" for name in ("klasse", "dato", "type")
            )
            self._count("ukjent_klasse", batch, unknown & ~batch.select(told).to_series())
        dato = self._words(batch["dato"], _dato, pl.Int64)
        registrert = self._words(batch["registrert"], _valgfri, pl.Int64)
        type_, status = self._words(batch["type"], parse_type), self._words(batch["status"], parse_status)
        rutine = self._words(batch["rutine"], lambda text: parse_rutine(text) or "")
        bad = dato.is_null() | type_.is_null() | status.is_null() | registrert.is_null()
        if bad.any():
            self._count("ulest_rad", batch, bad & ~unknown)
        ids = batch["id"].str.strip_chars()
        none = ids == ""
        if none.any():
            self._count("uten_id", batch, none & ~bad & ~unknown)
            named = pl.format("rad-{}", pl.lit(batch["_linje"]))
            ids = pl.select(pl.when(none).then(named).otherwise(pl.lit(ids))).to_series()
        plain = {
            name: self._words(batch[name], str) for name in ("deltaker", "utfort_av", "deltok", "form", "varighet")
        }
        late = pl.select(pl.when(registrert > 0).then(registrert).otherwise(dato)).to_series()
        out = pl.DataFrame(
            {
                "klasse": klasse, "id": ids, "dato": dato, "type": type_, "rutine": rutine, "status": status,
                "registrert": late, "notat": batch["notat"], **plain,
                "tekst": pl.repeat(None, batch.height, dtype=pl.String, eager=True),
            },
            schema_overrides=SKJEMA,
        ).select(list(SKJEMA))  # fmt: skip
        return out.filter(~(bad | unknown)) if bad.any() or unknown.any() else out

    def _without_numbers(self, batch: pl.DataFrame) -> pl.DataFrame:
        """Leave out rows with eleven digits on end, as the log of a class does."""
        found = pl.repeat(value=False, n=batch.height, eager=True)
        for name in _LEST:
            if name in _FRI:
                column = batch[name]
                if (column.str.len_bytes().max() or 0) >= _SIFRE:  # type: ignore[operator] # a number
                    look = column.to_frame().select(_may_be_number(pl.col(name))).to_series()
                    sure = [has_fodselsnummer(text) for text in column.filter(look).to_list()]
                    found |= look.scatter(look.arg_true(), pl.Series(sure, dtype=pl.Boolean))
                continue
            wrong = [word for word in self._ord[name][1] if len(word) >= _SIFRE and has_fodselsnummer(word)]
            if wrong:
                found |= batch[name].cast(pl.String).is_in(wrong).fill_null(value=False)
        if not found.any():
            return batch
        self._count("fodselsnummer", batch, found)
        batch = batch.filter(~found)
        self._tell_apart(batch)
        return batch

    def _count(self, kode: str, batch: pl.DataFrame, which: pl.Series) -> None:
        self.funn.add(kode, int(which.sum()), self.fil.vis, batch["_linje"].filter(which).head(NEVNES).to_list())

    def _tell_apart(self, batch: pl.DataFrame) -> None:
        """Note the distinct words of each column, and the same as text; "" for an empty cell."""
        self._ord: dict[str, tuple[pl.Series, list[str]]] = {}
        for name in _LEST:
            if name not in _FRI:
                words = batch[name].unique()
                self._ord[name] = words, ["" if word is None else word for word in words.cast(pl.String).to_list()]

    def _klasse(self, text: str) -> int | None:
        return self.utvalg.numre.get(text)

    def _words(
        self, column: pl.Series, parse: Callable[[str], Any], dtype: type[pl.Int64 | pl.Categorical] = pl.Categorical
    ) -> pl.Series:
        """Understand each distinct cell once; null where it cannot be. An empty cell is ""."""
        known = self.husk.setdefault(column.name, {})
        words, distinct = self._ord[column.name]
        for word in distinct:
            if word not in known:
                known[word] = _try(parse, word)
        meant = [known[word] for word in distinct]
        if len(meant) == 1:
            return pl.repeat(meant[0], column.len(), dtype=dtype, eager=True)
        if dtype is pl.Categorical and meant == distinct and not column.null_count():
            return column
        codes = words.to_physical().to_numpy()
        codes = np.nan_to_num(codes, nan=_TOM).astype(np.int64) if words.null_count() else codes.astype(np.int64)
        top = int(np.where(codes == _TOM, -1, codes).max(initial=-1)) + 1
        place = np.zeros(top + 1, dtype=np.int64)  # the last place is that of the empty cell
        place[np.where(codes == _TOM, top, codes)] = np.arange(codes.size)
        at = column.to_physical()
        return pl.Series(meant, dtype=dtype).gather(place[(at.fill_null(top) if at.null_count() else at).to_numpy()])


def _dato(text: str) -> int:
    return parse_loggdato(text).toordinal()


def _valgfri(text: str) -> int:
    """Return 0 for no date."""
    day = parse_valgfri_dato(text)
    return day.toordinal() if day else 0


def _try(parse: Callable[[str], Any], word: str) -> Any:  # noqa: ANN401 - what the parser gives
    try:
        return parse(undo_defuse(word.strip()))
    except Feltfeil:
        return None


def _may_be_number(column: pl.Expr) -> pl.Expr:
    # No: digits in a circle or raised, which \d leaves out.
    return (column.str.len_bytes() >= _SIFRE) & column.str.contains(r"\d(\D*\d){9}|\p{No}")
