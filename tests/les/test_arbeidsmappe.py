"""Opening a workspace: the files at the top, what comes out below."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hjelp import ROT
from oppfolgingscli.feil import Bruksfeil, Inndatafeil
from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe, open_arbeidsmappe
from oppfolgingscli.les.rutinesett import bundled_ids, load_rutinesett
from oppfolgingscli.modell.klasse import Datert, Praksis
from oppfolgingscli.sprak import set_sprak

OPPSETT = """
format = 1
deltakere = "deltakere.csv"
[klasse]
id = "k1"
navn = "Prøveklassen"
rutinesett = "rutiner/test.toml"
skolerute = "ingen"
start = 2023-08-21
slutt = 2025-06-20
"""
SETT = """
format = 1
[rutinesett]
id = "test"
navn = "Prøvesett"
kilde = "oppdiktet"
[roller.kontaktlaerer]
navn = "Kontaktlærer"
etat = "skole"
"""
RUTINE = """
[[rutiner]]
id = "{id}"
navn = "{id}"
type = "samtale"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
frekvens = {frekvens}
"""


def rutine(frekvens: str, name: str = "r", more: str = "") -> str:
    return RUTINE.format(id=name, frekvens=frekvens) + more + "\n"


def lag(folder: Path, **files: str) -> Path:
    """Make a workspace; `rutiner_test` is the file rutiner/test.toml."""
    texts = {
        "oppfolging.toml": OPPSETT,
        "rutiner/test.toml": SETT + rutine("{ behov = true }"),
        "deltakere.csv": "id\nD01\n",
    }
    for name, text in files.items():
        key = {"oppsett": "oppfolging.toml", "sett": "rutiner/test.toml", "skolerute": "skolerute.toml"}.get(
            name, f"{name}.csv"
        )
        texts[key] = text
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def kodene(error: Inndatafeil) -> list[str]:
    return [fault.kode for fault in error.feil]


@pytest.mark.parametrize("navn", sorted(p.parent.name for p in (ROT / "eksempler").glob("*/oppfolging.toml")))
def test_eksemplene_apnes(navn: str) -> None:
    opened = open_arbeidsmappe(ROT / "eksempler" / navn)
    assert opened.opplegg.deltakere
    assert opened.opplegg.rutinesett.versjoner


def test_mappen_finnes_herfra_og_oppover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = lag(tmp_path / "klasse") / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert open_arbeidsmappe().mappe == tmp_path / "klasse"
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Bruksfeil):
        open_arbeidsmappe()
    assert open_arbeidsmappe(tmp_path / "klasse" / "oppfolging.toml").mappe == tmp_path / "klasse"


def test_deltakere_og_perioder_fra_tabeller(tmp_path: Path) -> None:
    mappe = lag(
        tmp_path,
        deltakere=(
            "klasse;id;start;slutt;sluttårsak;gruppe;yting\n"
            "k1;007;21.08.2023;10.01.2024;Fødselspermisjon;Med-grunnskole;kvp\n"
            "k2;D99;;;;;\n"
            "k1;D02;;;;;\n"
        ),
        perioder=(
            "deltaker;slag;fra;til;verdi;sted;grunn;registrert\n"
            "007;praksis;2024-06-15;;;Barnehage 4;;\n"
            "007;praksis;2023-09-01;2024-06-14;;Barnehage 3;;\n"
            "007;ytelse;2024-01-01;;Tiltakspenger;;;\n"
            "007;Pause;2023-10-01;2023-10-05;;;permisjon;2023-09-20\n"
            "D02;fritak;;;r;;unødvendig;\n"
            "D02;pause;2024-01-01;;;;;\n"
        ),
    )
    first, second = open_arbeidsmappe(mappe).opplegg.deltakere
    assert (first.id, first.start, first.slutt, first.sluttarsak) == (
        "007",
        date(2023, 8, 21),
        date(2024, 1, 10),
        "fodselspermisjon",
    )
    assert first.gruppe == (Datert(verdi="med-grunnskole"),)
    assert first.ytelse == (Datert(verdi="kvp"), Datert(fra=date(2024, 1, 1), verdi="tiltakspenger"))
    assert first.praksis == (
        Praksis(fra=date(2023, 9, 1), til=date(2024, 6, 14), sted="Barnehage 3"),
        Praksis(fra=date(2024, 6, 15), sted="Barnehage 4"),
    )
    assert (first.pauser[0].grunn, first.pauser[0].registrert) == ("permisjon", date(2023, 9, 20))
    assert (second.fritak[0].rutine, second.fritak[0].grunn, second.pauser[0].grunn) == ("r", "unødvendig", "pause")


def test_bade_csv_og_xlsx_med_perioder_er_en_feil(tmp_path: Path) -> None:
    mappe = lag(tmp_path, perioder="deltaker;slag\n")
    (mappe / "perioder.xlsx").write_bytes(b"x")
    with pytest.raises(Inndatafeil) as caught:
        open_arbeidsmappe(mappe)
    assert kodene(caught.value) == ["to_filer"]


def test_versjoner_nummereres_etter_dato_og_slutter_dagen_for_den_neste(tmp_path: Path) -> None:
    sett = SETT.replace('kilde = "oppdiktet"', 'kilde = "oppdiktet"\ngjelder_fra = 2023-08-01')
    sett += rutine('{ hver = "3 uker" }', more="gjelder_fra = 2024-08-01")
    sett += rutine('{ hver = "2 uker" }')
    sett += rutine('{ hver = "4 uker" }', more='gjelder_fra = 2025-01-01\nkilde = "vedtak"\n')
    versjoner = open_arbeidsmappe(lag(tmp_path, sett=sett)).opplegg.rutinesett.versjoner
    assert [(v.nr, v.fra, v.til, v.rutine.kilde) for v in versjoner] == [
        (2, date(2024, 8, 1), date(2024, 12, 31), "oppdiktet"),
        (1, date(2023, 8, 1), date(2024, 7, 31), "oppdiktet"),
        (3, date(2025, 1, 1), None, "vedtak"),
    ]


def test_et_sett_som_bygger_pa_et_annet(tmp_path: Path) -> None:
    base = SETT.replace('"test"', '"felles"') + rutine('{ hver = "1 uke" }', "a") + rutine('{ hver = "1 uke" }', "b")
    own = SETT.replace('kilde = "oppdiktet"', 'kilde = "eget"\nbygger_pa = "felles.toml"\ngjelder_fra = 2024-08-01')
    own = own.replace("Kontaktlærer", "Lærer")
    own += rutine("{ behov = true }", "b", "gjelder_til = 2025-01-01") + rutine("{ behov = true }", "c")
    mappe = lag(tmp_path, sett=own)
    (mappe / "rutiner" / "felles.toml").write_text(base, encoding="utf-8")
    sett = open_arbeidsmappe(mappe).opplegg.rutinesett
    assert sett.hode.id == "test"
    assert sett.roller["kontaktlaerer"].navn == "Lærer"
    assert [(v.rutine.id, v.rutine.frekvens.slag, v.rutine.kilde, v.fra) for v in sett.versjoner] == [
        ("a", "hver", "oppdiktet", date(2024, 8, 1)),
        ("b", "behov", "eget", date(2024, 8, 1)),
        ("c", "behov", "eget", date(2024, 8, 1)),
    ]


def test_en_utskiftet_rutine_provs_mot_dem_som_bygger_pa_den(tmp_path: Path) -> None:
    base = SETT.replace('"test"', '"felles"') + rutine('{ hver = "1 uke" }', "a") + rutine('{ etter = "a" }', "b")
    own = SETT.replace('kilde = "oppdiktet"', 'kilde = "eget"\nbygger_pa = "felles.toml"')
    own += rutine("{ behov = true }", "a").replace('"deltaker"', '"klasse"')
    mappe = lag(tmp_path, sett=own)
    (mappe / "rutiner" / "felles.toml").write_text(base, encoding="utf-8")
    with pytest.raises(Inndatafeil) as caught:
        open_arbeidsmappe(mappe)
    assert kodene(caught.value) == ["ulikt_niva"]
    assert caught.value.feil[0].sted is not None
    assert caught.value.feil[0].sted.fil.endswith("felles.toml")


SKOLERUTE = """
format = 1
[skolerute]
id = "prove"
navn = "Prøveskolen"
[[skolear]]
id = "2023-2024"
forste = 2023-08-21
siste = 2024-06-21
"""


def _varsler(opened: Arbeidsmappe) -> list[tuple[str, str]]:
    return [(v.kode, v.sted) for v in opened.varsler]


def test_varsler_om_det_som_mangler(tmp_path: Path) -> None:
    sett = (
        SETT + '[[faser]]\nid = "mfy"\nnavn = "Modul"\n'
        + rutine('{ milepael = "eksamen:norsk" }', "e")
        + rutine('{ hver = "1 måned" }', "m")
        + rutine('{ hver = "1 måned" }', "n", 'gjelder = { ferie = "også" }')
        + rutine('{ hver = "4 uker" }', "u")
    )  # fmt: skip
    mappe = lag(tmp_path, sett=sett, skolerute=SKOLERUTE, oppsett=OPPSETT.replace('"ingen"', '"skolerute.toml"'))
    opened = open_arbeidsmappe(mappe)
    assert _varsler(opened) == [
        ("skolerute_mangler", "prove"),
        ("anker_mangler", "test/e"),
        ("anker_mangler", "test/mfy"),
        ("maneder_pa_klokke", "test/m"),
    ]
    assert "2024-2025" in opened.varsler[0].melding
    assert "2023-2024" not in opened.varsler[0].melding


def test_med_datoene_pa_plass_er_det_ingen_varsler(tmp_path: Path) -> None:
    sett = SETT + '[[faser]]\nid = "mfy"\nnavn = "Modul"\n' + rutine('{ milepael = "eksamen:norsk" }', "e")
    oppsett = OPPSETT + "eksamen.norsk = 2024-05-23\nfaser.mfy = { fra = 2023-08-21, til = 2025-06-20 }\n"
    assert open_arbeidsmappe(lag(tmp_path, sett=sett, oppsett=oppsett)).varsler == ()


def test_en_klokke_utenfor_skolens_ferier_kan_ga_i_maneder(tmp_path: Path) -> None:
    sett = SETT + '[[faser]]\nid = "l"\nnavn = "L"\nskolear = [1]\nskolerute = false\n'
    sett += rutine('{ hver = "1 måned" }', more='gjelder = { fase = "l" }')
    oppsett = OPPSETT.replace('"ingen"', '"skolerute.toml"').replace("slutt = 2025-06-20", "slutt = 2024-06-20")
    assert open_arbeidsmappe(lag(tmp_path, sett=sett, skolerute=SKOLERUTE, oppsett=oppsett)).varsler == ()


def test_feil_i_flere_filer_pa_en_gang(tmp_path: Path) -> None:
    mappe = lag(
        tmp_path,
        oppsett=OPPSETT.replace('navn = "Prøveklassen"', "").replace('"ingen"', '"skolerute.toml"'),
        sett=SETT + rutine('{ hver = "3 ukur" }', more='deltar = "rektor"') + rutine('{ etter = "x" }', "b"),
        skolerute=SKOLERUTE.replace("2024-06-21", "2023-06-21"),
        deltakere="id;start\nD 1;\nD02;i går\n",
    )
    with pytest.raises(Inndatafeil) as caught:
        open_arbeidsmappe(mappe)
    files = {Path(f.sted.fil).name for f in caught.value.feil if f.sted}
    assert files == {"oppfolging.toml", "test.toml", "skolerute.toml", "deltakere.csv"}
    assert "ukjent_rutine" in kodene(caught.value), "cross-checks of the parts that are right come along"


def test_en_feil_i_en_rutine_gir_ikke_folgefeil(tmp_path: Path) -> None:
    """A table that is wrong is still there: what refers to it is not unknown."""
    sett = (
        SETT.replace('etat = "skole"', 'etat = "skolen"')
        + rutine('{ hver = "3 ukur" }', "a")
        + rutine('{ etter = "a" }', "b")
    )
    with pytest.raises(Inndatafeil) as caught:
        open_arbeidsmappe(lag(tmp_path, sett=sett))
    assert kodene(caught.value) == ["ukjent_ord", "ugyldig_varighet"]


def test_meldingene_finnes_pa_brukerens_sprak_uten_at_noe_lagres_ved_import(tmp_path: Path) -> None:
    mappe = lag(tmp_path, oppsett=OPPSETT.replace("start = 2023-08-21", 'start = "i fjor"'))
    for code in ("nb", "nn", "en"):
        set_sprak(code)
        with pytest.raises(Inndatafeil) as caught:
            open_arbeidsmappe(mappe)
        assert "i fjor" in str(caught.value)


def test_medfolgende_sett_lastes_med_id_med_og_uten_norske_bokstaver() -> None:
    assert "oslo" in bundled_ids()
    assert load_rutinesett("sørumsand").hode.id == load_rutinesett("sorumsand").hode.id == "sorumsand"
    for name in ("osla", "../rutiner/oslo", "OSLO/..", ".."):
        with pytest.raises(Inndatafeil):
            load_rutinesett(name)
