"""One new row of the log: its cells cleaned, and refused when they hold what a log must not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.les.logg_kolonner import KOLONNER, Slag
from oppfolgingscli.les.toml import fodselsnummer
from oppfolgingscli.personvern import har_styring, has_fodselsnummer
from oppfolgingscli.sprak import _

#: A row as text by column; columns left out are empty. Dates are ISO.
Nyrad = Mapping[str, str]

MAX_TEGN: Final = 32_000
"""Characters in one cell: a spreadsheet's cell holds 32 767."""
_LINJESKIFT: Final = re.compile("\r\n|[\r\u2028\u2029]")
"""Line breaks of other systems and of word processors."""


def clean_rad(slag: Slag, rad: Nyrad) -> dict[str, str]:
    """Return a row with every column, texts trimmed and with line feeds for line breaks.

    Raises:
        Inndatafeil: a cell has eleven digits in a row (which are not repeated), control characters, or too much.
    """
    out: dict[str, str] = {}
    feil: list[Feil] = []
    for name in KOLONNER[slag]:
        text = _LINJESKIFT.sub("\n", rad.get(name, "")).strip()
        if has_fodselsnummer(text):
            feil.append(fodselsnummer(Sted(name)))
        elif har_styring(text) or any(_is_forbidden(c) for c in text):
            feil.append(
                Feil("kontrolltegn", _("Teksten har usynlige styretegn."), Sted(name), _("Skriv teksten på nytt."))
            )
        elif len(text) > MAX_TEGN:
            melding = _("Teksten har {n} tegn; høyst {maks} får plass i en celle.").format(n=len(text), maks=MAX_TEGN)
            feil.append(Feil("for_lang", melding, Sted(name), _("Skriv den kortere.")))
        out[name] = text
    if feil:
        raise Inndatafeil(feil)
    return out


def _is_forbidden(c: str) -> bool:
    """Whether a character is a noncharacter, which a spreadsheet cannot keep."""
    code = ord(c)
    return code > 127 and (code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF)
