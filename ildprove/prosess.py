"""Runs command lines in this process, one after another, and keeps what they said apart."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Utfall:
    """How a command line ended. ``kode`` None: it was killed."""

    kode: int | None
    stdout: str
    stderr: str


def kjor(*ord_: object, stopper: Sequence[type[BaseException]] = (), svar: str | None = None) -> Utfall:
    """Run a command line. ``stopper``: what ends it as if it were killed. ``svar``: what somebody types when asked."""
    from oppfolgingscli.cli import loggord, rot

    before = sys.stdin, loggord.is_interactive
    os.environ["OPPFOLGING_SPRAK"] = "nb"  # what is said is looked at
    if svar is not None:
        sys.stdin = StringIO(svar)
        loggord.is_interactive = lambda: True
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    ended: int | None
    with redirect_stdout(out), redirect_stderr(err):
        try:
            ended = int(rot.main([str(word) for word in ord_], prog_name="oppfolging", standalone_mode=False) or 0)
        except tuple(stopper):
            ended = None
        except SystemExit as stop:
            ended = int(stop.code or 0)
        finally:
            sys.stdin, loggord.is_interactive = before
    return Utfall(ended, *(_said(stream) for stream in (out, err)))


def _said(stream: TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    return raw.getvalue().decode(errors="surrogateescape") if isinstance(raw, BytesIO) else ""
