"""`oppfolging demo`: the main job on the bundled example, in a folder of the user's own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import N_, _, dato_lang, navn

if TYPE_CHECKING:
    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe

EKSEMPEL: Final = "oslo-helsfyr"
MAPPE: Final = Path("oppfolging-demo")
SJEKK_PER: Final = "2025-03-03"
"""A day in the middle of the example's log."""
RAPPORT_PER: Final = "2025-06-20"
"""The last day of the example's log."""
VISTE_FORFALTE: Final = 8
OPPSETT: Final = "oppfolging.toml"
_SKJEMALINJE: Final = re.compile(r"\A#:schema [^\n]*\n")


@click.command(
    cls=Kommando,
    help=N_(
        "Prøv programmet på et eksempel som følger med: en oppdiktet klasse ved Oslo VO Helsfyr. "
        "Legger eksempelet i en mappe, lager kalenderne til hver rolle, rapporten, årshjulet og håndboken, og viser de neste "
        "ukene og hvem som er glemt. "
        "Kjør den gjerne flere ganger: det du har endret i mappen, blir stående.",
    ),
)
@click.option(
    "--mappe",
    metavar="MAPPE",
    type=click.Path(path_type=Path),
    default=MAPPE,
    help=N_("Hvor eksempelet skal ligge (ellers: oppfolging-demo her)."),
)
@felles.per_valg
@felles.utseende_valg
def demo(mappe: Path, per: date) -> None:
    """Copy the example unless it is there, make the calendars, show the agenda and say what is where."""
    from oppfolgingscli.cli import kalender
    from oppfolgingscli.cli.arbeid import planned
    from oppfolgingscli.cli.folgplan import follow
    from oppfolgingscli.cli.kalendersvar import say_unplaced, tekst_svar
    from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
    from oppfolgingscli.les.fil import vis_sti
    from oppfolgingscli.vis.agenda import print_agenda

    is_new = copy_example(mappe)
    arbeidsmappe = open_arbeidsmappe(mappe)
    opplegg = arbeidsmappe.opplegg
    result = planned(arbeidsmappe, per)
    busy, _warnings = kalender.read_busy(arbeidsmappe, result)
    moter, _found = follow(arbeidsmappe, result, busy, per)
    with kalender.in_workspace_language(arbeidsmappe):
        chosen = kalender.choose(arbeidsmappe)
    done = kalender.write(arbeidsmappe, moter, chosen, mappe / kalender.MAPPE, None, per)

    console = felles.konsoll()
    console.print(navn(opplegg.klasse.navn), style="bold")
    where = (
        _("Eksempelet er lagt i {mappe}.") if is_new else _("Bruker {mappe} som den er; ingenting der er byttet ut.")
    )
    console.print(where.format(mappe=vis_sti(mappe)))
    console.print()
    print_agenda(console, moter, opplegg.rutinesett, arbeidsmappe.oppsett.personer, per)
    console.print()
    found = _print_overdue(mappe, per)
    console.print(_("Kalenderne, én for hver rolle"), style="bold")
    click.echo(tekst_svar(done))
    say_unplaced(arbeidsmappe, done, ())
    _write_documents(arbeidsmappe, per, found)
    felles.si(_next_steps(vis_sti(mappe)))


def _write_documents(arbeidsmappe: Arbeidsmappe, per: date, found: Grunnlag | None) -> None:
    """Write what is read by others: the report, the annual wheel and the handbook, and say where each is.

    Made anew every time, from what stands in the folder.
    """
    from oppfolgingscli import skriv
    from oppfolgingscli.cli.arshjul import hjul_for_klasse
    from oppfolgingscli.cli.handbok import annual_wheel
    from oppfolgingscli.cli.kalender import in_workspace_language
    from oppfolgingscli.cli.rapport import page
    from oppfolgingscli.les.fil import vis_sti
    from oppfolgingscli.vis.arshjul import draw
    from oppfolgingscli.vis.arshjul.png import to_png
    from oppfolgingscli.vis.dokument.docx import to_docx
    from oppfolgingscli.vis.handbok import make_handbok

    opplegg = arbeidsmappe.opplegg
    with in_workspace_language(arbeidsmappe):
        wheel = draw(hjul_for_klasse(opplegg, None, per))
        handbook = to_docx(make_handbok(
            opplegg.rutinesett, per, klasse=opplegg.klasse, personer=arbeidsmappe.oppsett.personer,
            arshjul=annual_wheel(opplegg.rutinesett, opplegg, per),
        ))  # fmt: skip
        files = [
            ("arshjul.svg", wheel.encode(), _("årshjulet, til skjermen")),
            ("arshjul.png", to_png(wheel), _("årshjulet, til å skrive ut på A4")),
            ("handbok.docx", handbook, _("rutinene som håndbok, i Word")),
        ]
        if found is not None:
            files.insert(0, ("rapport.html", page(found).encode(), _("om planen følges, i en nettleser")))
    click.secho(_("Til å vise andre"), bold=felles.farger())
    width = max(len(vis_sti(arbeidsmappe.mappe / name)) for name, _data, _words in files)
    for name, data, words in files:
        skriv.write_atomic(arbeidsmappe.mappe / name, data)
        click.echo(f"  {vis_sti(arbeidsmappe.mappe / name).ljust(width)}  {words}")


