"""The table of pages: each one's address, the function that makes it, and its place in the menu."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import quote, urlencode

from oppfolgingscli.sprak import N_

if TYPE_CHECKING:
    from oppfolgingscli.web.kontekst import Kontekst
    from oppfolgingscli.web.svar import Svar

_SIDER: Final = "oppfolgingscli.web.sider"
_PARAMETER: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rute:
    """One page. ``funksjon``: ``module:function`` in ``web/sider``, imported the first time somebody asks for it.

    ``meny``: its words in the menu (marked with N_), "" for pages that are reached from others. ``under``: the page of
    the menu that this one belongs to. ``skriver``: whether it takes forms (POST).
    """

    navn: str
    sti: str
    funksjon: str
    meny: str = ""
    under: str = ""
    skriver: bool = False

    def load(self) -> Callable[[Kontekst], Svar]:
        """Import the page's function."""
        module, _colon, name = self.funksjon.partition(":")
        return cast("Callable[[Kontekst], Svar]", getattr(import_module(f"{_SIDER}.{module}"), name))


RUTER: Final = (
    Rute("liste", "/", "liste:liste", N_("Hvem skylder jeg noe?")),
    Rute("logg", "/logg", "logg:logg", N_("Før i loggen"), skriver=True),
    Rute("hendelse", "/hendelse", "hendelse:hendelse", under="logg", skriver=True),
    Rute("avtale", "/avtale", "avtale:avtale", under="logg", skriver=True),
    Rute("avtale_utfort", "/avtale/{id}/utfort", "avtale:utfort", under="logg", skriver=True),
    Rute("rett", "/rett/{logg}/{id}", "rett:rett", under="logg", skriver=True),
    Rute("deltakere", "/deltaker", "deltaker:deltakere", N_("Deltakere")),
    Rute("deltaker", "/deltaker/{id}", "deltaker:deltaker", under="deltakere"),
    Rute("maned", "/maned", "maned:maned", N_("Måned")),
    Rute("rapport", "/rapport", "rapport:rapport", N_("Rapport")),
    Rute("arshjul", "/arshjul", "arshjul:arshjul", N_("Årshjul")),
)
"""In the order of the menu."""

AV_NAVN: Final = {rute.navn: rute for rute in RUTER}


def address(side: str, /, **verdier: object) -> str:
    """Return the address of a page: what its path names goes there, the rest becomes the query.

    None and "" are left out; a list or tuple is repeated.

    Raises:
        KeyError: there is no page of that name, or its path lacks a value.
    """
    left = dict(verdier)
    path = _PARAMETER.sub(lambda m: quote(str(left.pop(m[1])), safe=""), AV_NAVN[side].sti)
    pairs = [
        (key, str(one))
        for key, value in left.items()
        for one in (value if isinstance(value, list | tuple) else (value,))
        if one is not None and one != ""
    ]
    return f"{path}?{urlencode(pairs)}" if pairs else path
