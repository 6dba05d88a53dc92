"""``oppfolging arshjul``: the annual wheel of a class or a routine set, to print and hang up, or as text."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection

    from oppfolgingscli.arshjul import Hjul
    from oppfolgingscli.modell.klasse import Opplegg
    from oppfolgingscli.modell.rutinesett import Rutinesett

FORMATER: Final = ("tekst", "svg", "png", "json")
_ENDELSER: Final = {".txt": "tekst", ".svg": "svg", ".png": "png", ".json": "json"}
_KLASSER: Final = 4
"""The classes of a school that are under way at a time, one begun each year: the measure lasts four years."""


class Skolear(click.ParamType[int]):
    """A school year on the command line: 2025, 2025/26, 2025-2026."""

    name = "ÅR"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's own signature
        """Return the calendar year it begins in, or fail with a message that says how it is written."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"(\d{4})(?:[/–-](\d{2}|\d{4}))?", str(value).strip(), re.ASCII)
        year = int(match[1]) if match else 0
        after = match[2] if match else None
        if not 1900 <= year <= 2200 or (after is not None and after not in (str(year + 1), f"{(year + 1) % 100:02d}")):
            self.fail(
                _("«{tekst}» er ikke et skoleår. Skriv det som 2025 eller 2025/26.").format(tekst=value), param, ctx
            )
        return year


@click.command(
    cls=Kommando,
    help=N_(
        "Vis årshjulet: hva som skal skje i skoleåret, hvem som har ansvaret, og når. For klassen i arbeidsmappa, eller "
        "for et rutinesett med --rutiner. Som tekst på skjermen, eller som et bilde til å skrive ut: "
        "--ut arshjul.png eller --ut arshjul.svg."
    ),
)
@felles.mappe_valg
@click.option(
    "--rutiner",
    metavar="ID",
    help=N_("Et rutinesett i stedet for en klasse: en id fra «oppfolging rutiner liste», eller en fil."),
)
@click.option(
    "--skolear",
    type=Skolear(),
    metavar="ÅR",
    help=N_("Skoleåret, for eksempel 2025 eller 2025/26 (ellers: det --per er i)."),
)
@click.option(
    "--rolle",
    "roller",
    multiple=True,
    metavar="ROLLE",
    help=N_("Bare det denne rollen har ansvar for eller er med på (kan gjentas)."),
)
@click.option(
    "--papir",
    type=click.Choice(["a4", "a3"], case_sensitive=False),
    default="a4",
    show_default=True,
    help=N_("Arket bildet skal skrives ut på."),
)
@felles.per_valg
@click.option(
    "--format",
    "utformat",
    type=click.Choice(FORMATER),
    help=N_("Hvordan svaret skal skrives (ellers: etter endelsen på --ut, eller tekst)."),
)
@felles.ut_valg
@felles.utseende_valg
def arshjul(  # noqa: D103 - the help text is above, translated
    *,
    mappe: Path | None,
    rutiner: str | None,
    skolear: int | None,
    roller: tuple[str, ...],
    papir: str,
    per: date,
    utformat: str | None,
    ut: Path | None,
) -> None:
    chosen = _format(utformat, ut)
    if rutiner is not None and mappe is not None:
        raise Bruksfeil(_("Velg enten --mappe (en klasse) eller --rutiner (et rutinesett)."))
    if rutiner is not None:
        from oppfolgingscli.les.rutinesett import load_rutinesett

        hjul = hjul_for_sett(load_rutinesett(rutiner), skolear, per, roller)
    else:
        from oppfolgingscli.cli.arbeid import load

        hjul = hjul_for_klasse(load(mappe, maskin=False)[0].opplegg, skolear, per, roller)
    if not hjul.poster and not hjul.uten:
        raise Bruksfeil(_("Ingen rutiner gjelder i skoleåret {ar}.").format(ar=_words(hjul.skolear)))
    _write(hjul, chosen, papir.lower(), ut)


