"""Participants from tables: ``deltakere.csv`` and, beside it, ``perioder.csv`` for what has dates (or .xlsx)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from oppfolgingscli.les.fil import fil_feil, finnes
from oppfolgingscli.les.kryss import forslag
from oppfolgingscli.les.kryss_klasse import LagFeil, Plassert
from oppfolgingscli.les.tabell import MAX_FEIL, Kolonner, Rad, Tabell, read_tabell, resten
from oppfolgingscli.modell.felt import SLUTTARSAKER
from oppfolgingscli.modell.klasse import Datert, Deltaker, Fritak, Pause, Praksis
from oppfolgingscli.modell.ord import fold
from oppfolgingscli.modell.verdier import (
    Feltfeil,
    parse_dato,
    parse_etikett,
    parse_id,
    parse_linje,
    parse_ord,
    parse_ref,
    vis_verdi,
)
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from oppfolgingscli.feil import Feil
    from oppfolgingscli.les.toml import Dokument, Nokkel

T = TypeVar("T")

DELTAKERE: Final[Kolonner] = {
    "id": ("deltaker", "deltakar", "deltaker_id", "deltakar_id", "participant", "participant_id"),
    "start": ("startdato", "oppstart", "start_date"),
    "slutt": ("sluttdato", "end", "end_date"),
    "sluttarsak": ("arsak", "sluttgrunn", "end_reason"),
    "gruppe": ("group",),
    "ytelse": ("yting", "benefit"),
    "merknad": ("notat", "note"),
    "klasse": ("class",),
}
PERIODER: Final[Kolonner] = {
    "deltaker": ("id", "deltakar", "deltaker_id", "deltakar_id", "participant", "participant_id"),
    "slag": ("type", "kind"),
    "fra": ("fra_dato", "from", "start"),
    "til": ("til_dato", "to", "slutt", "end"),
    "verdi": ("value",),
    "sted": ("stad", "place"),
    "grunn": ("arsak", "reason"),
    "registrert": ("registered",),
    "merknad": ("notat", "note"),
    "klasse": ("class",),
}
SLAG: Final = ("praksis", "pause", "gruppe", "ytelse", "fritak")
_LISTS: Final = {"praksis": "praksis", "pause": "pauser", "gruppe": "gruppe", "ytelse": "ytelse", "fritak": "fritak"}


def read_deltakere(dok: Dokument, path: Path, feil: list[Feil]) -> list[Plassert]:
    """Read the participants the set-up refers to, as far as they are right; faults are added to ``feil``."""
    key = ("deltakere",)
    if not finnes(path):
        rad = _("Skriv stien fra klassens mappe.")
        feil.append(
            dok.feil(
                "finnes_ikke", _("filen {sti} finnes ikke.").format(sti=vis_verdi(dok.data["deltakere"])), key, rad
            )
        )
        return []
    klasse = dok.data.get("klasse")
    klasse_id = klasse.get("id") if isinstance(klasse, dict) else None
    table = read_tabell(path, DELTAKERE, ("id",), feil)
    people = _Leser(table, klasse_id, feil).participants() if table else {}
    periods = _periods_file(path, feil)
    if periods is not None:
        rows = read_tabell(periods, PERIODER, ("deltaker", "slag"), feil)
        if rows is not None and table is not None:
            _Leser(rows, klasse_id, feil).periods(people)
    return [entry for row in people.values() for entry in row.build(feil)]


def _periods_file(path: Path, feil: list[Feil]) -> Path | None:
    """Return the table of periods beside ``path``: of the same kind first; None when there is none."""
    found = [
        p
        for suffix in dict.fromkeys((path.suffix, ".csv", ".xlsx"))
        if finnes(p := path.with_name(f"perioder{suffix}"))
    ]
    if len(found) > 1:
        melding = _("både {a} og {b} ligger i mappen.").format(a=found[0].name, b=found[1].name)
        feil.append(fil_feil(found[1], "to_filer", melding, _("Behold bare den ene.")))
    return found[0] if found else None


class _Deltaker:
    """One participant while its rows are gathered."""

    def __init__(self, table: Tabell, row: Rad, values: dict[str, Any]) -> None:
        self.table = table
        self.row = row
        self.values = values
        #: Per list of the model: its items, each with the table and row it came from.
        self.lists: dict[str, list[tuple[Tabell, Rad, Any]]] = {name: [] for name in _LISTS.values()}
        self.twins: list[_Deltaker] = []

    def place(self, key: Nokkel) -> tuple[Tabell, Rad, str]:
        if len(key) > 1 and isinstance(key[1], int):
            table, row, _item = self.lists[str(key[0])][key[1]]
            column = str(key[2]) if len(key) > 2 else "fra"
            return table, row, "verdi" if column == "rutine" else column
        return self.table, self.row, str(key[0])

    def fault(self, kode: str, melding: str, key: Nokkel, rad: str | None) -> Feil:
        table, row, column = self.place(key)
        return table.feil(row, column, kode, melding, rad)

    def build(self, feil: list[Feil]) -> list[Plassert]:
        """Return the participant (and those with the same id) as models, in the order of dates."""
        before = len(feil)
        for name in ("gruppe", "ytelse"):
            plain = self.values.pop(name, None)
            if plain is not None:
                self.lists[name].insert(0, (self.table, self.row, Datert(verdi=plain)))
        for name, items in self.lists.items():
            if name != "fritak":
                items.sort(key=lambda entry: entry[2].fra or date.min)
            for i in range(1, len(items)):
                feil.extend(self._clash(name, i))
        out: list[Plassert] = []
        if len(feil) == before:
            lists = {name: tuple(item for _t, _r, item in items) for name, items in self.lists.items()}
            try:
                make: LagFeil = self.fault
                out.append(Plassert(Deltaker.model_validate({**self.values, **lists}), make))
            except ValueError:
                melding = _("slutten er før starten.")
                feil.append(self.fault("slutt_for_start", melding, ("slutt",), _("Rett en av datoene.")))
        return [*out, *(entry for twin in self.twins for entry in twin.build(feil))]

    def _clash(self, name: str, i: int) -> list[Feil]:
        before, here = self.lists[name][i - 1][2], self.lists[name][i][2]
        if name in {"gruppe", "ytelse"} and before.fra == here.fra:
            melding = _("det er to verdier fra samme dag.")
            return [self.fault("overlapper", melding, (name, i, "fra"), _("Behold bare den ene."))]
        return []


class _Leser:
    """Reads the rows of one table; each faulty cell is a fault, and the row is left out."""

    def __init__(self, table: Tabell, klasse_id: object, feil: list[Feil]) -> None:
        self.table = table
        self.feil = feil
        # A table of many classes has a column that says which; here only this class's rows are read.
        self.rader = [
            r
            for r in table.rader
            if not r["klasse"] or not isinstance(klasse_id, str) or r["klasse"] == klasse_id.strip()
        ]

    def cell(self, row: Rad, column: str, parse: Callable[[object], T]) -> T | None:
        if not row[column]:
            return None
        try:
            return parse(row[column])
        except Feltfeil as fault:
            self.feil.append(self.table.feil(row, column, fault.kode, fault.melding, fault.rad))
            return None

    def missing(self, row: Rad, column: str) -> None:
        self.feil.append(self.table.feil(row, column, "mangler", _("cellen er tom."), _("Fyll den ut.")))

    def participants(self) -> dict[str, _Deltaker]:
        out: dict[str, _Deltaker] = {}
        most = len(self.feil) + MAX_FEIL
        for row in self.rader:
            before = len(self.feil)
            if before >= most:
                self.feil.append(resten(self.table.vis))
                break
            values: dict[str, Any] = {
                "id": self.cell(row, "id", parse_id),
                "start": self.cell(row, "start", parse_dato),
                "slutt": self.cell(row, "slutt", parse_dato),
                "sluttarsak": self.cell(row, "sluttarsak", _sluttarsak),
                "gruppe": self.cell(row, "gruppe", parse_etikett),
                "ytelse": self.cell(row, "ytelse", parse_etikett),
                "merknad": self.cell(row, "merknad", parse_linje),
            }
            if not row["id"]:
                self.missing(row, "id")
            if len(self.feil) > before and not values["id"]:
                continue
            entry = _Deltaker(self.table, row, values)
            twin = out.setdefault(entry.values["id"], entry)
            if twin is not entry:
                twin.twins.append(entry)
        return out

    def periods(self, people: dict[str, _Deltaker]) -> None:
        most = len(self.feil) + MAX_FEIL
        for row in self.rader:
            before = len(self.feil)
            if before >= most:
                self.feil.append(resten(self.table.vis))
                break
            name = self.cell(row, "deltaker", parse_id)
            slag = self.cell(row, "slag", lambda v: parse_ord(v, SLAG, N_("et kjent slag periode")))
            for column in ("deltaker", "slag"):
                if not row[column]:
                    self.missing(row, column)
            if name is not None and name not in people:
                melding = _("deltakeren {navn} står ikke i tabellen over deltakere.").format(navn=vis_verdi(name))
                self.feil.append(self.table.feil(row, "deltaker", "ukjent_deltaker", melding, forslag(name, people)))
            item = self._item(row, slag) if slag else None
            if item is not None and name in people and slag and len(self.feil) == before:
                people[name].lists[_LISTS[slag]].append((self.table, row, item))

    def _item(self, row: Rad, slag: str) -> Praksis | Pause | Datert | Fritak | None:
        """Make what a row says; None when a cell is wrong."""
        before = len(self.feil)
        fra, til = self.cell(row, "fra", parse_dato), self.cell(row, "til", parse_dato)
        registrert = self.cell(row, "registrert", parse_dato)
        verdi = (
            self.cell(row, "verdi", parse_ref if slag == "fritak" else parse_etikett)
            if slag not in {"praksis", "pause"}
            else None
        )
        grunn = self.cell(row, "grunn", parse_linje)
        for column in (
            ("fra",) if slag in {"praksis", "pause"} else ("verdi",) if slag == "fritak" else ("fra", "verdi")
        ):
            if not row[column]:
                self.missing(row, column)
        unused = ("til",) if slag in {"gruppe", "ytelse"} else ("fra", "til") if slag == "fritak" else ()
        for column in unused:
            if row[column]:
                melding = _("«{slag}» har ikke «{kolonne}».").format(slag=slag, kolonne=column)
                rad = (
                    _("La cellen stå tom.")
                    if slag == "fritak"
                    else _("La cellen stå tom: «{slag}» gjelder til neste rad begynner.").format(slag=slag)
                )
                self.feil.append(self.table.feil(row, column, "ubrukt_verdi", melding, rad))
        if fra and til and til < fra:
            melding = _("slutten ({slutt}) er før starten ({start}).").format(slutt=til, start=fra)
            self.feil.append(self.table.feil(row, "til", "slutt_for_start", melding, _("Rett en av datoene.")))
        if len(self.feil) > before:
            return None
        sted = self.cell(row, "sted", parse_linje) if slag == "praksis" else None
        return None if len(self.feil) > before else _make(slag, fra, til, verdi or "", sted, grunn, registrert)


def _make(
    slag: str,
    fra: date | None,
    til: date | None,
    verdi: str,
    sted: str | None,
    grunn: str | None,
    registrert: date | None,
) -> Praksis | Pause | Datert | Fritak:
    if slag == "fritak":
        return Fritak(rutine=verdi, grunn=grunn or "fritak", registrert=registrert)
    if slag in {"gruppe", "ytelse"} or fra is None:
        return Datert(fra=fra, verdi=verdi)
    if slag == "praksis":
        return Praksis(fra=fra, til=til, sted=sted)
    return Pause(fra=fra, til=til, grunn=grunn or "pause", registrert=registrert)


def _sluttarsak(value: object) -> str:
    word = fold(value).replace(" ", "-").replace("_", "-") if isinstance(value, str) else value
    return parse_ord(word, SLUTTARSAKER, N_("en kjent sluttårsak"))
