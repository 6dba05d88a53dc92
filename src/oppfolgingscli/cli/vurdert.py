"""How every command that judges opens its workspace and log, and what is asked for of the judgement."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from oppfolgingscli.cli.arbeid import check_known, load
from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.planlegg.folk import Folk
from oppfolgingscli.sprak import _
from oppfolgingscli.vis.sjekkoversikt import Bygger, Hvem, Oversikt, role_names
from oppfolgingscli.vurder import vurder
from oppfolgingscli.vurder.mistet import Mistet, is_newly_missing, missed, recently_missed

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from oppfolgingscli.gyldighet import Subjekt
    from oppfolgingscli.hendelse import Logg, Punkt, Varsel
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.vurder import Vurdering, Vurdert, VurdertAvtale


class Grunnlag(NamedTuple):
    """A workspace, its log, and the judgement.

    ``roller``: person id -> role. ``i_svarets_sprak()``: a context in which texts bound for the output are made.
    """

    arbeidsmappe: Arbeidsmappe
    logg: Logg
    vurdering: Vurdering
    roller: dict[str, str]
    i_svarets_sprak: Callable[[], AbstractContextManager[None]]

    @property
    def funn(self) -> list[Varsel]:
        """Everything found on the way: in the workspace, in the expansion, and in the log."""
        return [*self.arbeidsmappe.varsler, *self.vurdering.utvidelse.varsler, *self.vurdering.funn]

    @property
    def subjekter(self) -> tuple[Subjekt, ...]:
        """The class and its participants."""
        g = self.vurdering.gyldighet
        return (g.klassen, *g.deltakerne)


def judge(mappe: Path | None, per: date, kjent: date | None, *, maskin: bool, strengt: bool = False) -> Grunnlag:
    """Open the workspace, read its log and judge every point on ``per``.

    ``maskin``: texts are made in bokmål, for machine output.

    Raises:
        Inndatafeil: the workspace or a whole log file cannot be read; with ``strengt`` any row of the log.
    """
    arbeidsmappe, in_output_language = load(mappe, maskin=maskin)
    roles = {id_: person.rolle for id_, person in arbeidsmappe.oppsett.personer.items()}
    with in_output_language():
        logg = read_logg(arbeidsmappe.mappe, kjent)
        if strengt and logg.funn:
            raise Inndatafeil([_fault(v) for v in logg.funn])
        return Grunnlag(
            arbeidsmappe, logg, vurder(arbeidsmappe.opplegg, logg, roles, per, kjent), roles, in_output_language
        )


def responsible(grunnlag: Grunnlag) -> Callable[[str, str, str], str]:
    """Return a function from (role, subject, level) to the id of the one person responsible, "" for none or several."""
    arbeidsmappe = grunnlag.arbeidsmappe
    folk = Folk(arbeidsmappe.opplegg, arbeidsmappe.oppsett.personer, arbeidsmappe.oppsett.kalender.dager)

    def find(rolle: str, subjekt: str, niva: str) -> str:
        people = [r.id for r in folk.i_rolle(rolle, subjekt if niva == "deltaker" else None) if r.slag == "person"]
        return people[0] if len(people) == 1 else ""

    return find


def _fault(v: Varsel) -> Feil:
    file, _colon, line = v.sted.rpartition(":")
    place = Sted(file, int(line)) if file and line.isdecimal() else Sted(v.sted)
    return Feil(v.kode, v.melding, place)


class Utvalg:
    """The part of a judgement that was asked for: some roles, people or participants; none named is all."""

    def __init__(
        self, grunnlag: Grunnlag, roller: Collection[str], personer: Collection[str], deltakere: Collection[str]
    ) -> None:
        """Check the names.

        Raises:
            Bruksfeil: a role, person or participant does not exist.
        """
        arbeidsmappe, vurdering = grunnlag.arbeidsmappe, grunnlag.vurdering
        people = arbeidsmappe.oppsett.personer
        self._names = role_names(vurdering)
        check_known(_("rolle"), roller, self._names)
        check_known(_("person"), personer, people)
        check_known(_("deltaker"), deltakere, [s.id for s in grunnlag.subjekter])
        self._grunnlag = grunnlag
        self._roller, self._personer, self._deltakere = set(roller), set(personer), set(deltakere)
        self._alle = not (roller or personer or deltakere)
        folk = Folk(arbeidsmappe.opplegg, people, arbeidsmappe.oppsett.kalender.dager)
        self._hvem = Hvem(folk, people, self._names)

    def has(self, p: Punkt) -> bool:
        """Whether a point is among what was asked for."""
        return self._alle or (
            (not self._deltakere or p.subjekt in self._deltakere)
            and self._hvem.is_mine(p, self._roller, self._personer)
        )

    @cached_property
    def punkter(self) -> list[Vurdert]:
        """The points asked for, in the contract's order."""
        return [x for x in self._grunnlag.vurdering.punkter if self.has(x.punkt)]

    @cached_property
    def avtaler(self) -> list[VurdertAvtale]:
        """The agreements asked for."""
        return [
            a
            for a in self._grunnlag.vurdering.avtaler
            if self._alle
            or (
                (not self._deltakere or a.avtale.deltaker in self._deltakere)
                and self._hvem.is_my_agreement(a, self._roller, self._personer)
            )
        ]

    @cached_property
    def mangler(self) -> list[Mistet]:
        """The required points that are missing, of those asked for."""
        return missed(self._grunnlag.vurdering, self.punkter)

    @property
    def nylig_mistet(self) -> list[Mistet]:
        """Those of them whose deadline has passed lately."""
        return recently_missed(self.mangler, self._grunnlag.vurdering.per)

    @property
    def er_forfalt(self) -> bool:
        """Whether something asked for is overdue, or became missing in the last 30 days: exit code 1."""
        return (
            any(x.status == "forfalt" for x in self.punkter)
            or any(a.status == "forfalt" for a in self.avtaler)
            or is_newly_missing(self.mangler, self._grunnlag.vurdering.per)
        )

    def overview(self, dager: int) -> Oversikt:
        """Sort what was asked for into the sections people see. ``dager``: how far «soon» reaches."""
        vurdering = self._grunnlag.vurdering
        contacts = {k.id: k for k in reversed(self._grunnlag.logg.kontakter)}
        sections = Bygger(vurdering, self._hvem, contacts, dager).build(self.punkter, self.avtaler, self.mangler)
        shown = self._deltakere
        return Oversikt(
            vurdering.gyldighet.opplegg.klasse.id, vurdering.per, dager, sections, tuple(self._grunnlag.funn), tuple(vurdering.ufullstendige),
            {who: n for who, n in vurdering.pausedager.items() if not shown or who in shown},
        )  # fmt: skip
