"""National identity numbers of every series, written in every way, everywhere something can be written."""

from __future__ import annotations

import itertools
import os
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from ildprove import klasse, prosess
from ildprove.ramme import Avsnitt, Valg, tall
from ildprove.steder import STEDER, SVAR

TITTEL: Final = "Fødselsnumre"
TEKST: Final = """\
Påstand: Elleve siffer på rad nektes overalt der noe kan skrives, uansett serie, skilletegn og skrift, og gjentas ingen steder:
ikke på skjermen, ikke i en feilmelding, ikke i en sporing (`OPPFOLGING_FEILSOK=1`) og ikke i en fil programmet lager.

Slik er det prøvd: Gyldige numre av hver serie lages med kontrollsifre etter reglene som gjelder, og for 2032-serien etter dem
som kommer (resten av det første kontrollsifferet kan være 0 til 3). Hvert skrives på hver av måtene, og settes inn på hvert
sted. Kommandoen skal da nekte, melde raden som et funn eller ikke bry seg om den, og verken sifrene eller noe av skrivemåten
skal finnes i det den sier eller skriver. Alle måter prøves på de stedene der teksten leses fritt; de andre stedene får et utvalg.

En kalender med folks egen opptatte tid leses bare for tidspunkter, så den nektes ikke for noe som står i titlene; den gjentas
heller aldri. Passord til en kalendertjener kan ha elleve siffer. Ti siffer alene er også et fødselsnummer når de blir gyldige
med en null foran: regneark tar den bort.
"""
ARABISK: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FULLBREDDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
HEVET: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SKILLE: Final = (
    "", " ", ".", "-", "  ", " - ", "\u00a0", "\u202f", "\u2009", "\u2011", "\u2013", "\u2014", "\u2212", "\u200b", "\u2060", "\ufeff",
    "\u00ad", "/", "_", ":", "*", "+", "|", "·", "・", "\u200e", ", ", "'",
)  # fmt: skip
"""What may stand between the groups."""
GRUPPER: Final = ((6, 5), (2, 2, 2, 5), (2, 2, 2, 3, 2), (1,) * 11)


@dataclass(frozen=True, slots=True)
class Serie:
    """How the day and the month of a series are written, and the remainders the first check digit may have."""

    navn: str
    dag: int = 0
    maned: int = 0
    rester: tuple[int, ...] = (0,)


SERIER: Final = (
    Serie("ordinære"),
    Serie("D-numre", dag=40),
    Serie("H-numre", maned=40),
    Serie("syntetiske (+65)", maned=65),
    Serie("syntetiske (+80)", maned=80),
    Serie("D-numre, syntetiske (+80)", dag=40, maned=80),
    Serie("2032-serien", rester=(1, 2, 3)),
    Serie("2032-serien, D-numre", dag=40, rester=(1, 2, 3)),
    Serie("2032-serien, syntetiske (+80)", maned=80, rester=(1, 2, 3)),
)
_FORSTE: Final = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_ANDRE: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def gyldig(serie: Serie, chance: random.Random) -> str:
    """Return a valid number of a series, of nobody in particular."""
    while True:
        day = date(1930, 1, 1) + timedelta(days=chance.randrange(33000))
        nine = f"{day.day + serie.dag:02d}{day.month + serie.maned:02d}{day.year % 100:02d}{chance.randrange(1000):03d}"
        if found := _with_checks(nine, chance.choice(serie.rester)):
            return found


def fh_nummer(chance: random.Random) -> str:
    """Return a valid FH number: no date in it, and 8 or 9 first (KITH 1001:2010)."""
    while True:
        if found := _with_checks(f"{chance.choice('89')}{chance.randrange(10**8):08d}", 0):
            return found


def _with_checks(nine: str, rest: int) -> str | None:
    """Return nine digits with their check digits; None when there are none."""
    first = (rest - sum(w * int(d) for w, d in zip(_FORSTE, nine, strict=True))) % 11
    if first == 10:
        return None
    ten = f"{nine}{first}"
    second = -sum(w * int(d) for w, d in zip(_ANDRE, ten, strict=True)) % 11
    return None if second == 10 else f"{ten}{second}"


def numre(chance: random.Random, each: int) -> Iterator[tuple[str, str]]:
    """Yield some numbers of every series, each with the series' name."""
    for serie in SERIER:
        yield from ((serie.navn, gyldig(serie, chance)) for _n in range(each))
    yield from (("FH-numre", fh_nummer(chance)) for _n in range(each))


def skrivemater(number: str) -> Iterator[tuple[str, str]]:
    """Yield every way to write a number, each with its name."""
    for groups, between in itertools.product(GRUPPER, SKILLE):
        if between in {"", ", "} and groups != (6, 5):
            continue  # no grouping at all, and lists of numbers
        at = 0
        parts = []
        for size in groups:
            parts.append(number[at : at + size])
            at += size
        text = between.join(parts)
        yield f"{'+'.join(map(str, groups))} med {between!r}", text
        if between in {"", " ", "."}:
            for name, script in (("arabisk", ARABISK), ("full bredde", FULLBREDDE), ("hevet", HEVET)):
                yield f"{'+'.join(map(str, groups))} med {between!r}, {name}", text.translate(script)
    yield "med tekst rundt", f"se {number}!"
    yield "over to linjer", f"{number[:6]}\n{number[6:]}"
    if not number.startswith("0"):
        yield "som 1,2345678901E+10", f"{number[0]},{number[1:]}E+10"