def _print_overdue(mappe: Path, per: date) -> Grunnlag | None:
    """Show who has been forgotten: on ``per``, or on the last day of the log when that is long past.

    Return the judgement; None when nothing is logged.
    """
    from oppfolgingscli.cli.sjekk import overdue_text
    from oppfolgingscli.cli.vurdert import judge
    from oppfolgingscli.les.logg import read_logg

    days = [k.dato for k in read_logg(mappe).kontakter if k.dato <= per]
    if not days:
        return None
    found = judge(mappe, max(days), None, maskin=False)
    head = _("Hvem er glemt? Slik står det {dato}, den siste dagen i loggen")
    click.secho(head.format(dato=dato_lang(max(days))), bold=felles.farger())
    click.echo(overdue_text(found, VISTE_FORFALTE))
    return found


def _next_steps(mappe: str) -> str:
    shown = f'"{mappe}"' if " " in mappe else mappe
    steps = (
        (f"oppfolging sjekk --mappe {shown} --per {SJEKK_PER}", _("alt som er forfalt, og det som kommer")),
        (f"oppfolging rapport --mappe {shown} --per {RAPPORT_PER}", _("måltallene på skjermen; også til Excel")),
        (f"oppfolging utvid --mappe {shown} --oppsummert", _("hvor mye av hvert slag, per skoleår")),
        (f"oppfolging utvid --mappe {shown}", _("alt som skal skje, med frister")),
        (f"oppfolging kalender --mappe {shown} --deltaker D01", _("kalenderen til én deltaker")),
        ("oppfolging rutiner liste", _("rutinesettene som følger med")),
        ("oppfolging rutiner sammenlign", _("fylkene ved siden av hverandre")),
        ("oppfolging ny min-klasse --rutiner oslo", _("din egen klasse")),
    )
    width = max(len(command) for command, _text in steps)
    lines = [f"  {command.ljust(width)}  {text}" for command, text in steps]
    return "\n".join(("", _("Prøv videre:"), *lines))


def copy_example(mappe: Path) -> bool:
    """Put the example in a folder; return False when a workspace is there already, which is left alone.

    Raises:
        Bruksfeil: the folder holds something else; nothing was written.
        Systemfeil: the disk said no.
    """
    from oppfolgingscli import skriv

    if (mappe / OPPSETT).exists():
        return False
    files = example_files()
    if mappe.exists() and not mappe.is_dir():
        raise Bruksfeil(_("{mappe} er en fil. Velg en annen mappe med --mappe.").format(mappe=mappe))
    others = [path for path in sorted(mappe.rglob("*")) if path.is_file()] if mappe.is_dir() else []
    # What an interrupted run left is ours; anything else is somebody's.
    if any(files.get(path.relative_to(mappe).as_posix()) != path.read_bytes() for path in others):
        raise Bruksfeil(
            _("{mappe} har andre filer fra før. Velg en tom eller ny mappe med --mappe; denne er ikke rørt.").format(
                mappe=mappe
            ),
        )
    for name, data in files.items():  # oppfolging.toml last: without it the folder is no workspace
        skriv.make_folder((mappe / name).parent)
        skriv.write_atomic(mappe / name, data)
    return True


def example_files() -> dict[str, bytes]:
    """Return the files of the example by path, oppfolging.toml last, its schema beside it."""
    from oppfolgingscli.ressurser import datamappe

    source = datamappe("eksempler") / EKSEMPEL
    # Not what running `kalender` in the example may have left there.
    found = sorted(path for path in source.rglob("*") if path.suffix in {".toml", ".csv", ".xlsx"})
    files = {path.relative_to(source).as_posix(): path.read_bytes() for path in found}
    setup = files.pop(OPPSETT).decode()
    schema = datamappe("skjema") / "oppfolging.schema.json"
    if schema.is_file():
        files["skjema/oppfolging.schema.json"] = schema.read_bytes()
        setup = _SKJEMALINJE.sub("#:schema skjema/oppfolging.schema.json\n", setup)
    else:
        setup = _SKJEMALINJE.sub("", setup)
    return {**files, OPPSETT: setup.encode()}
