"""The annual wheel as a picture to print and hang up: ``draw`` is the way in.

``innhold`` puts the wheel into words, ``ark`` divides the sheet, ``spor`` gives each routine a track, ``ring`` draws
the wheel, ``forklaring`` the legend. ``tekst`` is the text version, ``png`` makes pixels of the picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.vis.arshjul.ark import Felt, sheets
from oppfolgingscli.vis.arshjul.forklaring import Blokk, draw_legend, flow, legend_blocks, more_words, title_block
from oppfolgingscli.vis.arshjul.innhold import content, description
from oppfolgingscli.vis.arshjul.ring import Ring, room_for
from oppfolgingscli.vis.arshjul.skrift import PUNKT
from oppfolgingscli.vis.arshjul.spor import fitting, tracks
from oppfolgingscli.vis.svg.tegning import add, drawing, number, to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.arshjul import Hjul
    from oppfolgingscli.vis.arshjul.ark import Ark, Papir, Retning
    from oppfolgingscli.vis.arshjul.innhold import Innhold, Rad
    from oppfolgingscli.vis.arshjul.spor import Spor

_Plassert = list[tuple[Blokk, float, float]]


def draw(
    hjul: Hjul, papir: Papir = "a4", *, retning: Retning = "auto", i_side: bool = False, id_: str = "arshjul"
) -> str:
    """Draw the wheel on a sheet, in the language in use; return it as SVG, the same bytes for the same wheel.

    ``retning``: "liggende", "staende", or "auto" for the one with most room. ``i_side``: for a page, scales to its
    place; else the root says how large the sheet is in mm. ``id_`` tells it apart from other pictures on the page.
    No text is smaller than 7 points on A4.
    """
    innhold = content(hjul)
    ark, spor, placed = _lay_out(innhold, papir, retning)
    root = drawing(ark.w, ark.h, f"{innhold.tittel} – {innhold.navn}", description(hjul), id_)
    if not i_side:
        root.set("width", f"{number(ark.w)}mm")
        root.set("height", f"{number(ark.h)}mm")
    add(root, "rect", width=ark.w, height=ark.h, fill="#ffffff")
    Ring.on(root, innhold, ark, id_).draw(spor)
    draw_legend(root, placed, ark)
    return to_text(root) + "\n"


def _lay_out(innhold: Innhold, papir: Papir, retning: Retning) -> tuple[Ark, Sequence[Spor], _Plassert]:
    """Return the first sheet all fits on; else the one with most of the wheel, and then of the legend, on it."""
    all_tracks = tracks(innhold.rader)
    best: tuple[tuple[int, int], Ark, Sequence[Spor], _Plassert] | None = None
    for ark in sheets(papir, retning):
        kept, outside = fitting(all_tracks, room_for(ark))
        placed, left = _place(innhold, outside, ark)
        score = (len(outside), left)
        if best is None or score < best[0]:
            best = (score, ark, kept, placed)
        if score == (0, 0):
            break
    assert best is not None  # noqa: S101 - there is always a sheet
    return best[1:]


def _place(innhold: Innhold, utenfor: Sequence[Rad], ark: Ark) -> tuple[_Plassert, int]:
    k = ark.k
    head: _Plassert = []
    columns = list(ark.spalter)
    wide = columns[0].w
    top = title_block(innhold, ark.topp.w if ark.topp else columns[-1].x + wide - columns[0].x, k)
    if ark.topp:
        head.append((top, ark.topp.x, ark.topp.y))
    else:  # the title goes across the columns
        head.append((top, columns[0].x, columns[0].y))
        columns = [Felt(c.x, c.y + top.hoyde, c.w, c.h - top.hoyde) for c in columns]
    blocks = legend_blocks(innhold, utenfor, wide, k)
    placed, left = flow(blocks, columns)
    if not left:
        return head + placed, 0
    # Too much for the sheet: say so, in room kept for it.
    note = Blokk()
    note.write(more_words(left), wide, 7 * PUNKT * k, fet=True)
    last = columns[-1]
    columns[-1] = Felt(last.x, last.y, last.w, last.h - 2 * note.hoyde)
    placed, left = flow(blocks, columns)
    note = Blokk()
    note.write(more_words(left), wide, 7 * PUNKT * k, fet=True)
    return [*head, *placed, (note, last.x, last.y + last.h - note.hoyde)], left
