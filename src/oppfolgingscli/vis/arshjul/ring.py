"""Draws the wheel itself: months, weeks, breaks, a track for each routine, the semesters in the middle.

The year begins at the top and goes clockwise. Lengths in mm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import degrees
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.arshjul import form
from oppfolgingscli.vis.arshjul.innhold import ferie_ord, maned_ord, semester_ord, span
from oppfolgingscli.vis.arshjul.polar import Skive
from oppfolgingscli.vis.arshjul.skrift import PUNKT, VERSAL, width, wrap
from oppfolgingscli.vis.svg.tegning import add

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from oppfolgingscli.arshjul import Merke, Vindu
    from oppfolgingscli.vis.arshjul.ark import Ark
    from oppfolgingscli.vis.arshjul.innhold import Innhold, Rad
    from oppfolgingscli.vis.arshjul.spor import Spor

MINST_SPOR: Final = 4.9
"""The narrowest track that holds a symbol with its number in 7 points, on A4."""

_STORST_SPOR: Final = 9.0
_MANED: Final = 7.0
_UKE: Final = 4.4
_FERIE: Final = 4.6
_SEMESTER: Final = 5.4
_MIDTEN: Final = 15.0
"""The smallest radius of the middle, where the school year stands."""

_LUFT: Final = 0.45
"""From the edge of a track to what is on it."""

_ROMSLIG: Final = 34.0
"""A middle larger than this has room for the name too."""

_SYMBOL: Final = 4.5
_LINJE: Final = "#c4c4c4"
_FERIEGRUNN: Final = "#dedede"
_MANGE_MERKER: Final = 16
"""A routine with more planned days than this in a year has one symbol a window."""


def room_for(ark: Ark) -> int:
    """Return how many tracks the wheel has room for."""
    outer = ark.radius - (_MANED + _UKE + _FERIE) * ark.k
    return int((outer - (_MIDTEN + _SEMESTER) * ark.k) / (MINST_SPOR * ark.k))


@dataclass(frozen=True, slots=True)
class Ring:
    """The wheel on one sheet."""

    rot: Element
    innhold: Innhold
    ark: Ark
    skive: Skive
    id_: str

    @classmethod
    def on(cls, rot: Element, innhold: Innhold, ark: Ark, id_: str) -> Ring:
        """Make the wheel of a sheet."""
        ar = innhold.hjul.periode
        return cls(rot, innhold, ark, Skive(ark.x, ark.y, ar.fra, (ar.til - ar.fra).days + 1), id_)

    def draw(self, spor: Sequence[Spor]) -> None:
        """Draw it all, from the ground up."""
        k = self.ark.k
        months = self.ark.radius - _MANED * k
        weeks = months - _UKE * k
        outer = weeks - _FERIE * k
        thick = min(_STORST_SPOR * k, (outer - (_MIDTEN + _SEMESTER) * k) / max(len(spor), 1))
        inner = outer - thick * len(spor)
        self._breaks(inner, outer, weeks)
        self._months(months, inner)
        self._weeks(weeks, months)
        self._grid(spor, outer, thick)
        self._break_names(outer, weeks)
        for number, track in enumerate(spor):
            middle = outer - thick * (number + 0.5)
            for row in track.rader:
                self._routine(row, middle, thick)
        self._semesters(inner)
        self._middle(inner - _SEMESTER * k)

    # -- the year ----------------------------------------------------------------------------------

    def _spans(self) -> Iterator[tuple[str, float, float]]:
        for f in self.innhold.hjul.ferier:
            yield f.navn, self.skive.angle(f.bredt[0]), self.skive.angle(f.bredt[1] + timedelta(1))

    def _breaks(self, inner: float, middle: float, outer: float) -> None:
        """Hatch the breaks: in grey print a plain ground would look like a window."""
        k, hatch = self.ark.k, f"{self.id_}-skravur"
        pattern = add(add(self.rot, "defs"), "pattern", id=hatch, width=1.8 * k, height=1.8 * k,
                      patternUnits="userSpaceOnUse", patternTransform="rotate(45)")  # fmt: skip
        add(pattern, "line", x1=0, y1=0, x2=0, y2=1.8 * k, stroke="#a8a8a8", stroke_width=0.45 * k)
        for _name, start, end in self._spans():
            add(self.rot, "path", d=self.skive.sector(middle, outer, start, end), fill=_FERIEGRUNN)
            add(self.rot, "path", d=self.skive.sector(inner, middle, start, end), fill=f"url(#{hatch})")

    def _month_starts(self) -> list[date]:
        first = self.innhold.hjul.periode.fra
        return [date(first.year + (first.month + n - 1) // 12, (first.month + n - 1) % 12 + 1, 1) for n in range(12)]

    def _months(self, inner: float, core: float) -> None:
        disc, k = self.skive, self.ark.k
        starts = [*self._month_starts(), self.innhold.hjul.periode.til + timedelta(1)]
        for number, (first, after) in enumerate(pairwise(starts)):
            a, b = disc.angle(first), disc.angle(after)
            fill = "#ffffff" if number % 2 else "#efefef"
            add(self.rot, "path", d=disc.sector(inner, self.ark.radius, a, b), fill=fill, stroke=form.SVART, stroke_width=0.2 * k)  # fmt: skip
            disc.spoke(self.rot, core, inner, a, _LINJE, 0.2 * k)
            words = maned_ord(first)
            words = words if first.month in (1, 8) else words.rsplit(" ", 1)[0]
            disc.along(self.rot, words[:1].upper() + words[1:], (inner + self.ark.radius) / 2, (a + b) / 2,
                       9.5 * PUNKT * k, f"{self.id_}-m{number}", fet=True)  # fmt: skip

    def _weeks(self, inner: float, outer: float) -> None:
        disc, k, year = self.skive, self.ark.k, self.innhold.hjul.periode
        size = 7 * PUNKT * k
        add(self.rot, "circle", cx=disc.x, cy=disc.y, r=inner, fill="none", stroke=form.SVART, stroke_width=0.2 * k)
        monday = year.fra - timedelta(year.fra.weekday())
        while monday <= year.til:
            if monday >= year.fra:
                disc.spoke(self.rot, inner, outer, disc.angle(monday), form.GRA, 0.15 * k)
            thursday = monday + timedelta(3)
            if year.fra <= thursday <= year.til and (thursday - year.fra).days > 1 and (year.til - thursday).days > 1:
                self._turned(str(thursday.isocalendar().week), (inner + outer) / 2, disc.angle(thursday) + 180 / disc.dager, size)  # fmt: skip
            monday += timedelta(7)

    def _turned(self, tekst: str, radius: float, angle: float, size: float) -> None:
        """Write a short text on the ring, straight."""
        below = 90 < angle % 360 < 270
        x, y = self.skive.point(radius + (VERSAL if below else -VERSAL) * size / 2, angle)
        form.text(self.rot, tekst, x, y, size, farge=form.GRA, anker="middle", vri=angle + (180 if below else 0))

    def _grid(self, spor: Sequence[Spor], outer: float, thick: float) -> None:
        k, disc = self.ark.k, self.skive
        for number in range(len(spor) + 1):
            between = 0 < number < len(spor) and spor[number].rolle == spor[number - 1].rolle
            line, wide = (_LINJE, 0.15 * k) if between else ("#8a8a8a", 0.25 * k)
            add(self.rot, "circle", cx=disc.x, cy=disc.y, r=outer - thick * number, fill="none", stroke=line, stroke_width=wide)  # fmt: skip

    def _break_names(self, inner: float, outer: float) -> None:
        size = 7 * PUNKT * self.ark.k
        summer = max((s for s in self._spans() if s[0] == "sommerferie"), key=lambda s: s[2] - s[1], default=None)
        for number, (name, start, end) in enumerate(self._spans()):
            if name != "sommerferie" or (name, start, end) == summer:
                middle = (start + end) / 2
                self.skive.along(self.rot, ferie_ord(name), (inner + outer) / 2, middle, size, f"{self.id_}-f{number}")

    # -- the routines ------------------------------------------------------------------------------

    def _routine(self, row: Rad, middle: float, thick: float) -> None:
        many = sum(len(w.merker) for w in row.post.vinduer) > _MANGE_MERKER
        last = -360.0
        named = False
        for number, window in enumerate(row.post.vinduer):
            start, end = self._angles(window)
            self._band(row, start, end, middle, thick)
            if not row.post.lopende and window.til <= self.innhold.hjul.periode.til:
                half = thick / 2 - _LUFT * self.ark.k
                self.skive.spoke(self.rot, middle - half, middle + half, end, form.colour(row.rolle), self.ark.k)
            marks = self._marks(row, window, middle, many=many)
            kept = []
            for angle, mark in marks:
                if angle - last >= self._symbol_angle(middle):
                    kept.append((angle, mark))
                    last = angle
            text_id = f"{self.id_}-r{row.nr}-{number}"
            named = self._name(row, (start, end), [a for a, _m in kept], middle, text_id) or named
            for angle, mark in kept:
                x, y = self.skive.point(middle, angle)
                wished = mark is not None and not mark.krav
                form.symbol(self.rot, row.rolle, x, y, _SYMBOL * self.ark.k, str(row.nr), hul=wished)

    def _angles(self, window: Vindu) -> tuple[float, float]:
        year = self.innhold.hjul.periode
        return self.skive.angle(max(window.fra, year.fra)), self.skive.angle(min(window.til, year.til) + timedelta(1))

    def _symbol_angle(self, middle: float) -> float:
        return degrees((form.symbol_width(_SYMBOL) + 0.3) * self.ark.k / middle)

    def _band(self, row: Rad, start: float, end: float, middle: float, thick: float) -> None:
        k, colour = self.ark.k, form.colour(row.rolle)
        half = thick / 2 - _LUFT * k
        dash = {"stroke-dasharray": f"{1.2 * k:g} {0.8 * k:g}"} if row.post.lopende else {}
        add(self.rot, "path", d=self.skive.sector(middle - half, middle + half, start, end),
            fill=form.tint(row.rolle), fill_rule="evenodd", stroke=colour, stroke_width=0.25 * k, **dash)  # fmt: skip

    def _marks(self, row: Rad, window: Vindu, middle: float, *, many: bool) -> list[tuple[float, Merke | None]]:
        """Return where the symbols of a window stand: on its planned days, else where it begins."""
        start, end = self._angles(window)
        year = self.innhold.hjul.periode
        days = [] if many else [m for m in window.merker if year.fra <= m.dag <= year.til]
        if days:
            return [(self.skive.angle(m.dag) + 180 / self.skive.dager, m) for m in days]
        edge = self._symbol_angle(middle) / 2
        return [(min(start + edge, (start + end) / 2) if end - start > edge else (start + end) / 2, None)]

    def _name(self, row: Rad, window: tuple[float, float], marks: Sequence[float], middle: float, text_id: str) -> bool:
        """Write the routine's name in the widest free part of its window, if it fits."""
        half = self._symbol_angle(middle) / 2
        pad = degrees(1.2 * self.ark.k / middle)
        edges = [window[0], *(e for a in marks for e in (a - half, a + half)), window[1]]
        gaps = [(edges[i] + pad, edges[i + 1] - pad) for i in range(0, len(edges), 2)]
        start, end = max(gaps, key=lambda gap: gap[1] - gap[0])
        size = 7.5 * PUNKT * self.ark.k
        if self.skive.taken(row.tittel, middle, size) > end - start:
            return False
        self.skive.along(self.rot, row.tittel, middle, (start + end) / 2, size, text_id)
        return True

    # -- the middle --------------------------------------------------------------------------------

    def _semesters(self, outer: float) -> None:
        k, disc = self.ark.k, self.skive
        inner = outer - _SEMESTER * k
        size = 8 * PUNKT * k
        middle = (inner + outer) / 2
        pieces = [(semester_ord(code), f"{semester_ord(code)} {span(a, b)}", disc.angle(a), disc.angle(b + timedelta(1)))
                  for code, a, b in self.innhold.hjul.semestre]  # fmt: skip
        dated = all(disc.taken(long, middle, size) < b - a - 4 for _short, long, a, b in pieces)
        for number, (short, long, a, b) in enumerate(pieces):
            add(self.rot, "path", d=disc.sector(inner, outer, a, b), fill="#ffffff" if number else "#efefef",
                stroke=form.SVART, stroke_width=0.25 * k)  # fmt: skip
            disc.along(self.rot, long if dated else short, middle, (a + b) / 2, size, f"{self.id_}-s{number}")

    def _middle(self, radius: float) -> None:
        year, k, disc = self.innhold.hjul.skolear, self.ark.k, self.skive
        words = f"{year}/{(year + 1) % 100:02d}"
        size = form.centred_size(words, min(22 * PUNKT * k, radius * 0.5), 1.5 * radius, fet=True)
        form.text(self.rot, words, disc.x, disc.y + VERSAL * size / 2, size, fet=True, anker="middle")
        label, small = _("Skoleåret"), 8 * PUNKT * k
        if radius > _ROMSLIG * k:
            for number, line in enumerate(wrap(self.innhold.navn, 1.4 * radius, 10 * PUNKT * k, linjer=3)):
                y = disc.y + VERSAL * size / 2 + (6.5 + 4.6 * number) * k
                form.text(self.rot, line, disc.x, y, 10 * PUNKT * k, anker="middle")
        if width(label, small) < 1.3 * radius:
            form.text(self.rot, label, disc.x, disc.y - VERSAL * size / 2 - 1.6 * k, small, farge=form.GRA, anker="middle")  # fmt: skip
