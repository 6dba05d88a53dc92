"""Durations, hours and weekdays as people write them; the rest of the values are in ``verdier``."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from oppfolgingscli.modell.ord import UKEDAGER, nearest
from oppfolgingscli.modell.verdier import Feltfeil, feil_type, parse_liste, parse_ord, vis_verdi
from oppfolgingscli.sprak import N_, _
from oppfolgingscli.tid.varighet import UNIT_WORDS, Varighet, parse_tidsbruk, parse_varighet

LENGSTE_REISE: Final = 6 * 60
"""Minutes; a longer way to a workplace is a slip of the pen."""
_HOURS: Final = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-\u2013\u2014]\s*(\d{1,2})[:.](\d{2})\Z")
_SET_ASIDE: Final = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*(?:%|prosent|timer|timar|time|t)\Z", re.IGNORECASE)


def parse_lengde(value: object) -> Varighet:
    """Read a duration in days, weeks, months, years, working days or school days, signed."""
    if isinstance(value, Varighet):
        return value
    eksempel = _("Skriv for eksempel «{a}» eller «{b}».").format(a="3 uker", b="5 virkedager")
    if not isinstance(value, str):
        raise feil_type(_("en varighet"), value, eksempel)
    try:
        return parse_varighet(value)
    except ValueError:
        word = value.split()[-1] if value.split() else ""
        near = nearest(word, UNIT_WORDS) if word and not word.isdigit() else None
        known = _("Lovlige enheter: dager, uker, måneder, år, virkedager, skoledager.")
        rad = " ".join(filter(None, (_("Mente du «{ord}»?").format(ord=near) if near else eksempel, known)))
        melding = _("{verdi} er ikke en varighet.").format(verdi=vis_verdi(value))
        raise Feltfeil("ugyldig_varighet", melding, rad) from None


def parse_positiv_lengde(value: object) -> Varighet:
    """Read a duration of at least one unit."""
    return _at_least(parse_lengde(value), 1, _("Skriv minst 1."))


def parse_ikke_negativ_lengde(value: object) -> Varighet:
    """Read a duration that does not point backwards."""
    return _at_least(parse_lengde(value), 0, _("Skriv den uten minus."))


def _at_least(length: Varighet, least: int, rad: str) -> Varighet:
    if length.antall >= least:
        return length
    melding = _("«{verdi}» er for kort her.").format(verdi=length)
    raise Feltfeil("ugyldig_varighet", melding, rad)


def parse_minutter(value: object) -> int:
    """Read the length of a meeting, text with a unit, as whole minutes (a bare number says no unit).

    ``0 minutter`` says that there is no meeting: an entry for the whole day.
    """
    rad = _("Skriv for eksempel «{a}» eller «{b}».").format(a="45 minutter", b="1,5 timer")
    if not isinstance(value, str):
        raise feil_type(_("en tekst med tall og enhet"), value, rad)
    try:
        minutes = parse_tidsbruk(value)
    except ValueError:
        melding = _("{verdi} er ikke en møtelengde (høyst et døgn).").format(verdi=vis_verdi(value))
        raise Feltfeil("ugyldig_varighet", melding, rad) from None
    return minutes


def parse_reisetid(value: object) -> int:
    """Read how long a journey takes each way, as whole minutes, 0 to ``LENGSTE_REISE``."""
    rad = _("Skriv for eksempel «{a}» eller «{b}».").format(a="30 minutter", b="1,5 timer")
    if not isinstance(value, str):
        raise feil_type(_("en tekst med tall og enhet"), value, rad)
    try:
        minutes = parse_tidsbruk(value)
    except ValueError:
        minutes = LENGSTE_REISE + 1
    if minutes > LENGSTE_REISE:
        melding = _("{verdi} er ikke en reisetid (hver vei, høyst 6 timer).").format(verdi=vis_verdi(value))
        raise Feltfeil("ugyldig_varighet", melding, rad)
    return minutes


def parse_ukedag(value: object) -> int:
    """Read a weekday's name as its number, Monday 0."""
    return UKEDAGER.index(parse_ord(value, UKEDAGER, N_("en ukedag")))


def parse_ukedager(value: object) -> tuple[int, ...]:
    """Read one weekday or a list of them, each once, in the order of the week."""
    if isinstance(value, tuple) and all(type(v) is int and 0 <= v <= 6 for v in value):
        return value
    return tuple(sorted(set(parse_liste(value, parse_ukedag))))


def parse_tidsrom(value: object) -> tuple[time, time]:
    """Read ``"08:30-15:00"`` as (start, end), start before end."""
    if isinstance(value, tuple):
        start, end = value
        return start, end
    rad = _("Skriv for eksempel «08:30-15:00».")
    if not isinstance(value, str):
        raise feil_type(_("en tekst"), value, rad)
    match = _HOURS.match(value.strip())
    if match:
        h1, m1, h2, m2 = map(int, match.groups())
        if h1 < 24 and h2 < 24 and m1 < 60 and m2 < 60 and (h1, m1) < (h2, m2):
            return time(h1, m1), time(h2, m2)
    raise Feltfeil("ugyldig_tidsrom", _("{verdi} er ikke et tidsrom på dagen.").format(verdi=vis_verdi(value)), rad)


def parse_avsatt(value: object) -> str:
    """Read what is set aside for a role: a share of 37.5 hours a week (``"10 %"``) or ``"4 timer"`` a week."""
    rad = _("Skriv for eksempel «{a}» eller «{b}».").format(a="10 %", b="4 timer")
    if not isinstance(value, str):
        raise feil_type(_("en tekst"), value, rad)
    if _SET_ASIDE.match(value.strip()):
        return " ".join(value.split())
    raise Feltfeil(
        "ugyldig_avsatt", _("{verdi} er ikke en andel eller et timetall.").format(verdi=vis_verdi(value)), rad
    )
