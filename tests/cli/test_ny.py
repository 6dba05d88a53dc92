"""`oppfolging ny`: a workspace that is valid as it stands, and nothing of anybody's is overwritten."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from oppfolgingscli.cli.ny import default_span
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.rutinesett import bundled_ids

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor

PER = ("--per", "2026-03-01")


@pytest.mark.parametrize("sprak", ["nb", "nn", "en"])
@pytest.mark.parametrize("rutiner", bundled_ids())
def test_en_ny_mappe_er_gyldig_som_den_er(kjor: Kjor, tmp_path: Path, rutiner: str, sprak: str) -> None:
    result = kjor("--sprak", sprak, "ny", tmp_path / "bua", "--rutiner", rutiner, *PER)
    assert result.exit_code == 0, result.stderr
    opened = open_arbeidsmappe(tmp_path / "bua")
    assert opened.oppsett.sprak == sprak
    assert opened.opplegg.klasse.id == "bua"
    assert opened.opplegg.rutinesett.hode.id == rutiner
    assert (opened.opplegg.klasse.start, opened.opplegg.klasse.slutt) == (date(2026, 8, 17), date(2030, 6, 21))
    assert opened.opplegg.deltakere == ()


@pytest.mark.parametrize("rutiner", bundled_ids())
def test_det_som_staar_som_kommentar_virker_naar_tegnet_tas_bort(kjor: Kjor, tmp_path: Path, rutiner: str) -> None:
    """Whoever fills the file in takes `# ` away from lines that look like TOML."""
    kjor("ny", tmp_path / "bua", "--rutiner", rutiner, *PER)
    file = tmp_path / "bua" / "oppfolging.toml"
    text = re.sub(r"^# (?=\[|[a-z_.\w-]+ = )", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(tomllib.loads(text)["personer"]) >= 3
    file.write_text(text, encoding="utf-8")
    opened = open_arbeidsmappe(tmp_path / "bua")
    assert {person.rolle for person in opened.oppsett.personer.values()} == {
        role_id for role_id, role in opened.opplegg.rutinesett.roller.items() if role.etat != "deltaker"
    }


@pytest.mark.parametrize(
    ("rutiner", "skolerute"),
    [("oslo", "oslo"), ("vestby", "akershus"), ("sorumsand", "akershus"), ("vestland", "vestland-bergen")],
)
def test_skoleruta_er_fylkets(kjor: Kjor, tmp_path: Path, rutiner: str, skolerute: str) -> None:
    kjor("ny", tmp_path / "a", "--rutiner", rutiner, *PER)
    assert open_arbeidsmappe(tmp_path / "a").opplegg.klasse.skolerute == skolerute
    kjor("ny", tmp_path / "b", "--rutiner", rutiner, "--skolerute", "ingen", *PER)
    assert open_arbeidsmappe(tmp_path / "b").opplegg.skolerute is None


@pytest.mark.parametrize("finnes", ["oppfolging.toml", "deltakere.csv", "perioder.csv"])
def test_det_som_finnes_blir_aldri_rort(kjor: Kjor, tmp_path: Path, finnes: str) -> None:
    (tmp_path / finnes).write_text("mitt\n", encoding="utf-8")
    result = kjor("ny", tmp_path, "--rutiner", "oslo", "--klasse", "bua", *PER)
    assert result.exit_code == 2
    assert "ikke rørt" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [finnes]
    assert (tmp_path / finnes).read_text(encoding="utf-8") == "mitt\n"


def test_andre_filer_i_mappen_er_i_orden(kjor: Kjor, tmp_path: Path) -> None:
    (tmp_path / "notat.txt").write_text("mitt\n", encoding="utf-8")
    assert kjor("ny", tmp_path, "--rutiner", "oslo", "--klasse", "bua", *PER).exit_code == 0
    assert (tmp_path / "notat.txt").read_text(encoding="utf-8") == "mitt\n"


@pytest.mark.parametrize(
    ("ord_", "ventet"),
    [
        (("--rutiner", "olso"), "Mente du oslo?"),
        (("--rutiner", "oslo", "--skolerute", "akershuus"), "Mente du akershus?"),
        (("--rutiner", "oslo", "--klasse", "bua 2026"), "Skriv for eksempel «bua-2026»."),
        (("--rutiner", "oslo", "--klasse", "../bua"), "kan ikke være en id"),
        ((), "Mangler valg '--rutiner'."),
    ],
)
def test_feil_bruk_sier_hva_som_finnes(kjor: Kjor, tmp_path: Path, ord_: tuple[str, ...], ventet: str) -> None:
    result = kjor("ny", tmp_path / "bua", *ord_)
    assert result.exit_code == 2
    assert ventet in result.stderr
    assert not (tmp_path / "bua").exists()


def test_et_fodselsnummer_blir_aldri_en_klasse(kjor: Kjor, tmp_path: Path) -> None:
    for words in ((tmp_path / "bua", "--klasse", "01019012345"), (tmp_path / "010190-12345",)):
        result = kjor("ny", *words, "--rutiner", "oslo")
        assert result.exit_code == 3
        assert "12345" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_en_mappe_som_ikke_kan_lages_er_en_systemfeil(kjor: Kjor, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("mitt\n", encoding="utf-8")
    result = kjor("ny", tmp_path / "fil" / "bua", "--rutiner", "oslo")
    assert result.exit_code == 4
    assert len(result.stderr.splitlines()) == 1
    assert (tmp_path / "fil").read_text(encoding="utf-8") == "mitt\n"


@pytest.mark.parametrize(
    ("per", "start"),
    [
        (date(2026, 1, 31), date(2025, 8, 18)),
        (date(2026, 2, 1), date(2026, 8, 17)),
        (date(2026, 12, 31), date(2026, 8, 17)),
    ],
)
def test_forste_dag_er_det_naermeste_skolearets(per: date, start: date) -> None:
    first, last = default_span(per)
    assert first == start
    assert first.weekday() == 0
    assert last.weekday() == 4
    assert last.year == start.year + 4


@pytest.mark.parametrize("navn", ["con", "NUL", "aux.bua", "com1", "bua."])
def test_en_mappe_windows_ikke_kan_ha(kjor: Kjor, tmp_path: Path, navn: str) -> None:
    result = kjor("ny", tmp_path / navn, "--rutiner", "oslo", "--klasse", "bua", *PER)
    assert result.exit_code == 2
    assert f"«{navn}»" in result.stderr
    assert list(tmp_path.iterdir()) == []
