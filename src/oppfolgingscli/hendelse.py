"""What follows from the files: frozen records without behaviour, passed from step to step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
    """Something a person should know, that stops nothing. ``kode`` is from a closed, documented list."""

    kode: str
    sted: str
    melding: str
    punkter: tuple[str, ...] = ()
