"""How a share changed from the first semester to the last, with how sure that is. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING

from oppfolgingscli.maltall.andeler import FAERREST, Telling, Z
from oppfolgingscli.maltall.klokke import days_covered
from oppfolgingscli.maltall.mal import by_subject, is_in
from oppfolgingscli.maltall.rad import Endring
from oppfolgingscli.maltall.visninger import DESIMALER, rounded_pair

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppfolgingscli.maltall.klokke import Klokke
    from oppfolgingscli.maltall.underlag import Underlag
    from oppfolgingscli.tid.perioder import Periode
    from oppfolgingscli.vurder import Vurdert

#: What each participant contributes to a share, by id.
Bidrag = Mapping[str, Telling]


def difference(forst: Bidrag, sist: Bidrag) -> tuple[float, tuple[float, float] | None]:
    """Return how much a share changed, sist − forst (−1 to 1), and its 95 % interval.

    Participants are the clusters, and those there both times count as themselves: with p = Σy/Σn of each time,
    r = (y₂ − p₂n₂)/Σn₂ − (y₁ − p₁n₁)/Σn₁ for each of the k who are there at all, v = k/(k−1)·Σr². None with fewer
    than ``FAERREST`` participants either time, or when nothing varies. Source: linearisation of a difference of
    ratios, Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), chapter 5.
    """
    p1, n1 = _ratio(forst.values())
    p2, n2 = _ratio(sist.values())
    change = p2 - p1
    if min(len(forst), len(sist)) < FAERREST:
        return change, None
    nothing = Telling(0, 0)
    everybody = sorted({*forst, *sist})
    residuals = []
    for who in everybody:
        a, b = forst.get(who, nothing), sist.get(who, nothing)
        residuals.append((b.y - p2 * b.n) / n2 - (a.y - p1 * a.n) / n1)
    k = len(everybody)
    half = Z * sqrt(k / (k - 1) * sum(r * r for r in residuals))
    if half < 1e-12:
        return change, None
    return change, (max(-1.0, change - half), min(1.0, change + half))


def _ratio(tellinger: Iterable[Telling]) -> tuple[float, int]:
    found = list(tellinger)
    whole = sum(t.n for t in found)
    return sum(t.y for t in found) / whole, whole


def changes(
    u: Underlag,
    rutiner: Sequence[str],
    klokker: Mapping[str, Sequence[Klokke]],
    semestre: Mapping[str, Sequence[Periode]],
) -> tuple[Endring, ...]:
    """Return the change of everything together, then of each participant-level routine, over its semesters.

    An interval routine's is that of its days covered. Nothing for what was judged in one semester only.
    """
    people = [
        x for rutine in rutiner for x in u.pakrevde[rutine]
        if x.punkt.niva == "deltaker" and u.is_judged(x) and not u.is_intervall(x)
    ]  # fmt: skip
    every = sorted({p for rutine in rutiner for p in semestre[rutine]}, key=lambda p: p.fra)
    out = [_change(None, "i_tide_andel", [(p, _on_time(people, p)) for p in every])]
    for rutine in rutiner:
        if u.versjoner[rutine][-1].rutine.niva != "deltaker":
            continue
        if klokker[rutine]:
            series = [(p, _covered(klokker[rutine], p)) for p in semestre[rutine]]
            out.append(_change(rutine, "dager_dekket", series))
        else:
            mine = [x for x in people if x.punkt.rutine == rutine]
            out.append(_change(rutine, "i_tide_andel", [(p, _on_time(mine, p)) for p in semestre[rutine]]))
    return tuple(change for change in out if change is not None)


def _on_time(judged: Iterable[Vurdert], periode: Periode) -> dict[str, Telling]:
    groups = by_subject(x for x in judged if is_in(periode, x.punkt.frist))
    return {who: Telling(sum(x.status == "i_tide" for x in rows), len(rows)) for who, rows in groups.items()}


def _covered(klokker: Iterable[Klokke], periode: Periode) -> dict[str, Telling]:
    found: dict[str, Telling] = {}
    for klokke in klokker:
        covered, whole = days_covered((klokke,), periode)
        if whole:
            before = found.get(klokke.subjekt, Telling(0, 0))
            found[klokke.subjekt] = Telling(before.y + covered, before.n + whole)
    return found


def _change(rutine: str | None, mal: str, serie: Sequence[tuple[Periode, Bidrag]]) -> Endring | None:
    having = [(periode, bidrag) for periode, bidrag in serie if bidrag]
    if len(having) < 2:
        return None
    (first, a), (last, b) = having[0], having[-1]
    change, kl = difference(a, b)
    of_a, of_b = _sums(a), _sums(b)
    return Endring(
        rutine, mal, first.nokkel, last.nokkel, of_a, of_b,
        round(of_a[0] / of_a[1], DESIMALER), round(of_b[0] / of_b[1], DESIMALER),
        round(change, DESIMALER), rounded_pair(kl), len({*a, *b}),
    )  # fmt: skip


def _sums(bidrag: Bidrag) -> tuple[int, int]:
    return sum(t.y for t in bidrag.values()), sum(t.n for t in bidrag.values())
