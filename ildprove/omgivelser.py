"""The surroundings: clocks that jump, time zones, several who write at once, machines that share a folder."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from ildprove import klasse, prosess, systemkall
from ildprove.ramme import ROT, Avsnitt, Valg

TITTEL: Final = "Klokker, tidssoner og flere som skriver"
TEKST: Final = """\
Påstand: Id-er er aldri like og følger rekkefølgen i filen, hva klokka enn sier. En rad registreres aldri tidligere enn raden før,
når maskinens klokke er inntil en måned bak; er forskjellen større, er en av dem gal, og det sies fra. Hvilken dag det er,
avgjøres i Norge, ikke av maskinens tidssone. Skriver flere samtidig, blir ingen rad borte, heller ikke på en felles mappe uten
låser. Har OneDrive eller lignende laget en kopi fordi to maskiner skrev hver for seg, er kopien et funn, og `logg importer`
henter radene.

Ikke dekket: en felles mappe som svarer ja til låser uten å holde dem mellom maskinene. Da gjenstår bare at filen sammenlignes
rett før den byttes ut, og to som skriver i samme tusendels sekund, kan ta fra hverandre en rad.
"""
SONER: Final = (
    "UTC",
    "Europe/Oslo",
    "Pacific/Kiritimati",
    "America/Adak",
    "Asia/Kolkata",
    "Finnes/Ikke",
    ":",
    "XYZ-14",
)


def run(valg: Valg) -> Avsnitt:
    """Try every surrounding."""
    out = Avsnitt(TITTEL, TEKST)
    _clock(valg, out)
    if not valg.kort:
        _zones(valg, out)
    _together(valg, out)
    _without_locks(valg, out)
    _synced(valg, out)
    _held(valg, out)
    return out


def _clock(valg: Valg, out: Avsnitt) -> None:
    """Write rows while the clock jumps to and fro within a month, and now and then by years."""
    from oppfolgingscli.les.logg_fil import read_rader
    from oppfolgingscli.logg import Klokke, append

    chance = random.Random(valg.fro)
    folder = klasse.lag_mappe(valg.mappe / "klokke")
    rows = 20 if valg.kort else 400
    begin = date(2024, 10, 15)
    for _row in range(rows):
        clock = Klokke(begin + timedelta(days=chance.randint(-15, 15)))
        row = {"dato": "2024-10-01", "type": "elevsamtale", "deltaker": "D01"}
        append(folder, "kontakter", lambda now, row=row, clock=clock: [{**row, "registrert": clock.registrert(now)}])  # type: ignore[misc] # bound now
    found = read_rader(folder / "kontakter.csv", "kontakter")[0][-rows:]
    days, ids = [row["registrert"] for row in found], [row["id"] for row in found]
    if days != sorted(days):
        out.feil.append("en rad ble registrert før raden over")
    if ids != [f"k{number}" for number in range(4, 4 + rows)]:
        out.feil.append("id-ene er ikke i rekkefølge")
    out.add("Rader mens klokka hopper fram og tilbake", rows, "registrert i rekkefølge, ingen like id-er")
    for clock, behind in ((Klokke(date(2023, 1, 1)), True), (Klokke(date(2030, 1, 1)), False)):
        append(folder, "kontakter", lambda now, clock=clock: [{**RAD, "registrert": clock.registrert(now)}])  # type: ignore[misc] # bound now
        if (clock.sist is not None) != behind:
            out.feil.append(f"klokka {clock.i_dag} ble ikke sagt fra om")
    out.add("Klokka er år bak", 1, "raden skrives, og det sies fra")


RAD: Final = {"dato": "2024-10-01", "type": "elevsamtale", "deltaker": "D01"}


def _zones(valg: Valg, out: Avsnitt) -> None:
    """Run the same in every time zone."""
    answers = []
    for number, zone in enumerate(SONER):
        folder = klasse.lag_mappe(valg.mappe / f"sone{number}" / "k")
        said = [
            systemkall.kjor([*words, "--mappe", str(folder)], TZ=zone)
            for words in (
                ("logg", "hendelse", "--deltaker", "D01", "--type", "hoyt_fravaer"),
                ("sjekk", "--per", "2024-12-20", "--format", "json"),
                ("kalender", "--per", "2024-10-01", "--ut", str(folder / "ut")),
            )
        ]
        answers.append(([(s.kode, s.stdout.replace(str(folder), "")) for s in said], klasse.files(folder)))
    out.feil += [
        f"TZ={zone} gir noe annet" for zone, answer in zip(SONER, answers, strict=True) if answer != answers[0]
    ]
    if any(code not in {0, 1} for code, _text in answers[0][0]):
        out.feil.append(f"kommandoene gikk ikke: {answers[0][0]}")
    out.add("Tidssoner, også noen som ikke finnes", len(SONER), "samme filer og svar, byte for byte")


def _start(folder: Path, name: str, rows: int, foran: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    words = [*foran, sys.executable, "-m", "ildprove.skriver", str(folder), name, str(rows)]
    return subprocess.Popen(words, cwd=ROT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _together(valg: Valg, out: Avsnitt) -> None:
    """Let several processes write in the same log."""
    processes, rows = (2, 5) if valg.kort else (8, 100)
    lost = _race(valg.mappe / "sammen", processes, rows)
    out.feil += [f"flere samtidig: {line}" for line in lost]
    out.add(f"{processes} prosesser skriver i samme logg", processes * rows, "alle rader er der, ingen like id-er")


def _without_locks(valg: Valg, out: Avsnitt) -> None:
    """Do the same where the disk says that it has no locks."""
    if valg.kort or not systemkall.finnes():
        return
    processes, rows = 2, 40
    for fault in ("ENOLCK", "ENOSYS", "EOPNOTSUPP"):
        lost = _race(valg.mappe / f"uten-{fault}", processes, rows, systemkall.med_alltid("flock", f"error={fault}"))
        out.feil += [f"uten låser ({fault}): {line}" for line in lost]
    out.add("To maskiner på en felles mappe uten låser", 3 * processes * rows, "alle rader er der, ingen like id-er")


def _race(mappe: Path, processes: int, rows: int, foran: Sequence[str] = ()) -> list[str]:
    """Let processes write at the same time. Returns what is wrong with the log afterwards."""
    from oppfolgingscli.les.logg_fil import read_rader

    folder = klasse.lag_mappe(mappe)
    log = folder / "kontakter.csv"
    before = log.read_bytes()
    writers = [_start(folder, f"P{number}", rows, foran) for number in range(processes)]
    said = [writer.communicate() for writer in writers]
    wrong = [err.decode(errors="replace").strip()[-300:] for _out, err in said if err]
    told = [line.split("\t")[0] for text, _err in said for line in text.decode().splitlines()]
    ids = [row["id"] for row in read_rader(log, "kontakter")[0]]
    if len(told) != processes * rows or not set(told) <= set(ids):
        wrong.append(f"{len(told)} rader ble sagt ført, {len(set(told) & set(ids))} står i filen")
    if len(ids) != len(set(ids)):
        wrong.append("to rader har samme id")
    if not klasse.goes_on(before, log.read_bytes()):
        wrong.append("det som sto der, står der ikke")
    return wrong


def _synced(valg: Valg, out: Avsnitt) -> None:
    """Let two machines write each their own copy of a folder, and a program keep both under other names."""
    from oppfolgingscli.les.logg import read_logg
    from oppfolgingscli.les.logg_fil import read_rader

    names = (
        "kontakter-PC12.csv", "kontakter (1).csv", "kontakter (Karis motstridende kopi 2024-10-01).csv",
        "kontakter.sync-conflict-20241001-120000-ABCDEFG.csv", "kontakter (conflicted copy 2024-10-01 120000).csv",
    )  # fmt: skip
    for number, name in enumerate(names):
        one = klasse.lag_mappe(valg.mappe / f"sky{number}" / "a")
        other = klasse.copy(one, valg.mappe / f"sky{number}" / "b")
        for folder, who in ((one, "D01"), (other, "D02")):
            prosess.kjor(
                "logg", "ny", "--mappe", folder, "--deltaker", who, "--rutine", "samtale", "--dato", "2024-10-01"
            )
        (one / name).write_bytes((other / "kontakter.csv").read_bytes())
        if [f.sted for f in read_logg(one).funn if f.kode == "kopi"] != [name]:
            out.feil.append(f"{name} ble ikke funnet")
        before = (one / "kontakter.csv").read_bytes()
        prosess.kjor("logg", "importer", one / name, "--mappe", one)
        rows = read_rader(one / "kontakter.csv", "kontakter")[0]
        who_was_there = [row["deltaker"] for row in rows[-2:]]
        if who_was_there != ["D01", "D02"] or not klasse.goes_on(before, (one / "kontakter.csv").read_bytes()):
            out.feil.append(f"{name}: radene kom ikke med: {who_was_there}")
    out.add("Kopier fra programmer som holder mapper like", len(names), "er funn, og radene kan hentes")


def _held(valg: Valg, out: Avsnitt) -> None:
    """Write while another program has the log, for a moment or for good."""
    folder = klasse.lag_mappe(valg.mappe / "laast")
    before = klasse.files(folder)
    for mark in ("~$kontakter.csv", ".~lock.kontakter.csv#"):
        (folder / mark).touch()
        answer = prosess.kjor("logg", "rett", "k1", "--form", "telefon", "--mappe", folder)
        (folder / mark).unlink()
        if answer.kode != 4 or "åpen i et regneark" not in answer.stderr or klasse.files(folder) != before:
            out.feil.append(f"{mark}: {answer}")
    code = (
        "import sys, time; from pathlib import Path; from oppfolgingscli.skriv import lock\n"
        "with lock(Path(sys.argv[1])):\n    print(flush=True); time.sleep(float(sys.argv[2]))"
    )
    wait = 0.3 if valg.kort else 2.0
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(folder / "kontakter.csv"), str(wait)], stdout=subprocess.PIPE
    )
    if holder.stdout is None:
        raise TypeError
    holder.stdout.readline()
    began = time.monotonic()
    answer = prosess.kjor("logg", "rett", "k1", "--form", "telefon", "--mappe", folder)
    holder.communicate()
    if answer.kode or time.monotonic() - began < wait / 2:
        out.feil.append(f"ventet ikke på den som skrev: {answer}")
    out.add("Loggen er åpen i et regneark", 2, "svarkode 4, ingenting rørt")
    out.add("Loggen skrives av et annet program", 1, "venter til det er ferdig")
