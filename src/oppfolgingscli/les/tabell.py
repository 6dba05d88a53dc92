"""Tables people keep in a spreadsheet (.csv, .xlsx): rows of text by column name, each with its line number.

Written for files as they come out of Norwegian Excel: semicolons, tabs or commas, ``sep=`` lines, a BOM or none,
UTF-8, UTF-16 or Windows-1252, quoted line breaks, columns in any order, ids that look like numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oppfolgingscli.feil import Feil, Sted
from oppfolgingscli.les.fil import check_lines, fil_feil, mange, read_bytes, vis_sti
from oppfolgingscli.modell.ord import fold, nearest
from oppfolgingscli.modell.verdier import vis_verdi
from oppfolgingscli.personvern import has_fodselsnummer, skjul
from oppfolgingscli.sprak import _

#: A table's columns by the name the program uses, each with the other names it may have in the file.
Kolonner = Mapping[str, Sequence[str]]
#: One row of the file: its line number and its cells.
Linje = tuple[int, list[str]]

#: Rows of a table of people or of what has dates about them; logs may have more.
MAX_RADER: Final = 40_000
#: Columns of any table.
MAX_KOLONNER: Final = 1000
#: Faults told of one table; there is no need to see more of them at once.
MAX_FEIL: Final = 500

DELIMITERS: Final = (";", "\t", ",")


@dataclass(frozen=True, slots=True)
class Rad:
    """One row: its line in the file and its cells by column, trimmed; "" where empty or no such column."""

    linje: int
    verdier: dict[str, str]

    def __getitem__(self, kolonne: str) -> str:
        """Return a cell."""
        return self.verdier.get(kolonne, "")


@dataclass(frozen=True, slots=True)
class Tabell:
    """A table as read. ``kolonner``: the known columns that are there."""

    vis: str
    kolonner: frozenset[str]
    rader: list[Rad]

    def feil(self, rad: Rad, kolonne: str | None, kode: str, melding: str, remedy: str | None = None) -> Feil:
        """Make a fault about a row, or about its cell in ``kolonne``."""
        text = f"{kolonne}: {melding}" if kolonne else melding[:1].upper() + melding[1:]
        return Feil(kode, skjul(text), Sted(self.vis, rad.linje), skjul(remedy) if remedy else None)


def read_tabell(path: Path, kolonner: Kolonner, krevd: Iterable[str], feil: list[Feil]) -> Tabell | None:
    """Read a table; None when it is none, with the faults added to ``feil``.

    Cells with identity numbers are faults and are emptied, so that nothing later repeats them.
    """
    raw = read_bytes(path, feil)
    if raw is None:
        return None
    suffix = path.suffix.lower()
    if suffix in {".xls", ".ods", ".xlsb", ".numbers"}:
        melding = _("dette slaget regneark kan ikke leses ({slag}).").format(slag=suffix)
        feil.append(fil_feil(path, "ukjent_filtype", melding, _("Lagre det som .xlsx eller .csv.")))
        return None
    if suffix in {".xlsx", ".xlsm"} or raw[:4] == b"PK\x03\x04":
        from oppfolgingscli.les.regneark import read_rows

        rows = read_rows(path, raw, feil)
    else:
        if (fault := check_lines(path, raw, MAX_RADER)) is not None:
            feil.append(fault)
            return None
        text = decode(raw)
        if text is None:
            melding = _("filen har et tegnsett som ikke kan leses.")
            feil.append(fil_feil(path, "ukjent_tegnsett", melding, _("Lagre den som «CSV UTF-8».")))
            return None
        rows = _csv_rows(path, text, kolonner, feil)
    return None if rows is None else _table(path, rows, kolonner, krevd, feil)


def decode(raw: bytes) -> str | None:
    """Return the text of a file; None when it is none (see ``decode_as``)."""
    found = decode_as(raw)
    return found[0] if found else None


def decode_as(raw: bytes) -> tuple[str, str] | None:
    """Return the text of a file, and the encoding in which more can be added to it.

    By its BOM, else strict UTF-8, else UTF-16 by its zeros, else Windows-1252.
    """
    for bom, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(bom):
            return _decode(raw[len(bom) :], name)
    if b"\x00" in raw:
        # Nearly all letters in the table are Latin, so every other byte is zero in UTF-16.
        return _decode(raw, "utf-16-le" if raw[1::2].count(0) > raw[::2].count(0) else "utf-16-be")
    return _decode(raw, "utf-8") or _decode(raw, "cp1252")


def _decode(raw: bytes, name: str) -> tuple[str, str] | None:
    try:
        return raw.decode(name), name
    except UnicodeDecodeError:
        return None


def column_name(cell: str) -> str:
    """Return a header cell as column names are compared: folded, lower case, ``_`` between words."""
    return fold(cell.strip().strip("\ufeff")).lower().replace(" ", "_").replace("-", "_")


def lines_from(lines: Sequence[str], at: int) -> Iterator[str]:
    """Return the lines from a place on, without a copy of them: a file with many broken rows begins many times."""
    rest = iter(lines)
    rest.__setstate__(at)  # type: ignore[attr-defined] # a list's iterator has it, and nothing else is as fast
    return rest


def known_names(kolonner: Kolonner) -> dict[str, str]:
    """Return every way to write a column's name, folded, with the name the program uses."""
    return {alias: name for name, aliases in kolonner.items() for alias in (name, *aliases)}


