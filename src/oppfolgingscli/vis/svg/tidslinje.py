"""Picture: one participant's course: the windows, what was done in them and when, contacts beside them, and pauses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _, dato_kort, ngettext
from oppfolgingscli.tid.perioder import perioder
from oppfolgingscli.vis.html.side import Tabell
from oppfolgingscli.vis.ord import dag_ord, is_tidsperiode, periode_ord, status_ord
from oppfolgingscli.vis.rapport import shorten
from oppfolgingscli.vis.svg.figur import Figur, hatch
from oppfolgingscli.vis.svg.tegning import add, box, drawing, to_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from oppfolgingscli.maltall.rad import Bedomt, Deltakerlinje, Linjekontakt
    from oppfolgingscli.vis.rapportnavn import Rapportnavn

_WIDTH: Final = 820
_LEFT: Final = 196
_RIGHT: Final = 812
_TOP: Final = 26
_SUB: Final = 11
_PAD: Final = 6
_MARK: Final = 6
"""Days a mark is wide, about: two of them never stand on top of each other."""


@dataclass(frozen=True, slots=True)
class Akse:
    """The days a picture covers, closed, and its lanes.

    ``rutiner``: ids in the order the lanes stand. ``intervaller``: those whose windows end at the contact.
    """

    fra: date
    til: date
    rutiner: Sequence[str]
    intervaller: Collection[str] = ()

    def x(self, day: date) -> float:
        """Return where a day begins."""
        span = (self.til - self.fra).days + 1
        return _LEFT + min(max((day - self.fra).days, 0), span) / span * (_RIGHT - _LEFT)


def timeline(linje: Deltakerlinje, akse: Akse, navn: Rapportnavn, id_: str) -> Figur:
    """Return the course of a participant up to the last day of ``akse``; what is shielded is left out.

    A bar is a window; its mark says what became of it. No reason for a pause or an exemption is told.
    """
    shown = [b for b in linje.punkter if not b.skjermet and b.punkt.fra <= akse.til]
    beside = [k for k in linje.kontakter if not k.skjermet and not k.kreditert and k.dato <= akse.til]
    by_routine: dict[str, list[Bedomt]] = {}
    for b in shown:
        by_routine.setdefault(b.punkt.rutine, []).append(b)
    lanes = [(rutine, _pack(by_routine[rutine], akse)) for rutine in akse.rutiner if rutine in by_routine]
    height = _TOP + sum(len(rows) * _SUB + _PAD for _r, rows in lanes) + (_SUB + _PAD if beside else 0) + 6
    text = _sentence(linje, shown, akse)
    root = drawing(_WIDTH, height, _("Forløpet til {deltaker}").format(deltaker=linje.deltaker), text, id_)
    fill = hatch(root, f"{id_}-p")
    _stripes(root, [len(rows) for _r, rows in lanes])
    _ground(root, linje, akse, height, fill)
    y: float = _TOP + _PAD / 2
    for rutine, rows in lanes:
        add(root, "text", shorten(navn.rutine(rutine), 33), x=2, y=y + 9, class_="bn")
        for sub in rows:
            for b in sub:
                _point(root, b, akse, y, fill)
            y += _SUB
        y += _PAD
    if beside:
        add(root, "text", _("Andre kontakter"), x=2, y=y + 9, class_="bn")
        for k in beside:
            ring = add(root, "circle", cx=akse.x(k.dato), cy=y + _SUB / 2, r=3, class_="ri")
            add(ring, "title", f"{navn.type(k.type)}, {dag_ord(k.dato)}")
    return Figur(linje.deltaker, text, (to_text(root),), _table(linje, shown, beside, navn), bred=True, id=id_)


def _stripes(root: Element, rows: Sequence[int]) -> None:
    """Draw the ground of every other lane, under everything else. ``rows``: how many rows each lane has."""
    y: float = _TOP
    for i, n in enumerate(rows):
        if i % 2 == 0:
            add(root, "rect", x=0, y=y, width=_WIDTH, height=n * _SUB + _PAD, class_="ba")
        y += n * _SUB + _PAD


def _ground(root: Element, linje: Deltakerlinje, akse: Akse, height: float, fill: str) -> None:
    """Draw semesters, the time before and after the participant was there, and pauses."""
    for span in ((akse.fra, linje.start - timedelta(1)), (linje.slutt + timedelta(1), akse.til)):
        if span[0] <= span[1] and akse.fra <= span[1] and span[0] <= akse.til:
            a, b = akse.x(span[0]), akse.x(span[1] + timedelta(1))
            add(root, "rect", x=a, y=_TOP, width=b - a, height=height - _TOP, class_="ute")
    for period in perioder("semester", akse.fra, akse.til):
        x = akse.x(max(period.fra, akse.fra))
        add(root, "path", d=f"M{x:.1f} {_TOP - 18}V{height:g}", class_="gl")
        if akse.x(min(period.til, akse.til)) - x > 60:
            add(root, "text", periode_ord(period.nokkel), x=x + 4, y=_TOP - 8, class_="ak")
    for fra, til in linje.pauser:
        a, b = akse.x(fra), akse.x(til + timedelta(1))
        rect = add(root, "rect", x=a, y=_TOP, width=max(b - a, 2), height=height - _TOP, fill=fill)
        add(rect, "title", _("Pause {fra}–{til}").format(fra=dag_ord(fra), til=dag_ord(til)))


def _span(b: Bedomt, akse: Akse) -> tuple[date, date]:
    """Return the window as drawn, closed: an interval's ends with the contact, one without a deadline with the doing."""
    end = b.punkt.frist or b.kontakt_dato or akse.til
    if b.punkt.rutine in akse.intervaller and b.kontakt_dato is not None:
        end = min(end, b.kontakt_dato)
    return b.punkt.fra, max(b.punkt.fra, min(end, akse.til))


