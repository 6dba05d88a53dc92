"""The typical class of a set: as few model participants as it takes, and what is assumed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppfolgingscli.cli.typisk import VANLIG, first_year, load_typical, skolerute_for, typical_for, typical_pair
from oppfolgingscli.les.rutinesett import bundled_ids, load_rutinesett
from oppfolgingscli.sprak import set_sprak
from oppfolgingscli.typisk import KLASSE, Antakelse, models, typical
from oppfolgingscli.utvid import expand
from oppfolgingscli.vis.typiskord import assumptions, span
from sammenlign.settbygg import rutine, sett

START, SLUTT = date(2023, 8, 21), date(2027, 6, 18)
PER = date(2026, 11, 23)


def test_uten_vilkar_er_en_modelldeltaker_nok() -> None:
    made = typical(sett(rutine("a", 'antall = 1, per = "semester"')), (), VANLIG, START, SLUTT)
    (person,) = made.opplegg.deltakere
    assert (person.id, person.gruppe, person.ytelse, person.praksis) == ("modell-1", (), (), ())
    assert made.opplegg.klasse.id == KLASSE
    assert next(p.id for p in expand(made.opplegg).punkter) == "typisk/a/modell-1/2023-host/1"


def test_en_modelldeltaker_for_hver_ytelse_som_ma_til() -> None:
    found = sett(
        rutine("a", 'antall = 1, per = "semester"', gjelder='{ ytelse = ["kvp"] }')
        + rutine("b", 'antall = 2, per = "semester"', gjelder='{ ytelse = ["aap", "kvp"] }')
        + rutine("c", "behov = true", gjelder='{ ytelse = ["aap"], gruppe = ["x"] }')
        + rutine("d", "behov = true", gjelder='{ gruppe = ["y"] }')
    )
    # kvp meets a and b, aap with x meets b and c, and d needs y, which goes with kvp.
    assert models(found) == [("x", "aap"), ("y", "kvp")]


def test_vestland_har_en_for_hver_ytelse_med_sin_egen_regel() -> None:
    made = load_typical("vestland", 2023, PER)
    assert [p.ytelse[0].verdi for p in made.opplegg.deltakere] == ["kvp", "tiltakspenger", "introduksjonsstonad"]


def test_praksis_eksamen_og_faser_er_antakelser() -> None:
    found = sett(
        "[[faser]]\nid = 'laere'\nnavn = 'Lære'\nfra = 2026-01-01\ntil = 2027-07-31\n"
        + rutine("besok", 'hver = "2 uker"', gjelder="{ i_praksis = true, fase = ['laere'] }")
        + rutine("forelesning", 'milepael = "eksamen:tverrfaglig", fra = "-2 uker", innen = "0 dager"')
    )
    made = typical(found, (), VANLIG, date(2025, 8, 18), date(2029, 6, 22))
    assert made.antakelser[:3] == (
        Antakelse("fase", "laere", date(2028, 1, 1), date(2029, 7, 31)),
        Antakelse("eksamen", "tverrfaglig", date(2028, 5, 24)),
        Antakelse("praksis", "", date(2025, 8, 18), date(2029, 6, 22)),
    )
    points = expand(made.opplegg).punkter
    assert {p.rutine for p in points} == {"besok", "forelesning"}
    assert min(p.fra for p in points if p.rutine == "besok") == date(2028, 1, 3)  # the Monday after the Christmas break
    words = assumptions(made)
    assert any("praksis hele skoleåret" in text for text in words)
    assert any("24. mai 2028" in text for text in words)
    assert any("«Lære» er flyttet til 1. januar 2028 – 31. juli 2029" in text for text in words)
    assert any("vanlige mønsteret" in text for text in words)
    assert span(made) == "Klassen går fra 18. august 2025 til 22. juni 2029."


def test_en_eksamen_er_innenfor_et_kort_lop() -> None:
    found = sett(rutine("a", 'milepael = "eksamen:x"'))
    made = typical(found, (), VANLIG, date(2023, 8, 21), date(2024, 3, 1))
    assert made.opplegg.klasse.eksamen == {"x": date(2024, 3, 1)}


def test_uten_skolerute_sies_det() -> None:
    made = typical(sett(rutine("a", "behov = true")), None, "ingen", START, SLUTT)
    assert made.antakelser == (Antakelse("uten_skolerute"),)
    assert "uten ferier" in assumptions(made)[0]


@pytest.mark.parametrize("navn", bundled_ids())
def test_hver_rutine_som_kan_planlegges_i_et_medfolgende_sett_far_punkter(navn: str) -> None:
    made = load_typical(navn, 2023, PER)
    planned = {v.rutine.id for v in made.opplegg.rutinesett.versjoner if v.rutine.frekvens.slag in ("antall", "hver", "milepael")}  # fmt: skip
    assert {p.rutine for p in expand(made.opplegg).punkter} == planned


def test_klassen_folger_fylkets_skolerute_og_lareteiden_varer_til_juli() -> None:
    oslo, vestland = load_typical("oslo", 2023, PER).opplegg.klasse, load_typical("vestland", 2023, PER).opplegg.klasse
    assert (oslo.skolerute, oslo.start, oslo.slutt) == ("oslo", date(2023, 8, 21), date(2027, 6, 18))
    assert (vestland.skolerute, vestland.slutt) == ("vestland-bergen", date(2027, 7, 31))


def test_uten_startar_er_det_det_neste_ny_ville_foreslatt() -> None:
    assert load_typical("oslo", None, PER).opplegg.klasse.start.year == 2026
    assert load_typical("oslo", None, date(2020, 9, 1)).opplegg.klasse.start.year == 2023  # the set takes effect then
    made = load_typical("oslo", None, PER)
    assert [a.navn for a in made.antakelser if a.kode == "skolear"] == ["2028-2029", "2029-2030"]
    assert any("Skoleruta mangler skoleåret 2028/29" in text for text in assumptions(made))


@pytest.mark.parametrize(("fra", "ventet"), [("2023-08-01", 2023), ("2023-09-10", 2023), ("2024-01-01", 2024)])
def test_det_forste_aret_settet_gjelder(fra: str, ventet: int) -> None:
    found = sett(rutine("a", "behov = true", gjelder_fra=fra))
    assert first_year(found) == ventet


def test_et_fylke_uten_skolerute_far_det_vanlige_monsteret() -> None:
    assert skolerute_for(sett(rutine("a", "behov = true"))) == (VANLIG, ())


def test_to_sett_som_skal_sammenlignes_far_samme_dager() -> None:
    oslo, vestland = (load_rutinesett(name) for name in ("oslo", "vestland"))
    a, b = (t.opplegg.klasse for t in typical_pair(oslo, vestland, 2023))
    assert (a.skolerute, a.start, a.slutt) == (b.skolerute, b.start, b.slutt) == (VANLIG, date(2023, 8, 21), date(2027, 7, 31))  # fmt: skip
    vestby, sorumsand = (load_rutinesett(name) for name in ("vestby", "sorumsand"))
    assert {t.opplegg.klasse.skolerute for t in typical_pair(vestby, sorumsand, 2023)} == {"akershus"}


def test_antakelsene_er_pa_leserens_sprak() -> None:
    made = typical_for(load_rutinesett("sorumsand"), 2026)
    in_bokmal = assumptions(made)
    set_sprak("en")
    assert len(assumptions(made)) == len(in_bokmal)


WORDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=3, unique=True).map(tuple)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_modelldeltakerne_oppfyller_alle_vilkar_og_ingen_er_til_overs(vilkar: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:  # fmt: skip
    def toml_list(words: tuple[str, ...]) -> str:
        return "[" + ", ".join(f'"{word}"' for word in words) + "]"

    text = "".join(
        rutine(
            f"r{n}", "behov = true",
            gjelder="{ " + ", ".join(f"{key} = {toml_list(words)}" for key, words in (("gruppe", g), ("ytelse", y)) if words) + " }",
        )
        for n, (g, y) in enumerate(vilkar)
    )  # fmt: skip

    def met(people: list[tuple[str, str]]) -> bool:
        return all(any((not g or p[0] in g) and (not y or p[1] in y) for p in people) for g, y in vilkar)

    found = models(sett(text))
    assert met(found)
    assert len(found) == 1 or not any(met([p for p in found if p != one]) for one in found)
