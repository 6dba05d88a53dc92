"""The forms for agreements: a new one, and that one is done."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from oppfolgingscli.cli import felles
from oppfolgingscli.logg import Klokke, find_rad
from oppfolgingscli.logg import rett as correct
from oppfolgingscli.personvern import rens
from oppfolgingscli.sprak import _
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.web.foring import answer, tabs
from oppfolgingscli.web.kvittering import write_and_tell
from oppfolgingscli.web.ordvalg import Ordvalg, known_values
from oppfolgingscli.web.skjema import Felt, Leser, Skjema, Valg, already, iso, read_dato, send, show

if TYPE_CHECKING:
    from oppfolgingscli.logg.rett import Funnet
    from oppfolgingscli.web.kontekst import Kontekst
    from oppfolgingscli.web.svar import Svar


def avtale(k: Kontekst) -> Svar:
    """Show the form for a new agreement, or write what it holds."""
    return answer(k, "avtaler", _form, _row)


def _form(k: Kontekst, ord_: Ordvalg) -> Skjema:
    f = k.skjema if k.skjema is not None else k.sporring
    people = ord_.personer(None, None)
    felt = [
        Felt("deltaker", _("Hvem gjelder den"), verdi=(f.en("deltaker"),) if f.en("deltaker") else (),
             forslag=ord_.ord.deltakere, hjelp=_("Deltakerens id.")),
        Felt("tiltak", _("Hva er avtalt"), verdi=(f.en("tiltak"),) if f.en("tiltak") else ()),
        Felt("ansvarlig", _("Hvem skal gjøre det"), "velg", known_values((f.en("ansvarlig"),), people), valgfri=True,
             valg=[Valg("", _("Ingen er valgt")), *people]),
        Felt("frist", _("Frist"), "dato", (f.en("frist"),), valgfri=True),
        Felt("dato", _("Når ble det avtalt"), "dato", (f.en("dato") or (iso(k.per) if k.skjema is None else ""),)),
        Felt("grunnlag", _("Hva bygger den på"), verdi=(f.en("grunnlag"),), valgfri=True, mer=True,
             hjelp=_("For eksempel et avklaringsmøte.")),
        Felt("notat", _("Notat"), "avsnitt", (f.en("notat"),), valgfri=True, mer=True,
             hjelp=_("Blir i loggen, og vises ingen andre steder. Ingen navn, aldri fødselsnummer.")),
    ]  # fmt: skip
    return Skjema(_("Før en avtale"), _("Før avtalen"), felt, f.en("tilbake"), faner=tabs(k, "avtale"))


def _row(leser: Leser, ord_: Ordvalg) -> dict[str, str]:
    f = leser.felter
    by = f.en("ansvarlig")
    leser.check("ansvarlig", partial(ord_.ord.check, folk=(by,) if by else ()))
    row = {
        "dato": leser.read("dato", read_dato, mangler=_("Skriv dagen det ble avtalt.")),
        "deltaker": leser.read(
            "deltaker", lambda text: ord_.deltakere(text, en=True), mangler=_("Skriv hvem den gjelder.")
        ),
        "tiltak": leser.read("tiltak", str, mangler=_("Skriv hva som er avtalt.")),
        "ansvarlig": by,
        "frist": leser.read("frist", read_dato),
        "grunnlag": f.en("grunnlag"),
        "notat": f.en("notat"),
    }
    if row["frist"] and row["dato"] and row["frist"] < row["dato"]:
        melding = _("Fristen ({frist}) er før dagen det ble avtalt ({dato}).")
        frist, dato = (dag_ord(date.fromisoformat(row[name])) for name in ("frist", "dato"))
        leser.feil.setdefault("frist", melding.format(frist=frist, dato=dato))
    leser.clean("avtaler", row)
    return row


def utfort(k: Kontekst) -> Svar:
    """Ask which day an agreement was done, or write it."""
    if k.skjema is not None and (done := already(k)):
        return done
    found = find_rad(k.mappe, k.sti["id"], "avtaler")
    f = k.skjema if k.skjema is not None else k.sporring
    dato = Felt("dato", _("Når ble den gjort"), "dato", (f.en("dato") or (iso(k.per) if k.skjema is None else ""),))
    about = [rens(found.rad[name]) for name in ("deltaker", "tiltak")]
    skjema = Skjema(
        _("Avtalen er utført"), _("Før som utført"), [dato], f.en("tilbake"), ingress=[": ".join(filter(None, about))]
    )
    if k.skjema is None:
        return show(skjema, k)
    leser = Leser(k.skjema)
    day = leser.read("dato", read_dato, mangler=_("Skriv dagen den ble gjort."))
    if day and day < found.rad["dato"]:
        leser.feil.setdefault("dato", _("Dagen er før avtalen ble gjort."))
    return send(k, skjema, leser, lambda: write_and_tell(k, "avtaler", lambda: _done(k, found, day)))


def _done(k: Kontekst, found: Funnet, day: str) -> dict[str, str]:
    return correct(k.mappe, found, lambda _old: {"utfort": day}, Klokke(felles.i_dag()))
