"""Single values as people write them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest

from oppfolgingscli.modell import tidsverdier as t
from oppfolgingscli.modell import verdier as v
from oppfolgingscli.modell.anker import Anker, parse_anker
from oppfolgingscli.modell.ord import fold, fold_ord, nearest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2023-08-21", date(2023, 8, 21)),
        ("21.08.2023", date(2023, 8, 21)),
        (" 1.8.2023 ", date(2023, 8, 1)),
        ("1. 8. 2023", date(2023, 8, 1)),
        (date(2023, 8, 21), date(2023, 8, 21)),
    ],
)
def test_datoer_leses_slik_folk_skriver_dem(written: object, meant: date) -> None:
    assert v.parse_dato(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "2023-02-29",
        "31.04.2024",
        "21/08/2023",
        "i dag",
        "",
        20230821,
        datetime(2023, 8, 21),  # noqa: DTZ001 - as TOML has it
        date(1, 1, 1),
        "3023-01-01",
    ],
)
def test_andre_datoer_er_feil(written: object) -> None:
    with pytest.raises(v.Feltfeil):
        v.parse_dato(written)


@pytest.mark.parametrize("written", ["D01", "a", "7", "helsfyr-2023", "v1.2_b", "D" * 64])
def test_ider_som_gar_an(written: str) -> None:
    assert v.parse_id(f" {written} ") == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-rf",
        ".skjult",
        "_x",
        "../D01",
        "a/b",
        "a\\b",
        "=1+1",
        "D 01",
        "Åse",
        "a\nb",
        "D" * 65,
        "٣",
        "a\x00",
        "CON:",
        7,
    ],
)
def test_ider_som_ikke_gar_an(written: object) -> None:
    with pytest.raises(v.Feltfeil):
        v.parse_id(written)


def test_en_id_med_norske_bokstaver_far_et_forslag() -> None:
    with pytest.raises(v.Feltfeil) as caught:
        v.parse_id("Bærekraftig Ås")
    assert "«Baerekraftig-As»" in (caught.value.rad or "")


def test_henvisninger_skrives_med_eller_uten_norske_bokstaver() -> None:
    assert v.parse_ref("kontaktlærer") == v.parse_ref(" kontaktlaerer ") == "kontaktlaerer"
    assert v.parse_ref("Å-1") == "A-1", "ids keep their case"
    assert v.parse_etikett("Høyt_Fravær") == "hoyt_fravaer", "words of the field do not"
    assert v.parse_ref("a\u030a") == "a", "å in two code points"


def test_faste_ord_leses_i_alle_former() -> None:
    assert {fold_ord(w) for w in ("Måned", "maned", "MÅNAD")} == {"maned"}
    assert fold_ord("halvår") == "semester"
    assert fold("Bø i Ålesund, Ærlig") == "Bo i Alesund, Aerlig"


def test_bare_det_som_ligner_foreslas() -> None:
    assert nearest("semster", ("uke", "semester")) == "semester"
    assert nearest("frosk", ("uke", "semester")) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("08:30-15:00", (time(8, 30), time(15))),
        ("8.30 – 15.00", (time(8, 30), time(15))),
    ],
)
def test_tidsrom(written: str, meant: tuple[time, time]) -> None:
    assert t.parse_tidsrom(written) == meant


@pytest.mark.parametrize("written", ["15:00-08:30", "8-15", "08:30-24:00", "08:60-15:00", "08:30-08:30", ""])
def test_andre_tidsrom_er_feil(written: str) -> None:
    with pytest.raises(v.Feltfeil):
        t.parse_tidsrom(written)


def test_ukedager_pa_bokmal_og_nynorsk_i_ukens_rekkefolge() -> None:
    assert t.parse_ukedager(["laurdag", "Tysdag", "tirsdag"]) == (1, 5)
    assert t.parse_ukedager("onsdag") == (2,)


def test_alle_feil_i_en_liste_pa_en_gang() -> None:
    with pytest.raises(v.Feltfeilene) as caught:
        v.parse_liste(["a b", "ok", "c/d"], v.parse_id)
    assert [fault.sti for fault in caught.value.feil] == [(0,), (2,)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("oppstart", Anker("oppstart")),
        ("Fase-slutt:mfy", Anker("fase-slutt", navn="mfy")),
        ("semester-slutt:høst", Anker("semester-slutt", navn="host")),
        ("semester-start:haust", Anker("semester-start", navn="host")),
        ("semester-start:vår", Anker("semester-start", navn="var")),
        ("skoleår-start:2", Anker("skolear-start", nr=2)),
        ("skulår-slutt", Anker("skolear-slutt")),
        ("eksamen : tverrfaglig", Anker("eksamen", navn="tverrfaglig")),
        ("2023-11-01", Anker("dato", dato=date(2023, 11, 1))),
        ("1.11.2023", Anker("dato", dato=date(2023, 11, 1))),
        (date(2023, 11, 1), Anker("dato", dato=date(2023, 11, 1))),
    ],
)
def test_milepaeler(written: object, meant: Anker) -> None:
    assert parse_anker(written) == meant


@pytest.mark.parametrize(
    "anker", ["oppstart", "fase-start:mfy", "skolear-start:3", "semester-slutt:host", "2023-11-01"]
)
def test_en_milepael_skrives_slik_den_leses(anker: str) -> None:
    assert str(parse_anker(anker)) == anker


@pytest.mark.parametrize(
    "written",
    [
        "",
        "starten",
        "fase-start",
        "eksamen:",
        "slutt:mfy",
        "semester-slutt:sommer",
        "skolear-start:0",
        "skolear-start:x",
        5,
    ],
)
def test_andre_milepaeler_er_feil(written: object) -> None:
    with pytest.raises(v.Feltfeil):
        parse_anker(written)


@pytest.mark.parametrize(
    ("parse", "value"),
    [
        (v.parse_tekst, "  "), (v.parse_tekst, "a\x1b[31m"), (v.parse_tekst, 5), (v.parse_navn, []),
        (v.parse_navn, {"nn": "Namn"}), (v.parse_navn, {"nb": ""}), (v.parse_bool, "true"), (v.parse_bool, 1),
        (v.parse_heltall, True), (v.parse_heltall, 2.0), (v.parse_heltall, -1), (t.parse_minutter, 45),
        (t.parse_minutter, "-5 min"), (t.parse_avsatt, "ti"), (v.parse_epost, "a@b c"), (v.parse_epost, "a.b"),
        (t.parse_positiv_lengde, "0 uker"), (t.parse_ikke_negativ_lengde, "-1 dag"), (t.parse_lengde, "3"),
    ],
)  # fmt: skip
def test_verdier_som_ikke_gar_an(parse: Callable[[object], object], value: object) -> None:
    with pytest.raises((v.Feltfeil, v.Feltfeilene)):
        parse(value)


def test_en_melding_gjentar_aldri_elleve_siffer_eller_styretegn() -> None:
    assert "01019012345" not in v.vis_verdi("01019012345")
    assert "\x1b" not in v.vis_verdi("\x1b[31mrød")
    assert len(v.vis_verdi("x" * 500)) < 70
