"""What is logged about one participant (or the class), newest first: contacts, events and agreements. Never the notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.personvern import rens
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.telling import names
from oppfolgingscli.vis.ord import dag_ord, status_ord
from oppfolgingscli.vis.rapportnavn import Rapportnavn
from oppfolgingscli.vis.sjekkoversikt import role_names
from oppfolgingscli.vis.typeord import hendelse_ord

if TYPE_CHECKING:
    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.gyldighet import Subjekt
    from oppfolgingscli.hendelse import Kontakt


@dataclass(frozen=True, slots=True)
class Rad:
    """One row: the day, what, by whom, what came of it, and the row's id in the log (``vist``: as it is shown)."""

    dato: date
    dag: str
    hva: str
    hvem: str
    utfall: str
    id: str

    @property
    def vist(self) -> str:
        """The id without what a terminal or a page would act on."""
        return rens(self.id)


@dataclass(frozen=True, slots=True)
class Bok:
    """The log of one subject, each part newest first."""

    kontakter: tuple[Rad, ...]
    hendelser: tuple[Rad, ...]
    avtaler: tuple[Rad, ...]


def book(found: Grunnlag, s: Subjekt) -> Bok:
    """Return what is logged about a subject and known on the day it was judged."""
    v = found.vurdering
    known = v.gyldighet.is_known
    kinds = Rapportnavn(v.gyldighet.opplegg.rutinesett)
    people = _names(found)
    used: dict[str, list[str]] = {}
    for x in v.punkter:
        if x.kontakt is not None and x.punkt.subjekt == s.id:
            used.setdefault(x.kontakt.id, []).append(kinds.rutine(x.punkt.rutine))
    lacking = set(v.ufullstendige)
    contacts = [
        Rad(
            k.dato, dag_ord(k.dato), rens(kinds.type(k.type)), _people(k.utfort_av, people),
            _outcome(k, used.get(k.id, ()), lacking), k.id,
        )
        for k in found.logg.kontakter
        if names(k, s) and k.dato <= v.per and known(k.registrert)
    ]  # fmt: skip
    events = [
        Rad(
            h.dato, dag_ord(h.dato), _upper(rens(hendelse_ord(h.type))), "", _discovered(h.dato, h.oppdaget), rens(h.id)
        )
        for h in found.logg.hendelser
        if names(h, s) and h.dato <= v.per and known(h.registrert)
    ]
    agreements = [
        Rad(
            a.avtale.dato, dag_ord(a.avtale.dato), rens(" ".join(a.avtale.tiltak.split())),
            _people((a.avtale.ansvarlig,), people), _agreement(a.avtale.frist, a.avtale.utfort, a.status, v.per), a.avtale.id,
        )
        for a in v.avtaler
        if a.avtale.deltaker == (s.id if s.deltaker is not None else "")
    ]  # fmt: skip
    return Bok(_newest(contacts), _newest(events), _newest(agreements))


def _newest(rows: list[Rad]) -> tuple[Rad, ...]:
    return tuple(sorted(rows, key=lambda row: (row.dato, row.id), reverse=True))


def _names(found: Grunnlag) -> dict[str, str]:
    """Return the names of people and roles by their ids; a person's own name wins."""
    people = {id_: person.navn for id_, person in found.arbeidsmappe.oppsett.personer.items()}
    return {"deltaker": _("deltakeren"), **role_names(found.vurdering), **people}


def _people(ids: Collection[str], names_: Mapping[str, str]) -> str:
    return ", ".join(names_.get(id_) or rens(id_) for id_ in ids if id_)


def _outcome(k: Kontakt, used: Collection[str], lacking: Collection[str]) -> str:
    """Say what a contact came to: why it did not happen, or what it was counted for."""
    if k.status != "gjennomfort":
        return status_ord(k.status)
    if k.id in lacking and not used:
        return _("teller ikke: ikke alle som må være med, var med")
    if not used:
        return ""
    return _("teller for {rutiner}").format(rutiner=", ".join(f"«{name}»" for name in dict.fromkeys(used)))


def _discovered(day: date, found: date | None) -> str:
    if found is None or found == day:
        return ""
    n = (found - day).days
    return ngettext("oppdaget etter {n} dag", "oppdaget etter {n} dager", n).format(n=n)


def _agreement(frist: date | None, utfort: date | None, status: str, per: date) -> str:
    parts = []
    if utfort is not None and utfort <= per:
        parts.append(_("gjort {dato}").format(dato=dag_ord(utfort)))
    elif status == "forfalt":
        parts.append(_("forfalt"))
    else:
        parts.append(_("ikke gjort ennå"))
    if frist is not None:
        parts.append(_("frist {dato}").format(dato=dag_ord(frist)))
    return ", ".join(parts)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
