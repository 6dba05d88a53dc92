"""``oppfolging sjekk``: who has been forgotten? What is overdue, behind, due soon, agreed and lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kant import FORFALT, OK
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from oppfolgingscli.cli.vurdert import Grunnlag, Utvalg
    from oppfolgingscli.vis.sjekkoversikt import Oversikt

_LOOKS: Final = {
    "tittel": {"bold": True},
    "haster": {"bold": True, "fg": "red"},
    "hvem": {"bold": True},
    "dempet": {"dim": True},
    "bra": {"bold": True, "fg": "green"},
}


@click.command(
    cls=Kommando,
    help=N_(
        "Hvem er glemt? Vis det som er forfalt, det som går for sakte, det som har frist snart, åpne avtaler og det som "
        "nylig ble mistet, etter loggen (kontakter, hendelser og avtaler) i arbeidsmappen."
    ),
    epilog=N_(
        "Svarkoden er 1 når noe er forfalt, eller noe påkrevd er blitt borte for godt i de siste 30 dagene; ellers 0. Med "
        "--rolle, --person eller --deltaker gjelder den bare det som vises."
    ),
)
@felles.mappe_valg
@click.option(
    "--dager",
    metavar="N",
    type=click.IntRange(0, 366),
    default=14,
    show_default=True,
    help=N_("Vis også det som har frist innen så mange dager."),
)
@click.option(
    "--rolle", "roller", multiple=True, metavar="ROLLE", help=N_("Bare det denne rollen har ansvar for (kan gjentas).")
)
@click.option(
    "--person",
    "personer",
    multiple=True,
    metavar="ID",
    help=N_("Bare det denne personen har ansvar for (kan gjentas)."),
)
@click.option(
    "--deltaker",
    "deltakere",
    multiple=True,
    metavar="ID",
    help=N_("Bare denne deltakeren, eller klassen (kan gjentas)."),
)
@click.option(
    "--forklar", metavar="ID", help=N_("Forklar hvorfor det er som det er: for en deltaker, eller for ett punkt.")
)
@click.option("--funn", "alle_funn", is_flag=True, help=N_("Vis alle funn i filene, ikke bare hvor mange."))
@click.option("--strengt", is_flag=True, help=N_("Stopp når noe i loggen ikke kan leses (svarkode 3)."))
@click.option("--emne", is_flag=True, help=N_("Bare én linje, som passer som emne i en e-post."))
@felles.per_valg
@felles.kjent_valg
@felles.format_valg("tabell", "json", "csv", "md", "xlsx")
@felles.ut_valg
@felles.utseende_valg
def sjekk(  # noqa: D103 - the help text is above, translated
    *,
    mappe: Path | None,
    dager: int,
    roller: tuple[str, ...],
    personer: tuple[str, ...],
    deltakere: tuple[str, ...],
    forklar: str | None,
    alle_funn: bool,
    strengt: bool,
    emne: bool,
    per: date,
    kjent: date | None,
    utformat: str,
    ut: Path | None,
) -> int:
    from oppfolgingscli.cli.vurdert import Utvalg, judge

    machine = utformat in ("json", "csv")
    _check_use(utformat, ut, forklar=forklar, emne=emne)
    found = judge(mappe, per, kjent, maskin=machine, strengt=strengt)
    wanted = Utvalg(found, roller, personer, deltakere)
    if not found.vurdering.gyldighet.deltakerne:  # «all is well» would be said of nobody
        felles.si(_("Klassen har ingen deltakere ennå: bare rutinene for klassen under ett er sjekket."))
    if forklar is not None:
        felles.skriv_ut(_explain(found, forklar, utformat, ut), ut)
        return OK
    if machine:
        felles.skriv_ut(_machine(found, wanted, utformat, ut), ut)
    else:
        overview = wanted.overview(dager)
        if emne:
            felles.skriv_ut(overview.emne + "\n", ut)
        elif utformat == "tabell":
            felles.skriv_ut(_text(overview, ut, alle_funn=alle_funn, etter_ansvarlig=bool(roller or personer)), ut)
        else:
            felles.skriv_ut(_document(overview, utformat), ut)
    return FORFALT if wanted.er_forfalt else OK


def _check_use(utformat: str, ut: Path | None, *, forklar: str | None, emne: bool) -> None:
    if emne and utformat != "tabell":
        raise click.UsageError(
            _("--emne er en linje tekst, og kan ikke stå sammen med --format {format}.").format(format=utformat)
        )
    if forklar is not None and utformat not in ("tabell", "json"):
        raise click.UsageError(_("--forklar skrives som tekst eller json, ikke som {format}.").format(format=utformat))
    if utformat == "xlsx":
        felles.krev_fil(ut, _("Et regneark kan ikke vises på skjermen. Skriv --ut FIL.xlsx."))


def _machine(found: Grunnlag, wanted: Utvalg, utformat: str, ut: Path | None) -> str:
    from oppfolgingscli.vis import maskin_sjekk

    points = [x for x in maskin_sjekk.included(found.vurdering) if wanted.has(x.punkt)]
    if utformat == "csv":
        return ("\ufeff" if ut is not None else "") + maskin_sjekk.sjekk_csv(points)
    lost = [m.vurdert.punkt.id for m in wanted.nylig_mistet]
    return maskin_sjekk.sjekk_json(found.vurdering, points, wanted.avtaler, lost, found.funn)


def _text(
    overview: Oversikt, ut: Path | None, *, alle_funn: bool, etter_ansvarlig: bool, bare_listen: bool = False
) -> str:
    from oppfolgingscli.vis import sjekk as vis_sjekk

    return vis_sjekk.render(
        overview,
        felles.bredde() if ut is None else felles.BREDDE_UTEN_TERMINAL,
        _styled if ut is None and felles.farger() else vis_sjekk.plain,
        bare_listen=bare_listen or felles.stille(),
        alle_funn=alle_funn,
        etter_ansvarlig=etter_ansvarlig,
    )


def overdue_text(found: Grunnlag, most: int) -> str:
    """Return the summary line and the ``most`` pressing overdue entries, for those who only want a taste."""
    from oppfolgingscli.cli.vurdert import Utvalg
    from oppfolgingscli.vis.sjekkoversikt import SEKSJONER, pressing

    whole = Utvalg(found, (), (), ()).overview(14)
    overdue = sorted(whole.seksjoner["forfalt"], key=pressing)
    part = whole._replace(seksjoner=dict.fromkeys(SEKSJONER, ()) | {"forfalt": tuple(overdue[:most])})
    lines = [whole.emne, "", _text(part, None, alle_funn=False, etter_ansvarlig=False, bare_listen=True)]
    left = whole.antall("forfalt") - part.antall("forfalt")
    if left:
        lines.append(_("… og {antall} til.").format(antall=left) + "\n")
    return "\n".join(lines)


def _styled(text: str, look: str) -> str:
    return click.style(text, **_LOOKS[look]) if look in _LOOKS else text  # type: ignore[arg-type] # one table of keyword arguments


def _document(overview: Oversikt, utformat: str) -> str | bytes:
    from oppfolgingscli.vis import sjekk_ark

    return sjekk_ark.to_markdown(overview) if utformat == "md" else sjekk_ark.to_xlsx(overview)


def _explain(found: Grunnlag, id_: str, utformat: str, ut: Path | None) -> str:
    from oppfolgingscli.cli.arbeid import check_known
    from oppfolgingscli.forklar import explain, find
    from oppfolgingscli.vis import forklar as vis_forklar
    from oppfolgingscli.vis import maskin_forklar
    from oppfolgingscli.vis.sjekk import plain

    asked = find(found.vurdering, id_)
    if asked is None:
        known = [s.id for s in found.subjekter]
        # Nobody writes a whole point's id from memory: without a slash it was meant to be a participant.
        check_known(
            _("deltaker eller punkt"), [id_], [x.punkt.id for x in found.vurdering.punkter] if "/" in id_ else known
        )
        raise AssertionError
    answer = explain(found.vurdering, found.logg, found.roller, *asked)
    if utformat == "json":
        with found.i_svarets_sprak():
            return maskin_forklar.to_json(answer)
    width = felles.bredde() if ut is None else felles.BREDDE_UTEN_TERMINAL
    return vis_forklar.render(answer, width, _styled if ut is None and felles.farger() else plain)
