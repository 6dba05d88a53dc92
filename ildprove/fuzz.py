"""Fuzzing: every reader is given files broken by chance, some hundred thousand of them."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from ildprove.arbeider import BUNT, HENGER, MINNE, SEKUNDER, Bunt, Funn, Vokter, read_korpus, try_batch, try_one
from ildprove.mal import BRUTT, MAL, prepare
from ildprove.ramme import HB, ROT, Avsnitt, Valg, grense, tall

if TYPE_CHECKING:
    from pathlib import Path

TITTEL: Final = "Filer som er ødelagt på måfå"
ANTALL: Final = 206_000
KORT: Final = 8
"""Inputs of each target in the short run."""
FUNNET: Final = ROT / "ildprove" / "funnet"
"""Where inputs that broke something are kept, until they are mended and moved to the corpus (not in git)."""
_TRINN: Final = (0.1, 0.2, 0.5, 1.0, 2.0)
_TRINN_MB: Final = (150, 200, 250, 300, 400, 500)


def run(valg: Valg) -> Avsnitt:
    """Try them all."""
    antall = KORT * len(MAL) if valg.kort else valg.antall or ANTALL
    funn = [Funn() for _mal in MAL]
    replayed = _replay(valg, funn)
    batches = _batches(antall, valg.fro, KORT if valg.kort else BUNT)
    if valg.kort:
        for nr, bunt in enumerate(batches):
            funn[bunt.mal].add(try_batch(bunt, _folder(valg.mappe / f"kort{nr}")))
    else:
        _side_by_side(batches, valg, funn)
    return _tell(funn, valg, replayed)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path


def _batches(antall: int, fro: int, bunt: int) -> list[Bunt]:
    whole = sum(mal.andel for mal in MAL)
    out = []
    for nr, mal in enumerate(MAL):
        n = max(1, round(antall * mal.andel / whole)) if bunt == BUNT else bunt
        out += [Bunt(nr, i, min(i + bunt, n), fro) for i in range(0, n, bunt)]
    return out


def _replay(valg: Valg, funn: list[Funn]) -> int:
    """Try every file of the corpus as it is, those that once broke something first of all; return how many."""
    n = 0
    for nr, mal in enumerate(MAL):
        path = prepare(mal, _folder(valg.mappe / f"korpus{nr}"))
        for raw in read_korpus(mal, brutt=True):
            n += 1
            wrong, took = try_one(mal, path, raw, "nb")
            funn[nr].lengst = max(funn[nr].lengst, took)
            if wrong is not None:
                funn[nr].feil.append((mal.navn, -n, raw, wrong))
    return n


def _side_by_side(batches: list[Bunt], valg: Valg, funn: list[Funn]) -> None:
    # Every target is tried from the beginning, so that a run that is stopped has tried them all.
    waiting = deque(sorted(batches, key=lambda b: (b.fra / max(x.til for x in batches if x.mal == b.mal), b.mal)))
    end = time.monotonic() + valg.minutter * 60 if valg.minutter else float("inf")
    keepers = [Vokter(valg.mappe / f"arbeider{i}") for i in range(valg.arbeidere)]
    done_before = _read_done(valg)
    for old in [b for b in waiting if b in done_before]:
        waiting.remove(old)
        funn[old.mal].add(done_before[old])
    whole, done, told = sum(b.til - b.fra for b in waiting), 0, time.monotonic()
    try:
        while waiting or any(k.bunt for k in keepers):
            for keeper in keepers:
                bunt = keeper.bunt
                if bunt is not None:
                    found, rest = keeper.look()
                    if found is not None:
                        funn[bunt.mal].add(found)
                        if found.antall == bunt.til - bunt.fra and not found.feil:
                            _write_done(valg, bunt, found)
                        done += found.antall
                        _keep(found)
                    if rest is not None:
                        waiting.appendleft(rest)
                if keeper.bunt is None and waiting:
                    keeper.give(waiting.popleft())
            if time.monotonic() > end:
                waiting.clear()
            if time.monotonic() - told > 30:
                told = time.monotonic()
                print(f"  {done} av {whole}, {sum(len(f.feil) for f in funn)} gikk ikke", file=sys.stderr, flush=True)
            time.sleep(0.02)
    finally:
        for keeper in keepers:
            keeper.stop()


def _done(valg: Valg) -> Path:
    return FUNNET / f"gjort-{valg.fro}.jsonl"


def _write_done(valg: Valg, bunt: Bunt, found: Funn) -> None:
    """Note that a batch went well, so that a run that is stopped can be gone on with."""
    FUNNET.mkdir(exist_ok=True)
    line = [bunt.mal, bunt.fra, bunt.til, found.antall, found.lengst, found.minne]
    with _done(valg).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def _read_done(valg: Valg) -> dict[Bunt, Funn]:
    """Return what went well before; nothing unless it is to be gone on with."""
    if not valg.fortsett:
        _done(valg).unlink(missing_ok=True)
        return {}
    lines = _done(valg).read_text(encoding="utf-8").splitlines() if _done(valg).exists() else []
    out = {}
    for mal, fra, til, antall, lengst, minne in map(json.loads, lines):
        out[Bunt(mal, fra, til, valg.fro)] = Funn(antall, lengst, minne)
    return out


def _keep(found: Funn) -> None:
    for navn, number, raw, wrong in found.feil:
        FUNNET.mkdir(exist_ok=True)
        stem = f"{navn.replace(' ', '-')}-{number}"
        (FUNNET / stem).write_bytes(raw)
        (FUNNET / f"{stem}.txt").write_text(wrong + "\n", encoding="utf-8")


def _tell(funn: list[Funn], valg: Valg, replayed: int) -> Avsnitt:
    n = sum(f.antall for f in funn)
    memory = max(f.minne for f in funn)
    broken = sum(1 for path in BRUTT.rglob("*") if path.is_file())
    out = Avsnitt(TITTEL, f"""\
