"""`oppfolging web` as a command: what it writes, what it refuses, and a server that stands when it is shouted at."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from hjelp import Kjor
from oppfolgingscli.web import kommando
from web.leser import tjener


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would be served, without serving it."""
    calls: list[dict[str, Any]] = []

    def serve(oppsett: Any, okter: Any, listener: socket.socket, open_: str | None) -> None:  # noqa: ANN401 - as the real one
        calls.append({"oppsett": oppsett, "okter": okter, "bundet": listener.getsockname(), "apne": open_})
        listener.close()

    monkeypatch.setattr(kommando, "_serve", serve)
    monkeypatch.delenv(kommando.PASSORD, raising=False)
    return calls


def test_adressen_er_paa_denne_maskinen_med_en_nokkel(kjor: Kjor, klasse: Path, started: list[dict[str, Any]]) -> None:
    result = kjor("web", "--mappe", klasse, "--per", "2024-03-01", "--dager", "7")
    assert result.exit_code == 0
    (call,) = started
    oppsett = call["oppsett"]
    assert call["bundet"] == ("127.0.0.1", oppsett.port)
    assert result.stdout == f"http://127.0.0.1:{oppsett.port}/?nokkel={call['okter'].nokkel}\n"
    assert call["apne"] == result.stdout.strip()
    assert "Ctrl+C" in result.stderr
    assert (oppsett.mappe, str(oppsett.per), oppsett.sprak, oppsett.dager) == (klasse, "2024-03-01", "nb", 7)
    kjor("web", "--mappe", klasse, "--ikke-apne", "--sprak", "nn")
    assert (started[1]["apne"], started[1]["oppsett"].per, started[1]["oppsett"].sprak) == (None, None, "nn")
    assert started[1]["oppsett"].port != oppsett.port or started[1]["okter"].nokkel != call["okter"].nokkel


@pytest.mark.parametrize("vert", ["0.0.0.0", "::", "192.0.2.1", "skole.example", ""])  # noqa: S104 - refused
def test_andre_maskiner_slipper_ikke_til_uten_passord(
    kjor: Kjor, klasse: Path, started: list[dict[str, Any]], vert: str
) -> None:
    result = kjor("web", "--mappe", klasse, "--vert", vert)
    assert result.exit_code == 2
    assert "OPPFOLGING_WEB_PASSORD" in result.stderr
    assert result.stdout == ""
    assert started == []


def test_med_passord_er_det_ingen_nokkel(
    kjor: Kjor, klasse: Path, started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for refused in ("åtte ord", "01010112345 og litt til"):
        monkeypatch.setenv(kommando.PASSORD, refused)
        result = kjor("web", "--mappe", klasse, "--vert", "0.0.0.0")  # noqa: S104 - refused
        assert result.exit_code == 2
        assert refused not in result.stderr
    monkeypatch.setenv(kommando.PASSORD, "langt nok passord")
    result = kjor("web", "--mappe", klasse, "--vert", "0.0.0.0")  # noqa: S104 - nothing listens
    assert result.exit_code == 0
    assert "nokkel" not in result.stdout
    assert "passord" not in result.stdout
    assert "langt nok" not in result.stderr
    assert "ikke kryptert" in result.stderr
    monkeypatch.setenv(kommando.PASSORD, "langt nok passord")
    assert "nokkel" in kjor("web", "--mappe", klasse).stdout  # on one's own machine the key is enough


@pytest.mark.parametrize("ord_", [("--help",), ("web", "--help"), ("web", "--mappe", "finnes-ikke")])
def test_tjeneren_lastes_ikke_for_den_trengs(ord_: tuple[str, ...]) -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['oppfolging', *{ord_!r}]\n"
        "from oppfolgingscli.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('LASTET', *sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.rpartition("LASTET ")[2].split()}
    assert not loaded & {"starlette", "uvicorn", "anyio", "h11", "jinja2", "asyncio"}


def test_en_mappe_som_ikke_er_noen_arbeidsmappe(kjor: Kjor, tmp_path: Path, started: list[dict[str, Any]]) -> None:
    assert kjor("web", "--mappe", tmp_path).exit_code == 2
    assert kjor("web", "--mappe", tmp_path / "finnes-ikke").exit_code == 2
    assert started == []


def test_en_port_som_er_opptatt(kjor: Kjor, klasse: Path, started: list[dict[str, Any]]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = kjor("web", "--mappe", klasse, "--port", str(port))
    assert result.exit_code == 4
    assert f"127.0.0.1:{port} kan ikke brukes" in result.stderr


def ask(port: int, raw: bytes) -> bytes:
    """Send bytes as they are, and return what comes back before the server hangs up or it says no more."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
        s.sendall(raw)
        s.settimeout(0.3)
        out = b""
        try:
            while chunk := s.recv(65536):
                out += chunk
        except TimeoutError:
            pass
    return out


@pytest.mark.treg
def test_en_tjener_som_blir_staaende(klasse: Path) -> None:
    begun = time.monotonic()
    with tjener(klasse, "--per", "2024-03-01", miljo={"OPPFOLGING_SPRAK": "nb"}) as t:
        parts = urlsplit(t.start)
        door = http.client.HTTPConnection("127.0.0.1", t.port, timeout=10)
        door.request("GET", f"{parts.path}?{parts.query}")
        answer = door.getresponse()
        answer.read()
        assert time.monotonic() - begun < 20  # about one on an ordinary machine
        assert answer.status == 303
        door.close()
        assert answer.getheader("server") is None
        cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        rubbish = (
            b"GET / HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.0\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nHost: ond.example\r\n\r\n" % t.port,
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX: %s\r\n\r\n" % (t.port, b"x" * 100_000),
            b"GET /%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (b"x" * 100_000, t.port),
            b"\x00\xff\x16\x03\x01" * 100,
            b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % t.port,
            b"GET http://ond.example/ HTTP/1.1\r\nHost: ond.example\r\n\r\n",
            b"POST /logg HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % t.port,
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n" % t.port,
        )  # fmt: skip
        for raw in rubbish:
            out = ask(t.port, raw)
            assert b"D02" not in out
            assert b"Traceback" not in out
            assert not out.startswith(b"HTTP/1.1 200"), raw[:60]
        idle = [socket.create_connection(("127.0.0.1", t.port)) for _ in range(20)]  # open, and say nothing
        threads = [threading.Thread(target=ask, args=(t.port, b"POST /logg HTTP/1.1\r\nHost: x\r\n")) for _ in range(5)]
        for thread in threads:
            thread.start()
        door = http.client.HTTPConnection("127.0.0.1", t.port, timeout=10)
        door.request("GET", "/", headers={"Cookie": cookie})
        answer = door.getresponse()
        assert answer.status == 200
        assert "Hvem skylder jeg noe?" in answer.read().decode()
        door.close()
        for s in idle:
            s.close()
        for thread in threads:
            thread.join()
        code, out_text, err = t.stop()
    assert code == 130
    assert out_text == ""  # no log, and the key nowhere in one
    assert "nokkel" not in err
    assert "Traceback" not in err
    assert err.splitlines()[-1] == "Avbrutt."
