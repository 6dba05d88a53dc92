"""Each rule about who may ask, tried by an attack that must fail: nothing is told, and nothing is written."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from oppfolgingscli.web.okt import Okter
from oppfolgingscli.web.oppsett import Oppsett
from oppfolgingscli.web.vern import allowed_hosts
from web.conftest import PER
from web.tjener import PORT, Nettleser, Svar

HER = f"127.0.0.1:{PORT}"
SIDER = ("/", "/logg", "/hendelse", "/avtale", "/deltaker", "/rett/kontakter/k01", "/finnes-ikke", "/stil/side.css")
OVERALT = "0.0.0.0"  # noqa: S104 - nothing listens here
HEMMELIG = ("D02", "Oppfølging", "Lærer Q", "trekant", "k01")
HELE = {"deltaker": "D02", "hva": "elevsamtale", "dato": "2024-03-01", "status": "gjennomfort", "deltok": "deltaker"}


def tells_nothing(svar: Svar, kode: int) -> None:
    assert svar.kode == kode, svar.tekst
    assert not [word for word in HEMMELIG if word in svar.html]


def logg_av(klasse: Path) -> bytes:
    return b"".join((klasse / f"{name}.csv").read_bytes() for name in ("kontakter", "hendelser", "avtaler"))


# -- the key -------------------------------------------------------------------------------------------


def test_uten_nokkel_vises_ingenting_annet_enn_hvordan_man_starter(klasse: Path) -> None:
    fremmed = Nettleser(klasse, PER, inne=False)
    for side in SIDER[:-1]:
        svar = fremmed.get(side)
        tells_nothing(svar, 403)
        assert "oppfolging web" in svar.tekst
    assert fremmed.kjeks == {}
    assert fremmed.get("/stil/side.css").kode == 200  # says nothing about anybody


def test_nokkelen_virker_en_gang(klasse: Path) -> None:
    eier = Nettleser(klasse, PER, inne=False)
    nokkel = eier.okter.nokkel
    svar = eier.get(f"/?nokkel={nokkel}")
    assert (svar.kode, svar.hoder["location"]) == (303, "/")
    assert eier.get("/").kode == 200
    assert eier.okter.nokkel == ""
    eier.kjeks, mine = {}, eier.kjeks
    for forsok in (nokkel, "", "x", "å" * 43):
        tells_nothing(eier.get(f"/?nokkel={forsok}"), 403)
    eier.kjeks = mine
    assert eier.get(f"/?nokkel={nokkel}").hoder["location"] == "/"  # the owner clicks on the address again


@pytest.mark.parametrize("sti", ["/logg", "/inn", "/ut", "//", "/stil/side.css"])
def test_nokkelen_virker_bare_pa_forsiden(klasse: Path, sti: str) -> None:
    n = Nettleser(klasse, PER, inne=False)
    n.get(f"{sti}?nokkel={n.okter.nokkel}")
    assert n.kjeks == {}


def test_nokkel_og_kjeks_kan_ikke_gjettes(klasse: Path) -> None:
    nokler = {Okter().nokkel for _ in range(50)}
    assert len(nokler) == 50
    assert all(len(n) >= 43 for n in nokler)  # 256 bits
    svar = Nettleser(klasse, inne=False)
    kjeks = svar.get(f"/?nokkel={svar.okter.nokkel}").hoder["set-cookie"]
    assert "HttpOnly" in kjeks
    assert "SameSite=strict" in kjeks
    assert "Domain" not in kjeks  # this host and no other
    assert "Max-Age" not in kjeks  # gone with the browser


@pytest.mark.parametrize("verdi", ["", "x", "A" * 43, "å", "../../", "x; oppfolging_8123=y"])
def test_en_selvlaget_kjeks_slipper_ingen_inn(leser: Nettleser, verdi: str) -> None:
    leser.kjeks = {leser.oppsett.kjeks: verdi}
    tells_nothing(leser.get("/"), 403)


def test_en_okt_tar_slutt_naar_den_har_hvilt(klasse: Path) -> None:
    now = [0.0]
    okter = Okter(klokke=lambda: now[0])
    kjeks = okter.use_key(okter.nokkel)
    assert kjeks is not None
    now[0] = 11 * 3600
    assert okter.find(kjeks) is not None
    now[0] += 12 * 3600 + 1
    assert okter.find(kjeks) is None


def test_to_tjenere_deler_ikke_kjeks() -> None:
    assert Oppsett(Path(), port=1).kjeks != Oppsett(Path(), port=2).kjeks


# -- the host (DNS rebinding) --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "vert",
    [
        "ond.example", f"ond.example:{PORT}", f"127.0.0.1.ond.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "", f"0.0.0.0:{PORT}",
        f"[::ffff:127.0.0.1]:{PORT}", f"{HER}, ond.example", f"ond.example@{HER}", f"127.1:{PORT}", f"2130706433:{PORT}",
    ],
)  # fmt: skip
def test_et_annet_navn_i_host_blir_avvist(leser: Nettleser, klasse: Path, vert: str) -> None:
    before = logg_av(klasse)
    tells_nothing(leser.get("/", host=vert), 421)
    tells_nothing(leser.post("/logg", {**leser.get("/logg").skjult, **HELE}, host=vert, origin=f"http://{vert}"), 421)
    assert logg_av(klasse) == before


def test_navnene_maskinen_har_for_seg_selv_gar_an(leser: Nettleser) -> None:
    for vert in (HER, f"localhost:{PORT}", f"[::1]:{PORT}", f"LOCALHOST:{PORT}"):
        assert leser.get("/", host=vert).kode == 200


def test_hvem_en_tjener_for_flere_er() -> None:
    assert f"skole.example:{PORT}" in set(allowed_hosts(Oppsett(Path(), vert="skole.example", port=PORT)))
    assert "skole.example" in set(allowed_hosts(Oppsett(Path(), vert="skole.example", port=80)))
    assert not [h for h in allowed_hosts(Oppsett(Path(), vert=OVERALT, port=PORT)) if h.startswith(OVERALT)]


def test_lytter_den_overalt_ma_host_vaere_et_tall_eller_maskinens_navn(klasse: Path) -> None:
    n = Nettleser(klasse, PER, passord="lang nok hemmelighet", vert=OVERALT, inne=False)
    assert n.get("/", host=f"192.168.1.20:{PORT}").kode == 403  # the password's page
    assert n.get("/", host=f"ond.example:{PORT}").kode == 421


# -- forms from elsewhere (CSRF) -----------------------------------------------------------------------


FREMMEDE: list[dict[str, str]] = [
    {"origin": "http://ond.example"},
    {"origin": f"https://{HER}"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "null"},
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
    {"sec_fetch_site": "none"},
    {"origin": "http://ond.example", "sec_fetch_site": ""},
    {"origin": "", "sec_fetch_site": "cross-site"},
    {"origin": "", "sec_fetch_site": ""},
]


@pytest.mark.parametrize("hoder", FREMMEDE, ids=str)
def test_et_skjema_fra_et_annet_sted_skriver_ingenting(leser: Nettleser, klasse: Path, hoder: dict[str, str]) -> None:
    before = logg_av(klasse)
    svar = leser.post("/logg", {**leser.get("/logg").skjult, **HELE}, **hoder)
    tells_nothing(svar, 403)
    assert logg_av(klasse) == before


def test_et_skjema_uten_oktens_merke_skriver_ingenting(leser: Nettleser, klasse: Path) -> None:
    before = logg_av(klasse)
    skjult = leser.get("/logg").skjult
    en_annen = Nettleser(klasse, PER).get("/logg").skjult["_merke"]
    for merke in ("", "x", "å", en_annen, skjult["_merke"][:-1]):
        tells_nothing(leser.post("/logg", {**skjult, **HELE, "_merke": merke}), 403)
    without = {name: value for name, value in skjult.items() if name != "_merke"}
    tells_nothing(leser.post("/logg", {**without, **HELE}), 403)
    assert logg_av(klasse) == before
    assert leser.post("/logg", {**skjult, **HELE}).kode == 303  # and the real one does


def test_et_skjema_uten_kjeks_skriver_ingenting(leser: Nettleser, klasse: Path) -> None:
    before = logg_av(klasse)
    skjult = leser.get("/logg").skjult
    leser.kjeks = {}
    tells_nothing(leser.post("/logg", {**skjult, **HELE}), 403)
    assert logg_av(klasse) == before


def test_a_se_pa_en_side_skriver_ingenting(leser: Nettleser, klasse: Path) -> None:
    before = logg_av(klasse)
    query = "&".join(f"{k}={v}" for k, v in HELE.items())
    merke = leser.get("/logg").skjult
    assert leser.get(f"/logg?{query}&_merke={merke['_merke']}&_nokkel={merke['_nokkel']}").kode == 200
    assert logg_av(klasse) == before


# -- paths ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sti",
    [
        "/kontakter.csv", "/oppfolging.toml", "/stil/kontakter.css", "/stil/../kontakter.csv", "/stil/%2e%2e/kontakter.csv",
        "/stil/..%2f..%2fweb%2fstil%2fweb.css", "/stil/side", "/stil/side.css/..", "//etc/passwd", "/..", "/%2e%2e/oppfolging.toml",
        "/deltaker/..%2foppfolging.toml", "/deltaker/../../oppfolging.toml", "/deltaker/%00", "/deltaker/con", "/deltaker/D02%00.toml",
        "/rett/kontakter/..%2f..%2fkontakter", "/rett/..%2fkontakter/k01", "/rett/oppfolging/k01", "/rett/kontakter/k01%00",
        "/avtale/..%2fa1/utfort", "/avtale/C:%5Cwindows/utfort", "/stil/C:%5Cwindows%5Cwin.css",
    ],
)  # fmt: skip
def test_ingen_fil_hentes_ved_navn(leser: Nettleser, sti: str) -> None:
    from urllib.parse import unquote

    svar = leser.send("GET", unquote(sti).encode("latin-1", "replace").decode("latin-1"))
    assert svar.kode == 404, (sti, svar.tekst)
    assert "elevsamtale" not in svar.html
    assert "root:" not in svar.html
    assert "[klasse]" not in svar.html


@pytest.mark.parametrize(
    "tilbake",
    ["//ond.example", "https://ond.example/", "/\\ond.example", "javascript:alert(1)", "ond.example", "/finnes-ikke", "/logg#x",
     "/\r\nSet-Cookie: a=b", "\\\\ond.example", "/ /ond.example", "http:/ond", ""],
)  # fmt: skip
def test_veien_tilbake_er_alltid_en_av_vare_egne(leser: Nettleser, tilbake: str) -> None:
    skjult = leser.get("/logg").skjult
    svar = leser.post("/logg", {**skjult, **HELE, "tilbake": tilbake})
    assert svar.kode == 303
    assert re.fullmatch(r"/\?kvittering=[\w-]+", svar.hoder["location"])
    assert "set-cookie" not in svar.hoder


# -- methods, sizes, headers ---------------------------------------------------------------------------


@pytest.mark.parametrize("metode", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "X" * 2000])
def test_andre_metoder_avvises(leser: Nettleser, metode: str) -> None:
    for sti in ("/", "/logg", "/stil/side.css"):
        tells_nothing(leser.send(metode, sti), 405)


@pytest.mark.parametrize("sti", ["/", "/deltaker", "/maned", "/rapport", "/arshjul", "/deltaker/D02"])
def test_sider_uten_skjema_tar_ikke_imot_noe(leser: Nettleser, sti: str) -> None:
    tells_nothing(leser.post(sti, {"_merke": leser.get("/logg").skjult["_merke"]}), 405)


def test_det_som_er_for_stort_avvises_foer_det_leses(leser: Nettleser, klasse: Path) -> None:
    before = logg_av(klasse)
    skjult = leser.get("/logg").skjult
    assert leser.post("/logg", {**skjult, **HELE, "notat": "x" * 300_000}).kode == 413
    assert leser.post("/logg", {**skjult, **HELE, "notat": "x" * 300_000}, content_length="10").kode == 413
    assert leser.post("/logg", {**skjult, **HELE, "notat": "x" * 300_000}, content_length="").kode == 413
    for lengde in ("-1", "1e3", "9" * 30, "٣"):
        assert leser.send("POST", "/logg", b"", {"content_length": lengde, "sec_fetch_site": "same-origin"}).kode == 413
    assert leser.get("/?" + "x" * 5000).kode == 414
    assert leser.get("/" + "x" * 5000).kode == 414
    many = "&".join(f"a{i}=1" for i in range(2000)).encode()
    assert leser.send("POST", "/logg", many, {"sec_fetch_site": "same-origin"}).kode == 403  # its mark is not read
    assert logg_av(klasse) == before


HODER = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}  # fmt: skip


def test_hvert_svar_har_hodene_som_verner(leser: Nettleser, klasse: Path) -> None:
    fremmed = Nettleser(klasse, PER, inne=False)
    svar = [leser.get(side) for side in SIDER]
    svar += [
        leser.fyll("/logg", **HELE),
        leser.fyll("/logg"),
        leser.send("PUT", "/"),
        leser.get("/", host="ond.example"),
    ]
    svar += [fremmed.get("/"), fremmed.get(f"/?nokkel={fremmed.okter.nokkel}"), leser.get("/?" + "x" * 5000)]
    assert {s.kode for s in svar} >= {200, 303, 403, 404, 405, 414, 421, 422}
    for s in svar:
        assert {name: s.hoder.get(name) for name in HODER} == HODER, s.kode
        assert s.hoder["referrer-policy"] in ("same-origin", "no-referrer")
        assert "server" not in s.hoder


def test_ingen_side_har_skript_eller_stil_i_seg(leser: Nettleser) -> None:
    for side in SIDER[:-1]:
        html = leser.get(side).html
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:|https?://(?!127\.0\.0\.1)", html), side


# -- what people write ---------------------------------------------------------------------------------


ONDT = "<img src=x onerror=alert(1)>\"'&{{7*7}}"


def test_tekst_fra_filer_og_adresser_er_alltid_tekst(leser: Nettleser, klasse: Path) -> None:
    with (klasse / "avtaler.csv").open("a", encoding="utf-8") as file:
        file.write(
            f'a9;2024-02-01;D03;"{ONDT.replace(chr(34), chr(34) * 2)}";{ONDT.replace(chr(34), "")};2024-02-23;;;;\n'
        )
    with (klasse / "kontakter.csv").open("a", encoding="utf-8") as file:
        file.write("<b>k</b>;2024-02-01;<i>slag</i>;;<u>D</u>;;;;;;;\n")
    from urllib.parse import quote

    for sti in ("/", f"/logg?deltaker={quote(ONDT)}&rutine={quote(ONDT)}&tilbake={quote(ONDT)}", f"/{quote(ONDT)}",
                f"/deltaker/{quote(ONDT)}", f"/?person={quote(ONDT)}", "/avtale/a9/utfort", f"/?kvittering={quote(ONDT)}"):  # fmt: skip
        html = leser.get(sti).html
        assert "<img src" not in html
        assert "<b>k</b>" not in html
        assert "49" not in html.partition("{{7*7}}")[0][-5:]
    assert "&lt;img src=x" in leser.get("/").html


NUMRE = (
    "01010112345",
    "010101 12345",
    "010101-12345",
    "01.01.01.12345",
    "４１０１０１１２３４５",
    "01010112345 og mer",
)


@pytest.mark.parametrize("nummer", NUMRE)
def test_elleve_siffer_nektes_og_gjentas_aldri(leser: Nettleser, klasse: Path, nummer: str) -> None:
    from urllib.parse import quote, urlencode

    before = logg_av(klasse)
    for navn in ("deltaker", "hva", "dato", "status", "deltok", "utfort_av", "form", "notat", "varighet", "tilbake"):
        svar = leser.fyll("/logg", **{**HELE, navn: nummer})
        assert nummer not in svar.html, navn
        assert quote(nummer) not in svar.html, navn
        assert svar.kode == 422, navn
    for side, felt in (("/hendelse", "notat"), ("/avtale", "tiltak"), ("/rett/kontakter/k01", "form")):
        svar = leser.fyll(side, deltaker="D01", type="avbrudd", dato="2024-03-01", **{felt: nummer})
        assert (svar.kode, nummer in svar.html) == (422, False)
    for sti in (f"/?{urlencode({'person': nummer})}", f"/logg?{urlencode({'deltaker': nummer})}", f"/?{urlencode({nummer: 'x'})}",
                f"/logg?{urlencode({'tilbake': '/?person=' + nummer})}"):  # fmt: skip
        svar = leser.get(sti)
        assert nummer not in svar.html
        assert quote(nummer) not in svar.html
    svar = leser.send("GET", f"/deltaker/{nummer}" if nummer.isascii() else "/deltaker/x")
    assert svar.kode == 404
    assert nummer not in svar.html
    assert logg_av(klasse) == before


def test_en_kvittering_vises_bare_den_som_skrev(leser: Nettleser, klasse: Path) -> None:
    svar = leser.fyll("/logg", **HELE)
    assert "k15" in leser.follow(svar).tekst
    assert "Ført i loggen" not in Nettleser(klasse, PER).get(svar.hoder["location"]).tekst


# -- the password --------------------------------------------------------------------------------------


ORD = "et langt og godt passord"


def log_inn(n: Nettleser, ord_: str, **felt: str) -> Svar:
    return n.post("/inn", {**n.get("/").skjult, "passord": ord_, **felt})


def test_med_passord_er_det_passordet_som_slipper_en_inn(klasse: Path) -> None:
    n = Nettleser(klasse, PER, inne=False, passord=ORD)
    assert n.okter.nokkel == ""
    tells_nothing(n.get("/?nokkel="), 403)
    for galt in ("", ORD + " ", ORD.upper(), "01010112345"):
        tells_nothing(log_inn(n, galt), 403)
    ute = dict(n.kjeks)
    svar = log_inn(n, ORD)
    assert (svar.kode, svar.hoder["location"]) == (303, "/")
    assert n.get("/").kode == 200
    assert n.kjeks != ute  # another cookie than the one from before the password (session fixation)
    assert n.okter.find(*ute.values()) is None
    inne = dict(n.kjeks)
    n.kjeks = dict(ute)
    tells_nothing(n.get("/"), 403)
    n.kjeks = dict(inne)
    assert n.post("/ut", {"_merke": n.get("/logg").skjult["_merke"]}).kode == 303
    n.kjeks = dict(inne)
    tells_nothing(n.get("/"), 403)


def test_passordskjemaet_maa_ha_merket_og_komme_herfra(klasse: Path) -> None:
    n = Nettleser(klasse, PER, inne=False, passord=ORD)
    skjult = n.get("/").skjult
    tells_nothing(n.post("/inn", {"passord": ORD, "_merke": "x"}), 403)
    tells_nothing(n.post("/inn", skjult), 403)
    tells_nothing(n.post("/inn", {**skjult, "passord": ORD}, origin="http://ond.example"), 403)
    tells_nothing(n.get(f"/inn?passord={ORD}&_merke={skjult['_merke']}"), 403)
    assert n.post("/inn", {**skjult, "passord": ORD}).kode == 303


def test_mange_gale_passord_ma_vente_lenger_og_lenger(klasse: Path) -> None:
    now = [0.0]
    okter = Okter(ORD, klokke=lambda: now[0])
    kjeks = okter.greet()
    for _ in range(5):
        assert okter.log_in(kjeks, "galt") is None
    waits = []
    for _ in range(8):
        assert okter.log_in(kjeks, ORD) is None  # also the right one waits
        waits.append(okter.wait())
        now[0] += okter.wait()
        okter.log_in(kjeks, "galt")
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (1.0, 60.0)
    now[0] += 60
    assert okter.log_in(kjeks, ORD) is not None


def test_ventetiden_sies_med_ord(klasse: Path) -> None:
    n = Nettleser(klasse, PER, inne=False, passord=ORD)
    svar = [log_inn(n, "galt") for _ in range(6)][-1]
    assert svar.kode == 429
    assert "Vent 1 sekund." in svar.tekst


def test_mange_fremmede_kaster_ikke_ut_den_som_er_inne(klasse: Path) -> None:
    okter = Okter(ORD)
    inne = okter.log_in(okter.greet(), ORD)
    for _ in range(1000):
        okter.greet()
    assert inne is not None
    assert okter.find(inne) is not None


def test_dagen_er_dagen_i_dag_naar_ingen_annen_er_sagt(klasse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    n = Nettleser(klasse)
    for dag, ord_ in ((date(2024, 3, 1), "1. mars 2024"), (date(2024, 3, 2), "2. mars 2024")):
        monkeypatch.setattr("oppfolgingscli.cli.felles.i_dag", lambda dag=dag: dag)
        assert f"Regnet per {ord_}" in n.get("/").tekst