**Påstand:** Uansett hva som står i en fil, svarer programmet med en melding om filen. Det viser aldri en Python-feil, henger
aldri, og gjentar verken elleve siffer på rad eller styretegn fra filen.

**Slik er det prøvd:** Hver fil lages av en liten, ekte fil (`ildprove/korpus/`) som ødelegges fra én til ni ganger: biter av den
fjernes, gjentas, byttes eller blandes med en annen fil; celler, verdier og linjer får noe som er lett å feile på (dager som ikke
finnes, tall med 5{HB}000 sifre, formler, styretegn, elleve siffer, ødelagt UTF-8); teksten lagres i et annet tegnsett eller
med andre linjeskift; regneark pakkes opp, får XML-en ødelagt og pakkes sammen igjen. Filen legges i en arbeidsmappe og leses som
ellers; er det ingenting å si på den, utvides og bedømmes klassen også for hver fjerde fil. Meldingene lages på bokmål, nynorsk og engelsk etter
tur. En fil feiler når noe annet enn programmets egne feil kommer ut, når en feil mangler fil eller tekst, når en melding har
elleve siffer på rad eller et tegn som ikke vises, når den tar mer enn {SEKUNDER:g}{HB}s, når prosessen har brukt mer enn
{MINNE}{HB}MB, eller når den dør eller ikke svarer på {HENGER:g}{HB}s. Frø {valg.fro}; det samme frøet gir de samme filene.

Alle {tall(replayed)} filene i korpuset prøves også som de er, blant dem {tall(broken)} som en gang felte noe; det gjør testene ved
hver endring. Biblioteker: {_versions()}.""")  # fmt: skip
    out.kolonner = ("Lesing av", "Filer", "Utfall")
    for format_ in dict.fromkeys(mal.format for mal in MAL):
        several = [(mal, f) for mal, f in zip(MAL, funn, strict=True) if mal.format == format_]
        count = sum(f.antall for _mal, f in several)
        wrong = sum(len(f.feil) for _mal, f in several)
        longest = grense(max(f.lengst for _mal, f in several), _TRINN, "s")
        names = ", ".join(mal.navn for mal, _f in several)
        out.add(f"{format_}: {names}", count, f"{_outcome(wrong)}, lengste tid {longest}")
    wrong = sum(len(f.feil) for f in funn)
    held = (
        f", minne {grense(memory, _TRINN_MB, 'MB')} per prosess"
        if memory
        else ", minnet er ikke målt på dette systemet"
    )
    out.add("**Til sammen**", n, _outcome(wrong) + held)
    out.feil = [f"{navn} nr. {number}: {wrong}" for f in funn for navn, number, _raw, wrong in f.feil]
    out.etter = f"""\
**Ikke prøvd:** filer på mer enn 60{HB}000 byte lages ikke her; store filer er neste avsnitt. Parquet-filer i flate datasett
ødelegges ikke; de leses av polars, og lages ikke for hånd. Tiden er prosessens egen regnetid. Nye feil fra `--fro` med et annet tall lagres i
`ildprove/funnet/`; rett dem, og flytt filen til `ildprove/korpus/brutt/`."""
    return out


def _outcome(wrong: int) -> str:
    return "ingen feilet" if not wrong else f"{tall(wrong)} feilet"


def _versions() -> str:
    names = ("openpyxl", "icalendar", "python-dateutil", "polars")
    python = ".".join(map(str, sys.version_info[:2]))
    return ", ".join([f"Python {python}", *(f"{name} {version(name)}" for name in names)])
