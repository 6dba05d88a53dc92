"""``oppfolging logg``: contacts, events and agreements, one row at a time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Gruppe, Kommando
from oppfolgingscli.cli.logg_importer import importer
from oppfolgingscli.cli.logg_rett import rett
from oppfolgingscli.cli.logg_vis import vis
from oppfolgingscli.cli.loggsvar import skriv_rader, svar_valg
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.hendelse import KONTAKTSTATUS
from oppfolgingscli.sprak import N_, _, dato_kort

if TYPE_CHECKING:
    from oppfolgingscli.cli.loggord import Loggord
    from oppfolgingscli.les.logg_kolonner import Slag


@click.group(
    cls=Gruppe,
    help=N_("Før loggen: hvem som har hatt hvilken kontakt, hva som har hendt, og hva som er avtalt."),
)
def logg() -> None:  # noqa: D103 - the help text is above, translated
    pass


logg.add_command(vis)
logg.add_command(rett)
logg.add_command(importer)

_NOTAT = N_("Fritekst. Blir i loggen, og vises ingen andre steder. Ingen navn, aldri fødselsnummer.")


@logg.command(
    cls=Kommando,
    help=N_(
        "Før en kontakt: en samtale, et besøk, et møte. Det som mangler, blir spurt om når kommandoen kjøres i en terminal."
    ),
)
@felles.mappe_valg
@click.option(
    "--deltaker", "deltakere", multiple=True, metavar="ID", help=N_("Hvem (kan gjentas; * er alle i klassen).")
)
@click.option("--rutine", metavar="ID", help=N_("Rutinen kontakten hører til."))
@click.option("--type", "type_", metavar="TYPE", help=N_("Slaget kontakt (ellers: rutinens)."))
@click.option("--dato", type=felles.Dato(), help=N_("Dagen det skjedde (ellers: i dag)."))
@click.option(
    "--utfort-av", multiple=True, metavar="ID", help=N_("Rollen eller personen som sto for den (kan gjentas).")
)
@click.option("--deltok", multiple=True, metavar="ID", help=N_("Roller eller personer som var med (kan gjentas)."))
@click.option("--form", metavar="TEKST", help=N_("For eksempel fysisk, telefon eller video."))
@click.option(
    "--varighet", metavar="TID", help=N_("Hvor lenge, for eksempel «45 minutter»; et tall alene er minutter.")
)
@click.option("--status", type=click.Choice(KONTAKTSTATUS), help=N_("Hvordan det gikk (ellers: gjennomfort)."))
@click.option("--notat", metavar="TEKST", help=_NOTAT)
@svar_valg
@felles.utseende_valg
def ny(  # noqa: D103 - the help text is above, translated
    mappe: Path | None,
    deltakere: tuple[str, ...],
    rutine: str | None,
    type_: str | None,
    dato: date | None,
    utfort_av: tuple[str, ...],
    deltok: tuple[str, ...],
    form: str | None,
    varighet: str | None,
    status: str | None,
    notat: str | None,
    utformat: str,
) -> None:
    from oppfolgingscli.cli import loggord
    from oppfolgingscli.logg import clean_rad
    from oppfolgingscli.modell.ord import fold

    who, by, with_ = loggord.split(*deltakere), loggord.split(*utfort_av), loggord.split(*deltok)
    rutine, type_ = fold(rutine or ""), fold(type_ or "").lower()
    texts = {"form": form or "", "status": status or "", "notat": notat or "", "varighet": varighet or ""}
    words = {
        "deltaker": ",".join(who),
        "rutine": rutine,
        "type": type_,
        "utfort_av": ",".join(by),
        "deltok": ",".join(with_),
    }
    clean_rad("kontakter", {**texts, **words})  # before any of it is repeated in a message
    folder, ord_ = _open(mappe)
    ord_.check(deltakere=who, rutiner=[rutine] if rutine else (), typer=[type_] if type_ else (), folk=(*by, *with_))
    complete = (rutine or type_) and (who or ord_.is_for_class(rutine, type_))
    if not complete and loggord.is_interactive():
        rutine = rutine or (loggord.ask_rutine(ord_) if not type_ else "")
        if not who and not ord_.is_for_class(rutine, type_):
            who = loggord.ask_deltakere(ord_)
        dato = dato or loggord.ask_dato(_("Dato"), felles.i_dag())
        by = by or loggord.ask_folk(
            ord_, _("Utført av («-»: ingen)"), ord_.rutiner[rutine].ansvarlig if rutine else "-"
        )
        texts["notat"] = texts["notat"] or click.prompt(_("Notat"), default="", show_default=False, err=True)
    if not rutine and not type_:
        raise loggord.missing("--rutine")
    if not who and not ord_.is_for_class(rutine, type_):
        raise loggord.missing("--deltaker")
    if rutine:
        type_ = type_ or ord_.rutiner[rutine].type
        if type_ not in ord_.types_of(rutine):
            melding = _("«{type}» teller ikke for {rutine}. Typen er {typer}.")
            raise Bruksfeil(melding.format(type=type_, rutine=rutine, typer=", ".join(ord_.types_of(rutine))))
    row = {
        **texts,
        "dato": loggord.write_dato(dato or felles.i_dag()),
        "type": type_,
        "rutine": rutine,
        "deltaker": ",".join(who),
        "utfort_av": ",".join(by),
        "deltok": ",".join(with_),
        "varighet": loggord.write_varighet(varighet),
    }
    if (dato or date.min) > felles.i_dag() and (status or KONTAKTSTATUS[0]) == KONTAKTSTATUS[0]:
        felles.si(_("Datoen er ikke kommet ennå. Kontakten telles ikke før da."))
    _add(folder, "kontakter", row, utformat)


@logg.command(
    cls=Kommando,
    help=N_("Før en hendelse: fravær, fare for frafall, avbrudd. Rutiner som følger av den, begynner å løpe."),
)
@felles.mappe_valg
@click.option(
    "--deltaker", "deltakere", multiple=True, metavar="ID", help=N_("Hvem (kan gjentas; * er alle i klassen).")
)
@click.option("--type", "type_", metavar="TYPE", help=N_("Slaget hendelse, for eksempel hoyt_fravaer."))
@click.option("--dato", type=felles.Dato(), help=N_("Dagen det hendte (ellers: i dag)."))
@click.option("--oppdaget", type=felles.Dato(), help=N_("Dagen det ble oppdaget."))
@click.option("--notat", metavar="TEKST", help=_NOTAT)
@svar_valg
@felles.utseende_valg
def hendelse(  # noqa: D103 - the help text is above, translated
    mappe: Path | None,
    deltakere: tuple[str, ...],
    type_: str | None,
    dato: date | None,
    oppdaget: date | None,
    notat: str | None,
    utformat: str,
) -> None:
    from oppfolgingscli.cli import loggord
    from oppfolgingscli.logg import clean_rad
    from oppfolgingscli.modell.ord import fold

    who, type_ = loggord.split(*deltakere), fold(type_ or "").lower()
    clean_rad("hendelser", {"deltaker": ",".join(who), "type": type_, "notat": notat or ""})
    folder, ord_ = _open(mappe)
    ord_.check(deltakere=who, hendelser=[type_] if type_ else ())
    if not (who and type_) and loggord.is_interactive():
        who = who or loggord.ask_deltakere(ord_)
        if not type_:
            type_ = loggord.ask_hendelse(ord_)
        dato = dato or loggord.ask_dato(_("Dato"), felles.i_dag())
    if not type_:
        raise loggord.missing("--type")
    if not who:
        raise loggord.missing("--deltaker")
    row = {
        "dato": loggord.write_dato(dato or felles.i_dag()),
        "type": type_,
        "deltaker": ",".join(who),
        "oppdaget": loggord.write_dato(oppdaget),
        "notat": notat or "",
    }
    _add(folder, "hendelser", row, utformat)


@logg.command(cls=Kommando, help=N_("Før en avtale om et tiltak, eller at en avtale er utført (--utfort ID)."))
@felles.mappe_valg
@click.option("--utfort", metavar="ID", help=N_("Avtalen med denne id-en er utført; --dato er dagen."))
@click.option("--deltaker", metavar="ID", help=N_("Hvem avtalen gjelder."))
@click.option("--tiltak", metavar="TEKST", help=N_("Hva som er avtalt."))
@click.option("--ansvarlig", metavar="ID", help=N_("Rollen eller personen som skal gjøre det."))
@click.option("--frist", type=felles.Dato(), help=N_("Dagen det skal være gjort."))
@click.option("--dato", type=felles.Dato(), help=N_("Dagen det ble avtalt, eller utført (ellers: i dag)."))
@click.option("--grunnlag", metavar="TEKST", help=N_("Hva avtalen bygger på."))
@click.option("--notat", metavar="TEKST", help=_NOTAT)
@svar_valg
@felles.utseende_valg
def avtale(  # noqa: D103 - the help text is above, translated
    mappe: Path | None,
    utfort: str | None,
    deltaker: str | None,
    tiltak: str | None,
    ansvarlig: str | None,
    frist: date | None,
    dato: date | None,
    grunnlag: str | None,
    notat: str | None,
    utformat: str,
) -> None:
    from oppfolgingscli.cli import loggord
    from oppfolgingscli.logg import clean_rad
    from oppfolgingscli.modell.ord import fold

    deltaker, ansvarlig = fold(deltaker or ""), fold(ansvarlig or "")
    texts = {"tiltak": tiltak or "", "grunnlag": grunnlag or "", "notat": notat or ""}
    clean_rad("avtaler", {**texts, "id": utfort or "", "deltaker": deltaker, "ansvarlig": ansvarlig})
    folder, ord_ = _open(mappe)
    day = dato or felles.i_dag()
    if utfort is not None:
        if deltaker or ansvarlig or frist or any(texts.values()):
            raise Bruksfeil(_("Sammen med --utfort kan bare --dato brukes."))
        _set_done(folder, utfort, loggord.write_dato(day), utformat)
        return
    ord_.check(deltakere=[deltaker] if deltaker else (), folk=[ansvarlig] if ansvarlig else ())
    if not (deltaker and texts["tiltak"].strip()) and loggord.is_interactive():
        deltaker = deltaker or ",".join(loggord.ask_deltakere(ord_))
        texts["tiltak"] = texts["tiltak"] or click.prompt(_("Hva er avtalt"), err=True)
        ansvarlig = ansvarlig or ",".join(loggord.ask_folk(ord_, _("Ansvarlig («-»: ingen)"), "-"))
        frist = frist or loggord.ask_dato(_("Frist"), day)
    if not deltaker:
        raise loggord.missing("--deltaker")
    if not texts["tiltak"].strip():
        raise loggord.missing("--tiltak")
    if frist and frist < day:
        raise Bruksfeil(_("Fristen ({frist}) er før dagen det ble avtalt ({dato}).").format(frist=frist, dato=day))
    row = {
        **texts,
        "dato": loggord.write_dato(day),
        "deltaker": deltaker,
        "ansvarlig": ansvarlig,
        "frist": loggord.write_dato(frist),
    }
    _add(folder, "avtaler", row, utformat)


def _open(mappe: Path | None) -> tuple[Path, Loggord]:
    from oppfolgingscli.cli.arbeid import load
    from oppfolgingscli.cli.loggord import Loggord

    arbeidsmappe, _speak = load(mappe, maskin=False)
    return arbeidsmappe.mappe, Loggord(arbeidsmappe)


def _add(folder: Path, slag: Slag, row: dict[str, str], utformat: str) -> None:
    from oppfolgingscli.cli.loggord import say_clock
    from oppfolgingscli.logg import Klokke, append

    klokke = Klokke(felles.i_dag())
    (written,) = append(folder, slag, lambda now: [{**row, "registrert": klokke.registrert(now)}])
    if utformat == "json":
        skriv_rader(slag, [written])
    else:
        _say_written(slag, written)
    say_clock(klokke)


def _say_written(slag: Slag, row: dict[str, str]) -> None:
    what = row.get("rutine") or row.get("type") or row["tiltak"]
    about = [dato_kort(date.fromisoformat(row["dato"])), what, row["deltaker"], row.get("status", "")]
    melding = _("Ført i {fil} som {id}: {hva}.")
    click.echo(melding.format(fil=slag, id=row["id"], hva=", ".join(part for part in about if part)))


def _set_done(folder: Path, avtale_id: str, day: str, utformat: str) -> None:
    from oppfolgingscli.cli.loggord import say_clock
    from oppfolgingscli.logg import Klokke, find_rad
    from oppfolgingscli.logg import rett as correct

    found = find_rad(folder, avtale_id, "avtaler")
    if day < found.rad["dato"]:
        raise Bruksfeil(_("Dagen er før avtalen ble gjort."))
    klokke = Klokke(felles.i_dag())
    written = correct(folder, found, lambda _old: {"utfort": day}, klokke)
    if utformat == "json":
        skriv_rader("avtaler", [written], retter=found.id)
    else:
        click.echo(
            _("Avtalen {id} er utført {dato}.").format(id=written["id"], dato=dato_kort(date.fromisoformat(day)))
        )
    say_clock(klokke)
