"""Conflict copies of the programs that keep folders alike are found by their names, and what is in them can be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loggbygg import kontakter
from oppfolgingscli.les.kopier import find_kopier
from oppfolgingscli.les.logg import read_logg

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor


@pytest.mark.parametrize(
    "navn",
    [
        "kontakter-PC12.csv",  # OneDrive
        "Kontakter-Læreren sin PC.xlsx",
        "kontakter (1).csv",  # Google Disk, nettlesere
        "kontakter 2.csv",  # iCloud
        "hendelser (Karis motstridende kopi 2024-10-01).csv",  # Dropbox
        "avtaler.sync-conflict-20241001-120000-ABCDEFG.csv",  # Syncthing
        "kontakter (conflicted copy 2024-10-01 120000).csv",  # Nextcloud
        "kontakter - Kopi.csv",  # Utforsker
        "Kopi av kontakter.xlsx",
        "plan (conflicted copy 2024-10-01).csv",
        "oppfolging.sync-conflict-20241001-120000-ABCDEFG.toml",
        "deltakere (Pers motstridende kopi).csv",
    ],
)
def test_en_kopi_er_et_funn(tmp_path: Path, navn: str) -> None:
    (tmp_path / navn).write_text("id;dato;type;deltaker\nx;2024-10-01;x;D01\n", encoding="utf-8")
    logg = read_logg(tmp_path)
    assert [(f.kode, f.sted) for f in logg.funn] == [("kopi", navn)]
    assert (logg.kontakter, logg.hendelser, logg.avtaler) == ((), (), ())


@pytest.mark.parametrize(
    "navn",
    [
        "kontakter.csv", "Kontakter.CSV", "kontakter.txt", "kontaktlaerere.csv", "plan-2024.csv", "planen.csv", "deltakere-v2.csv",
        "notat om kontakter.csv", ".kontakter.csv.lock", ".kontakter.csv.0123456789ab.tmp", "kontakter.csv.bak",
    ],
)  # fmt: skip
def test_andre_filer_er_ingen_kopier(tmp_path: Path, navn: str) -> None:
    (tmp_path / navn).write_text("", encoding="utf-8")
    assert find_kopier(tmp_path) == []


def test_en_mappe_som_ikke_finnes_har_ingen(tmp_path: Path) -> None:
    assert find_kopier(tmp_path / "borte") == []


def test_to_maskiner_skrev_hver_sin_rad_og_begge_blir_med(kjor: Kjor, tmp_path: Path) -> None:
    """The common past is in both files; what one machine wrote is only in the copy, under an id the other used too."""
    assert kjor("ny", tmp_path / "k", "--rutiner", "oslo").exit_code == 0
    with (tmp_path / "k" / "deltakere.csv").open("a", encoding="utf-8") as file:
        file.write("D01;;;;;\nD02;;;;;\n")
    past = "k1;2026-09-01;elevsamtale;elevsamtale;D01;;;;;;;2026-09-01"
    kontakter(tmp_path / "k", past, "k2;2026-09-08;elevsamtale;elevsamtale;D01;;;;;;;2026-09-08")
    log = tmp_path / "k" / "kontakter.csv"
    copy = log.with_name("kontakter-PC12.csv")
    log.replace(copy)
    kontakter(tmp_path / "k", past, "k2;2026-09-09;elevsamtale;elevsamtale;D02;;;;;;;2026-09-09")
    before = log.read_bytes()
    shown = kjor("sjekk", "--mappe", tmp_path / "k", "--per", "2026-09-10", "--funn")
    assert "kontakter-PC12.csv" in shown.stdout
    assert "logg importer" in " ".join(shown.stdout.split())
    result = kjor("logg", "importer", copy, "--mappe", tmp_path / "k")
    assert result.exit_code == 0, result.stderr
    assert log.read_bytes().startswith(before)
    assert [(k.id, k.deltakere) for k in read_logg(log.parent).kontakter] == [
        ("k1", ("D01",)),
        ("k2", ("D02",)),
        ("k3", ("D01",)),
    ]
    again = log.read_bytes()
    assert kjor("logg", "importer", copy, "--mappe", tmp_path / "k").exit_code == 0
    assert log.read_bytes() == again
