"""The assignment against brute force: the same pairs, hence no difference in any of the five aims."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oppfolgingscli.match import Plass, assign

place = st.builds(
    lambda fra, length, late, krav: Plass(
        fra,
        None if length is None else fra + length,
        None if length is None or late is None else fra + length + late,
        krav,
    ),
    st.integers(1, 12),
    st.one_of(st.none(), st.integers(0, 8)),
    st.one_of(st.none(), st.integers(0, 8)),
    st.booleans(),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Plass], list[int], list[list[int]]]:
    places = draw(st.lists(place, max_size=4))
    if draw(st.booleans()) and places:  # windows that are alike, as counts in a period give
        places = [Plass(p.fra, p.frist, p.sent_til, krav=n < 2) for n, p in enumerate([places[0]] * len(places))]
    days = sorted(draw(st.lists(st.integers(1, 28), max_size=5)))
    possible = []
    for p in places:
        barred = draw(st.sets(st.integers(0, 4), max_size=1))
        possible.append([c for c, day in enumerate(days) if p.admits(day) and c not in barred])
    return places, days, possible


def every_way(possible: list[list[int]], taken: frozenset[int] = frozenset()) -> Iterator[list[int | None]]:
    if not possible:
        yield []
        return
    for choice in [*possible[0], None]:
        if choice is None or choice not in taken:
            used = taken if choice is None else taken | {choice}
            for rest in every_way(possible[1:], used):
                yield [choice, *rest]


def value(places: list[Plass], days: list[int], way: list[int | None]) -> tuple[object, ...]:
    """The five aims as a tuple to be made as small as possible."""
    made = [(p, days[c]) for p, c in zip(places, way, strict=True) if c is not None]
    return (
        -sum(p.krav and (p.frist is None or day <= p.frist) for p, day in made),
        -sum(p.krav for p, _day in made),
        -sum(not p.krav for p, _day in made),
        sum(max(0, day - p.frist) for p, day in made if p.frist is not None),
        [len(days) if c is None else c for c in way],
    )


def compare(case: tuple[list[Plass], list[int], list[list[int]]]) -> None:
    places, days, possible = case
    best = min(every_way(possible), key=lambda way: value(places, days, way))
    assert assign(places, days, possible) == best


@pytest.mark.treg
@settings(max_examples=500, deadline=None)
@given(cases())
def test_as_brute_force(case: tuple[list[Plass], list[int], list[list[int]]]) -> None:
    compare(case)


@pytest.mark.treg
@settings(max_examples=6000, deadline=None)
@given(cases())
def test_as_brute_force_many_times(case: tuple[list[Plass], list[int], list[list[int]]]) -> None:
    compare(case)


def test_greedy_would_spend_the_only_talk_on_the_first_deadline() -> None:
    """One talk, late for the first point and on time for the second: on time wins."""
    first, second = Plass(1, 10, 30, krav=True), Plass(12, 25, None, krav=True)
    assert assign([first, second], [15], [[0], [0]]) == [None, 0]


def test_a_wish_never_costs_a_requirement() -> None:
    wish, must = Plass(1, 10, None, krav=False), Plass(1, 20, None, krav=True)
    assert assign([wish, must], [5], [[0], [0]]) == [None, 0]


def test_fewest_days_late_in_all() -> None:
    first, second = Plass(1, 10, None, krav=True), Plass(1, 20, None, krav=True)
    assert assign([first, second], [30], [[0], [0]]) == [None, 0]


def test_earliest_contact_to_the_first_point() -> None:
    place = Plass(1, 20, None, krav=True)
    assert assign([place, place], [3, 5, 9], [[0, 1, 2], [0, 1, 2]]) == [0, 1]


def test_nothing_to_pair() -> None:
    assert assign([], [], []) == []
    assert assign([Plass(1, 2, None, krav=True)], [], [[]]) == [None]
