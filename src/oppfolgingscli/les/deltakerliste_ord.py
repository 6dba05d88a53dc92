"""The headings of lists from other systems: what each column is, and what is never read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from oppfolgingscli.modell.ord import fold

BRUKT: Final[Mapping[str, Sequence[str]]] = {
    "start": ("startdato", "oppstart", "oppstartsdato", "oppstartdato", "begynte", "begynner", "inntaksdato", "fra_dato",
              "fra", "start_dato", "dato_start", "starta", "start_date"),
    "slutt": ("sluttdato", "sluttet", "slutta", "avsluttet", "avslutta", "til_dato", "til", "slutt_dato", "dato_slutt",
              "end", "end_date"),
    "sluttarsak": ("arsak", "sluttgrunn", "arsak_til_slutt", "avbruddsarsak", "end_reason"),
    "gruppe": ("group", "gruppenavn", "undervisningsgruppe", "parti", "spor"),
    "ytelse": ("yting", "stonad", "livsopphold", "benefit"),
}  # fmt: skip
"""What is taken from the list, with the headings it may have (folded, lower case, _ for spaces)."""
NAVN: Final = ("navn", "namn", "elev", "elevnavn", "elevnamn", "deltakernavn", "deltakernamn", "fullt_navn", "name")
NAVNEDELER: Final = (
    ("fornavn", "fornamn", "first_name", "given_name", "mellomnavn", "mellomnamn", "middle_name"),
    ("etternavn", "etternamn", "last_name", "surname", "family_name"),
)
"""First the names that come first. Only for a key."""
IDER: Final = ("id", "deltaker_id", "deltakar_id", "participant_id")
PERSONLIG: Final = (
    "fodselsnummer", "fodselsnr", "fods_nr", "f_nr", "fnr", "personnummer", "pnr", "personnr", "d_nummer", "dnr", "fodselsdato", "fodt",
    "alder", "kjonn", "adresse", "gateadresse", "postnummer", "postnr", "poststed", "poststad", "telefon",
    "telefonnummer", "tlf", "mobil", "mobiltelefon", "mobilnummer", "epost", "e_post", "epostadresse", "e_postadresse",
    "email", "e_mail", "brukernavn", "feide", "feidenavn", "feide_navn", "elevnummer", "elevnr", "studentnummer", "nasjonalitet",
    "morsmal", "statsborgerskap", "foresatt", "foresatte", "parorende", "merknad", "notat", "kommentar", "diagnose",
)  # fmt: skip
YTELSER: Final = {
    "arbeidsavklaringspenger": "aap",
    "kvalifiseringsprogram": "kvp",
    "kvalifiseringsprogrammet": "kvp",
    "kvalifiseringsstonad": "kvp",
    "okonomisk-sosialhjelp": "sosialhjelp",
    "okonomisk-stonad": "sosialhjelp",
}


def kind_of(name: str) -> str:
    """Return what a heading is for: a column of ours, ``navn``, ``fornavn``, ``etternavn``, ``id`` or why not."""
    if not name:
        return ""
    name = name.strip("*:._ ").replace(".", "")
    for column, others in BRUKT.items():
        if name == column or name in others:
            return column
    if name in NAVN:
        return "navn"
    for part, names in zip(("fornavn", "etternavn"), NAVNEDELER, strict=True):
        if name in names:
            return part
    if name in IDER:
        return "id"
    return "personlig" if name in PERSONLIG else "ukjent"


def slug(text: str) -> str:
    """Write a few words as one: «Med grunnskole» → med-grunnskole."""
    return "-".join(fold(text).lower().replace("/", " ").replace(",", " ").split())
