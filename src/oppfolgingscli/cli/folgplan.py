"""Meetings as the people's plan has them: what ``kalender`` shows, and what other classes must keep clear of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from oppfolgingscli.hendelse import Punkt, Varsel
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.les.plan import Planfil
    from oppfolgingscli.planlegg import Mote
    from oppfolgingscli.planlegg.mote import Plassert
    from oppfolgingscli.utvid import Utvidelse
    from oppfolgingscli.vurder import Vurdering

Opptatt = dict[str, dict[int, list[tuple[int, int]]]]


def follow(
    arbeidsmappe: Arbeidsmappe, result: Utvidelse, busy: Opptatt, per: date, *, bare_planen: bool = False
) -> tuple[tuple[Mote, ...], list[Varsel]]:
    """Place every point: where ``plan.csv`` has it, the rest around those; without a plan as ever.

    A point that only an event has set off is there when the plan has a row for it. Returns the meetings, and
    what was found in the plan. ``bare_planen``: only what the plan has a day for, where there is one.

    Raises:
        Inndatafeil: the plan or a log file cannot be read at all.
    """
    from oppfolgingscli.les.plan import read_plan
    from oppfolgingscli.planlegg import plan_moter

    fil = read_plan(arbeidsmappe.mappe)
    whole, where = _where(arbeidsmappe, result, fil, per)
    if bare_planen and where:
        whole = replace(whole, punkter=tuple(p for p in whole.punkter if p.id in where))
    oppsett = arbeidsmappe.oppsett
    return plan_moter(whole, oppsett.kalender, oppsett.personer, busy, where), fil.funn


def _where(
    arbeidsmappe: Arbeidsmappe, result: Utvidelse, fil: Planfil, per: date
) -> tuple[Utvidelse, Mapping[str, Plassert]]:
    from oppfolgingscli.planlegg.planrader import followed, match_rows

    rows = fil.rader
    if not rows:
        return result, {}
    versions = result.gyldighet.opplegg.rutinesett.versjoner
    kobling = match_rows(rows, result.punkter, versions)
    if more := _set_off(arbeidsmappe, {rad.punkt for rad in kobling.uten}, per):
        result = replace(result, punkter=(*result.punkter, *more))
        kobling = match_rows(rows, result.punkter, versions)
    return result, followed(kobling, result, per)


def _set_off(arbeidsmappe: Arbeidsmappe, wanted: set[str], per: date) -> Sequence[Punkt]:
    """Return the points with these ids that an event or a contact has set off."""
    from oppfolgingscli.modell.frekvens import Etter, Ved

    routines = {
        v.rutine.id for v in arbeidsmappe.opplegg.rutinesett.versjoner if isinstance(v.rutine.frekvens, Ved | Etter)
    }
    if not any(point.split("/")[1:2] and point.split("/")[1] in routines for point in wanted):
        return ()
    return [x.punkt for x in judged(arbeidsmappe, per).punkter if x.punkt.id in wanted and x.punkt.grunn is None]


def judged(arbeidsmappe: Arbeidsmappe, per: date) -> Vurdering:
    """Judge a workspace that is open already.

    Raises:
        Inndatafeil: a log file cannot be read at all.
    """
    from oppfolgingscli.les.logg import read_logg
    from oppfolgingscli.vurder import vurder

    roles = {id_: person.rolle for id_, person in arbeidsmappe.oppsett.personer.items()}
    return vurder(arbeidsmappe.opplegg, read_logg(arbeidsmappe.mappe), roles, per)
