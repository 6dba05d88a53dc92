"""Every measure of one example, worked by hand from docs/semantikk.md.

Twelve participants; the autumn's window for two talks is 21 Aug–20 Dec, late until 1 Jan; it is 10 January.

``samtale``: D01–D04 on 20 Sep and 20 Nov. D05–D07 on 20 Sep only. D08 on 20 Sep, and on 22 Dec: late. D09 on 20 Sep,
left on 30 Nov: judged neither way. D10 on 20 Sep, 20 Nov and 1 Dec. D11 on 18 Aug, before anything began. D12 is exempt.

- Judged: two points each of D01–D08, D10 and D11 = 20. On time 8 + 3 + 1 + 2 + 0 = 14, late 1, missing 3 + 2 = 5.
- Share 14/20; done 15/20; mean of own shares (4 + 3·½ + ½ + 1 + 0)/10 = 0.7.
- Interval: y − 0.7·2 is 0.6 five times, −0.4 four times and −1.4 once: Σ² = 1.8 + 0.64 + 1.96 = 4.4.
  v = 10/9 · 4.4/400 = 0.0122222, deff = 0.0122222 · 20/0.21 = 1.164021, n_eff = 17.1818. Centre
  (0.7 + 3.841459/34.3636)/1.223577 = 0.663455; half 1.959964 · sqrt(0.21/17.1818 + 3.841459/1180.86)/1.223577 = 0.199268.
- Dose: in the window 8 + 3 + 1 + 3 + 0 = 15 of 20; D10's third adds nothing when capped: 14 of 20.
- Coverage: all ten but D11.
- Delay: 20 Sep is 30 days after 21 Aug, 20 Nov 91, 22 Dec 123. 20 points of the spring (open, since 2 Jan) leave after
  8 days. Day 30: 10 of 22 done (D09 too), 12/22 left. Day 91: 5 of 12, 7/22 = 0.32 left: the median. D09's other leaves
  after 101 days. Day 123: 1 of 6, 0.27 left; the other five are still missing on 10 Jan: 90 % is not reached.
- Bounds: 14/(20 + 2 exempt) = 0.636364; D11's talk might have been meant for the autumn, D10's third has no point to
  meet: 15/20.

``besok``, D01 and D02 in practice from 28 Aug; the clock is 16 on 12 Sep, 43 on 18 Oct, 76 on 20 Nov and 106 on 20 Dec,
the last day (the practice ends in the Christmas break).

- D01: deadlines 28 and 44 met; 71 missed by 5; then 30 days to the end, past 104 (18 Dec): missing. D02: 28, 56, 84 missing.
  Judged 7: on time 2, late 1, missing 4. Mean (2/4 + 0/3)/2.
- Coverage 1 of 2. Days: D01 1–71 and 76–104 = 100, D02 1–28 = 28, of 2·106. Longest gap 106.
- Delay: 15, 35 and 32 days; four not done: 4/7 left, so not even half.
"""

from __future__ import annotations

from typing import Any

import pytest

from maltall.eksempel import PER, skriv_eksempel
from oppfolgingscli.maltall import Rad, Rapport, measure
from vurder.hjelp import Prove

