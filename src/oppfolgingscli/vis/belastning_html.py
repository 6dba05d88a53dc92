"""A workload as one page that needs nothing else: findings, the picture, every table, and what it all rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppfolgingscli import __version__
from oppfolgingscli.sprak import _
from oppfolgingscli.vis.belastningnoter import notes
from oppfolgingscli.vis.belastningord import headline, statements, typical
from oppfolgingscli.vis.belastningtabeller import tables
from oppfolgingscli.vis.html.side import Celle, Tabell, render
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.vis.svg.belastning import hours_by_week

if TYPE_CHECKING:
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning, Oversikt

_UDELT: Final = frozenset({"regel", "mulig_hel", "alene_hel", "mest_uke", "uke", "fra"})
"""Cells that stand on one line."""


def to_html(v: Belastningsvisning) -> str:
    """Write a workload as a page, in the language in use."""
    found = {t.id: _table(t) for t in tables(v)}
    weeks = found.pop("uker", None)
    return render(
        "belastning.html.j2",
        tittel=_("Belastning: {klasse}").format(klasse=v.klasse),
        ingress=headline(v),
        laget=_("Laget {dag} med oppfolging {versjon}.").format(dag=dag_ord(v.per), versjon=__version__),
        funn=[tuple(line.split("\n")) for line in statements(v)],
        deltaker=typical(v) if v.belastning.deltakere else "",
        figur=hours_by_week(v, weeks, "uker-figur") if weeks else None,
        deler=_sections(found),
        noter=notes(v),
        ord_={
            "funn": _("Det viktigste"), "uker": _("Uke for uke"), "noter": _("Det tallene bygger på"),
        },
    )  # fmt: skip


def _table(t: Oversikt) -> Tabell:
    rows = [[Celle(c.tekst, c.felt, key, "nb" if c.felt in _UDELT else "") for c in cells] for key, cells in t.rader]
    return Tabell(t.tittel, t.kolonner, rows, tall=t.tall, id=f"tabell-{t.id}")


def _sections(found: dict[str, Tabell]) -> list[tuple[str, str, list[Tabell]]]:
    """Return (id, heading, tables) of the sections that have something."""
    every = (
        ("roller", _("Roller og personer"), ("roller", "personer")),
        ("hyppighet", _("Hvor ofte det er tid til"), ("hyppighet",)),
        ("topper", _("De travleste ukene"), ("topper",)),
        ("rutiner", _("Hva tiden går til"), ("rutiner",)),
        ("deltakere", _("Deltakerne"), ("deltakere",)),
    )
    return [
        (id_, title, [found[k] for k in keys if k in found]) for id_, title, keys in every if found.keys() & set(keys)
    ]
