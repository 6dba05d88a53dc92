"""What the log files look like: their columns, the other names these may have, and the words in them.

Also the two things that are done to every cell and undone again: the apostrophe that keeps a spreadsheet from
running text as a formula, and the ids that say that a row corrects another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from oppfolgingscli.sprak import N_

if TYPE_CHECKING:
    from oppfolgingscli.les.tabell import Kolonner

Slag = Literal["kontakter", "hendelser", "avtaler"]

_DATO: Final = ("date", "dag", "day")
_DELTAKER: Final = ("deltakar", "deltaker_id", "deltakar_id", "participant", "participant_id")
_DELTAKERE: Final = (*_DELTAKER, "deltakere", "deltakarar", "participants")
_NOTAT: Final = ("merknad", "kommentar", "note", "notes", "comment")
_REGISTRERT: Final = ("registrert_dato", "registered", "registered_on", "recorded")

KOLONNER: Final[dict[Slag, Kolonner]] = {
    "kontakter": {
        "id": ("kontakt_id", "contact_id", "nr"),
        "dato": _DATO,
        "type": ("kontakttype", "slag", "kind", "contact_type"),
        "rutine": ("routine",),
        "deltaker": _DELTAKERE,
        "utfort_av": ("gjort_av", "done_by", "performed_by", "carried_out_by"),
        "deltok": ("til_stede", "til_stades", "attended", "attendees", "present"),
        "form": ("mate", "mode"),
        "varighet": ("varigheit", "lengde", "lengd", "duration"),
        "status": ("resultat", "outcome"),
        "notat": _NOTAT,
        "registrert": _REGISTRERT,
    },
    "hendelser": {
        "id": ("hendelse_id", "hending_id", "event_id", "nr"),
        "dato": _DATO,
        "type": ("hendelse", "hending", "slag", "event", "event_type", "kind"),
        "deltaker": _DELTAKERE,
        "oppdaget": ("oppdaga", "discovered", "detected"),
        "notat": _NOTAT,
        "registrert": _REGISTRERT,
    },
    "avtaler": {
        "id": ("avtale_id", "agreement_id", "nr"),
        "dato": _DATO,
        "deltaker": _DELTAKER,
        "tiltak": ("avtale", "measure", "action", "agreement"),
        "ansvarlig": ("ansvarleg", "responsible"),
        "frist": ("deadline", "due", "due_date"),
        "utfort": ("gjort", "done", "completed"),
        "grunnlag": ("basis",),
        "notat": _NOTAT,
        "registrert": _REGISTRERT,
    },
}
"""Per log file: its columns in the order they are written, each with its other names (nynorsk, English)."""

KREVD: Final[dict[Slag, tuple[str, ...]]] = {
    "kontakter": ("dato", "type", "deltaker"),
    "hendelser": ("dato", "type", "deltaker"),
    "avtaler": ("dato", "deltaker", "tiltak"),
}
"""Columns without which no row can be understood."""

DATOER: Final = frozenset({"dato", "registrert", "oppdaget", "frist", "utfort"})
"""Columns that hold dates."""

STATUS: Final[dict[str, str]] = {
    "gjennomfort": "gjennomfort", "gjort": "gjennomfort", "holdt": "gjennomfort", "halde": "gjennomfort",
    "done": "gjennomfort", "held": "gjennomfort", "completed": "gjennomfort",
    "avlyst": "avlyst", "cancelled": "avlyst", "canceled": "avlyst",
    "ikke_mott": "ikke_mott", "ikkje_mott": "ikke_mott", "motte_ikke": "ikke_mott", "no_show": "ikke_mott",
    "utsatt": "utsatt", "utsett": "utsatt", "postponed": "utsatt",
}  # fmt: skip
"""Words of the ``status`` column, folded, with the word the program uses."""

FUNN: Final[dict[str, str]] = {
    "ulest_rad": N_("En rad kan ikke leses: en dato, et ord eller et anførselstegn er feil. Raden telles ikke."),
    "fodselsnummer": N_("En rad har elleve siffer på rad. Raden leses ikke, og sifrene vises aldri."),
    "uten_id": N_("En rad har ingen id. Den telles, og kalles rad-N etter linjen sin."),
    "ekstra_celle": N_("En rad har en verdi utenfor kolonnene. Verdien leses ikke, resten av raden telles."),
    "ukjent_kolonne": N_("En kolonne har et navn programmet ikke kjenner. Kolonnen leses ikke."),
    "like_kolonner": N_("To kolonner har samme navn. Den første leses."),
    "mangler_kolonne": N_("En kolonne som må være der, mangler. Ingen rader i filen kan telles."),
    "tom_fil": N_("Filen er helt tom, også uten kolonnenavn."),
    "rettelse_uten_rad": N_("En rad retter en rad som ikke finnes. Den telles som den står."),
    "kopi": N_("En fil ser ut som en kopi som OneDrive eller lignende har laget. Radene i den telles ikke."),
}
"""Every code a finding about reading the log may have, and what it means."""

# Excel and LibreOffice take a cell that begins with one of these for a formula (OWASP, "CSV Injection"); some
# languages' Excel also the wide ones.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_DEFUSED: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_RETTELSE: Final = re.compile(r"(?P<rad>.+)\.(?P<slag>rett|utgar)(?P<nr>[1-9]\d{0,5})\Z", re.DOTALL)


def defuse(text: str) -> str:
    """Return text that no spreadsheet runs: an apostrophe in front of what could be a formula, or looks so defused."""
    return f"'{text}" if _FORMULA.match(text) else text


def undo_defuse(text: str) -> str:
    """Return the text ``defuse`` was given."""
    return text[1:] if text.startswith("'") and _DEFUSED.match(text) else text


def rettelse_av(rad_id: str) -> tuple[str, int, bool] | None:
    """Return what a row corrects by its id: the row's id, the number of the correction, whether it takes the row out.

    ``k12.rett1`` stands for ``k12`` from the day it was registered, ``k12.utgar2`` takes it out; of several the
    highest number holds. None for the id of an ordinary row.
    """
    match = _RETTELSE.match(rad_id)
    return (match["rad"], int(match["nr"]), match["slag"] == "utgar") if match else None
