"""Which contacts count for which routine and subject (docs/semantikk.md, "Loggen"). Pure.

A contact counts when its type and routine fit, it names the subject, it was held, it is not after ``per``
and was known at ``kjent``, the required roles took part, it is no duplicate, and it is far enough from the
one before. Reasons why a row counts nowhere are collected on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from oppfolgingscli.hendelse import Hendelse, Kontakt, Logg, Varsel
from oppfolgingscli.modell.rutinesett import Antall, Ved
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.modell.rutinesett import Versjon

Rad = TypeVar("Rad", Kontakt, Hendelse)
#: How alike two words are (difflib) before one is taken for the other; «fravaer» is not «hoyt_fravaer».
_LIKE: Final = 0.85


@dataclass(slots=True)
class Loggutvalg:
    """The log as it stands on ``per``, known at ``kjent``: what may count, and why the rest does not.

    ``ikke_talt``: (row id, why it counts nowhere). ``av``: subject id -> the contacts that name it and were
    held, by (dato, id). ``uteblitt``: the same for no-shows, cancellations and postponements.
    """

    av: dict[str, list[Kontakt]] = field(default_factory=dict)
    uteblitt: dict[str, list[Kontakt]] = field(default_factory=dict)
    hendelser: dict[str, list[Hendelse]] = field(default_factory=dict)
    ikke_talt: list[tuple[str, str]] = field(default_factory=list)
    funn: list[Varsel] = field(default_factory=list)


def names(row: Kontakt | Hendelse, s: Subjekt) -> bool:
    """Whether a row names the subject: by id, ``*`` for those enrolled that day, nobody for the class."""
    if s.deltaker is None:
        return row.alle or not row.deltakere
    return s.id in row.deltakere or (row.alle and s.start <= row.dato.toordinal() <= s.slutt)


def select(g: Gyldighet, logg: Logg, per: date) -> Loggutvalg:
    """Pick what the log holds on ``per``, as known at ``g.kjent``, for every subject of the class."""
    out = Loggutvalg()
    versions = g.opplegg.rutinesett.versjoner
    types = {t for v in versions for t in (v.rutine.type, *v.rutine.teller_ogsa)}
    routines = {v.rutine.id for v in versions}
    subjects = (g.klassen, *g.deltakerne)
    by_id = {s.id: s for s in g.deltakerne}
    for k in sorted(_first_of_each_id(g, logg.kontakter, per, out), key=lambda k: (k.dato, k.id)):
        reason = _refusal(k, types, routines, by_id, out)
        if reason in {"avlyst", "ikke_mott", "utsatt"}:
            _add(out.uteblitt, k, subjects, by_id)
        if reason:
            out.ikke_talt.append((k.id, reason))
        else:
            _add(out.av, k, subjects, by_id)
    awaited = {word for v in versions if isinstance(v.rutine.frekvens, Ved) for word in v.rutine.frekvens.ved}
    meant: dict[str, str | None] = dict.fromkeys(awaited)
    for h in sorted(_first_of_each_id(g, logg.hendelser, per, out), key=lambda h: (h.dato, h.id)):
        _unknown_participants(h, by_id, out)
        _misspelt(h, awaited, meant, out)
        _add(out.hendelser, h, subjects, by_id)
    return out


def _first_of_each_id(g: Gyldighet, rows: Iterable[Rad], per: date, out: Loggutvalg) -> list[Rad]:
    """Keep the rows known at ``kjent`` and not after ``per``; of rows that share an id the earliest.

    The others are duplicates, and findings.
    """
    kept: dict[str, Rad] = {}
    for row in sorted(rows, key=lambda r: (r.dato, r.tekst)):
        if not g.is_known(row.registrert):
            _not_there(row, "etter_kjent", out)
        elif row.dato > per:
            _not_there(row, "etter_per", out)
        elif row.id in kept:
            out.ikke_talt.append((row.id, "duplikat"))
            out.funn.append(duplicate(row, kept[row.id]))
        else:
            kept[row.id] = row
    return list(kept.values())


def _not_there(row: Kontakt | Hendelse, reason: str, out: Loggutvalg) -> None:
    """Note a contact that is not there yet. An event that is not there counts for nothing anyway."""
    if isinstance(row, Kontakt):
        out.ikke_talt.append((row.id, reason))


def duplicate(row: Kontakt | Hendelse, kept: Kontakt | Hendelse) -> Varsel:
    """Make the finding for a row that repeats another."""
    melding = _("raden er den samme som {annen}, og telles ikke").format(annen=kept.sted)
    return Varsel("duplikat", row.sted, melding)


def _refusal(k: Kontakt, types: set[str], routines: set[str], by_id: dict[str, Subjekt], out: Loggutvalg) -> str | None:
    """Return why a contact counts for no routine and no subject, by its own words alone."""
    unknown = _unknown_participants(k, by_id, out)
    if k.rutine is not None and k.rutine not in routines:
        out.funn.append(Varsel("ukjent_rutine", k.sted, _("ukjent rutine: {rutine}").format(rutine=k.rutine)))
    if k.type not in types:
        out.funn.append(Varsel("ukjent_type", k.sted, _("ukjent type: {type}").format(type=k.type)))
    if k.status != "gjennomfort":
        return k.status
    if k.type not in types:
        return "ukjent_type"
    if k.rutine is not None and k.rutine not in routines:
        return "ukjent_rutine"
    return "ukjent_deltaker" if unknown and len(unknown) == len(k.deltakere) and not k.alle else None


def _unknown_participants(row: Kontakt | Hendelse, by_id: dict[str, Subjekt], out: Loggutvalg) -> list[str]:
    unknown = [d for d in row.deltakere if d not in by_id]
    if unknown:
        melding = _("ukjent deltaker: {hvem}").format(hvem=", ".join(unknown))
        out.funn.append(Varsel("ukjent_deltaker", row.sted, melding))
    return unknown


def _misspelt(h: Hendelse, awaited: set[str], meant: dict[str, str | None], out: Loggutvalg) -> None:
    """Find an event no routine waits for that looks much like one some routine does: a duty lost to a letter.

    ``meant``: type -> what was meant (None: itself), for the types seen so far.
    """
    if h.type not in meant:
        meant[h.type] = is_misspelt(h.type, awaited)
    if meant[h.type] is not None:
        melding = _("ukjent hendelse: {type}. Mente du «{forslag}»?").format(type=h.type, forslag=meant[h.type])
        out.funn.append(Varsel("ukjent_hendelse", h.sted, melding))


def is_misspelt(word: str, awaited: Collection[str]) -> str | None:
    """Return the type of event a routine waits for that ``word`` looks much like; None for one of them, or none."""
    if word in awaited:
        return None
    from difflib import get_close_matches  # only when a type is new

    return next(iter(get_close_matches(word, sorted(awaited), 1, _LIKE)), None)


def _add(table: dict[str, list[Rad]], row: Rad, subjects: tuple[Subjekt, ...], by_id: dict[str, Subjekt]) -> None:
    """File a row under every subject it names."""
    if row.alle:
        for s in subjects:
            if names(row, s):
                table.setdefault(s.id, []).append(row)
    elif row.deltakere:
        for name in dict.fromkeys(row.deltakere):
            if name in by_id:
                table.setdefault(name, []).append(row)
    else:
        table.setdefault(subjects[0].id, []).append(row)


@dataclass(frozen=True, slots=True)
class Telt:
    """The contacts that count for one version and subject, by (dato, id), and those that fall out, and why."""

    teller: tuple[Kontakt, ...]
    ufullstendige: tuple[Kontakt, ...]
    duplikater: tuple[Kontakt, ...]
    for_naer: tuple[Kontakt, ...]


def count(g: Gyldighet, v: Versjon, kontakter: Iterable[Kontakt], roller: Mapping[str, str]) -> Telt:
    """Return which of a subject's contacts count for a version. ``roller``: person id -> role.

    ``kontakter`` in order of (dato, id). A required role is there when it, or a person who stands for it,
    is in ``deltok`` or ``utfort_av``; with nothing in ``deltok`` it is not asked. Of rows with the same type,
    routine and date the lowest id counts; with ``minst_mellom`` a contact too soon after the last kept one
    falls out.
    """
    r = v.rutine
    types = {r.type, *r.teller_ogsa}
    required = set(r.krever)
    kept: list[Kontakt] = []
    incomplete: list[Kontakt] = []
    doubles: list[Kontakt] = []
    near: list[Kontakt] = []
    seen: set[tuple[str, str | None, date]] = set()
    spacing = r.frekvens.minst_mellom if isinstance(r.frekvens, Antall) else None
    open_from = date.min
    for k in kontakter:
        if k.type not in types or k.rutine not in (None, r.id):
            continue
        if required and k.deltok:
            there = {roller.get(name, name) for name in (*k.deltok, *k.utfort_av)}
            if not required <= there:
                incomplete.append(k)
                continue
        key = (k.type, k.rutine, k.dato)
        if key in seen:
            doubles.append(k)
            continue
        seen.add(key)
        if k.dato < open_from:
            near.append(k)
            continue
        kept.append(k)
        if spacing is not None:
            open_from = g.kalender.add(k.dato, spacing)
    return Telt(tuple(kept), tuple(incomplete), tuple(doubles), tuple(near))
