"""`oppfolging ny`: a new workspace, commented and valid, that never overwrites anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kommando import Kommando
from oppfolgingscli.cli.loggsvar import svar_valg
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.skriv import is_reserved
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from oppfolgingscli.cli.deltakerimport import Utfall
    from oppfolgingscli.les.deltakerliste import Liste
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
@click.option(
    "--deltakere",
    metavar="FIL",
    type=click.Path(path_type=Path),
    help=N_("En klasseliste (.xlsx eller .csv) å hente deltakerne fra; se «oppfolging deltakere importer --help»."),
)
@click.option(
    "--nokkel",
    metavar="FIL.csv",
    type=click.Path(path_type=Path),
    help=N_("Skriv hvem i klasselisten som har hvilken id her, utenfor arbeidsmappen."),
)
@felles.per_valg
@svar_valg
@felles.utseende_valg
def ny(
    mappe: Path,
    rutiner: str,
    skolerute: str | None,
    klasse: str | None,
    deltakere: Path | None,
    nokkel: Path | None,
    per: date,
    utformat: str,
) -> None:
    """Make the workspace, and tell what to do next."""
    from oppfolgingscli.cli.arbeid import check_known
    from oppfolgingscli.les.rutinesett import bundled_ids, load_rutinesett
    from oppfolgingscli.ressurser import datamappe
    from oppfolgingscli.vis.mal import DELTAKERE, PERIODER, NyKlasse, render_oppsett

    check_known(_("rutinesett"), [rutiner], bundled_ids())
    calendars = sorted(path.stem for path in datamappe("skoleruter").glob("*.toml"))
    if skolerute is not None:
        check_known(_("skolerute"), [skolerute], [*calendars, INGEN])
    if is_reserved(name := mappe.absolute().name) or name.endswith((".", " ")):
        raise Bruksfeil(_("Windows kan ikke ha en mappe som heter «{navn}». Velg et annet navn.").format(navn=name))
    class_id = _class_id(mappe, klasse)
    rutinesett = load_rutinesett(rutiner)
    chosen = skolerute or guess_skolerute(rutinesett, calendars)
    schemas = sorted(datamappe("skjema").glob("*.schema.json"))
    people = _Folk.read(deltakere, nokkel, mappe, rutinesett)
    start, slutt = default_span(per) if people is None else people.span(per)
    setup = render_oppsett(
        NyKlasse(class_id, rutinesett, chosen, start, slutt, SKJEMA if schemas else None),
    )
    table = DELTAKERE if people is None else people.table()
    files = {"deltakere.csv": table.encode(), "perioder.csv": PERIODER.encode()}
    files |= {f"skjema/{schema.name}": schema.read_bytes() for schema in schemas}
    # The file that makes a folder a workspace comes last: an interrupted run leaves none.
    check_free(mappe, files)
    if people is not None:
        people.write_key()
    write_new(mappe, {**files, OPPSETT: setup.encode()})
    if utformat == "json":
        from oppfolgingscli.vis import maskin

        answer: dict[str, object] = {
            "mappe": str(mappe),
            "klasse": class_id,
            "rutinesett": rutiner,
            "skolerute": chosen,
        }
        rows = people.utfall.nye if people else []
        answer |= {"start": start.isoformat(), "slutt": slutt.isoformat(), "filer": sorted([*files, OPPSETT])}
        answer["deltakere"] = [{"id": id_, "rad": row.linje} for id_, row in rows]
        felles.skriv_ut(maskin.dump(answer) + "\n", None)
        return
    _tell(mappe, chosen, given=skolerute is not None)
    if people is not None:
        people.tell(mappe)


@dataclass(frozen=True, slots=True)
class _Folk:
    """The participants of a class list, on their way into a new workspace."""

    fil: Path
    nokkel: Path | None
    liste: Liste
    kjent: list[tuple[str, str]]
    utfall: Utfall

    @classmethod
    def read(cls, fil: Path | None, nokkel: Path | None, mappe: Path, rutinesett: Rutinesett) -> _Folk | None:
        """Read the list and give everybody an id; None without a list."""
        if fil is None:
            if nokkel is not None:
                raise Bruksfeil(_("--nokkel hører sammen med --deltakere."))
            return None
        from oppfolgingscli.cli.deltakere import check_identity
        from oppfolgingscli.cli.deltakerimport import match_rows
        from oppfolgingscli.cli.deltakernokkel import check_place, read_nokkel
        from oppfolgingscli.les.deltakerliste import read_liste
        from oppfolgingscli.vis.mal import groups

        if nokkel is not None:
            check_place(nokkel, mappe)
        liste = read_liste(fil, grupper=groups(rutinesett)[0])
        check_identity(liste, (), nokkel, nye=True)
        known = read_nokkel(nokkel) if nokkel is not None else []
        return cls(fil, nokkel, liste, known, match_rows(liste, finnes=(), nokkel=known, prefiks="D", stokk=True))

    def span(self, per: date) -> tuple[date, date]:
        """Return the class's first and last day: the list's first start and its last day, where it says them."""
        starts = [row.start for row in self.liste.rader if row.start]
        ends = [date.fromisoformat(row.verdier["slutt"]) for row in self.liste.rader if row.verdier.get("slutt")]
        first, last = default_span(min(starts, default=per))
        return min(starts, default=min([first, *ends])), max([last, *starts, *ends])

    def table(self) -> str:
        """Return deltakere.csv."""
        from oppfolgingscli.cli.deltakerimport import new_table, rows_of

        return new_table(rows_of(self.utfall))

    def write_key(self) -> None:
        """Write the key, if one is asked for; first, so that nobody has an id that nobody knows."""
        from oppfolgingscli.cli.deltakere import write_key

        if self.nokkel is not None:
            write_key(self.nokkel, self.kjent, self.utfall)

    def tell(self, mappe: Path) -> None:
        """Say what was made of the list."""
        from oppfolgingscli.cli.deltakere import render, tell

        if self.nokkel is None:
            click.echo(render("tabell", self.liste, self.utfall, None), nl=False)
        tell(self.liste, self.utfall, self.nokkel, table="deltakere.csv", prov=False, fil=self.fil, mappe=mappe)


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

    check_free(mappe, files)
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


def check_free(mappe: Path, files: Collection[str]) -> None:
    """Refuse a folder that is a workspace, or has one of the files.

    Raises:
        Bruksfeil: something would be overwritten.
    """
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


def _tell(mappe: Path, skolerute: str, *, given: bool) -> None:
    from oppfolgingscli.personvern import uten_styring

    named = uten_styring(str(mappe))
    click.echo(_("Arbeidsmappen er laget: {mappe}").format(mappe=named))
    if skolerute == INGEN and not given:
        felles.si(
            _(
                "Fant ingen skolerute for fylket, så ferier er ikke regnet med. "
                "Sett skolerute i oppfolging.toml når du har en.",
            )
        )
    shown = f'"{named}"' if " " in named else named
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
