"""The report in the page's own frame: all of it, one view, or one semester; and the same as files, made in memory."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.cli.arbeid import check_known
from oppfolgingscli.cli.felles import parse_dato
from oppfolgingscli.cli.vurdert import Grunnlag, judge, responsible
from oppfolgingscli.maltall import measure
from oppfolgingscli.sprak import _
from oppfolgingscli.vis import rapport as vis_rapport
from oppfolgingscli.vis.html.rapportmetode import not_anonymous
from oppfolgingscli.vis.html.rapporttabeller import legend_of_columns, view_tables
from oppfolgingscli.vis.html.side import Celle
from oppfolgingscli.vis.ord import dag_ord, periode_ord
from oppfolgingscli.vis.rapport_html import Del, cards_of, page
from oppfolgingscli.vis.rapportnavn import Rapportnavn
from oppfolgingscli.vis.rapportvisning import VIEWS, Rapportvisning, closing, headline, periods, total, view
from oppfolgingscli.vis.sjekkoversikt import role_names
from oppfolgingscli.web.svar import Fil, Ikke, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.web.kontekst import Kontekst
    from oppfolgingscli.web.svar import Svar

_LAG_MAKS: Final = 366
FORMATER: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Valg:
    """What is asked for. ``lag``: calendar days; ``etter`` and ``periode``: "" for all."""

    per: date
    lag: int
    rolle: str
    etter: str
    periode: str
    uten_id: bool

    @property
    def er_alt(self) -> bool:
        """Whether the whole report is asked for."""
        return not self.etter and not self.periode


def rapport(k: Kontekst) -> Svar:
    """Return the report: ``?per= &lag= &rolle= &etter= &periode= &uten_id=ja``; ``?format=xlsx`` and so on is a file.

    Raises:
        Ikke: there is no such format, view, semester or date.
        Bruksfeil: there is no such role.
    """
    chosen = _read(k)
    kind = k.sporring.en("format")
    if kind:
        return _file(k, chosen, kind)
    found = k.grunnlag if chosen.per == k.per else judge(k.mappe, chosen.per, None, maskin=False)
    v = _shown(found, chosen)
    if chosen.periode and chosen.periode not in periods(v):
        raise Ikke(404, _("Rapporten har ikke noe slikt semester."))
    whole = page(v, found.vurdering, found.funn)
    side = replace(whole, obs=_shared(v), deler=whole.deler if chosen.er_alt else _part(v, chosen))
    values = {"r": side, "valg": _choices(found, v, chosen), "filer": _links(k, chosen), "t": _words(), "valgt": chosen}
    return Side("rapportside.html.j2", whole.tittel, values, ("rapport", "rapportside"))


def _read(k: Kontekst) -> Valg:
    """Read what is asked for, and refuse what there is none of."""
    asked = k.sporring
    per = k.per
    if text := asked.en("per"):
        try:
            per = parse_dato(text)
        except ValueError as error:
            raise Ikke(404, str(error)) from None
    lag = asked.en("lag", "0") or "0"
    if not (lag.isascii() and lag.isdecimal() and len(lag) < 4 and int(lag) <= _LAG_MAKS):
        raise Ikke(404, _("Etterslepet er et antall dager, fra 0 til {mest}.").format(mest=_LAG_MAKS))
    view_ = asked.en("etter")
    if view_ and view_ not in VIEWS:
        raise Ikke(404, _("Rapporten har ikke noen slik visning."))
    period = asked.en("periode")
    return Valg(per, int(lag), asked.en("rolle"), "" if period else view_, period, asked.en("uten_id") == "ja")


def _shown(found: Grunnlag, valg: Valg) -> Rapportvisning:
    """Measure, as ``oppfolging rapport`` does."""
    opplegg = found.vurdering.gyldighet.opplegg
    wanted = None
    if valg.rolle:
        check_known(_("rolle"), [valg.rolle], role_names(found.vurdering))
        now = {v.rutine.id: v.rutine.ansvarlig for v in opplegg.rutinesett.versjoner}
        wanted = {id_ for id_, role in now.items() if role == valg.rolle}
    made = measure(found.vurdering, valg.lag, wanted, responsible(found))
    return Rapportvisning(made, opplegg.klasse.id, valg.per, valg.lag, Rapportnavn(opplegg.rutinesett), valg.uten_id)


def _part(v: Rapportvisning, valg: Valg) -> list[Del]:
    """Return the parts of the page for one view or one semester: its key figures and its tables."""
    period = valg.periode or None
    id_ = valg.etter or "rutine"
    tables = view_tables(v, id_, period)
    tables = [replace(table, rader=[_unlinked(row) for row in table.rader]) for table in tables]
    if tables:
        tables[-1] = replace(tables[-1], forklaringer=legend_of_columns())
    name = periode_ord(period) if period else ""
    head = _("Det viktigste, {periode}").format(periode=name) if period else _("Det viktigste")
    key = "totalt" if period is None else f"semester/{period}"
    words = () if tables else (_("Det er ingenting å vise her."),)
    return [
        Del("funn", head, kort=cards_of(total(v, period)), kortrad=key, under=() if period else closing(v)),
        Del(id_, view(v, id_).tittel, words, tabeller=tables),
    ]


def _unlinked(rad: Sequence[str | Celle]) -> list[str | Celle]:
    """Take links out of a row: the points they lead to are not on the page."""
    return [replace(cell, lenke="") if isinstance(cell, Celle) else cell for cell in rad]


def _shared(v: Rapportvisning) -> str:
    """Say how what is shown may be shared, in the words of this page."""
    if v.uten_id:
        return not_anonymous(v)
    return _(
        "Ikke anonymisert: deltakerne står med id, måned for måned. Hold rapporten innenfor skolen og Nav. Skal den deles "
        "med andre, velg «Uten id-er» først."
    )


def _choices(found: Grunnlag, v: Rapportvisning, valg: Valg) -> dict[str, Any]:
    roles = sorted(role_names(found.vurdering).items(), key=lambda pair: pair[1])
    everything = ("", _("Alt"))
    return {
        "per": valg.per.isoformat(),
        "etter": [everything, *((id_, view(v, id_).tittel) for id_ in VIEWS)],
        "periode": [("", _("Alle semestre")), *((key, _upper(periode_ord(key))) for key in periods(v))],
        "rolle": [("", _("Alle")), *roles],
        "ingress": headline(v),
        "dag": dag_ord(valg.per),
    }


def _links(k: Kontekst, valg: Valg) -> list[tuple[str, str]]:
    asked = {
        "per": None if valg.per == k.per else valg.per.isoformat(), "lag": valg.lag or None, "rolle": valg.rolle,
        "uten_id": "ja" if valg.uten_id else None,
    }  # fmt: skip
    names = {"xlsx": "Excel (xlsx)", "html": "HTML", "csv": "CSV", "md": "Markdown", "json": "JSON"}
    return [(names[kind], k.url("rapport", **asked, format=kind)) for kind in FORMATER]


def _file(k: Kontekst, valg: Valg, kind: str) -> Fil:
    """Return the whole report as a file: the same bytes as ``oppfolging rapport --ut`` writes."""
    if kind not in FORMATER:
        raise Ikke(404, _("Rapporten finnes som {formater}.").format(formater=", ".join(FORMATER)))
    found = judge(k.mappe, valg.per, None, maskin=kind in ("csv", "json"))
    v = _shown(found, valg)
    made: str | bytes
    if kind == "xlsx":
        from oppfolgingscli.vis.rapport_ark import to_xlsx

        made = to_xlsx(v)
    elif kind == "html":
        from oppfolgingscli.vis.rapport_html import to_html

        made = to_html(v, found.vurdering, found.funn)
    elif kind == "md":
        made = vis_rapport.to_markdown(v, VIEWS)
    else:
        from oppfolgingscli.vis import maskin_rapport

        if kind == "csv":
            made = "\ufeff" + maskin_rapport.rapport_csv(v.rapport)
        else:
            made = maskin_rapport.rapport_json(v.rapport, v.klasse, v.per, v.lag, uten_id=v.uten_id)
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", v.klasse)
    return Fil(made.encode() if isinstance(made, str) else made, FORMATER[kind], f"rapport-{name}-{v.per}.{kind}")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words() -> dict[str, str]:
    return {
        "per": _("Per dato"),
        "etter": _("Visning"),
        "periode": _("Semester"),
        "rolle": _("Rolle"),
        "lag": _("Etterslep (dager)"),
        "uten_id": _("Uten id-er"),
        "vis": _("Vis"),
        "velg": _("Velg hva rapporten skal vise"),
        "last_ned": _("Last ned hele rapporten"),
    }