SAMTALE: dict[str, Any] = {
    "rutine": "samtale", "type": "samtale", "niva": "deltaker", "periode": None, "n_deltakere": 10,
    "bedomt": 20, "i_tide": 14, "for_sent": 1, "forfalt": 0, "mangler": 5, "fritatt": 2,
    "i_tide_andel": 0.7, "i_tide_kl": pytest.approx((0.464187, 0.862723), abs=2e-6), "gjort_andel": 0.75,
    "dose": 0.7, "dose_ukuttet": 0.75, "dekning": 0.9, "dager_dekket": None,
    "forsinkelse_median": 91, "forsinkelse_p90": None, "lengste_gap": None, "grenser": (0.636364, 0.75),
    "ansvarlig": "laerer", "i_tide_andel_snitt": 0.7,
}  # fmt: skip
BESOK: dict[str, Any] = {
    "rutine": "besok", "type": "besok", "niva": "deltaker", "periode": None, "n_deltakere": 2,
    "bedomt": 7, "i_tide": 2, "for_sent": 1, "forfalt": 0, "mangler": 4, "fritatt": 0,
    "i_tide_andel": 0.285714, "i_tide_kl": None, "gjort_andel": 0.428571,
    "dose": None, "dose_ukuttet": None, "dekning": 0.5, "dager_dekket": 0.603774,
    "forsinkelse_median": None, "forsinkelse_p90": None, "lengste_gap": 106, "grenser": (0.285714, 0.285714),
    "ansvarlig": "veileder", "i_tide_andel_snitt": 0.25,
}  # fmt: skip
TOTALT: dict[str, Any] = {
    "rutine": None, "type": None, "niva": None, "periode": None, "n_deltakere": 10,
    "bedomt": 27, "i_tide": 16, "for_sent": 2, "forfalt": 0, "mangler": 9, "fritatt": 2,
    "i_tide_andel": 0.7, "i_tide_kl": None, "gjort_andel": 0.75, "dose": 0.7, "dose_ukuttet": 0.75,
    "dekning": None, "dager_dekket": None, "forsinkelse_median": None, "forsinkelse_p90": None,
    "lengste_gap": None, "grenser": None, "ansvarlig": None, "i_tide_andel_snitt": 0.7,
}  # fmt: skip


def rapport(prove: Prove, per: str, lag: int = 0) -> Rapport:
    return measure(prove.vurder(per), lag)


def rad(found: Rapport, rutine: str, periode: str | None = None) -> Rad:
    (row,) = [r for r in found.rader if (r.rutine, r.periode) == (rutine, periode)]
    return row


def same(row: Rad, expected: dict[str, Any]) -> None:
    assert {key: getattr(row, key) for key in expected} == expected


def test_every_measure_of_the_example(prove: Prove) -> None:
    found = rapport(skriv_eksempel(prove), PER)
    same(rad(found, "samtale"), SAMTALE)
    same(rad(found, "besok"), BESOK)
    same(found.totalt, TOTALT)
    assert found.pausedager == 5


def test_the_only_semester_with_a_deadline_has_the_same_figures(prove: Prove) -> None:
    found = rapport(skriv_eksempel(prove), PER)
    assert [(r.rutine, r.periode) for r in found.rader] == [
        ("samtale", None), ("samtale", "2023-host"), ("besok", None), ("besok", "2023-host"), ("hjelp", None),
    ]  # fmt: skip
    same(rad(found, "samtale", "2023-host"), SAMTALE | {"periode": "2023-host"})
    same(rad(found, "besok", "2023-host"), BESOK | {"periode": "2023-host"})


def test_the_longest_gap_is_open_only_while_its_clock_runs(prove: Prove) -> None:
    """D02's practice ends at New Year, so on 10 January the gap is as long as it will be.

    On 8 December it runs: the clock was 76 on 20 November, 18 days before, 94.
    """
    skriv_eksempel(prove)
    assert rad(rapport(prove, PER), "besok").gap_apent is False
    before = rad(rapport(prove, "2023-12-08"), "besok")
    assert (before.lengste_gap, before.gap_apent) == (94, True)


def test_need_based_work_is_never_a_denominator(prove: Prove) -> None:
    row = rad(rapport(skriv_eksempel(prove), PER), "hjelp")
    assert (row.bedomt, row.n_deltakere) == (0, 0)
    assert {row.i_tide_andel, row.gjort_andel, row.dose, row.dekning, row.dager_dekket, row.grenser} == {None}


def test_with_a_lag_the_latest_deadlines_are_not_judged_yet(prove: Prove) -> None:
    """20 Dec is 21 days before 10 January; of the visits only D01's last deadline, 18 Dec, is not 24 days old."""
    skriv_eksempel(prove)
    assert rad(rapport(prove, PER, 21), "samtale").bedomt == 20
    late = rapport(prove, PER, 24)
    assert (rad(late, "samtale").bedomt, rad(late, "samtale").fritatt, rad(late, "samtale").grenser) == (0, 0, None)
    assert rad(late, "besok").bedomt == 6
    assert rad(late, "besok").dager_dekket == BESOK["dager_dekket"]


