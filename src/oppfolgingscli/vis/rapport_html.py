"""A report as one page that needs nothing else: findings, tables, pictures, and every point behind the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.funnord import statement
from oppfolgingscli.vis.html.rapportmetode import definitions, made_with, not_anonymous, versions_table
from oppfolgingscli.vis.html.rapporttabeller import Fold, changes_table, legend_of_columns, point_folds, view_tables
from oppfolgingscli.vis.html.side import Tabell, render
from oppfolgingscli.vis.rapportkolonner import percent, share_of
from oppfolgingscli.vis.rapportvisning import closing, headline, not_yet
from oppfolgingscli.vis.sjekkord import finding_words
from oppfolgingscli.vis.svg.andeler import on_time_shares
from oppfolgingscli.vis.svg.kurver import delays
from oppfolgingscli.vis.svg.tidslinje import Akse, legend, timeline
from oppfolgingscli.vis.svg.trend import trends
from oppfolgingscli.vis.svg.varmekart import heat_map

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.maltall.rad import Deltakerlinje, Rad
    from oppfolgingscli.vis.rapportvisning import Rapportvisning
    from oppfolgingscli.vis.svg.figur import Figur
    from oppfolgingscli.vurder import Vurdering


@dataclass(frozen=True, slots=True)
class Kort:
    """One key figure: the name, the figure, and what it is a part of. ``felt``: its key in machine output."""

    navn: str
    verdi: str
    av: str
    felt: str
    stil: str = ""


@dataclass(frozen=True, slots=True)
class Del:
    """One section; what it has is shown in this order. ``kortrad``: the row of the data its key figures are from."""

    id: str
    tittel: str
    avsnitt: Sequence[str] = ()
    kort: Sequence[Kort] = ()
    under: Sequence[str] = ()
    punkter: Sequence[str] = ()
    lister: Sequence[tuple[str, Sequence[str]]] = ()
    tegn: Sequence[tuple[str, str]] = ()
    hopp: Sequence[tuple[str, str, str]] = ()
    figurer: Sequence[Figur] = ()
    tabeller: Sequence[Tabell] = ()
    folder: Sequence[Fold] = ()
    ordliste: Sequence[tuple[str, str]] = ()
    etter: Sequence[str] = ()
    stil: str = ""
    kortrad: str = "totalt"


@dataclass(frozen=True, slots=True)
class Side:
    """What the template is given."""

    tittel: str
    ingress: str
    laget: str
    obs: str
    deler: Sequence[Del]


def to_html(v: Rapportvisning, vurdering: Vurdering, funn: Sequence[Varsel] | None = None) -> str:
    """Write a report as a page, in the language in use.

    ``vurdering``: the judgement it was measured from, for what the routines say. ``funn``: what was found in the
    files, counted by kind; those of the judgement when None. Without ids (``v.uten_id``) nothing about one
    participant or one employee is there.
    """
    return render("rapport.html.j2", r=page(v, vurdering, funn))


def page(v: Rapportvisning, vurdering: Vurdering, funn: Sequence[Varsel] | None = None) -> Side:
    """Return what ``to_html`` writes, for those with a frame of their own to show it in."""
    found = [*vurdering.utvidelse.varsler, *vurdering.funn] if funn is None else funn
    deler = [_summary(v), *_routines(v), *_views(v), *_participants(v), *_points(v)]
    return Side(
        _("Måltall for {klasse}").format(klasse=v.klasse),
        headline(v),
        made_with(vurdering),
        not_anonymous(v),
        [*deler, _quality(found), _method(v, vurdering)],
    )


def _summary(v: Rapportvisning) -> Del:
    days = Kort(_("Pausedager"), str(v.rapport.pausedager), _("teller ikke"), "pausedager")
    cards = [*cards_of(v.rapport.totalt), days]
    return Del("funn", _("Det viktigste"), kort=cards, under=closing(v), lister=_findings(v), etter=not_yet(v))


def cards_of(t: Rad) -> list[Kort]:
    """Return the key figures of a row where routines are together."""
    on_time, whole = t.andel_av
    judged = ngettext("av {n} bedømt", "av {n} bedømte", t.bedomt).format(n=t.bedomt)
    of = share_of(on_time, whole)
    if whole < t.bedomt:
        of = _("{av}; rutiner med faste mellomrom er for seg").format(av=of)
    return [
        Kort(_("I tide"), percent(t.i_tide_andel), of, "i_tide_andel", "i_tide"),
        Kort(_("Gjort"), percent(t.gjort_andel), _("i tide eller for sent"), "gjort_andel"),
        Kort(_("For sent"), str(t.for_sent), judged, "for_sent", "for_sent"),
        Kort(_("Forfalt"), str(t.forfalt), _("{av}; kan ennå gjøres").format(av=judged), "forfalt", "forfalt"),
        Kort(_("Mangler"), str(t.mangler), _("{av}; kan ikke tas igjen").format(av=judged), "mangler", "mangler"),
        Kort(_("Deltakere"), str(t.n_deltakere), _("med noe som er bedømt"), "n_deltakere"),
    ]


def _findings(v: Rapportvisning) -> list[tuple[str, list[str]]]:
    """Return the findings under three headings: what changed, how each routine is followed, what had no plan."""
    headings = (
        (_("Har endret seg mer enn tilfeldig"), {"endring"}),
        (_("Hver rutine"), None),
        (_("Ved behov, uten krav til hvor mye"), {"behov"}),
    )
    apart = {"endring", "behov"}
    groups = [
        (
            title,
            [
                statement(u, v.navn)
                for u in v.rapport.utsagn
                if (u.kode not in apart if kinds is None else u.kode in kinds)
            ],
        )
        for title, kinds in headings
    ]
    return [(title, lines) for title, lines in groups if lines]


def _routines(v: Rapportvisning) -> list[Del]:
    r = v.rapport
    shares = on_time_shares(r.rader, r.totalt, v.navn, "andeler")
    trend = trends(r.rader, r.endringer, v.navn, "trend")
    delay = delays(r.kurver, r.rader, v.navn, "ventetid")
    changes = changes_table(v)
    out = []
    if shares:
        words = [_("Trykk på en rutine i tabellen for å komme til punktene bak tallene.")] if not v.uten_id else []
        tables = view_tables(v, "rutine")
        tables[-1] = replace(tables[-1], forklaringer=legend_of_columns())
        out.append(Del("rutiner", _("Rutine for rutine"), words, figurer=[shares], tabeller=tables))
    if trend or changes:
        out.append(
            Del("utvikling", _("Utvikling"), figurer=[trend] if trend else [], tabeller=[changes] if changes else [])
        )
    if delay:
        out.append(Del("tid", _("Hvor lang tid det tok"), figurer=[delay]))
    return out


def _views(v: Rapportvisning) -> list[Del]:
    ids = ("semester", "type", "rolle", "person", "gruppe")
    tables = [table for id_ in ids for table in view_tables(v, id_)]
    if not tables:
        return []
    tables[-1] = replace(tables[-1], forklaringer=legend_of_columns())
    words = _(
        "Flere rutiner sammen. Rutiner med faste mellomrom er med i antallene, men ikke i andelene: de har dager dekket i stedet."
    )
    return [Del("visninger", _("Samlet på andre måter"), [words], tabeller=tables)]


def _participants(v: Rapportvisning) -> list[Del]:
    if v.uten_id or not v.rapport.deltakere:
        return []
    r = v.rapport
    names = {f"d{i}": linje for i, linje in enumerate(r.deltakere)}
    heat = heat_map(r.deltakere, "maneder")
    akse = Akse(
        min(linje.start for linje in r.deltakere),
        v.per,
        list(dict.fromkeys(rad.rutine for rad in r.rader if rad.rutine is not None)),
        {rad.rutine for rad in r.rader if rad.rutine is not None and rad.klokkedager is not None},
    )
    lines = [timeline(linje, akse, v.navn, id_) for id_, linje in names.items()]
    veiled = sum(b.skjermet for linje in r.deltakere for b in linje.punkter)
    notes = [_("Hver stripe er et vindu noe skulle gjøres i; for rutiner med faste mellomrom tiden til neste kontakt.")]
    if veiled:
        notes.append(
            ngettext(
                "{n} punkt fra rutiner som bare gjelder noen ytelser eller grupper, er ikke med her: det ville fortalt hvem de gjelder.",
                "{n} punkter fra rutiner som bare gjelder noen ytelser eller grupper, er ikke med her: det ville fortalt hvem de gjelder.",
                veiled,
            ).format(n=veiled)
        )
    jump = [(id_, linje.deltaker, _overdue(linje)) for id_, linje in names.items()]
    return [
        Del("maned", _("Måned for måned"), figurer=[heat] if heat else []),
        Del("deltakere", _("Deltaker for deltaker"), notes, tegn=legend(), hopp=jump, figurer=lines, stil="forlop"),
    ]


def _overdue(linje: Deltakerlinje) -> str:
    """Say how much is overdue for a participant; empty when nothing is."""
    n = sum(b.status == "forfalt" and not b.skjermet for b in linje.punkter)
    return _("{n} forfalt").format(n=n) if n else ""


def _points(v: Rapportvisning) -> list[Del]:
    folds = point_folds(v)
    if not folds:
        return []
    words = [
        _(
            "Hvert påkrevd punkt som har åpnet. Tell dem, og få tallene over. Kontakten er raden i loggen som gjorde det."
        )
    ]
    veiled = sum(b.skjermet for b in v.rapport.underlag)
    if veiled and not v.uten_id:
        words.append(_("Punkter fra rutiner som bare gjelder noen ytelser eller grupper, står uten hvem de gjelder."))
    if v.uten_id:
        words.append(_("Bare klassens egne: de som gjelder én deltaker, er utelatt."))
    return [Del("punkter", _("Punktene bak tallene"), words, folder=folds)]


def _quality(funn: Sequence[Varsel]) -> Del:
    kinds: dict[str, int] = {}
    for one in funn:
        kinds[one.kode] = kinds.get(one.kode, 0) + 1
    if not kinds:
        return Del("kvalitet", _("Om dataene"), [_("Ingenting å merke i filene.")])
    rows = [finding_words(kode, n) for kode, n in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))]
    words = _("Dette ble funnet i filene, og kan gjøre tallene feil. «oppfolging sjekk --funn» viser hvor.")
    return Del("kvalitet", _("Om dataene"), [words], punkter=rows)


def _method(v: Rapportvisning, vurdering: Vurdering) -> Del:
    sett = vurdering.gyldighet.opplegg.rutinesett
    return Del(
        "metode", _("Slik er tallene laget"), [made_with(vurdering)], ordliste=definitions(v),
        tabeller=[versions_table(v, sett)],
    )  # fmt: skip
