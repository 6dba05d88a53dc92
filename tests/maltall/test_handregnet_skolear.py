"""A school year worked by hand: two semesters, people who come, leave and are away, and every kind of routine.

What docs/semantikk.md, "Måltall", says, on the class below; it is 1 July 2024. The autumn's window for the talk is
21 Aug–20 Dec, late until 1 Jan; the spring's 2 Jan–21 June, late until 18 Aug. The ✓ and ✗ are on time or not:

    D01 ✓✓  D02 ✓✓  D06 ✓✓  D04 late ✓  D08 ✓ overdue  D05, D07 missing, overdue  D03 away ✓  D09 ✓ left  D10 – late

Talks: 7 participants with 2 judged points, D03, D09 and D10 with 1: 17.

- On time 2 + 2 + 2 + 1 + 1 + 0 + 0 + 1 + 1 + 0 = 10; late D04, D10; missing D05, D07; overdue D05, D07, D08.
- Mean of own shares: (1 + 1 + 1 + ½ + ½ + 0 + 0 + 1 + 1 + 0)/10 = 6/10.
- Interval: p = 10/17, and 17·(y − p·n) is 14 three times, −3 twice, −20 twice, 7 twice and −10 once. Σ² = 588 + 18 + 800
  + 98 + 100 = 1604. v = 10/9 · 1604/17⁴ and p(1−p)/17 = 70/17³, so deff = 16040/(9·17·70) = 1.497666 and
  n_eff = 17/1.497666 = 11.350998. Centre (0.588235 + 3.841459/22.701995)/1.338425 = 0.565924; half
  1.959964·√(0.242215/11.350998 + 3.841459/515.380593)/1.338425 = 0.248480.
- Dose: D04's of 22 Dec and D10's of 24 June are outside; D08 has two in the autumn, of which one is enough.
- Coverage: the first time, all but D04, D05, D07 and D10.
- Delay: 30 days five times, 41 five times, 123 (D04) and 168 (D10). D09's spring ended after 58 days; five are still
  waiting, after 181 and 315. Day 30: 13/18 left. Day 41: 8/18, so half are done. Day 123: 8/18 · 6/7; day 168: · 5/6, 0.32.
  In the spring alone 5 of 10 are done on day 41: exactly half.
- Bounds: D03's absence excused one, 10/(17 + 1). D08's second could have been the spring's, 11/17; not within a semester.

Visits: D01's clock runs 2 Apr–21 June, 81 days; D02's and D06's from 6 May, 47 days so far, and stands still in the
summer. D04 is exempt: the one deadline there would have been, 2 June, was excused, and no day is counted.

- D01: after 21 days, and after 49 more: late by 21. The last 11 days ask for nothing. D02: after 22 days; open since.
  D06: overdue since day 28, 2 June.
- Days: D01 1–49 and 70–81 = 61 of 81, D02 47 of 47, D06 28 of 47. Longest gap 49, over; open are 25 and 47.
- Delay: 20, 48 and 21 days; D02's next waits 34, D06's first 56. Day 20: 4/5, day 21: 3/5, day 48: 3/5 · 1/2.

Class meetings: after 11 and 10 days. Absence: nothing says how soon, so there is only the delay: 7 days, and 82 so far.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from oppfolgingscli.maltall import Rad, Rapport, measure
from vurder.hjelp import Prove

RUTINER = """
    [[rutiner]]
    id = "samtale"
    frekvens = { antall = 1, per = "semester" }
    [[rutiner]]
    id = "besok"
    type = "besok"
    frekvens = { hver = "3 uker", senest = "4 uker" }
    gjelder = { i_praksis = true }
    [[rutiner]]
    id = "klassemote"
    type = "klassemote"
    niva = "klasse"
    frekvens = { antall = 1, per = "semester" }
    [[rutiner]]
    id = "ved-fravaer"
    type = "telefon"
    frekvens = { ved = "fravaer" }
"""
DELTAKERE = """
    [[deltakere]]
    id = "D01"
    praksis = [{ fra = 2024-04-02, til = 2024-06-21 }]
    [[deltakere]]
    id = "D02"
    praksis = [{ fra = 2024-05-06, til = 2024-12-31 }]
    [[deltakere]]
    id = "D03"
    pauser = [{ fra = 2023-08-21, til = 2023-12-20, grunn = "permisjon" }]
    [[deltakere]]
    id = "D04"
    praksis = [{ fra = 2024-05-06, til = 2024-12-31 }]
    fritak = [{ rutine = "besok", grunn = "annen avtale" }]
    [[deltakere]]
    id = "D05"
    [[deltakere]]
    id = "D06"
    praksis = [{ fra = 2024-05-06, til = 2024-12-31 }]
    [[deltakere]]
    id = "D07"
    [[deltakere]]
    id = "D08"
    [[deltakere]]
    id = "D09"
    slutt = 2024-02-29
    [[deltakere]]
    id = "D10"
    start = 2024-01-08
"""
KONTAKTER = """
    id;dato;type;deltaker
    k01;2023-09-01;klassemote;
    k02;2023-09-20;samtale;D01,D02,D06,D08,D09
    k03;2023-11-20;samtale;D08
    k04;2023-12-22;samtale;D04
    k05;2024-01-12;klassemote;
    k06;2024-02-12;samtale;D01,D02,D03,D04,D06
    k07;2024-03-11;telefon;D01
    k08;2024-04-22;besok;D01
    k09;2024-05-27;besok;D02
    k10;2024-06-10;besok;D01
    k11;2024-06-24;samtale;D10
"""
HENDELSER = """
    id;dato;type;deltaker
    h1;2024-03-04;fravaer;D01
    h2;2024-04-10;fravaer;D02
