"""``oppfolging handbok``: the routine set as a written plan, as Markdown, a web page or a Word document."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.modell.klasse import Opplegg
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.vis.dokument.modell import Bilde, Dokument

FORMATER: Final = ("md", "html", "docx")
_SUFFIXES: Final = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".docx": "docx"}


@click.command(
    cls=Kommando,
    help=N_(
        "Lag en håndbok av rutinene: roller, årshjul, hver rutine, fravær, avtaler og kontakter. Det som er antatt eller "
        "ikke avklart, er merket, og bakerst er det spørsmål som bør avgjøres. Uten --rutiner brukes arbeidsmappen."
    ),
)
@click.option(
    "--rutiner",
    metavar="ID",
    help=N_("Et rutinesett som følger med, eller stien til en rutinefil (ellers: arbeidsmappens)."),
)
@felles.mappe_valg
@click.option(
    "--med-navn",
    is_flag=True,
    help=N_("Ta med navn og e-post fra arbeidsmappen i kontaktlisten."),
)
@felles.per_valg
@click.option(
    "--format",
    "utformat",
    type=click.Choice(FORMATER),
    help=N_("Hvordan håndboken skal skrives (ellers: etter filnavnet, eller md)."),
)
@felles.ut_valg
@felles.utseende_valg
def handbok(  # noqa: D103 - the help text is above, translated
    *,
    rutiner: str | None,
    mappe: Path | None,
    med_navn: bool,
    per: date,
    utformat: str | None,
    ut: Path | None,
) -> None:
    form = choose_format(utformat, ut)
    sett, workspace, speaking = _source(rutiner, mappe, med_navn=med_navn)
    with speaking:
        from oppfolgingscli.vis.handbok import make_handbok

        dok = make_handbok(
            sett,
            per,
            klasse=workspace.opplegg.klasse if workspace else None,
            personer=workspace.oppsett.personer if workspace else None,
            med_navn=med_navn,
            arshjul=annual_wheel(sett, workspace.opplegg if workspace and not rutiner else None, per),
        )
        data = write(dok, form)
    felles.skriv_ut(data, ut)
    if ut is not None:
        felles.si(_("Håndboken er skrevet til {fil}.").format(fil=ut))


def annual_wheel(sett: Rutinesett, opplegg: Opplegg | None, per: date) -> Bilde | None:
    """Return the picture of the annual wheel: a class's, or a set's (``opplegg`` None); None where nothing is in it."""
    from oppfolgingscli.cli.arshjul import hjul_for_klasse, hjul_for_sett
    from oppfolgingscli.vis.arshjul import draw
    from oppfolgingscli.vis.arshjul.innhold import description
    from oppfolgingscli.vis.dokument.modell import Bilde

    hjul = hjul_for_klasse(opplegg, None, per) if opplegg else hjul_for_sett(sett, None, per)
    if not hjul.poster:
        return None
    years = f"{hjul.skolear}/{(hjul.skolear + 1) % 100:02d}"
    return Bilde(
        _("Årshjul for skoleåret {ar}").format(ar=years), description(hjul), draw(hjul, retning="staende", i_side=True)
    )


def choose_format(utformat: str | None, ut: Path | None) -> str:
    """Return the format asked for: by --format, else by the file's name, else md.

    Raises:
        Bruksfeil: Word without a file, or a file whose name says another format.
    """
    from oppfolgingscli.feil import Bruksfeil

    by_name = _SUFFIXES.get(ut.suffix.lower()) if ut is not None else None
    if utformat and by_name and utformat != by_name:
        raise Bruksfeil(
            _(
                "--format {format} passer ikke med filnavnet {fil}. Ta bort --format, eller gi filen et annet navn."
            ).format(format=utformat, fil=ut)
        )
    form = utformat or by_name or "md"
    if form == "docx" and ut is None:
        raise Bruksfeil(_("et Word-dokument må skrives til en fil. Skriv for eksempel --ut handbok.docx."))
    return form


def write(dok: Dokument, form: str) -> str | bytes:
    """Write the document in one of FORMATER."""
    if form == "docx":
        from oppfolgingscli.vis.dokument.docx import to_docx

        return to_docx(dok)
    if form == "html":
        from oppfolgingscli.vis.dokument.html import to_html

        return to_html(dok)
    from oppfolgingscli.vis.dokument.md import to_markdown

    return to_markdown(dok)


def _source(
    rutiner: str | None, mappe: Path | None, *, med_navn: bool
) -> tuple[Rutinesett, Arbeidsmappe | None, AbstractContextManager[None]]:
    """Return the set, the workspace it is from (None: a set by itself), and the language to speak.

    A set by itself is written in the reader's language, a class's handbook in the class's, unless --sprak says another.

    Raises:
        Bruksfeil: there is neither a set nor a workspace, or names are asked for where there are no people.
        Inndatafeil: the set or the workspace has faults.
    """
    from oppfolgingscli.feil import Bruksfeil

    if rutiner is not None and mappe is None:
        if med_navn:
            raise Bruksfeil(_("--med-navn trenger en arbeidsmappe. Skriv --mappe MAPPE."))
        from oppfolgingscli.les.rutinesett import load_rutinesett

        return load_rutinesett(rutiner), None, nullcontext()
    from oppfolgingscli.cli.kalender import in_workspace_language
    from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe

    workspace = open_arbeidsmappe(mappe)
    sett = workspace.opplegg.rutinesett
    if rutiner is not None:
        from oppfolgingscli.les.rutinesett import load_rutinesett

        sett = load_rutinesett(rutiner)
    return sett, workspace, in_workspace_language(workspace)
