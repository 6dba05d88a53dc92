"""Picture: hours a week, a panel for each role, bars against the line of what is set aside."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.belastningord import headline
from oppfolgingscli.vis.belastningtall import hours, hours_words, number, week_words
from oppfolgingscli.vis.svg.figur import Figur
from oppfolgingscli.vis.svg.tegning import add, drawing, to_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from oppfolgingscli.belastning.rad import Rolletall, Uke
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning
    from oppfolgingscli.vis.html.side import Tabell

_WIDTH: Final = 820
_LEFT: Final = 40
_RIGHT: Final = 812
_PANEL: Final = 150
_PLOT: Final = 92
_TOP: Final = 30
_AXIS: Final = 34
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_LABEL: Final = 26
"""The least room between two week numbers."""


def hours_by_week(v: Belastningsvisning, tabell: Tabell, id_: str) -> Figur | None:
    """Return the picture, with ``tabell`` as the table behind; None where nobody has anything to do.

    A bar is one week. What is above the line of what is set aside is hatched.
    """
    shown = [r for r in v.staff() if r.tid.sum]
    uker = v.belastning.uker
    if not shown or not uker:
        return None
    title = _("Timer for hver uke")
    text = " ".join(_role_words(v, r) for r in shown)
    root = drawing(_WIDTH, _PANEL * len(shown) + _AXIS, title, f"{headline(v)} {text}", id_)
    _hatch(root, f"{id_}-over")
    step = (_RIGHT - _LEFT) / len(uker)
    for i, r in enumerate(shown):
        _panel(root, v, r, _PANEL * i, step, f"url(#{id_}-over)")
    _weeks(root, uker, _PANEL * len(shown) - (_PANEL - _TOP - _PLOT), step)
    words = _("En søyle er en uke.")
    if any(r.avsatt_i_uka is not None for r in shown):
        words += " " + _("Streken er det som er avsatt; det som er over den, er skravert.")
    return Figur(title, f"{words} {text}", (to_text(root),), tabell, bred=True, id=id_)


def _role_words(v: Belastningsvisning, r: Rolletall) -> str:
    most = max(r.uker, key=lambda u: u.tid.sum)
    words = _("{rolle}: {timer} i alt, mest {mest} i {uke}.").format(
        rolle=v.navn.rolle(r.rolle), timer=hours_words(r.tid.sum, 1), mest=hours_words(most.tid.sum, 1),
        uke=week_words(most.uke, year=True),
    )  # fmt: skip
    if r.avsatt_i_uka is None:
        return words
    return words + " " + _("Avsatt {timer} i uka; over i {n} uker.").format(
        timer=hours_words(r.avsatt_i_uka), n=r.uker_over
    )  # fmt: skip


def _hatch(root: Element, id_: str) -> None:
    defs = add(root, "defs")
    pattern = add(
        defs, "pattern", id=id_, width=5, height=5, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
    )
    add(pattern, "rect", width=5, height=5, class_="overgrunn")
    add(pattern, "path", d="M0 0V5", class_="overstrek")


def _panel(root: Element, v: Belastningsvisning, r: Rolletall, top: float, step: float, over: str) -> None:
    most = max(max(u.tid.sum, u.avsatt or Fraction(0)) for u in r.uker) / 60
    tick = next((n for n in _STEPS if most / n <= 4), ceil(most))
    high = tick * ceil(most / tick)
    base = top + _TOP + _PLOT

    def y(minutes: Fraction) -> float:
        return base - float(minutes / 60 / high) * _PLOT

    add(root, "text", v.navn.rolle(r.rolle), x=0, y=top + 16, class_="pt")
    for n in range(0, high + 1, tick):
        add(root, "path", d=f"M{_LEFT} {y(Fraction(n * 60)):.1f}H{_RIGHT}", class_="gl")
        add(root, "text", number(n, 0), x=_LEFT - 6, y=y(Fraction(n * 60)) + 4, class_="ak e")
    add(root, "text", _("timer"), x=_RIGHT, y=top + 16, class_="ak e")
    width = max(step * 0.72, 1)
    for i, u in enumerate(r.uker):
        x = _LEFT + step * (i + 0.5) - width / 2
        if not u.tid.sum:
            continue
        line = u.tid.sum if u.avsatt is None else min(u.tid.sum, u.avsatt)
        bar = add(root, "g")
        add(bar, "title", f"{week_words(u.uke, year=True)}: {hours(u.tid.sum)}")
        if line:
            add(bar, "rect", x=x, y=y(line), width=width, height=base - y(line), class_="soyle")
        if u.tid.sum > line:
            add(bar, "rect", x=x, y=y(u.tid.sum), width=width, height=y(line) - y(u.tid.sum), class_="over", fill=over)
    if r.avsatt_i_uka is not None:
        path = "".join(
            f"{'M' if i == 0 else 'L'}{_LEFT + step * i:.1f} {y(u.avsatt or Fraction(0)):.1f}H{_LEFT + step * (i + 1):.1f}"
            for i, u in enumerate(r.uker)
        )
        add(root, "path", d=path, class_="avsatt")


def _weeks(root: Element, uker: Sequence[Uke], y: float, step: float) -> None:
    """Number the weeks under the last panel, as many as there is room for, and the year where it begins."""
    every = max(ceil(_LABEL / step), 1)
    year = ""
    for i, u in enumerate(uker):
        x = _LEFT + step * (i + 0.5)
        ar, _dash, nr = u.nokkel.partition("-u")
        if i % every == 0:
            add(root, "text", str(int(nr)), x=x, y=y + 16, class_="ak m")
        if ar != year:
            add(root, "text", ar, x=x, y=y + 31, class_="ak m" if i else "ak")
            year = ar
    add(root, "text", _("uke"), x=_LEFT - 6, y=y + 16, class_="ak e")
