"""JSON Schema for single values: what the parsers in ``verdier`` accept, for editors and other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from oppfolgingscli.modell.ord import ANDRE_FORMER

Skjema = dict[str, Any]

_BLANK: Final = r"\s*"
_LETTERS: Final = {"a": "(?:[aåAÅ]|[aA]\u030a)", "o": "[oøOØ]"}


def _any_case(word: str) -> str:
    """Return a pattern for ``word`` in any case, with or without æøå."""
    out: list[str] = []
    rest = word
    while rest:
        if rest.startswith("ae"):
            out.append("(?:[aA][eE]|[æÆ])")
            rest = rest[2:]
            continue
        c, rest = rest[0], rest[1:]
        out.append(_LETTERS.get(c) or (f"[{c}{c.upper()}]" if c.isalpha() else c))
    return "".join(out)


def ord_fra(known: Iterable[str]) -> Skjema:
    """Describe one of the fixed words: listed for editors, and as the reader takes them."""
    known = tuple(known)
    accepted = [*known, *(form for form, word in ANDRE_FORMER.items() if word in known)]
    pattern = "|".join(_any_case(word) for word in accepted)
    return {"anyOf": [{"enum": list(known)}, {"type": "string", "pattern": f"^{_BLANK}(?:{pattern}){_BLANK}$"}]}


def en_eller_flere(item: Skjema, minst: int = 0) -> Skjema:
    """Describe one value or a list of at least ``minst``."""
    several: Skjema = {"type": "array", "items": item}
    if minst:
        several["minItems"] = minst
    return {"anyOf": [item, several]}


def id_() -> Skjema:
    """Describe an id."""
    return {"type": "string", "pattern": rf"^{_BLANK}[A-Za-z0-9][A-Za-z0-9._-]{{0,63}}{_BLANK}$"}


def ref() -> Skjema:
    """Describe a reference to an id, or a free word of the field: æøå allowed."""
    return {
        "type": "string",
        "pattern": rf"^{_BLANK}[A-Za-z0-9æøåÆØÅ](?:[A-Za-z0-9._æøåÆØÅ-]|\u030a){{0,63}}{_BLANK}$",
    }


def tekst() -> Skjema:
    """Describe text that is not empty."""
    return {"type": "string", "pattern": r"\S"}


def navn() -> Skjema:
    """Describe a name: the same in every language, or by language."""
    by_language = {
        "type": "object",
        "properties": {"nb": tekst(), "nn": tekst(), "en": tekst()},
        "required": ["nb"],
        "additionalProperties": False,
    }
    return {"anyOf": [tekst(), by_language]}


def dato() -> Skjema:
    """Describe a date. TOML dates reach a JSON validator as ISO text."""
    return {
        "type": "string",
        "pattern": rf"^{_BLANK}(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}){_BLANK}$",
    }


def lengde(*, negativ: bool = False) -> Skjema:
    """Describe a duration."""
    sign = "[-\u2212]?" if negativ else ""
    return {"type": "string", "pattern": rf"^{_BLANK}{sign}\s*\d{{1,4}}\s*[A-Za-zæøåÆØÅ\u030a]+{_BLANK}$",
            "examples": ["3 uker", "5 virkedager"]}  # fmt: skip


def minutter() -> Skjema:
    """Describe the length of a meeting."""
    return {"type": "string", "pattern": r"^\s*\d.*[A-Za-z].*$", "examples": ["45 minutter", "1,5 timer"]}


def avsatt() -> Skjema:
    """Describe what is set aside for a role."""
    return {
        "type": "string",
        "pattern": r"^\s*\d{1,3}(?:[.,]\d+)?\s*(?:%|[A-Za-z]+)\s*$",
        "examples": ["10 %", "4 timer"],
    }


def epost() -> Skjema:
    """Describe an e-mail address."""
    return {"type": "string", "pattern": r"^\s*[^\s@<>,;]+@[^\s@<>,;]+\s*$"}


def tidsrom() -> Skjema:
    """Describe hours of the day, from–to."""
    return {"type": "string", "pattern": r"^\s*\d{1,2}[:.]\d{2}\s*[-\u2013\u2014]\s*\d{1,2}[:.]\d{2}\s*$",
            "examples": ["08:30-15:00"]}  # fmt: skip


def anker() -> Skjema:
    """Describe an anchor or a date."""
    return {"type": "string", "pattern": r"\S", "examples": ["oppstart", "semester-slutt:host", "fase-start:mfy"]}
