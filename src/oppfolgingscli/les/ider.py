"""The ids in a workspace, read fast and without judging them: what a shell suggests while one types.

A file with faults gives the ids that can be read; what cannot be read gives none. Only what looks like an id
is returned, so nothing here can mean anything to a shell, and nothing that may be an identity number.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from oppfolgingscli.personvern import has_fodselsnummer
from oppfolgingscli.ressurser import datamappe

OPPSETT: Final = "oppfolging.toml"
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z", re.ASCII)
_MAX_BYTES: Final = 20 * 1024 * 1024
_MAX_CHAIN: Final = 20
_DELTAKER: Final = ("id", "deltaker", "deltakar", "deltaker_id", "deltakar_id", "participant", "participant_id")
_RAD: Final = ("id", "kontakt_id", "hendelse_id", "hending_id", "avtale_id", "contact_id", "event_id", "agreement_id")
LOGGER: Final = ("kontakter", "hendelser", "avtaler")


@dataclass(slots=True)
class Navn:
    """Ids with what they are called, by kind; a name may be a table by language."""

    roller: dict[str, Any] = field(default_factory=dict)
    rutiner: dict[str, Any] = field(default_factory=dict)
    typer: set[str] = field(default_factory=set)
    hendelser: set[str] = field(default_factory=set)


def find_mappe(mappe: Path | None) -> Path | None:
    """Return the workspace's folder: the one named, or the nearest from here upwards; None when there is none."""
    if mappe is not None:
        return mappe.parent if mappe.name == OPPSETT else mappe
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / OPPSETT).is_file()), None)


def read_oppsett(mappe: Path | None) -> dict[str, Any]:
    """Return oppfolging.toml as it stands; empty when it cannot be read."""
    return _toml(mappe / OPPSETT) if mappe is not None else {}


def deltakere(oppsett: dict[str, Any], mappe: Path) -> list[str]:
    """Return the participants' ids in the order written."""
    written = oppsett.get("deltakere")
    if isinstance(written, str):
        return column(mappe / written.strip().replace("\\", "/"), _DELTAKER)
    return [id_ for item in _tables(written) if (id_ := _id(item.get("id")))]


def personer(oppsett: dict[str, Any]) -> dict[str, Any]:
    """Return the people's ids with their names."""
    written = oppsett.get("personer")
    people = written if isinstance(written, dict) else {}
    return {id_: p.get("navn") for key, p in people.items() if (id_ := _id(key)) and isinstance(p, dict)}


def medfolgende(slag: str) -> list[str]:
    """Return the ids of what is bundled of a kind ("rutiner", "skoleruter"), sorted."""
    return sorted(path.stem for path in datamappe(slag).glob("*.toml"))


def egne_rutinefiler(mappe: Path | None) -> list[str]:
    """Return the workspace's own routine files, as `rutiner liste` writes them."""
    found = sorted((mappe / "rutiner").glob("*.toml")) if mappe is not None else []
    return [f"rutiner/{path.name}" for path in found if _ID.match(path.stem)]


def rutinesett(navn: object, fra: Path | None) -> Navn:
    """Return what a routine set names, with the sets it builds on; ``navn`` is an id or a path from ``fra``."""
    out = Navn()
    seen: set[Path] = set()
    while isinstance(navn, str) and (path := _set_path(navn, fra)) not in seen and len(seen) < _MAX_CHAIN:
        seen.add(path)
        data = _toml(path)
        roles = data.get("roller")
        for key, role in (roles if isinstance(roles, dict) else {}).items():
            if (id_ := _id(key)) and isinstance(role, dict):
                out.roller.setdefault(id_, role.get("navn"))
        for routine in _tables(data.get("rutiner")):
            _add_routine(out, routine)
        head = data.get("rutinesett")
        navn, fra = (head.get("bygger_pa") if isinstance(head, dict) else None), path.parent
    return out


def _add_routine(out: Navn, routine: dict[str, Any]) -> None:
    if id_ := _id(routine.get("id")):
        out.rutiner.setdefault(id_, routine.get("navn"))
    if kind := _id(routine.get("type")):
        out.typer.add(kind.lower())
    frequency = routine.get("frekvens")
    events = frequency.get("ved") if isinstance(frequency, dict) else None
    out.hendelser |= {id_.lower() for word in (events if isinstance(events, list) else [events]) if (id_ := _id(word))}


def loggrader(mappe: Path, logg: str | None = None, hoyst: int = 1000) -> list[str]:
    """Return the ids of the newest rows of the logs (or of one of them), newest first, at most ``hoyst`` of each."""
    found: list[str] = []
    for name in (logg,) if logg else LOGGER:
        found += list(dict.fromkeys(reversed(column(mappe / f"{name}.csv", _RAD))))[:hoyst]
    return found


def column(path: Path, names: tuple[str, ...]) -> list[str]:
    """Return the ids in a table's column of one of these names, each once."""
    rows = _rows(path)
    header = next(((i, row) for i, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if header is None:
        return []
    from oppfolgingscli.les.tabell import column_name

    line, cells = header
    at = next((i for i, cell in enumerate(cells) if column_name(cell) in names), None)
    if at is None:
        return []
    return list(dict.fromkeys(id_ for row in rows[line + 1 :] if at < len(row) and (id_ := _id(row[at]))))


def _rows(path: Path) -> list[list[str]]:
    from oppfolgingscli.les.tabell import decode, find_delimiter

    raw = _bytes(path)
    if raw[:4] == b"PK\x03\x04":
        from oppfolgingscli.les.regneark import read_rows

        return [cells for _line, cells in read_rows(path, raw, []) or []]
    lines = (decode(raw) or "").splitlines(keepends=True)
    delimiter, offset = find_delimiter(lines, {"id": _DELTAKER})
    try:
        return list(csv.reader(lines[offset:], delimiter=delimiter))
    except csv.Error:
        return []


def _set_path(navn: str, fra: Path | None) -> Path:
    if "/" in navn or "\\" in navn or navn.lower().endswith(".toml"):
        path = Path(navn.replace("\\", "/")).expanduser()
        return path if fra is None else fra / path
    return datamappe("rutiner") / f"{_id(navn.strip()) or '-'}.toml"


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_bytes(path).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return {}


def _bytes(path: Path) -> bytes:
    """Return a file's bytes; nothing when it is too large, or no file."""
    try:
        if not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return b""
        return path.read_bytes()
    except (OSError, ValueError):
        return b""


def _tables(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _id(value: object) -> str | None:
    """Return the value when it may be shown as an id."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    return text if _ID.match(text) and not has_fodselsnummer(text) else None
