"""What to do next about a point, in a few words: by the kind of contact, with a general way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import N_, _, navn

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.rutinesett import Rutinesett

#: Part of a type -> what to do. The first that is found in the type decides.
_STEG: Final = (
    ("trekantsamtale", N_("avtal trekantsamtale")),
    ("klassebesok", N_("avtal klassebesøk")),
    ("besok", N_("avtal besøk")),
    ("statusrapport", N_("skriv statusrapport")),
    ("sluttrapport", N_("skriv sluttrapport")),
    ("vurderingsvarsel", N_("send vurderingsvarsel")),
    ("arshjul", N_("lag årshjulet")),
    ("plan", N_("skriv planen")),
    ("tilbakemelding", N_("gi tilbakemelding")),
    ("samtale", N_("avtal samtale")),
    ("ansvarsgruppe", N_("kall inn til møte")),
    ("mote", N_("kall inn til møte")),
    ("dialog", N_("avtal samtale")),
    ("kontakt", N_("ta kontakt")),
    ("oppfolging", N_("ta kontakt")),
)


def next_step(p: Punkt, rutinesett: Rutinesett) -> str:
    """Return what whoever is responsible should do, as a clause without a full stop: «avtal samtale»."""
    roles = rutinesett.roller
    own = roles.get(p.ansvarlig)
    if p.ansvarlig == "deltaker" or (own is not None and own.etat == "deltaker"):
        return _("minn deltakeren på det")
    if "vurderingsvarsel" not in p.type and ("varsel" in p.type or "melding" in p.type) and p.type != "tilbakemelding":
        receiver = next((roles[r] for r in p.deltar if r in roles and roles[r].etat != "deltaker"), None)
        if receiver is None:
            return _("send varsel")
        return _("varsle Nav") if receiver.etat == "nav" else _("varsle {hvem}").format(hvem=_low(navn(receiver.navn)))
    if "rapport" in p.type and p.type not in ("statusrapport", "sluttrapport"):
        return _("skriv rapporten")
    for part, text in _STEG:
        if part in p.type:
            return _(text)
    return _("gjør det, og før det i loggen")


def _low(name: str) -> str:
    """Begin a role's name with a small letter, names of agencies aside: «Kontaktlærer» -> «kontaktlærer»."""
    return name if name.startswith("Nav") or name[1:2].isupper() else name[:1].lower() + name[1:]
