"""plan.csv as people and spreadsheets leave it: what a row means, and what is a finding and stays."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oppfolgingscli.feil import Inndatafeil
from oppfolgingscli.les.plan import FILNAVN, Planfil, Planrad, parse_klokke, read_plan
from oppfolgingscli.modell.verdier import Feltfeil
from oppfolgingscli.vis.planfil import Skrivrad, to_bytes

if TYPE_CHECKING:
    from pathlib import Path

HODE = "punkt;rutine;deltaker;dato;start;slutt;sted;personer;last;merknad\n"
RAD = "k/samtale/D01/2025-host/1;Samtale;D01;2025-11-25;08:30;09:15;Rom 2;kl,D01;;\n"


def les(tmp_path: Path, data: str | bytes, navn: str = FILNAVN) -> Planfil:
    (tmp_path / navn).write_bytes(data.encode() if isinstance(data, str) else data)
    return read_plan(tmp_path)


def funn(fil: Planfil) -> list[tuple[str, str]]:
    return [(v.kode, v.sted) for v in fil.funn]


VENTET = Planrad(
    2, "k/samtale/D01/2025-host/1", date(2025, 11, 25), time(8, 30), time(9, 15), "Rom 2", ("kl", "D01"), last=False
)


@pytest.mark.parametrize(
    "data",
    [
        HODE + RAD,
        "\ufeff" + HODE + RAD,
        (HODE + RAD).replace("\n", "\r\n"),
        "sep=;\n" + HODE + RAD,
        # Norwegian Excel and LibreOffice: dates as they are shown, seconds, Windows-1252
        (HODE + RAD.replace("2025-11-25", "25.11.2025").replace("08:30", "08:30:00")).encode("cp1252"),
        HODE + RAD.replace("2025-11-25", "25.11.25").replace("08:30;09:15", "8.30;9.15"),
        HODE + RAD.replace("2025-11-25", "25.11.2025 00:00").replace("08:30;09:15", "kl. 8.30;0915"),
        # cells that have lost their format
        HODE + RAD.replace("2025-11-25", "45986").replace("08:30;09:15", "0,354166667;0.385416667"),
        ("\ufeff" + HODE + RAD).encode("utf-16-le"),
        # commas, columns in another order, other names for them, and one of their own
        'Notat,Dato,Romnr,Kl,Slutt,Punkt,Stad,Låst,Personar\n,25.11.2025,7,8:30,9:15,k/samtale/D01/2025-host/1,Rom 2,nei,"kl, D01"\n',
    ],
)  # fmt: skip
def test_the_same_row_however_it_is_written(tmp_path: Path, data: str | bytes) -> None:
    fil = les(tmp_path, data)
    assert not fil.funn
    [rad] = fil.rader
    assert rad == Planrad(
        rad.linje, VENTET.punkt, VENTET.dato, VENTET.start, VENTET.slutt, VENTET.sted, VENTET.personer, VENTET.last
    )


def test_a_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HODE.strip().split(";"))
    sheet.append(
        [VENTET.punkt, "Samtale", "D01", date(2025, 11, 25), time(8, 30), time(9, 15), "Rom 2", "kl,D01", "ja"]
    )
    book.save(tmp_path / "plan.xlsx")
    fil = read_plan(tmp_path)
    assert not fil.funn
    [rad] = fil.rader
    assert (rad.dato, rad.start, rad.slutt, rad.last) == (VENTET.dato, VENTET.start, VENTET.slutt, True)


@pytest.mark.parametrize("word", ["ja", "JA", "x", "1", "sann", "yes", "låst"])
def test_words_that_lock(tmp_path: Path, word: str) -> None:
    assert les(tmp_path, HODE + RAD.replace("D01;;", f"D01;{word};")).rader[0].last


@pytest.mark.parametrize(
    ("rad", "ventet"),
    [
        (RAD.replace("2025-11-25", "25. nov"), [("ulest_rad", "plan.csv:2:39")]),
        (RAD.replace("2025-11-25", "2025-02-30"), [("ulest_rad", "plan.csv:2:39")]),
        (RAD.replace("08:30", "25:30"), [("ulest_rad", "plan.csv:2:50")]),
        (RAD.replace("08:30", "morgen").replace("09:15", "etterpå"), [("ulest_rad", "plan.csv:2:50"), ("ulest_rad", "plan.csv:2:57")]),
        (RAD.replace("D01;;", "D01;kanskje;"), [("ulest_rad", "plan.csv:2:75")]),
        (RAD.replace("08:30", ""), [("ulest_rad", "plan.csv:2:50")]),
        (RAD.replace("k/samtale/D01/2025-host/1", ""), [("plan_uten_punkt", "plan.csv:2:1")]),
        (RAD.replace("Rom 2", '"Rom'), [("ulest_rad", "plan.csv:2:1")]),
        (RAD + RAD, [("duplikat", "plan.csv:3:1")]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_found_where_it_stands_and_stays(
    tmp_path: Path, rad: str, ventet: list[tuple[str, str]]
) -> None:
    god = RAD.replace("D01", "D02")
    fil = les(tmp_path, HODE + rad + god)
    assert funn(fil) == ventet
    assert fil.rader[-1].subjekt == "D02"
    assert to_bytes(fil, [], []) == (HODE + rad + god).encode()


def test_a_point_whose_row_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    fil = les(tmp_path, HODE + RAD.replace("08:30", "morgen"))
    assert fil.i_fred == {"k/samtale/D01/2025-host/1"}


def test_an_end_that_was_forgotten_is_said_and_the_row_is_used(tmp_path: Path) -> None:
    fil = les(tmp_path, HODE + RAD.replace("08:30", "13:00"))
    assert funn(fil) == [("plan_slutt", "plan.csv:2:56")]
    assert (fil.rader[0].start, fil.rader[0].slutt) == (time(13), None)


def test_eleven_digits_are_never_said(tmp_path: Path) -> None:
    fil = les(tmp_path, HODE + RAD.replace(";;\n", ";;010203 45678\n"))
    assert funn(fil) == [("fodselsnummer", "plan.csv:2:1")]
    assert not fil.rader
    assert "45678" not in str(fil.funn)


@pytest.mark.parametrize(
    ("data", "kode"),
    [
        ("punkt;start\nx;08:30\n", "mangler_kolonne"),
        ("dato;start\n2025-11-25;08:30\n", "mangler_kolonne"),
        ("punkt;dato;start;01020345678\n", "fodselsnummer"),
        (b"PK\x03\x04 not a workbook", "ulest_regneark"),
    ],
)
def test_what_is_no_plan(tmp_path: Path, data: str | bytes, kode: str) -> None:
    with pytest.raises(Inndatafeil) as fault:
        les(tmp_path, data)
    assert [f.kode for f in fault.value.feil] == [kode]
    assert "01020345678" not in str(fault.value)


def test_two_plans_and_none(tmp_path: Path) -> None:
    assert read_plan(tmp_path) == Planfil(tmp_path / FILNAVN)
    assert les(tmp_path, "").rader == []
    (tmp_path / "Plan.xlsx").write_bytes(b"x")
    with pytest.raises(Inndatafeil, match=r"(?i)plan\.xlsx"):
        read_plan(tmp_path)


@pytest.mark.parametrize("text", ["24:00", "8:60", "8:3", "tolv", "08:30 PM", "-1:00", "830"])
def test_no_time_of_day(text: str) -> None:
    with pytest.raises(Feltfeil):
        parse_klokke(text)


ORD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufeff")
    | st.sampled_from(";,\"'=+-@\tæøå"),
    max_size=12,
).filter(lambda t: not any(c.isdigit() for c in t))
ID = st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,5}", fullmatch=True)


@st.composite
def skrivrader(draw: st.DrawFn) -> list[Skrivrad]:
    ids = draw(st.lists(st.tuples(ID, ID), max_size=6, unique=True))
    out = []
    for rutine, deltaker in ids:
        dato = draw(st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)))
        start = draw(st.none() | st.integers(0, 23 * 60)) if dato else None
        slutt = None if start is None else draw(st.integers(start + 1, 24 * 60 - 1))
        out.append(
            Skrivrad(
                f"k/{rutine}/{deltaker}/2025-host/1",
                " ".join(draw(ORD).split()),
                deltaker,
                dato,
                None if start is None else time(*divmod(start, 60)),
                None if slutt is None else time(*divmod(slutt, 60)),
                " ".join(draw(ORD).split()),
                tuple(draw(st.lists(ID, max_size=3, unique=True))),
            )
        )
    return out


@pytest.mark.treg
@settings(deadline=None)
@given(rader=skrivrader())
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, rader: list[Skrivrad]) -> None:
    mappe = tmp_path_factory.mktemp("plan")
    fil = read_plan(mappe)
    data = to_bytes(fil, rader, [])
    fil.path.write_bytes(data)
    igjen = read_plan(mappe)
    assert igjen.funn == []
    by_id = {r.punkt: r for r in igjen.rader}
    assert len(by_id) == len(rader)
    for rad in rader:
        read = by_id[rad.punkt]
        assert (read.dato, read.start, read.slutt, read.sted or "", read.personer) == (
            rad.dato, rad.start, rad.slutt, rad.sted, rad.personer,
        )  # fmt: skip
    # Written again from what was read, it is the same bytes; and no cell is a formula.
    same = [
        Skrivrad(r.punkt, r.rutine, r.deltaker, r.dato, r.start, r.slutt, r.sted, r.personer, by_id[r.punkt])
        for r in rader
    ]
    assert to_bytes(igjen, same, []) == data
    assert not [c for line in igjen.linjer for c in line.post.celler or () if c.startswith(("=", "+", "-", "@"))]


@pytest.mark.treg
@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice er ikke installert")
def test_edited_and_saved_by_libreoffice(tmp_path: Path) -> None:
    """A plan as we write it, opened in LibreOffice with Norwegian settings and saved as Windows-1252."""
    fil = read_plan(tmp_path)
    rad = Skrivrad(VENTET.punkt, "Samtale på norsk", "D01", VENTET.dato, VENTET.start, VENTET.slutt, "Rom «2»", ("kl",))
    fil.path.write_bytes(to_bytes(fil, [rad], []))
    out = tmp_path / "ut"
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless",
            "--infilter=CSV:59,34,76,1,,1044,false,true", "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,1,1,,1044,false,true",
            "--outdir", str(out), str(fil.path),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = read_plan(out)
    assert saved.funn == []
    assert saved.tabell is not None
    assert saved.tabell.encoding == "cp1252"
    [read] = saved.rader
    assert (read.dato, read.start, read.slutt, read.sted) == (VENTET.dato, VENTET.start, VENTET.slutt, "Rom «2»")
