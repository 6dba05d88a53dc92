"""A progress bar on stderr for work that cannot say how far it has come, only how long it may take."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli import felles

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORST: Final = 1.0
"""Seconds before anything is shown."""
_TIKK: Final = 0.2


@contextmanager
def waiting(tekst: str, sekunder: float) -> Iterator[None]:
    """Show how much of ``sekunder`` has gone while the ``with`` block runs; only on a screen, and after a second."""
    if felles.stille() or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    shower = threading.Thread(target=_show, args=(tekst, sekunder, done), daemon=True)
    shower.start()
    try:
        yield
    finally:
        done.set()
        shower.join()


def _show(tekst: str, sekunder: float, done: threading.Event) -> None:
    if done.wait(_FORST):
        return
    began = time.monotonic() - _FORST
    steps = max(1, round(sekunder / _TIKK))
    with click.progressbar(length=steps, label=tekst, file=sys.stderr, show_eta=False) as bar:
        shown = 0
        while not done.wait(_TIKK):
            now = min(steps, int((time.monotonic() - began) / _TIKK))
            bar.update(now - shown)
            shown = now
        bar.update(steps - shown)
