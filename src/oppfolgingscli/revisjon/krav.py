"""Whether requirements are met, by the published figures alone: what is hidden here too cannot be said. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from oppfolgingscli.modell.krav import DELER
from oppfolgingscli.revisjon.celle import Nokkel
from oppfolgingscli.revisjon.relasjoner import UTGITT

if TYPE_CHECKING:
    from oppfolgingscli.modell.krav import Krav
    from oppfolgingscli.revisjon.celle import Maal
    from oppfolgingscli.revisjon.utgave import Utgave

Utfall = Literal["oppfylt", "ikke_oppfylt", "skjult", "ingen"]


@dataclass(frozen=True, slots=True)
class Kravsvar:
    """What became of one requirement. ``verdi``: the figure, 0–1; ``av``: (part, whole) where it is a share of points.

    ``utfall``: ``skjult`` is a figure about too few, ``ingen`` that nothing is judged. Neither is met: a requirement is
    met when that can be shown.
    """

    krav: Krav
    nokkel: Nokkel
    utfall: Utfall
    verdi: float | None = None
    av: tuple[int, int] | None = None

    @property
    def er_oppfylt(self) -> bool:
        """Whether the requirement is met."""
        return self.utfall == "oppfylt"


def check(utgave: Utgave, krav: Iterable[Krav]) -> tuple[Kravsvar, ...]:
    """Hold each requirement against its row, in order."""
    rows = {linje.nokkel: linje for linje in utgave.linjer}
    out = []
    for k in krav:
        key = key_of(k)
        line = rows.get(key)
        if line is None:
            out.append(Kravsvar(k, key, "ingen"))
        elif line.tall is None:
            out.append(Kravsvar(k, key, "skjult"))
        elif (value := getattr(line.tall, k.mal)) is None:
            out.append(Kravsvar(k, key, "skjult" if _is_hidden(k.mal, line.skjulte) else "ingen"))
        else:
            met = value >= k.minst
            out.append(Kravsvar(k, key, "oppfylt" if met else "ikke_oppfylt", value, _of(line.tall, k.mal)))
    return tuple(out)


def key_of(krav: Krav) -> Nokkel:
    """Return the row a requirement is about."""
    parts = {name: value for name in DELER if (value := getattr(krav, name)) is not None}
    visning = next(v for v in UTGITT if set(v) == set(parts))
    return Nokkel(visning, tuple(parts[name] for name in visning))


def _is_hidden(mal: str, skjulte: Iterable[str]) -> bool:
    hidden = set(skjulte)
    return mal in hidden or (mal == "gjort_andel" and bool(hidden & {"i_tide_andel", "andel_av"}))


def _of(tall: Maal, mal: str) -> tuple[int, int] | None:
    if mal == "dager_dekket":
        return tall.klokkedager
    if tall.andel_av is None or mal not in ("i_tide_andel", "gjort_andel"):
        return None
    on_time, whole = tall.andel_av
    return (on_time, whole) if mal == "i_tide_andel" else (round((tall.gjort_andel or 0) * whole), whole)
