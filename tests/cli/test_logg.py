"""`oppfolging logg`, as a coordinator meets it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hjelp import Kjor
from loggbygg import kontakter, lag_mappe
from oppfolgingscli.cli import felles, loggord
from oppfolgingscli.les.logg import read_logg

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def mappe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(felles, "i_dag", lambda: date(2024, 11, 15))
    monkeypatch.chdir(lag_mappe(tmp_path / "klassen"))
    return tmp_path / "klassen"


def test_en_kontakt_for_flere(kjor: Kjor, mappe: Path) -> None:
    result = kjor(
        "logg", "ny", "--deltaker", "D01", "--deltaker", "007", "--rutine", "samtale", "--dato", "01.10.2024",
        "--utfort-av", "kl", "--deltok", "deltaker,nav_veileder", "--varighet", "30", "--notat", "=SUM(A1)",
    )  # fmt: skip
    assert (result.exit_code, result.stdout) == (0, "Ført i kontakter som k1: 01.10.2024, samtale, D01,007.\n")
    line = (mappe / "kontakter.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert (
        line == "k1;2024-10-01;elevsamtale;samtale;D01,007;kl;deltaker,nav_veileder;;30 minutter;;'=SUM(A1);2024-11-15"
    )


def test_hele_klassen_og_klassen_som_saadan(kjor: Kjor, mappe: Path) -> None:
    assert kjor("logg", "ny", "--deltaker", "*", "--type", "elevsamtale").exit_code == 0
    assert kjor("logg", "ny", "--rutine", "klassemote").exit_code == 0
    assert [(k.alle, k.deltakere, k.dato) for k in read_logg(mappe).kontakter] == [
        (True, (), date(2024, 11, 15)),
        (False, (), date(2024, 11, 15)),
    ]


@pytest.mark.parametrize(
    ("ord_", "kode", "ventet"),
    [
        (("ny", "--deltaker", "D01"), 2, "--rutine"),
        (("ny", "--rutine", "samtale"), 2, "--deltaker"),
        (("ny", "--deltaker", "D1", "--rutine", "samtale"), 2, "D01"),
        (("ny", "--deltaker", "D01", "--rutine", "samtalen"), 2, "samtale"),
        (("ny", "--deltaker", "D01", "--type", "elevsamtalen"), 2, "elevsamtale"),
        (("ny", "--deltaker", "D01", "--rutine", "samtale", "--type", "klassemote"), 2, "trekantsamtale"),
        (("ny", "--deltaker", "D01", "--rutine", "samtale", "--utfort-av", "kontaktlærar"), 2, "kontaktlaerer"),
        (("ny", "--deltaker", "D01", "--rutine", "samtale", "--varighet", "lenge"), 2, "45 minutter"),
        (("ny", "--deltaker", "D01", "--rutine", "samtale", "--dato", "01.01.0500"), 2, "500"),
        (("ny", "--deltaker", "D01", "--rutine", "samtale", "--notat", "010190 12345"), 3, "elleve siffer"),
        (("ny", "--deltaker", "01019012345", "--rutine", "samtale"), 3, "elleve siffer"),
        (("hendelse", "--deltaker", "D01"), 2, "--type"),
        (("hendelse", "--deltaker", "D01", "--type", "hoytfravaer"), 2, "hoyt_fravaer"),
        (("hendelse", "--deltaker", "D01", "--type", "01019012345"), 3, "elleve siffer"),
        (("avtale", "--tiltak", "ringe"), 2, "--deltaker"),
        (("avtale", "--deltaker", "D01"), 2, "--tiltak"),
        (("avtale", "--deltaker", "D01", "--tiltak", "ringe 01019012345"), 3, "elleve siffer"),
        (("avtale", "--deltaker", "D01", "--tiltak", "ringe", "--frist", "2024-01-01"), 2, "før dagen"),
        (("avtale", "--utfort", "a1"), 2, "a1"),
        (("rett", "k1"), 2, "k1"),
        (("rett", "01019012345", "--stryk"), 3, "elleve siffer"),
        (("importer", "finnes-ikke.csv"), 3, "finnes ikke"),
    ],
)
def test_det_som_ikke_stemmer_sies_og_ingenting_skrives(
    kjor: Kjor, mappe: Path, ord_: tuple[str, ...], kode: int, ventet: str
) -> None:
    result = kjor("logg", *ord_)
    assert (result.exit_code, result.stdout) == (kode, "")
    assert ventet in result.stderr
    assert "12345" not in result.stderr
    assert list(mappe.glob("*.csv")) == []


def test_det_som_mangler_blir_spurt_om(kjor: Kjor, mappe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loggord, "is_interactive", lambda: True)
    answers = ("samtal", "1", "D9", "D01, 007", "", "", "Gikk fint")
    result = kjor("logg", "ny", stdin="".join(f"{answer}\n" for answer in answers))
    assert result.exit_code == 0, result.stderr
    assert "samtale – Samtalen" in result.stderr
    assert result.stderr.count("Mente du") == 1
    (k,) = read_logg(mappe).kontakter
    assert (k.rutine, k.deltakere, k.utfort_av, k.dato) == (
        "samtale",
        ("D01", "007"),
        ("kontaktlaerer",),
        date(2024, 11, 15),
    )


def test_hendelse_og_avtale(kjor: Kjor, mappe: Path) -> None:
    assert (
        kjor("logg", "hendelse", "--deltaker", "D01", "--type", "Høyt_fravær", "--oppdaget", "2024-11-14").exit_code
        == 0
    )
    ny = (
        "logg",
        "avtale",
        "--deltaker",
        "D01",
        "--tiltak",
        "-ringe Nav",
        "--ansvarlig",
        "kl",
        "--frist",
        "2024-12-01",
        "--dato",
        "2024-11-01",
    )
    assert kjor(*ny).exit_code == 0
    result = kjor("logg", "avtale", "--utfort", "a1", "--dato", "2024-11-10")
    assert result.stdout == "Avtalen a1.rett1 er utført 10.11.2024.\n"
    logg = read_logg(mappe)
    assert [(h.type, h.oppdaget) for h in logg.hendelser] == [("hoyt_fravaer", date(2024, 11, 14))]
    assert [(a.id, a.tiltak, a.ansvarlig, a.utfort) for a in logg.avtaler] == [
        ("a1.rett1", "-ringe Nav", "kl", date(2024, 11, 10))
    ]
    assert kjor("logg", "avtale", "--utfort", "a1", "--dato", "2024-10-31").exit_code == 2


def test_rett(kjor: Kjor, mappe: Path) -> None:
    path = kontakter(mappe, "k1;2024-10-01;elevsamtale;samtale;D01;;;;;;notat;2024-10-01")
    before = path.read_bytes()
    result = kjor("logg", "rett", "k1", "--rutine", "klassemote", "--deltaker", "")
    assert (result.exit_code, result.stdout) == (0, "Raden k1 er rettet i kontakter: k1.rett1 gjelder nå.\n")
    assert path.read_bytes() == before + b"k1.rett1;2024-10-01;klassemote;klassemote;;;;;;;notat;2024-11-15\n"
    assert kjor("logg", "rett", "k1", "--frist", "2024-12-01").exit_code == 2
    assert kjor("logg", "rett", "k1", "--type", "").exit_code == 2
    assert kjor("logg", "rett", "k1").exit_code == 2
    result = kjor("logg", "rett", "k1", "--stryk")
    assert (result.exit_code, result.stdout) == (0, "Raden k1 er tatt ut av kontakter; den gamle står i filen.\n")
    assert read_logg(mappe).kontakter == ()


def test_rett_spor_med_det_som_staar(kjor: Kjor, mappe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kontakter(mappe, "k1;2024-10-01;elevsamtale;samtale;D01;kl;;;;;;2024-10-01")
    monkeypatch.setattr(loggord, "is_interactive", lambda: True)
    result = kjor("logg", "rett", "k1", stdin="02.10.2024\n\n\nD02\n-\n\n\n\n\n")
    assert result.exit_code == 0, result.stderr
    (k,) = read_logg(mappe).kontakter
    assert (k.dato, k.deltakere, k.utfort_av) == (date(2024, 10, 2), ("D02",), ())


RADER = (
    "k1;2024-10-01;elevsamtale;samtale;D01;kl;;;;;hemmelig;2024-10-01",
    "k2;2024-10-05;elevsamtale;samtale;D02;kontaktlaerer;;;;avlyst;;2024-10-05",
    "k3;2024-10-09;klassemote;klassemote;*;;nav_veileder;;;;;2024-10-09",
    "k1.rett1;2024-10-02;elevsamtale;samtale;D01;kl;;;;;hemmelig;2024-10-12",
    "k4;feil;elevsamtale;;D01;;;;;;;",
)


@pytest.mark.parametrize(
    ("valg", "ventet"),
    [
        ((), ["k1.rett1", "k2", "k3"]),
        (("--rettede",), ["k1", "k1.rett1", "k2", "k3"]),
        (("--deltaker", "D01"), ["k1.rett1", "k3"]),
        (("--rutine", "samtale", "--fra", "2024-10-03"), ["k2"]),
        (("--type", "klassemote"), ["k3"]),
        (("--til", "2024-10-05"), ["k1.rett1", "k2"]),
        (("--person", "kl"), ["k1.rett1"]),
        (("--person", "kontaktlaerer"), ["k1.rett1", "k2"]),
        (("--kjent", "2024-10-11"), ["k1", "k2", "k3"]),
        (("--logg", "avtaler"), []),
    ],
)
def test_vis_med_filtre(kjor: Kjor, mappe: Path, valg: tuple[str, ...], ventet: list[str]) -> None:
    kontakter(mappe, *RADER)
    result = kjor("logg", "vis", "--format", "json", *valg)
    assert result.exit_code == 0, result.stderr
    shown = json.loads(result.stdout)
    assert [rad["id"] for rad in shown["rader"]] == ventet
    assert [(f["kode"], f["sted"]) for f in shown["funn"]] == [("ulest_rad", "kontakter.csv:6")]


@pytest.mark.parametrize("form", ["tabell", "csv", "json"])
def test_notater_vises_aldri(kjor: Kjor, mappe: Path, form: str) -> None:
    kontakter(mappe, *RADER)
    result = kjor("logg", "vis", "--rettede", "--format", form)
    assert "k1.rett1" in result.stdout
    assert "hemmelig" not in result.output


def test_vis_som_tabell(kjor: Kjor, mappe: Path) -> None:
    kontakter(mappe, *RADER)
    lines = kjor("logg", "vis", "--rettede").stdout.splitlines()
    assert lines[2:6] == [
        "01.10.2024  k1        D01   samtale     kl             rettet",
        "02.10.2024  k1.rett1  D01   samtale     kl",
        "05.10.2024  k2        D02   samtale     kontaktlaerer  avlyst",
        "09.10.2024  k3        *     klassemote",
    ]
