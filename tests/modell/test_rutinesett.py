"""Routine files as models: TOML at the top, what it means below."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from oppfolgingscli.modell.anker import Anker
from oppfolgingscli.modell.frekvens import Antall, Behov, Etter, Hver, Milepael, Ved, parse_frekvens
from oppfolgingscli.modell.rutinesett import Fase, FaseAnker, Gjelder, Rutine, Rutinefil, as_json
from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene
from oppfolgingscli.tid.varighet import Varighet

ALT = """
format = 1
merknad = "alt som kan stå i en rutinefil"

[rutinesett]
id = "prove"
navn = { nb = "Prøvesett", nn = "Prøvesett", en = "Test set" }
fylke = "Oslo"
skole = "Prøveskolen"
kilde = "oppdiktet"
gjelder_fra = 2023-08-01
bygger_pa = "ost-viken"

[roller.kontaktlaerer]
navn = "Kontaktlærer"
etat = "Skule"
portefolje = 26
avsatt = "10 %"
kilde_id = ["OSL-1", "OSL-2"]

[[faser]]
id = "mfy"
navn = "Modul"
fra = { milepael = "fase-slutt:forkurs", fra = "1 dag" }
til = "19.06.2026"
skolerute = false

[[rutiner]]
id = "elevsamtale"
navn = "Samtale"
type = "Elevsamtale"
niva = "deltaker"
ansvarlig = "kontaktlærer"
deltar = "deltaker"
krever = ["kontaktlaerer"]
varighet = "1 time 30 min"
grunnlag = "skriftlig"
kilde_id = "OSL-10"
antatt = true
merknad = "tallet er vårt"
frekvens = { minst = 3, inntil = 4, per = "skoleår", minst_mellom = "2 uker", helst = "start", sent_til = "60 dager" }
gjelder = { skolear = 1, fase = "mfy", gruppe = ["Uten-Grunnskole"], ytelse = ["kvp"], i_praksis = true, ferie = ["høstferie", "Sommerferie"] }
gjelder_fra = 2024-08-01
gjelder_til = "31.07.2025"
teller_ogsa = ["trekantsamtale"]
"""


def test_alt_som_kan_sta_i_en_rutinefil() -> None:
    fil = Rutinefil.model_validate(tomllib.loads(ALT))
    assert fil.rutinesett.navn == {"nb": "Prøvesett", "nn": "Prøvesett", "en": "Test set"}
    rolle = fil.roller["kontaktlaerer"]
    assert (rolle.etat, rolle.portefolje, rolle.avsatt, rolle.kilde_id) == ("skole", 26, "10 %", ("OSL-1", "OSL-2"))
    (fase,) = fil.faser
    assert fase.fra == FaseAnker(milepael=Anker("fase-slutt", navn="forkurs"), fra=Varighet(1, "dag"))
    assert fase.til == date(2026, 6, 19)
    assert not fase.skolerute
    (rutine,) = fil.rutiner
    assert (rutine.type, rutine.ansvarlig, rutine.deltar, rutine.varighet) == (
        "elevsamtale",
        "kontaktlaerer",
        ("deltaker",),
        90,
    )
    assert rutine.frekvens == Antall(
        minst=3,
        inntil=4,
        per="skolear",
        minst_mellom=Varighet(2, "uke"),
        helst="start",
        sent_til=Varighet(60, "dag"),
    )
    assert rutine.gjelder == Gjelder(
        skolear=(1,),
        fase=("mfy",),
        gruppe=("uten-grunnskole",),
        ytelse=("kvp",),
        i_praksis=True,
        ferie=("hostferie", "sommerferie"),
    )
    assert (rutine.gjelder_fra, rutine.gjelder_til) == (date(2024, 8, 1), date(2025, 7, 31))


def _rutine(**more: object) -> dict[str, Any]:
    return {
        "id": "r", "navn": "R", "type": "samtale", "niva": "deltaker", "ansvarlig": "skole", "frekvens": {"behov": True}, **more,
    }  # fmt: skip


def test_resten_har_fornuftige_standardverdier() -> None:
    rutine = Rutine.model_validate(_rutine())
    assert (rutine.deltar, rutine.krever, rutine.varighet, rutine.grunnlag, rutine.antatt) == (
        (),
        (),
        None,
        "praksis",
        False,
    )
    assert rutine.gjelder == Gjelder()
    assert rutine.gjelder.ferie == "aldri"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"antall": 2, "per": "halvår"}, Antall(minst=2, inntil=2, per="semester")),
        ({"minst": 2, "per": "uke"}, Antall(minst=2, inntil=2, per="uke")),
        ({"inntil": 2, "per": "uke"}, Antall(minst=0, inntil=2, per="uke")),
        ({"hver": "3 uker"}, Hver(hver=Varighet(3, "uke"), senest=Varighet(3, "uke"), forste_innen=Varighet(3, "uke"))),
        ({"hver": "3 uker", "senest": "4 veker"}, Hver(hver=Varighet(3, "uke"), senest=Varighet(4, "uke"), forste_innen=Varighet(4, "uke"))),
        ({"milepael": "oppstart"}, Milepael(milepael=Anker("oppstart"), fra=Varighet(0, "dag"), innen=Varighet(4, "uke"))),
        ({"milepael": "slutt", "fra": "-8 uker", "innen": "0 dager"},
         Milepael(milepael=Anker("slutt"), fra=Varighet(-8, "uke"), innen=Varighet(0, "dag"))),
        ({"ved": "høyt_fravær", "innen": "3 virkedager"}, Ved(ved=("hoyt_fravaer",), innen=Varighet(3, "virkedag"))),
        ({"ved": ["fravaer", "avbrudd"], "samle": "14 dager"}, Ved(ved=("fravaer", "avbrudd"), samle=Varighet(14, "dag"))),
        ({"etter": "egenrapport"}, Etter(etter=("egenrapport",))),
        ({"behov": True}, Behov(behov=True)),
    ],
)  # fmt: skip
def test_de_seks_slagene_frekvens(written: dict[str, Any], meant: object) -> None:
    assert parse_frekvens(written) == meant


@pytest.mark.parametrize(
    ("written", "kode"),
    [
        ({"antall": 0, "per": "uke"}, "utenfor"),
        ({"antall": 2, "per": "uke", "hver": "1 uke"}, "to_slag"),
        ({"minst": 2, "inntil": 1, "per": "uke"}, "inntil_for_liten"),
        ({"inntil": 0, "per": "uke"}, "utenfor"),
        ({"per": "uke"}, "mangler"),
        ({"antall": 2}, "mangler"),
        ({}, "ingen_frekvens"),
        ({"hver": "2 uker", "senest": "13 dager"}, "senest_for_kort"),
        ({"hver": "1 måned", "senest": "30 dager"}, None),  # a month is 30 clock days
        ({"hver": "10 skoledager"}, "feil_enhet"),
        ({"milepael": "oppstart", "fra": "5 uker"}, "fra_etter_innen"),
        ({"milepael": "oppstart", "fra": "1 måned", "innen": "30 dager"}, None),  # true in February: not a sure fault
        ({"ved": []}, "tom_verdi"),
        ({"etter": "a", "innen": "-1 dag"}, "ugyldig_varighet"),
        ({"behov": False}, "utenfor"),
    ],
)
def test_frekvenser_som_ikke_gar_opp(written: dict[str, Any], kode: str | None) -> None:
    if kode is None:
        parse_frekvens(written)
        return
    with pytest.raises((Feltfeil, Feltfeilene)) as caught:
        parse_frekvens(written)
    error = caught.value
    assert isinstance(error, Feltfeil | Feltfeilene)
    assert [fault.kode for fault in (error.feil if isinstance(error, Feltfeilene) else [error])] == [kode]


def test_alle_feil_i_en_rutine_pa_en_gang() -> None:
    with pytest.raises(Feltfeilene) as caught:
        Rutine.model_validate(_rutine(
            niva="klasse", gjelder={"i_praksis": True, "fase": 7}, antatt=True, gjelder_fra="2024-13-01", ukjent=1,
        ))  # fmt: skip
    assert {(fault.kode, fault.sti) for fault in caught.value.feil} == {
        ("feil_type", ("gjelder", "fase")),
        ("ugyldig_dato", ("gjelder_fra",)),
        ("ukjent_nokkel", ("ukjent",)),
        ("mangler", ("antatt",)),
    }


def test_en_klasserutine_tar_ikke_vilkar_om_den_enkelte() -> None:
    with pytest.raises(Feltfeilene) as caught:
        Rutine.model_validate(
            _rutine(niva="klasse", gjelder={"i_praksis": True, "gruppe": "a", "ytelse": "b", "fase": "c"})
        )
    assert [fault.sti[-1] for fault in caught.value.feil] == ["gruppe", "ytelse", "i_praksis"]


def test_en_fase_har_skolear_eller_datoer() -> None:
    Fase.model_validate({"id": "f", "navn": "F"})
    with pytest.raises(Feltfeil):
        Fase.model_validate({"id": "f", "navn": "F", "skolear": [1], "til": date(2024, 6, 1)})
    with pytest.raises(Feltfeil):
        Fase.model_validate({"id": "f", "navn": "F", "fra": date(2024, 6, 2), "til": date(2024, 6, 1)})


def test_som_json() -> None:
    frekvens = parse_frekvens({"milepael": "eksamen:norsk", "fra": "-2 uker"})
    assert as_json(frekvens) == {
        "merknad": None, "milepael": "eksamen:norsk", "fra": "-2 uker", "innen": "4 uker", "helst": None, "sent_til": None,
    }  # fmt: skip
