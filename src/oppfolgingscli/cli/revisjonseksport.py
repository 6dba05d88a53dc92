"""``revisjon --eksport``: the points behind the audit for researchers, pseudonymised, with the key kept apart."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.feil import Bruksfeil, Systemfeil
from oppfolgingscli.personvern import rens
from oppfolgingscli.sprak import N_, _, ngettext

if TYPE_CHECKING:
    from oppfolgingscli.cli.revisjonskilde import Kilde
    from oppfolgingscli.eksport.bunke import Fil
    from oppfolgingscli.eksport.nokkel import Nokkel, Tilfeldig
    from oppfolgingscli.eksport.pakke import Eksport
    from oppfolgingscli.eksport.pseudonym import Grovhet
    from oppfolgingscli.eksport.skriver import Skriver
    from oppfolgingscli.les.mapper import Kilder
    from oppfolgingscli.revisjon.utgave import Innstillinger

F = TypeVar("F", bound="Callable[..., Any] | click.Command")

#: The forms, as ``eksport.former.ENDELSER``, which is not imported for ``--help``.
FORMER: Final = ("csv", "parquet", "stata", "spss")
#: Days dates are moved at most when nothing is said: twelve weeks.
FLYTT: Final = 84
_UKE: Final = 7
_MEST: Final = 3660
#: Findings that are rows nobody could read: what they say is not in the export either.
ULESTE: Final = ("ulest_rad", "fodselsnummer", "ukjent_klasse")
_META: Final = "oppfolgingscli.eksport"


@dataclass(frozen=True, slots=True)
class Valg:
    """What was asked for. ``uker``: the most weeks dates are moved, 0 for not at all."""

    mappe: Path
    former: tuple[str, ...]
    nokkel: Path | None
    uker: int


class Dager(click.ParamType[int]):
    """How far dates may be moved: whole days, at least a week. A folder may have been meant for ``MAPPE``."""

    name = "DAGER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's signature
        """Return the days, or fail with a message that says what was taken for them."""
        text = str(value)
        if not (text.isdecimal() and _UKE <= int(text) <= _MEST):
            melding = _(
                "«{verdi}» er ikke et antall dager fra {minst} til {mest}. Skriv --flytt-datoer etter mappene, eller med et tall."
            )
            self.fail(melding.format(verdi=rens(text), minst=_UKE, mest=_MEST), param, ctx)
        return int(text)


def eksport_valg(f: F) -> F:
    """Add --eksport and its companions; none is passed to the callback: ``check`` and ``export`` look them up."""
    for option in (
        click.option(
            "--flytt-datoer",
            metavar="[DAGER]",
            is_flag=False,
            flag_value=FLYTT,
            type=Dager(),
            expose_value=False,
            callback=_remember,
            help=N_(
                "Flytt datoene i eksporten et tilfeldig antall hele uker for hver deltaker, høyst så langt (ellers 84 dager). Skriv det etter mappene."
            ),
        ),
        click.option(
            "--nokkel",
            metavar="FIL",
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=_remember,
            help=N_(
                "Skriv hvem id-ene i eksporten er, til denne filen, utenfor UTMAPPE. Finnes den, får de samme deltakerne de samme id-ene."
            ),
        ),
        click.option(
            "--eksport-format",
            type=click.Choice(FORMER),
            multiple=True,
            default=("csv",),
            show_default=True,
            expose_value=False,
            callback=_remember,
            help=N_("Hvordan eksporten skal skrives. Kan gjentas."),
        ),
        click.option(
            "--eksport",
            metavar="UTMAPPE",
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=_remember,
            help=N_(
                "Skriv også punktene, kontaktene og deltakerne bak tallene til denne mappen, pseudonymisert, til forskning."
            ),
        ),
    ):
        f = option(f)
    return f


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:  # noqa: ANN401 - click's signature
    ctx.meta[f"{_META}.{param.name}"] = value
    if ctx.get_parameter_source(param.name or "") is click.core.ParameterSource.COMMANDLINE:
        ctx.meta[f"{_META}.skrevet"] = (*ctx.meta.get(f"{_META}.skrevet", ()), param.opts[0])


def check(kilder: Sequence[Path]) -> Valg | None:
    """Return what was asked for, before anything is read or written; None when no export was.

    ``kilder``: what is to be read.

    Raises:
        Bruksfeil: it cannot be done; a library is not installed.
    """
    meta = click.get_current_context().meta
    mappe = meta[f"{_META}.eksport"]
    written = meta.get(f"{_META}.skrevet", ())
    if mappe is None:
        if written:
            raise Bruksfeil(_("{valg} hører til --eksport UTMAPPE.").format(valg=written[0]))
        return None
    forms = tuple(form for form in FORMER if form in meta[f"{_META}.eksport_format"])
    days = meta[f"{_META}.flytt_datoer"]
    valg = Valg(mappe, forms, meta[f"{_META}.nokkel"], days // _UKE if days else 0)
    _check_folder(mappe, kilder)
    if valg.nokkel is not None:
        _check_key(valg.nokkel, mappe)
    _check_libraries(forms)
    return valg


def _check_folder(mappe: Path, kilder: Sequence[Path]) -> None:
    from oppfolgingscli.les.fil import vis_sti

    shown = vis_sti(mappe)
    if mappe.exists() and (not mappe.is_dir() or next(mappe.iterdir(), None) is not None):
        raise Bruksfeil(_("{mappe} er ikke tom. Velg en ny mappe til eksporten.").format(mappe=shown))
    for kilde in kilder:
        if _is_in(mappe, kilde):
            melding = _("{mappe} er i {kilde}, som leses. Legg eksporten et annet sted, ellers leses den neste gang.")
            raise Bruksfeil(melding.format(mappe=shown, kilde=vis_sti(kilde)))


def _check_key(nokkel: Path, mappe: Path) -> None:
    from oppfolgingscli.les.fil import vis_sti

    if _is_in(nokkel, mappe):
        melding = _("Nøkkelen kan ikke ligge i {mappe}: den som får eksporten, skal ikke få den. Velg et annet sted.")
        raise Bruksfeil(melding.format(mappe=vis_sti(mappe)))
    if nokkel.is_dir() or not nokkel.parent.is_dir():
        raise Bruksfeil(_("{fil} kan ikke være en fil. Skriv et filnavn i en mappe som finnes.").format(fil=vis_sti(nokkel)))  # fmt: skip


def _is_in(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or in it, whatever links lead there."""
    inner, outer = (os.path.normcase(os.path.realpath(p)) for p in (path, folder))
    return inner == outer or inner.startswith(outer.rstrip(os.sep) + os.sep)


