"""The log files as rows of cells: finds the file, takes any dialect of it, and turns what is wrong into findings.

One wrong row must not hide the others, so nothing here stops at a fault in a row. A file that is no table, or
that there are two of, is a fault: without it every answer would be wrong.
"""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Final

from oppfolgingscli.feil import Feil, Inndatafeil, Systemfeil
from oppfolgingscli.hendelse import Varsel
from oppfolgingscli.les.fil import MAX_LOGG_BYTES, check_lines, fil_feil, mange, read_bytes, vis_sti
from oppfolgingscli.les.logg_kolonner import KOLONNER, KREVD, Slag, undo_defuse
from oppfolgingscli.les.tabell import (
    Linje,
    Rad,
    column_name,
    decode,
    find_delimiter,
    known_names,
    lines_from,
    too_broad,
)
from oppfolgingscli.modell.ord import nearest
from oppfolgingscli.modell.verdier import vis_verdi
from oppfolgingscli.personvern import (
    har_rare_linjeskift,
    har_styring,
    has_fodselsnummer,
    may_have_fodselsnummer,
    uten_styring,
)
from oppfolgingscli.sprak import _

_SUFFIXES: Final = (".csv", ".xlsx", ".xlsm")
_UNREADABLE: Final = (".xls", ".xlsb", ".ods", ".numbers")
_WINDOWS_IN_USE: Final = (32, 33)
MAX_FUNN: Final = 10_000
"""Findings in one file; more, and it is no log."""
_MAX_BROKEN: Final = 1000
"""Rows with broken quotes in one file; more, and it is no table."""


@dataclass(slots=True)
class Loggtabell:
    """One log file. ``rader`` gives each row that is not blank once: its line, and its cells in the order of KOLONNER.

    Cells are as they stand, "" where the file has no such column. Findings are added to ``funn`` on the way.
    """

    path: Path
    rader: Iterable[tuple[int, tuple[str, ...]]] = ()
    #: Whether there are characters that a terminal would obey; they are then shown as ``�``.
    styring: bool = False
    #: Whether an id in the file may be that of a correction.
    kan_rette: bool = False
    funn: list[Varsel] = field(default_factory=list)
    #: The findings about rows that could not be read, by the rows' ids.
    uleste: dict[str, Varsel] = field(default_factory=dict)

    def finding(self, kode: str, melding: str, linje: int | None = None) -> Varsel:
        """Add a finding about a line, or about the file."""
        sted = f"{self.path.name}:{linje}" if linje else self.path.name
        if len(self.funn) >= MAX_FUNN:
            text = _("mer enn {n} rader kan ikke leses.").format(n=mange(MAX_FUNN))
            raise Inndatafeil([fil_feil(self.path, "for_mange_feil", text, _("Er dette rett fil?"))])
        found = Varsel(kode, sted, melding[:1].upper() + melding[1:])
        self.funn.append(found)
        return found


def find_loggfiler(mappe: Path) -> dict[Slag, Path]:
    """Return the log files in a folder, whatever the case of their names.

    Raises:
        Inndatafeil: two files for one log (which one counts, only their owner knows; to read one would forget
            what is in the other, to read both would count twice), or one that cannot be read.
    """
    found: dict[Slag, list[Path]] = {}
    foreign: dict[Slag, Path] = {}
    try:
        names = sorted(os.listdir(mappe))  # noqa: PTH208 - names only, three times as fast
    except FileNotFoundError:
        return {}
    for name in names:
        stem, suffix = os.path.splitext(name.lower())  # noqa: PTH122 - as above
        if slag := _slag(stem):
            if suffix in _SUFFIXES:
                found.setdefault(slag, []).append(mappe / name)
            elif suffix in _UNREADABLE:
                foreign[slag] = mappe / name
    feil: list[Feil] = []
    for files in found.values():
        if len(files) > 1:
            melding = _("både {a} og {b} ligger i mappen.").format(a=files[0].name, b=files[1].name)
            feil.append(fil_feil(files[1], "to_filer", melding, _("Behold bare den ene.")))
    for slag, path in foreign.items():
        if slag not in found:
            melding = _("dette slaget regneark kan ikke leses ({slag}).").format(slag=path.suffix)
            feil.append(fil_feil(path, "ukjent_filtype", melding, _("Lagre det som .xlsx eller .csv.")))
    if feil:
        raise Inndatafeil(feil)
    return {slag: found[slag][0] for slag in KOLONNER if slag in found}


