"""Every follow-up routine of the evaluation report is in one routine file, once, and says what the report says."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import pytest

ROT: Final = Path(__file__).parents[2]
RUTINER: Final = ROT / "rutiner"

# id: (file, grunnlag, niva, frequency). S = written, P = practice, L = planned; D = participant, K = class.
# A frequency in words is vague in the report and must stay without a number and a deadline.
INVENTAR: Final[dict[str, tuple[str, str, str, dict[str, Any] | str]]] = {
    "OSL-01": ("oslo", "S", "K", {"antall": 1, "per": "semester"}),
    "OSL-02": ("oslo", "S", "D", {"antall": 1, "per": "semester"}),
    "OSL-03": ("oslo", "S", "D", "etter"),
    "OSL-04": ("oslo", "S", "D", {"milepael": "semester-slutt:var", "innen": "0 dager"}),
    "OSL-05": ("oslo", "S", "D", "behov"),
    "OSL-06": ("oslo", "S", "D", "behov"),
    "OSL-07": ("oslo", "S", "D", {"milepael": "oppstart"}),
    "OSL-08": ("oslo", "S", "D", {"milepael": "skolear-slutt:3", "innen": "0 dager"}),
    "OSL-09": ("oslo", "S", "D", "behov"),
    "OSL-10": ("oslo", "P", "D", {"antall": 2, "per": "semester"}),
    "OSL-11": ("oslo", "P", "K", {"antall": 1, "per": "maned"}),
    "OSL-12": ("oslo", "P", "K", {"antall": 1, "per": "semester"}),
    "OSL-13": ("oslo", "P", "D", {"antall": 4, "per": "semester"}),
    "OSL-14": ("oslo", "P", "D", "behov"),
    "OSL-15": ("oslo", "P", "K", {"antall": 2, "per": "uke"}),
    "OSL-16": ("oslo", "S", "D", "ved"),
    "OSL-17": ("oslo", "S", "D", "ved"),
    "OSL-18": ("oslo", "S", "D", "etter"),
    "OSL-19": ("oslo", "S", "D", "etter"),
    "OSL-20": ("oslo", "S", "D", "ved"),
    "OSL-21": ("oslo", "P", "D", "behov"),
    "OVK-01": ("ost-viken", "P", "D", "behov"),
    "OVK-02": ("ost-viken", "P", "D", "behov"),
    "OVK-03": ("ost-viken", "P", "D", "behov"),
    "OVK-04": ("ost-viken", "P", "K", "behov"),
    "OVK-05": ("ost-viken", "P", "D", "ved"),
    "OVK-06": ("ost-viken", "P", "D", "ved"),
    "OVK-07": ("ost-viken", "P", "D", "behov"),
    "SOR-01": ("sorumsand", "P", "D", {"antall": 2, "per": "skolear"}),
    "SOR-02": ("sorumsand", "P", "K", {"hver": "1 måned", "senest": "2 måneder"}),
    "SOR-03": ("sorumsand", "P", "K", {"antall": 1, "per": "maned"}),
    "SOR-04": ("sorumsand", "P", "D", "behov"),
    "SOR-05": ("sorumsand", "P", "D", {"hver": "2 uker"}),  # the first version; the second is below
    "SOR-06": ("sorumsand", "P", "D", "behov"),
    "VES-01": ("vestby", "P", "D", {"hver": "3 uker"}),
    "VES-02": ("vestby", "P", "D", {"minst": 3, "inntil": 4, "per": "skolear"}),
    "VES-03": ("vestby", "P", "K", "behov"),
    "VES-04": ("vestby", "P", "D", "behov"),
    "VES-05": ("vestby", "P", "D", "behov"),
    "VLD-01": ("vestland", "P", "K", {"minst": 3, "inntil": 4, "per": "semester"}),
    "VLD-02": ("vestland", "P", "D", {"hver": "3 måneder"}),
    "VLD-03": ("vestland", "P", "D", {"milepael": "slutt"}),
    "VLD-04": ("vestland", "P", "K", {"antall": 1, "per": "uke"}),
    "VLD-05": ("vestland", "P", "K", "behov"),
    "VLD-06": ("vestland", "P", "D", {"hver": "2 uker"}),
    "VLD-07": ("vestland", "P", "K", "behov"),
    "VLD-08": ("vestland", "P", "D", {"hver": "2 uker", "senest": "3 uker"}),
    "VLD-09": ("vestland", "P", "K", "behov"),
    "VLD-10": ("vestland", "L", "K", {"minst": 1, "inntil": 2, "per": "semester"}),
    "VLD-11": ("vestland", "P", "D", "ved"),
    "VLD-12": ("vestland", "P", "D", "behov"),
}
# Facts about the courses sit on a phase or a role; those about the participants in the examples.
STRUKTUR: Final = {
    "STR-01": "oslo", "STR-02": "vestby", "STR-03": "sorumsand", "STR-04": "vestland",
    "STR-05": "vestland", "STR-06": "vestland", "STR-07": "vestland", "STR-11": "oslo",
}  # fmt: skip
I_EKSEMPLENE: Final = ("STR-08", "STR-09", "STR-10")

# The numbers that are ours: the report names the duty, not the number.
ANTATT: Final = {
    "OSL-04", "OSL-07", "OSL-08", "SOR-03", "SOR-05", "VES-01", "VLD-02", "VLD-03", "VLD-06", "VLD-10",
}  # fmt: skip
GRUNNLAG: Final = {"S": "skriftlig", "P": "praksis", "L": "planlagt"}
NIVA: Final = {"D": "deltaker", "K": "klasse"}


def les(fil: Path) -> dict[str, Any]:
    return tomllib.loads(fil.read_text(encoding="utf-8"))


SETT: Final = {fil.stem: les(fil) for fil in sorted(RUTINER.glob("*.toml"))}
RUTINENE: Final = [(navn, r) for navn, sett in SETT.items() for r in sett.get("rutiner", [])]


def kilde_ider(tabell: dict[str, Any]) -> list[str]:
    ider = tabell.get("kilde_id", [])
    return [ider] if isinstance(ider, str) else list(ider)


def versjoner(kilde_id: str) -> list[dict[str, Any]]:
    return [rutine for _, rutine in RUTINENE if kilde_id in kilde_ider(rutine)]


def test_hvert_punkt_i_kilden_er_en_rutine_og_bare_en() -> None:
    steder: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for sett, rutine in RUTINENE:
        for kilde_id in kilde_ider(rutine):
            steder[kilde_id].add((sett, rutine["id"]))

    assert {k: len(v) for k, v in steder.items()} == dict.fromkeys(INVENTAR, 1)
    assert {k: next(iter(v))[0] for k, v in steder.items()} == {k: v[0] for k, v in INVENTAR.items()}


def test_strukturen_i_lopene_star_pa_faser_roller_og_i_eksemplene() -> None:
    steder: dict[str, list[str]] = defaultdict(list)
    for sett, innhold in SETT.items():
        for tabell in [*innhold.get("faser", []), *innhold.get("roller", {}).values()]:
            for kilde_id in kilde_ider(tabell):
                steder[kilde_id].append(sett)

    assert dict(steder) == {kilde_id: [sett] for kilde_id, sett in STRUKTUR.items()}
    eksemplene = "".join(f.read_text(encoding="utf-8") for f in (ROT / "eksempler").glob("*/oppfolging.toml"))
    assert [k for k in (*STRUKTUR, *I_EKSEMPLENE) if k not in eksemplene] == []


@pytest.mark.parametrize("kilde_id", INVENTAR)
def test_rutinen_sier_det_kilden_sier(kilde_id: str) -> None:
    _, grunnlag, niva, frekvens = INVENTAR[kilde_id]
    versjon = versjoner(kilde_id)[0]

    assert (versjon["grunnlag"], versjon["niva"]) == (GRUNNLAG[grunnlag], NIVA[niva])
    assert versjon["kilde"].startswith("kap. ")
    if isinstance(frekvens, str):
        assert frekvens in versjon["frekvens"]
    else:
        assert {k: versjon["frekvens"].get(k) for k in frekvens} == frekvens


@pytest.mark.parametrize("kilde_id", [k for k, v in INVENTAR.items() if isinstance(v[3], str)])
def test_en_vag_plikt_far_verken_tall_eller_frist(kilde_id: str) -> None:
    for versjon in versjoner(kilde_id):
        assert set(versjon["frekvens"]) in ({"behov"}, {"ved"}, {"etter"})


def test_tall_som_er_vare_er_merket_og_begrunnet() -> None:
    antatt = {k for _, r in RUTINENE if r.get("antatt") for k in kilde_ider(r)}

    assert antatt == ANTATT
    for _, rutine in RUTINENE:
        if rutine.get("antatt"):
            assert "Antatt:" in rutine["merknad"], rutine["id"]
        if rutine.get("varighet"):
            assert "Varigheten er antatt" in rutine["merknad"], rutine["id"]


def test_nav_samtalene_i_vestland_deler_ett_punkt_i_kilden() -> None:
    samtaler = {r["id"]: r for s, r in RUTINENE if s == "vestland" and r["type"] == "nav-samtale"}
    ytelser = [y for r in samtaler.values() for y in r["gjelder"]["ytelse"]]

    assert len(ytelser) == len(set(ytelser)), "a benefit has one interval"
    assert [k for k, r in samtaler.items() if kilde_ider(r)] == ["nav-samtale-kvp"]
    assert all("VLD-02" in r["merknad"] for k, r in samtaler.items() if k != "nav-samtale-kvp")


def test_sorumsand_endret_rutinen_underveis() -> None:
    forste, andre = versjoner("SOR-05")

    assert forste["id"] == andre["id"]
    assert "hver" in forste["frekvens"]
    assert andre["frekvens"] == {"behov": True}
    assert (andre["gjelder_fra"] - forste["gjelder_til"]).days == 1


def test_praksis_og_sommer_i_ost_viken() -> None:
    assert versjoner("OVK-03")[0]["gjelder"] == {"i_praksis": True, "ferie": ["sommerferie"]}
    for kilde_id in ("OSL-13", "SOR-05", "VES-01", "VLD-06", "VLD-08"):
        assert versjoner(kilde_id)[0]["gjelder"]["i_praksis"], kilde_id


@pytest.mark.parametrize("sett", SETT)
def test_navn_pa_bokmal_nynorsk_og_engelsk(sett: str) -> None:
    innhold = SETT[sett]
    tabeller = [
        innhold["rutinesett"], *innhold.get("roller", {}).values(),
        *innhold.get("faser", []), *innhold["rutiner"],
    ]  # fmt: skip

    for tabell in tabeller:
        assert set(tabell["navn"]) == {"nb", "nn", "en"}, tabell
        assert all(tabell["navn"].values())
    nynorsk = " ".join(t["navn"]["nn"] for t in tabeller).lower()
    bare_bokmal = r"\w*(?:deltaker|skole|veileder|lærer)\w*|\b(?:uke\w*|ikke|fra|en)\b"
    assert re.findall(bare_bokmal, nynorsk) == []


@pytest.mark.parametrize("sett", SETT)
def test_hode_og_roller(sett: str) -> None:
    innhold = SETT[sett]
    hode = innhold["rutinesett"]
    grunn = SETT[hode["bygger_pa"]] if "bygger_pa" in hode else {"roller": {}}
    roller = grunn["roller"] | innhold.get("roller", {})

    assert hode["id"] == sett
    assert hode["gjelder_fra"].isoformat() == "2023-08-01"
    for rutine in innhold["rutiner"]:
        nevnt = {rutine["ansvarlig"], *rutine.get("deltar", []), *rutine.get("krever", [])}
        assert nevnt <= roller.keys(), rutine["id"]
