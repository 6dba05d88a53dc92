"""The fixed words of the files, and how words are compared: folded (ø→o, å→a, æ→ae) and trimmed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

Etat = Literal["skole", "nav", "fylkeskommune", "bedrift", "deltaker", "annen"]
Niva = Literal["deltaker", "klasse"]
Grunnlag = Literal["skriftlig", "praksis", "planlagt"]
Per = Literal["uke", "maned", "kvartal", "semester", "skolear"]
Helst = Literal["start", "slutt"]
FerieValg = Literal["aldri", "ogsa", "bare"]
Ferienavn = Literal["hostferie", "juleferie", "vinterferie", "paskeferie", "sommerferie"]
Deltakernavn = Literal["id", "ingen"]
Sprak = Literal["nb", "nn", "en"]
Sluttarsak = Literal[
    "flytting", "fodselspermisjon", "graviditet", "helse", "familie",
    "sprak", "fag", "veiledet-ut", "eget-valg", "annet",
]  # fmt: skip

_DIGITS: Final = re.compile(r"(\d+)")

#: The role that is always there: the participant.
DELTAKER: Final = "deltaker"
UKEDAGER: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lordag", "sondag")

#: Other ways to write a fixed word: nynorsk forms and synonyms.
ANDRE_FORMER: Final[dict[str, str]] = {
    "veke": "uke", "manad": "maned", "halvar": "semester", "skular": "skolear",
    "haustferie": "hostferie", "sommarferie": "sommerferie",
    "tysdag": "tirsdag", "laurdag": "lordag", "sundag": "sondag",
    "skule": "skole", "verksemd": "bedrift", "annan": "annen", "deltakar": "deltaker", "anna": "annet",
}  # fmt: skip

#: How the fixed words are shown where they have æøå; both ways of writing are read.
_SHOWN: Final = {
    "maned": "måned", "skolear": "skoleår", "lordag": "lørdag", "sondag": "søndag", "ogsa": "også",
    "hostferie": "høstferie", "paskeferie": "påskeferie", "fodselspermisjon": "fødselspermisjon", "sprak": "språk",
}  # fmt: skip

_FOLD: Final = str.maketrans({"ø": "o", "å": "a", "æ": "ae", "Ø": "O", "Å": "A", "Æ": "Ae"})


def fold(text: str) -> str:
    """Trim ``text`` and write it with ASCII letters as the files' own words are (``kontaktlærer`` → ``kontaktlaerer``)."""
    text = text.strip()
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).translate(_FOLD)


def fold_ord(text: str) -> str:
    """Fold one of the fixed words, whatever its case and form (``Måned`` → ``maned``, ``veke`` → ``uke``)."""
    word = fold(text).lower()
    return ANDRE_FORMER.get(word, word)


def vis_ord(word: str) -> str:
    """Return one of the fixed words as people write it (``maned`` → ``måned``)."""
    return _SHOWN.get(word, word)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like ``word``, if any looks like it at all."""
    import difflib  # only when something is wrong

    folded = {fold(k).lower(): k for k in known}
    hits = difflib.get_close_matches(fold(word).lower(), folded, n=1, cutoff=0.65)
    return folded[hits[0]] if hits else None


def naturlig(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key that puts D2 before D10."""
    parts = _DIGITS.split(text)
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts)
