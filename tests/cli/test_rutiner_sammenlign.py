"""`oppfolging rutiner sammenlign`: every format says the same, and nothing in a set can break out of any of them."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import nettleser
from hjelp import Kjor
from oppfolgingscli.les.rutinesett import bundled_ids
from sammenlign.settbygg import rutine, toml

FIENDTLIG = toml(
    rutine("r", 'antall = 1, per = "skolear"', type_="=1+1").replace(
        'navn = "R"', 'navn = "<script>alert(1)</script> | [x](javascript:1)"'
    ).replace('type = "=1+1"', 'type = "samtale"')
    + rutine("s", "behov = true", kilde='"=HYPERLINK(0)"', kilde_id='"<img src=x onerror=1>"')
).replace('navn = "Skolen"', 'navn = "</td></table><b>Skolen</b>"').replace('navn = "Settet mitt"', 'navn = "<i>Settet</i>"')  # fmt: skip


@pytest.fixture
def filer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two sets of one's own, and one that wishes the reader ill."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "en.toml").write_text(toml(rutine("r", 'antall = 2, per = "skolear"')), encoding="utf-8")
    (tmp_path / "to.toml").write_text(
        toml(rutine("r", 'minst = 1, inntil = 2, per = "skolear"', grunnlag='"skriftlig"') + rutine("s", "behov = true", type_="mote", niva="klasse"), "to"),
        encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "fiendtlig.toml").write_text(FIENDTLIG, encoding="utf-8")
    return tmp_path


SVAR = """\
Rutinesettene side om side

  mitt  Settet mitt
  to    Settet to

Per deltaker
Planlagte kontakter i løpet av 4 skoleår. I parentes: ønsket i tillegg.

Slag     mitt  to
───────  ────  ──────
Samtale  8     4 (+4)
I alt    8     4 (+4)

Klassemøter og annet for klassen under ett
Planlagt for klassen i løpet av 4 skoleår. I parentes: ønsket i tillegg.

Slag   mitt      to
─────  ────────  ─────
Mote   har ikke  behov
I alt  har ikke  behov

Bare ett av settene har
  mitt  ingen
  to    Mote

Alt, per deltaker
Sett  År 1    År 2    År 3    År 4    I alt
────  ──────  ──────  ──────  ──────  ──────
mitt  2       2       2       2       8
to    1 (+1)  1 (+1)  1 (+1)  1 (+1)  4 (+4)

Alt, for klassen
Sett  År 1   År 2   År 3   År 4   I alt
────  ─────  ─────  ─────  ─────  ─────
to    behov  behov  behov  behov  behov
Har ikke: mitt

Samtale (per deltaker)
Sett  År 1    År 2    År 3    År 4    I alt
────  ──────  ──────  ──────  ──────  ──────
mitt  2       2       2       2       8
    R: 2 ganger i skoleåret. Skolen. Praksis [oppdiktet]
to    1 (+1)  1 (+1)  1 (+1)  1 (+1)  4 (+4)
    R: 1 til 2 ganger i skoleåret. Skolen. Skriftlig [oppdiktet]

Mote (for klassen)
Sett  År 1   År 2   År 3   År 4   I alt
────  ─────  ─────  ─────  ─────  ─────
to    behov  behov  behov  behov  behov
    S: ved behov. Skolen. Praksis [oppdiktet]
