"""Where points are placed, told with one class at a time."""

from __future__ import annotations

import time as clock
from collections import Counter
from datetime import date, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from oppfolgingscli.modell.klasse import Deltaker
from oppfolgingscli.planlegg import varighet_for
from planlegg.bygg import Verden, bygg

if TYPE_CHECKING:
    from oppfolgingscli.planlegg import Mote

SAMTALE = """
[[rutiner]]
id = "elevsamtale"
type = "elevsamtale"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
deltar = ["deltaker"]
varighet = "45 minutter"
frekvens = { antall = 2, per = "semester" }
"""


def i(moter: tuple[Mote, ...], periode: str) -> list[Mote]:
    return [m for m in moter if m.punkt.periode == periode]


def test_one_participant_meets_on_the_planned_day_at_their_own_hour() -> None:
    verden = bygg(SAMTALE, 1)
    first, second = i(verden.plan(), "2023-host")
    assert (first.dato, second.dato) == (first.punkt.mal, second.punkt.mal)
    assert (first.start, first.slutt) == (second.start, second.slutt) == (time(10, 45), time(11, 30))
    assert not first.heldag
    assert first.personer == ("kontaktlaerer", "D01")
    assert first.grunn is None


def test_meetings_lie_on_school_days_the_persons_days_and_within_the_hours() -> None:
    verden = bygg(
        SAMTALE
        + """
        [kalender]
        tidsrom = "09:10-14:20"
        dager = ["mandag", "tirsdag", "onsdag", "torsdag"]
        [personer.kl]
        rolle = "kontaktlaerer"
        dager = ["tirsdag", "torsdag", "fredag"]
        """,
        26,
    )
    moter = verden.plan()
    assert len(moter) == len(verden.utvidelse.punkter)
    for m in moter:
        assert verden.utvidelse.kalender.is_skoledag(m.dato)
        assert m.dato.weekday() in {1, 3}
        assert m.start is not None
        assert m.slutt is not None
        assert time(9, 15) <= m.start < m.slutt <= time(14, 20)
        assert m.start.minute % 15 == 0
        assert m.punkt.frist is not None
        assert m.punkt.fra <= m.dato <= m.punkt.frist
        assert m.personer == ("kl", m.punkt.subjekt)


def test_a_class_is_spread_evenly_over_the_window() -> None:
    """26 participants, the first talk of autumn: from 21 August to mid October, no week without and none with many."""
    verden = bygg(SAMTALE, 26)
    first = [m for m in i(verden.plan(), "2023-host") if m.punkt.nr == 1]
    per_week = Counter(m.dato.isocalendar().week for m in first)
    assert set(per_week) == {34, 35, 36, 37, 38, 39, 41, 42, 43}
    # Nine weeks, the last with only a day or two before the pace of the first talk.
    assert max(per_week.values()) - min(list(per_week.values())[:-1]) <= 2
    assert max(Counter(m.dato for m in first).values()) == 1
    tempo = {m.punkt.tempo for m in first}
    assert max(m.dato for m in first) <= max(t for t in tempo if t)


def test_one_persons_capacity_is_kept_and_what_does_not_fit_is_told() -> None:
    verden = bygg(
        """
        [kalender]
        maks_per_dag = 2
        [personer.kl]
        rolle = "kontaktlaerer"
        dager = ["onsdag"]
        [[rutiner]]
        id = "oppstart"
        type = "trekantsamtale"
        niva = "deltaker"
        ansvarlig = "kontaktlaerer"
        frekvens = { milepael = "oppstart", innen = "3 uker" }
        """,
        10,
    )
    moter = verden.plan()
    # Three Wednesdays of two: six meetings; the other four are on their deadline, and say why.
    assert Counter(m.grunn for m in moter) == {None: 6, "fullt": 4}
    assert Counter(m.dato for m in moter if not m.grunn) == {
        date(2023, 8, 23): 2,
        date(2023, 8, 30): 2,
        date(2023, 9, 6): 2,
    }
    for m in moter:
        if m.grunn:
            assert (m.heldag, m.start, m.slutt, m.dato) == (True, None, None, m.punkt.frist)


@pytest.mark.parametrize(
    ("kalender", "grunn"),
    [
        ('tidsrom = "08:30-09:00"', "for_lang"),
        ('dager = ["lordag"]', "ingen_felles_dag"),
    ],
)
def test_why_there_is_no_time(kalender: str, grunn: str) -> None:
    moter = bygg(SAMTALE + f"[kalender]\n{kalender}", 1).plan()
    assert {m.grunn for m in moter} == {grunn}


