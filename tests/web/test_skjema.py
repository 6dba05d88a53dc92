"""The forms write what `oppfolging logg` writes: once, at the end, and with every fault told at once."""

from __future__ import annotations

import csv
import re
import threading
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hjelp import Kjor
from web.conftest import PER
from web.tjener import Nettleser, Svar

BESOK = "/logg?deltaker=D01&rutine=besok"


def rader(klasse: Path, slag: str = "kontakter") -> list[dict[str, str]]:
    with (klasse / f"{slag}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def filled(svar: Svar) -> dict[str, list[str]]:
    """What a browser would send if one pressed Enter: every field as it stands."""
    html = svar.html
    out: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'<input[^>]*name="(\w+)"[^>]*?value="([^"]*)"(?![^>]*type="(?:radio|checkbox)")[^>]*>', html
    ):
        out.setdefault(name, []).append(unescape(value))
    for box in re.findall(r'<input type="(?:radio|checkbox)"[^>]*>', html):
        name, value = re.search(r'name="(\w+)" value="([^"]*)"', box).groups()  # type: ignore[union-attr] # written so
        if " checked" not in box:
            out[name].remove(unescape(value))
    for name, body in re.findall(r'<select id="\w+" name="(\w+)".*?>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body) or re.search(r'value="([^"]*)"', body)
        out[name] = [unescape(chosen[1])] if chosen else []
    for name, body in re.findall(r'<textarea id="\w+" name="(\w+)".*?>\n(.*?)</textarea>', html, re.DOTALL):
        out[name] = [unescape(body)]
    return out


def test_ferdig_fylt_fra_listen_er_det_bare_a_sende(leser: Nettleser, klasse: Path) -> None:
    before = (klasse / "kontakter.csv").read_bytes()
    svar = leser.get(BESOK)
    felt = filled(svar)
    assert {k: v for k, v in felt.items() if not k.startswith("_")} == {
        "deltaker": ["D01"], "hva": ["besok"], "dato": ["2024-03-01"], "status": ["gjennomfort"],
        "deltok": ["l1", "deltaker"], "utfort_av": ["l1"], "form": [""], "notat": [""], "varighet": [""], "tilbake": [""],
    }  # fmt: skip
    assert re.search(r'<input id="dato"[^>]* autofocus>', svar.html)  # Enter in the date sends it
    vei = leser.post("/logg", felt)
    after = (klasse / "kontakter.csv").read_bytes()
    assert after.startswith(before)
    row = rader(klasse)[-1]
    assert row == {
        "id": "k15", "dato": "2024-03-01", "type": "bedriftsbesok", "rutine": "besok", "deltaker": "D01",
        "utfort_av": "l1", "deltok": "l1,deltaker", "form": "", "varighet": "", "status": "", "notat": "",
        "registrert": row["registrert"],
    }  # fmt: skip
    date.fromisoformat(row["registrert"])
    kvittering = leser.follow(vei)
    assert "Rad k15 i kontakter.csv: 01.03.2024, Besøk på praksisplassen, D01." in kvittering.tekst
    assert "Skyldes ikke lenger D01: Besøk på praksisplassen (7 dager over*)" in kvittering.tekst
    assert 'role="status"' in kvittering.html
    main = kvittering.tekst.partition("Rett den, eller ta den ut")[2]
    assert "Besøk på praksisplassen" not in main.partition("Nylig mistet")[0]


def test_det_blir_samme_rad_som_kommandolinjen_skriver(leser: Nettleser, klasse: Path, kjor: Kjor) -> None:
    leser.post(
        "/logg",
        {**filled(leser.get(BESOK)), "status": "ikke_mott", "form": "telefon", "varighet": "45", "notat": "=1+1"},
    )
    kjor("logg", "ny", "--mappe", klasse, "--deltaker", "D01", "--rutine", "besok", "--dato", "2024-03-01",
         "--utfort-av", "l1", "--deltok", "l1,deltaker", "--status", "ikke_mott", "--form", "telefon", "--varighet", "45",
         "--notat", "=1+1")  # fmt: skip
    *_, a, b = rader(klasse)
    assert a | {"id": ""} == b | {"id": ""}
    assert a["varighet"] == "45 minutter"
    assert a["notat"] == "'=1+1"  # no spreadsheet runs it


