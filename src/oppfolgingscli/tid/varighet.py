"""Durations as people write them: ``"3 uker"``, ``"-8 veker"``, ``"45 minutter"``.

One parser for calendar durations (``Varighet``) and one for time spent in a meeting (minutes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from oppfolgingscli.sprak import _

Enhet = Literal["dag", "uke", "maned", "ar", "virkedag", "skoledag"]

_UNITS: Final[dict[str, Enhet]] = {
    "dag": "dag", "dager": "dag", "dagar": "dag", "døgn": "dag",
    "uke": "uke", "uker": "uke", "veke": "uke", "veker": "uke",
    "måned": "maned", "måneder": "maned", "månad": "maned", "månader": "maned",
    "maned": "maned", "maneder": "maned", "manad": "maned", "manader": "maned", "mnd": "maned",
    "år": "ar", "ar": "ar",
    "virkedag": "virkedag", "virkedager": "virkedag", "virkedagar": "virkedag",
    "yrkedag": "virkedag", "yrkedagar": "virkedag",
    "skoledag": "skoledag", "skoledager": "skoledag", "skoledagar": "skoledag",
    "skuledag": "skoledag", "skuledagar": "skoledag",
}  # fmt: skip
_WORDS: Final[dict[Enhet, tuple[str, str]]] = {
    "dag": ("dag", "dager"),
    "uke": ("uke", "uker"),
    "maned": ("måned", "måneder"),
    "ar": ("år", "år"),
    "virkedag": ("virkedag", "virkedager"),
    "skoledag": ("skoledag", "skoledager"),
}
#: What to suggest from when a unit is unknown.
UNIT_WORDS: Final = tuple(_UNITS)
_PATTERN: Final = re.compile(r"([-\u2212]?)\s*(\d{1,4})\s*([^\W\d_]+)\Z")
_MINUTES: Final = re.compile(
    r"(?:(?P<t>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:timer|timar|time|t)\b)?\s*(?:og\s+)?"
    r"(?:(?P<m>\d{1,4})\s*(?:minutter|minutt|min)\b\.?)?\Z",
)
_DAYS_ON_CLOCK: Final[dict[Enhet, int]] = {"dag": 1, "uke": 7, "ar": 365}


@dataclass(frozen=True, slots=True)
class Varighet:
    """A signed number of calendar days, weeks, months, years, working days or school days."""

    antall: int
    enhet: Enhet

    def __str__(self) -> str:
        """Write it as a bokmål reader would, parseable by ``parse_varighet``."""
        return f"{self.antall} {_WORDS[self.enhet][abs(self.antall) != 1]}"

    @property
    def on_clock(self) -> int:
        """Clock days on an interval clock: n months are floor(n·365/12 + ½), a year 365.

        Raises ValueError for working days and school days, which an interval clock cannot count.
        """
        if self.enhet == "maned":
            return (self.antall * 365 * 2 + 12) // 24
        if self.enhet not in _DAYS_ON_CLOCK:
            raise ValueError(_("virkedager og skoledager kan ikke telles på en intervallklokke"))
        return self.antall * _DAYS_ON_CLOCK[self.enhet]


def parse_varighet(text: str) -> Varighet:
    """Read a duration such as ``"3 uker"``, ``"1 måned"``, ``"-8 veker"``.

    Raises ValueError with a message for the user when it is not one.
    """
    match = _PATTERN.match(text.strip().lower())
    unit = _UNITS.get(match[3]) if match else None
    if match is None or unit is None:
        raise ValueError(_("«{tekst}» er ikke en varighet").format(tekst=text.strip()))
    number = int(match[2])
    return Varighet(-number if match[1] else number, unit)


def parse_tidsbruk(text: str) -> int:
    """Read time spent, ``"45 minutter"``, ``"1,5 timer"``, ``"1 time 30 min"``, as whole minutes.

    Raises ValueError with a message for the user when it is not one, or is longer than a day.
    """
    match = _MINUTES.match(text.strip().lower())
    if not match or (match["t"] is None and match["m"] is None):
        raise ValueError(_("«{tekst}» er ikke et tidsrom i timer og minutter").format(tekst=text.strip()))
    hours = float((match["t"] or "0").replace(",", "."))
    minutes = round(hours * 60) + int(match["m"] or 0)
    if minutes > 24 * 60:
        raise ValueError(_("«{tekst}» er lengre enn et døgn").format(tekst=text.strip()))
    return minutes
