"""Pauses and exemptions in a judgement: those registered too late to be taken on trust, and how many days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.hendelse import Punkt, Varsel
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Gyldighet
    from oppfolgingscli.utvid import Utvidelse


def late_registrations(utvidelse: Utvidelse) -> list[Varsel]:
    """Find pauses and exemptions registered after a deadline they excuse: a finding, never a secret."""
    g = utvidelse.gyldighet
    by_subject: dict[str, list[Punkt]] = {}
    for p in (*utvidelse.fritatte, *(p for p in utvidelse.punkter if p.grunn is not None)):
        by_subject.setdefault(p.subjekt, []).append(p)
    out: list[Varsel] = []
    for s in g.deltakerne:
        points = [p for p in by_subject.get(s.id, ()) if p.frist is not None]
        for pause in s.pauser:
            registered = pause.registrert
            if registered is None:
                continue
            touched = [
                p.id for p in points
                if p.grunn is None and p.frist is not None and p.frist < registered
                and p.fra <= (pause.til or date.max) and p.frist >= pause.fra
            ]  # fmt: skip
            if touched:
                melding = _("pausen fra {fra} ble registrert {dato}, etter fristen den fritar fra").format(
                    fra=pause.fra, dato=registered
                )
                out.append(Varsel("pause_registrert_sent", s.id, melding, tuple(touched)))
        for fritak in s.deltaker.fritak if s.deltaker else ():
            registered = fritak.registrert
            touched = [
                p.id for p in points
                if p.rutine == fritak.rutine and registered is not None and p.frist is not None and p.frist < registered
            ]  # fmt: skip
            if touched and g.is_known(registered):
                melding = _("fritaket fra «{rutine}» ble registrert {dato}, etter fristen det fritar fra").format(
                    rutine=fritak.rutine, dato=registered
                )
                out.append(Varsel("fritak_registrert_sent", s.id, melding, tuple(touched)))
    return out


def pause_days(g: Gyldighet, per: date) -> dict[str, int]:
    """Return the days each participant has been in a known pause while enrolled, up to ``per``; none left out of 0."""
    days = {s.id: len(s.pausedager.klipp(s.start, min(s.slutt, per.toordinal()))) for s in g.deltakerne}
    return {subject: n for subject, n in days.items() if n}
