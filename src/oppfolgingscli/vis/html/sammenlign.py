"""A comparison of sets as a page: the overviews side by side, then every kind of contact with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.html.side import Celle, Tabell, render
from oppfolgingscli.vis.sammenlign_tekst import detail_headings, details, only_heading

if TYPE_CHECKING:
    from oppfolgingscli.vis.sammenlign import Oversikt, Slag, Visning


def to_html(v: Visning) -> str:
    """Write a comparison as a page that can be read, printed and sent as it is."""
    return render(
        "sammenlign.html.j2",
        v=v,
        oversikter=[(o.tittel, _overview(o)) for o in v.oversikter],
        slag=[(k, _kind(k, v)) for k in v.slag],
        ordene={
            "sett": _("Settene"),
            "bare_en": only_heading(),
            "slag": _("Slag for slag"),
            "har_ikke": _("Har ikke: {sett}"),
            "tegn": _("Tegn og ord"),
            "noter": _("Det tallene bygger på"),
        },
    )


def _overview(o: Oversikt) -> Tabell:
    return Tabell(o.undertekst, o.kolonner, o.rader)


def _kind(k: Slag, v: Visning) -> Tabell:
    """Make the table of one kind; a sum of all kinds has no routines to tell about."""
    summed = all(not rad.rutine for rad in k.rader)
    columns = (_("Sett"), *v.arstall, *(() if summed else detail_headings()))
    rows: list[tuple[str | Celle, ...]] = [(rad.sett, *rad.ar, *(() if summed else details(rad))) for rad in k.rader]
    return Tabell(k.tittel, columns, rows)
