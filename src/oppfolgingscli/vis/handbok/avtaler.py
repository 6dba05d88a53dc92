"""Chapter «Avtaler»: what is written down when the parties agree on something, and how it is followed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.modell.frekvens import Antall, Hver
from oppfolgingscli.sprak import _
from oppfolgingscli.vis.dokument.modell import Avsnitt, Bit, Liste, Overskrift, Tabell
from oppfolgingscli.vis.handbok.ord import linked, role, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.vis.dokument.modell import Blokk
    from oppfolgingscli.vis.handbok.plan import Plan, Rutineplan

TYPER = frozenset({"tiltaksplan", "avtale"})
"""Types of routines that are about writing agreements down."""


def written_by(plan: Plan) -> list[Rutineplan]:
    """Return the routines that say who writes agreements down."""
    return [r for r in plan.rutiner if r.rutine.type in TYPER]


def chapter(plan: Plan) -> Iterator[Blokk]:
    """Yield the chapter."""
    yield Overskrift(1, _("Avtaler"), "avtaler")
    routines = written_by(plan)
    if routines:
        yield Avsnitt(
            _("Når partene blir enige om tiltak for en deltaker, skal det skrives ned. Det gjelder disse rutinene:")
        )
        yield Liste(
            tuple(
                (
                    *linked(plan, r),
                    Bit(_(" – ansvarlig: {rolle}; {naar}").format(
                        rolle=role(plan, r.rutine.ansvarlig), naar=when(plan, r.rutine.frekvens))),
                )
                for r in routines
            )
        )  # fmt: skip
    else:
        yield Avsnitt(
            _(
                "Rutinene sier ikke hvem som skriver ned det partene blir enige om. Tabellen under er et forslag til hva en "
                "avtale bør inneholde."
            )
        )
    yield Tabell(
        _("Dette skal stå i en avtale") if routines else _("Dette bør stå i en avtale"),
        (_("Felt"), _("Innhold")),
        (
            (
                _("Tiltak"),
                _("Hva som skal gjøres, så konkret at alle ser når det er gjort. Ett tiltak for hver linje."),
            ),
            (_("Deltaker"), _("Deltakerens id. Aldri navn eller fødselsnummer.")),
            (_("Ansvarlig"), _("Én rolle eller person, ikke flere.")),
            (_("Frist"), _("En dato. Hvert tiltak har sin egen frist.")),
            (_("Grunnlag"), _("Samtalen eller møtet der det ble avtalt.")),
            (_("Utført"), _("Datoen det ble gjort. Tomt til da.")),
        ),
        bredder=(1, 4),
    )
    yield Avsnitt(
        _(
            "Skriv ikke opplysninger om helse, ytelse eller familie i avtalen. De hører hjemme i skolens og Navs egne systemer."
        )
    )
    yield Overskrift(2, _("Slik følges avtalene opp"), "avtaler-oppfolging")
    yield Avsnitt(
        _(
            "Avtalene føres i samme logg som samtalene og møtene. Når fristen er ute og tiltaket ikke er gjort, står det i "
            "oversikten over det som er forfalt, til noen har gjort det eller avtalt noe nytt."
        )
    )
    if meetings := _meetings(plan):
        yield Avsnitt(_("Forslag: Gå gjennom de åpne avtalene i hvert av disse møtene:"))
        yield Liste(tuple((*linked(plan, r), Bit(f" – {when(plan, r.rutine.frekvens)}")) for r in meetings))
    yield Tabell(
        _("Skjema for avtaler"),
        (_("Tiltak"), _("Ansvarlig"), _("Frist"), _("Utført")),
        tuple(("", "", "", "") for _row in range(4)),
        hode=False,
        bredder=(6, 3, 2, 2),
    )


def _meetings(plan: Plan) -> list[Rutineplan]:
    """Return the fixed meetings about the class between the school and others."""
    agencies = {id_: one.etat for id_, one in plan.sett.roller.items()}
    return [
        r for r in plan.rutiner
        if r.rutine.niva == "klasse" and isinstance(r.rutine.frekvens, Antall | Hver) and r.rutine.varighet
        and len({agencies.get(id_) for id_ in (r.rutine.ansvarlig, *r.rutine.deltar)} - {"deltaker"}) > 1
    ]  # fmt: skip