"""
FORVENTET = """
                    samtale             2023-host   2024-var  besok     klassemote  ved-fravaer  alt
n_deltakere         10                  8           9         3         1           0            10
bedomt              17                  8           9         4         2           0            23
i_tide              10                  5           5         2         2           0            14
for_sent            2                   1           1         1         0           0            3
forfalt             3                   0           3         1         0           0            4
mangler             2                   2           0         0         0           0            2
fritatt             1                   1           0         1         0           0            2
i_tide_andel        10/17               5/8         5/9       2/4       2/2         -            12/19
i_tide_andel_snitt  6/10                5/8         5/9       1.5/3     -           -            6/10
gjort_andel         12/17               6/8         6/9       3/4       2/2         -            14/19
dose                10/17               5/8         5/9       -         2/2         -            12/19
dose_ukuttet        11/17               6/8         5/9       -         2/2         -            13/19
dekning             6/10                5/8         5/9       2/3       1/1         -            -
dager_dekket        -                   -           -         136/175   -           -            -
forsinkelse_median  41                  30          41        48        10          7            -
forsinkelse_p90     -                   -           -         -         11          -            -
lengste_gap         -                   -           -         49        -           -            -
grenser             10/18–11/17         5/9–5/8     5/9–5/9   2/5–2/4   2/2–2/2     -            -
"""
"""The figures of each row, with what is divided by what; – between the two of a pair."""


def rapport(prove: Prove, per: str = "2024-07-01", lag: int = 0) -> Rapport:
    prove.skriv(RUTINER, KONTAKTER, hendelser=HENDELSER, deltakere=DELTAKERE)
    return measure(prove.vurder(per), lag)


def rad(found: Rapport, rutine: str, periode: str | None = None) -> Rad:
    (row,) = [r for r in found.rader if (r.rutine, r.periode) == (rutine, periode)]
    return row


def tall(cell: str) -> object:
    """Read a cell: nothing, a whole number, a share rounded as in the report, or a pair of them."""
    if cell == "-":
        return None
    if "–" in cell:
        return tuple(tall(part) for part in cell.split("–"))
    if "/" in cell:
        part, whole = cell.split("/")
        return round(float(Fraction(part) / Fraction(whole)), 6)
    return int(cell)


def test_every_measure_of_the_year(prove: Prove) -> None:
    found = rapport(prove)
    head, *lines = [line.split() for line in FORVENTET.strip().splitlines()]
    rows = {
        "2023-host": rad(found, "samtale", "2023-host"), "2024-var": rad(found, "samtale", "2024-var"),
        "alt": found.totalt,
    }  # fmt: skip
    for column, name in enumerate(head, 1):
        row = rows.get(name) or rad(found, name)
        expected = {line[0]: tall(line[column]) for line in lines}
        assert {key: getattr(row, key) for key in expected} == expected, name


def test_the_interval_takes_into_account_that_some_have_more_points(prove: Prove) -> None:
    found = rapport(prove)
    low, high = 0.565924 - 0.248480, 0.565924 + 0.248480
    assert rad(found, "samtale").i_tide_kl == pytest.approx((low, high), abs=2e-6)
    assert [r.rutine for r in (*found.rader, found.totalt) if r.i_tide_kl] == ["samtale"]  # 8 and 9 are too few


def test_the_curve_of_what_is_not_done_yet(prove: Prove) -> None:
    """Six of the eighteen talks that had opened are not done: D09's was watched for 58 days, the others longer."""
    curve = next(x for x in rapport(prove).kurver if x.rutine == "samtale")
    assert (curve.antall, curve.gjort, curve.siste) == (18, 12, 315)
    days, left = zip(*curve.trinn, strict=True)
    assert days == (30, 41, 123, 168)
    assert left == pytest.approx((13 / 18, 8 / 18, 8 / 18 * 6 / 7, 8 / 18 * 6 / 7 * 5 / 6), abs=1e-6)


def test_what_the_screen_shows_beside_the_figures(prove: Prove) -> None:
    found = rapport(prove)
    assert rad(found, "samtale").andel_av == (10, 17)
    assert found.totalt.andel_av == (12, 19)
    assert rad(found, "besok").klokkedager == (136, 175)
    assert rad(found, "besok").gap_apent is False
    assert found.pausedager == 11 + 30 + 31 + 30 + 20


def test_the_longest_gap_before_the_late_visit_is_open(prove: Prove) -> None:
    """On 9 June D01's gap is 48 days and runs; the visit on the tenth ends it at 49. D06's is 35 by then."""
    before = rad(rapport(prove, "2024-06-09"), "besok")
    assert (before.lengste_gap, before.gap_apent) == (48, True)
    after = rad(rapport(prove, "2024-06-10"), "besok")
    assert (after.lengste_gap, after.gap_apent) == (49, False)


def test_with_two_weeks_to_write_it_down_the_spring_is_not_judged_yet(prove: Prove) -> None:
    """21 June is ten days before 1 July; the visits' deadlines, 29 April, 20 May and 2 June twice, are older."""
    found = rapport(prove, lag=14)
    assert (rad(found, "samtale").bedomt, rad(found, "samtale").i_tide) == (8, 5)
    assert [r.periode for r in found.rader if r.rutine == "samtale"] == [None, "2023-host"]
    assert rad(found, "samtale").i_tide_kl is None
    assert rad(found, "besok").bedomt == 4
    assert (found.totalt.bedomt, found.totalt.i_tide_andel) == (8 + 4 + 1, round(6 / 9, 6))
    # What has waited has waited, whether it is judged or not.
    assert rad(found, "samtale").forsinkelse_median == 41
