"""JSON Schema for single values: what the parsers in ``verdier`` accept, for editors and other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from oppfolgingscli.modell.ord import ANDRE_FORMER, fold
from oppfolgingscli.ressurser import datamappe
from oppfolgingscli.tid.varighet import UNIT_WORDS

Skjema = dict[str, Any]

# What editors suggest where more may be written.
MILEPAELER: Final = (
    "oppstart", "slutt", "skolear-start", "skolear-slutt", "semester-start", "semester-slutt", "semester-start:host",
    "semester-slutt:host", "semester-start:var", "semester-slutt:var", "praksis-start",
)  # fmt: skip
HENDELSER: Final = ("fravaer", "hoyt_fravaer", "frafallsrisiko", "avbrudd")
TYPER: Final = (
    "ansvarsgruppe", "arshjul", "avklaringsmote", "bedriftsbesok", "bistand", "egenrapport", "elevsamtale",
    "evalueringsmote", "fravaersmelding", "fylkesdialog", "klassebesok", "kontakt", "koordinatorbesok", "leksehjelp",
    "nav-samtale", "oppfolging", "praksisveiledersamtale", "sluttrapport", "sluttsamtale", "sommeroppfolging",
    "statusmote", "statusrapport", "tilbakemelding", "tiltaksplan", "trekantsamtale", "undervisningsdeltakelse",
    "varsel", "vurderingsvarsel",
)  # fmt: skip
YTELSER: Final = (
    "tiltakspenger", "aap", "dagpenger", "kvp", "introduksjonsstonad", "overgangsstonad", "sosialhjelp", "ingen",
)  # fmt: skip
LENGDER: Final = ("1 uke", "2 uker", "3 uker", "4 uker", "14 dager", "1 måned", "3 måneder", "3 virkedager")
MINUTTER: Final = ("30 minutter", "45 minutter", "60 minutter", "90 minutter", "120 minutter")
_COUNTED_DAYS: Final = ("virkedag", "virkedager", "virkedagar", "yrkedag", "yrkedagar",
                        "skoledag", "skoledager", "skoledagar", "skuledag", "skuledagar")  # fmt: skip

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


def med_forslag(skjema: Skjema, ord_: Iterable[str]) -> Skjema:
    """Describe a value that editors shall suggest words for, beside everything else it may be."""
    return {"anyOf": [{"enum": list(ord_)}, skjema]}


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
        "pattern": rf"^{_BLANK}(?:(?:(?:19|20)\d{{2}}|2100)-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:(?:19|20)\d{{2}}|2100)){_BLANK}$",
    }


def lengde(*, minst: int | None = 0, klokke: bool = False) -> Skjema:
    """Describe a duration of at least ``minst`` units (None: may be negative); ``klokke``: one a clock can count."""
    sign = "[-\u2212]?" if minst is None else ""
    number = r"\d*[1-9]\d*" if minst else r"\d{1,4}"
    units = sorted({fold(word) for word in UNIT_WORDS if not (klokke and word.endswith(_COUNTED_DAYS))})
    words = "|".join(map(_any_case, units))
    shown = [text for text in LENGDER if not (klokke and text.endswith(_COUNTED_DAYS))]
    if minst is None:
        shown = ["-4 uker", *shown]
    return med_forslag({"type": "string", "pattern": rf"^{_BLANK}{sign}\s*{number}\s*(?:{words}){_BLANK}$"}, shown)


def minutter() -> Skjema:
    """Describe the length of a meeting."""
    return med_forslag({"type": "string", "pattern": r"^\s*\d.*[A-Za-z].*$"}, MINUTTER)


def avsatt() -> Skjema:
    """Describe what is set aside for a role."""
    pattern = r"^\s*\d{1,3}(?:[.,]\d+)?\s*(?:%|prosent|timer|timar|time|t)\s*$"
    return med_forslag({"type": "string", "pattern": pattern}, ("10 %", "20 %", "4 timer"))


def epost() -> Skjema:
    """Describe an e-mail address."""
    return {"type": "string", "pattern": r"^\s*[^\s@<>,;]+@[^\s@<>,;]+\s*$"}


def tidsrom() -> Skjema:
    """Describe hours of the day, from–to."""
    pattern = r"^\s*\d{1,2}[:.]\d{2}\s*[-\u2013\u2014]\s*\d{1,2}[:.]\d{2}\s*$"
    return med_forslag({"type": "string", "pattern": pattern}, ("08:30-15:00",))


def anker() -> Skjema:
    """Describe an anchor or a date."""
    alone = "|".join(_any_case(word) for word in ("oppstart", "slutt", "praksis-start"))
    named = "|".join(_any_case(word) for word in ("fase-start", "fase-slutt", "eksamen"))
    half = "|".join(_any_case(word) for word in ("host", "haust", "var"))
    years = "|".join(_any_case(word) for word in ("skolear", "skular"))
    edge = "-(?:" + "|".join(map(_any_case, ("start", "slutt"))) + ")"
    forms = (
        alone,
        rf"(?:{named})\s*:\s*\S.*",
        rf"{_any_case('semester')}{edge}(?:\s*:\s*(?:{half}))?",
        rf"(?:{years}){edge}(?:\s*:\s*\d{{1,2}})?",
    )
    pattern = rf"^{_BLANK}(?:{'|'.join(forms)}){_BLANK}$"
    return {"anyOf": [{"enum": list(MILEPAELER)}, {"type": "string", "pattern": pattern}, dato()]}


def merkelapp(ord_: Iterable[str]) -> Skjema:
    """Describe a free word of the field, with those in use as suggestions."""
    return med_forslag(ref(), ord_)


def medfolgende(slag: str, *andre: str) -> Skjema:
    """Describe the id of something bundled ("rutiner", "skoleruter"), ``andre`` words, or a path."""
    return med_forslag(tekst(), [*sorted(path.stem for path in datamappe(slag).glob("*.toml")), *andre])
