"""The table of classes of a data set: which routine set and school calendar each has, when and where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.les.fil import fil_feil, finnes
from oppfolgingscli.les.kryss import forslag
from oppfolgingscli.les.mapper import fingerprint
from oppfolgingscli.les.rutinesett import find_bundled, read_rutinesett, unknown_bundled
from oppfolgingscli.les.skolerute import read_skolerute
from oppfolgingscli.les.tabell import Rad, Tabell
from oppfolgingscli.les.toml import fodselsnummer
from oppfolgingscli.masse.les_filer import Tabellfil, open_tabell
from oppfolgingscli.modell.klasse import Klasse as Klassemodell
from oppfolgingscli.modell.klasse import Opplegg
from oppfolgingscli.modell.ord import fold, fold_ord
from oppfolgingscli.modell.verdier import Feltfeil, parse_dato, parse_ref, vis_verdi
from oppfolgingscli.personvern import has_fodselsnummer
from oppfolgingscli.revisjon.resultat import Klasse
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from pathlib import Path

    from oppfolgingscli.les.tabell import Kolonner
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
    "klasse": ("class", "klasse_id", "class_id"), "id": ("person", "person_id"), "rolle": ("role",),
}  # fmt: skip
FASER: Final[Kolonner] = {
    "klasse": ("class", "klasse_id", "class_id"), "fase": ("phase",), "fra": ("from", "start"), "til": ("to", "slutt", "end"),
}  # fmt: skip
EKSAMENER: Final[Kolonner] = {
    "klasse": ("class", "klasse_id", "class_id"), "eksamen": ("exam", "navn", "name"), "dato": ("date", "dag", "day"),
}  # fmt: skip
KLASSER_KREVD: Final = ("klasse", "rutinesett", "skolerute", "start", "slutt")
_TEGN: Final = 6


@dataclass(slots=True)
class Klasserad:
    """One class: who it is, what it has to follow (no participants), what kind it is, and roles by person.

    ``klasse.rutinesett``: the id of its routine set, with a mark behind it where the data set has two of that id.
    ``merke``: the SHA-256 of what the routine set says.
    """

    klasse: Klasse
    opplegg: Opplegg
    slag: object
    merke: str
    roller: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Klassefiler:
    """The tables about classes; None: not there, or it cannot be read."""

    klasser: Tabellfil | None
    personer: Tabellfil | None
    faser: Tabellfil | None
    eksamener: Tabellfil | None


def open_klassefiler(mappe: Path, feil: list[Feil]) -> Klassefiler:
    """Look through the tables about classes; faults are added to ``feil``."""
    rad = _("Lag en tabell med kolonnene {ord}.").format(ord=", ".join(KLASSER))
    return Klassefiler(
        open_tabell(mappe, "klasser", KLASSER, KLASSER_KREVD, feil, rad=rad),
        open_tabell(mappe, "personer", PERSONER, tuple(PERSONER), feil),
        open_tabell(mappe, "faser", FASER, tuple(FASER), feil),
        open_tabell(mappe, "eksamener", EKSAMENER, tuple(EKSAMENER), feil),
    )


def read_klasser(
    mappe: Path, filer: Klassefiler, feil: list[Feil], bare: Collection[str] | None = None
) -> tuple[list[Klasserad], set[str]]:
    """Read the classes (``bare``: only these), and the routine sets and school calendars they name.

    Faults are added to ``feil``. Returned beside them: the ids of all the classes there are.
    """
    if filer.klasser is None:
        return [], set()
    table = read_smaa(filer.klasser, KLASSER, feil)
    reader = _Leser(mappe, table, _dated(filer, feil), feil)
    found: dict[str, Klasserad] = {}
    seen: set[str] = set()
    for row in table.rader:
        name = row["klasse"]
        if name in seen:
            feil.append(table.feil(row, "klasse", "like_id", _("klassen står to ganger."), _("Behold bare den ene.")))
        elif bare is None or name in bare:
            made = reader.row(row)
            if made is not None:
                found[name] = made
        seen.add(name)
    reader.unknown(seen)
    if not table.rader:
        feil.append(fil_feil(filer.klasser.path, "tom_fil", _("tabellen er tom.")))
    if filer.personer is not None:
        for row in read_smaa(filer.personer, PERSONER, feil).rader:
            if row["klasse"] in found:
                found[row["klasse"]].roller[fold(row["id"])] = fold_ord(row["rolle"])
    _mark(found.values())
    return list(found.values()), seen


def _mark(klasser: Iterable[Klasserad]) -> None:
    """Tell apart routine sets that have one id and say different things."""
    rows = list(klasser)
    marks: dict[str, set[str]] = {}
    for k in rows:
        marks.setdefault(k.klasse.rutinesett, set()).add(k.merke)
    for k in rows:
        if len(marks[k.klasse.rutinesett]) > 1:
            k.klasse = k.klasse._replace(rutinesett=f"{k.klasse.rutinesett}-{k.merke[:_TEGN]}")


def read_smaa(fil: Tabellfil, kolonner: Kolonner, feil: list[Feil]) -> Tabell:
    """Return a small table as rows; what is wrong with it is added to ``feil``, identity numbers too."""
    try:
        frame = fil.ramme(kolonner)
    except Inndatafeil as error:
        feil.extend(error.feil)
        return Tabell(fil.vis, frozenset(), [])
    rows = [Rad(int(cells.pop("_rad")), {k: v for k, v in cells.items() if v}) for cells in frame.iter_rows(named=True)]
    feil.extend(
        fodselsnummer(Sted(fil.vis, row.linje)) for row in rows if any(map(has_fodselsnummer, row.verdier.values()))
    )
    feil.extend(
        Feil(
            "ulest_rad",
            _("Raden kan ikke leses."),
            Sted(fil.vis, line),
            _("Se etter anførselstegn som ikke er avsluttet."),
        )
        for line in fil.uleste
    )
    return Tabell(fil.vis, frozenset(fil.kolonner), rows)


@dataclass(slots=True)
class _Datert:
    """Dates of a class that are the class's own: of phases (first, last) and of exams, each with where it stands."""

    faser: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    eksamener: dict[str, date] = field(default_factory=dict)
    rader: dict[str, tuple[Tabell, Rad]] = field(default_factory=dict)
    plass: tuple[Tabell, Rad] | None = None


