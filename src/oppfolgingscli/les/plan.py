"""``plan.csv``: the chosen dates and times. The people's own file, read as it comes out of any spreadsheet.

Every row keeps its text, so that what the program does not change can be written back byte for byte. A row that
cannot be read is a finding and stays as it is; nothing here stops at it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.hendelse import Varsel
from oppfolgingscli.les.fil import fil_feil, finnes, mange
from oppfolgingscli.les.logg_kolonner import undo_defuse
from oppfolgingscli.les.logg_ord import parse_folk, parse_loggdato
from oppfolgingscli.les.raatabell import Post, Raatabell, read_raatabell
from oppfolgingscli.les.tabell import Kolonner, column_name, known_names, too_broad
from oppfolgingscli.les.toml import fodselsnummer
from oppfolgingscli.modell.ord import fold, nearest
from oppfolgingscli.modell.verdier import Feltfeil, forslag, parse_linje, vis_verdi
from oppfolgingscli.personvern import has_fodselsnummer
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

FILNAVN: Final = "plan.csv"
MAX_FUNN: Final = 10_000
"""Findings in one file; more, and it is no plan."""
KOLONNER: Final[Kolonner] = {
    "punkt": ("punkt_id", "id", "point", "point_id"),
    "rutine": ("tittel", "routine", "title"),
    "deltaker": ("deltakar", "subjekt", "hvem", "kven", "participant", "who"),
    "dato": ("dag", "date", "day"),
    "start": ("fra", "kl", "klokkeslett", "starttid", "from"),
    "slutt": ("til", "sluttid", "slutttid", "end", "to"),
    "sted": ("stad", "rom", "place", "location"),
    "personer": ("personar", "people"),
    "last": ("fast", "locked"),
    "merknad": ("merknader", "notat", "kommentar", "note", "comment"),
}
"""The columns in the order a new file has them, each with its other names; «låst» is ``last`` once folded."""
KREVD: Final = ("punkt", "dato", "start")

_JA: Final = frozenset({"ja", "j", "x", "1", "true", "sann", "yes", "y", "last", "locked"})
_NEI: Final = frozenset({"", "nei", "n", "0", "false", "usann", "no", "apen", "open"})
_TID: Final = re.compile(r"(?:kl\.?\s*)?(\d{1,2})\s*[:.]\s*(\d{2})(?:[:.]00)?(?:[.,]0+)?\Z", re.IGNORECASE)
_TIME_ALENE: Final = re.compile(r"(?:kl\.?\s*)?(\d{1,2})\Z", re.IGNORECASE)
_FIRE_SIFRE: Final = re.compile(r"([0-2]\d)([0-5]\d)\Z")
_DEL_AV_DOGN: Final = re.compile(r"0[.,]\d{3,}\Z")
"""A time of day in a spreadsheet whose cell lost its format: 0,354166667 is 08:30."""
_KORT_AR: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2})\Z")
_DAGNUMMER: Final = re.compile(r"[34567]\d{4}")
_DAG_NULL: Final = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates: 45986 in a cell that lost its format is 25 November 2025."""
_DOGN: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Planrad:
    """One row: where its point is placed. Times are local, ``[start, slutt)``.

    ``dato`` None: not placed yet. ``start`` None: all day. ``slutt`` None: the routine's length counts.
    ``last``: the people have locked it. ``sted`` and ``personer`` as they stand.
    """

    linje: int
    punkt: str
    dato: date | None
    start: time | None = None
    slutt: time | None = None
    sted: str | None = None
    personer: tuple[str, ...] = ()
    last: bool = False

    @property
    def rutine(self) -> str:
        """The routine's id, out of the point's id; empty when it has none."""
        parts = self.punkt.split("/")
        return parts[1] if len(parts) > 1 else ""

    @property
    def subjekt(self) -> str:
        """The subject's id, out of the point's id; empty when it has none."""
        parts = self.punkt.split("/")
        return parts[2] if len(parts) > 2 else ""


@dataclass(slots=True)
class Planlinje:
    """A row of the file as it stands, with what it means; ``rad`` None: not read, kept as it is.

    ``punkt``: the point a row that was not read is about, when that much is known: it is left alone.
    """

    post: Post
    rad: Planrad | None = None
    punkt: str | None = None


