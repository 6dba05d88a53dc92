"""The columns of the audit's tables: heading, what it is, and how its figure is written; «:» where it is hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.rapportkolonner import TOM, percent, share_of, span

if TYPE_CHECKING:
    from oppfolgingscli.revisjon.celle import Maal
    from oppfolgingscli.revisjon.utgave import Linje

#: What is hidden is written so, as Norwegian official statistics has it.
SKJULT: Final = ":"

Tall = int | float | None


class Kolonne(NamedTuple):
    """A column. ``felt``: the key of its figure in machine output. ``verdi``: the figure, the first where it has two."""

    felt: str
    navn: str
    forklaring: str
    skriv: Callable[[Maal], str]
    verdi: Callable[[Maal], Tall]
    andel: bool = False

    def tekst(self, linje: Linje) -> str:
        """Write the cell of a row."""
        if linje.tall is None:
            return SKJULT
        if self.felt in linje.skjulte or (self.felt in _MED_ANDEL and "i_tide_andel" in linje.skjulte):
            return SKJULT
        if self.felt == "i_tide_andel" and "andel_av" in linje.skjulte:
            return _("ca. {andel}").format(andel=percent(linje.tall.i_tide_andel))
        return self.skriv(linje.tall)

    def tall(self, linje: Linje) -> Tall | str:
        """Return the figure of a row for a workbook: None where there is none, «:» where it is hidden."""
        text = self.tekst(linje)
        return SKJULT if text == SKJULT or linje.tall is None else self.verdi(linje.tall)


#: Figures that are hidden with the share.
_MED_ANDEL: Final = frozenset({"andel_av", "i_tide_kl", "i_tide_andel_snitt", "gjort_andel", "grenser"})


def _number(value: int | None) -> str:
    return TOM if value is None else str(value)


def _dose(m: Maal) -> str:
    if m.dose == m.dose_ukuttet or m.dose_ukuttet is None:
        return percent(m.dose)
    return f"{percent(m.dose)} ({percent(m.dose_ukuttet)})"


def _days(m: Maal) -> str:
    if m.klokkedager is None:
        return TOM
    return _("{prosent} av {dager}").format(prosent=percent(m.dager_dekket), dager=m.klokkedager[1])


def columns() -> tuple[Kolonne, ...]:
    """Return every column, in order; a table shows those it has figures for."""
    return (
        Kolonne("n_deltakere", _("Deltakere"), _("deltakere med noe som er bedømt"), lambda m: TOM if m.n_klasser and not m.n_deltakere else str(m.n_deltakere), lambda m: m.n_deltakere),
        Kolonne("n_klasser", _("Klasser"), _("klasser med noe som er bedømt for klassen under ett"), lambda m: _number(m.n_klasser or None), lambda m: m.n_klasser or None),
        Kolonne("bedomt", _("Bedømt"), _("påkrevde punkter som er bedømt: fristen er ute"), lambda m: str(m.bedomt), lambda m: m.bedomt),
        Kolonne("i_tide", _("I tide"), _("av dem: gjort innen fristen"), lambda m: str(m.i_tide), lambda m: m.i_tide),
        Kolonne("for_sent", _("For sent"), _("av dem: gjort etter fristen"), lambda m: str(m.for_sent), lambda m: m.for_sent),
        Kolonne("forfalt", _("Forfalt"), _("av dem: over fristen, men kan ennå gjøres"), lambda m: str(m.forfalt), lambda m: m.forfalt),
        Kolonne("mangler", _("Mangler"), _("av dem: over fristen, og for sent å gjøre"), lambda m: str(m.mangler), lambda m: m.mangler),
        Kolonne("fritatt", _("Fritatt"), _("fritatt, og derfor ikke bedømt"), lambda m: str(m.fritatt), lambda m: m.fritatt),
        Kolonne("andel_av", _("Av"), _("telleren og nevneren i andelen; der flere rutiner er sammen, er de med faste mellomrom ikke med"), lambda m: share_of(*m.andel_av) if m.andel_av else TOM, lambda m: m.andel_av[1] if m.andel_av else None),
        Kolonne("i_tide_andel", _("Andel i tide"), _("gjort innen fristen, av det som er bedømt; «ca.» er avrundet, så ingen kan regne seg fram til de få som er skjult"), lambda m: percent(m.i_tide_andel), lambda m: m.i_tide_andel, andel=True),
        Kolonne("i_tide_kl", _("Usikkerhet"), _("andelen ligger trolig mellom disse (95 prosent sikkert); bare når det er minst ti deltakere"), lambda m: span(m.i_tide_kl), lambda m: m.i_tide_kl[0] if m.i_tide_kl else None, andel=True),
        Kolonne("grenser", _("Grenser"), _("så lav eller høy kunne andelen vært: ingen fritak var rett, eller hver kontakt til overs hadde truffet"), lambda m: span(m.grenser), lambda m: m.grenser[0] if m.grenser else None, andel=True),
        Kolonne("i_tide_andel_snitt", _("Snitt"), _("snittet av deltakernes egne andeler, så hver deltaker teller likt"), lambda m: percent(m.i_tide_andel_snitt), lambda m: m.i_tide_andel_snitt, andel=True),
        Kolonne("gjort_andel", _("Gjort"), _("gjort i tide eller for sent, av det som er bedømt"), lambda m: percent(m.gjort_andel), lambda m: m.gjort_andel, andel=True),
        Kolonne("dose", _("Dose"), _("kontakter innen fristen, av så mange som er bedømt (i parentes: når de ekstra også telles)"), _dose, lambda m: m.dose, andel=True),
        Kolonne("dekning", _("Dekning"), _("deltakere som ble møtt den første gangen de skulle, av dem med noe som er bedømt"), lambda m: percent(m.dekning), lambda m: m.dekning, andel=True),
        Kolonne("dager_dekket", _("Dager dekket"), _("dager med kontakt ofte nok, av alle dagene rutinen gjaldt"), _days, lambda m: m.dager_dekket, andel=True),
        Kolonne("forsinkelse_median", _("Halvparten"), _("dager fra det åpnet til halvparten var gjort"), lambda m: _number(m.forsinkelse_median), lambda m: m.forsinkelse_median),
        Kolonne("forsinkelse_p90", _("Ni av ti"), _("dager fra det åpnet til ni av ti var gjort"), lambda m: _number(m.forsinkelse_p90), lambda m: m.forsinkelse_p90),
    )  # fmt: skip


def used(linjer: list[Linje], felt: tuple[str, ...] | None = None) -> list[Kolonne]:
    """Return the columns that say something in a table; ``felt``: of those only."""
    return [
        c
        for c in columns()
        if (felt is None or c.felt in felt) and any(c.tekst(linje) not in (TOM, SKJULT) for linje in linjer)
    ]
