"""A report sorted into what people look at, before it is written as text, Markdown, a workbook or a page.

Every form of a report takes its views, words and figures from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from oppfolgingscli.maltall.visninger import VISNINGER
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.ord import dag_ord, periode_ord
from oppfolgingscli.vis.rapportkolonner import TOM, Kolonne, percent, points, share_of

if TYPE_CHECKING:
    from oppfolgingscli.maltall import Rad, Rapport
    from oppfolgingscli.maltall.rad import Endring
    from oppfolgingscli.vis.rapportnavn import Rapportnavn

#: What can be asked for by name: the routines, and the views of the measures.
VIEWS = ("rutine", *VISNINGER)


@dataclass(frozen=True, slots=True)
class Rapportvisning:
    """A report with what it is about. ``uten_id``: nothing about one participant or one employee is shown."""

    rapport: Rapport
    klasse: str
    per: date
    lag: int
    navn: Rapportnavn
    uten_id: bool = False


class Linje(NamedTuple):
    """One row of a view: a key that names nobody, the leading cells, and the figures."""

    nokkel: str
    forst: tuple[str, ...]
    rad: Rad


class Visning(NamedTuple):
    """One view: its heading, what it shows, the headings of the leading cells, and its rows, the total last."""

    id: str
    tittel: str
    forklaring: str
    forst: tuple[str, ...]
    linjer: tuple[Linje, ...]


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


def is_empty(rad: Rad) -> bool:
    """Whether a row has nothing to show: nothing judged, nothing excused, and nothing that waits."""
    return not rad.bedomt and not rad.fritatt and not rad.ventetider and rad.klokkedager is None


def not_yet(v: Rapportvisning) -> list[str]:
    """Name the routines that have nothing to show, so that none is lost in silence, and say what may not be shown.

    Those given when needed are never judged, and stand among the findings.
    """
    never = {u.rutine for u in v.rapport.utsagn if u.kode == "behov"}
    waiting = dict.fromkeys(r.rutine for r in v.rapport.rader if is_empty(r) and r.rutine not in never)
    lines = []
    if waiting:
        names = ", ".join(v.navn.rutine(id_) for id_ in waiting)
        lines.append(_("Ingenting å bedømme ennå: {rutiner}.").format(rutiner=names))
    if v.uten_id:
        lines.append(_("Det som gjelder én deltaker eller én ansatt, er utelatt."))
    return lines


def view(v: Rapportvisning, id_: str, periode: str | None = None) -> Visning:
    """Return one of ``VIEWS``; its rows are empty when there is nothing to tell apart, or it may not be shown.

    ``periode``: only this semester, of the routines; the other views are not divided by time.
    """
    titles = {
        "rutine": (_("Rutine for rutine"), _("hver rutine, i alt og semester for semester")),
        "type": (_("Etter slag"), _("rutinene med samme slag kontakt sammen")),
        "rolle": (_("Etter rolle"), _("rutinene den samme rollen har ansvar for, sammen")),
        "person": (_("Etter person"), _("det den samme personen har ansvar for; «–» der ingen eller flere har det")),
        "semester": (_("Semester for semester"), _("alle rutinene sammen, etter fristen")),
        "gruppe": (_("Etter gruppe"), _("etter gruppen deltakeren var i da fristen gikk ut; klassemøtene er ikke med")),
    }
    title, words = titles[id_]
    if id_ == "rutine":
        if periode is not None:
            words = _("det som hadde frist i semesteret ({periode})").format(periode=periode_ord(periode))
        return Visning(id_, title, words, (_("Rutine"), _("Periode")), _routines(v, periode))
    heads = {
        "type": _("Slag"), "rolle": _("Rolle"), "person": _("Person"), "semester": _("Semester"), "gruppe": _("Gruppe"),
    }  # fmt: skip
    rows = () if id_ == "person" and v.uten_id else v.rapport.visninger.get(id_, ())
    lines = tuple(Linje(f"{id_}/{i}", (_name(v, id_, row.nokkel),), row.rad) for i, row in enumerate(rows))
    return Visning(id_, title, words, (heads[id_],), lines)


def _name(v: Rapportvisning, id_: str, key: str) -> str:
    match id_:
        case "type":
            return v.navn.type(key)
        case "rolle":
            return v.navn.rolle(key)
        case "semester":
            return periode_ord(key)
        case _:
            return key or TOM


def periods(v: Rapportvisning) -> list[str]:
    """Return the semesters a report has rows for, the first first."""
    return [row.nokkel for row in v.rapport.visninger.get("semester", ())]


def total(v: Rapportvisning, periode: str | None) -> Rad:
    """Return the row of everything together, of one semester or (None) of them all."""
    if periode is None:
        return v.rapport.totalt
    return next(row.rad for row in v.rapport.visninger["semester"] if row.nokkel == periode)


def _routines(v: Rapportvisning, periode: str | None) -> tuple[Linje, ...]:
    lines = []
    for rad in v.rapport.rader:
        if is_empty(rad) or periode not in (None, rad.periode):
            continue
        period = _("alle") if rad.periode is None else periode_ord(rad.periode)
        key = f"{v.navn.plass(rad.rutine)}/{rad.periode or 'alle'}"
        lines.append(Linje(key, (v.navn.rutine(rad.rutine), period), rad))
    name, key = (_("alle"), "totalt") if periode is None else (periode_ord(periode), f"semester/{periode}")
    return (*lines, Linje(key, (_("I alt"), name), total(v, periode)))


def shown(visning: Visning, cols: Sequence[Kolonne]) -> list[Kolonne]:
    """Leave out columns that are empty in every row of a view."""
    return [c for c in cols if any(c.tekst(line.rad) not in ("", TOM) for line in visning.linjer)]


class Endringsrad(NamedTuple):
    """A change in words: the routine, both semesters with their counts, the difference, and how sure it is."""

    rutine: str
    hva: str
    fra: str
    til: str
    endring: str
    usikkerhet: str
    tall: Endring


def changed(v: Rapportvisning) -> list[Endringsrad]:
    """Return the changes, each routine's; not everything together, whose routines differ between semesters."""
    kinds = {"i_tide_andel": _("i tide"), "dager_dekket": _("dager dekket")}
    return [
        Endringsrad(
            v.navn.rutine(e.rutine), kinds[e.mal], _end(e.fra, e.av_fra, e.andel_fra), _end(e.til, e.av_til, e.andel_til),
            points(e.endring), TOM if e.kl is None else _("{lav} til {hoy}").format(lav=points(e.kl[0]), hoy=points(e.kl[1])), e,
        )
        for e in v.rapport.endringer
        if e.rutine is not None
    ]  # fmt: skip


def _end(periode: str, av: tuple[int, int], andel: float) -> str:
    return f"{periode_ord(periode)}: {percent(andel)} ({share_of(*av)})"
