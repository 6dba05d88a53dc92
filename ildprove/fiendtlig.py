"""A class whose every name is somebody's attempt, and everything the program makes of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

ORDINAERE: Final = (
    "Ordinær",
    "en ordinær tekst som er så lang at den må brytes over flere linjer der det er trangt",
    "x",
)
"""What the outputs are held against."""
FORMLER: Final = (
    '=HYPERLINK("http://ond.example";"klikk")', "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1", "＠SUM(1)",
    "'=1+1", '"=1+1', ";=1+1", "=1+1;=2+2",
)  # fmt: skip
"""What spreadsheets run."""
MERKING: Final = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><svg/onload=alert(1)>", "</title><script>1</script>",
    "</style><b>", "javascript:alert(1)", "{{7*7}}{% raw %}", "&lt;script&gt;&#60;", "<!--", "--><b>", "]]>", "<![CDATA[<b>]]>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>&a;", "[x](javascript:alert(1))", "![x](http://ond.example/x.png)",
    "<http://ond.example>", "| a | b |", "`x` **y** # z", "\\<b\\>", "x\n\n<script>1</script>", "x\n# Overskrift\n- punkt",
)  # fmt: skip
"""What browsers, word processors and Markdown readers take for something else than text."""
KALENDER: Final = (
    "x\r\nATTACH:http://ond.example", "x\nEND:VEVENT\nBEGIN:VEVENT", "x\\nATTENDEE:mailto:ond@ond.example", "x\r\n RRULE:FREQ=DAILY",
    "x;RRULE=1:y", "x\\N\\,;", 'x";ALTREP="http://ond.example', "x^nATTACH:y", "x\\\r\nATTACH:y", "å" * 74 + "\r\nATTACH:y",
)  # fmt: skip
"""What could begin a property of its own in a calendar."""

_OPPSETT: Final = """\
format = 1

[klasse]
id = "klassen"
navn = {t}
rutinesett = "rutiner/egne.toml"
skolerute = "ingen"
start = 2024-08-19
slutt = 2025-06-20
merknad = {t}

[personer.kl]
navn = {t}
rolle = "kontaktlaerer"

[[deltakere]]
id = "D01"
praksis = [{{ fra = 2024-09-02, til = 2024-12-20, ukedager = ["onsdag"], sted = {t} }}]
pauser = [{{ fra = 2024-11-04, til = 2024-11-08, grunn = {t}, registrert = 2024-11-01 }}]
fritak = [{{ rutine = "klassemote", grunn = {t}, registrert = 2024-09-01 }}]

[[deltakere]]
id = "D02"
"""
_RUTINER: Final = """\
format = 1

[rutinesett]
id = "egne"
navn = {t}
fylke = {t}
skole = {t}
kilde = {t}
gjelder_fra = 2024-08-01

[roller.kontaktlaerer]
navn = {t}
etat = "skole"

[roller.nav_veileder]
navn = {t}
etat = "nav"
merknad = {t}

[[faser]]
id = "forkurs"
navn = {t}
skolear = [1]

[[rutiner]]
id = "samtale"
navn = {t}
type = "elevsamtale"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
deltar = ["deltaker"]
krever = ["nav_veileder"]
varighet = "45 minutter"
kilde = {t}
merknad = {t}
frekvens = {{ antall = 2, per = "semester" }}

[[rutiner]]
id = "besok"
navn = {t}
type = "bedriftsbesok"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
varighet = "1 time"
kilde = {t}
frekvens = {{ antall = 1, per = "semester" }}
gjelder = {{ i_praksis = true }}

