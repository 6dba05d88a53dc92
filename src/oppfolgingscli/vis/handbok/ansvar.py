"""Chapter «Roller og forventninger»: what each role is responsible for, and what it takes part in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.belastning.forutsetninger import avsatt_minutter
from oppfolgingscli.sprak import _, navn, ngettext, sprak
from oppfolgingscli.vis.belastningtall import hours_words
from oppfolgingscli.vis.dokument.modell import Avsnitt, Bit, Fakta, Liste, Overskrift, Sitat, Tabell
from oppfolgingscli.vis.handbok.ord import agency, capital, linked, role, source, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.modell.rutinesett import Rolle
    from oppfolgingscli.vis.dokument.modell import Blokk, Tekst
    from oppfolgingscli.vis.handbok.plan import Plan, Rutineplan


def anchor(id_: str) -> str:
    """Return what links to a role lead to."""
    return f"rolle-{id_}"


def chapter(plan: Plan) -> Iterator[Blokk]:
    """Yield the chapter."""
    yield Overskrift(1, _("Roller og forventninger"), "roller")
    yield Avsnitt(
        _("Her finner hver rolle det den har ansvaret for, og det den ellers er med på. En person kan ha flere roller.")
    )
    yield Tabell(
        _("Rollene"),
        (_("Rolle"), _("Hører til"), _("Har ansvaret for"), _("Er ellers med på")),
        tuple(
            (
                (Bit(navn(one.navn), anker=anchor(id_)),),
                capital(agency(one.etat)),
                _count(len(plan.responsible(id_))),
                _count(len(plan.taking_part(id_))),
            )
            for id_, one in plan.sett.roller.items()
        ),
        bredder=(5, 3, 3, 3),
    )
    for id_, one in plan.sett.roller.items():
        yield from _role(plan, id_, one)


def _count(n: int) -> str:
    return ngettext("{n} rutine", "{n} rutiner", n).format(n=n) if n else "–"


def _role(plan: Plan, id_: str, one: Rolle) -> Iterator[Blokk]:
    yield Overskrift(2, navn(one.navn), anchor(id_))
    facts: list[tuple[str, Tekst]] = [(_("Hører til"), capital(agency(one.etat)))]
    if one.portefolje:
        people = ngettext("{n} person", "{n} personer", one.portefolje).format(n=one.portefolje)
        facts.append((_("Følger opp"), people))
    if one.avsatt:
        facts.append((_("Avsatt tid"), _set_aside(one.avsatt)))
    if one.kilde or one.kilde_id:
        facts.append((_("Kilde"), source(one.kilde, one.kilde_id)))
    yield Fakta(tuple(facts))
    if one.merknad and plan.notes_language == sprak():
        yield Sitat(one.merknad, _("merknad i rutinefilen"))
    duties, others = plan.responsible(id_), plan.taking_part(id_)
    if duties:
        yield Avsnitt((Bit(_("Har ansvaret for:"), sterk=True),))
        yield Liste(tuple((*linked(plan, r), Bit(f" – {when(plan, r.rutine.frekvens)}")) for r in duties))
    if others:
        yield Avsnitt((Bit(_("Er med på:"), sterk=True),))
        yield Liste(tuple(_other(plan, r, id_) for r in others))
    if not duties and not others:
        yield Avsnitt(_("Rutinene gir ikke denne rollen noen oppgaver."))


def _other(plan: Plan, r: Rutineplan, id_: str) -> tuple[Bit, ...]:
    needed = _(" (må være med)") if id_ in r.rutine.krever else ""
    who = _(" – {naar}; ansvarlig: {rolle}").format(
        naar=when(plan, r.rutine.frekvens), rolle=role(plan, r.rutine.ansvarlig)
    )
    return (*linked(plan, r), Bit(needed + who))


def _set_aside(avsatt: str) -> str:
    if avsatt.rstrip().endswith(("%", "prosent")):
        number = avsatt.rstrip("% prosent").strip()
        share = f"{number.replace(',', '.')}%" if sprak() == "en" else f"{number}\u00a0%"
        return _("{andel} av en uke på 37,5 timer").format(andel=share)
    return _("{timer} i uken").format(timer=hours_words(avsatt_minutter(avsatt)))
