"""The form for an event: absence, risk of dropping out, a break. Routines that follow from it begin to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.cli.loggord import ALLE
from oppfolgingscli.sprak import _
from oppfolgingscli.vis.typeord import hendelse_ord
from oppfolgingscli.web.foring import answer, tabs
from oppfolgingscli.web.ordvalg import Ordvalg, known_values
from oppfolgingscli.web.skjema import Felt, Leser, Skjema, Valg, capital, iso, read_dato

if TYPE_CHECKING:
    from oppfolgingscli.web.kontekst import Kontekst
    from oppfolgingscli.web.svar import Svar


def hendelse(k: Kontekst) -> Svar:
    """Show the form, or write what it holds."""
    return answer(k, "hendelser", _form, _row)


def _form(k: Kontekst, ord_: Ordvalg) -> Skjema:
    f = k.skjema if k.skjema is not None else k.sporring
    types = [Valg(t, capital(hendelse_ord(t))) for t in ord_.ord.hendelser]
    who = ",".join(f.alle("deltaker"))
    felt = [
        Felt("deltaker", _("Hvem"), verdi=(who,) if who else (), forslag=[*ord_.ord.deltakere, ALLE],
             hjelp=_("Deltakerens id. Flere med komma; * er alle.")),
        Felt("type", _("Hva hendte"), "velg", known_values((f.en("type"),), types), valg=[Valg("", _("Velg …")), *types]),
        Felt("dato", _("Når"), "dato", (f.en("dato") or (iso(k.per) if k.skjema is None else ""),)),
        Felt("oppdaget", _("Når ble det oppdaget"), "dato", (f.en("oppdaget"),), valgfri=True,
             hjelp=_("Fyll ut når det var en annen dag.")),
        Felt("notat", _("Notat"), "avsnitt", (f.en("notat"),), valgfri=True,
             hjelp=_("Blir i loggen, og vises ingen andre steder. Ingen navn, aldri fødselsnummer, ingenting om helse.")),
    ]  # fmt: skip
    return Skjema(_("Før en hendelse"), _("Før hendelsen"), felt, f.en("tilbake"), faner=tabs(k, "hendelse"))


def _row(leser: Leser, ord_: Ordvalg) -> dict[str, str]:
    f = leser.felter
    type_ = f.en("type")
    if type_ not in ord_.ord.hendelser:
        leser.feil.setdefault("type", _("Velg hva som hendte."))
    row = {
        "dato": leser.read("dato", read_dato, mangler=_("Skriv dagen det hendte.")),
        "type": type_,
        "deltaker": leser.read("deltaker", ord_.deltakere, mangler=_("Skriv hvem det gjelder.")),
        "oppdaget": leser.read("oppdaget", read_dato),
        "notat": f.en("notat"),
    }
    if row["oppdaget"] and row["dato"] and row["oppdaget"] < row["dato"]:
        leser.feil.setdefault("oppdaget", _("Den kan ikke oppdages før den hendte."))
    leser.clean("hendelser", row)
    return row
