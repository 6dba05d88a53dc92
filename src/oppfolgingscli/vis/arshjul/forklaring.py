"""The legend beside the wheel: blocks of lines that are measured first, then flow from column to column. Lengths in mm."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.arshjul import form
from oppfolgingscli.vis.arshjul.skrift import PUNKT, VERSAL, wrap
from oppfolgingscli.vis.svg.tegning import add

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

    from oppfolgingscli.vis.arshjul.ark import Ark, Felt
    from oppfolgingscli.vis.arshjul.innhold import Bokslinje, Innhold, Rad

LITEN: Final = 7 * PUNKT
"""The smallest text on A4."""

_VANLIG: Final = 7.5 * PUNKT
_OVERSKRIFT: Final = 8.5 * PUNKT
_LINJE: Final = 1.27
_INNRYKK: Final = 6.6
_SYMBOL: Final = 4.5
_LITE_SYMBOL: Final = 3.0


@dataclass(slots=True)
class Blokk:
    """Lines that stay together. ``folger``: stays with the one after it (a heading)."""

    hoyde: float = 0
    folger: bool = False
    tekster: list[tuple[str, float, float, float, bool, str]] = field(default_factory=list)
    symboler: list[tuple[int, float, float, float, str, bool]] = field(default_factory=list)
    strek: bool = False

    def write(self, tekst: str, bredde: float, storrelse: float, *, x: float = 0, fet: bool = False, farge: str = form.SVART, linjer: int = 99) -> None:  # fmt: skip
        """Add a text, broken into lines no wider than ``bredde`` less x."""
        for line in wrap(tekst, bredde - x, storrelse, fet=fet, linjer=linjer):
            self.hoyde += _LINJE * storrelse
            self.tekster.append((line, x, self.hoyde - (_LINJE - VERSAL) / 2 * storrelse, storrelse, fet, farge))

    def draw(self, rot: Element, x: float, y: float, bredde: float) -> None:
        """Draw the block with its upper left corner in (x, y)."""
        if self.strek:
            add(rot, "line", x1=x, y1=y + 0.6, x2=x + bredde, y2=y + 0.6, stroke="#8a8a8a", stroke_width=0.25)
        for role, dx, dy, height, number, hollow in self.symboler:
            form.symbol(rot, role, x + dx, y + dy, height, number, hul=hollow)
        for text, dx, dy, size, bold, colour in self.tekster:
            form.text(rot, text, x + dx, y + dy, size, fet=bold, farge=colour)


def title_block(innhold: Innhold, bredde: float, k: float) -> Blokk:
    """Return the title of the sheet."""
    out = Blokk()
    out.write(innhold.tittel, bredde, 19 * PUNKT * k, fet=True, linjer=2)
    out.write(innhold.navn, bredde, 10 * PUNKT * k, fet=True, linjer=2)
    if innhold.undertittel:
        out.write(innhold.undertittel, bredde, 8 * PUNKT * k, farge=form.GRA, linjer=2)
    out.hoyde += 1.5 * k
    return out


def legend_blocks(innhold: Innhold, utenfor: Sequence[Rad], bredde: float, k: float) -> list[Blokk]:
    """Return the blocks of the legend; ``utenfor``: routines there was no room for on the wheel."""
    out: list[Blokk] = []
    outside = {row.nr for row in utenfor}
    for role, name in enumerate(innhold.roller):
        rows = [row for row in innhold.rader if row.rolle == role]
        if not rows:
            continue
        out.append(_role_heading(role, name, bredde, k))
        out += [_routine(row, bredde, k, utenfor=row.nr in outside) for row in rows]
    for heading, lines in innhold.bokser:
        out.append(_heading(heading, bredde, k))
        out += [_line(line, innhold, bredde, k) for line in lines]
    if innhold.skolearet:
        out.append(_heading(_("Skoleåret"), bredde, k))
        out += [_plain(f"{what}: {when}", bredde, k) for what, when in innhold.skolearet]
    out += _key(innhold, bredde, k)
    return out


def _heading(tekst: str, bredde: float, k: float) -> Blokk:
    out = Blokk(hoyde=2.0 * k, folger=True, strek=True)
    out.write(tekst, bredde, _OVERSKRIFT * k, fet=True, linjer=2)
    out.hoyde += 0.4 * k
    return out


def _role_heading(role: int, name: str, bredde: float, k: float) -> Blokk:
    out = Blokk(hoyde=2.0 * k, folger=True, strek=True)
    out.symboler.append((role, 2.4 * k, 2.0 * k + _LINJE * _OVERSKRIFT * k / 2, 3.4 * k, "", False))
    out.write(name, bredde, _OVERSKRIFT * k, x=_INNRYKK * k, fet=True, farge=form.colour(role), linjer=2)
    out.hoyde += 0.4 * k
    return out


def _routine(row: Rad, bredde: float, k: float, *, utenfor: bool) -> Blokk:
    out = Blokk()
    out.symboler.append((row.rolle, 2.9 * k, _SYMBOL * k / 2 + 0.1 * k, _SYMBOL * k, str(row.nr), False))
    out.hoyde = 0.5 * k
    out.write(row.tittel, bredde, _VANLIG * k, x=_INNRYKK * k, linjer=3)
    details = ": ".join(part for part in (row.regel, row.datoer) if part)
    out.write(details, bredde, LITEN * k, x=_INNRYKK * k, farge=form.GRA)
    if utenfor:
        out.write(_("Ikke plass i hjulet."), bredde, LITEN * k, x=_INNRYKK * k, fet=True)
    out.hoyde = max(out.hoyde, _SYMBOL * k) + 0.9 * k
    return out


def _line(line: Bokslinje, innhold: Innhold, bredde: float, k: float) -> Blokk:
    out = Blokk()
    out.symboler.append((line.rolle, 2.2 * k, _LINJE * LITEN * k / 2, _LITE_SYMBOL * k, "", False))
    named = any(row.rolle == line.rolle for row in innhold.rader)  # else its symbol is explained nowhere
    extra = ", ".join(part for part in ("" if named else innhold.roller[line.rolle], line.tillegg) if part)
    words = f"{line.tittel} ({extra})" if extra else line.tittel
    out.write(words, bredde, LITEN * k, x=5.2 * k, linjer=3)
    out.hoyde += 0.7 * k
    return out


def _plain(tekst: str, bredde: float, k: float) -> Blokk:
    out = Blokk()
    out.write(tekst, bredde, LITEN * k)
    return out


def _key(innhold: Innhold, bredde: float, k: float) -> list[Blokk]:
    """Return how to read the wheel, and what must be said about it."""
    texts = [_("Ytterst: månedene og ukenumrene. Skravert: ferie.")]
    marks = [m for row in innhold.rader for w in row.post.vinduer for m in w.merker]
    if any(not row.post.lopende for row in innhold.rader):
        texts.append(_("Felt: tiden noe kan gjøres i. Tykk strek: fristen."))
    if any(row.post.lopende for row in innhold.rader):
        texts.append(_("Stiplet felt: går hele tiden."))
    if marks:
        texts.append(_("Symbolet i feltet: omtrent når det bør planlegges."))
    if any(not m.krav for m in marks):
        texts.append(_("Åpent symbol: ønsket, ikke et krav."))
    out = [_heading(_("Slik leser du hjulet"), bredde, k), _plain(" ".join(texts), bredde, k)]
    if innhold.merknader:
        out.append(_plain(" ".join(innhold.merknader), bredde, k))
    return out


def flow(blokker: Sequence[Blokk], spalter: Sequence[Felt]) -> tuple[list[tuple[Blokk, float, float]], int]:
    """Place blocks in columns; return those placed, with their corners, and how many there was no room for.

    Sections stay whole if all fits that way.
    """
    whole = _flow(blokker, spalter, [_section(blokker, i) for i in range(len(blokker))])
    return whole if not whole[1] else _flow(blokker, spalter, [_with_next(blokker, i) for i in range(len(blokker))])


def _with_next(blokker: Sequence[Blokk], i: int) -> float:
    """Return the height that must be free for a block: a heading's with what follows it."""
    height = blokker[i].hoyde
    while blokker[i].folger and i + 1 < len(blokker):
        i += 1
        height += blokker[i].hoyde
    return height


