"""The expansion against the slow one in naiv.py, on random classes over two school years."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from oppfolgingscli.hendelse import Punkt
from oppfolgingscli.modell.klasse import Opplegg
from oppfolgingscli.utvid import expand
from utvid.naiv import Naiv, Naivt
from utvid.strategier import classes


def seen(p: Punkt) -> Naivt:
    return Naivt(
        p.rutine, p.subjekt, p.versjon, p.periode, p.nr, p.krav, p.delvis, p.fra, p.mal, p.tempo, p.frist, p.sent_til
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(classes())
def test_the_same_points(opplegg: Opplegg) -> None:
    points, excused = Naiv(opplegg).expand()
    result = expand(opplegg)
    assert {seen(p) for p in result.punkter} == points
    assert {seen(p) for p in result.fritatte} == excused
    assert len(result.punkter) == len(points), "no point twice"
    ids = [p.id for p in (*result.punkter, *result.fritatte)]
    assert len(set(ids)) == len(ids)
