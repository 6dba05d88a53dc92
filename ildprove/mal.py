"""What the fuzzing is aimed at: each kind of file the program reads, and everything it does with one of them."""

from __future__ import annotations

import shutil
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ildprove.ramme import ROT
from oppfolgingscli.feil import Feil, Inndatafeil, Oppfolgingsfeil
from oppfolgingscli.personvern import has_fodselsnummer

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Varsel

KORPUS: Final = ROT / "ildprove" / "korpus"
BRUTT: Final = KORPUS / "brutt"
"""Everything that ever broke a reader, by target."""
PER: Final = date(2025, 3, 1)
FRA, TIL = date(2024, 8, 1), date(2025, 7, 31)

Melding = str
Prov = Callable[[Path], Iterator[Melding]]


@dataclass(frozen=True, slots=True)
class Mal:
    """One kind of file. ``fil``: what it is called in the workspace it is tried in.

    ``prov`` gets the folder with the file in it, does all the program does with it, and yields every message. It
    raises nothing but the program's own exceptions. ``andel``: how much of the fuzzing it gets.
    """

    navn: str
    format: str
    korpus: str
    fil: str
    prov: Prov
    andel: int


def _faults(feil: list[Feil]) -> Iterator[Melding]:
    for one in feil:
        if one.sted is None or not one.sted.fil or not one.melding.strip():
            raise AssertionError(f"a fault without a file or a text: {one!r}")
        yield str(one)


def _findings(funn: tuple[Varsel, ...] | list[Varsel]) -> Iterator[Melding]:
    for one in funn:
        if not one.sted or not one.melding.strip():
            raise AssertionError(f"a finding without a place or a text: {one!r}")
        yield f"{one.sted}: {one.melding}"


def _validate(mappe: Path, navn: str) -> Iterator[Melding]:
    from oppfolgingscli.les.valider import validate_files

    found = validate_files([mappe / navn])
    yield from _faults(found.feil)
    yield from _findings(found.varsler)


def _rutinesett(mappe: Path) -> Iterator[Melding]:
    yield from _validate(mappe, "sett.toml")
    if _chosen(mappe / "sett.toml"):
        yield from _workspace(mappe)


def _skolerute(mappe: Path) -> Iterator[Melding]:
    yield from _validate(mappe, "rute.toml")
    if _chosen(mappe / "rute.toml"):
        yield from _workspace(mappe)


def _deltakere(mappe: Path) -> Iterator[Melding]:
    from oppfolgingscli.les.deltakere import read_deltakere
    from oppfolgingscli.les.toml import read_dokument

    table = next(path for path in (mappe / "deltakere.xlsx", mappe / "deltakere.csv") if path.exists())
    if _chosen(table) or _chosen(mappe / "perioder.csv"):
        yield from _workspace(mappe)
        return
    feil: list[Feil] = []
    dok = read_dokument(mappe / "oppfolging.toml", feil)
    if dok is not None:
        read_deltakere(dok, table, feil)
    yield from _faults(feil)


def _chosen(path: Path) -> bool:
    """Whether a file is among the fourth that are followed all the way: judging takes ten times as long as reading."""
    return zlib.crc32(path.read_bytes()) % 4 == 0


def _workspace(mappe: Path) -> Iterator[Melding]:
    """Open it, and when nothing is wrong go all the way: expand and judge."""
    from oppfolgingscli.cli.vurdert import judge

    yield from _findings(judge(mappe, PER, None, maskin=True).funn)


def _log(mappe: Path) -> Iterator[Melding]:
    from oppfolgingscli.les.logg import read_logg
    from oppfolgingscli.les.logg_fil import find_loggfiler
    from oppfolgingscli.logg.bok import append_to_book
    from oppfolgingscli.logg.dialekt import find_dialekt
    from oppfolgingscli.logg.tilfoy import is_book

    logg = read_logg(mappe)
    yield from _findings(logg.funn)
    if any(_chosen(path) for path in find_loggfiler(mappe).values()):
        yield from _workspace(mappe)
    row = {"dato": "2025-03-01", "deltaker": "D01", "notat": "="}
    for slag, path in find_loggfiler(mappe).items():
        raw = path.read_bytes()
        if is_book(path, raw):
            append_to_book(path, raw, slag, [row])
        elif (found := find_dialekt(path, raw, slag)) is not None:
            found[0].render([row])


def _plan(mappe: Path) -> Iterator[Melding]:
    from oppfolgingscli.les.plan import read_plan
    from oppfolgingscli.vis.planfil import to_bytes

    plan = read_plan(mappe)
    yield from _findings(plan.funn)
    if plan.tabell is None or not plan.tabell.bok:
        to_bytes(plan, [], [])


def _krav(mappe: Path) -> Iterator[Melding]:
    from oppfolgingscli.les.krav import read_krav

    read_krav(mappe / "krav.toml")
    yield from ()


def _ics(mappe: Path) -> Iterator[Melding]:
    from oppfolgingscli.les.ics import read_opptatt
    from oppfolgingscli.les.logg_ics import read_moter

    feil: list[Feil] = []
    read_opptatt(mappe / "opptatt.ics", FRA, TIL, feil)
    read_moter(mappe / "opptatt.ics", {}, feil)
    yield from _faults(feil)


