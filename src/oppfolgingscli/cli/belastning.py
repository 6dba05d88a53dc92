"""``oppfolging belastning``: hours for each person, role and week, and how often the resource allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from oppfolgingscli.belastning import Forutsetninger
    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.modell.klasse import Opplegg, Person
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.planlegg import Mote
    from oppfolgingscli.utvid import Utvidelse
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning

VANLIG_KLASSE: Final = 15
"""Participants in a class that is not there yet, when nobody says how many: said in the answer as an assumption."""
_DOGN: Final = 24 * 60


class Minutter(click.ParamType[tuple[str, int]]):
    """``TYPE=MIN``: a type of contact or a routine's id, and minutes or a length such as «1,5 timer»."""

    name = "TYPE=MIN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:  # noqa: ANN401 - click's own signature
        """Return (word, minutes), or fail with a message that says how it is written."""
        from oppfolgingscli.modell.ord import fold
        from oppfolgingscli.tid.varighet import parse_tidsbruk

        if isinstance(value, tuple):
            return value
        word, _equals, length = str(value).rpartition("=")
        length = length.strip()
        try:
            minutes = int(length) if length.isascii() and length.isdigit() else parse_tidsbruk(length)
        except ValueError:
            minutes = -1
        if not word.strip() or not 0 <= minutes <= _DOGN:
            self.fail(
                _("«{tekst}» er ikke en type eller rutine og en tid. Skriv for eksempel bedriftsbesok=90 eller «bedriftsbesok=1,5 timer».").format(tekst=value),
                param, ctx,
            )  # fmt: skip
        return fold(word), minutes


class Avsatt(click.ParamType[tuple[str, str]]):
    """``ROLLE=15%`` or ``ROLLE=5t``: a role, and what is set aside for it."""

    name = "ROLLE=TID"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:  # noqa: ANN401 - click's own signature
        """Return (role, what is set aside as in a routine file), or fail with a message that says how it is written."""
        from oppfolgingscli.modell.ord import fold
        from oppfolgingscli.modell.tidsverdier import parse_avsatt
        from oppfolgingscli.modell.verdier import Feltfeil

        if isinstance(value, tuple):
            return value
        role, _equals, size = str(value).rpartition("=")
        try:
            aside = parse_avsatt(size)
        except Feltfeil:
            role = ""
        if not role.strip():
            self.fail(
                _("«{tekst}» er ikke en rolle og en tid. Skriv for eksempel kontaktlaerer=15% eller kontaktlaerer=5t.").format(tekst=value),
                param, ctx,
            )  # fmt: skip
        return fold(role), aside


def _times(navn: str, hjelp: str) -> Callable[[felles.F], felles.F]:
    return click.option(navn, multiple=True, type=Minutter(), metavar="TYPE=MIN", help=hjelp)


