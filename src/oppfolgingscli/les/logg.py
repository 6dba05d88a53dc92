"""Reads the log of a class: contacts, events and agreements, from .csv or .xlsx.

Rows that cannot be read are findings, and stay in the file untouched; the rest is used. Made for many rows:
each distinct date and word is understood once, and remembered.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from oppfolgingscli.hendelse import Avtale, Hendelse, Kontakt, Logg, Varsel
from oppfolgingscli.les.kopier import find_kopier
from oppfolgingscli.les.logg_fil import Loggtabell, find_loggfiler, read_loggtabell
from oppfolgingscli.les.logg_kolonner import KOLONNER, Slag, rettelse_av
from oppfolgingscli.les.logg_ord import (
    Husk,
    parse_deltakere,
    parse_folk,
    parse_loggdato,
    parse_rutine,
    parse_status,
    parse_tiltak,
    parse_type,
    parse_valgfri_dato,
)
from oppfolgingscli.modell.ord import fold
from oppfolgingscli.modell.verdier import Feltfeil, vis_verdi
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from pathlib import Path

Rad = TypeVar("Rad", Kontakt, Hendelse, Avtale)


def read_logg(mappe: Path, kjent: date | None = None, *, rettede: bool = False) -> Logg:
    """Read the log in a folder; no files is an empty log.

    A row that a later one corrects (an id like ``k12.rett1``) is left out, from the day the correction was
    registered: with ``kjent`` before that day the old row is there, and the correction is not yet known.
    ``rettede``: keep them all.

    Raises:
        Inndatafeil: a file is no table, may not be read, or there are two for one log.
        Systemfeil: another program holds a file.
    """
    found: dict[Slag, Any] = {"kontakter": (), "hendelser": (), "avtaler": ()}
    funn: list[Varsel] = []
    for slag, path in find_loggfiler(mappe).items():
        found[slag], findings = read_loggfil(path, slag, kjent, rettede=rettede)
        funn += findings
    funn += find_kopier(mappe)
    return Logg(found["kontakter"], found["hendelser"], found["avtaler"], tuple(funn))


def read_loggfil(
    path: Path,
    slag: Slag,
    kjent: date | None = None,
    *,
    rettede: bool = False,
) -> tuple[tuple[Any, ...], list[Varsel]]:
    """Read one log file: its records and the findings. As ``read_logg``."""
    readers: dict[Slag, Callable[[Loggtabell], Iterator[Any]]]
    readers = {"kontakter": _kontakter, "hendelser": _hendelser, "avtaler": _avtaler}
    with _no_collection():
        table = read_loggtabell(path, slag)
        rows = list(readers[slag](table))
        if table.kan_rette and not rettede:
            rows = _drop_corrected(rows, table, kjent)
        return tuple(rows), table.funn


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold back the garbage collector: nothing made here is garbage, and it would walk all of it many times."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _drop_corrected(rows: list[Rad], table: Loggtabell, kjent: date | None) -> list[Rad]:
    """Leave out the rows that a correction known on ``kjent`` (None: any) stands for, and what it takes out."""
    ids = {row.id for row in rows}
    last: dict[str, int] = {}
    for row in rows:
        correction = rettelse_av(row.id)
        if correction is None:
            continue
        base, number, _out = correction
        known = kjent is None or row.registrert <= kjent
        if known and base in table.uleste:  # what was wrong with it is put right
            table.funn = [f for f in table.funn if f is not table.uleste[base]]
        if base not in ids and base not in table.uleste:
            melding = _("raden retter {id}, som ikke finnes; den telles som den står.").format(id=vis_verdi(base))
            table.finding("rettelse_uten_rad", melding, int(row.sted.rpartition(":")[2]))
        if known:
            last[base] = max(number, last.get(base, 0))
    return [row for row in rows if _stands(row, last, kjent)]


def _stands(row: Rad, last: Mapping[str, int], kjent: date | None) -> bool:
    correction = rettelse_av(row.id)
    if correction is None:
        return row.id not in last
    base, number, takes_out = correction
    known = kjent is None or row.registrert <= kjent
    return not takes_out and (not known or number == last[base])


def _make(
    table: Loggtabell, build: Callable[[int, tuple[str, ...]], Rad], wrong: Callable[[tuple[str, ...]], str]
) -> Iterator[Rad]:
    """Build a record of each row; a row that cannot be is a finding, and one without id gets its line's name."""
    for line, cells in table.rader:
        try:
            row = build(line, cells)
        except Feltfeil:
            if any(cell.strip() for cell in cells):
                table.uleste[cells[0].strip()] = table.finding("ulest_rad", wrong(cells), line)
            continue
        if row.id == f"rad-{line}" and not cells[0].strip():
            table.finding("uten_id", _("raden har ingen id, og kalles {id}.").format(id=row.id), line)
        yield row


