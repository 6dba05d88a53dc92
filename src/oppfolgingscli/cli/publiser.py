"""The options of `kalender` that publish: to a calendar server, or as files to subscribe to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.planlegg import Mote
    from oppfolgingscli.vis.kalenderfiler import Utvalg

F = TypeVar("F", bound="Callable[..., Any] | click.Command")

BRUKER: Final = "OPPFOLGING_CALDAV_BRUKER"
PASSORD: Final = "OPPFOLGING_CALDAV_PASSORD"


@dataclass(slots=True)
class Publisering:
    """What was asked for; nothing at all means files as usual."""

    caldav: str | None = None
    caldav_bruker: str | None = None
    caldav_fjern: bool = False
    abonnement: Path | None = None
    abonnement_adresse: str | None = None
    ny_adresse: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.caldav is not None or self.abonnement is not None


@dataclass(frozen=True, slots=True)
class Oppdrag:
    """What both ways of publishing need. ``ord_`` are the choices as they were written: ``rolle:kontaktlaerer``."""

    asked: Publisering
    arbeidsmappe: Arbeidsmappe
    moter: Sequence[Mote]
    valgt: Sequence[Utvalg]
    ord_: tuple[str, ...]
    per: date
    span: tuple[date | None, date | None]
    avlys: bool
    varsler: Sequence[Varsel]
    utformat: str


def publiser_valg(f: F) -> F:
    """Add the options: the callback takes them as ``**publiser`` and hands them to `publisering()`."""
    for option in reversed((
        click.option("--caldav", metavar="URL", help=N_("Legg kalenderen inn på en kalendertjener (CalDAV), på denne adressen.")),
        click.option(
            "--caldav-bruker",
            metavar="NAVN",
            envvar=BRUKER,
            help=N_(
                "Brukernavnet der (ellers: OPPFOLGING_CALDAV_BRUKER). Passordet tas fra OPPFOLGING_CALDAV_PASSORD "
                "eller nøkkelringen, eller du blir spurt.",
            ),
        ),
        click.option("--caldav-fjern", is_flag=True, help=N_("Ta bort alt vi har lagt i kalenderen på tjeneren.")),
        click.option(
            "--abonnement",
            metavar="MAPPE",
            type=click.Path(path_type=Path),
            help=N_("Skriv filer å abonnere på i denne mappa, til å legge på en nettside."),
        ),
        click.option(
            "--abonnement-adresse",
            metavar="URL",
            help=N_("Adressen mappa får på nettet. Huskes til neste gang."),
        ),
        click.option(
            "--ny-adresse",
            metavar="ID",
            multiple=True,
            help=N_("Bytt adressen til denne rollen, personen eller deltakeren (ID eller «alle», kan gjentas)."),
        ),
    )):  # fmt: skip
        f = option(f)
    return f


def publisering(ut: Path | None, **valg: Any) -> Publisering:  # noqa: ANN401 - click's values
    """Return what was asked for.

    Raises:
        Bruksfeil: options that do not go together.
    """
    asked = Publisering(**valg)
    both = [
        name
        for name, given in (("--caldav", asked.caldav), ("--abonnement", asked.abonnement), ("--ut", ut))
        if given is not None
    ]
    if asked and len(both) > 1:
        raise Bruksfeil(_("Velg én av {valg}.").format(valg=", ".join(both)))
    if asked.caldav is None and asked.caldav_fjern:
        raise Bruksfeil(_("{valg} trenger {annet}.").format(valg="--caldav-fjern", annet="--caldav"))
    for name, given in (("--abonnement-adresse", asked.abonnement_adresse), ("--ny-adresse", asked.ny_adresse)):
        if given and asked.abonnement is None:
            raise Bruksfeil(_("{valg} trenger {annet}.").format(valg=name, annet="--abonnement"))
    return asked


def valg_ord(roller: Sequence[str], personer: Sequence[str], deltakere: Sequence[str]) -> tuple[str, ...]:
    """Return the choices as words that stay the same, whatever their order: ``rolle:kontaktlaerer``."""
    given = (("rolle", roller), ("person", personer), ("deltaker", deltakere))
    return tuple(sorted({f"{kind}:{i}" for kind, ids in given for i in ids}))


def run(oppdrag: Oppdrag) -> None:
    """Publish, and say what was done."""
    from oppfolgingscli.cli import kalender_abonnement, kalender_caldav

    way = kalender_abonnement if oppdrag.asked.caldav is None else kalender_caldav
    way.publish(oppdrag)
