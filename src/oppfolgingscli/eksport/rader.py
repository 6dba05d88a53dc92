"""The rows of one class, with its own ids kept apart in keys that begin with ``_`` and never reach a file.

What may not leave the workspace is not read here at all: notes, names, places, benefits, reasons. A variable of the
export that is an id is not set here; ``pseudonym`` sets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.eksport.tabeller import ANDRE
from oppfolgingscli.eksport.tabeller_logg import HENDELSER
from oppfolgingscli.maltall.visninger import group_spans
from oppfolgingscli.telling import select
from oppfolgingscli.tid.perioder import periode_for

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Subjekt
    from oppfolgingscli.hendelse import Hendelse, Kontakt, Logg
    from oppfolgingscli.modell.rutinesett import Rutinesett, Versjon
    from oppfolgingscli.revisjon.resultat import Klasse
    from oppfolgingscli.vurder import Vurdering

#: A row by variable; keys that begin with ``_`` are the class's own ids.
Rad = dict[str, Any]
KJENTE_HENDELSER: Final = frozenset(code for code, _what in HENDELSER) - {ANDRE}
"""Events that are told apart: other words may be of health or reasons."""


@dataclass(frozen=True, slots=True)
class Settord:
    """What a routine set may be called outside the workspace.

    ``skjermet``: ids of the routines whose points would tell a benefit, a group or a reason. ``rutine``: id -> id in the export.
    ``navn``: id -> name. ``typer``: type -> what it is called; one that is not there is «andre». ``regel``: (id,
    version) -> the rule in words. ``roller``: those that may be named.
    """

    skjermet: frozenset[str]
    rutine: Mapping[str, str]
    navn: Mapping[str, str]
    typer: Mapping[str, str]
    regel: Mapping[tuple[str, int], str]
    roller: frozenset[str]

    def type(self, kode: str) -> str:
        """Return what a type is called."""
        return self.typer.get(kode, ANDRE)


@dataclass(slots=True)
class Klasserader:
    """The rows of one class by table. ``utelatt``: rows of the log that count for nothing and are left out."""

    klasse: Klasse
    sett: Rutinesett
    ord: Settord
    tabeller: dict[str, list[Rad]] = field(default_factory=dict)
    utelatt: int = 0


@cache
def semester(day: date | None) -> str | None:
    """Return the key of the half-year a day is in."""
    return None if day is None else periode_for(day, "semester").nokkel


def klasserader(
    vurdering: Vurdering, logg: Logg, roller: Mapping[str, str], klasse: Klasse, lag: int, words: Settord
) -> Klasserader:
    """Return the rows of a class. ``roller``: person -> role. ``lag``: as the audit's."""
    from oppfolgingscli.eksport.punktrader import punktrader

    g = vurdering.gyldighet
    out = Klasserader(klasse, g.opplegg.rutinesett, words)
    model = g.opplegg.klasse
    out.tabeller["klasser"] = [{
        "fylke": klasse.fylke, "_skole": (klasse.fylke, klasse.skole) if klasse.skole else None,
        "rutinesett": klasse.rutinesett, "start": model.start, "slutt": model.slutt,
        "start_semester": semester(model.start), "slutt_semester": semester(model.slutt),
        "n_deltakere": len(g.deltakerne),
    }]  # fmt: skip
    out.tabeller["deltakere"] = [_deltaker(vurdering, s) for s in g.deltakerne]
    out.tabeller["perioder"] = [row for s in g.deltakerne for row in _perioder(s)]
    chosen = select(g, logg, vurdering.per)
    log = _Loggrader(vurdering, words, roller)
    known = {s.id for s in g.deltakerne}
    subjects = (g.klassen, *g.deltakerne)
    kept: set[str] = set()
    contacts, events = [], []
    for s in subjects:
        for k in (*chosen.av.get(s.id, ()), *chosen.uteblitt.get(s.id, ())):
            contacts.append(log.kontakt(k, s, known))
            kept.add(k.id)
        events += [log.hendelse(h, s) for h in chosen.hendelser.get(s.id, ())]
    out.tabeller["kontakter"], out.tabeller["hendelser"] = contacts, events
    out.utelatt = len({k.id for k in logg.kontakter} - kept)
    out.tabeller["punkter"] = list(punktrader(vurdering, klasse, lag, words))
    return out


