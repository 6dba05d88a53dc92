"""The bundled school calendars are sane: dates in order, breaks on weekdays, and nothing confirmed by guess."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from dateutil.easter import easter

SKOLERUTER: Final = Path(__file__).parents[2] / "skoleruter"
FERIER: Final = ("hostferie", "juleferie", "vinterferie", "paskeferie")
DELER: Final = {"forste", "siste", *FERIER, "fridager"}
RUTER: Final = {fil.stem: tomllib.loads(fil.read_text(encoding="utf-8")) for fil in sorted(SKOLERUTER.glob("*.toml"))}
SKOLEAR: Final = [
    pytest.param(ar, id=f"{rute}-{ar['id']}") for rute, innhold in RUTER.items() for ar in innhold["skolear"]
]
# The winter break of the place, by ISO week.
VINTERUKE: Final = {"oslo": 8, "akershus": 8, "vestland-bergen": 9}


def er_bekreftet(ar: dict[str, Any], del_: str) -> bool:
    svar: bool | dict[str, bool] = ar["bekreftet"]
    return svar if isinstance(svar, bool) else svar[del_]


def test_rutene_som_folger_med() -> None:
    assert list(RUTER) == ["akershus", "oslo", "vestland-bergen"]
    for navn, rute in RUTER.items():
        assert rute["skolerute"]["id"] == navn
        assert [ar["id"] for ar in rute["skolear"]] == [f"{y}-{y + 1}" for y in range(2023, 2028)]


@pytest.mark.parametrize("ar", SKOLEAR)
def test_skolearet_henger_sammen(ar: dict[str, Any]) -> None:
    forste, siste = ar["forste"], ar["siste"]
    y = int(ar["id"][:4])

    assert date(y, 8, 10) <= forste <= date(y, 8, 31)
    assert date(y + 1, 6, 10) <= siste <= date(y + 1, 6, 30)
    assert forste.weekday() < 5
    assert siste.weekday() < 5

    spenn = [tuple(ar["ferier"][navn]) for navn in FERIER]
    assert list(ar["ferier"]) == list(FERIER)
    assert spenn == sorted(spenn)
    for fra, til in spenn:
        assert forste < fra <= til < siste
    for (_, til), (fra, _) in pairwise(spenn):
        assert til < fra


@pytest.mark.parametrize("ar", SKOLEAR)
def test_feriene_ligger_der_de_skal(ar: dict[str, Any]) -> None:
    y = int(ar["id"][:4])
    ferier = {navn: tuple(spenn) for navn, spenn in ar["ferier"].items()}

    for navn in ("hostferie", "vinterferie"):
        fra, til = ferier[navn]
        assert (fra.weekday(), til - fra) == (0, timedelta(days=4)), navn
    jul_fra, jul_til = ferier["juleferie"]
    assert jul_fra <= date(y, 12, 25)
    assert jul_til >= date(y, 12, 31)
    forste_paskedag = easter(y + 1)
    paske_fra, paske_til = ferier["paskeferie"]
    assert paske_fra <= forste_paskedag - timedelta(days=6)
    assert paske_til >= forste_paskedag + timedelta(days=1)


@pytest.mark.parametrize("ar", SKOLEAR)
def test_fridager_er_hverdager_utenfor_feriene(ar: dict[str, Any]) -> None:
    fridager = ar["fridager"]

    assert fridager == sorted(set(fridager))
    for dag in fridager:
        assert ar["forste"] < dag < ar["siste"]
        assert dag.weekday() < 5
        assert not any(fra <= dag <= til for fra, til in ar["ferier"].values())


@pytest.mark.parametrize("ar", SKOLEAR)
def test_kilde_og_merke_for_hver_dato(ar: dict[str, Any]) -> None:
    bekreftet = ar["bekreftet"]

    assert bekreftet is True or set(bekreftet) == DELER
    assert ar["kilde"]
    if any(er_bekreftet(ar, del_) for del_ in DELER):
        assert "https://" in ar["kilde"], "a confirmed date has a source to look up"
    if bekreftet is not True:
        assert ar["merknad"], "says what is missing"


@pytest.mark.parametrize(("rute", "uke"), VINTERUKE.items())
def test_vinterferien_folger_stedet(rute: str, uke: int) -> None:
    uker = {ar["ferier"]["vinterferie"][0].isocalendar().week for ar in RUTER[rute]["skolear"]}

    assert uker == {uke}


def test_dager_skolen_selv_avgjor_er_utelatt() -> None:
    """Election day and the squeezed Friday may be moved by upper secondary schools in Oslo; teachers' planning days are the school's."""
    oslo, akershus = RUTER["oslo"]["skolear"][0], RUTER["akershus"]["skolear"][0]

    assert oslo["fridager"] == []
    assert not er_bekreftet(oslo, "fridager")
    assert akershus["fridager"] == [date(2024, 5, 10)]


def test_det_som_bare_er_monster_er_ikke_bekreftet() -> None:
    siste_ar = {rute: innhold["skolear"][-1] for rute, innhold in RUTER.items()}

    assert {rute: er_bekreftet(ar, "juleferie") for rute, ar in siste_ar.items()} == {
        "akershus": True, "oslo": False, "vestland-bergen": False,
    }  # fmt: skip
    assert er_bekreftet(siste_ar["oslo"], "forste")
    assert not any(er_bekreftet(siste_ar["vestland-bergen"], del_) for del_ in DELER)
