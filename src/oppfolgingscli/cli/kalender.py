"""``oppfolging kalender``: meetings and deadlines as calendar files."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from oppfolgingscli.cli import felles, publiser
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.feil import Bruksfeil, Inndatafeil
from oppfolgingscli.sprak import N_, _, set_sprak, sprak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oppfolgingscli.cli.kalendersvar import Utfort
    from oppfolgingscli.feil import Feil
    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.planlegg import Mote
    from oppfolgingscli.utvid import Utvidelse
    from oppfolgingscli.vis.kalenderfiler import Utvalg

ALLE: Final = "alle"
MAPPE: Final = "kalender"
MANGE: Final = 1000
"""So many events take a moment to write."""


@click.command(
    cls=Kommando,
    help=N_(
        "Skriv møter og frister som kalenderfiler (.ics), én for hver rolle. "
        "Velg andre med --rolle, --person og --deltaker (ID eller «alle», kan gjentas), eller --samlet for én fil. "
        "En ny kjøring oppdaterer det som er endret; det som er borte, avlyses med --avlys."
    ),
)
@felles.mappe_valg
@click.option("--rolle", "roller", multiple=True, metavar="ID", help=N_("Kalenderen til denne rollen."))
@click.option("--person", "personer", multiple=True, metavar="ID", help=N_("Kalenderen til denne personen."))
@click.option("--deltaker", "deltakere", multiple=True, metavar="ID", help=N_("Kalenderen til denne deltakeren."))
@click.option("--samlet", is_flag=True, help=N_("Alt i én kalender."))
@click.option("--fra", type=felles.Dato(), help=N_("Fra og med denne dagen (ellers: fra klassens start)."))
@click.option("--til", type=felles.Dato(), help=N_("Til og med denne dagen (ellers: til alt er med)."))
@click.option(
    "--ut",
    metavar="MAPPE|FIL",
    type=click.Path(path_type=Path),
    help=N_("Mappa filene skrives i (ellers: «kalender» i arbeidsmappa), eller én fil som slutter på .ics."),
)
@click.option("--avlys", is_flag=True, help=N_("Avlys det som er publisert før, og som er borte nå."))
@publiser.publiser_valg
@felles.per_valg
@felles.format_valg("tekst", "json")
@felles.utseende_valg
def kalender(  # noqa: D103 - the help text is above, translated
    mappe: Path | None,
    roller: tuple[str, ...],
    personer: tuple[str, ...],
    deltakere: tuple[str, ...],
    samlet: bool,
    fra: date | None,
    til: date | None,
    ut: Path | None,
    avlys: bool,
    per: date,
    utformat: str,
    **publiser_til: Any,  # noqa: ANN401 - the options of publiser.py
) -> None:
    from oppfolgingscli.cli.arbeid import load, planned
    from oppfolgingscli.cli.folgplan import follow
    from oppfolgingscli.cli.kalendersvar import json_svar, say_unplaced, tekst_svar

    if fra and til and til < fra:
        raise Bruksfeil(_("--til ({til}) er før --fra ({fra}).").format(til=til, fra=fra))
    asked = publiser.publisering(ut, **publiser_til)
    arbeidsmappe, in_output_language = load(mappe, maskin=utformat == "json")
    folder, stem = _target(arbeidsmappe, ut)
    with in_output_language():
        result = planned(arbeidsmappe, per)
    busy, warnings = read_busy(arbeidsmappe, result)
    with in_workspace_language(arbeidsmappe):
        chosen = choose(
            arbeidsmappe, roller, personer, deltakere, together=samlet or stem is not None or asked.caldav is not None
        )
        if stem is not None and len(chosen) > 1:
            raise Bruksfeil(
                _("--ut er én fil, men det er bedt om flere kalendere. Skriv en mappe, eller legg til --samlet.")
            )
    with in_output_language():
        moter, from_plan = follow(arbeidsmappe, result, busy, per)
    warnings = [*arbeidsmappe.varsler, *result.varsler, *warnings, *from_plan]
    if asked:
        words = publiser.valg_ord(roller, personer, deltakere)
        publiser.run(
            publiser.Oppdrag(asked, arbeidsmappe, moter, chosen, words, per, (fra, til), avlys, warnings, utformat)
        )
        return
    done = write(arbeidsmappe, moter, chosen, folder, stem, per, span=(fra, til), avlys=avlys)
    if utformat == "json":
        felles.skriv_ut(json_svar(arbeidsmappe, done, per, warnings), None)
    else:
        felles.skriv_ut(tekst_svar(done), None)
    say_unplaced(arbeidsmappe, done, warnings)


@contextmanager
def in_workspace_language(arbeidsmappe: Arbeidsmappe) -> Iterator[None]:
    """Speak the workspace's language, unless --sprak says another: calendars are the class's, not the user's."""
    before = sprak()
    ctx = click.get_current_context(silent=True)
    while ctx is not None:
        if ctx.get_parameter_source("sprak") is ParameterSource.COMMANDLINE:
            yield
            return
        ctx = ctx.parent
    set_sprak(arbeidsmappe.oppsett.sprak)
    try:
        yield
    finally:
        set_sprak(before)


