"""What everyone can take over all the classes they are in: weekdays, meetings a day, busy times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.planlegg.folk import Ressurs
from oppfolgingscli.planlegg.problem import Kapasitet

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from oppfolgingscli.planlegg.bygg import Klassegrunnlag
    from oppfolgingscli.planlegg.timeplan import Tidsrom


def capacities(klasser: Sequence[Klassegrunnlag], needed: Collection[Ressurs]) -> dict[Ressurs, Kapasitet]:
    """Return the capacity of each resource in ``needed``.

    Whoever is in several classes has the weekdays that all of them allow, the least of their limits a day,
    and every busy time any of them knows.
    """
    every = frozenset(day for k in klasser for day in k.kalender.dager)
    days: dict[Ressurs, frozenset[int]] = {}
    limits: dict[Ressurs, int] = {}
    busy: dict[Ressurs, dict[int, set[Tidsrom]]] = {}
    for k in klasser:
        for person_id, person in k.personer.items():
            r = Ressurs("person", k.personnokkel.get(person_id, person_id))
            own = every if person.dager is None else frozenset(person.dager)
            days[r] = days.get(r, every) & own
            limits[r] = min(limits.get(r, k.kalender.maks_per_dag), k.kalender.maks_per_dag)
            mine = busy.setdefault(r, {})
            for day, spans in k.opptatt.get(person_id, {}).items():
                mine.setdefault(day, set()).update(spans)
    by_class = {k.utvidelse.gyldighet.opplegg.klasse.id: k.kalender for k in klasser}
    out = {}
    for r in sorted(needed):
        if r in days:
            taken = {day: tuple(sorted(found)) for day, found in busy[r].items()}
            out[r] = Kapasitet(r, days[r], limits[r], taken)
        else:
            kalender = by_class.get(r.id.split("/")[0]) or klasser[0].kalender
            out[r] = Kapasitet(r, frozenset(kalender.dager), kalender.maks_per_dag)
    return out
