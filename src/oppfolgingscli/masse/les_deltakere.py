"""The participants of a data set, and what has dates about them, as columns.

Participants are alike in most things: everything but first and last day is read once for each distinct way to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from oppfolgingscli.les.deltakere import DELTAKERE, PERIODER, SLAG
from oppfolgingscli.les.tabell import column_name, find_delimiter, known_names
from oppfolgingscli.masse.les_rader import find, mangler_kolonner
from oppfolgingscli.modell.klasse import Datert, Deltaker, Fritak, Pause, Praksis
from oppfolgingscli.modell.verdier import Feltfeil, parse_dato, parse_etikett, parse_id, parse_ord, parse_ref

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from oppfolgingscli.les.tabell import Kolonner
    from oppfolgingscli.masse.les_klasser import Klasserad
    from oppfolgingscli.masse.slag import Heltall

_LISTER: Final = {"praksis": "praksis", "pause": "pauser", "gruppe": "gruppe", "ytelse": "ytelse", "fritak": "fritak"}


@dataclass(slots=True)
class Folk:
    """Participants sorted by class. ``pregene[preg[i]]``: what participant i is like in all but first and last day."""

    ider: list[str]
    klasse: Heltall
    start: Heltall
    slutt: Heltall
    preg: Heltall
    pregene: list[Deltaker]

    def av(self, klasser: Sequence[int]) -> Folk:
        """Return the participants of some classes, by class in that order; ``pregene`` only those they need."""
        first = np.searchsorted(self.klasse, klasser, side="left")
        after = np.searchsorted(self.klasse, klasser, side="right")
        rows = np.concatenate(
            [np.zeros(0, dtype=np.int64), *(np.arange(a, b) for a, b in zip(first, after, strict=True))]
        )
        used, preg = np.unique(self.preg[rows], return_inverse=True)
        return Folk(
            [self.ider[i] for i in rows.tolist()], self.klasse[rows], self.start[rows], self.slutt[rows], preg,
            [self.pregene[i] for i in used.tolist()],
        )  # fmt: skip


def read_folk(mappe: Path, klasser: Sequence[Klasserad], funn: Counter[str]) -> Folk:
    """Read ``deltakere`` and ``perioder``; what cannot be read is counted in ``funn`` and left out."""
    numbers = {k.klasse.id: i for i, k in enumerate(klasser)}
    people = _table(mappe, "deltakere", DELTAKERE, ("klasse", "id"))
    periods = _table(mappe, "perioder", PERIODER, ("klasse", "deltaker", "slag"))
    whole = people.select(
        pl.col("klasse").replace_strict(numbers, default=None, return_dtype=pl.Int64).alias("nr"), pl.all()
    )
    _count(funn, "ukjent_klasse", int(whole["nr"].null_count()))
    whole = whole.drop_nulls("nr")
    bad = pl.Series("bad", [False] * whole.height)
    start, bad = _days(whole["start"], bad)
    slutt, bad = _days(whole["slutt"], bad)
    bad |= whole["id"].map_elements(lambda text: _understood(parse_id, text) is None, return_dtype=pl.Boolean)
    bad |= whole.select(pl.struct("nr", "id").is_first_distinct().not_()).to_series()
    bad |= (slutt < start).fill_null(value=False)
    _count(funn, "ulest_rad", int(bad.sum()))
    whole = whole.with_columns(start.alias("start"), slutt.alias("slutt")).filter(~bad).sort("nr", maintain_order=True)
    spans = (
        periods.select(pl.concat_str(["klasse", "deltaker"], separator="\x1f").alias("hvem"),
                       pl.concat_str(["slag", "fra", "til", "verdi", "grunn", "registrert"], separator="\x1f").alias("rad"))
        .group_by("hvem").agg(pl.col("rad").sort().str.join("\x1e"))
    )  # fmt: skip
    whole = whole.with_columns(pl.concat_str(["klasse", "id"], separator="\x1f").alias("hvem"))
    whole = whole.join(spans, on="hvem", how="left", maintain_order="left").with_columns(pl.col("rad").fill_null(""))
    whole = whole.with_columns(pl.concat_str(["gruppe", "ytelse", "rad"], separator="\x1d").alias("preg"))
    kinds = whole["preg"].unique(maintain_order=True)
    made = _Preg(funn)
    models = [made.deltaker(text) for text in kinds.to_list()]
    preg = whole["preg"].replace_strict(kinds.to_list(), list(range(kinds.len())), return_dtype=pl.Int64)
    klasse = whole["nr"].to_numpy()
    fra = np.array([k.opplegg.klasse.start.toordinal() for k in klasser], dtype=np.int64)
    til = np.array([k.opplegg.klasse.slutt.toordinal() for k in klasser], dtype=np.int64)
    return Folk(
        whole["id"].to_list(), klasse,
        np.where(whole["start"].is_null().to_numpy(), fra[klasse], whole["start"].fill_null(0).to_numpy()),
        np.where(whole["slutt"].is_null().to_numpy(), til[klasse], whole["slutt"].fill_null(0).to_numpy()),
        preg.to_numpy(), models,
    )  # fmt: skip


def _table(mappe: Path, navn: str, kolonner: Kolonner, krevd: Sequence[str]) -> pl.DataFrame:
    """Return a table as text by the project's column names; empty when there is none.

    Raises:
        Inndatafeil: it lacks a needed column.
    """
    path = find(mappe, navn)
    if path is None:
        return pl.DataFrame(schema=dict.fromkeys(kolonner, pl.String))
    if path.suffix == ".parquet":
        raw = pl.read_parquet(path)
    else:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            delimiter, skip = find_delimiter([file.readline(), file.readline()], kolonner)
        raw = pl.read_csv(
            path, separator=delimiter, skip_lines=skip, infer_schema=False, truncate_ragged_lines=True,
            encoding="utf8-lossy", empty_string_is_null=False, glob=False,
        )  # fmt: skip
    known = known_names(kolonner)
    names: dict[str, str] = {}
    for column in raw.columns:
        name = known.get(column_name(column))
        if name is not None:
            names.setdefault(name, column)
    lacking = [name for name in krevd if name not in names]
    if lacking:
        raise mangler_kolonner(path, lacking)
    return raw.select(
        (pl.col(names[name]).cast(pl.String).fill_null("").str.strip_chars() if name in names else pl.lit("")).alias(
            name
        )
        for name in kolonner
    )


def _days(column: pl.Series, bad: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return ordinals, null where the cell is empty; and ``bad`` with those that are no dates."""
    words = column.unique().to_list()
    known = [_ordinal(_understood(parse_dato, word)) if word else None for word in words]
    out = column.replace_strict(words, known, return_dtype=pl.Int64) if words else column.cast(pl.Int64)
    return out, bad | (out.is_null() & (column != ""))


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _understood(parse: Callable[[Any], Any], text: str) -> Any:  # noqa: ANN401 - what the parser gives
    try:
        return parse(text)
    except Feltfeil:
        return None


