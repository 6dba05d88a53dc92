"""Workspaces and school calendars as models."""

from __future__ import annotations

import tomllib
from datetime import date, time

import pytest

from oppfolgingscli.modell.klasse import Datert, Deltaker, Fritak, Kalenderoppsett, Oppsett, Pause, Praksis
from oppfolgingscli.modell.skolerute import Skolerute
from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene

OPPSETT = """
format = 1
sprak = "nn"

[klasse]
id = "helsfyr-2023"
navn = "BUA-klassen"
rutinesett = "oslo"
skolerute = "ingen"
start = 2023-08-21
slutt = 2027-06-18
faser.mfy = { fra = 2024-08-19, til = 2026-06-19 }
eksamen.tverrfaglig = 2025-11-20

[personer.kl]
navn = "Kontaktlærer A"
epost = "kontaktlaerer@skole.example"
rolle = "kontaktlærer"
dager = ["tirsdag", "torsdag"]
opptatt = "kl.ics"

[[deltakere]]
id = "D01"
start = 2023-08-21
slutt = 2025-01-10
sluttarsak = "Fødselspermisjon"
gruppe = "med-grunnskole"
ytelse = [{ verdi = "KVP" }, { fra = 2024-08-21, verdi = "tiltakspenger" }]
praksis = [{ fra = 2024-01-08, til = 2024-06-14, ukedager = ["onsdag"], sted = "Barnehage 3" }]
pauser = [{ fra = 2024-03-01, grunn = "permisjon", registrert = 2024-02-20 }]
personer = { nav_veileder = "v3" }
fritak = [{ rutine = "trekantsamtale", grunn = "åpenbart unødvendig" }]
"""


def test_alt_som_kan_sta_i_et_oppsett() -> None:
    oppsett = Oppsett.model_validate(tomllib.loads(OPPSETT))
    assert oppsett.kalender == Kalenderoppsett()
    assert oppsett.kalender.tidsrom == (time(8, 30), time(15))
    assert oppsett.kalender.dager == (0, 1, 2, 3, 4)
    assert oppsett.klasse.faser["mfy"].til == date(2026, 6, 19)
    assert oppsett.klasse.eksamen == {"tverrfaglig": date(2025, 11, 20)}
    assert oppsett.personer["kl"].rolle == "kontaktlaerer"
    assert oppsett.personer["kl"].dager == (1, 3)
    assert oppsett.deltakere == (
        Deltaker(
            id="D01", start=date(2023, 8, 21), slutt=date(2025, 1, 10), sluttarsak="fodselspermisjon",
            gruppe=(Datert(verdi="med-grunnskole"),),
            ytelse=(Datert(verdi="kvp"), Datert(fra=date(2024, 8, 21), verdi="tiltakspenger")),
            praksis=(Praksis(fra=date(2024, 1, 8), til=date(2024, 6, 14), ukedager=(2,), sted="Barnehage 3"),),
            pauser=(Pause(fra=date(2024, 3, 1), grunn="permisjon", registrert=date(2024, 2, 20)),),
            personer={"nav_veileder": "v3"},
            fritak=(Fritak(rutine="trekantsamtale", grunn="åpenbart unødvendig"),),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("praksis", "kode"),
    [
        ([("2024-01-08", "2024-06-14"), ("2024-06-15", "2024-12-20")], None),
        ([("2024-01-08", "2024-06-14"), ("2024-06-14", "2024-12-20")], None),
        ([("2024-01-08", None), ("2024-06-14", "2024-12-20")], None),
        ([("2024-06-14", "2024-12-20"), ("2024-01-08", "2024-02-01")], None),
        ([("2024-06-14", "2024-06-13")], "slutt_for_start"),
    ],
)
def test_perioder_kan_overlappe_og_sta_i_alle_rekkefolger(
    praksis: list[tuple[str, str | None]], kode: str | None
) -> None:
    data = {"id": "D01", "praksis": [{"fra": fra, **({"til": til} if til else {})} for fra, til in praksis]}
    if kode is None:
        assert len(Deltaker.model_validate(data).praksis) == len(praksis)
        return
    with pytest.raises(Feltfeilene) as caught:
        Deltaker.model_validate(data)
    assert [fault.kode for fault in caught.value.feil] == [kode]


def test_en_deltaker_kan_ikke_slutte_for_starten() -> None:
    with pytest.raises((Feltfeil, Feltfeilene)):
        Deltaker.model_validate({"id": "D01", "start": "2024-01-02", "slutt": "2024-01-01"})


SKOLERUTE = """
format = 1
[skolerute]
id = "test"
navn = "Test"

[[skolear]]
id = "2024-2025"
forste = 2024-08-19
siste = 2025-06-20
bekreftet = { hostferie = true, siste = false, fridager = false }

[[skolear]]
id = "2023-2024"
forste = 2023-08-21
siste = 2024-06-21
ferier = { hostferie = [2023-10-02, 2023-10-06] }
fridager = ["20.11.2023"]
kilde = "oppdiktet"
bekreftet = false
"""


def test_en_skolerute_blir_skolear_i_rekkefolge() -> None:
    first, second = Skolerute.model_validate(tomllib.loads(SKOLERUTE)).skolear_data()
    assert (first.id, second.id) == ("2023-2024", "2024-2025")
    assert first.ferier == {"hostferie": (date(2023, 10, 2), date(2023, 10, 6))}
    assert first.fridager == (date(2023, 11, 20),)
    assert {"forste", "siste", "hostferie", "fridager"} <= first.ubekreftet
    assert second.ubekreftet == {"siste", "fridager"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2023-10-06]", "2023-10-01]"),
        ("[2023-10-02, 2023-10-06]", "[2023-10-02]"),
        ("hostferie = [", "høst = ["),
        ("forste = 2023-08-21", "forste = 2024-08-21"),
        ('id = "2023-2024"', 'id = "2023-2025"'),
        ("20.11.2023", "20.11.2024"),
        ("bekreftet = false", 'bekreftet = "nei"'),
    ],
)
def test_skoleruter_som_ikke_gar_opp(old: str, new: str) -> None:
    assert old in SKOLERUTE
    text = SKOLERUTE.replace(old, new).replace("høst", '"høst"')
    with pytest.raises((Feltfeil, Feltfeilene)):
        Skolerute.model_validate(tomllib.loads(text))
