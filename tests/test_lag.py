"""The rules of the house that the source code itself can be asked about."""

from __future__ import annotations

import ast
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hjelp import ROT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAKKE = ROT / "src" / "oppfolgingscli"

LAG = (
    "personvern",
    "feil",
    "sprak",
    "ressurser",
    "tid",
    "modell",
    "hendelse",
    "les",
    "skriv",
    "logg",
    "gyldighet",
    "utvid",
    "typisk",
    "sammenlign",
    "arshjul",
    "telling",
    "match",
    "status",
    "vurder",
    "fortsett",
    "maltall",
    "revisjon",
    "masse",
    "eksport",
    "forklar",
    "planlegg",
    "belastning",
    "publisert",
    "tjener",
    "abonnement",
    "vis",
    "cli",
    "web",
    "__main__",
)
"""From the ground up: a layer imports what stands before it, and itself."""

REN = {
    "gyldighet",
    "utvid",
    "typisk",
    "sammenlign",
    "arshjul",
    "telling",
    "match",
    "status",
    "vurder",
    "fortsett",
    "maltall",
    "revisjon",
    "forklar",
    "belastning",
}
"""The pure core: no files, no clock, no terminal."""

UKJENT_FOR_KJERNEN = {
    *("click", "rich", "babel", "openpyxl", "icalendar", "filelock", "tomllib", "tomli_w"),
    *("os", "io", "pathlib", "sys", "time", "subprocess", "tempfile", "shutil", "random"),
    *(f"oppfolgingscli.{layer}" for layer in ("ressurser", "les", "skriv", "publisert", "vis", "cli")),
}
KLOKKE = {"now", "today", "utcnow"}


def _lag(file: Path) -> str:
    return file.relative_to(PAKKE).parts[0].removesuffix(".py")


def _moduler() -> list[Path]:
    return sorted(file for file in PAKKE.rglob("*.py") if file != PAKKE / "__init__.py")


def _imports(tree: ast.AST) -> Iterator[str]:
    """Yield every module named in an import; `from a import b` gives both a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_alle_moduler_har_et_lag() -> None:
    assert {_lag(file) for file in _moduler()} <= set(LAG)


@pytest.mark.parametrize("fil", _moduler(), ids=lambda file: file.relative_to(PAKKE).as_posix())
def test_et_lag_importerer_bare_det_som_staar_over(fil: Path) -> None:
    allowed = LAG[: LAG.index(_lag(fil)) + 1]
    for name in _imports(ast.parse(fil.read_text(encoding="utf-8"))):
        first, _, rest = name.partition(".")
        layer = rest.split(".")[0]
        if first == "oppfolgingscli" and layer in LAG:
            assert layer in allowed, f"{_lag(fil)} imports {name}"


@pytest.mark.parametrize(
    "fil",
    [file for file in _moduler() if _lag(file) in REN],
    ids=lambda file: file.relative_to(PAKKE).as_posix(),
)
def test_kjernen_kjenner_verken_filer_klokke_eller_terminal(fil: Path) -> None:
    tree = ast.parse(fil.read_text(encoding="utf-8"))
    for name in _imports(tree):
        parts = name.split(".")
        prefixes = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
        assert not prefixes & UKJENT_FOR_KJERNEN, name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            assert node.attr not in KLOKKE, f"line {node.lineno} asks what day it is"
        if isinstance(node, ast.Name):
            assert node.id not in {"open", "print", "input"}, f"line {node.lineno}"


@pytest.mark.parametrize("fil", _moduler(), ids=lambda file: file.relative_to(PAKKE).as_posix())
def test_hver_modul_sier_hva_den_er_til(fil: Path) -> None:
    docstring = ast.get_docstring(ast.parse(fil.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].strip()


FORBUDT = tuple(
    "".join(parts)
    for parts in (
        ("pypi", ".org"),
        ("python", "hosted"),
        ("registry.", "npmjs"),
        ("/wo", "rk/"),
        ("sha", "red/"),
        ("/opt/", "pypi"),
        ("/ro", "ot/"),
    )
)
"""Nothing here depends on one package registry, or on one machine."""

UTENOM = {".git", ".venv", "node_modules", "dist", "build", "__pycache__", "oppfolging-demo", "funnet"}


def test_ingen_register_og_ingen_maskin_er_nevnt() -> None:
    found = []
    for folder, folders, files in os.walk(ROT):
        folders[:] = [name for name in folders if name not in UTENOM and not name.endswith(("_cache", ".hypothesis"))]
        for name in files:
            text = Path(folder, name).read_bytes().decode("utf-8", errors="ignore")
            found += [f"{folder}/{name}: {word}" for word in FORBUDT if word in text]
    assert found == []
