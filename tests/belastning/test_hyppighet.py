"""How often there is time, worked out by hand: the routine above, the arithmetic below."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from belastning.klasser import skriv_klasse
from hjelp import Kjor

PRAKSIS = "praksis = [{{ fra = 2024-09-02 }}]"
BESOK = """
[[rutiner]]
id = "besok"
navn = "Besøk"
type = "bedriftsbesok"
niva = "deltaker"
ansvarlig = "laerer"
deltar = ["deltaker"]
varighet = "60 minutter"
frekvens = { hver = "3 uker", senest = "4 uker" }
gjelder = { i_praksis = true }
"""
LAG = """
[[rutiner]]
id = "lag"
navn = "Lag"
type = "lagmote"
niva = "klasse"
ansvarlig = "laerer"
varighet = "30 minutter"
frekvens = { antall = 1, per = "uke" }
"""
SAMTALE = """
[[rutiner]]
id = "samtale"
navn = "Samtale"
type = "elevsamtale"
niva = "deltaker"
ansvarlig = "laerer"
varighet = "30 minutter"
frekvens = { minst = 1, inntil = 2, per = "uke" }
"""
SLUTT = "2024-10-11"  # six weeks, thirty working days


def both(kjor: Kjor, mappe: Path, *words: str) -> tuple[list[dict[str, Any]], str]:
    options: tuple[str | Path, ...] = ("belastning", "--mappe", mappe, "--per", "2024-09-02", *words)
    answer = json.loads(kjor(*options, "--format", "json").stdout)
    text = kjor(*options)
    assert text.exit_code == 0, text.stderr
    return answer["hyppighet"], " ".join(text.stdout.replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("words", "minutter", "mulig", "sagt"),
    [
        # 13 x 60 min = 13 h a round; 10 % = 3.75 h a week; 13 / 3.75 = 3.4667 weeks: every 4th.
        ((), 60, 13 / 3.75, "13 deltakere kan besøkes hver 4. uke, ikke hver 3."),
        # 13 x 75 min = 16.25 h; / 3.75 = 4.3333: every 5th.
        (("--varighet", "bedriftsbesok=75"), 75, 13 / 3, "13 deltakere kan besøkes hver 5. uke, ikke hver 3."),
        # The same by an hour's visit and a quarter of travel, or of preparing it.
        (("--reise", "besok=15"), 75, 13 / 3, "13 deltakere kan besøkes hver 5. uke, ikke hver 3."),
        (("--forberedelse", "besok=15"), 75, 13 / 3, "13 deltakere kan besøkes hver 5. uke, ikke hver 3."),
        # 13 x 45 min = 9.75 h; / 3.75 = 2.6: every 3rd, as the routine says.
        (("--varighet", "besok=45"), 45, 2.6, "13 deltakere kan besøkes hver 3. uke; rutinen sier hver 3. uke."),
        # 15 % = 5.625 h a week: 13 / 5.625 = 2.3111.
        (("--avsatt", "laerer=15%"), 60, 13 / 5.625, "13 deltakere kan besøkes hver 3. uke; rutinen sier hver 3. uke."),
        # 20 like them: 20 h a round / 3.75 = 5.3333.
        (("--deltakere", "20"), 60, 20 / 3.75, "20 deltakere kan besøkes hver 6. uke, ikke hver 3."),
    ],
)
def test_vestby_ten_per_cent_and_thirteen_participants(
    kjor: Kjor, tmp_path: Path, words: tuple[str, ...], minutter: float, mulig: float, sagt: str
) -> None:
    rows, text = both(kjor, skriv_klasse(tmp_path, BESOK, 13, slutt=SLUTT, praksis=PRAKSIS), *words)
    (found,) = rows
    assert (found["regel"], found["minutter"], found["uker"], found["annet"]) == (3, minutter, 6, 0)
    assert found["mulig"] == found["alene"] == pytest.approx(mulig, abs=1e-6)
    assert found["rekker"] == (mulig <= 3)
    assert sagt in text


def test_the_whole_arithmetic_is_shown(kjor: Kjor, tmp_path: Path) -> None:
    """A weekly half hour with the class takes 3 of the 22.5 hours: 19.5 left, 3.25 a week; 13 / 3.25 = 4 to the day."""
    mappe = skriv_klasse(tmp_path, BESOK + LAG, 13, slutt=SLUTT, praksis=PRAKSIS)
    found, text = both(kjor, mappe)
    besok, lag = found
    assert (besok["avsatt"], besok["annet"], besok["igjen"], besok["mulig"]) == (22.5, 3, 19.5, 4)
    assert (
        "Lærer, 10 % = 3,75 timer i uka: 13 deltakere kan besøkes hver 4. uke, ikke hver 3. Regnet slik: "
        "13 × 60 minutter = 13 timer for hver runde. 6 uker × 3,75 timer = 22,5 timer avsatt; det andre i planen tar "
        "3 timer av dem, så det er 19,5 timer igjen. Det er 3,25 timer i uka: 13 timer / 3,25 timer = 4 uker mellom hver "
        "gang. Gikk alt det avsatte til dette: hver 4. uke."
    ) in text
    # The visits of the plan are those on days up to 11 October; what they leave is for the weekly half hour.
    assert (lag["niva"], lag["slag"], lag["regel"], lag["subjekter"], lag["omganger"]) == ("klasse", "antall", 1, 1, 6)
    assert lag["mulig"] == pytest.approx((22.5 - lag["annet"]) / 3, abs=1e-6)


@pytest.mark.parametrize(
    ("words", "mulig", "sagt"),
    [
        # 13 x 6 weeks x 30 min = 39 h for once a week; 22.5 / 39 = 0.577.
        ((), 22.5 / 39, "det er ikke tid til «Samtale» 1 til 2 ganger i uken"),
        # 20 % = 45 h: 45 / 39 = 1.15: once, as the least the routine says.
        (
            ("--avsatt", "laerer=20 %"),
            45 / 39,
            "13 deltakere kan ha «Samtale» 1 gang i uken; rutinen sier 1 til 2 ganger",
        ),
    ],
)
def test_a_count_in_a_period(kjor: Kjor, tmp_path: Path, words: tuple[str, ...], mulig: float, sagt: str) -> None:
    rows, text = both(kjor, skriv_klasse(tmp_path, SAMTALE, 13, slutt=SLUTT), *words)
    (found,) = rows
    assert (found["slag"], found["per"], found["regel"], found["omganger"]) == ("antall", "uke", 1, 78)
    assert found["mulig"] == pytest.approx(mulig, abs=1e-6)
    assert found["rekker"] == (mulig >= 1)
    assert sagt in text


def test_exempt_and_paused_participants_take_no_time(kjor: Kjor, tmp_path: Path) -> None:
    """Of three, one is exempt and one is away the last three weeks: 6 + 3 participant-weeks in 6 weeks, 1.5 on average."""
    mappe = skriv_klasse(tmp_path, BESOK, 3, slutt=SLUTT, praksis=PRAKSIS)
    setup = (mappe / "oppfolging.toml").read_text(encoding="utf-8")
    setup = setup.replace('id = "D01"', 'id = "D01"\nfritak = [{ rutine = "besok" }]')
    setup = setup.replace('id = "D02"', 'id = "D02"\npauser = [{ fra = 2024-09-23, til = 2024-10-11 }]')
    (mappe / "oppfolging.toml").write_text(setup, encoding="utf-8")
    rows, text = both(kjor, mappe)
    (found,) = rows
    assert (found["subjekter"], found["omganger"], found["mulig"]) == (1.5, 9, pytest.approx(1.5 / 3.75))
    assert "i snitt 1,5 deltakere kan besøkes hver uke; rutinen sier hver 3. uke." in text