def test_a_window_without_a_day_and_one_too_short_for_the_distance() -> None:
    verden = bygg(
        """
        [[rutiner]]
        id = "rett_etter"
        type = "samtale"
        niva = "deltaker"
        ansvarlig = "kl"
        frekvens = { milepael = "2023-09-30", innen = "8 dager" }
        gjelder = { ferie = "ogsa" }
        [[rutiner]]
        id = "tett"
        type = "mote"
        niva = "klasse"
        ansvarlig = "kl"
        frekvens = { antall = 2, per = "uke", minst_mellom = "5 dager" }
        """,
        1,
    )
    moter = verden.plan()
    # Sat 30 Sept–Sun 8 Oct is a break, but the routine counts working days in it.
    (rett,) = [m for m in moter if m.punkt.rutine == "rett_etter"]
    assert rett.dato == date(2023, 10, 4)
    assert {m.grunn for m in moter if m.punkt.rutine == "tett" and m.punkt.nr == 2} == {"for_tett"}


def test_reports_and_the_like_are_all_day_on_their_deadline() -> None:
    verden = bygg(LEVERT, 2)
    for m in verden.plan():
        if m.punkt.rutine == "rapportmote":
            assert not m.heldag
            assert m.start is not None
            assert m.slutt is not None
            assert (m.slutt.hour * 60 + m.slutt.minute) - (m.start.hour * 60 + m.start.minute) == 30
        else:
            assert (m.heldag, m.start, m.grunn, m.dato) == (True, None, None, m.punkt.frist)


def test_how_long_a_meeting_is() -> None:
    rutine = bygg(SAMTALE).opplegg.rutinesett.versjoner[0].rutine
    assert varighet_for(rutine) == 45
    without = rutine.model_copy(update={"varighet": None})
    assert varighet_for(without) == 60
    for type_ in ("statusrapport", "varsel", "melding", "tilbakemelding", "tiltaksplan", "arshjul"):
        assert varighet_for(without.model_copy(update={"type": type_})) == 0
    assert varighet_for(rutine.model_copy(update={"varighet": 0})) == 0


def test_visits_prefer_practice_days_and_talks_avoid_them() -> None:
    verden = bygg(
        SAMTALE
        + """
        [[rutiner]]
        id = "besok"
        type = "bedriftsbesok"
        niva = "deltaker"
        ansvarlig = "kontaktlaerer"
        frekvens = { antall = 4, per = "semester", minst_mellom = "2 uker" }
        gjelder = { i_praksis = true }
        [[deltakere]]
        id = "D01"
        praksis = [{ fra = 2023-09-04, til = 2024-06-07, ukedager = ["mandag", "onsdag"] }]
        """
    )
    moter = [m for m in verden.plan() if m.dato < date(2024, 6, 8)]
    besok = [m.dato for m in moter if m.punkt.rutine == "besok"]
    assert len(besok) == 8
    assert {d.weekday() for d in besok} <= {0, 2}
    assert all(b - a >= timedelta(14) for a, b in pairwise(besok))
    assert not {m.dato.weekday() for m in moter if m.punkt.rutine == "elevsamtale"} & {0, 2}


def test_intervals_hold_from_meeting_to_meeting() -> None:
    """Every third week, at most four: with eight participants each still meets at most 28 clock days apart."""
    verden = bygg(
        """
        [[rutiner]]
        id = "besok"
        type = "bedriftsbesok"
        niva = "deltaker"
        ansvarlig = "kl"
        frekvens = { hver = "3 uker", senest = "4 uker" }
        """,
        8,
    )
    g = verden.utvidelse.gyldighet
    versjon = verden.opplegg.rutinesett.versjoner[0]
    moter = verden.plan()
    assert not [m for m in moter if m.grunn]
    for s in g.deltakerne:
        e = g.dager(s, versjon)
        clock_days = [e.plass(m.dato.toordinal()) for m in moter if m.punkt.subjekt == s.id]
        assert clock_days[0] <= 28
        assert all(14 <= b - a <= 28 for a, b in pairwise(clock_days))


def test_nobody_is_in_two_meetings_and_several_people_share_a_role() -> None:
    verden = bygg(
        SAMTALE
        + """
        [personer.kl1]
        rolle = "kontaktlaerer"
        [personer.kl2]
        rolle = "kontaktlaerer"
        [[deltakere]]
        id = "D09"
        personer = { kontaktlaerer = "kl1" }
        """,
        8,
    )
    moter = verden.plan()
    by = {m.punkt.subjekt: m.personer[0] for m in moter}
    assert by == {
        "D01": "kl1", "D02": "kl2", "D03": "kl1", "D04": "kl2",
        "D05": "kl1", "D06": "kl2", "D07": "kl1", "D08": "kl2", "D09": "kl1",
    }  # fmt: skip


