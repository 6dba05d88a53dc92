"""The audit of the parts, merged, is the audit of the whole: every sum and every figure published, however divided."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

pytest.importorskip("polars")

from masse.strategier import Gruppesak, grupper
from masse.test_mot_klassevei import alike, klassevis, kolonnevis
from oppfolgingscli.revisjon.resultat import Samlet
from oppfolgingscli.revisjon.utgave import Innstillinger, publish

Vei = Callable[[Gruppesak], Samlet]
VEIER = [pytest.param(klassevis, id="klassevei"), pytest.param(kolonnevis, id="masse")]
rask = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
treg = settings(rask, max_examples=60)


@st.composite
def divisions(draw: st.DrawFn) -> tuple[Gruppesak, list[Gruppesak]]:
    """Some classes, and the same in one to four parts, in any order; some parts may be empty."""
    sak = draw(grupper(klasser=(2, 3, 4, 6), kontakter=25))
    numbers = [draw(st.integers(0, 3)) for _klasse in sak.klasser]
    parts = [[k for k, n in zip(sak.klasser, numbers, strict=True) if n == part] for part in range(4)]
    order = draw(st.permutations(range(4)))
    return sak, [sak._replace(klasser=draw(st.permutations(parts[i]))) for i in order if parts[i]]


def check(vei: Vei, whole: Gruppesak, parts: list[Gruppesak]) -> None:
    truth = vei(whole)
    made = [pickle.dumps(vei(part)) for part in parts]
    event(f"{len(parts)} parts")
    one_by_one = Samlet()
    for part in made:
        one_by_one += pickle.loads(part)  # noqa: S301 - our own, as between machines
    alike(truth, one_by_one)
    # As a tree, from the other end: nothing hangs on what is added to what.
    tree = [pickle.loads(part) for part in reversed(made)]  # noqa: S301 - as above
    while len(tree) > 1:
        a = tree.pop(0)
        a += tree.pop(0)
        tree.append(a)
    alike(truth, tree[0])
    settings_ = Innstillinger(whole.per, whole.kjent, whole.lag, 3)
    assert publish(one_by_one, settings_) == publish(truth, settings_)


@pytest.mark.parametrize("vei", VEIER)
@rask
@given(divisions())
def test_the_parts_are_the_whole(vei: Vei, found: tuple[Gruppesak, list[Gruppesak]]) -> None:
    check(vei, *found)


@pytest.mark.treg
@pytest.mark.parametrize("vei", VEIER)
@treg
@given(divisions())
def test_the_parts_are_the_whole_many_times(vei: Vei, found: tuple[Gruppesak, list[Gruppesak]]) -> None:
    check(vei, *found)


@rask
@given(divisions())
def test_adding_changes_nothing_in_what_is_added(found: tuple[Gruppesak, list[Gruppesak]]) -> None:
    """A part may be added to several wholes (an earlier publication, a county, the country)."""
    parts = [klassevis(part) for part in found[1]]
    before = deepcopy(parts)
    for _time in range(2):
        whole = Samlet()
        for part in parts:
            whole += part
    assert parts == before
