"""What a variable and a table of the export are: the definition that files, codebook and data package are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: ``id``: made at random for this export. ``kode``: one of ``verdier``. ``ord``: a word of the routine sets. ``sann``:
#: yes or no. ``dato``: a day.
Slag = Literal["id", "kode", "ord", "tekst", "heltall", "dato", "sann"]
#: What becomes of a value when dates are shifted: nothing, moved with the participant, or left out (``tom``).
Flytting = Literal["", "flyttes", "tom"]


@dataclass(frozen=True, slots=True)
class Variabel:
    """One variable. Texts are marked for translation, and translated where they are shown.

    ``verdier``: (code, what it means), in the order of their numbers (from 1) in Stata and SPSS. ``enhet``: what a
    number counts. ``skjermes``: left out where the row is of a veiled routine (``rader.Settord``).
    ``indirekte``: may, with others, tell who somebody is.
    """

    navn: str
    slag: Slag
    etikett: str
    forklaring: str
    kilde: str
    enhet: str = ""
    verdier: tuple[tuple[str, str], ...] = ()
    krevd: bool = False
    flytting: Flytting = ""
    skjermes: bool = False
    indirekte: bool = False


@dataclass(frozen=True, slots=True)
class Fremmed:
    """A reference: the fields here, the table they point at, and its fields."""

    felt: tuple[str, ...]
    tabell: str
    dens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tabell:
    """One table: a file in each form. ``nokkel``: the fields that are together different in every row."""

    navn: str
    tittel: str
    forklaring: str
    variabler: tuple[Variabel, ...]
    nokkel: tuple[str, ...] = ()
    fremmed: tuple[Fremmed, ...] = ()
    #: Fields the rows of a class are sorted by: made at random, or days, so that the order tells nothing.
    rekkefolge: tuple[str, ...] = ()

    def variabel(self, navn: str) -> Variabel:
        """Return a variable by its name."""
        return next(v for v in self.variabler if v.navn == navn)
