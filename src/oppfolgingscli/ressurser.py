"""Where the bundled data lies: routine sets, school calendars, examples and JSON Schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Final

DATAMAPPER: Final = ("rutiner", "skoleruter", "eksempler", "skjema")
"""The bundled folders. hatch_build.py puts them in the wheel under oppfolgingscli/data/."""

_PAKKE: Final = Path(__file__).resolve().parent


def datamappe(navn: str) -> Path:
    """Return the folder of one kind of bundled data.

    An installed package has it in oppfolgingscli/data/; a checkout at its top level. Plain paths:
    importlib.resources would double the time `--help` takes, and the package is never zipped.

    Raises:
        ValueError: navn is not one of DATAMAPPER.
    """
    if navn not in DATAMAPPER:
        message = f"no bundled folder: {navn}"
        raise ValueError(message)
    installed = _PAKKE / "data" / navn
    return installed if installed.is_dir() else _PAKKE.parents[1] / navn