def read_busy(
    arbeidsmappe: Arbeidsmappe, result: Utvidelse
) -> tuple[dict[str, dict[int, list[tuple[int, int]]]], list[Varsel]]:
    """Return the busy times of the people who have given an .ics, and warnings.

    Raises:
        Inndatafeil: a file is no calendar.
    """
    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.sprak import ngettext

    busy = {}
    faults: list[Feil] = []
    warnings = []
    for person_id, person in arbeidsmappe.oppsett.personer.items():
        if person.opptatt is None:
            continue
        from oppfolgingscli.les.ics import read_opptatt

        path = arbeidsmappe.mappe / person.opptatt.replace("\\", "/")
        found = read_opptatt(path, result.kalender.fra, result.kalender.til, faults)
        if found is None:
            continue
        busy[person_id] = found.dager
        if found.ulest:
            text = ngettext(
                "{antall} hendelse kunne ikke tolkes, og regnes ikke som opptatt.",
                "{antall} hendelser kunne ikke tolkes, og regnes ikke som opptatt.",
                found.ulest,
            )
            warnings.append(Varsel("ulest_opptatt", person.opptatt, text.format(antall=found.ulest)))
    if faults:
        raise Inndatafeil(faults)
    return busy, warnings


def place(
    arbeidsmappe: Arbeidsmappe,
    result: Utvidelse,
    busy: dict[str, dict[int, list[tuple[int, int]]]] | None = None,
) -> tuple[Mote, ...]:
    """Place every point of the class, whatever is asked for: a filter moves no meeting."""
    from oppfolgingscli.planlegg import plan_moter

    oppsett = arbeidsmappe.oppsett
    return plan_moter(result, oppsett.kalender, oppsett.personer, busy)


def choose(
    arbeidsmappe: Arbeidsmappe,
    roller: Sequence[str] = (),
    personer: Sequence[str] = (),
    deltakere: Sequence[str] = (),
    *,
    together: bool = False,
) -> list[Utvalg]:
    """Return the calendars asked for; nothing asked for is every role's, but the participants' own.

    Raises:
        Bruksfeil: an unknown id.
    """
    from oppfolgingscli.cli.arbeid import check_known
    from oppfolgingscli.cli.kalendervalg import Valg
    from oppfolgingscli.vis.kalenderfiler import Utvalg

    valg = Valg(arbeidsmappe)
    check_known(_("rolle"), [r for r in roller if r != ALLE], valg.roller)
    check_known(_("person"), [p for p in personer if p != ALLE], valg.personer)
    check_known(_("deltaker"), [d for d in deltakere if d != ALLE], valg.deltakere)
    nothing = not (roller or personer or deltakere)
    if nothing and together:
        return [Utvalg("alle", ALLE, valg.klasse, lambda _i: True)]
    out: list[Utvalg] = []
    for asked, every, make in (
        ((ALLE,) if nothing else roller, valg.andre_roller, valg.for_rolle),
        (personer, valg.personer, valg.for_person),
        (deltakere, valg.deltakere, valg.for_deltaker),
    ):
        ids = dict.fromkeys(i for word in asked for i in (every if word == ALLE else (word,)))
        out += [make(i) for i in ids]
    if together:
        parts = [u.horer_til for u in out]
        name = ", ".join(u.navn.removeprefix(f"{valg.klasse} – ") for u in out)
        ident = "+".join(f"{u.slag}-{u.id}" for u in out)
        return [Utvalg("alle", ident, f"{valg.klasse} – {name}", lambda i: any(part(i) for part in parts))]
    return out


def write(
    arbeidsmappe: Arbeidsmappe,
    moter: Sequence[Mote],
    chosen: Sequence[Utvalg],
    folder: Path,
    stem: str | None,
    per: date,
    *,
    span: tuple[date | None, date | None] = (None, None),
    avlys: bool = False,
) -> Utfort:
    """Number what changed, write the files, then the state; a crash in between publishes the same again.

    Raises:
        Inndatafeil: the published state cannot be read.
        Systemfeil: something could not be written.
    """
    from oppfolgingscli import skriv
    from oppfolgingscli.cli.kalendersvar import Utfort
    from oppfolgingscli.cli.kalenderutgave import utgi
    from oppfolgingscli.vis.kalenderfiler import gamle_deler, lag_filer

    with utgi(arbeidsmappe, moter, chosen, per, span=span, avlys=avlys) as utgitt:
        release = utgitt.utgivelse
        files = lag_filer(arbeidsmappe.opplegg.klasse.id, chosen, release.utgaver, stem, utgitt.blokker)
        skriv.make_folder(folder)
        written = [skriv.write_atomic(folder / file.navn, file.data) for file in files]
    stale = gamle_deler((p.name for p in folder.iterdir()), files)
    return Utfort(folder, files, written, release, utgitt.ikke_plassert, stale, chosen)


def _target(arbeidsmappe: Arbeidsmappe, ut: Path | None) -> tuple[Path, str | None]:
    """Return the folder, and the file's name without ending when one file was asked for."""
    if ut is None:
        return arbeidsmappe.mappe / MAPPE, None
    if ut.suffix.lower() == ".ics" and not ut.is_dir():
        return ut.parent, ut.stem
    return ut, None