@dataclass(slots=True)
class Planfil:
    """A plan as read. ``tabell`` None: there is no file. ``kolonner``: where each known column stands."""

    path: Path
    tabell: Raatabell | None = None
    kolonner: dict[str, int] = field(default_factory=dict)
    linjer: list[Planlinje] = field(default_factory=list)
    funn: list[Varsel] = field(default_factory=list)

    @property
    def rader(self) -> list[Planrad]:
        """The rows that could be read, in the order of the file."""
        return [linje.rad for linje in self.linjer if linje.rad is not None]

    @property
    def i_fred(self) -> frozenset[str]:
        """The points of rows that could not be read: planned by nobody until the row is put right."""
        return frozenset(linje.punkt for linje in self.linjer if linje.rad is None and linje.punkt)

    def finding(self, kode: str, post: Post, kolonne: str | None, melding: str) -> None:
        """Add a finding about a row, at its cell in ``kolonne``."""
        if len(self.funn) >= MAX_FUNN:
            text = _("mer enn {n} rader kan ikke leses.").format(n=mange(MAX_FUNN))
            raise Inndatafeil([fil_feil(self.path, "for_mange_feil", text, _("Er dette rett fil?"))])
        at = self.kolonner.get(kolonne) if kolonne else None
        sted = Sted(self.path.name, post.linje, post.column(at) if at is not None else 1)
        text = f"{kolonne}: {melding}" if kolonne else melding[:1].upper() + melding[1:]
        self.funn.append(Varsel(kode, str(sted), text))


def find_planfil(mappe: Path) -> Path:
    """Return where a workspace's plan is, or will be.

    Raises:
        Inndatafeil: there are two, or one of a kind that cannot be read.
    """
    try:
        names = sorted(p.name for p in mappe.iterdir() if p.stem.lower() == "plan" and not p.is_dir())
    except OSError:
        names = []
    found = [name for name in names if name.lower().endswith((".csv", ".xlsx", ".xlsm"))]
    if len(found) > 1:
        melding = _("både {a} og {b} ligger i mappen.").format(a=found[0], b=found[1])
        raise Inndatafeil([fil_feil(mappe / found[1], "to_filer", melding, _("Behold bare den ene."))])
    foreign = [name for name in names if name.lower().endswith((".xls", ".xlsb", ".ods", ".numbers"))]
    if foreign and not found:
        path = mappe / foreign[0]
        melding = _("dette slaget regneark kan ikke leses ({slag}).").format(slag=path.suffix)
        raise Inndatafeil([fil_feil(path, "ukjent_filtype", melding, _("Lagre det som .xlsx eller .csv."))])
    return mappe / (found[0] if found else FILNAVN)


def read_plan(mappe: Path) -> Planfil:
    """Read the plan of a workspace; an empty one when there is no file.

    Raises:
        Inndatafeil: it is no table, lacks a column without which no row can be understood, or there are two.
        Systemfeil: another program holds it.
    """
    plan = Planfil(find_planfil(mappe))
    if not finnes(plan.path):
        return plan
    plan.tabell = read_raatabell(plan.path, KOLONNER)
    if plan.tabell is None:
        return plan
    plan.kolonner = _columns(plan, plan.tabell)
    seen: dict[str, int] = {}
    for post in plan.tabell.poster:
        plan.linjer.append(_line(plan, post, seen))
    return plan


def _columns(plan: Planfil, tabell: Raatabell) -> dict[str, int]:
    """Return where each known column is; columns of the people's own are nobody else's business.

    Raises Inndatafeil when one is lacking that is needed.
    """
    place: dict[str, int] = {}
    known = known_names(KOLONNER)
    if (fault := too_broad(plan.path, tabell.hode.linje, tabell.hode.celler or [])) is not None:
        raise Inndatafeil([fault])
    names = [column_name(cell) for cell in tabell.hode.celler or ()]
    for i, name in enumerate(names):
        column = known.get(name)
        if column is None:
            continue
        if column in place:
            melding = _("kolonnen «{navn}» står to ganger; den første leses.").format(navn=column)
            sted = Sted(plan.path.name, tabell.hode.linje, tabell.hode.column(i))
            plan.funn.append(Varsel("like_kolonner", str(sted), melding[:1].upper() + melding[1:]))
        else:
            place[column] = i
    feil = []
    sted = Sted(plan.path.name, tabell.hode.linje)
    if any(has_fodselsnummer(cell) for cell in tabell.hode.celler or ()):
        feil.append(fodselsnummer(sted))
    for name in KREVD:
        if name not in place:
            near = nearest(name, names)
            rad = _("Første rad skal ha kolonnenavnene: {ord}.").format(ord=", ".join(KOLONNER))
            rad = _("Mente du «{ord}»?").format(ord=near) if near and not has_fodselsnummer(near) else rad
            feil.append(Feil("mangler_kolonne", _("Kolonnen «{navn}» mangler.").format(navn=name), sted, rad))
    if feil:
        raise Inndatafeil(feil)
    return place


