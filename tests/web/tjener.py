"""A browser without a network for the tests of the local page: one ASGI call a request, cookies kept, no JavaScript."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from oppfolgingscli.web.app import create_app
from oppfolgingscli.web.okt import Okter
from oppfolgingscli.web.oppsett import Oppsett

if TYPE_CHECKING:
    from oppfolgingscli.web.vern import App

PORT = 8123
_FELT = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
_TAGG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Svar:
    """One answer."""

    kode: int
    hoder: Mapping[str, str]
    innhold: bytes

    @property
    def html(self) -> str:
        return self.innhold.decode()

    @property
    def tekst(self) -> str:
        """What one reads: the page without its tags, white space as one space."""
        body = self.html.partition("<body>")[2] or self.html
        return " ".join(unescape(_TAGG.sub(" ", body)).split())

    @property
    def skjult(self) -> dict[str, str]:
        """The hidden fields of the page's first form."""
        form = self.html.partition('<form class="skjema"')[2]
        return {name: unescape(value) for name, value in _FELT.findall(form)}


class Nettleser:
    """One browser at one server. ``inne``: it has used the key already."""

    def __init__(
        self,
        mappe: Path,
        per: date | None = None,
        *,
        inne: bool = True,
        passord: str | None = None,
        **oppsett: int | str,
    ) -> None:
        self.oppsett = Oppsett(mappe, per, port=PORT, **oppsett)  # type: ignore[arg-type] # numbers and texts of Oppsett
        self.okter = Okter(passord)
        self.app = create_app(self.oppsett, self.okter)
        self.kjeks: dict[str, str] = {}
        if inne:
            self.get(f"/?nokkel={self.okter.nokkel}")

    def get(self, adresse: str, **hoder: str) -> Svar:
        return self.send("GET", adresse, hoder=hoder)

    def post(self, adresse: str, felt: Mapping[str, str | Sequence[str]], **hoder: str) -> Svar:
        """Send a form as a browser does from a page of ours."""
        given = {"origin": f"http://127.0.0.1:{PORT}", "sec_fetch_site": "same-origin", **hoder}
        return self.send("POST", adresse, urlencode(felt, doseq=True).encode(), given)

    def fyll(self, adresse: str, **felt: str | Sequence[str]) -> Svar:
        """Open a form, fill it in and send it; what is not named goes as it stands in no field."""
        return self.post(adresse, {**self.get(adresse).skjult, **felt})

    def follow(self, svar: Svar) -> Svar:
        assert svar.kode == 303, (svar.kode, svar.tekst[:500])
        return self.get(svar.hoder["location"])

    def send(self, metode: str, adresse: str, kropp: bytes = b"", hoder: Mapping[str, str] | None = None) -> Svar:
        """Send a request; a header given as "" is left out."""
        parts = urlsplit(adresse)
        names = {"host": f"127.0.0.1:{PORT}", **(hoder or {})}
        if self.kjeks and "cookie" not in names:
            names["cookie"] = "; ".join(f"{k}={v}" for k, v in self.kjeks.items())
        if metode == "POST":
            names = {"content_length": str(len(kropp)), **names}
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": metode, "scheme": "http",
            "path": parts.path, "raw_path": quote(parts.path, safe="/%").encode(), "query_string": parts.query.encode(),
            "root_path": "", "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in names.items() if v],
            "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", PORT),
        }  # fmt: skip
        svar = asyncio.run(_call(self.app, scope, kropp))
        for cookie in svar.hoder.get("set-cookie", "").split("\n"):
            name, _eq, rest = cookie.partition("=")
            if name:
                self.kjeks[name] = rest.partition(";")[0]
        return svar


async def _call(app: App, scope: dict[str, Any], body: bytes) -> Svar:
    sent: list[Any] = []
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:
            await asyncio.sleep(3600)
        asked = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    heads: dict[str, str] = {}
    for name, value in sent[0]["headers"]:
        key = name.decode().lower()
        heads[key] = f"{heads[key]}\n{value.decode()}" if key in heads else value.decode()
    return Svar(sent[0]["status"], heads, b"".join(m.get("body", b"") for m in sent[1:]))
