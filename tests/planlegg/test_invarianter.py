"""What holds of every plan, on random classes: nobody in two places, within hours, days, windows and capacity."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planlegg.bygg import Verden, bygg_av

UKEDAGER = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag"]
START, SLUTT = date(2023, 8, 21), date(2024, 6, 21)
dager = st.lists(st.sampled_from(UKEDAGER), min_size=1, unique=True)
dato = st.integers(0, (SLUTT - START).days).map(lambda n: START + timedelta(n))

frekvens: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries(
        {
            "antall": st.integers(1, 3),
            "per": st.sampled_from(["uke", "maned", "semester", "skolear"]),
        },
        optional={
            "minst_mellom": st.sampled_from(["5 dager", "2 uker", "3 skoledager"]),
            "helst": st.sampled_from(["start", "slutt"]),
        },
    ),
    st.fixed_dictionaries(
        {"hver": st.sampled_from(["10 dager", "3 uker", "2 måneder"])},
    ),
    st.fixed_dictionaries(
        {
            "milepael": st.sampled_from(["oppstart", "slutt", "semester-start"]),
            "innen": st.sampled_from(["1 uke", "4 uker", "10 virkedager"]),
        },
    ),
)
ROLLER = ["kontaktlaerer", "koordinator", "nav_veileder"]


@st.composite
def klasser(draw: st.DrawFn) -> Verden:
    rutiner = [
        {
            "id": f"r{n}",
            "type": draw(st.sampled_from(["samtale", "besok", "rapport"])),
            "niva": draw(st.sampled_from(["deltaker", "deltaker", "klasse"])),
            "ansvarlig": draw(st.sampled_from(ROLLER)),
            "deltar": draw(st.lists(st.sampled_from([*ROLLER, "deltaker"]), max_size=2, unique=True)),
            "frekvens": draw(frekvens),
            **({"varighet": f"{minutes} minutter"} if (minutes := draw(st.sampled_from([0, 20, 45, 90, 240]))) else {}),
        }
        for n in range(draw(st.integers(1, 4)))
    ]  # fmt: skip
    deltakere = []
    for n in range(draw(st.integers(0, 8))):
        a, b = sorted((draw(dato), draw(dato)))
        one: dict[str, Any] = {"id": f"D{n:02d}"}
        if draw(st.booleans()):
            one |= {"start": a, "slutt": b}
        if draw(st.booleans()):
            one["praksis"] = [{"fra": a, "til": b, "ukedager": draw(dager)}]
        if draw(st.integers(0, 3)) == 0:
            one["pauser"] = [{"fra": a, "til": min(b, a + timedelta(40)), "grunn": "permisjon"}]
        deltakere.append(one)
    personer = {
        f"p{n}": {
            "rolle": draw(st.sampled_from(ROLLER)),
            **({"dager": draw(dager)} if draw(st.booleans()) else {}),
        }
        for n in range(draw(st.integers(0, 4)))
    }
    return bygg_av(
        {
            "klasse": {"slutt": SLUTT},
            "kalender": {
                "tidsrom": draw(st.sampled_from(["08:30-15:00", "09:05-11:10", "12:00-12:30"])),
                "dager": draw(dager),
                "maks_per_dag": draw(st.integers(1, 5)),
            },
            "personer": personer,
            "rutiner": rutiner,
            "deltakere": deltakere,
        }
    )


@pytest.mark.treg
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(klasser())
def test_no_plan_breaks_a_rule(verden: Verden) -> None:
    moter = verden.plan()
    kalender = verden.kalender
    skole = verden.utvidelse.kalender
    versjoner = {(v.rutine.id, v.nr): v.rutine for v in verden.opplegg.rutinesett.versjoner}
    deltakere = {d.id: d for d in verden.opplegg.deltakere}

    # Every point is there exactly once.
    assert sorted(m.punkt.id for m in moter) == sorted(p.id for p in verden.utvidelse.punkter if p.grunn is None)
    busy: defaultdict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    placed: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    for m in moter:
        p = m.punkt
        assert p.frist is not None or m.grunn is None
        if m.heldag:
            assert m.start is None
            assert m.slutt is None
            continue
        assert m.start is not None
        assert m.slutt is not None
        a, b = (t.hour * 60 + t.minute for t in (m.start, m.slutt))
        assert kalender.tidsrom[0] <= m.start < m.slutt <= kalender.tidsrom[1]
        assert m.start.minute % 15 == 0
        assert b - a == (versjoner[p.rutine, p.versjon].varighet or 60)
        assert p.fra <= m.dato <= (p.frist or SLUTT)
        assert skole.is_skoledag(m.dato)
        assert m.dato.weekday() in kalender.dager
        everyone = set(m.personer)
        if p.niva == "klasse" and "deltaker" in everyone:
            everyone |= {i for i, d in deltakere.items() if (d.start or START) <= m.dato <= (d.slutt or SLUTT)}
            everyone.discard("deltaker")
        for who in everyone:
            busy[who, m.dato].append((a, b))
            if who in verden.personer and (own := verden.personer[who].dager) is not None:
                assert m.dato.weekday() in own
        if p.niva == "deltaker":
            d = deltakere[p.subjekt]
            assert p.subjekt in m.personer
            assert (d.start or START) <= m.dato <= (d.slutt or SLUTT)
            assert not any(q.fra <= m.dato <= (q.til or SLUTT) for q in d.pauser)
        placed[p.rutine, p.subjekt].append(m.dato)
    for spans in busy.values():
        assert len(spans) <= kalender.maks_per_dag
        assert all(end <= start for (_, end), (start, _) in pairwise(sorted(spans)))
    for (rutine, _subjekt), days in placed.items():
        mellom = getattr(versjoner[rutine, 1].frekvens, "minst_mellom", None)
        for one, after in pairwise(sorted(days)):
            assert after >= (skole.add(one, mellom) if mellom else one + timedelta(1))


@pytest.mark.treg
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(klasser())
def test_the_same_input_gives_the_same_plan(verden: Verden) -> None:
    assert verden.plan() == verden.plan()
