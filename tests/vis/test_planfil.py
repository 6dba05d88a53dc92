"""plan.csv written anew: what did not change is the same bytes, the people's own columns and ways are kept."""

from __future__ import annotations

import io
from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from oppfolgingscli.feil import Inndatafeil
from oppfolgingscli.les.plan import Planfil, Planrad, read_plan
from oppfolgingscli.vis.planfil import Skrivrad, to_bytes

if TYPE_CHECKING:
    from pathlib import Path

EXCEL = """\
Dato;Start;Slutt;Hvem ringer;Punkt;Rutine;Deltaker;Sted;Personer;Låst;Merknad
25.11.2025;08:30;09:15;Kari;k/samtale/D01/2025-host/1;Samtale;D01;;kl,D01;;"tar med ""mappa""; og kaffe"
26.11.2025;10:00:00;10:45:00;Per;k/samtale/D02/2025-host/1;Samtale;D02;;kl,D02;ja;
i morgen;10:00;;;k/samtale/D03/2025-host/1;Samtale;D03;;;;
27.11.2025;09:00;09:45;;k/samtale/D04/2025-host/1;Samtale;D04;;kl,D04;;
""".replace("\n", "\r\n")


def skriv(rad: Planrad, **nytt: object) -> Skrivrad:
    verdier: dict[str, object] = {
        "punkt": rad.punkt, "rutine": "Samtale", "deltaker": rad.subjekt, "dato": rad.dato, "start": rad.start,
        "slutt": rad.slutt, "sted": rad.sted or "", "personer": rad.personer, "gammel": rad,
    }  # fmt: skip
    return Skrivrad(**{**verdier, **nytt})  # type: ignore[arg-type] # a table of the fields


def les(tmp_path: Path, data: bytes, navn: str = "plan.csv") -> Planfil:
    (tmp_path / navn).write_bytes(data)
    return read_plan(tmp_path)


def test_a_new_file_opens_in_norwegian_excel(tmp_path: Path) -> None:
    """A BOM, semicolons and CRLF; ISO dates, which every spreadsheet takes for dates; nothing it would run."""
    fil = read_plan(tmp_path)
    rader = [
        Skrivrad("k/b/D02/1/1", "=1+1; fare", "D02", date(2025, 11, 26), time(8, 30), time(9, 15), "", ("kl", "D02")),
        Skrivrad("k/a/D01/1/1", "Rapport", "D01", date(2025, 11, 25), None, None, "@hjem", ("D01",)),
        Skrivrad("k/c/D03/1/1", "Samtale", "D03", None, None, None, "", ("kl", "D03")),
    ]
    assert to_bytes(fil, rader, []).decode() == (
        "\ufeffpunkt;rutine;deltaker;dato;start;slutt;sted;personer;last;merknad\r\n"
        "k/a/D01/1/1;Rapport;D01;2025-11-25;;;'@hjem;D01;;\r\n"
        'k/b/D02/1/1;"\'=1+1; fare";D02;2025-11-26;08:30;09:15;;kl,D02;;\r\n'
        "k/c/D03/1/1;Samtale;D03;;;;;kl,D03;;\r\n"
    )


def test_only_what_changed_is_changed(tmp_path: Path) -> None:
    """Saved by Excel as Windows-1252, with a column of their own: D04 moves, D05 is new, D01 and D02 stay."""
    fil = les(tmp_path, EXCEL.encode("cp1252"))
    d01, d02, d04 = fil.rader
    nye = [
        skriv(d01), skriv(d02),
        skriv(d04, dato=date(2025, 11, 25), start=time(13), slutt=time(13, 45)),
        Skrivrad("k/samtale/D05/2025-host/1", "Samtale på norsk", "D05", date(2025, 11, 26), time(8, 30), time(9, 15), "", ("kl",)),
    ]  # fmt: skip
    before = EXCEL.split("\r\n")
    assert to_bytes(fil, nye, []).decode("cp1252").split("\r\n") == [
        before[0],
        before[1],
        "25.11.2025;13:00;13:45;;k/samtale/D04/2025-host/1;Samtale;D04;;kl,D04;;",
        "26.11.2025;08:30;09:15;;k/samtale/D05/2025-host/1;Samtale på norsk;D05;;kl;;",
        before[2],
        before[3],  # cannot be read: stays below the row it stood below
        "",
    ]


