"""The list says what `oppfolging sjekk` says, as the files are now, in the reader's language."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from hjelp import HVERT_EKSEMPEL, ROT, Kjor
from oppfolgingscli.cli.vurdert import Grunnlag
from oppfolgingscli.cli.vurdert import judge as real
from web.conftest import PER
from web.tjener import Nettleser

_KNAPP = re.compile(r'<a class="knapp" href="([^"]*)">([^<]*)<span class="skjult">: ([^<]*)</span>')


def ways(n: Nettleser, adresse: str = "/") -> dict[str, str]:
    """The way to the form from each line: what it is about -> the address."""
    from html import unescape

    return {unescape(about): unescape(url) for url, _words, about in _KNAPP.findall(n.get(adresse).html)}


@pytest.mark.parametrize("eksempel", HVERT_EKSEMPEL)
def test_listen_sier_det_samme_som_sjekk(kjor: Kjor, eksempel: str) -> None:
    mappe = ROT / "eksempler" / eksempel
    for per in (date(2024, 11, 1), date(2025, 3, 14)):
        page = Nettleser(mappe, per).get("/").tekst
        text = kjor("sjekk", "--mappe", mappe, "--per", per.isoformat()).stdout
        parts = re.split(r"\n|  +| · |→ | \((?=\d+\)$)", text.replace("Se dem med --funn.", ""), flags=re.MULTILINE)
        words = [part.strip(" :.*()") for part in parts if not part.isspace()]
        assert len(words) > 20
        # What is folded there stands on one line here: each line's words must stand on the page.
        assert [word for line in words for word in line.split() if word.strip("*,.()") not in page] == []


def test_hver_linje_har_veien_til_skjemaet_ferdig_fylt(leser: Nettleser) -> None:
    found = ways(leser)
    assert len(found) == 11
    query = parse_qs(urlsplit(found["D01, Besøk på praksisplassen"]).query)
    assert query == {"deltaker": ["D01"], "rutine": ["besok"], "tilbake": ["/"]}
    assert found["klassen, Evalueringsmøte om klassen, vår 2024"].startswith("/logg?rutine=")
    assert found["D03, Leksehjelp to ganger i uken"] == "/avtale/a1/utfort?tilbake=%2F"
    for adresse in found.values():
        assert leser.get(adresse).kode == 200


def test_bare_for_en_rolle_eller_person(leser: Nettleser) -> None:
    alle = set(ways(leser))
    laerer, veileder = set(ways(leser, "/?rolle=laerer")), set(ways(leser, "/?person=v1"))
    assert laerer | veileder <= alle
    assert not laerer & veileder
    assert "D02, Oppfølging" in veileder
    html = leser.get("/?person=v1").html
    assert re.search(r'<a href="/\?person=v1" aria-current="true">Veileder Q</a>', html)
    assert "tilbake=%2F%3Fperson%3Dv1" in html  # one comes back to the same list
    svar = leser.get("/?person=finnes-ikke")
    assert (svar.kode, "ukjent person" in svar.tekst.lower()) == (404, True)


def test_det_som_endres_i_excel_vises_naar_siden_lastes_paa_nytt(leser: Nettleser, klasse: Path) -> None:
    assert "D01, Besøk på praksisplassen" in ways(leser)
    assert leser.get("/").html == leser.get("/").html
    with (klasse / "kontakter.csv").open("a", encoding="utf-8") as file:
        file.write("k99;2024-02-29;bedriftsbesok;;D01;;;;;;;\n")
    assert "D01, Besøk på praksisplassen" not in ways(leser)
    oppsett = klasse / "oppfolging.toml"
    oppsett.write_text(oppsett.read_text(encoding="utf-8").replace("Lærer Q", "Lærer Ny"), encoding="utf-8")
    assert "Lærer Ny" in leser.get("/").tekst
    rutiner = klasse / "test.toml"
    rutiner.write_text(
        rutiner.read_text(encoding="utf-8").replace("Nav besøker klassen", "Nav ser innom"), encoding="utf-8"
    )
    assert "Nav ser innom" in leser.get("/").tekst


def test_to_endringer_i_samme_oyeblikk_vises_begge(leser: Nettleser, klasse: Path) -> None:
    rutiner = klasse / "test.toml"
    rutiner.touch()
    assert "Nav besøker klassen" in leser.get("/").tekst
    before = rutiner.stat()
    rutiner.write_bytes(rutiner.read_bytes().replace(b"ker klassen", b"ker oss ALT"))
    os.utime(rutiner, ns=(before.st_atime_ns, before.st_mtime_ns))  # a clock that counts in whole seconds
    assert rutiner.stat().st_size == before.st_size
    assert "Nav besøker oss ALT" in leser.get("/").tekst


def test_dommen_gjoeres_ikke_om_igjen_naar_ingenting_er_endret(
    leser: Nettleser, klasse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in klasse.iterdir():
        os.utime(file, (1_700_000_000, 1_700_000_000))  # written long ago
    calls: list[object] = []

    def judge(*args: Any, **kw: Any) -> Grunnlag:  # noqa: ANN401 - passed on
        calls.append(args)
        return real(*args, **kw)

    monkeypatch.setattr("oppfolgingscli.web.lager.judge", judge)
    for _ in range(3):
        leser.get("/")
    assert len(calls) == 1
    os.utime(klasse / "kontakter.csv", (1_700_000_001, 1_700_000_001))
    leser.get("/")
    assert len(calls) == 2


def test_en_mappe_med_feil_blir_en_side_med_alle_feilene(leser: Nettleser, klasse: Path) -> None:
    oppsett = klasse / "oppfolging.toml"
    good = oppsett.read_text(encoding="utf-8")
    oppsett.write_text(good.replace('skolerute = "rute.toml"', 'skolerute = "borte.toml"\nmaks = 3'), encoding="utf-8")
    svar = leser.get("/")
    assert svar.kode == 503
    assert "Det som må rettes (2)" in svar.tekst
    assert "borte.toml finnes ikke" in svar.tekst.replace("«", "").replace("»", "")
    assert "oppfolging.toml:6:13 klasse.skolerute: filen" in svar.tekst
    assert str(klasse) not in svar.tekst
    assert "Traceback" not in svar.html
    assert leser.get("/logg").kode == 503
    oppsett.write_text(good, encoding="utf-8")
    assert leser.get("/").kode == 200


def test_en_loggfil_som_ikke_kan_leses_i_det_hele_tatt(leser: Nettleser, klasse: Path) -> None:
    (klasse / "hendelser.csv").unlink()
    (klasse / "hendelser.xlsx").write_bytes(b"PK\x03\x04 ikke en arbeidsbok")
    svar = leser.get("/")
    assert svar.kode == 503
    assert "hendelser.xlsx" in svar.tekst


def test_uten_logg_og_uten_deltakere_sier_siden_det(klasse: Path) -> None:
    for name in ("kontakter", "hendelser", "avtaler"):
        (klasse / f"{name}.csv").unlink()
    n = Nettleser(klasse, PER)
    assert "Loggen er tom." in n.get("/").tekst
    oppsett = klasse / "oppfolging.toml"
    head = oppsett.read_text(encoding="utf-8").partition("[[deltakere]]")[0]
    oppsett.write_text(head, encoding="utf-8")
    assert "Klassen har ingen deltakere ennå" in n.get("/").tekst
    assert n.get("/logg").kode == 200


def test_alt_vel_sies_med_ord(leser: Nettleser, klasse: Path) -> None:
    n = Nettleser(klasse, date(2023, 8, 14), dager=0)
    assert "alt er i rute" in n.get("/").tekst
    assert "Ingenting er forfalt" in n.get("/").tekst


@pytest.mark.parametrize(("kode", "tittel"), [("nn", "Kven skuldar eg noko?"), ("en", "Whom do I owe something?")])
def test_spraket_velges_en_gang_og_huskes(leser: Nettleser, kode: str, tittel: str) -> None:
    assert leser.get(f"/?sprak={kode}").kode == 200
    for sti in ("/", "/logg", "/finnes-ikke"):
        assert f'<html lang="{kode}">' in leser.get(sti).html
    assert '<html lang="nb">' in leser.get("/?sprak=nb").html
    assert '<html lang="nb">' in leser.get("/?sprak=xx").html
    from oppfolgingscli.sprak import sprak

    assert sprak() == "nb"  # the process speaks as before


def test_spraket_fra_kommandoen_gjelder_til_en_velger(klasse: Path) -> None:
    assert '<html lang="en">' in Nettleser(klasse, PER, sprak="en").get("/").html
    assert '<html lang="en">' in Nettleser(klasse, PER, sprak="en", inne=False).get("/").html


def test_menyen_sier_hvor_en_er(leser: Nettleser) -> None:
    here = {
        "/": ("page", "/"),
        "/logg": ("page", "/logg"),
        "/hendelse": ("true", "/logg"),
        "/rett/kontakter/k01": ("true", "/logg"),
    }
    for sti, (word, meny) in here.items():
        assert re.findall(
            r'<a href="([^"]*)" aria-current="(\w+)">', leser.get(sti).html.partition("</header>")[0]
        ) == [(meny, word)]
    assert "aria-current" not in leser.get("/finnes-ikke").html.partition("</header>")[0]


def test_notater_og_ytelser_star_ikke_pa_noen_side(leser: Nettleser) -> None:
    for sti in ("/", "/logg", "/rett/kontakter/k06", "/avtale/a4/utfort"):
        html = leser.get(sti).html
        assert "hemmelig" not in html, sti
        assert "kvp" not in html.lower(), sti


def test_en_uventet_feil_er_en_side_og_ingen_tilbakesporing(
    leser: Nettleser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_args: object) -> None:
        msg = "01010112345 hemmelig"
        raise RuntimeError(msg)

    monkeypatch.setattr("oppfolgingscli.web.sider.liste.read_list", fail)
    svar = leser.get("/")
    assert svar.kode == 500
    assert "RuntimeError" in svar.tekst
    assert "hemmelig" not in svar.html
    assert "Traceback" not in capsys.readouterr().err
    monkeypatch.setenv("OPPFOLGING_FEILSOK", "1")
    leser.get("/")
    assert "Traceback" in capsys.readouterr().err
    monkeypatch.setattr("oppfolgingscli.web.app.render", fail)  # not even the page about it
    svar = leser.get("/")
    assert (svar.kode, svar.innhold) == (500, b"500\n")
    assert svar.hoder["cache-control"] == "no-store"


def test_eksempelet_laeses_ogsaa_naar_rutinene_ligger_utenfor(tmp_path: Path) -> None:
    shutil.copytree(ROT / "tests" / "cli" / "sjekk" / "klasse", tmp_path / "k")
    (tmp_path / "felles").mkdir()
    (tmp_path / "k" / "test.toml").rename(tmp_path / "felles" / "test.toml")
    oppsett = tmp_path / "k" / "oppfolging.toml"
    oppsett.write_text(
        oppsett.read_text(encoding="utf-8").replace('"test.toml"', '"../felles/test.toml"'), encoding="utf-8"
    )
    n = Nettleser(tmp_path / "k", PER)
    assert "Nav besøker klassen" in n.get("/").tekst
    rutiner = tmp_path / "felles" / "test.toml"
    rutiner.write_text(
        rutiner.read_text(encoding="utf-8").replace("Nav besøker klassen", "Nav ser innom"), encoding="utf-8"
    )
    assert "Nav ser innom" in n.get("/").tekst