def _slag(stem: str) -> Slag | None:
    return next((slag for slag in KOLONNER if slag == stem), None)


def read_loggtabell(path: Path, slag: Slag) -> Loggtabell:
    """Read one log file.

    Raises:
        Inndatafeil: it is no table, or may not be read.
        Systemfeil: another program holds it.
    """
    table = Loggtabell(path)
    raw = read_logg_bytes(path)
    if raw is None:
        table.finding("tom_fil", _("filen er tom."))
        return table
    feil: list[Feil] = []
    if path.suffix.lower() != ".csv" or raw[:4] == b"PK\x03\x04":
        from oppfolgingscli.les.regneark import read_rows

        rows = read_rows(path, raw, feil)
        if rows is None:
            raise Inndatafeil(feil)
        lines: Iterator[Linje] = iter(rows)
        look = table.kan_rette = table.styring = True
    else:
        text = decode_logg(path, raw)
        lines = _csv_lines(table, text, slag)
        look = may_have_fodselsnummer(text)
        table.styring = har_styring(text) or har_rare_linjeskift(text)
        table.kan_rette = ".rett" in text or ".utgar" in text
    header = next((line for line in lines if any(cell.strip() for cell in line[1])), None)
    if header is None:
        table.finding("tom_fil", _("filen er tom."))
    elif (pick := find_columns(table, header, slag)) is not None:
        table.rader = _rows(table, lines, header, pick, look=look)
    return table


def read_rader(path: Path, slag: Slag) -> tuple[list[Rad], list[Varsel]]:
    """Return the rows of one log file as text by column, notes and all, and the findings.

    Raises as ``read_loggtabell``.
    """
    table = read_loggtabell(path, slag)
    names = tuple(KOLONNER[slag])
    rows = [
        Rad(line, {name: undo_defuse(cell.strip()) for name, cell in zip(names, cells, strict=True)})
        for line, cells in table.rader
        if any(cell.strip() for cell in cells)
    ]
    return rows, table.funn


def read_logg_bytes(path: Path) -> bytes | None:
    """Return the bytes of a log file, None for an empty one. Raises as ``read_loggtabell``."""
    feil: list[Feil] = []
    raw = read_bytes(path, feil, MAX_LOGG_BYTES)
    if raw is not None:
        if raw[:4] != b"PK\x03\x04" and (fault := check_lines(path, raw)) is not None:
            raise Inndatafeil([fault])
        return raw
    if feil[0].kode == "tom_fil":
        return None
    if feil[0].kode == "ingen_tilgang" and sys.platform == "win32":
        try:
            path.open("rb").close()
        except OSError as error:
            if error.winerror in _WINDOWS_IN_USE:
                melding = _("{fil}: filen er åpen i et annet program. Lukk den der og prøv igjen.")
                raise Systemfeil(melding.format(fil=vis_sti(path))) from error
    raise Inndatafeil(feil)


def decode_logg(path: Path, raw: bytes) -> str:
    """Return the text of a .csv log. Raises Inndatafeil when it is none."""
    text = decode(raw)
    if text is None:
        melding = _("filen har et tegnsett som ikke kan leses.")
        raise Inndatafeil([fil_feil(path, "ukjent_tegnsett", melding, _("Lagre den som «CSV UTF-8»."))])
    return text