def test_what_is_dropped_is_gone_and_the_order_of_those_who_sorted_is_theirs(tmp_path: Path) -> None:
    head, d01, d02, ulest, d04 = EXCEL.split("\r\n")[:-1]
    fil = les(tmp_path, f"{head}\r\n{d04}\r\n{d02}\r\n{d01}".encode())
    r04, r02, r01 = fil.rader
    assert to_bytes(fil, [skriv(r01), skriv(r04)], [r02]).decode() == f"{head}\r\n{d04}\r\n{d01}\r\n"
    assert ulest.startswith("i morgen")


def test_a_character_the_file_has_no_room_for_makes_it_utf8(tmp_path: Path) -> None:
    fil = les(tmp_path, EXCEL.encode("cp1252"))
    data = to_bytes(fil, [skriv(fil.rader[0], sted="Ráđđi")], [])
    assert data.startswith(b"\xef\xbb\xbf")
    assert "Ráđđi" in data.decode("utf-8-sig")


def test_columns_the_people_took_away_stay_away(tmp_path: Path) -> None:
    fil = les(tmp_path, b"punkt;dato;start\nk/a/D01/1/1;2025-11-25;08:30\n")
    data = to_bytes(fil, [skriv(fil.rader[0], start=time(9), slutt=time(10), sted="Rom 1")], [])
    assert data == b"punkt;dato;start\nk/a/D01/1/1;2025-11-25;09:00\n"


def test_nothing_new_is_the_same_bytes(tmp_path: Path) -> None:
    for data in (EXCEL.encode("cp1252"), EXCEL.encode(), b"sep=;\r\n" + EXCEL.encode(), b"\xff\xfe" + EXCEL.encode("utf-16-le")):  # fmt: skip
        fil = les(tmp_path, data)
        assert to_bytes(fil, [skriv(r) for r in fil.rader], []) == data


def arbeidsbok(*, formel: bool = False) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["punkt", "dato", "start", "slutt", "Hvem ringer", "last"])
    for i, name in enumerate(("Kari", "Per", "Ola"), start=1):
        sheet.append([f"k/samtale/D0{i}/1/1", date(2025, 11, 24 + i), time(8, 30), time(9, 15), name, None])
        sheet.cell(i + 1, 5).font = Font(bold=True)
    sheet.column_dimensions["A"].width = 33
    sheet.auto_filter.ref = "A1:F4"
    if formel:
        sheet["G1"], sheet["G2"] = "sum", "=1+1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_changed_in_place(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    fil = les(tmp_path, arbeidsbok(), "plan.xlsx")
    d01, d02, d03 = fil.rader
    new = Skrivrad("k/samtale/D04/1/1", "Samtale", "D04", date(2025, 12, 1), time(9), time(9, 45), "", ())
    data = to_bytes(
        fil, [skriv(d01), skriv(d03, dato=date(2025, 11, 28), start=time(10), slutt=time(10, 45)), new], [d02]
    )
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [[row[0], str(row[1])[:10], str(row[2]), row[4]] for row in rows[1:]] == [
        ["k/samtale/D01/1/1", "2025-11-25", "08:30:00", "Kari"],
        ["k/samtale/D03/1/1", "2025-11-28", "10:00:00", "Ola"],
        ["k/samtale/D04/1/1", "2025-12-01", "09:00:00", None],
    ]
    assert sheet.cell(3, 5).font.bold
    assert sheet.column_dimensions["A"].width == 33
    assert sheet.auto_filter.ref == "A1:F4"
    (tmp_path / "plan.xlsx").write_bytes(data)
    assert [r.subjekt for r in read_plan(tmp_path).rader] == ["D01", "D03", "D04"]


def test_a_workbook_with_formulas_is_left_alone_unless_nothing_changes(tmp_path: Path) -> None:
    data = arbeidsbok(formel=True)
    fil = les(tmp_path, data, "plan.xlsx")
    same = [Skrivrad(r.punkt, "", "", r.dato, r.start, r.slutt, "", (), r) for r in fil.rader]
    assert to_bytes(fil, same, []) == data
    with pytest.raises(Inndatafeil, match="gått tapt"):
        to_bytes(fil, [], [fil.rader[0]])
