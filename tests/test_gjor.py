"""gjor.py and the Makefile: the first thing anyone runs, on machines we have not seen."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest

from hjelp import ROT

GJOR = ROT / "gjor.py"


def test_en_gammel_python_kan_lese_filen_og_si_fra() -> None:
    """The message about Python 3.11 is worth nothing if the file is a SyntaxError to 3.7."""
    tree = ast.parse(GJOR.read_text(encoding="utf-8"), feature_version=(3, 7))
    check = next(index for index, node in enumerate(tree.body) if isinstance(node, ast.If))
    before = [node for node in tree.body[:check] if not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr)]
    assert before == [], "nothing but imports before the version is checked"


def test_gjor_trenger_bare_standardbiblioteket() -> None:
    tree = ast.parse(GJOR.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert all(name.split(".")[0] in sys.stdlib_module_names for name in names), names


def test_make_og_gjor_har_de_samme_oppgavene() -> None:
    text = (ROT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony
    listed = subprocess.run(
        [sys.executable, str(GJOR), "--help"], capture_output=True, text=True, encoding="utf-8", check=True
    )
    tasks = re.findall(r"^  ([a-z-]+) {2,}\S", listed.stdout.split("options:")[0], re.MULTILINE)
    assert sorted(phony[1].split()) == sorted(tasks)


def test_ukjent_oppgave_er_feil_bruk() -> None:
    result = subprocess.run([sys.executable, str(GJOR), "finnes-ikke"], capture_output=True, check=False)
    assert result.returncode == 2


@pytest.mark.parametrize("laas", ["requirements.lock", "requirements-dev.lock"])
def test_alt_i_laasen_har_en_versjon_og_en_sjekksum(laas: str) -> None:
    text = (ROT / laas).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(lines) > 15
    for line in lines:
        assert re.match(r"[a-z0-9-]+==\S+", line), line
        assert "--hash=sha256:" in line, line


def test_utviklerlaasen_har_de_samme_versjonene_som_programmet_kjores_med() -> None:
    pinned = {
        laas: set(re.findall(r"^([a-z0-9-]+==\S+)", (ROT / laas).read_text(encoding="utf-8"), re.MULTILINE))
        for laas in ("requirements.lock", "requirements-dev.lock")
    }
    assert pinned["requirements.lock"] <= pinned["requirements-dev.lock"]


def test_laasen_har_alt_prosjektet_ber_om() -> None:
    import tomllib

    project = tomllib.loads((ROT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.split(r"[<>=;\[ ]", line)[0] for line in project["project"]["dependencies"]}
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    assert wanted <= locked
