"""JSON Schema (draft 2020-12) for each kind of file, made from the models: what editors complete and check by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.klasse import Oppsett
from oppfolgingscli.modell.krav import Kravfil
from oppfolgingscli.modell.rutinesett import Rutinefil
from oppfolgingscli.modell.skolerute import Skolerute

if TYPE_CHECKING:
    from oppfolgingscli.modell.tabell import Definisjoner, Skjema, Tabell

#: Each kind of file, by the name of its schema: its model, and what it is (bokmål, shown by editors).
FILSLAG: Final[dict[str, tuple[type[Tabell], str]]] = {
    "rutinesett": (Rutinefil, "Et rutinesett: roller, faser og rutiner for en skole eller et fylke."),
    "oppfolging": (Oppsett, "En arbeidsmappe (oppfolging.toml): klassen, kalenderen, personene og deltakerne."),
    "skolerute": (Skolerute, "En skolerute: første og siste skoledag, ferier og fridager for hvert skoleår."),
    "krav": (
        Kravfil,
        "Krav til måltallene, for «oppfolging revisjon --krav»: hvor mye av det som må gjøres, som minst er gjort.",
    ),
}


def make_skjema(slag: str) -> Skjema:
    """Return the JSON Schema of one kind of file; ``slag`` is a key of FILSLAG."""
    modell, hjelp = FILSLAG[slag]
    defs: Definisjoner = {}
    body = modell.skjema(defs)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Laget av «oppfolging rutiner skjema». Endres ikke for hånd.",
        "title": f"{slag}.schema.json",
        "description": hjelp,
        **body,
        "$defs": {name: defs[name] for name in sorted(defs)},
    }


def skjema_text(slag: str) -> str:
    """Return the JSON Schema of one kind of file as it is stored."""
    return json.dumps(make_skjema(slag), ensure_ascii=False, indent=2) + "\n"
