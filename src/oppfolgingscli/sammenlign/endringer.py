"""What changed: between two routine sets, and in one set over time.

Both are reckoned with the same school calendar on both sides, so that nothing seems to come more often only
because one county has shorter breaks than another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.ord import fold
from oppfolgingscli.modell.rutinesett import Rutinesett, Versjon, as_json
from oppfolgingscli.sammenlign.dose import Grunnlag, Linje, count
from oppfolgingscli.sammenlign.forskjell import Feltendring, differences, frequency_change
from oppfolgingscli.sprak import navn
from oppfolgingscli.typisk import takes_effect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from oppfolgingscli.modell.tabell import Tabell
    from oppfolgingscli.typisk import Typisk

_LIK_NOK: Final = 0.6
"""How alike two names must be (difflib) before two routines may be the same one."""
_LIK_ID: Final = 0.75
"""How alike two ids must be to count: they are short, and often begin with the kind."""


@dataclass(frozen=True, slots=True)
class Rutineendring:
    """A routine before and after: its versions on each side, what differs, and how its frequency changed.

    ``slag``: ``ny`` (no ``for_``), ``borte`` (no ``etter``), ``endret`` or ``uendret``. ``hyppighet``: see
    ``forskjell.frequency_change``; "" where there is only one side. Fields are those of the last version.
    """

    rutine: str
    slag: str
    for_: tuple[Linje, ...]
    etter: tuple[Linje, ...]
    felt: tuple[Feltendring, ...] = ()
    hyppighet: str = ""


@dataclass(frozen=True, slots=True)
class Kanskje:
    """A routine that went and one that came which may be the same: alike in kind, level and name (0–1)."""

    endring: Rutineendring
    likhet: float


@dataclass(frozen=True, slots=True)
class Del:
    """A phase or a role that is not the same: its values before and after as JSON holds them, None: it was not there."""

    id: str
    fra: object
    til: object


@dataclass(frozen=True, slots=True)
class Forskjell:
    """What differs from one set to another. Routines in the order of the sets; ``ar``: school years reckoned with."""

    fra: Grunnlag
    til: Grunnlag
    ar: int
    rutiner: tuple[Rutineendring, ...]
    kanskje: tuple[Kanskje, ...]
    faser: tuple[Del, ...]
    roller: tuple[Del, ...]

    def of_kind(self, slag: str) -> list[Rutineendring]:
        """Return the routines that are ``ny``, ``borte``, ``endret`` or ``uendret``."""
        return [r for r in self.rutiner if r.slag == slag]


@dataclass(frozen=True, slots=True)
class Hendt:
    """A routine of a set came (``ny``) or changed (``endret``) on ``dato``, or was gone from then on (``borte``).

    Lines are reckoned as if each version had been in force all along.
    """

    dato: date
    endring: Rutineendring


def between(a: Typisk, b: Typisk) -> Forskjell:
    """Return what differs from the set of ``a`` to that of ``b``: typical classes over the same years and calendar."""
    before, after = count(a), count(b)
    old, new = _by_routine(before), _by_routine(after)
    years = min(before.ar, after.ar)
    ids = [*old, *(id_ for id_ in new if id_ not in old)]
    found = tuple(_compare(id_, old.get(id_, ()), new.get(id_, ()), years, before, after) for id_ in ids)
    return Forskjell(
        before, after, years, found, _maybe_same(found, years), _phases(before, after), _roles(before, after)
    )


def over_time(rutinesett: Rutinesett, typical: Callable[[Rutinesett], Typisk]) -> tuple[Hendt, ...]:
    """Return what happened to the set's routines from the day it took effect, in order of date, then of the file.

    ``typical`` makes the typical class of a set. Each version is counted by itself, as if it had been in force from
    the first day to the last, so that a year with one can be held against a year with the next.
    """
    first = takes_effect(rutinesett)
    routines: dict[str, list[Versjon]] = {}
    for v in rutinesett.versjoner:
        routines.setdefault(v.rutine.id, []).append(v)
    out: list[Hendt] = []
    for id_, versions in routines.items():
        before: Versjon | None = None
        for v in sorted(versions, key=lambda v: v.nr):
            if (
                before is not None
                and before.til is not None
                and v.fra is not None
                and v.fra > before.til + timedelta(1)
            ):
                out.append(_gone(id_, before, before.til, rutinesett, typical))
                before = None
            if before is None:
                if v.fra is not None and v.fra not in first:
                    line = _alone(v, rutinesett, typical)
                    out.append(Hendt(v.fra, Rutineendring(id_, "ny", (), (line,))))
            elif v.fra is not None:
                pair = _alone(before, rutinesett, typical), _alone(v, rutinesett, typical)
                out.append(Hendt(v.fra, _step(id_, *pair)))
            before = v
        if before is not None and before.til is not None:
            out.append(_gone(id_, before, before.til, rutinesett, typical))
    return tuple(sorted(out, key=lambda h: h.dato))


def _gone(id_: str, v: Versjon, last: date, rutinesett: Rutinesett, typical: Callable[[Rutinesett], Typisk]) -> Hendt:
    line = _alone(v, rutinesett, typical)
    return Hendt(last + timedelta(1), Rutineendring(id_, "borte", (line,), ()))


def _step(id_: str, old: Linje, new: Linje) -> Rutineendring:
    fields = differences(old.versjon.rutine, new.versjon.rutine)
    years = min(len(old.gjelder), len(new.gjelder))
    return Rutineendring(id_, "endret", (old,), (new,), fields, frequency_change([old], [new], years))


def _alone(v: Versjon, rutinesett: Rutinesett, typical: Callable[[Rutinesett], Typisk]) -> Linje:
    """Count a version as if it were the only one, in force all along; the line names the version as it is."""
    always = replace(v, nr=1, fra=None, til=None)
    line = count(typical(replace(rutinesett, versjoner=(always,)))).linjer[0]
    return replace(line, versjon=v)


def _by_routine(g: Grunnlag) -> dict[str, tuple[Linje, ...]]:
    out: dict[str, list[Linje]] = {}
    for line in g.linjer:
        out.setdefault(line.versjon.rutine.id, []).append(line)
    return {id_: tuple(sorted(lines, key=lambda line: line.versjon.nr)) for id_, lines in out.items()}


def _compare(
    id_: str, old: tuple[Linje, ...], new: tuple[Linje, ...], years: int, before: Grunnlag, after: Grunnlag
) -> Rutineendring:
    if not old or not new:
        return Rutineendring(id_, "ny" if new else "borte", old, new)
    fields = [*differences(old[-1].versjon.rutine, new[-1].versjon.rutine), *_versions(old, new, before, after)]
    change = frequency_change(old, new, years)
    same = not fields and change in ("likt", "uten_tall")
    return Rutineendring(id_, "uendret" if same else "endret", old, new, tuple(fields), change)


def _versions(old: Sequence[Linje], new: Sequence[Linje], before: Grunnlag, after: Grunnlag) -> list[Feltendring]:
    """Compare when the versions are in force, and the rules of the earlier ones; None: from when the set takes effect.

    The rule of the last one is told by itself.
    """
    was, became = (
        [_version(line.versjon, takes_effect(g.rutinesett), last=line is lines[-1]) for line in lines]
        for lines, g in ((old, before), (new, after))
    )
    if was == became:
        return []
    return [Feltendring("versjoner", *([_span(line.versjon) for line in lines] for lines in (old, new)))]


def _version(v: Versjon, first: frozenset[date | None], *, last: bool) -> tuple[object, ...]:
    start = None if v.fra in first else v.fra
    return (start, v.til, None if last else str(as_json(v.rutine.frekvens)))


def _span(v: Versjon) -> dict[str, object]:
    rule = {"slag": v.rutine.frekvens.slag, **as_json(v.rutine.frekvens)}
    return {"fra": as_json(v.fra), "til": as_json(v.til), "frekvens": rule}


def _maybe_same(found: Sequence[Rutineendring], years: int) -> tuple[Kanskje, ...]:
    """Pair routines that went with routines that came, the most alike first, each in one pair at most."""
    gone, come = ([r for r in found if r.slag == slag] for slag in ("borte", "ny"))
    pairs = [(likeness(a.for_[-1], b.etter[-1]), a, b) for a in gone for b in come]
    pairs.sort(key=lambda p: (-p[0], *sorted((p[1].rutine, p[2].rutine))))
    taken: set[str] = set()
    out = []
    for score, a, b in pairs:
        if score < _LIK_NOK or taken & {f"-{a.rutine}", f"+{b.rutine}"}:
            continue
        taken |= {f"-{a.rutine}", f"+{b.rutine}"}
        fields = differences(a.for_[-1].versjon.rutine, b.etter[-1].versjon.rutine)
        change = frequency_change(a.for_, b.etter, years)
        out.append(Kanskje(Rutineendring(a.rutine, "endret", a.for_, b.etter, fields, change), round(score, 2)))
    return tuple(out)


def likeness(a: Linje, b: Linje) -> float:
    """Return how alike two routines of the same kind and level are by name or id, 0–1; 0 when those differ."""
    ra, rb = a.versjon.rutine, b.versjon.rutine
    if (ra.type, ra.niva) != (rb.type, rb.niva):
        return 0.0
    names = _alike(*sorted(fold(navn(r.navn, "nb")).lower() for r in (ra, rb)))
    ids = _alike(*sorted((ra.id, rb.id)))
    return max(names, ids if ids >= _LIK_ID else 0.0)


def _alike(a: str, b: str) -> float:
    return float(SequenceMatcher(None, a, b).ratio())


def _phases(before: Grunnlag, after: Grunnlag) -> tuple[Del, ...]:
    """Return the phases that are not the same when they are; names, sources and notes apart."""
    keys = ("skolear", "fra", "til", "skolerute")
    return _parts(*({f.id: _some(f, keys) for f in g.rutinesett.faser} for g in (before, after)))


def _roles(before: Grunnlag, after: Grunnlag) -> tuple[Del, ...]:
    """Return the roles that are not the same; sources and notes apart."""
    keys = ("navn", "etat", "portefolje", "avsatt")
    return _parts(*({id_: _some(r, keys) for id_, r in g.rutinesett.roller.items()} for g in (before, after)))


def _some(table: Tabell, keys: Sequence[str]) -> dict[str, object]:
    return {key: as_json(getattr(table, key)) for key in keys}


def _parts(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[Del, ...]:
    ids = [*old, *(id_ for id_ in new if id_ not in old)]
    return tuple(Del(id_, old.get(id_), new.get(id_)) for id_ in ids if old.get(id_) != new.get(id_))
