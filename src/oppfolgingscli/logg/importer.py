"""What a file brings to the log: the rows that are not there yet. Pure; asked twice it brings nothing the second time.

A row of a table is there when some row of the log has the same cells, id and ``registrert`` aside: twice in the file
is twice in the log. A meeting of a calendar is there when a row has its id (made from the point's, so it is the same
when the meeting has been moved), or the same day, type and subject, however it went: then somebody has logged it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from oppfolgingscli.les.logg_kolonner import rettelse_av
from oppfolgingscli.les.logg_ord import normal_rad, parts
from oppfolgingscli.modell.verdier import Feltfeil

if TYPE_CHECKING:
    from oppfolgingscli.les.logg_kolonner import Slag

_NAVNEROM: Final = UUID("0f0b8a1c-5b7e-5c39-9d0e-6c1f3f1f6a52")
_LETTERS: Final = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def mote_id(punkt_id: str) -> str:
    """Return the id of the row about a point's meeting: letters only, so that it never looks like a number."""
    return f"ics-{uuid5(_NAVNEROM, punkt_id).hex[:12].translate(_LETTERS)}"


def only_new(slag: Slag, nye: Iterable[Mapping[str, str]], finnes: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the rows of a table that the log lacks; an id that is taken, or is that of a correction, is dropped."""
    finnes = list(finnes)
    there = Counter(_signature(slag, rad) for rad in finnes)
    taken = {rad["id"] for rad in finnes}
    out = []
    for rad in nye:
        signature = _signature(slag, rad)
        if there[signature]:
            there[signature] -= 1
            continue
        row = normal_rad(slag, rad)
        if row["id"] in taken or rettelse_av(row["id"]):
            row["id"] = ""
        taken.add(row["id"])
        out.append(row)
    return out


def only_new_meetings(nye: Iterable[dict[str, str]], finnes: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the rows about meetings that the log lacks.

    A row that was taken out keeps its meeting away on that day only: held later, it is news, under another id.
    """
    ids = {rad["id"] for rad in finnes}
    last: dict[str, tuple[int, bool]] = {}
    for rad_id in ids:
        base, number, gone = rettelse_av(rad_id) or (rad_id, 0, False)
        last[base] = max(last.get(base, (0, False)), (number, gone))
    taken = {base for base, (_number, gone) in last.items() if not gone}
    by_day: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for rad in finnes:
        try:
            normal = normal_rad("kontakter", rad)
        except Feltfeil:
            continue
        by_day.setdefault((normal["dato"], normal["type"]), []).append(normal)
    out = []
    for row in nye:
        same = any(_covers(rad, row) for rad in by_day.get((row["dato"], row["type"]), ()))
        if row["id"] not in taken and not same:
            taken.add(row["id"])
            out.append({**row, "id": "" if row["id"] in ids else row["id"]})
    return out


def _covers(rad: Mapping[str, str], row: Mapping[str, str]) -> bool:
    """Whether a row of the log is about the meeting: its subject among those named, its routine or none."""
    named = parts(rad["deltaker"])
    about = row["deltaker"] in named or "*" in named if row["deltaker"] else not named or "*" in named
    return about and rad["rutine"] in {"", row["rutine"]}


def _signature(slag: Slag, rad: Mapping[str, str]) -> tuple[str, ...]:
    try:
        row = normal_rad(slag, rad)
    except Feltfeil:  # a row that cannot be read; it is itself, and no other
        return ("ulest", *rad.values())
    for name in ("deltaker", "utfort_av", "deltok"):
        if name in row:
            row[name] = ",".join(sorted(parts(row[name])))
    return tuple(value for name, value in row.items() if name not in {"id", "registrert"})
