"""``oppfolging logg rett``: a correction, beside the row it corrects."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.cli.loggsvar import skriv_rader, svar_valg
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.hendelse import KONTAKTSTATUS
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from oppfolgingscli.les.logg_kolonner import Slag


@click.command(
    cls=Kommando,
    help=N_(
        "Rett en rad i loggen. Den gamle raden blir stående; den rettede får id-en med «.rett1» bak, og gjelder i stedet. "
        "Bare det som nevnes, endres; en tom tekst tømmer cellen. --stryk tar raden ut."
    ),
)
@click.argument("rad_id", metavar="ID")
@felles.mappe_valg
@click.option(
    "--logg",
    "slag",
    type=click.Choice(["kontakter", "hendelser", "avtaler"]),
    help=N_("Hvilken logg, når flere har id-en."),
)
@click.option("--stryk", is_flag=True, help=N_("Ta raden ut: den skulle ikke vært ført."))
@click.option("--dato", type=felles.Dato(), help=N_("Dagen det skjedde."))
@click.option("--deltaker", multiple=True, metavar="ID", help=N_("Hvem (kan gjentas; * er alle i klassen)."))
@click.option("--rutine", metavar="ID", help=N_("Rutinen kontakten hører til."))
@click.option("--type", "type_", metavar="TYPE", help=N_("Slaget kontakt eller hendelse."))
@click.option(
    "--utfort-av", multiple=True, metavar="ID", help=N_("Rollen eller personen som sto for den (kan gjentas).")
)
@click.option("--deltok", multiple=True, metavar="ID", help=N_("Roller eller personer som var med (kan gjentas)."))
@click.option("--form", metavar="TEKST", help=N_("For eksempel fysisk, telefon eller video."))
@click.option(
    "--varighet", metavar="TID", help=N_("Hvor lenge, for eksempel «45 minutter»; et tall alene er minutter.")
)
@click.option("--status", type=click.Choice(KONTAKTSTATUS), help=N_("Hvordan det gikk."))
@click.option("--oppdaget", type=felles.Dato(), help=N_("Dagen hendelsen ble oppdaget."))
@click.option("--tiltak", metavar="TEKST", help=N_("Hva som er avtalt."))
@click.option("--ansvarlig", metavar="ID", help=N_("Rollen eller personen som skal gjøre det."))
@click.option("--frist", type=felles.Dato(), help=N_("Dagen avtalen skal være gjort."))
@click.option("--utfort", type=felles.Dato(), help=N_("Dagen avtalen ble utført."))
@click.option("--grunnlag", metavar="TEKST", help=N_("Hva avtalen bygger på."))
@click.option("--notat", metavar="TEKST", help=N_("Fritekst."))
@svar_valg
@felles.utseende_valg
def rett(  # noqa: D103 - the help text is above, translated
    rad_id: str,
    mappe: Path | None,
    slag: Slag | None,
    stryk: bool,
    type_: str | None,
    utformat: str,
    **valg: Any,  # noqa: ANN401 - click's values
) -> None:
    from oppfolgingscli.cli.arbeid import load
    from oppfolgingscli.cli.loggord import Loggord, is_interactive, missing, say_clock
    from oppfolgingscli.les.logg_kolonner import KOLONNER
    from oppfolgingscli.logg import Klokke, clean_rad, find_rad
    from oppfolgingscli.logg import rett as correct

    changes = _cells({**valg, "type": type_})
    for each in KOLONNER:
        clean_rad(each, {**changes, "id": rad_id})  # before any of it is repeated in a message
    arbeidsmappe, _speak = load(mappe, maskin=False)
    found = find_rad(arbeidsmappe.mappe, rad_id, slag)
    wrong = [name for name in changes if name not in KOLONNER[found.slag]]
    if wrong:
        flags = ", ".join(f"--{name.replace('_', '-')}" for name in wrong)
        raise Bruksfeil(_("{valg} hører ikke til i {logg}.").format(valg=flags, logg=found.slag))
    if stryk and changes:
        raise Bruksfeil(_("--stryk brukes alene."))
    ord_ = Loggord(arbeidsmappe)
    if not stryk and not changes:
        if not is_interactive():
            raise missing("--stryk / --dato / --status / …")
        changes = _ask(found.rad.verdier, found.slag)
    ord_.check_rad(found.slag, changes)
    for name in ("type", "tiltak"):
        if changes.get(name) == "":
            raise Bruksfeil(_("--{navn} kan ikke være tom.").format(navn=name))
    if changes.get("rutine") and "type" not in changes and found.rad["type"] not in ord_.types_of(changes["rutine"]):
        changes["type"] = ord_.rutiner[changes["rutine"]].type
    klokke = Klokke(felles.i_dag())
    row = correct(arbeidsmappe.mappe, found, None if stryk else lambda _old: changes, klokke)
    if utformat == "json":
        skriv_rader(found.slag, [row], retter=found.id)
    elif stryk:
        click.echo(_("Raden {id} er tatt ut av {logg}; den gamle står i filen.").format(id=found.id, logg=found.slag))
    else:
        click.echo(
            _("Raden {id} er rettet i {logg}: {ny} gjelder nå.").format(id=found.id, logg=found.slag, ny=row["id"])
        )
    say_clock(klokke)


def _cells(valg: dict[str, Any]) -> dict[str, str]:
    """Return the cells the flags change, as they are stored; a flag that was not given changes nothing."""
    from oppfolgingscli.cli.loggord import split, write_dato, write_varighet
    from oppfolgingscli.modell.ord import fold

    out: dict[str, str] = {}
    for name, value in valg.items():
        if value is None or value == ():
            continue
        if isinstance(value, date):
            out[name] = write_dato(value)
        elif isinstance(value, tuple):
            out[name] = ",".join(split(*value))
        elif name == "varighet":
            out[name] = write_varighet(value)
        elif name in {"type", "rutine", "ansvarlig"}:
            out[name] = fold(value).lower() if name == "type" else fold(value)
        else:
            out[name] = value
    return out


def _ask(old: dict[str, str], slag: Slag) -> dict[str, str]:
    """Ask for each cell, with what stands there; return those that were changed."""
    from oppfolgingscli.cli.felles import parse_dato
    from oppfolgingscli.cli.loggord import ask
    from oppfolgingscli.les.logg_kolonner import DATOER, KOLONNER

    out: dict[str, str] = {}
    click.echo(_("Trykk Enter for å beholde det som står; skriv «-» for å tømme."), err=True)
    for name in KOLONNER[slag]:
        if name in {"id", "registrert", "notat"}:
            continue

        def check(answer: str, name: str = name) -> str:
            if answer in {"", "-"}:
                return ""
            return parse_dato(answer).isoformat() if name in DATOER else answer

        answer = ask(name, check, old.get(name) or "")
        if answer != (old.get(name) or ""):
            out[name] = answer
    return _cells(
        {name: (value,) if name in {"deltaker", "utfort_av", "deltok"} else value for name, value in out.items()}
    )
