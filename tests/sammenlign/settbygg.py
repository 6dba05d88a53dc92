"""Small routine sets for the tests: the routines as TOML, the rest filled in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from oppfolgingscli.les.rutinesett import load_rutinesett
from oppfolgingscli.modell.rutinesett import Rutinesett

HODE = """
format = 1
[rutinesett]
id = "{id}"
navn = "Settet {id}"
kilde = "oppdiktet"
gjelder_fra = 2023-08-01
[roller.skole]
navn = "Skolen"
etat = "skole"
[roller.nav]
navn = "Nav"
etat = "nav"
"""


def toml(rutiner: str, id_: str = "mitt") -> str:
    """Fill in the head and the roles around routines."""
    return HODE.format(id=id_) + rutiner


def rutine(id_: str, frekvens: str, *, type_: str = "samtale", niva: str = "deltaker", **mer: str) -> str:
    """Write one routine; ``mer``: further keys as TOML values."""
    lines = [
        "[[rutiner]]", f'id = "{id_}"', f'navn = "{id_.capitalize()}"', f'type = "{type_}"', f'niva = "{niva}"',
        *([] if "ansvarlig" in mer else ['ansvarlig = "skole"']), f"frekvens = {{ {frekvens} }}",
        *(f"{key} = {value}" for key, value in mer.items()),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def sett(rutiner: str, id_: str = "mitt") -> Rutinesett:
    """Read a set as the program reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{id_}.toml")
        path.write_text(toml(rutiner, id_), encoding="utf-8")
        return load_rutinesett(str(path))
