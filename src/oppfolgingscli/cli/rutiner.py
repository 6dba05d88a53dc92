"""``oppfolging rutiner``: list, show and check routine sets, and write the JSON Schemas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Gruppe, Kommando
from oppfolgingscli.cli.rutiner_endringer import endringer
from oppfolgingscli.cli.rutiner_sammenlign import sammenlign
from oppfolgingscli.sprak import N_, _, ngettext, sprak

if TYPE_CHECKING:
    from oppfolgingscli.les.valider import Resultat
    from oppfolgingscli.modell.rutinesett import Rutinesett


@click.group(
    cls=Gruppe,
    help=N_(
        "List, vis, valider og sammenlign rutinesett. Et rutinesett er en .toml-fil som sier hvem som skal gjøre hva, og "
        "hvor ofte."
    ),
)
def rutiner() -> None:  # noqa: D103 - the help text is above, translated
    pass


@rutiner.command(cls=Kommando, help=N_("List rutinesettene som følger med, og arbeidsmappens egne."))
@felles.mappe_valg
@felles.format_valg("tabell", "json")
@felles.ut_valg
@felles.utseende_valg
def liste(mappe: Path | None, utformat: str, ut: Path | None) -> None:  # noqa: D103 - the help text is above, translated
    from oppfolgingscli.les.rutinesett import bundled_ids, load_rutinesett
    from oppfolgingscli.vis import rutiner as vis_rutiner

    sets: list[tuple[str, Rutinesett]] = [(name, load_rutinesett(name)) for name in bundled_ids()]
    folder = find_workspace(mappe)
    if folder is not None:
        own = sorted((folder / "rutiner").glob("*.toml"))
        sets += [(f"rutiner/{path.name}", load_rutinesett(str(path))) for path in own]
    if utformat == "json":
        felles.skriv_ut(vis_rutiner.list_json(sets), ut)
        return
    _print([vis_rutiner.list_table(sets)], ut)
    felles.si(_("Se ett av dem: oppfolging rutiner vis ID"))


@rutiner.command(
    cls=Kommando,
    help=N_("Vis ett rutinesett: roller, faser og rutiner. ID er en id fra listen, eller stien til en fil."),
)
@click.argument("id_", metavar="ID")
@felles.mappe_valg
@felles.format_valg("tabell", "json")
@felles.ut_valg
@felles.utseende_valg
def vis(id_: str, mappe: Path | None, utformat: str, ut: Path | None) -> None:  # noqa: D103 - the help text is above, translated
    from oppfolgingscli.les.rutinesett import load_rutinesett, looks_like_path
    from oppfolgingscli.vis import rutiner as vis_rutiner

    base = None
    if looks_like_path(id_) and not Path(id_).exists() and (folder := find_workspace(mappe)) is not None:
        base = folder  # as the list writes them
    sett = load_rutinesett(id_, base)
    if utformat == "json":
        felles.skriv_ut(vis_rutiner.set_json(sett), ut)
        return
    parts: list[object] = ["\n".join(vis_rutiner.head_lines(sett)), "", vis_rutiner.roles_table(sett)]
    if sett.faser:
        parts += ["", vis_rutiner.phases_table(sett)]
    _print([*parts, "", vis_rutiner.routines_table(sett)], ut)


@rutiner.command(
    cls=Kommando,
    help=N_(
        "Kontroller rutinefiler, skoleruter og mapper. Alle feil vises på en gang, med fil, linje og kolonne, og hva som kan "
        "skrives i stedet. Uten FIL kontrolleres arbeidsmappen her, ellers alt som følger med programmet."
    ),
)
@click.argument("filer", metavar="[FIL]…", nargs=-1, type=click.Path(path_type=Path))
@felles.mappe_valg
@felles.format_valg("tekst", "json")
@felles.ut_valg
@felles.utseende_valg
def valider(filer: tuple[Path, ...], mappe: Path | None, utformat: str, ut: Path | None) -> int | None:  # noqa: D103 - the help text is above, translated
    from oppfolgingscli.cli.arbeid import speaking
    from oppfolgingscli.feil import Inndatafeil
    from oppfolgingscli.les.valider import validate_bundled, validate_files

    with speaking("nb" if utformat == "json" else sprak()):
        if filer:
            result = validate_files(list(filer))
        elif (folder := mappe or find_workspace(None)) is not None:
            result = validate_files([folder])
        else:
            result = validate_bundled()
    if utformat == "json":
        from oppfolgingscli.cli import kant
        from oppfolgingscli.vis.rutiner import valider_json

        felles.skriv_ut(valider_json(result.antall, Inndatafeil(result.feil).feil, result.varsler), ut)
        return kant.INNDATA if result.feil else None
    for varsel in result.varsler:
        click.echo(_("Varsel: {sted}: {melding}").format(sted=varsel.sted, melding=varsel.melding), err=True)
    if result.feil:
        error = Inndatafeil(result.feil)
        n = len(error.feil)
        _say_checked(_checked(result) + " " + ngettext("{n} feil:", "{n} feil:", n).format(n=n), ut)
        raise error
    _say_checked(_checked(result) + " " + _("Ingen feil."), ut)
    return None


rutiner.add_command(sammenlign)
rutiner.add_command(endringer)


@rutiner.command(
    cls=Kommando,
    help=N_(
        "Skriv JSON Schema for filene. Redigeringsprogrammer bruker dem til å foreslå nøkler og vise feil mens man skriver. "
        "Uten --ut skrives alle til skjermen."
    ),
)
@click.option("--ut", metavar="MAPPE", type=click.Path(path_type=Path), help=N_("Skriv filene i denne mappen."))
@felles.utseende_valg
def skjema(ut: Path | None) -> None:  # noqa: D103 - the help text is above, translated
    import json

    from oppfolgingscli.modell.skjemafil import FILSLAG, make_skjema, skjema_text

    if ut is None:
        felles.skriv_ut(
            json.dumps({slag: make_skjema(slag) for slag in FILSLAG}, ensure_ascii=False, indent=2) + "\n", None
        )
        return
    from oppfolgingscli.skriv import write_atomic

    ut.mkdir(parents=True, exist_ok=True)
    for slag in FILSLAG:
        path = ut / f"{slag}.schema.json"
        write_atomic(path, skjema_text(slag).encode())
        felles.si(path.as_posix())


def find_workspace(mappe: Path | None) -> Path | None:
    """Return the workspace's folder: the one named, or one from here upwards; None when there is none."""
    from oppfolgingscli.feil import Bruksfeil
    from oppfolgingscli.les.arbeidsmappe import find_arbeidsmappe

    try:
        return find_arbeidsmappe(mappe)
    except Bruksfeil:
        return None


