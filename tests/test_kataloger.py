"""Every text of ours exists in nynorsk and English: no translation is missing, guessed or left over."""

from __future__ import annotations

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from hjelp import ROT

PAKKE = ROT / "src" / "oppfolgingscli"


@pytest.mark.parametrize("kode", ["nn", "en"])
def test_alle_tekster_er_oversatt(kode: str) -> None:
    po = PAKKE / "locale" / kode / "LC_MESSAGES" / "oppfolgingscli.po"
    if not po.exists():
        pytest.skip("katalogen er ikke laget ennå: python gjor.py oversett")
    with po.open("rb") as file:
        catalogue = read_po(file, locale=kode)
    keywords = {**DEFAULT_KEYWORDS, "N_": None}
    found = {
        words if isinstance(words, str) else tuple(words)
        for _file, _line, words, _comments, _context in extract_from_dir(PAKKE, keywords=keywords)
        if words
    }
    assert len(found) > 100
    assert {message.id for message in catalogue if message.id} == found, "python gjor.py oversett"
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), message.id
        assert not message.fuzzy or not message.id, message.id
