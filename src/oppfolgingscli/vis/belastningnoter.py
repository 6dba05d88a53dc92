"""What the figures of a workload rest on, and what is not in them, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.belastningtall import (
    hours_words,
    minutes_words,
    short,
)

if TYPE_CHECKING:
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning


def notes(v: Belastningsvisning) -> list[str]:
    """Return what the figures rest on, and what is not in them."""
    return [*v.antatt, *_basis(v), *_lengths(v), *_left_out(v)]


def _basis(v: Belastningsvisning) -> Iterator[str]:
    b = v.belastning
    if v.antatt:
        yield _("Møtene står på de dagene «oppfolging kalender» ville gitt dem.")
    else:
        yield (
            _("Møtene står på de dagene plan.csv og «oppfolging kalender» har dem.")
            if v.fra_plan
            else _("Møtene står på de dagene «oppfolging kalender» gir dem; det er ingen plan.csv.")
        )
        yield _(
            "Det rutinene sier, er med enten det er gjort eller ikke; rutiner med faste mellomrom følger loggen så langt den går."
        )
    if any(r.avsatt_i_uka is not None for r in b.roller):
        yield _(
            "En uke er fem skoledager (virkedager der ferier ikke teller). I en uke med færre dager er det avsatt tilsvarende mindre."
        )
    if b.faktor != 1:
        yield _(
            "Det som gjelder den enkelte, er ganget med {faktor}, som om de andre var som dem som er der; møter om klassen er ikke flere."
        ).format(faktor=short(b.faktor, 2))
    if any(v.niva(d.rutine) == "klasse" and d.tid.sum for r in b.roller if r.deltaker for d in r.rutiner):
        yield _("Deltakerne er regnet med i alle møtene rutinene har dem i, også de frivillige.")
    wished = {r.rolle: r.onsket for r in b.roller if r.onsket and not r.deltaker}
    if wished:
        words = ", ".join(f"{v.navn.rolle(role)} {hours_words(m, 1)}" for role, m in wished.items())
        yield _("Av dette er ønsket, men ikke påkrevd: {roller}.").format(roller=words)


def _lengths(v: Belastningsvisning) -> Iterator[str]:
    b, f = v.belastning, v.belastning.forutsetninger
    if f.varighet:
        yield _("Prøvd med varighet: {rutiner}.").format(rutiner=_minutes_of(v, f.varighet.items()))
    if b.vanlig_tid:
        yield _("Sier ikke hvor lenge de varer, og er regnet som 60 minutter: {rutiner}.").format(
            rutiner=_names(v, b.vanlig_tid)
        )
    if any(f.forberedelse.values()):
        yield _("Forberedelse, for den som har ansvaret: {rutiner}.").format(
            rutiner=_minutes_of(v, f.forberedelse.items())
        )
    else:
        yield _("Forberedelse og etterarbeid er ikke med (0 minutter). Legg det til med --forberedelse TYPE=MIN.")
    if not any(f.reise.values()):
        yield _("Reise er ikke med (0 minutter). Legg den til med --reise TYPE=MIN.")
        return
    yield _("Reise fram og tilbake, for alle som kommer utenfra: {rutiner}.").format(
        rutiner=_minutes_of(v, f.reise.items())
    )
    t = b.turer
    yield _("En tur gjelder alle som besøkes på samme sted samme dag: {besok} besøk på {turer} turer.").format(
        besok=short(t.besok), turer=short(t.turer)
    )
    if t.uten_sted:
        yield _("{n} av besøkene har ikke noe kjent sted, og er regnet som hver sin tur.").format(n=short(t.uten_sted))


def _left_out(v: Belastningsvisning) -> Iterator[str]:
    b = v.belastning
    for code, text in (
        ("behov", _("Ved behov, og derfor ikke med: {rutiner}.")),
        ("utlost", _("Utløses av noe som skjer, og er derfor ikke med: {rutiner}.")),
    ):
        found = [id_ for id_, why in b.utenfor if why == code]
        if found:
            yield text.format(rutiner=_names(v, found))
    if b.uten_tid:
        yield _("Leveres uten møte, og er regnet som 0 minutter: {rutiner}. Prøv --varighet.").format(
            rutiner=_names(v, b.uten_tid)
        )
    if b.uten_plass:
        yield ngettext(
            "{n} møte fant ikke en ledig tid, og står på fristen; timene er med.",
            "{n} møter fant ikke en ledig tid, og står på fristen; timene er med.",
            b.uten_plass,
        ).format(n=b.uten_plass)
    if v.deltakere and b.skjult:
        yield _(
            "Det som bare gjelder noen ytelser eller grupper, er ikke med for hver deltaker: det ville fortalt hvem de er."
        )
    if v.uten_id:
        yield _("Uten id-er: det som gjelder én deltaker eller én ansatt, er utelatt.")


def _names(v: Belastningsvisning, ids: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(v.navn.rutine(id_) for id_ in ids))


def _minutes_of(v: Belastningsvisning, pairs: Iterable[tuple[str, int]]) -> str:
    """Write minutes by routine, for those with something in the span."""
    there = {d.rutine for r in v.belastning.roller for d in r.rutiner}
    found = dict.fromkeys(f"{v.navn.rutine(id_)} {minutes_words(Fraction(n))}" for id_, n in pairs if id_ in there)
    return ", ".join(found) or _("ingen i denne tiden")
