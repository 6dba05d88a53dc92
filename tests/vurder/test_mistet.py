"""Since when a point is missing: the rule, and that it is the day the status itself turns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppfolgingscli.status import status
from oppfolgingscli.vurder.mistet import is_newly_missing, missed, missed_on, recently_missed

if TYPE_CHECKING:
    from oppfolgingscli.vurder.mistet import Mistet
    from vurder.hjelp import Prove

TO_I_SEMESTERET = """
[[rutiner]]
id = "samtale"
frekvens = { antall = 2, per = "semester" }
"""
HVER_TREDJE_UKE = """
[[rutiner]]
id = "besok"
frekvens = { hver = "3 uker", senest = "4 uker" }
"""
VED_FRAVAER = """
[[rutiner]]
id = "varsel"
frekvens = { ved = "hoyt_fravaer", innen = "3 virkedager", sent_til = "2 uker" }
"""
SLUTT = """
[[rutiner]]
id = "sluttsamtale"
frekvens = { milepael = "slutt", innen = "2 uker" }
"""


def test_the_day_after_the_last_day_a_late_contact_counts(prove: Prove) -> None:
    prove.skriv(TO_I_SEMESTERET)
    # The autumn window ends 20 Dec; the spring's opens 2 Jan, so the last chance is 1 Jan.
    found = missed(prove.vurder("2024-01-02"))
    assert [(m.vurdert.punkt.id, m.siden) for m in found] == [
        ("k/samtale/D01/2023-host/1", date(2024, 1, 2)),
        ("k/samtale/D01/2023-host/2", date(2024, 1, 2)),
    ]
    assert missed(prove.vurder("2024-01-01")) == []


def test_one_who_left_is_lost_the_day_after_and_not_before_the_deadline(prove: Prove) -> None:
    prove.skriv(TO_I_SEMESTERET, deltakere='[[deltakere]]\nid = "D01"\nslutt = 2023-12-27')
    assert {m.siden for m in missed(prove.vurder("2024-03-01"))} == {date(2023, 12, 28)}


def test_a_duty_about_the_ending_is_lost_after_its_own_deadline(prove: Prove) -> None:
    prove.skriv(SLUTT, deltakere='[[deltakere]]\nid = "D01"\nslutt = 2024-03-01')
    assert {m.siden for m in missed(prove.vurder("2024-06-01"))} == {date(2024, 3, 16)}


def test_on_a_clock_it_is_the_first_day_that_counts_after_the_next_deadline(prove: Prove) -> None:
    """From 21 Aug day 28 is 17 Sep and day 56 is 24 Oct (the break is 30 Sep–8 Oct, nine days)."""
    prove.skriv(HVER_TREDJE_UKE)
    found = missed(prove.vurder("2023-11-10"))
    assert [(m.vurdert.punkt.nr, m.vurdert.punkt.frist, m.siden) for m in found] == [
        (1, date(2023, 9, 17), date(2023, 10, 25)),
    ]


@given(
    frist=st.integers(100, 160), sent_til=st.none() | st.integers(0, 40), slutt=st.integers(90, 200), om_slutten=st.booleans()
)  # fmt: skip
def test_it_is_the_day_the_status_turns(frist: int, sent_til: int | None, slutt: int, *, om_slutten: bool) -> None:
    late = None if sent_til is None else frist + sent_til
    codes = {
        per: status(
            fra=95, frist=frist, sent_til=late, krav=True, kontakt=None, fritatt=False, slutt=slutt,
            om_slutten=om_slutten, per=per,
        )[0]
        for per in range(90, 260)
    }  # fmt: skip
    missing = [per for per, code in codes.items() if code == "mangler"]
    if missing:
        assert missed_on(frist=frist, sent_til=late, slutt=slutt) == missing[0]
    else:  # cut off by leaving, or never too late while enrolled
        assert "ikke_aktuelt" in codes.values()


@pytest.mark.treg
@pytest.mark.parametrize("rutine", [TO_I_SEMESTERET, HVER_TREDJE_UKE, VED_FRAVAER, SLUTT])
@pytest.mark.parametrize("slutt", ["2024-01-05", "2024-04-14"])
def test_day_by_day_every_point_turns_missing_on_the_day_given(prove: Prove, rutine: str, slutt: str) -> None:
    deltaker = f"""
    [[deltakere]]
    id = "D01"
    slutt = {slutt}
    pauser = [{{ fra = 2023-11-06, til = 2023-11-26 }}, {{ fra = 2024-03-01, til = 2024-03-10 }}]
    """
    prove.skriv(
        rutine,
        "id;dato\na;2023-09-12\nb;2024-01-02",
        hendelser="id;dato;type\nh;2023-12-12;hoyt_fravaer",
        deltakere=deltaker,
    )
    day, end = date(2023, 8, 21), date(2024, 7, 10)
    turned: dict[str, date] = {}
    found: list[Mistet] = []
    while day <= end:
        found = missed(prove.vurder(day.isoformat()))
        for m in found:
            turned.setdefault(m.vurdert.punkt.id, day)
        day += timedelta(1)
    assert found
    assert {m.vurdert.punkt.id: m.siden for m in found} == {
        m.vurdert.punkt.id: turned[m.vurdert.punkt.id] for m in found
    }


def test_wishes_are_never_missing(prove: Prove) -> None:
    prove.skriv('[[rutiner]]\nid = "samtale"\nfrekvens = { minst = 1, inntil = 3, per = "semester" }')
    assert [m.vurdert.punkt.nr for m in missed(prove.vurder("2024-02-01"))] == [1]


@pytest.mark.parametrize(
    ("per", "nylig", "svarkode"),
    [
        ("2024-01-01", 0, False),  # still overdue: it can be done
        ("2024-01-02", 2, True),
        ("2024-01-31", 2, True),  # 29 days after the 2nd
        ("2024-02-01", 2, False),
        ("2024-02-17", 2, False),  # 59 days after the deadline
        ("2024-02-18", 0, False),
    ],
)
def test_how_long_it_is_recent_and_how_long_it_is_an_exit_code(
    prove: Prove, per: str, nylig: int, *, svarkode: bool
) -> None:
    prove.skriv(TO_I_SEMESTERET)
    found = missed(prove.vurder(per))
    assert len(recently_missed(found, date.fromisoformat(per))) == nylig
    assert is_newly_missing(found, date.fromisoformat(per)) is svarkode
