"""Faults as values, and the few exceptions with their exit codes.

A reader of files collects every ``Feil`` it finds and raises one ``Inndatafeil`` with them all; only
the edge of the command line turns exceptions into text on stderr and an exit code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oppfolgingscli.personvern import rens


@dataclass(frozen=True, slots=True)
class Sted:
    """A place in a file. ``linje`` and ``kolonne`` count from 1; None means the whole file or line.

    ``fil`` is made safe to show: a file's name is whatever somebody gave it.
    """

    fil: str
    linje: int | None = None
    kolonne: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "fil", rens(self.fil))

    def __str__(self) -> str:
        """Write the place as editors and terminals understand it: ``fil:linje:kolonne``."""
        return ":".join(str(part) for part in (self.fil, self.linje, self.kolonne) if part is not None)

    def order(self) -> tuple[str, int, int]:
        """Sort key: file, then line, then column; whole-file faults first."""
        return (self.fil, self.linje or 0, self.kolonne or 0)


@dataclass(frozen=True, slots=True)
class Feil:
    """One fault in something a person wrote: what is wrong (``melding``) and what to write instead (``rad``).

    Both often quote the file. Whatever it holds, no control characters and no identity numbers are repeated.
    """

    kode: str
    melding: str
    sted: Sted | None = None
    rad: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "melding", rens(self.melding))
        if self.rad is not None:
            object.__setattr__(self, "rad", rens(self.rad))

    def __str__(self) -> str:
        """One line: place, what is wrong, remedy."""
        text = f"{self.sted}: {self.melding}" if self.sted else self.melding
        return f"{text} {self.rad}" if self.rad else text


class Oppfolgingsfeil(Exception):
    """Base of every error this program raises on purpose. ``str()`` is the message for the user."""

    exit_code = 4


class Inndatafeil(Oppfolgingsfeil):
    """Bad input: holds every fault that was found, in order of place."""

    exit_code = 3

    def __init__(self, feil: Iterable[Feil]) -> None:
        """Keep the faults sorted by place, each once."""
        unique = dict.fromkeys(feil)
        self.feil: tuple[Feil, ...] = tuple(
            sorted(unique, key=lambda f: f.sted.order() if f.sted else ("", 0, 0)),
        )
        super().__init__("\n".join(str(f) for f in self.feil))


class Bruksfeil(Oppfolgingsfeil):
    """The command was used wrongly in a way click cannot see (unknown participant, empty date range …)."""

    exit_code = 2


class Systemfeil(Oppfolgingsfeil):
    """The machine said no: disk full, no permission, file locked."""

    exit_code = 4