def _say_checked(text: str, ut: Path | None) -> None:
    if ut is None:
        click.echo(text)
    else:
        felles.skriv_ut(text + "\n", ut)


def _checked(result: Resultat) -> str:
    """Say what was checked: «Kontrollert: 5 rutinesett, 3 skoleruter.»"""
    n = result.antall
    words = {
        "rutinesett": ngettext("{n} rutinesett", "{n} rutinesett", n.get("rutinesett", 0)),
        "skolerute": ngettext("{n} skolerute", "{n} skoleruter", n.get("skolerute", 0)),
        "arbeidsmappe": ngettext("{n} arbeidsmappe", "{n} arbeidsmapper", n.get("arbeidsmappe", 0)),
        "krav": ngettext("{n} fil med krav", "{n} filer med krav", n.get("krav", 0)),
        "ukjent": ngettext("{n} ukjent fil", "{n} ukjente filer", n.get("ukjent", 0)),
    }
    parts = [words[slag].format(n=antall) for slag, antall in n.items()]
    return _("Kontrollert: {hva}.").format(hva=", ".join(parts) or _("ingenting"))


def _print(parts: list[object], ut: Path | None) -> None:
    """Print to the screen, or the same as plain text to a file."""
    if ut is None:
        console = felles.konsoll()
        for part in parts:
            console.print(part)
        return
    from io import StringIO

    from rich.console import Console

    text = StringIO()
    console = Console(file=text, width=felles.BREDDE_UTEN_TERMINAL, no_color=True, color_system=None)
    for part in parts:
        console.print(part, markup=False, highlight=False)
    felles.skriv_ut("\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n", ut)
