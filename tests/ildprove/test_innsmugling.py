"""Text stays text; and the readers that say so see it when it does not."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from ildprove import innsmugling, utlesere
from ildprove.fiendtlig import KALENDER, MERKING, ORDINAERE
from ildprove.terminal import obeyed

if TYPE_CHECKING:
    from pathlib import Path
from ildprove.prosess import Utfall


@pytest.mark.treg
@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0\"><script>alert(1)</script>", KALENDER[1], MERKING[-1]])
def test_alt_som_kan_lages_av_en_klasse_har_bare_tekst_i_seg(tmp_path: Path, text: str) -> None:
    usual, _wrong = innsmugling.everything(tmp_path / "o", ORDINAERE[1])
    found, wrong = innsmugling.everything(tmp_path / "f", text)
    assert wrong == []
    assert innsmugling.more(usual, found) == []
    assert len(found) >= 27


@pytest.mark.parametrize(
    ("ending", "raw", "ventet"),
    [
        ("html", b"<p>a<script>x</script>", "<script>"),
        ("html", b"<p><img src=x onerror=alert(1)>", "ADVARSEL onerror=alert(1)"),
        ("html", b"<a href='javascript:alert(1)'>x</a>", "<a href=javascript:>"),
        ("html", b"<p><!-- x -->", "<!-- -->"),
        ("svg", b"<svg><g onload='x'/></svg>", "<g onload>"),
        ("md", b"x [y](javascript:alert(1))", "<a href=javascript:>"),
        ("md", b"x\n\n<script>1</script>", "<script>"),
        ("csv", b"a;b\r\n1;=1+1\r\n", "FORMEL =1+1"),
        ("csv", "a;b\r\n1;＝1+1\r\n".encode(), "FORMEL ＝1+1"),
        ("csv", b"a;b\r\n1;2;3\r\n", "ADVARSEL 3 celler"),
        ("json", b'{"a": [{"b": 1}]}', ".a[].b"),
    ],
)
def test_leserne_ser_det_som_er_mer_enn_tekst(ending: str, raw: bytes, ventet: str) -> None:
    assert ventet in utlesere.UTLESERE[ending](raw)


def test_kalenderleserne_ser_en_egenskap_for_mye() -> None:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:x", "DTSTAMP:20240101T000000Z", "DTSTART:20240101",
        "SUMMARY:x", "ATTACH:http://ond.example", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    found = utlesere.kalender("\r\n".join(lines).encode())
    assert {"VEVENT.ATTACH", "vobject VEVENT.attach", "1 hendelser"} <= found
    assert "ADVARSEL linjer" in utlesere.kalender("\n".join(lines).encode())


def test_regnearkleseren_ser_en_formel() -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    assert "FORMEL =1+1" in utlesere.regneark(out.getvalue())


def test_dokumentleseren_ser_en_adresse() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("_rels/.rels", '<R><Relationship Target="http://ond.example"/></R>')
    assert "adresse http:" in utlesere.dokument(out.getvalue())


@pytest.mark.parametrize("sign", ["\x1b[2J", "\x9b31m", "\x07", "\r", "\u202e", "\u2066", "\x7f", "\u2028"])
def test_det_en_terminal_adlyder_blir_sett(sign: str) -> None:
    assert obeyed(Utfall(0, f"a{sign}b", "")) != []
    assert obeyed(Utfall(0, "æøå –\u00a0«»\t\n", "\n")) == []
