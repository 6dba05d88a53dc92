"""The nynorsk texts are nynorsk and the English ones English: no word of bokmål slips through.

Words that people type (keys and fixed words of the files, flags, commands) are the same in every language.
They are known by how they stand: quoted, in brackets, before «=», after a dash or in a file's name.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final

import pytest
from babel.messages.pofile import read_po

from hjelp import ROT
from oppfolgingscli.sprak import navn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOKMAAL: Final = """
    ansvarlig* arbeidsbok antatt* avsluttet ba bare begynn* bekreft* bilder ble bokstaver bruker brukes
    cellen dager dagene dagens *datoer *datoene de deltaker* desto disse egen eget egne eksempel* endret en enheter
    enkelte enten et ett fargen farger ferier filen finnes flere *formler fra fravær* fremdeles fritatt* frigjør
    følger gang ganger gjelder gjenta* gjør* grunnskolen *hendels* hele hun hva hvem hver* hvilke* hvis hvor* høst*
    høy høye høyst høyt ikke jeg kalendere kalenderne kilde* klokken kolonnen kommer kontakter kun kunnskaper
    *lærer *lærere* leser leses lignende linjen listen lovlige mangler mappen maskinen medfølgende mener mente mer
    *milepæler *måned* navn* noe noen nylig nøkler* nå ofter oppgi oppgir oppgis påkrevd raden rettelse*
    rettigheter* rollen *rutinen samme se sent siden sier siffere* skiller skjermbilde skole* *skolen skrevet skriver
    skriftlig* sikkerhetskopi* skrives sletter slutter sluttrapporter steder stedet svarer tall tallene tallet tas
    *tegn telles tegnet trenger ubekreftet uendret *uke *uken *uker *ukene ukjente utsatt uten utvidelse* *veiled*
    velg velges velger vennlig* verdier* *versjoner *vindu *vinduer *vinduet virkedag* vises være vært vinduene
    *ytelse* åpen åpne åpner åpnes ønsket
"""
"""Bokmål that is no nynorsk, or that our nynorsk does not use beside its own form; ``*`` is any letters."""

NORSK: Final = """
    alle arbeidsmappe* av bare begge blir deltaker* denne dette eller er etter fil filen finnes fra frist*
    hendelse* hva hvem hver hvor ikke ingen kalendere klasse* mangler mappe* med mellom møte* når og oppfølging på
    punkt punkter rolle* rutine* siste skal skole* skriv som til uke uker uten vis ytelse*
"""
"""Norwegian that cannot be mistaken for English."""

FRIE: Final = ("nb, nn eller en", "Bokmål")
"""What is typed and does not look it; what the language is called."""

_TYPED: Final = re.compile(
    r"""«[^«»]*» | “[^“”]*” | "[^"]*"      # quoted
      | \{[^{}]*\}                          # placeholders, inline tables
      | \[+[^\[\]]*\]+                      # headings and lists
      | \bhttps?://\S+                      # addresses
      | --?[\w/-]+(?:\ bua-2026)?           # flags
      | [\w.]+\ =(?:\ [\w.-]+)?             # key = value
      | [\w*-]*\.[\w.]+                     # file names, dotted keys
      | \boppfolging(?:\ (?:logg|rutiner))?(?:\ [a-z]+|-demo)?  # commands
      | \b[A-ZÆØÅ_]{3,}\b                   # MAPPE, DATO, ID
      | \brad-N\b""",
    re.VERBOSE,
)


def pattern(words: str) -> re.Pattern[str]:
    listed = [re.escape(word).replace(r"\*", r"\w*") for word in words.split()]
    return re.compile(rf"\b(?:{'|'.join(listed)})\b", re.IGNORECASE)


def plain(text: str) -> str:
    """Leave only what is not typed."""
    for words in FRIE:
        text = text.replace(words, "")
    before = None
    while before != text:
        before, text = text, _TYPED.sub(" ", text)
    return text


def texts(kode: str, domene: str = "oppfolgingscli") -> Iterator[str]:
    with (ROT / f"src/oppfolgingscli/locale/{kode}/LC_MESSAGES/{domene}.po").open("rb") as file:
        for message in read_po(file, locale=kode):
            strings = message.string if isinstance(message.string, list | tuple) else [message.string]
            if message.id:
                yield from (string or "" for string in strings)


def names(value: object) -> Iterator[str | dict[str, str]]:
    """Yield every ``navn`` in a file, plain or by language."""
    if isinstance(value, dict):
        if "navn" in value:
            yield value["navn"]
        for item in value.values():
            yield from names(item)
    elif isinstance(value, list):
        for item in value:
            yield from names(item)


def found(words: str, lines: Iterator[str]) -> list[tuple[str, list[str]]]:
    search = pattern(words)
    hits = ((line, search.findall(plain(line))) for line in lines)
    return [(line, hit) for line, hit in hits if hit]


@pytest.mark.parametrize("domene", ["oppfolgingscli", "click"])
def test_nynorsken_har_ingen_ord_paa_bokmaal(domene: str) -> None:
    assert found(BOKMAAL, texts("nn", domene)) == []


def test_engelsken_har_ingen_norske_ord_eller_bokstaver() -> None:
    assert found(NORSK, texts("en")) == []
    assert [text for text in texts("en") if re.search("[æøåÆØÅ«»]", plain(text))] == []


@pytest.mark.parametrize("fil", sorted((ROT / "rutiner").glob("*.toml")), ids=lambda fil: fil.stem)
def test_navnene_i_rutinene_er_paa_hvert_sitt_spraak(fil: Path) -> None:
    with fil.open("rb") as file:
        listed = list(names(tomllib.load(file)))
    assert found(BOKMAAL, (navn(name, "nn") for name in listed)) == []
    assert found(NORSK, (navn(name, "en") for name in listed)) == []


@pytest.mark.parametrize(
    ("tekst", "igjen"),
    [
        ("Skriv «deltaker» i deltakere.csv.", ["Skriv"]),
        ('Legg til hver = "3 uker" ved [klasse].', ["til"]),
        ("Bare denne deltakeren.", ["Bare", "denne", "deltakeren"]),
    ],
)
def test_det_folk_skriver_inn_regnes_ikke_med(tekst: str, igjen: list[str]) -> None:
    assert pattern(NORSK).findall(plain(tekst)) == igjen
