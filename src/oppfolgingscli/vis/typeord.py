"""Kinds of contact, events, grounds and routines' rules in words, for those who read a set and not its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Etter, Ved
from oppfolgingscli.sprak import N_, _, navn
from oppfolgingscli.vis.regelord import frekvens_ord, varighet_ord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppfolgingscli.modell.rutinesett import Rutine, Rutinesett

_TYPER: Final = {
    "ansvarsgruppe": N_("Ansvarsgruppe"),
    "arshjul": N_("Årshjul"),
    "avklaringsmote": N_("Avklaringsmøte"),
    "bedriftsbesok": N_("Bedriftsbesøk"),
    "bistand": N_("Bistand"),
    "egenrapport": N_("Egenrapport"),
    "elevsamtale": N_("Elevsamtale"),
    "evalueringsmote": N_("Evalueringsmøte"),
    "fravaersmelding": N_("Fraværsmelding"),
    "fylkesdialog": N_("Dialog på fylkesnivå"),
    "klassebesok": N_("Klassebesøk"),
    "kontakt": N_("Kontakt"),
    "koordinatorbesok": N_("Koordinatorbesøk"),
    "leksehjelp": N_("Leksehjelp"),
    "nav-samtale": N_("Samtale med Nav"),
    "oppfolging": N_("Oppfølging"),
    "praksisveiledersamtale": N_("Samtale med praksisveileder"),
    "sluttrapport": N_("Sluttrapport"),
    "sluttsamtale": N_("Sluttsamtale"),
    "sommeroppfolging": N_("Sommeroppfølging"),
    "statusmote": N_("Statusmøte"),
    "statusrapport": N_("Statusrapport"),
    "tilbakemelding": N_("Tilbakemelding"),
    "tiltaksplan": N_("Tiltaksplan"),
    "trekantsamtale": N_("Trekantsamtale"),
    "undervisningsdeltakelse": N_("Deltakelse i undervisningen"),
    "varsel": N_("Varsel"),
    "vurderingsvarsel": N_("Varsel om vurderingsgrunnlag"),
}
"""The kinds of the bundled sets; others are written as they stand in the file."""

_HENDELSER: Final = {
    "fravaer": N_("fravær"),
    "hoyt_fravaer": N_("høyt fravær"),
    "frafallsrisiko": N_("risiko for frafall"),
    "avbrudd": N_("avbrudd"),
}

_GRUNNLAG: Final = {"skriftlig": N_("skriftlig"), "praksis": N_("praksis"), "planlagt": N_("planlagt")}


def type_ord(kode: str) -> str:
    """Write a kind of contact in words: bedriftsbesok -> Bedriftsbesøk."""
    if kode in _TYPER:
        return _(_TYPER[kode])
    text = kode.replace("_", " ").replace("-", " ").strip()
    return text[:1].upper() + text[1:]


def hendelse_ord(kode: str) -> str:
    """Write a kind of event in words: hoyt_fravaer -> høyt fravær."""
    return _(_HENDELSER[kode]) if kode in _HENDELSER else kode.replace("_", " ")


def grunnlag_ord(kode: str) -> str:
    """Write a ground in words."""
    return _(_GRUNNLAG[kode]) if kode in _GRUNNLAG else kode


def regel_ord(rutine: Rutine, sett: Rutinesett) -> str:
    """Write how often, as frekvens_ord does, but with events and other routines by their names."""
    f = rutine.frekvens
    if isinstance(f, Ved):
        what = ", ".join(hendelse_ord(kode) for kode in f.ved)
    elif isinstance(f, Etter):
        names = {v.rutine.id: navn(v.rutine.navn) for v in sett.versjoner}
        what = ", ".join(f"«{names.get(id_, id_)}»" for id_ in f.etter)
    else:
        return frekvens_ord(f, sett)
    if f.innen is None:
        return _("etter {hva}").format(hva=what)
    return _("innen {tid} etter {hva}").format(tid=varighet_ord(f.innen), hva=what)


def roller_ord(roller: Iterable[str], sett: Rutinesett) -> str:
    """Write roles by their names, separated by commas; «–» for none."""
    names = (navn(sett.roller[id_].navn) if id_ in sett.roller else id_ for id_ in roller)
    return ", ".join(names) or "–"
