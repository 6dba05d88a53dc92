"""A list of participants from another system, a class list from the school: what it says without saying who it is.

Only the columns the program has use for are read: start, end, reason for the end, group, benefit. The name is read
where a key outside the workspace shall have it. Birth numbers, addresses and everything else are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.les.deltakerliste_ark import find_header, likeliest, read_sheets
from oppfolgingscli.les.deltakerliste_ord import BRUKT, YTELSER, kind_of, slug
from oppfolgingscli.les.fil import fil_feil, read_bytes, vis_sti
from oppfolgingscli.les.tabell import Linje, column_name
from oppfolgingscli.modell.felt import SLUTTARSAKER
from oppfolgingscli.modell.verdier import Feltfeil, parse_dato, parse_etikett, parse_linje, parse_ord
from oppfolgingscli.personvern import har_styring, has_fodselsnummer, rens
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from oppfolgingscli.modell.klasse import Klasse

MAKS_RADER: Final = 5000
_TO_SIFRE: Final = re.compile(r"(\d{1,2}\.\d{1,2}\.)(\d{2})", re.ASCII)
"""A day as spreadsheets often show it, 17.08.26; in a list of those who are in school now it is of this century."""


@dataclass(frozen=True, slots=True)
class Listerad:
    """One person of the list. ``navn`` "" where the list has none; ``verdier``: cells of deltakere.csv, checked."""

    linje: int
    navn: str
    id: str
    verdier: dict[str, str]

    @property
    def start(self) -> date | None:
        """The day the participant starts, where the list says it."""
        return date.fromisoformat(self.verdier["start"]) if self.verdier.get("start") else None


@dataclass(slots=True)
class Liste:
    """A list as read. ``kolonner``: heading → column; ``utelatt``: heading → why (``personlig``, ``ukjent`` …)."""

    vis: str
    ark: str | None = None
    rader: list[Listerad] = field(default_factory=list)
    kolonner: dict[str, str] = field(default_factory=dict)
    utelatt: dict[str, str] = field(default_factory=dict)
    har_navn: bool = False


def read_liste(
    path: Path, *, ark: str | None = None, behold_id: bool = False, klasse: Klasse | None = None,
    grupper: Sequence[str] = (),
) -> Liste:  # fmt: skip
    """Read a list (.xlsx or .csv).

    Args:
        path: the file.
        ark: the sheet; None: the first that looks like a list.
        behold_id: take the ids in a column of ids; else they are left out, for they may be a system's numbers for people.
        klasse: the class, whose dates those in the list must be within; None: not looked at.
        grupper: the groups the routines ask for: «Med grunnskole» is the group ``med-grunnskole``.

    Raises:
        Inndatafeil: every fault of the list, with row and column; no name and no identity number is repeated.
    """
    feil: list[Feil] = []
    shown = vis_sti(path)
    raw = read_bytes(path, feil)
    sheets = None if raw is None else read_sheets(path, raw, ark, feil)
    if sheets is None or feil:
        raise Inndatafeil(feil)
    name, rows = likeliest(sheets)
    where = f"{shown} [{name}]" if name else shown
    header = find_header(rows)
    if header is None:
        melding = _("fant ingen rad med kolonnenavn: en av dem må hete for eksempel Navn, Startdato eller Gruppe.")
        raise Inndatafeil([fil_feil(path, "ingen_overskrift", melding, _("Skriv kolonnenavn i første rad."))])
    reader = _Leser(Liste(where, name), rows[header], behold_id=behold_id, klasse=klasse, grupper=grupper)
    for row in rows[header + 1 :]:
        reader.read(row)
    if not reader.liste.rader and not reader.feil:
        reader.feil.append(fil_feil(path, "ingen_rader", _("listen har ingen rader under kolonnenavnene.")))
    if len(reader.liste.rader) > MAKS_RADER:
        melding = _("listen har flere enn {n} rader.").format(n=MAKS_RADER)
        reader.feil.append(fil_feil(path, "for_mange", melding, _("Er dette rett fil?")))
    if reader.feil:
        raise Inndatafeil(reader.feil)
    return reader.liste


class _Leser:
    """Reads the rows under a heading; each wrong cell is a fault, and its row is left out."""

    def __init__(
        self, liste: Liste, header: Linje, *, behold_id: bool, klasse: Klasse | None, grupper: Sequence[str]
    ) -> None:
        self.liste = liste
        self.klasse = klasse
        self.grupper = {slug(group).replace("-", ""): group for group in grupper}
        self.feil: list[Feil] = []
        #: By kind: the cells of the row that have it, and their headings.
        self.hvor: dict[str, list[int]] = {}
        self.titler: list[str] = []
        for i, cell in enumerate(header[1]):
            title = " ".join(cell.split())
            self.titler.append(title)
            if has_fodselsnummer(cell):
                self._fault(header[0], i, "fodselsnummer", _NUMMER())
                continue
            self._place(i, title, kind_of(column_name(cell)), header[0], behold_id=behold_id)
        liste.har_navn = any(kind in self.hvor for kind in ("navn", "fornavn", "etternavn"))

    def _place(self, i: int, title: str, kind: str, line: int, *, behold_id: bool) -> None:
        if not kind:
            return
        shown = rens(title)
        if kind in BRUKT or (kind == "id" and behold_id):
            if kind in self.hvor:
                other = self.titler[self.hvor[kind][0]]
                melding = _("«{a}» og «{b}» betyr det samme.").format(a=rens(other), b=shown)
                self._fault(line, i, "like_kolonner", melding, _("Ta bort den ene kolonnen."))
                return
            self.hvor[kind] = [i]
            self.liste.kolonner[shown] = kind
        elif kind in {"navn", "fornavn", "etternavn"}:
            self.hvor.setdefault(kind, []).append(i)
            self.liste.utelatt[shown] = "navn"
        else:
            self.liste.utelatt[shown] = kind

    def _fault(self, line: int, i: int, kode: str, melding: str, rad: str | None = None) -> None:
        cell = f"{_letters(i)}{line}"
        title = self.titler[i] if i < len(self.titler) and not has_fodselsnummer(self.titler[i]) else ""
        text = f"{cell} ({title}): {melding}" if title and kode != "like_kolonner" else f"{cell}: {melding}"
        self.feil.append(Feil(kode, text, Sted(self.liste.vis, line, i + 1), rad))

    def read(self, row: Linje) -> None:
        """Read one row; a blank one, or one with nothing in the columns we know, is nobody."""
        line, cells = row
        before = len(self.feil)
        values: dict[str, str] = {}
        for column in BRUKT:
            if (text := self._cell(row, column)) and (value := self._parse(row, column, text)) is not None:
                values[column] = value
        name = self._name(cells)
        chosen = self._cell(row, "id")
        if not (values or name or chosen) and len(self.feil) == before:
            return
        if name and has_fodselsnummer(name):
            at = next(i for kind in ("navn", "fornavn", "etternavn") for i in self.hvor.get(kind, []))
            self._fault(line, at, "fodselsnummer", _NUMMER(), _("Ta det bort."))
        if chosen:
            self._check_id(row, chosen)
        elif "id" in self.hvor and len(self.feil) == before:
            self._fault(line, self.hvor["id"][0], "mangler", _("cellen er tom."), _("Fyll den ut."))
        if len(self.feil) == before and self._dates(row, values):
            self.liste.rader.append(Listerad(line, name, chosen, values))

    def _cell(self, row: Linje, kind: str) -> str:
        cells = row[1]
        return next((cells[i].strip().replace("\x00", "") for i in self.hvor.get(kind, []) if i < len(cells)), "")

    def _name(self, cells: Sequence[str]) -> str:
        def joined(*kinds: str) -> str:
            parts = (cells[i] for kind in kinds for i in self.hvor.get(kind, []) if i < len(cells))
            return " ".join(" ".join(parts).split())

        return joined("fornavn", "etternavn") or joined("navn")

    def _parse(self, row: Linje, column: str, text: str) -> str | None:
        at = self.hvor[column][0]
        if has_fodselsnummer(text):
            self._fault(row[0], at, "fodselsnummer", _NUMMER(), _("Ta det bort."))
            return None
        if har_styring(text):
            self._fault(row[0], at, "kontrolltegn", _("teksten har usynlige styretegn."), _("Skriv teksten på nytt."))
            return None
        try:
            return _PARSERS[column](text) if column != "gruppe" else self._group(text)
        except Feltfeil as fault:
            self._fault(row[0], at, fault.kode, fault.melding, fault.rad)
            return None

    def _group(self, text: str) -> str:
        word = parse_etikett(slug(text))
        return self.grupper.get(word.replace("-", "").replace("_", ""), word)

    def _check_id(self, row: Linje, text: str) -> None:
        from oppfolgingscli.modell.verdier import parse_id

        at = self.hvor["id"][0]
        if has_fodselsnummer(text):
            self._fault(row[0], at, "fodselsnummer", _NUMMER(), _("Ta det bort."))
            return
        try:
            parse_id(text)
        except Feltfeil as fault:
            self._fault(row[0], at, fault.kode, fault.melding, fault.rad)
            return
        if any(other.id == text for other in self.liste.rader):
            self._fault(row[0], at, "like_id", _("id-en står to ganger."), _("Behold bare den ene."))

    def _dates(self, row: Linje, values: dict[str, str]) -> bool:
        """Look at the dates together; return whether they are right."""
        before = len(self.feil)
        start, end = (date.fromisoformat(values[key]) if key in values else None for key in ("start", "slutt"))
        if start and end and end < start:
            melding = _("slutten ({slutt}) er før starten ({start}).").format(slutt=end, start=start)
            self._fault(row[0], self.hvor["slutt"][0], "slutt_for_start", melding, _("Rett en av datoene."))
        if self.klasse is not None:
            span = _("Klassen går fra {fra} til {til}.").format(fra=self.klasse.start, til=self.klasse.slutt)
            for key, day in (("start", start), ("slutt", end)):
                if day is not None and not self.klasse.start <= day <= self.klasse.slutt:
                    melding = _("{dato} er utenfor klassens tid.").format(dato=day)
                    self._fault(row[0], self.hvor[key][0], "utenfor_klassen", melding, span)
        return len(self.feil) == before


def _NUMMER() -> str:  # noqa: N802 - a text that is translated when it is used
    return _("Elleve siffer på rad kan være et fødselsnummer. Det skal ikke stå her, og er ikke lest.")


def _letters(i: int) -> str:
    """Return a column's letters as spreadsheets have them: 0 → A, 26 → AA."""
    text = ""
    i += 1
    while i:
        i, rest = divmod(i - 1, 26)
        text = chr(65 + rest) + text
    return text


def _end_reason(text: str) -> str:
    return parse_ord(slug(text).replace("_", "-"), SLUTTARSAKER, N_("en kjent sluttårsak"))


def _benefit(text: str) -> str:
    word = parse_etikett(slug(text))
    return YTELSER.get(word, word)


def _date(text: str) -> str:
    # A moment of the day is of no interest: some systems write every date with midnight.
    day = parse_linje(text).removesuffix(" 00:00:00").removesuffix(" 00:00").split("T")[0]
    if short := _TO_SIFRE.fullmatch(day):
        day = f"{short[1]}20{short[2]}"
    return parse_dato(day).isoformat()


_PARSERS: Final[dict[str, Callable[[str], Any]]] = {
    "start": _date,
    "slutt": _date,
    "sluttarsak": _end_reason,
    "ytelse": _benefit,
}