def _line(plan: Planfil, post: Post, seen: dict[str, int]) -> Planlinje:
    line = Planlinje(post)
    if post.celler is None:
        melding = _("et anførselstegn i raden er ikke avsluttet, eller teksten er for lang.")
        plan.finding("ulest_rad", post, None, melding)
        return line
    if not any(cell.strip() for cell in post.celler):
        return line
    cells = {name: undo_defuse(_cell(post.celler, at)) for name, at in plan.kolonner.items()}
    line.punkt = None if has_fodselsnummer(cells["punkt"]) else cells["punkt"] or None
    if any(map(has_fodselsnummer, post.celler)):
        melding = _("her står elleve siffer på rad. Det kan være et fødselsnummer, og raden leses ikke.")
        plan.finding("fodselsnummer", post, None, melding)
        return line
    if line.punkt is None:
        melding = _("raden har ikke noe punkt. Den hører ikke til noe i planen, og blir stående som den er.")
        plan.finding("plan_uten_punkt", post, "punkt", melding)
        return line
    if line.punkt in seen:
        melding = _("punktet står også på linje {linje}; den raden gjelder.").format(linje=seen[line.punkt])
        plan.finding("duplikat", post, "punkt", melding)
        line.punkt = None
        return line
    seen[line.punkt] = post.linje
    line.rad = _row(plan, post, line.punkt, cells)
    return line


def _row(plan: Planfil, post: Post, punkt: str, cells: dict[str, str]) -> Planrad | None:
    """Make what a row says; None when a cell is wrong, with every wrong cell a finding."""
    before = len(plan.funn)

    def cell(name: str, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(cells.get(name, ""))
        except Feltfeil as fault:
            plan.finding("ulest_rad", post, name, f"{fault.melding} {fault.rad or ''}".rstrip())
            return None

    day, start, end = cell("dato", parse_plandato), cell("start", parse_klokke), cell("slutt", parse_klokke)
    locked = cell("last", parse_last)
    sted = cell("sted", parse_linje) if cells.get("sted") else None
    if len(plan.funn) == before and start is None and end is not None:
        plan.finding("ulest_rad", post, "start", _("møtet har en slutt, men ingen start."))
    if len(plan.funn) > before:
        return None
    if start is not None and end is not None and end <= start:
        melding = _("slutten ({slutt}) er ikke etter starten ({start}); møtets vanlige lengde brukes.")
        text = melding.format(slutt=end.isoformat("minutes"), start=start.isoformat("minutes"))
        plan.finding("plan_slutt", post, "slutt", text)
        end = None
    people = parse_folk(cells.get("personer", ""))
    return Planrad(post.linje, punkt, day, start, end, sted, people, bool(locked))


def _cell(cells: list[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def parse_plandato(text: str) -> date | None:
    """Read a date as spreadsheets write it, None for none; ``01.03.25`` is in this century. Raises Feltfeil."""
    if not text:
        return None
    if _DAGNUMMER.fullmatch(text):
        return _DAG_NULL + timedelta(int(text))
    if short := _KORT_AR.match(text):
        text = f"{short[1]}.{short[2]}.20{short[3]}"
    return parse_loggdato(text)


def parse_klokke(text: str) -> time | None:
    """Read a time of day, None for none: 08:30, 8.30, 8:30:00, kl. 8, 0830, or a day's fraction. Raises Feltfeil."""
    text = text.strip()
    if not text:
        return None
    if _DEL_AV_DOGN.match(text):
        minutes = round(float(text.replace(",", ".")) * _DOGN)
        return time(*divmod(minutes, 60)) if minutes < _DOGN else time(23, 59)
    found = _TID.match(text) or _FIRE_SIFRE.match(text)
    alone = None if found else _TIME_ALENE.match(text)
    hour, minute = (int(found[1]), int(found[2])) if found else (int(alone[1]), 0) if alone else (24, 0)
    if hour < 24 and minute < 60:
        return time(hour, minute)
    melding = _("{verdi} er ikke et klokkeslett.").format(verdi=vis_verdi(text))
    raise Feltfeil("ugyldig_klokke", melding, _("Skriv det som 08:30 eller 8.30."))


def parse_last(text: str) -> bool:
    """Read whether a row is locked. Raises Feltfeil for what is neither yes nor no."""
    word = fold(text).strip().lower()
    if word in _JA:
        return True
    if word in _NEI:
        return False
    melding = _("{ord} er verken ja eller tomt.").format(ord=vis_verdi(text))
    raise Feltfeil("ukjent_ord", melding, forslag(text, ("ja", "nei")))