def test_alle_feil_paa_en_gang_og_det_som_er_skrevet_blir_staaende(leser: Nettleser, klasse: Path) -> None:
    before = (klasse / "kontakter.csv").read_bytes()
    svar = leser.fyll("/logg", deltaker="D02, D77", hva="", dato="31.02.2024", varighet="en stund", utfort_av="hvemsomhelst",
                      notat="husk dette", status="kanskje", deltok=["deltaker", "nissen"])  # fmt: skip
    assert svar.kode == 422
    assert (klasse / "kontakter.csv").read_bytes() == before
    summary = svar.html.partition('class="oppsummering"')[2].partition("</div>")[0]
    links = dict(re.findall(r'<a href="#(\w+)">([^<]*)</a>', summary))
    assert set(links) == {"deltaker", "hva", "dato", "varighet", "utfort_av", "status", "deltok"}
    assert "D77" in unescape(links["deltaker"])
    assert 'tabindex="-1" autofocus' in svar.html.partition('class="oppsummering"')[2][:120]
    for name in links:  # each at its field, and tied to it
        assert f'id="{name}-feil"' in svar.html
        assert f'id="{name}"' in svar.html
        assert f'aria-describedby="{name}-feil' in svar.html
    assert svar.html.count("<title>Feil: ") == 1
    assert "husk dette</textarea>" in svar.html
    assert 'value="D02, D77"' in svar.html
    assert 'value="31.02.2024"' in svar.html


def test_sendt_to_ganger_skrives_en_gang(leser: Nettleser, klasse: Path) -> None:
    felt = filled(leser.get(BESOK))
    n = len(rader(klasse))
    one, two = leser.post("/logg", felt), leser.post("/logg", felt)
    assert one.hoder["location"] == two.hoder["location"]
    assert len(rader(klasse)) == n + 1
    assert leser.post("/logg", {**felt, "_nokkel": "en-annen"}).kode == 303  # another form is another row
    assert len(rader(klasse)) == n + 2
    # Gone back to, and changed: also where the browser shows the old page with its old key.
    tilbake = leser.follow(leser.post("/logg", {**felt, "deltaker": "D03"}))
    assert "k17" in tilbake.tekst
    assert rader(klasse)[-1]["deltaker"] == "D03"
    n += 1
    assert leser.post("/logg", {**felt, "_nokkel": ""}).kode == 400
    assert leser.post("/logg", {**felt, "_nokkel": "x" * 65}).kode == 400
    assert len(rader(klasse)) == n + 2


def test_veien_videre_fra_en_kvittering_tar_den_ikke_med(leser: Nettleser) -> None:
    side = leser.follow(leser.post("/logg", {**filled(leser.get(BESOK)), "tilbake": "/?person=l1"}))
    assert "Rad k15" in side.tekst
    assert "kvittering" not in "".join(re.findall(r'href="([^"]*)"', side.html))
    assert "person%3Dl1" in side.html


