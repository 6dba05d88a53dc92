"""The four things we ask of a calendar on a server (RFC 4791 and 4918), and what its refusals mean for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from oppfolgingscli.feil import Systemfeil
from oppfolgingscli.sprak import N_, _
from oppfolgingscli.tjener.adresse import siste_ledd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.tjener.adresse import Adresse
    from oppfolgingscli.tjener.forbindelse import Forbindelse, Svar

_DAV: Final = "{DAV:}"
_CAL: Final = "{urn:ietf:params:xml:ns:caldav}"
_SPOR: Final = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>'
    b"<resourcetype/><getetag/><C:supported-calendar-component-set/></prop></propfind>"
)
_ETAG: Final = re.compile(r'(W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_EKSEMPLER: Final = 5

_AVSLAG: Final = {
    403: N_("{vert}: du har ikke lov til å endre denne kalenderen. Be den som eier den, om å gi deg skrivetilgang."),
    404: N_(
        "{vert}: det er ingen kalender på adressen. Lag en egen, tom kalender på tjeneren først, "
        "og bruk adressen du finner der.",
    ),
    410: N_("{vert}: kalenderen er slettet på tjeneren."),
    405: N_("{vert}: adressen tar ikke imot kalendere (CalDAV). Bruk adressen til kalenderen, ikke til nettsiden."),
    409: N_("{vert} tok ikke imot en avtale fordi den er i strid med noe som ligger der fra før."),
    412: N_("{vert}: noen endrer den samme avtalen akkurat nå. Kjør igjen om litt."),
    413: N_("{vert}: en avtale er større enn tjeneren tar imot."),
    423: N_("{vert}: kalenderen er låst av et annet program. Prøv igjen senere."),
    429: N_("{vert} har for mye å gjøre. Prøv igjen senere."),
    503: N_("{vert} har for mye å gjøre, eller er stengt for vedlikehold. Prøv igjen senere."),
    507: N_("{vert}: det er ikke plass til mer på tjeneren. Slett noe der, eller be om mer plass."),
}
_SAMME_SOM: Final = {501: 405}


@dataclass(frozen=True, slots=True)
class Innhold:
    """What is in a calendar on a server: resources by name, with their ETags (None when it gives none)."""

    adresse: Adresse
    ressurser: dict[str, str | None]


def liste(linje: Forbindelse, adresse: Adresse) -> Innhold:
    """Return what is in the calendar.

    Raises:
        Systemfeil: no calendar for events there, or no answer.
    """
    svar = linje.be("PROPFIND", adresse, _SPOR, {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"})
    if svar.status != 207:
        raise feil_for(linje, svar)
    try:
        # Of a server the user trusts with a password; expat itself stops entities that grow.
        root = ET.fromstring(svar.data)  # noqa: S314 - as said
    except (ET.ParseError, ValueError):
        raise _ikke_caldav(linje) from None
    here: ET.Element | None = None
    found: dict[str, str | None] = {}
    calendars = []
    for href, props in _svarene(root):
        place = svar.adresse.resolve(href)
        if place is None:
            continue
        kind = props.find(f"{_DAV}resourcetype")
        if unquote(place.sti) == unquote(svar.adresse.sti):
            here = props
        elif kind is not None and len(kind):
            calendars += [str(place)] if kind.find(f"{_CAL}calendar") is not None else []
        else:
            found[siste_ledd(place.sti)] = _etag(props.findtext(f"{_DAV}getetag"))
    if here is None:
        raise _ikke_caldav(linje)
    _check_calendar(linje, here, calendars)
    return Innhold(svar.adresse, found)


def hent(linje: Forbindelse, samling: Adresse, navn: str) -> tuple[bytes, str | None] | None:
    """Return a resource and its ETag; None when it is not there."""
    svar = linje.be("GET", samling.under(navn), hoder={"Accept": "text/calendar"})
    if svar.status in {404, 410}:
        return None
    if svar.status != 200:
        raise feil_for(linje, svar)
    return svar.data, _etag(svar.hoder.get("etag"))


def legg(linje: Forbindelse, samling: Adresse, navn: str, data: bytes, etag: str | None) -> tuple[bool, str | None]:
    """Put a resource in place of the version named ("*": any), or where there is none (None).

    Returns:
        (False, None) when another version is there now; else (True, the new ETag or None).
    """
    condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
    headers = {"Content-Type": "text/calendar; charset=utf-8; component=VEVENT", **condition}
    svar = linje.be("PUT", samling.under(navn), data, headers)
    if svar.status == 412 and not _samme_uid(svar):
        return False, None
    if svar.status not in {200, 201, 204}:
        raise feil_for(linje, svar)
    return True, _etag(svar.hoder.get("etag"))


def slett(linje: Forbindelse, samling: Adresse, navn: str, etag: str) -> bool:
    """Delete the version named ("*": any); False when another one is there now. Gone already is done."""
    svar = linje.be("DELETE", samling.under(navn), hoder={"If-Match": etag})
    if svar.status == 412:
        return False
    if svar.status not in {200, 202, 204, 404, 410}:
        raise feil_for(linje, svar)
    return True


def feil_for(linje: Forbindelse, svar: Svar) -> Systemfeil:
    """Return what a refusal means. Nothing the server wrote itself is repeated."""
    host = linje.adresse.vert_port
    if svar.status == 401:
        return Systemfeil(_innlogging(linje, svar))
    if _samme_uid(svar):
        return Systemfeil(
            _(
                "{vert}: kalenderen har en av avtalene fra før, under et annet navn. "
                "Er den importert fra en fil? Lag en ny, tom kalender på tjeneren, og bruk den.",
            ).format(vert=host),
        )
    known = _AVSLAG.get(_SAMME_SOM.get(svar.status, svar.status))
    if known:
        return Systemfeil(_(known).format(vert=host))
    if svar.status >= 500:
        text = _("{vert} møtte en feil hos seg selv ({status}). Prøv igjen senere.")
        return Systemfeil(text.format(vert=host, status=svar.status))
    if svar.status < 400:
        return _ikke_caldav(linje)
    text = _("{vert} tok ikke imot ({status}). Se etter at adressen er riktig.")
    return Systemfeil(text.format(vert=host, status=svar.status))


def konflikt(linje: Forbindelse) -> Systemfeil:
    """Return what to say when someone else keeps changing the same event."""
    return Systemfeil(_(_AVSLAG[412]).format(vert=linje.adresse.vert_port))


def _innlogging(linje: Forbindelse, svar: Svar) -> str:
    host = linje.adresse.vert_port
    wants = svar.hoder.get("www-authenticate", "").lower()
    if wants and "basic" not in wants:
        return _("{vert} vil ha en annen innlogging enn brukernavn og passord. Det kan ikke programmet.").format(
            vert=host
        )
    if linje.innlogging is None:
        return _("{vert} vil vite hvem du er. Skriv brukernavnet med --caldav-bruker.").format(vert=host)
    return _(
        "{vert} tok ikke imot brukernavnet og passordet. "
        "Bruker du totrinns innlogging, må du lage et eget app-passord på tjeneren.",
    ).format(vert=host)


def _samme_uid(svar: Svar) -> bool:
    """Return whether the answer says that the UID is there under another name (RFC 4791, 5.3.2.1)."""
    body = svar.data[:20_000].lower()
    return svar.status >= 400 and (b"no-uid-conflict" in body or b"uid already exists" in body)


def _check_calendar(linje: Forbindelse, here: ET.Element, calendars: list[str]) -> None:
    """Raise Systemfeil unless the properties are those of a calendar that takes events."""
    host = linje.adresse.vert_port
    if here.find(f"{_DAV}resourcetype/{_CAL}calendar") is None:
        if calendars:
            more = " …" if len(calendars) > _EKSEMPLER else ""
            text = _("{vert}: adressen er en mappe med kalendere. Velg en av dem: {adresser}")
            raise Systemfeil(text.format(vert=host, adresser=", ".join(calendars[:_EKSEMPLER]) + more))
        raise _ikke_caldav(linje)
    kinds = here.findall(f"{_CAL}supported-calendar-component-set/{_CAL}comp")
    if kinds and all((kind.get("name") or "").upper() != "VEVENT" for kind in kinds):
        raise Systemfeil(
            _("{vert}: dette er en liste for oppgaver. Lag en kalender for avtaler på tjeneren.").format(vert=host)
        )


def _ikke_caldav(linje: Forbindelse) -> Systemfeil:
    return Systemfeil(_(_AVSLAG[405]).format(vert=linje.adresse.vert_port))


def _svarene(root: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    """Yield each answer's link and the properties it has."""
    for answer in root.iter(f"{_DAV}response"):
        for found in answer.findall(f"{_DAV}propstat"):
            if " 200" in (found.findtext(f"{_DAV}status") or ""):
                props = found.find(f"{_DAV}prop")
                href = answer.findtext(f"{_DAV}href")
                if props is not None and href:
                    yield href, props


def _etag(tekst: str | None) -> str | None:
    """Return an ETag that may be sent back; None for a weak or unwritable one (RFC 9110, 8.8.3)."""
    found = _ETAG.fullmatch((tekst or "").strip())
    return found[0] if found and not found[1] else None
