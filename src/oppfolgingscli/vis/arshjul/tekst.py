"""The annual wheel as text: what opens, is planned and falls due, month by month."""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.arshjul.innhold import content, exam_words, ferie_ord, kort_dag, line_words, maned_ord, span
from oppfolgingscli.vis.ord import periode_ord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.arshjul import Hjul, Vindu
    from oppfolgingscli.vis.arshjul.innhold import Innhold, Rad

_Linje = tuple[date, int, str, str]
"""A day to sort by, a rank among those of one day, when, and what."""

_KOLONNE = 18


def render(hjul: Hjul, bredde: int) -> str:
    """Write the wheel month by month, in lines of at most ``bredde`` columns where words allow it."""
    found = content(hjul)
    out = [f"{found.tittel} – {found.navn}"]
    if found.undertittel:
        out.append(found.undertittel)
    lines = sorted(_lines(found))
    for number in range(12):
        first = _month(hjul.skolear, number)
        last = _month(hjul.skolear, number + 1) - timedelta(1)
        out += ["", _upper(maned_ord(first))]
        ongoing = list(_ongoing(found, first, last))
        here = [(when, what) for day, _rank, when, what in lines if first <= day <= last]
        rows = [*ongoing, *here]
        out += [line for when, what in rows for line in _fold(when, what, bredde)] if rows else ["  –"]
    for heading, items in found.bokser:
        out += ["", heading]
        out += [line for item in items for line in _hang(f"  · {line_words(item, found)}", bredde, 4)]
    if found.merknader:
        out += ["", *(line for note in found.merknader for line in _hang(note, bredde, 0))]
    return "\n".join(out) + "\n"


def _month(skolear: int, number: int) -> date:
    """Return the first day of month ``number`` of the school year (0: August)."""
    return date(skolear + (7 + number) // 12, (7 + number) % 12 + 1, 1)


def _upper(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


def _fold(when: str, what: str, bredde: int) -> list[str]:
    return _hang(f"  {when:<{_KOLONNE}}{what}", bredde, _KOLONNE + 2)


def _hang(tekst: str, bredde: int, innrykk: int) -> list[str]:
    lines = textwrap.wrap(
        tekst, max(bredde, 40), subsequent_indent=" " * innrykk, break_on_hyphens=False, break_long_words=False,
        drop_whitespace=True, replace_whitespace=False,
    )  # fmt: skip
    return lines or [""]


def _lines(found: Innhold) -> Iterator[_Linje]:
    hjul = found.hjul
    for code, first, last in hjul.semestre:
        half = periode_ord(f"{first.year}-{code}")
        yield first, 0, kort_dag(first), _("Første skoledag i semesteret ({semester})").format(semester=half)
        yield last, 0, kort_dag(last), _("Siste skoledag i semesteret ({semester})").format(semester=half)
    for f in hjul.ferier:
        yield f.fra, 1, span(f.fra, f.til), ferie_ord(f.navn)
    for name, day in hjul.eksamener:
        yield day, 1, kort_dag(day), exam_words(name)
    for row in found.rader:
        if not row.post.lopende:
            for window in row.post.vinduer:
                yield from _window(row, window, found)
        else:
            for mark in (m for w in row.post.vinduer for m in w.merker):
                yield mark.dag, 3, _about(mark.dag), _what(row, found)


def _window(row: Rad, window: Vindu, found: Innhold) -> Iterator[_Linje]:
    year = found.hjul.periode
    what = _what(row, found)
    marks = [m for m in window.merker if year.fra <= m.dag <= year.til]
    if (window.til - window.fra).days <= 31 and len(marks) == 1:  # monthly, or a short window: one line says it
        about = _("{hva}, innen {dag}").format(hva=what, dag=kort_dag(window.til, year.fra.year))
        yield marks[0].dag, 3, _about(marks[0].dag), about
        return
    if window.fra >= year.fra:
        how = f"{what} ({row.regel})" if row.regel else what
        yield window.fra, 2, kort_dag(window.fra), _("Kan begynne: {hva}").format(hva=how)
    for number, mark in enumerate(marks, 1):
        count = _("{nr} av {antall}").format(nr=number, antall=len(marks))
        wished = "" if mark.krav else f", {_('ønsket')}"
        text = f"{what}, {count}{wished}" if len(marks) > 1 else f"{what}{wished}"
        yield mark.dag, 3, _about(mark.dag), text
    if window.til <= year.til:
        yield window.til, 4, kort_dag(window.til), _("Frist: {hva}").format(hva=what)


def _about(day: date) -> str:
    return _("rundt {dag}").format(dag=kort_dag(day))


def _what(row: Rad, found: Innhold) -> str:
    return f"{row.tittel} – {found.roller[row.rolle]}"


def _ongoing(found: Innhold, first: date, last: date) -> Iterator[tuple[str, str]]:
    for row in found.rader:
        spans = [(max(w.fra, first), min(w.til, last)) for w in row.post.vinduer if w.fra <= last and w.til >= first]
        if row.post.lopende and spans:
            when = _("hele måneden") if spans == [(first, last)] else ", ".join(span(a, b) for a, b in spans)
            yield when, f"{_what(row, found)} ({row.regel})" if row.regel else _what(row, found)
