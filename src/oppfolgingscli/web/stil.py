"""The style sheets the server hands out: a closed list by name, so that nothing is ever looked up as a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_PAKKE: Final = Path(__file__).resolve().parents[1]


ARK: Final = {
    "side": "vis/html/maler/side.css",
    "rapport": "vis/html/maler/rapport.css",
    "web": "web/stil/web.css",
    "arshjul": "web/stil/arshjul.css",
    "deltaker": "web/stil/deltaker.css",
    "maned": "web/stil/maned.css",
    "rapportside": "web/stil/rapportside.css",
}
"""Name in the address -> the file inside the package."""

ADRESSE: Final = "/stil/{navn}.css"


def ark_adresse(navn: str) -> str:
    """Return the address of a style sheet. Raises KeyError for one that is not in the list."""
    if navn not in ARK:
        raise KeyError(navn)
    return ADRESSE.format(navn=navn)


@cache
def read_ark(navn: str) -> bytes | None:
    """Return a style sheet of the list, None for any other name."""
    return (_PAKKE / ARK[navn]).read_bytes() if navn in ARK else None
