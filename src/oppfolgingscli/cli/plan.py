"""``oppfolging plan``: a date, a time and a place for everything to come, kept in plan.csv."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kant import OK
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.feil import Bruksfeil, Feil, Inndatafeil, Sted, Systemfeil
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.les.plan import Planfil
    from oppfolgingscli.planlegg.planrader import Oppdrag
    from oppfolgingscli.planlegg.planresultat import Planresultat
    from oppfolgingscli.utvid import Utvidelse

_TOM: Final = b"\xef\xbb\xbf \t\r\n\x00"
TIDSGRENSE: Final = 5.0
"""Seconds the exact method may look for a better plan."""


@click.command(
    cls=Kommando,
    help=N_(
        "Legg møter og frister ut i tid så de kan holdes: når folk har tid, aldri to steder samtidig, innenfor hvert "
        "vindu. Planen står i plan.csv, som dere kan endre i regneark; «ja» i «last» låser en rad. En ny kjøring "
        "flytter så lite som mulig, og sier hva som ikke får plass, hvorfor, og hva som skal til."
    ),
)
@felles.mappe_valg
@click.option("--fra", type=felles.Dato(), help=N_("Fra og med denne dagen (ellers: fra --per)."))
@click.option("--til", type=felles.Dato(), help=N_("Det som begynner til og med denne dagen (ellers: ut skoleåret)."))
@click.option(
    "--med",
    "andre",
    multiple=True,
    metavar="MAPPE",
    type=click.Path(path_type=Path),
    help=N_("En annen klasse med de samme folkene: møtene der er opptatt tid her (kan gjentas)."),
)
@click.option(
    "--metode",
    type=click.Choice(("auto", "eksakt", "grisk")),
    default="auto",
    show_default=True,
    help=N_("eksakt: den beste planen (krever tilleggspakken «plan»). grisk: en god plan, raskt. auto: eksakt når det går."),
)  # fmt: skip
@click.option(
    "--tidsgrense",
    metavar="SEK",
    type=click.FloatRange(0.1, 3600),
    default=TIDSGRENSE,
    show_default=True,
    help=N_("Så mange sekunder kan den eksakte metoden lete."),
)
@click.option("--prov", is_flag=True, help=N_("Vis hva som ville skjedd, og skriv ingenting i plan.csv."))
@felles.per_valg
@felles.format_valg("tabell", "json", "csv", "md")
@felles.ut_valg
@felles.utseende_valg
def plan(  # noqa: D103 - the help text is above, translated
    *,
    mappe: Path | None,
    fra: date | None,
    til: date | None,
    andre: tuple[Path, ...],
    metode: str,
    tidsgrense: float,
    prov: bool,
    per: date,
    utformat: str,
    ut: Path | None,
) -> int:
    from oppfolgingscli.cli.arbeid import load, planned
    from oppfolgingscli.cli.folgplan import judged
    from oppfolgingscli.cli.kalender import read_busy
    from oppfolgingscli.les.plan import read_plan
    from oppfolgingscli.planlegg.planrader import prepare

    if fra and til and til < fra:
        raise Bruksfeil(_("--til ({til}) er før --fra ({fra}).").format(til=til, fra=fra))
    machine = utformat in ("json", "csv")
    arbeidsmappe, in_output_language = load(mappe, maskin=machine)
    with in_output_language():
        result = planned(arbeidsmappe, per)
        fil = read_plan(arbeidsmappe.mappe)
        _refuse_numbers(fil)
        vurdering = judged(arbeidsmappe, per)
        busy, warnings = read_busy(arbeidsmappe, result)
        start, end = _span(result, per, fra, til)
        oppdrag = prepare(result, vurdering, fil.rader, arbeidsmappe.oppsett.kalender, start, end, fil.i_fred)
        solved, others = _solve(arbeidsmappe, oppdrag, busy, andre, per, end, metode, tidsgrense)
    warnings = [*arbeidsmappe.varsler, *result.varsler, *vurdering.funn, *warnings, *fil.funn, *others]
    changed = _write(arbeidsmappe, fil, solved, prov=prov)
    _answer(arbeidsmappe, solved, warnings, fil, utformat, ut, changed=changed)
    if not machine:
        _say(fil, warnings, changed=changed, prov=prov)
    return OK


def _refuse_numbers(fil: Planfil) -> None:
    """Refuse a plan with eleven digits in it: the program would write them itself.

    Raises Inndatafeil.
    """
    found = [v for v in fil.funn if v.kode == "fodselsnummer"]
    if found:
        raise Inndatafeil([_fault(v) for v in found])


def _fault(v: Varsel) -> Feil:
    file, line, column = v.sted.rsplit(":", 2)
    return Feil(v.kode, v.melding, Sted(file, int(line), int(column)), _("Bruk en oppdiktet id, for eksempel D01."))


def _span(result: Utvidelse, per: date, fra: date | None, til: date | None) -> tuple[date, date]:
    """Return the first day to plan and the last day a window may open: the rest of the school year.

    After its last school day it is the next one.
    """
    from oppfolgingscli.tid.perioder import skolear_for, skolear_periode

    klasse = result.gyldighet.opplegg.klasse
    start = max(per, fra or per, klasse.start)
    if til is not None:
        if til < start:
            raise Bruksfeil(
                _("--til ({til}) er før den første dagen som kan planlegges ({fra}).").format(til=til, fra=start)
            )
        return start, til
    year = skolear_for(start)
    last = result.kalender.skolear_kant(year, last=True)
    if last is not None and start > last:
        year += 1
    return start, skolear_periode(year).til


def _solve(
    arbeidsmappe: Arbeidsmappe,
    oppdrag: Oppdrag,
    busy: dict[str, dict[int, list[tuple[int, int]]]],
    mapper: Sequence[Path],
    per: date,
    til: date,
    metode: str,
    tidsgrense: float,
) -> tuple[Planresultat, list[Varsel]]:
    from oppfolgingscli.cli.planmed import read_others, told
    from oppfolgingscli.cli.venter import waiting
    from oppfolgingscli.planlegg.bygg import Klassegrunnlag, build
    from oppfolgingscli.planlegg.losning import solve
    from oppfolgingscli.planlegg.planresultat import summarize

    oppsett, opplegg = arbeidsmappe.oppsett, arbeidsmappe.opplegg
    own = Klassegrunnlag(
        oppdrag.utvidelse, oppsett.kalender, oppsett.personer, busy, oppdrag.tidligere, oppdrag.faste,
        oppdrag.varigheter, oppdrag.holdt_dag, oppdrag.utelat,
    )  # fmt: skip
    andre = read_others(list(felles.framdrift(mapper, _("Leser de andre klassene"), fra=2)), arbeidsmappe, per, oppdrag.start)  # fmt: skip
    problem = build([own, *(a.grunnlag for a in andre)], oppdrag.start, til)
    with waiting(_("Leter etter en plan"), tidsgrense):
        losning = solve(problem, metode, tidsgrense)  # type: ignore[arg-type] # click has checked the word
    if andre:
        felles.si(told(andre))
    places = {p.sted for d in opplegg.deltakere for p in d.praksis if p.sted}
    made = summarize(oppdrag, problem, losning, opplegg.klasse.id, per, til, places)
    return made, [v for a in andre for v in a.varsler]


def _write(arbeidsmappe: Arbeidsmappe, fil: Planfil, solved: Planresultat, *, prov: bool) -> bool:
    """Write plan.csv, whole or not at all; return whether it changed.

    Raises:
        Systemfeil: it cannot be written, or somebody changed it while the plan was made.
    """
    from oppfolgingscli import skriv
    from oppfolgingscli.cli.kalender import in_workspace_language
    from oppfolgingscli.vis.planfil import Skrivrad, to_bytes
    from oppfolgingscli.vis.planord import Navner

    if prov or (fil.tabell is None and not solved.punkter):
        return False
    with in_workspace_language(arbeidsmappe):
        navner = Navner(arbeidsmappe.opplegg, arbeidsmappe.oppsett.personer)
        rows = [
            Skrivrad(
                x.punkt.id, navner.rutine(x.punkt.rutine), x.punkt.subjekt, x.dato, x.start, x.slutt, x.sted or "",
                x.personer, x.rad,
            )
            for x in solved.punkter
        ]  # fmt: skip
    data = to_bytes(fil, rows, [rad for rad, _grunn in solved.borte])
    before = fil.tabell.raw if fil.tabell is not None else b""

    def unchanged() -> None:
        now = fil.path.read_bytes() if fil.path.exists() else b""
        if now != before and (before or now.strip(_TOM)):
            raise Systemfeil(
                _(
                    "{fil} ble endret mens planen ble laget. Ingenting er skrevet. Kjør «oppfolging plan» en gang til."
                ).format(fil=fil.path.name)
            )

    with skriv.lock(fil.path):
        return skriv.write_atomic(fil.path, data, unchanged)


def _answer(
    arbeidsmappe: Arbeidsmappe,
    solved: Planresultat,
    warnings: Sequence[Varsel],
    fil: Planfil,
    utformat: str,
    ut: Path | None,
    *,
    changed: bool,
) -> None:
    from oppfolgingscli.vis.planord import Navner

    if utformat in ("json", "csv"):
        from oppfolgingscli.vis import maskin_plan

        if utformat == "json":
            felles.skriv_ut(maskin_plan.plan_json(solved, warnings, skrevet=changed, fil=fil.path.name), ut)
        else:
            felles.skriv_ut(("\ufeff" if ut is not None else "") + maskin_plan.plan_csv(solved), ut)
        return
    from oppfolgingscli.sprak import navn
    from oppfolgingscli.vis import plan as vis_plan

    navner = Navner(arbeidsmappe.opplegg, arbeidsmappe.oppsett.personer)
    if utformat == "md":
        felles.skriv_ut(vis_plan.to_markdown(solved, navner, navn(arbeidsmappe.opplegg.klasse.navn)), ut)
        return
    felles.skriv_ut(vis_plan.render(solved, navner, felles.bredde() if ut is None else felles.BREDDE_UTEN_TERMINAL), ut)


def _say(fil: Planfil, warnings: Sequence[Varsel], *, changed: bool, prov: bool) -> None:
    from oppfolgingscli.les.fil import vis_sti
    from oppfolgingscli.vis.tabell import warnings_text

    if warnings:
        felles.si(warnings_text(warnings).rstrip("\n"))
    if prov:
        felles.si(_("Dette er en prøve: ingenting er skrevet i {fil}.").format(fil=vis_sti(fil.path)))
    elif changed:
        felles.si(
            _(
                "Planen er skrevet i {fil}. Den er deres: endre dag og tid i regnearket, skriv «ja» i «last» på rader som "
                "skal stå, og kjør «oppfolging plan» igjen. «oppfolging kalender» følger den."
            ).format(fil=vis_sti(fil.path))
        )
    elif fil.tabell is not None:
        felles.si(_("{fil} er uendret.").format(fil=vis_sti(fil.path)))
