"""Routine sets from their files: found by id or path, with what they build on, and versions resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from oppfolgingscli.feil import Feil, Inndatafeil
from oppfolgingscli.les.fil import er_fil
from oppfolgingscli.les.toml import Dokument, read_dokument, try_part, validate
from oppfolgingscli.modell.ord import fold, nearest
from oppfolgingscli.modell.rutinesett import Fase, Hode, Rolle, Rutine, Rutinefil, Rutinesett, Versjon
from oppfolgingscli.modell.verdier import vis_verdi
from oppfolgingscli.ressurser import datamappe
from oppfolgingscli.sprak import _

_MAX_CHAIN: Final = 20


@dataclass(slots=True)
class Lestfil:
    """One routine file as far as it could be read: the parts that are right, each with its key in the file."""

    dok: Dokument
    hode: Hode | None
    roller: dict[str, Rolle]
    faser: list[tuple[int, Fase]]
    rutiner: list[tuple[int, Rutine]]
    #: Everything that is named in the file, also in parts that are wrong.
    rolle_id: set[str] = field(default_factory=set)
    fase_id: set[str] = field(default_factory=set)
    rutine_id: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Lest:
    """A set as read: its files, the one it builds on first. ``hel``: every file could be found."""

    filer: list[Lestfil]
    hel: bool = True


def bundled_ids() -> list[str]:
    """Return the ids of the bundled routine sets, sorted."""
    return sorted(path.stem for path in datamappe("rutiner").glob("*.toml"))


def looks_like_path(name: str) -> bool:
    """Whether a name in a file is a path and not the id of something bundled."""
    return "/" in name or "\\" in name or name.lower().endswith(".toml")


def find_bundled(name: str, kind: str, relativt_til: Path | None) -> Path | None:
    """Return the file a name stands for: a path from ``relativt_til``, or a bundled id; None when unknown."""
    if looks_like_path(name):
        path = Path(name.replace("\\", "/")).expanduser()
        return path if relativt_til is None else relativt_til / path
    folder = datamappe(kind)
    path = folder / f"{fold(name).lower()}.toml"
    return path if path.parent == folder and er_fil(path) else None


def unknown_bundled(name: str, kind: str) -> tuple[str, str]:
    """Return what is wrong and the remedy when ``name`` is neither a path nor the id of something bundled."""
    known = sorted(path.stem for path in datamappe(kind).glob("*.toml"))
    near = nearest(name, known)
    rad = _("Mente du «{ord}»?").format(ord=near) + " " if near else ""
    rad += _("Medfølgende: {ord}. En egen fil skrives som en sti, for eksempel «{sti}».").format(
        ord=", ".join(known),
        sti=f"{kind}/min.toml" if kind == "rutiner" else "skolerute.toml",
    )
    melding = _("rutinesettet {navn} følger ikke med.") if kind == "rutiner" else _("skoleruta {navn} følger ikke med.")
    return melding.format(navn=vis_verdi(name)), rad


def load_rutinesett(id_or_path: str, relativt_til: Path | None = None) -> Rutinesett:
    """Load a routine set by its bundled id or its path. Raises Inndatafeil with every fault."""
    feil: list[Feil] = []
    path = find_bundled(id_or_path, "rutiner", relativt_til)
    if path is None:
        melding, rad = unknown_bundled(id_or_path, "rutiner")
        raise Inndatafeil([Feil("ukjent_rutinesett", melding[:1].upper() + melding[1:], rad=rad)])
    sett = read_rutinesett(path, feil)
    if sett is None or feil:
        raise Inndatafeil(feil)
    return sett


def read_rutinesett(path: Path, feil: list[Feil]) -> Rutinesett | None:
    """Read a set with what it builds on; None when there are faults, which are added to ``feil``."""
    from oppfolgingscli.les.kryss import check_rutinesett

    before = len(feil)
    lest = read_filer(path, feil)
    if lest is None:
        return None
    check_rutinesett(lest, feil)
    return resolve(lest.filer) if len(feil) == before else None


def read_filer(path: Path, feil: list[Feil]) -> Lest | None:
    """Read a routine file and the chain it builds on."""
    chain: list[Lestfil] = []
    seen: list[Path] = []
    hel = True
    while True:
        dok = read_dokument(path, feil)
        if dok is None:
            hel = False
            break
        seen.append(_same(path))
        chain.append(_parts(dok, feil))
        base = _bygger_pa(dok)
        if base is None:
            break
        key = ("rutinesett", "bygger_pa")
        found = find_bundled(base, "rutiner", path.parent)
        if found is None:
            melding, rad = unknown_bundled(base, "rutiner")
            feil.append(dok.feil("ukjent_rutinesett", melding, key, rad))
            hel = False
            break
        if _same(found) in seen or len(seen) > _MAX_CHAIN:
            loop = [p.stem for p in seen[seen.index(_same(found)) :]] if _same(found) in seen else []
            melding = _("settene bygger på hverandre i ring: {kjede}.").format(kjede=" → ".join([*loop, found.stem]))
            feil.append(dok.feil("ring", melding, key, _("Ta bort «bygger_pa» i ett av dem.")))
            hel = False
            break
        if not er_fil(found):
            feil.append(
                dok.feil(
                    "ukjent_rutinesett",
                    _("filen {sti} finnes ikke.").format(sti=vis_verdi(base)),
                    key,
                    _("Rett stien."),
                )
            )
            hel = False
            break
        path = found
    chain.reverse()
    return Lest(chain, hel) if chain else None


def _same(path: Path) -> Path:
    """Return what is the same for every way to name a file; the path itself where links run in a ring."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def _bygger_pa(dok: Dokument) -> str | None:
    head = dok.data.get("rutinesett")
    base = head.get("bygger_pa") if isinstance(head, dict) else None
    return base.strip() or None if isinstance(base, str) else None


