"""What the log itself looks like: written late, on days nobody is at school, twice, after the end. Pure.

None of it is wrong by itself: a finding is something to ask about. Every count stands with how many participants it
is about, and adds up over classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Gyldighet
    from oppfolgingscli.hendelse import Kontakt, Logg, Varsel
    from oppfolgingscli.vurder import Vurdering

#: Days from a contact to the day it was written down: (code, first, last), closed; together every whole number.
FORSINKELSER: Final[tuple[tuple[str, int | None, int | None], ...]] = (
    ("fort_for", None, -1),
    ("fort_samme_dag", 0, 0),
    ("fort_1_7", 1, 7),
    ("fort_8_14", 8, 14),
    ("fort_15_30", 15, 30),
    ("fort_31_90", 31, 90),
    ("fort_over_90", 91, None),
)
#: Contacts of one type with one date, in rows of their own, from which on they are "many on one day".
MANGE_PA_EN_DAG: Final = 10
#: Contacts written down on one day, from which on they are "written down together", when …
SAMLET_FORT: Final = 10
#: … they happened on at least so many different days.
SAMLET_FORT_DAGER: Final = 5
#: Findings of a judgement that are counted here too, and what is counted: rows of the log, or pauses and exemptions.
FRA_VURDERING: Final = (
    "ulest_rad", "fodselsnummer", "uten_id", "rettelse_uten_rad", "duplikat", "ukjent_type", "ukjent_rutine",
    "ukjent_deltaker", "ukjent_hendelse", "hendelse_etter_slutt", "pause_registrert_sent", "fritak_registrert_sent",
)  # fmt: skip
#: Rows of a flat data set that are about nobody, or of periods; a workspace has none (there they are faults).
FRA_DATASETT: Final = ("ukjent_klasse", "ulest_periode")
#: Every code, in the order they are shown.
KODER: Final = (
    *(kode for kode, _fra, _til in FORSINKELSER),
    "helg", "helligdag", "ferie", "mange_samme_dag", "samlet_fort", "for_start", "etter_slutt", "like_rader",
    *FRA_VURDERING, *FRA_DATASETT,
)  # fmt: skip


@dataclass(slots=True)
class Kvalitet:
    """What was found in the log of some classes. ``Kvalitet()`` is the zero.

    ``kontakter``: rows of contacts dated up to ``per`` and known then. ``deltakere``: participants named in them.
    ``rader``: by code, how many rows; ``berorte``: by code, how many participants they name (of findings that are
    about a row nobody could read, the rows themselves, at most one participant each). ``dager``: how many contacts
    were written down so many days after they happened.
    """

    kontakter: int = 0
    deltakere: int = 0
    rader: Counter[str] = field(default_factory=Counter)
    berorte: Counter[str] = field(default_factory=Counter)
    dager: Counter[int] = field(default_factory=Counter)

    def __iadd__(self, other: Kvalitet) -> Kvalitet:  # noqa: PYI034 - no subclasses
        self.kontakter += other.kontakter
        self.deltakere += other.deltakere
        self.rader.update(other.rader)
        self.berorte.update(other.berorte)
        self.dager.update(other.dager)
        return self


def kvalitet(vurdering: Vurdering, logg: Logg) -> Kvalitet:
    """Return what the log of one class looks like on the day it was judged."""
    g = vurdering.gyldighet
    rows = [k for k in logg.kontakter if k.dato <= vurdering.per and g.is_known(k.registrert)]
    people: dict[str, set[str]] = {}
    out = Kvalitet(kontakter=len(rows))
    everyone: set[str] = set()
    named = {id(k): _named(g, k) for k in rows}
    for kode, k in _findings(g, rows):
        out.rader[kode] += 1
        people.setdefault(kode, set()).update(named[id(k)])
    for k in rows:
        everyone |= named[id(k)]
        out.dager[(k.registrert - k.dato).days] += 1
    out.deltakere = len(everyone)
    out.berorte.update({kode: len(who) for kode, who in people.items() if who})
    _add_judged(out, vurdering.funn, {s.id for s in g.deltakerne})
    return out


def _named(g: Gyldighet, k: Kontakt) -> set[str]:
    if k.alle:
        return {s.id for s in g.deltakerne if s.start <= k.dato.toordinal() <= s.slutt}
    return set(k.deltakere)


def delay_code(days: int) -> str:
    """Return the code of the class of delays a number of days belongs to."""
    return next(
        kode
        for kode, first, last in FORSINKELSER
        if (first is None or first <= days) and (last is None or days <= last)
    )


def _findings(g: Gyldighet, rows: list[Kontakt]) -> Iterator[tuple[str, Kontakt]]:
    by_id = {s.id: s for s in g.deltakerne}
    school = g.opplegg.skolerute is not None
    for k in rows:
        yield delay_code((k.registrert - k.dato).days), k
        held = k.status == "gjennomfort" and g.kalender.fra <= k.dato <= g.kalender.til
        if held and k.dato.weekday() >= 5:
            yield "helg", k
        elif held and not g.kalender.is_virkedag(k.dato):
            yield "helligdag", k
        elif held and school and g.kalender.i_ferie(k.dato) is not None:
            yield "ferie", k
        known = [by_id[name] for name in k.deltakere if name in by_id]
        if any(k.dato.toordinal() < s.start for s in known):
            yield "for_start", k
        if any(k.dato.toordinal() > s.slutt for s in known):
            yield "etter_slutt", k
    yield from _many_on_one_day(rows)
    yield from _written_together(rows)
    yield from _alike(rows)


def _many_on_one_day(rows: Iterable[Kontakt]) -> Iterator[tuple[str, Kontakt]]:
    """Find contacts of one type and one date, each with its own participant: one meeting, or many talks?"""
    days: dict[tuple[date, str], list[Kontakt]] = {}
    for k in rows:
        if k.status == "gjennomfort" and len(k.deltakere) == 1:
            days.setdefault((k.dato, k.type), []).append(k)
    for found in days.values():
        if len({k.deltakere[0] for k in found}) >= MANGE_PA_EN_DAG:
            yield from (("mange_samme_dag", k) for k in found)


def _written_together(rows: Iterable[Kontakt]) -> Iterator[tuple[str, Kontakt]]:
    """Find contacts from many days that were written down on one later day: a log filled in afterwards."""
    days: dict[date, list[Kontakt]] = {}
    for k in rows:
        if k.registrert > k.dato:
            days.setdefault(k.registrert, []).append(k)
    for found in days.values():
        if len(found) >= SAMLET_FORT and len({k.dato for k in found}) >= SAMLET_FORT_DAGER:
            yield from (("samlet_fort", k) for k in found)


def _alike(rows: Iterable[Kontakt]) -> Iterator[tuple[str, Kontakt]]:
    """Find rows that say the same in every column that is read, whatever their ids; the first is no finding."""
    seen: set[tuple[object, ...]] = set()
    for k in rows:
        said = (k.dato, k.type, k.rutine, frozenset(k.deltakere), k.alle, k.utfort_av, k.deltok, k.status)
        if said in seen:
            yield "like_rader", k
        seen.add(said)


def _add_judged(out: Kvalitet, funn: Iterable[Varsel], deltakere: set[str]) -> None:
    people: dict[str, set[str]] = {}
    for v in funn:
        if v.kode in FRA_VURDERING:
            out.rader[v.kode] += 1
            # Pauses and exemptions are placed by participant, rows by file and line: at most one participant each,
            # as far as anybody can tell.
            people.setdefault(v.kode, set()).add(v.sted if v.sted in deltakere else f":{out.rader[v.kode]}")
    out.berorte.update({kode: len(who) for kode, who in people.items()})