def _section(blokker: Sequence[Blokk], i: int) -> float:
    """Return the height of a heading and its whole section, of another block its own."""
    height = blokker[i].hoyde
    if blokker[i].folger:
        for block in blokker[i + 1 :]:
            if block.folger:
                break
            height += block.hoyde
    return height


def _flow(
    blokker: Sequence[Blokk], spalter: Sequence[Felt], trengs: Sequence[float]
) -> tuple[list[tuple[Blokk, float, float]], int]:
    placed: list[tuple[Blokk, float, float]] = []
    column, y = 0, 0.0
    for i, block in enumerate(blokker):
        while column < len(spalter) and y + trengs[i] > spalter[column].h:
            column, y = column + 1, 0.0
        if column == len(spalter):
            return placed, len(blokker) - i
        placed.append((block, spalter[column].x, spalter[column].y + y))
        y += block.hoyde
    return placed, 0


def draw_legend(rot: Element, plassert: Iterable[tuple[Blokk, float, float]], ark: Ark) -> None:
    """Draw blocks where they were placed."""
    for block, x, y in plassert:
        block.draw(rot, x, y, ark.spalter[0].w)


def more_words(antall: int) -> str:
    """Say that the sheet was too small."""
    return ngettext(
        "… og {antall} linje til. Bruk A3, eller én rolle om gangen.",
        "… og {antall} linjer til. Bruk A3, eller én rolle om gangen.",
        antall,
    ).format(antall=antall)
