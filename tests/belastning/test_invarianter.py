"""What holds for any class and any question: nothing is lost between points, people, roles and weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hjelp import ROT
from oppfolgingscli.belastning import Belastning, Forutsetninger, measure
from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe, open_arbeidsmappe
from oppfolgingscli.planlegg import Mote, plan_moter, varighet_for
from oppfolgingscli.planlegg.folk import Folk
from oppfolgingscli.utvid import Utvidelse, expand

START = date(2024, 8, 1)
MINUTTER = st.dictionaries(
    st.sampled_from(["praksisbesok", "elevsamtale", "ansvarsgruppe", "praksisbesok-mfy"]), st.integers(0, 240)
)
KLASSER = st.sampled_from(["vestby", "vestland"])


@cache
def plan(klasse: str) -> tuple[Arbeidsmappe, Utvidelse, tuple[Mote, ...]]:
    mappe = open_arbeidsmappe(ROT / "eksempler" / klasse)
    result = expand(mappe.opplegg)
    return mappe, result, plan_moter(result, mappe.oppsett.kalender, mappe.oppsett.personer)


def load(klasse: str, f: Forutsetninger) -> Belastning:
    mappe, result, moter = plan(klasse)
    return measure(result, moter, mappe.oppsett.personer, f)


@st.composite
def asked(draw: st.DrawFn) -> Forutsetninger:
    fra = START + timedelta(draw(st.integers(0, 300)))
    return Forutsetninger(
        fra, fra + timedelta(draw(st.integers(0, 200))), draw(st.none() | st.integers(1, 60)), draw(MINUTTER),
        draw(MINUTTER), draw(MINUTTER), {"kontaktlaerer": Fraction(draw(st.integers(1, 2250)))},
    )  # fmt: skip


@pytest.mark.treg
@settings(max_examples=12, deadline=None)
@given(KLASSER, asked())
def test_weeks_people_and_routines_add_up_to_the_role(klasse: str, f: Forutsetninger) -> None:
    b = load(klasse, f)
    for r in b.roller:
        assert sum(u.tid.sum for u in r.uker) == r.tid.sum == sum(d.tid.sum for d in r.rutiner)
        assert r.tid.sum == r.tid.mote + r.tid.forberedelse + r.tid.reise
        if r.avsatt is not None:
            assert sum(u.avsatt or 0 for u in r.uker) == r.avsatt
        own = [p for p in b.personer if p.rolle == r.rolle]
        if not r.deltaker:
            assert sum(p.tid.sum for p in own) == r.tid.sum
            for i, u in enumerate(r.uker):
                assert sum(p.uker[i].tid.sum for p in own) == u.tid.sum
    for t in b.topper:
        assert sum(d.tid.sum for d in t.deler) == t.tid.sum


@settings(max_examples=8, deadline=None)
@given(KLASSER, asked())
def test_staff_hours_are_the_points_times_who_is_there(klasse: str, f: Forutsetninger) -> None:
    """Counted again from the meetings and ``Folk``, whose people are those of the calendars."""
    plain = replace(f, deltakere=None, forberedelse={}, reise={})
    mappe, _result, moter = plan(klasse)
    folk = Folk(mappe.opplegg, mappe.oppsett.personer, range(7))
    length = {(v.rutine.id, v.nr): varighet_for(v.rutine) for v in mappe.opplegg.rutinesett.versjoner}
    total = 0
    for m in moter:
        if plain.fra <= m.dato <= plain.til:
            minutes = plain.varighet.get(m.punkt.rutine, length[m.punkt.rutine, m.punkt.versjon])
            total += minutes * sum(r.slag != "deltaker" for r in folk.til_stede(m.punkt))
    assert sum(r.tid.sum for r in load(klasse, plain).roller if not r.deltaker) == total


def _doubled(minutes: Mapping[str, int]) -> dict[str, int]:
    return {key: 2 * value for key, value in minutes.items()}


@settings(max_examples=8, deadline=None)
@given(KLASSER, asked())
def test_twice_as_long_is_twice_the_hours_and_half_as_often(klasse: str, f: Forutsetninger) -> None:
    every = {v.rutine.id: varighet_for(v.rutine) for v in plan(klasse)[0].opplegg.rutinesett.versjoner}
    once = replace(f, varighet=every | dict(f.varighet))
    twice = replace(
        once, varighet=_doubled(once.varighet), forberedelse=_doubled(f.forberedelse), reise=_doubled(f.reise)
    )
    a, b = load(klasse, once), load(klasse, twice)
    assert [2 * r.tid.sum for r in a.roller] == [r.tid.sum for r in b.roller]
    assert a.turer == b.turer
    for one, other in zip(a.hyppighet, b.hyppighet, strict=True):
        assert other.minutter == 2 * one.minutter
        if one.alene is not None:
            assert other.alene == (2 * one.alene if one.slag == "hver" else one.alene / 2)
        assert not (other.rekker and not one.rekker)


@pytest.mark.treg
@settings(max_examples=8, deadline=None)
@given(KLASSER, asked(), st.integers(1, 60))
def test_the_class_scales_and_meetings_about_it_do_not(klasse: str, f: Forutsetninger, antall: int) -> None:
    as_is, scaled = load(klasse, replace(f, deltakere=None)), load(klasse, replace(f, deltakere=antall))
    if not as_is.deltakere:
        return
    assert scaled.deltakere == antall
    assert scaled.per_deltaker == as_is.per_deltaker
    levels = {v.rutine.id: v.rutine.niva for v in plan(klasse)[0].opplegg.rutinesett.versjoner}
    for r, s in zip(as_is.roller, scaled.roller, strict=True):
        before = {d.rutine: d.tid.sum for d in r.rutiner}
        for d in s.rutiner:
            factor = scaled.faktor if r.deltaker or levels[d.rutine] == "deltaker" else 1
            assert d.tid.sum == factor * before[d.rutine]


@settings(max_examples=8, deadline=None)
@given(KLASSER, asked(), st.integers(0, 200))
def test_two_spans_are_the_whole(klasse: str, f: Forutsetninger, dager: int) -> None:
    middle = min(f.fra + timedelta(dager), f.til)
    if middle == f.til:
        return
    plain = replace(f, deltakere=None)
    parts = [load(klasse, replace(plain, til=middle)), load(klasse, replace(plain, fra=middle + timedelta(1)))]
    whole = load(klasse, plain)
    for r in whole.roller:
        found = [x.tid.sum for part in parts for x in part.roller if x.rolle == r.rolle]
        assert sum(found) == r.tid.sum
