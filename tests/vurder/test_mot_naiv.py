"""The judging against the slow one in naiv.py, on small random classes and logs."""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from oppfolgingscli.vurder import Vurdering, vurder
from vurder.naiv import Naivdommer, Nokkel, Svar
from vurder.strategier import ROLLER, Sak, cases


class Avbrutt(Exception):
    """Too many ways to pair to try them all."""


class Liten(Naivdommer):
    """Gives up where brute force would take too long."""

    def ways(self, choices, used=frozenset()):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
        if not used and prod(len(c) for c in choices) > 3000:
            raise Avbrutt
        return super().ways(choices, used)


def judged(v: Vurdering) -> dict[Nokkel, Svar]:
    return {
        (x.punkt.rutine, x.punkt.subjekt, x.punkt.versjon, x.punkt.periode, x.punkt.nr): (
            x.status, x.kontakt.id if x.kontakt else None, x.dager_sen, "bak_plan" in x.flagg,
        )
        for x in v.punkter
    }  # fmt: skip


def compare(sak: Sak, late: int | None) -> None:
    kjent = None if late is None else sak.per
    naive = Liten(sak.opplegg, sak.logg, ROLLER, sak.per, kjent)
    try:
        naive.judge()
    except Avbrutt:
        assume(False)
    found = vurder(sak.opplegg, sak.logg, ROLLER, sak.per, kjent)
    assert judged(found) == naive.svar
    assert len(found.punkter) == len(naive.svar), "no point twice"
    assert set(found.utover_plan) == naive.talt_etter_plan - naive.kreditert
    for status in {answer[0] for answer in naive.svar.values()}:
        event(status)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), st.sampled_from([None, 0]))
def test_the_same_judgement(sak: Sak, late: int | None) -> None:
    compare(sak, late)


@pytest.mark.treg
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), st.sampled_from([None, 0]))
def test_the_same_judgement_many_times(sak: Sak, late: int | None) -> None:
    compare(sak, late)
