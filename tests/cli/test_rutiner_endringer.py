"""`oppfolging rutiner endringer`: one set over time and against its base, two sets, every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import nettleser
from hjelp import Kjor
from sammenlign.settbygg import rutine, toml

FOR = (
    rutine("samtale", 'antall = 2, per = "skolear"', deltar='["nav"]', kilde_id='"A-1"')
    + rutine("rapport", 'antall = 1, per = "semester"', type_="rapport")
    + rutine("varsel", 'ved = "hoyt_fravaer"', type_="varsel")
    + rutine("mote", 'antall = 1, per = "maned"', type_="mote", niva="klasse")
)
ETTER = (
    rutine("samtale", 'minst = 3, inntil = 4, per = "skolear"', deltar='["nav"]', krever='["nav"]', kilde_id='"B-1"', grunnlag='"skriftlig"')
    + rutine("varsel", 'ved = "hoyt_fravaer", innen = "3 virkedager"', type_="varsel", ansvarlig='"nav"')
    + rutine("mote", 'antall = 1, per = "maned"', type_="mote", niva="klasse")
    + rutine("rapporten", "behov = true", type_="rapport")
    + rutine("besok", 'hver = "2 uker"', type_="besok", gjelder="{ i_praksis = true }", gjelder_til="2024-07-31")
    + rutine("besok", "behov = true", type_="besok", gjelder="{ i_praksis = true }", gjelder_fra="2024-08-01")
)  # fmt: skip


@pytest.fixture
def filer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "for.toml").write_text(toml(FOR, "for"), encoding="utf-8")
    (tmp_path / "etter.toml").write_text(toml(ETTER, "etter"), encoding="utf-8")
    return tmp_path


SVAR = """\
Fra Settet for til Settet etter
Hva som er lagt til, tatt bort, blitt hyppigere eller sjeldnere, og hva annet som er endret.

Lagt til
  Finnes bare i Settet etter.
  - Rapporten (rapporten · Rapport, per deltaker)
      hvor ofte: ved behov
      ansvarlig: Skolen
      med: –
      grunnlag: praksis
      kilde: oppdiktet
  - Besok (besok · Besok, per deltaker)
      hvor ofte: hver 2. uke; ved behov
      planlagt: 19 · behov · behov · behov (i alt 19 + behov)
      ansvarlig: Skolen
      med: –
      grunnlag: praksis
      kilde: oppdiktet

Tatt bort
  Finnes bare i Settet for.
  - Rapport (rapport · Rapport, per deltaker)
      hvor ofte: 1 gang i semesteret
      planlagt: 2 hvert skoleår
      ansvarlig: Skolen
      med: –
      grunnlag: praksis
      kilde: oppdiktet

Kan være samme rutine
  En som er tatt bort, og en som er lagt til, av samme slag og på samme nivå, med navn som ligner. Du avgjør.
  - Rapport → Rapporten (rapport → rapporten · Rapport, per deltaker)
      planlagt: 2 hvert skoleår → behov hvert skoleår
      hvor ofte: 1 gang i semesteret → ved behov
      navn: Rapport → Rapporten

Kommer oftere
  - Samtale (samtale · Samtale, per deltaker)
      planlagt: 2 hvert skoleår → 3 (+1) hvert skoleår
      hvor ofte: 2 ganger i skoleåret → 3 til 4 ganger i skoleåret
      må være med: – → Nav
      grunnlag: praksis → skriftlig
      punkt i kilden: A-1 → B-1

Uten tall før og nå, men endret
  - Varsel (varsel · Varsel, per deltaker)
      frist: ingen frist → innen 3 virkedager
      ansvarlig: Skolen → Nav

Uendret
  Mote.
