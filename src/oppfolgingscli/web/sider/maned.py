"""The class's calendar, a month at a time: meetings, deadlines, holidays and breaks; all of it or one role's."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from oppfolgingscli.cli.arbeid import check_known, planned
from oppfolgingscli.cli.folgplan import follow
from oppfolgingscli.cli.kalender import read_busy
from oppfolgingscli.les.plan import read_plan
from oppfolgingscli.sprak import N_, _, dato_kort
from oppfolgingscli.tid.perioder import periode_for
from oppfolgingscli.vis.ord import dag_ord, periode_ord
from oppfolgingscli.vis.sjekkoversikt import role_names
from oppfolgingscli.web.sider.maned_dager import weeks
from oppfolgingscli.web.svar import Ikke, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.planlegg import Mote
    from oppfolgingscli.tid.skolekalender import Skolekalender
    from oppfolgingscli.web.kontekst import Kontekst
    from oppfolgingscli.web.sider.maned_dager import Uke

_MANED: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_DAGER: Final = (
    N_("mandag"), N_("tirsdag"), N_("onsdag"), N_("torsdag"), N_("fredag"), N_("lørdag"), N_("søndag"),
)  # fmt: skip
_VIST: Final = 5
"""Entries of a day shown without being asked for."""


def maned(k: Kontekst) -> Side:
    """Return the page of a month: ``?maned=2024-11``, else the one the day is in.

    Raises:
        Ikke: it is not written so, or the class's calendar does not reach it.
        Bruksfeil: there is no such role.
    """
    found = k.grunnlag
    calendar = found.vurdering.gyldighet.kalender
    first = _month(k.sporring.en("maned"), k.per, calendar)
    role = k.sporring.en("rolle") or None
    names = role_names(found.vurdering)
    if role is not None:
        check_known(_("rolle"), [role], names)
    in_weeks = weeks(found, meetings(found, k.per), first, role)
    title = periode_ord(f"{first:%Y-%m}")
    title = title[:1].upper() + title[1:]
    values = {
        "tittel": title,
        "uker": in_weeks,
        "noe": any(day.oppslag for week in in_weeks for day in week.dager),
        "ukedager": [_(name) for name in _DAGER],
        "dag_ord": dag_ord,
        "deltaker": lambda id_: k.url("deltaker", id=id_),
        "klassen": k.url("deltaker", id=found.vurdering.gyldighet.klassen.id),
        "forrige": _step(k, first - timedelta(1), calendar),
        "neste": _step(k, (first + timedelta(31)).replace(day=1), calendar),
        "i_dag": k.her(maned=None) if not first <= k.per <= periode_for(first, "maned").til else "",
        "roller": [("", _("Alle")), *sorted(names.items(), key=lambda pair: pair[1])],
        "rolle": role or "",
        "maned": f"{first:%Y-%m}",
        "merknader": _notes(found, in_weeks),
        "vist": _VIST,
        "t": _words(),
    }
    return Side("maned.html.j2", title, values, ("maned",))


def meetings(found: Grunnlag, per: date) -> Sequence[Mote]:
    """Return the meetings as ``kalender`` would write them on ``per``.

    Raises:
        Inndatafeil: the plan, a log file or somebody's calendar cannot be read at all.
    """
    result = planned(found.arbeidsmappe, per)
    busy, _warnings = read_busy(found.arbeidsmappe, result)
    return follow(found.arbeidsmappe, result, busy, per)[0]


def _month(text: str, per: date, calendar: Skolekalender) -> date:
    """Return the first day of the month asked for; without one, that of ``per``, or the nearest the calendar has."""
    if not text:
        return min(max(per, calendar.fra), calendar.til).replace(day=1)
    match = _MANED.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12 or not int(match[1]):
        raise Ikke(404, _("Det er ingen slik måned. Skriv den som 2024-11."))
    first = date(int(match[1]), int(match[2]), 1)
    if not calendar.fra <= first <= calendar.til:
        raise Ikke(
            404,
            _("Klassens kalender går fra {fra} til {til}.").format(
                fra=dato_kort(calendar.fra), til=dato_kort(calendar.til)
            ),
        )
    return first


def _step(k: Kontekst, day: date, calendar: Skolekalender) -> tuple[str, str] | None:
    """Return the address and the name of a month beside this one; None outside the calendar."""
    if not calendar.fra <= day <= calendar.til:
        return None
    return k.her(maned=f"{day:%Y-%m}"), periode_ord(f"{day:%Y-%m}")


def _notes(found: Grunnlag, in_weeks: Sequence[Uke]) -> list[str]:
    """Say where the meetings come from, and whether the school calendar is sure."""
    planned_by_people = bool(read_plan(found.arbeidsmappe.mappe).rader)
    notes = [
        _("Møtene står der planen (plan.csv) har dem.")
        if planned_by_people
        else _("Møtene er forslag: klassen har ingen plan (plan.csv).")
    ]
    if any(day.ubekreftet for week in in_weeks for day in week.dager if day.med):
        notes.append(_("Noen datoer i skoleruta er ikke bekreftet og kan bli endret."))
    return notes


def _words() -> dict[str, str]:
    return {
        "bla": _("Bla mellom månedene"),
        "forrige": _("Forrige"),
        "neste": _("Neste"),
        "i_dag": _("i dag"),
        "til_i_dag": _("Til denne måneden"),
        "uke": _("uke"),
        "Uke": _("Uke"),
        "rolle": _("Rolle"),
        "vis": _("Vis"),
        "ubekreftet": _("ikke bekreftet"),
        "flere": _("flere"),
        "ingenting": _("Ingenting i denne måneden."),
    }