@click.command(
    cls=Kommando,
    help=N_(
        "Hvor mye tid tar planen? Timer for hver rolle, person og uke, mot det som er avsatt, hvilke uker som er travlest, og "
        "hvor ofte det er tid til. For klassen i arbeidsmappa, eller for et rutinesett med --rutiner. Prøv andre tall med "
        "--deltakere, --varighet, --forberedelse, --reise og --avsatt."
    ),
)
@felles.mappe_valg
@click.option(
    "--rutiner",
    metavar="ID",
    help=N_("Et rutinesett i stedet for en klasse: en id fra «oppfolging rutiner liste», eller en fil."),
)
@click.option("--fra", type=felles.Dato(), help=N_("Fra og med denne dagen (ellers: fra skoleårets begynnelse)."))
@click.option("--til", type=felles.Dato(), help=N_("Til og med denne dagen (ellers: ut skoleåret)."))
@click.option(
    "--deltakere",
    metavar="ANTALL",
    type=click.IntRange(1, 10_000),
    help=N_("Regn som om det var så mange deltakere, like dem som er der."),
)
@_times("--varighet", N_("Så lenge varer slike møter: slag kontakt eller rutine, og minutter (kan gjentas)."))
@_times("--forberedelse", N_("Så mye tid bruker den ansvarlige på å forberede hvert møte (kan gjentas). Ellers 0."))
@_times("--reise", N_("Så lang er reisen, fram og tilbake, for dem som kommer utenfra (kan gjentas). Ellers 0."))
@click.option(
    "--avsatt",
    multiple=True,
    type=Avsatt(),
    metavar="ROLLE=TID",
    help=N_("Så mye er avsatt til rollen: 15% av en uke på 37,5 timer, eller 5t i uka (kan gjentas)."),
)
@click.option("--uten-id", is_flag=True, help=N_("Uten id-er på deltakere og ansatte. Til det som skal deles."))
@felles.per_valg
@felles.format_valg("tabell", "json", "csv", "md", "xlsx", "html")
@felles.ut_valg
@felles.utseende_valg
def belastning(  # noqa: D103 - the help text is above, translated
    *,
    mappe: Path | None,
    rutiner: str | None,
    fra: date | None,
    til: date | None,
    deltakere: int | None,
    varighet: tuple[tuple[str, int], ...],
    forberedelse: tuple[tuple[str, int], ...],
    reise: tuple[tuple[str, int], ...],
    avsatt: tuple[tuple[str, str], ...],
    uten_id: bool,
    per: date,
    utformat: str,
    ut: Path | None,
) -> None:
    from oppfolgingscli.belastning import measure
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning

    if utformat == "xlsx":
        felles.krev_fil(ut, _("Et regneark kan ikke vises på skjermen. Skriv --ut FIL.xlsx."))
    if fra and til and til < fra:
        raise Bruksfeil(_("--til ({til}) er før --fra ({fra}).").format(til=til, fra=fra))
    if rutiner is not None and mappe is not None:
        raise Bruksfeil(_("Velg enten --mappe (en klasse) eller --rutiner (et rutinesett)."))
    kilde = _of_set(rutiner, per, deltakere) if rutiner is not None else _of_class(mappe, per, maskin=utformat in ("json", "csv"))  # fmt: skip
    opplegg = kilde.opplegg
    asked = _asked(
        opplegg.rutinesett, *_span(kilde.utvidelse, per, fra, til), None if rutiner is not None else deltakere,
        (varighet, forberedelse, reise), avsatt,
    )  # fmt: skip
    made = measure(kilde.utvidelse, kilde.moter, kilde.personer, asked)
    if deltakere and not made.deltakere:
        raise Bruksfeil(_("Ingen deltakere går i klassen mellom {fra} og {til}, så det er ingen å regne ut fra.").format(
            fra=asked.fra, til=asked.til))  # fmt: skip
    with kilde.sprak():
        v = Belastningsvisning(made, opplegg, per, kilde.fra_plan, kilde.antatt, uten_id)
        _write(v, kilde.varsler, utformat, ut)


@dataclass(frozen=True, slots=True)
class _Kilde:
    """What is measured. ``antatt``: sentences about a class that is not there; empty for a real one."""

    opplegg: Opplegg
    utvidelse: Utvidelse
    moter: Sequence[Mote]
    personer: Mapping[str, Person]
    varsler: Sequence[Varsel]
    fra_plan: bool
    antatt: Sequence[str]
    sprak: Callable[[], AbstractContextManager[None]]


def _of_class(mappe: Path | None, per: date, *, maskin: bool) -> _Kilde:
    """Return a class's plan as the calendars have it: gone on from the log, and where plan.csv puts it.

    Raises:
        Inndatafeil: the workspace, the log or the plan has faults.
    """
    from oppfolgingscli.cli.arbeid import load, planned
    from oppfolgingscli.cli.folgplan import follow
    from oppfolgingscli.cli.kalender import read_busy
    from oppfolgingscli.les.plan import read_plan

    arbeidsmappe, in_output_language = load(mappe, maskin=maskin)
    with in_output_language():
        result = planned(arbeidsmappe, per)
        busy, warnings = read_busy(arbeidsmappe, result)
        moter, from_plan = follow(arbeidsmappe, result, busy, per)
        has_plan = bool(read_plan(arbeidsmappe.mappe).rader)
    found = [*arbeidsmappe.varsler, *result.varsler, *warnings, *from_plan]
    personer = arbeidsmappe.oppsett.personer
    return _Kilde(arbeidsmappe.opplegg, result, moter, personer, found, has_plan, (), in_output_language)


