"""`oppfolging web` as its users have it: the command in a process of its own, and Chromium in front of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nettleser
from hjelp import ROT


@dataclass
class Tjener:
    """A server that runs. ``start``: the address it wrote, with its key."""

    prosess: subprocess.Popen[str]
    start: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.start)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def port(self) -> int:
        return urlsplit(self.start).port or 0

    def stop(self) -> tuple[int, str, str]:
        """Press Ctrl+C; return the exit code and what was written after the address."""
        self.prosess.send_signal(signal.SIGINT)
        out, err = self.prosess.communicate(timeout=20)
        return self.prosess.returncode, out, err


@contextmanager
def tjener(mappe: Path, *valg: str, miljo: Mapping[str, str] | None = None) -> Iterator[Tjener]:
    """Start the command on a free port, and end it whatever happens."""
    prosess = subprocess.Popen(
        [sys.executable, "-m", "oppfolgingscli", "web", "--mappe", str(mappe), "--ikke-apne", *valg],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(miljo or {})},
    )
    try:
        assert prosess.stdout is not None
        start = prosess.stdout.readline().strip()
        assert start.startswith("http://"), prosess.communicate(timeout=20)
        yield Tjener(prosess, start)
    finally:
        if prosess.poll() is None:
            prosess.kill()
        prosess.communicate(timeout=20)


def drive(t: Tjener, **job: object) -> dict[str, Any]:
    """Do a job of ``tests/js/web.mjs`` in front of a server."""
    begun = time.monotonic()
    done = subprocess.run(
        ["node", str(nettleser.JS / "web.mjs")],
        input=json.dumps({"chromium": nettleser.chromium(), "start": t.start, "origin": t.origin, **job}),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return {**answer, "sekunder": time.monotonic() - begun}
