"""What a routine set is called in an export: neutral where a name would tell who has which benefit or group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.eksport.rader import Settord
from oppfolgingscli.vis.rapportnavn import Rapportnavn
from oppfolgingscli.vis.skjerming import is_veiled, tells
from oppfolgingscli.vis.typeord import regel_ord

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutinesett


def settord(sett: Rutinesett) -> Settord:
    """Return what may be said of a set, in the language in use.

    A routine is veiled when any version of it is only for some benefits or groups. A type is named when a routine that
    is for everybody has it, or counts it, and it names no benefit.
    """
    veiled = frozenset(v.rutine.id for v in sett.versjoner if is_veiled(v))
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
        {id_: names.rutine(id_) for id_ in ids},
        {t: t for t in sorted(types)},
        {(v.rutine.id, v.nr): regel_ord(v.rutine, sett) for v in sett.versjoner},
        frozenset(id_ for id_ in sett.roller if not tells(id_, ())),
    )


def is_telling(merke: str) -> bool:
    """Whether a group's name tells of a benefit."""
    return tells(merke, ())