def _of_set(sett: str, per: date, deltakere: int | None) -> _Kilde:
    """Return the plan of a class of so many, made of the set's model participants in turn, without people.

    Raises:
        Inndatafeil: the set has faults, or there is none.
    """
    from contextlib import nullcontext

    from oppfolgingscli.cli.typisk import load_typical
    from oppfolgingscli.modell.klasse import Kalenderoppsett
    from oppfolgingscli.planlegg import plan_moter
    from oppfolgingscli.utvid import expand
    from oppfolgingscli.vis.belastningord import class_assumed
    from oppfolgingscli.vis.typiskord import assumptions, span

    typisk = load_typical(sett, None, per)
    models = typisk.opplegg.deltakere
    number = deltakere or VANLIG_KLASSE
    people = tuple(models[i % len(models)].model_copy(update={"id": f"modell-{i + 1}"}) for i in range(number))
    opplegg = replace(typisk.opplegg, deltakere=people)
    result = expand(opplegg)
    told = [class_assumed(number, len(models), given=deltakere is not None), span(typisk), *assumptions(typisk)]
    return _Kilde(opplegg, result, plan_moter(result, Kalenderoppsett(), {}), {}, [], False, told, nullcontext)


def _span(result: Utvidelse, per: date, fra: date | None, til: date | None) -> tuple[date, date]:
    """Return the span asked for: by default the school year of ``per``, or the class's one nearest to it."""
    from oppfolgingscli.tid.perioder import skolear_for, skolear_periode

    klasse = result.gyldighet.opplegg.klasse
    year = min(max(skolear_for(fra or til or per), skolear_for(klasse.start)), skolear_for(klasse.slutt))
    whole = skolear_periode(year)
    start, end = fra or whole.fra, til or whole.til
    if end < start:  # asked for a day outside the class's years
        start, end = (fra, fra) if fra else (end, end)
    return start, end


def _asked(
    sett: Rutinesett,
    fra: date,
    til: date,
    deltakere: int | None,
    tider: tuple[tuple[tuple[str, int], ...], ...],
    avsatt: tuple[tuple[str, str], ...],
) -> Forutsetninger:
    """Return what is asked, by routine and role.

    Raises:
        Bruksfeil: a type, routine or role does not exist.
    """
    from oppfolgingscli.belastning import Forutsetninger, avsatt_minutter, by_routine
    from oppfolgingscli.cli.arbeid import check_known

    words = [word for v in sett.versjoner for word in (v.rutine.type, v.rutine.id)]
    check_known(_("type eller rutine"), [word for pairs in tider for word, _minutes in pairs], words)
    check_known(_("rolle"), [role for role, _size in avsatt], sett.roller)
    lengths, preparing, travel = (by_routine(sett, pairs) for pairs in tider)
    aside = {role: avsatt_minutter(size) for role, size in avsatt}
    return Forutsetninger(fra, til, deltakere, lengths, preparing, travel, aside)


def _write(v: Belastningsvisning, varsler: Sequence[Varsel], utformat: str, ut: Path | None) -> None:
    from oppfolgingscli.vis import belastning as vis

    if utformat in ("json", "csv"):
        from oppfolgingscli.vis import maskin_belastning as maskin

        if utformat == "json":
            felles.skriv_ut(maskin.belastning_json(v, varsler), ut)
        else:
            felles.skriv_ut(("\ufeff" if ut is not None else "") + maskin.belastning_csv(v), ut)
        return
    if utformat == "xlsx":
        from oppfolgingscli.vis.belastning_ark import to_xlsx

        felles.skriv_ut(to_xlsx(v), ut)
    elif utformat == "html":
        from oppfolgingscli.vis.belastning_html import to_html

        felles.skriv_ut(to_html(v), ut)
    elif utformat == "md":
        felles.skriv_ut(vis.to_markdown(v), ut)
    else:
        width = felles.bredde() if ut is None else felles.BREDDE_UTEN_TERMINAL
        felles.skriv_ut(vis.render(v, width, bare_svaret=felles.stille()), ut)
    if varsler:
        from oppfolgingscli.vis.tabell import warnings_text

        felles.si(warnings_text(varsler).rstrip("\n"))
