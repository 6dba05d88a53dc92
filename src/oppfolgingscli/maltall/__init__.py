"""Measures of whether the plan is followed (docs/semantikk.md, "Måltall"): pure, from a judgement to numbers.

``measure`` is the only way in; each measure is a function of its own in ``andeler``, ``mal``, ``forsinkelse`` and
``klokke``. Rounded once, here, so that every output shows the same figure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from oppfolgingscli.maltall.andeler import interval, mean_share, share
from oppfolgingscli.maltall.forsinkelse import quantile, survival
from oppfolgingscli.maltall.klokke import clocks, days_covered, longest_gap
from oppfolgingscli.maltall.mal import bounds, coverage, done_share, dose, is_in, tellinger, waiting_times
from oppfolgingscli.maltall.rad import Rad, Rapport
from oppfolgingscli.maltall.underlag import Underlag
from oppfolgingscli.tid.perioder import Periode, periode_for

if TYPE_CHECKING:
    from oppfolgingscli.maltall.klokke import Klokke
    from oppfolgingscli.vurder import Vurdering, Vurdert

__all__ = ["Rad", "Rapport", "measure"]

_DESIMALER: Final = 6


def measure(vurdering: Vurdering, lag: int = 0, rutiner: Collection[str] | None = None) -> Rapport:
    """Return the report of a judgement.

    ``lag``: calendar days a contact may wait before it is logged; a point is judged when its deadline is at least
    so long before ``per``. ``rutiner``: ids of the routines wanted, in rows and total alike (None: all).
    """
    u = Underlag(vurdering, lag)
    wanted = [rutine for rutine in u.versjoner if rutiner is None or rutine in rutiner]
    rows: list[Rad] = []
    for rutine in wanted:
        klokker = list(clocks(vurdering, u.versjoner[rutine]))
        rows += [_row(u, rutine, klokker, periode) for periode in (None, *_semesters(u, rutine))]
    return Rapport(tuple(rows), _total(u, wanted), sum(vurdering.pausedager.values()))


def _semesters(u: Underlag, rutine: str) -> list[Periode]:
    """Return the semesters in which a deadline was judged or excused, in order of time."""
    found = {
        periode_for(x.punkt.frist, "semester")
        for x in u.pakrevde[rutine]
        if x.punkt.frist is not None and (u.is_judged(x) or u.is_excused(x))
    }
    return sorted(found, key=lambda periode: periode.fra)


def _row(u: Underlag, rutine: str, klokker: Sequence[Klokke], periode: Periode | None) -> Rad:
    r = u.versjoner[rutine][-1].rutine
    required = [x for x in u.pakrevde[rutine] if is_in(periode, x.punkt.frist)]
    judged = [x for x in required if u.is_judged(x)]
    excused = sum(u.is_excused(x) for x in required)
    counts = tellinger(judged)
    curve = survival(waiting_times(u, required))
    given = dose(u, judged)
    days = days_covered(klokker, periode) if klokker else None
    gap = longest_gap(klokker, periode)
    return Rad(
        rutine=rutine, type=r.type, niva=r.niva, periode=periode.nokkel if periode else None,
        n_deltakere=len(counts), bedomt=len(judged), fritatt=excused,
        i_tide=_having("i_tide", judged), for_sent=_having("for_sent", judged),
        forfalt=_having("forfalt", judged), mangler=_having("mangler", judged),
        i_tide_andel=_round(share(sum(t.y for t in counts), len(judged))),
        i_tide_kl=_pair(interval(counts)) if r.niva == "deltaker" else None,
        gjort_andel=_round(done_share(judged)),
        dose=_round(given[0]) if given else None,
        dose_ukuttet=_round(given[1]) if given else None,
        dekning=_round(coverage(u, judged, required)),
        dager_dekket=_round(share(*days)) if days else None,
        forsinkelse_median=quantile(curve, 0.5),
        forsinkelse_p90=quantile(curve, 0.9),
        lengste_gap=gap.dager if gap else None,
        grenser=_pair(bounds(u, rutine, judged, excused, periode)),
        ansvarlig=r.ansvarlig,
        i_tide_andel_snitt=_round(mean_share(counts)) if r.niva == "deltaker" else None,
        andel_av=(sum(t.y for t in counts), len(judged)),
        gap_apent=gap is not None and gap.apent,
        klokkedager=days,
    )  # fmt: skip


def _total(u: Underlag, rutiner: Sequence[str]) -> Rad:
    """Return everything together: counts of all routines, shares and dose without interval routines."""
    judged = [x for rutine in rutiner for x in u.pakrevde[rutine] if u.is_judged(x)]
    pooled = [x for x in judged if not u.is_intervall(x)]
    people = tellinger(x for x in pooled if x.punkt.niva == "deltaker")
    given = dose(u, pooled)
    on_time = sum(x.status == "i_tide" for x in pooled)
    return Rad(
        rutine=None, type=None, niva=None, periode=None,
        n_deltakere=len({x.punkt.subjekt for x in judged if x.punkt.niva == "deltaker"}),
        bedomt=len(judged),
        i_tide=_having("i_tide", judged), for_sent=_having("for_sent", judged),
        forfalt=_having("forfalt", judged), mangler=_having("mangler", judged),
        fritatt=sum(u.is_excused(x) for rutine in rutiner for x in u.pakrevde[rutine]),
        i_tide_andel=_round(share(on_time, len(pooled))),
        i_tide_kl=None,
        gjort_andel=_round(done_share(pooled)),
        dose=_round(given[0]) if given else None,
        dose_ukuttet=_round(given[1]) if given else None,
        dekning=None, dager_dekket=None, forsinkelse_median=None, forsinkelse_p90=None, lengste_gap=None, grenser=None,
        ansvarlig=None,
        i_tide_andel_snitt=_round(mean_share(people)),
        andel_av=(on_time, len(pooled)),
    )  # fmt: skip


def _having(status: str, judged: Sequence[Vurdert]) -> int:
    return sum(x.status == status for x in judged)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, _DESIMALER)


def _pair(values: tuple[float, float] | None) -> tuple[float, float] | None:
    return None if values is None else (round(values[0], _DESIMALER), round(values[1], _DESIMALER))
