"""What a routine set is called in an export: neutral where a name would tell who has which benefit or group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.eksport.rader import KJENTE_HENDELSER, Settord
from oppfolgingscli.modell.frekvens import Etter, Ved
from oppfolgingscli.sprak import _
from oppfolgingscli.vis.rapportnavn import Rapportnavn
from oppfolgingscli.vis.skjerming import is_veiled, tells
from oppfolgingscli.vis.typeord import regel_ord

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutinesett


def settord(sett: Rutinesett) -> Settord:
    """Return what may be said of a set, in the language in use.

    A type is named when a routine that is not veiled has it, or counts it, and it names no benefit.
    """
    told = {v.rutine.id for v in sett.versjoner if is_veiled(v)}
    veiled = _veiled(sett, told)
    ids = list(dict.fromkeys(v.rutine.id for v in sett.versjoner))
    numbers = {id_: nr for nr, id_ in enumerate((x for x in ids if x in veiled), 1)}
    names = Rapportnavn(sett)
    types = {
        t
        for v in sett.versjoner
        if v.rutine.id not in veiled
        for t in (v.rutine.type, *v.rutine.teller_ogsa)
        if not tells(t, ())
    }
    return Settord(
        veiled,
        {id_: f"skjermet-{numbers[id_]}" if id_ in numbers else id_ for id_ in ids},
        {
            id_: _("Oppfølging ({n})").format(n=numbers[id_]) if id_ in veiled - told else names.rutine(id_)
            for id_ in ids
        },
        {t: t for t in sorted(types)},
        {(v.rutine.id, v.nr): regel_ord(v.rutine, sett) for v in sett.versjoner},
        frozenset(id_ for id_ in sett.roller if not tells(id_, ())),
    )


def _veiled(sett: Rutinesett, for_some: set[str]) -> frozenset[str]:
    """Return the routines whose points would tell more than that somebody is in the class.

    Those only for some benefits or groups, those set off by an event that may be of health, and those that follow them.
    """
    out = set(for_some)
    before = -1
    while before < len(out):
        before = len(out)
        for v in sett.versjoner:
            f = v.rutine.frekvens
            by_event = isinstance(f, Ved) and not KJENTE_HENDELSER.issuperset(f.ved)
            if by_event or (isinstance(f, Etter) and not out.isdisjoint(f.etter)):
                out.add(v.rutine.id)
    return frozenset(out)


def is_telling(merke: str) -> bool:
    """Whether a group's name tells of a benefit."""
    return tells(merke, ())
