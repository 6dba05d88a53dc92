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
@felles.per_valg
@felles.kjent_valg
@felles.format_valg("tabell", "json", "csv", "md")
@felles.ut_valg
@felles.utseende_valg
def rapport(  # noqa: D103 - the help text is above, translated
    *,
    mappe: Path | None,
    rutiner: tuple[str, ...],
    roller: tuple[str, ...],
    lag: int,
    per: date,
    kjent: date | None,
    utformat: str,
    ut: Path | None,
) -> int:
    from oppfolgingscli.cli.vurdert import judge
    from oppfolgingscli.maltall import measure

    machine = utformat in ("json", "csv")
    found = judge(mappe, per, kjent, maskin=machine)
    made = measure(found.vurdering, lag, _wanted(found, rutiner, roller))
    klasse = found.vurdering.gyldighet.opplegg.klasse.id
    if machine:
        from oppfolgingscli.vis import maskin_rapport

        if utformat == "json":
            felles.skriv_ut(maskin_rapport.rapport_json(made, klasse, per, lag), ut)
        else:
            felles.skriv_ut(("\ufeff" if ut is not None else "") + maskin_rapport.rapport_csv(made), ut)
        return OK
    from oppfolgingscli.vis import rapport as vis_rapport
    from oppfolgingscli.vis.tabell import routine_names

    shown = vis_rapport.Rapportvisning(
        made, klasse, per, lag, routine_names(found.vurdering.gyldighet.opplegg.rutinesett)
    )
    if utformat == "md":
        felles.skriv_ut(vis_rapport.to_markdown(shown), ut)
    else:
        width = felles.bredde() if ut is None else felles.BREDDE_UTEN_TERMINAL
        felles.skriv_ut(vis_rapport.render(shown, width, bare_svaret=felles.stille()), ut)
    return OK


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
