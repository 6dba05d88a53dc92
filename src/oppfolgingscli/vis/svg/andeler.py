"""Picture: the share on time of each routine, with how sure it is and how far off it could be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.html.side import Celle, Tabell
from oppfolgingscli.vis.rapport import shorten
from oppfolgingscli.vis.rapportkolonner import followed, given, percent, share_of, surer
from oppfolgingscli.vis.svg.figur import Figur, dot, text_width, whisker
from oppfolgingscli.vis.svg.tegning import add, drawing, to_text

if TYPE_CHECKING:
    from oppfolgingscli.maltall.rad import Rad
    from oppfolgingscli.vis.rapportnavn import Rapportnavn

_WIDTH: Final = 820
_LEFT: Final = 245
_RIGHT: Final = 600
_TOP: Final = 30
_ROW: Final = 30


def on_time_shares(rader: Sequence[Rad], totalt: Rad, navn: Rapportnavn, id_: str) -> Figur | None:
    """Return a line for each routine with something judged, then for everything; None without any.

    ``rader``: as in a report; those of all periods are drawn. A circle is the share on time with its 95 % interval,
    hollow where there is none; a square is the share of days covered; the thin line is how low and high it could be.
    """
    rows = [rad for rad in rader if rad.periode is None and (rad.bedomt or rad.klokkedager)]
    if not rows:
        return None
    if totalt.andel_av[1]:
        rows.append(totalt)
    title = _("Andel i tide for hver rutine")
    text = _sentence(rows, navn)
    root = drawing(_WIDTH, _TOP + _ROW * len(rows) + 10, title, text, id_)
    for tick in range(0, 101, 25):
        x = _x(tick / 100)
        add(root, "path", d=f"M{x:g} {_TOP - 6}V{_TOP + _ROW * len(rows)}", class_="gl")
        add(root, "text", percent(tick / 100), x=x, y=_TOP - 12, class_="ak m")
    for i, rad in enumerate(rows):
        y = _TOP + _ROW * (i + 0.5)
        label = shorten(navn.rutine(rad.rutine), 40)
        add(root, "text", label, x=_LEFT - 12, y=y + 4, class_="rn e")
        if text_width(label, 12) > _LEFT - 12:
            root[-1].set("textLength", str(_LEFT - 16))
            root[-1].set("lengthAdjust", "spacingAndGlyphs")
        if rad.grenser is not None:
            whisker(root, (_x(rad.grenser[0]), y), (_x(rad.grenser[1]), y), "gr", 3)
        if rad.i_tide_kl is not None:
            whisker(root, (_x(rad.i_tide_kl[0]), y), (_x(rad.i_tide_kl[1]), y))
        if rad.i_tide_andel is not None:
            dot(root, _x(rad.i_tide_andel), y, hul=rad.i_tide_kl is None)
        if rad.rutine is not None and rad.dager_dekket is not None:
            dot(root, _x(rad.dager_dekket), y, hul=True, firkant=True)
        add(root, "text", _beside(rad), x=_RIGHT + 16, y=y + 4, class_="rn")
    return Figur(title, _key(rows), (to_text(root),), _table(rows, navn), bred=True, id=id_)


def _x(share: float) -> float:
    return _LEFT + share * (_RIGHT - _LEFT)


def _beside(rad: Rad) -> str:
    parts = []
    if rad.andel_av[1]:
        parts.append(share_of(*rad.andel_av))
    if rad.rutine is not None and rad.dager_dekket is not None:
        parts.append(_("{prosent} av dagene").format(prosent=percent(rad.dager_dekket)))
    return " · ".join(parts)


def _sentence(rows: Sequence[Rad], navn: Rapportnavn) -> str:
    parts = []
    for rad in rows:
        share = f" ({percent(rad.i_tide_andel)})" if rad.i_tide_andel is not None else ""
        parts.append(f"{navn.rutine(rad.rutine)}: {_beside(rad)}{share}")
    return _("Gjort i tide, av det som er bedømt. {rutiner}.").format(rutiner="; ".join(parts))


def _key(rows: Sequence[Rad]) -> str:
    words = [_("Sirkelen er andelen som ble gjort i tide.")]
    if any(rad.i_tide_kl for rad in rows):
        words.append(_("Den tykke streken gjennom den er usikkerheten (95 prosent)."))
    if any(rad.i_tide_andel is not None and rad.i_tide_kl is None for rad in rows):
        words.append(_("En hul sirkel har ingen: det er færre enn ti deltakere, eller klassen under ett."))
    if any(rad.rutine is not None and rad.dager_dekket is not None for rad in rows):
        words.append(_("Firkanten er andelen av dagene som er dekket, for rutiner med faste mellomrom."))
    words.append(_("Den tynne streken er hvor lav og høy andelen kunne vært om alt usikkert gikk én vei."))
    return " ".join(words)


def _table(rows: Sequence[Rad], navn: Rapportnavn) -> Tabell:
    wanted = ("andel_av", "i_tide_andel", "i_tide_kl", "grenser", "dager_dekket")
    known = {c.felt: c for c in (*followed(), *given(), *surer())}
    cols = [known[felt] for felt in wanted]
    out: list[list[str | Celle]] = []
    for rad in rows:
        key = navn.plass(rad.rutine) + ("/alle" if rad.rutine else "")
        out.append([navn.rutine(rad.rutine), *(Celle(c.tekst(rad), c.felt, key) for c in cols)])
    heading = (_("Rutine"), *(c.navn for c in cols))
    return Tabell(_("Andel i tide for hver rutine: tallene"), heading, out, tall=range(1, 1 + len(cols)))
