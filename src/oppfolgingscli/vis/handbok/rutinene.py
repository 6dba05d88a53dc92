"""Chapter «Rutinene»: each routine with who, when, for whom, on what basis, and what is not settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Behov, Etter, Ved
from oppfolgingscli.sprak import N_, _, ngettext, sprak
from oppfolgingscli.vis.dokument.modell import Avsnitt, Bit, Boks, Fakta, Overskrift, Sitat, Tabell
from oppfolgingscli.vis.handbok.ansvar import anchor as role_anchor
from oppfolgingscli.vis.handbok.ord import (
    anchor,
    basis,
    breaks,
    capital,
    for_whom,
    length,
    linked,
    listed,
    marks,
    name,
    role,
    source,
    span,
    when,
)
from oppfolgingscli.vis.handbok.plan import only_duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oppfolgingscli.vis.dokument.modell import Blokk, Tekst
    from oppfolgingscli.vis.handbok.plan import Plan, Rutineplan
    from oppfolgingscli.vis.handbok.sporsmal import Sporsmal

GROUPS: Final = (
    ("deltaker", N_("Faste rutiner for hver deltaker"), N_("Dette skal skje for hver deltaker, uten at noen ber om det.")),
    ("klasse", N_("Faste rutiner for klassen"), N_("Dette gjelder klassen under ett.")),
    ("utlost", N_("Når noe har skjedd"), N_("Disse rutinene begynner når noe skjer, eller når en annen rutine er fulgt.")),
    ("behov", N_("Ved behov"), N_("Disse rutinene følges når noen mener det trengs.")),
)  # fmt: skip
"""The groups of routines in the order of the handbook: code, title, what they are."""


def group(r: Rutineplan) -> str:
    """Return the group a routine stands in: deltaker, klasse, utlost or behov."""
    match r.rutine.frekvens:
        case Behov():
            return "behov"
        case Ved() | Etter():
            return "utlost"
        case _:
            return r.rutine.niva


def chapter(plan: Plan, asked: Sporsmal) -> Iterator[Blokk]:
    """Yield the chapter."""
    yield Overskrift(1, _("Rutinene"), "rutinene")
    yield Tabell(
        _("Alle rutinene"),
        (_("Rutine"), _("Når"), _("Ansvarlig"), _("Grunnlag")),
        tuple(
            (linked(plan, r), capital(when(plan, r.rutine.frekvens)), role(plan, r.rutine.ansvarlig), _ground(r))
            for code, _title, _text in GROUPS
            for r in plan.rutiner
            if group(r) == code
        ),
        bredder=(12, 10, 8, 5),
    )
    for code, title, text in GROUPS:
        members = [r for r in plan.rutiner if group(r) == code]
        if not members:
            continue
        yield Overskrift(2, _(title), f"rutiner-{code}")
        yield Avsnitt(_(text))
        for r in members:
            yield from _routine(plan, r, asked)


def _ground(r: Rutineplan) -> str:
    return {"skriftlig": _("skriftlig"), "praksis": _("praksis"), "planlagt": _("planlagt")}[r.rutine.grunnlag]


def _routine(plan: Plan, r: Rutineplan, asked: Sporsmal) -> Iterator[Blokk]:
    rutine = r.rutine
    yield Overskrift(3, name(r), anchor(r))
    facts: list[tuple[str, Tekst]] = [
        (
            _("Når"),
            (Bit(capital(when(plan, rutine.frekvens))), *marks([m for m in plan.all_marks(r) if m != "uten_navn"])),
        ),
        (_("For hvem"), capital(for_whom(plan, rutine))),
        (_("Ansvarlig"), _responsible(plan, r)),
    ]
    others = [id_ for id_ in rutine.deltar if id_ not in rutine.krever]
    if others:
        facts.append((_("Deltar"), _roles(plan, others)))
    if rutine.krever:
        facts.append((_("Må være med"), _roles(plan, rutine.krever)))
    if rutine.varighet:
        facts.append((_("Varighet"), length(rutine)))
    if rule := breaks(rutine):
        facts.append((_("Ferier"), capital(rule)))
    if rutine.teller_ogsa:
        facts.append((_("Teller også"), listed(rutine.teller_ogsa)))
    if following := [found for above, below in plan.links if above == r.id and (found := plan.rutine(below))]:
        facts.append((_("Fører til"), _joined([linked(plan, f) for f in following])))
    facts += [
        (_("Grunnlag"), capital(basis(rutine.grunnlag))),
        (_("Kilde"), source(rutine.kilde, rutine.kilde_id)),
        (_("I kraft"), capital(span(r.na))),
    ]
    yield Fakta(tuple(facts))
    yield from _not_settled(plan, r, asked)
    if len(r.versjoner) > 1:
        yield _versions(plan, r)
    for v in r.versjoner:
        if v.rutine.merknad and plan.notes_language == sprak() and not only_duration(v.rutine.merknad):
            origin = _("merknad i rutinefilen")
            if len(r.versjoner) > 1:
                origin = _("{hva}, {tid}").format(hva=origin, tid=span(v))
            yield Sitat(v.rutine.merknad, origin)


def _responsible(plan: Plan, r: Rutineplan) -> tuple[Bit, ...]:
    id_ = r.rutine.ansvarlig
    mark = [m for m in plan.all_marks(r) if m == "uten_navn"]
    return (Bit(role(plan, id_), anker=role_anchor(id_)), *marks(mark))


def _roles(plan: Plan, ids: Sequence[str]) -> tuple[Bit, ...]:
    return _joined([(Bit(role(plan, id_), anker=role_anchor(id_)),) for id_ in ids])


def _joined(parts: Sequence[tuple[Bit, ...]]) -> tuple[Bit, ...]:
    out: list[Bit] = []
    for part in parts:
        out += [*([Bit(", ")] if out else []), *part]
    return tuple(out)


def _not_settled(plan: Plan, r: Rutineplan, asked: Sporsmal) -> Iterator[Blokk]:
    """Say in plain words what is not settled, and where the questions about it are."""
    words = {
        "antatt": _("Et tall, en frist eller en dato er antatt og står ikke i kilden."),
        "uten_tall": _("Rutinen sier ikke hvor ofte dette skal skje."),
        "uten_frist": _("Rutinen sier ikke hvor fort dette skal skje."),
        "uten_navn": _("Ingen person er pekt ut som ansvarlig."),
        "planlagt": _("Rutinen er planlagt, men ikke tatt i bruk."),
    }
    found = [words[code] for code in plan.all_marks(r)]
    numbers = asked.numbers(r)
    if not numbers:
        return
    if not found:
        found = [_("Noe var ikke avklart i en tidligere utgave av rutinen.")]
    text = ngettext("Se spørsmål {nr}.", "Se spørsmål {nr}.", len(numbers)).format(nr=listed(map(str, numbers)))
    yield Boks(_("Ikke avklart:"), (Bit(" ".join(found) + " "), Bit(text, anker="sporsmal")))


def _versions(plan: Plan, r: Rutineplan) -> Tabell:
    return Tabell(
        _("{rutine}: slik rutinen har endret seg").format(rutine=name(r)),
        (_("Utgave"), _("I kraft"), _("Når"), _("Ansvarlig")),
        tuple(
            (
                str(v.nr),
                capital(span(v)),
                (Bit(capital(when(plan, v.rutine.frekvens))), *marks(plan.marks(v))),
                role(plan, v.rutine.ansvarlig),
            )
            for v in r.versjoner
        ),
        bredder=(3, 8, 8, 6),
    )
