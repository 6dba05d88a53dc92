"""What lies behind the figures: every required point, and each participant's course month by month. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.maltall.rad import Bedomt, Deltakerlinje, Linjekontakt, Maned
from oppfolgingscli.modell.ord import naturlig
from oppfolgingscli.tid.perioder import periode_for, perioder

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Subjekt
    from oppfolgingscli.hendelse import Kontakt
    from oppfolgingscli.maltall.underlag import Underlag
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.vurder import Vurdert


def is_only_for_some(v: Versjon) -> bool:
    """Whether a version is only for some benefits or groups: its name on a row tells which its subject has."""
    return bool(v.rutine.gjelder.ytelse or v.rutine.gjelder.gruppe)


def behind(u: Underlag, rutiner: Iterable[str]) -> tuple[Bedomt, ...]:
    """Return the required points of the routines that had opened on ``per`` or were done before, by deadline and id."""
    found = [
        _bedomt(u, x)
        for rutine in rutiner
        for x in u.pakrevde[rutine]
        if x.punkt.fra.toordinal() <= u.per or x.kontakt is not None or u.is_judged(x)
    ]
    return tuple(sorted(found, key=lambda b: (b.punkt.frist or date.max, b.punkt.id)))


def _bedomt(u: Underlag, x: Vurdert) -> Bedomt:
    k = x.kontakt
    return Bedomt(
        x.punkt, x.status, k.id if k else None, k.dato if k else None, x.dager_sen,
        u.is_judged(x), is_only_for_some(u.versjon(x)),
    )  # fmt: skip


def courses(u: Underlag, rutiner: Collection[str], underlag: Sequence[Bedomt]) -> tuple[Deltakerlinje, ...]:
    """Return the course of each participant who had begun on ``per``, by id."""
    points: dict[str, list[Bedomt]] = {}
    for b in underlag:
        points.setdefault(b.punkt.subjekt, []).append(b)
    contacts = _counted(u, rutiner)
    begun = (s for s in u.vurdering.gyldighet.deltakerne if s.start <= u.per)
    return tuple(
        _course(u, s, contacts.get(s.id, {}), points.get(s.id, []))
        for s in sorted(begun, key=lambda s: (naturlig(s.id), s.id))
    )


def _counted(u: Underlag, rutiner: Collection[str]) -> dict[str, dict[str, tuple[Kontakt, bool]]]:
    """Return, by participant and id, the contacts that count, and whether only for routines that are for some."""
    found: dict[str, dict[str, tuple[Kontakt, bool]]] = {}
    for rutine in rutiner:
        for v in u.versjoner[rutine]:
            some = is_only_for_some(v)
            for s in u.vurdering.gyldighet.deltakerne:
                telt = u.vurdering.telt.get((rutine, v.nr, s.id))
                for k in telt.teller if telt else ():
                    mine = found.setdefault(s.id, {})
                    mine[k.id] = (k, some and mine.get(k.id, (k, True))[1])
    return found


def _course(
    u: Underlag, s: Subjekt, kontakter: dict[str, tuple[Kontakt, bool]], punkter: Sequence[Bedomt]
) -> Deltakerlinje:
    last = min(u.per, s.slutt)
    credited = u.kreditert.get(s.id, {})
    rows = sorted(kontakter.values(), key=lambda pair: (pair[0].dato, pair[0].id))
    contacts = tuple(Linjekontakt(k.id, k.dato, k.type, k.id in credited, some) for k, some in rows)
    pauses = tuple((date.fromordinal(a), date.fromordinal(b)) for a, b in s.pausedager.klipp(s.start, last).spenn)
    return Deltakerlinje(
        s.id, date.fromordinal(s.start), date.fromordinal(s.slutt), pauses, contacts, tuple(punkter),
        _months(s, last, contacts, punkter),
    )  # fmt: skip


def _months(s: Subjekt, last: int, kontakter: Iterable[Linjekontakt], punkter: Iterable[Bedomt]) -> tuple[Maned, ...]:
    judged: Counter[str] = Counter()
    on_time: Counter[str] = Counter()
    for x in punkter:
        if x.bedomt and x.punkt.frist is not None and not x.skjermet:
            key = periode_for(x.punkt.frist, "maned").nokkel
            judged[key] += 1
            on_time[key] += x.status == "i_tide"
    held = Counter(periode_for(k.dato, "maned").nokkel for k in kontakter if not k.skjermet)
    out = []
    for month in perioder("maned", date.fromordinal(s.start), date.fromordinal(max(last, s.start))):
        a, b = max(month.fra.toordinal(), s.start), min(month.til.toordinal(), last)
        key = month.nokkel
        out.append(Maned(key, on_time[key], judged[key], held[key], len(s.pausedager.klipp(a, b)), max(0, b - a + 1)))
    return tuple(out)
