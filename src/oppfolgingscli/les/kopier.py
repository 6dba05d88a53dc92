"""Copies beside the files we read: what is written in them counts nowhere, and their owner must be told.

When two machines change a file that OneDrive, Dropbox or the like keeps alike, the one that comes last is kept under
another name: ``kontakter-PC12.csv``, ``kontakter (1).csv``, ``kontakter.sync-conflict-20241001-120000-ABC.csv``. Its
rows were told to be saved, so they must not be forgotten in silence.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from oppfolgingscli.hendelse import Varsel
from oppfolgingscli.personvern import rens
from oppfolgingscli.sprak import _

_LOGG: Final = re.compile(
    r"(?:kopi av |copy of )?(?P<hva>kontakter|hendelser|avtaler)(?P<mer>[\W_\d].*)?\.(?:csv|xlsx|xlsm)", re.DOTALL
)
_ANNET: Final = re.compile(
    r"(?P<hva>plan|deltakere|perioder|oppfolging|kalender-publisert)\b.*(?:conflict|konflikt|motstrid).*\.(?:csv|xlsx|xlsm|toml|json)",
    re.DOTALL,
)
"""Other files are only taken for copies when the name says so: ``plan-2024.csv`` may be somebody's own."""


def find_kopier(mappe: Path) -> list[Varsel]:
    """Return a finding for each file in a folder that looks like a copy of one of ours, by name."""
    try:
        names = sorted(os.listdir(mappe))  # noqa: PTH208 - names only, three times as fast
    except OSError:
        return []
    out = []
    for name in names:
        lower = name.lower()
        if (match := _LOGG.fullmatch(lower)) and lower != f"{match['hva']}{os.path.splitext(lower)[1]}":  # noqa: PTH122 - as above
            melding = _(
                "filen ser ut som en kopi av loggen, slik OneDrive og andre lager når to maskiner skriver samtidig. "
                "Radene i den telles ikke. «oppfolging logg importer» henter det som mangler; flytt den bort etterpå."
            )
        elif _ANNET.fullmatch(lower):
            melding = _(
                "filen ser ut som en kopi, slik OneDrive og andre lager når to maskiner endrer en fil samtidig. "
                "Den leses ikke. Se om det står noe i den som mangler, og flytt den bort etterpå."
            )
        else:
            continue
        out.append(Varsel("kopi", rens(name), melding[:1].upper() + melding[1:]))
    return out
