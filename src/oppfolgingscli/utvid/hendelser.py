"""Points of ``ved`` and ``etter``: after an event, or after a counted contact of another routine.

Each trigger gives a point from its own date, with a deadline only where the routine has one: vague duties
stay open until done. Triggers within ``samle`` of the first make one point. The version must be in force,
the subject enrolled and ``gjelder`` hold on the day; breaks and pauses do not matter here.
See docs/semantikk.md, "Etter hendelser".
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oppfolgingscli.utvid.utkast import Utkast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.modell.rutinesett import Etter, Ved, Versjon


class Utloser(NamedTuple):
    """What sets a duty off: an event or a contact. Days to discovery are only known for events.

    ``om_slutten``: the event is the ending itself (``avbrudd``), which cuts off no duty that it sets off.
    """

    dato: date
    id: str
    oppdaget_etter: int | None = None
    om_slutten: bool = False


def expand_utlost(
    g: Gyldighet, s: Subjekt, v: Versjon, f: Ved | Etter, triggers: Iterable[Utloser]
) -> Iterator[tuple[Utkast, Utloser]]:
    """Yield a draft for each trigger, or group of triggers, on which the version holds for ``s``."""
    holds = g.dager(s, v, pauser=False, ferier=False)
    gathered_to: date | None = None
    for t in sorted(triggers):
        if t.dato.toordinal() not in holds:
            continue
        if gathered_to is not None and t.dato <= gathered_to:
            continue
        gathered_to = g.kalender.add(t.dato, f.samle) if f.samle else None
        day = t.dato.toordinal()
        frist = g.kalender.add(t.dato, f.innen) if f.innen else None
        late = g.kalender.add(frist, f.sent_til).toordinal() if frist and f.sent_til else None
        last = frist.toordinal() if frist else None
        unsure = g.kalender.ubekreftede_ferier(day, last) if last and f.innen and f.innen.enhet == "skoledag" else []
        yield Utkast(v, t.id, 1, True, False, day, day, None, last, late, unsure), t