def _pack(punkter: Iterable[Bedomt], akse: Akse) -> list[list[Bedomt]]:
    """Put points on as few rows as it takes for none to cover another."""
    rows: list[tuple[date, list[Bedomt]]] = []
    for b in sorted(punkter, key=lambda b: (b.punkt.fra, b.punkt.frist or date.max, b.punkt.nr)):
        fra, til = _span(b, akse)
        end = max(til, b.kontakt_dato + timedelta(_MARK) if b.kontakt_dato else til)
        free = next((i for i, (last, _row) in enumerate(rows) if last < fra), None)
        if free is None:
            rows.append((end, [b]))
        else:
            rows[free][1].append(b)
            rows[free] = (end, rows[free][1])
    return [row for _end, row in rows]


def _point(root: Element, b: Bedomt, akse: Akse, y: float, fill: str) -> None:
    fra, til = _span(b, akse)
    a, z = round(akse.x(fra), 1), round(akse.x(til + timedelta(1)), 1)
    group = add(root, "g", class_=b.status)
    add(group, "title", _tooltip(b))
    box(group, a, y + 2, max(z - a, 2), _SUB - 4, "b")
    mid = y + _SUB / 2
    if b.status == "fritatt":
        add(group, "rect", x=a, y=y + 2, width=max(z - a, 2), height=_SUB - 4, fill=fill)
    if b.kontakt_dato is not None:
        x = round(akse.x(b.kontakt_dato), 1)
        if b.status == "for_sent":
            add(group, "path", d=f"M{z:.1f} {mid:g}H{x:.1f}", class_="sen")
        mark(group, b.status, x, mid)
    elif b.status == "forfalt":
        add(group, "path", d=f"M{z:.1f} {mid:g}H{akse.x(akse.til):.1f}", class_="sen")
        mark(group, b.status, z, mid)
    elif b.status == "mangler":
        mark(group, b.status, z - 4 if z - a > 10 else (a + z) / 2, mid)


def mark(forelder: Element, status: str, x: float, y: float) -> None:
    """Draw the mark of a status: disc on time, triangle late, diamond overdue, cross missing."""
    if status == "i_tide":
        add(forelder, "circle", cx=x, cy=y, r=3.6, class_="m")
    elif status == "for_sent":
        add(forelder, "path", d=f"M{x:.1f} {y - 4.5:.1f}l4.6 8.2h-9.2z", class_="m")
    elif status == "forfalt":
        add(forelder, "path", d=f"M{x:.1f} {y - 5:.1f}l5 5-5 5-5-5z", class_="m")
    elif status == "mangler":
        add(forelder, "path", d=f"M{x - 3.6:.1f} {y - 3.6:.1f}l7.2 7.2m0-7.2l-7.2 7.2", class_="kr")


