"""Checking files by what they are: a routine set, a school calendar, a workspace, or a folder of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from oppfolgingscli.feil import Feil, Sted
from oppfolgingscli.les.arbeidsmappe import OPPSETT, read_arbeidsmappe
from oppfolgingscli.les.fil import er_fil, er_mappe, fil_feil, finnes, vis_sti
from oppfolgingscli.les.kryss_klasse import clock_varsel
from oppfolgingscli.les.rutinesett import read_rutinesett
from oppfolgingscli.les.skolerute import read_skolerute
from oppfolgingscli.les.toml import read_dokument, validate
from oppfolgingscli.modell.krav import Kravfil
from oppfolgingscli.modell.ord import nearest
from oppfolgingscli.ressurser import datamappe
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Varsel

Slag = Literal["rutinesett", "skolerute", "arbeidsmappe", "krav", "ukjent"]
#: The table that tells what a file is.
_HEADS: Final[dict[str, Slag]] = {
    "rutinesett": "rutinesett",
    "skolerute": "skolerute",
    "klasse": "arbeidsmappe",
    "krav": "krav",
}


@dataclass(slots=True)
class Resultat:
    """What a validation found. ``antall``: how many of each kind were checked."""

    feil: list[Feil] = field(default_factory=list)
    varsler: list[Varsel] = field(default_factory=list)
    antall: dict[Slag, int] = field(default_factory=dict)


def validate_bundled() -> Resultat:
    """Check every bundled routine set and school calendar."""
    return validate_files([datamappe("rutiner"), datamappe("skoleruter")])


def validate_files(paths: list[Path]) -> Resultat:
    """Check files and folders; all faults at once."""
    out = Resultat()
    for path in paths:
        for part in _expand(path, out.feil):
            slag = _check(part, out)
            out.antall[slag] = out.antall.get(slag, 0) + 1
    out.varsler = list(dict.fromkeys(out.varsler))
    return out


def _expand(path: Path, feil: list[Feil]) -> Iterator[Path]:
    """Yield what a path stands for: itself, or each TOML file of a folder that is no workspace."""
    if not er_mappe(path) or er_fil(path / OPPSETT):
        yield path
        return
    found = sorted(path.glob("*.toml"))
    if not found:
        rad = _("Skriv stien til en fil, eller til en mappe med {fil}.").format(fil=OPPSETT)
        feil.append(fil_feil(path, "tom_mappe", _("mappen har ingen .toml-filer."), rad))
    yield from found


def _check(path: Path, out: Resultat) -> Slag:
    if er_mappe(path):
        _check_workspace(path, OPPSETT, out)
        return "arbeidsmappe"
    if finnes(path) and path.suffix.lower() != ".toml":
        if path.suffix.lower() not in {".csv", ".xlsx"}:
            out.feil.append(
                fil_feil(
                    path,
                    "ukjent_filtype",
                    _("dette er ikke en .toml-fil."),
                    _("Skriv stien til en .toml-fil eller en mappe."),
                )
            )
            return "ukjent"
        melding = _("tabeller kontrolleres sammen med arbeidsmappen de hører til.")
        out.feil.append(fil_feil(path, "ukjent_filtype", melding, _("Skriv stien til mappen.")))
        return "ukjent"
    dok = read_dokument(path, out.feil)
    if dok is None:
        return "ukjent"
    slag = next((slag for head, slag in _HEADS.items() if head in dok.data), None)
    if slag is None and path.name == OPPSETT:
        slag = "arbeidsmappe"
    match slag:
        case "rutinesett":
            sett = read_rutinesett(path, out.feil)
            phases = {fase.id: fase for fase in sett.faser} if sett else {}
            for versjon in sett.versjoner if sett else ():
                out.varsler += clock_varsel(versjon, sett, phases) if sett else ()
        case "skolerute":
            read_skolerute(path, out.feil)
        case "arbeidsmappe":
            _check_workspace(path.parent, path.name, out)
        case "krav":
            validate(dok, Kravfil, out.feil)
        case _:
            near = next((n for key in dok.data if (n := nearest(key, _HEADS))), None)
            rad = (
                _("Mente du «[{ord}]»?").format(ord=near)
                if near
                else _("Filer begynner med [rutinesett], [skolerute] eller [klasse].")
            )
            melding = _("Filen er verken et rutinesett, en skolerute eller en arbeidsmappe.")
            out.feil.append(Feil("ukjent_filtype", melding, Sted(vis_sti(path)), rad))
            return "ukjent"
    return slag


def _check_workspace(mappe: Path, navn: str, out: Resultat) -> None:
    opened = read_arbeidsmappe(mappe, out.feil, navn)
    if opened is not None:
        out.varsler += opened.varsler