def _count(funn: Counter[str], kode: str, n: int) -> None:
    if n:
        funn[kode] += n


class _Preg:
    """Makes participants of text; each distinct cell and row is understood once."""

    def __init__(self, funn: Counter[str]) -> None:
        self.funn = funn
        self.rader: dict[str, tuple[str, Any] | None] = {}

    def deltaker(self, text: str) -> Deltaker:
        gruppe, ytelse, rows = text.split("\x1d")
        lists: dict[str, list[Any]] = {name: [] for name in _LISTER.values()}
        for name, value in (("gruppe", gruppe), ("ytelse", ytelse)):
            label = _understood(parse_etikett, value) if value else None
            if label is not None:
                lists[name].append(Datert(verdi=label))
        for row in rows.split("\x1e") if rows else ():
            if row not in self.rader:
                self.rader[row] = self._item(row)
            item = self.rader[row]
            if item is None:
                self.funn["ulest_periode"] += 1
            else:
                lists[item[0]].append(item[1])
        for name in ("praksis", "pauser", "gruppe", "ytelse"):
            lists[name].sort(key=lambda x: x.fra.toordinal() if x.fra else 0)
        return Deltaker.model_validate({"id": "D", **{name: tuple(items) for name, items in lists.items()}})

    @staticmethod
    def _item(row: str) -> tuple[str, Any] | None:
        slag, fra, til, verdi, grunn, registrert = row.split("\x1f")
        try:
            kind = parse_ord(slag, SLAG, "")
            first, last = parse_dato(fra) if fra else None, parse_dato(til) if til else None
            known = parse_dato(registrert) if registrert else None
            if kind == "fritak":
                return "fritak", Fritak(rutine=parse_ref(verdi), grunn=grunn or "fritak", registrert=known)
            if first is None or (last is not None and last < first):
                return None
            if kind in {"gruppe", "ytelse"}:
                return kind, Datert(fra=first, verdi=parse_etikett(verdi))
            if kind == "praksis":
                return "praksis", Praksis(fra=first, til=last)
            return "pauser", Pause(fra=first, til=last, grunn=grunn or "pause", registrert=known)
        except Feltfeil:
            return None
