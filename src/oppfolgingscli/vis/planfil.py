"""``plan.csv`` as it shall be: rows that say the same are the same bytes, in the others only what changed.

A file the people have saved from a spreadsheet keeps its delimiter, encoding, columns and way of writing dates.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, time
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from oppfolgingscli.les.logg_kolonner import defuse, undo_defuse
from oppfolgingscli.les.plan import KOLONNER
from oppfolgingscli.les.raatabell import Post, Raatabell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from oppfolgingscli.les.plan import Planfil, Planlinje, Planrad

Nokkel = tuple[date, time]
_UTE_AV_ORDEN: Final = 4
_NORSK: Final = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")


@dataclass(frozen=True, slots=True)
class Skrivrad:
    """What a row shall say. ``gammel``: the row it stands for, whose other cells are kept; None: a new row."""

    punkt: str
    rutine: str
    deltaker: str
    dato: date | None
    start: time | None
    slutt: time | None
    sted: str
    personer: tuple[str, ...]
    gammel: Planrad | None = None

    def celler(self, *, norsk: bool = False) -> dict[str, str]:
        """Return the cells by column; ``norsk``: dates as 01.03.2025."""
        day = "" if self.dato is None else f"{self.dato:%d.%m.%Y}" if norsk else self.dato.isoformat()
        return {
            "punkt": self.punkt,
            "rutine": self.rutine,
            "deltaker": self.deltaker,
            "dato": day,
            "start": self.start.isoformat("minutes") if self.start else "",
            "slutt": self.slutt.isoformat("minutes") if self.slutt else "",
            "sted": self.sted,
            "personer": ",".join(self.personer),
        }

    def changed(self, cells: Mapping[str, str]) -> set[str]:
        """Return the columns in which a row does not say this already. ``cells``: the row as it stands."""
        own, old = self.celler(), self.gammel
        out = {name for name in ("punkt", "rutine", "deltaker", "sted", "personer") if own[name] != cells.get(name, "")}
        if old is None:
            return set(own)
        pairs = (("dato", old.dato, self.dato), ("start", old.start, self.start), ("slutt", old.slutt, self.slutt))
        return out | {name for name, before, now in pairs if before != now}


def to_bytes(fil: Planfil, rader: Sequence[Skrivrad], borte: Iterable[Planrad]) -> bytes:
    """Return the file with ``rader`` in it, without ``borte``, and with every other row as it stands.

    Raises:
        Inndatafeil: a workbook that would lose something.
    """
    gone = {rad.linje for rad in borte}
    if fil.tabell is not None and fil.tabell.bok:
        from oppfolgingscli.vis.planbok import changed_book

        return changed_book(fil, rader, gone)
    tabell = fil.tabell
    if tabell is None:
        tabell = Raatabell(b"", Post(1, _line(list(KOLONNER), ";", "\r\n"), list(KOLONNER), ";"))
        place = {name: i for i, name in enumerate(KOLONNER)}
    else:
        place = fil.kolonner
    norsk = any(_NORSK.match(_cell(line.post, place["dato"])) for line in fil.linjer if line.rad)
    by_line = {rad.gammel.linje: rad for rad in rader if rad.gammel is not None}
    lines: list[tuple[Nokkel, str]] = []
    for line in fil.linjer:
        if line.post.linje in gone:
            continue
        new = by_line.get(line.post.linje)
        if new is not None:
            lines.append((_order(new.dato, new.start), _rewritten(tabell, place, line, new, norsk=norsk)))
        elif line.rad is not None:
            lines.append((_order(line.rad.dato, line.rad.start), line.post.tekst))
        else:  # what cannot be read stays below the row it stood below
            lines.append((lines[-1][0] if lines else _order(date.min, None), line.post.tekst))
    sort = _is_sorted([(line.rad.dato, line.rad.start) for line in fil.linjer if line.rad is not None])
    width = len(tabell.hode.celler or ())
    added = [r for r in rader if r.gammel is None]
    for new in added:
        cells = [""] * width
        for name, text in new.celler(norsk=norsk).items():
            if name in place:
                cells[place[name]] = defuse(text)
        lines.append((_order(new.dato, new.start), _line(cells, tabell.skille, tabell.linjeskift)))
    if sort:
        lines.sort(key=itemgetter(0))
    texts = [tabell.innledning, tabell.hode.tekst, *(text for _key, text in lines)]
    ended = [text if text.endswith(("\n", "\r")) else text + tabell.linjeskift for text in texts if text]
    return tabell.encode("".join(ended))


def _rewritten(tabell: Raatabell, place: Mapping[str, int], line: Planlinje, new: Skrivrad, *, norsk: bool) -> str:
    """Return the row with the cells that changed; the same text when none did."""
    cells = list(line.post.celler or ())
    changed = new.changed({name: undo_defuse(_cell(line.post, at)) for name, at in place.items()})
    changed &= set(place)
    if not changed:
        return line.post.tekst
    cells += [""] * (max(place.values()) + 1 - len(cells))
    values = new.celler(norsk=norsk)
    for name in changed:
        cells[place[name]] = defuse(values[name])
    return _line(cells, tabell.skille, tabell.linjeskift)


def _line(cells: Sequence[str], delimiter: str, newline: str) -> str:
    return delimiter.join(_quoted(cell, delimiter) for cell in cells) + newline


def _quoted(cell: str, delimiter: str) -> str:
    if any(c in cell for c in (delimiter, '"', "\n", "\r")):
        return '"{}"'.format(cell.replace('"', '""'))
    return cell


def _cell(post: Post, at: int) -> str:
    cells = post.celler or []
    return cells[at].strip() if at < len(cells) else ""


def _order(dato: date | None, start: time | None) -> Nokkel:
    """Sort key: by date and time, what has no date last."""
    return (dato or date.max, start or time.min)


def _is_sorted(keys: Sequence[tuple[date | None, time | None]]) -> bool:
    """Whether the rows stand by date, but for some that people have given another: a quarter of them at most.

    People who have sorted otherwise keep their order. What is not out of place is the longest run, gaps allowed,
    that does not go back in time (patience sorting).
    """
    ends: list[Nokkel] = []
    for key in (_order(*key) for key in keys):
        at = bisect_right(ends, key)
        ends[at : at + 1] = [key]
    return (len(keys) - len(ends)) * _UTE_AV_ORDEN <= len(keys)
