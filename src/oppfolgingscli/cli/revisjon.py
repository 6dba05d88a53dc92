"""``oppfolging revisjon``: are the plans followed, in many classes at once? Small numbers hidden."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli import felles, revisjonseksport
from oppfolgingscli.cli.kant import FORFALT, INNDATA, OK
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.sprak import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppfolgingscli.cli.revisjonskilde import Del, Kilde, Ulest
    from oppfolgingscli.modell.krav import Krav
    from oppfolgingscli.revisjon.utgave import Innstillinger, Utgave
    from oppfolgingscli.vis.revisjon import Revisjonsvisning

#: As ``revisjon.klassevei.LAG`` and ``revisjon.skjerm.TERSKEL``, which are not imported for ``--help``.
LAG: Final = 14
TERSKEL: Final = 5
LAVESTE: Final = 3


@click.command(
    cls=Kommando,
    help=N_(
        "Følges planene? Les alle arbeidsmappene i MAPPE, også i mapper i mapper, eller et uttrekk med klasser.csv, "
        "deltakere.csv og kontakter.csv, og vis hvor mye som er gjort i tide etter type, fylke, skole, semester, grunnlag "
        "og gruppe. Tall om få deltakere er skjult i alle tabeller, figurer og filer."
    ),
)
@click.argument("mapper", metavar="MAPPE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--lag",
    metavar="DAGER",
    type=click.IntRange(0, 366),
    default=LAG,
    show_default=True,
    help=N_("Bedøm bare det som hadde frist for så mange dager siden eller mer: loggen føres ikke samme dag."),
)
@click.option(
    "--terskel",
    metavar="ANTALL",
    type=click.IntRange(LAVESTE, 1000),
    default=TERSKEL,
    show_default=True,
    help=N_("Skjul tall om færre deltakere enn dette. Aldri under 3."),
)
@click.option(
    "--krav",
    "kravfil",
    metavar="FIL",
    type=click.Path(path_type=Path),
    help=N_("En TOML-fil med krav. Svarkoden er 1 når et av dem ikke er oppfylt."),
)
@click.option(
    "--forrige",
    metavar="FIL",
    type=click.Path(path_type=Path),
    help=N_("Forrige utgave (json). Det som sammen med den ville fortalt om noen få, skjules."),
)
@revisjonseksport.eksport_valg
@felles.per_valg
@felles.kjent_valg
@felles.format_valg("tabell", "json", "csv", "md", "xlsx", "html")
@felles.ut_valg
@felles.utseende_valg
def revisjon(  # noqa: D103 - the help text is above, translated
    *,
    mapper: tuple[Path, ...],
    lag: int,
    terskel: int,
    kravfil: Path | None,
    forrige: Path | None,
    per: date,
    kjent: date | None,
    utformat: str,
    ut: Path | None,
) -> int:
    from oppfolgingscli.cli.revisjonskilde import collect, read_mapper
    from oppfolgingscli.les.mapper import find_kilder

    if utformat == "xlsx":
        felles.krev_fil(ut, _("Et regneark kan ikke vises på skjermen. Skriv --ut FIL.xlsx."))
    wanted = revisjonseksport.check(mapper)
    requirements = _requirements(kravfil)
    found = find_kilder(mapper)

    def progress(things: Sequence[Path]) -> Iterable[object]:
        return felles.framdrift(things, _("Leser klassene"), 4)

    source = collect(
        [*_flat(found.datasett, per, kjent, lag), *read_mapper(found.arbeidsmapper, per, kjent, lag, progress)]
    )
    _tell_unread(source)
    if not source.samlet.klasser:
        return INNDATA
    from oppfolgingscli.revisjon.utgave import Innstillinger

    settings = Innstillinger(per, kjent, lag, terskel)
    made = _publish(source, settings, forrige)
    shown = _view(source, made, requirements)
    felles.skriv_ut(_written(shown, utformat, ut), ut)
    if wanted is not None:
        revisjonseksport.export(wanted, found, source, settings)
    if source.uleste:
        return INNDATA
    return OK if all(s.er_oppfylt for s in shown.krav) else FORFALT


def _flat(datasett: Sequence[Path], per: date, kjent: date | None, lag: int) -> Sequence[Del | Ulest]:
    """Read data sets; the code for them is loaded only where there are some."""
    if not datasett:
        return ()
    from oppfolgingscli.cli.revisjonsflat import read_datasett

    return read_datasett(datasett, per, kjent, lag)


def _requirements(kravfil: Path | None) -> tuple[Krav, ...]:
    if kravfil is None:
        return ()
    from oppfolgingscli.les.krav import read_krav

    return read_krav(kravfil)


def _publish(source: Kilde, innstillinger: Innstillinger, forrige: Path | None) -> Utgave:
    from oppfolgingscli.revisjon.utgave import publish

    everything = source.samlet
    if forrige is None:
        return publish(everything, innstillinger)
    from oppfolgingscli.cli.revisjonsforrige import read_forrige
    from oppfolgingscli.revisjon.forrige import compare

    hide, known = compare(read_forrige(forrige), everything.celler, innstillinger.per, innstillinger.terskel)
    return publish(everything, innstillinger, hide, known)


def _view(source: Kilde, made: Utgave, requirements: tuple[Krav, ...]) -> Revisjonsvisning:
    from oppfolgingscli.revisjon.krav import check
    from oppfolgingscli.vis.revisjon import Revisjonsvisning
    from oppfolgingscli.vis.revisjon.navn import Revisjonsnavn

    answers = check(made, requirements)
    return Revisjonsvisning(made, Revisjonsnavn(source.rutinesett), answers, source.inndata, len(source.uleste))


def _tell_unread(source: Kilde) -> None:
    """Tell on stderr what was wrong with each folder that could not be read, also with --stille: it is not in."""
    from oppfolgingscli.les.fil import vis_sti
    from oppfolgingscli.personvern import rens

    for path, faults in source.uleste:
        click.echo(_("{mappe} er ikke med:").format(mappe=rens(vis_sti(path))), err=True)
        for fault in faults:
            click.echo(f"  {rens(str(fault))}", err=True)
    if source.uleste:
        n = len(source.uleste)
        melding = ngettext(
            "{n} mappe er ikke med. Klasser som er med: {ok}.", "{n} mapper er ikke med. Klasser som er med: {ok}.", n
        ).format(n=n, ok=len(source.samlet.klasser))
        click.echo(melding, err=True)


def _written(v: Revisjonsvisning, utformat: str, ut: Path | None) -> str | bytes:
    if utformat == "json":
        from oppfolgingscli.vis.maskin_revisjon import revisjon_json

        return revisjon_json(v)
    if utformat == "csv":
        from oppfolgingscli.vis.maskin_revisjon import revisjon_csv

        return ("\ufeff" if ut is not None else "") + revisjon_csv(v)
    if utformat == "xlsx":
        from oppfolgingscli.vis.revisjon.ark import to_xlsx

        return to_xlsx(v)
    if utformat == "html":
        from oppfolgingscli.vis.revisjon.html import to_html

        return to_html(v)
    from oppfolgingscli.vis.revisjon import tekst

    if utformat == "md":
        return tekst.to_markdown(v)
    width = felles.bredde() if ut is None else felles.BREDDE_UTEN_TERMINAL
    return tekst.render(v, width, bare_svaret=felles.stille())
