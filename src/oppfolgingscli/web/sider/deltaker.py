"""The participants: who they are and how much is overdue for each, and one of them from the first day to the last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from oppfolgingscli.maltall.deltakere import behind, courses
from oppfolgingscli.maltall.underlag import Underlag
from oppfolgingscli.modell.frekvens import Hver
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.vis.rapportnavn import Rapportnavn
from oppfolgingscli.vis.svg.tidslinje import Akse, legend, timeline
from oppfolgingscli.web.ordvalg import codes
from oppfolgingscli.web.sider.deltaker_innhold import course, neighbours
from oppfolgingscli.web.sider.deltaker_logg import book
from oppfolgingscli.web.sider.liste import button_words
from oppfolgingscli.web.svar import Ikke, Side

if TYPE_CHECKING:
    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.gyldighet import Subjekt
    from oppfolgingscli.vis.svg.figur import Figur
    from oppfolgingscli.web.kontekst import Kontekst

_LOGG_VIST: Final = 12
"""Contacts shown without being asked for."""


def deltaker(k: Kontekst) -> Side:
    """Return the page of one participant, or of the class under its own id.

    Raises:
        Ikke: there is no such participant.
    """
    found = k.grunnlag
    id_ = k.sti["id"]
    s = next((s for s in found.subjekter if s.id == id_), None)
    if s is None:
        raise Ikke(404, _("Det er ingen deltaker med denne id-en i klassen."))
    own = s.deltaker is not None
    title = s.id if own else _("Klassen under ett")
    before, after = neighbours(found.subjekter, s.id)
    forlop = course(found, s.id, k.dager, k.sporring.en("punkt"))
    kinds = codes(found.arbeidsmappe.opplegg.rutinesett)
    here = k.her(kvittering=None, punkt=None)
    who = s.id if own else None
    bok = book(found, s)
    older = len(bok.kontakter) - _LOGG_VIST
    values = {
        "tittel": title,
        "t": _words(),
        "forrige": _neighbour(k, before),
        "neste": _neighbour(k, after),
        "alle": k.url("deltakere"),
        "fakta": _facts(found, s, k.per),
        "forlop": forlop,
        "bok": bok,
        "eldre": ngettext("{n} kontakt før det", "{n} kontakter før det", older).format(n=older),
        "vist": _LOGG_VIST,
        "figur": picture(found, s),
        "tegn": legend() if own else (),
        "ny": k.url("logg", deltaker=who, tilbake=here),
        "ny_ord": _("Før samtale") if own else _("Før i loggen"),
        "mer": [
            (_("Før hendelse"), k.url("hendelse", deltaker=who, tilbake=here)),
            (_("Ny avtale"), k.url("avtale", deltaker=who, tilbake=here)),
        ],
        "knapp": button_words,
        "logg": lambda rutine: k.url("logg", deltaker=who, rutine=kinds[rutine], tilbake=here),
        "utfort": lambda avtale: k.url("avtale_utfort", id=avtale, tilbake=here),
        "rett": lambda slag, rad: k.url("rett", logg=slag, id=rad, tilbake=here),
        "svar": lambda punkt: k.url("deltaker", id=s.id, punkt=punkt) + "#svar",
    }
    return Side("deltaker.html.j2", title, values, ("rapport", "deltaker"))


def _neighbour(k: Kontekst, id_: str | None) -> tuple[str, str] | None:
    return None if id_ is None else (k.url("deltaker", id=id_), id_)


def _facts(found: Grunnlag, s: Subjekt, per: date) -> list[str]:
    """Say since when a participant is in the class, and how many days do not count."""
    first, last = date.fromordinal(s.start), date.fromordinal(s.slutt)
    if s.deltaker is None:
        facts = [_("Klassen går fra {fra} til {til}.").format(fra=dag_ord(first), til=dag_ord(last))]
    elif first > per:
        facts = [_("Begynner {dato}.").format(dato=dag_ord(first))]
    elif last < per:
        facts = [_("I klassen {fra}–{til}.").format(fra=dag_ord(first), til=dag_ord(last))]
    else:
        facts = [_("I klassen fra {fra}, til {til}.").format(fra=dag_ord(first), til=dag_ord(last))]
    days = found.vurdering.pausedager.get(s.id, 0)
    if days:
        facts.append(
            ngettext("{n} dag i pause (teller ikke).", "{n} dager i pause (teller ikke).", days).format(n=days)
        )
    return facts


def picture(found: Grunnlag, s: Subjekt) -> Figur | None:
    """Return the course of a participant as the report draws it; None before the first day, and for the class."""
    v = found.vurdering
    versions = v.gyldighet.opplegg.rutinesett.versjoner
    if s.deltaker is None or s.start > v.per.toordinal():
        return None
    u = Underlag(v, 0)
    wanted = list(dict.fromkeys(x.rutine.id for x in versions))
    line = next(line for line in courses(u, wanted, behind(u, wanted)) if line.deltaker == s.id)
    clocks = {x.rutine.id for x in versions if isinstance(x.rutine.frekvens, Hver)}
    return timeline(line, Akse(line.start, v.per, wanted, clocks), Rapportnavn(v.gyldighet.opplegg.rutinesett), "bilde")


def _words() -> dict[str, str]:
    return {
        "bla": _("Bla mellom deltakerne"),
        "forrige": _("Forrige"),
        "neste": _("Neste"),
        "alle": _("Alle deltakere"),
        "na": _("Nå"),
        "rolig": _("Ingenting å gjøre nå."),
        "forlopet": _("Forløpet"),
        "kommende": _("Kommende"),
        "tidligere": _("Tidligere"),
        "ingen_tidligere": _("Ingenting ennå."),
        "ingen_kommende": _("Ikke noe mer."),
        "loggen": _("Loggen"),
        "kontakter": _("Kontakter"),
        "hendelser": _("Hendelser"),
        "avtaler": _("Avtaler"),
        "ingen_kontakter": _("Ingen kontakter er ført ennå."),
        "utfort": _("Utført"),
        "rett": _("Rett"),
        "svar": _("Hvorfor"),
        "hvorfor": _("Hvorfor?"),
        "regelen": _("Rutinen"),
        "punktet": _("Når"),
        "talt": _("Kontaktene"),
        "forklaring": _("Hva tegnene betyr"),
        "dato": _("Dato"),
        "hva": _("Hva"),
        "tiltak": _("Tiltak"),
        "hvem": _("Hvem"),
        "utfall": _("Hva det ble til"),
        "id": _("Id i loggen"),
    }


@dataclass(frozen=True, slots=True)
class Rad:
    """One participant in the list. ``stand``: "" for those in the class, else that they have left or not begun."""

    id: str
    navn: str
    url: str
    forfalt: int
    bak: int
    snart: int
    avtaler: int
    siste: str
    stand: str = ""


def deltakere(k: Kontekst) -> Side:
    """Return the list of participants, and the class itself, with what is overdue, behind and due soon for each."""
    found = k.grunnlag
    rows = _rows(k, found)
    first_overdue = k.sporring.en("etter") == "forfalt"
    if first_overdue:
        rows.sort(key=lambda row: (-row.forfalt, -row.bak, -row.snart))  # the order of ids stays among equals
    gone = [row for row in rows if row.stand]
    values = {
        "tittel": _("Deltakere"),
        "rader": [row for row in rows if not row.stand],
        "ute": gone,
        "t": {
            "ingen": _("Klassen har ingen deltakere ennå."),
            "hvem": _("Deltaker"),
            "forfalt": _("Forfalt"),
            "bak": _("På etterskudd"),
            "snart": ngettext("Innen {n} dag", "Innen {n} dager", k.dager).format(n=k.dager),
            "avtaler": _("Åpne avtaler"),
            "siste": _("Siste kontakt"),
            "tabell": _("Hvor mye som gjenstår for hver"),
            "ute": _("Har sluttet, eller har ikke begynt"),
            "rekkefolge": _("Rekkefølge"),
            "stand": _("Status"),
        },
        "valg": (
            (_("Etter id"), "" if not first_overdue else k.url("deltakere")),
            (_("Mest forfalt først"), "" if first_overdue else k.url("deltakere", etter="forfalt")),
        ),
    }
    return Side("deltakere.html.j2", _("Deltakere"), values, ("deltaker",))


def _rows(k: Kontekst, found: Grunnlag) -> list[Rad]:
    from oppfolgingscli.cli.vurdert import Utvalg
    from oppfolgingscli.modell.ord import naturlig

    overview = Utvalg(found, (), (), ()).overview(k.dager)
    klassen = found.vurdering.gyldighet.klassen
    people = sorted(found.vurdering.gyldighet.deltakerne, key=lambda s: (naturlig(s.id), s.id))
    ids = {s.id for s in people}
    subjects = {x.punkt.id: x.punkt.subjekt for x in found.vurdering.punkter}
    counted: Counter[tuple[str, str]] = Counter()
    for section, rows in overview.seksjoner.items():
        for rad in rows:
            own = subjects[rad.punkter[0]] if rad.punkter else rad.subjekt if rad.subjekt in ids else klassen.id
            counted[section, own] += rad.antall
    last = _last_contacts(found)
    out = []
    for s in (klassen, *people):
        name = s.id if s.deltaker is not None else _("klassen")
        counts = {section: counted[section, s.id] for section in ("forfalt", "bak", "snart", "avtaler")}
        latest = last.get(s.id)
        out.append(
            Rad(
                s.id, name[:1].upper() + name[1:], k.url("deltaker", id=s.id), **counts,
                siste=dag_ord(latest) if latest else "–", stand=_standing(s, k.per),
            )
        )  # fmt: skip
    return out


def _standing(s: Subjekt, per: date) -> str:
    if s.deltaker is None:
        return ""
    if s.start > per.toordinal():
        return _("begynner {dato}").format(dato=dag_ord(date.fromordinal(s.start)))
    if s.slutt < per.toordinal():
        return _("sluttet {dato}").format(dato=dag_ord(date.fromordinal(s.slutt)))
    return ""


def _last_contacts(found: Grunnlag) -> dict[str, date]:
    """Return the day of the last contact that was held with each subject, known on the day it was judged."""
    from oppfolgingscli.telling import names

    v = found.vurdering
    held = [
        x for x in found.logg.kontakter
        if x.status == "gjennomfort" and x.dato <= v.per and v.gyldighet.is_known(x.registrert)
    ]  # fmt: skip
    out: dict[str, date] = {}
    for s in found.subjekter:
        days = [x.dato for x in held if names(x, s)]
        if days:
            out[s.id] = max(days)
    return out
