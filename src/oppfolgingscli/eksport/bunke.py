"""The rows of one table on their way to a file: class by class as they are made, in the end in an order that is chance's.

Nothing but where each class's rows are is held, so the size of the whole does not matter.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.feil import Feil, Inndatafeil
from oppfolgingscli.les.logg_kolonner import defuse
from oppfolgingscli.personvern import has_fodselsnummer, may_have_fodselsnummer
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from oppfolgingscli.eksport.rader import Rad
    from oppfolgingscli.eksport.variabel import Tabell, Variabel

SKILLE: Final = ";"
_COPY: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Fil:
    """A file of the export. ``rader``: of a table, without the heading; None for what is no table."""

    navn: str
    bytes: int
    sha256: str
    rader: int | None = None


_SANN: Final = {None: "", True: "true", False: "false"}


def _writer(v: Variabel) -> Callable[[Any], object] | None:
    """Return how a variable's values are written; None for as they are: none is empty, and days are ISO.

    ``true``/``false``, and no text that a spreadsheet would run.
    """
    if v.slag == "sann":
        return _SANN.__getitem__
    return _text if v.slag in {"ord", "tekst"} else None


@cache
def _text(value: str | None) -> str:
    return "" if value is None else defuse(value)


class Bunke:
    """Rows of one table, in a file of their own without an order, until ``write``."""

    def __init__(self, tabell: Tabell, mappe: Path) -> None:
        """``mappe``: a temporary folder."""
        self.tabell = tabell
        self.path = mappe / f"{tabell.navn}.bunke"
        self.path.touch()
        self._felt = [(v.navn, _writer(v)) for v in tabell.variabler]
        self._deler: list[tuple[str, int, int, int]] = []
        self._lengde = 0

    def add(self, klasse: str, rader: Iterable[Rad]) -> None:
        """Take in the rows of a class, which is named by its id in the export.

        Raises:
            Inndatafeil: eleven digits on end, which are nowhere in an export.
        """
        out = io.StringIO()
        writer = csv.writer(out, delimiter=SKILLE, lineterminator="\n")
        n = 0
        for row in rader:
            writer.writerow([row[name] if how is None else how(row[name]) for name, how in self._felt])
            n += 1
        text = out.getvalue()
        if may_have_fodselsnummer(text) and has_fodselsnummer(text):
            melding = _("Det som skulle i «{tabell}», har elleve siffer på rad et sted. Ingenting er skrevet.")
            raise Inndatafeil([Feil("fodselsnummer", melding.format(tabell=self.tabell.navn))])
        data = text.encode()
        with self.path.open("ab") as file:
            file.write(data)
        self._deler.append((klasse, self._lengde, len(data), n))
        self._lengde += len(data)

    def write(self, path: Path) -> Fil:
        """Write the table as CSV: the heading, then the classes by their ids. The rows are then no more here."""
        digest = sha256()
        total = 0
        with path.open("wb") as ut, self.path.open("rb") as inn:
            head = SKILLE.join(v.navn for v in self.tabell.variabler).encode() + b"\n"
            for data in (head, *_parts(inn, sorted(self._deler))):
                ut.write(data)
                digest.update(data)
                total += len(data)
        self.path.unlink()
        return Fil(path.name, total, digest.hexdigest(), sum(n for *_rest, n in self._deler))


def _parts(file: io.BufferedReader, deler: Iterable[tuple[str, int, int, int]]) -> Iterable[bytes]:
    for _klasse, start, length, _n in deler:
        file.seek(start)
        left = length
        while left:
            data = file.read(min(left, _COPY))
            left -= len(data)
            yield data


def fingerprint(path: Path) -> Fil:
    """Return what there is to say of a file that is written."""
    digest = sha256()
    with path.open("rb") as file:
        while data := file.read(_COPY):
            digest.update(data)
    return Fil(path.name, path.stat().st_size, digest.hexdigest())
