"""`oppfolging ny`: a new workspace, commented and valid, that never overwrites anything."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.modell.rutinesett import Rutinesett

OPPSETT: Final = "oppfolging.toml"
SKJEMA: Final = "skjema/oppfolging.schema.json"
"""The schema's place from the file that names it; the others lie beside it, for routine files of one's own."""
INGEN: Final = "ingen"
_SKOLEAR: Final = 4
"""School years from start to planned end: the measure lasts up to four years."""


@click.command(
    cls=Kommando,
    help=N_(
        "Lag en ny arbeidsmappe for en klasse, med forklaringer, klar til å fylle ut. "
        "Den er gyldig som den er. Det som finnes fra før, blir aldri overskrevet.",
    ),
)
@click.argument("mappe", type=click.Path(path_type=Path))
@click.option("--rutiner", required=True, metavar="ID", help=N_("Rutinesettet; se «oppfolging rutiner liste»."))
@click.option(
    "--skolerute",
    metavar="ID",
    help=N_("Skoleruta, eller «ingen» (ellers: den som hører til fylket i rutinesettet)."),
)
@click.option("--klasse", metavar="ID", help=N_("Klassens id (ellers: mappens navn)."))
@felles.per_valg
@felles.utseende_valg
def ny(mappe: Path, rutiner: str, skolerute: str | None, klasse: str | None, per: date) -> None:
    """Make the workspace, and tell what to do next."""
    from oppfolgingscli.cli.arbeid import check_known
    from oppfolgingscli.les.rutinesett import bundled_ids, load_rutinesett
    from oppfolgingscli.ressurser import datamappe
    from oppfolgingscli.vis.mal import DELTAKERE, PERIODER, NyKlasse, render_oppsett

    check_known(_("rutinesett"), [rutiner], bundled_ids())
    calendars = sorted(path.stem for path in datamappe("skoleruter").glob("*.toml"))
    if skolerute is not None:
        check_known(_("skolerute"), [skolerute], [*calendars, INGEN])
    class_id = _class_id(mappe, klasse)
    rutinesett = load_rutinesett(rutiner)
    chosen = skolerute or guess_skolerute(rutinesett, calendars)
    schemas = sorted(datamappe("skjema").glob("*.schema.json"))
    start, slutt = default_span(per)
    setup = render_oppsett(
        NyKlasse(class_id, rutinesett, chosen, start, slutt, SKJEMA if schemas else None),
    )
    files = {"deltakere.csv": DELTAKERE.encode(), "perioder.csv": PERIODER.encode()}
    files |= {f"skjema/{schema.name}": schema.read_bytes() for schema in schemas}
    # The file that makes a folder a workspace comes last: an interrupted run leaves none.
    write_new(mappe, {**files, OPPSETT: setup.encode()})
    _tell(mappe, chosen, given=skolerute is not None)


def default_span(per: date) -> tuple[date, date]:
    """Return a first and a last day to begin with: the usual school year's, four years apart.

    From February on one plans for the school year to come; before that for the one that is on.
    """
    first_year = per.year if per.month >= 2 else per.year - 1
    return (
        date.fromisocalendar(first_year, 34, 1),
        date.fromisocalendar(first_year + _SKOLEAR, 25, 1) + timedelta(days=4),
    )


def guess_skolerute(rutinesett: Rutinesett, calendars: Sequence[str]) -> str:
    """Return the bundled school calendar of the routine set's county, "ingen" when it is not plain which."""
    from oppfolgingscli.modell.ord import fold

    county = fold(rutinesett.hode.fylke or "").lower()
    fitting = [name for name in calendars if county and (name == county or name.startswith(f"{county}-"))]
    return fitting[0] if len(fitting) == 1 else INGEN


def _class_id(mappe: Path, klasse: str | None) -> str:
    from oppfolgingscli.modell.verdier import Feltfeil, parse_id, parse_ref
    from oppfolgingscli.personvern import has_fodselsnummer

    written = klasse if klasse is not None else mappe.absolute().name.replace(" ", "-")
    if has_fodselsnummer(written):
        raise Bruksfeil(_("Elleve siffer på rad kan være et fødselsnummer. Velg en annen id med --klasse."))
    try:
        return parse_id(written) if klasse is not None else parse_ref(written).lower()
    except Feltfeil as fault:
        hint = fault.rad or ""
        if klasse is None:
            hint = _("Mappens navn kan ikke være klassens id; velg en med --klasse, for eksempel --klasse bua-2026.")
        raise Bruksfeil(f"{fault.melding} {hint}".strip()) from None


def write_new(mappe: Path, files: dict[str, bytes]) -> None:
    """Write files, by their path in the folder; nothing that exists is touched.

    Raises:
        Bruksfeil: one of them is there already; nothing was written.
        Systemfeil: the disk said no; what this call had written is taken away again.
    """
    from oppfolgingscli import skriv

    if (mappe / OPPSETT).exists():
        raise Bruksfeil(
            _("{mappe} er allerede en arbeidsmappe. Velg en annen mappe; denne er ikke rørt.").format(mappe=mappe)
        )
    if there := [name for name in files if (mappe / name).exists()]:
        raise Bruksfeil(
            _("{mappe} har fra før: {filer}. Velg en annen mappe; denne er ikke rørt.").format(
                mappe=mappe, filer=", ".join(there)
            ),
        )
    written: list[Path] = []
    try:
        for name, data in files.items():
            skriv.make_folder((mappe / name).parent)
            skriv.write_atomic(mappe / name, data)
            written.append(mappe / name)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _tell(mappe: Path, skolerute: str, *, given: bool) -> None:
    click.echo(_("Arbeidsmappen er laget: {mappe}").format(mappe=mappe))
    if skolerute == INGEN and not given:
        felles.si(
            _(
                "Fant ingen skolerute for fylket, så ferier er ikke regnet med. "
                "Sett skolerute i oppfolging.toml når du har en.",
            )
        )
    shown = f'"{mappe}"' if " " in str(mappe) else str(mappe)
    felles.si(
        "\n".join(
            (
                _("Neste steg:"),
                _("  1. Sett datoer og personer i oppfolging.toml, og deltakerne i deltakere.csv."),
                _("  2. oppfolging utvid --mappe {mappe}      alt som skal skje, med frister").format(mappe=shown),
                _("  3. oppfolging kalender --mappe {mappe}   kalenderfiler for hver rolle").format(mappe=shown),
            )
        )
    )
