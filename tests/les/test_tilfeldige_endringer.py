"""Files damaged at random give faults with places, and never stop the program."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hjelp import ROT
from oppfolgingscli.feil import Feil
from oppfolgingscli.les.arbeidsmappe import read_arbeidsmappe
from oppfolgingscli.les.tabell import read_tabell
from oppfolgingscli.les.valider import validate_files

EKSEMPEL = (ROT / "eksempler" / "vestby" / "oppfolging.toml").read_text(encoding="utf-8")
SETT = (ROT / "rutiner" / "vestland.toml").read_text(encoding="utf-8")
RUTE = (ROT / "skoleruter" / "akershus.toml").read_text(encoding="utf-8")
VERDIER = [
    "[",
    "{",
    '"',
    "-1",
    "true",
    "3.5",
    "2024-01-01",
    "[1, 2]",
    "{ a = 1 }",
    '"x"',
    "[]",
    "{}",
    "nan",
    "07:30:00",
    '"ø"',
]


def damage(text: str, rnd: random.Random) -> str:
    """Delete, repeat, swap or change a few lines."""
    lines = text.split("\n")
    for _ in range(rnd.randint(1, 4)):
        i, j = rnd.randrange(len(lines)), rnd.randrange(len(lines))
        match rnd.randrange(4):
            case 0:
                lines[i] = ""
            case 1:
                lines[i], lines[j] = lines[j], lines[i]
            case 2:
                lines.insert(i, lines[j])
            case _ if "=" in lines[i]:
                lines[i] = lines[i].split("=")[0] + "= " + rnd.choice(VERDIER)
            case _:
                lines[i] += rnd.choice(VERDIER)
    return "\n".join(lines)


def test_odelagte_filer_gir_feil_med_sted(tmp_path: Path) -> None:
    own = EKSEMPEL.replace('"vestby"', '"sett.toml"').replace('"akershus"', '"rute.toml"')
    noticed = 0
    for seed in range(60):
        rnd = random.Random(seed)  # noqa: S311 - the same damage every time
        for name, text in (("oppfolging.toml", own), ("sett.toml", SETT), ("rute.toml", RUTE)):
            (tmp_path / name).write_text(damage(text, rnd), encoding="utf-8")
        result = validate_files([tmp_path])
        noticed += bool(result.feil)
        for fault in result.feil:
            assert fault.sted is not None
            assert "<" not in str(fault), "no Python object is shown"
    assert noticed > 40


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80) | st.text("id;start,\t\n\"'æ1-.D", max_size=80).map(str.encode))
def test_hvilke_som_helst_byte_i_en_tabell(raw: bytes) -> None:
    feil: list[Feil] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "t.csv"
        file.write_bytes(raw)
        table = read_tabell(file, {"id": (), "start": ()}, ("id",), feil)
        (Path(folder) / "oppfolging.toml").write_bytes(raw)
        read_arbeidsmappe(Path(folder), feil)
    assert table is not None or feil
