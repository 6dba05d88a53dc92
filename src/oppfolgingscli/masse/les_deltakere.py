"""The participants of a data set, and what has dates about them, as columns.

Participants are alike in most things: everything but first and last day is read once for each distinct way to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from oppfolgingscli.les.deltakere import DELTAKERE as _DELTAKERE
from oppfolgingscli.les.deltakere import PERIODER as _PERIODER
from oppfolgingscli.les.deltakere import SLAG
from oppfolgingscli.masse.les_funn import NEVNES
from oppfolgingscli.modell.klasse import Datert, Deltaker, Fritak, Pause, Praksis
from oppfolgingscli.modell.verdier import (
    Feltfeil,
    Feltfeilene,
    parse_dato,
    parse_etikett,
    parse_id,
    parse_ord,
    parse_ref,
)
from oppfolgingscli.personvern import has_fodselsnummer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from oppfolgingscli.les.tabell import Kolonner
    from oppfolgingscli.masse.les_filer import Tabellfil
    from oppfolgingscli.masse.les_funn import Funn, Utvalg
    from oppfolgingscli.masse.les_klasser import Klasserad
    from oppfolgingscli.masse.slag import Heltall

_KLASSE: Final = ("class", "klasse_id", "class_id")
DELTAKERE: Final[Kolonner] = {**_DELTAKERE, "klasse": _KLASSE}
PERIODER: Final[Kolonner] = {**_PERIODER, "klasse": _KLASSE}
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


def read_folk(
    deltakere: Tabellfil | None, perioder: Tabellfil | None, klasser: Sequence[Klasserad], utvalg: Utvalg, funn: Funn
) -> Folk:  # fmt: skip
    """Read ``deltakere`` and ``perioder``; what cannot be read is counted in ``funn`` and left out.

    Raises:
        Inndatafeil: one of them is no table.
    """
    whole = _rows(deltakere, DELTAKERE, utvalg, funn)
    bad = pl.repeat(value=False, n=whole.height, eager=True)
    start, bad = _days(whole["start"], bad)
    slutt, bad = _days(whole["slutt"], bad)
    bad |= whole["id"].map_elements(lambda text: _understood(parse_id, text) is None, return_dtype=pl.Boolean)
    for name in ("gruppe", "ytelse"):
        bad |= whole[name].is_in([w for w in whole[name].unique() if w and _understood(parse_etikett, w) is None])
    bad |= whole.select(pl.struct("nr", "id").is_first_distinct().not_()).to_series()
    bad |= (slutt < start).fill_null(value=False)
    _count(funn, "ulest_rad", deltakere, whole.filter(bad))
    whole = whole.with_columns(start.alias("start"), slutt.alias("slutt")).filter(~bad).sort("nr", maintain_order=True)
    made = _Preg()
    spans = _periods(perioder, klasser, utvalg, whole, made, funn)
    whole = whole.join(spans, on=["nr", "id"], how="left", maintain_order="left")
    whole = whole.with_columns(
        pl.concat_str(["gruppe", "ytelse", pl.col("rad").fill_null("")], separator="\x1d").alias("preg")
    )
    kinds = whole["preg"].unique(maintain_order=True)
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


def _rows(fil: Tabellfil | None, kolonner: Kolonner, utvalg: Utvalg, funn: Funn) -> pl.DataFrame:
    """Return the rows of classes that are there, with ``nr`` for the class and ``_rad`` for the row."""
    if fil is None:
        return pl.DataFrame(schema={"_rad": pl.UInt32, **dict.fromkeys(kolonner, pl.String), "nr": pl.Int64})
    raw = fil.ramme(kolonner, utvalg)
    funn.add("ulest_rad", len(fil.uleste), fil.vis, fil.uleste)
    found = may_be_number(raw, list(kolonner))
    if found.any():
        _count(funn, "fodselsnummer", fil, raw.filter(found))
        raw = raw.filter(~found)
    number = pl.col("klasse").replace_strict(utvalg.numre, default=None, return_dtype=pl.Int64)
    whole = raw.with_columns(number.alias("nr"))
    _count(funn, "ukjent_klasse", fil, whole.filter(pl.col("nr").is_null()))
    return whole.drop_nulls("nr")


def may_be_number(frame: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """Return which rows have eleven digits on end in a cell."""
    text = frame.select(pl.concat_str(names, separator="\x1d").alias("t"))["t"]
    look = text.str.contains(r"\d(\D{0,3}\d){10}")
    if not look.any():
        return look
    sure = [any(map(has_fodselsnummer, cells.split("\x1d"))) for cells in text.filter(look).to_list()]
    return look.scatter(look.arg_true(), pl.Series(sure, dtype=pl.Boolean))


_RAD: Final = ("slag", "fra", "til", "verdi", "grunn", "registrert")


def _periods(
    fil: Tabellfil | None, klasser: Sequence[Klasserad], utvalg: Utvalg, folk: pl.DataFrame, made: _Preg, funn: Funn,
) -> pl.DataFrame:  # fmt: skip
    """Return what has dates about each participant as one text, from rows that can be read and are about somebody."""
    rows = _rows(fil, PERIODER, utvalg, funn).with_columns(
        pl.concat_str(_RAD, separator="\x1f").alias("rad"), pl.col("slag").str.to_lowercase().alias("_slag")
    )
    unread = [text for text in rows["rad"].unique().to_list() if made.item(text) is None]
    people = folk.select("nr", pl.col("id").alias("deltaker"), pl.lit(value=True).alias("_der"))
    rows = rows.join(people, on=["nr", "deltaker"], how="left", maintain_order="left")
    bad = rows["rad"].is_in(unread) | rows["_der"].is_null()
    # Of two groups, or two benefits, from one day the first holds.
    dated = rows["_slag"].is_in(["gruppe", "ytelse"])
    bad |= dated & rows.select(pl.struct("nr", "deltaker", "_slag", "fra").is_first_distinct().not_()).to_series()
    bad |= _unknown_routines(rows, klasser, made)
    if fil is not None:
        _count(funn, "ulest_periode", fil, rows.filter(bad))
    return (
        rows.filter(~bad).group_by("nr", pl.col("deltaker").alias("id"))
        .agg(pl.col("rad").sort().str.join("\x1e"))
    )  # fmt: skip


def _unknown_routines(rows: pl.DataFrame, klasser: Sequence[Klasserad], made: _Preg) -> pl.Series:
    """Return which rows exempt from a routine that the class's set does not have."""
    out = pl.repeat(value=False, n=rows.height, eager=True)
    routines: dict[str, set[str]] = {}
    wrong = []
    look = rows.with_row_index("_nr").filter(pl.col("rad").str.to_lowercase().str.starts_with("fritak"))
    for at, nr, text in look.select("_nr", "nr", "rad").iter_rows():
        k = klasser[nr]
        if k.merke not in routines:
            routines[k.merke] = {v.rutine.id for v in k.opplegg.rutinesett.versjoner}
        item = made.item(text)
        if item is not None and item[1].rutine not in routines[k.merke]:
            wrong.append(at)
    return out.scatter(wrong, [True] * len(wrong)) if wrong else out


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


def _count(funn: Funn, kode: str, fil: Tabellfil | None, rows: pl.DataFrame) -> None:
    if fil is not None and rows.height:
        funn.add(kode, rows.height, fil.vis, rows["_rad"].head(NEVNES).to_list())


class _Preg:
    """Makes participants of text; each distinct row is understood once."""

    def __init__(self) -> None:
        self.rader: dict[str, tuple[str, Any] | None] = {}

    def item(self, row: str) -> tuple[str, Any] | None:
        """Return what a row of periods says, and in which list of the participant; None when it cannot be read."""
        if row not in self.rader:
            self.rader[row] = self._item(row) if row.count("\x1f") == len(_RAD) - 1 else None
        return self.rader[row]

    def deltaker(self, text: str) -> Deltaker:
        gruppe, ytelse, rows = text.split("\x1d")
        lists: dict[str, list[Any]] = {name: [] for name in _LISTER.values()}
        for name, value in (("gruppe", gruppe), ("ytelse", ytelse)):
            if value:
                lists[name].append(Datert(verdi=parse_etikett(value)))
        for row in rows.split("\x1e") if rows else ():
            item = self.item(row)
            if item is not None:
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
        except (Feltfeil, Feltfeilene):
            return None
