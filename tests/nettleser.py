"""A real browser for the tests: what axe-core says of pages, and pictures of them. The network is off."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hjelp import ROT

JS = ROT / "tests" / "js"


def chromium() -> str | None:
    """Return the browser: the one OPPFOLGING_CHROMIUM names, else one on the path."""
    named = os.environ.get("OPPFOLGING_CHROMIUM")
    found = [named] if named else ["chromium", "chromium-browser", "google-chrome", "chrome"]
    return next((path for name in found if (path := shutil.which(name))), None)


def lacking() -> str | None:
    """Say what is not installed, None when a browser can be run."""
    if shutil.which("node") is None:
        return "node er ikke installert"
    if not all((JS / "node_modules" / name).is_dir() for name in ("playwright-core", "axe-core")):
        return "pakkene er ikke hentet: kjør «npm ci» i tests/js"
    if chromium() is None:
        return "Chromium er ikke installert (eller pek på den med OPPFOLGING_CHROMIUM)"
    return None


def axe(sider: Iterable[Path]) -> dict[Path, list[str]]:
    """Return what is wrong with each page: in light, dark, 360 px wide and in print; empty lists when nothing is.

    Beside axe-core's rules (WCAG 2.1 A and AA, best practice): requests to the network, errors in the console, a page
    that scrolls sideways at 360 px, and what Tab does not reach. All folds are open.
    """
    files = {str(page.resolve()): page for page in sider}
    answer = _run(axe=list(files))["axe"]
    return {page: answer[name] for name, page in files.items()}


def screenshot(html: Path, png: Path, *, bredde: int = 1280, morkt: bool = False, utskrift: bool = False) -> None:
    """Take a picture of the whole page; ``utskrift``: the first sheet of it on paper (through PDF and pdftoppm)."""
    if not utskrift:
        _run(bilder=[_picture(html, png, bredde, morkt=morkt)])
        return
    sheets = pdf(html, png.with_suffix(".pdf"))
    subprocess.run(["pdftoppm", "-png", "-r", "80", "-singlefile", sheets, png.with_suffix("")], check=True)


def pdf(html: Path, fil: Path) -> Path:
    """Print the page to PDF as its own css says (A4), and return the file."""
    _run(bilder=[{**_picture(html, fil, 794), "utskrift": True}])
    return fil


def screenshots(bilder: Sequence[tuple[Path, Path, int, bool]]) -> None:
    """Take many pictures with one browser: (html, png, width, dark)."""
    _run(bilder=[_picture(html, png, width, morkt=dark) for html, png, width, dark in bilder])


def _picture(html: Path, png: Path, width: int, *, morkt: bool = False) -> dict[str, Any]:
    return {"html": str(html.resolve()), "png": str(png.resolve()), "bredde": width, "morkt": morkt, "utskrift": False}


def _run(**job: object) -> dict[str, Any]:
    done = subprocess.run(
        ["node", str(JS / "axe.mjs")],
        input=json.dumps({"chromium": chromium(), **job}),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer
