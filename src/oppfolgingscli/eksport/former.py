"""The tables as Parquet, Stata and SPSS files, each made from the CSV, so that they all say the same.

Parquet streams. The other two hold a table in memory: their libraries have no other way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.eksport.bunke import SKILLE
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import polars as pl

    from oppfolgingscli.eksport.variabel import Tabell, Variabel

#: Form -> what its files end with.
ENDELSER: Final = {"csv": "csv", "parquet": "parquet", "stata": "dta", "spss": "sav"}
#: The libraries a form needs, all of the extra ``eksport``.
KREVER: Final = {
    "parquet": ("polars",),
    "stata": ("pandas", "polars", "pyreadstat"),
    "spss": ("pandas", "polars", "pyreadstat"),
}
SANN: Final = {0: N_("nei"), 1: N_("ja")}
#: Stata's limits: letters of a variable's name, of its label and of a file's label; bytes of a text.
STATA_NAVN: Final = 32
STATA_ETIKETT: Final = 80
STATA_TEKST: Final = 2045
_TALL: Final = frozenset({"heltall", "kode", "sann", "dato"})
_VERSJON: Final = 14
"""Stata 14 from 2015 and later read it, in Unicode."""


def write_form(form: str, tabell: Tabell, kilde: Path, ut: Path) -> None:
    """Write a table as ``parquet``, ``stata`` or ``spss`` from its CSV."""
    import polars as pl

    types: dict[str, Any] = {v.navn: _polars_type(pl, v) for v in tabell.variabler}
    lazy = pl.scan_csv(kilde, separator=SKILLE, schema=types)
    if form == "parquet":
        lazy.sink_parquet(ut)
        return
    import pyreadstat

    frame = _pandas(lazy.collect(), tabell)
    labels: dict[str, str | None] = {v.navn: label(v) for v in tabell.variabler}
    values = {v.navn: numbers(v) for v in tabell.variabler if v.slag in {"kode", "sann"}}
    if form == "stata":
        pyreadstat.write_dta(
            frame, ut, file_label=_(tabell.tittel)[:STATA_ETIKETT], column_labels=labels, version=_VERSJON,
            variable_value_labels=values, variable_format={v.navn: _format(v, "%td", "%8.0f") for v in tabell.variabler if v.slag in _TALL},
        )  # fmt: skip
    else:
        pyreadstat.write_sav(
            frame, ut, file_label=_(tabell.tittel), column_labels=labels, variable_value_labels=values,
            variable_format={v.navn: _format(v, "DATE11", "F8.0") for v in tabell.variabler if v.slag in _TALL},
            variable_display_width={v.navn: 20 for v in tabell.variabler if v.slag not in _TALL},
            variable_measure={v.navn: _measure(v) for v in tabell.variabler},
        )  # fmt: skip


def label(v: Variabel) -> str:
    """Return a variable's label in the language in use, as long as Stata takes it."""
    text = _(v.etikett)
    return text if len(text) <= STATA_ETIKETT else f"{text[: STATA_ETIKETT - 1]}…"


def numbers(v: Variabel) -> dict[int | float, str]:
    """Return the numbers that stand for codes in Stata and SPSS, and what they mean."""
    if v.slag == "sann":
        return {n: _(word) for n, word in SANN.items()}
    return {n: _(word) for n, (_code, word) in enumerate(v.verdier, 1)}


def _polars_type(pl: Any, v: Variabel) -> Any:  # noqa: ANN401 - the module, and one of its types
    return {"heltall": pl.Int32, "dato": pl.Date, "sann": pl.Boolean}.get(v.slag, pl.String)


def _pandas(frame: pl.DataFrame, tabell: Tabell) -> pd.DataFrame:
    """Return the table as the library takes it: numbers with NaN for none, days as dates, codes as their numbers."""
    import pandas as pd
    import polars as pl

    columns: dict[str, Any] = {}
    for v in tabell.variabler:
        column = frame[v.navn]
        if v.slag == "kode":
            codes = [code for code, _what in v.verdier]
            column = column.replace_strict(codes, list(range(1, len(codes) + 1)), return_dtype=pl.Int32)
        if v.slag == "dato" and column.null_count() < column.len():
            columns[v.navn] = pd.Series(column.to_list(), dtype="object")
        elif v.slag in {"heltall", "kode", "sann", "dato"}:  # days, none of which is there: the library would take text
            columns[v.navn] = pd.Series(column.cast(pl.Float64).to_numpy(), dtype="float64")
        else:
            columns[v.navn] = pd.Series([_short(text) for text in column.fill_null("").to_list()], dtype="object")
    return pd.DataFrame(columns)


def _short(text: str) -> str:
    """Return a text as long as Stata takes it."""
    raw = text.encode()
    return text if len(raw) <= STATA_TEKST else f"{raw[: STATA_TEKST - 3].decode(errors='ignore')}…"


def _format(v: Variabel, day: str, number: str) -> str:
    return day if v.slag == "dato" else number


def _measure(v: Variabel) -> str:
    return "scale" if v.slag in {"heltall", "dato"} else "nominal"
