"""Somebody who has read everything that is published tries to work out what is hidden, and must fail."""

from __future__ import annotations

import random

import pytest

from oppfolgingscli.revisjon.forrige import compare
from oppfolgingscli.revisjon.rader import Antall, Relasjon
from oppfolgingscli.revisjon.relasjoner import relasjoner
from oppfolgingscli.revisjon.skjerm import LAVESTE_TERSKEL, is_small, skjul
from revisjon.angriper import Angriper, Verden, alone, determined, forrige_of, small, verden

TERSKLER = (3, 5, 5, 5, 8)


def worlds(first: int, last: int) -> list[tuple[int, Verden, int]]:
    out = []
    for seed in range(first, last):
        rng = random.Random(seed)  # noqa: S311 - the same worlds every time
        out.append((seed, verden(rng), rng.choice(TERSKLER)))
    return out


@pytest.mark.treg
@pytest.mark.parametrize("antall", [6, pytest.param(250, marks=pytest.mark.treg)])
def test_no_small_row_is_a_sum_or_difference_of_what_is_shown(antall: int) -> None:
    hidden_at_all = 0
    for seed, v, terskel in worlds(0, antall):
        hidden = v.hide(terskel)
        few = set(small(v, hidden, terskel))
        assert {key for key, n in v.rader.items() if is_small(n.deltakere, terskel)} == few
        assert not few & set(determined(v, hidden)), seed
        hidden_at_all += len(few)
    assert hidden_at_all > antall  # the attack had something to attack


@pytest.mark.treg
@pytest.mark.parametrize(("first", "last"), [(0, 3), pytest.param(0, 100, marks=pytest.mark.treg)])
def test_the_number_of_participants_stays_as_open_as_the_threshold_says(first: int, last: int) -> None:
    """By linear programming over all relations at once: at least as many numbers possible as 1 … terskel − 1."""
    for seed, v, terskel in worlds(first, last):
        hidden = v.hide(terskel)
        attacker = Angriper(v, hidden)
        for key in small(v, hidden, terskel):
            low, high = attacker.bounds(key)
            assert high - low + 1 >= terskel - 1, (seed, key)
            assert low <= v.rader[key].deltakere <= high


@pytest.mark.treg
def test_without_complementary_rows_the_attack_succeeds() -> None:
    """The attacker is no straw man: with the small rows alone hidden, many fall at once."""
    fallen = 0
    for _seed, v, terskel in worlds(0, 20):
        only = frozenset(key for key, n in v.rader.items() if is_small(n.deltakere, terskel))
        fallen += bool(set(determined(v, only)) & only)
    assert fallen > 10


@pytest.mark.treg
@pytest.mark.parametrize("antall", [4, pytest.param(150, marks=pytest.mark.treg)])
def test_two_publications_with_one_participant_more_do_not_tell_of_that_one(antall: int) -> None:
    """The second is told of the first. The attacker knows that all the others are as they were, and where the new one is."""
    told = without = 0
    for seed, second, terskel in worlds(0, antall):
        if len(second.folk) < 2:
            continue
        new = random.Random(seed).choice(sorted(second.folk))  # noqa: S311 - as above
        first = Verden({who: mine for who, mine in second.folk.items() if who != new})
        hidden_first = first.hide(terskel)
        hide, known = compare(
            forrige_of(first, hidden_first), second.celler(), forrige_of(first, hidden_first).per, terskel
        )
        hidden = skjul(second.rader, relasjoner(second.atomer, second.rader), terskel, hide, known)
        told += bool(alone(first, hidden_first, second, hidden, new, terskel))
        without += bool(alone(first, hidden_first, second, second.hide(terskel), new, terskel))
    assert told == 0
    assert without > antall // 2  # two publications that know nothing of each other do tell


def test_two_rows_hide_each_other() -> None:
    """A total of 30, and a school with 3: with it the smaller of the others is hidden, and no more."""
    rows = {"alle": Antall(30, 300), "a": Antall(3, 30), "b": Antall(12, 120), "c": Antall(15, 150)}
    assert skjul(rows, [Relasjon(("alle",), ("a", "b", "c"), disjunkt=True)]) == {"a", "b"}


def test_two_small_rows_that_leave_too_little_room_take_a_third_with_them() -> None:
    """3 + 2 = 5 is known by subtraction, and 2 could be 1–4 alone: but the 5 in all are no figure about too few … of
    four hidden numbers only four are possible, and the room asked for is twice that."""
    rows = {"alle": Antall(35, 350), "a": Antall(3, 30), "b": Antall(2, 20), "c": Antall(12, 120), "d": Antall(18, 180)}
    assert skjul(rows, [Relasjon(("alle",), ("a", "b", "c", "d"), disjunkt=True)]) == {"a", "b", "c"}


def test_one_row_alone_hides_the_total() -> None:
    rows = {"alle": Antall(3, 30), "a": Antall(3, 30)}
    assert skjul(rows, [Relasjon(("alle",), ("a",), disjunkt=True)]) == {"alle", "a"}


def test_nobody_and_classes_are_no_secret() -> None:
    rows = {"alle": Antall(30, 300), "klassemote": Antall(0, 0), "samtale": Antall(30, 300)}
    assert skjul(rows, [Relasjon(("alle",), ("klassemote", "samtale"), disjunkt=False)]) == frozenset()


@pytest.mark.treg
def test_the_choice_does_not_depend_on_the_order_of_sets() -> None:
    for _seed, v, terskel in worlds(0, 8):
        assert v.hide(terskel) == Verden(dict(reversed(v.folk.items()))).hide(terskel)


def test_the_threshold_is_never_below_three() -> None:
    with pytest.raises(ValueError, match="2"):
        skjul({"a": Antall(1, 1)}, [], LAVESTE_TERSKEL - 1)