def run(valg: Valg) -> Avsnitt:
    """Put every number everywhere, in every way."""
    out = Avsnitt(TITTEL, TEKST, kolonner=("Sted", "Prøvd", "Utfall"))
    chance = random.Random(valg.fro)
    numbers = list(numre(chance, 1 if valg.kort else 2))
    jobs = [
        (valg.mappe / str(at), name, _chosen(numbers, chance, free=free, kort=valg.kort))
        for at, (name, (free, _put)) in enumerate(STEDER.items())
    ]
    if valg.kort:
        answers = list(map(try_place, jobs[::9]))
    else:
        with ProcessPoolExecutor(valg.arbeidere, get_context("spawn")) as pool:
            answers = list(pool.map(try_place, jobs))
    groups: Counter[str] = Counter()
    for name, tried, wrong in answers:
        groups[_group(name)] += tried
        out.feil += wrong
    for name, tried in groups.items():
        outcome = "leses bare for tidspunkter" if "kalender å" in name else "nektet"
        out.add(name, tried, f"{outcome}, og gjentatt ingen steder")
    ways = {way for _series, number in numbers for way, _text in skrivemater(number)}
    out.etter = (
        f"{len({series for series, _n in numbers})} serier, {len(ways)} skrivemåter, {len(answers)} steder: til sammen "
        f"{tall(sum(groups.values()))} forsøk. Seriene: {'; '.join(dict.fromkeys(series for series, _n in numbers))}."
    )
    return out


def _group(name: str) -> str:
    if ": " in name:
        return name.partition(": ")[0]
    return "Ord i en kommando" if not name.startswith("en") and not name.startswith("et") else name


def _chosen(
    numbers: Sequence[tuple[str, str]], chance: random.Random, *, free: bool, kort: bool
) -> list[tuple[str, str, str]]:
    """Return (number, way, text) to try at a place: every way where text is free, else some for each number."""
    every = [(number, way, text) for _series, number in numbers for way, text in skrivemater(number)]
    if kort:
        return chance.sample(every, 3)
    return every if free else [(n, "slik", n) for _series, n in numbers] + chance.sample(every, 2 * len(numbers))


def try_place(job: tuple[Path, str, Sequence[tuple[str, str, str]]]) -> tuple[str, int, list[str]]:
    """Put numbers at one place. Returns its name, how many there were, and what went wrong."""
    mappe, name, chosen = job
    wrong: list[str] = []
    put = STEDER[name][1]
    os.environ["OPPFOLGING_FEILSOK"] = "1"
    clean = klasse.lag_mappe(mappe / "ren")
    for at, (number, way, text) in enumerate(chosen):
        folder = klasse.copy(clean, mappe / f"f{at}")
        words = put(folder, text)
        before = klasse.files(folder)
        asked = (folder / SVAR).read_text(encoding="utf-8") if (folder / SVAR).exists() else None
        answer = prosess.kjor(*words, svar=asked)
        wrong += [
            f"{name}, {way}: {line}" for line in judge(number, text, answer, before, klasse.files(folder), str(mappe))
        ]
    del os.environ["OPPFOLGING_FEILSOK"]
    return name, len(chosen), wrong


def judge(
    number: str, text: str, answer: prosess.Utfall, before: dict[str, bytes], after: dict[str, bytes], mappe: str
) -> list[str]:
    """Return what was wrong with an answer to a number: taken, or repeated."""
    wrong = []
    said = f"{answer.stdout}\n{answer.stderr}".replace(mappe, "")
    told = "elleve siffer" in " ".join(said.lower().split())
    calendar = any(name.endswith(".ics") for name in before)
    if not (answer.kode in {2, 3, 130} or told or calendar):
        wrong.append(f"ble tatt imot ({answer.kode})")
    if "Traceback" in said:
        wrong.append("sporing")
    written = {name: raw for name, raw in after.items() if raw != before.get(name)}
    if any(name.startswith(("kontakter", "hendelser", "avtaler", "plan")) for name in written):
        wrong.append("ble skrevet")
    for place, what in (
        ("svaret", said),
        *((name, name + raw.decode(errors="replace")) for name, raw in written.items()),
    ):
        if _repeats(number, text, what):
            wrong.append(f"ble gjentatt i {place}")
    return wrong


def _repeats(number: str, text: str, said: str) -> bool:
    """Whether something said holds a number, as it was written or with anything between its digits, or half of it."""
    plain = unicodedata.normalize("NFKC", said)
    digits = re.sub(r"[^\d\n]", "", "".join(str(unicodedata.digit(c, "")) if c.isdigit() else c for c in plain))
    return text in said or number in digits or number[:6] in plain or number[6:] in plain
