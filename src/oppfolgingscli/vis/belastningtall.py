"""Hours, minutes and weeks as people write them: «3,75 timer», English "3.75 hours". Exact until here."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor
from typing import Final

from oppfolgingscli.sprak import _, ngettext, sprak
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.vis.rapportkolonner import TOM

_TIME: Final = 60
_NBSP: Final = "\u00a0"
_HALF: Final = Fraction(1, 2)


def number(value: Fraction | int, desimaler: int = 1, *, minst: int | None = None) -> str:
    """Write a number with ``desimaler`` decimals, halves rounded up.

    ``minst``: so many are always there, and further zeros are not (default: all of them are).
    """
    least = desimaler if minst is None else minst
    whole = floor(abs(Fraction(value)) * 10**desimaler + _HALF)
    text = str(whole).rjust(desimaler + 1, "0")
    head, tail = text[: len(text) - desimaler], text[len(text) - desimaler :]
    while len(tail) > least and tail.endswith("0"):
        tail = tail[:-1]
    sign = "−" if value < 0 and whole else ""
    return sign + head + (("." if sprak() == "en" else ",") + tail if tail else "")


def hours(minutes: Fraction | None, desimaler: int = 1) -> str:
    """Write minutes as hours, for a table; «–» for None."""
    return TOM if minutes is None else number(minutes / _TIME, desimaler)


def hours_words(minutes: Fraction, desimaler: int = 2) -> str:
    """Write minutes as hours in a sentence: «3,75 timer», «1 time»."""
    text = number(minutes / _TIME, desimaler, minst=0)
    return ngettext("{n}\u00a0time", "{n}\u00a0timer", 1 if text == "1" else 2).format(n=text)


def minutes_words(minutes: Fraction) -> str:
    """Write minutes in a sentence: «67,5 minutter»."""
    text = number(minutes, 1, minst=0)
    return ngettext("{n}\u00a0minutt", "{n}\u00a0minutter", 1 if text == "1" else 2).format(n=text)


def short(value: Fraction, desimaler: int = 1) -> str:
    """Write a number without needless zeros: 12, 11,7."""
    return number(value, desimaler, minst=0)


def weeks_words(weeks: Fraction) -> str:
    """Write a number of weeks: «37,4 uker»."""
    text = short(weeks)
    return ngettext("{n}\u00a0uke", "{n}\u00a0uker", 1 if text == "1" else 2).format(n=text)


def percent_of(part: Fraction, whole: Fraction, desimaler: int = 0) -> str:
    """Write a part of a whole as per cent, also above a hundred: «122 %»; «–» when there is nothing to divide by."""
    if not whole:
        return TOM
    text = number(100 * part / whole, desimaler, minst=0)
    return f"{text}%" if sprak() == "en" else f"{text}{_NBSP}%"


def week_words(key: str, *, year: bool = False) -> str:
    """Write an ISO week's key: ``2024-u47`` -> «uke 47», with ``year`` «uke 47 2024»."""
    ar, _dash, nr = key.partition("-u")
    if year:
        return _("uke {uke} {ar}").format(uke=int(nr), ar=ar).replace(" ", _NBSP)
    return _("uke {uke}").format(uke=int(nr)).replace(" ", _NBSP)


def dates_words(fra: date, til: date) -> str:
    """Write a closed span of dates."""
    return _("{fra} – {til}").format(fra=dag_ord(fra), til=dag_ord(til))
