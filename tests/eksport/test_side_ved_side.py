"""Classes judged side by side: the same export as one by one, and what becomes of it when a process is killed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from eksport.klassen import everything, export, flat, folders, lucky
from hjelp import Kjor
from oppfolgingscli.cli import revisjonseksportkilde
from oppfolgingscli.cli.revisjonseksportkilde import _from_pool  # as the module itself uses it


@pytest.mark.treg  # each process takes about a second to start
@pytest.mark.parametrize("kilde", ["mapper", "flatt"])
def test_in_several_processes_it_is_the_same(
    kilde: str, kjor: Kjor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inn = folders(tmp_path / "inn") if kilde == "mapper" else flat(tmp_path / "inn")
    lucky(monkeypatch, 5)
    export(kjor, inn, tmp_path / "a")
    monkeypatch.setattr(revisjonseksportkilde, "MANGE", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    lucky(monkeypatch, 5)
    export(kjor, inn, tmp_path / "b")
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


class Pool(Executor):
    """Does two things, and is then killed."""

    def __init__(self, *, ved_levering: bool) -> None:
        self.done = 0
        self.ved_levering = ved_levering

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - the standard library's signature
        future: Future[Any] = Future()
        self.done += 1
        if self.done <= 2:
            future.set_result(fn(*args, **kwargs))
        elif self.ved_levering:
            raise BrokenProcessPool
        else:
            future.set_exception(BrokenProcessPool())
        return future


@pytest.mark.parametrize("ved_levering", [True, False])
@pytest.mark.parametrize("most", [1, 3, 100])
def test_what_a_killed_process_had_is_done_here(most: int, *, ved_levering: bool) -> None:
    """Everything once, and in order."""

    def things() -> Iterator[int]:
        yield from range(9)

    pool = Pool(ved_levering=ved_levering)
    made: list[Any] = list(_from_pool(pool, lambda n: n * n, things(), most))  # type: ignore[arg-type, return-value] # any work will do
    assert made == [n * n for n in range(9)]
