"""Make a flat data set of any size for the benchmarks of the audit: classes, participants, periods, contacts, events.

    python benk/lag_masse.py MAPPE --deltakere 10000

Four school years, classes of 26, some 62 points a participant and year and a contact for four in five of them. The
same size always gives the same files. Rows are written class by class, each by date, as schools would send them;
``--stokket`` mixes the classes. Nobody in it exists.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import numpy as np
import polars as pl

from oppfolgingscli.gyldighet import Gyldighet
from oppfolgingscli.les.rutinesett import load_rutinesett
from oppfolgingscli.les.skolerute import read_skolerute
from oppfolgingscli.modell.klasse import Deltaker, Klasse, Opplegg
from oppfolgingscli.ressurser import datamappe
from oppfolgingscli.utvid import expand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oppfolgingscli.hendelse import Punkt

START, SLUTT = date(2023, 8, 21), date(2027, 6, 18)
PER = date(2027, 8, 31)
PER_KLASSE: Final = 26
STEDER: Final = (("Oslo", "oslo"), ("Akershus", "akershus"), ("Vestland", "vestland-bergen"))
SETT = """\
format = 1
[rutinesett]
id = "benk"
navn = "Benk"
kilde = "oppdiktet"
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
RUTINER: Final = (
    ("ukessamtale", "deltaker", "praksis", '{ antall = 1, per = "uke" }', ""),
    ("manedssamtale", "deltaker", "skriftlig", '{ antall = 1, per = "maned" }', ""),
    ("elevsamtale", "deltaker", "skriftlig", '{ minst = 2, inntil = 3, per = "semester" }', ""),
    ("egenrapport", "deltaker", "skriftlig", '{ antall = 1, per = "semester" }', ""),
    ("tilbakemelding", "deltaker", "skriftlig", '{ etter = "egenrapport", innen = "4 uker" }', ""),
    ("praksisbesok", "deltaker", "praksis", '{ hver = "3 uker", senest = "4 uker" }', "gjelder = { i_praksis = true }"),
    ("trekantsamtale", "deltaker", "skriftlig", '{ milepael = "oppstart", innen = "4 uker" }', 'krever = ["veileder"]'),
    ("sluttsamtale", "deltaker", "skriftlig", '{ milepael = "skolear-slutt", fra = "-4 uker", innen = "0 dager" }', ""),
    ("varsel", "deltaker", "skriftlig", '{ ved = "hoyt_fravaer", innen = "3 virkedager" }', ""),
    ("statusmote", "klasse", "praksis", '{ antall = 1, per = "maned" }', ""),
    ("stotte", "deltaker", "praksis", "{ behov = true }", ""),
)  # fmt: skip
GRUPPER: Final = ("med-grunnskole", "uten-grunnskole")
KOLONNER: Final = "klasse;id;dato;type;rutine;deltaker;utfort_av;deltok;form;varighet;status;notat;registrert"


def rutinesett() -> str:
    """Return the routine set as a file."""
    blocks = [
        f'[[rutiner]]\nid = "{name}"\nnavn = "{name}"\ntype = "{name}"\nniva = "{niva}"\nansvarlig = "laerer"\n'
        f'grunnlag = "{grunnlag}"\nfrekvens = {frekvens}\n{mer}\n'
        for name, niva, grunnlag, frekvens, mer in RUTINER
    ]
    return SETT + "".join(blocks)


class Mal:
    """The points of one kind of participant, as arrays."""

    def __init__(self, opplegg: Opplegg) -> None:
        made = [p for p in expand(opplegg).punkter if p.mal is not None]
        self.deltaker = self._columns([p for p in made if p.niva == "deltaker"])
        self.klasse = self._columns([p for p in made if p.niva == "klasse"])
        # Feedback a fortnight after each report, and the need-based talks, have no points before there is a log.

    @staticmethod
    def _columns(points: list[Punkt]) -> tuple[np.ndarray, np.ndarray]:
        names = [r[0] for r in RUTINER]
        day = np.array([(p.mal or START).toordinal() for p in points], dtype=np.int32)
        return day, np.array([names.index(p.rutine) for p in points], dtype=np.int8)


