"""Corrections: a row that stands for an earlier one, which stays in the file as it was.

The correction of ``k12`` has the id ``k12.rett1`` (the next ``k12.rett2``), holds the whole row as it should have
been, and is registered the day it is made; ``k12.utgar2`` takes the row out. So the file only grows, the id says
in Excel which row is meant, no column is needed that the file may lack, and what was known before the correction
can still be asked for (les/logg.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.les.logg_fil import find_loggfiler, read_rader
from oppfolgingscli.les.logg_kolonner import DATOER, KOLONNER, Slag, rettelse_av
from oppfolgingscli.les.logg_ord import iso_or_same
from oppfolgingscli.les.tabell import Rad
from oppfolgingscli.modell.ord import nearest
from oppfolgingscli.modell.verdier import vis_verdi
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.logg.klokke import Klokke

#: The cells to change, given the row as it stands now.
Endring = Callable[[Mapping[str, str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Funnet:
    """A row that can be corrected: the log it is in, its first id, its cells as they stand now (dates ISO), the last correction."""

    slag: Slag
    id: str
    rad: Rad
    nr: int


def find_rad(mappe: Path, rad_id: str, slag: Slag | None = None) -> Funnet:
    """Return the row with an id, as last corrected. ``slag``: in which log, when several have the id.

    Raises:
        Bruksfeil: there is no such row, there are several, it was taken out, or it has no id of its own.
    """
    found: list[Funnet] = []
    ids: list[str] = []
    for name, path in find_loggfiler(mappe).items():
        if slag not in {None, name}:
            continue
        rows = read_rader(path, name)[0]
        ids += [row["id"] for row in rows if row["id"]]
        if (row := _current(rows, name, rad_id)) is not None:
            found.append(row)
    if not found:
        near = nearest(rad_id, ids)
        hint = _("Mente du «{ord}»?").format(ord=near) if near else _("Se dem med «oppfolging logg vis».")
        if rad_id.startswith("rad-"):
            hint = _("Den har ingen id; skriv en i filen først.")
        raise Bruksfeil(_("Fant ingen rad {id}. {hint}").format(id=vis_verdi(rad_id), hint=hint))
    if len(found) > 1:
        logs = ", ".join(f.slag for f in found)
        raise Bruksfeil(
            _("Id-en {id} finnes i flere logger ({logger}). Velg en med --logg.").format(
                id=vis_verdi(rad_id), logger=logs
            )
        )
    return found[0]


def rett(mappe: Path, funnet: Funnet, endre: Endring | None, registrert: str | Klokke) -> dict[str, str]:
    """Add a row that corrects another, with what ``endre`` changes, or takes it out (None). Returns the row as written.

    ``registrert``: the day, ISO, or what finds it.

    Raises:
        Bruksfeil: nothing is changed by it, or the row was meanwhile taken out.
        Inndatafeil, Systemfeil: as ``append``.
    """
    from oppfolgingscli.logg.tilfoy import Naa, append

    def make(now: Naa) -> Sequence[Mapping[str, str]]:
        current = _current(now.rader(), funnet.slag, funnet.id)
        if current is None:
            raise Bruksfeil(_("Fant ingen rad {id}. {hint}").format(id=vis_verdi(funnet.id), hint=""))
        old = {name: current.rad[name] for name in KOLONNER[funnet.slag]}
        new = {**old, **endre(old)} if endre else old
        if endre and new == old:
            raise Bruksfeil(_("Raden {id} er slik fra før.").format(id=vis_verdi(funnet.id)))
        word = "rett" if endre else "utgar"
        day = registrert if isinstance(registrert, str) else registrert.registrert(now)
        return [{**new, "id": f"{current.id}.{word}{current.nr + 1}", "registrert": day}]

    return append(mappe, funnet.slag, make)[0]


def _current(rows: Sequence[Rad], slag: Slag, rad_id: str) -> Funnet | None:
    correction = rettelse_av(rad_id)
    base = correction[0] if correction else rad_id
    own = [row for row in rows if row["id"] == base]
    if not own:
        return None
    if len(own) > 1:
        melding = _("To rader har id-en {id} (linje {a} og {b}). Gi den ene en ny id i filen først.")
        raise Bruksfeil(melding.format(id=vis_verdi(base), a=own[0].linje, b=own[1].linje))
    last, number, gone = own[0], 0, False
    for row in rows:
        found = rettelse_av(row["id"])
        if found and found[0] == base and found[1] > number:
            last, number, gone = row, found[1], found[2]
    if gone:
        raise Bruksfeil(_("Raden {id} er tatt ut av loggen.").format(id=vis_verdi(base)))
    cells = {name: iso_or_same(cell) if name in DATOER else cell for name, cell in last.verdier.items()}
    return Funnet(slag, base, Rad(last.linje, cells), number)