"""


def test_to_sett_i_terminalen(kjor: Kjor, filer: Path) -> None:
    result = kjor("rutiner", "endringer", "for.toml", "etter.toml", "--stille")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == SVAR


def test_et_sett_mot_seg_selv_har_ingen_forskjell(kjor: Kjor, filer: Path) -> None:
    text = kjor("rutiner", "endringer", "for.toml", "for.toml", "--stille").stdout
    assert text == ("Fra Settet for til Settet for\nIngen forskjell.\n\nUendret\n  Samtale, Rapport, Varsel, Mote.\n")


def test_den_andre_veien(kjor: Kjor, filer: Path) -> None:
    text = kjor("rutiner", "endringer", "etter.toml", "for.toml", "--stille").stdout
    assert "Kommer sjeldnere\n  - Samtale" in text
    assert "Tatt bort\n  Finnes bare i Settet etter.\n  - Rapporten" in text


def test_ett_sett_over_tid(kjor: Kjor, filer: Path) -> None:
    text = kjor("rutiner", "endringer", "etter.toml", "--stille").stdout
    assert text == (
        "Settet etter: over tid\n"
        "Rutiner som har kommet til, falt bort eller endret seg siden settet begynte å gjelde.\n\n"
        "1. august 2024\n"
        "  - Besok (Har ikke lenger et tall (er etter behov eller ved hendelse) · besok · Besok, per deltaker)\n"
        "      planlagt: 19 hvert skoleår → behov hvert skoleår\n"
        "      hvor ofte: hver 2. uke → ved behov\n"
    )


def test_ett_sett_uten_endringer(kjor: Kjor, filer: Path) -> None:
    result = kjor("rutiner", "endringer", "for.toml", "--format", "json")
    assert json.loads(result.stdout) == {"sett": "for", "bygger_pa": None, "over_tid": [], "forskjell": None}
    assert "Ingen rutine har kommet til" in kjor("rutiner", "endringer", "for.toml").stdout


def test_ett_sett_og_det_det_bygger_pa(kjor: Kjor, filer: Path) -> None:
    derived = toml(rutine("mote", 'antall = 2, per = "maned"', type_="mote", niva="klasse"), "eget")
    (filer / "under").mkdir()
    (filer / "under" / "eget.toml").write_text(
        derived.replace('kilde = "oppdiktet"', 'kilde = "oppdiktet"\nbygger_pa = "../for.toml"', 1), encoding="utf-8"
    )
    data = json.loads(kjor("rutiner", "endringer", "under/eget.toml", "--format", "json").stdout)
    assert (data["sett"], data["bygger_pa"], data["over_tid"]) == ("eget", "../for.toml", [])
    changes = {r["rutine"]: (r["slag"], r["hyppighet"]) for r in data["forskjell"]["rutiner"]}
    assert changes == {
        "samtale": ("uendret", "likt"), "rapport": ("uendret", "likt"), "varsel": ("uendret", "uten_tall"),
        "mote": ("endret", "hyppigere"),
    }  # fmt: skip


def test_json(kjor: Kjor, filer: Path) -> None:
    data = json.loads(kjor("rutiner", "endringer", "for.toml", "etter.toml", "--format", "json").stdout)
    assert data["over_tid"] is None
    f = data["forskjell"]
    assert list(f) == [
        "fra",
        "til",
        "start",
        "slutt",
        "skolerute",
        "antall_skolear",
        "rutiner",
        "kanskje",
        "faser",
        "roller",
    ]
    talk = f["rutiner"][0]
    assert list(talk) == ["rutine", "navn", "type", "niva", "slag", "hyppighet", "felt", "for", "etter"]
    assert [x["felt"] for x in talk["felt"]] == ["frekvens", "krever", "grunnlag", "kilde_id"]
    assert talk["felt"][1] == {"felt": "krever", "fra": [], "til": ["nav"]}
    assert (talk["for"]["i_alt"]["krav"], talk["etter"]["i_alt"]["krav"], talk["etter"]["i_alt"]["onske"]) == (
        [8, 8],
        [12, 12],
        [4, 4],
    )
    gone = next(r for r in f["rutiner"] if r["rutine"] == "rapport")
    assert (gone["slag"], gone["hyppighet"], gone["etter"]) == ("borte", None, None)
    (maybe,) = f["kanskje"]
    assert (maybe["fra"], maybe["til"], maybe["hyppighet"]) == ("rapport", "rapporten", "mistet_tall")
    assert 0.6 <= maybe["likhet"] < 1


def test_csv(kjor: Kjor, filer: Path) -> None:
    text = kjor("rutiner", "endringer", "for.toml", "etter.toml", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(r["rutine"], r["slag"], r["hyppighet"], r["felt"], r["krav_for"], r["krav_etter"]) for r in rows] == [
        ("samtale", "endret", "hyppigere", "frekvens", "8", "12"),
        ("samtale", "endret", "hyppigere", "krever", "8", "12"),
        ("samtale", "endret", "hyppigere", "grunnlag", "8", "12"),
        ("samtale", "endret", "hyppigere", "kilde_id", "8", "12"),
        ("rapport", "borte", "", "", "8", ""),
        ("varsel", "endret", "uten_tall", "frist", "", ""),
        ("varsel", "endret", "uten_tall", "ansvarlig", "", ""),
        ("mote", "uendret", "likt", "", "44", "44"),
        ("rapporten", "ny", "", "", "", ""),
        ("besok", "ny", "", "", "", "19"),
    ]
    over_time = kjor("rutiner", "endringer", "etter.toml", "--format", "csv").stdout.splitlines()[1]
    assert over_time.startswith("over_tid;2024-08-01;besok;besok;deltaker;endret;mistet_tall;frekvens;")


@pytest.mark.treg
@pytest.mark.parametrize("sprak", ["nb", "nn", "en"])
@pytest.mark.parametrize("utformat", ["tabell", "html", "md", "json", "csv"])
def test_alle_sprak_og_formater(kjor: Kjor, filer: Path, sprak: str, utformat: str) -> None:
    for words in (("vestby",), ("oslo", "vestland")):
        result = kjor("rutiner", "endringer", *words, "--sprak", sprak, "--format", utformat)
        assert result.exit_code == 0, result.stderr
        if utformat in ("json", "csv"):
            assert result.stdout == kjor("rutiner", "endringer", *words, "--format", utformat).stdout


def test_linjene_far_plass(kjor: Kjor, filer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = kjor("rutiner", "endringer", "for.toml", "etter.toml").stdout.splitlines()
    assert max(map(len, lines)) <= 80


def test_fiendtlige_navn_er_bare_tekst(kjor: Kjor, filer: Path) -> None:
    evil = toml(rutine("r", "behov = true").replace('navn = "R"', 'navn = "<script>x</script>|*"'), "<b>").replace(
        'id = "<b>"', 'id = "b"'
    )
    (filer / "b.toml").write_text(evil, encoding="utf-8")
    page = kjor("rutiner", "endringer", "for.toml", "b.toml", "--format", "html").stdout
    assert "<script" not in page
    assert "<b>" not in page
    text = kjor("rutiner", "endringer", "for.toml", "b.toml", "--format", "md").stdout
    assert r"\<script\>x\</script\>\|\*" in text


@pytest.mark.parametrize("ord_", [(), ("finnes-ikke",), ("oslo", "finnes-ikke.toml")])
def test_feil_bruk_og_ukjente_sett(kjor: Kjor, filer: Path, ord_: tuple[str, ...]) -> None:
    result = kjor("rutiner", "endringer", *ord_)
    assert result.exit_code == (3 if ord_ else 2)
    assert result.stdout == ""


@pytest.mark.treg
@pytest.mark.krever_nettleser
def test_siden_er_uten_feil_for_alle_som_leser(kjor: Kjor, filer: Path) -> None:
    kjor("rutiner", "endringer", "sorumsand", "--format", "html", "--ut", "en.html")
    kjor("rutiner", "endringer", "oslo", "vestland", "--format", "html", "--ut", "to.html")
    pages = [filer / "en.html", filer / "to.html"]
    assert nettleser.axe(pages) == {page: [] for page in pages}
