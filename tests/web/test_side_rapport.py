"""The report in the browser: the figures of `rapport --format json`, and files that are the command's own."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from hjelp import HVERT_EKSEMPEL, ROT, Kjor
from oppfolgingscli.cli.vurdert import judge
from oppfolgingscli.maltall import measure
from oppfolgingscli.vis.rapportkolonner import counts, followed, given, surer
from oppfolgingscli.vis.rapportnavn import Rapportnavn
from oppfolgingscli.vis.rapportvisning import Rapportvisning, periods, view
from web.conftest import PER
from web.tjener import Nettleser

_CELLE = re.compile(r'<(?:td|th|b)[^>]* data-rad="([^"]*)" data-felt="([^"]*)"[^>]*>(.*?)</(?:td|th|b)>')


def cells(html: str) -> dict[tuple[str, str], list[str]]:
    """The figures of a page by (row, field)."""
    out: dict[tuple[str, str], list[str]] = {}
    for row, field, text in _CELLE.findall(html):
        out.setdefault((row, field), []).append(re.sub(r"<[^>]+>", "", text))
    return out


def parts(data: bytes) -> object:
    """A file, or what a workbook holds, without when it was made."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}


def shown(mappe: Path, per: date) -> Rapportvisning:
    found = judge(mappe, per, None, maskin=False)
    return Rapportvisning(
        measure(found.vurdering), "k", per, 0, Rapportnavn(found.vurdering.gyldighet.opplegg.rutinesett)
    )


@pytest.mark.parametrize("eksempel", HVERT_EKSEMPEL)
def test_tallene_er_tallene_i_maskinsvaret(kjor: Kjor, eksempel: str) -> None:
    mappe, per = ROT / "eksempler" / eksempel, date(2025, 6, 30)
    n = Nettleser(mappe, per)
    answer = json.loads(kjor("rapport", "--mappe", mappe, "--per", per.isoformat(), "--format", "json").stdout)
    whole = cells(n.get("/rapport").html)
    for field in ("forfalt", "mangler", "for_sent", "n_deltakere"):
        assert set(whole["totalt", field]) == {str(answer["totalt"][field])}, field
    v = shown(mappe, per)
    cols = [c for c in (*followed(), *given(), *surer(), *counts()) if c.navn]
    semesters = {row["nokkel"]: row for row in answer["visninger"]["semester"]}
    assert periods(v) == list(semesters)
    seen = 0
    for period in periods(v)[:2]:
        page = cells(n.get(f"/rapport?periode={period}").html)
        assert str(semesters[period]["bedomt"]) in page[f"semester/{period}", "bedomt"]
        for line in view(v, "rutine", period).linjer:
            for c in cols:
                for found in page.get((line.nokkel, c.felt), []):
                    if line.nokkel.startswith("r"):
                        assert found == c.tekst(line.rad), (line.nokkel, c.felt)
                        seen += 1
        rows = [rad for rad in answer["rader"] if rad["periode"] == period and rad["bedomt"]]
        told = {key for key, field in page if field == "bedomt" and key.endswith(f"/{period}") and key.startswith("r")}
        assert len(told) >= len(rows)
    assert seen > 50


@pytest.mark.parametrize("kind", ["html", "csv", "md", "json", "xlsx"])
def test_filene_er_de_kommandoen_skriver(kjor: Kjor, klasse: Path, leser: Nettleser, kind: str, tmp_path: Path) -> None:
    svar = leser.get(f"/rapport?format={kind}&per=2024-02-20&lag=7&rolle=laerer&uten_id=ja")
    fil = tmp_path / f"r.{kind}"
    done = kjor(
        "rapport", "--mappe", klasse, "--per", "2024-02-20", "--lag", "7", "--rolle", "laerer", "--uten-id", "--format",
        kind, "--ut", fil,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert parts(svar.innhold) == parts(fil.read_bytes())
    assert svar.hoder["content-disposition"] == f'attachment; filename="rapport-k-2024-02-20.{kind}"'


def test_en_visning_et_semester_og_en_rolle(leser: Nettleser) -> None:
    role = leser.get("/rapport?etter=rolle")
    assert "Etter rolle" in role.tekst
    assert "Måned for måned" not in role.tekst
    teacher = leser.get("/rapport?rolle=laerer").tekst
    assert "Deltakerens egenrapport" not in teacher
    assert "Skolens samtale med deltakeren" in teacher
    other = leser.get("/rapport?per=2023-10-01").tekst
    assert "per 1. oktober 2023" in other
    assert "Regnet per 1. mars 2024" in other


def test_uten_id_er_uten_id(leser: Nettleser) -> None:
    assert "D03" in leser.get("/rapport").tekst
    svar = leser.get("/rapport?uten_id=ja")
    assert not re.search(r"\bD0[1-4]\b", svar.tekst)
    assert "Lærer Q" not in svar.tekst


@pytest.mark.parametrize(
    "valg",
    ["per=2024-02-30", "per=i+morgen", "lag=-1", "lag=400", "lag=x", "lag=٣", "etter=noe", "periode=2031-var", "rolle=noe", "format=exe"],
)  # fmt: skip
def test_det_som_ikke_finnes_er_en_side(leser: Nettleser, valg: str) -> None:
    assert leser.get(f"/rapport?{valg}").kode == 404


@pytest.mark.parametrize(
    "adresse",
    [
        "/rapport",
        "/rapport?periode=2023-host",
        "/rapport?etter=rutine",
        "/deltaker",
        "/deltaker/D01",
        "/maned",
        "/arshjul",
    ],
)
def test_sidene_har_ingenting_regelen_for_innhold_nekter(leser: Nettleser, adresse: str) -> None:
    html = leser.get(adresse).html
    for forbidden in ("<script", "<style", " style=", " onclick", " onload", "javascript:", "http-equiv"):
        assert forbidden not in html, forbidden
    assert re.findall(r'(?:src|href)="(?!/|#|data:,")([^"]*)', html) == []
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert [a for a in re.findall(r'href="#([^"]+)"', html) if a not in ids] == []
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert PER.isoformat() not in leser.get(adresse).hoder.get("cache-control", "")
