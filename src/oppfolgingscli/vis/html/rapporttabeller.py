"""The tables of a report as a page: views, changes, and the points behind every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, dato_kort, ngettext
from oppfolgingscli.vis.html.side import Celle, Tabell
from oppfolgingscli.vis.ord import status_ord
from oppfolgingscli.vis.rapportkolonner import TOM, counts, followed, given, surer
from oppfolgingscli.vis.rapportvisning import changed, shown, view

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.maltall.rad import Bedomt
    from oppfolgingscli.vis.rapportkolonner import Kolonne
    from oppfolgingscli.vis.rapportvisning import Linje, Rapportvisning, Visning


@dataclass(frozen=True, slots=True)
class Fold:
    """Tables that are there for whoever opens them."""

    id: str
    tittel: str
    tabeller: tuple[Tabell, ...]


def view_tables(v: Rapportvisning, id_: str, periode: str | None = None) -> list[Tabell]:
    """Return a view as two tables: whether it was done, and how much, how often and how soon. None without rows."""
    visning = view(v, id_, periode)
    if not visning.linjer:
        return []
    done = [c for c in followed() if c.navn]
    extra = [c for c in counts() if c.felt != "i_tide"]
    first = shown(visning, [*done[:-1], *extra, done[-1]])
    second = shown(visning, [*given(), *surer()])
    tables = [_view_table(v, visning, first, visning.tittel)]
    if second:
        title = _("{visning}: hvor mye, hvor ofte og hvor fort").format(visning=visning.tittel)
        tables.append(_view_table(v, visning, second, title))
    return tables


def _view_table(v: Rapportvisning, visning: Visning, cols: Sequence[Kolonne], title: str) -> Tabell:
    lead = len(visning.forst)
    rows = []
    before = ""
    for line in visning.linjer:
        new = line.forst[0] != before
        before = line.forst[0]
        head = _head(v, visning, line, new=new)
        cells = [Celle(c.tekst(line.rad), c.felt, line.nokkel) for c in cols]
        rows.append([head, *(Celle(text, stil="nb") for text in line.forst[1:]), *cells])
    words = visning.forklaring
    return Tabell(
        title, (*visning.forst, *(c.navn for c in cols)), rows, tall=range(lead, lead + len(cols)),
        undertekst=words[:1].upper() + words[1:] + ".",
    )  # fmt: skip


def _head(v: Rapportvisning, visning: Visning, line: Linje, *, new: bool) -> str | Celle:
    if visning.id != "rutine":
        return line.forst[0]
    has_points = any(b.punkt.rutine == line.rad.rutine and _named(v, b) for b in v.rapport.underlag) if new else False
    link = f"#punkter-{v.navn.plass(line.rad.rutine)}" if has_points else ""
    return Celle(line.forst[0], stil="ny" if new else "gj", lenke=link)


def legend_of_columns() -> list[tuple[str, str]]:
    """Return every column of the views and what it means."""
    cols = [c for c in (*followed(), *given(), *surer()) if c.navn]
    late = [c for c in counts() if c.felt != "i_tide"]
    return [*((c.navn, c.forklaring) for c in (*cols, *late)), (TOM, _("det er ingenting å regne av"))]


def changes_table(v: Rapportvisning) -> Tabell | None:
    """Return how each routine changed from its first semester to its last; None when nothing can be compared."""
    rows = changed(v)
    if not rows:
        return None
    out = []
    for r in rows:
        key = f"endring/{v.navn.plass(r.tall.rutine)}"
        out.append((
            r.rutine, Celle(r.hva, stil="nb"), Celle(r.fra, "fra", key, "nb"), Celle(r.til, "til", key, "nb"), Celle(r.endring, "endring", key),
            Celle(r.usikkerhet, "kl", key), Celle(str(r.tall.n_deltakere), "n_deltakere", key),
        ))  # fmt: skip
    heading = (_("Rutine"), _("Hva"), _("Fra"), _("Til"), _("Endring"), _("Usikkerhet"), _("Deltakere"))
    words = _("Fra første til siste semester med noe som er bedømt, i prosentpoeng. Usikkerhet: 95 prosent; bare når det er minst ti deltakere begge ganger.")  # fmt: skip
    return Tabell(_("Endring fra første til siste semester"), heading, out, tall=range(4, 7), undertekst=words)


def _named(v: Rapportvisning, b: Bedomt) -> bool:
    """Whether a point may be listed at all: without ids only those of the class may."""
    return b.punkt.niva == "klasse" or not v.uten_id


def point_folds(v: Rapportvisning) -> list[Fold]:
    """Return the points behind the figures, a fold for each routine in the order of the report.

    A point of a routine that is only for some stands without its id, subject and contact.
    """
    groups: dict[str, list[Bedomt]] = {rad.rutine: [] for rad in v.rapport.rader if rad.rutine is not None}
    for b in v.rapport.underlag:
        if _named(v, b):
            groups.setdefault(b.punkt.rutine, []).append(b)
    return [_fold(v, rutine, points) for rutine, points in groups.items() if points]


def _fold(v: Rapportvisning, rutine: str, points: Sequence[Bedomt]) -> Fold:
    name = v.navn.rutine(rutine)
    judged = sum(b.bedomt for b in points)
    count = ngettext("{n} punkt", "{n} punkter", len(points)).format(n=len(points))
    title = _("{rutine}: {punkter}, {bedomt} bedømt").format(rutine=name, punkter=count, bedomt=judged)
    heading = (
        _("Punkt"), _("Fra"), _("Frist"), _("Status"), _("Dager sen"), _("Kontakt"), _("Dato"), _("Bedømt"),
    )  # fmt: skip
    table = Tabell(_("Punktene: {rutine}").format(rutine=name), heading, [_point(b) for b in points], hode=False)
    return Fold(f"punkter-{v.navn.plass(rutine)}", title, (table,))


def _point(b: Bedomt) -> tuple[str, ...]:
    """Return a row. The id is without what all of the table share, the class and the routine: there are thousands."""
    p, veiled = b.punkt, b.skjermet
    return (
        TOM if veiled else p.id.split("/", 2)[-1], _day(p.fra), _day(p.frist), status_ord(b.status),
        str(b.dager_sen) if b.dager_sen else "", TOM if veiled else b.kontakt or "",
        TOM if veiled else _day(b.kontakt_dato), _("ja") if b.bedomt else _("nei"),
    )  # fmt: skip


def _day(value: date | None) -> str:
    return dato_kort(value) if value else ""