def make(mappe: Path, n: int, *, stokket: bool = False) -> int:
    """Write the data set for n participants; return the number of contacts."""
    mappe.mkdir(parents=True, exist_ok=True)
    (mappe / "benk.toml").write_text(rutinesett(), encoding="utf-8")
    sett = load_rutinesett(str(mappe / "benk.toml"))
    luck = np.random.default_rng(20231121)
    models = []
    for _fylke, rute in STEDER:
        found = read_skolerute(datamappe("skoleruter") / f"{rute}.toml", [])
        klasse = Klasse.model_validate(
            {"id": "k", "navn": "k", "rutinesett": "b", "skolerute": rute, "start": START, "slutt": SLUTT}
        )
        d = Deltaker.model_validate({"id": "D", "praksis": [{"fra": date(2024, 1, 8)}]})
        opplegg = Opplegg(klasse, (d,), sett, found.skolear_data() if found else (), rute)
        models.append((Mal(opplegg), Gyldighet(replace(opplegg, deltakere=()))))
    n_classes = -(-n // PER_KLASSE)
    rows = 0
    files = {
        name: (mappe / f"{name}.csv").open("wb")
        for name in ("klasser", "deltakere", "perioder", "kontakter", "hendelser")
    }
    files["klasser"].write(b"klasse;rutinesett;skolerute;start;slutt;fylke;skole\n")
    files["deltakere"].write(b"klasse;id;start;slutt;sluttarsak;gruppe;ytelse\n")
    files["perioder"].write(b"klasse;deltaker;slag;fra;til;verdi;sted;grunn;registrert\n")
    files["kontakter"].write(f"{KOLONNER}\n".encode())
    files["hendelser"].write(b"klasse;id;dato;type;deltaker;oppdaget;notat;registrert\n")
    for first in range(0, n_classes, 200):
        numbers = range(first, min(first + 200, n_classes))
        contacts = []
        for c in numbers:
            size = min(PER_KLASSE, n - c * PER_KLASSE)
            contacts.append(_class(files, c, size, luck, models[c % len(models)][0]))
        frame = pl.concat(contacts)
        if stokket:
            frame = frame.sample(fraction=1.0, shuffle=True, seed=first)
        files["kontakter"].write(frame.write_csv(include_header=False, separator=";").encode())
        rows += frame.height
    for file in files.values():
        file.close()
    return rows


def _class(files: Mapping[str, IO[bytes]], c: int, size: int, luck: np.random.Generator, mal: Mal) -> pl.DataFrame:
    name = f"K{c + 1:05d}"
    fylke, rute = STEDER[c % len(STEDER)]
    files["klasser"].write(f"{name};benk.toml;{rute};{START};{SLUTT};{fylke};{fylke} skole {c % 40}\n".encode())
    start = np.full(size, START.toordinal())
    slutt = np.full(size, SLUTT.toordinal())
    left = luck.random(size) < 0.2
    slutt[left] = luck.integers(START.toordinal() + 60, SLUTT.toordinal() - 30, int(left.sum()))
    pause = np.where(luck.random(size) < 0.1, luck.integers(START.toordinal() + 30, SLUTT.toordinal() - 90, size), 0)
    length = luck.integers(20, 80, size)
    praksis = np.where(luck.random(size) < 0.3, luck.integers(START.toordinal() + 60, START.toordinal() + 400, size), 0)
    lines, spans = [], []
    for i in range(size):
        d = f"D{i + 1:02d}"
        end = date.fromordinal(int(slutt[i])) if left[i] else ""
        lines.append(f"{name};{d};;{end};;{GRUPPER[i % 3 == 0]};tiltakspenger")
        fra = date.fromordinal(int(praksis[i])) if praksis[i] else date(2024, 1, 8)
        spans.append(f"{name};{d};praksis;{fra};;;;;")
        if pause[i]:
            a = date.fromordinal(int(pause[i]))
            spans.append(f"{name};{d};pause;{a};{a + timedelta(int(length[i]))};;;permisjon;{a}")
    files["deltakere"].write(("\n".join(lines) + "\n").encode())
    files["perioder"].write(("\n".join(spans) + "\n").encode())
    return _contacts(files, name, start, slutt, pause, length, luck, mal)


def _contacts(
    files: Mapping[str, IO[bytes]], name: str, start: np.ndarray, slutt: np.ndarray, pause: np.ndarray, length: np.ndarray,
    luck: np.random.Generator, mal: Mal,
) -> pl.DataFrame:  # fmt: skip
    size = slutt.size
    day, kind = mal.deltaker
    who = np.repeat(np.arange(size), day.size)
    days, kinds = np.tile(day, size), np.tile(kind, size)
    names = [r[0] for r in RUTINER]
    reports = kinds == names.index("egenrapport")
    answers = (who[reports], days[reports] + 14, np.full(int(reports.sum()), names.index("tilbakemelding")))
    calls = (luck.integers(0, size, size * 4), luck.integers(START.toordinal(), SLUTT.toordinal(), size * 4),
             np.full(size * 4, names.index("stotte")))  # fmt: skip
    events = luck.random(size) < 0.15
    event_day = luck.integers(START.toordinal() + 30, SLUTT.toordinal() - 30, size)
    event_day = np.minimum(event_day, slutt - 1)
    warned = np.flatnonzero(events)
    warnings = (warned, event_day[warned], np.full(warned.size, names.index("varsel")))
    who = np.concatenate([who, answers[0], calls[0], warnings[0]])
    days = np.concatenate([days, answers[1], calls[1], warnings[1]])
    kinds = np.concatenate([kinds, answers[2], calls[2], warnings[2]])
    keep = luck.random(who.size) >= 1 / 6
    who, days, kinds = who[keep], days[keep], kinds[keep]
    width = np.where(kinds == 0, 2, 6)
    days = (
        days + luck.integers(-6, 7, who.size) % (2 * width + 1) - width + np.where(luck.random(who.size) < 0.1, 30, 0)
    )
    away = (pause[who] > 0) & (pause[who] <= days) & (days <= pause[who] + length[who])
    keep = (start[who] <= days) & (days <= slutt[who]) & ~away
    who, days, kinds = who[keep], days[keep], kinds[keep]
    class_day, class_kind = mal.klasse
    held = luck.random(class_day.size) < 0.85
    who = np.concatenate([who, np.full(int(held.sum()), -1)])
    days = np.concatenate([days, class_day[held]])
    kinds = np.concatenate([kinds, class_kind[held]])
    order = np.argsort(days, kind="stable")
    who, days, kinds = who[order], days[order], kinds[order]
    late = np.where(luck.random(who.size) < 0.3, luck.integers(0, 40, who.size), -1)
    lines = [
        f"{name};h{i};{date.fromordinal(int(event_day[i]))};hoyt_fravaer;D{i + 1:02d};;;"
        for i in np.flatnonzero(events)
    ]
    files["hendelser"].write(("\n".join(lines) + "\n").encode() if lines else b"")
    people = np.array([None, *(f"D{i + 1:02d}" for i in range(size))])
    epoch = date(1970, 1, 1).toordinal()
    blank = pl.lit(None, dtype=pl.String)
    talk = kinds == names.index("trekantsamtale")
    return pl.DataFrame(
        {"nr": np.arange(1, who.size + 1), "dag": days - epoch, "sort": kinds, "hvem": people[who + 1].tolist(), "fort": days - epoch + late,
         "sent": late >= 0, "tre": talk & (luck.random(who.size) < 0.9), "to": talk}
    ).select(
        pl.lit(name).alias("klasse"), pl.format("k{}", "nr").alias("id"), pl.col("dag").cast(pl.Date).alias("dato"),
        pl.col("sort").replace_strict(dict(enumerate(names)), return_dtype=pl.String).alias("type"), blank.alias("rutine"),
        pl.col("hvem").alias("deltaker"), pl.lit("laerer").alias("utfort_av"),
        pl.when("tre").then(pl.lit("deltaker,veileder")).when("to").then(pl.lit("deltaker")).otherwise(blank).alias("deltok"),
        pl.lit("fysisk").alias("form"), blank.alias("varighet"), blank.alias("status"), blank.alias("notat"),
        pl.when("sent").then(pl.col("fort").cast(pl.Date)).otherwise(None).alias("registrert"),
    )  # fmt: skip


def main() -> None:
    """Make one data set."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("mappe", type=Path)
    parser.add_argument("--deltakere", type=int, default=1000)
    parser.add_argument("--stokket", action="store_true", help="mix the classes")
    given = parser.parse_args()
    print(f"{make(given.mappe, given.deltakere, stokket=given.stokket)} kontakter", file=sys.stderr)


if __name__ == "__main__":
    main()
