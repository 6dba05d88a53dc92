"""What one part of a workspace says of another: participants, people and phases against class and routine set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from oppfolgingscli.feil import Feil, Sted
from oppfolgingscli.hendelse import Varsel
from oppfolgingscli.les.fil import er_fil
from oppfolgingscli.les.kryss import forslag, skrevet
from oppfolgingscli.les.toml import MAX_FEIL, Dokument, Nokkel
from oppfolgingscli.modell.ord import DELTAKER
from oppfolgingscli.modell.rutinesett import Fase, FaseAnker, Hver, Milepael, Rutinesett, Versjon
from oppfolgingscli.modell.verdier import vis_verdi
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.tid.perioder import skolear_for, skolear_nokkel

if TYPE_CHECKING:
    from oppfolgingscli.modell.anker import Anker
    from oppfolgingscli.modell.klasse import Deltaker, Klasse, Opplegg, Person

#: Makes a fault about a part of one participant: kode, melding, key within the participant, rad.
LagFeil = Callable[[str, str, Nokkel, str | None], Feil]


@dataclass(frozen=True, slots=True)
class Plassert:
    """A participant, and how faults about it are placed in the file it came from."""

    deltaker: Deltaker
    feil: LagFeil


@dataclass(frozen=True, slots=True)
class Deler:
    """The parts of a workspace that could be read. ``person_id``: also of people whose table is wrong."""

    dok: Dokument
    klasse: Klasse | None
    personer: dict[str, Person]
    person_id: set[str]
    deltakere: list[Plassert]


def check_klasse(deler: Deler, sett: Rutinesett | None, mappe: Path, feil: list[Feil]) -> None:
    """Check the parts against each other and against the routine set (None: it could not be read)."""
    feil.extend(_some(_participants(deler), deler))
    if deler.klasse is not None:
        klasse = deler.klasse
        feil.extend(_some((one for entry in deler.deltakere for one in _dates(entry, klasse)), deler))
    feil.extend(_busy_files(deler, mappe))
    if sett is not None:
        feil.extend(_phases(deler, sett))
        feil.extend(_roles(deler, sett))


def _some(faults: Iterator[Feil], deler: Deler) -> Iterator[Feil]:
    """Yield the first faults, and one for the rest when there are more."""
    yield from islice(faults, MAX_FEIL)
    if next(faults, None) is not None:
        melding = _("Det er mer enn {n} slike feil. Rett disse først.").format(n=MAX_FEIL)
        yield Feil("flere_feil", melding, Sted(deler.dok.vis))


def _participants(deler: Deler) -> Iterator[Feil]:
    """Find ids used twice, and people who are not there."""
    seen: dict[str, str] = {}
    for entry in deler.deltakere:
        other = seen.setdefault(entry.deltaker.id.lower(), entry.deltaker.id)
        if other is not entry.deltaker.id:
            rad = _("Gi hver deltaker sin egen id.")
            if other == entry.deltaker.id:
                yield entry.feil("like_id", _("id-en er alt brukt."), ("id",), rad)
            else:
                melding = _("id-en skiller seg fra {annen} bare i store og små bokstaver.").format(
                    annen=vis_verdi(other)
                )
                yield entry.feil("like_id", melding, ("id",), rad)
        for role, person in entry.deltaker.personer.items():
            if person not in deler.person_id:
                melding = _("personen {navn} er ikke oppgitt under [personer].").format(navn=vis_verdi(person))
                yield entry.feil("ukjent_person", melding, ("personer", role), forslag(person, deler.person_id))


def _dates(entry: Plassert, klasse: Klasse) -> Iterator[Feil]:
    """Find dates outside the class's span."""
    deltaker = entry.deltaker
    span = _("Klassen går fra {fra} til {til}.").format(fra=klasse.start, til=klasse.slutt)
    outside = [(("start",), deltaker.start), (("slutt",), deltaker.slutt)]
    for key, day in outside:
        if day is not None and not klasse.start <= day <= klasse.slutt:
            yield entry.feil("utenfor_klassen", _("{dato} er utenfor klassens tid.").format(dato=day), key, span)


def _busy_files(deler: Deler, mappe: Path) -> Iterator[Feil]:
    for name, person in deler.personer.items():
        if person.opptatt is not None and not er_fil(mappe / person.opptatt.replace("\\", "/")):
            melding = _("filen {sti} finnes ikke.").format(sti=vis_verdi(person.opptatt))
            rad = _("Skriv stien fra klassens mappe, eller ta bort linjen.")
            yield deler.dok.feil("finnes_ikke", melding, ("personer", name, "opptatt"), rad)


def _phases(deler: Deler, sett: Rutinesett) -> Iterator[Feil]:
    """Find dates for phases the set does not have, and dates that do not fit with the set's."""
    if deler.klasse is None:
        return
    phases = {fase.id: fase for fase in sett.faser}
    for name, own in deler.klasse.faser.items():
        key: Nokkel = ("klasse", "faser", name)
        fase = phases.get(name)
        if fase is None:
            melding = _("fasen {navn} finnes ikke i rutinesettet {sett}.").format(
                navn=vis_verdi(name), sett=vis_verdi(sett.hode.id)
            )
            yield deler.dok.feil("ukjent_fase", melding, key, forslag(name, phases), verdi=False)
            continue
        first, last = own.fra or fase.fra, own.til or fase.til
        if (own.fra is None or own.til is None) and isinstance(first, date) and isinstance(last, date) and last < first:
            melding = _("fasen slutter ({slutt}) før den begynner ({start}).").format(slutt=last, start=first)
            yield deler.dok.feil("slutt_for_start", melding, key, _("Skriv både «fra» og «til»."))


