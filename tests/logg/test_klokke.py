"""Rows are registered in order, also by a machine whose clock is slow; ids never depend on the clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loggbygg import kontakter
from oppfolgingscli.cli import felles
from oppfolgingscli.les.logg_fil import read_rader
from oppfolgingscli.logg import Klokke, append, find_rad, rett

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor

RAD = {"dato": "2024-10-01", "type": "elevsamtale", "deltaker": "D01"}


def _registrert(mappe: Path, i_dag: date) -> tuple[str, date | None]:
    klokke = Klokke(i_dag)
    (row,) = append(mappe, "kontakter", lambda now: [{**RAD, "registrert": klokke.registrert(now)}])
    return row["registrert"], klokke.sist


@pytest.mark.parametrize(
    ("siste_rad", "i_dag", "ventet", "sist"),
    [
        ("k1;2024-10-01;x;;D01;;;;;;;2024-10-02", date(2024, 10, 3), "2024-10-03", None),
        ("k1;2024-10-01;x;;D01;;;;;;;2024-10-05", date(2024, 10, 3), "2024-10-05", date(2024, 10, 5)),
        ("k1;01.10.2024;x;;D01;;;;;;;05.10.2024", date(2024, 10, 3), "2024-10-05", date(2024, 10, 5)),
        ('k1;2024-10-01;x;;D01;;;;;;"et notat\r\npå; linjer";2024-10-05', date(2024, 10, 3), "2024-10-05", date(2024, 10, 5)),
        ("k1;2024-10-01;x;;D01;;;;;;;2099-10-05", date(2024, 10, 3), "2024-10-03", date(2099, 10, 5)),
        ("k1;2024-10-01;x;;D01;;;;;;;", date(2024, 10, 3), "2024-10-03", None),
        ("k1;2024-10-01;x;;D01;;;;;;;i går", date(2024, 10, 3), "2024-10-03", None),
    ],
    ids=["i orden", "to dager bak", "norsk dato", "notat over to linjer", "siste rad er gal", "ingen dato", "ingen dato der"],
)  # fmt: skip
def test_dagen_en_rad_registreres(tmp_path: Path, siste_rad: str, i_dag: date, ventet: str, sist: date | None) -> None:
    kontakter(tmp_path, siste_rad)
    assert _registrert(tmp_path, i_dag) == (ventet, sist)


def test_klokka_gar_fram_og_tilbake_og_radene_star_i_orden(tmp_path: Path) -> None:
    for day in (3, 9, 2, 1, 9, 4, 10, 5):
        _registrert(tmp_path, date(2024, 10, day))
    rows = read_rader(tmp_path / "kontakter.csv", "kontakter")[0]
    days = [row["registrert"] for row in rows]
    assert days == sorted(days)
    assert [row["id"] for row in rows] == [f"k{n}" for n in range(1, 9)]


def test_en_rettelse_er_aldri_eldre_enn_det_den_retter(tmp_path: Path) -> None:
    kontakter(tmp_path, "k1;2024-10-01;x;;D01;;;;;;;2024-10-05")
    row = rett(tmp_path, find_rad(tmp_path, "k1"), lambda _old: {"deltaker": "D02"}, Klokke(date(2024, 10, 1)))
    assert row["registrert"] == "2024-10-05"


def test_et_regneark_ogsaa(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active.append(["id", "dato", "type", "deltaker", "registrert"])
    book.active.append(["k1", date(2024, 10, 1), "x", "D01", date(2024, 10, 5)])
    book.save(tmp_path / "kontakter.xlsx")
    assert _registrert(tmp_path, date(2024, 10, 3)) == ("2024-10-05", date(2024, 10, 5))


def test_det_sies_fra(kjor: Kjor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kjor("ny", tmp_path / "k", "--rutiner", "oslo").exit_code == 0
    with (tmp_path / "k" / "deltakere.csv").open("a", encoding="utf-8") as file:
        file.write("D01;;;;;\n")
    words = ("logg", "hendelse", "--mappe", tmp_path / "k", "--deltaker", "D01", "--type", "fravaer")
    for day, sier in ((date(2026, 10, 5), False), (date(2026, 10, 3), True), (date(2026, 10, 6), False)):
        monkeypatch.setattr(felles, "i_dag", lambda day=day: day)
        result = kjor(*words)
        assert (result.exit_code, "Maskinens klokke" in result.stderr) == (0, sier)
    rows = read_rader(tmp_path / "k" / "hendelser.csv", "hendelser")[0]
    assert [(row["id"], row["dato"], row["registrert"]) for row in rows] == [
        ("h1", "2026-10-05", "2026-10-05"),
        ("h2", "2026-10-03", "2026-10-05"),
        ("h3", "2026-10-06", "2026-10-06"),
    ]
