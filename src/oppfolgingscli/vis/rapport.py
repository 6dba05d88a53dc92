"""A report for people: one table with every denominator in it, and what the columns mean; as text or Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import fill
from typing import TYPE_CHECKING, Final, NamedTuple

from oppfolgingscli.sprak import _, ngettext, sprak
from oppfolgingscli.vis.ord import dag_ord, periode_ord
from oppfolgingscli.vis.tabell import columns

if TYPE_CHECKING:
    from oppfolgingscli.maltall import Rad, Rapport

_EMPTY: Final = "–"
_NBSP: Final = "\u00a0"
_BAR: Final = 10
_NAME: Final = 40
"""Letters of a routine's name in a table on the screen."""
_MD: Final = re.compile(r"([\\`*_\[\]<>|#])")


@dataclass(frozen=True, slots=True)
class Rapportvisning:
    """A report with what it is about. ``navn``: routine id -> its name in the language in use."""

    rapport: Rapport
    klasse: str
    per: date
    lag: int
    navn: dict[str, str]


class Kolonne(NamedTuple):
    """A column: heading, what it is, and the text it has for a row."""

    navn: str
    forklaring: str
    tekst: Callable[[Rad], str]


def percent(value: float | None) -> str:
    """Write a share as whole per cent: «82 %», English "82%"; «–» for an empty denominator.

    What is not all is never written as 100 %, and what is not nothing never as 0 %.
    """
    if value is None:
        return _EMPTY
    whole = round(100 * value)
    if whole == 100 and value < 1:
        whole = 99
    elif whole == 0 and value > 0:
        whole = 1
    return f"{whole}%" if sprak() == "en" else f"{whole}{_NBSP}%"


def bar(value: float | None) -> str:
    """Draw a share as a bar of ten; nothing for an empty denominator."""
    if value is None:
        return ""
    full = round(_BAR * value)
    return "█" * full + "░" * (_BAR - full)


def _number(value: int | None) -> str:
    return _EMPTY if value is None else str(value)


def _on_time(rad: Rad) -> str:
    part, whole = rad.andel_av
    return _("{antall} av {alle}").format(antall=part, alle=whole) if whole else _EMPTY


def _days(rad: Rad) -> str:
    if rad.klokkedager is None or rad.dager_dekket is None:
        return _EMPTY
    return _("{prosent} av {dager}").format(prosent=percent(rad.dager_dekket), dager=rad.klokkedager[1])


def _range(values: tuple[float, float] | None) -> str:
    return _EMPTY if values is None else f"{percent(values[0])}–{percent(values[1])}"


def _dose(rad: Rad) -> str:
    if rad.dose == rad.dose_ukuttet or rad.dose_ukuttet is None:
        return percent(rad.dose)
    return f"{percent(rad.dose)} ({percent(rad.dose_ukuttet)})"


def _gap(rad: Rad) -> str:
    return _EMPTY if rad.lengste_gap is None else f"{'≥' if rad.gap_apent else ''}{rad.lengste_gap}"


def _delay(value: int | None, rad: Rad) -> str:
    waited = rad.rutine is not None and (rad.bedomt or rad.forsinkelse_median is not None)
    return _number(value) if value is not None or not waited else _("ikke nådd")


def followed() -> tuple[Kolonne, ...]:
    """Return the columns about whether it was done."""
    return (
        Kolonne(
            _("Hvem"),
            _("deltakere med noe som er bedømt (for en klasserutine: klassen, 1)"),
            lambda r: str(r.n_deltakere),
        ),
        Kolonne(_("I tide"), _("gjort innen fristen, av alt som er bedømt"), _on_time),
        Kolonne("", "", lambda r: bar(r.i_tide_andel)),
        Kolonne(_("Andel"), _("den samme andelen i prosent"), lambda r: percent(r.i_tide_andel)),
        Kolonne(
            _("Usikkerhet"),
            _("andelen ligger trolig mellom disse (95 prosent sikkert); bare når det er minst ti deltakere"),
            lambda r: _range(r.i_tide_kl),
        ),
        Kolonne(_("Gjort"), _("gjort i tide eller for sent, av alt som er bedømt"), lambda r: percent(r.gjort_andel)),
        Kolonne(_("Fritatt"), _("fritatt, og derfor ikke bedømt"), lambda r: str(r.fritatt)),
    )


def given() -> tuple[Kolonne, ...]:
    """Return the columns about how much, how often and how soon."""
    return (
        Kolonne(
            _("Dose"),
            _("kontakter innen fristen, av så mange som er bedømt (i parentes: når de ekstra også telles)"),
            _dose,
        ),
        Kolonne(
            _("Dekning"),
            _("deltakere som ble møtt den første gangen de skulle, av dem med noe som er bedømt"),
            lambda r: percent(r.dekning),
        ),
        Kolonne(_("Dager dekket"), _("dager med kontakt ofte nok, av alle dagene rutinen gjaldt"), _days),
        Kolonne(
            _("Halvparten"),
            _("dager fra det åpnet til halvparten var gjort"),
            lambda r: _delay(r.forsinkelse_median, r),
        ),
        Kolonne(_("Ni av ti"), _("dager fra det åpnet til ni av ti var gjort"), lambda r: _delay(r.forsinkelse_p90, r)),
        Kolonne(_("Lengst"), _("lengste tid uten kontakt, i dager uten ferier og pauser (≥: det varer ennå)"), _gap),
    )


def headline(v: Rapportvisning) -> str:
    """Say what the report is about, and up to which deadline it judges."""
    return _("{klasse} per {dato}. Bedømt: det som hadde frist til og med {frist}.").format(
        klasse=v.klasse, dato=dag_ord(v.per), frist=dag_ord(v.per - timedelta(v.lag))
    )


