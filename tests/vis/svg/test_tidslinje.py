"""One participant's course: windows that do not cover each other, marks on the right day, and what is left out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from oppfolgingscli.maltall.rad import Deltakerlinje, Linjekontakt
from oppfolgingscli.vis.svg.tidslinje import Akse, _pack, _span, legend, timeline
from vis.svg.rapportdata import Navn, bedomt, desc

FRA, TIL = date(2024, 8, 1), date(2024, 11, 8)  # a hundred days
AKSE = Akse(FRA, TIL, ["samtale", "besok"], {"besok"})


def dag(n: int) -> date:
    return FRA + timedelta(n)


def linje(*punkter: object, kontakter: tuple[Linjekontakt, ...] = (), pauser: object = ()) -> Deltakerlinje:
    return Deltakerlinje("D01", FRA, date(2026, 6, 20), pauser, kontakter, punkter, ())  # type: ignore[arg-type] # as given


def test_a_mark_stands_on_the_day_of_the_contact() -> None:
    svg = timeline(linje(bedomt(dag(0), dag(49), "i_tide", dag(25))), AKSE, Navn(), "d").bilder[0]
    assert '<path d="M196 31h308v7h-308z" class="b"' in svg  # half of 196–812
    assert '<circle cx="350" cy="34.5" r="3.6" class="m"' in svg  # a quarter of it


def test_each_status_has_a_form_of_its_own() -> None:
    forms = {
        status: re.sub(r"[\d.-]+", "", re.findall(r'class="b" />(.*?)</g>', svg)[0])
        for status, contact in (("i_tide", 20), ("for_sent", 70), ("forfalt", None), ("mangler", None), ("fritatt", None), ("apen", None))
        for svg in timeline(
            linje(bedomt(dag(0), dag(50), status, dag(contact) if contact else None)), AKSE, Navn(), "d"
        ).bilder
    }  # fmt: skip
    assert len(set(forms.values())) == len(forms)


def test_the_window_of_an_interval_ends_with_the_contact_and_others_do_not() -> None:
    early = {r: _span(bedomt(dag(0), dag(50), "i_tide", dag(10), rutine=r), AKSE)[1] for r in ("besok", "samtale")}
    assert early == {"besok": dag(10), "samtale": dag(50)}
    assert _span(bedomt(dag(0), None, "apen"), AKSE) == (dag(0), TIL)


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 40), st.integers(0, 60) | st.none()), max_size=30))
def test_no_window_covers_another_on_its_row(rows: list[tuple[int, int, int | None]]) -> None:
    points = [
        bedomt(dag(a), dag(a + n), "i_tide" if k is not None else "mangler", dag(a + k) if k is not None else None)
        for a, n, k in rows
    ]
    packed = _pack(points, AKSE)
    assert sorted(map(id, points)) == sorted(id(b) for row in packed for b in row)
    for row in packed:
        for before, after in pairwise(row):
            assert _span(before, AKSE)[1] < after.punkt.fra
            assert before.kontakt_dato is None or before.kontakt_dato < after.punkt.fra


def test_what_is_shielded_and_why_someone_was_away_are_not_told() -> None:
    figur = timeline(
        linje(
            bedomt(dag(0), dag(20), "i_tide", dag(5)),
            bedomt(dag(0), dag(20), "mangler", rutine="besok", skjermet=True),
            bedomt(dag(30), dag(40), "fritatt"),
            kontakter=(Linjekontakt("k1", dag(5), "samtale", True, False), Linjekontakt("k2", dag(60), "nav", False, True)),
            pauser=((dag(30), dag(39)),),
        ), AKSE, Navn(), "d",
    )  # fmt: skip
    everything = f"{figur.bilder[0]}{figur.tekst}{figur.tabell}"
    assert "Besok" not in everything
    assert "hemmelig" not in everything
    assert "nav" not in everything
    assert desc(figur.bilder[0]) == "1 av 1 i tide; 1 kontakt, 6. august 2024. 10 dager i pause."


def test_contacts_beside_the_plan_and_days_outside_the_class_are_shown() -> None:
    kontakter = (Linjekontakt("k", dag(10), "telefon", False, False),)
    left = Deltakerlinje("D01", dag(10), dag(59), (), kontakter, (), ())
    figur = timeline(left, AKSE, Navn(), "d")
    svg = figur.bilder[0]
    assert "Andre kontakter" in svg
    assert len(re.findall(r'class="ute"', svg)) == 2
    assert figur.tekst.endswith("Begynte 11. august 2024. Siste dag 29. september 2024.")


def test_every_sign_is_explained() -> None:
    words = [text for _svg, text in legend()]
    assert len(words) == 8
    assert len({svg for svg, _text in legend()}) == 8
