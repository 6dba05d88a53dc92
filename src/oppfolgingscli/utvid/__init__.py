"""Expansion: from routines and subjects to points, before any log. Pure: no files, no clock.

``expand`` is the only way in; every command that needs points uses it. One module a frequency kind:
``antall``, ``hver``, ``milepael``. Events and chained routines (``ved``, ``etter``) make points only from
a log, and ``behov`` makes none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.gyldighet import Gyldighet, Subjekt
from oppfolgingscli.hendelse import Punkt, Varsel
from oppfolgingscli.modell.rutinesett import Antall, Hver, Milepael
from oppfolgingscli.utvid.antall import expand_antall
from oppfolgingscli.utvid.hver import expand_hver
from oppfolgingscli.utvid.milepael import expand_milepael
from oppfolgingscli.utvid.utkast import Ferdig, Rutineutkast, Utkast
from oppfolgingscli.utvid.varsler import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from oppfolgingscli.modell.klasse import Opplegg
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.tid.skolekalender import Skolekalender


@dataclass(frozen=True)
class Utvidelse:
    """The result of an expansion.

    ``punkter``: what E gives, in the contract's order; exempt ones carry ``grunn``. ``fritatte``: what
    pauses took away, with the pause's reason and the dates they would have had. ``gyldighet`` is the
    calendar and the eligible days it was made with.
    """

    punkter: tuple[Punkt, ...]
    fritatte: tuple[Punkt, ...]
    varsler: tuple[Varsel, ...]
    gyldighet: Gyldighet

    @property
    def kalender(self) -> Skolekalender:
        """The school calendar of the class."""
        return self.gyldighet.kalender


def expand(opplegg: Opplegg, kjent: date | None = None, *, intervaller: bool = True) -> Utvidelse:
    """Expand every routine of the class's set for every subject (docs/semantikk.md, "Utvidelse").

    ``kjent``: the knowledge date; pauses and exemptions registered later are not there (None: no limit).
    ``intervaller`` False leaves out the predicted points of interval routines, for those who have a log.
    """
    g = Gyldighet(opplegg, kjent)
    points: list[Punkt] = []
    excused: list[Punkt] = []
    unsure: dict[tuple[str, str], list[str]] = {}
    for versjoner in _by_routine(opplegg.rutinesett.versjoner):
        niva = versjoner[0].rutine.niva
        known: dict[tuple[object, ...], tuple[list[Utkast], list[Utkast]]] = {}
        for s in (g.klassen,) if niva == "klasse" else g.deltakerne:
            alike = tuple(g.preg(s, v) for v in versjoner)
            if alike not in known:
                known[alike] = _expand_subject(g, s, versjoner, intervaller=intervaller)
            made, taken = known[alike]
            points += _to_points(g, s, made, unsure)
            excused += _to_points(g, s, taken, unsure)
    order = punktorden(opplegg.rutinesett.versjoner)
    points.sort(key=order)
    excused.sort(key=order)
    return Utvidelse(tuple(points), tuple(excused), tuple(warn(g, points, unsure)), g)


def punktorden(versjoner: Iterable[Versjon]) -> Callable[[Punkt], tuple[object, ...]]:
    """Return the sort key of points: frist (empty last), rutine, versjon, periode, nr; then subject.

    The gaps of interval routines are numbers and sort as such; the ids of events do not.
    """
    clocks = {(v.rutine.id, v.nr) for v in versjoner if v.rutine.frekvens.slag == "hver"}

    def key(p: Punkt) -> tuple[object, ...]:
        gap = int(p.periode) if (p.rutine, p.versjon) in clocks else 0
        return (p.frist or date.max, p.rutine, p.versjon, gap, p.periode, p.nr, p.subjekt)

    return key


def _by_routine(versjoner: Iterable[Versjon]) -> list[list[Versjon]]:
    """Group versions by routine, each in order of number."""
    groups: dict[str, list[Versjon]] = {}
    for v in versjoner:
        groups.setdefault(v.rutine.id, []).append(v)
    return [sorted(group, key=lambda v: v.nr) for group in groups.values()]


def _expand_subject(
    g: Gyldighet, s: Subjekt, versjoner: list[Versjon], *, intervaller: bool
) -> tuple[list[Utkast], list[Utkast]]:
    """Return the drafts E gives, and those that E without pauses would give but E does not.

    They depend on nothing but ``Gyldighet.preg``, and no later step changes them.
    """
    without = _expand_versions(g, s, versjoner, pauser=False, intervaller=intervaller)
    if not s.pauser:
        _set_late_limits(without.utkast, without.vinduer)
        return without.utkast, []
    made = _expand_versions(g, s, versjoner, pauser=True, intervaller=intervaller)
    # A pause moves no window, so the limits come from the windows as they are without it.
    _set_late_limits(made.utkast, without.vinduer)
    _set_late_limits(without.utkast, without.vinduer)
    given = {(u.versjon.nr, u.periode, u.nr) for u in made.utkast}
    taken = [
        u
        for u in without.utkast
        if u.versjon.rutine.frekvens.slag != "hver" and (u.versjon.nr, u.periode, u.nr) not in given
    ]
    return made.utkast, taken


def _expand_versions(
    g: Gyldighet, s: Subjekt, versjoner: list[Versjon], *, pauser: bool, intervaller: bool
) -> Rutineutkast:
    out = Rutineutkast()
    anchors: set[tuple[str, str]] = set()
    for v in versjoner:
        f = v.rutine.frekvens
        if isinstance(f, Antall):
            made = list(expand_antall(g, s, v, f, pauser=pauser))
            out.vinduer.update(u.fra for u in made)
        elif isinstance(f, Hver):
            made = list(expand_hver(g, s, v, f)) if intervaller else []
            eligible = g.dager(s, v)
            if eligible:
                out.vinduer.add(eligible.forste)
        elif isinstance(f, Milepael):
            # An anchor gives one point, from the first version whose E meets the window.
            made = [
                u for u in expand_milepael(g, s, v, f, pauser=pauser) if (f.milepael.slag, u.periode) not in anchors
            ]
            anchors.update((f.milepael.slag, u.periode) for u in made)
            out.vinduer.update(u.fra for u in made)
        else:
            continue
        out.utkast += made
    return out


def _set_late_limits(drafts: list[Utkast], windows: set[int]) -> None:
    """Give drafts without a limit of their own the day before the next window of the routine opens."""
    for u in drafts:
        if u.sent_til is None and u.frist is not None and u.versjon.rutine.frekvens.slag != "hver":
            later = [w for w in windows if w > u.frist]
            u.sent_til = min(later) - 1 if later else None


def _to_points(g: Gyldighet, s: Subjekt, drafts: list[Utkast], unsure: dict[tuple[str, str], list[str]]) -> list[Punkt]:
    out = []
    grunn = exemption(g, s, drafts[0].versjon.rutine.id) if drafts else None
    for u in drafts:
        point = to_punkt(g, s, u, grunn)
        for item in u.frist_bygger_pa:
            unsure.setdefault(item, []).append(point.id)
        out.append(point)
    return out


def to_punkt(g: Gyldighet, s: Subjekt, u: Utkast, grunn: str | None) -> Punkt:
    """Make a point of a draft: its id, and what its version says. ``grunn``: why ``s`` is exempt from the routine."""
    if u.ferdig is None:
        u.ferdig = _finish(g, u)
    rutine, key, before, after = u.ferdig
    point_id = f"{g.opplegg.klasse.id}/{rutine}/{s.id}/{key}"
    return Punkt(point_id, *before, s.id, *after, grunn)  # type: ignore[call-arg] # mypy loses count of *after


def _finish(g: Gyldighet, u: Utkast) -> Ferdig:
    """Return what every subject's point of this draft has in common."""
    r, nr = u.versjon.rutine, u.versjon.nr
    key = u.periode if nr == 1 else f"{u.periode}.v{nr}"
    before = (r.id, r.type, nr, r.niva)
    after = (
        u.periode, u.nr, u.krav, u.delvis,
        date.fromordinal(u.fra), _date(u.mal), _date(u.tempo), _date(u.frist), _date(u.sent_til),
        r.ansvarlig, r.deltar, r.kilde or g.opplegg.rutinesett.hode.kilde, r.kilde_id, r.antatt,
    )  # fmt: skip
    return r.id, f"{key}/{u.nr}", before, after


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)


def exemption(g: Gyldighet, s: Subjekt, rutine: str) -> str | None:
    """Return the reason of a known written exemption of ``s`` from the routine."""
    for fritak in s.deltaker.fritak if s.deltaker else ():
        if fritak.rutine == rutine and g.is_known(fritak.registrert):
            return fritak.grunn
    return None
