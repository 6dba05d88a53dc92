"""Points and log put together: every point's status, the contact credited, and what is left over.

The one place where expansion, counting, matching and status meet; every command that judges shows this
result. Pure: ``per`` and the log are parameters.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.status import avtalestatus
from oppfolgingscli.telling import select
from oppfolgingscli.utvid import expand, punktorden
from oppfolgingscli.vurder.arbeid import Arbeid
from oppfolgingscli.vurder.pauser import late_registrations, pause_days
from oppfolgingscli.vurder.resultat import Vurdering, Vurdert, VurdertAvtale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from oppfolgingscli.hendelse import Avtale, Logg
    from oppfolgingscli.modell.klasse import Opplegg

__all__ = ["Vurdering", "Vurdert", "VurdertAvtale", "vurder"]


def vurder(opplegg: Opplegg, logg: Logg, roller: Mapping[str, str], per: date, kjent: date | None = None) -> Vurdering:
    """Judge every point of a class on ``per``, with what was known on ``kjent``.

    ``roller``: person id -> role, for people named in the log.
    """
    utvidelse = expand(opplegg, kjent, intervaller=False)
    out = Vurdering(per, kjent, utvidelse)
    work = Arbeid(out, select(utvidelse.gyldighet, logg, per), roller)
    for s in (utvidelse.gyldighet.klassen, *utvidelse.gyldighet.deltakerne):
        work.subject(s)
    out.punkter.sort(key=_by_point(opplegg))
    work.leftovers()
    out.avtaler = [_judge(a, per) for a in sorted(_known(logg.avtaler, out), key=lambda a: (a.frist or date.max, a.id))]
    out.funn = [*logg.funn, *work.utvalg.funn, *work.funn, *late_registrations(utvidelse)]
    out.pausedager = pause_days(utvidelse.gyldighet, per)
    return out


def _by_point(opplegg: Opplegg) -> Callable[[Vurdert], tuple[object, ...]]:
    order = punktorden(opplegg.rutinesett.versjoner)
    return lambda vurdert: order(vurdert.punkt)


def _known(avtaler: Iterable[Avtale], out: Vurdering) -> list[Avtale]:
    g = out.gyldighet
    return [a for a in avtaler if a.dato <= out.per and g.is_known(a.registrert)]


def _judge(a: Avtale, per: date) -> VurdertAvtale:
    code, late = avtalestatus(
        frist=a.frist.toordinal() if a.frist else None,
        utfort=a.utfort.toordinal() if a.utfort else None,
        per=per.toordinal(),
    )
    return VurdertAvtale(a, code, late)
