"""What can be asked otherwise than the plan has it: lengths by type or routine, and what is set aside for a role."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutinesett

HEL_UKE: Final = Fraction(75, 2) * 60
"""Minutes in a week of full time: 37.5 hours."""
_PARTS: Final = re.compile(r"(\d+)(?:[.,](\d+))?\s*(%|prosent|timer|timar|time|t)\Z", re.ASCII)


def avsatt_minutter(tekst: str) -> Fraction:
    """Return the minutes a week that ``"10 %"`` (of 37.5 hours) or ``"4 timer"`` is.

    Raises ValueError when it is not such a text (``modell.tidsverdier.parse_avsatt`` has the same rule).
    """
    match = _PARTS.match(tekst.strip().lower())
    if match is None:
        raise ValueError(tekst)
    decimals = match[2] or ""
    number = Fraction(int(match[1] + decimals), 10 ** len(decimals))
    return HEL_UKE * number / 100 if match[3] in {"%", "prosent"} else number * 60


def by_routine(sett: Rutinesett, onsket: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return minutes by routine id from pairs of (type or routine id, minutes).

    A routine's own id goes before its type, and the last of two alike before the first. Unknown words give nothing.
    """
    pairs = dict(onsket)
    out = {}
    for v in sett.versjoner:
        for word in (v.rutine.id, v.rutine.type):
            if word in pairs:
                out[v.rutine.id] = pairs[word]
                break
    return out
