"""What is handed out: the bill of materials says what is installed, and a build can be made again byte for byte."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from hjelp import ROT
from leveranse.__main__ import sarbarheter
from leveranse.pakker import installed_with, licence, locked, needs
from leveranse.sbom import render


def test_the_bill_names_what_is_needed_and_all_that_needs_in_turn() -> None:
    with (ROT / "pyproject.toml").open("rb") as file:
        asked = {canonicalize_name(Requirement(text).name) for text in tomllib.load(file)["project"]["dependencies"]}
    assert needs("oppfolgingscli") == asked
    bill = json.loads(render("1.2.3"))
    named = {component["name"]: component for component in bill["components"]}
    assert asked < named.keys()
    assert {"markupsafe", "et-xmlfile", "h11", "tzdata"} <= named.keys()
    assert not {"pytest", "ruff", "hypothesis", "hatchling", "polars"} & named.keys()
    for name, (version, totals) in locked().items():
        if name in named:
            assert named[name]["version"] == version
            found = {h["content"] for r in named[name]["externalReferences"] for h in r["hashes"]}
            assert found == set(totals)
            assert found
    depends = {row["ref"]: row.get("dependsOn", []) for row in bill["dependencies"]}
    assert f"jinja2@{named['jinja2']['version']}" in depends["oppfolgingscli@1.2.3"]
    assert depends[f"openpyxl@{named['openpyxl']['version']}"] == [f"et-xmlfile@{named['et-xmlfile']['version']}"]


def test_every_package_says_its_licence_and_none_forbids_handing_it_on() -> None:
    for name, one in installed_with().items():
        if one.lisens:
            assert "GPL" not in one.lisens.replace("LGPL", ""), name
    assert licence("openpyxl") == "MIT"
    assert licence("finnes-ikke") == ""


def test_the_base_install_stays_light() -> None:
    """Heavy parts are extras: none of them, and none that would bring a compiler or a browser along."""
    assert not {"polars", "numpy", "pandas", "pyreadstat", "ortools", "matplotlib"} & installed_with().keys()
    assert len(installed_with()) <= 30


def test_the_bill_is_the_same_each_time_and_follows_the_version() -> None:
    assert render("1.2.3") == render("1.2.3")
    assert json.loads(render("1.2.3"))["serialNumber"] != json.loads(render("1.2.4"))["serialNumber"]


def test_what_could_not_be_asked_about_is_not_called_clean(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_service(words: list[str], **_rest: object) -> subprocess.CompletedProcess[str]:
        assert "--strict" in words
        return subprocess.CompletedProcess(words, 1, "", "ERROR: x could not be audited: x (1.0)\n")

    monkeypatch.setattr("leveranse.__main__.subprocess.run", no_service)
    assert sarbarheter() == 4
    assert "Ikke undersøkt" in capsys.readouterr().err


@pytest.mark.treg
def test_two_builds_are_the_same_bytes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "leveranse", "lik"],
        cwd=ROT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line.rpartition(" ")[2] for line in lines] == ["lik"] * 3
    assert {Path(line.split()[1]).suffix for line in lines} == {".whl", ".gz", ".json"}
