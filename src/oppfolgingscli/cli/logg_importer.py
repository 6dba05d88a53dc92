"""``oppfolging logg importer``: rows from another table, or from what a calendar says took place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.cli.loggsvar import skriv_rader, svar_valg
from oppfolgingscli.feil import Bruksfeil, Inndatafeil
from oppfolgingscli.sprak import N_, _, dato_kort, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from oppfolgingscli.cli.loggord import Loggord
    from oppfolgingscli.feil import Feil
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.les.logg_kolonner import Slag


@dataclass(slots=True)
class Funnet:
    """What a file holds: rows for one log, what picks those that are new, and what was left out, in words."""

    slag: Slag
    rader: list[dict[str, str]]
    velg: Callable[[Sequence[dict[str, str]]], list[dict[str, str]]]
    utelatt: list[str] = field(default_factory=list)
    feil: list[str] = field(default_factory=list)


@click.command(
    cls=Kommando,
    help=N_(
        "Hent rader fra en annen tabell (.csv eller .xlsx), eller møter som har vært, fra en kalender (.ics) laget av "
        "«oppfolging kalender». Det som står i loggen fra før, legges ikke til igjen, så kommandoen kan trygt kjøres flere ganger."
    ),
)
@click.argument("fil", metavar="FIL", type=click.Path(path_type=Path))
@felles.mappe_valg
@click.option(
    "--logg",
    "slag",
    type=click.Choice(["kontakter", "hendelser", "avtaler"]),
    help=N_("Hvilken logg tabellen hører til (ellers: etter filens navn)."),
)
@click.option("--prov", is_flag=True, help=N_("Vis hva som ville blitt lagt til, uten å skrive noe."))
@felles.per_valg
@svar_valg
@felles.utseende_valg
def importer(fil: Path, mappe: Path | None, slag: Slag | None, prov: bool, per: date, utformat: str) -> None:  # noqa: D103
    from oppfolgingscli.cli.arbeid import load
    from oppfolgingscli.cli.loggord import Loggord, say_clock
    from oppfolgingscli.logg import Klokke, append

    arbeidsmappe, _speak = load(mappe, maskin=False)
    folder = arbeidsmappe.mappe
    found = (
        _from_ics(fil, arbeidsmappe, per)
        if fil.suffix.lower() == ".ics"
        else _from_table(fil, slag, Loggord(arbeidsmappe))
    )
    if slag not in {None, found.slag}:
        raise Bruksfeil(_("Møter i en kalender hører til i kontakter, ikke i {logg}.").format(logg=slag))
    klokke = Klokke(felles.i_dag())
    existing = _existing(folder, found.slag)
    if existing is not None and fil.exists() and existing.samefile(fil):
        raise Bruksfeil(_("Filen er loggen selv."))
    if prov:
        from oppfolgingscli.les.logg_fil import read_rader

        rows = found.velg([row.verdier for row in read_rader(existing, found.slag)[0]] if existing else [])
    else:
        rows = append(
            folder,
            found.slag,
            lambda now: [
                {**row, "registrert": row.get("registrert") or klokke.registrert(now)}
                for row in found.velg([r.verdier for r in now.rader()])
            ],
        )
    if utformat == "json":
        left = len(found.rader) - len(rows)
        skriv_rader(found.slag, rows, skrevet=not prov, fra_for=left, ikke_lest=len(found.feil))
    else:
        _tell(found, rows, prov=prov)
    say_clock(klokke)


def _existing(folder: Path, slag: Slag) -> Path | None:
    from oppfolgingscli.les.logg_fil import find_loggfiler

    return find_loggfiler(folder).get(slag)


def _from_table(path: Path, slag: Slag | None, ord_: Loggord) -> Funnet:
    """Read a table; rows that cannot be read, or use words unknown here, are left out and told."""
    from oppfolgingscli.les.logg import read_loggfil
    from oppfolgingscli.les.logg_fil import read_rader
    from oppfolgingscli.les.logg_kolonner import KOLONNER
    from oppfolgingscli.les.logg_ord import normal_rad
    from oppfolgingscli.logg.importer import only_new

    stem = path.stem.lower()
    by_name: list[Slag] = [name for name in KOLONNER if name in stem]
    chosen = slag or (by_name[0] if by_name else "kontakter")
    records, findings = read_loggfil(path, chosen)
    readable = {int(record.sted.rpartition(":")[2]) for record in records}
    rows, unknown = [], []
    for row in read_rader(path, chosen)[0]:
        if row.linje not in readable:
            continue
        try:
            ord_.check_rad(chosen, normal_rad(chosen, row.verdier))
        except Bruksfeil as fault:
            unknown.append(f"{path.name}:{row.linje}: {fault}")
        else:
            rows.append(row.verdier)
    unread = [f"{f.sted}: {f.melding}" for f in findings if f.kode != "uten_id"]
    return Funnet(chosen, rows, lambda now: only_new(chosen, rows, now), feil=[*unread, *unknown])


def _from_ics(path: Path, arbeidsmappe: Arbeidsmappe, per: date) -> Funnet:
    """Read a calendar: every meeting of ours that is over and was not cancelled is a proposed row."""
    from oppfolgingscli.cli.arbeid import planned
    from oppfolgingscli.les.logg_ics import read_moter
    from oppfolgingscli.logg.importer import mote_id, only_new_meetings
    from oppfolgingscli.utvid import expand
    from oppfolgingscli.vis.ical import uid_for

    opplegg = arbeidsmappe.opplegg
    feil: list[Feil] = []
    # The calendar may be from before the log began, or have gone on from it.
    points = [p.id for result in (expand(opplegg), planned(arbeidsmappe, per)) for p in result.punkter]
    read = read_moter(path, {uid_for(p): p for p in points}, feil)
    if read is None:
        raise Inndatafeil(feil)
    meetings, unread = read
    routines = {v.rutine.id: v.rutine for v in opplegg.rutinesett.versjoner}
    people = {d.id for d in opplegg.deltakere}
    now = _now(per)
    counts = {"avlyst": 0, "kommer": 0, "frist": 0, "ukjent": unread}
    rows: list[dict[str, str]] = []
    for meeting in meetings:
        klasse, rutine, subjekt = (meeting.punkt_id or "//").split("/")[:3]
        known = klasse == opplegg.klasse.id and rutine in routines and (subjekt in people or subjekt == klasse)
        why = (
            "ukjent" if not known or meeting.punkt_id is None
            else "avlyst" if meeting.avlyst
            else "frist" if meeting.heldag
            else "kommer" if meeting.slutt > now
            else None
        )  # fmt: skip
        if why or meeting.punkt_id is None:
            counts[why or "ukjent"] += 1
            continue
        minutes = int((meeting.slutt - meeting.start).total_seconds() // 60)
        row = {
            "id": mote_id(meeting.punkt_id),
            "dato": meeting.start.date().isoformat(),
            "type": routines[rutine].type,
            "rutine": rutine,
            "deltaker": subjekt if subjekt in people else "",
            "utfort_av": routines[rutine].ansvarlig,
            "varighet": f"{minutes} minutter" if 0 < minutes <= 24 * 60 else "",
        }
        rows.append(row)
    return Funnet("kontakter", rows, lambda there: only_new_meetings(rows, there), utelatt=_left_out(counts))


def _now(per: date) -> datetime:
    """Return the moment up to which meetings are over: now on this very day, else the end of ``per``."""
    from zoneinfo import ZoneInfo

    now = datetime.now(ZoneInfo("Europe/Oslo")).replace(tzinfo=None)
    return now if now.date() == per else datetime.combine(per, time.max)


def _left_out(counts: dict[str, int]) -> list[str]:
    words = {
        "avlyst": ngettext("{n} møte er avlyst.", "{n} møter er avlyst.", counts["avlyst"]),
        "kommer": ngettext("{n} møte har ikke vært ennå.", "{n} møter har ikke vært ennå.", counts["kommer"]),
        "frist": ngettext("{n} frist uten møte.", "{n} frister uten møte.", counts["frist"]),
        "ukjent": ngettext(
            "{n} hendelse er ikke fra denne arbeidsmappen.",
            "{n} hendelser er ikke fra denne arbeidsmappen.",
            counts["ukjent"],
        ),
    }
    return [words[name].format(n=n) for name, n in counts.items() if n]


def _tell(found: Funnet, rows: Sequence[dict[str, str]], *, prov: bool) -> None:
    from oppfolgingscli.vis.tabell import columns

    if rows:
        lines = [
            (
                dato_kort(date.fromisoformat(row["dato"])), row.get("rutine") or row.get("type") or row["tiltak"],
                row.get("deltaker") or _("klassen"), row.get("id") or "",
            )
            for row in rows
        ]  # fmt: skip
        felles.skriv_ut(columns((_("Dato"), _("Hva"), _("Hvem"), _("Id")), lines), None)
    if prov:
        text = ngettext("{n} rad ville blitt lagt til.", "{n} rader ville blitt lagt til.", len(rows))
    else:
        text = ngettext("{n} rad lagt til i {logg}.", "{n} rader lagt til i {logg}.", len(rows))
    click.echo(text.format(n=len(rows), logg=found.slag))
    before = len(found.rader) - len(rows)
    if before:
        felles.si(ngettext("{n} sto der fra før.", "{n} sto der fra før.", before).format(n=before))
    for line in found.utelatt:
        felles.si(line)
    for line in (_("Ikke tatt med:"), *found.feil) if found.feil else ():
        click.echo(line, err=True)
