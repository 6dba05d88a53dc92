"""The audit put together: its sections, in the order they are read, for every form that has room for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.html.side import Celle, Tabell
from oppfolgingscli.vis.rapport_html import Del, Side
from oppfolgingscli.vis.revisjon.funn import findings, headline, hidden, log_word, requirement
from oppfolgingscli.vis.revisjon.kolonner import SKJULT, columns
from oppfolgingscli.vis.revisjon.metode import definitions, input_table
from oppfolgingscli.vis.revisjon.tabeller import change_table, table, tables
from oppfolgingscli.vis.svg.trakt import Sted, funnel

if TYPE_CHECKING:
    from oppfolgingscli.vis.revisjon import Revisjonsvisning
    from oppfolgingscli.vis.svg.figur import Figur


def page(v: Revisjonsvisning) -> Side:
    """Return the whole audit, for a page."""
    return Side(_("Revisjon: følges planene?"), headline(v), made_with(), hidden(v), sections(v))


def made_with() -> str:
    """Say with what the audit was made."""
    from oppfolgingscli import __version__

    return _("Laget med oppfolging {versjon}.").format(versjon=__version__)


def sections(v: Revisjonsvisning) -> list[Del]:
    """Return every section."""
    out = [Del("funn", _("Det viktigste"), lister=findings(v), etter=_unread(v))]
    if v.krav:
        met = sum(s.er_oppfylt for s in v.krav)
        words = _("{n} av {alle} krav er oppfylt. Det som ikke kan sies, regnes som ikke oppfylt.")
        lines = [requirement(v, s) for s in v.krav]
        out.append(Del("krav", _("Krav"), [words.format(n=met, alle=len(v.krav))], punkter=lines))
    if figures := funnels(v):
        out.append(Del("steder", _("Steder ved siden av hverandre"), figurer=figures))
    found = tables(v)
    out.append(Del("tabeller", _("Tabeller"), tabeller=[table(v, t) for t in found], ordliste=legend()))
    changes = _changes(v)
    if changes:
        out.append(Del("endring", _("Endring"), tabeller=changes))
    if v.utgave.logg:
        words = _(
            "Ingenting av dette er galt i seg selv: det er noe å spørre om. Antallet deltakere er dem radene gjelder."
        )
        out.append(Del("logg", _("Hva loggen selv sier"), [words], tabeller=[log_table(v)]))
    out.append(Del("metode", _("Slik er tallene laget"), ordliste=definitions(v), tabeller=[input_table(v)]))
    return out


def legend() -> list[tuple[str, str]]:
    """Return what the columns and signs mean."""
    signs = [
        (SKJULT, _("skjult: for få deltakere, eller nødvendig for at de få ikke kan regnes ut")),
        ("–", _("det er ingenting å regne av")),
    ]
    return [*((c.navn, c.forklaring) for c in columns()), *signs]


def _unread(v: Revisjonsvisning) -> list[str]:
    if not v.uleste:
        return []
    return [
        ngettext(
            "{n} mappe kunne ikke leses, og er ikke med.", "{n} mapper kunne ikke leses, og er ikke med.", v.uleste
        ).format(n=v.uleste)
    ]


def _changes(v: Revisjonsvisning) -> list[Tabell]:
    u = v.utgave
    found = (
        (_("Fra første til siste semester"), u.endringer, "semester"),
        (_("Før og etter en ny versjon"), u.versjoner, "versjon"),
        (_("Grupper som skiller seg mer enn tilfeldig"), u.grupper, "gruppe"),
    )
    return [change_table(v, title, rows, what) for title, rows, what in found if rows]


def log_table(v: Revisjonsvisning) -> Tabell:
    """Return the findings about the log, with their counts."""
    rows: list[list[str | Celle]] = []
    for f in v.utgave.logg:
        key = f"logg/{f.kode}"
        values = (("rader", f.rader), ("deltakere", f.deltakere))
        rows.append([log_word(f.kode), *(Celle(SKJULT if n is None else str(n), felt, key) for felt, n in values)])
    return Tabell(_("Funn i loggene"), (_("Funn"), _("Antall"), _("Deltakere")), rows, tall=(1, 2))


def funnels(v: Revisjonsvisning) -> list[Figur]:
    """Return a funnel plot of the schools, else the counties: of each type that enough of them have."""
    out: list[Figur] = []
    for parts, what, several in (
        (("fylke", "skole", "type"), _("skoler"), _("{type}: skolene")),
        (("fylke", "type"), _("fylker"), _("{type}: fylkene")),
    ):
        places: dict[str, list[Sted]] = {}
        for linje in v.utgave.visning(*parts):
            m = linje.tall
            if m is None or m.i_tide_andel is None or m.andel_av is None or linje.n_effektiv is None:
                continue
            name = v.navn.rad(linje.nokkel)[-2]
            places.setdefault(linje.nokkel.verdier[-1], []).append(
                Sted(name, m.i_tide_andel, m.andel_av, linje.n_effektiv)
            )
        for kind in sorted(places, key=v.navn.type):
            id_ = f"trakt-{len(out)}"
            if figure := funnel(several.format(type=v.navn.type(kind)), what, places[kind], id_):
                out.append(figure)
    return out
