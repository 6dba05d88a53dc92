"""What a code host reads: forms, workflows and updates that are valid, pinned, and warn of personal data."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from hjelp import ROT

yaml: Any = importlib.import_module("yaml")  # it ships no types
GITHUB = ROT / ".github"
SKJEMAER = sorted(file for file in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if file.name != "config.yml")
FELT = {"markdown", "textarea", "input", "dropdown", "checkboxes"}


def load(path: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("fil", sorted(GITHUB.rglob("*.yml")), ids=lambda file: file.name)
def test_yaml_kan_leses_og_har_ingen_nokler_to_ganger(fil: Path) -> None:
    strict = type("Strict", (yaml.SafeLoader,), {})

    def mapping(loader: Any, node: Any) -> dict[Any, Any]:  # noqa: ANN401 - PyYAML's own
        keys = [loader.construct_object(key) for key, _value in node.value]
        assert len(keys) == len(set(map(str, keys))), keys
        return {loader.construct_object(k): loader.construct_object(v, deep=True) for k, v in node.value}

    yaml.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping, Loader=strict)
    assert yaml.load(fil.read_text(encoding="utf-8"), strict)


def test_det_er_skjemaer() -> None:
    assert [file.name for file in SKJEMAER] == ["1-feil.yml", "2-frist.yml", "3-rutinesett.yml"]
    assert load(GITHUB / "ISSUE_TEMPLATE" / "config.yml")["blank_issues_enabled"] is False


@pytest.mark.parametrize("fil", SKJEMAER, ids=lambda file: file.name)
def test_hvert_skjema_er_gyldig_og_advarer(fil: Path) -> None:
    """As the host's schema for issue forms has it: name, description, and fields with an id, a label and a known type."""
    form = load(fil)
    assert set(form) <= {"name", "description", "title", "labels", "body", "assignees", "projects", "type"}
    assert form["name"]
    assert form["description"]
    kinds = [field["type"] for field in form["body"]]
    assert set(kinds) <= FELT
    assert any(kind != "markdown" for kind in kinds)
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    for field in form["body"]:
        if field["type"] == "markdown":
            assert field["attributes"]["value"]
            continue
        assert re.fullmatch(r"[A-Za-z0-9_-]+", field["id"])
        assert field["attributes"]["label"]
    # The first thing one reads, and the first one must say yes to.
    assert "Aldri personopplysninger her" in form["body"][0]["attributes"]["value"]
    assert form["body"][1]["attributes"]["options"][0]["required"] is True


def _steps() -> list[dict[str, Any]]:
    jobs = [job for file in (GITHUB / "workflows").glob("*.yml") for job in load(file)["jobs"].values()]
    return [step for job in jobs for step in job["steps"]]


def test_arbeidsflyten_kan_lite_og_er_laast() -> None:
    for file in (GITHUB / "workflows").glob("*.yml"):
        flow = load(file)
        assert flow["permissions"] == {"contents": "read"}
        assert all(job["timeout-minutes"] <= 60 for job in flow["jobs"].values())
        # A branch's name or a title is text somebody wrote: it never becomes part of a command.
        for step in (s for job in flow["jobs"].values() for s in job["steps"] if "run" in s):
            assert "${{" not in step["run"]
    used = [step["uses"] for step in _steps() if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", name)] == []


def test_arbeidsflyten_kjorer_det_som_finnes() -> None:
    runs = " ".join(step.get("run", "") for step in _steps())
    for script in (".ci/run", "gjor.py"):
        assert script in runs
        assert (ROT / script).is_file()


@pytest.mark.parametrize(
    "navn", ["CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", ".github/PULL_REQUEST_TEMPLATE.md"]
)
def test_dokumentene_finnes_og_lenkene_forer_et_sted(navn: str) -> None:
    text = (ROT / navn).read_text(encoding="utf-8")
    assert len(text) > 300
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROT / target).exists(), target
