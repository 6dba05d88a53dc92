"""Help and click's own complaints are in the chosen language, wherever --sprak stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from hjelp import ROT, Kjor
from oppfolgingscli.sprak import choose

if TYPE_CHECKING:
    from collections.abc import Sequence

ORD = {
    "nb": ("Bruk:", "Valg:", "Kommandoer:", "Vis denne hjelpen"),
    "nn": ("Bruk:", "Val:", "Kommandoar:", "Vis denne hjelpa"),
    "en": ("Usage:", "Options:", "Commands:", "Show this message"),
}
FEIL = {
    "nb": "Feil: Valget '--finnes-ikke' finnes ikke.",
    "nn": "Feil: Valet '--finnes-ikke' finst ikkje.",
    "en": "Error: No such option '--finnes-ikke'.",
}


@pytest.mark.parametrize("kode", ORD)
def test_hjelpen_er_paa_spraaket_som_ble_bedt_om(kjor: Kjor, kode: str) -> None:
    result = kjor("--sprak", kode, "--help")
    assert result.exit_code == 0
    for word in ORD[kode]:
        assert word in result.stdout


@pytest.mark.parametrize("kode", FEIL)
def test_feil_bruk_sies_paa_spraaket_for_og_etter_kommandoen(kjor: Kjor, kode: str) -> None:
    for words in (
        ("--sprak", kode, "ny", "--finnes-ikke"),
        ("ny", "--finnes-ikke", f"--sprak={kode}"),
    ):
        result = kjor(*words)
        assert result.exit_code == 2
        assert FEIL[kode] in result.stderr
        assert result.stdout == ""


def test_ukjent_spraak_er_feil_bruk(kjor: Kjor) -> None:
    result = kjor("--sprak", "sv", "--help")
    assert result.exit_code == 0  # --help comes first, as always in click
    result = kjor("--sprak", "sv", "ny")
    assert result.exit_code == 2
    assert "'sv' er ikke blant 'nb', 'nn', 'en'" in result.stderr


@pytest.mark.parametrize(
    ("flagg", "miljo", "ventet"),
    [
        ("nn", {"OPPFOLGING_SPRAK": "en"}, "nn"),
        (None, {"OPPFOLGING_SPRAK": "en", "LANG": "nn_NO.UTF-8"}, "en"),
        (None, {"OPPFOLGING_SPRAK": "tysk", "LANG": "nn_NO.UTF-8"}, "nn"),
        (None, {"LC_ALL": "nn_NO.UTF-8", "LANG": "en_US.UTF-8"}, "nn"),
        (None, {"LANGUAGE": "de:en:nn"}, "en"),
        (None, {"LANG": "no_NO"}, "nb"),
        (None, {"LANG": "C.UTF-8"}, "nb"),
        (None, {"LANG": "de_DE.UTF-8"}, "nb"),
        (None, {}, "nb"),
    ],
)
def test_spraakvalg(flagg: str | None, miljo: dict[str, str], ventet: str) -> None:
    assert choose(flagg, miljo) == ventet


@pytest.mark.parametrize(
    "katalog",
    sorted(ROT.glob("src/oppfolgingscli/locale/*/LC_MESSAGES/*.po")),
    ids=lambda path: f"{path.parts[-3]}/{path.name}",
)
def test_oversettelsene_har_de_samme_feltene_som_kilden(katalog: Path) -> None:
    """A placeholder that is lost or misspelt would be a KeyError in front of a user."""
    with katalog.open("rb") as file:
        catalogue = read_po(file, locale=katalog.parts[-3])
    for message in catalogue:
        if not message.id:
            continue
        sources, strings = _flertall(message.id), _flertall(message.string)
        allowed = set[str]().union(*(_felter(source) for source in sources))
        for text in filter(None, strings):
            assert _felter(text) <= allowed, text
            if len(sources) == 1:
                assert _felter(text) == allowed, text


def _flertall(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _felter(text: str) -> set[str]:
    # Not string.Formatter: texts that are never filled in may say «}» and { nøkkel = verdi }.
    return set(re.findall(r"\{\w*(?:![rsa])?\}", text))


@pytest.mark.treg
@pytest.mark.parametrize("kode", ["nb", "nn"])
def test_clicks_egne_ord_er_alle_oversatt(kode: str) -> None:
    """The words of the installed click, read from its source."""
    import click
    from babel.messages.extract import extract_from_dir

    po = ROT / "src/oppfolgingscli/locale" / kode / "LC_MESSAGES/click.po"
    with po.open("rb") as file:
        catalogue = read_po(file, locale=kode)
    folder = Path(click.__file__).parent
    for _file, _line, words, _comments, _context in extract_from_dir(folder):
        entry = catalogue.get(words[0] if isinstance(words, tuple) else words)
        assert entry is not None, words
        assert all(entry.string if isinstance(entry.string, tuple) else (entry.string,)), words
