"""`oppfolging handbok`: from a set or a workspace, in three forms, in the right language, names only when asked for."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import docx
import pytest

from hjelp import ROT, Kjor

if TYPE_CHECKING:
    from pathlib import Path

PER = ("--per", "2025-06-10")


@pytest.fixture
def sorumsand(tmp_path: Path) -> Path:
    return shutil.copytree(ROT / "eksempler" / "sorumsand", tmp_path / "klasse")


def test_markdown_paa_skjermen(kjor: Kjor) -> None:
    result = kjor("handbok", "--rutiner", "oslo", *PER)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("# Håndbok for oppfølging\n\nSamarbeidsmodell Oslo")


@pytest.mark.parametrize(("fil", "begynner"), [("h.md", b"# H"), ("h.HTML", b"<!DOCTYPE html>"), ("h.docx", b"PK")])
def test_formatet_folger_filnavnet(kjor: Kjor, tmp_path: Path, fil: str, begynner: bytes) -> None:
    result = kjor("handbok", "--rutiner", "ost-viken", *PER, "--ut", tmp_path / fil)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert (tmp_path / fil).read_bytes().startswith(begynner)
    assert result.stderr == f"Håndboken er skrevet til {tmp_path / fil}.\n"


@pytest.mark.treg
def test_word_har_aarshjulet_som_bilde_med_tekst(kjor: Kjor, tmp_path: Path) -> None:
    kjor("handbok", "--rutiner", "oslo", *PER, "--ut", tmp_path / "h.docx")
    opened = docx.Document(io.BytesIO((tmp_path / "h.docx").read_bytes()))
    alt = [shape._inline.docPr.get("descr") or "" for shape in opened.inline_shapes]
    assert len(alt) == 2
    assert "Deltakerens egenrapport" in alt[0]
    assert "Varsel til Nav om høyt fravær, deretter Avklaringsmøte" in alt[1]


def test_word_kan_ikke_gaa_til_skjermen(kjor: Kjor) -> None:
    result = kjor("handbok", "--rutiner", "oslo", "--format", "docx")
    assert result.exit_code == 2
    assert "--ut handbok.docx" in result.stderr


def test_filnavnet_og_formatet_maa_passe_sammen(kjor: Kjor, tmp_path: Path) -> None:
    result = kjor("handbok", "--rutiner", "oslo", "--format", "html", "--ut", tmp_path / "h.docx")
    assert result.exit_code == 2
    assert not (tmp_path / "h.docx").exists()


def test_arbeidsmappens_folk_staar_uten_navn(kjor: Kjor, sorumsand: Path) -> None:
    shown = kjor("handbok", "--mappe", sorumsand, *PER).stdout
    assert "Restaurant- og matfagklassen på Sørumsand" in shown
    assert "| Kontaktlærer (norsklærer) | Skolen | kl |  |  |  |" in shown
    assert "Kontaktlærer B" not in shown
    assert "@" not in shown
    assert "D01" not in shown


def test_navn_og_e_post_naar_noen_ber_om_det(kjor: Kjor, sorumsand: Path) -> None:
    shown = kjor("handbok", "--mappe", sorumsand, "--med-navn", *PER).stdout
    assert "| Kontaktlærer (norsklærer) | Skolen | kl | Kontaktlærer B |  | kontaktlaerer.b@skole.example |" in shown
    assert "| Forsøksleder i Nav | Nav | – |  |  |  |" in shown


def test_navn_trenger_en_arbeidsmappe(kjor: Kjor) -> None:
    assert kjor("handbok", "--rutiner", "oslo", "--med-navn").exit_code == 2


def test_ukjent_rutinesett(kjor: Kjor) -> None:
    result = kjor("handbok", "--rutiner", "olso")
    assert result.exit_code == 3
    assert "Mente du «oslo»?" in result.stderr


def test_klassens_spraak_gjelder_om_ikke_annet_er_sagt(kjor: Kjor, tmp_path: Path) -> None:
    folder = shutil.copytree(ROT / "eksempler" / "vestland", tmp_path / "klasse")
    assert kjor("handbok", "--mappe", folder, *PER).stdout.startswith("# Handbok for oppfølging\n")
    assert kjor("handbok", "--mappe", folder, "--sprak", "nb", *PER).stdout.startswith("# Håndbok for oppfølging\n")


def test_en_sti_til_en_rutinefil(kjor: Kjor) -> None:
    shown = kjor("handbok", "--rutiner", ROT / "rutiner" / "vestby.toml", *PER).stdout
    assert "Vestby videregående skole – restaurant- og matfag" in shown


@pytest.mark.treg
@pytest.mark.krever_nettleser
def test_siden_er_tilgjengelig(kjor: Kjor, sorumsand: Path, tmp_path: Path) -> None:
    from nettleser import axe

    pages = [tmp_path / name for name in ("en.html", "klasse.html")]
    kjor("handbok", "--rutiner", "oslo", "--sprak", "en", "--ut", pages[0], *PER)
    kjor("handbok", "--mappe", sorumsand, "--med-navn", "--ut", pages[1], *PER)
    assert axe(pages) == {page: [] for page in pages}