def _roles(deler: Deler, sett: Rutinesett) -> Iterator[Feil]:
    """Find roles and routines the set does not have."""
    roles = {DELTAKER, *sett.roller}
    routines = {versjon.rutine.id for versjon in sett.versjoner}
    in_set = vis_verdi(sett.hode.id)
    for name, person in deler.personer.items():
        if person.rolle not in roles:
            melding = _("rollen {navn} finnes ikke i rutinesettet {sett}.").format(
                navn=skrevet(deler.dok, ("personer", name, "rolle"), person.rolle),
                sett=in_set,
            )
            yield deler.dok.feil("ukjent_rolle", melding, ("personer", name, "rolle"), forslag(person.rolle, roles))
    for entry in deler.deltakere:
        for role in entry.deltaker.personer:
            if role not in roles:
                melding = _("rollen {navn} finnes ikke i rutinesettet {sett}.").format(
                    navn=vis_verdi(role), sett=in_set
                )
                yield entry.feil("ukjent_rolle", melding, ("personer", role), forslag(role, roles))
        for i, exempt in enumerate(entry.deltaker.fritak):
            if exempt.rutine not in routines:
                melding = _("rutinen {navn} finnes ikke i rutinesettet {sett}.").format(
                    navn=vis_verdi(exempt.rutine), sett=in_set
                )
                yield entry.feil("ukjent_rutine", melding, ("fritak", i, "rutine"), forslag(exempt.rutine, routines))


def varsler_for(opplegg: Opplegg) -> Iterator[Varsel]:
    """Yield what a coordinator should know of a workspace that is otherwise in order."""
    yield from _missing_years(opplegg)
    sett = opplegg.rutinesett
    phases = {fase.id: fase for fase in sett.faser}
    for versjon in sett.versjoner:
        yield from _missing_exam(versjon, opplegg)
    yield from _missing_dates(opplegg)
    if opplegg.skolerute is not None:
        for versjon in sett.versjoner:
            yield from clock_varsel(versjon, sett, phases)


def _missing_years(opplegg: Opplegg) -> Iterator[Varsel]:
    if opplegg.skolerute is None:
        return
    have = {year.id for year in opplegg.skolerute}
    klasse = opplegg.klasse
    years = map(skolear_nokkel, range(skolear_for(klasse.start), skolear_for(klasse.slutt) + 1))
    missing = [year for year in years if year not in have]
    if missing:
        melding = ngettext(
            "Skoleruten har ikke skoleåret {ar}. Det vanlige mønsteret brukes; datoene er ikke bekreftet.",
            "Skoleruten har ikke skoleårene {ar}. Det vanlige mønsteret brukes; datoene er ikke bekreftet.",
            len(missing),
        ).format(ar=", ".join(missing))
        yield Varsel("skolerute_mangler", opplegg.skolerute_navn, melding)


def _missing_exam(versjon: Versjon, opplegg: Opplegg) -> Iterator[Varsel]:
    frekvens = versjon.rutine.frekvens
    if isinstance(frekvens, Milepael) and frekvens.milepael.slag == "eksamen":
        name = frekvens.milepael.navn or ""
        if name not in opplegg.klasse.eksamen:
            yield _no_exam(f"{opplegg.rutinesett.hode.id}/{versjon.rutine.id}", name)


def _no_exam(sted: str, name: str) -> Varsel:
    melding = _(
        "Eksamensdatoen {navn} er ikke satt, så dette får ingen dato. Legg til eksamen.{nokkel} = DATO under [klasse]."
    )
    return Varsel("anker_mangler", sted, melding.format(navn=vis_verdi(name), nokkel=name))


def _missing_dates(opplegg: Opplegg) -> Iterator[Varsel]:
    """Warn of phases that never get dates."""
    for fase in opplegg.rutinesett.faser:
        own = opplegg.klasse.faser.get(fase.id)
        where = f"{opplegg.rutinesett.hode.id}/{fase.id}"
        if fase.skolear:
            continue
        edges = ((own and own.fra) or fase.fra, (own and own.til) or fase.til)
        if None in edges:
            melding = _(
                "Fasen {navn} har ikke både start og slutt. Legg til faser.{id} = {{ fra = DATO, til = DATO }} under [klasse]."
            )
            yield Varsel("anker_mangler", where, melding.format(navn=vis_verdi(fase.id), id=fase.id))
        for edge in edges:
            anchor: Anker | None = edge.milepael if isinstance(edge, FaseAnker) else None
            if anchor and anchor.slag == "eksamen" and anchor.navn not in opplegg.klasse.eksamen:
                yield _no_exam(where, anchor.navn or "")


def clock_varsel(versjon: Versjon, sett: Rutinesett, phases: dict[str, Fase]) -> Iterator[Varsel]:
    """Warn of months or years on a clock that stops in breaks: "2 months" is then longer than people think."""
    rutine = versjon.rutine
    if not isinstance(rutine.frekvens, Hver) or rutine.gjelder.ferie == "ogsa":
        return
    if rutine.gjelder.fase and all(name in phases and not phases[name].skolerute for name in rutine.gjelder.fase):
        return
    lengths = (rutine.frekvens.hver, rutine.frekvens.senest, rutine.frekvens.forste_innen)
    if any(length.enhet in {"maned", "ar"} for length in lengths):
        melding = _(
            "Intervallet er i måneder eller år, men klokken står i feriene. Skriv uker, eller gjelder = {ferie}."
        )
        yield Varsel("maneder_pa_klokke", f"{sett.hode.id}/{rutine.id}", melding.format(ferie='{ ferie = "ogsa" }'))
