"""Two small classes with everything in them that must not get out, as folders and as a flat data set."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Final

from hjelp import Kjor
from oppfolgingscli.cli import revisjonseksport

if TYPE_CHECKING:
    import pytest

PER: Final = "2024-09-01"
SETT: Final = """\
format = 1
[rutinesett]
id = "lokalt"
navn = "Lokale rutiner"
kilde = "Plan for oppfølging"
fylke = "Innlandet"
skole = "Solvang videregående"
[roller.laerer]
navn = "Lærer"
etat = "skole"
[roller.kvp_veileder]
navn = "KVP-veileder"
etat = "nav"
[roller.deltaker]
navn = "Deltaker"
etat = "deltaker"
[[rutiner]]
id = "samtale"
navn = "=HYPERLINK(samtale)"
type = "samtale"
niva = "deltaker"
ansvarlig = "laerer"
grunnlag = "skriftlig"
kilde_id = "P-1"
frekvens = { antall = 2, per = "semester" }
[[rutiner]]
id = "besok"
navn = "Besøk på praksisplassen"
type = "besok"
niva = "deltaker"
ansvarlig = "laerer"
frekvens = { hver = "3 uker", senest = "4 uker" }
gjelder = { i_praksis = true }
[[rutiner]]
id = "kvp-oppfolging"
navn = "Oppfølging av KVP-deltakere"
type = "kvp-samtale"
niva = "deltaker"
ansvarlig = "kvp_veileder"
kilde_id = "KVP-7"
frekvens = { antall = 1, per = "maned" }
gjelder = { ytelse = ["kvp"] }
[[rutiner]]
id = "varsel"
navn = "Varsel om fravær"
type = "varsel"
niva = "deltaker"
ansvarlig = "laerer"
frekvens = { ved = "hoyt_fravaer", innen = "3 virkedager" }
[[rutiner]]
id = "svangerskap-samtale"
navn = "Samtale om svangerskap"
type = "svangerskapssamtale"
niva = "deltaker"
ansvarlig = "laerer"
frekvens = { ved = "svangerskap", innen = "2 uker" }
[[rutiner]]
id = "etter-svangerskap"
navn = "Etter svangerskapssamtalen"
type = "samtale"
niva = "deltaker"
ansvarlig = "laerer"
frekvens = { etter = "svangerskap-samtale", innen = "2 uker" }
[[rutiner]]
id = "klassemote"
navn = "Klassemøte"
type = "mote"
niva = "klasse"
ansvarlig = "laerer"
frekvens = { antall = 1, per = "semester" }
"""
KLASSER: Final = ("solvang-hemmelig", "solvang-nr2")
DELTAKERE: Final = """
klasse;id;start;slutt;sluttarsak;gruppe;ytelse
solvang-hemmelig;Kari.Nordmann-77;;;;med-grunnskole;kvp
solvang-hemmelig;deltaker;;2024-03-01;graviditet;med-grunnskole;sosialhjelp
solvang-hemmelig;i_tide;;;;uten-grunnskole;kvp
solvang-hemmelig;Q4;2023-10-02;;;med-grunnskole;tiltakspenger
solvang-nr2;Kari.Nordmann-77;;;;med-grunnskole;
solvang-nr2;Q4;;;;kvp-gruppa;uforetrygd
"""
PERIODER: Final = """
klasse;deltaker;slag;fra;til;verdi;sted;grunn;registrert
solvang-hemmelig;Kari.Nordmann-77;praksis;2023-09-04;2023-12-15;;Barnehagen Knerten;;
solvang-hemmelig;deltaker;pause;2023-11-01;2023-12-20;;;kreftbehandling;2023-11-01
solvang-hemmelig;Q4;fritak;;;samtale;;angstlidelse;
solvang-hemmelig;i_tide;ytelse;2024-02-01;;arbeidsavklaringspenger;;;
"""
KONTAKTER: Final = """
klasse;id;dato;type;rutine;deltaker;utfort_av;deltok;form;varighet;status;notat;registrert
solvang-hemmelig;kontakt-0001;2023-09-12;samtale;;Kari.Nordmann-77;Ola.Laerer;deltaker;fysisk;45 minutter;;Kari fortalte om inkasso;2023-09-20
solvang-hemmelig;kontakt-0002;2023-10-03;samtale;;Kari.Nordmann-77,i_tide;laerer;;telefon;;;møtte på Knerten;
solvang-hemmelig;kontakt-0003;2023-09-20;besok;;Kari.Nordmann-77;Ola.Laerer;;;;;;
solvang-hemmelig;kontakt-0004;2023-11-10;besok;;Kari.Nordmann-77;Ola.Laerer;;;;;;
solvang-hemmelig;kontakt-0005;2023-09-15;kvp-samtale;;Kari.Nordmann-77;Nav.Person;;;;;KVP forlenget;
solvang-hemmelig;kontakt-0006;2023-10-15;kvp-samtale;kvp-oppfolging;i_tide;Nav.Person;;;;;;
solvang-hemmelig;kontakt-0007;2023-10-20;samtale;;*;laerer;;;;;;
solvang-hemmelig;kontakt-0008;2023-11-03;samtale;;Q4;laerer;;;;ikke møtt;syk igjen;
solvang-hemmelig;kontakt-0009;2023-11-20;mote;;;laerer;;;;;;
solvang-hemmelig;kontakt-0010;2023-11-21;kreftsamtale;;deltaker;laerer;;;;;;
solvang-hemmelig;kontakt-0011;2024-01-22;samtale;;Kari.Nordmann-77;laerer;;;;;;
solvang-hemmelig;kontakt-0012;2023-11-29;varsel;varsel;i_tide;laerer;;;;;;
solvang-hemmelig;kontakt-0013;2024-01-15;svangerskapssamtale;;deltaker;laerer;;;;;;
solvang-hemmelig;kontakt-0014;2024-02-05;samtale;;i_tide;Nav.Person;;;;;;
solvang-nr2;kontakt-0001;2023-09-12;samtale;;Kari.Nordmann-77;laerer;;;;;;
solvang-nr2;kontakt-0002;2023-10-13;samtale;;Kari.Nordmann-77;laerer;;;;;;
"""
HENDELSER: Final = """
klasse;id;dato;type;deltaker;oppdaget;notat;registrert
solvang-hemmelig;hendelse-1;2023-11-24;hoyt_fravaer;i_tide;2023-11-27;sov ikke;2023-11-28
solvang-hemmelig;hendelse-2;2024-01-09;svangerskap;deltaker;;;
solvang-hemmelig;hendelse-3;2024-03-01;avbrudd;deltaker;;graviditet;
"""
PERSONER: Final = {"Ola.Laerer": "laerer", "Nav.Person": "kvp_veileder"}
HEMMELIG: Final = (
    *KLASSER, "Kari", "Nordmann", "kontakt-00", "hendelse-", "Solvang", "Ola.", "Nav.Person", "inkasso", "Knerten", "knerten",
    "kreft", "angst", "graviditet", "svangerskap", "sov ikke", "syk igjen", "sosialhjelp", "tiltakspenger", "uforetrygd",
    "kvp", "KVP", "arbeidsavklaring", "45 minutter", "telefon",
)  # fmt: skip
"""What no byte of an export may say: ids, people, places, notes, benefits, health, reasons."""
ORD: Final = ("Q4", "Kari.Nordmann-77", "laerer.1", *KLASSER)
"""What may be no cell of an export, though it may be a part of one."""


def rader(tekst: str) -> tuple[list[str], list[list[str]]]:
    head, *rows = (line.split(";") for line in dedent(tekst).strip().splitlines())
    return head, rows


def folders(mappe: Path) -> Path:
    """The classes as two workspaces."""
    for klasse in KLASSER:
        folder = mappe / klasse
        folder.mkdir(parents=True)
        (folder / "lokalt.toml").write_text(SETT, encoding="utf-8")
        people = "".join(
            f'[personer."{id_}"]\nnavn = "Ola Nordmann"\nepost = "ola@solvang.example"\nrolle = "{rolle}"\n'
            for id_, rolle in PERSONER.items()
        )
        (folder / "oppfolging.toml").write_text(
            f'format = 1\ndeltakere = "deltakere.csv"\n[klasse]\nid = "{klasse}"\nnavn = "Solvang"\n'
            f'rutinesett = "lokalt.toml"\nskolerute = "oslo"\nstart = 2023-08-21\nslutt = 2024-06-21\n{people}',
            encoding="utf-8",
        )
        for name, text in (("deltakere", DELTAKERE), ("perioder", PERIODER), ("kontakter", KONTAKTER), ("hendelser", HENDELSER)):  # fmt: skip
            head, rows = rader(text)
            mine = [";".join(row[1:]) for row in rows if row[0] == klasse]
            (folder / f"{name}.csv").write_text("\n".join([";".join(head[1:]), *mine]) + "\n", encoding="utf-8")
    return mappe


def flat(mappe: Path) -> Path:
    """The same as one data set."""
    mappe.mkdir(parents=True)
    (mappe / "lokalt.toml").write_text(SETT, encoding="utf-8")
    classes = [f"{k};lokalt.toml;oslo;2023-08-21;2024-06-21" for k in KLASSER]
    people = [f"{k};{id_};{rolle}" for k in KLASSER for id_, rolle in PERSONER.items()]
    tables = {
        "klasser": "klasse;rutinesett;skolerute;start;slutt\n" + "\n".join(classes), "deltakere": DELTAKERE,
        "personer": "klasse;id;rolle\n" + "\n".join(people), "perioder": PERIODER, "kontakter": KONTAKTER, "hendelser": HENDELSER,
    }  # fmt: skip
    for name, text in tables.items():
        (mappe / f"{name}.csv").write_text(dedent(text).strip() + "\n", encoding="utf-8")
    return mappe


def lucky(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Put chance that repeats itself in the place of the machine's."""
    monkeypatch.setattr(revisjonseksport, "new_rng", lambda: random.Random(seed))  # noqa: S311 - it shall repeat itself


def export(kjor: Kjor, inn: Path, ut: Path, *words: str | Path, kode: int = 0, per: str = PER) -> str:
    """Make an export, and return what was said."""
    made = kjor("revisjon", inn, "--per", per, "--terskel", "3", "--eksport", ut, *words)
    assert made.exit_code == kode, made.stderr
    return made.stderr


def read(ut: Path, tabell: str) -> list[dict[str, str]]:
    with (ut / f"{tabell}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def everything(ut: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(ut.iterdir())}