def _parts(dok: Dokument, feil: list[Feil]) -> Lestfil:
    """Read the file as a whole; when that fails, each part by itself, so that the right ones can be checked too."""
    whole = validate(dok, Rutinefil, feil)
    data = dok.data
    named = {
        "rolle_id": set(_table(data.get("roller"))),
        "fase_id": {i for _n, i in _ids(data.get("faser"))},
        "rutine_id": {i for _n, i in _ids(data.get("rutiner"))},
    }
    if whole is not None:
        return Lestfil(
            dok,
            whole.rutinesett,
            whole.roller,
            list(enumerate(whole.faser)),
            list(enumerate(whole.rutiner)),
            **named,
        )
    return Lestfil(
        dok,
        try_part(Hode, data.get("rutinesett")),
        {name: rolle for name, raw in _table(data.get("roller")).items() if (rolle := try_part(Rolle, raw))},
        [(i, fase) for i, raw in enumerate(_list(data.get("faser"))) if (fase := try_part(Fase, raw))],
        [(i, rutine) for i, raw in enumerate(_list(data.get("rutiner"))) if (rutine := try_part(Rutine, raw))],
        **named,
    )


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _ids(value: object) -> list[tuple[int, str]]:
    return [
        (i, raw["id"].strip())
        for i, raw in enumerate(_list(value))
        if isinstance(raw, dict) and isinstance(raw.get("id"), str)
    ]


def resolve(filer: Sequence[Lestfil]) -> Rutinesett:
    """Merge files, base first, same ids replaced; number the versions. The files are without faults."""
    roller: dict[str, Rolle] = {}
    faser: dict[str, Fase] = {}
    rutiner: list[tuple[Rutine, Hode, str]] = []
    heads = [fil.hode for fil in filer if fil.hode is not None]
    for fil in filer:
        roller.update(fil.roller)
        faser.update({fase.id: fase for _i, fase in fil.faser})
        rutiner = [entry for entry in rutiner if entry[0].id not in fil.rutine_id]
        if fil.hode is not None:
            rutiner += [(rutine, fil.hode, fil.dok.vis) for _i, rutine in fil.rutiner]
    own = heads[-1]
    return Rutinesett(own, roller, tuple(faser.values()), _versjoner(rutiner, own))


def _versjoner(rutiner: list[tuple[Rutine, Hode, str]], own: Hode) -> tuple[Versjon, ...]:
    """Number the versions of each routine by when they begin, and end each the day before the next begins."""
    starts: dict[str, list[date]] = {}
    for rutine, hode, _fil in rutiner:
        starts.setdefault(rutine.id, []).append(begins(rutine, hode, own) or date.min)
    for days in starts.values():
        days.sort()
    out: list[Versjon] = []
    for rutine, hode, fil in rutiner:
        days = starts[rutine.id]
        start = begins(rutine, hode, own)
        nr = days.index(start or date.min) + 1
        end = rutine.gjelder_til
        if end is None and nr < len(days):
            end = days[nr] - timedelta(1)
        if rutine.kilde is None:
            rutine = rutine.model_copy(update={"kilde": hode.kilde})  # noqa: PLW2901 - the same routine, with its source
        out.append(Versjon(rutine, nr, start, end, fil))
    return tuple(out)


def begins(rutine: Rutine, hode: Hode | None, own: Hode | None) -> date | None:
    """Return when a version begins: its own date, else its file's, else the date of the set that builds on it."""
    return rutine.gjelder_fra or (hode and hode.gjelder_fra) or (own and own.gjelder_fra) or None
