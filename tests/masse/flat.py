"""Writes workspaces as one flat data set: what an extract from a register of the same classes would be."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe, open_arbeidsmappe
from oppfolgingscli.modell.klasse import Deltaker

KLASSER = "klasse;rutinesett;skolerute;start;slutt"
DELTAKERE = "klasse;id;start;slutt;sluttarsak;gruppe;ytelse"
PERIODER = "klasse;deltaker;slag;fra;til;verdi;sted;grunn;registrert"
KONTAKTER = "klasse;id;dato;type;rutine;deltaker;utfort_av;deltok;form;varighet;status;notat;registrert"
HENDELSER = "klasse;id;dato;type;deltaker;oppdaget;notat;registrert"


def export(mapper: Iterable[Path], ut: Path, *, parquet: bool = False) -> Path:
    """Write a data set of workspaces, with the routine sets and school calendars that lie beside them."""
    ut.mkdir(parents=True, exist_ok=True)
    tables: dict[str, list[list[Any]]] = {
        "klasser": [KLASSER.split(";")], "deltakere": [DELTAKERE.split(";")], "perioder": [PERIODER.split(";")],
        "kontakter": [KONTAKTER.split(";")], "hendelser": [HENDELSER.split(";")], "personer": [["klasse", "id", "rolle"]],
        "faser": [["klasse", "fase", "fra", "til"]], "eksamener": [["klasse", "eksamen", "dato"]],
    }  # fmt: skip
    for mappe in sorted(mapper):
        _class(open_arbeidsmappe(mappe), tables)
        for file in mappe.glob("*.toml"):
            if file.name != "oppfolging.toml":
                shutil.copy(file, ut / file.name)
    for name, rows in tables.items():
        if len(rows) == 1 and name not in ("klasser", "deltakere", "kontakter"):
            continue
        if parquet:
            import polars as pl

            typed = [[_text(cell) for cell in row] for row in rows[1:]]
            frame = pl.DataFrame(typed, schema=dict.fromkeys(rows[0], pl.String), orient="row")
            dates = [x for x in ("start", "slutt", "dato", "fra", "til", "registrert") if x in frame.columns]
            frame.with_columns(pl.col(dates).replace("", None).str.to_date(strict=False)).write_parquet(
                ut / f"{name}.parquet"
            )
            continue
        with (ut / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out, delimiter=";").writerows([[_text(cell) for cell in row] for row in rows])
    return ut


def _text(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _class(opened: Arbeidsmappe, tables: dict[str, list[list[Any]]]) -> None:
    klasse = opened.oppsett.klasse
    k = klasse.id
    tables["klasser"].append([k, klasse.rutinesett, klasse.skolerute, klasse.start, klasse.slutt])
    tables["faser"] += [[k, name, dates.fra, dates.til] for name, dates in klasse.faser.items()]
    tables["eksamener"] += [[k, name, day] for name, day in klasse.eksamen.items()]
    tables["personer"] += [[k, name, person.rolle] for name, person in opened.oppsett.personer.items()]
    for d in opened.opplegg.deltakere:
        _participant(k, d, tables)
    for name in ("kontakter", "hendelser"):
        path = opened.mappe / f"{name}.csv"
        if path.is_file():
            with path.open(encoding="utf-8-sig", newline="") as file:
                tables[name] += [
                    [k, *(row[column] for column in tables[name][0][1:])] for row in csv.DictReader(file, delimiter=";")
                ]


def _participant(k: str, d: Deltaker, tables: dict[str, list[list[Any]]]) -> None:
    first = {name: next((x.verdi for x in getattr(d, name) if x.fra is None), None) for name in ("gruppe", "ytelse")}
    tables["deltakere"].append([k, d.id, d.start, d.slutt, None, first["gruppe"], first["ytelse"]])
    rows = tables["perioder"]
    for name in ("gruppe", "ytelse"):
        rows += [[k, d.id, name, x.fra, "", x.verdi, "", "", ""] for x in getattr(d, name) if x.fra is not None]
    rows += [[k, d.id, "praksis", x.fra, x.til, "", "", "", ""] for x in d.praksis]
    rows += [[k, d.id, "pause", x.fra, x.til, "", "", x.grunn, x.registrert] for x in d.pauser]
    rows += [[k, d.id, "fritak", "", "", x.rutine, "", x.grunn, x.registrert] for x in d.fritak]