def rutinerader(sett_id: str, sett: Rutinesett, words: Settord) -> Iterator[Rad]:
    """Yield a row for each version of each routine of a set."""
    for v in sett.versjoner:
        r = v.rutine
        yield {
            "rutinesett": sett_id, "rutine": words.rutine[r.id], "versjon": v.nr, "navn": words.navn[r.id],
            "type": words.type(r.type), "niva": r.niva, "grunnlag": r.grunnlag, "slag": r.frekvens.slag,
            "regel": words.regel[r.id, v.nr], "ansvarlig": r.ansvarlig if r.ansvarlig in words.roller else ANDRE,
            "gjelder_fra": v.fra, "gjelder_til": v.til, "antatt": r.antatt, "kilde": _kilde(sett, v),
            "kilde_id": ",".join(r.kilde_id) or None, "skjermet": r.id in words.skjermet,
        }  # fmt: skip


def _kilde(sett: Rutinesett, v: Versjon) -> str:
    return ", ".join(dict.fromkeys(part for part in (sett.hode.kilde, v.rutine.kilde) if part))


def _deltaker(vurdering: Vurdering, s: Subjekt) -> Rad:
    per, g = vurdering.per.toordinal(), vurdering.gyldighet
    start, slutt = date.fromordinal(s.start), date.fromordinal(s.slutt)
    return {
        "_deltaker": s.id, "start": start, "slutt": slutt, "start_semester": semester(start),
        "slutt_semester": semester(slutt), "sluttet": s.slutt < g.slutt and s.slutt <= per,
        "dager": max(0, min(s.slutt, per) - s.start + 1), "pausedager": vurdering.pausedager.get(s.id, 0),
    }  # fmt: skip


def _perioder(s: Subjekt) -> Iterator[Rad]:
    for label, span in group_spans(s):
        if label:
            yield _periode(s, "gruppe", label, span.fra, span.til)
    for first, last in s.praksisspenn:
        if first <= s.slutt:
            yield _periode(s, "praksis", None, date.fromordinal(first), date.fromordinal(min(last, s.slutt)))


def _periode(s: Subjekt, slag: str, verdi: str | None, fra: date, til: date) -> Rad:
    return {
        "_deltaker": s.id, "slag": slag, "_gruppe": verdi, "fra": fra, "til": til, "fra_semester": semester(fra),
        "til_semester": semester(til), "dager": (til - fra).days + 1,
    }  # fmt: skip


class _Loggrader:
    """Makes rows of the log; ``roller``: person -> role."""

    def __init__(self, vurdering: Vurdering, words: Settord, roller: Mapping[str, str]) -> None:
        self.words, self.roller = words, roller
        # Credit to a veiled routine is not told: it would tell whom the routine is for.
        self.brukt = {
            (x.kontakt.id, x.punkt.subjekt)
            for x in vurdering.punkter
            if x.kontakt is not None and x.punkt.rutine not in words.skjermet
        }

    def kontakt(self, k: Kontakt, s: Subjekt, known: set[str]) -> Rad:
        named = [name for name in dict.fromkeys(k.deltakere) if name in known]
        rutine = k.rutine if k.rutine in self.words.rutine and k.rutine not in self.words.skjermet else None
        who = k.utfort_av[0] if k.utfort_av else None
        role = None if who is None else self.roller.get(who, who)
        if role not in self.words.roller:  # also the person: one who only has those with a benefit, tells of it
            who = role = None
        return {
            "_kontakt": (k.id, s.id), "_deltaker": None if s.deltaker is None else s.id, "_alle": k.alle,
            "_mote": k.id if k.alle or len(named) > 1 else None, "dato": k.dato, "semester": semester(k.dato),
            "type": self.words.type(k.type), "rutine": rutine and self.words.rutine[rutine], "status": k.status,
            "brukt": (k.id, s.id) in self.brukt, "fort_etter": (k.registrert - k.dato).days,
            "rolle": role, "_ansatt": who if who in self.roller else None,
            "n_nevnt": len(named), "skjermet": k.type not in self.words.typer,
        }  # fmt: skip

    @staticmethod
    def hendelse(h: Hendelse, s: Subjekt) -> Rad:
        return {
            "_deltaker": None if s.deltaker is None else s.id, "_alle": h.alle, "dato": h.dato,
            "semester": semester(h.dato), "type": h.type if h.type in KJENTE_HENDELSER else ANDRE,
            "oppdaget_etter": (h.oppdaget - h.dato).days if h.oppdaget else None,
            "fort_etter": (h.registrert - h.dato).days,
        }  # fmt: skip
