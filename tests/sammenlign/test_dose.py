"""Planned contacts per school year, counted by hand: for small sets, and for the bundled ones against the report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oppfolgingscli.cli.typisk import VANLIG, typical_for
from oppfolgingscli.gyldighet import Gyldighet
from oppfolgingscli.les.rutinesett import load_rutinesett
from oppfolgingscli.modell.rutinesett import Rutinesett
from oppfolgingscli.sammenlign.dose import Ar, count, per_year
from oppfolgingscli.sammenlign.side import Celle, Sammenligning, compare
from oppfolgingscli.typisk import Typisk, typical
from oppfolgingscli.vis.sammenlign import year_text
from sammenlign.settbygg import rutine, sett

# The usual pattern: school years from Monday 21 August 2023 to Friday 20 June 2025, two of them.
TO_AR = (date(2023, 8, 21), date(2025, 6, 20))


def _class(rutiner: str) -> Typisk:
    return typical(sett(rutiner), (), VANLIG, *TO_AR)


def _texts(rutiner: str) -> list[str]:
    g = count(_class(rutiner))
    return [year_text(a) for a in per_year(g.linjer, g.ar)]


@pytest.mark.parametrize(
    ("frekvens", "ventet"),
    [
        ('antall = 2, per = "semester"', ["4", "4", "8"]),
        ('minst = 3, inntil = 4, per = "skolear"', ["3 (+1)", "3 (+1)", "6 (+2)"]),
        ('minst = 0, inntil = 2, per = "skolear"', ["0 (+2)", "0 (+2)", "0 (+4)"]),
        ('antall = 1, per = "maned"', ["11", "11", "22"]),  # August to June
        ('milepael = "oppstart"', ["1", "–", "1"]),
        ('milepael = "skolear-slutt:2", fra = "-2 uker", innen = "0 dager"', ["–", "1", "1"]),
        ("behov = true", ["behov", "behov", "behov"]),
        ('ved = "hoyt_fravaer"', ["hendelse", "hendelse", "hendelse"]),
    ],
)
def test_tallene_for_to_skolear(frekvens: str, ventet: list[str]) -> None:
    assert _texts(rutine("a", frekvens)) == ventet


def test_et_intervall_telles_pa_klokka_over_hele_lopet() -> None:
    # Every 100th of the 287 and 287 days of term: on day 100, 200, 300 … 500.
    line = count(_class(rutine("a", 'hver = "100 dager"'))).linjer[0]
    g = Gyldighet(_class(rutine("a", 'hver = "100 dager"')).opplegg)
    first, last = TO_AR
    term = [d for n in range((last - first).days + 1) if g.kalender.i_ferie(d := first + timedelta(n)) is None]
    hundredths = term[99::100]
    in_first = sum(d < date(2024, 8, 1) for d in hundredths)
    assert line.krav == (in_first, len(hundredths) - in_first)
    assert line.krav == (2, 3)


def test_behov_er_aldri_null_og_star_ved_siden_av_tallet() -> None:
    both = rutine("a", 'milepael = "oppstart"') + rutine("b", "behov = true") + rutine("c", 'etter = "a"')
    assert _texts(both) == ["1 + behov + hendelse", "behov + hendelse", "1 + behov + hendelse"]
    only_first = rutine("a", "behov = true", gjelder="{ skolear = [1] }")
    assert _texts(only_first) == ["behov", "–", "behov"]


def test_rutiner_for_ulike_ytelser_gir_et_spenn_og_legges_ikke_sammen() -> None:
    text = rutine("kvp", 'antall = 4, per = "skolear"', gjelder='{ ytelse = ["kvp"] }') + rutine(
        "aap", 'antall = 1, per = "skolear"', gjelder='{ ytelse = ["aap"] }'
    )
    assert _texts(text) == ["1–4", "1–4", "2–8"]
    with_all = text + rutine("alle", 'antall = 1, per = "skolear"')
    assert _texts(with_all) == ["1–5", "1–5", "2–10"]  # somebody with another benefit gets 1
    by_group = text + rutine("x", 'antall = 10, per = "skolear"', gjelder='{ gruppe = ["x"] }')
    assert _texts(by_group) == ["1–14", "1–14", "2–28"]


def test_antatte_og_skalerte_tall_er_merket() -> None:
    assumed = rutine("a", 'antall = 1, per = "skolear"', antatt="true", merknad='"Antatt: tallet."')
    assert _texts(assumed) == ["1*", "1*", "2*"]
    # In force from Monday 1 January 2024: all of that spring counts, so nothing is scaled. From 15 February it is.
    half = rutine("a", 'antall = 4, per = "semester"', gjelder_fra="2024-02-15")
    assert _texts(half) == ["3°", "8", "11°"]
    assert _texts(half.replace("2024-02-15", "2024-01-01")) == ["4", "8", "12"]


def test_versjoner_teller_hver_for_sine_ar() -> None:
    text = rutine("a", 'antall = 4, per = "skolear"', gjelder_til="2024-07-31") + rutine(
        "a", "behov = true", gjelder_fra="2024-08-01"
    )
    assert _texts(text) == ["4", "behov", "4 + behov"]


def test_i_praksis_regnes_som_hele_aret() -> None:
    assert _texts(rutine("a", 'antall = 4, per = "semester"', gjelder="{ i_praksis = true }")) == ["8", "8", "16"]


# -- the bundled sets, for the class that began in August 2023 -----------------------------------------------------

#: What the report says (kilde_id), as numbers for the four school years of the course.
RAPPORTEN = {
    # 1 per semester (OSL-02); nobody else has it
    ("egenrapport", "deltaker"): {"oslo": ["2", "2", "2", "2", "8"]},
    # monthly, August to June (OSL-11) · every month of term, 30 days of the clock (SOR-02) · planned: 1–2 per semester
    # of years 2 and 3, from autumn 2025, so year 3 only (VLD-10)
    ("statusmote", "klasse"): {
        "oslo": ["11", "11", "11", "11", "44"],
        "sorumsand": ["8", "9", "9", "9", "35"],
        "vestland": ["–", "–", "2 (+2)*", "–", "2 (+2)*"],
    },
    # 2 per semester (OSL-10) · 2 per school year (SOR-01) · 3–4 per school year (VES-02)
    ("elevsamtale", "deltaker"): {
        "oslo": ["4", "4", "4", "4", "16"],
        "sorumsand": ["2", "2", "2", "2", "8"],
        "vestby": ["3 (+1)", "3 (+1)", "3 (+1)", "3 (+1)", "12 (+4)"],
    },
    # 4 per semester (OSL-13) · need-based (OVK-02) · every second week in year 1, then need-based (SOR-05) · every
    # third week (VES-01) · every second week in years 1–3 (VLD-06, VLD-08); 38 weeks of term a year
    ("bedriftsbesok", "deltaker"): {
        "oslo": ["8", "8", "8", "8", "32"],
        "ost-viken": ["behov", "behov", "behov", "behov", "behov"],
        "sorumsand": ["19* + behov", "behov", "behov", "behov", "19* + behov"],
        "vestby": ["12* + behov", "13* + behov", "12* + behov", "13* + behov", "50* + behov"],
        "vestland": ["19*", "19", "19", "–", "57*"],
    },
    # at the start (OSL-07), at the end of year 3 (OSL-08), and when needed
    ("trekantsamtale", "deltaker"): {
        "oslo": ["1* + behov", "behov", "1* + behov", "behov", "2* + behov"],
        "ost-viken": ["behov"] * 5,
        "sorumsand": ["behov"] * 5,
        "vestby": ["behov"] * 5,
    },
    # 3–4 per half-year (VLD-01)
    ("ansvarsgruppe", "klasse"): {"vestland": ["6 (+2)", "6 (+2)", "6 (+2)", "6 (+2)", "24 (+8)"]},
    # every third month (KVP) or once a year (VLD-02): day 91, 182 … of the clock, and day 365 first in the second August
    ("nav-samtale", "deltaker"): {
        "oslo": ["behov"] * 5,
        "ost-viken": ["behov"] * 5,
        "sorumsand": ["behov"] * 5,
        "vestby": ["behov"] * 5,
        "vestland": ["0–3* + behov", "1–4* + behov", "1–4* + behov", "1–4* + behov", "3–15* + behov"],
    },
}


@pytest.fixture(scope="module")
def side() -> Sammenligning:
    names = ("oslo", "ost-viken", "sorumsand", "vestby", "vestland")
    return compare([(name, typical_for(load_rutinesett(name), 2023)) for name in names])


@pytest.mark.parametrize("slag", RAPPORTEN)
def test_de_medfolgende_settene_mot_rapporten(side: Sammenligning, slag: tuple[str, str]) -> None:
    (block,) = [b for b in side.blokker if (b.type, b.niva) == slag]
    found = {x.nokkel: _shown(cell) for x, cell in zip(side.sett, block.celler, strict=True) if cell is not None}
    assert found == RAPPORTEN[slag]


def _shown(cell: Celle) -> list[str]:
    return [year_text(a) for a in cell.ar]


@pytest.mark.parametrize(("navn", "rutine_id", "dager"), [
    ("sorumsand", "statusmote", 30), ("sorumsand", "praksisbesok", 14), ("vestby", "praksisbesok", 21),
    ("vestland", "nav-samtale-kvp", 91), ("vestland", "praksisbesok", 14),
])  # fmt: skip
def test_intervallene_er_hver_nte_dag_de_gjelder(side: Sammenligning, navn: str, rutine_id: str, dager: int) -> None:
    # The days are counted one by one, straight from the calendar.
    (x,) = [x for x in side.sett if x.nokkel == navn]
    line = next(li for li in x.grunnlag.linjer if li.versjon.rutine.id == rutine_id)
    klasse = x.grunnlag.typisk.opplegg.klasse
    kalender = Gyldighet(x.grunnlag.typisk.opplegg).kalender
    years = {2, 3} if (navn, rutine_id) == ("vestland", "praksisbesok") else {1, 2, 3, 4}
    always = line.versjon.rutine.gjelder.ferie == "ogsa"
    days = []
    for n in range((klasse.slutt - klasse.start).days + 1):
        day = klasse.start + timedelta(n)
        year = day.year - 2023 + (day.month >= 8)
        in_force = line.versjon.til is None or day <= line.versjon.til
        if year in years and in_force and (always or kalender.i_ferie(day) is None):
            days.append(year)
    counted = days[dager - 1 :: dager]
    assert list(line.krav) == [counted.count(year) for year in (1, 2, 3, 4)]


def test_summene_er_summen_av_slagene(side: Sammenligning) -> None:
    totals = {
        (total.niva, x.nokkel): cell for total in side.i_alt for x, cell in zip(side.sett, total.celler, strict=True)
    }
    for (niva, name), total in totals.items():
        assert total is not None
        if (niva, name) == ("deltaker", "vestland"):
            continue
        i = [x.nokkel for x in side.sett].index(name)
        parts = [cell for b in side.blokker if b.niva == niva and (cell := b.celler[i]) is not None]
        for year in range(5):
            numbers = [a.krav for a in (part.ar[year] for part in parts) if a.krav is not None]
            assert total.ar[year].krav == (
                (sum(n[0] for n in numbers), sum(n[1] for n in numbers)) if numbers else None
            )
    # In Vestland somebody with another benefit has no planned talk with Nav at all: 19 visits, and with KVP 3 or 4 more.
    assert [year_text(a, bare_tall=True) for a in totals["deltaker", "vestland"].ar] == [  # type: ignore[union-attr] # asserted above
        "19–22*", "19–23*", "19–23*", "1–5*", "58–73*",
    ]  # fmt: skip


def test_bare_settene_selv_bestemmer_rekkefolgen(side: Sammenligning) -> None:
    turned = compare([(x.nokkel, x.grunnlag.typisk) for x in reversed(side.sett)])
    assert [x.nokkel for x in turned.sett] == [x.nokkel for x in reversed(side.sett)]
    assert [(b.type, b.niva) for b in turned.blokker] == [(b.type, b.niva) for b in side.blokker]
    assert [b.celler for b in turned.blokker] == [tuple(reversed(b.celler)) for b in side.blokker]


def test_to_sett_med_samme_id_far_hver_sin_nokkel() -> None:
    one = sett(rutine("a", "behov = true"))
    made = compare([(name, _typical(one)) for name in ("a.toml", "b.toml", "c.toml")])
    assert [x.nokkel for x in made.sett] == ["mitt", "mitt-2", "mitt-3"]


def _typical(one: Rutinesett) -> Typisk:
    return typical(one, (), VANLIG, *TO_AR)


def test_et_tomt_ar_er_en_strek() -> None:
    assert year_text(Ar(1, None, None, behov=False, hendelse=False, antatt=False, delvis=False)) == "–"
