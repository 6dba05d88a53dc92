"""`sjekk --forklar`: every reason a contact is credited to a point or not, and the numbers behind a point."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from oppfolgingscli.forklar import GRUNNER, explain, find
from oppfolgingscli.les.logg import read_logg
from vurder.hjelp import Prove

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor

RUTINER = """
[[rutiner]]
id = "samtale"
krever = ["deltaker"]
frekvens = { antall = 1, per = "semester", minst_mellom = "1 uke" }
[[rutiner]]
id = "annen"
type = "mote"
frekvens = { behov = true }
"""


@pytest.fixture
def prove(tmp_path: Path) -> Prove:
    return Prove(tmp_path)


def reasons(prove: Prove, per: str, point: str, kjent: str | None = None) -> dict[str, str]:
    """Return contact id -> why, for one point."""
    known = date.fromisoformat(kjent) if kjent else None
    vurdering = prove.vurder(per, kjent)
    asked = find(vurdering, point)
    assert asked is not None
    (f,) = explain(vurdering, read_logg(prove.mappe, known), {}, *asked).forklaringer
    return {d.kontakt.id: d.grunn for d in f.kontakter}


@pytest.mark.parametrize(
    ("logg", "grunn"),
    [
        ("a;2023-09-05;samtale;;;;", "kreditert"),
        ("a;2023-09-05;mote;;;;", "annen_type"),
        ("a;2023-09-05;samtale;annen;;;", "annen_rutine"),
        ("a;2023-09-05;samtale;;;;2024-02-02", "etter_kjent"),
        ("a;2024-01-25;samtale;;;;", "etter_per"),
        ("a;2023-09-05;samtale;;;avlyst;", "avlyst"),
        ("a;2023-09-05;samtale;;;ikke_mott;", "ikke_mott"),
        ("a;2023-09-05;samtale;;;utsatt;", "utsatt"),
        ("a;2023-09-05;samtale;;l1;;", "ufullstendig"),
        ("0;2023-09-05;samtale;;;;\na;2023-09-05;samtale;;;;", "duplikat"),
        ("a;2023-09-04;samtale;;;;\na;2023-09-05;samtale;;;;", "duplikat"),
        ("0;2023-09-01;samtale;;;;\na;2023-09-05;samtale;;;;", "for_naer"),
        ("a;2023-08-14;samtale;;;;", "for_tidlig"),
        ("0;2023-09-01;samtale;;;;\na;2023-10-05;samtale;;;;", "annen_valgt"),
    ],
)
def test_why(prove: Prove, logg: str, grunn: str) -> None:
    """The autumn's talk on 20 January, as known on 1 February. Row ``a`` is asked about."""
    prove.skriv(RUTINER, f"id;dato;type;rutine;deltok;status;registrert\n{logg}")
    vurdering = prove.vurder("2024-01-20", "2024-02-01")
    asked = find(vurdering, "samtale/D01/2023-host/1")
    assert asked is not None
    log = read_logg(prove.mappe, date(2024, 2, 1))
    (f,) = explain(vurdering, log, {"l1": "laerer"}, *asked).forklaringer
    assert [d.grunn for d in f.kontakter if d.kontakt.id == "a"][-1] == grunn
    assert grunn in GRUNNER
    if grunn == "ufullstendig":
        assert f.kontakter[0].mangler == ("deltaker",)


def test_too_late_and_credited_elsewhere(prove: Prove) -> None:
    """2 January is the spring's; for the autumn it is a day too late."""
    prove.skriv(RUTINER, "id;dato\na;2024-01-02\nb;2024-01-12")
    assert reasons(prove, "2024-02-20", "samtale/D01/2023-host/1") == {"a": "brukt", "b": "for_sen"}


def test_an_exempt_point_takes_nothing(prove: Prove) -> None:
    fritak = '[[deltakere]]\nid = "D01"\nfritak = [{ rutine = "samtale", grunn = "hemmelig" }]'
    prove.skriv(RUTINER, "id;dato\na;2023-09-05", deltakere=fritak)
    assert reasons(prove, "2024-01-20", "k/samtale/D01/2023-host/1") == {"a": "fritatt"}


