"""What must hold of the measures of every class and every log."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppfolgingscli.maltall import Rapport, measure
from oppfolgingscli.modell.rutinesett import Hver
from oppfolgingscli.vurder import vurder
from vurder.strategier import ROLLER, Sak, cases

ganger = pytest.mark.parametrize("ganger", [40, pytest.param(300, marks=pytest.mark.treg)])


def of(sak: Sak, lag: int = 0) -> Rapport:
    return measure(vurder(sak.opplegg, sak.logg, ROLLER, sak.per), lag)


def often(times: int) -> settings:
    return settings(max_examples=times, deadline=None, suppress_health_check=list(HealthCheck))


@ganger
def test_every_measure_stays_in_its_range(ganger: int) -> None:
    @often(ganger)
    @given(cases(), st.integers(0, 30))
    def holds(sak: Sak, lag: int) -> None:
        found = of(sak, lag)
        for row in (*found.rader, found.totalt):
            assert row.i_tide + row.for_sent + row.forfalt + row.mangler == row.bedomt
            for value in (row.i_tide_andel, row.gjort_andel, row.dose, row.dekning, row.dager_dekket):
                assert value is None or 0 <= value <= 1
            if row.i_tide_andel is not None and row.gjort_andel is not None:
                assert row.i_tide_andel <= row.gjort_andel
            if row.grenser is not None:
                assert row.i_tide_andel is not None
                assert 0 <= row.grenser[0] <= row.i_tide_andel <= row.grenser[1] <= 1
            if row.dose is not None:
                assert row.dose_ukuttet is not None
                assert row.dose <= row.dose_ukuttet
            assert row.i_tide_kl is None  # one or two participants
            assert row.forsinkelse_median is None or row.forsinkelse_median >= 0
        for row in found.rader:
            assert (row.bedomt == 0) == (row.i_tide_andel is None) == (row.grenser is None) == (row.n_deltakere == 0)

    holds()


@ganger
def test_the_semesters_add_up_to_all_of_it(ganger: int) -> None:
    """Except ``n_deltakere``: a participant may be in more than one."""

    @often(ganger)
    @given(cases(), st.integers(0, 30))
    def holds(sak: Sak, lag: int) -> None:
        found = of(sak, lag)
        counts = ("bedomt", "i_tide", "for_sent", "forfalt", "mangler", "fritatt")
        for rutine in {row.rutine for row in found.rader}:
            rows = [row for row in found.rader if row.rutine == rutine]
            (whole,) = [row for row in rows if row.periode is None]
            for key in counts:
                assert sum(getattr(row, key) for row in rows if row.periode) == getattr(whole, key)
        for key in counts:
            assert sum(getattr(row, key) for row in found.rader if row.periode is None) == getattr(found.totalt, key)

    holds()


@ganger
def test_the_order_of_participants_and_log_changes_nothing(ganger: int) -> None:
    @often(ganger)
    @given(cases(), st.randoms(use_true_random=False))
    def holds(sak: Sak, rng: random.Random) -> None:
        people, contacts, events = list(sak.opplegg.deltakere), list(sak.logg.kontakter), list(sak.logg.hendelser)
        for items in (people, contacts, events):
            rng.shuffle(items)
        mixed = sak._replace(
            opplegg=replace(sak.opplegg, deltakere=tuple(people)),
            logg=replace(sak.logg, kontakter=tuple(contacts), hendelser=tuple(events)),
        )
        assert of(mixed) == of(sak)

    holds()


@ganger
def test_what_only_some_routines_have_the_others_lack(ganger: int) -> None:
    @often(ganger)
    @given(cases())
    def holds(sak: Sak) -> None:
        clocks = {v.rutine.id for v in sak.opplegg.rutinesett.versjoner if isinstance(v.rutine.frekvens, Hver)}
        for row in of(sak).rader:
            if row.rutine not in clocks:
                assert (row.dager_dekket, row.lengste_gap, row.klokkedager) == (None, None, None)

    holds()


@pytest.mark.treg
@ganger
def test_waiting_longer_before_judging_never_judges_more(ganger: int) -> None:
    @often(ganger)
    @given(cases(), st.integers(0, 20), st.integers(0, 20))
    def holds(sak: Sak, lag: int, more: int) -> None:
        assert of(sak, lag + more).totalt.bedomt <= of(sak, lag).totalt.bedomt

    holds()
