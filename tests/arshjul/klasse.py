"""A small class with one routine of each kind, and a school calendar simple enough to count in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe

if TYPE_CHECKING:
    from pathlib import Path

    from oppfolgingscli.modell.klasse import Opplegg

OPPSETT = """
format = 1

[klasse]
id = "k1"
navn = "Testklassen"
rutinesett = "rutiner/test.toml"
skolerute = "skolerute.toml"
start = 2023-08-21
slutt = 2024-06-21
eksamen.norsk = 2024-05-23

[[deltakere]]
id = "D01"
ytelse = "kvp"
praksis = [{ fra = 2024-01-08, til = 2024-06-14 }]
[[deltakere]]
id = "D02"
ytelse = "kvp"
praksis = [{ fra = 2024-01-08, til = 2024-06-14 }]
[[deltakere]]
id = "D03"
ytelse = "kvp"
praksis = [{ fra = 2024-01-08, til = 2024-06-14 }]
[[deltakere]]
id = "D04"
start = 2023-10-23
ytelse = "aap"
gruppe = "liten"
"""

SKOLERUTE = """
format = 1
[skolerute]
id = "test"
navn = "Test"
[[skolear]]
id = "2023-2024"
forste = 2023-08-21
siste = 2024-06-21
ferier = { hostferie = [2023-10-02, 2023-10-06], juleferie = [2023-12-21, 2024-01-01], vinterferie = [2024-02-19, 2024-02-23], paskeferie = [2024-03-25, 2024-04-01] }
kilde = "håndlagd"
bekreftet = true
"""

HODE = """
format = 1
[rutinesett]
id = "test"
navn = "Testsettet"
kilde = "regnet for hånd"
[roller.laerer]
navn = "Lærer"
etat = "skole"
[roller.koordinator]
navn = "Koordinator"
etat = "nav"
[roller.veileder]
navn = "Veileder"
etat = "nav"
"""

RUTINER = {
    "samtale": ("deltaker", "laerer", '{ antall = 2, per = "semester" }', ""),
    "oppstart": ("deltaker", "laerer", '{ milepael = "oppstart", innen = "4 uker" }', ""),
    "mote": ("klasse", "koordinator", '{ antall = 1, per = "maned" }', ""),
    "hjelp": ("klasse", "laerer", '{ antall = 2, per = "uke" }', ""),
    "besok": ("deltaker", "laerer", '{ hver = "3 uker", senest = "4 uker" }', "gjelder = { i_praksis = true }"),
    "varsel": ("deltaker", "laerer", '{ ved = "frafallsrisiko", innen = "3 virkedager" }', ""),
    "svar": ("deltaker", "veileder", '{ etter = "samtale" }', ""),
    "prat": ("deltaker", "veileder", "{ behov = true }", ""),
    "egen": ("deltaker", "veileder", '{ antall = 1, per = "semester" }', 'gjelder = { gruppe = ["liten"] }'),
    "kvp": ("deltaker", "veileder", '{ hver = "3 måneder" }', 'gjelder = { ytelse = ["kvp"], ferie = "ogsa" }'),
}
"""id -> (niva, ansvarlig, frekvens, the rest)."""


def rutine(id_: str, *, navn: str | None = None, type_: str | None = None) -> str:
    niva, ansvarlig, frekvens, rest = RUTINER[id_]
    name = (navn or id_.capitalize()).replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'[[rutiner]]\nid = "{id_}"\nnavn = "{name}"\ntype = "{type_ or id_}"\nniva = "{niva}"\n'
        f'ansvarlig = "{ansvarlig}"\nfrekvens = {frekvens}\n{rest}\n'
    )


def skriv(mappe: Path, *rutiner: str, oppsett: str = OPPSETT) -> Path:
    (mappe / "rutiner").mkdir(parents=True)
    (mappe / "oppfolging.toml").write_text(oppsett, encoding="utf-8")
    (mappe / "skolerute.toml").write_text(SKOLERUTE, encoding="utf-8")
    (mappe / "rutiner" / "test.toml").write_text(HODE + "".join(rutiner), encoding="utf-8")
    return mappe


def les(mappe: Path, *rutiner: str, oppsett: str = OPPSETT) -> Opplegg:
    return open_arbeidsmappe(skriv(mappe, *(rutiner or map(rutine, RUTINER)), oppsett=oppsett)).opplegg