def hjul_for_klasse(opplegg: Opplegg, skolear: int | None, per: date, roller: Collection[str] = ()) -> Hjul:
    """Return the wheel of a class; ``skolear`` None: the school year of ``per``, or the class's one nearest to it.

    Raises:
        Bruksfeil: the class has no such school year, or there is no such role.
    """
    from oppfolgingscli.arshjul import build, years
    from oppfolgingscli.tid.perioder import skolear_for
    from oppfolgingscli.utvid import expand

    _check_roles(opplegg.rutinesett, roller)
    expansion = expand(opplegg)
    known = years(expansion)
    if skolear is None:
        skolear = min(max(skolear_for(per), known[0]), known[-1])
    elif skolear not in known:
        raise Bruksfeil(
            _("Klassen har ikke noe skoleår {ar}: den går fra {forste} til {siste}.").format(
                ar=_words(skolear), forste=_words(known[0]), siste=_words(known[-1])
            )
        )
    return build([expansion], skolear, roller=roller)


def hjul_for_sett(sett: Rutinesett, skolear: int | None, per: date, roller: Collection[str] = ()) -> Hjul:
    """Return the wheel of a routine set: typical classes in each school year of the course, side by side.

    ``skolear`` None: the school year of ``per``, or the first one the set is in force in, when that is later.

    Raises:
        Bruksfeil: there is no such role.
    """
    from oppfolgingscli.arshjul import build
    from oppfolgingscli.cli.typisk import first_year, typical_for
    from oppfolgingscli.tid.perioder import skolear_for
    from oppfolgingscli.utvid import expand

    _check_roles(sett, roller)
    if skolear is None:
        skolear = max(skolear_for(per), first_year(sett) or 0)
    classes = [typical_for(sett, skolear - before).opplegg for before in range(_KLASSER)]
    return build([expand(opplegg) for opplegg in classes], skolear, roller=roller, modell=True)


def _check_roles(sett: Rutinesett, roller: Collection[str]) -> None:
    from oppfolgingscli.cli.arbeid import check_known

    check_known(_("rolle"), roller, sett.roller)


def _words(skolear: int) -> str:
    return f"{skolear}/{(skolear + 1) % 100:02d}"


def _format(asked: str | None, ut: Path | None) -> str:
    """Return the format asked for, else the one the file's name says.

    Raises:
        Bruksfeil: the two disagree, the name says none, or a picture would go to the screen.
    """
    told = _ENDELSER.get(ut.suffix.lower()) if ut is not None else None
    if asked and told and asked != told:
        raise Bruksfeil(
            _("--format {format} passer ikke med filnavnet {fil}. Bruk endelsen .{endelse}.").format(
                format=asked, fil=ut, endelse="txt" if asked == "tekst" else asked
            )
        )
    if ut is not None and ut.suffix and not told and not asked:
        raise Bruksfeil(
            _("Endelsen {endelse} sier ikke hva {fil} skal være. Bruk .svg, .png, .txt eller .json.").format(
                endelse=ut.suffix, fil=ut
            )
        )
    chosen = asked or told or "tekst"
    if chosen == "png" and ut is None and sys.stdout.isatty():
        raise Bruksfeil(_("Et bilde kan ikke vises her. Si hvor det skal ligge, for eksempel --ut arshjul.png."))
    return chosen


def _write(hjul: Hjul, utformat: str, papir: str, ut: Path | None) -> None:
    if utformat == "json":
        from oppfolgingscli.vis.maskin_arshjul import arshjul_json

        felles.skriv_ut(arshjul_json(hjul), ut)
    elif utformat == "tekst":
        from oppfolgingscli.vis.arshjul import tekst

        felles.skriv_ut(tekst.render(hjul, felles.bredde() if ut is None else felles.BREDDE_UTEN_TERMINAL), ut)
        if ut is None:
            felles.si(_("Til å skrive ut: legg til --ut arshjul.png, eller --papir a3 --ut arshjul.svg."))
    else:
        from oppfolgingscli.vis.arshjul import draw

        picture = draw(hjul, "a3" if papir == "a3" else "a4")
        if utformat == "svg":
            felles.skriv_ut(picture, ut)
        else:
            from oppfolgingscli.vis.arshjul.png import to_png

            felles.skriv_ut(to_png(picture), ut)
        if ut is not None:
            felles.si(
                _("Årshjulet ligger i {fil}. Skriv det ut på {papir} i full størrelse (100\u00a0%).").format(
                    fil=ut, papir=papir.upper()
                )
            )
