"""A class, its routines and its log as text, and the expected points as a table beside them.

``Prove`` writes what a test says to a folder as the files people write, opens it as every command does, and
compares. What a test does not say has a default: one participant, D01; the school calendar ``RUTE``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from textwrap import dedent

from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.vurder import Vurdering, Vurdert, vurder

# Oslo 2023-2025. School days, counted by hand:
#   autumn 2023: Aug 9, Sep 21, Oct 17, Nov 22, Dec 14 = 83   spring 2024: Jan 22, Feb 16, Mar 16, Apr 21, May 19, Jun 15 = 109
#   autumn 2024: Aug 10, Sep 20, Oct 19, Nov 21, Dec 15 = 85  spring 2025: Jan 20, Feb 15, Mar 21, Apr 16, May 19, Jun 14 = 105
RUTE = """
format = 1
[skolerute]
id = "rute"
navn = "Rute"
[[skolear]]
id = "2023-2024"
forste = 2023-08-21
siste = 2024-06-21
ferier = { hostferie = [2023-10-02, 2023-10-06], juleferie = [2023-12-21, 2024-01-01], vinterferie = [2024-02-19, 2024-02-23], paskeferie = [2024-03-25, 2024-04-01] }
fridager = []
kilde = "regnet for hånd"
bekreftet = true
[[skolear]]
id = "2024-2025"
forste = 2024-08-19
siste = 2025-06-20
ferier = { hostferie = [2024-09-30, 2024-10-04], juleferie = [2024-12-23, 2025-01-03], vinterferie = [2025-02-17, 2025-02-21], paskeferie = [2025-04-14, 2025-04-21] }
fridager = [2025-05-02]
kilde = "regnet for hånd"
bekreftet = true
"""

SETT = """
format = 1
[rutinesett]
id = "test"
navn = "Test"
kilde = "regnet for hånd"
[roller.laerer]
navn = "Lærer"
etat = "skole"
[roller.veileder]
navn = "Veileder"
etat = "nav"
[roller.deltaker]
navn = "Deltaker"
etat = "deltaker"
"""

PERSONER = """
[personer.l1]
navn = "Lærer Q"
rolle = "laerer"
[personer.v1]
navn = "Veileder Q"
rolle = "veileder"
"""

KOLONNER = {
    "kontakter": "id;dato;type;rutine;deltaker;utfort_av;deltok;form;varighet;status;notat;registrert",
    "hendelser": "id;dato;type;deltaker;oppdaget;notat;registrert",
    "avtaler": "id;dato;deltaker;tiltak;ansvarlig;frist;utfort;grunnlag;notat;registrert",
}
STANDARD = {"type": "samtale", "navn": "Rutine", "niva": "deltaker", "ansvarlig": "laerer"}


def _rutiner(text: str) -> str:
    """Fill in what every routine must have: an id that says it all is enough for the test."""
    out: list[str] = []
    for block in dedent(text).split("[[rutiner]]"):
        if not out:
            out.append(block)
            continue
        lacking = [
            f'{key} = "{value}"'
            for key, value in STANDARD.items()
            if not re.search(rf"^\s*{key} =", block, re.MULTILINE)
        ]
        out.append("\n".join(["[[rutiner]]", *lacking]) + block)
    return "".join(out)


def _logg(text: str, slag: str) -> str:
    """Write the columns the test leaves out; a contact without a type is a ``samtale`` with D01."""
    lines = [line.strip() for line in dedent(text).strip().splitlines() if line.strip()]
    if not lines:
        return ""
    head = lines[0].split(";")
    defaults = {"deltaker": "D01"} | ({"type": "samtale"} if slag == "kontakter" else {"tiltak": "tiltak"})
    out = [KOLONNER[slag]]
    for line in lines[1:]:
        row = defaults | dict(zip(head, (cell.strip() for cell in line.split(";")), strict=True))
        out.append(";".join(row.get(name, "") for name in KOLONNER[slag].split(";")))
    return "\n".join(out) + "\n"


@dataclass
class Prove:
    """One class on disk, ready to be judged."""

    mappe: Path

    def skriv(
        self,
        rutiner: str,
        logg: str = "",
        *,
        hendelser: str = "",
        avtaler: str = "",
        deltakere: str = '[[deltakere]]\nid = "D01"',
        fra: str = "2023-08-21",
        til: str = "2025-06-20",
        klasse: str = "",
        rute: str = "rute.toml",
    ) -> Prove:
        """Write the files. ``klasse``: more lines of [klasse]; ``rute``: "ingen" for no school calendar."""
        files = {
            "oppfolging.toml": (
                'format = 1\n[klasse]\nid = "k"\nnavn = "K"\nrutinesett = "test.toml"\n'
                f'skolerute = "{rute}"\nstart = {fra}\nslutt = {til}\n{dedent(klasse)}\n{PERSONER}\n{dedent(deltakere)}\n'
            ),
            "test.toml": SETT + _rutiner(rutiner),
            "rute.toml": RUTE,
            "kontakter.csv": _logg(logg, "kontakter"),
            "hendelser.csv": _logg(hendelser, "hendelser"),
            "avtaler.csv": _logg(avtaler, "avtaler"),
        }
        for name, text in files.items():
            if text:
                (self.mappe / name).write_text(text, encoding="utf-8")
        return self

    def vurder(self, per: str, kjent: str | None = None) -> Vurdering:
        known = date.fromisoformat(kjent) if kjent else None
        opened = open_arbeidsmappe(self.mappe)
        roller = {name: person.rolle for name, person in opened.oppsett.personer.items()}
        return vurder(opened.opplegg, read_logg(self.mappe, known), roller, date.fromisoformat(per), known)

    def vent(self, per: str, tabell: str, *, kjent: str | None = None) -> Vurdering:
        """Judge on ``per`` and compare with the table, whose head names what is compared.

        ``punkt`` is the id without the class. Every point that has begun, is matched or is of an open gap must
        be in the table; one to come may be. ``-`` is nothing.
        """
        found = self.vurder(per, kjent)
        points = {x.punkt.id.removeprefix("k/"): x for x in found.punkter}
        lines = [line.split("#")[0].split() for line in tabell.strip().splitlines()]
        head, rows = lines[0], [line for line in lines[1:] if line]
        expected = {row[0]: row[1:] for row in rows}
        assert len(expected) == len(rows), "a point twice in the table"
        begun = {name for name, x in points.items() if x.punkt.fra <= found.per or x.kontakt or x.apent_gap}
        shown = sorted(begun | (expected.keys() & points.keys()))
        got = {name: [_celle(points[name], column) for column in head[1:]] for name in shown}
        wrong = [
            f"{name} {column}: venter {want}, fikk {have}"
            for name in sorted(got.keys() | expected.keys())
            for column, want, have in zip_longest(head[1:], expected.get(name, ()), got.get(name, ()))
            if want != have
        ]
        assert not wrong, "\n".join(wrong)
        assert got.keys() == expected.keys()
        return found


def _celle(x: Vurdert, column: str) -> str:
    """Return what a column of the table says of a point."""
    value: object
    match column:
        case "status":
            value = x.status
        case "kontakt":
            value = x.kontakt and x.kontakt.id
        case "sen":
            value = x.dager_sen
        case "flagg" | "forsok":
            value = ",".join(getattr(x, column)) or None
        case "oppdaget":
            value = x.oppdaget_etter
        case _:
            value = getattr(x.punkt, column)
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return "-" if value is None else str(value)


def koder(v: Vurdering) -> list[str]:
    """Return the codes of the findings."""
    return sorted(varsel.kode for varsel in v.funn)


def rester(v: Vurdering) -> tuple[list[str], list[str], Sequence[tuple[str, str]]]:
    """Return what is left over of the log: beyond the plan, incomplete, not counted and why."""
    return v.utover_plan, v.ufullstendige, v.ikke_talt