def _check_libraries(former: Iterable[str]) -> None:
    from oppfolgingscli.cli.tillegg import krev
    from oppfolgingscli.eksport.former import KREVER

    krev("eksport", *dict.fromkeys(name for form in former for name in KREVER.get(form, ())))


def new_rng() -> Tilfeldig:
    """Return the machine's own chance, which nobody can repeat; tests put another in its place."""
    from secrets import SystemRandom

    return SystemRandom()


def export(valg: Valg, funnet: Kilder, kilde: Kilde, innstillinger: Innstillinger) -> None:
    """Write the export: all of it, or nothing.

    Raises:
        Inndatafeil: the key is none, or a workspace cannot be read any more.
        Systemfeil: something could not be written.
    """
    from oppfolgingscli import skriv
    from oppfolgingscli.cli.revisjonseksportkilde import classes
    from oppfolgingscli.eksport.nokkel import Navngiver, Nokkel, to_json
    from oppfolgingscli.eksport.skriver import Skriver

    before = _read_key(valg.nokkel)
    key = before[1] if before else Nokkel()
    _tell_of_shift(valg, key)
    with skriv.whole_folder(valg.mappe) as folder:
        writer = Skriver(folder, Navngiver(key, new_rng()), coarseness(kilde, innstillinger.terskel, valg.uker))
        for made in classes(funnet, kilde, innstillinger):
            writer.add(made)
        files = writer.write(valg.former, lambda things: felles.framdrift(things, _("Skriver eksporten"), 1))
        done = _described(valg, innstillinger, kilde, writer, files)
        _write_texts(folder, done)
        if valg.nokkel is not None:
            _write_key(valg.nokkel, to_json(key).encode(), before[0] if before else None)
    _tell(valg, done, writer.n_klasser)


def _described(
    valg: Valg, i: Innstillinger, kilde: Kilde, writer: Skriver, files: Mapping[tuple[str, str], Fil]
) -> Eksport:
    from oppfolgingscli.eksport.pakke import Eksport

    unread = sum(kilde.samlet.kvalitet.rader[kode] for kode in ULESTE)
    return Eksport(
        i.per, i.kjent, i.lag, i.terskel, valg.former, valg.uker, valg.nokkel is not None, files, writer.utelatt + unread,
        len(kilde.uleste),
    )  # fmt: skip