def test_to_klikk_samtidig_skriver_en_rad(leser: Nettleser, klasse: Path) -> None:
    felt = filled(leser.get(BESOK))
    n = len(rader(klasse))
    svar: list[Svar] = []
    threads = [threading.Thread(target=lambda: svar.append(leser.post("/logg", felt))) for _ in range(6)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert {s.kode for s in svar} == {303}
    assert len({s.hoder["location"] for s in svar}) == 1
    assert len(rader(klasse)) == n + 1


def test_en_feil_bruker_ikke_opp_skjemaet(leser: Nettleser, klasse: Path) -> None:
    felt = filled(leser.get(BESOK))
    n = len(rader(klasse))
    galt = leser.post("/logg", {**felt, "dato": ""})
    assert galt.kode == 422
    assert galt.skjult["_nokkel"] == felt["_nokkel"][0]
    assert leser.post("/logg", felt).kode == 303
    assert len(rader(klasse)) == n + 1


@pytest.mark.parametrize("merke", ["~$kontakter.csv", ".~lock.kontakter.csv#"])
def test_aapen_i_excel_sies_og_det_som_er_skrevet_blir_staaende(leser: Nettleser, klasse: Path, merke: str) -> None:
    before = (klasse / "kontakter.csv").read_bytes()
    (klasse / merke).write_bytes(b"")
    felt = {**filled(leser.get(BESOK)), "notat": "viktig"}
    svar = leser.post("/logg", felt)
    assert svar.kode == 503
    assert "filen er åpen i et regneark" in svar.tekst
    assert "Ingenting er skrevet" in svar.tekst
    assert "viktig</textarea>" in svar.html
    assert (klasse / "kontakter.csv").read_bytes() == before
    (klasse / merke).unlink()
    assert leser.post("/logg", felt).kode == 303
    assert rader(klasse)[-1]["notat"] == "viktig"


@pytest.mark.parametrize(
    ("felt", "ord_"),
    [
        ({"status": "ikke_mott"}, "Ikke møtt: forsøket er ført, og det den gjaldt, står på listen ennå."),
        ({"status": "utsatt"}, "Utsatt: det den gjaldt, står på listen ennå."),
        ({"status": "avlyst"}, "Avlyst: det den gjaldt, står på listen ennå."),
        ({"dato": "2024-03-20"}, "Dagen er ikke kommet ennå. Kontakten teller fra den dagen."),
    ],
)
def test_det_som_ikke_teller_sies_det_hvorfor(leser: Nettleser, felt: dict[str, str], ord_: str) -> None:
    svar = leser.follow(leser.post("/logg", {**filled(leser.get(BESOK)), **felt}))
    assert ord_ in svar.tekst
    assert "Skyldes ikke lenger" not in svar.tekst
    assert "Besøk på praksisplassen" in svar.tekst


def test_uten_dem_rutinen_krever_teller_den_ikke(leser: Nettleser, klasse: Path) -> None:
    rutiner = (klasse / "test.toml").read_text(encoding="utf-8")
    assert "krever" in rutiner
    felt = filled(leser.get("/logg?deltaker=D03&rutine=elevsamtale"))
    svar = leser.follow(leser.post("/logg", {**felt, "deltok": "l1"}))
    assert "ikke alle som må være med" in svar.tekst.partition("Rett den")[0]
    assert "k15" in svar.tekst.rpartition("var med:")[2]


def test_som_rutinen_sier_er_de_rutinen_sier(leser: Nettleser, klasse: Path) -> None:
    felt = filled(leser.get("/logg"))
    assert felt["deltok"] == ["rutinen"]
    assert re.search(r'<input id="deltaker"[^>]* autofocus>', leser.get("/logg").html)
    leser.post("/logg", {**felt, "deltaker": "d03 ; D01", "hva": "elevsamtale"})
    row = rader(klasse)[-1]
    assert (row["deltaker"], row["utfort_av"]) == ("D03,D01", "l1")
    assert set(row["deltok"].split(",")) >= {"deltaker", "l1"}
    leser.post("/logg", {**filled(leser.get("/logg")), "deltaker": "D01", "hva": "type:elevsamtale"})
    row = rader(klasse)[-1]
    assert (row["rutine"], row["type"], row["deltok"]) == ("", "elevsamtale", "")


def test_det_som_skyldes_star_forst_blant_valgene(leser: Nettleser) -> None:
    body = leser.get("/logg?deltaker=D01").html.partition('<select id="hva"')[2]
    groups = re.findall(r'<optgroup label="([^"]*)">\s*<option value="([^"]*)"', body)
    assert groups[0] == ("Skyldes nå", "besok")


def test_en_hendelse_viser_hva_den_setter_i_gang(leser: Nettleser, klasse: Path) -> None:
    svar = leser.fyll("/hendelse", deltaker="D01", type="hoyt_fravaer", dato="2024-02-28", oppdaget="", notat="")
    tekst = leser.follow(svar).tekst
    assert "Rad h3 i hendelser.csv" in tekst
    assert re.search(r"Nytt på listen D01: Varsel om høyt fravær", tekst)
    assert rader(klasse, "hendelser")[-1]["type"] == "hoyt_fravaer"
    galt = leser.fyll("/hendelse", deltaker="", type="ferie", dato="2024-02-28", oppdaget="2024-02-27", notat="")
    assert galt.kode == 422
    assert {"deltaker", "type", "oppdaget"} == set(re.findall(r'<li><a href="#(\w+)">', galt.html))


def test_en_avtale_foeres_og_blir_utfoert(leser: Nettleser, klasse: Path) -> None:
    ny = {
        "deltaker": "D02",
        "tiltak": "Kjøpe bok",
        "ansvarlig": "l1",
        "frist": "2024-03-08",
        "dato": "2024-03-01",
        "grunnlag": "",
        "notat": "",
    }
    tekst = leser.follow(leser.fyll("/avtale", **ny)).tekst
    assert "Rad a5 i avtaler.csv" in tekst
    assert "Nytt på listen D02: Kjøpe bok (om 7 dager)" in tekst
    side = leser.get("/avtale/a5/utfort")
    assert "D02: Kjøpe bok" in side.tekst
    assert leser.fyll("/avtale/a5/utfort", dato="2024-02-01").kode == 422
    tekst = leser.follow(leser.fyll("/avtale/a5/utfort", dato="2024-03-01", tilbake="/?person=l1")).tekst
    assert "Skyldes ikke lenger D02: Kjøpe bok" in tekst
    assert [r["id"] for r in rader(klasse, "avtaler")][-2:] == ["a5", "a5.rett1"]
    galt = leser.fyll("/avtale", **{**ny, "deltaker": "D01,D02", "frist": "2024-02-01", "tiltak": " "})
    assert set(re.findall(r'<li><a href="#(\w+)">', galt.html)) == {"deltaker", "frist", "tiltak"}
    assert "Fristen (1. februar 2024) er før dagen det ble avtalt (1. mars 2024)." in galt.tekst


def test_en_rad_rettes_ved_siden_av_den_gamle(leser: Nettleser, klasse: Path) -> None:
    before = (klasse / "kontakter.csv").read_bytes()
    felt = filled(leser.get("/rett/kontakter/k03"))
    assert felt["deltok"] == ["l1"]
    uendret = leser.post("/rett/kontakter/k03", felt)
    assert uendret.kode == 422
    assert "slik fra før" in uendret.tekst
    assert (klasse / "kontakter.csv").read_bytes() == before
    svar = leser.follow(leser.post("/rett/kontakter/k03", {**felt, "deltok": ["l1", "deltaker"], "dato": "2023-12-13"}))
    row = rader(klasse)[-1]
    assert (row["id"], row["dato"], row["deltok"], row["type"]) == (
        "k03.rett1",
        "2023-12-13",
        "l1,deltaker",
        "elevsamtale",
    )
    assert (klasse / "kontakter.csv").read_bytes().startswith(before)
    assert "ikke alle som må være med" not in svar.tekst
    felt = filled(leser.get("/rett/kontakter/k03"))
    ut = leser.post("/rett/kontakter/k03", {**felt, "stryk": "ja"})
    assert leser.follow(ut).kode == 200
    assert rader(klasse)[-1]["id"] == "k03.utgar2"
    assert leser.get("/rett/kontakter/k03").kode == 404


def test_rett_rorer_ikke_det_den_ikke_forstar(leser: Nettleser, klasse: Path) -> None:
    with (klasse / "kontakter.csv").open("a", encoding="utf-8") as file:
        file.write("k50;14.02.2024;Elevsamtale;;D01, D09;l1, v1;v1, gjesten;kaffe;45 min;no_show;hemmelig;\n")
    felt = filled(leser.get("/rett/kontakter/k50"))
    assert (felt["status"], felt["dato"], felt["type"]) == (["ikke_mott"], ["2024-02-14"], ["elevsamtale"])
    assert leser.post("/rett/kontakter/k50", felt).kode == 422  # nothing is changed by it
    assert leser.post("/rett/kontakter/k50", {**felt, "dato": "2024-02-15"}).kode == 303
    row = rader(klasse)[-1]
    assert row["id"] == "k50.rett1"
    assert (row["deltaker"], row["deltok"], row["form"], row["notat"]) == (
        "D01, D09",
        "v1, gjesten",
        "kaffe",
        "hemmelig",
    )
    assert row["status"] == "no_show"
    assert row["utfort_av"] == "l1, v1"


def test_logg_i_excel_faar_raden_i_arbeidsboken(leser: Nettleser, klasse: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader((klasse / "kontakter.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"):
        sheet.append(row)
    (klasse / "kontakter.csv").unlink()
    book.save(klasse / "kontakter.xlsx")
    svar = leser.post("/logg", {**filled(leser.get(BESOK)), "notat": "=HYPERLINK(1)"})
    assert "Rad k15 i kontakter.xlsx" in leser.follow(svar).tekst
    found = load_workbook(klasse / "kontakter.xlsx").active
    assert found is not None
    last = [cell.value for cell in list(found.rows)[-1]]
    assert (last[0], last[2], last[4]) == ("k15", "bedriftsbesok", "D01")
    assert not (klasse / "kontakter.csv").exists()


def test_forste_rad_lager_filen(klasse: Path) -> None:
    for name in ("kontakter", "hendelser", "avtaler"):
        (klasse / f"{name}.csv").unlink()
    n = Nettleser(klasse, PER)
    assert "Rad k1 i kontakter.csv" in n.follow(n.post("/logg", filled(n.get(BESOK)))).tekst
    assert [r["id"] for r in rader(klasse)] == ["k1"]


def test_skrevet_er_skrevet_selv_om_noe_annet_gaar_galt_etterpaa(
    leser: Nettleser, klasse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    felt = filled(leser.get(BESOK))
    n = len(rader(klasse))
    oppsett = klasse / "oppfolging.toml"
    good = oppsett.read_bytes()
    monkeypatch.setattr("oppfolgingscli.web.lager.Lager.forget", lambda _self: oppsett.write_bytes(b"[[["))
    svar = leser.post("/logg", felt)
    assert svar.kode == 303
    assert leser.get(svar.hoder["location"]).kode == 503
    oppsett.write_bytes(good)
    assert leser.post("/logg", felt).hoder["location"] == svar.hoder["location"]
    assert len(rader(klasse)) == n + 1
    assert "Rad k15 i kontakter.csv" in leser.get(svar.hoder["location"]).tekst


FEIL_SPRAK = {
    "nn": r"\b(ikke|hvem|hva|noe|skrevet|fra|deltaker(en)?|siden|listen|hvordan|velg|uten|jeg|dager?)\b",
    "en": r"\b(og|er|som|skal|den|det|å|på|ikke|ikkje|hvem|hva|noe|fra|til|av|med|deltakere?n?|uten|velg|dager?|vis|rad)\b",
}


@pytest.mark.treg
@pytest.mark.parametrize("kode", FEIL_SPRAK)
def test_ingen_side_blander_sprak(leser: Nettleser, klasse: Path, kode: str) -> None:
    rutiner = klasse / "test.toml"  # the routines' own names are as the file has them
    rutiner.write_text(re.sub(r'navn = "[^"]*"', 'navn = "N"', rutiner.read_text(encoding="utf-8")), encoding="utf-8")
    leser.get(f"/?sprak={kode}")
    felt = filled(leser.get(BESOK))
    svar = [
        leser.fyll("/logg", deltaker="D77", hva="", dato="", status="gjennomfort", notat="01010112345"),
        leser.follow(leser.post("/logg", {**felt, "status": "ikke_mott"})),
        leser.follow(leser.post("/logg", {**felt, "_nokkel": "to"})),
        leser.fyll("/hendelse"), leser.fyll("/avtale"), leser.get("/avtale/a1/utfort"), leser.get("/rett/kontakter/k03"),
        leser.get("/finnes-ikke"), leser.send("PUT", "/"), leser.get("/" + "x" * 5000), leser.post("/", {"_merke": "x"}),
    ]  # fmt: skip
    for s in svar:
        assert f'<html lang="{kode}">' in s.html
        found = re.findall(FEIL_SPRAK[kode], s.tekst.replace("D03 Leksehjelp to ganger i uken", ""), re.IGNORECASE)
        assert not found, (found, s.tekst)
