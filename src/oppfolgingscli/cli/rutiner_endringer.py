"""``oppfolging rutiner endringer``: what changed, in one set over time or between two sets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.sprak import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.vis.endringer import Del


@click.command(
    cls=Kommando,
    help=N_(
        "Vis hva som er endret i rutinene. Med én ID: hva som har kommet til, falt bort eller endret seg i settet over tid, og "
        "hva det endrer i det settet det bygger på. Med to: hva som er lagt til, tatt bort, blitt hyppigere eller sjeldnere, "
        "og hva annet som er endret, fra det første til det andre. ID er en id fra listen eller stien til en fil."
    ),
)
@click.argument("id_", metavar="ID")
@click.argument("id2", metavar="[ID2]", required=False)
@click.option(
    "--start",
    metavar="ÅR",
    type=click.IntRange(1990, 2200),
    help=N_("Regn for en klasse som begynner i august dette året (ellers: det første året settene gjelder)."),
)
@felles.mappe_valg
@felles.format_valg("tabell", "html", "json", "csv", "md")
@felles.ut_valg
@felles.utseende_valg
def endringer(  # noqa: D103 - the help text is above, translated
    id_: str, id2: str | None, start: int | None, mappe: Path | None, utformat: str, ut: Path | None
) -> None:
    from oppfolgingscli.cli.rutiner_sammenlign import bokmal, common_start, load_set, load_with_folder
    from oppfolgingscli.cli.typisk import typical_for, typical_pair
    from oppfolgingscli.sammenlign.endringer import between, over_time

    sett, folder = load_with_folder(id_, mappe)
    happened = difference = None
    if id2 is not None:
        other = load_set(id2, mappe)
        year = start if start is not None else common_start([sett, other])
        difference = between(*typical_pair(sett, other, year))
    else:
        year = start if start is not None else common_start([sett])
        happened = over_time(sett, lambda one: typical_for(one, year))
        if sett.hode.bygger_pa:
            from oppfolgingscli.les.rutinesett import load_rutinesett

            difference = between(*typical_pair(load_rutinesett(sett.hode.bygger_pa, folder), sett, year))
    if utformat in ("json", "csv"):
        from oppfolgingscli.vis import maskin_endringer as maskin

        with bokmal():
            if utformat == "json":
                felles.skriv_ut(maskin.endringer_json(sett, happened, difference), ut)
            else:
                felles.skriv_ut(("\ufeff" if ut is not None else "") + maskin.endringer_csv(happened, difference), ut)
        return
    from oppfolgingscli.vis.endringer import describe_difference, describe_time

    parts = [describe_time(sett, happened)] if happened is not None else []
    if difference is not None:
        parts.append(describe_difference(difference))
    felles.skriv_ut(_for_people(parts, utformat, ut), ut)


def _for_people(parts: Sequence[Del], utformat: str, ut: Path | None) -> str:
    from oppfolgingscli.vis import endringer_tekst as tekst

    if utformat == "html":
        from oppfolgingscli.vis.html.endringer import to_html

        return to_html(parts)
    if utformat == "md":
        return tekst.to_markdown(parts)
    width = felles.bredde() if ut is None else felles.BREDDE_UTEN_TERMINAL
    return tekst.render(parts, width, bare_svaret=felles.stille())
