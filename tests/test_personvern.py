"""Identity numbers are found however they are written, and nothing else is taken for one too often."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppfolgingscli.personvern import (
    find_fodselsnummer,
    har_rare_linjeskift,
    har_styring,
    has_fodselsnummer,
    rens,
    skjul,
    uten_styring,
)


@pytest.mark.parametrize(
    "text",
    [
        "01019012345",
        "id 01019012345.",
        "010190 12345",
        "010190-12345",
        "010190 - 12345",
        "01.01.90 123 45",
        "0 1 0 1 9 0 1 2 3 4 5",
        "010190\u00a012345",
        "010190\u201312345",
        "010190\u200b12345",
        "٠١٠١٩٠١٢٣٤٥",
        "2024-01-01 01019012345",  # eleven together, in a longer run
        "1 010190 12345",  # six and five, in a longer run
        "a01019012345b",
        "010190/12345",
        "010190_12345",
        "010190, 12345",
        "010190\n12345",  # a note that was folded
        "01/01/90/123 45",
        "01_01_90_12345",
        "0/1/0/1/9/0/1/2/3/4/5",
        "mappe12/0'1'0'1'9'0'1'2'3'4'5",
        "０１０１９０１２３４５",
        "①0101901234",
        "⁰¹⁰¹⁹⁰¹²³⁴⁵",
        "0\ufe0f\u20e31\ufe0f\u20e30190 12345",  # the keys of a telephone
        "010190・12345",
        "010190\u200e12345",
        "010190\u007f12345",
        "1.9019012345E+10",
        "1,9019012345E+10",
    ],
)
def test_elleve_siffer_blir_funnet(text: str) -> None:
    assert has_fodselsnummer(text)
    assert not has_fodselsnummer(skjul(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-08-21",
        "[2023-10-02, 2023-10-06]",
        "+47 22 33 44 55",
        "010190123456",  # twelve
        "0101901234",  # ten
        "010190\n\n\n\n12345",  # two paragraphs
        "0101\n9012345",  # two lines
        "08:30-15:00, 12:30",
        "FOR-2026-08-06-1634",
        "opplæringsforskrifta, FOR-2024-06-03-900",
        "LOV-2023-06-09-030",
        "kap. 3.1, tab. 2.2, s. 45",
        "123456; 12345678",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1",  # a list
        "ring 4741234567",
        "1,01901E+10",  # rounded by a spreadsheet
        "1.2345E+3",
        "D01;2023-08-21;2024-06-14",
    ],
)
def test_annet_blir_ikke_tatt_for_det(text: str) -> None:
    assert not has_fodselsnummer(text)


def test_stedet_er_tallets() -> None:
    assert list(find_fodselsnummer("ring 010190 12345 i dag")) == [(5, 17)]


@given(st.text(alphabet="0123456789 .-ax\n", max_size=40))
def test_det_som_er_skjult_blir_ikke_funnet_igjen(text: str) -> None:
    assert not has_fodselsnummer(skjul(text))


@given(st.text(alphabet="0123456789", min_size=11, max_size=11), st.text(alphabet="ab,;:\n", max_size=5))
def test_elleve_siffer_blir_funnet_uansett_hva_som_star_rundt(digits: str, around: str) -> None:
    assert has_fodselsnummer(around + digits + around)


@pytest.mark.parametrize("text", ["2024-06-03-900", "FOR 2024-06-03-900", "FOR-010190-12345", "FOR-01019012345"])
def test_bare_en_hel_lovhenvisning_er_unntatt(text: str) -> None:
    assert has_fodselsnummer(text)


def test_rens_fjerner_styretegn() -> None:
    assert rens("a\x1b[31mb") == "a�[31mb"


@pytest.mark.parametrize("tegn", ["\x1b", "\x07", "\x08", "\x00", "\x7f", "\x9b", "\u202e", "\u2066", "\ud800"])
def test_det_en_terminal_ville_adlydt_vises_ikke(tegn: str) -> None:
    text = f"a{tegn}b\tæøå\u00a0–\n"
    assert har_styring(text)
    assert uten_styring(text) == "a�b\tæøå\u00a0–\n"
    assert not har_styring(uten_styring(text))


@pytest.mark.parametrize("text", ["", "æøå «–»\u00a0\n", "a\tb\r\nc\rd", "\ufeffid;dato", "👩\u200d🏫", "\u00ad"])
def test_vanlig_tekst_har_ingenting_aa_adlyde(text: str) -> None:
    assert not har_styring(text)


@pytest.mark.parametrize("skift", ["\r\n", "\r", "\n", "\u2028", "\u2029"])
def test_linjeskift_av_alle_slag_er_linjeskift(skift: str) -> None:
    assert uten_styring(f"a{skift}b") == "a\nb"
    assert har_rare_linjeskift(f"a{skift}b\r\nc\n") is (skift not in {"\r\n", "\n"})
    assert rens(f"a{skift}b") in {"a�b", "a��b"}
