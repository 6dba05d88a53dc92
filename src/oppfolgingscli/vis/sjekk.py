"""A check as text for a terminal or a pipe: what is overdue first, and what to do next.

Plain lines with a little colour, laid out here: a library for tables costs more to load than the whole
answer takes. On a wide screen each row is one line, otherwise the details stand below it. Colour only
repeats what the words say.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from oppfolgingscli.personvern import rens
from oppfolgingscli.sprak import _
from oppfolgingscli.vis.sjekkord import attempts, deadline, finding_words, findings_summary, heading, what, when
from oppfolgingscli.vis.sjekkoversikt import SEKSJONER, arrange

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.vis.sjekkoversikt import Oversikt, Rad

Stil = Callable[[str, str], str]
"""Gives a text a look: one of "tittel", "haster", "hvem", "dempet", "bra"."""

_GAP: Final = "  "
_SEP: Final = " · "
_MIN_WIDTH: Final = 40
_MIN_TEXT: Final = 12


def plain(text: str, _look: str) -> str:
    """Give no look at all."""
    return text


def render(
    o: Oversikt, width: int, stil: Stil = plain, *, bare_listen: bool = False, alle_funn: bool = False,
    etter_ansvarlig: bool = False,
) -> str:  # fmt: skip
    """Write a check.

    ``bare_listen``: no summary line and nothing about findings and pauses. ``alle_funn``: every finding, not
    only how many. ``etter_ansvarlig``: grouped by who is responsible first.
    """
    width = max(width, _MIN_WIDTH)
    parts: list[str] = [] if bare_listen else [stil(o.emne, "bra" if o.alt_vel else "tittel")]
    for name in SEKSJONER:
        rows = o.seksjoner[name]
        if not rows:
            continue
        head = f"{heading(name, o.dager)} ({o.antall(name)})"
        lines = [stil(head, "tittel")]
        if name in ("uten_frist", "mistet"):
            lines += _by_thing(rows, name, o.per, width, stil)
        elif etter_ansvarlig:
            by: dict[str, list[Rad]] = {}
            for rad in rows:
                by.setdefault(rad.ansvarlig, []).append(rad)
            for who, mine in by.items():
                lines += [f" {stil(who, 'hvem')}", *_section(mine, name, o.per, width, stil, med_ansvarlig=False)]
        else:
            lines += _section(rows, name, o.per, width, stil, med_ansvarlig=True)
        parts.append("\n".join(lines))
    if o.alt_vel:
        parts.append(
            _("Ingenting er forfalt, og ingenting har frist i de nærmeste {dager} dagene.").format(dager=o.dager)
        )
    if any(rad.pa_klokka for rows in o.seksjoner.values() for rad in rows):
        parts.append(stil(_fill("* " + _("regnet uten ferier og pauser"), width), "dempet"))
    if not bare_listen:
        parts += filter(None, ["\n".join(_small_print(o, width, stil, alle_funn=alle_funn))])
    if alle_funn and o.funn:
        parts.append(findings_text(o.funn, width, stil))
    return "\n\n".join(parts) + "\n" if parts else ""


def _section(
    rows: Sequence[Rad], name: str, per: date, width: int, stil: Stil, *, med_ansvarlig: bool
) -> Iterable[str]:
    """Lay out one section: a line a row where the widest fits, else details below each."""
    table = [
        (
            rad.subjekt if first else "",
            when(rad, name, per),
            what(rad),
            _details(rad, name, per, med_ansvarlig=med_ansvarlig),
            rad,
        )
        for group in arrange(rows)
        for first, rad in ((i == 0, rad) for i, rad in enumerate(group))
    ]
    who = max(len(rad.subjekt) for rad in rows)
    time = max(len(row[1]) for row in table)
    text_width = max(len(row[2]) for row in table)
    columns = [max(len(row[3][i]) for row in table) for i in range(len(table[0][3]))]
    indent = 2 + who + 2 + time + 2
    wide = indent + text_width + 2 + sum(c + 2 for c in columns if c) <= width
    for subject, span, text, details, rad in table:
        start = f"  {stil(subject.ljust(who), 'hvem')}{_GAP}{stil(span.ljust(time), _urgency(rad, name))}{_GAP}"
        if wide:
            cells = [cell.ljust(c) for cell, c in zip(details, columns, strict=True) if c]
            yield (start + text.ljust(text_width) + _GAP + stil(_GAP.join(cells).rstrip(), "dempet")).rstrip()
        else:
            first, *more = textwrap.wrap(text, max(width - indent, _MIN_TEXT)) or [""]
            yield start + first
            yield from (" " * indent + line for line in more)
            *facts, step = details
            below = " ".join(filter(None, (" · ".join(filter(None, facts)), step)))
            yield from (stil(line, "dempet") for line in _below(below, who + 6, width))
        for note in filter(None, (*rad.merker, attempts(rad))):
            yield from _below(note, indent if wide else who + 6, width)


def _by_thing(rows: Sequence[Rad], name: str, per: date, width: int, stil: Stil) -> Iterable[str]:
    """Lay out what has no deadline, and what is lost: each thing once, with those it is about.

    Nothing here is more pressing for one than for another, and a whole class may be on the list.
    """
    by: dict[tuple[str, str, str], list[str]] = {}
    for rad in (rad for group in arrange(rows) for rad in group):
        span = when(rad, name, per)
        lost = name == "mistet"
        who = [rad.subjekt if lost else f"{rad.subjekt} {span}"]
        who += [f"({rad.antall})"] if rad.antall > 1 else []
        who += [f"({attempts(rad)})"] if rad.forsok else []
        key = (span, rad.hva, "") if lost else ("", rad.hva, f"{rad.ansvarlig} → {rad.neste}")
        by.setdefault(key, []).append(" ".join(who))
    time = max(len(span) for span, _thing, _step in by)
    indent = 4 + time if time else 2
    for (span, thing, step), names in by.items():
        first, *more = textwrap.wrap(thing, max(width - indent, _MIN_TEXT))
        yield f"  {span.ljust(time)}{_GAP}{first}" if time else f"  {first}"
        yield from (" " * indent + line for line in more)
        yield from (stil(line, "dempet") for line in _below(step, indent + 2, width))
        if names == [_("klassen")]:
            continue
        # Numbers stay with whom they are about when the line is folded.
        text = _SEP.join(name.replace(" ", "\u00a0") for name in names)
        yield from (line.replace("\u00a0", " ") for line in _below(text, indent + 2, width))


def _urgency(rad: Rad, name: str) -> str:
    return "haster" if rad.status == "forfalt" and name in ("forfalt", "avtaler") else "ingen"


def _details(rad: Rad, name: str, per: date, *, med_ansvarlig: bool) -> tuple[str, str, str]:
    """Return deadline, who is responsible, and the next step; "" where it says nothing."""
    step = "" if name in ("mistet", "avtaler") else f"→ {rad.neste}"
    return deadline(rad, per), rad.ansvarlig if med_ansvarlig else "", step


def _below(text: str, indent: int, width: int) -> list[str]:
    return [" " * indent + line for line in textwrap.wrap(text, max(width - indent, _MIN_TEXT), break_on_hyphens=False)]


def _fill(text: str, width: int) -> str:
    return textwrap.fill(text, width, subsequent_indent="  ", break_on_hyphens=False)


def _small_print(o: Oversikt, width: int, stil: Stil, *, alle_funn: bool) -> Iterable[str]:
    """Write findings and pause days: small print, but always there."""
    if o.pausedager:
        days = ", ".join(f"{who} {n}" for who, n in o.pausedager.items())
        yield stil(_fill(_("Pausedager (teller ikke): {dager}").format(dager=days), width), "dempet")
    if o.ufullstendige:
        text = _("Teller ikke, for ikke alle som må være med, var med: {id}").format(
            id=rens(", ".join(o.ufullstendige))
        )
        yield stil(_fill(text, width), "dempet")
    if alle_funn or not o.funn:
        return
    text = _("Funn i filene: {hva}. Se dem med --funn.").format(hva=findings_summary(o.funn))
    yield stil(_fill(text, width), "dempet")


def findings_text(funn: Sequence[Varsel], width: int, stil: Stil) -> str:
    """Write every finding, by kind, with the file and line it is about."""
    by: dict[str, list[Varsel]] = {}
    for v in funn:
        by.setdefault(v.kode, []).append(v)
    lines = [stil(_("Funn i filene") + f" ({len(funn)})", "tittel")]
    for kode, found in by.items():
        lines.append(f"  {finding_words(kode, len(found))}")
        lines += [
            textwrap.fill(rens(f"{v.sted}: {v.melding}"), width, initial_indent="    ", subsequent_indent="      ")
            for v in found
        ]
    return "\n".join(lines)
