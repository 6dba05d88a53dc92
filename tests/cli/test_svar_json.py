"""Commands that do something and say what, to other programs: the keys of each answer, and what is never in one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hjelp import ROT, Kjor

CELLER = {
    "kontakter": ["id", "dato", "type", "rutine", "deltaker", "utfort_av", "deltok", "form", "varighet", "status", "registrert"],
    "hendelser": ["id", "dato", "type", "deltaker", "oppdaget", "registrert"],
    "avtaler": ["id", "dato", "deltaker", "tiltak", "ansvarlig", "frist", "utfort", "grunnlag", "registrert"],
}  # fmt: skip


@pytest.fixture
def klassen(kjor: Kjor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kjor("ny", tmp_path / "bua", "--rutiner", "oslo", "--per", "2026-03-01")
    (tmp_path / "bua" / "deltakere.csv").write_text("id\nD01\nD02\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "bua")
    return tmp_path / "bua"


def _json(kjor: Kjor, *words: str | Path, code: int = 0) -> Any:  # noqa: ANN401 - whatever JSON holds
    result = kjor(*words, "--format", "json")
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout)


@pytest.mark.usefixtures("klassen")
@pytest.mark.parametrize(
    ("logg", "ord_"),
    [
        ("kontakter", ("ny", "--deltaker", "D01", "--rutine", "elevsamtale", "--notat", "hemmelig")),
        ("hendelser", ("hendelse", "--deltaker", "D01", "--type", "hoyt_fravaer", "--notat", "hemmelig")),
        ("avtaler", ("avtale", "--deltaker", "D01", "--tiltak", "Ny time", "--notat", "hemmelig")),
    ],
)
def test_det_som_fores_og_rettes(kjor: Kjor, logg: str, ord_: tuple[str, ...]) -> None:
    written = _json(kjor, "logg", *ord_)
    assert list(written) == ["logg", "rader"]
    assert written["logg"] == logg
    (row,) = written["rader"]
    assert list(row) == CELLER[logg]
    assert row["id"][1:] == "1"
    assert "hemmelig" not in str(written)
    struck = _json(kjor, "logg", "rett", row["id"], "--stryk")
    assert struck["retter"] == row["id"]
    assert struck["rader"][0]["id"] == f"{row['id']}.utgar1"


@pytest.mark.usefixtures("klassen")
def test_en_avtale_som_er_utfort(kjor: Kjor) -> None:
    first = _json(kjor, "logg", "avtale", "--deltaker", "D01", "--tiltak", "x", "--dato", "2026-09-01")["rader"][0][
        "id"
    ]
    done = _json(kjor, "logg", "avtale", "--utfort", first, "--dato", "2026-09-08")
    assert (done["retter"], done["rader"][0]["utfort"]) == (first, "2026-09-08")


def test_det_som_hentes(kjor: Kjor, klassen: Path) -> None:
    (klassen / "fra.csv").write_text(
        "dato;type;deltaker\n2026-09-01;elevsamtale;D01\n2026-09-01;xyz;D09\n", encoding="utf-8"
    )
    tried = _json(kjor, "logg", "importer", "fra.csv", "--logg", "kontakter", "--prov")
    assert {k: tried[k] for k in ("skrevet", "fra_for", "ikke_lest")} == {
        "skrevet": False,
        "fra_for": 0,
        "ikke_lest": 1,
    }
    done = _json(kjor, "logg", "importer", "fra.csv", "--logg", "kontakter")
    assert (done["skrevet"], len(done["rader"])) == (True, 1)
    again = _json(kjor, "logg", "importer", "fra.csv", "--logg", "kontakter")
    assert (again["fra_for"], again["rader"]) == (1, [])


@pytest.mark.parametrize("sprak", ["nb", "en"])
def test_valideringen_er_den_samme_pa_alle_sprak(kjor: Kjor, sprak: str) -> None:
    fil = ROT / "tests" / "feil" / "20-ukjent-nokkel" / "rutiner.toml"
    answer = _json(kjor, "rutiner", "valider", fil, "--sprak", sprak, code=3)
    assert list(answer) == ["kontrollert", "feil", "varsler"]
    assert answer["kontrollert"] == {"rutinesett": 1}
    assert [list(row) for row in answer["feil"]] == [["kode", "fil", "linje", "kolonne", "melding", "rad"]] * len(
        answer["feil"]
    )
    assert answer["feil"][0]["kode"] == "ukjent_nokkel"
    assert answer["feil"][0]["melding"].endswith("ukjent nøkkel.")
    assert [row["linje"] for row in answer["feil"]] == sorted(row["linje"] for row in answer["feil"])


def test_validering_uten_feil(kjor: Kjor, klassen: Path, tmp_path: Path) -> None:
    assert _json(kjor, "rutiner", "valider")["feil"] == []
    assert kjor("rutiner", "valider", "--ut", tmp_path / "svar.txt").stdout == ""
    assert (tmp_path / "svar.txt").read_text(encoding="utf-8") == "Kontrollert: 1 arbeidsmappe. Ingen feil.\n"


def test_ny(kjor: Kjor, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Navn;Mobil\nKari Nordmann;99887766\n", encoding="utf-8")
    answer = _json(
        kjor, "ny", tmp_path / "bua", "--rutiner", "vestby", "--deltakere", tmp_path / "l.csv", "--per", "2026-03-01"
    )
    assert list(answer) == ["mappe", "klasse", "rutinesett", "skolerute", "start", "slutt", "filer", "deltakere"]
    assert answer["deltakere"] == [{"id": "D01", "rad": 2}]
    assert "Kari" not in str(answer)
    assert sorted(answer["filer"]) == sorted(
        p.relative_to(tmp_path / "bua").as_posix() for p in (tmp_path / "bua").rglob("*") if p.is_file()
    )
