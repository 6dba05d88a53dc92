"""Picture: a funnel plot. Shares against how much they are made from, between limits chance alone would seldom pass.

No order among the places: a league table would make chance look like quality. Sources: Spiegelhalter, Statistics in
Medicine 24 (2005), 1185–1202; Goldstein and Spiegelhalter, Journal of the Royal Statistical Society A 159 (1996),
385–443.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Final, NamedTuple

from oppfolgingscli.maltall.andeler import wilson
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.html.side import Celle, Tabell
from oppfolgingscli.vis.rapportkolonner import percent, share_of
from oppfolgingscli.vis.svg.figur import Figur
from oppfolgingscli.vis.svg.tegning import add, drawing, to_text

_WIDTH: Final = 820
_HEIGHT: Final = 400
_LEFT: Final = 62
_RIGHT: Final = 800
_TOP: Final = 18
_BOTTOM: Final = 340
_STEPS: Final = 80
#: Places outside that are named in the picture; with more the names would hide each other.
_NAMES: Final = 8


class Sted(NamedTuple):
    """One place: its name, share on time (0–1), (on time, judged), and how many independent points that is worth."""

    navn: str
    andel: float
    av: tuple[int, int]
    n: float


def funnel(tittel: str, hva: str, steder: Sequence[Sted], id_: str) -> Figur | None:
    """Return the plot of some places around the share of them together; None with fewer than three.

    ``hva``: what a point is, in the plural: «skoler».
    """
    if len(steder) < 3:
        return None
    whole = sum(s.av[1] for s in steder)
    mean = sum(s.av[0] for s in steder) / whole
    least, most = min(s.n for s in steder) / 1.3, max(s.n for s in steder) * 1.3
    outside = [s for s in steder if not wilson(mean, s.n)[0] <= s.andel <= wilson(mean, s.n)[1]]
    words = _words(hva, mean, len(steder), len(outside))
    root = drawing(_WIDTH, _HEIGHT, tittel, words, id_)

    def x(n: float) -> float:
        return _LEFT + (log10(n) - log10(least)) / (log10(most) - log10(least)) * (_RIGHT - _LEFT)

    def y(share: float) -> float:
        return _BOTTOM - share * (_BOTTOM - _TOP)

    for tick in range(0, 101, 25):
        add(root, "path", d=f"M{_LEFT} {y(tick / 100):.1f}H{_RIGHT}", class_="gl")
        add(root, "text", percent(tick / 100), x=_LEFT - 8, y=y(tick / 100) + 4, class_="ak e")
    grid = [least * (most / least) ** (i / _STEPS) for i in range(_STEPS + 1)]
    for side in (0, 1):
        line = "L".join(f"{x(n):.1f} {y(wilson(mean, n)[side]):.1f}" for n in grid)
        add(root, "path", d=f"M{line}", class_="gr")
    add(root, "path", d=f"M{_LEFT} {y(mean):.1f}H{_RIGHT}", class_="gl st")
    for n in _round_numbers(least, most):
        add(root, "path", d=f"M{x(n):.1f} {_BOTTOM}v5", class_="gl")
        add(root, "text", str(n), x=x(n), y=_BOTTOM + 18, class_="ak m")
    add(root, "text", _("Punkter, regnet som uavhengige"), x=(_LEFT + _RIGHT) / 2, y=_BOTTOM + 42, class_="ak m")
    for s in sorted(steder):
        mark = add(
            root, "circle", cx=round(x(s.n), 1), cy=round(y(s.andel), 1), r=5, class_="pr" if s in outside else "pr hul"
        )
        add(mark, "title", f"{s.navn}: {percent(s.andel)} ({share_of(*s.av)})")
        if s in outside and len(outside) <= _NAMES:
            right = x(s.n) > (_LEFT + _RIGHT) / 2
            at, css = (x(s.n) - 9, "rn e") if right else (x(s.n) + 9, "rn")
            add(root, "text", s.navn, x=round(at, 1), y=round(y(s.andel) + 4, 1), class_=css)
    return Figur(tittel, words, (to_text(root),), _table(tittel, steder, mean), bred=True, id=id_)


def _round_numbers(least: float, most: float) -> list[int]:
    found = [m * 10**e for e in range(7) for m in (1, 2, 5)]
    return [n for n in found if least <= n <= most]


def _words(hva: str, mean: float, n: int, outside: int) -> str:
    first = _(
        "Hvert merke er ett sted ({hva}), og alle sammen har {andel} i tide (den stiplede linjen). Mellom kurvene er "
        "forskjeller ikke større enn tilfeldigheter ofte gir."
    ).format(hva=hva, andel=percent(mean))
    last = ngettext("{ute} av {n} er utenfor (fylt merke).", "{ute} av {n} er utenfor (fylte merker).", outside).format(
        ute=outside, n=n
    )
    chance = _("Omtrent ett av tjue havner utenfor uten at noe er annerledes der.")
    return f"{first} {last} {chance}"


def _table(tittel: str, steder: Sequence[Sted], mean: float) -> Tabell:
    rows: list[list[str | Celle]] = []
    for s in sorted(steder):
        low, high = wilson(mean, s.n)
        rows.append([s.navn, percent(s.andel), share_of(*s.av), f"{s.n:.0f}", f"{percent(low)}–{percent(high)}"])
    heads = (_("Sted"), _("Andel i tide"), _("Av"), _("Regnet som uavhengige"), _("Ventet mellom"))
    return Tabell(_("{tittel}: tallene").format(tittel=tittel), heads, rows, tall=range(1, 5))