def test_on_a_clock_that_stands_still(prove: Prove) -> None:
    """Two visits in the autumn break are on one position of the clock: the second ends nothing."""
    prove.skriv(
        '[[rutiner]]\nid = "besok"\nfrekvens = { hver = "3 uker", senest = "4 uker" }',
        "id;dato\na;2023-10-03\nb;2023-10-05",
    )
    assert reasons(prove, "2023-10-08", "besok/D01/1/1") == {"a": "kreditert", "b": "utenfor_klokka"}


def test_the_clock_of_an_interval(prove: Prove) -> None:
    """Visit on 5 Sep = clock day 16. On 18 Oct: Aug 11 + Sep 29 + Oct 9.–18. = 50, so 34 are gone, 28 allowed."""
    prove.skriv('[[rutiner]]\nid = "besok"\nfrekvens = { hver = "3 uker", senest = "4 uker" }', "id;dato\na;2023-09-05")
    vurdering = prove.vurder("2023-10-18")
    asked = find(vurdering, "besok/D01/2/1")
    assert asked is not None
    (f,) = explain(vurdering, read_logg(prove.mappe), {}, *asked).forklaringer
    assert f.klokke is not None
    assert f.klokke.apnet_av is not None
    assert (f.klokke.apnet_av.id, f.klokke.gatt, f.klokke.frist) == ("a", 34, 28)
    assert (f.sent_til_fra, f.vurdert.dager_sen) == ("neste_frist", 6)
    assert f.dager.ferier == (("hostferie", date(2023, 9, 30), date(2023, 10, 8)),)


def test_days_and_what_cut_them(kjor: Kjor, prove: Prove) -> None:
    """Autumn 2023 has 83 school days; a pause 6–26 November takes 15 of them and scales 2 to round(2·68/83) = 2."""
    prove.skriv(
        '[[rutiner]]\nid = "samtale"\nfrekvens = { antall = 2, per = "semester" }',
        deltakere='[[deltakere]]\nid = "D01"\npauser = [{ fra = 2023-11-06, til = 2023-11-26, grunn = "sykdom" }]',
    )
    words = ("sjekk", "--mappe", prove.mappe, "--per", "2024-01-20", "--forklar", "samtale/D01/2023-host/2")
    found: dict[str, Any] = json.loads(kjor(*words, "--format", "json").stdout)
    (row,) = found["forklaringer"]
    assert row["dager"] == {
        "forste": "2023-08-21", "siste": "2023-12-20", "antall": 68, "av": 83,
        "ferier": [{"navn": "hostferie", "fra": "2023-09-30", "til": "2023-10-08"}],
        "pauser": [{"fra": "2023-11-06", "til": "2023-11-26"}],
    }  # fmt: skip
    assert row["sent_til_fra"] == "neste_vindu"
    assert row["status"] == "mangler"
    text = kjor(*words).stdout
    assert "Dager som teller: 68 av 83 i perioden." in text
    assert "Pauser: 6. november – 26. november 2023." in text
    assert "En sen kontakt teller til og med 1. januar 2024 (dagen før neste vindu åpner)." in text
    assert "sykdom" not in text


def test_in_every_language_json_is_the_same(kjor: Kjor, prove: Prove) -> None:
    prove.skriv(RUTINER, "id;dato\na;2023-09-05")
    words = ("sjekk", "--mappe", prove.mappe, "--per", "2024-01-20", "--forklar", "D01", "--format", "json")
    assert kjor(*words).stdout == kjor(*words, "--sprak", "en").stdout


def test_explaining_one_who_has_nothing_yet(kjor: Kjor, prove: Prove) -> None:
    prove.skriv('[[rutiner]]\nid = "samtale"\nfrekvens = { behov = true }')
    result = kjor("sjekk", "--mappe", prove.mappe, "--per", "2024-01-20", "--forklar", "D01")
    assert (result.exit_code, result.stdout) == (0, "D01, 20. januar 2024\n\nIngen punkter har åpnet ennå.\n")
