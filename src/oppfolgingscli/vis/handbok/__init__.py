"""The handbook: a routine set as a written plan, in the language in use, as the blocks of ``vis/dokument``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, navn, sprak
from oppfolgingscli.vis.dokument.modell import Bit, Dokument
from oppfolgingscli.vis.handbok import (
    ansvar,
    avtaler,
    formal,
    fravaer,
    kilder,
    kontakter,
    lopet,
    rutinene,
    sporsmal,
)
from oppfolgingscli.vis.handbok.plan import Plan
from oppfolgingscli.vis.ord import dag_ord

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from oppfolgingscli.modell.klasse import Klasse, Person
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.vis.dokument.modell import Bilde, Tekst

__all__ = ["make_handbok"]


def make_handbok(
    sett: Rutinesett,
    per: date,
    *,
    klasse: Klasse | None = None,
    personer: Mapping[str, Person] | None = None,
    med_navn: bool = False,
    arshjul: Bilde | None = None,
) -> Dokument:
    """Make the handbook of a routine set.

    Args:
        sett: the set.
        per: the day it tells the state of: which versions are in force.
        klasse: the class it is made for; None: for the set as such.
        personer: the class's people by id.
        med_navn: whether their names and e-mail addresses are written; else only their ids.
        arshjul: a picture of the annual wheel.
    """
    plan = Plan(sett, per)
    asked = sporsmal.Sporsmal(plan)
    blocks = [
        *formal.chapter(plan, asked),
        *ansvar.chapter(plan),
        *lopet.chapter(plan, arshjul),
        *rutinene.chapter(plan, asked),
        *fravaer.chapter(plan),
        *avtaler.chapter(plan),
        *kontakter.chapter(plan, personer, med_navn=med_navn),
        *asked.chapter(),
        *kilder.chapter(plan),
        *kilder.appendix(plan),
    ]
    return Dokument(
        tittel=_("Håndbok for oppfølging"),
        undertittel=navn(klasse.navn) if klasse else navn(sett.hode.navn),
        sprak=sprak(),
        forside=tuple(_front(plan, klasse)),
        blokker=tuple(blocks),
    )


def _front(plan: Plan, klasse: Klasse | None) -> list[tuple[str, Tekst]]:
    head = plan.sett.hode
    lines: list[tuple[str, Tekst]] = []
    if klasse:
        lines.append((_("Rutinesett"), navn(head.navn)))
    if head.fylke:
        lines.append((_("Fylke"), head.fylke))
    if head.skole:
        lines.append((_("Skole"), (Bit(head.skole, sprak="nb"),)))
    if head.gjelder_fra:
        lines.append((_("Gjelder fra"), dag_ord(head.gjelder_fra)))
    lines += [(_("Kilde"), (Bit(head.kilde, sprak="nb"),)), (_("Oppdatert"), dag_ord(plan.per))]
    return lines