Har ikke: mitt
"""


def test_svaret_i_terminalen(kjor: Kjor, filer: Path) -> None:
    result = kjor("rutiner", "sammenlign", "en.toml", "to.toml", "--stille")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == SVAR


def test_uten_stille_star_det_hva_tegnene_og_tallene_betyr(kjor: Kjor, filer: Path) -> None:
    text = kjor("rutiner", "sammenlign", "en.toml", "to.toml").stdout
    for words in ("ikke en rangering", "Det er ikke det samme som null", "21. august 2023", "vanlige mønsteret"):
        assert words in " ".join(text.split())


def test_uten_id_er_det_alle_som_folger_med(kjor: Kjor, filer: Path) -> None:
    result = kjor("rutiner", "sammenlign", "--format", "json")
    assert [x["sett"] for x in json.loads(result.stdout)["sett"]] == bundled_ids()


@pytest.mark.treg
@pytest.mark.parametrize("kolonner", [80, 100, 140])
def test_linjene_far_plass(kjor: Kjor, filer: Path, monkeypatch: pytest.MonkeyPatch, kolonner: int) -> None:
    monkeypatch.setenv("COLUMNS", str(kolonner))
    text = kjor("rutiner", "sammenlign").stdout
    assert max(map(len, text.splitlines())) <= kolonner
    assert text.count("Ansvarsgruppe") >= 3


def test_startaret_velges(kjor: Kjor, filer: Path) -> None:
    def visits(*words: str) -> list[Any]:
        data = json.loads(kjor("rutiner", "sammenlign", "sorumsand", "--format", "json", *words).stdout)
        (row,) = [r for r in data["rader"] if r["type"] == "bedriftsbesok"]
        return [year["krav"] for year in row["skolear"]]

    assert visits() == [[19, 19], None, None, None]
    assert visits("--start", "2026") == [None, None, None, None]  # need-based since August 2024


def test_json(kjor: Kjor, filer: Path) -> None:
    data = json.loads(kjor("rutiner", "sammenlign", "en.toml", "to.toml", "--format", "json").stdout)
    assert list(data) == ["antall_skolear", "sett", "rader", "i_alt"]
    assert data["sett"][0]["antakelser"] == [
        {"kode": "skolear", "navn": f"{year}-{year + 1}", "fra": None, "til": None} for year in range(2023, 2027)
    ]
    first, second, lacks, has = data["rader"]
    assert (first["sett"], first["har"], first["i_alt"]["krav"], first["i_alt"]["onske"]) == (
        "mitt",
        True,
        [8, 8],
        [0, 0],
    )
    assert (second["i_alt"]["krav"], second["i_alt"]["onske"], second["grunnlag"]) == ([4, 4], [4, 4], ["skriftlig"])
    assert (lacks["har"], lacks["i_alt"], lacks["rutiner"]) == (False, None, [])
    assert (has["i_alt"]["krav"], has["i_alt"]["behov"], has["rutiner"][0]["krav"]) == (None, True, None)
    assert second["rutiner"][0] == {
        "id": "r", "navn": "R", "versjon": 1, "fra": "2023-08-01", "til": None, "slag": "planlagt",
        "regel": "1 til 2 ganger i skoleåret",
        "frekvens": {"slag": "antall", "merknad": None, "minst": 1, "inntil": 2, "per": "skolear", "minst_mellom": None,
                     "helst": None, "sent_til": None},
        "gjelder": {"merknad": None, "skolear": [], "fase": [], "gruppe": [], "ytelse": [], "i_praksis": False,
                    "ferie": "aldri"},
        "ansvarlig": "skole", "deltar": [], "krever": [], "grunnlag": "skriftlig", "kilde": "oppdiktet", "kilde_id": [],
        "antatt": False, "holder": [True] * 4, "krav": [1] * 4, "onske": [1] * 4,
    }  # fmt: skip


@pytest.mark.treg
@pytest.mark.parametrize("utformat", ["json", "csv"])
def test_maskinsvar_er_det_samme_pa_alle_sprak(kjor: Kjor, filer: Path, utformat: str) -> None:
    answers = {
        kjor("rutiner", "sammenlign", "--format", utformat, "--sprak", code).stdout for code in ("nb", "nn", "en")
    }
    assert len(answers) == 1


def test_csv(kjor: Kjor, filer: Path) -> None:
    assert kjor("rutiner", "sammenlign", "en.toml", "to.toml", "--format", "csv", "--ut", "s.csv").stdout == ""
    data = Path("s.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [(r["sett"], r["type"], r["har"], r["krav_1"], r["onske_1"], r["krav_i_alt"]) for r in rows] == [
        ("mitt", "samtale", "true", "2", "0", "8"),
        ("to", "samtale", "true", "1", "1", "4"),
        ("mitt", "mote", "false", "", "", ""),
        ("to", "mote", "true", "", "", ""),
    ]


class Celler(HTMLParser):
    """Collects the cells that say which figure they show."""

    def __init__(self) -> None:
        super().__init__()
        self.celler: dict[tuple[str, str], set[str]] = {}
        self.apen: tuple[str, str] | None = None
        self.tagger: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tagger.add(tag)
        found = dict(attrs)
        if tag == "td":
            row, name = found.get("data-rad"), found.get("data-felt")
            self.apen = (row, name) if row and name else None

    def handle_data(self, data: str) -> None:
        if self.apen:
            self.celler.setdefault(self.apen, set()).add(data)
            self.apen = None


def _number(year: dict[str, Any] | None) -> str:
    if year is None:
        return "har ikke"

    def span(value: list[int]) -> str:
        return str(value[0]) if value[0] == value[1] else f"{value[0]}–{value[1]}"

    parts = []
    if year["krav"] is not None:
        wished = f" (+{span(year['onske'])})" if year["onske"] != [0, 0] else ""
        parts.append(span(year["krav"]) + wished + "*" * year["antatt"] + "°" * year["delvis"])
    parts += ["behov"] * year["behov"] + ["hendelse"] * year["hendelse"]
    return " + ".join(parts) or "–"


def test_hvert_tall_pa_siden_er_det_i_json(kjor: Kjor, filer: Path) -> None:
    data = json.loads(kjor("rutiner", "sammenlign", "--format", "json").stdout)
    page = Celler()
    page.feed(kjor("rutiner", "sammenlign", "--format", "html").stdout)
    seen = 0
    for row in data["rader"]:
        where = f"{row['type']}/{row['niva']}/{row['sett']}"
        assert page.celler[where, "i_alt"] == {_number(row["i_alt"])}
        seen += 1
        for year in row["skolear"]:
            assert page.celler[where, f"ar_{year['nr']}"] == {_number(year)}
            seen += 1
    shown = [key for key in page.celler if not key[0].startswith("i_alt/") and key[0].count("/") == 2]
    assert seen == len(shown) > 300
    for row in data["i_alt"]:
        only_numbers = _number(row["i_alt"]).split(" + ")[0] if row["i_alt"]["krav"] else _number(row["i_alt"])
        assert page.celler[f"i_alt/{row['niva']}/{row['sett']}", "i_alt"] == {only_numbers}


@pytest.mark.parametrize("utformat", ["html", "md", "csv", "tabell"])
def test_navn_og_kilder_er_tekst_og_ikke_noe_annet(kjor: Kjor, filer: Path, utformat: str) -> None:
    result = kjor("rutiner", "sammenlign", "fiendtlig.toml", "oslo", "--format", utformat)
    assert result.exit_code == 0, result.stderr
    if utformat == "html":
        page = Celler()
        page.feed(result.stdout)
        assert page.tagger.isdisjoint({"script", "img", "b", "i"})
        assert "&lt;script&gt;" in result.stdout
    elif utformat == "md":
        assert "<script>" not in result.stdout
        assert r"\<script\>alert(1)\</script\> \| \[x\](javascript:1)" in result.stdout
    elif utformat == "csv":
        rows = list(csv.DictReader(io.StringIO(result.stdout), delimiter=";"))
        assert not [cell for row in rows for cell in row.values() if cell and cell.startswith("=")]


@pytest.mark.parametrize("ord_", ["osla", "finnes-ikke.toml", "../.."])
def test_et_ukjent_sett(kjor: Kjor, filer: Path, ord_: str) -> None:
    result = kjor("rutiner", "sammenlign", "oslo", ord_)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.strip()


def test_arbeidsmappens_egne_sett(kjor: Kjor, filer: Path) -> None:
    folder = filer / "klasse"
    (folder / "rutiner").mkdir(parents=True)
    (folder / "rutiner" / "mitt.toml").write_text(toml(rutine("r", "behov = true")), encoding="utf-8")
    (folder / "oppfolging.toml").write_text("format = 1\n", encoding="utf-8")
    result = kjor("rutiner", "sammenlign", "rutiner/mitt.toml", "--mappe", folder, "--format", "json")
    assert json.loads(result.stdout)["sett"][0]["id"] == "mitt"


@pytest.mark.treg
@pytest.mark.parametrize("sprak", ["nb", "nn", "en"])
@pytest.mark.parametrize("utformat", ["tabell", "html", "md"])
def test_alle_sprak(kjor: Kjor, filer: Path, sprak: str, utformat: str) -> None:
    result = kjor("rutiner", "sammenlign", "--sprak", sprak, "--format", utformat)
    assert result.exit_code == 0, result.stderr
    if utformat == "html":
        assert f'<html lang="{sprak}">' in result.stdout


@pytest.mark.treg
@pytest.mark.krever_nettleser
def test_siden_er_uten_feil_for_alle_som_leser(kjor: Kjor, filer: Path) -> None:
    for name, words in (("alle", ()), ("to", ("en.toml", "fiendtlig.toml"))):
        kjor("rutiner", "sammenlign", *words, "--format", "html", "--ut", f"{name}.html")
    pages = [filer / "alle.html", filer / "to.html"]
    assert nettleser.axe(pages) == {page: [] for page in pages}
