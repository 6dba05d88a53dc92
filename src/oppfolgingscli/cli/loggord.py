"""The words a log row may use in one workspace, and asking for those that were not given."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import _, navn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.les.logg_kolonner import Slag
    from oppfolgingscli.logg import Klokke
    from oppfolgingscli.modell.rutinesett import Rutine

ALLE: Final = "*"
HENDELSER: Final = ("fravaer", "hoyt_fravaer", "frafallsrisiko", "avbrudd")
"""Events every routine set may speak of, beside those its own routines follow."""


class Loggord:
    """Participants, routines, types, roles and people of a workspace, as they may stand in its log."""

    def __init__(self, arbeidsmappe: Arbeidsmappe) -> None:
        opplegg = arbeidsmappe.opplegg
        #: The last version of each routine.
        self.rutiner: dict[str, Rutine] = {v.rutine.id: v.rutine for v in opplegg.rutinesett.versjoner}
        every = [v.rutine for v in opplegg.rutinesett.versjoner]
        self.deltakere = [d.id for d in opplegg.deltakere]
        self.typer = list(dict.fromkeys(t for r in every for t in (r.type, *r.teller_ogsa)))
        self.folk = list(dict.fromkeys((*opplegg.rutinesett.roller, "deltaker", *arbeidsmappe.oppsett.personer)))
        followed = [word for r in every for word in getattr(r.frekvens, "ved", ())]
        self.hendelser = list(dict.fromkeys((*followed, *HENDELSER)))

    def check(
        self,
        *,
        deltakere: Iterable[str] = (),
        rutiner: Iterable[str] = (),
        typer: Iterable[str] = (),
        folk: Iterable[str] = (),
        hendelser: Iterable[str] = (),
    ) -> None:
        """Refuse what is not known here, with the nearest that is.

        Raises:
            Bruksfeil: an unknown word.
        """
        from oppfolgingscli.cli.arbeid import check_known

        check_known(_("deltaker"), [d for d in deltakere if d != ALLE], self.deltakere)
        check_known(_("rutine"), rutiner, self.rutiner)
        check_known(_("type"), typer, self.typer)
        check_known(_("rolle eller person"), folk, self.folk)
        check_known(_("hendelse"), hendelser, self.hendelser)

    def check_rad(self, slag: Slag, rad: Mapping[str, str]) -> None:
        """Refuse a row, or some of its cells, with words not known here. Raises as ``check``."""
        from oppfolgingscli.les.logg_ord import parts

        def given(*names: str) -> tuple[str, ...]:
            return tuple(word for name in names for word in parts(rad.get(name, "")))

        types = given("type")
        self.check(
            deltakere=given("deltaker"),
            rutiner=given("rutine"),
            typer=types if slag == "kontakter" else (),
            hendelser=types if slag == "hendelser" else (),
            folk=given("utfort_av", "deltok", "ansvarlig"),
        )

    def types_of(self, rutine: str) -> tuple[str, ...]:
        """Return the types of contact that may count for a routine, its own first."""
        found = self.rutiner[rutine]
        return (found.type, *found.teller_ogsa)

    def is_for_class(self, rutine: str, type_: str) -> bool:
        """Whether a contact can be about the class as such: its routine, or every routine of its type, is."""
        about = (
            [self.rutiner[rutine]]
            if rutine
            else [r for r in self.rutiner.values() if type_ in (r.type, *r.teller_ogsa)]
        )
        return bool(about) and all(r.niva == "klasse" for r in about)


def say_clock(klokke: Klokke) -> None:
    """Say so when the log has come further than the clock."""
    from oppfolgingscli.cli import felles
    from oppfolgingscli.sprak import dato_kort

    if klokke.sist is None:
        return
    melding = _(
        "Maskinens klokke sier {i_dag}, men den siste raden i loggen ble registrert {sist}. "
        "Se etter at klokka går riktig, og at datoen i raden stemmer."
    )
    felles.si(melding.format(i_dag=dato_kort(klokke.i_dag), sist=dato_kort(klokke.sist)))


def is_interactive() -> bool:
    """Whether there is someone to ask."""
    return sys.stdin.isatty()


def missing(flagg: str) -> click.UsageError:
    """Make the complaint about a flag that was not given and cannot be asked for."""
    return click.UsageError(_("Mangler valget {flagg}.").format(flagg=flagg))


def ask(text: str, check: Callable[[str], str], default: str | None = None) -> str:
    """Ask until ``check`` accepts the answer; it raises Bruksfeil or ValueError for one it does not."""

    def read(answer: str) -> str:
        from oppfolgingscli.personvern import has_fodselsnummer, uten_styring

        if has_fodselsnummer(answer):
            raise click.UsageError(_("Her står elleve siffer på rad. Bruk en oppdiktet id, for eksempel D01."))
        try:
            return check(answer.strip())
        except (Bruksfeil, ValueError) as error:
            raise click.UsageError(uten_styring(str(error))) from error

    answer: str = click.prompt(text, default=default, value_proc=read, err=True, show_default=bool(default))
    return answer


def ask_deltakere(ord_: Loggord) -> tuple[str, ...]:
    """Ask for participants."""

    def check(answer: str) -> str:
        ord_.check(deltakere=split(answer))
        return answer

    shown = ", ".join(ord_.deltakere[:40])
    click.echo(_("Deltakere: {alle}; * er alle.").format(alle=shown), err=True)
    return split(ask(_("Hvem (flere med komma)"), check))


def ask_rutine(ord_: Loggord) -> str:
    """Ask for a routine, by its number in a list or its id."""
    ids = list(ord_.rutiner)
    for number, rutine in enumerate(ord_.rutiner.values(), start=1):
        click.echo(f"{number:>4}  {rutine.id} – {navn(rutine.navn)}", err=True)

    def check(answer: str) -> str:
        if answer.isdecimal() and 1 <= int(answer) <= len(ids):
            return ids[int(answer) - 1]
        ord_.check(rutiner=[answer])
        return answer

    return ask(_("Rutine (nummer eller id)"), check)


def ask_hendelse(ord_: Loggord) -> str:
    """Ask for the type of an event."""
    from oppfolgingscli.modell.ord import fold

    def check(answer: str) -> str:
        word = fold(answer).lower()
        ord_.check(hendelser=[word])
        return word

    click.echo(", ".join(ord_.hendelser), err=True)
    return ask(_("Hendelse"), check)


def ask_folk(ord_: Loggord, text: str, default: str) -> tuple[str, ...]:
    """Ask for roles and people; ``-`` is nobody."""

    def check(answer: str) -> str:
        if answer == "-":
            return ""
        ord_.check(folk=split(answer))
        return answer

    return split(ask(text, check, default))


def ask_dato(text: str, default: date) -> date:
    """Ask for a date."""
    from oppfolgingscli.cli.felles import parse_dato

    def check(answer: str) -> str:
        return parse_dato(answer).isoformat()

    return date.fromisoformat(ask(text, check, default.isoformat()))


def split(*values: str) -> tuple[str, ...]:
    """Return ids given one by one or with commas between, folded, each once."""
    from oppfolgingscli.modell.ord import fold

    words = (fold(word) for value in values for word in value.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def write_dato(day: date | None) -> str:
    """Return a date as it is stored.

    Raises:
        Bruksfeil: a year that no log is about, and that would not be read back.
    """
    from oppfolgingscli.modell.verdier import Feltfeil, parse_dato

    if day is None:
        return ""
    try:
        return parse_dato(day).isoformat()
    except Feltfeil as fault:
        raise Bruksfeil(f"{fault.melding[:1].upper()}{fault.melding[1:]} {fault.rad}") from fault


def write_varighet(text: str | None) -> str:
    """Return a length as it is stored; a bare number is minutes.

    Raises:
        Bruksfeil: it is none.
    """
    from oppfolgingscli.modell.tidsverdier import parse_minutter
    from oppfolgingscli.modell.verdier import Feltfeil

    if not text:
        return ""
    bare = text.strip()
    try:
        minutes = parse_minutter(f"{bare} minutter" if bare.isdecimal() else bare)
    except Feltfeil as fault:
        raise Bruksfeil(f"--varighet: {fault.melding} {fault.rad}") from fault
    return f"{minutes} minutter"
