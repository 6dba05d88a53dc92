"""A correction stands beside the row it corrects, and only for those who ask after it was made."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loggbygg import KONTAKTER, kontakter
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.les.logg_fil import read_rader
from oppfolgingscli.logg import find_rad, rett

if TYPE_CHECKING:
    from pathlib import Path

K1 = "k1;2024-10-01;elevsamtale;samtale;D01;kontaktlaerer;;;;;et notat;2024-10-02"
K2 = "k2;2024-10-03;elevsamtale;samtale;D02;;;;;;;2024-10-03"


def test_den_gamle_raden_staar_og_den_nye_gjelder(tmp_path: Path) -> None:
    path = kontakter(tmp_path, K1, K2)
    before = path.read_bytes()
    rett(tmp_path, find_rad(tmp_path, "k1"), lambda _old: {"dato": "2024-10-08"}, "2024-10-20")
    assert (
        path.read_bytes()
        == before + b"k1.rett1;2024-10-08;elevsamtale;samtale;D01;kontaktlaerer;;;;;et notat;2024-10-20\n"
    )
    assert [(k.id, k.dato) for k in read_logg(tmp_path).kontakter] == [
        ("k2", date(2024, 10, 3)),
        ("k1.rett1", date(2024, 10, 8)),
    ]
    known = read_logg(tmp_path, date(2024, 10, 19)).kontakter
    assert [k.id for k in known if k.registrert <= date(2024, 10, 19)] == ["k1", "k2"]


@pytest.mark.parametrize("navn", ["k1", "k1.rett1"])
def test_en_rettelse_kan_rettes(tmp_path: Path, navn: str) -> None:
    kontakter(tmp_path, K1)
    rett(tmp_path, find_rad(tmp_path, "k1"), lambda _old: {"status": "avlyst"}, "2024-10-20")
    rett(tmp_path, find_rad(tmp_path, navn), lambda _old: {"notat": ""}, "2024-10-21")
    (k,) = read_logg(tmp_path).kontakter
    assert (k.id, k.status) == ("k1.rett2", "avlyst")
    assert [rad["notat"] for rad in read_rader(tmp_path / "kontakter.csv", "kontakter")[0]] == [
        "et notat",
        "et notat",
        "",
    ]


def test_en_rad_kan_tas_ut(tmp_path: Path) -> None:
    path = kontakter(tmp_path, K1, K2)
    before = path.read_bytes()
    rett(tmp_path, find_rad(tmp_path, "k1"), None, "2024-10-20")
    assert path.read_bytes().startswith(before)
    assert [k.id for k in read_logg(tmp_path).kontakter] == ["k2"]
    with pytest.raises(Bruksfeil, match="tatt ut"):
        find_rad(tmp_path, "k1")


@pytest.mark.parametrize(
    ("rader", "id_", "ventet"),
    [
        ((K1, K2), "k12", "Mente du"),
        ((K1, K2), "noe-annet", "logg vis"),
        ((K1.removeprefix("k1"),), "rad-2", "skriv en i filen"),
        ((K1, K2.replace("k2", "k1")), "k1", "linje 2 og 3"),
    ],
)
def test_raden_maa_vaere_en_bestemt_rad(tmp_path: Path, rader: tuple[str, ...], id_: str, ventet: str) -> None:
    kontakter(tmp_path, *rader)
    with pytest.raises(Bruksfeil, match=ventet):
        find_rad(tmp_path, id_)


def test_samme_id_i_to_logger_maa_velges_imellom(tmp_path: Path) -> None:
    kontakter(tmp_path, K1)
    (tmp_path / "hendelser.csv").write_bytes(b"id;dato;type;deltaker;notat;registrert\nk1;2024-10-01;fravaer;D01;;\n")
    with pytest.raises(Bruksfeil, match="--logg"):
        find_rad(tmp_path, "k1")
    assert find_rad(tmp_path, "k1", "hendelser").rad["type"] == "fravaer"


def test_en_rettelse_ser_ut_som_filen_ellers(tmp_path: Path) -> None:
    path = tmp_path / "kontakter.csv"
    path.write_bytes(
        f"{KONTAKTER}\r\nk1;01.10.2024;elevsamtale;;D01;kontaktlærer;;;;;'-på;2.10.2024\r\n".encode("cp1252")
    )
    before = path.read_bytes()
    rett(tmp_path, find_rad(tmp_path, "k1"), lambda _old: {"status": "avlyst"}, "2024-10-20")
    new = "k1.rett1;01.10.2024;elevsamtale;;D01;kontaktlærer;;;;avlyst;'-på;20.10.2024\r\n"
    assert path.read_bytes() == before + new.encode("cp1252")


def test_en_rad_som_ikke_kunne_leses_kan_rettes(tmp_path: Path) -> None:
    kontakter(tmp_path, K1.replace("2024-10-01", "2024-10-32"))
    assert [f.kode for f in read_logg(tmp_path).funn] == ["ulest_rad"]
    rett(tmp_path, find_rad(tmp_path, "k1"), lambda _old: {"dato": "2024-10-31"}, "2024-11-01")
    logg = read_logg(tmp_path)
    assert ([k.dato for k in logg.kontakter], logg.funn) == ([date(2024, 10, 31)], ())
    assert [f.kode for f in read_logg(tmp_path, date(2024, 10, 31)).funn] == ["ulest_rad"]


def test_en_rettelse_uten_endring_er_ingen(tmp_path: Path) -> None:
    path = kontakter(tmp_path, K1)
    before = path.read_bytes()
    with pytest.raises(Bruksfeil, match="slik fra før"):
        rett(tmp_path, find_rad(tmp_path, "k1"), lambda _old: {"deltaker": "D01"}, "2024-10-20")
    assert path.read_bytes() == before
