"""Whatever is sent: an answer and no fault, nothing of it that a browser runs, and the log before begins the log after."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hjelp import ROT
from web.conftest import PER
from web.tjener import Nettleser

SKJEMAER = (
    "/logg",
    "/hendelse",
    "/avtale",
    "/avtale/a1/utfort",
    "/rett/kontakter/k03",
    "/rett/hendelser/h1",
    "/rett/avtaler/a2",
)
FELT = (
    "deltaker", "hva", "rutine", "dato", "status", "deltok", "utfort_av", "form", "notat", "varighet", "slag", "type",
    "oppdaget", "tiltak", "ansvarlig", "frist", "utfort", "grunnlag", "tilbake", "stryk", "_nokkel", "kvittering", "sprak",
)  # fmt: skip
KJENT = (
    "D01", "D01,D03", "*", "elevsamtale", "besok", "type:varsel", "nr-6", "2024-03-01", "01.03.2024", "ikke_mott", "gjennomfort",
    "rutinen", "deltaker", "l1", "veileder", "45", "hoyt_fravaer", "=1+1", "<script>alert(1)</script>", "\x00", "\ud800", "'\"",
    "01010112345", "/deltaker/D01", "//ond.example", "a;b\r\nc", "9999-12-31", "0000-00-00", "k1.rett1", "{{ 7 * 7 }}", "ja",
)  # fmt: skip
HELT = {"deltaker": ["D01"], "hva": ["besok"], "dato": ["2024-03-01"], "type": ["hoyt_fravaer"], "tiltak": ["Bok"]}
"""Enough for any of the forms to be written, where nothing takes its place."""
VERDI = st.one_of(st.sampled_from(KJENT), st.text(max_size=30))


class _Verden:
    """One workspace for all of it: rows pile up, as they do."""

    def __init__(self) -> None:
        self.mappe = Path(shutil.copytree(ROT / "tests" / "cli" / "sjekk" / "klasse", Path(tempfile.mkdtemp()) / "k"))
        self.leser = Nettleser(self.mappe, PER)
        self.merke = self.leser.get("/logg").skjult["_merke"]

    def logg(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.mappe.glob("*.csv")}


@pytest.fixture(scope="module")
def verden() -> Iterator[_Verden]:
    found = _Verden()
    yield found
    shutil.rmtree(found.mappe.parent)


pytestmark = pytest.mark.treg

MANGE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANGE
@given(
    sti=st.sampled_from(SKJEMAER),
    felt=st.dictionaries(
        st.one_of(st.sampled_from(FELT), st.text(max_size=8)), st.lists(VERDI, max_size=3), max_size=14
    ),
    nokkel=st.text("abc", min_size=1, max_size=6),
)
def test_et_skjema_med_hva_som_helst(verden: _Verden, sti: str, felt: dict[str, list[str]], nokkel: str) -> None:
    before = verden.logg()
    given_ = {"_nokkel": [nokkel], **HELT, **felt, "_merke": [verden.merke]}
    body = urlencode(given_, doseq=True, errors="surrogatepass").encode()
    svar = verden.leser.send("POST", sti, body, {"sec_fetch_site": "same-origin"})
    assert svar.kode in (303, 400, 404, 422), svar.tekst
    assert "<script" not in svar.html
    assert "01010112345" not in svar.html
    after = verden.logg()
    assert set(after) == set(before)
    assert all(after[name].startswith(data) for name, data in before.items())
    if svar.kode != 303:
        assert after == before
    else:
        assert svar.hoder["location"].startswith("/")
        assert not svar.hoder["location"].startswith("//")
        assert verden.leser.follow(svar).kode in (200, 404)


@MANGE
@given(sti=st.sampled_from(("/", *SKJEMAER, "/deltaker/", "/rett/", "/avtale/", "/stil/")), rest=VERDI,
       felt=st.dictionaries(st.sampled_from(FELT), VERDI, max_size=5))  # fmt: skip
def test_en_adresse_med_hva_som_helst(verden: _Verden, sti: str, rest: str, felt: dict[str, str]) -> None:
    before = verden.logg()
    path = quote(rest, safe="/", errors="surrogatepass")
    query = urlencode(felt, errors="surrogatepass")
    svar = verden.leser.get(f"{sti}{path if sti.endswith('/') else ''}?{query}")
    assert svar.kode in (200, 404), svar.tekst
    assert "<script" not in svar.html
    assert "01010112345" not in svar.html
    assert verden.logg() == before


@MANGE
@given(body=st.binary(max_size=200), sti=st.sampled_from(SKJEMAER))
def test_bytene_kan_vaere_hva_som_helst(verden: _Verden, body: bytes, sti: str) -> None:
    before = verden.logg()
    svar = verden.leser.send("POST", sti, body, {"sec_fetch_site": "same-origin"})
    assert svar.kode == 403
    svar = verden.leser.send(
        "POST", sti, f"_merke={verden.merke}&_nokkel=q&".encode() + body, {"sec_fetch_site": "same-origin"}
    )
    assert svar.kode in (303, 404, 422)
    assert all(verden.logg()[name].startswith(data) for name, data in before.items())
