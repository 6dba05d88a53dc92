"""Measures of whether the plan is followed (docs/semantikk.md, "Måltall"): pure, from a judgement to numbers.

``measure`` is the only way in; each measure is a function of its own in ``andeler``, ``mal``, ``forsinkelse`` and
``klokke``. Rounded once, so that every output shows the same figure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from oppfolgingscli.maltall.andeler import interval, mean_share, share
from oppfolgingscli.maltall.deltakere import behind, courses
from oppfolgingscli.maltall.forsinkelse import quantile, survival
from oppfolgingscli.maltall.klokke import clocks, days_covered, longest_gap
from oppfolgingscli.maltall.mal import bounds, coverage, done_share, dose, is_in, tellinger, waiting_times
from oppfolgingscli.maltall.rad import Kurve, Rad, Rapport
from oppfolgingscli.maltall.trend import changes
from oppfolgingscli.maltall.underlag import Underlag
from oppfolgingscli.maltall.utsagn import findings
from oppfolgingscli.maltall.visninger import VISNINGER, Eier, having, pooled, rounded, rounded_pair, semesters, views

if TYPE_CHECKING:
    from oppfolgingscli.maltall.klokke import Klokke
    from oppfolgingscli.tid.perioder import Periode
    from oppfolgingscli.vurder import Vurdering

__all__ = ["VISNINGER", "Rad", "Rapport", "measure"]


def _nobody(rolle: str, subjekt: str, niva: str) -> str:  # noqa: ARG001 - as ``Eier`` is called
    return ""


def measure(
    vurdering: Vurdering, lag: int = 0, rutiner: Collection[str] | None = None, eier: Eier = _nobody
) -> Rapport:
    """Return the report of a judgement.

    ``lag``: calendar days a contact may wait before it is logged; a point is judged when its deadline is at least
    so long before ``per``. ``rutiner``: ids of the routines wanted, in rows and total alike (None: all). ``eier``:
    who is responsible, by role and subject.
    """
    u = Underlag(vurdering, lag)
    wanted = [rutine for rutine in u.versjoner if rutiner is None or rutine in rutiner]
    klokker = {rutine: list(clocks(vurdering, u.versjoner[rutine])) for rutine in wanted}
    halves = {rutine: semesters(u, rutine) for rutine in wanted}
    rows = [_row(u, rutine, klokker[rutine], period) for rutine in wanted for period in (None, *halves[rutine])]
    everything = [x for rutine in wanted for x in u.pakrevde[rutine]]
    # The contract's total has counts, shares and dose only.
    total = replace(pooled(u, everything, ()), i_tide_kl=None, grenser=None)
    changed = changes(u, wanted, klokker, halves)
    curves = tuple(kurve for rutine in wanted if (kurve := _curve(u, rutine)) is not None)
    points = behind(u, wanted)
    overall = {rad.rutine or "": rad for rad in rows if rad.periode is None}
    return Rapport(
        tuple(rows), total, sum(vurdering.pausedager.values()),
        views(u, wanted, klokker, eier), changed, curves, findings(u, wanted, overall, total, changed, curves),
        courses(u, wanted, points), points,
    )  # fmt: skip


def _curve(u: Underlag, rutine: str) -> Kurve | None:
    times = waiting_times(u, u.pakrevde[rutine])
    if not times:
        return None
    steps = tuple(step._replace(igjen=round(step.igjen, 6)) for step in survival(times))
    return Kurve(rutine, len(times), sum(t.gjort for t in times), steps, max(t.dager for t in times))


def _row(u: Underlag, rutine: str, klokker: Sequence[Klokke], periode: Periode | None) -> Rad:
    r = u.versjoner[rutine][-1].rutine
    required = [x for x in u.pakrevde[rutine] if is_in(periode, x.punkt.frist)]
    judged = [x for x in required if u.is_judged(x)]
    excused = sum(u.is_excused(x) for x in required)
    counts = tellinger(judged)
    times = waiting_times(u, required)
    curve = survival(times)
    given = dose(u, judged)
    days = days_covered(klokker, periode) if klokker else None
    gap = longest_gap(klokker, periode)
    return Rad(
        rutine=rutine, type=r.type, niva=r.niva, periode=periode.nokkel if periode else None,
        n_deltakere=len(counts), bedomt=len(judged), fritatt=excused,
        i_tide=having("i_tide", judged), for_sent=having("for_sent", judged),
        forfalt=having("forfalt", judged), mangler=having("mangler", judged),
        i_tide_andel=rounded(share(sum(t.y for t in counts), len(judged))),
        i_tide_kl=rounded_pair(interval(counts)) if r.niva == "deltaker" else None,
        gjort_andel=rounded(done_share(judged)),
        dose=rounded(given[0]) if given else None,
        dose_ukuttet=rounded(given[1]) if given else None,
        dekning=rounded(coverage(u, judged, required)),
        dager_dekket=rounded(share(*days)) if days else None,
        forsinkelse_median=quantile(curve, 0.5),
        forsinkelse_p90=quantile(curve, 0.9),
        lengste_gap=gap.dager if gap else None,
        grenser=rounded_pair(bounds(u, rutine, judged, excused, periode)),
        ansvarlig=r.ansvarlig,
        i_tide_andel_snitt=rounded(mean_share(counts)) if r.niva == "deltaker" else None,
        andel_av=(sum(t.y for t in counts), len(judged)),
        gap_apent=gap is not None and gap.apent,
        klokkedager=days,
        ventetider=len(times),
    )  # fmt: skip
