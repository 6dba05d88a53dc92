"""Pictures: how a share changes from semester to semester, one small picture for each routine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.html.side import Celle, Tabell
from oppfolgingscli.vis.ord import periode_ord
from oppfolgingscli.vis.rapport import shorten
from oppfolgingscli.vis.rapportkolonner import TOM, percent, points, share_of
from oppfolgingscli.vis.svg.figur import Figur, dot, whisker
from oppfolgingscli.vis.svg.tegning import add, drawing, to_text

if TYPE_CHECKING:
    from oppfolgingscli.maltall.rad import Endring, Rad
    from oppfolgingscli.vis.rapportnavn import Rapportnavn

_WIDTH: Final = 330
_HEIGHT: Final = 216
_LEFT: Final = 42
_RIGHT: Final = 318
_TOP: Final = 52
_BOTTOM: Final = 158


def trends(rader: Sequence[Rad], endringer: Sequence[Endring], navn: Rapportnavn, id_: str) -> Figur | None:
    """Return a picture for each routine with figures in two semesters or more; None without any.

    The share is that of points on time; for interval routines that of days covered (squares). The semesters stand in
    the same places in all of them.
    """
    series: dict[str, list[Rad]] = {}
    for rad in rader:
        if rad.periode is not None and rad.rutine is not None and _value(rad) is not None:
            series.setdefault(rad.rutine, []).append(rad)
    series = {rutine: rows for rutine, rows in series.items() if len(rows) > 1}
    if not series:
        return None
    semesters = sorted({str(rad.periode) for rows in series.values() for rad in rows}, key=_order)
    changed = {e.rutine: e for e in endringer}
    pictures = tuple(
        _picture(rutine, rows, semesters, changed.get(rutine), navn, f"{id_}-{i}")
        for i, (rutine, rows) in enumerate(series.items())
    )
    words = _(
        "Andelen i tide i hvert semester; firkanter er dager dekket. Strekene opp og ned er usikkerheten (95 prosent); hule merker har ingen, fordi det er for få deltakere eller fordi det er dager eller klassen under ett."
    )
    return Figur(_("Fra semester til semester"), words, pictures, _table(series, semesters, navn), id=id_)


def _order(key: str) -> tuple[str, bool]:
    year, _dash, half = key.partition("-")
    return year, half == "host"


def _days(rad: Rad) -> bool:
    return rad.klokkedager is not None


def _value(rad: Rad) -> float | None:
    return rad.dager_dekket if _days(rad) else rad.i_tide_andel


def _counts(rad: Rad) -> tuple[int, int]:
    return rad.klokkedager if rad.klokkedager is not None else rad.andel_av


def _picture(
    rutine: str,
    rows: Sequence[Rad],
    semesters: Sequence[str],
    endring: Endring | None,
    navn: Rapportnavn,
    id_: str,
) -> str:
    name = navn.rutine(rutine)
    what = _("dager dekket") if _days(rows[0]) else _("i tide")
    text = "; ".join(f"{periode_ord(str(rad.periode))}: {_of(rad)} ({percent(_value(rad))})" for rad in rows)
    change = _change(endring)
    sentence = f"{what}, {text}. {change}".strip()
    root = drawing(_WIDTH, _HEIGHT, name, sentence[:1].upper() + sentence[1:], id_)
    root.set("width", str(_WIDTH))
    add(root, "text", shorten(name, 38), x=0, y=14, class_="pt")
    add(root, "text", what, x=0, y=30, class_="ak")
    for tick in (0, 0.5, 1):
        add(root, "path", d=f"M{_LEFT} {_y(tick):g}H{_RIGHT}", class_="gl")
        add(root, "text", percent(tick), x=_LEFT - 5, y=_y(tick) + 4, class_="ak e")
    step = (_RIGHT - _LEFT) / len(semesters)
    place = {key: _LEFT + step * (i + 0.5) for i, key in enumerate(semesters)}
    for key, x in place.items():
        half, _space, year = periode_ord(key).partition(" ")
        add(root, "text", half, x=x, y=_BOTTOM + 16, class_="ak m")
        add(root, "text", year, x=x, y=_BOTTOM + 29, class_="ak m")
    for a, b in pairwise(rows):
        near = semesters.index(str(b.periode)) - semesters.index(str(a.periode)) == 1
        x1, x2 = place[str(a.periode)], place[str(b.periode)]
        add(
            root, "path", d=f"M{x1:g} {_y(_value(a) or 0):.1f}L{x2:g} {_y(_value(b) or 0):.1f}",
            class_="li" if near else "li st",
        )  # fmt: skip
    for rad in rows:
        x, share = place[str(rad.periode)], _value(rad) or 0.0
        kl = None if _days(rad) else rad.i_tide_kl
        if kl is not None:
            whisker(root, (x, _y(kl[0])), (x, _y(kl[1])), hette=4)
        dot(root, x, _y(share), hul=kl is None, firkant=_days(rad))
        add(root, "text", "{}/{}".format(*_counts(rad)), x=x, y=_TOP - 9, class_="tl m")
    if change:
        add(root, "text", change, x=0, y=_HEIGHT - 6, class_="ak")
    return to_text(root)


def _y(share: float) -> float:
    return _BOTTOM - share * (_BOTTOM - _TOP)


def _of(rad: Rad) -> str:
    return share_of(*_counts(rad))


def _change(e: Endring | None) -> str:
    if e is None:
        return ""
    if e.kl is None:
        return _("Endring: {antall} prosentpoeng").format(antall=points(e.endring))
    return _("Endring: {antall} prosentpoeng ({fra} til {til})").format(
        antall=points(e.endring), fra=points(e.kl[0]), til=points(e.kl[1])
    )


def _table(series: Mapping[str, Sequence[Rad]], semesters: Sequence[str], navn: Rapportnavn) -> Tabell:
    out: list[list[str | Celle]] = []
    for rutine, rows in series.items():
        found = {str(rad.periode): rad for rad in rows}
        line: list[str | Celle] = [navn.rutine(rutine), _("dager dekket") if _days(rows[0]) else _("i tide")]
        for key in semesters:
            rad = found.get(key)
            line.append(
                TOM
                if rad is None
                else Celle(f"{_of(rad)} ({percent(_value(rad))})", "semester", f"{navn.plass(rutine)}/{key}")
            )
        out.append(line)
    heading = (_("Rutine"), _("Hva"), *(periode_ord(key) for key in semesters))
    return Tabell(_("Fra semester til semester: tallene"), heading, out, tall=range(2, 2 + len(semesters)))
