"""Several routines as one row: everything together, and by type, role, person, semester and group. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from oppfolgingscli.maltall.andeler import interval, mean_share, share
from oppfolgingscli.maltall.klokke import Lengst, days_covered, longest_gap
from oppfolgingscli.maltall.mal import done_share, dose, gain, is_in, tellinger
from oppfolgingscli.maltall.rad import Gruppe, Rad
from oppfolgingscli.tid.perioder import Periode, periode_for, perioder

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Subjekt
    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.maltall.klokke import Klokke
    from oppfolgingscli.maltall.underlag import Underlag
    from oppfolgingscli.vurder import Vurdert

#: The views of a report, in the order they are shown.
VISNINGER: Final = ("type", "rolle", "person", "semester", "gruppe")
DESIMALER: Final = 6

#: (role, subject, level) -> the id of the person responsible; "" where nobody, or several, are.
Eier = Callable[[str, str, str], str]
#: A clock and the part of it that belongs to a row (None: all of it).
Del = tuple["Klokke", Periode | None]


def rounded(value: float | None) -> float | None:
    """Round a share, once, so that every output shows the same figure."""
    return None if value is None else round(value, DESIMALER)


def rounded_pair(values: tuple[float, float] | None) -> tuple[float, float] | None:
    """Round an interval, as ``rounded``."""
    return None if values is None else (round(values[0], DESIMALER), round(values[1], DESIMALER))


def having(status: str, judged: Iterable[Vurdert]) -> int:
    """Count the points with a status."""
    return sum(x.status == status for x in judged)


def pooled(u: Underlag, required: Sequence[Vurdert], deler: Sequence[Del], periode: Periode | None = None) -> Rad:
    """Return one row for required points of several routines: counts of all, shares without interval routines.

    The interval is left out where meetings of the class are among the points: they have no participant to
    cluster on. Bounds as for one routine, routine by routine.
    """
    judged = [x for x in required if u.is_judged(x)]
    pool = [x for x in judged if not u.is_intervall(x)]
    people = tellinger(x for x in pool if x.punkt.niva == "deltaker")
    on_time = having("i_tide", pool)
    given = dose(u, pool)
    days = _days(deler)
    gap = _longest(deler)
    excused = [x for x in required if u.is_excused(x)]
    return Rad(
        rutine=None, type=None, niva=None, periode=None,
        n_deltakere=len({x.punkt.subjekt for x in judged if x.punkt.niva == "deltaker"}),
        bedomt=len(judged), fritatt=len(excused),
        i_tide=having("i_tide", judged), for_sent=having("for_sent", judged),
        forfalt=having("forfalt", judged), mangler=having("mangler", judged),
        i_tide_andel=rounded(share(on_time, len(pool))),
        i_tide_kl=rounded_pair(interval(people)) if len(pool) == sum(t.n for t in people) else None,
        gjort_andel=rounded(done_share(pool)),
        dose=rounded(given[0]) if given else None,
        dose_ukuttet=rounded(given[1]) if given else None,
        dekning=None,
        dager_dekket=rounded(share(*days)),
        forsinkelse_median=None, forsinkelse_p90=None,
        lengste_gap=gap.dager if gap else None,
        grenser=rounded_pair(_bounds(u, pool, sum(not u.is_intervall(x) for x in excused), periode)),
        ansvarlig=None,
        i_tide_andel_snitt=rounded(mean_share(people)),
        andel_av=(on_time, len(pool)),
        gap_apent=gap is not None and gap.apent,
        klokkedager=days if days[1] else None,
    )  # fmt: skip


def _bounds(u: Underlag, pool: Sequence[Vurdert], excused: int, periode: Periode | None) -> tuple[float, float] | None:
    if not pool:
        return None
    by_routine: dict[str, list[Vurdert]] = {}
    for x in pool:
        by_routine.setdefault(x.punkt.rutine, []).append(x)
    on_time = having("i_tide", pool)
    more = sum(gain(u, rutine, rows, periode) for rutine, rows in by_routine.items())
    return on_time / (len(pool) + excused), (on_time + more) / len(pool)


def _days(deler: Iterable[Del]) -> tuple[int, int]:
    covered = whole = 0
    for klokke, periode in deler:
        part = days_covered((klokke,), periode)
        covered, whole = covered + part[0], whole + part[1]
    return covered, whole


def _longest(deler: Iterable[Del]) -> Lengst | None:
    found = [gap for klokke, periode in deler if (gap := longest_gap((klokke,), periode)) is not None]
    return max(found, default=None)


def views(
    u: Underlag, rutiner: Sequence[str], klokker: Mapping[str, Sequence[Klokke]], eier: Eier
) -> dict[str, tuple[Gruppe, ...]]:
    """Return every view of the routines; a row for each key that has something judged, excused or on a clock."""
    required = [x for rutine in rutiner for x in u.pakrevde[rutine]]
    clocks = [k for rutine in rutiner for k in klokker[rutine]]
    participants = [k for k in clocks if u.subjekter[k.subjekt].deltaker is not None]
    levels = {s.id: "klasse" if s.deltaker is None else "deltaker" for s in u.subjekter.values()}
    people = [x for x in required if x.punkt.niva == "deltaker"]
    return {
        "type": _view(u, required, lambda p: p.type, [(k.type, k, None) for k in clocks]),
        "rolle": _view(u, required, lambda p: p.ansvarlig, [(k.ansvarlig, k, None) for k in clocks]),
        "person": _view(
            u, required, lambda p: eier(p.ansvarlig, p.subjekt, p.niva),
            [(eier(k.ansvarlig, k.subjekt, levels[k.subjekt]), k, None) for k in clocks],
        ),
        "semester": _semesters(u, required, clocks),
        "gruppe": _view(
            u, people, lambda p: group_of(u.subjekter[p.subjekt], p.frist or p.fra),
            [(label, k, span) for k in participants for label, span in group_spans(u.subjekter[k.subjekt])],
        ),
    }  # fmt: skip


def _view(
    u: Underlag,
    required: Iterable[Vurdert],
    key: Callable[[Punkt], str],
    deler: Iterable[tuple[str, Klokke, Periode | None]],
) -> tuple[Gruppe, ...]:
    points: dict[str, list[Vurdert]] = {}
    clocks: dict[str, list[Del]] = {}
    for x in required:
        points.setdefault(key(x.punkt), []).append(x)
    for name, klokke, span in deler:
        clocks.setdefault(name, []).append((klokke, span))
    # "" last: what belongs to nobody is no place to begin reading.
    names = sorted({*points, *clocks}, key=lambda name: (name == "", name))
    if names == [""]:
        return ()  # nothing told apart: the row would repeat the total
    rows = (Gruppe(name, pooled(u, points.get(name, []), clocks.get(name, []))) for name in names)
    return tuple(row for row in rows if _says_something(row.rad))


def _semesters(u: Underlag, required: Sequence[Vurdert], clocks: Sequence[Klokke]) -> tuple[Gruppe, ...]:
    judged = [x.punkt.frist for x in required if x.punkt.frist is not None and (u.is_judged(x) or u.is_excused(x))]
    if not judged:
        return ()
    found = []
    for period in perioder("semester", min(judged), max(judged)):
        rows = [x for x in required if is_in(period, x.punkt.frist)]
        found.append(Gruppe(period.nokkel, pooled(u, rows, [(k, period) for k in clocks], period)))
    return tuple(row for row in found if _says_something(row.rad))


def _says_something(rad: Rad) -> bool:
    return bool(rad.bedomt or rad.fritatt or rad.klokkedager)


def group_of(s: Subjekt, day: date) -> str:
    """Return the group of a participant on a day, "" when there is none."""
    return next((label for start, label in reversed(s.grupper) if start <= day.toordinal()), "")


def group_spans(s: Subjekt) -> Iterator[tuple[str, Periode]]:
    """Yield each group of a participant with the closed span it held for, from the first day enrolled to the last."""
    starts = [(max(start, s.start), label) for start, label in s.grupper if start <= s.slutt]
    if not starts or starts[0][0] > s.start:
        starts.insert(0, (s.start, ""))
    for i, (start, label) in enumerate(starts):
        last = starts[i + 1][0] - 1 if i + 1 < len(starts) else s.slutt
        if start <= last:
            yield label, Periode(label, date.fromordinal(start), date.fromordinal(last))


def semesters(u: Underlag, rutine: str) -> list[Periode]:
    """Return the semesters in which a deadline of a routine was judged or excused, in order of time."""
    found = {
        periode_for(x.punkt.frist, "semester")
        for x in u.pakrevde[rutine]
        if x.punkt.frist is not None and (u.is_judged(x) or u.is_excused(x))
    }
    return sorted(found, key=lambda periode: periode.fra)
