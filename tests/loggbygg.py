"""A small class with routines of every kind that a log row can be about, and its log files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OPPSETT = """\
format = 1
deltakere = [{ id = "D01" }, { id = "D02" }, { id = "007" }]

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
RUTINER = """\
format = 1

[rutinesett]
id = "egne"
navn = "Egne rutiner"
kilde = "vedtatt plan"

[roller.kontaktlaerer]
navn = "Kontaktlærer"
etat = "skole"

[roller.nav_veileder]
navn = "Nav-veileder"
etat = "nav"

[[rutiner]]
id = "samtale"
navn = "Samtalen"
type = "elevsamtale"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
varighet = "45 minutter"
frekvens = { antall = 2, per = "semester" }
teller_ogsa = ["trekantsamtale"]

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
KONTAKTER = "id;dato;type;rutine;deltaker;utfort_av;deltok;form;varighet;status;notat;registrert"


def lag_mappe(mappe: Path) -> Path:
    """Write the workspace, without a log."""
    (mappe / "rutiner").mkdir(parents=True)
    (mappe / "oppfolging.toml").write_text(OPPSETT, encoding="utf-8")
    (mappe / "rutiner" / "egne.toml").write_text(RUTINER, encoding="utf-8")
    return mappe


def kontakter(mappe: Path, *rader: str) -> Path:
    """Write kontakter.csv with these rows under the usual header."""
    path = mappe / "kontakter.csv"
    path.write_bytes("".join(f"{rad}\n" for rad in (KONTAKTER, *rader)).encode())
    return path