def coarseness(kilde: Kilde, terskel: int, uker: int) -> Grovhet:
    """Return which groups and counties have participants enough, by the audit's own counts, to be named."""
    from oppfolgingscli.eksport.pseudonym import Grovhet
    from oppfolgingscli.vis.eksportord import is_telling

    known: dict[str, set[str]] = {"gruppe": set(), "fylke": set()}
    for key, celle in kilde.samlet.celler.items():
        if len(key.visning) == 1 and key.visning[0] in known and celle.n_deltakere >= terskel:
            known[key.visning[0]].add(key.verdier[0])
    groups = frozenset(g for g in known["gruppe"] if not is_telling(g))
    return Grovhet(groups, frozenset(known["fylke"]), uker)


def _write_texts(folder: Path, e: Eksport) -> None:
    from oppfolgingscli.eksport.pakke import codebook_csv, to_json
    from oppfolgingscli.vis.eksport import kodebok, lesmeg

    texts = {
        "datapackage.json": to_json(e), "kodebok.csv": "\ufeff" + codebook_csv(e), "kodebok.html": kodebok(e),
        "LESMEG.md": lesmeg(e),
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())


def _read_key(path: Path | None) -> tuple[bytes, Nokkel] | None:
    """Return the key there is, as bytes and read; None when there is none."""
    from oppfolgingscli.eksport.nokkel import from_json
    from oppfolgingscli.feil import Feil, Inndatafeil
    from oppfolgingscli.les.fil import MAX_LOGG_BYTES, fil_feil, read_bytes

    if path is None or not path.exists():
        return None
    faults: list[Feil] = []
    raw = read_bytes(path, faults, MAX_LOGG_BYTES)
    if raw is None:
        raise Inndatafeil(faults)
    try:
        return raw, from_json(raw.decode("utf-8-sig"))
    except ValueError as error:
        melding = _("filen er ikke en nøkkel som «oppfolging revisjon --eksport» har skrevet.")
        rad = _("Skriv navnet på en ny fil, eller på nøkkelen fra sist.")
        raise Inndatafeil([fil_feil(path, "ukjent_filtype", melding, rad)]) from error


def _write_key(path: Path, data: bytes, before: bytes | None) -> None:
    from oppfolgingscli import skriv

    def unchanged() -> None:
        now = path.read_bytes() if path.exists() else None
        if now != before:
            raise Systemfeil(_("{fil}: noen andre skrev i nøkkelen imens. Prøv igjen.").format(fil=path))

    skriv.write_atomic(path, data, unchanged, privat=True)


def _tell_of_shift(valg: Valg, key: Nokkel) -> None:
    if key.uker and not valg.uker:
        felles.si(
            _(
                "Nøkkelen har flyttede datoer fra før, og denne eksporten har ekte: den som får begge, ser hvor langt de er flyttet."
            )
        )


def _tell(valg: Valg, e: Eksport, klasser: int) -> None:
    from oppfolgingscli.eksport.tabeller import DELTAKERE
    from oppfolgingscli.eksport.tabeller_logg import PUNKTER
    from oppfolgingscli.les.fil import vis_sti

    felles.si(
        ngettext(
            "Eksport av {n} klasse, {deltakere} deltakere og {punkter} punkter i {mappe}. Les {fil} der først.",
            "Eksport av {n} klasser, {deltakere} deltakere og {punkter} punkter i {mappe}. Les {fil} der først.", klasser,
        ).format(n=klasser, deltakere=e.rader(DELTAKERE), punkter=e.rader(PUNKTER), mappe=vis_sti(valg.mappe), fil="LESMEG.md")
    )  # fmt: skip
    if valg.nokkel is None:
        felles.si(
            _("Ingen nøkkel er tatt vare på: ingen kan finne ut hvem id-ene er. Med --nokkel FIL blir den skrevet.")
        )
    else:
        felles.si(_("Nøkkelen er {fil}. Den sier hvem id-ene er: hold den for deg selv, et annet sted enn eksporten.").format(fil=vis_sti(valg.nokkel)))  # fmt: skip
    felles.si(_("Pseudonymisert er ikke anonymt: eksporten er fortsatt personopplysninger."))
