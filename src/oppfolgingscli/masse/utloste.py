"""Points of ``ved`` and ``etter`` for many subjects: what ``utvid.hendelser`` says for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from oppfolgingscli.masse.planlagte import Vinduer
from oppfolgingscli.masse.slag import ALDRI
from oppfolgingscli.modell.rutinesett import Etter, Ved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppfolgingscli.masse.personer import Personer
    from oppfolgingscli.masse.planlagte import Nokler
    from oppfolgingscli.masse.rader import Rader
    from oppfolgingscli.masse.slag import Heltall, Maske


@dataclass(slots=True)
class Utlosere:
    """What sets duties off: by (subject, date, id). ``navn``: ids."""

    subjekt: Heltall
    dato: Heltall
    navn: list[str]
    om_slutten: Maske


def utloste(
    p: Personer, v: int, nokler: Nokler, kontakter: Rader, telt: Mapping[int, Heltall], hendelser: Rader,
    hendelsestyper: Sequence[str],
) -> Vinduer:  # fmt: skip
    """Return the windows of one version that events or contacts set off, each with one required point."""
    f = p.slag.versjoner[v].rutine.frekvens
    if isinstance(f, Ved):
        found = _ved(p, v, hendelser, hendelsestyper)
    elif isinstance(f, Etter):
        found = _etter(p, v, f, kontakter, telt)
    else:
        raise TypeError(v)
    found = _holder(p, v, found)
    if f.samle is not None:
        found = _samle(found, p.slag.add(found.dato, f.samle))
    n = found.dato.size
    frist = p.slag.add(found.dato, f.innen) if f.innen else np.full(n, ALDRI)
    late = p.slag.add(frist, f.sent_til) if f.innen and f.sent_til else np.full(n, ALDRI)
    one = np.ones(n, dtype=np.int64)
    keys = np.array([nokler.nr(name) for name in found.navn], dtype=np.int64)
    return Vinduer(found.subjekt, one * v, keys, found.dato, frist, late, one, one, one - 1, one - 1, found.om_slutten)


def ved_hendelser(p: Personer, v: int, hendelser: Rader, typer: Sequence[str]) -> tuple[Heltall, Heltall, Heltall]:
    """Return the rows of events that set off a version; those that repeat one of them; those after the subject's end."""
    f, which = p.slag.versjoner[v].rutine.frekvens, p.niva(v)
    fits = np.array([isinstance(f, Ved) and t in f.ved for t in typer] + [False])
    ok = fits[hendelser.type] & (hendelser.subjekt >= (which.start or 0)) & (hendelser.subjekt < which.stop)
    found = np.flatnonzero(ok)
    # Of events of one type on one day for one subject the first counts; rows are by (subject, date, id).
    _codes, first = np.unique(
        np.stack([hendelser.subjekt[found], hendelser.dato[found], hendelser.type[found]]), axis=1, return_index=True
    )
    is_first = np.zeros(found.size, dtype=bool)
    is_first[first] = True
    found, again = found[is_first], found[~is_first]
    late = hendelser.dato[found] > p.slutt[hendelser.subjekt[found]]
    return found[~late], again, found[late]


def _ved(p: Personer, v: int, hendelser: Rader, typer: Sequence[str]) -> Utlosere:
    found, _again, _late = ved_hendelser(p, v, hendelser, typer)
    ending = np.array([t == "avbrudd" for t in typer] + [False])
    return Utlosere(
        hendelser.subjekt[found], hendelser.dato[found], hendelser.navn(found), ending[hendelser.type[found]]
    )


def _etter(p: Personer, v: int, f: Etter, kontakter: Rader, telt: Mapping[int, Heltall]) -> Utlosere:
    """Return the counted contacts of the routines named, each by the version in force on its date."""
    level = p.slag.versjoner[v].rutine.niva
    rows = [np.zeros(0, dtype=np.int64)]
    for w, version in enumerate(p.slag.versjoner):
        if version.rutine.id in f.etter and version.rutine.niva == level:
            fra, til = p.slag.i_kraft[w]
            day = kontakter.dato[telt[w]]
            rows.append(telt[w][(fra <= day) & (day <= til)])
    found = np.unique(np.concatenate(rows))
    return Utlosere(
        kontakter.subjekt[found], kontakter.dato[found], kontakter.navn(found), np.zeros(found.size, dtype=bool)
    )


def _velg(found: Utlosere, keep: Maske) -> Utlosere:
    return Utlosere(
        found.subjekt[keep], found.dato[keep], [name for name, k in zip(found.navn, keep.tolist(), strict=True) if k],
        found.om_slutten[keep],
    )  # fmt: skip


def _holder(p: Personer, v: int, found: Utlosere) -> Utlosere:
    """Keep those on which the version is in force, the subject enrolled and ``gjelder`` holds."""
    slag, which = p.slag, p.niva(v)
    s = found.subjekt
    at = np.clip(found.dato - slag.fra, 0, slag.dager.size - 1)
    vilkar, rad = p.vilkar(v)
    holds = slag.uten_ferier[v][at] & vilkar[rad[s - (which.start or 0)], at]
    holds &= (p.start[s] <= found.dato) & (found.dato <= p.slutt[s]) & slag.kan(found.dato)
    return _velg(found, holds)


def _samle(found: Utlosere, til: Heltall) -> Utlosere:
    """Leave out what lies within the reach (``til``, per row) of the last one kept of its subject."""
    keep = np.ones(found.dato.size, dtype=bool)
    reach = -1
    for i in range(keep.size):
        if i and found.subjekt[i] != found.subjekt[i - 1]:
            reach = -1
        keep[i] = found.dato[i] > reach
        if keep[i]:
            reach = int(til[i])
    return _velg(found, keep)
