"""What a researcher reads of an export first: the letter that goes with it, and the codebook as a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oppfolgingscli import __version__
from oppfolgingscli.eksport.bunke import SKILLE
from oppfolgingscli.eksport.pakke import explained, used
from oppfolgingscli.eksport.tabeller_logg import TABELLER
from oppfolgingscli.sprak import _, ngettext, sprak
from oppfolgingscli.vis.dokument.modell import Avsnitt, Boks, Dokument, Liste, Overskrift, Tabell
from oppfolgingscli.vis.ord import dag_ord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.eksport.pakke import Eksport
    from oppfolgingscli.eksport.variabel import Tabell as Datatabell
    from oppfolgingscli.eksport.variabel import Variabel
    from oppfolgingscli.vis.dokument.modell import Blokk

#: «levert\\_kuttet»: within a word Markdown takes no underscore for markup, and many read the letter as plain text.
_INNI_ORD: Final = re.compile(r"(?<=\w)\\_(?=\w)")


def lesmeg(e: Eksport) -> str:
    """Write the letter as Markdown, in the language in use."""
    from oppfolgingscli.vis.dokument.md import to_markdown

    text = to_markdown(_document(_("Oppfølging av deltakere: eksport til forskning"), tuple(_letter(e)), e))
    return _INNI_ORD.sub("_", text)


def kodebok(e: Eksport) -> str:
    """Write the codebook as a page that needs nothing else, in the language in use."""
    from oppfolgingscli.vis.dokument.html import to_html

    return to_html(_document(_("Kodebok"), (*_warning(), *_about_codes(), *_variables(e)), e))


def _document(tittel: str, blokker: tuple[Blokk, ...], e: Eksport) -> Dokument:
    front = (
        (_("Regnet per"), dag_ord(e.per)),
        (_("Kjent"), dag_ord(e.kjent) if e.kjent else _("alt som er registrert")),
        (_("Etterslep"), ngettext("{n} dag", "{n} dager", e.lag).format(n=e.lag)),
        (_("Terskel"), ngettext("{n} deltaker", "{n} deltakere", e.terskel).format(n=e.terskel)),
        (_("Datoer"), _dates(e)),
        (_("Nøkkel"), _("tatt vare på for seg") if e.med_nokkel else _("ikke tatt vare på: ingen kan finne tilbake")),
        (_("Program"), _("oppfolging {versjon}").format(versjon=__version__)),
    )
    return Dokument(tittel, _("Pseudonymiserte personopplysninger"), sprak(), front, blokker)


def _dates(e: Eksport) -> str:
    if not e.uker:
        return _("som de var")
    return ngettext(
        "flyttet høyst {n} uke for hver deltaker", "flyttet høyst {n} uker for hver deltaker", e.uker
    ).format(n=e.uker)  # fmt: skip


def _warning() -> Iterator[Blokk]:
    yield Boks(
        _("Dette er personopplysninger"),
        _(
            "Navn og id-er er byttet ut, men opplysningene er pseudonymiserte, ikke anonyme (personvernforordningen "
            "artikkel 4 nr. 5). Den som vet noe om en deltaker fra før, kan skjønne hvem det er. Hold dem like "
            "godt som andre personopplysninger, del dem bare med dem avtalen nevner, og slett dem når arbeidet er gjort."
        ),
    )


def _letter(e: Eksport) -> Iterator[Blokk]:
    yield from _warning()
    yield Overskrift(1, _("Hva som er her"), "filer")
    rows = tuple((t.navn, _(t.forklaring), str(e.rader(t)), ", ".join(_files(t, e))) for t in TABELLER)
    yield Tabell(_("Tabellene"), (_("Tabell"), _("Hva en rad er"), _("Rader"), _("Filer")), rows)
    yield Avsnitt(
        _(
            "Hver variabel er beskrevet i {kodebok} og {tabell}. {pakke} beskriver det samme for programmer (Frictionless "
            "Data Package), med SHA-256 for hver fil. CSV-filene er UTF-8 med «{skille}» mellom feltene, datoer som "
            "2025-03-01, og tomt felt der noe mangler."
        ).format(kodebok="kodebok.html", tabell="kodebok.csv", pakke="datapackage.json", skille=SKILLE)
    )
    yield Avsnitt(_("Radene står i tilfeldig rekkefølge. Id-ene er tilfeldige og sier ikke noe om hvem de gjelder."))
    yield Overskrift(1, _("Hva som ikke er her"), "utelatt")
    yield Liste(tuple(_left_out(e)))
    yield Overskrift(1, _("Hva som kan røpe hvem noen er"), "indirekte")
    yield Avsnitt(_("Ingen av disse sier det alene, men flere sammen kan gjøre det, særlig i små klasser:"))
    yield Liste(
        tuple(f"{t.navn}: {', '.join(names)}" for t in TABELLER if (names := [v.navn for v in used(t, e) if v.indirekte]))
    )  # fmt: skip
    yield Avsnitt(
        _(
            "Publiser ingen tall om færre enn {n} deltakere, heller ikke slike som kan regnes ut av andre tall. "
            "«oppfolging revisjon» gjør det for sine egne tabeller, men ikke for dem du lager."
        ).format(n=e.terskel)
    )
    yield Overskrift(1, _("Regne ut målene igjen"), "mal")
    yield Liste(tuple(_measures(e)))


def _left_out(e: Eksport) -> Iterator[str]:
    yield _("Navn, e-post, notater, steder, ytelser, grunner til pauser og til at noen sluttet, avtalte tiltak.")
    yield _(
        "Rutiner som bare er for noen ytelser eller grupper, eller som følger av andre hendelser enn de som er nevnt under, er "
        "skjermet: punktene, og kontaktene som bare slike rutiner bruker, står uten deltaker og dag."
    )
    yield _("Hendelser av andre slag enn fravær, høyt fravær, risiko for frafall og avbrudd er med, men heter «andre».")
    yield _("Grupper og fylker der færre enn {n} deltakere har noe som er bedømt, heter «andre».").format(n=e.terskel)
    if e.uker:
        yield _(
            "Datoene til kontakter og hendelser er flyttet et helt antall uker, ulikt for hver deltaker. Ukedager og "
            "avstander for den enkelte er beholdt. Datoer som kan leses av en skolerute (start, slutt, vinduer, frister) "
            "er tatt bort, og det er også koblingen mellom punkt og kontakt, møtene flere var på, og dagene til noe var "
            "gjort: med dem kunne flyttingen regnes ut. Ferier synes fortsatt som hull, og loggens begynnelse og slutt synes."
        )
    if e.utelatt:
        yield ngettext(
            "{n} rad i loggene som ikke telles (kan ikke leses, etter dagen det er regnet per, duplikat, ukjent deltaker, type eller rutine).",
            "{n} rader i loggene som ikke telles (kan ikke leses, etter dagen det er regnet per, duplikat, ukjent deltaker, type eller rutine).",
            e.utelatt,
        ).format(n=e.utelatt)  # fmt: skip
    if e.uleste:
        yield ngettext(
            "{n} mappe som ikke kunne leses.", "{n} mapper som ikke kunne leses.", e.uleste
        ).format(n=e.uleste)  # fmt: skip


def _measures(e: Eksport) -> Iterator[str]:
    yield _("Andel i tide: av punktene der «bedomt» er sann, de med status i_tide. Der flere rutiner er sammen: uten slag = hver.")  # fmt: skip
    yield _("Andel gjort: av de samme, de der «gjort» er sann.")
    yield _("Laveste grense: de i tide, delt på antall der «bedomt» eller «unntatt» er sann.")
    yield _("Dose: summen av levert_kuttet (eller levert) delt på antall bedømte med slag antall eller milepael.")
    yield _(
        "Dekning: for hver deltaker «i_vinduet» for det første bedømte punktet; med slag = hver om det første er i_tide."
    )
    if not e.uker:
        yield _("Forsinkelse: Kaplan–Meier av ventedager, med «gjort» som utfall, over påkrevde punkter.")
    yield _("Usikkerhet: deltakerne er klynger. Skjermede punkter har ingen deltaker, og kan ikke være med der.")


def _about_codes() -> Iterator[Blokk]:
    yield Avsnitt(
        _(
            "Kodene er like på alle språk. I Stata og SPSS er koder og ja/nei tall med etiketter; tallet står mellom koden "
            "og det den betyr. Variablene som er merket med *, kan sammen med andre røpe hvem noen er. Kilder som begynner med "
            "«docs/», er programmets dokumentasjon."
        )
    )


def _variables(e: Eksport) -> Iterator[Blokk]:
    for t in TABELLER:
        title = _(t.tittel)
        yield Overskrift(1, title if title.lower() == t.navn else f"{title} ({t.navn})", t.navn)
        yield Avsnitt(" ".join((_(t.forklaring), _keys(t))))
        heads = (_("Variabel"), _("Hva den er"), _("Type"), _("Verdier"), _("Kilde"))
        rows = tuple((v.navn + "*" * v.indirekte, _what(v, e), _type(v), _values(v), _(v.kilde)) for v in t.variabler)
        yield Tabell(title, heads, rows, bredder=(14, 34, 12, 22, 18))


def _keys(t: Datatabell) -> str:
    parts = [_("Nøkkel: {felt}.").format(felt=", ".join(t.nokkel))] if t.nokkel else []
    parts += [_("{felt} viser til {tabell}.").format(felt=", ".join(f.felt), tabell=f.tabell) for f in t.fremmed]
    return " ".join(parts)


def _what(v: Variabel, e: Eksport) -> str:
    return " ".join(filter(None, (_(v.etikett) + ".", explained(v, e))))


def _type(v: Variabel) -> str:
    word = {
        "id": _("tilfeldig id"), "kode": _("kode"), "ord": _("ord"), "tekst": _("tekst"), "heltall": _("helt tall"),
        "dato": _("dato"), "sann": _("ja eller nei"),
    }[v.slag]  # fmt: skip
    if v.enhet:
        word += " (" + _(v.enhet) + ")"
    return word if v.krevd else _("{type}, kan mangle").format(type=word)


def _values(v: Variabel) -> str:
    if v.slag == "sann":
        return "\n".join(_("{kode} ({tall}): {hva}").format(kode=k, tall=n, hva=w) for k, n, w in (("false", 0, _("nei")), ("true", 1, _("ja"))))  # fmt: skip
    return "\n".join(
        _("{kode} ({tall}): {hva}").format(kode=code, tall=n, hva=_(word))
        for n, (code, word) in enumerate(v.verdier, 1)
    )


def _files(t: Datatabell, e: Eksport) -> list[str]:
    return [e.filer[t.navn, form].navn for form in e.former]
