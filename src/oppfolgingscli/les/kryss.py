"""What one table says of another in a routine set: references, versions, duplicates."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from oppfolgingscli.les.fil import mange
from oppfolgingscli.les.rutinesett import Lest, Lestfil, begins
from oppfolgingscli.modell.ord import DELTAKER, nearest
from oppfolgingscli.modell.rutinesett import Antall, Etter, Fase, FaseAnker, Hver, Milepael, Rutine
from oppfolgingscli.modell.verdier import vis_verdi
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.feil import Feil
    from oppfolgingscli.les.toml import Dokument, Nokkel
    from oppfolgingscli.modell.anker import Anker


MAX_PUNKTER: Final = 5000
"""Points a year of all the routines of a set, on one participant: more than one every other hour, night and day."""
_PER_AR: Final = {"uke": 52, "maned": 12, "kvartal": 4, "semester": 2, "skolear": 1}


def forslag(word: str, known: Iterable[str]) -> str:
    """Return the remedy for a reference to something unknown."""
    known = sorted(known)
    near = nearest(word, known)
    if near:
        return _("Mente du «{ord}»?").format(ord=near)
    return _("Kjente: {ord}.").format(ord=", ".join(known[:12])) if known else ""


def skrevet(dok: Dokument, key: Nokkel, value: str) -> str:
    """Return how ``value`` is written at ``key``, æøå and all, for messages."""
    here: object = dok.data
    for part in key:
        here = here[part] if isinstance(here, dict | list) else None  # type: ignore[index] # a list is asked by number, a table by key
    return vis_verdi(here if isinstance(here, str) else value)


def check_rutinesett(lest: Lest, feil: list[Feil]) -> None:
    """Check a set across its tables, as far as its parts could be read; add the faults."""
    for fil in lest.filer:
        feil.extend(_duplicates(fil))
        feil.extend(_versions(fil, lest))
    if not lest.hel:
        return  # what is missing may stand in the file that could not be read
    roles = {DELTAKER}.union(*(fil.rolle_id for fil in lest.filer))
    phases: set[str] = set().union(*(fil.fase_id for fil in lest.filer))
    levels = _levels(lest)
    for n, fil in enumerate(lest.filer):
        replaced: set[str] = set().union(*(later.rutine_id for later in lest.filer[n + 1 :]))
        for i, rutine in fil.rutiner:
            if rutine.id not in replaced:
                feil.extend(_roles(fil, ("rutiner", i), rutine, roles))
                feil.extend(_phases(fil, ("rutiner", i), rutine, phases))
                feil.extend(_after(fil, ("rutiner", i), rutine, levels))
        for i, fase in fil.faser:
            for key, anchor in _edges(fase):
                feil.extend(_anchor(fil, ("faser", i, key, "milepael"), anchor, phases))
    feil.extend(_phase_rings(lest))
    feil.extend(_too_often(lest))


def _too_often(lest: Lest) -> Iterator[Feil]:
    """Find a set with so many routines, so often, that nobody could mean it and no machine could hold the points."""
    points = 0.0
    for fil in lest.filer:
        for _i, rutine in fil.rutiner:
            frekvens = rutine.frekvens
            if isinstance(frekvens, Antall):
                points += frekvens.inntil * _PER_AR[frekvens.per]
            elif isinstance(frekvens, Hver):
                points += 365 / max(1, frekvens.hver.on_clock)
            else:
                points += 1
    if points > MAX_PUNKTER:
        melding = _("rutinene i settet gir mer enn {n} punkter på hver deltaker i året.").format(n=mange(MAX_PUNKTER))
        rad = _("Skriv færre rutiner, eller sjeldnere.")
        yield lest.filer[-1].dok.feil("for_mange_punkter", melding, ("rutinesett", "id"), rad)


def _levels(lest: Lest) -> dict[str, set[str]]:
    """Return the levels of each routine in force (none when its table is wrong)."""
    levels: dict[str, set[str]] = {}
    for fil in lest.filer:
        for name in fil.rutine_id:
            levels[name] = {rutine.niva for _i, rutine in fil.rutiner if rutine.id == name}
    return levels


def _roles(fil: Lestfil, at: Nokkel, rutine: Rutine, known: set[str]) -> Iterator[Feil]:
    used: list[tuple[Nokkel, str]] = [((*at, "ansvarlig"), rutine.ansvarlig)]
    for name in ("deltar", "krever"):
        raw = fil.dok.data["rutiner"][at[1]].get(name)
        used += [
            ((*at, name, j) if isinstance(raw, list) else (*at, name), role)
            for j, role in enumerate(getattr(rutine, name))
        ]
    for key, role in used:
        if role not in known:
            melding = _("rollen {navn} er ikke oppgitt under [roller].").format(navn=skrevet(fil.dok, key, role))
            yield fil.dok.feil("ukjent_rolle", melding, key, forslag(role, known))


def _phases(fil: Lestfil, at: Nokkel, rutine: Rutine, known: set[str]) -> Iterator[Feil]:
    raw = fil.dok.data["rutiner"][at[1]].get("gjelder", {}).get("fase")
    for j, name in enumerate(rutine.gjelder.fase):
        if name not in known:
            key = (*at, "gjelder", "fase", j) if isinstance(raw, list) else (*at, "gjelder", "fase")
            yield _unknown_phase(fil, key, name, known)
    if isinstance(rutine.frekvens, Milepael):
        yield from _anchor(fil, (*at, "frekvens", "milepael"), rutine.frekvens.milepael, known)


def _anchor(fil: Lestfil, key: Nokkel, anchor: Anker, known: set[str]) -> Iterator[Feil]:
    if anchor.slag in {"fase-start", "fase-slutt"} and anchor.navn and anchor.navn not in known:
        yield _unknown_phase(fil, key, anchor.navn, known)


def _unknown_phase(fil: Lestfil, key: Nokkel, name: str, known: set[str]) -> Feil:
    melding = _("fasen {navn} er ikke oppgitt under [[faser]].").format(navn=vis_verdi(name))
    return fil.dok.feil("ukjent_fase", melding, key, forslag(name, known))


def _after(fil: Lestfil, at: Nokkel, rutine: Rutine, levels: dict[str, set[str]]) -> Iterator[Feil]:
    if not isinstance(rutine.frekvens, Etter):
        return
    raw = fil.dok.data["rutiner"][at[1]]["frekvens"]["etter"]
    for j, name in enumerate(rutine.frekvens.etter):
        key = (*at, "frekvens", "etter", j) if isinstance(raw, list) else (*at, "frekvens", "etter")
        if name not in levels:
            melding = _("rutinen {navn} finnes ikke i settet.").format(navn=skrevet(fil.dok, key, name))
            yield fil.dok.feil("ukjent_rutine", melding, key, forslag(name, levels))
        elif name == rutine.id:
            yield fil.dok.feil(
                "ring", _("rutinen kan ikke følge etter seg selv."), key, _("Bruk «hver» for det som går igjen.")
            )
        elif levels[name] - {rutine.niva}:
            melding = _("rutinen {navn} har nivå «{annet}», denne «{eget}».").format(
                navn=vis_verdi(name),
                annet=min(levels[name] - {rutine.niva}),
                eget=rutine.niva,
            )
            yield fil.dok.feil("ulikt_niva", melding, key, _("Begge må ha samme «niva»."))


def _duplicates(fil: Lestfil) -> Iterator[Feil]:
    seen: set[str] = set()
    for i, fase in fil.faser:
        if fase.id in seen:
            yield fil.dok.feil("like_id", _("fasen står to ganger."), ("faser", i, "id"), _("Gi den en egen id."))
        seen.add(fase.id)


def _versions(fil: Lestfil, lest: Lest) -> Iterator[Feil]:
    """Find versions of one routine that begin the same day or overlap."""
    own = lest.filer[-1].hode
    by_id: dict[str, list[tuple[date, int, Rutine]]] = {}
    for i, rutine in fil.rutiner:
        by_id.setdefault(rutine.id, []).append((begins(rutine, fil.hode, own) or date.min, i, rutine))
    for versions in by_id.values():
        versions.sort(key=lambda entry: entry[:2])
        for (start, _i, before), (begin, i, _rutine) in itertools.pairwise(versions):
            if begin == start:
                yield fil.dok.feil("like_id", _("id-en står to ganger, uten at versjonene begynner på ulike dager."), ("rutiner", i, "id"),
                                   _("Gi rutinen en egen id, eller skriv «gjelder_fra» på den nye versjonen."))  # fmt: skip
            elif before.gjelder_til is not None and before.gjelder_til >= begin:
                melding = _("versjonen fra {fra} overlapper den forrige, som gjelder til {til}.").format(
                    fra=begin, til=before.gjelder_til
                )
                key: Nokkel = ("rutiner", i, "gjelder_fra")
                yield fil.dok.feil(
                    "overlapper", melding, key, _("La den forrige slutte dagen før, eller ta bort «gjelder_til» der.")
                )


def _edges(fase: Fase) -> Iterator[tuple[str, Anker]]:
    for key, edge in (("fra", fase.fra), ("til", fase.til)):
        if isinstance(edge, FaseAnker):
            yield key, edge.milepael


def _phase_rings(lest: Lest) -> Iterator[Feil]:
    """Find phases whose dates are reckoned from each other in a ring."""
    places = {fase.id: (fil, i, fase) for fil in lest.filer for i, fase in fil.faser}
    needs = {
        (name, key): (anchor.navn, "fra" if anchor.slag == "fase-start" else "til")
        for name, (_fil, _i, fase) in places.items()
        for key, anchor in _edges(fase)
        if anchor.slag in {"fase-start", "fase-slutt"} and anchor.navn
    }
    told: set[tuple[str, str]] = set()
    for begin in needs:
        path = [begin]
        while (step := needs.get(path[-1])) is not None and step not in path:
            path.append(step)
        if step is None or step != begin or begin in told:
            continue
        told.update(path)
        fil, i, _fase = places[begin[0]]
        melding = _("fasene regnes fra hverandre i ring: {kjede}.").format(
            kjede=" → ".join([*(n for n, _k in path), begin[0]])
        )
        yield fil.dok.feil("ring", melding, ("faser", i, begin[1]), _("Gi en av dem en dato."))