def _csv_lines(table: Loggtabell, text: str, slag: Slag) -> Iterator[Linje]:
    """Yield the rows, each with the line it begins on.

    The reader is strict, so that a quotation mark too many is found where it stands and does not swallow the
    rows after it; the line is then read by itself, and reading goes on with the next.
    """
    lines = io.StringIO(text, newline="").readlines()
    delimiter, at = find_delimiter(lines, KOLONNER[slag])
    broken = 0
    while at < len(lines):
        reader = csv.reader(lines_from(lines, at), delimiter=delimiter, strict=True)
        line = start = at + 1
        try:
            for cells in reader:
                yield line, cells
                line = start + reader.line_num
        except csv.Error:
            broken += 1
        else:
            return
        if broken > _MAX_BROKEN:
            table.finding("ulest_rad", _("resten av filen kan ikke leses."), line)
            return
        at = line  # as an index, the line after
        if (alone := _line_alone(lines[line - 1], delimiter)) is not None:
            yield line, alone
        else:
            table.finding(
                "ulest_rad", _("et anførselstegn i raden er ikke avsluttet, eller teksten er for lang."), line
            )


def _line_alone(line: str, delimiter: str) -> list[str] | None:
    """Return the cells of a line read by itself, with quotation marks in odd places; None when one is left open."""
    if line.count('"') % 2:
        return None
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return None


def find_columns(table: Loggtabell, header: Linje, slag: Slag) -> list[int] | None:
    """Return where in the file each column of KOLONNER is, -1 for those it lacks; None when it lacks a needed one."""
    columns = KOLONNER[slag]
    known = known_names(columns)
    line, cells = header
    if (fault := too_broad(table.path, line, cells)) is not None:
        raise Inndatafeil([fault])
    place: dict[str, int] = {}
    for i, cell in enumerate(cells):
        name = column_name(cell)
        column = known.get(name)
        if has_fodselsnummer(cell):
            table.finding("fodselsnummer", _("et kolonnenavn har elleve siffer på rad; kolonnen leses ikke."), line)
        elif column in place:
            table.finding(
                "like_kolonner", _("kolonnen «{navn}» står to ganger; den første leses.").format(navn=column), line
            )
        elif column is not None:
            place[column] = i
        elif name:
            near = nearest(name, known)
            melding = _("ukjent kolonne {navn}; den leses ikke.").format(navn=vis_verdi(cell.strip()))
            table.finding(
                "ukjent_kolonne", melding + " " + _("Mente du «{ord}»?").format(ord=near) if near else melding, line
            )
    lacking = [name for name in KREVD[slag] if name not in place]
    if lacking:
        melding = _("kolonner som mangler: {navn}. Første rad skal ha kolonnenavnene: {ord}.")
        table.finding("mangler_kolonne", melding.format(navn=", ".join(lacking), ord=", ".join(columns)), line)
        return None
    return [place.get(name, -1) for name in columns]


def _rows(
    table: Loggtabell,
    lines: Iterator[Linje],
    header: Linje,
    where: list[int],
    *,
    look: bool,
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the cells of each row in the order of KOLONNER. ``look``: there may be identity numbers."""
    named = {i for i, cell in enumerate(header[1]) if cell.strip()}
    width = len(header[1])
    pick = itemgetter(*(width if i < 0 else i for i in where))
    plain = not look and len(named) == width
    for line, found in lines:
        cells = [cell if cell.isprintable() else uten_styring(cell) for cell in found] if table.styring else found
        if plain and len(cells) == width:
            cells.append("")
            yield line, pick(cells)
            continue
        if len(cells) < width:
            if not any(cells):
                continue
            cells = cells + [""] * (width - len(cells))
        if look and any(map(has_fodselsnummer, cells)):
            melding = _(
                "her står elleve siffer på rad. Det kan være et fødselsnummer, og raden leses ikke. Bruk en oppdiktet id."
            )
            table.finding("fodselsnummer", melding, line)
            continue
        if len(cells) > width or len(named) < width:
            extra = [i + 1 for i, cell in enumerate(cells) if i not in named and cell.strip()]
            if extra:
                melding = _("det står noe i kolonne {n}, som ikke har noe navn; det leses ikke.")
                table.finding("ekstra_celle", melding.format(n=extra[0]), line)
            del cells[width:]
        cells.append("")
        yield line, pick(cells)
