"""Every measure of every row against the slow ones in naiv.py, on small random classes and logs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import prod

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from maltall.naiv import Naivmaler
from oppfolgingscli.maltall import measure
from oppfolgingscli.modell.rutinesett import Gjelder
from oppfolgingscli.vurder import vurder
from vurder.strategier import ROLLER, Sak, cases


class Liten(Naivmaler):
    """Gives up where trying every way to pair would take too long."""

    def ways(self, choices: list[list[int | None]], used: frozenset[int] = frozenset()) -> Iterator[list[int | None]]:
        assume(bool(used) or prod(len(c) for c in choices) <= 3000)
        return super().ways(choices, used)


def crowded(sak: Sak) -> Sak:
    """Let the routines apply to everyone and every contact count, so that there is something to measure."""
    sett = sak.opplegg.rutinesett
    versions = tuple(
        replace(v, rutine=v.rutine.model_copy(update={"gjelder": Gjelder(), "type": "a", "krever": ()}))
        for v in sett.versjoner
    )
    contacts = tuple(
        replace(k, type="a", status="gjennomfort", rutine=k.rutine if n % 4 == 0 else None)
        for n, k in enumerate(sak.logg.kontakter)
    )
    opplegg = replace(sak.opplegg, rutinesett=replace(sett, versjoner=versions))
    return sak._replace(opplegg=opplegg, logg=replace(sak.logg, kontakter=contacts))


SAKER = st.one_of(cases(), cases(kontakter=7).map(crowded), cases(kontakter=7).map(crowded))


def compare(sak: Sak, lag: int) -> None:
    naive = Liten(sak, ROLLER)
    naive.judge()
    found = measure(vurder(sak.opplegg, sak.logg, ROLLER, sak.per), lag)
    for rad in found.rader:
        expected = naive.row(str(rad.rutine), rad.periode, lag)
        assert {key: getattr(rad, key) for key in expected} == expected, (rad.rutine, rad.periode)
        for key, value in expected.items():
            event(f"{key} {'0 or nothing' if not value else 'all' if value == 1 else 'some'}")


@pytest.mark.treg
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(SAKER, st.sampled_from([0, 0, 5, 14]))
def test_the_same_measures(sak: Sak, lag: int) -> None:
    compare(sak, lag)


@pytest.mark.treg
@settings(max_examples=700, deadline=None, suppress_health_check=list(HealthCheck))
@given(SAKER, st.sampled_from([0, 0, 5, 14]))
def test_the_same_measures_many_times(sak: Sak, lag: int) -> None:
    compare(sak, lag)
