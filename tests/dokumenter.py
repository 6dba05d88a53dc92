"""Takes documents apart for the tests: fenced blocks, and tables with a comment that says what they hold.

A block of TOML or CSV says in its first line what it is (```` ```toml eksempel=antall ````), and a table of results
has a comment on the line above it (``<!-- ventet: eksempel=antall -->``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hjelp import ROT

DOKUMENTER = ROT / "docs"
PAKKE = ROT / "src" / "oppfolgingscli"

_BLOKK = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TABELL = re.compile(r"^<!-- (\w+)(?::([^\n]*))? -->\n((?:\|[^\n]*\|\n)+)", re.MULTILINE)


class Blokk(NamedTuple):
    """A fenced block: its language, what its first line says, its text."""

    sprak: str
    ord: dict[str, str]
    tekst: str


class Tabell(NamedTuple):
    """A table with a comment above: the comment's first word, its key=value pairs, the rows by column."""

    slag: str
    ord: dict[str, str]
    rader: list[dict[str, str]]


def _pairs(text: str | None) -> dict[str, str]:
    return {key: value for key, _equals, value in (part.partition("=") for part in (text or "").split())}


def blokker(text: str) -> list[Blokk]:
    return [Blokk(m[1], _pairs(m[2]), m[3]) for m in _BLOKK.finditer(text)]


def rows(table: str) -> list[dict[str, str]]:
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def tabeller(text: str, slag: str) -> list[Tabell]:
    found = [Tabell(m[1], _pairs(m[2]), rows(m[3])) for m in _TABELL.finditer(text) if m[1] == slag]
    assert found, f"ingen tabell merket {slag}"
    return found
