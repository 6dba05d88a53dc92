"""A run of ``plan`` for people: what moved and why, what has no place and what would help, and what comes next."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from oppfolgingscli.sprak import _, dato_kort, ngettext
from oppfolgingscli.vis.planord import BORTE, Navner, breach_text, cause_text, move_reason, relief_text, when_text
from oppfolgingscli.vis.rapportkolonner import percent
from oppfolgingscli.vis.tabell import columns

if TYPE_CHECKING:
    from oppfolgingscli.planlegg.planresultat import Brudd, Planresultat

_NESTE: Final = 10
_MANGE: Final = 40
_MD: Final = re.compile(r"([\\`*_\[\]<>|#])")


class Del(NamedTuple):
    """One part of the answer: a heading, and lines of text or a table under it.

    ``smalt``: the table's rows as lines, for a screen it does not fit.
    """

    tittel: str
    linjer: Sequence[str] = ()
    hode: Sequence[str] = ()
    rader: Sequence[Sequence[str]] = ()
    hoyre: Sequence[int] = ()
    smalt: Sequence[str] = ()


def headline(r: Planresultat) -> str:
    """Say in a sentence or two how it went."""
    n = r.antall()
    total = len(r.punkter)
    parts = [
        text.format(n=n[state])
        for state, text in (
            ("ny", _("{n} nye")),
            ("flyttet", _("{n} flyttet")),
            ("uendret", _("{n} som før")),
            ("last", _("{n} låst")),
            ("holdt", _("{n} holdt før tiden")),
        )
        if n[state]
    ]
    span = _("{fra}–{til}").format(fra=dato_kort(r.fra), til=dato_kort(r.til))
    if not total:
        return _("Ingenting å planlegge {spenn}.").format(spenn=span)
    out = n["ikke_plassert"]
    if out:
        first = _("{plassert} av {alle} møter og frister {spenn} har en plass; {uten} har ingen.").format(
            plassert=total - out, alle=total, uten=out, spenn=span
        )
    else:
        first = ngettext(
            "Det ene møtet eller den ene fristen {spenn} har en plass.", "Alle {n} møter og frister {spenn} har en plass.", total
        ).format(n=total, spenn=span)  # fmt: skip
    return f"{first} {', '.join(parts).capitalize()}." if parts else first


def how(r: Planresultat) -> str:
    """Say how good the plan is known to be."""
    solved = r.losning
    if solved.metode == "grisk":
        return _("Funnet med den raske metoden; en bedre plan kan finnes.")
    if solved.status == "optimal":
        return _("Regnet eksakt: ingen plan er bedre.")
    if solved.gap is None:
        return _("Regnet eksakt, men tiden tok slutt; en bedre plan kan finnes.")
    return _("Regnet eksakt, men tiden tok slutt: planen er høyst {prosent} fra den beste.").format(
        prosent=percent(solved.gap)
    )


def parts(r: Planresultat, navner: Navner, *, alt: bool = False) -> Iterator[Del]:
    """Yield the parts that have anything. ``alt``: every row of moves and meetings, not only the first ones."""
    by_id = {x.punkt.id: x for x in r.punkter}
    moved = r.flyttet
    if moved:
        shown = moved if alt else moved[:_MANGE]
        rows = [
            (navner.rutine(x.punkt.rutine), x.punkt.subjekt, when_text(x.rad), when_text(x), move_reason(x, navner))
            for x in shown
        ]
        more = [_("… og {n} til; se plan.csv.").format(n=len(moved) - len(shown))] if len(shown) < len(moved) else []
        head = (_("Hva"), _("Hvem"), _("Fra"), _("Til"), _("Hvorfor"))
        narrow = [line for row in rows for line in (f"{row[0]} {row[1]}: {row[2]} → {row[3]}", f"    {row[4]}")]
        yield Del(_("Flyttet ({n})").format(n=len(moved)), more, head, rows, smalt=narrow)
    if out := r.i("ikke_plassert"):
        lines = []
        explained: set[str] = set()
        for a in r.arsaker:
            lines.append(cause_text(a, by_id, navner))
            lines.append("  " + relief_text(a, navner))
            explained.update(a.oppgaver)
        lines += [
            _("{hva}, frist {frist}.").format(
                hva=navner.punkt(x.punkt.id), frist=dato_kort(x.punkt.frist) if x.punkt.frist else "–"
            )
            for x in out
            if x.punkt.id not in explained
        ]
        yield Del(_("Uten plass ({n})").format(n=len(out)), lines)
    if r.brudd:
        broken: dict[str, list[Brudd]] = {}
        for b in r.brudd:
            broken.setdefault(b.punkt, []).append(b)
        lines = [breach_text(found, by_id[point], navner) for point, found in broken.items()]
        yield Del(_("Låste rader som bryter en regel ({n})").format(n=len(lines)), lines)
    if r.borte or r.bevart:
        gone = [(navner.punkt(rad.punkt), when_text(rad), _(BORTE[grunn])) for rad, grunn in r.borte]
        gone += [(navner.punkt(rad.punkt), when_text(rad), _("finnes ikke lenger, men raden er låst og blir stående")) for rad in r.bevart]  # fmt: skip
        yield Del(_("Rader som ikke hører til noe lenger ({n})").format(n=len(gone)), (), (_("Hva"), _("Når"), _("Hvorfor")), gone)  # fmt: skip
    if r.punkter:
        yield _per_rutine(r, navner)
        yield _next(r, navner, alt=alt)


def _per_rutine(r: Planresultat, navner: Navner) -> Del:
    """Count by title: routines for some benefits or groups only have one that they share."""
    counts: dict[str, Counter[str]] = {}
    for x in sorted(r.punkter, key=lambda x: navner.orden(x.punkt.rutine)):
        counts.setdefault(navner.rutine(x.punkt.rutine), Counter())[x.tilstand] += 1
    rows = [
        (name, f"{n.total() - n['ikke_plassert']}/{n.total()}", str(n["ny"] or "–"), str(n["flyttet"] or "–"))
        for name, n in counts.items()
    ]
    return Del(_("Hver rutine"), (), (_("Rutine"), _("Har plass"), _("Nye"), _("Flyttet")), rows, hoyre=(1, 2, 3))


def _next(r: Planresultat, navner: Navner, *, alt: bool) -> Del:
    coming = [x for x in r.punkter if x.dato is not None and x.tilstand != "holdt"]
    shown = coming if alt else coming[:_NESTE]
    rows = [
        (
            when_text(x) + (f"–{x.slutt.isoformat('minutes')}" if x.slutt else ""),
            navner.rutine(x.punkt.rutine),
            x.punkt.subjekt,
            navner.hvem(x.personer, x.punkt.subjekt),
            x.sted or "",
        )
        for x in shown
    ]
    title = _("Planen") if alt else _("Det neste")
    more = [_("Resten står i plan.csv.")] if len(shown) < len(coming) else []
    narrow = []
    for when, what, who, people, place in rows:
        narrow.append(f"{when} {what} {who}")
        if rest := ", ".join(filter(None, (people, place))):
            narrow.append(f"    {rest}")
    return Del(title, more, (_("Når"), _("Hva"), _("Hvem"), _("Med"), _("Sted")), rows, smalt=narrow)


def render(r: Planresultat, navner: Navner, width: int) -> str:
    """Write the answer for a terminal or a pipe."""
    out = [_fill(headline(r), width)]
    if r.punkter:
        out[0] += "\n" + _fill(how(r), width)
    for part in parts(r, navner):
        lines = [part.tittel]
        table = columns(part.hode, part.rader, part.hoyre).rstrip("\n") if part.rader else ""
        if part.smalt and max(map(len, table.split("\n"))) > width:
            lines += [_fill(line, width) for line in part.smalt]
        elif table:
            lines.append(table)
        lines += [_fill(line, width) for line in part.linjer]
        out.append("\n".join(lines))
    return "\n\n".join(out) + "\n"


def _fill(text: str, width: int) -> str:
    indent = text[: len(text) - len(text.lstrip())]
    return textwrap.fill(
        text.strip(), max(width, 40), initial_indent=indent, subsequent_indent=indent + ("  " if indent else ""),
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip


def to_markdown(r: Planresultat, navner: Navner, klasse: str) -> str:
    """Write the answer as Markdown, with every meeting."""
    title = _("Plan for {klasse}").format(klasse=klasse)
    out = [f"# {_escape(title)}", _escape(headline(r))]
    if r.punkter:
        out.append(_escape(how(r)))
    for part in parts(r, navner, alt=True):
        lines = [f"## {_escape(part.tittel)}", ""]
        if part.rader:
            lines.append("| " + " | ".join(map(_escape, part.hode)) + " |")
            lines.append("|" + "|".join(" ---: " if i in part.hoyre else " --- " for i in range(len(part.hode))) + "|")
            lines += ["| " + " | ".join(map(_escape, row)) + " |" for row in part.rader]
        lines += [f"{'  ' if line.startswith(' ') else ''}- {_escape(line.strip())}" for line in part.linjer]
        out.append("\n".join(lines))
    return "\n\n".join(out) + "\n"


def _escape(text: str) -> str:
    return _MD.sub(r"\\\1", " ".join(text.split()))
