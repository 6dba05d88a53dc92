"""Where each key and value of a TOML text stands: only read when there is a fault to place.

The text has already been read by tomllib, so it is valid; this follows the same grammar (TOML 1.0) just closely
enough to count lines and columns.
"""

from __future__ import annotations

import re
import tomllib
from typing import Final, NamedTuple

Punktum = tuple[int, int]
Nokkel = tuple[str | int, ...]


class Plass(NamedTuple):
    """Where a key and its value begin: (line, column), from 1. For a table both are its header."""

    nokkel: Punktum
    verdi: Punktum


Plasser = dict[Nokkel, Plass]

_BLANK: Final = re.compile(r"[ \t]*")
_EMPTY: Final = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_STRING: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR: Final = re.compile(r"[^,\]}#\n]+")


class _Leser:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: Plasser = {}
        self.counts: dict[Nokkel, int] = {}
        self._line = 1
        self._line_at = 0

    def here(self) -> Punktum:
        self._line += self.text.count("\n", self._line_at, self.at)
        self._line_at = self.at
        return self._line, self.at - self.text.rfind("\n", 0, self.at)

    def skip(self, pattern: re.Pattern[str] = _BLANK) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def looking_at(self, what: str) -> bool:
        return self.text.startswith(what, self.at)

    def read(self) -> Plasser:
        table: Nokkel = ()
        self.skip(_EMPTY)
        while self.at < len(self.text):
            start = self.here()
            if self.looking_at("["):
                table = self.header(start)
            else:
                self.pair(table)
            self.skip(_EMPTY)
        return self.out

    def header(self, start: Punktum) -> Nokkel:
        listed = self.looking_at("[[")
        self.at += 2 if listed else 1
        self.skip()
        names = self.key()
        self.skip()
        self.at += 2 if listed else 1
        key = self.into(names[:-1])
        if listed:
            n = self.counts.get((*key, names[-1]), 0)
            self.counts[(*key, names[-1])] = n + 1
            self.put((*key, names[-1]), start, start)
            key = (*key, names[-1], n)
        else:
            key = self.into(names)
        self.out[key] = Plass(start, start)
        for i in range(1, len(key)):
            self.put(key[:i], start, start)
        return key

    def into(self, names: tuple[str, ...]) -> Nokkel:
        """Follow names from the top, into the last item of every array of tables."""
        key: Nokkel = ()
        for name in names:
            key = (*key, name)
            if key in self.counts:
                key = (*key, self.counts[key] - 1)
        return key

    def put(self, key: Nokkel, name: Punktum, value: Punktum) -> None:
        self.out.setdefault(key, Plass(name, value))

    def key(self) -> tuple[str, ...]:
        """Read a dotted key; stop after its last part."""
        names: list[str] = []
        while True:
            self.skip()
            match = _STRING.match(self.text, self.at) or _BARE.match(self.text, self.at)
            if match is None:
                raise ValueError
            part = match.group()
            names.append(tomllib.loads(f"k = {part}")["k"] if part[0] in "\"'" else part)
            self.at = match.end()
            self.skip()
            if not self.looking_at("."):
                return tuple(names)
            self.at += 1

    def pair(self, table: Nokkel) -> None:
        name_at = self.here()
        names = self.key()
        self.skip()
        self.at += 1  # =
        self.skip()
        key = (*table, *names)
        for i in range(len(table) + 1, len(key)):
            self.put(key[:i], name_at, name_at)
        self.put(key, name_at, self.here())
        self.value(key)

    def value(self, key: Nokkel) -> None:
        if self.looking_at("["):
            self.array(key)
        elif self.looking_at("{"):
            self.inline_table(key)
        elif match := _STRING.match(self.text, self.at) or _SCALAR.match(self.text, self.at):
            self.at = match.end()
        else:
            raise ValueError

    def array(self, key: Nokkel) -> None:
        self.at += 1
        n = 0
        while True:
            self.skip(_EMPTY)
            if self.looking_at("]"):
                break
            start = self.here()
            self.put((*key, n), start, start)
            self.value((*key, n))
            n += 1
            self.skip(_EMPTY)
            if self.looking_at(","):
                self.at += 1
        self.at += 1

    def inline_table(self, key: Nokkel) -> None:
        self.at += 1
        while True:
            self.skip(_EMPTY)
            if self.looking_at("}"):
                break
            self.pair(key)
            self.skip(_EMPTY)
            if self.looking_at(","):
                self.at += 1
        self.at += 1


def find_plasser(text: str) -> Plasser:
    """Map every key path of a valid TOML text to where it stands. An odd corner costs places, never a crash."""
    reader = _Leser(text)
    try:
        return reader.read()
    except (ValueError, IndexError, RecursionError, tomllib.TOMLDecodeError):
        return reader.out