def find_delimiter(lines: Sequence[str], kolonner: Kolonner) -> tuple[str, int]:
    """Return what stands between the cells, and how many lines come before the table (1 for a ``sep=`` line).

    Without a ``sep=`` line it is the delimiter that gives the header most known names.
    """
    first = lines[0].strip("\r\n") if lines else ""
    if first.strip().lower().startswith("sep=") and len(first) >= 5 and first[4] != '"':
        return first[4], 1
    known = known_names(kolonner)
    header = next((line for line in lines if line.strip()), "")
    found = {d: sum(column_name(c) in known for c in next(csv.reader([header], delimiter=d), [])) for d in DELIMITERS}
    return max(DELIMITERS, key=lambda d: (found[d], header.count(d))), 0


def _csv_rows(path: Path, text: str, kolonner: Kolonner, feil: list[Feil]) -> list[Linje] | None:
    lines = io.StringIO(text, newline="").readlines()
    delimiter, offset = find_delimiter(lines, kolonner)
    reader = csv.reader(lines[offset:], delimiter=delimiter)
    rows: list[Linje] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line + offset, cells))
            line = reader.line_num + 1
    except csv.Error:
        place = Sted(vis_sti(path), line + offset)
        feil.append(
            Feil("ulest_rad", _("Raden kan ikke leses."), place, _("Se etter anførselstegn som ikke er avsluttet."))
        )
        return None
    if rows and reader.line_num + offset > rows[-1][0] and text.count('"') % 2:
        place = Sted(vis_sti(path), rows[-1][0])
        melding = _("Et anførselstegn i raden er ikke avsluttet; resten av filen ble én celle.")
        feil.append(Feil("ulest_rad", melding, place, _("Sett anførselstegn på slutten av teksten.")))
        return None
    return rows


def _table(path: Path, rows: list[Linje], kolonner: Kolonner, krevd: Iterable[str], feil: list[Feil]) -> Tabell | None:
    shown = vis_sti(path)
    lines = iter(rows)
    header = next((line for line in lines if any(cell.strip() for cell in line[1])), None)
    if header is None:
        feil.append(fil_feil(path, "tom_fil", _("tabellen er tom.")))
        return None
    if (fault := too_broad(path, *header)) is not None:
        feil.append(fault)
        return None
    columns = _columns(shown, header, kolonner, krevd, feil)
    out = [Rad(line, cells) for line, cells in _cells(shown, lines, columns, feil)]
    if columns is None:
        return None
    return Tabell(shown, frozenset(name for name in columns if name), out)


def _columns(
    shown: str,
    header: Linje,
    kolonner: Kolonner,
    krevd: Iterable[str],
    feil: list[Feil],
) -> list[str] | None:
    """Return the name of each column ("" where it has none); None when the header is wrong."""
    known = known_names(kolonner)
    line, cells = header
    place = Sted(shown, line)
    names: list[str] = []
    ok = True
    for cell in cells:
        name = column_name(cell)
        column = known.get(name, "")
        if has_fodselsnummer(cell):
            feil.append(_number(place))
            ok = False
        elif name and not column:
            near = nearest(name, known)
            rad = (
                _("Mente du «{ord}»?").format(ord=near)
                if near
                else _("Kolonnene er {ord}.").format(ord=", ".join(kolonner))
            )
            feil.append(
                Feil("ukjent_kolonne", _("Ukjent kolonne {navn}.").format(navn=vis_verdi(cell.strip())), place, rad)
            )
            ok = False
        elif column and column in names:
            feil.append(
                Feil(
                    "like_kolonner",
                    _("Kolonnen «{navn}» står to ganger.").format(navn=column),
                    place,
                    _("Ta bort den ene."),
                )
            )
            ok = False
        names.append(column)
    for name in krevd:
        if name not in names:
            rad = _("Første rad skal ha kolonnenavnene: {ord}.").format(ord=", ".join(kolonner))
            feil.append(Feil("mangler", _("Kolonnen «{navn}» mangler.").format(navn=name), place, rad))
            ok = False
    return names if ok else None


def _cells(
    shown: str,
    lines: Iterator[Linje],
    columns: list[str] | None,
    feil: list[Feil],
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows that are not blank, by column; with a wrong header only look for identity numbers."""
    most = len(feil) + MAX_FEIL
    for line, cells in lines:
        if len(feil) >= most:
            feil.append(resten(shown))
            return
        values: dict[str, str] = {}
        for i, cell in enumerate(cells):
            text = cell.strip().replace("\x00", "")
            if not text:
                continue
            if has_fodselsnummer(text):
                feil.append(_number(Sted(shown, line)))
                continue
            if columns is None:
                continue
            if i >= len(columns) or not columns[i]:
                melding = _("Raden har en verdi i kolonne {n}, som ikke har noe navn.").format(n=i + 1)
                feil.append(
                    Feil(
                        "for_mange_celler",
                        melding,
                        Sted(shown, line),
                        _("Mangler det anførselstegn rundt en tekst med skilletegn?"),
                    )
                )
                continue
            values[columns[i]] = text
        if values:
            yield line, values


def resten(fil: str) -> Feil:
    """Make the fault that stands for what was not looked at, as there was enough to put right before it."""
    melding = _("Mer enn {n} feil i tabellen; resten av den er ikke lest.").format(n=MAX_FEIL)
    return Feil("flere_feil", melding, Sted(fil), _("Er dette rett fil? Rett ellers disse først."))


def too_broad(path: Path, line: int, cells: Sequence[str]) -> Feil | None:
    """Return what is wrong with a row of column names when it is no person's; None when nothing is."""
    if len(cells) <= MAX_KOLONNER:
        return None
    melding = _("Tabellen har mer enn {n} kolonner.").format(n=mange(MAX_KOLONNER))
    return Feil("for_stor", melding, Sted(vis_sti(path), line), _("Er dette rett fil?"))


def _number(place: Sted) -> Feil:
    from oppfolgingscli.les.toml import fodselsnummer

    return fodselsnummer(place)
