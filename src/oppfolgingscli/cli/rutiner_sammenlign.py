"""``oppfolging rutiner sammenlign``: counties and schools side by side, kind of contact by kind of contact."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.sprak import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.sammenlign.side import Sammenligning


@click.command(
    cls=Kommando,
    help=N_(
        "Sett rutinesett side om side, slag for slag: hvor mange kontakter hvert av dem planlegger per deltaker og skoleår, "
        "hvem som har ansvaret, om det er skriftlig, praksis eller planlagt, og hva ett har og et annet mangler. "
        "ID er en id fra listen eller stien til en fil. Uten ID: alle som følger med."
    ),
)
@click.argument("ider", metavar="[ID]…", nargs=-1)
@click.option(
    "--start",
    metavar="ÅR",
    type=click.IntRange(1990, 2200),
    help=N_("Regn for en klasse som begynner i august dette året (ellers: det første året alle settene gjelder)."),
)
@felles.mappe_valg
@felles.format_valg("tabell", "html", "json", "csv", "md")
@felles.ut_valg
@felles.utseende_valg
def sammenlign(  # noqa: D103 - the help text is above, translated
    ider: tuple[str, ...], start: int | None, mappe: Path | None, utformat: str, ut: Path | None
) -> None:
    from oppfolgingscli.cli.typisk import typical_for
    from oppfolgingscli.les.rutinesett import bundled_ids
    from oppfolgingscli.sammenlign.side import compare

    names = ider or tuple(bundled_ids())
    sets = [load_set(name, mappe) for name in names]
    year = start if start is not None else common_start(sets)
    made = compare([(name, typical_for(sett, year)) for name, sett in zip(names, sets, strict=True)])
    felles.skriv_ut(_written(made, utformat, ut), ut)


def _written(made: Sammenligning, utformat: str, ut: Path | None) -> str:
    if utformat in ("json", "csv"):
        from oppfolgingscli.vis import maskin_sammenlign as maskin

        with bokmal():
            if utformat == "json":
                return maskin.sammenlign_json(made)
            return ("\ufeff" if ut is not None else "") + maskin.sammenlign_csv(made)
    from oppfolgingscli.vis.sammenlign import describe

    shown = describe(made)
    if utformat == "html":
        from oppfolgingscli.vis.html.sammenlign import to_html

        return to_html(shown)
    from oppfolgingscli.vis import sammenlign_tekst as tekst

    if utformat == "md":
        return tekst.to_markdown(shown)
    width = felles.bredde() if ut is None else felles.BREDDE_UTEN_TERMINAL
    return tekst.render(shown, width, bare_svaret=felles.stille())


def load_set(name: str, mappe: Path | None) -> Rutinesett:
    """Load a set by its id or path; a path that is not here is looked for in the workspace, as the list writes them.

    Raises:
        Inndatafeil: there is no such set, or it has faults.
    """
    return load_with_folder(name, mappe)[0]


def load_with_folder(name: str, mappe: Path | None) -> tuple[Rutinesett, Path]:
    """Load a set as ``load_set`` does; also return the folder its file is in, which its base is relative to."""
    from oppfolgingscli.cli.rutiner import find_workspace
    from oppfolgingscli.les.rutinesett import find_bundled, load_rutinesett, looks_like_path

    base = None
    if looks_like_path(name) and not Path(name).exists() and (folder := find_workspace(mappe)) is not None:
        base = folder
    sett = load_rutinesett(name, base)
    path = find_bundled(name, "rutiner", base)
    return sett, path.parent if path else Path()


def common_start(sets: list[Rutinesett]) -> int:
    """Return the first year in which all the sets are in force; this year's for sets that always have been."""
    from oppfolgingscli.cli.ny import default_span
    from oppfolgingscli.cli.typisk import first_year

    years = [year for sett in sets if (year := first_year(sett)) is not None]
    return max(years) if years else default_span(felles.i_dag())[0].year


@contextmanager
def bokmal() -> Iterator[None]:
    """Speak bokmål inside: the rules in words that machine output holds are the same whoever asks."""
    from oppfolgingscli.sprak import set_sprak, sprak

    before = sprak()
    set_sprak("nb")
    try:
        yield
    finally:
        set_sprak(before)
