"""`oppfolging deltakere importer`: participants from a class list, under ids that say nothing of who they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Gruppe, Kommando
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Collection

    from oppfolgingscli.cli.deltakerimport import Utfall
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.les.deltakerliste import Liste


@click.group(cls=Gruppe, help=N_("Deltakerne i arbeidsmappen: hent dem fra en klasseliste."))
def deltakere() -> None:  # noqa: D103 - the help text is above, translated
    pass


@deltakere.command(
    cls=Kommando,
    help=N_(
        "Hent deltakere fra en klasseliste (.xlsx eller .csv) til deltakere.csv. Hver får en ny id. Navn og fødselsnummer "
        "blir aldri skrevet i arbeidsmappen; hvem som har hvilken id, skrives bare til filen du velger med --nokkel. "
        "Deltakere som står der fra før, blir stående."
    ),
)
@click.argument("fil", metavar="FIL", type=click.Path(path_type=Path))
@felles.mappe_valg
@click.option(
    "--nokkel",
    metavar="FIL.csv",
    type=click.Path(path_type=Path),
    help=N_(
        "Skriv hvem som har hvilken id her, utenfor arbeidsmappen. Brukes igjen neste gang, så ingen får to id-er."
    ),
)
@click.option("--alle-er-nye", is_flag=True, help=N_("Ingen i listen er der fra før; ta alle med uten nøkkel."))
@click.option("--ark", metavar="NAVN", help=N_("Arket i regneboken (ellers: det som ligner mest på en liste)."))
@click.option("--prefiks", default="D", metavar="ORD", show_default=True, help=N_("Det nye id-er begynner med."))
@click.option("--behold-id", is_flag=True, help=N_("Ta id-ene fra listens egen kolonne «id»."))
@click.option("--i-rekkefolge", is_flag=True, help=N_("Gi id-er i listens rekkefølge (ellers: tilfeldig)."))
@click.option("--prov", is_flag=True, help=N_("Vis hva som ville blitt lagt til, uten å skrive noe."))
@felles.format_valg("tabell", "json", "csv")
@felles.ut_valg
@felles.utseende_valg
def importer(  # noqa: D103 - the help text is above, translated
    fil: Path,
    mappe: Path | None,
    nokkel: Path | None,
    alle_er_nye: bool,
    ark: str | None,
    prefiks: str,
    behold_id: bool,
    i_rekkefolge: bool,
    prov: bool,
    utformat: str,
    ut: Path | None,
) -> None:
    from oppfolgingscli.cli import deltakerimport, deltakernokkel
    from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
    from oppfolgingscli.les.deltakerliste import read_liste
    from oppfolgingscli.vis.mal import groups

    check_prefiks(prefiks)
    workspace = open_arbeidsmappe(mappe)
    table = table_of(workspace)
    if table.exists() and fil.exists() and table.samefile(fil):
        raise Bruksfeil(_("Filen er tabellen over deltakere selv."))
    if nokkel is not None:
        deltakernokkel.check_place(nokkel, workspace.mappe)
    klasse = workspace.opplegg.klasse
    group_words = groups(workspace.opplegg.rutinesett)[0]
    liste = read_liste(fil, ark=ark, behold_id=behold_id, klasse=klasse, grupper=group_words)
    there = {person.id for person in workspace.opplegg.deltakere}
    check_identity(liste, there, nokkel, nye=alle_er_nye or "id" in liste.kolonner.values())
    known = deltakernokkel.read_nokkel(nokkel) if nokkel is not None else []
    found = deltakerimport.match_rows(liste, finnes=there, nokkel=known, prefiks=prefiks, stokk=not i_rekkefolge)
    if not prov:
        if nokkel is not None:
            write_key(nokkel, known, found)
        if found.nye:
            deltakerimport.add_rows(table, deltakerimport.rows_of(found))
    felles.skriv_ut(render(utformat, liste, found, nokkel), ut)
    tell(liste, found, nokkel, table=table.name, prov=prov, fil=fil, mappe=workspace.mappe)


def check_prefiks(prefiks: str) -> None:
    """Refuse what no id can begin with.

    Raises:
        Bruksfeil: the ids would not be ids.
    """
    from oppfolgingscli.modell.verdier import Feltfeil, parse_id

    try:
        parse_id(f"{prefiks}01")
    except Feltfeil as fault:
        raise Bruksfeil(f"--prefiks: {fault}") from None
    if prefiks[-1:].isdigit():
        raise Bruksfeil(_("--prefiks kan ikke slutte på et tall: da ser man ikke hvor nummeret begynner."))


def table_of(workspace: Arbeidsmappe) -> Path:
    """Return the table that participants are added to.

    Raises:
        Bruksfeil: there is none that can be added to.
    """
    written = workspace.oppsett.deltakere
    if isinstance(written, str):
        path = workspace.mappe / written.replace("\\", "/")
        if path.suffix.lower() == ".csv":
            return path
        raise Bruksfeil(
            _(
                "Deltakerne står i {fil}. Lagre den som .csv og rett navnet i oppfolging.toml, så kan noen legges til."
            ).format(fil=path.name)
        )
    raise Bruksfeil(
        _(
            'Deltakerne står i oppfolging.toml. Flytt dem til en tabell (deltakere = "deltakere.csv"), så kan noen '
            "legges til."
        )
    )


def check_identity(liste: Liste, there: Collection[str], nokkel: Path | None, *, nye: bool) -> None:
    """Refuse to add people whom nothing tells from those who are there.

    Raises:
        Bruksfeil: some may be there already, or a key was asked for and the list has no names.
    """
    if nokkel is not None and not liste.har_navn:
        raise Bruksfeil(_("Listen har ingen kolonne med navn, så det er ingenting å skrive i en nøkkel."))
    if there and nokkel is None and not nye:
        count = ngettext(
            "Det står {n} deltaker i mappen fra før.", "Det står {n} deltakere i mappen fra før.", len(there)
        )
        raise Bruksfeil(
            count.format(n=len(there))
            + " "
            + _(
                "Uten nøkkel ser ikke programmet om noen i listen er blant dem. Bruk --nokkel FIL.csv, eller "
                "--alle-er-nye når ingen er der fra før."
            )
        )


def write_key(path: Path, known: list[tuple[str, str]], found: Utfall) -> None:
    """Write the key: those in it stay, those in the list have their row, the new ones come last."""
    from oppfolgingscli.cli.deltakernokkel import write_nokkel

    rows = dict((*found.kjente, *found.nye))
    old = [(id_, name, rows[id_].linje if id_ in rows else None) for id_, name in known]
    there = {id_ for id_, _name in known}
    write_nokkel(path, [*old, *((id_, row.navn, row.linje) for id_, row in found.nye if id_ not in there)])


def _rows(found: Utfall) -> list[dict[str, Any]]:
    every = [(id_, row, True) for id_, row in found.nye] + [(id_, row, False) for id_, row in found.kjente]
    return [
        {"id": id_, "rad": row.linje, "ny": new, **{key: row.verdier.get(key) for key in
                                                    ("start", "slutt", "sluttarsak", "gruppe", "ytelse")}}
        for id_, row, new in sorted(every, key=lambda item: item[1].linje)
    ]  # fmt: skip


def render(utformat: str, liste: Liste, found: Utfall, nokkel: Path | None) -> str:
    """Return the answer: which row was given which id, and nothing of who it is."""
    from oppfolgingscli.vis import maskin, tabell

    rows = _rows(found)
    if utformat == "csv":
        return maskin.csv_text(("id", "rad", "ny", "start", "slutt", "sluttarsak", "gruppe", "ytelse"), rows)
    if utformat == "json":
        head = maskin.dump({"kolonner": liste.kolonner, "utelatt": liste.utelatt, "nokkel": nokkel is not None})
        return f'{head[:-1]},\n"rader":{maskin.dump_rows(rows)}}}\n'
    lines = [
        (
            str(row["rad"]), row["id"], _("ny") if row["ny"] else _("fra før"),
            ", ".join(row[key] for key in ("start", "slutt", "sluttarsak", "gruppe", "ytelse") if row[key]),
        )
        for row in rows
    ]  # fmt: skip
    return tabell.columns((_("Rad"), _("Id"), _("Er"), _("Verdier")), lines)


def tell(liste: Liste, found: Utfall, nokkel: Path | None, *, table: str, prov: bool, fil: Path, mappe: Path) -> None:
    """Say what was done, and what was left out of the list and why; `ny` says it too."""
    n = len(found.nye)
    if prov:
        text = ngettext("{n} deltaker ville blitt lagt til.", "{n} deltakere ville blitt lagt til.", n)
    else:
        text = ngettext("{n} deltaker lagt til i {fil}.", "{n} deltakere lagt til i {fil}.", n)
    felles.si(text.format(n=n, fil=table))
    if found.kjente:
        k = len(found.kjente)
        felles.si(ngettext("{n} sto der fra før.", "{n} sto der fra før.", k).format(n=k))
    used = ", ".join(f"{heading} → {column}" for heading, column in liste.kolonner.items())
    felles.si(_("Brukt: {kolonner}.").format(kolonner=used or _("ingen kolonner")))
    why = {
        "navn": _("Bare i nøkkelen: {kolonner}.") if nokkel is not None else _("Navn, ikke tatt med: {kolonner}."),
        "personlig": _("Personopplysninger, ikke lest: {kolonner}."),
        "id": _("Id fra et annet system, ikke lest (--behold-id tar den med): {kolonner}."),
        "ukjent": _("Ikke lest, programmet har ikke bruk for det: {kolonner}."),
    }
    for kind, sentence in why.items():
        if headings := [heading for heading, why_not in liste.utelatt.items() if why_not == kind]:
            felles.si(sentence.format(kolonner=", ".join(headings)))
    if found.like:
        message = ngettext("{n} navn står på flere rader.", "{n} navn står på flere rader.", found.like)
        felles.si(_("Se etter: {hva}").format(hva=message.format(n=found.like)))
    if found.borte:
        shown = ", ".join(found.borte[:20]) + (" …" if len(found.borte) > 20 else "")
        felles.si(_("I nøkkelen, men ikke i listen: {ider}. De er ikke rørt.").format(ider=shown))
    if nokkel is None and found.nye and not prov:
        felles.si(
            _("Skriv opp hvem som er hvem et annet sted; programmet vet det ikke. --nokkel FIL.csv gjør det for deg.")
        )
    if nokkel is not None and not prov:
        felles.si(
            _("Nøkkelen er skrevet: {fil}. Oppbevar den slik dere oppbevarer personopplysninger.").format(fil=nokkel)
        )
    if fil.absolute().resolve().is_relative_to(mappe.absolute().resolve()):
        felles.si(
            _("Listen ligger i arbeidsmappen. Flytt {fil} ut: der skal det bare være id-er.").format(fil=fil.name)
        )
