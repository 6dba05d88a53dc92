"""Small classes whose hours can be worked out by hand: no school calendar, so every working day counts.

2 September 2024 is a Monday (week 36); no public holiday lies between it and the end of October.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent

HODE = """
format = 1
[rutinesett]
id = "sett"
navn = "Settet"
kilde = "regnet for hånd"
[roller.laerer]
navn = "Lærer"
etat = "skole"
avsatt = "10 %"
[roller.veileder]
navn = "Veileder"
etat = "nav"
portefolje = 50
[roller.vertskap]
navn = "Verten"
etat = "bedrift"
[roller.deltaker]
navn = "Deltaker"
etat = "deltaker"
"""
STANDARD = 'navn = "{id}"\nniva = "deltaker"\nansvarlig = "laerer"\ndeltar = ["deltaker"]\n'


def skriv_klasse(
    mappe: Path,
    rutiner: str,
    deltakere: int | Iterable[str] = 2,
    *,
    slutt: str = "2024-09-27",
    personer: str = "",
    praksis: str = "",
    hode: str = HODE,
) -> Path:
    """Write a class from 2 September 2024. ``praksis``: toml for each participant, ``{n}`` its number."""
    ids = [f"D{n:02d}" for n in range(1, deltakere + 1)] if isinstance(deltakere, int) else list(deltakere)
    text = dedent(f"""
        format = 1
        [klasse]
        id = "k"
        navn = "Klassen"
        rutinesett = "sett.toml"
        skolerute = "ingen"
        start = 2024-09-02
        slutt = {slutt}
    """)
    text += dedent(personer)
    for n, id_ in enumerate(ids, 1):
        text += f'\n[[deltakere]]\nid = "{id_}"\n{praksis.format(n=n)}\n'
    (mappe / "oppfolging.toml").write_text(text, encoding="utf-8")
    (mappe / "sett.toml").write_text(hode + dedent(rutiner), encoding="utf-8")
    return mappe
