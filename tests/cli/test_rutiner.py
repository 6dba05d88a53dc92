"""`oppfolging rutiner`: the list, one set, the check, the schemas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hjelp import ROT, Kjor
from oppfolgingscli.les.rutinesett import bundled_ids

SETT = """
format = 1
[rutinesett]
id = "mitt"
navn = { nb = "Mitt sett", nn = "Settet mitt", en = "My set" }
kilde = "oppdiktet"
[roller.skole]
navn = "Skolen"
etat = "skole"
[[faser]]
id = "lære"
navn = "Læretid"
fra = { milepael = "skoleår-start:3" }
[[rutiner]]
id = "besok"
navn = "Besøk"
type = "besøk"
niva = "deltaker"
ansvarlig = "skole"
frekvens = { hver = "2 uker", senest = "3 uker" }
gjelder_til = 2024-07-31
[[rutiner]]
id = "besok"
navn = "Besøk"
type = "besøk"
niva = "deltaker"
ansvarlig = "skole"
grunnlag = "planlagt"
frekvens = { milepael = "oppstart", fra = "1 uke" }
gjelder = { i_praksis = true }
gjelder_fra = 2024-08-01
""".replace('id = "lære"', 'id = "laere"')


@pytest.fixture
def fil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the set in a folder without a workspace, and stand there."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mitt.toml"
    path.write_text(SETT, encoding="utf-8")
    return path


def test_listen_har_de_medfolgende_settene(kjor: Kjor, fil: Path) -> None:
    result = kjor("rutiner", "liste", "--format", "json")
    assert result.exit_code == 0, result.stderr
    rows = json.loads(result.stdout)
    assert [row["id"] for row in rows] == bundled_ids()
    assert all(row["skriftlig"] + row["praksis"] + row["planlagt"] == row["rutiner"] > 0 for row in rows)
    assert set(rows[0]) == {"id", "navn", "fylke", "skole", "rutiner", "skriftlig", "praksis", "planlagt"}


def test_listen_har_arbeidsmappens_egne_sett_og_vis_tar_dem(kjor: Kjor, fil: Path) -> None:
    folder = fil.parent / "klasse"
    (folder / "rutiner").mkdir(parents=True)
    (folder / "rutiner" / "mitt.toml").write_text(SETT, encoding="utf-8")
    (folder / "oppfolging.toml").write_text("format = 1\n", encoding="utf-8")
    result = kjor("rutiner", "liste", "--mappe", folder)
    assert "rutiner/mitt.toml" in result.stdout
    shown = kjor("rutiner", "vis", "rutiner/mitt.toml", "--mappe", folder)
    assert shown.exit_code == 0, shown.stderr
    assert "Mitt sett" in shown.stdout


def test_vis_som_json_har_versjonene_lost_opp(kjor: Kjor, fil: Path) -> None:
    result = kjor("rutiner", "vis", "mitt.toml", "--format", "json", "--sprak", "en")
    data = json.loads(result.stdout)
    assert data["rutinesett"]["navn"] == {"nb": "Mitt sett", "nn": "Settet mitt", "en": "My set"}
    assert [(r["versjon"], r["fra"], r["til"]) for r in data["rutiner"]] == [
        (1, None, "2024-07-31"),
        (2, "2024-08-01", None),
    ]
    assert data["rutiner"][0]["frekvens"] == {
        "slag": "hver", "merknad": None, "hver": "2 uker", "senest": "3 uker", "forste_innen": "3 uker",
    }  # fmt: skip
    assert data["rutiner"][1]["kilde"] == "oppdiktet"
    assert data["rutiner"][1]["fil"] == "mitt.toml"
    assert data["faser"][0]["fra"]["milepael"] == "skolear-start:3"


def test_vis_som_tabell(kjor: Kjor, fil: Path) -> None:
    text = kjor("rutiner", "vis", "mitt.toml").stdout
    for word in ("Mitt sett", "Læretid", "hver 2. uke", "Skolen", "planlagt", "i praksis", "01.08.2024"):
        assert word in text
    assert "Settet mitt" in kjor("rutiner", "vis", "mitt.toml", "--sprak", "nn").stdout


@pytest.mark.treg
@pytest.mark.parametrize("navn", bundled_ids())
@pytest.mark.parametrize("sprak", ["nb", "nn", "en"])
def test_hvert_medfolgende_sett_kan_vises(kjor: Kjor, navn: str, sprak: str) -> None:
    assert kjor("rutiner", "vis", navn, "--sprak", sprak).exit_code == 0
    assert json.loads(kjor("rutiner", "vis", navn, "--format", "json").stdout)["rutinesett"]["id"] == navn


def test_vis_til_en_fil(kjor: Kjor, fil: Path) -> None:
    assert kjor("rutiner", "vis", "mitt.toml", "--ut", "ut.txt").stdout == ""
    text = Path("ut.txt").read_text(encoding="utf-8")
    assert "Besøk" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("ord_", ["osla", "finnes-ikke.toml", "../.."])
def test_et_ukjent_sett(kjor: Kjor, fil: Path, ord_: str) -> None:
    result = kjor("rutiner", "vis", ord_)
    assert result.exit_code == 3
    assert result.stderr.strip()
    assert result.stdout == ""


def test_uten_arbeidsmappe_kontrolleres_alt_som_folger_med(kjor: Kjor, fil: Path) -> None:
    result = kjor("rutiner", "valider")
    assert (result.exit_code, result.stdout) == (0, "Kontrollert: 5 rutinesett, 3 skoleruter. Ingen feil.\n")


def test_valider_en_fil_en_mappe_og_et_eksempel(kjor: Kjor, fil: Path) -> None:
    assert kjor("rutiner", "valider", fil).stdout == "Kontrollert: 1 rutinesett. Ingen feil.\n"
    result = kjor("rutiner", "valider", fil, ROT / "skoleruter", ROT / "eksempler" / "vestby")
    assert (result.exit_code, result.stdout) == (
        0,
        "Kontrollert: 1 rutinesett, 3 skoleruter, 1 arbeidsmappe. Ingen feil.\n",
    )
    assert (
        kjor("rutiner", "valider", "--mappe", ROT / "eksempler" / "vestby").stdout
        == "Kontrollert: 1 arbeidsmappe. Ingen feil.\n"
    )


def test_valider_skriver_ogsa_varsler(kjor: Kjor, fil: Path) -> None:
    fil.write_text(SETT.replace('"2 uker"', '"1 måned"').replace('"3 uker"', '"2 måneder"'), encoding="utf-8")
    result = kjor("rutiner", "valider", fil)
    assert result.exit_code == 0
    assert result.stderr.startswith("Varsel: mitt/besok: ")


def test_valider_teller_feilene(kjor: Kjor, fil: Path) -> None:
    fil.write_text(SETT.replace("ansvarlig", "ansvarleg"), encoding="utf-8")
    result = kjor("rutiner", "valider", fil)
    assert result.exit_code == 3
    assert result.stdout == "Kontrollert: 1 rutinesett. 4 feil:\n"
    assert result.stderr.count("\n") == 4


def test_skjemaene_skrives(kjor: Kjor, tmp_path: Path) -> None:
    result = kjor("rutiner", "skjema", "--ut", tmp_path / "s")
    assert result.exit_code == 0, result.stderr
    files = sorted(path.name for path in (tmp_path / "s").iterdir())
    assert files == [
        "krav.schema.json",
        "oppfolging.schema.json",
        "rutinesett.schema.json",
        "skolerute.schema.json",
    ]
    on_screen = json.loads(kjor("rutiner", "skjema").stdout)
    assert on_screen["rutinesett"] == json.loads((tmp_path / "s" / files[2]).read_text(encoding="utf-8"))


def test_en_fil_med_krav_kontrolleres_ogsa(kjor: Kjor, tmp_path: Path) -> None:
    krav = tmp_path / "krav.toml"
    krav.write_text('format = 1\n[[krav]]\nmal = "dose"\nminst = 0.8\n', encoding="utf-8")
    assert kjor("rutiner", "valider", krav).stdout == "Kontrollert: 1 fil med krav. Ingen feil.\n"
    krav.write_text('format = 1\n[[krav]]\nmal = "dosa"\nminst = 80\n', encoding="utf-8")
    result = kjor("rutiner", "valider", krav)
    assert result.exit_code == 3
    assert [line.rpartition("krav.toml:")[2].split(":")[0] for line in result.stderr.splitlines()] == ["3", "4"]