def _flat(mappe: Path) -> Iterator[Melding]:
    from oppfolgingscli.masse.les import open_datasett

    feil: list[Feil] = []
    data = open_datasett(mappe, feil)
    yield from _faults(feil)
    if data is not None:
        data.samlet(PER)
        yield from (fil for fil, _kode in data.funn.i_fil)


def _forrige(mappe: Path) -> Iterator[Melding]:
    from oppfolgingscli.cli.revisjonsforrige import read_forrige

    yield from (str(key)[:0] for key in read_forrige(mappe / "utgave.json").rader)


def _tilstand(mappe: Path) -> Iterator[Melding]:
    from oppfolgingscli import abonnement, publisert
    from oppfolgingscli.tjener import samling

    for module in (publisert, abonnement, samling):
        try:
            module.load(mappe / "tilstand.json")
        except Inndatafeil as error:
            yield from _faults(list(error.feil))


MAL: Final = (
    Mal("rutinesett", "TOML", "rutinesett", "sett.toml", _rutinesett, 10),
    Mal("skolerute", "TOML", "skolerute", "rute.toml", _skolerute, 26),
    Mal("oppsett", "TOML", "oppsett", "oppfolging.toml", _workspace, 46),
    Mal("krav", "TOML", "krav", "krav.toml", _krav, 72),
    Mal("deltakere", "CSV", "deltakere", "deltakere.csv", _deltakere, 22),
    Mal("perioder", "CSV", "perioder", "perioder.csv", _deltakere, 8),
    Mal("kontakter", "CSV", "logg", "kontakter.csv", _log, 16),
    Mal("hendelser", "CSV", "logg", "hendelser.csv", _log, 5),
    Mal("avtaler", "CSV", "logg", "avtaler.csv", _log, 5),
    Mal("plan", "CSV", "plan", "plan.csv", _plan, 72),
    Mal("klasser", "CSV", "klasser", "klasser.csv", _flat, 1),
    Mal("flate kontakter", "CSV", "flat", "kontakter.csv", _flat, 1),
    Mal("flate deltakere", "CSV", "flat", "deltakere.csv", _flat, 1),
    Mal("flate perioder", "CSV", "flat", "perioder.csv", _flat, 1),
    Mal("flate hendelser", "CSV", "flat", "hendelser.csv", _flat, 1),
    Mal("deltakere i regneark", "XLSX", "ark", "deltakere.xlsx", _deltakere, 6),
    Mal("logg i regneark", "XLSX", "loggark", "kontakter.xlsx", _log, 6),
    Mal("plan i regneark", "XLSX", "loggark", "plan.xlsx", _plan, 22),
    Mal("kalendere", "ICS", "ics", "opptatt.ics", _ics, 44),
    Mal("forrige utgave", "JSON", "forrige", "utgave.json", _forrige, 12),
    Mal("det som er publisert", "JSON", "publisert", "tilstand.json", _tilstand, 8),
)
"""Everything that is read, with its share of the inputs."""


def prepare(mal: Mal, mappe: Path) -> Path:
    """Make the workspace a target is tried in; return where its file goes."""
    shutil.copytree(KORPUS / "arbeidsmappe", mappe, dirs_exist_ok=True)
    if mal.korpus == "flat" or mal.navn == "klasser":
        shutil.copy(KORPUS / "klasser" / "klasser.csv", mappe)
        for path in (KORPUS / "flat").iterdir():
            shutil.copy(path, mappe)
    if mal.fil == "deltakere.xlsx":
        (mappe / "deltakere.csv").unlink()
        oppsett = mappe / "oppfolging.toml"
        oppsett.write_text(
            oppsett.read_text(encoding="utf-8").replace("deltakere.csv", "deltakere.xlsx"), encoding="utf-8"
        )
    return mappe / mal.fil


def check(melding: str) -> str | None:
    """Return what is wrong with a message as people see it; None when nothing is."""
    if has_fodselsnummer(melding):
        return "eleven digits are repeated"
    if bad := next((c for c in melding if unicodedata.category(c)[0] == "C"), None):
        return f"U+{ord(bad):04X} in a message"
    if " object at 0x" in melding or "<class " in melding or "Traceback" in melding:
        return f"Python in a message: {melding[:80]}"
    return None


def attempt(mal: Mal, mappe: Path) -> str | None:
    """Try a target on the file that is in its folder; return what is wrong with what it did, None when nothing is."""
    messages: list[str] = []
    try:
        messages += mal.prov(mappe)
    except Inndatafeil as error:
        try:
            messages += _faults(list(error.feil))
        except AssertionError as unlike:
            return str(unlike)
    except Oppfolgingsfeil as error:
        messages.append(str(error))
    except Exception as error:  # noqa: BLE001 - what is looked for
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        where = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "?"
        return f"{type(error).__name__} in {where}: {str(error)[:100]!r}"
    return next((wrong for m in messages if (wrong := check(m))), None)
