"""Servers for the tests, on loopback: a real CalDAV server with a password, and one that answers whatever it is told."""

from __future__ import annotations

import base64
import contextlib
import http.client
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

BRUKER = "kari"
PASSORD = "Fløte-og-37-hemmelige:høner"
KODET = base64.b64encode(f"{BRUKER}:{PASSORD}".encode()).decode()


@dataclass
class Tjener:
    """A CalDAV server: the address of a user's home, and requests as that user or another client makes them."""

    hjem: str
    mappe: Path

    def be(self, metode: str, url: str, data: bytes = b"", **hoder: str) -> tuple[int, bytes]:
        parts = urlsplit(url)
        assert parts.hostname == "127.0.0.1"
        line = http.client.HTTPConnection(parts.netloc, timeout=60)
        headers = {"Authorization": f"Basic {KODET}", "Content-Type": "text/calendar; charset=utf-8", **hoder}
        try:
            line.request(metode, parts.path, data or None, headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def ny_kalender(self, navn: str) -> str:
        """Make an empty calendar and return its address."""
        url = f"{self.hjem}{navn}/"
        self.be("DELETE", url)
        assert self.be("MKCALENDAR", url)[0] == 201
        return url

    def filer(self, navn: str) -> dict[str, bytes]:
        """Return what the server has kept of a calendar, by file name, as it lies on its disk."""
        folder = self.mappe / "collection-root" / BRUKER / navn
        return {p.name: p.read_bytes() for p in folder.glob("*.ics")}


def radicale(mappe: Path) -> Iterator[Tjener]:
    """Run Radicale with one user until the generator is closed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (mappe / "brukere").write_text(f"{BRUKER}:{PASSORD}\n", encoding="utf-8")
    config = mappe / "config"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {mappe / 'brukere'}\nhtpasswd_encryption = plain\ndelay = 0\n"
        f"[rights]\ntype = owner_only\n[storage]\nfilesystem_folder = {mappe / 'data'}\n"
        "[logging]\nlevel = error\n",
        encoding="utf-8",
    )
    with (mappe / "log").open("wb") as log:
        server = subprocess.Popen([sys.executable, "-m", "radicale", "--config", str(config)], stdout=log, stderr=log)
        tjener = Tjener(f"http://127.0.0.1:{port}/{BRUKER}/", mappe / "data")
        try:
            for _ in range(400):
                with contextlib.suppress(OSError):
                    tjener.be("OPTIONS", tjener.hjem)
                    break
                assert server.poll() is None, (mappe / "log").read_text(encoding="utf-8")
                time.sleep(0.05)
            yield tjener
        finally:
            server.kill()
            server.wait(10)
    shutil.rmtree(mappe / "data", ignore_errors=True)


@dataclass
class Svar:
    """What a made-up server says; ``avbryt``: only so many bytes of the body, then it hangs up."""

    status: int = 200
    data: bytes = b""
    hoder: dict[str, str] = field(default_factory=dict)
    avbryt: int | None = None
    vent: float = 0


@dataclass
class Oppdiktet:
    """A server that says what `si` says, and remembers what it was asked."""

    url: str
    spurt: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    si: Callable[[str, str, int], Svar] = lambda _method, _path, _n: Svar()


def kalendersvar(sti: str, ressurser: dict[str, str] | None = None) -> Svar:
    """Return a calendar's answer to PROPFIND, holding these resources with their ETags."""
    one = "<response><href>{}</href><propstat><prop>{}</prop><status>HTTP/1.1 200 OK</status></propstat></response>"
    rows = [one.format(sti, "<resourcetype><collection/><C:calendar/></resourcetype>")]
    rows += [one.format(sti + n, f"<resourcetype/><getetag>{e}</getetag>") for n, e in (ressurser or {}).items()]
    body = f'<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">{"".join(rows)}</multistatus>'
    return Svar(207, body.encode(), {"Content-Type": "application/xml"})


def oppdiktet() -> Iterator[Oppdiktet]:
    """Run a made-up server until the generator is closed."""
    stop = threading.Event()

    class Behandler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            with contextlib.suppress(ConnectionError):
                super().handle_one_request()

        def svar(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            it.spurt.append((self.command, self.path, dict(self.headers)))
            said = it.si(self.command, self.path, len(it.spurt))
            if said.vent:
                stop.wait(said.vent)
            self.send_response(said.status)
            for name, value in said.hoder.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.data)))
            self.end_headers()
            self.wfile.write(said.data[: said.avbryt])
            if said.avbryt is not None:
                self.close_connection = True

        def __getattr__(self, name: str) -> object:
            if name.startswith("do_"):
                return self.svar
            raise AttributeError(name)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Behandler)
    server.daemon_threads = True
    it = Oppdiktet(f"http://127.0.0.1:{server.server_port}/kal/")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield it
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
