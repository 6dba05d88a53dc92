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


def render(hjul: Hjul, bredde: int) -> str:
    """Write the wheel month by month, in lines of at most ``bredde`` columns where words allow it."""
    found = content(hjul)
    out = [f"{found.tittel} – {found.navn}"]
    if found.undertittel:
        out.append(found.undertittel)
    year = months(found)
    wide = 2 + max((len(when) for _name, rows in year for when, _what in rows), default=0)
    for name, rows in year:
        out += ["", name]
        for when, what in rows or [("–", "")]:
            out += _hang(f"  {when:<{wide}}{what}".rstrip(), bredde, wide + 2)
    for heading, items in found.bokser:
        out += ["", heading]
        out += [line for item in items for line in _hang(f"  · {line_words(item, found)}", bredde, 4)]
    if found.merknader:
        out += ["", *(line for note in found.merknader for line in _hang(note, bredde, 0))]
    return "\n".join(out) + "\n"


def months(found: Innhold) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what each month holds, from August on: its name, and (when, what) in the order of the days."""
    return [(_upper(maned_ord(_month(found.hjul.skolear, number))), _rows(found, number)) for number in range(12)]


def _month(skolear: int, number: int) -> date:
    """Return the first day of month ``number`` of the school year (0: August)."""
    return date(skolear + (7 + number) // 12, (7 + number) % 12 + 1, 1)


def _upper(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


def _hang(tekst: str, bredde: int, innrykk: int) -> list[str]:
    lines = textwrap.wrap(
        tekst, max(bredde, 40), subsequent_indent=" " * innrykk, break_on_hyphens=False, break_long_words=False,
        drop_whitespace=True, replace_whitespace=False,
    )  # fmt: skip
    return lines or [""]


def _rows(found: Innhold, number: int) -> list[tuple[str, str]]:
    """Return what a month holds: breaks, what goes on all the time, then what has a day."""
    hjul = found.hjul
    first, after = _month(hjul.skolear, number), _month(hjul.skolear, number + 1)
    last = after - timedelta(1)
    out = [(span(f.fra, f.til), ferie_ord(f.navn)) for f in hjul.ferier if f.fra <= last and f.til >= first]
    out += _ongoing(found, first, last)
    return out + [(when, what) for day, _rank, when, what in sorted(_lines(found)) if first <= day <= last]


def _lines(found: Innhold) -> Iterator[_Linje]:
    hjul = found.hjul
    for code, first, last in hjul.semestre:
        half = periode_ord(f"{first.year}-{code}")
        yield first, 0, kort_dag(first), _("Første skoledag i semesteret ({semester})").format(semester=half)
        yield last, 0, kort_dag(last), _("Siste skoledag i semesteret ({semester})").format(semester=half)
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
        wished = "" if mark.krav else ", " + _("ønsket")
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
        windows = row.post.vinduer
        spans = [(max(w.fra, first), min(w.til, last)) for w in windows if w.fra <= last and w.til >= first]
        if row.post.lopende and spans:
            begins = windows[0].fra >= first or first == found.hjul.periode.fra
            rule = f" ({row.regel})" if row.regel and begins else ""
            yield _when(spans, first, last), _what(row, found) + rule


def _when(spans: list[tuple[date, date]], first: date, last: date) -> str:
    """Write spans of one month: hele måneden, 6.–31. okt., 1.–13. og 23.–28. feb."""
    if spans == [(first, last)]:
        return _("hele måneden")
    *before, end = spans
    words = [span(a, b).rsplit("\u00a0", 1)[0] for a, b in before]
    return _("{dager} og {siste}").format(dager=", ".join(words), siste=span(*end)) if words else span(*end)
