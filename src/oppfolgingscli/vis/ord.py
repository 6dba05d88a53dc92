"""Codes in words: periods, levels and the like, in the language in use."""

from __future__ import annotations

import re
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