def test_busy_times_are_respected() -> None:
    verden = bygg(SAMTALE + '[personer.kl]\nrolle = "kontaktlaerer"\n', 1)
    free = i(verden.plan(), "2023-host")[0]
    day = free.dato.toordinal()
    until_two = i(verden.plan({"kl": {day: [(0, 14 * 60)]}}), "2023-host")[0]
    assert (until_two.dato, until_two.start) == (free.dato, time(14, 0))
    all_day = i(verden.plan({"kl": {day: [(0, 24 * 60)]}}), "2023-host")[0]
    assert all_day.dato != free.dato
    assert abs(all_day.dato - free.dato) <= timedelta(3)


def test_the_exempt_are_not_planned_and_nothing_is_planned_in_a_pause() -> None:
    verden = bygg(
        SAMTALE
        + """
        [[deltakere]]
        id = "D01"
        fritak = [{ rutine = "elevsamtale", grunn = "avtalt" }]
        [[deltakere]]
        id = "D02"
        pauser = [{ fra = 2023-09-01, til = 2023-11-30, grunn = "permisjon" }]
        """
    )
    moter = verden.plan()
    assert {m.punkt.subjekt for m in moter} == {"D02"}
    assert not [m for m in moter if date(2023, 9, 1) <= m.dato <= date(2023, 11, 30)]


def test_a_class_meeting_with_the_participants_keeps_them_busy() -> None:
    verden = bygg(
        """
        [[rutiner]]
        id = "leksehjelp"
        type = "leksehjelp"
        niva = "klasse"
        ansvarlig = "skole"
        deltar = ["deltaker"]
        varighet = "6 timer"
        frekvens = { antall = 1, per = "uke" }
        [[rutiner]]
        id = "samtale"
        type = "samtale"
        niva = "deltaker"
        ansvarlig = "kl"
        frekvens = { antall = 1, per = "uke" }
        """,
        2,
    )
    moter = [m for m in verden.plan() if m.dato < date(2023, 12, 1)]
    class_days = {m.dato for m in moter if m.punkt.rutine == "leksehjelp"}
    assert class_days
    assert not class_days & {m.dato for m in moter if m.punkt.rutine == "samtale"}
    assert all(m.personer == ("skole", "deltaker") for m in moter if m.punkt.rutine == "leksehjelp")


def _places(verden: Verden) -> dict[str, tuple[date, time | None]]:
    return {m.punkt.id: (m.dato, m.start) for m in verden.plan()}


def test_a_joiner_moves_nobody_and_a_leaver_only_whom_they_met() -> None:
    before = _places(bygg(SAMTALE, 25))
    joined = _places(bygg(SAMTALE, 26))
    assert {i: joined[i] for i in before} == before
    others = [Deltaker(id=f"D{n:02d}") for n in range(1, 26) if n != 5]
    left = _places(bygg(SAMTALE, others))
    moved = [i for i, place in left.items() if before[i] != place]
    assert len(moved) <= 4


def test_the_order_of_the_file_does_not_matter() -> None:
    ids = [f"D{n:02d}" for n in range(1, 27)]
    one = bygg(SAMTALE, [Deltaker(id=i) for i in ids])
    other = bygg(SAMTALE, [Deltaker(id=i) for i in reversed(ids)])
    assert _places(one) == _places(other)


@pytest.mark.treg
def test_a_large_class_is_placed_in_well_under_half_a_second() -> None:
    """26 participants over four years, about 3 000 meetings. Best of three, in processor time: machines have other things to do."""
    verden = bygg(
        SAMTALE.replace("antall = 2", "antall = 3")
        + """
        [personer.kl]
        rolle = "kontaktlaerer"
        [personer.pf]
        rolle = "programfaglaerer"
        [kalender]
        maks_per_dag = 6
        [[rutiner]]
        id = "besok"
        type = "bedriftsbesok"
        niva = "deltaker"
        ansvarlig = "programfaglaerer"
        frekvens = { hver = "2 uker" }
        """,
        26,
    )
    took = []
    for _ in range(3):
        start = clock.process_time()
        moter = verden.plan()
        took.append(clock.process_time() - start)
    assert len(moter) > 2500
    assert not [m for m in moter if m.grunn]
    assert min(took) < 0.5


LEVERT = """
[[rutiner]]
id = "egenrapport"
type = "egenrapport"
niva = "deltaker"
ansvarlig = "deltaker"
frekvens = { antall = 1, per = "semester" }
[[rutiner]]
id = "rapportmote"
type = "statusrapport"
niva = "klasse"
ansvarlig = "kl"
varighet = "30 minutter"
frekvens = { antall = 1, per = "semester" }
"""
