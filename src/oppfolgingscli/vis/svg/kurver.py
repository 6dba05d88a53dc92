"""Pictures: how many days it took until it was done, as curves; routines of one type stand together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.html.side import Celle, Tabell
from oppfolgingscli.vis.rapport import shorten
from oppfolgingscli.vis.rapportkolonner import TOM, percent, share_of
from oppfolgingscli.vis.svg.figur import Figur
from oppfolgingscli.vis.svg.tegning import add, drawing, to_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from oppfolgingscli.maltall.rad import Kurve, Rad
    from oppfolgingscli.vis.rapportnavn import Rapportnavn

_WIDTH: Final = 330
_LEFT: Final = 42
_RIGHT: Final = 318
_TOP: Final = 34
_BOTTOM: Final = 150
#: Lines in one picture: more cannot be told apart.
FLEST: Final = 6
_STEPS: Final = (1, 2, 5, 7, 14, 28, 50, 100, 200, 365, 730)


def delays(kurver: Sequence[Kurve], rader: Sequence[Rad], navn: Rapportnavn, id_: str) -> Figur | None:
    """Return the curves of «done by day», Kaplan–Meier, one picture for each type of routine; None without any.

    ``rader``: the report's rows, for types and medians.
    """
    overall = {rad.rutine: rad for rad in rader if rad.periode is None}
    groups: dict[str, list[Kurve]] = {}
    for kurve in kurver:
        rad = overall.get(kurve.rutine)
        groups.setdefault((rad.type if rad else None) or kurve.rutine, []).append(kurve)
    panels = [rows[i : i + FLEST] for rows in groups.values() for i in range(0, len(rows), FLEST)]
    if not panels:
        return None
    pictures = tuple(_picture(rows, overall, navn, f"{id_}-{i}") for i, rows in enumerate(panels))
    words = _(
        "Andelen som anslås gjort etter så mange dager, regnet fra den dagen vinduet åpnet. Det som ikke er gjort ennå, er med så lenge det er fulgt (Kaplan–Meier). Linjene viser halvparten og ni av ti."
    )
    return Figur(_("Andelen gjort, dag for dag"), words, pictures, _table(kurver, overall, navn), id=id_)


def _picture(rows: Sequence[Kurve], overall: Mapping[str | None, Rad], navn: Rapportnavn, id_: str) -> str:
    names = [navn.rutine(kurve.rutine) for kurve in rows]
    last = max(1, *(_interesting(kurve) for kurve in rows))
    height = _BOTTOM + 40 + 17 * len(rows)
    text = " ".join(
        _("{rutine}: {gjort} av {antall} gjort; {ventetid}.").format(
            rutine=name, gjort=kurve.gjort, antall=kurve.antall, ventetid=_waiting(overall.get(kurve.rutine))
        )
        for name, kurve in zip(names, rows, strict=True)
    )
    root = drawing(_WIDTH, height, _("Dager til det var gjort: {rutiner}").format(rutiner=", ".join(names)), text, id_)
    root.set("width", str(_WIDTH))
    add(root, "text", _("gjort innen så mange dager"), x=0, y=14, class_="ak")
    for tick in (0, 0.5, 0.9, 1):
        add(root, "path", d=f"M{_LEFT} {_y(tick):.1f}H{_RIGHT}", class_="gl st" if tick in (0.5, 0.9) else "gl")
        if tick != 0.9:
            add(root, "text", percent(tick), x=_LEFT - 5, y=_y(tick) + 4, class_="ak e")
    for day in _ticks(last):
        x = _x(day, last)
        add(root, "path", d=f"M{x:.1f} {_BOTTOM}v4", class_="gl")
        add(root, "text", str(day), x=x, y=_BOTTOM + 16, class_="ak m")
    add(root, "text", ngettext("dag", "dager", last), x=_RIGHT, y=_BOTTOM + 29, class_="ak e")
    for i, (name, kurve) in enumerate(zip(names, rows, strict=True)):
        add(root, "path", d=_steps(kurve, last), class_=f"ku l{i + 1}")
        _legend(root, i, kurve, name)
    return to_text(root)


def _interesting(kurve: Kurve) -> int:
    """Return how far the picture reaches: to the last step, or a little after, but not to the last day watched."""
    end = kurve.trinn[-1].dager if kurve.trinn else 0
    return min(kurve.siste, max(round(end * 1.1), 7))


def _ticks(last: int) -> range:
    step = next((step for step in _STEPS if last / step <= 6), 730)
    return range(0, last + 1, step)


def _steps(kurve: Kurve, last: int) -> str:
    path = [f"M{_x(0, last):.1f} {_y(0):.1f}"]
    path += [f"H{_x(step.dager, last):.1f}V{_y(1 - step.igjen):.1f}" for step in kurve.trinn]
    path.append(f"H{_x(min(kurve.siste, last), last):.1f}")
    return "".join(path)


def _legend(root: Element, i: int, kurve: Kurve, name: str) -> None:
    y = _BOTTOM + 46 + 17 * i
    add(root, "path", d=f"M0 {y - 4}h30", class_=f"ku l{i + 1}")
    counts = share_of(kurve.gjort, kurve.antall)
    add(root, "text", f"{shorten(name, 34)} ({counts})", x=36, y=y, class_="rn")


def _x(day: float, last: int) -> float:
    return _LEFT + day / last * (_RIGHT - _LEFT)


def _y(share: float) -> float:
    return _BOTTOM - share * (_BOTTOM - _TOP)


def _waiting(rad: Rad | None) -> str:
    if rad is None or rad.forsinkelse_median is None:
        return _("halvparten er ikke nådd")
    days = rad.forsinkelse_median
    return ngettext("halvparten innen {n} dag", "halvparten innen {n} dager", days).format(n=days)


def _table(kurver: Sequence[Kurve], overall: Mapping[str | None, Rad], navn: Rapportnavn) -> Tabell:
    out = []
    for kurve in kurver:
        rad = overall.get(kurve.rutine)
        median, p90 = (rad.forsinkelse_median, rad.forsinkelse_p90) if rad else (None, None)
        key = f"kurve/{navn.plass(kurve.rutine)}"
        out.append((
            navn.rutine(kurve.rutine),
            Celle(str(kurve.antall), "antall", f"kurve/{navn.plass(kurve.rutine)}"),
            Celle(str(kurve.gjort), "gjort", f"kurve/{navn.plass(kurve.rutine)}"),
            Celle(_("ikke nådd") if median is None else str(median), "forsinkelse_median", key),
            Celle(_("ikke nådd") if p90 is None else str(p90), "forsinkelse_p90", key),
            Celle(_by_day(kurve), "trinn", f"kurve/{navn.plass(kurve.rutine)}"),
        ))  # fmt: skip
    heading = (
        _("Rutine"),
        _("Punkter"),
        _("Gjort"),
        _("Halvparten (dager)"),
        _("Ni av ti (dager)"),
        _("Dag: andel gjort"),
    )
    return Tabell(_("Andelen gjort, dag for dag: tallene"), heading, out, tall=range(1, 5))


def _by_day(kurve: Kurve) -> str:
    return ", ".join(f"{step.dager}: {percent(round(1 - step.igjen, 6))}" for step in kurve.trinn) or TOM