def _dated(filer: Klassefiler, feil: list[Feil]) -> dict[str, _Datert]:
    out: dict[str, _Datert] = {}
    for fil, kolonner in ((filer.faser, FASER), (filer.eksamener, EKSAMENER)):
        if fil is None:
            continue
        table = read_smaa(fil, kolonner, feil)
        for row in table.rader:
            mine = out.setdefault(row["klasse"], _Datert())
            mine.plass = mine.plass or (table, row)
            column = "fase" if kolonner is FASER else "eksamen"
            try:
                name = parse_ref(row[column])
            except Feltfeil as fault:
                feil.append(table.feil(row, column, fault.kode, fault.melding, fault.rad))
                continue
            if kolonner is FASER:
                if name in mine.faser:
                    feil.append(
                        table.feil(row, "fase", "like_id", _("fasen står to ganger."), _("Behold bare den ene."))
                    )
                mine.rader[name] = table, row
                mine.faser[name] = _day(table, row, "fra", feil), _day(table, row, "til", feil)
            elif (day := _day(table, row, "dato", feil, needed=True)) is not None:
                mine.eksamener[name] = day
    return out


def _day(table: Tabell, row: Rad, column: str, feil: list[Feil], *, needed: bool = False) -> date | None:
    if not row[column] and not needed:
        return None
    try:
        return parse_dato(row[column])
    except Feltfeil as fault:
        feil.append(table.feil(row, column, fault.kode, fault.melding, fault.rad))
        return None