def test_only_the_routines_asked_for_are_in_the_total(prove: Prove) -> None:
    skriv_eksempel(prove)
    found = measure(prove.vurder(PER), rutiner=["besok"])
    assert {r.rutine for r in found.rader} == {"besok"}
    assert (found.totalt.bedomt, found.totalt.i_tide, found.totalt.i_tide_andel) == (7, 2, None)


def test_leaving_cuts_nothing_short_that_is_about_the_leaving(prove: Prove) -> None:
    """Both talks have a deadline after D01 left on 1 Dec; the one about leaving is judged, done or not."""
    prove.skriv(
        """
        [[rutiner]]
        id = "sluttsamtale"
        type = "sluttsamtale"
        frekvens = { milepael = "slutt", innen = "4 uker" }
        [[rutiner]]
        id = "avbruddssamtale"
        type = "avbruddssamtale"
        frekvens = { ved = ["avbrudd", "fravaer"], innen = "3 uker" }
        """,
        "dato;type\n2023-12-05;avbruddssamtale",
        hendelser="id;dato;type\nh1;2023-11-30;avbrudd\nh2;2023-11-29;fravaer",
        deltakere='[[deltakere]]\nid = "D01"\nslutt = 2023-12-01',
    )
    found = rapport(prove, "2024-02-01")
    assert (rad(found, "sluttsamtale").bedomt, rad(found, "sluttsamtale").gjort_andel) == (1, 0)
    row = rad(found, "avbruddssamtale")
    # The one talk goes to the absence, whose deadline is first, and is not judged; the other is, and is missing.
    assert (row.bedomt, row.i_tide, row.mangler, row.dose) == (1, 0, 1, None)


def test_a_contact_that_went_to_another_routine_is_not_delivered_twice(prove: Prove) -> None:
    prove.skriv(
        """
        [[rutiner]]
        id = "a"
        frekvens = { milepael = "2023-09-01", innen = "4 uker" }
        [[rutiner]]
        id = "b"
        frekvens = { milepael = "2023-09-01", innen = "4 uker" }
        """,
        "dato\n2023-09-05",
    )
    found = rapport(prove, "2023-12-01")
    assert (rad(found, "a").dose, rad(found, "b").dose, found.totalt.dose) == (1.0, 0.0, 0.5)
    assert (rad(found, "a").dekning, rad(found, "b").dekning) == (1.0, 1.0)


def test_a_window_has_both_its_first_and_its_last_day(prove: Prove) -> None:
    """Four weeks from 1 September is 29 September. D01 and D02 are inside; D03 is a day early, D04 a day late."""
    prove.skriv(
        """
        [[rutiner]]
        id = "a"
        frekvens = { milepael = "2023-09-01", innen = "4 uker" }
        """,
        """
        dato;deltaker
        2023-09-01;D01
        2023-09-29;D02
        2023-08-31;D03
        2023-09-30;D04
        """,
        deltakere="\n".join(f'[[deltakere]]\nid = "D0{n}"' for n in range(1, 5)),
    )
    row = rad(rapport(prove, "2023-12-01"), "a")
    assert (row.dose, row.dose_ukuttet, row.dekning) == (0.5, 0.5, 0.5)
    assert (row.i_tide, row.for_sent, row.forfalt) == (2, 1, 1)
    assert (row.forsinkelse_median, row.grenser) == (28, (0.5, 0.75))


def test_the_first_visit_of_a_semester_is_the_first_of_its_gaps_and_not_the_tenth(prove: Prove) -> None:
    """Visits every fifteen days of the autumn: eight gaps met. The ninth has its deadline 16 days after 18 December,
    3 January, and ends on the seventh: late. The tenth is met on 17 January.
    """
    prove.skriv(
        """
        [[rutiner]]
        id = "a"
        frekvens = { hver = "10 dager", senest = "16 dager" }
        """,
        """
        dato
        2023-09-04
        2023-09-19
        2023-10-04
        2023-10-19
        2023-11-03
        2023-11-18
        2023-12-03
        2023-12-18
        2024-01-07
        2024-01-17
        """,
        rute="ingen",
    )
    found = rapport(prove, "2024-01-31")
    assert [(r.periode, r.bedomt, r.i_tide, r.dekning) for r in found.rader] == [
        (None, 10, 9, 1.0), ("2023-host", 8, 8, 1.0), ("2024-var", 2, 1, 0.0),
    ]  # fmt: skip
