"""Day sets against plain Python sets of days."""

from hypothesis import given
from hypothesis import strategies as st

from oppfolgingscli.tid.dagmengde import Dagmengde, Teller

SPENN = st.lists(st.tuples(st.integers(1, 60), st.integers(-2, 12)).map(lambda p: (p[0], p[0] + p[1])), max_size=8)


def plain(spenn: list[tuple[int, int]]) -> set[int]:
    return {day for a, b in spenn for day in range(a, b + 1)}


@given(SPENN, SPENN)
def test_cutting_and_joining(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> None:
    x, y = Dagmengde(a), Dagmengde(b)
    assert set(x.snitt(y)) == plain(a) & plain(b)
    assert set(x.minus(y)) == plain(a) - plain(b)
    assert set(x.union(y)) == plain(a) | plain(b)
    assert x.snitt(y) == y.snitt(x)


@given(SPENN, st.integers(0, 75), st.integers(0, 75))
def test_clip(a: list[tuple[int, int]], fra: int, til: int) -> None:
    assert set(Dagmengde(a).klipp(fra, til)) == {day for day in plain(a) if fra <= day <= til}


@given(SPENN)
def test_intervals_are_sorted_and_apart(a: list[tuple[int, int]]) -> None:
    spenn = Dagmengde(a).spenn
    assert all(first <= last for first, last in spenn)
    assert all(spenn[i][1] + 1 < spenn[i + 1][0] for i in range(len(spenn) - 1))


@given(SPENN, st.integers(-1, 80))
def test_the_clock(a: list[tuple[int, int]], n: int) -> None:
    days = sorted(plain(a))
    x = Dagmengde(a)
    assert len(x) == len(days)
    assert bool(x) == bool(days)
    assert x.nte(n) == (days[n - 1] if 1 <= n <= len(days) else None)
    assert x.plass(n) == sum(day <= n for day in days)
    assert (n in x) == (n in days)


@given(SPENN, st.lists(st.booleans(), max_size=70), st.integers(0, 75), st.integers(-8, 8))
def test_counting_days_of_a_kind(a: list[tuple[int, int]], flags: list[bool], day: int, n: int) -> None:
    kind = [3 + i for i, flag in enumerate(flags) if flag]
    teller = Teller(3, flags)
    inside = [d for d in kind if d in plain(a)]
    assert teller.velg(Dagmengde(a)) == inside
    assert teller.antall(Dagmengde(a)) == len(inside)
    assert (day in teller) == (day in kind)
    after, before = [d for d in kind if d > day], [d for d in kind if d < day]
    if n > 0:
        expected = after[n - 1] if n <= len(after) else None
    elif n < 0:
        expected = before[n] if -n <= len(before) else None
    else:
        expected = day
    assert teller.after(day, n) == expected
