"""What a report calls routines, types, roles and groups: never a word that tells of a benefit.

A routine that is only for some benefits gets a neutral title here, numbered when several would be alike: the rule is
in the routine set, and a report goes to others than those who may know who has which benefit.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, navn
from oppfolgingscli.vis.skjerming import category, title
from oppfolgingscli.vis.typeord import type_ord

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutinesett


class Rapportnavn:
    """The names of one routine set, in the language in use."""

    def __init__(self, sett: Rutinesett) -> None:
        """Name everything once; of a routine's versions the last decides."""
        last = {v.rutine.id: v for v in sett.versjoner}
        self._rutiner = _numbered({id_: title(v) for id_, v in last.items()})
        self._typer = _numbered({v.rutine.type: type_ord(category(v)) for v in last.values()})
        self._roller = {id_: navn(rolle.navn) for id_, rolle in sett.roller.items()}
        self._plass = {id_: i for i, id_ in enumerate(last)}

    def rutine(self, id_: str | None) -> str:
        """Return the name of a routine; of everything together for None."""
        return _("I alt") if id_ is None else self._rutiner.get(id_, id_)

    def type(self, kode: str) -> str:
        """Return the word for a type of contact."""
        return self._typer.get(kode, kode)

    def rolle(self, id_: str) -> str:
        """Return the name of a role."""
        return self._roller.get(id_, id_)

    def plass(self, id_: str | None) -> str:
        """Return a key for a routine that does not name it: its place in the set."""
        return "totalt" if id_ is None else f"r{self._plass.get(id_, 0)}"


def _numbered(names: dict[str, str]) -> dict[str, str]:
    """Tell apart names that are alike, in the order of the set: «Samtale (1)», «Samtale (2)»."""
    times = Counter(names.values())
    seen: Counter[str] = Counter()
    out: dict[str, str] = {}
    for key, name in names.items():
        seen[name] += 1
        out[key] = f"{name} ({seen[name]})" if times[name] > 1 else name
    return out
