"""The table of classes of a data set: which routine set and school calendar each has, when and where it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.feil import Feil
from oppfolgingscli.les.rutinesett import find_bundled, read_rutinesett, unknown_bundled
from oppfolgingscli.les.skolerute import read_skolerute
from oppfolgingscli.les.tabell import Kolonner, read_tabell
from oppfolgingscli.modell.klasse import Klasse as Klassemodell
from oppfolgingscli.modell.klasse import Opplegg
from oppfolgingscli.modell.ord import fold, fold_ord
from oppfolgingscli.modell.verdier import Feltfeil, parse_dato, vis_verdi
from oppfolgingscli.revisjon.resultat import Klasse
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from pathlib import Path

    from oppfolgingscli.les.tabell import Rad, Tabell
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.tid.skolekalender import SkolearData

KLASSER: Final[Kolonner] = {
    "klasse": ("id", "class", "klasse_id", "class_id"),
    "rutinesett": ("routine_set",),
    "skolerute": ("skulerute", "school_calendar"),
    "start": ("startdato", "start_date"),
    "slutt": ("sluttdato", "end", "end_date"),
    "fylke": ("county",),
    "skole": ("skule", "school"),
}
PERSONER: Final[Kolonner] = {
    "klasse": ("class",), "id": ("person", "person_id"), "rolle": ("role",),
}  # fmt: skip


@dataclass(slots=True)
class Klasserad:
    """One class: who it is, what it has to follow (no participants), what kind it is, and roles by person."""

    klasse: Klasse
    opplegg: Opplegg
    slag: object
    roller: dict[str, str] = field(default_factory=dict)


def read_klasser(mappe: Path, feil: list[Feil]) -> list[Klasserad]:
    """Read ``klasser.csv`` and the routine sets and school calendars it names; faults are added to ``feil``."""
    path = mappe / "klasser.csv"
    if not path.is_file():
        melding = _("{fil} finnes ikke.").format(fil=path.name)
        rad = _("Lag en tabell med kolonnene {ord}.").format(ord=", ".join(KLASSER))
        feil.append(Feil("mangler_fil", melding, rad=rad))
        return []
    table = read_tabell(path, KLASSER, ("klasse", "rutinesett", "skolerute", "start", "slutt"), feil)
    if table is None:
        return []
    reader = _Leser(mappe, table, feil)
    found: dict[str, Klasserad] = {}
    for row in table.rader:
        made = reader.row(row)
        if made is None:
            continue
        if made.klasse.id in found:
            feil.append(table.feil(row, "klasse", "like_id", _("klassen står to ganger."), _("Behold bare den ene.")))
            continue
        found[made.klasse.id] = made
    _read_roles(mappe, found, feil)
    return list(found.values())


def _read_roles(mappe: Path, klasser: dict[str, Klasserad], feil: list[Feil]) -> None:
    path = mappe / "personer.csv"
    table = read_tabell(path, PERSONER, ("klasse", "id", "rolle"), feil) if path.is_file() else None
    for row in table.rader if table else ():
        if row["klasse"] in klasser:
            klasser[row["klasse"]].roller[fold(row["id"])] = fold_ord(row["rolle"])


class _Leser:
    """Reads rows; each routine set and calendar once."""

    def __init__(self, mappe: Path, table: Tabell, feil: list[Feil]) -> None:
        self.mappe, self.table, self.feil = mappe, table, feil
        self.sett: dict[str, Rutinesett | None] = {}
        self.ruter: dict[str, tuple[SkolearData, ...] | None] = {}
        self.modeller: dict[tuple[object, ...], Klassemodell] = {}

    def row(self, row: Rad) -> Klasserad | None:
        before = len(self.feil)
        start, slutt = self._date(row, "start"), self._date(row, "slutt")
        sett = self._sett(row)
        rute = self._rute(row)
        if len(self.feil) > before or sett is None:
            return None
        key = (row["rutinesett"], row["skolerute"], start, slutt)
        if key not in self.modeller:
            try:
                self.modeller[key] = Klassemodell.model_validate(
                    {"id": "klasse", "navn": "klasse", "rutinesett": row["rutinesett"], "skolerute": row["skolerute"],
                     "start": start, "slutt": slutt}
                )  # fmt: skip
            except ValueError:
                melding = _("slutten er før starten.")
                self.feil.append(self.table.feil(row, "slutt", "slutt_for_start", melding, _("Rett en av datoene.")))
                return None
        hode = sett.hode
        who = Klasse(row["klasse"], row["fylke"] or hode.fylke or "", row["skole"] or hode.skole or "", hode.id)
        return Klasserad(who, Opplegg(self.modeller[key], (), sett, rute, row["skolerute"]), key)

    def _date(self, row: Rad, column: str) -> Any:  # noqa: ANN401 - a date, or nothing and a fault
        try:
            return parse_dato(row[column])
        except Feltfeil as fault:
            self.feil.append(self.table.feil(row, column, fault.kode, fault.melding, fault.rad))
            return None

    def _sett(self, row: Rad) -> Rutinesett | None:
        name = row["rutinesett"]
        if name not in self.sett:
            path = find_bundled(name, "rutiner", self.mappe)
            if path is None:
                melding, rad = unknown_bundled(name, "rutiner")
                self.feil.append(self.table.feil(row, "rutinesett", "ukjent_rutinesett", melding, rad))
            there = path is not None and self._existing(row, "rutinesett", path)
            self.sett[name] = read_rutinesett(path, self.feil) if path is not None and there else None
        return self.sett[name]

    def _rute(self, row: Rad) -> tuple[SkolearData, ...] | None:
        name = row["skolerute"]
        if fold_ord(name) == "ingen":
            return None
        if name not in self.ruter:
            path = find_bundled(name, "skoleruter", self.mappe)
            if path is None:
                melding, rad = unknown_bundled(name, "skoleruter")
                self.feil.append(self.table.feil(row, "skolerute", "ukjent_skolerute", melding, rad))
            found = read_skolerute(path, self.feil) if path and self._existing(row, "skolerute", path) else None
            self.ruter[name] = found.skolear_data() if found else ()
        return self.ruter[name]

    def _existing(self, row: Rad, column: str, path: Path) -> bool:
        if path.exists():
            return True
        melding = _("filen {sti} finnes ikke.").format(sti=vis_verdi(row[column]))
        self.feil.append(self.table.feil(row, column, "finnes_ikke", melding))
        return False
