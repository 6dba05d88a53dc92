"""``oppfolging logg vis``: the rows of the log, with filters. Notes are never shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.hendelse import Avtale, Hendelse, Kontakt
from oppfolgingscli.sprak import N_, _, dato_kort, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.hendelse import Logg
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe

Rad = Kontakt | Hendelse | Avtale
KEYS: Final = (
    "logg", "id", "dato", "type", "rutine", "deltaker", "utfort_av", "deltok", "status",
    "oppdaget", "tiltak", "ansvarlig", "frist", "utfort", "registrert", "rettet", "sted",
)  # fmt: skip
"""Keys of a row in machine output, in order."""


@click.command(cls=Kommando, help=N_("Vis radene i loggen, eldst først. Notater vises aldri; de står bare i filen."))
@felles.mappe_valg
@click.option("--logg", "slag", type=click.Choice(["kontakter", "hendelser", "avtaler"]), help=N_("Bare denne loggen."))
@click.option(
    "--deltaker", "deltakere", multiple=True, metavar="ID", help=N_("Bare det som gjelder deltakeren (kan gjentas).")
)
@click.option("--rutine", "rutiner", multiple=True, metavar="ID", help=N_("Bare rutinen (kan gjentas)."))
@click.option(
    "--type", "typer", multiple=True, metavar="TYPE", help=N_("Bare slaget kontakt eller hendelse (kan gjentas).")
)
@click.option(
    "--person",
    "personer",
    multiple=True,
    metavar="ID",
    help=N_("Bare det rollen eller personen var med på (kan gjentas)."),
)
@click.option("--fra", type=felles.Dato(), help=N_("Fra og med denne dagen."))
@click.option("--til", type=felles.Dato(), help=N_("Til og med denne dagen."))
@click.option("--rettede", is_flag=True, help=N_("Vis også rader som er rettet eller tatt ut, med merke."))
@felles.kjent_valg
@felles.format_valg("tabell", "csv", "json")
@felles.ut_valg
@felles.utseende_valg
def vis(  # noqa: D103 - the help text is above, translated
    mappe: Path | None,
    slag: str | None,
    deltakere: tuple[str, ...],
    rutiner: tuple[str, ...],
    typer: tuple[str, ...],
    personer: tuple[str, ...],
    fra: date | None,
    til: date | None,
    rettede: bool,
    kjent: date | None,
    utformat: str,
    ut: Path | None,
) -> None:
    from oppfolgingscli.cli.arbeid import load
    from oppfolgingscli.cli.loggord import Loggord, split
    from oppfolgingscli.les.logg import read_logg

    arbeidsmappe, in_output_language = load(mappe, maskin=utformat != "tabell")
    ord_ = Loggord(arbeidsmappe)
    who, people = set(split(*deltakere)), split(*personer)
    routines, types = set(split(*rutiner)), {t.lower() for t in split(*typer)}
    ord_.check(deltakere=who, rutiner=routines, folk=people)
    logg = read_logg(arbeidsmappe.mappe, kjent)
    standing = {row.sted for row in _every(logg)}
    if rettede:
        logg = replace(read_logg(arbeidsmappe.mappe, rettede=True), funn=logg.funn)
    names = _names(arbeidsmappe, people)
    chosen = [
        row
        for row in _every(logg)
        if (slag is None or slag == _logg_of(row))
        and (fra is None or row.dato >= fra)
        and (til is None or row.dato <= til)
        and (kjent is None or row.registrert <= kjent)
        and (not who or _names_any(row, who))
        and (not routines or (isinstance(row, Kontakt) and row.rutine in routines))
        and (not types or (not isinstance(row, Avtale) and row.type in types))
        and (not people or bool(names & _people(row)))
    ]
    chosen.sort(key=lambda row: (row.dato, row.sted))
    rows = [_row(row, corrected=row.sted not in standing) for row in chosen]
    with in_output_language():
        felles.skriv_ut(_render(utformat, arbeidsmappe, rows, logg), ut)
    if utformat == "tabell":
        felles.si(ngettext("{n} rad.", "{n} rader.", len(rows)).format(n=len(rows)))


def _render(utformat: str, arbeidsmappe: Arbeidsmappe, rows: list[dict[str, Any]], logg: Logg) -> str:
    from oppfolgingscli.vis import maskin, tabell

    if utformat == "json":
        head = maskin.dump({"klasse": arbeidsmappe.opplegg.klasse.id})
        findings = maskin.dump_rows(maskin.varsel_row(v) for v in logg.funn)
        return f'{head[:-1]},\n"rader":{maskin.dump_rows(rows)},\n"funn":{findings}}}\n'
    if utformat == "csv":
        return maskin.csv_text(KEYS, rows)
    lines = [
        (
            dato_kort(date.fromisoformat(row["dato"])),
            row["id"],
            ", ".join(row["deltaker"]) or _("klassen"),
            row["tiltak"] or row["rutine"] or row["type"],
            ", ".join(row["utfort_av"] or ([row["ansvarlig"]] if row["ansvarlig"] else [])),
            _("rettet") if row["rettet"] else _state(row),
        )
        for row in rows
    ]
    header = (_("Dato"), _("Id"), _("Hvem"), _("Hva"), _("Av"), _("Status"))
    return tabell.columns(header, lines) + tabell.warnings_text(logg.funn)


def _state(row: dict[str, Any]) -> str:
    if row["logg"] == "kontakter":
        return "" if row["status"] == "gjennomfort" else str(row["status"])
    if row["utfort"]:
        return _("utført {dato}").format(dato=dato_kort(date.fromisoformat(row["utfort"])))
    return _("frist {dato}").format(dato=dato_kort(date.fromisoformat(row["frist"]))) if row["frist"] else ""


def _row(row: Rad, *, corrected: bool) -> dict[str, Any]:
    from oppfolgingscli.vis.maskin import iso

    out: dict[str, Any] = dict.fromkeys(KEYS)
    out |= {"logg": _logg_of(row), "id": row.id, "dato": iso(row.dato), "registrert": iso(row.registrert)}
    out |= {"rettet": corrected, "sted": row.sted, "utfort_av": [], "deltok": []}
    if isinstance(row, Avtale):
        out |= {"deltaker": [row.deltaker] if row.deltaker else [], "tiltak": row.tiltak, "ansvarlig": row.ansvarlig}
        return out | {"frist": iso(row.frist), "utfort": iso(row.utfort)}
    out |= {"type": row.type, "deltaker": [*row.deltakere, *(["*"] if row.alle else [])]}
    if isinstance(row, Hendelse):
        return out | {"oppdaget": iso(row.oppdaget)}
    return out | {"rutine": row.rutine, "utfort_av": row.utfort_av, "deltok": row.deltok, "status": row.status}


def _every(logg: Logg) -> Iterator[Rad]:
    yield from logg.kontakter
    yield from logg.hendelser
    yield from logg.avtaler


def _logg_of(row: Rad) -> str:
    return {Kontakt: "kontakter", Hendelse: "hendelser", Avtale: "avtaler"}[type(row)]


def _names_any(row: Rad, who: set[str]) -> bool:
    if isinstance(row, Avtale):
        return row.deltaker in who
    return row.alle or not who.isdisjoint(row.deltakere)


def _people(row: Rad) -> set[str]:
    if isinstance(row, Avtale):
        return {row.ansvarlig}
    return set() if isinstance(row, Hendelse) else {*row.utfort_av, *row.deltok}


def _names(arbeidsmappe: Arbeidsmappe, asked: tuple[str, ...]) -> set[str]:
    """Return the ids asked for, and for a role those of the people who have it."""
    people = arbeidsmappe.oppsett.personer
    return {*asked, *(i for i, person in people.items() if person.rolle in asked)}
