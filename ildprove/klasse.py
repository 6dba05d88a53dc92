"""The class that the ordeal is about: small, with routines of every kind, a log of each slag, and things to import."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OPPSETT: Final = """\
format = 1
deltakere = [{ id = "D01" }, { id = "D02" }, { id = "D03" }]

[klasse]
id = "klassen"
navn = "Klassen"
rutinesett = "rutiner/egne.toml"
skolerute = "ingen"
start = 2024-08-19
slutt = 2025-06-20

[personer.kl]
navn = "Kontaktlærer A"
rolle = "kontaktlaerer"
"""
RUTINER: Final = """\
format = 1

[rutinesett]
id = "egne"
navn = "Egne rutiner"
kilde = "vedtatt plan"

[roller.kontaktlaerer]
navn = "Kontaktlærer"
etat = "skole"

[[rutiner]]
id = "samtale"
navn = "Samtalen"
type = "elevsamtale"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
deltar = ["deltaker"]
varighet = "45 minutter"
frekvens = { antall = 2, per = "semester" }

[[rutiner]]
id = "klassemote"
navn = "Klassemøtet"
type = "klassemote"
niva = "klasse"
ansvarlig = "kontaktlaerer"
varighet = "1 time"
frekvens = { antall = 1, per = "semester" }

[[rutiner]]
id = "etter-fravaer"
navn = "Samtale om fraværet"
type = "fravaerssamtale"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
frekvens = { ved = "hoyt_fravaer", innen = "3 virkedager" }
"""
HODER: Final = {
    "kontakter": "id;dato;type;rutine;deltaker;utfort_av;deltok;form;varighet;status;notat;registrert",
    "hendelser": "id;dato;type;deltaker;oppdaget;notat;registrert",
    "avtaler": "id;dato;deltaker;tiltak;ansvarlig;frist;utfort;grunnlag;notat;registrert",
}
RADER: Final = {
    "kontakter": (
        "k1;2024-09-02;elevsamtale;samtale;D01;kl;;;;;;2024-09-02",
        'k2;2024-09-03;elevsamtale;samtale;D02;kl;;fysisk;45 minutter;;"to linjer;\r\nog «æøå»";2024-09-04',
        "k3;2024-09-20;klassemote;klassemote;;kl;;;;;;2024-09-20",
        ";ikke en dato;elevsamtale;;D02;;;;;;en rad som ikke kan leses;",
    ),
    "hendelser": ("h1;2024-09-10;hoyt_fravaer;D03;2024-09-11;;2024-09-11",),
    "avtaler": ("a1;2024-09-10;D03;ringe hjem;kl;2024-09-20;;;;2024-09-10",),
}
NYE: Final = (
    "x1;2024-09-05;elevsamtale;samtale;D03;kl;;;;;;",
    "x2;2024-09-06;elevsamtale;samtale;D01;kl;;;;avlyst;;",
)


def lag_mappe(mappe: Path, *, regneark: bool = False) -> Path:
    """Write the workspace. ``regneark``: the contacts are kept in a workbook."""
    for folder in ("rutiner", "inn", "ut"):
        (mappe / folder).mkdir(parents=True)
    (mappe / "oppfolging.toml").write_text(OPPSETT, encoding="utf-8")
    (mappe / "rutiner" / "egne.toml").write_text(RUTINER, encoding="utf-8")
    for slag, rows in RADER.items():
        if slag == "kontakter" and regneark:
            (mappe / "kontakter.xlsx").write_bytes(_workbook())
            continue
        lines = "".join(f"{line}\r\n" for line in (HODER[slag], *rows))
        (mappe / f"{slag}.csv").write_bytes(b"\xef\xbb\xbf" + lines.encode())
    lines = "".join(f"{line}\r\n" for line in (HODER["kontakter"], *NYE))
    (mappe / "inn" / "kontakter.csv").write_bytes(lines.encode())
    return mappe


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise TypeError
    sheet.title = "kontakter"
    sheet.append(HODER["kontakter"].split(";"))
    for row in RADER["kontakter"][0], RADER["kontakter"][2]:
        sheet.append(row.split(";"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def goes_on(before: bytes, after: bytes) -> bool:
    """Whether a log on disk is the earlier one and perhaps more: its bytes, or a workbook's rows, come first."""
    if before[:4] != b"PK\x03\x04":
        return after.startswith(before)
    old, new = (rows_of(raw) for raw in (before, after))
    return new[: len(old)] == old


def rows_of(raw: bytes) -> list[tuple[object, ...]]:
    """Return the cells of a workbook's log, row by row."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw))
    return [tuple(row) for row in book["kontakter"].iter_rows(values_only=True)]


def copy(fra: Path, til: Path) -> Path:
    """Copy a workspace."""
    shutil.copytree(fra, til)
    return til


def files(mappe: Path) -> dict[str, bytes]:
    """Return everything in a workspace that people see: not locks, and not unfinished files."""
    return {
        path.relative_to(mappe).as_posix(): path.read_bytes()
        for path in sorted(mappe.rglob("*"))
        if path.is_file() and not path.name.endswith((".lock", ".tmp", ".laas"))
    }


def unfinished(mappe: Path) -> list[str]:
    """Return the unfinished files in a workspace."""
    return sorted(path.relative_to(mappe).as_posix() for path in mappe.rglob("*.tmp"))


@dataclass(frozen=True, slots=True)
class Oppgave:
    """One way to write. ``skriver``: the log it adds to; None when a second run changes nothing more."""

    navn: str
    ord: tuple[str, ...]
    skriver: str | None
    regneark: bool = False

    def words(self, mappe: Path) -> list[str]:
        """Return the words of the command line."""
        return [*(word.replace("{mappe}", str(mappe)) for word in self.ord), "--mappe", str(mappe)]


_NY: Final = ("logg", "ny", "--deltaker", "D01", "--rutine", "samtale", "--dato", "2024-10-01", "--notat", "møte; «ja»")
_PLAN: Final = ("plan", "--metode", "grisk", "--per", "2024-10-01")
OPPGAVER: Final = (
    Oppgave("logg ny", _NY, "kontakter.csv"),
    Oppgave("logg ny i regneark", _NY, "kontakter.xlsx", regneark=True),
    Oppgave("logg hendelse", ("logg", "hendelse", "--deltaker", "D02", "--type", "hoyt_fravaer"), "hendelser.csv"),
    Oppgave("logg avtale", ("logg", "avtale", "--deltaker", "D01", "--tiltak", "møte Nav"), "avtaler.csv"),
    Oppgave("logg rett", ("logg", "rett", "k1", "--form", "telefon"), "kontakter.csv"),
    Oppgave("logg importer", ("logg", "importer", "{mappe}/inn/kontakter.csv"), None),
    Oppgave("plan", _PLAN, None),
    Oppgave("kalender", ("kalender", "--per", "2024-10-01", "--ut", "{mappe}/ut"), None),
    Oppgave("rapport --ut", ("rapport", "--per", "2024-12-01", "--ut", "{mappe}/ut/rapport.html"), None),
)
"""The ways to write a workspace's files."""
