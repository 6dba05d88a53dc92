"""``oppfolging utvid``: every point the routines make, before any log."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.sprak import N_, _, ngettext

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Punkt


@click.command(
    cls=Kommando,
    help=N_(
        "Vis alt rutinene sier skal skje, før noen logg: hvert punkt med vindu, frist og når det bør planlegges. "
        "Punktene følger skoleruta, fasene, praksisen og pausene i arbeidsmappa."
    ),
)
@felles.mappe_valg
@click.option("--rutine", "rutiner", multiple=True, metavar="ID", help=N_("Bare denne rutinen (kan gjentas)."))
@click.option("--deltaker", "deltakere", multiple=True, metavar="ID", help=N_("Bare denne deltakeren (kan gjentas)."))
@click.option("--fra", type=felles.Dato(), help=N_("Bare punkter med frist denne dagen eller senere."))
@click.option("--til", type=felles.Dato(), help=N_("Bare punkter som åpner denne dagen eller før."))
@click.option("--oppsummert", is_flag=True, help=N_("Bare antall per rutine og skoleår."))
@felles.per_valg
@felles.kjent_valg
@felles.format_valg("tabell", "csv", "json")
@felles.ut_valg
@felles.utseende_valg
def utvid(  # noqa: D103 - the help text is above, translated
    mappe: Path | None,
    rutiner: tuple[str, ...],
    deltakere: tuple[str, ...],
    fra: date | None,
    til: date | None,
    oppsummert: bool,
    per: date,
    kjent: date | None,
    utformat: str,
    ut: Path | None,
) -> None:
    from oppfolgingscli.cli.arbeid import check_known, load
    from oppfolgingscli.utvid import expand
    from oppfolgingscli.vis import maskin

    machine = utformat != "tabell"
    arbeidsmappe, in_output_language = load(mappe, maskin=machine)
    opplegg = arbeidsmappe.opplegg
    check_known(_("rutine"), rutiner, [v.rutine.id for v in opplegg.rutinesett.versjoner])
    check_known(_("deltaker"), deltakere, [opplegg.klasse.id, *(d.id for d in opplegg.deltakere)])
    with in_output_language():
        result = expand(opplegg, kjent)
    points = [p for p in result.punkter if _wanted(p, rutiner, deltakere, fra, til)]
    if utformat == "json":
        text = maskin.utvid_json(result, [*arbeidsmappe.varsler, *result.varsler], per, points)
    elif utformat == "csv":
        text = maskin.utvid_csv(points)
    else:
        from oppfolgingscli.vis import tabell

        unsure = frozenset(i for v in result.varsler if v.kode == "ubekreftet_skolerute" for i in v.punkter)
        parts = [] if oppsummert else [tabell.points_table(points, opplegg.rutinesett, unsure)]
        if points:
            parts.append(tabell.summary_table(points, opplegg.rutinesett))
        count = len([p for p in points if p.grunn is None])
        parts.append(ngettext("{antall} punkt", "{antall} punkter", count).format(antall=count) + "\n")
        text = "\n".join(parts)
        felles.si(tabell.warnings_text([*arbeidsmappe.varsler, *result.varsler]).rstrip("\n"))
    felles.skriv_ut(text if utformat != "csv" or ut is None else "\ufeff" + text, ut)


def _wanted(p: Punkt, rutiner: tuple[str, ...], deltakere: tuple[str, ...], fra: date | None, til: date | None) -> bool:
    return (
        (not rutiner or p.rutine in rutiner)
        and (not deltakere or p.subjekt in deltakere)
        and (fra is None or p.frist is None or p.frist >= fra)
        and (til is None or p.fra <= til)
    )
