"""Chapter «Kontakter»: who has which role; a table to fill in, or the class's people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, navn
from oppfolgingscli.vis.dokument.modell import Avsnitt, Overskrift, Tabell
from oppfolgingscli.vis.handbok.ord import agency, capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from oppfolgingscli.modell.klasse import Person
    from oppfolgingscli.vis.dokument.modell import Blokk, Tekst
    from oppfolgingscli.vis.handbok.plan import Plan


def chapter(plan: Plan, personer: Mapping[str, Person] | None, *, med_navn: bool) -> Iterator[Blokk]:
    """Yield the chapter. Names and e-mail addresses only with ``med_navn``; else people are ids."""
    yield Overskrift(1, _("Kontakter"), "kontakter")
    yield Avsnitt(
        _(
            "Alle som har en rolle, bør vite hvordan de når de andre direkte. Hold tabellen oppdatert, og si fra når noen "
            "slutter eller får nye oppgaver."
        )
    )
    if personer is not None and not med_navn:
        yield Avsnitt(_("Personene står med id-en de har i klassens oppsett. Fyll inn resten for hånd."))
    ids = personer is not None
    columns = (_("Rolle"), _("Hører til"), *((_("Id"),) if ids else ()), _("Navn"), _("Telefon"), _("E-post"))
    rows: list[tuple[Tekst, ...]] = []
    for role_id, role in plan.sett.roller.items():
        if role.etat == "deltaker":
            continue
        people = [(id_, p) for id_, p in (personer or {}).items() if p.rolle == role_id]
        first = (navn(role.navn), capital(agency(role.etat)))
        if not people:
            rows.append((*first, *(("–",) if ids else ()), "", "", ""))
        for id_, person in people:
            name, mail = (person.navn, person.epost or "") if med_navn else ("", "")
            rows.append((*first, id_, name, "", mail))
    yield Tabell(_("Kontakter"), columns, tuple(rows), bredder=(6, 5, 2, 6, 4, 7) if ids else (6, 5, 6, 4, 7))
