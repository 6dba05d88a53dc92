"""One class with its log, small enough to work out every measure by hand; the working is in ``test_handregnet``."""

from __future__ import annotations

from vurder.hjelp import Prove

PER = "2024-01-10"
RUTINER = """
    [[rutiner]]
    id = "samtale"
    navn = "Samtale"
    frekvens = { antall = 2, per = "semester" }
    [[rutiner]]
    id = "besok"
    navn = "Besøk"
    type = "besok"
    ansvarlig = "veileder"
    frekvens = { hver = "3 uker", senest = "4 uker" }
    gjelder = { i_praksis = true }
    [[rutiner]]
    id = "hjelp"
    navn = "Hjelp"
    type = "hjelp"
    frekvens = { behov = true }
"""
_PRAKSIS = "praksis = [{ fra = 2023-08-28, til = 2023-12-31 }]"
_MER = {
    "D01": _PRAKSIS,
    "D02": _PRAKSIS,
    "D03": 'pauser = [{ fra = 2023-10-02, til = 2023-10-06, grunn = "permisjon" }]',
    "D09": "slutt = 2023-11-30",
    "D12": 'fritak = [{ rutine = "samtale", grunn = "egen avtale" }]',
}
DELTAKERE = "\n".join(f'[[deltakere]]\nid = "D{n:02}"\n{_MER.get(f"D{n:02}", "")}' for n in range(1, 13))

_SEP, _NOV = "2023-09-20", "2023-11-20"
_SAMTALER = {
    **{f"D{n:02}": (_SEP, _NOV) for n in (1, 2, 3, 4)},
    **{f"D{n:02}": (_SEP,) for n in (5, 6, 7, 9)},
    "D08": (_SEP, "2023-12-22"),
    "D10": (_SEP, _NOV, "2023-12-01"),
    "D11": ("2023-08-18",),
}
_BESOK = ("2023-09-12", "2023-10-18", "2023-11-20")
RADER = [f"{who}-{day};{day};samtale;{who}" for who, days in _SAMTALER.items() for day in days]
RADER += [f"b-{day};{day};besok;D01" for day in _BESOK]


def skriv_eksempel(prove: Prove) -> Prove:
    """Write the class."""
    return prove.skriv(
        RUTINER, "\n".join(["id;dato;type;deltaker", *RADER]), deltakere=DELTAKERE, til="2024-06-21"
    )  # fmt: skip
