"""Picture: participants by month; how much of what had its deadline then was done on time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.html.side import Celle, Tabell
from oppfolgingscli.vis.ord import periode_ord
from oppfolgingscli.vis.svg.figur import Figur, hatch
from oppfolgingscli.vis.svg.tegning import add, box, drawing, to_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from oppfolgingscli.maltall.rad import Deltakerlinje, Maned

_LEFT: Final = 76
_CELL: Final = 33
_ROW: Final = 23
_TOP: Final = 40


def heat_map(deltakere: Sequence[Deltakerlinje], id_: str) -> Figur | None:
    """Return a row for each participant and a column for each month; None without any.

    A cell says «on time/judged». It is green when all was on time, yellow with a corner when some was, red with a
    thick edge when less than half was. Hatched below: days in a pause. A ring: contacts, but nothing judged.
    """
    months = sorted({m.maned for linje in deltakere for m in linje.maneder})
    if not months:
        return None
    place = {key: _LEFT + _CELL * i for i, key in enumerate(months)}
    title = _("Deltakerne, måned for måned")
    width, height = _LEFT + _CELL * len(months) + 4, _TOP + _ROW * len(deltakere) + 4
    root = drawing(width, height, title, _sentence(deltakere), id_)
    fill = hatch(root, f"{id_}-p")
    for key, x in place.items():
        month, _space, year = periode_ord(key).partition(" ")
        add(root, "text", month[:3], x=x + _CELL / 2, y=_TOP - 7, class_="ak m")
        if key.endswith("-01") or key == months[0]:
            add(root, "text", year, x=x + 2, y=_TOP - 24, class_="rn")
    for i, linje in enumerate(deltakere):
        y = _TOP + _ROW * i
        add(root, "text", linje.deltaker[:10], x=0, y=y + 16, class_="rn")
        for maned in linje.maneder:
            _cell(root, place[maned.maned], y, maned, fill)
    key = _(
        "I hver rute: gjort i tide / bedømt, etter måneden fristen var i. Grønn: alt i tide. Gul med hjørne: minst halvparten. Rød med tykk kant: under halvparten. Ring: kontakt, men ingenting å bedømme. Skravert: pause."
    )
    return Figur(title, key, (to_text(root),), _table(deltakere, months), bred=True, id=id_)


def level(m: Maned) -> str:
    """Return the class of a cell: all, some (at least half), few (less than half) or none judged."""
    if not m.bedomt:
        return "ingen"
    if m.i_tide == m.bedomt:
        return "alt"
    return "noe" if 2 * m.i_tide >= m.bedomt else "lite"


def _cell(root: Element, x: float, y: float, m: Maned, fill: str) -> None:
    wide, high = _CELL - 2, _ROW - 2
    kind = level(m)
    edge = 0.75 if kind == "lite" else 0
    box(root, x + 1 + edge, y + 1 + edge, wide - 2 * edge, high - 2 * edge, f"c {kind}")
    if m.pausedager and m.dager:
        # As wide as the part of the month; under the figures only a strip, so that they can be read.
        part = wide * min(1, m.pausedager / m.dager)
        tall = 5 if m.bedomt or m.kontakter else high
        add(root, "rect", x=x + 1, y=y + 1 + high - tall, width=part, height=tall, fill=fill)
    if kind == "noe":
        add(root, "path", d=f"M{x + 1 + wide - 7:g} {y + 1:g}h7v7z", class_="hj")
    if m.bedomt:
        add(root, "text", f"{m.i_tide}/{m.bedomt}", x=x + _CELL / 2, y=y + 15.5, class_="ct m")
    elif m.kontakter:
        add(root, "circle", cx=x + _CELL / 2, cy=y + _ROW / 2, r=3, class_="ri")


def _sentence(deltakere: Sequence[Deltakerlinje]) -> str:
    cells = [m for linje in deltakere for m in linje.maneder]
    kinds = [level(m) for m in cells]
    return _(
        "{deltakere} deltakere i {maneder} måneder. Av månedene med noe å bedømme var alt i tide i {alt}, minst halvparten i {noe} og under halvparten i {lite}."
    ).format(
        deltakere=len(deltakere), maneder=len({m.maned for m in cells}),
        alt=kinds.count("alt"), noe=kinds.count("noe"), lite=kinds.count("lite"),
    )  # fmt: skip


def _table(deltakere: Sequence[Deltakerlinje], months: Sequence[str]) -> Tabell:
    out: list[list[str | Celle]] = []
    for linje in deltakere:
        found = {m.maned: m for m in linje.maneder}
        row: list[str | Celle] = [linje.deltaker]
        for key in months:
            m = found.get(key)
            row.append("" if m is None else Celle(_words(m), rad=f"{linje.deltaker}/{key}"))
        out.append(row)
    meaning = _("i tide / bedømt; k: kontakter; p: pausedager. Tom rute: ikke i klassen.")
    return Tabell(
        _("Deltakerne, måned for måned: tallene"), (_("Hvem"), *(periode_ord(key) for key in months)), out,
        tall=range(1, 1 + len(months)), undertekst=meaning,
    )  # fmt: skip


def _words(m: Maned) -> str:
    parts = [f"{m.i_tide}/{m.bedomt}"] if m.bedomt else []
    parts += [f"k{m.kontakter}"] if m.kontakter else []
    parts += [f"p{m.pausedager}"] if m.pausedager else []
    return " ".join(parts) or "–"
