"""Codes in words: periods, statuses, dates and the like, in the language in use."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from oppfolgingscli.sprak import _, sprak

_KEY: Final = re.compile(r"(\d{4})-(?:(\d{4})|u(\d{2})|k(\d)|(host|var)|(\d{2}))\Z")
_MONTHS: Final = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "nn": "januar februar mars april mai juni juli august september oktober november desember",
    "en": "January February March April May June July August September October November December",
}


def periode_ord(key: str) -> str:
    """Write a period's key in words: ``2023-host`` -> "høst 2023". Other keys (ids, gap numbers) as they are."""
    match = _KEY.match(key)
    if match is None:
        fixed = {"oppstart": _("oppstart"), "slutt": _("slutt")}
        return fixed.get(key, key)
    year, second, week, quarter, half, month = match.groups()
    if month:
        return f"{_MONTHS[sprak()].split()[int(month) - 1]} {year}"
    if second:
        text = _("skoleåret {ar}/{neste}").format(ar=year, neste=second[2:])
    elif week:
        text = _("uke {uke} {ar}").format(uke=int(week), ar=year)
    elif quarter:
        text = _("{kvartal}. kvartal {ar}").format(kvartal=quarter, ar=year)
    else:
        text = (_("høst {ar}") if half == "host" else _("vår {ar}")).format(ar=year)
    return text


def is_tidsperiode(key: str) -> bool:
    """Whether a point's key is a period of time, and not an anchor, a gap's number or an id."""
    return _KEY.match(key) is not None


def dag_ord(dag: date, per: date | None = None) -> str:
    """Write a date as people do: 1. mars 2025; English 1 March 2025. The year of ``per`` is left out.

    Needs no library for dates: a list may hold hundreds of them.
    """
    month = _MONTHS[sprak()].split()[dag.month - 1]
    text = f"{dag.day} {month}" if sprak() == "en" else f"{dag.day}. {month}"
    return text if per is not None and dag.year == per.year else f"{text} {dag.year}"


def status_ord(code: str) -> str:
    """Write a status (of a point, an agreement or a contact in the log) in words."""
    return {
        "fritatt": _("fritatt"),
        "i_tide": _("i tide"),
        "for_sent": _("for sent"),
        "ikke_aktuelt": _("ikke aktuelt"),
        "kommende": _("kommende"),
        "apen": _("åpen"),
        "ikke_brukt": _("ikke brukt"),
        "forfalt": _("forfalt"),
        "mangler": _("mangler"),
        "avlyst": _("avlyst"),
        "ikke_mott": _("ikke møtt"),
        "utsatt": _("utsatt"),
        "gjennomfort": _("gjennomført"),
    }.get(code, code)
