"""`oppfolging kalender --caldav` against servers that refuse, hang, lie and hang up. The password is never shown."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from cli.test_kalender import mappe
from cli.test_kalender_caldav import innlogget, tie
from oppfolgingscli import publisert
from oppfolgingscli.tjener import forbindelse, samling
from tjenere import KODET, PASSORD, Oppdiktet, Svar, kalendersvar, oppdiktet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from hjelp import Kjor

__all__ = ["innlogget", "mappe"]  # fixtures
STI = "/kal/"


@pytest.fixture
def falsk() -> Iterator[Oppdiktet]:
    yield from oppdiktet()


@pytest.fixture
def annen() -> Iterator[Oppdiktet]:
    yield from oppdiktet()


def kjor_mot(kjor: Kjor, mappe: Path, falsk: Oppdiktet, *ord_: str) -> Result:
    return tie(
        kjor(
            "kalender", "--mappe", mappe, "--caldav", falsk.url, "--rolle", "nav_veileder", "--per", "2023-09-01", *ord_
        )
    )


@pytest.mark.parametrize(
    ("svar", "sier"),
    [
        (Svar(401, hoder={"WWW-Authenticate": 'Basic realm="x"'}), "tok ikke imot brukernavnet og passordet"),
        (Svar(401, hoder={"WWW-Authenticate": 'Digest realm="x"'}), "en annen innlogging"),
        (Svar(403), "du har ikke lov til å endre denne kalenderen"),
        (Svar(404), "det er ingen kalender på adressen. Lag en egen, tom kalender"),
        (Svar(405), "tar ikke imot kalendere (CalDAV)"),
        (Svar(501), "tar ikke imot kalendere (CalDAV)"),
        (Svar(200, b"<html>Logg inn</html>"), "tar ikke imot kalendere (CalDAV)"),
        (Svar(207, b"<multistatus"), "tar ikke imot kalendere (CalDAV)"),
        (Svar(207, b'<multistatus xmlns="DAV:"/>'), "tar ikke imot kalendere (CalDAV)"),
        (Svar(418), "tok ikke imot (418)"),
        (Svar(500, b"NullPointerException at"), "møtte en feil hos seg selv (500)"),
        (Svar(503), "stengt for vedlikehold"),
        (Svar(302, hoder={"Location": "/kal/"}), "sender oss i ring"),
        (Svar(302), "sender oss i ring"),
        (Svar(302, hoder={"Location": "javascript:alert(1)"}), "sender oss til et annet sted"),
        (Svar(200, b"x" * 100, avbryt=10), "brøt forbindelsen før svaret var helt"),
    ],
    ids=lambda v: str(getattr(v, "status", ""))[:12],
)
def test_refused_at_the_door_nothing_is_numbered(
    falsk: Oppdiktet, mappe: Path, kjor: Kjor, svar: Svar, sier: str
) -> None:
    falsk.si = lambda _method, _path, _n: svar
    result = kjor_mot(kjor, mappe, falsk)
    assert (result.exit_code, result.stdout) == (4, "")
    assert sier in result.stderr
    assert "NullPointer" not in result.stderr
    assert not (mappe / publisert.FILNAVN).exists()
    assert not (mappe / samling.FILNAVN).exists()


@pytest.mark.treg
@pytest.mark.parametrize(
    ("svar", "sier"),
    [
        (Svar(401), "tok ikke imot brukernavnet og passordet"),
        (Svar(403), "du har ikke lov til å endre"),
        (Svar(409), "i strid med noe som ligger der"),
        (Svar(403, b"<error><C:no-uid-conflict/></error>"), "Er den importert fra en fil?"),
        (Svar(400, b"Calendar object with UID already exists in this calendar"), "Er den importert fra en fil?"),
        (Svar(412), "noen endrer den samme avtalen akkurat nå"),
        (Svar(413), "større enn tjeneren tar imot"),
        (Svar(423), "låst av et annet program"),
        (Svar(500), "møtte en feil hos seg selv (500)"),
        (Svar(507), "ikke plass til mer på tjeneren"),
        (Svar(201, b"xxxx", avbryt=1), "brøt forbindelsen"),
        (Svar(301, hoder={"Location": "http://127.0.0.2:9/kal/x.ics"}), "Passordet er ikke sendt dit"),
    ],
    ids=lambda v: str(getattr(v, "status", ""))[:12],
)
def test_refused_underway_the_next_run_completes(
    falsk: Oppdiktet, mappe: Path, kjor: Kjor, svar: Svar, sier: str
) -> None:
    kept: dict[str, str] = {}

    def server(method: str, path: str, _n: int) -> Svar:
        name = path.rpartition("/")[2]
        if method == "PROPFIND":
            return kalendersvar(STI, kept)
        if method != "PUT":
            return Svar(404)
        if len(kept) == 3:
            return svar
        kept[name] = f'"{len(kept)}"'
        return Svar(201, hoder={"ETag": kept[name]})

    falsk.si = server
    result = kjor_mot(kjor, mappe, falsk)
    assert (result.exit_code, result.stdout) == (4, "")
    assert f"{sier}" in result.stderr
    assert "3 av 8 endringer er gjort. Kjør igjen, så tas resten." in result.stderr

    svar = Svar(201, hoder={"ETag": '"ny"'})
    falsk.spurt.clear()
    result = kjor_mot(kjor, mappe, falsk)
    assert "5 lagt inn, 0 endret, 0 slettet, 3 uendret." in result.stdout
    assert [method for method, _, _ in falsk.spurt] == ["PROPFIND"] + ["PUT"] * 5
    assert all(heads["If-None-Match"] == "*" for method, _, heads in falsk.spurt if method == "PUT")


def test_a_redirect_within_the_server_is_followed(falsk: Oppdiktet, mappe: Path, kjor: Kjor) -> None:
    def server(method: str, path: str, _n: int) -> Svar:
        if path == "/kal/":
            return Svar(307, hoder={"Location": "/dav/kari/"})
        return kalendersvar("/dav/kari/") if method == "PROPFIND" else Svar(201, hoder={"ETag": '"1"'})

    falsk.si = server
    result = kjor_mot(kjor, mappe, falsk)
    assert result.exit_code == 0, result.stderr
    assert {path.rpartition("/")[0] for method, path, _ in falsk.spurt if method == "PUT"} == {"/dav/kari"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_server_never_gets_the_password(
    falsk: Oppdiktet, annen: Oppdiktet, mappe: Path, kjor: Kjor, status: int
) -> None:
    falsk.si = lambda _method, _path, _n: Svar(status, hoder={"Location": annen.url})
    result = kjor_mot(kjor, mappe, falsk)
    assert result.exit_code == 4
    assert f"sender oss videre til http://{annen.url.split('/')[2]}. Passordet er ikke sendt dit." in result.stderr
    assert annen.spurt == []


def test_a_server_that_repeats_the_password_is_not_repeated(falsk: Oppdiktet, mappe: Path, kjor: Kjor) -> None:
    said = f"{PASSORD} Basic {KODET}".encode()
    for svar in (
        Svar(500, said),
        Svar(401, said, {"WWW-Authenticate": f'Basic realm="{KODET}"'}),
        Svar(302, said, {"Location": f"https://{KODET.lower()}.example/"}),
        Svar(207, said),
    ):
        falsk.si = lambda _method, _path, _n, svar=svar: svar  # type: ignore[misc] # a default keeps each its own
        assert kjor_mot(kjor, mappe, falsk).exit_code == 4


def test_a_server_that_hangs_is_given_up(
    falsk: Oppdiktet, mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forbindelse, "TIDSGRENSE", 0.3)
    falsk.si = lambda _method, _path, _n: Svar(vent=30)
    result = kjor_mot(kjor, mappe, falsk)
    assert result.exit_code == 4
    assert "svarte ikke på" in result.stderr


def test_a_server_that_drips_is_given_up(
    falsk: Oppdiktet, mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forbindelse, "SVARTID", -1)
    falsk.si = lambda _method, _path, _n: kalendersvar(STI)
    result = kjor_mot(kjor, mappe, falsk)
    assert (result.exit_code, "svarte ikke på" in result.stderr) == (4, True)


def test_a_busy_server_is_waited_for(falsk: Oppdiktet, mappe: Path, kjor: Kjor) -> None:
    def server(method: str, _path: str, n: int) -> Svar:
        if n == 1:
            return Svar(503, hoder={"Retry-After": "0"})
        return kalendersvar(STI) if method == "PROPFIND" else Svar(204, hoder={"ETag": '"1"'})

    falsk.si = server
    assert kjor_mot(kjor, mappe, falsk).exit_code == 0
    falsk.si = lambda _method, _path, _n: Svar(429, hoder={"Retry-After": "3600"})
    result = kjor_mot(kjor, mappe, falsk)
    assert (result.exit_code, "for mye å gjøre. Prøv igjen senere" in result.stderr) == (4, True)


def test_a_line_the_server_closes_between_requests_is_opened_again(falsk: Oppdiktet, mappe: Path, kjor: Kjor) -> None:
    answered = []

    def server(method: str, path: str, _n: int) -> Svar:
        if method == "PROPFIND":
            return kalendersvar(STI)
        answered.append(path)
        # Every other answer is cut off on a kept line, after the event had been taken.
        return Svar(201, b"xx", {"ETag": '"1"'}, avbryt=1 if len(answered) == 3 else None)

    falsk.si = server
    assert "8 lagt inn" in kjor_mot(kjor, mappe, falsk).stdout
    assert len(answered) == 9


def test_a_server_without_etags_is_read_before_it_is_written(falsk: Oppdiktet, mappe: Path, kjor: Kjor) -> None:
    kept: dict[str, bytes] = {}

    def server(method: str, path: str, _n: int) -> Svar:
        name = path.rpartition("/")[2]
        if method == "PROPFIND":
            return kalendersvar(STI, dict.fromkeys(kept, 'W/"svak"'))
        if method == "GET":
            return Svar(200, kept[name])
        kept[name] = b""
        return Svar(204)

    falsk.si = server
    kept_bodies = falsk
    assert "8 lagt inn" in kjor_mot(kjor, mappe, falsk).stdout
    # What a made-up server does not keep cannot be given back: what comes is nobody's, and stands.
    falsk.spurt.clear()
    result = kjor_mot(kjor, mappe, kept_bodies)
    assert "8 avtaler er endret av noen på tjeneren" in result.stderr
    assert {method for method, _, _ in falsk.spurt} == {"PROPFIND", "GET"}


@pytest.mark.parametrize(
    ("url", "sier"),
    [
        ("http://sky.example.no/kal/", "må begynne med https"),
        ("ftp://sky.example.no/", "skriv hele adressen"),
        ("sky.example.no/kal", "skriv hele adressen"),
        ("https:///kal", "skriv hele adressen"),
        ("https://sky.example.no:99999/", "skriv hele adressen"),
        ("https://sky.example.no/a b", "skriv hele adressen"),
        ("", "skriv hele adressen"),
        (f"https://kari:{PASSORD}@sky.example.no/kal/", "brukernavn eller passord i seg"),
        ("https://sky.example.no/kal/?token=hemmelig", "kan ikke ha «?»"),
        ("https://sky.example.no/01020312345/kal/", "elleve siffer"),
    ],
)
def test_addresses_that_cannot_be(mappe: Path, kjor: Kjor, url: str, sier: str) -> None:
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url))
    assert (result.exit_code, result.stdout) == (3 if "siffer" in sier else 2, "")
    assert sier in result.stderr
    assert "hemmelig" not in result.stderr
    assert "01020312345" not in result.stderr


def test_nobody_there(falsk: Oppdiktet, mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", "http://127.0.0.1:9/kal/"))
    assert (result.exit_code, "tar ikke imot" in result.stderr) == (4, True)
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", "https://finnes-ikke.invalid/kal/"))
    assert (result.exit_code, "Finner ikke finnes-ikke.invalid" in result.stderr) == (4, True)
    # Plain http where https was said.
    secure = falsk.url.replace("http://", "https://")
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", secure))
    assert (result.exit_code, "Fikk ingen sikker forbindelse" in result.stderr) == (4, True)
    assert falsk.spurt == []


def test_json_is_said_only_when_all_went_well(falsk: Oppdiktet, mappe: Path, kjor: Kjor) -> None:
    falsk.si = lambda method, _path, _n: kalendersvar(STI) if method == "PROPFIND" else Svar(201, hoder={"ETag": '"1"'})
    answer = json.loads(kjor_mot(kjor, mappe, falsk, "--format", "json").stdout)
    assert answer["valg"] == "rolle:nav_veileder"
    assert (answer["moter"], answer["frister"], answer["nye"]) == (2, 6, 8)
    assert answer["tjener"] == {
        "adresse": falsk.url,
        "lagt_inn": 8, "endret": 0, "slettet": 0, "uendret": 0,
        "overskrevet": [], "lagt_tilbake": [], "endret_der": [], "slettet_der": [], "fremmed": [], "latt_ligge": [],
    }  # fmt: skip


def test_a_proxy_gets_no_password(falsk: Oppdiktet, mappe: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, falsk.url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    falsk.si = lambda _method, _path, _n: Svar(407)
    result = tie(kjor("kalender", "--mappe", mappe, "--caldav", "https://sky.example.no/kal/"))
    assert (result.exit_code, "Får ikke kontakt med sky.example.no" in result.stderr) == (4, True)
    ((method, path, heads),) = falsk.spurt
    assert (method, path) == ("CONNECT", "sky.example.no:443")
    assert "Authorization" not in heads


def test_a_certificate_nobody_vouches_for(mappe: Path, kjor: Kjor, tmp_path: Path) -> None:
    """A real TLS server with a certificate of its own making; the password is never sent."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl er ikke installert")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                line, _ = listener.accept()
                line.settimeout(10)
                with context.wrap_socket(line, server_side=True) as secure:
                    heard.append(secure.recv(1000))

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/kal/"
        result = tie(kjor("kalender", "--mappe", mappe, "--caldav", url))
        thread.join(20)
    assert result.exit_code == 4
    assert "er ikke til å stole på (self-signed certificate). Passordet er ikke sendt." in result.stderr
    assert not any(heard)
