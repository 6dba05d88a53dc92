"""Who takes part in a point: the people behind its roles, and when they work.

A role is filled by the participant's own person for it, else by the people of the workspace who have that
role; without people the role stands for itself. Several people in one role share the participants.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from oppfolgingscli.modell.ord import naturlig

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.klasse import Deltaker, Opplegg, Person

DELTAKER: Final = "deltaker"
_MELLOM_FORMER: Final = 1009
_DIGITS: Final = re.compile(r"(\d+)")


class Ressurs(NamedTuple):
    """Someone who can be in one place at a time. ``slag``: person, rolle or deltaker."""

    slag: str
    id: str


def rangering(deltakere: Sequence[Deltaker]) -> dict[str, int]:
    """Rank participants from 0: by the day they joined, then by id.

    Whoever joins later comes after all who are there, so a joiner moves nobody. Those without a start of
    their own have joined first of all.
    """
    ordered = sorted(deltakere, key=lambda d: (d.start.toordinal() if d.start else 0, naturlig(d.id), d.id))
    return {d.id: rank for rank, d in enumerate(ordered)}


def nummerering(deltakere: Sequence[Deltaker]) -> dict[str, int]:
    """Number participants by the number in their id: D01 is 0, D02 is 1, whoever else is there.

    Spreading by these, nobody moves when another joins or leaves. Ids of other forms (B01 beside D01, names
    without numbers) get numbers of their own, far from the first form's.
    """
    forms: dict[tuple[str, str], list[str]] = {}
    for id_ in sorted((d.id for d in deltakere), key=lambda i: (naturlig(i), i)):
        parts = _DIGITS.split(id_)
        form = ("".join(parts[:-2]), parts[-1]) if len(parts) > 1 else ("", "")
        forms.setdefault(form, []).append(id_)
    out: dict[str, int] = {}
    for which, ids in enumerate(forms.values()):
        for position, id_ in enumerate(ids):
            parts = _DIGITS.split(id_)
            own = int(parts[-2]) - 1 if len(parts) > 1 else position
            out[id_] = own + _MELLOM_FORMER * which
    return out


class Folk:
    """Answers who fills which role for which participant."""

    def __init__(self, opplegg: Opplegg, personer: Mapping[str, Person], dager: Sequence[int]) -> None:
        """``dager``: the weekdays (0 = Monday) of the workspace's calendar."""
        self.rang = rangering(opplegg.deltakere)
        self.nummer = nummerering(opplegg.deltakere)
        self.dager = frozenset(dager)
        self._deltakere = {d.id: d for d in opplegg.deltakere}
        self._personer = personer
        self._deltakerroller = {DELTAKER} | {
            rolle_id for rolle_id, rolle in opplegg.rutinesett.roller.items() if rolle.etat == DELTAKER
        }
        self._i_rolle: dict[str, list[str]] = {}
        for person_id in sorted(personer, key=lambda i: (naturlig(i), i)):
            self._i_rolle.setdefault(personer[person_id].rolle, []).append(person_id)
        self._sett: dict[tuple[str, tuple[str, ...], str | None], tuple[Ressurs, ...]] = {}

    def er_deltaker(self, rolle: str) -> bool:
        """Whether the role is the participant's own."""
        return rolle in self._deltakerroller

    def i_rolle(self, rolle: str, deltaker: str | None) -> tuple[Ressurs, ...]:
        """Return who fills ``rolle`` for a participant (None: for the class, then all who have the role)."""
        if self.er_deltaker(rolle):
            return (Ressurs("deltaker", deltaker),) if deltaker else ()
        if deltaker is not None and (own := self._deltakere.get(deltaker)) is not None:
            chosen = own.personer.get(rolle)
            if chosen is not None:
                return (Ressurs("person", chosen),)
        people = self._i_rolle.get(rolle)
        if not people:
            return (Ressurs("rolle", rolle),)
        if deltaker is None:
            return tuple(Ressurs("person", p) for p in people)
        return (Ressurs("person", people[self.nummer.get(deltaker, 0) % len(people)]),)

    def til_stede(self, punkt: Punkt) -> tuple[Ressurs, ...]:
        """Return everyone who must be there, whoever is responsible first.

        A class-level point does not list the participants.
        """
        subject = punkt.subjekt if punkt.niva == "deltaker" else None
        key = (punkt.ansvarlig, punkt.deltar, subject)
        if key not in self._sett:
            found: dict[Ressurs, None] = {}
            for rolle in (punkt.ansvarlig, *punkt.deltar):
                found.update(dict.fromkeys(self.i_rolle(rolle, subject)))
            if subject is not None:
                found[Ressurs("deltaker", subject)] = None
            self._sett[key] = tuple(found)
        return self._sett[key]

    def med_klassen(self, punkt: Punkt) -> bool:
        """Whether every participant takes part (a class-level point with the participants in it)."""
        return punkt.niva == "klasse" and any(self.er_deltaker(rolle) for rolle in (punkt.ansvarlig, *punkt.deltar))

    def felles_dager(self, ressurser: Sequence[Ressurs]) -> frozenset[int]:
        """Return the weekdays on which all of them work."""
        days = self.dager
        for ressurs in ressurser:
            if ressurs.slag == "person" and (person := self._personer.get(ressurs.id)) is not None:
                own = person.dager
                if own is not None:
                    days = days & frozenset(own)
        return days
