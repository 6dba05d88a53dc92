"""Where keys and values stand in a TOML text."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjelp import ROT
from oppfolgingscli.les.posisjon import find_plasser

TEKST = '''# en merknad med "anførselstegn" og [hakeparentes]
format = 1
a.b = "x"   # punktum i nøkkelen
"en nøkkel".'to' = 3

[tabell]
liste = [
  "ett",   # ] her
  { navn = "to", dyp.ere = [1, 2] },
]
lang = """
linje = 1
\\"""fortsatt" """
rå = 'c:\\mappe'

[[ting]]
id = "a"
[ting.under]
x = 1979-05-27 07:32:00
[[ting]]
id = "b"
[[ting.flere]]
n = 1
[[ting.flere]]
n = 2
'''.replace("rå", "ra")


def test_steder() -> None:
    tomllib.loads(TEKST)
    found = find_plasser(TEKST)
    assert found["format",] == ((2, 1), (2, 10))
    assert found["a", "b"] == ((3, 1), (3, 7))
    assert found["en nøkkel", "to"].verdi == (4, 20)
    assert found["tabell",].nokkel == (6, 1)
    assert found["tabell", "liste", 0].verdi == (8, 3)
    assert found["tabell", "liste", 1, "navn"] == ((9, 5), (9, 12))
    assert found["tabell", "liste", 1, "dyp", "ere", 1].verdi == (9, 32)
    assert found["tabell", "ra"].nokkel == (14, 1)
    assert found["ting", 0].nokkel == (16, 1)
    assert found["ting", 0, "under", "x"].verdi == (19, 5)
    assert found["ting", 1, "id"].verdi == (21, 6)
    assert found["ting", 1, "flere", 1, "n"].verdi == (25, 5)


def _paths(value: Any, key: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401
    if isinstance(value, dict):
        return [key, *(path for name, item in value.items() for path in _paths(item, (*key, name)))]
    if isinstance(value, list):
        return [key, *(path for i, item in enumerate(value) for path in _paths(item, (*key, i)))]
    return [key]


@pytest.mark.parametrize("file", sorted(ROT.glob("[res]*/**/*.toml")), ids=lambda p: p.relative_to(ROT).as_posix())
def test_alt_i_filene_som_folger_med_har_et_sted(file: Any) -> None:  # noqa: ANN401
    text = file.read_text(encoding="utf-8")
    found = find_plasser(text)
    lines = text.splitlines()
    for path in _paths(tomllib.loads(text)):
        if not path:
            continue
        (line, column), _value = found[path]
        if isinstance(path[-1], str):
            assert path[-1] in lines[line - 1][column - 1 :], path


@given(st.text(alphabet="[]{}=,.\"'#\n\\ ab1", max_size=60))
def test_en_hvilken_som_helst_tekst_stopper_ikke(text: str) -> None:
    assert isinstance(find_plasser(text), dict)
