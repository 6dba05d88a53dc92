"""Whose calendars there are in a workspace, and which events belong to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.planlegg.folk import DELTAKER
from oppfolgingscli.sprak import navn
from oppfolgingscli.vis.kalenderfiler import Utvalg

if TYPE_CHECKING:
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.publisert import Innhold


class Valg:
    """The roles, people and participants of a workspace, by id, and their calendars."""

    def __init__(self, arbeidsmappe: Arbeidsmappe) -> None:
        opplegg = arbeidsmappe.opplegg
        self.klasse = navn(opplegg.klasse.navn)
        self._roller = opplegg.rutinesett.roller
        self._personer = arbeidsmappe.oppsett.personer
        self._deltakere = {d.id: d for d in opplegg.deltakere}
        self._span = (opplegg.klasse.start, opplegg.klasse.slutt)
        # The role of the participants is always there, with or without a table of its own.
        self._egne = {DELTAKER} | {i for i, r in self._roller.items() if r.etat == DELTAKER}
        self.roller = list(dict.fromkeys((*self._roller, DELTAKER)))
        self.andre_roller = [i for i in self._roller if i not in self._egne]
        self.personer = list(self._personer)
        self.deltakere = list(self._deltakere)

    def for_rolle(self, rolle: str) -> Utvalg:
        """Return the calendar of a role: what it is responsible for or takes part in."""
        found = self._roller.get(rolle)
        name = navn(found.navn) if found else rolle
        return Utvalg("rolle", rolle, f"{self.klasse} – {name}", lambda i: rolle in i.roller)

    def for_person(self, person: str) -> Utvalg:
        """Return the calendar of a person: what they were placed in."""
        name = self._personer[person].navn
        return Utvalg("person", person, f"{self.klasse} – {name}", lambda i: person in i.personer)

    def for_deltaker(self, deltaker: str) -> Utvalg:
        """Return the calendar of a participant: their own, and what the class has while they are in it."""
        own = self._deltakere[deltaker]
        first = (own.start or self._span[0]).isoformat()
        last = (own.slutt or self._span[1]).isoformat()

        def belongs(i: Innhold) -> bool:
            if i.deltaker is not None:
                return i.deltaker == deltaker
            return first <= i.dato <= last and not self._egne.isdisjoint(i.roller)

        return Utvalg("deltaker", deltaker, f"{self.klasse} – {deltaker}", belongs)
