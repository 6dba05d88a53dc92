"""Fills a template with a page: the frame around it, the menu, and the words that stand on every page.

Templates of ``web/maler`` extend ``ramme.html.j2``; those of the reports (``vis/html/maler``) can be included, as
``makro.html.j2`` is. Words come in ready translated, and every value is escaped but the pictures of ``vis/svg`` and
``vis/arshjul``, which escape their own. There are no scripts and no styles inside a page: the policy refuses both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oppfolgingscli.sprak import SPRAK, _, sprak
from oppfolgingscli.vis.html.side import environment, words
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.web.ruter import RUTER, address
from oppfolgingscli.web.stil import ark_adresse

if TYPE_CHECKING:
    from oppfolgingscli.web.kontekst import Kontekst
    from oppfolgingscli.web.kvittering import Kvittering
    from oppfolgingscli.web.svar import Side

_MALER = "web/maler"
_SPRAKNAVN = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def render(side: Side, k: Kontekst | None, *, med_passord: bool = False) -> str:
    """Return a page as HTML, in the language in use. ``k`` None: a page for somebody who has not come in."""
    template = environment(_MALER).get_template(side.mal)
    ramme = {
        "tittel": side.tittel,
        "klasse": k.klassenavn if k else "",
        "dag": dag_ord(k.per) if k else "",
        "meny": _menu(k) if k else [],
        "sprakvalg": _languages(k) if k else [],
        "ark": [ark_adresse(name) for name in ("side", "web", *side.css)],
        "merke": k.okt.merke if k else "",
        "logg_ut": med_passord and k is not None,
        "hjem": address("liste"),
        "kvittering": _receipt(k),
    }
    return template.render(sprak=sprak(), ord=_words(), ramme=ramme, **side.verdier)


def _receipt(k: Kontekst | None) -> Kvittering | None:
    if k is None or "kvittering" not in k.sporring:
        return None
    from oppfolgingscli.web.kvittering import find_kvittering

    return find_kvittering(k)


def _menu(k: Kontekst) -> list[tuple[str, str, str]]:
    """Return the menu: address, words, and what aria-current says ("" for the others)."""
    out = []
    for rute in RUTER:
        if rute.meny:
            current = "page" if rute is k.rute else "true" if rute.navn == k.rute.under else ""
            out.append((address(rute.navn), _(rute.meny), current))
    return out


def _languages(k: Kontekst) -> list[tuple[str, str, str]]:
    """Return the languages: code, name in itself, address of this page in it ("" for the one in use)."""
    return [(code, _SPRAKNAVN[code], "" if code == sprak() else k.her(sprak=code)) for code in SPRAK]


def _words() -> dict[str, str]:
    """Return the words of the frame, and those the macros of the reports ask for."""
    return {
        **words(),
        "meny": _("Sider"),
        "sprak": _("Språk"),
        "per": _("Regnet per"),
        "bunn": _("Alt ligger på denne maskinen. Ingenting sendes ut på nettet."),
        "logg_ut": _("Logg ut"),
    }


def fragment(mal: str, **verdier: Any) -> str:  # noqa: ANN401 - what a template takes is the template's own business
    """Fill a template that is a part of a page, for a page that puts itself together of several."""
    return environment(_MALER).get_template(mal).render(sprak=sprak(), ord=_words(), **verdier)
