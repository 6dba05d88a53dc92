"""Every text of ours exists in nynorsk and English: none missing, guessed or left over, and each fits its place."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from hjelp import ROT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

PAKKE = ROT / "src" / "oppfolgingscli"


def catalogue(kode: str) -> Catalog:
    with (PAKKE / "locale" / kode / "LC_MESSAGES" / "oppfolgingscli.po").open("rb") as file:
        return read_po(file, locale=kode)


def pairs(kode: str) -> Iterator[tuple[str, str]]:
    """Yield each text of the source with its translation, each form of a plural for itself."""
    for message in catalogue(kode):
        if isinstance(message.id, list | tuple):
            assert isinstance(message.string, list | tuple)
            yield from zip(message.id, message.string, strict=True)
        elif message.id:
            assert isinstance(message.string, str)
            yield message.id, message.string


@pytest.mark.parametrize("kode", ["nn", "en"])
def test_alle_tekster_er_oversatt(kode: str) -> None:
    keywords = {**DEFAULT_KEYWORDS, "N_": None}
    found = {
        words if isinstance(words, str) else tuple(words)
        for _file, _line, words, _comments, _context in extract_from_dir(PAKKE, keywords=keywords)
        if words
    }
    assert len(found) > 100
    missing = found ^ {message.id for message in catalogue(kode) if message.id}
    assert missing == set(), "python gjor.py oversett"
    assert [source for source, text in pairs(kode) if not text] == []
    assert [message.id for message in catalogue(kode) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("kode", ["nn", "en"])
def test_oversettelsen_har_de_samme_flaggene(kode: str) -> None:
    """What is typed is the same in every language. (What is filled in: tests/cli/test_sprak_i_hjelpen.py.)"""
    flags = re.compile(r"--[a-z]+(?:-[a-z]+)*|\{\{|\}\}")
    assert [
        (source, text)
        for source, text in pairs(kode)
        if text and sorted(flags.findall(source)) != sorted(flags.findall(text))
    ] == []


@pytest.mark.parametrize("kode", ["nn", "en"])
def test_oversettelsen_begynner_og_slutter_som_kilden(kode: str) -> None:
    """Texts are put together: spaces, colons and full stops at the ends belong to the place and not to the words."""
    ends = re.compile(r"\A\s*|[\s.:!?…]*\Z")
    assert [(source, text) for source, text in pairs(kode) if text and ends.findall(source) != ends.findall(text)] == []


def test_ingen_tekst_staar_inne_i_en_f_streng() -> None:
    """There the extraction does not find it before Python 3.12, and it is never translated."""
    hidden = [
        f"{path.relative_to(ROT)}:{call.lineno}"
        for path in sorted(PAKKE.rglob("*.py"))
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "N_", "ngettext"}
    ]
    assert hidden == []