def legend() -> list[tuple[str, str]]:
    """Return (picture, words) for each thing a course is drawn with."""
    out = []
    for status, words in (
        ("i_tide", _("gjort i tide (prikken er dagen)")),
        ("for_sent", _("gjort for sent")),
        ("forfalt", _("forfalt: kan ennå gjøres")),
        ("mangler", _("mangler: kan ikke tas igjen")),
        ("apen", _("vinduet er åpent")),
        ("fritatt", _("fritatt")),
    ):
        root = _small()
        fill = hatch(root, f"tegn-{status}") if status == "fritatt" else ""
        group = add(root, "g", class_=status)
        add(group, "rect", x=1, y=4, width=34, height=8, rx=2, class_="b")
        if fill:
            add(group, "rect", x=1, y=4, width=34, height=8, fill=fill)
        mark(group, status, 26, 8)
        out.append((to_text(root), words))
    root = _small()
    add(root, "circle", cx=18, cy=8, r=3, class_="ri")
    out.append((to_text(root), _("kontakt utenom planen")))
    root = _small()
    fill = hatch(root, "tegn-pause")
    add(root, "rect", x=6, y=0, width=24, height=16, fill=fill)
    out.append((to_text(root), _("pause")))
    return out


def _small() -> Element:
    root = drawing(36, 16, "", "", "x")
    root.clear()
    for key, value in (("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 36 16"), ("width", "36"),
                       ("height", "16"), ("aria-hidden", "true")):  # fmt: skip
        root.set(key, value)
    return root


def _tooltip(b: Bedomt) -> str:
    """Say what became of a point; its routine stands at the beginning of the row."""
    parts = [status_ord(b.status)]
    if b.kontakt_dato is not None:
        parts.append(dag_ord(b.kontakt_dato))
    if b.punkt.frist is not None:
        parts.append(_("frist {dato}").format(dato=dag_ord(b.punkt.frist)))
    return ", ".join(parts)


def _sentence(linje: Deltakerlinje, shown: Sequence[Bedomt], akse: Akse) -> str:
    judged = [b for b in shown if b.bedomt]
    parts = [
        _("{i_tide} av {bedomt} i tide").format(i_tide=sum(b.status == "i_tide" for b in judged), bedomt=len(judged))
    ]
    for status, words in (
        ("for_sent", _("{n} for sent")),
        ("forfalt", _("{n} forfalt")),
        ("mangler", _("{n} mangler")),
    ):
        n = sum(b.status == status for b in judged)
        parts += [words.format(n=n)] if n else []
    held = [k.dato for k in linje.kontakter if not k.skjermet]
    if held:
        parts.append(
            ngettext("{n} kontakt, {dato}", "{n} kontakter, den siste {dato}", len(held)).format(
                n=len(held), dato=dag_ord(max(held))
            )
        )
    text = "; ".join(parts) + "."
    days = sum((til - fra).days + 1 for fra, til in linje.pauser)
    if days:
        text += " " + ngettext("{n} dag i pause.", "{n} dager i pause.", days).format(n=days)
    if linje.start > akse.fra:
        text += " " + _("Begynte {dato}.").format(dato=dag_ord(linje.start))
    if linje.slutt <= akse.til:
        text += " " + _("Siste dag {dato}.").format(dato=dag_ord(linje.slutt))
    return text


def _table(linje: Deltakerlinje, shown: Sequence[Bedomt], beside: Sequence[Linjekontakt], navn: Rapportnavn) -> Tabell:
    rows: list[tuple[date, tuple[str, ...]]] = []
    for b in shown:
        p = b.punkt
        window = (
            f"{dato_kort(p.fra)}–{dato_kort(p.frist)}" if p.frist else _("fra {dato}").format(dato=dato_kort(p.fra))
        )
        period = periode_ord(p.periode) if is_tidsperiode(p.periode) else ""
        done = dato_kort(b.kontakt_dato) if b.kontakt_dato else "–"
        rows.append((p.frist or p.fra, (navn.rutine(p.rutine), period, window, status_ord(b.status), done)))
    rows += [
        (k.dato, (_("(utenom planen) {type}").format(type=navn.type(k.type)), "", "", "", dato_kort(k.dato)))
        for k in beside
    ]
    rows += [(fra, (_("(pause)"), "", f"{dato_kort(fra)}–{dato_kort(til)}", "", "")) for fra, til in linje.pauser]
    heading = (_("Rutine"), _("Periode"), _("Vindu"), _("Status"), _("Kontakt"))
    rows.sort(key=lambda row: row[0])
    return Tabell(
        _("Forløpet til {deltaker}: tallene").format(deltaker=linje.deltaker), heading, [row for _day, row in rows]
    )