def _explain(slag: Slag, parsers: Mapping[str, Husk[Any]]) -> Callable[[tuple[str, ...]], str]:
    """Return what tells everything that is wrong with a row, column by column."""

    def wrong(cells: tuple[str, ...]) -> str:
        out = []
        for name, cell in zip(KOLONNER[slag], cells, strict=True):
            try:
                if name in parsers:
                    parsers[name][cell]
            except Feltfeil as fault:
                out.append(" ".join(filter(None, (f"{name}: {fault.melding}", fault.rad))))
        return " ".join(out)

    return wrong


def _kontakter(table: Loggtabell) -> Iterator[Kontakt]:
    datoer, valgfrie, typer = Husk(parse_loggdato), Husk(parse_valgfri_dato), Husk(parse_type)
    rutiner, deltakere, roller, statuser = (
        Husk(parse_rutine),
        Husk(parse_deltakere),
        Husk(parse_folk),
        Husk(parse_status),
    )
    name = table.path.name

    def build(line: int, cells: tuple[str, ...]) -> Kontakt:
        id_, dato, type_, rutine, deltaker, utfort_av, deltok, _form, _varighet, status, _notat, registrert = cells
        day = datoer[dato]
        named, everyone = deltakere[deltaker]
        return Kontakt(
            id_.strip() or f"rad-{line}", day, typer[type_], rutiner[rutine], named, everyone,
            roller[utfort_av], roller[deltok], statuser[status], valgfrie[registrert] or day,
            f"{name}:{line}", ";".join(cells),
        )  # fmt: skip

    parsers: dict[str, Husk[Any]] = {"dato": datoer, "type": typer, "status": statuser, "registrert": valgfrie}
    return _make(table, build, _explain("kontakter", parsers))


def _hendelser(table: Loggtabell) -> Iterator[Hendelse]:
    datoer, valgfrie, typer, deltakere = (
        Husk(parse_loggdato),
        Husk(parse_valgfri_dato),
        Husk(parse_type),
        Husk(parse_deltakere),
    )
    name = table.path.name

    def build(line: int, cells: tuple[str, ...]) -> Hendelse:
        id_, dato, type_, deltaker, oppdaget, _notat, registrert = cells
        day = datoer[dato]
        named, everyone = deltakere[deltaker]
        return Hendelse(
            id_.strip() or f"rad-{line}", day, typer[type_], named, everyone, valgfrie[oppdaget],
            valgfrie[registrert] or day, f"{name}:{line}", ";".join(cells),
        )  # fmt: skip

    parsers: dict[str, Husk[Any]] = {"dato": datoer, "type": typer, "oppdaget": valgfrie, "registrert": valgfrie}
    return _make(table, build, _explain("hendelser", parsers))


def _avtaler(table: Loggtabell) -> Iterator[Avtale]:
    datoer, valgfrie, tiltak_ = Husk(parse_loggdato), Husk(parse_valgfri_dato), Husk(parse_tiltak)
    name = table.path.name

    def build(line: int, cells: tuple[str, ...]) -> Avtale:
        id_, dato, deltaker, tiltak, ansvarlig, frist, utfort, _grunnlag, _notat, registrert = cells
        day = datoer[dato]
        return Avtale(
            id_.strip() or f"rad-{line}", day, deltaker.strip(), tiltak_[tiltak], fold(ansvarlig), valgfrie[frist],
            valgfrie[utfort], valgfrie[registrert] or day, f"{name}:{line}", ";".join(cells),
        )  # fmt: skip

    parsers: dict[str, Husk[Any]] = {
        "dato": datoer, "tiltak": tiltak_, "frist": valgfrie, "utfort": valgfrie, "registrert": valgfrie,
    }  # fmt: skip
    return _make(table, build, _explain("avtaler", parsers))
