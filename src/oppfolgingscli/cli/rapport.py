"""``oppfolging rapport``: is the plan followed? How much was done, in time, and how long it took."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kant import OK
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection

    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.vis.rapportvisning import Rapportvisning


@click.command(
    cls=Kommando,
    help=N_(
        "Følges planen? Vis for hver rutine hvor mye som er gjort, hvor mye av det i tide, og hvor lang tid det tok, i alt "
        "og semester for semester. Hvert tall står med det det er regnet av."
    ),
)
@felles.mappe_valg
@click.option("--rutine", "rutiner", multiple=True, metavar="ID", help=N_("Bare denne rutinen (kan gjentas)."))
@click.option(
    "--rolle",
    "roller",
    multiple=True,
    metavar="ROLLE",
    help=N_("Bare rutinene denne rollen har ansvar for (kan gjentas)."),
)
@click.option(
    "--lag",
    metavar="DAGER",
    type=click.IntRange(0, 366),
    default=0,
    show_default=True,
    help=N_("Bedøm bare det som hadde frist for så mange dager siden eller mer: loggen føres ikke samme dag."),
)
@click.option(
    "--etter",
    "etter",
    multiple=True,
    type=click.Choice(["rutine", "type", "rolle", "person", "semester", "gruppe"]),
    help=N_("Bare denne visningen (kan gjentas). Ellers: rutine på skjermen, alle i md."),
)
@click.option(
    "--uten-id",
    is_flag=True,
    help=N_("Uten id-er: alt som gjelder én deltaker eller én ansatt, utelates. Til det som skal deles."),
)
@felles.per_valg
@felles.kjent_valg
@felles.format_valg("tabell", "json", "csv", "md", "xlsx", "html")
@felles.ut_valg
@felles.utseende_valg
def rapport(  # noqa: D103 - the help text is above, translated
    *,
    mappe: Path | None,
    rutiner: tuple[str, ...],
    roller: tuple[str, ...],
    lag: int,
    etter: tuple[str, ...],
    uten_id: bool,
    per: date,
    kjent: date | None,
    utformat: str,
    ut: Path | None,
) -> int:
    from oppfolgingscli.cli.vurdert import judge, responsible
    from oppfolgingscli.maltall import measure

    if etter and utformat not in ("tabell", "md"):
        raise click.UsageError(_("--etter gjelder tabell og md; {format} har alle visningene.").format(format=utformat))
    machine = utformat in ("json", "csv")
    if utformat == "xlsx":
        felles.krev_fil(ut, _("Et regneark kan ikke vises på skjermen. Skriv --ut FIL.xlsx."))
    found = judge(mappe, per, kjent, maskin=machine)
    made = measure(found.vurdering, lag, _wanted(found, rutiner, roller), responsible(found))
    klasse = found.vurdering.gyldighet.opplegg.klasse.id
    if machine:
        from oppfolgingscli.vis import maskin_rapport

        if utformat == "json":
            felles.skriv_ut(maskin_rapport.rapport_json(made, klasse, per, lag, uten_id=uten_id), ut)
        else:
            felles.skriv_ut(("\ufeff" if ut is not None else "") + maskin_rapport.rapport_csv(made), ut)
        return OK
    from oppfolgingscli.vis.rapportnavn import Rapportnavn
    from oppfolgingscli.vis.rapportvisning import Rapportvisning

    names = Rapportnavn(found.vurdering.gyldighet.opplegg.rutinesett)
    shown = Rapportvisning(made, klasse, per, lag, names, uten_id)
    felles.skriv_ut(_document(found, shown, utformat, etter, ut), ut)
    return OK


def page(found: Grunnlag) -> str:
    """Return the whole report as a web page, without lag, for the day the class was judged on."""
    from oppfolgingscli.cli.vurdert import responsible
    from oppfolgingscli.maltall import measure
    from oppfolgingscli.vis.rapport_html import to_html
    from oppfolgingscli.vis.rapportnavn import Rapportnavn
    from oppfolgingscli.vis.rapportvisning import Rapportvisning

    vurdering = found.vurdering
    opplegg = vurdering.gyldighet.opplegg
    made = measure(vurdering, eier=responsible(found))
    shown = Rapportvisning(made, opplegg.klasse.id, vurdering.per, 0, Rapportnavn(opplegg.rutinesett))
    return to_html(shown, vurdering, found.funn)


def _document(
    found: Grunnlag, v: Rapportvisning, utformat: str, etter: tuple[str, ...], ut: Path | None
) -> str | bytes:
    if utformat == "xlsx":
        from oppfolgingscli.vis.rapport_ark import to_xlsx

        return to_xlsx(v)
    if utformat == "html":
        from oppfolgingscli.vis.rapport_html import to_html

        return to_html(v, found.vurdering, found.funn)
    from oppfolgingscli.vis import rapport as vis_rapport
    from oppfolgingscli.vis.rapportvisning import VIEWS

    if utformat == "md":
        return vis_rapport.to_markdown(v, etter or VIEWS)
    width = felles.bredde() if ut is None else felles.BREDDE_UTEN_TERMINAL
    return vis_rapport.render(v, width, etter or ("rutine",), bare_svaret=felles.stille())


def _wanted(found: Grunnlag, rutiner: Collection[str], roller: Collection[str]) -> set[str] | None:
    """Return the ids of the routines asked for, None for all; a role's are those it is responsible for now.

    Raises:
        Bruksfeil: a routine or role does not exist.
    """
    from oppfolgingscli.cli.arbeid import check_known
    from oppfolgingscli.vis.sjekkoversikt import role_names

    responsible = {v.rutine.id: v.rutine.ansvarlig for v in found.vurdering.gyldighet.opplegg.rutinesett.versjoner}
    check_known(_("rutine"), rutiner, responsible)
    check_known(_("rolle"), roller, role_names(found.vurdering))
    if not rutiner and not roller:
        return None
    return {
        id_ for id_, role in responsible.items() if (not rutiner or id_ in rutiner) and (not roller or role in roller)
    }
