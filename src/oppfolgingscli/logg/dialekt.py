"""How a .csv log is written, found from the file itself, so that what is added looks like what is there."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.les.fil import fil_feil, vis_sti
from oppfolgingscli.les.logg_fil import Loggtabell, find_columns
from oppfolgingscli.les.logg_kolonner import DATOER, KOLONNER, Slag, defuse
from oppfolgingscli.les.tabell import decode_as, find_delimiter
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from _csv import Reader

_DATO: Final = re.compile(r"(?<![\w.-])(?:(?P<norsk>\d{1,2}\.\d{1,2}\.\d{4})|\d{4}-\d{2}-\d{2})(?![\w.-])")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TAIL: Final = 4000
_END: Final = "\x00slutt"
_TOP: Final = 50
"""Lines among which the header is looked for."""


@dataclass(frozen=True, slots=True)
class Dialekt:
    """``kolonner``: the program's name of each column of the file, "" for those it does not know."""

    path: Path
    kolonner: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ";"
    newline: str = "\r\n"
    norske_datoer: bool = False

    def render(self, rader: Iterable[dict[str, str]]) -> bytes:
        """Return rows as lines of this file.

        Raises:
            Inndatafeil: the file has no column for a value, or its encoding lacks a character.
        """
        text = "".join(self._line(rad) for rad in rader)
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            melding = _("filen er lagret i et tegnsett ({navn}) som ikke har tegnet «{tegn}».")
            rad = _("Åpne den i regnearket og lagre den som «CSV UTF-8», og prøv igjen.")
            raise Inndatafeil(
                [
                    fil_feil(
                        self.path, "ukjent_tegnsett", melding.format(navn=self.encoding, tegn=text[error.start]), rad
                    )
                ],
            ) from error

    def _line(self, rad: dict[str, str]) -> str:
        for name, value in rad.items():
            if value and name not in self.kolonner:
                melding = _("Kolonnen «{navn}» mangler i filen, og uten den går noe av raden tapt.").format(navn=name)
                rad_ = _("Legg den til bakerst i første rad, og prøv igjen.")
                raise Inndatafeil([Feil("mangler_kolonne", melding, Sted(vis_sti(self.path), 1), rad_)])
        return self.delimiter.join(self._cell(name, rad.get(name, "")) for name in self.kolonner) + self.newline

    def _cell(self, name: str, value: str) -> str:
        if self.norske_datoer and name in DATOER and (iso := _ISO.fullmatch(value)):
            value = f"{iso[3]}.{iso[2]}.{iso[1]}"
        value = defuse(value)
        if any(c in value for c in (self.delimiter, '"', "\n", "\r")):
            return '"{}"'.format(value.replace('"', '""'))
        return value


def new_dialekt(path: Path, slag: Slag) -> Dialekt:
    """Return how a new log is written.

    Semicolons and CRLF are what Norwegian Excel writes itself, and the BOM makes it read UTF-8 as such when the file
    is double-clicked; LibreOffice understands all three. Dates are ISO: Excel and LibreOffice take them for dates in
    every language, while 01.02.2024 is a text, or another day, where the computer is not set to Norwegian.
    """
    return Dialekt(path, tuple(KOLONNER[slag]))


def find_dialekt(path: Path, raw: bytes, slag: Slag) -> tuple[Dialekt, str] | None:
    """Return how a file is written, and its text; None when nothing is written in it yet.

    Raises:
        Inndatafeil: it is no such table, or a row added at its end would be lost in an open quotation.
    """
    decoded = decode_as(raw)
    if decoded is None:
        melding = _("filen har et tegnsett som ikke kan leses.")
        raise Inndatafeil([fil_feil(path, "ukjent_tegnsett", melding, _("Lagre den som «CSV UTF-8»."))])
    text, encoding = decoded
    if not text.strip():
        return None
    lines = list(islice(io.StringIO(text, newline=""), _TOP))
    delimiter, start = find_delimiter(lines, KOLONNER[slag])
    _check_quotes(path, text, delimiter)
    header = next((i for i in range(start, len(lines)) if lines[i].strip()), None)
    if header is None:
        raise Inndatafeil([fil_feil(path, "mangler_kolonne", _("filen har ingen kolonnenavn."))])
    cells = next(csv.reader(lines[header : header + 1], delimiter=delimiter))
    table = Loggtabell(path)
    where = find_columns(table, (header + 1, cells), slag)
    if where is None:
        raise Inndatafeil([Feil(f.kode, f.melding, Sted(vis_sti(path), header + 1)) for f in table.funn])
    names = {i: name for name, i in zip(KOLONNER[slag], where, strict=True) if i >= 0}
    ending = lines[header][len(lines[header].rstrip("\r\n")) :] or "\r\n"
    dates = [match["norsk"] is not None for match in _DATO.finditer(text[-_TAIL:])]
    norsk = bool(dates) and dates[-1]
    columns = tuple(names.get(i, "") for i in range(len(cells)))
    return Dialekt(path, columns, encoding, delimiter, ending, norsk), text


def _check_quotes(path: Path, text: str, delimiter: str) -> None:
    """Raise Inndatafeil when the file ends inside a quotation, as a spreadsheet reads it."""
    if '"' not in text:
        return
    end = [_END]
    line, after = 0, 1
    try:
        # Done for each row that is added, so the rows are passed over at the speed of the csv module.
        if deque(_reader(text, delimiter), maxlen=1)[0] == end:
            return
        reader = _reader(text, delimiter)
        for _cells in reader:
            line, after = after, reader.line_num + 1
    except csv.Error:
        line = after
    melding = _("Et anførselstegn i raden er ikke avsluttet; en ny rad ville blitt en del av den.")
    raise Inndatafeil(
        [
            Feil(
                "ulest_rad",
                melding,
                Sted(vis_sti(path), line),
                _("Sett anførselstegn på slutten av teksten, og prøv igjen."),
            )
        ],
    )


def _reader(text: str, delimiter: str) -> Reader:
    """Read the rows of a text, and one more that shows whether the last was closed."""
    return csv.reader(chain(io.StringIO(text, newline=""), (_END,)), delimiter=delimiter)
