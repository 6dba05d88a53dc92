"""The log form: a contact in ten seconds, with everything the routine knows filled in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from oppfolgingscli.cli.loggord import ALLE, write_varighet
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.hendelse import KONTAKTSTATUS
from oppfolgingscli.sprak import _
from oppfolgingscli.vis.ord import status_ord
from oppfolgingscli.vis.typeord import type_ord
from oppfolgingscli.web.foring import answer, tabs
from oppfolgingscli.web.ordvalg import FORMER, TYPE, Ordvalg, known_values
from oppfolgingscli.web.skjema import Felt, Leser, Skjema, Valg, capital, iso, read_dato
from oppfolgingscli.web.skyld import read_list

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutine
    from oppfolgingscli.web.kontekst import Felter, Kontekst
    from oppfolgingscli.web.svar import Svar

SOM_RUTINEN: Final = "rutinen"
"""Chosen as who was there: those the routine says."""


def logg(k: Kontekst) -> Svar:
    """Show the form, or write what it holds."""
    return answer(k, "kontakter", _form, _row)


def _form(k: Kontekst, ord_: Ordvalg) -> Skjema:
    """Make the form: with what was sent, else with what the address asks for and the routine knows."""
    f = k.skjema if k.skjema is not None else k.sporring
    fresh = k.skjema is None
    who = ",".join(f.alle("deltaker"))
    try:
        subjects = tuple(filter(None, ord_.deltakere(who).split(","))) if who else ()
    except Bruksfeil:
        subjects = ()
    one = subjects[0] if subjects and subjects[0] != ALLE else None
    chosen = f.en("hva") or f.en("rutine") or (f"{TYPE}{f.en('type')}" if f.en("type") else "")
    rutine = ord_.rutine(chosen)
    chosen = ord_.kode(rutine.id) if rutine else chosen
    if fresh and rutine is not None and not subjects and rutine.niva == "deltaker":
        one = None
    hva = ord_.hva(read_list(k.grunnlag, k.dager), subjects)
    people = ord_.personer(rutine, one)
    there, by = f.alle("deltok"), f.alle("utfort_av")
    som_rutinen = Valg(SOM_RUTINEN, _("De som rutinen sier skal være med"))
    if fresh:
        known = rutine is not None and (rutine.niva == "klasse" or one is not None)
        there = ord_.of_routine(rutine, one) if known and rutine else (SOM_RUTINEN,)
        by = (ord_.responsible(rutine, one),) if known and rutine else ()
    med = people if fresh and SOM_RUTINEN not in there else [som_rutinen, *people]
    felt = [
        Felt("deltaker", _("Hvem"), verdi=(who,) if who else (), forslag=[*ord_.ord.deltakere, ALLE],
             valgfri=rutine is not None and rutine.niva == "klasse",
             hjelp=_("Deltakerens id, for eksempel {id}. Flere med komma; * er alle. Tomt når det gjelder klassen.").format(
                 id=ord_.ord.deltakere[0] if ord_.ord.deltakere else "D01")),
        Felt("hva", _("Hva"), "velg", known_values((chosen,), hva), valg=[Valg("", _("Velg …")), *hva]),
        Felt("dato", _("Når"), "dato", (f.en("dato") or (iso(k.per) if fresh else ""),)),
        Felt("status", _("Hvordan gikk det"), "radio", (f.en("status") or KONTAKTSTATUS[0],),
             valg=[Valg(code, capital(status_ord(code))) for code in ("gjennomfort", "ikke_mott", "utsatt", "avlyst")]),
        Felt("deltok", _("Hvem var med"), "kryss", there, valg=med, spalte=2,
             hjelp=_("De rutinen krever, må ha vært med for at kontakten skal telle.") if rutine and rutine.krever else ""),
        Felt("utfort_av", _("Hvem sto for den"), "velg", by, spalte=2,
             valg=[Valg("", _("Den rutinen gir ansvaret")), *people]),
        Felt("form", _("Oppmøte eller telefon"), "velg", (f.en("form"),), valg=_forms(f), valgfri=True),
        Felt("notat", _("Notat"), "avsnitt", (f.en("notat"),), valgfri=True, spalte=2,
             hjelp=_("Blir i loggen, og vises ingen andre steder. Ingen navn, aldri fødselsnummer.")),
        Felt("varighet", _("Hvor lenge"), verdi=(f.en("varighet"),), valgfri=True, mer=True,
             hjelp=_("For eksempel «45 minutter»; et tall alene er minutter.")),
    ]  # fmt: skip
    if rutine is not None and rutine.teller_ogsa:
        felt.append(_type_field(rutine, f))
    return Skjema(_("Før i loggen"), _("Før i loggen"), felt, f.en("tilbake"), faner=tabs(k, "logg"))


def _type_field(rutine: Rutine, f: Felter) -> Felt:
    valg = [Valg("", type_ord(rutine.type)), *(Valg(t, type_ord(t)) for t in rutine.teller_ogsa)]
    return Felt("slag", _("Slaget kontakt"), "velg", (f.en("slag"),), valg=valg, valgfri=True, mer=True)


def _forms(f: Felter) -> list[Valg]:
    given = f.en("form")
    extra = [Valg(given, given)] if given and given not in FORMER else []
    return [Valg("", _("Ikke oppgitt")), *(Valg(code, _(words)) for code, words in FORMER.items()), *extra]


def _row(leser: Leser, ord_: Ordvalg) -> dict[str, str]:
    """Read the form into a row; what is wrong is in ``leser.feil``."""
    f = leser.felter
    chosen = f.en("hva")
    rutine = ord_.rutine(chosen)
    type_ = chosen.removeprefix(TYPE) if chosen.startswith(TYPE) else ""
    if rutine is not None:
        type_ = f.en("slag") if f.en("slag") in rutine.teller_ogsa else rutine.type
    elif type_ not in ord_.ord.typer:
        leser.feil.setdefault("hva", _("Velg hva det var."))
    for_class = bool(type_) and ord_.ord.is_for_class(rutine.id if rutine else "", type_)
    who = leser.read("deltaker", ord_.deltakere, mangler="" if for_class else _("Skriv hvem det gjelder."))
    one = who.split(",")[0] if who and ALLE not in who else None
    there, by = f.alle("deltok"), f.en("utfort_av")
    if SOM_RUTINEN in there:
        extra = [word for word in there if word != SOM_RUTINEN]
        there = tuple(dict.fromkeys((*(ord_.of_routine(rutine, one) if rutine else ()), *extra)))
    if not by and rutine is not None:
        by = ord_.responsible(rutine, one)
    leser.check("deltok", partial(ord_.ord.check, folk=there))
    leser.check("utfort_av", partial(ord_.ord.check, folk=(by,) if by else ()))
    status = f.en("status") or KONTAKTSTATUS[0]
    if status not in KONTAKTSTATUS:
        leser.feil.setdefault("status", _("Velg hvordan det gikk."))
    row = {
        "dato": leser.read("dato", read_dato, mangler=_("Skriv dagen det skjedde.")),
        "type": type_,
        "rutine": rutine.id if rutine else "",
        "deltaker": who,
        "utfort_av": by,
        "deltok": ",".join(there),
        "form": f.en("form"),
        "varighet": leser.read("varighet", write_varighet),
        "status": "" if status == KONTAKTSTATUS[0] else status,
        "notat": f.en("notat"),
    }
    leser.clean("kontakter", row)
    return row
