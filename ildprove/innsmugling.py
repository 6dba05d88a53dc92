"""Names and notes that try to be something else: formulas, elements, properties, rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ildprove import fiendtlig, prosess, utlesere
from ildprove.fiendtlig import FORMLER, KALENDER, MERKING, ORDINAERE, UTDATA
from ildprove.ramme import Avsnitt, Valg

if TYPE_CHECKING:
    from ildprove.utlesere import Bygning

TITTEL: Final = "Tekst som vil være noe annet"
TEKST: Final = """\
Påstand: Det noen skriver i et navn, et notat eller en id, er tekst i alt programmet lager. Ingen regnearkformel blir til, ikke
noe nytt element eller attributt i html, svg og docx, ikke noe av det i Markdown når den er gjort om til html, ingen ny
egenskap eller hendelse i en kalender, ingen ny rad i en tabell og ingen ny nøkkel i json.

Slik er det prøvd: En klasse der hvert navn og hver tekst er det samme forsøket – i rutinesettet, klassen, roller, faser, personer,
praksissteder, grunner til pauser og fritak, og i loggen – gjøres om til alt programmet kan lage av den. Hver fil leses med en
leser for sitt slag (kalendere med to), og sammenlignes med det som kommer ut når tekstene er vanlige: av noe annet enn tekst
skal det ikke være mer.
"""


def run(valg: Valg) -> Avsnitt:
    """Make everything of every attempt, and look for more than text."""
    out = Avsnitt(TITTEL, TEKST)
    kinds = {
        "Formler i regneark": FORMLER,
        "HTML, SVG, JavaScript og Markdown": MERKING,
        "Linjer i kalendere": KALENDER,
    }
    usual: dict[str, Bygning] = {}
    ordinary = ORDINAERE[1:2] if valg.kort else ORDINAERE
    for made, _wrong in _each(valg, [valg.mappe / f"o{number}" for number in range(len(ordinary))], ordinary):
        for name, built in made.items():
            usual[name] = usual.get(name, set()) | built
    for kind, attempts in kinds.items():
        tried: Counter[str] = Counter()
        chosen = attempts[:1] if valg.kort else attempts
        folders = [valg.mappe / f"{kind[:4]}{number}" for number in range(len(chosen))]
        for text, (found, wrong) in zip(chosen, _each(valg, folders, chosen), strict=True):
            tried.update(name.rpartition(".")[2] for name in found)
            out.feil += [f"{text!r}: {line}" for line in wrong]
            out.feil += [f"{text!r} i {line}" for line in more(usual, found)]
        files = ", ".join(f"{n} {ending}" for ending, n in sorted(tried.items()))
        out.add(f"{kind}: {len(chosen)} forsøk", sum(tried.values()), f"bare tekst i {files}")
    out.kolonner = ("Hva", "Filer lest", "Utfall")
    return out


def _each(valg: Valg, folders: Sequence[Path], texts: Sequence[str]) -> Iterable[tuple[dict[str, Bygning], list[str]]]:
    """Make everything of each text, several at a time."""
    if valg.kort:
        return map(everything, folders, texts)
    with ProcessPoolExecutor(valg.arbeidere, get_context("spawn")) as pool:
        return list(pool.map(everything, folders, texts))


def everything(mappe: Path, text: str) -> tuple[dict[str, Bygning], list[str]]:
    """Make all there is of a class where every text is ``text``. Returns what each file is built of, and what failed."""
    folder = fiendtlig.lag_mappe(mappe, text)
    found: dict[str, Bygning] = {}
    wrong: list[str] = []
    made: dict[str, bytes] = {}
    for name, ord_ in UTDATA:
        path = mappe / f"ut-{name}"
        answer = prosess.kjor(*fiendtlig.words(ord_, folder), *([] if name.endswith(".txt") else ["--ut", path]))
        if answer.kode not in {0, 1}:
            wrong.append(f"{name}: {answer.kode} {answer.stderr.strip()[:200]}")
        elif path.exists():
            made[name] = path.read_bytes()
        else:
            made[name] = answer.stdout.encode()
    answer = prosess.kjor(
        "kalender", "--mappe", folder, "--per", "2024-09-01", "--ut", mappe / "kal", "--fra", "2024-08-19"
    )
    if answer.kode != 0:
        wrong.append(f"kalender: {answer.kode} {answer.stderr.strip()[:200]}")
    made |= {path.name: path.read_bytes() for path in sorted((mappe / "kal").glob("*.ics"))}
    made |= {f"{path.stem}-fil.csv": path.read_bytes() for path in folder.glob("plan.csv")}
    for name, raw in made.items():
        try:
            found[name] = utlesere.UTLESERE[name.rpartition(".")[2]](raw)
        except Exception as error:  # noqa: BLE001 - a reader that cannot read is what is looked for
            wrong.append(f"{name} kan ikke leses: {type(error).__name__} {error}")
    return found, wrong


def more(usual: dict[str, Bygning], found: dict[str, Bygning]) -> list[str]:
    """Return what is in some outputs and not in the usual ones."""
    return [f"{name}: {thing}" for name, built in found.items() for thing in sorted(built - usual.get(name, set()))]
