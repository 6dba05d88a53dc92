"""`oppfolging demo`: the example in a folder of one's own, calendars, the next weeks; and again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import icalendar
import pytest

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.demo import example_files

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor

PER = ("--per", "2025-03-01")
ROLLER = {"kontaktlaerer", "programfaglaerer", "skole", "skoleadministrasjon", "nav_veileder", "koordinator"}


@pytest.fixture(autouse=True)
def uten_dokumenter(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pictures and the Word file to the one test that is about them: they take seconds."""
    if "dokumenter" not in request.keywords:
        monkeypatch.setattr("oppfolgingscli.cli.demo._write_documents", lambda *_args: None)


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def test_eksempelet_blir_til_en_arbeidsmappe_med_kalendere(kjor: Kjor, tmp_path: Path) -> None:
    folder = tmp_path / "prøve mappe"
    result = kjor("demo", "--mappe", folder, *PER)
    assert result.exit_code == 0, result.stderr
    assert "De neste ukene, fra 1. mars 2025 til 14. mars 2025" in result.stdout
    assert "man. 3. mars" in result.stdout
    assert "Skolens samtale med deltakeren" in result.stdout
    files = sorted((folder / "kalender").glob("*.ics"))
    assert {path.stem.rpartition("-")[2] for path in files} >= ROLLER
    for path in files:
        assert list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))
        assert path.name in result.stdout
    assert kjor("utvid", "--mappe", folder, "--format", "json").exit_code == 0


@pytest.mark.treg
def test_en_ny_kjoring_endrer_ingenting(kjor: Kjor, tmp_path: Path) -> None:
    kjor("demo", "--mappe", tmp_path, *PER)
    before = _content(tmp_path)
    result = kjor("demo", "--mappe", tmp_path, *PER)
    assert result.exit_code == 0
    assert "0 nye, 0 endret, 0 avlyst nå" in result.stdout
    assert _content(tmp_path) == before


@pytest.mark.treg
def test_det_brukeren_har_endret_blir_staaende(kjor: Kjor, tmp_path: Path) -> None:
    kjor("demo", "--mappe", tmp_path, *PER)
    setup = tmp_path / "oppfolging.toml"
    mine = setup.read_text(encoding="utf-8").replace("maks_per_dag = 4", "maks_per_dag = 3")
    setup.write_text(mine, encoding="utf-8")
    (tmp_path / "notat.txt").write_text("mitt\n", encoding="utf-8")
    result = kjor("demo", "--mappe", tmp_path, *PER)
    assert result.exit_code == 0
    assert "som den er" in result.stdout
    assert setup.read_text(encoding="utf-8") == mine
    assert (tmp_path / "notat.txt").read_text(encoding="utf-8") == "mitt\n"


def test_en_mappe_med_noe_annet_i_blir_ikke_rort(kjor: Kjor, tmp_path: Path) -> None:
    (tmp_path / "deltakere.csv").write_text("id\nMINE\n", encoding="utf-8")
    result = kjor("demo", "--mappe", tmp_path, *PER)
    assert result.exit_code == 2
    assert "ikke rørt" in result.stderr
    assert _content(tmp_path) == {"deltakere.csv": b"id\nMINE\n"}


@pytest.mark.treg
def test_en_avbrutt_kopi_kan_gjores_ferdig(kjor: Kjor, tmp_path: Path) -> None:
    (tmp_path / "deltakere.csv").write_bytes(example_files()["deltakere.csv"])
    assert kjor("demo", "--mappe", tmp_path, *PER).exit_code == 0
    assert (tmp_path / "oppfolging.toml").exists()


def test_en_fil_i_veien_er_feil_bruk(kjor: Kjor, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("mitt\n", encoding="utf-8")
    result = kjor("demo", "--mappe", tmp_path / "fil", *PER)
    assert result.exit_code == 2
    assert "er en fil" in result.stderr


@pytest.mark.treg
@pytest.mark.parametrize(
    ("per", "ventet"),
    [
        ("2023-01-01", "De første ukene som har noe, fra"),
        ("2024-07-01", "De første ukene som har noe, fra"),
        ("2030-01-01", "De siste ukene, fra"),
    ],
)
def test_demo_viser_noe_hele_aaret(kjor: Kjor, tmp_path: Path, per: str, ventet: str) -> None:
    assert ventet in kjor("demo", "--mappe", tmp_path, "--per", per).stdout


@pytest.mark.treg
def test_uten_per_er_det_i_dag(kjor: Kjor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(felles, "i_dag", lambda: date(2025, 3, 1))
    assert "fra 1. mars 2025" in kjor("demo", "--mappe", tmp_path).stdout


@pytest.mark.treg
def test_paa_engelsk(kjor: Kjor, tmp_path: Path) -> None:
    result = kjor("--sprak", "en", "demo", "--mappe", tmp_path, *PER)
    assert "Mon 3 Mar" in result.stdout
    assert "The school's talk with the participant" in result.stdout


@pytest.mark.treg
@pytest.mark.dokumenter
def test_det_som_er_til_aa_vise_andre(kjor: Kjor, tmp_path: Path) -> None:
    result = kjor("demo", "--mappe", tmp_path, *PER)
    files = {
        "rapport.html": b"<!doctype html>",
        "arshjul.svg": b"<svg",
        "arshjul.png": b"\x89PNG",
        "handbok.docx": b"PK",
    }
    for name, start in files.items():
        assert (tmp_path / name).read_bytes().lower().startswith(start.lower()), name
        assert name in result.stdout
    assert "D01" in (tmp_path / "rapport.html").read_text(encoding="utf-8")
    before = {name: (tmp_path / name).read_bytes() for name in files}
    assert kjor("demo", "--mappe", tmp_path, *PER).exit_code == 0
    assert {name: (tmp_path / name).read_bytes() for name in files if name != "handbok.docx"} == {
        name: data for name, data in before.items() if name != "handbok.docx"
    }