class _Leser:
    """Reads rows; each routine set and calendar once."""

    def __init__(self, mappe: Path, table: Tabell, datert: dict[str, _Datert], feil: list[Feil]) -> None:
        self.mappe, self.table, self.datert, self.feil = mappe, table, datert, feil
        self.merker: dict[str, str] = {}
        self.sett: dict[str, Rutinesett | None] = {}
        self.ruter: dict[str, tuple[SkolearData, ...] | None] = {}
        self.modeller: dict[tuple[object, ...], Klassemodell] = {}

    def row(self, row: Rad) -> Klasserad | None:
        before = len(self.feil)
        if not row["klasse"]:
            melding = _("klassen har ingen id.")
            self.feil.append(self.table.feil(row, "klasse", "mangler", melding, _("Gi hver klasse sin egen id.")))
        start = _day(self.table, row, "start", self.feil, needed=True)
        slutt = _day(self.table, row, "slutt", self.feil, needed=True)
        sett = self._sett(row)
        rute = self._rute(row)
        if sett is not None:
            self._phases(row, sett)
        if len(self.feil) > before or sett is None:
            return None
        dated = self.datert.get(row["klasse"], _Datert())
        phases, exams = sorted(dated.faser.items()), sorted(dated.eksamener.items())
        key = (row["rutinesett"], row["skolerute"], start, slutt, tuple(phases), tuple(exams))
        if key not in self.modeller:
            try:
                self.modeller[key] = Klassemodell.model_validate(
                    {"id": "klasse", "navn": "klasse", "rutinesett": row["rutinesett"], "skolerute": row["skolerute"],
                     "start": start, "slutt": slutt,
                     "faser": {name: {"fra": fra, "til": til} for name, (fra, til) in phases}, "eksamen": dict(exams)}
                )  # fmt: skip
            except ValueError:
                melding = _("slutten er før starten.")
                self.feil.append(self.table.feil(row, "slutt", "slutt_for_start", melding, _("Rett en av datoene.")))
                return None
        hode = sett.hode
        who = Klasse(row["klasse"], row["fylke"] or hode.fylke or "", row["skole"] or hode.skole or "", hode.id)
        if row["rutinesett"] not in self.merker:
            self.merker[row["rutinesett"]] = fingerprint(sett)
        opplegg = Opplegg(self.modeller[key], (), sett, rute, row["skolerute"])
        return Klasserad(who, opplegg, key, self.merker[row["rutinesett"]])

    def _phases(self, row: Rad, sett: Rutinesett) -> None:
        """Find dates for phases the set does not have, and phases that end before they begin."""
        known = {fase.id: fase for fase in sett.faser}
        dated = self.datert.get(row["klasse"], _Datert())
        for name, (fra, til) in dated.faser.items():
            table, at = dated.rader[name]
            fase = known.get(name)
            if fase is None:
                melding = _("fasen {navn} finnes ikke i rutinesettet {sett}.").format(
                    navn=vis_verdi(name), sett=vis_verdi(sett.hode.id)
                )
                self.feil.append(table.feil(at, "fase", "ukjent_fase", melding, forslag(name, known)))
                continue
            first, last = fra or fase.fra, til or fase.til
            if isinstance(first, date) and isinstance(last, date) and last < first:
                melding = _("fasen slutter ({slutt}) før den begynner ({start}).").format(slutt=last, start=first)
                self.feil.append(table.feil(at, "til", "slutt_for_start", melding, _("Skriv både «fra» og «til».")))

    def unknown(self, klasser: Collection[str]) -> None:
        """Find phases and exams of classes that are not there."""
        for name, dated in self.datert.items():
            if name not in klasser and dated.plass is not None:
                table, row = dated.plass
                melding = _("klassen {navn} finnes ikke.").format(navn=vis_verdi(name))
                self.feil.append(table.feil(row, "klasse", "ukjent_klasse", melding, forslag(name, klasser)))

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
        if finnes(path):
            return True
        melding = _("filen {sti} finnes ikke.").format(sti=vis_verdi(row[column]))
        self.feil.append(self.table.feil(row, column, "finnes_ikke", melding))
        return False