[[rutiner]]
id = "klassemote"
navn = {t}
type = "klassemote"
niva = "klasse"
ansvarlig = "kontaktlaerer"
frekvens = {{ antall = 1, per = "semester" }}
"""
_HODER: Final = {
    "kontakter": ("id", "dato", "type", "rutine", "deltaker", "utfort_av", "deltok", "form", "varighet", "status", "notat", "registrert"),
    "hendelser": ("id", "dato", "type", "deltaker", "oppdaget", "notat", "registrert"),
    "avtaler": ("id", "dato", "deltaker", "tiltak", "ansvarlig", "frist", "utfort", "grunnlag", "notat", "registrert"),
}  # fmt: skip
_DAG: Final = "2024-09-10"
#: Everything that can be made of a workspace: the name of the file, and the words that make it.
UTDATA: Final = (
    ("sjekk.txt", ("sjekk", "--per", "2024-12-20", "--funn")),
    ("sjekk.md", ("sjekk", "--per", "2024-12-20", "--format", "md")),
    ("sjekk.json", ("sjekk", "--per", "2024-12-20", "--format", "json")),
    ("sjekk.csv", ("sjekk", "--per", "2024-12-20", "--format", "csv")),
    ("sjekk.xlsx", ("sjekk", "--per", "2024-12-20", "--format", "xlsx")),
    ("forklar.txt", ("sjekk", "--per", "2024-12-20", "--forklar", "D01")),
    ("rapport.html", ("rapport", "--per", "2024-12-20", "--format", "html")),
    ("rapport.md", ("rapport", "--per", "2024-12-20", "--format", "md")),
    ("rapport.xlsx", ("rapport", "--per", "2024-12-20", "--format", "xlsx")),
    ("rapport.csv", ("rapport", "--per", "2024-12-20", "--format", "csv")),
    ("handbok.md", ("handbok", "--per", "2024-09-01", "--format", "md", "--med-navn")),
    ("handbok.html", ("handbok", "--per", "2024-09-01", "--format", "html", "--med-navn")),
    ("handbok.docx", ("handbok", "--per", "2024-09-01", "--format", "docx", "--med-navn")),
    ("arshjul.svg", ("arshjul", "--per", "2024-09-01", "--format", "svg")),
    ("arshjul.txt", ("arshjul", "--per", "2024-09-01")),
    ("belastning.html", ("belastning", "--per", "2024-09-01", "--format", "html")),
    ("belastning.md", ("belastning", "--per", "2024-09-01", "--format", "md")),
    ("belastning.csv", ("belastning", "--per", "2024-09-01", "--format", "csv")),
    ("belastning.xlsx", ("belastning", "--per", "2024-09-01", "--format", "xlsx")),
    ("plan.md", ("plan", "--metode", "grisk", "--per", "2024-09-01", "--format", "md")),
    ("utvid.csv", ("utvid", "--per", "2024-09-01", "--format", "csv")),
    ("utvid.json", ("utvid", "--per", "2024-09-01", "--format", "json")),
    ("logg.csv", ("logg", "vis", "--format", "csv")),
    ("logg.json", ("logg", "vis", "--format", "json")),
    ("logg.txt", ("logg", "vis")),
    ("rutiner.txt", ("rutiner", "vis", "{mappe}/rutiner/egne.toml")),
)
_UTEN_MAPPE: Final = ("rutiner",)


def lag_mappe(mappe: Path, tekst: str) -> Path:
    """Write a workspace in which every name and every text is ``tekst``."""
    (mappe / "rutiner").mkdir(parents=True)
    quoted = json.dumps(tekst, ensure_ascii=False)
    (mappe / "oppfolging.toml").write_text(_OPPSETT.format(t=quoted), encoding="utf-8")
    (mappe / "rutiner" / "egne.toml").write_text(_RUTINER.format(t=quoted), encoding="utf-8")
    for slag, columns in _HODER.items():
        fixed = {
            "id": f"{slag[0]}1", "dato": _DAG, "registrert": _DAG, "deltaker": "D01", "rutine": "samtale", "frist": _DAG,
            "type": "elevsamtale" if slag == "kontakter" else "fravaer", "utfort_av": "kl", "ansvarlig": "kl",
            "status": "avlyst", "varighet": "45 minutter", "utfort": "", "oppdaget": _DAG,
        }  # fmt: skip
        cells = [fixed.get(name, tekst) for name in columns]
        # One more whose words too are somebody's attempt: it counts for nothing, but it is told.
        wild = [fixed[name] if name in {"dato", "registrert", "frist", "status"} else tekst for name in columns]
        lines = [";".join(columns), *(";".join(map(_quoted, row)) for row in (cells, wild))]
        (mappe / f"{slag}.csv").write_bytes("".join(f"{line}\r\n" for line in lines).encode("utf-8-sig"))
    return mappe


def _quoted(cell: str) -> str:
    return '"{}"'.format(cell.replace('"', '""'))


def words(ord_: tuple[str, ...], mappe: Path) -> list[str]:
    """Return the words of a command line about a workspace."""
    out = [word.replace("{mappe}", str(mappe)) for word in ord_]
    return out if ord_[0] in _UTEN_MAPPE else [*out, "--mappe", str(mappe)]