def closing(v: Rapportvisning) -> list[str]:
    """Return the lines that always follow the table: what the total holds, pause days, and what was not judged."""
    t = v.rapport.totalt
    lines = [
        _("I alt {bedomt} bedømt: {i_tide} i tide, {for_sent} for sent, {forfalt} forfalt, {mangler} mangler.").format(
            bedomt=t.bedomt, i_tide=t.i_tide, for_sent=t.for_sent, forfalt=t.forfalt, mangler=t.mangler
        )
    ]
    apart = t.bedomt - t.andel_av[1]
    if apart:
        lines.append(
            ngettext(
                "Av dem er {antall} fra rutiner med faste mellomrom. Den er ikke med i andelene for «I alt».",
                "Av dem er {antall} fra rutiner med faste mellomrom. De er ikke med i andelene for «I alt».",
                apart,
            ).format(antall=apart)
        )
    days = v.rapport.pausedager
    lines.append(
        ngettext("Pausedager (teller ikke): {antall} dag.", "Pausedager (teller ikke): {antall} dager.", days).format(
            antall=days
        )
    )
    return lines


def shorten(name: str, most: int) -> str:
    """Take words out of the middle of a long name: its end tells routines apart as often as its beginning does."""
    if len(name) <= most:
        return name
    words, tail, head = name.split(), "", ""
    while words and len(words[-1]) + 1 + len(tail) <= most // 2:
        tail = f"{words.pop()} {tail}".rstrip()
    for word in words:
        if len(f"{head} {word}".lstrip()) + len(" … ") + len(tail) > most:
            break
        head = f"{head} {word}".lstrip()
    return f"{head} … {tail}" if head and tail else name[: most - 1].rstrip() + "…"


def _is_empty(rad: Rad) -> bool:
    return not rad.bedomt and not rad.fritatt and rad.forsinkelse_median is None and rad.klokkedager is None


def _rows(v: Rapportvisning, cols: Sequence[Kolonne], most: int | None = None) -> list[list[str]]:
    """Return the cells of every row with something to show. ``most``: letters of a routine's name."""
    out: list[list[str]] = []
    for rad in v.rapport.rader:
        if _is_empty(rad):
            continue
        name = v.navn.get(rad.rutine or "", rad.rutine or "")
        name = name if most is None else shorten(name, most)
        first = [name, _("alle")] if rad.periode is None else ["", periode_ord(rad.periode)]
        out.append([*first, *(c.tekst(rad) for c in cols)])
    return [*out, [_("I alt"), _("alle"), *(c.tekst(v.rapport.totalt) for c in cols)]]


def _shown(v: Rapportvisning, cols: Sequence[Kolonne]) -> list[Kolonne]:
    """Leave out columns that are empty in every row."""
    rows = (*v.rapport.rader, v.rapport.totalt)
    return [c for c in cols if any(c.tekst(rad) not in ("", _EMPTY) for rad in rows)]


def _not_yet(v: Rapportvisning) -> list[str]:
    """Name the routines that have nothing to show, so that none is lost in silence."""
    names = [v.navn.get(r.rutine or "", r.rutine or "") for r in v.rapport.rader if _is_empty(r)]
    return [_("Ingenting å bedømme ennå: {rutiner}.").format(rutiner=", ".join(names))] if names else []


def _legend(cols: Sequence[Kolonne]) -> list[tuple[str, str]]:
    return [(c.navn, c.forklaring) for c in cols if c.navn] + [(_EMPTY, _("det er ingenting å regne av"))]


def _table(v: Rapportvisning, cols: Sequence[Kolonne]) -> str:
    header = (_("Rutine"), _("Periode"), *(c.navn for c in cols))
    left = {0, 1} | {i for i, c in enumerate(cols, start=2) if not c.navn}
    return columns(header, _rows(v, cols, _NAME), right=[i for i in range(len(header)) if i not in left])


def render(v: Rapportvisning, bredde: int, *, bare_svaret: bool = False) -> str:
    """Write a report as text, in two tables, each no wider than the names allow.

    ``bredde``: columns there are for running text. ``bare_svaret``: without what the columns mean.
    """
    first, second = _shown(v, followed()), _shown(v, given())
    parts = [headline(v) + "\n", _table(v, first)]
    if second:
        parts.append(_table(v, second))
    parts.append("\n".join(fill(line, bredde) for line in (*closing(v), *_not_yet(v))) + "\n")
    if not bare_svaret:
        legend = _legend([*first, *second])
        width = max(len(name) for name, _text in legend)
        parts.append("".join(f"  {name.ljust(width)}  {words}\n" for name, words in legend))
    return "\n".join(parts)


def to_markdown(v: Rapportvisning) -> str:
    """Write a report as Markdown: one table, and the same words."""
    cols = [c for c in _shown(v, (*followed(), *given())) if c.navn]
    header = [_("Rutine"), _("Periode"), *(c.navn for c in cols)]
    rule = [" --- ", " --- ", *(" ---: " for _c in cols)]
    lines = ["| " + " | ".join(header) + " |", "|" + "|".join(rule) + "|"]
    lines += ["| " + " | ".join(_escape(cell) for cell in row) + " |" for row in _rows(v, cols)]
    words = [_escape(line) for line in (*closing(v), *_not_yet(v))]
    legend = [f"- **{name}**: {text}" for name, text in _legend(cols)]
    parts = ["# " + _("Måltall"), _escape(headline(v)), "\n".join(lines), *words, "\n".join(legend)]
    return "\n\n".join(parts) + "\n"


def _escape(text: str) -> str:
    return _MD.sub(r"\\\1", text)
