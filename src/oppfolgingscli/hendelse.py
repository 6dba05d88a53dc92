"""What follows from the files: frozen records without behaviour, passed from step to step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oppfolgingscli.personvern import rens


@dataclass(frozen=True, slots=True)
class Punkt:
    """One thing that shall happen, made by one version of one routine for one subject.

    ``fra`` … ``frist`` is the closed window; ``mal`` is when to plan it, ``tempo`` when it should be done
    to keep an even pace, ``sent_til`` the last day a late contact may still count (None: no limit).
    ``krav`` False is a wish, never missing. ``grunn`` is set when the subject is exempt.
    """

    id: str
    rutine: str
    type: str
    versjon: int
    niva: str
    subjekt: str
    periode: str
    nr: int
    krav: bool
    delvis: bool
    fra: date
    mal: date | None
    tempo: date | None
    frist: date | None
    sent_til: date | None
    ansvarlig: str
    deltar: tuple[str, ...]
    kilde: str | None
    kilde_id: tuple[str, ...]
    antatt: bool
    grunn: str | None = None


@dataclass(frozen=True, slots=True)
class Varsel:
    """Something a person should know, that stops nothing. ``kode`` is from a closed, documented list.

    Where and what are made safe to show: they quote what people wrote.
    """

    kode: str
    sted: str
    melding: str
    punkter: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "sted", rens(self.sted))
        object.__setattr__(self, "melding", rens(self.melding))


#: What the ``status`` column of a contact may say, the default first.
KONTAKTSTATUS = ("gjennomfort", "avlyst", "ikke_mott", "utsatt")


@dataclass(frozen=True, slots=True)
class Kontakt:
    """One row of the contact log, as read.

    ``deltakere``: the participants named; ``alle``: the row says ``*``, those enrolled on the day and the
    class. Neither: the class only. ``registrert`` is ``dato`` where the row has none. ``tekst`` is the row
    as text (it orders rows that share an id), ``sted`` where it stands.
    """

    id: str
    dato: date
    type: str
    rutine: str | None
    deltakere: tuple[str, ...]
    alle: bool
    utfort_av: tuple[str, ...]
    deltok: tuple[str, ...]
    status: str
    registrert: date
    sted: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Hendelse:
    """One row of the event log (fravaer, hoyt_fravaer, frafallsrisiko, avbrudd …). Subjects as in ``Kontakt``."""

    id: str
    dato: date
    type: str
    deltakere: tuple[str, ...]
    alle: bool
    oppdaget: date | None
    registrert: date
    sted: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Avtale:
    """One row of the agreements: a measure with its own deadline. ``utfort``: the day it was done."""

    id: str
    dato: date
    deltaker: str
    tiltak: str
    ansvarlig: str
    frist: date | None
    utfort: date | None
    registrert: date
    sted: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Logg:
    """Everything logged about one class; ``funn`` are rows that could not be read, and why."""

    kontakter: tuple[Kontakt, ...] = ()
    hendelser: tuple[Hendelse, ...] = ()
    avtaler: tuple[Avtale, ...] = ()
    funn: tuple[Varsel, ...] = ()
