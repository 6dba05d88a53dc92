"""Names in several languages, dates in words, and texts that have a translation."""

from __future__ import annotations

import gettext
import os
import subprocess
import sys
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from hatch_build import compile_catalogues
from hjelp import ROT
from oppfolgingscli import sprak

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAVN = {"nb": "Kontaktlærer", "nn": "Kontaktlærar", "en": "Contact teacher"}


@pytest.mark.parametrize(
    ("verdi", "kode", "ventet"),
    [
        ("Elevsamtale", "en", "Elevsamtale"),
        (NAVN, "nb", "Kontaktlærer"),
        (NAVN, "nn", "Kontaktlærar"),
        (NAVN, "en", "Contact teacher"),
        ({"nb": "Skole", "en": "School"}, "nn", "Skole"),
        ({"nn": "Skule", "en": "School"}, "nb", "Skule"),
        ({"nb": "Skole"}, "en", "Skole"),
        ({"en": "School", "nb": ""}, "nb", "School"),
        ({}, "nb", ""),
    ],
)
def test_et_navn_paa_naermeste_spraak(verdi: str | Mapping[str, str], kode: str, ventet: str) -> None:
    assert sprak.navn(verdi, kode) == ventet
    if not isinstance(verdi, str):
        record = SimpleNamespace(**{"nb": None, "nn": None, "en": None, **verdi})
        assert sprak.navn(record, kode) == ventet


@pytest.mark.parametrize(
    ("kode", "kort", "lang", "ukedag", "dag"),
    [
        ("nb", "01.03.2025", "1. mars 2025", "lørdag 1. mars 2025", "lør. 1. mars"),
        ("nn", "01.03.2025", "1. mars 2025", "laurdag 1. mars 2025", "la. 1. mars"),
        ("en", "01 Mar 2025", "1 March 2025", "Saturday 1 March 2025", "Sat 1 Mar"),
    ],
)
def test_datoer_i_ord(kode: str, kort: str, lang: str, ukedag: str, dag: str) -> None:
    sprak.set_sprak(kode)
    when = date(2025, 3, 1)
    assert sprak.dato_kort(when) == kort
    assert sprak.dato_lang(when) == lang
    assert sprak.dato_ukedag(when) == ukedag
    assert sprak.dato_dag(when) == dag


def test_et_ukjent_spraak_er_en_programfeil() -> None:
    with pytest.raises(ValueError, match="sv"):
        sprak.set_sprak("sv")
    assert sprak.sprak() == "nb"


def test_en_tom_tekst_er_ikke_overskriften_i_katalogen() -> None:
    """gettext answers "" with the catalogue's header."""
    sprak.set_sprak("nn")
    assert sprak._("") == ""


def test_en_katalog_blir_kompilert_og_brukt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "src/oppfolgingscli/locale/nn/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "oppfolgingscli.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "Hva mangler?"\nmsgstr "Kva manglar?"\n\n'
        'msgid "{n} møte"\nmsgid_plural "{n} møter"\nmsgstr[0] "{n} møte"\nmsgstr[1] "{n} møte til"\n\n'
        '#, fuzzy\nmsgid "Gjettet"\nmsgstr "Gissa"\n',
        encoding="utf-8",
    )
    assert [path.name for path in compile_catalogues(tmp_path)] == ["oppfolgingscli.mo"]
    monkeypatch.setattr(sprak, "_LOCALE", str(tmp_path / "src/oppfolgingscli/locale"))
    monkeypatch.setattr(gettext, "_translations", {})
    sprak.set_sprak("nn")
    assert sprak._("Hva mangler?") == "Kva manglar?"
    assert sprak._("Gjettet") == "Gjettet", "a fuzzy translation is a guess"
    assert sprak._("Ikke i katalogen") == "Ikke i katalogen"
    assert [sprak.ngettext("{n} møte", "{n} møter", n) for n in (0, 1, 2)] == [
        "{n} møte til",
        "{n} møte",
        "{n} møte til",
    ]


def test_spraaket_i_omgivelsene_gjelder_naar_ingenting_annet_er_sagt() -> None:
    env = {k: v for k, v in os.environ.items() if k not in {"OPPFOLGING_SPRAK", "LANGUAGE", "LC_ALL"}}
    result = subprocess.run(
        [sys.executable, "-m", "oppfolgingscli", "--help"],
        cwd=ROT,
        env={**env, "LANG": "nn_NO.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "Kommandoar:" in result.stdout
