"""What all tests share: bokmål, a plain terminal, the CLI in-process, and what a skip means."""

from __future__ import annotations

import gc
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

import nettleser
from hjelp import ICAL_JS, KREV_ALT, UTENFOR_OSS, Kjor
from oppfolgingscli.sprak import set_sprak

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

# Where a failure stops everybody, the examples are the same each time; at a desk they are new ones.
settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tests read bokmål in a terminal without colours, whoever runs them."""
    monkeypatch.setenv("OPPFOLGING_SPRAK", "nb")
    monkeypatch.setenv("LANGUAGE", "nb")  # set_sprak writes to it; undone after the test
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "OPPFOLGING_FEILSOK"):
        monkeypatch.delenv(name, raising=False)
    set_sprak("nb")
    yield
    set_sprak("nb")


@pytest.fixture
def kjor() -> Kjor:
    """`kjor("utvid", "--mappe", mappe)`: the result has exit_code, stdout and stderr."""
    from oppfolgingscli.cli import rot

    def run(*ord_: str | Path, stdin: str | None = None) -> Result:
        return CliRunner().invoke(
            rot,
            [str(word) for word in ord_],
            input=stdin,
            prog_name="oppfolging",
        )

    return run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    lacking = None
    if shutil.which("node") is None:
        lacking = "node er ikke installert"
    elif not ICAL_JS.is_dir():
        lacking = "pakkene er ikke hentet: kjør «npm ci» i tests/js"
    for marker, reason in (("krever_node", lacking), ("krever_nettleser", nettleser.lacking())):
        for item in items:
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """Leave the thousands of collected tests out of every round of garbage collection: it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get(KREV_ALT):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if not any(word in reason for word in UTENFOR_OSS):
            report.outcome = "failed"
            report.longrepr = f"hoppet over, men {KREV_ALT} er satt: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    reason = str(report.longrepr)
    if report.skipped and os.environ.get(KREV_ALT) and not any(word in reason for word in UTENFOR_OSS):
        report.outcome = "failed"
        report.longrepr = f"hoppet over, men {KREV_ALT} er satt: {reason}"
    return report
